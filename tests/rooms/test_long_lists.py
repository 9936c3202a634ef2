"""What the store works out for long lists is what plain slow Python would say of the same rows: order, totals and every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coachdesk.activity.record import Appointment, Intervention, Job
from coachdesk.casework import caseload as casework
from coachdesk.casework.caseload import CaseloadRow
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import FollowUp, Participant, Verdict
from coachdesk.programme import queries as programme_queries
from coachdesk.programme import rules as programme_rules
from coachdesk.store.ids import new_id
from coachdesk.store.session import DeskSession
from tests.rooms.conftest import TODAY, RoomDesk

ONE_DESK = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
Table = dict[str, Any]


@contextmanager
def filled(desk: RoomDesk, rows: dict[str, list[Table]]) -> Iterator[Session]:
    """A session on the desk's store with these rows by table, none of which stays."""
    engine = desk.store.engine
    with engine.connect() as connection:
        transaction = connection.execution_options(write=True).begin()
        door: dict[str, bool] = connection.connection.info["door"]
        door["open"] = True
        for table in sorted(rows):
            if rows[table]:
                connection.execute(sa.insert(Participant.metadata.tables[table]), rows[table])
        door["open"] = False
        session = DeskSession(bind=connection, autoflush=False)
        session.info.update(clock=desk.store.clock, desk=desk.store.desk, open=None, world=desk.store.world)
        try:
            yield session
        finally:
            session.close()
            transaction.rollback()


# the caseload, as it was worked out before: everything in memory


def plain_caseload(session: Session, *, lot: UUID | None = None, coach: UUID | None = None) -> list[CaseloadRow]:
    """Every table whole, dictionaries, one row a person."""
    day = TODAY
    ahead = participant_queries.leaders(session)
    resting = set(session.execute(participant_queries.resting(day)).scalars())
    lots, members = programme_queries.lot_names(session), programme_queries.member_names(session)
    decided = sa.select(Verdict.participant_id, Verdict.verdict).order_by(Verdict.decided_at, Verdict.id)
    verdicts: dict[UUID, str] = dict(session.execute(decided).all())
    counted = (sa.select(Intervention.participant_id, sa.func.count()).where(Intervention.is_meaningful)
               .group_by(Intervention.participant_id))
    meaningful: dict[UUID, int] = dict(session.execute(counted).all())
    jobs = set(session.execute(sa.select(Job.participant_id)).scalars())
    last, following = plain_last(session, day), plain_next(session)
    for led, first in ahead.items():
        meaningful[first] = meaningful.get(first, 0) + meaningful.get(led, 0)
        last.update({first: max(last.get(first, last[led]), last[led])} if led in last else {})
        following.update({first: min(following.get(first, following[led]), following[led])} if led in following else {})
        jobs |= {first} if led in jobs else set()
    chosen = sa.select(Participant).where(Participant.id.not_in(participant_queries.is_led()),
                                          Participant.id.not_in(participant_queries.ended()))
    if lot:
        chosen = chosen.where(Participant.lot_id == lot)
    if coach:
        chosen = chosen.where(Participant.coach_id == coach)
    rows = []
    for each in session.execute(chosen).scalars():
        next_on, what = following.get(each.id, (None, ""))
        is_far = next_on is None or next_on > day + timedelta(days=7)
        state = "paused" if each.id in resting else "" if is_far else "overdue" if next_on and next_on < day else "due"
        rows.append(CaseloadRow(
            each.id, each.reference, each.name, lots[each.lot_id], members[each.coach_id], each.registered_on,
            verdicts.get(each.id, programme_rules.BY_HAND), meaningful.get(each.id, 0), each.id in jobs, last.get(each.id), what, next_on,
            state, max(0, (day - (last.get(each.id) or each.registered_on)).days)))
    order = {"overdue": 0, "due": 1, "": 2, "paused": 3}
    return sorted(rows, key=lambda row: (order[row.state], row.next_on or date.max, row.name.casefold(), row.reference))


def plain_last(session: Session, day: date) -> dict[UUID, date]:
    last: dict[UUID, date] = {}
    for helped in session.execute(sa.select(Intervention)).scalars():
        if helped.mode == "text" and not helped.is_meaningful:
            continue
        last[helped.participant_id] = max(helped.happened_on, last.get(helped.participant_id, helped.happened_on))
    for met in session.execute(sa.select(Appointment).where(Appointment.outcome == "attended", Appointment.due_on <= day)).scalars():
        last[met.participant_id] = max(met.due_on, last.get(met.participant_id, met.due_on))
    return last


