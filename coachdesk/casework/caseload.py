"""The caseload: whom it holds, in which order, and what it comes to. Worked out by the store, so that a long one costs no memory.

Order and totals are one question each; rows are read for those that are looked at, by the local keys in that order. A person of several
records stands there once, under the leading one, with what all of them say.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity_queries
from coachdesk.activity.record import Appointment, Intervention, Job
from coachdesk.casework.contact import was_contact
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import FollowUp, Participant, Pause, Verdict
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.programme.rules import BY_CONNECTION, BY_HAND, BY_RESIDENCE, NOT_ELIGIBLE
from coachdesk.store import windows
from coachdesk.store.session import today

OVERDUE, DUE, PAUSED = "overdue", "due", "paused"
SILENT_DAYS = 28    # without contact: then somebody stands on the no-contact list
DUE_AHEAD_DAYS = 7
NEEDED = 3
EVERYBODY, SILENT, ELIGIBLE, CHECK, NOT_OURS, REACHED, WORKING = (
    "everybody", "silent", "eligible", "by hand", "not eligible", "reached", "working")
NO_HELP, ON_THE_WAY, READY, WORKING_NOW = "no help", "on the way", "ready", "working now"
STAGES = (NO_HELP, ON_THE_WAY, READY, WORKING_NOW, PAUSED)
_PORTION = 500      # SQLite takes so many values in one statement and no more
_NOTHING: Any = sa.literal_column("''")
_NEVER: Any = sa.literal_column("'9999-12-31'")


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """A person on the caseload. state: overdue, due, paused or nothing; meaningful: how many of three.

    silent_days: since real contact (casework.contact), help or an appointment that was kept, else since registration.
    """

    id: UUID
    reference: str
    name: str
    lot: str
    coach: str
    registered_on: date
    verdict: str
    meaningful: int
    has_job: bool
    last_contact_on: date | None
    next_what: str
    next_on: date | None
    state: str
    silent_days: int = 0


@dataclass(frozen=True, slots=True)
class CaseloadTotals:
    """Totals of a caseload; the printed summary and the screen show the same."""

    people: int
    overdue: int
    due: int
    eligible: int
    by_hand: int
    not_eligible: int
    reached_three: int
    jobs: int


def caseload_keys(session: Session, *, lot: UUID | None = None, coach: UUID | None = None, only: str = EVERYBODY, order: str = "",
                  is_rising: bool = True, among: Collection[UUID] | None = None) -> array[int]:
    """Whom the caseload holds, by local key: overdue first, then due, then by the next day and the name; who is paused comes last.

    Whose time on the programme has ended is not on it. only: one of the names above; order: an attribute of the row by which they stand
    instead (empty values last, or first when falling); among: only those records.
    """
    told = _told(session)
    chosen = sa.select(Participant.row).select_from(told.people).where(*told.on_caseload(lot, coach), told.fits(only))
    if among is not None:
        chosen = chosen.where(Participant.id.in_([*among]))
    return windows.keys_of(session, chosen.order_by(*told.order(order, is_rising)))


def caseload_stages(session: Session, *, lot: UUID | None = None, coach: UUID | None = None) -> tuple[array[int], ...]:
    """The caseload by its stages, each in the order of the whole: STAGES; everybody stands in exactly one."""
    told = _told(session)
    stage = sa.case(*((told.fits(each), at) for at, each in enumerate(STAGES)), else_=len(STAGES) - 1)
    found = tuple(array("q") for _ in STAGES)
    chosen = sa.select(Participant.row, stage).select_from(told.people).where(*told.on_caseload(lot, coach))
    for key, at in session.execute(chosen.order_by(*told.order("", True))):
        found[at].append(key)
    return found


def caseload_rows(session: Session, keys: Sequence[int]) -> list[CaseloadRow]:
    """The rows of these keys, in their order; who is gone since leaves no gap."""
    return [*caseload_blocks(session, [keys])[0]]


def caseload_blocks(session: Session, blocks: Sequence[Sequence[int]]) -> list[tuple[CaseloadRow, ...]]:
    """The rows of several lists of keys, asked for in one go."""
    wanted = [key for keys in blocks for key in keys]
    told, lots, members = _Told(session, wanted), programme_queries.lot_names(session), programme_queries.member_names(session)
    each: Iterable[Any] = session.execute(told.rows().where(windows.among(Participant.row, wanted)))
    found = {row[0]: CaseloadRow(*(*row[1:4], lots.get(row[4], ""), members.get(row[5], ""), *row[6:9], bool(row[9]), row[10],
                                   row[11] or "", *row[12:])) for row in each}
    return [tuple(found[key] for key in keys if key in found) for keys in blocks]


def caseload(session: Session, *, lot: UUID | None = None, coach: UUID | None = None) -> list[CaseloadRow]:
    """Everybody on the caseload in its order, for paper."""
    return caseload_rows(session, caseload_keys(session, lot=lot, coach=coach))


def caseload_totals(session: Session, *, lot: UUID | None = None, coach: UUID | None = None) -> CaseloadTotals:
    """What a caseload comes to, counted by the store."""
    told = _told(session)
    inner = windows.once(sa.select(told.state.label("state"), told.verdict.label("verdict"), told.meaningful.label("meaningful"),
                       told.has_job.label("has_job")).select_from(told.people).where(*told.on_caseload(lot, coach)))

    def count(condition: Any) -> Any:
        return sa.func.count(sa.case((condition, 1)))

    each = inner.c
    row = session.execute(sa.select(
        sa.func.count(), count(each.state == OVERDUE), count(each.state == DUE), count(each.verdict.in_((BY_RESIDENCE, BY_CONNECTION))),
        count(each.verdict == BY_HAND), count(each.verdict == NOT_ELIGIBLE), count(each.meaningful >= NEEDED), count(each.has_job),
    ).select_from(inner)).one()
    return CaseloadTotals(*row)


def totals(rows: Sequence[CaseloadRow]) -> CaseloadTotals:
    """The totals of exactly these rows."""
    return CaseloadTotals(
        len(rows),
        sum(row.state == OVERDUE for row in rows),
        sum(row.state == DUE for row in rows),
        sum(row.verdict in (BY_RESIDENCE, BY_CONNECTION) for row in rows),
        sum(row.verdict == BY_HAND for row in rows),
        sum(row.verdict == NOT_ELIGIBLE for row in rows),
        sum(row.meaningful >= NEEDED for row in rows),
        sum(row.has_job for row in rows),
    )


def reached(session: Session, *, since: date, until: date, needed: int, lot: UUID | None = None,
            coach: UUID | None = None) -> list[tuple[int, date]]:
    """Who of the caseload reached so much meaningful help between two days, by name: local key, and the day of the latest of it."""
    told, i = _told(session), Intervention
    lately = (i.participant_id == Participant.id, i.happened_on.between(since, until), activity_queries.counting(session))
    count = sa.select(sa.func.count()).where(*lately).scalar_subquery()
    latest = sa.select(sa.func.max(i.happened_on, type_=sa.Date())).where(*lately).scalar_subquery()
    chosen = (sa.select(Participant.row, latest).select_from(told.alone)
              .where(*told.on_caseload(lot, coach), count > 0, told.meaningful >= needed, told.meaningful - count < needed)
              .order_by(sa.func.casefold(Participant.name), Participant.reference, Participant.row))
    return [(key, on) for key, on in session.execute(chosen)]


def on_caseload(session: Session, *, lot: UUID | None = None, coach: UUID | None = None) -> Any:
    """A sub-select of the ids of a caseload."""
    told = _told(session)
    return sa.select(Participant.id).where(*told.on_caseload(lot, coach))


def _last_day(*days: Any) -> Any:
    """The latest of several days, of which some may be missing."""
    return sa.type_coerce(sa.func.nullif(sa.func.max(*(sa.func.coalesce(each, _NOTHING) for each in days)), _NOTHING), sa.Date())


class _Told:
    """What is told of people, as expressions: a question evaluates only those that it names.

    Nearly everybody is one record; what a person of several comes to is summed up beforehand in `joined`, which is small.
    """

    def __init__(self, session: Session, keys: Sequence[int] | None = None) -> None:
        """keys: only these people will be asked about."""
        self.day, self._counting = today(session), activity_queries.counting(session)
        self._ahead = _by_key(session)
        self._keys: list[int] | None = None
        if keys is not None:
            wanted = set(keys)
            self._keys = [*keys, *(led for led, lead in self._ahead.items() if lead in wanted and led not in wanted)]
        self.alone: Any = Participant              # people without what comes next
        if self._ahead:
            self._joined = self._of_joined()
            self.alone = sa.join(Participant, self._joined, self._joined.c.lead == Participant.id, isouter=True)
        self._near = self._nearest()
        self.people: Any = sa.outerjoin(self.alone, self._near, self._near.c.lead == Participant.id)

    # of one record

    def _meaningful(self, id: Any) -> Any:
        i = Intervention
        return sa.select(sa.func.count(sa.case((self._counting, 1)))).where(i.participant_id == id).scalar_subquery()

    def _last(self, id: Any) -> Any:
        i, a = Intervention, Appointment
        helped = sa.select(sa.func.max(i.happened_on)).where(i.participant_id == id, was_contact()).scalar_subquery()
        came = sa.select(sa.func.max(a.due_on)).where(
            a.participant_id == id, a.outcome == "attended", a.due_on <= self.day).scalar_subquery()
        return _last_day(helped, came)

    def _has_job(self, id: Any) -> Any:
        return sa.select(Job.row).where(Job.participant_id == id).exists()

    # of people

    @cached_property
    def _records(self) -> sa.CTE:
        """(lead, id) of every record of a person of several."""
        each = sa.func.json_each(sa.bindparam("ahead", json.dumps(self._ahead))).table_valued("key", "value")
        one, first = Participant.__table__.alias(), Participant.__table__.alias()
        return (sa.select(first.c.id.label("lead"), one.c.id.label("id")).select_from(each)
                .join(one, one.c.row == sa.cast(each.c.key, sa.Integer)).join(first, first.c.row == sa.cast(each.c.value, sa.Integer))
                .cte("records"))

    def _of_joined(self) -> sa.Subquery:
        of = self._records
        return (sa.select(of.c.lead, sa.func.sum(self._meaningful(of.c.id), type_=sa.Integer()).label("meaningful"),
                          sa.func.max(self._last(of.c.id)).label("last"), sa.func.max(self._has_job(of.c.id)).label("has_job"))
                .group_by(of.c.lead).subquery("joined"))

    def _nearest(self) -> sa.Subquery:
        """What comes next for whom: the earliest day; on that day an appointment before what was written down to do, the older before."""
        a, f = Appointment, FollowUp
        booked: Any = sa.select(a.participant_id.label("id"), a.due_on.label("on_day"), sa.literal_column("'appointment'").label("what"),
                           sa.literal_column("0").label("sort"), a.row.label("row")).where(a.outcome == "booked")
        to_do: Any = sa.select(f.participant_id, f.due_on, f.what, sa.literal_column("1"), f.row).where(f.done_on.is_(None))
        if self._keys is not None:
            one = Participant.__table__.alias()
            wanted = sa.select(one.c.id).where(windows.among(one.c.row, self._keys))
            booked, to_do = booked.where(a.participant_id.in_(wanted)), to_do.where(f.participant_id.in_(wanted))
        each = sa.union_all(booked, to_do).subquery()
        first = (sa.select(each.c.id, each.c.on_day, each.c.what, sa.func.row_number().over(
            partition_by=each.c.id, order_by=(each.c.on_day, each.c.sort, each.c.row)).label("place")).subquery())
        if not self._ahead:
            return sa.select(first.c.id.label("lead"), first.c.on_day, first.c.what).where(first.c.place == 1).subquery("near")
        of = self._records
        lead = sa.func.coalesce(of.c.lead, first.c.id, type_=Participant.id.type).label("lead")
        ahead = (sa.select(lead, first.c.on_day, first.c.what).select_from(first.outerjoin(of, of.c.id == first.c.id))
                 .where(first.c.place == 1).subquery())
        best = (sa.select(ahead.c.lead, ahead.c.on_day, ahead.c.what, sa.func.row_number().over(
            partition_by=ahead.c.lead, order_by=(ahead.c.on_day, ahead.c.what)).label("place")).subquery())
        return sa.select(best.c.lead, best.c.on_day, best.c.what).where(best.c.place == 1).subquery("near")

    def _of_all(self, name: str, alone: Any) -> Any:
        return sa.func.coalesce(self._joined.c[name], alone) if self._ahead else alone

    @cached_property
    def meaningful(self) -> Any:
        """Meaningful help so far."""
        return self._of_all("meaningful", self._meaningful(Participant.id))

    @cached_property
    def last(self) -> Any:
        """The day of the last real contact."""
        return sa.type_coerce(self._of_all("last", self._last(Participant.id)), sa.Date())

    @cached_property
    def has_job(self) -> Any:
        """Whether somebody started a job."""
        return self._of_all("has_job", self._has_job(Participant.id))

    @cached_property
    def verdict(self) -> Any:
        """The latest decision of the leading record; to check by hand where there is none."""
        v = Verdict
        latest = (sa.select(v.verdict).where(v.participant_id == Participant.id).order_by(v.decided_at.desc(), v.id.desc()).limit(1)
                  .scalar_subquery())
        return sa.func.coalesce(latest, BY_HAND)

    @cached_property
    def state(self) -> Any:
        """Overdue, due, paused or nothing."""
        resting = sa.select(Pause.row).where(Pause.participant_id == Participant.id, Pause.from_day <= self.day,
                                             sa.or_(Pause.to_day.is_(None), Pause.to_day > self.day)).exists()
        on = self._near.c.on_day
        return sa.case((resting, PAUSED), (on < self.day, OVERDUE), (on <= self.day + timedelta(days=DUE_AHEAD_DAYS), DUE), else_="")

    @cached_property
    def silent(self) -> Any:
        """Whole days since the last contact."""
        met = sa.func.coalesce(self.last, Participant.registered_on)
        return sa.func.max(0, sa.cast(sa.func.julianday(self.day) - sa.func.julianday(met), sa.Integer))

    def rows(self) -> sa.Select[Any]:
        """Local key and the fields of a row, with the ids of lot and coach."""
        p = Participant
        chosen: sa.Select[Any] = sa.select(
            p.row, p.id, p.reference, p.name, p.lot_id, p.coach_id, p.registered_on, self.verdict, self.meaningful, self.has_job, self.last,
            self._near.c.what, self._near.c.on_day, self.state, self.silent).select_from(self.people)
        return chosen

    def on_caseload(self, lot: UUID | None, coach: UUID | None) -> list[Any]:
        """Who is on it: no record that is led, nobody whose time has ended; of a lot, of a coach."""
        p = Participant
        chosen = [p.id.not_in(participant_queries.is_led()), p.id.not_in(participant_queries.ended())]
        return chosen + [column == value for column, value in ((p.lot_id, lot), (p.coach_id, coach)) if value is not None]

    def fits(self, only: str) -> Any:
        """The condition behind each name of what may be shown."""
        is_on = self.state != PAUSED
        found: Mapping[str, Callable[[], Any]] = {
            EVERYBODY: sa.true,
            OVERDUE: lambda: self.state == OVERDUE,
            DUE: lambda: self.state == DUE,
            PAUSED: lambda: self.state == PAUSED,
            WORKING_NOW: lambda: sa.and_(is_on, self.has_job),
            SILENT: lambda: sa.and_(is_on, self.silent >= SILENT_DAYS),
            ELIGIBLE: lambda: self.verdict.in_((BY_RESIDENCE, BY_CONNECTION)),
            CHECK: lambda: self.verdict == BY_HAND,
            NOT_OURS: lambda: self.verdict == NOT_ELIGIBLE,
            REACHED: lambda: self.meaningful >= NEEDED,
            WORKING: lambda: self.has_job,
            NO_HELP: lambda: sa.and_(is_on, self.meaningful == 0, sa.not_(self.has_job)),
            ON_THE_WAY: lambda: sa.and_(is_on, self.meaningful > 0, self.meaningful < NEEDED, sa.not_(self.has_job)),
            READY: lambda: sa.and_(is_on, self.meaningful >= NEEDED, sa.not_(self.has_job)),
        }
        return found[only]()

    def order(self, name: str, is_rising: bool) -> list[Any]:
        """The order of the caseload, after that of a column where one was chosen."""
        p, state, next_on = Participant, self.state, self._near.c.on_day
        rank = sa.case({OVERDUE: 0, DUE: 1, PAUSED: 3}, value=state, else_=2)
        usual = [rank, sa.func.coalesce(next_on, _NEVER), sa.func.casefold(p.name), p.reference, p.row]
        if not name:
            return usual
        values: Mapping[str, Callable[[], Any]] = {
            "name": lambda: sa.func.casefold(p.name),
            "lot": lambda: sa.select(sa.func.casefold(Lot.name)).where(Lot.id == p.lot_id).scalar_subquery(),
            "coach": lambda: sa.select(sa.func.casefold(TeamMember.name)).where(TeamMember.id == p.coach_id).scalar_subquery(),
            "verdict": lambda: self.verdict,
            "meaningful": lambda: self.meaningful,
            "silent_days": lambda: self.silent,
            "next_on": lambda: next_on,
        }
        value = values[name]()
        keys = [value.is_(None), value]
        return [key if is_rising else key.desc() for key in keys] + usual


def _told(session: Session) -> _Told:
    """For all people; made once for a session that only reads."""
    if session.info.get("open") is not None:
        return _Told(session)
    made: _Told = session.info.setdefault("told", None) or _Told(session)
    session.info["told"] = made
    return made


def _by_key(session: Session) -> dict[int, int]:
    """Local key → local key of the record that leads, of every record of a person of several, the leading one too. Few; mostly none."""
    ahead = participant_queries.leaders(session)
    if not ahead:
        return {}
    wanted = [*{*ahead, *ahead.values()}]
    keys: dict[UUID, int] = {}
    for start in range(0, len(wanted), _PORTION):
        keys.update(session.execute(sa.select(Participant.id, Participant.row).where(
            Participant.id.in_(wanted[start:start + _PORTION]))).all())
    return {keys[one]: keys[ahead.get(one, one)] for one in wanted if one in keys and ahead.get(one, one) in keys}