def plain_next(session: Session) -> dict[UUID, tuple[date, str]]:
    found: dict[UUID, tuple[date, str]] = {}
    booked = sa.select(Appointment.participant_id, Appointment.due_on, sa.literal("appointment")).where(Appointment.outcome == "booked")
    to_do = sa.select(FollowUp.participant_id, FollowUp.due_on, FollowUp.what).where(FollowUp.done_on.is_(None))
    every = [*session.execute(booked.order_by(Appointment.row)), *session.execute(to_do.order_by(FollowUp.row))]
    for known, on, what in every:
        if known not in found or on < found[known][0]:
            found[known] = (on, what)
    return found


SHOWN = {
    casework.EVERYBODY: lambda row: True,
    casework.OVERDUE: lambda row: row.state == "overdue",
    casework.DUE: lambda row: row.state == "due",
    casework.PAUSED: lambda row: row.state == "paused",
    casework.SILENT: lambda row: row.silent_days >= 28 and row.state != "paused",
    casework.ELIGIBLE: lambda row: row.verdict in (programme_rules.BY_RESIDENCE, programme_rules.BY_CONNECTION),
    casework.CHECK: lambda row: row.verdict == programme_rules.BY_HAND,
    casework.NOT_OURS: lambda row: row.verdict == programme_rules.NOT_ELIGIBLE,
    casework.REACHED: lambda row: row.meaningful >= 3,
    casework.WORKING: lambda row: row.has_job,
}
STAGES = (
    lambda row: not row.meaningful and not row.has_job and row.state != "paused",
    lambda row: 0 < row.meaningful < 3 and not row.has_job and row.state != "paused",
    lambda row: row.meaningful >= 3 and not row.has_job and row.state != "paused",
    lambda row: row.has_job and row.state != "paused",
    lambda row: row.state == "paused",
)


def plain_key(value: Any) -> tuple[bool, Any]:
    return (value is None or value == "", value.casefold() if isinstance(value, str) else value if value is not None else 0)


DAYS = st.integers(-40, 20)
LIFE = st.fixed_dictionaries({
    "name": st.sampled_from(["Amina Ali", "amina ali", "Émile Roy", "émile roy", "Zoë Katz", "Straße", "STRASSE", "Þórður", "Łukasz"]),
    "lot": st.integers(0, 1), "coach": st.integers(0, 1), "registered": st.integers(-400, 0),
    "help": st.lists(st.tuples(st.integers(-60, 0), st.booleans(), st.sampled_from(["phone", "text"])), max_size=5),
    "met": st.lists(st.tuples(DAYS, st.sampled_from(["booked", "attended", "did not attend", "cancelled"])), max_size=4),
    "to_do": st.lists(st.tuples(DAYS, st.sampled_from(["call", "appointment", "zap"]), st.booleans()), max_size=3),
    "job": st.booleans(),
    "verdicts": st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=3),
    "spells": st.lists(st.booleans(), max_size=2),
    "pauses": st.lists(st.tuples(st.integers(-30, 5), st.one_of(st.none(), st.integers(-5, 10))), max_size=2),
})


def people_of(desk: RoomDesk, lives: Sequence[Table], joined: Sequence[tuple[int, int]]) -> dict[str, list[Table]]:
    """Rows of every table for these lives."""
    def on(days: int) -> date:
        return TODAY + timedelta(days=days)

    lots, team, ids = [desk.shard_end, desk.camp_hill], [desk.owner, desk.coach], [new_id() for _ in lives]
    verdicts = ("eligible by residence", "eligible by connection", "check by hand", "not eligible")
    rows: dict[str, list[Table]] = {name: [] for name in (
        "participant", "activity_intervention", "activity_appointment", "participant_follow_up", "activity_job", "participant_verdict",
        "participant_spell", "participant_pause", "participant_same_as")}
    for at, (id, life) in enumerate(zip(ids, lives, strict=True)):
        own, lot, coach = {"participant_id": id}, lots[life["lot"]], team[life["coach"]]
        rows["participant"].append({"id": id, "seal_id": id, "reference": f"R-{(at * 7) % 10}-{at}", "lot_id": lot, "coach_id": coach,
                                    "registered_on": on(life["registered"]), "name": life["name"], "is_sample": True,
                                    "situation": "address"})
        rows["activity_intervention"] += [{**own, "id": new_id(), "coach_id": coach, "happened_on": on(day), "minutes": 30,
                                           "mode": mode, "kind": "training", "is_meaningful": counts} for day, counts, mode in life["help"]]
        rows["activity_appointment"] += [{**own, "id": new_id(), "coach_id": coach, "due_on": on(day), "outcome": outcome}
                                         for day, outcome in life["met"]]
        rows["participant_follow_up"] += [{**own, "id": new_id(), "coach_id": coach, "due_on": on(day), "what": what,
                                           "done_on": TODAY if done else None} for day, what, done in life["to_do"]]
        if life["job"]:
            rows["activity_job"].append({**own, "id": new_id(), "coach_id": coach, "started_on": TODAY, "employer": "X", "title": "picker",
                                         "hours_a_week": 20})
        rows["participant_verdict"] += [
            {**own, "id": new_id(), "lot_id": lot, "verdict": verdicts[which], "method": "postcode", "decided_on": TODAY,
             "decided_at": desk.store.clock.now() + timedelta(seconds=second), "decided_by": coach, "sentence": "said"}
            for which, second in life["verdicts"]]
        rows["participant_spell"] += [{**own, "id": new_id(), "lot_id": lot, "started_on": on(-50), "ended_on": TODAY if over else None,
                                       "barriers": []} for over in life["spells"]]
        rows["participant_pause"] += [{**own, "id": new_id(), "from_day": on(begin), "to_day": None if end is None else on(end),
                                       "reason": "caring"} for begin, end in life["pauses"]]
    pairs = {(min(one, other) % len(ids), max(one, other) % len(ids)) for one, other in joined}
    rows["participant_same_as"] = [{"id": new_id(), "one_id": ids[one], "other_id": ids[other], "joined_on": TODAY,
                                    "joined_by": desk.owner} for one, other in pairs if one != other]
    return rows


@ONE_DESK
@given(lives=st.lists(LIFE, min_size=1, max_size=6), joined=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=3))
def test_the_caseload_is_what_plain_python_says_of_the_same_rows(desk: RoomDesk, lives: list[Table], joined: list[tuple[int, int]]) -> None:
    with filled(desk, people_of(desk, lives, joined)) as session:
        for lot, coach in ((None, None), (desk.shard_end, None), (None, desk.coach)):
            plain = plain_caseload(session, lot=lot, coach=coach)
            keys = casework.caseload_keys(session, lot=lot, coach=coach)
            assert casework.caseload_rows(session, keys) == plain == casework.caseload(session, lot=lot, coach=coach)
            assert all(type(mine) is type(theirs) for row, other in zip(casework.caseload_rows(session, keys), plain, strict=True)
                       for mine, theirs in zip(astuple(row), astuple(other), strict=True))
            assert casework.caseload_totals(session, lot=lot, coach=coach) == casework.totals(plain)
        key_of = {row.id: key for row, key in zip(casework.caseload(session), casework.caseload_keys(session), strict=True)}
        plain = plain_caseload(session)
        for only, fits in SHOWN.items():
            assert list(casework.caseload_keys(session, only=only)) == [key_of[row.id] for row in plain if fits(row)], only
        stages = casework.caseload_stages(session)
        assert [list(stage) for stage in stages] == [[key_of[row.id] for row in plain if fits(row)] for fits in STAGES]
        for name in ("name", "lot", "coach", "verdict", "meaningful", "silent_days", "next_on"):
            for rising in (True, False):
                by_column = sorted(plain, key=lambda row, name=name: plain_key(getattr(row, name)), reverse=not rising)  # type: ignore[misc]
                found = casework.caseload_keys(session, order=name, is_rising=rising)
                assert list(found) == [key_of[row.id] for row in by_column], (name, rising)


@ONE_DESK
@given(lives=st.lists(LIFE, min_size=1, max_size=5), needed=st.integers(1, 4))
def test_who_reached_enough_help_lately_is_whoever_had_less_before(desk: RoomDesk, lives: list[Table], needed: int) -> None:
    since = TODAY - timedelta(days=11)
    with filled(desk, people_of(desk, lives, [])) as session:
        expected = []
        for row in sorted(plain_caseload(session), key=lambda row: (row.name.casefold(), row.reference)):
            days = [each.happened_on for each in session.execute(sa.select(Intervention).where(
                Intervention.participant_id == row.id, Intervention.is_meaningful)).scalars()]
            lately = [day for day in days if day >= since]
            if lately and len(days) >= needed > len(days) - len(lately):
                expected.append((row.id, max(lately)))
        found = casework.reached(session, since=since, until=TODAY, needed=needed)
        rows = casework.caseload_rows(session, [key for key, _ in found])
        assert [(row.id, on) for row, (_, on) in zip(rows, found, strict=True)] == expected
