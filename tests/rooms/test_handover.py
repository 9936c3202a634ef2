"""Handing over a caseload: everything open moves, history stays, nothing is left under the old name, and one undo takes it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coachdesk.activity import actions as activity
from coachdesk.casework import every_room, first_page, handover
from coachdesk.casework import queries as casework
from coachdesk.casework.standing import HISTORY, MOVES, PERSON, counted, left_behind, standing
from coachdesk.errors import Refusal
from coachdesk.outreach import actions as outreach
from coachdesk.outreach import queries as outreach_queries
from coachdesk.participant import actions, queries
from coachdesk.partner import actions as partner
from coachdesk.programme import actions as programme
from coachdesk.referral import actions as referral
from coachdesk.store import kinds, raw
from coachdesk.store.undo import undo_last
from tests.rooms.conftest import SHARD_END, TODAY, RoomDesk

WEEK = timedelta(days=7)
MEMBER = "programme_member.id"


def columns() -> dict[str, Any]:
    """Every column of every room that names a member of the team."""
    assert every_room.RECORDS
    return {f"{table.name}.{column.name}": column for table in kinds.synced_tables() for column in table.columns
            if any(key.target_fullname == MEMBER for key in column.foreign_keys)}


def named(desk: RoomDesk, member: UUID) -> dict[str, int]:
    """How many rows of each column name a member."""
    def count(session: Any) -> dict[str, int]:
        found = {name: session.execute(sa.select(sa.func.count()).where(column == member)).scalar() for name, column in columns().items()}
        return {name: number for name, number in found.items() if number}

    return desk.see(count)


def join(desk: RoomDesk, name: str, **more: Any) -> UUID:
    return desk.act(lambda s: programme.add_member(s, name=name, role="coach", from_day=date(2019, 1, 1), **more))


def enrol(desk: RoomDesk, name: str, coach: UUID) -> UUID:
    return desk.act(lambda s: actions.register(s, name=name, lot=desk.shard_end, postcode=SHARD_END, coach=coach,
                                               registered_on=TODAY - 2 * WEEK))


def reference(desk: RoomDesk, person: UUID) -> str:
    return desk.see(lambda s: queries.participant(s, person).person.reference)


def coach_of(desk: RoomDesk, person: UUID) -> UUID:
    return desk.see(lambda s: queries.participant(s, person).person.coach_id)


@pytest.fixture
def ann(desk: RoomDesk) -> UUID:
    return join(desk, "Ann Archer")


@pytest.fixture
def dee(desk: RoomDesk) -> UUID:
    return join(desk, "Dee Dunn")


@pytest.fixture
def people(desk: RoomDesk, ann: UUID) -> tuple[UUID, UUID]:
    """Two people of Ann's with one of everything, and her sessions, series, cover, contact and review."""
    zoe, sam = enrol(desk, "Zoë Kowalska", ann), enrol(desk, "Sam O'Neill", ann)

    def furnish(s: Any) -> None:
        theirs = partner.add_partner(s, name="Shard End Library", kind="library", lots=["Shard End"])
        hall = partner.add_venue(s, name="The Hall", partner=theirs, lot=desk.shard_end, postcode=SHARD_END)
        actions.add_follow_up(s, participant=zoe, due_on=TODAY + WEEK, what="ring about the CV")
        activity.book_appointment(s, participant=zoe, due_on=TODAY + WEEK, at="10:00", coach=ann)
        activity.log_intervention(s, participant=zoe, kind="CV & job search", minutes=45, mode="phone", is_meaningful=True,
                                  happened_on=TODAY - WEEK, coach=ann)
        activity.lend(s, participant=sam, what="laptop", tag="L-7", coach=ann)
        actions.record_consent(s, zoe, answer="given")
        referral.send_referral(s, participant=zoe, partner=theirs, need="English", coach=ann)
        other = outreach.open_session(s, venue=hall, kind="job club", held_on=TODAY + 2 * WEEK, coach=desk.coach)
        outreach.set_cover(s, other, covered_by=ann)
        outreach.plan_series(s, venue=hall, kind="job club", every_weeks=2, from_day=TODAY + WEEK, coach=ann)
        held = outreach.open_session(s, venue=hall, kind="food bank", held_on=TODAY - WEEK, coach=ann)
        outreach.log_contact(s, session_id=held, name="Amir Khan", follow_up_on=TODAY + WEEK)
        outreach.log_contact(s, session_id=held, name="Nobody To Ring")

        partner.add_agreement(s, partner=theirs, what="room on Tuesdays", ends_on=TODAY + 9 * WEEK)
        partner.change_partner(s, theirs, funding_ends_on=TODAY + 9 * WEEK)
        partner.add_capability(s, partner=theirs, funding="Adult Education Budget", kinds=["ESOL"], ends_on=TODAY + 9 * WEEK)
        partner.set_venue_status(s, hall, status="restricted", reason="ten people at most", review_on=TODAY + WEEK)

    desk.act(furnish, who=ann)
    return zoe, sam


def left(desk: RoomDesk, member: UUID) -> str:
    return desk.see(lambda s: counted(standing(s, members=[member])))


def test_every_column_that_names_a_member_is_either_handed_over_or_history() -> None:
    assert set(columns()) == MOVES | HISTORY
    assert not MOVES & HISTORY


def test_everything_open_goes_and_what_was_done_stays(desk: RoomDesk, ann: UUID, dee: UUID, people: tuple[UUID, UUID]) -> None:
    before = left(desk, ann)
    for words in ("2 people on the caseload", "1 follow-up", "1 appointment", "1 thing lent", "1 referral", "1 session to cover",
                  "1 series", "1 contact to follow up", "1 place to look at again", "1 agreement to watch", "1 partner's funding to watch",
                  "1 contract or funding to watch"):
        assert words in before
    done = desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="leaves the team"))
    assert (done.people, done.left) == (2, 0)
    assert left(desk, ann) == ""
    still = named(desk, ann)
    assert {name for name in still if name in MOVES} <= {"outreach_session.coach_id"}, "only the session that was held"
    assert still["outreach_session.coach_id"] == 1
    assert still["activity_intervention.coach_id"] == 1
    assert [coach_of(desk, person) for person in people] == [dee, dee]
    assert left(desk, dee) == before


def test_nothing_that_is_due_is_due_under_the_old_name(desk: RoomDesk, ann: UUID, dee: UUID, people: tuple[UUID, UUID]) -> None:
    until = TODAY + 20 * WEEK
    before = len(desk.see(lambda s: casework.due(s, coach=ann, until=until)))
    desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="leaves"))
    assert before > 5
    assert desk.see(lambda s: casework.due(s, coach=ann, until=until)) == []
    assert len(desk.see(lambda s: casework.due(s, coach=dee, until=until))) == before


def test_the_first_page_knows_who_took_over(desk: RoomDesk, ann: UUID, dee: UUID, people: tuple[UUID, UUID]) -> None:
    desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="leaves"))
    connection = raw.connect(desk.store.path, desk.store.key)
    try:
        rows = first_page.first_rows(connection, TODAY, 100)
    finally:
        connection.close()
    due = desk.see(lambda s: casework.due(s, until=TODAY + timedelta(days=first_page.AHEAD_DAYS)))
    kinds_there = {row.kind for row in rows}
    assert {"outreach.contact", "partner.venue", "participant.follow_up"} <= kinds_there
    assert sorted((row.id, row.coach_id) for row in rows) == sorted((row.id, row.coach_id) for row in due if row.kind in kinds_there)
    assert ann not in {row.coach_id for row in rows}


def test_history_says_who_had_them_and_why_it_changed(desk: RoomDesk, ann: UUID, dee: UUID, people: tuple[UUID, UUID]) -> None:
    desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="a new post"))
    turns = desk.see(lambda s: queries.assignments(s, participant=people[0]))
    assert [(turn.coach, turn.reason) for turn in turns] == [("Dee Dunn", "a new post"), ("Ann Archer", None)]


def test_one_undo_puts_everything_back(desk: RoomDesk, ann: UUID, dee: UUID, people: tuple[UUID, UUID]) -> None:
    before, names = left(desk, ann), named(desk, ann)
    desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="leaves", first_meeting_on=TODAY + WEEK), reason="Hand over")
    undo_last(desk.store, desk.owner)
    assert left(desk, ann) == before
    assert named(desk, ann) == names
    assert left(desk, dee) == ""


def test_a_caseload_is_split_among_several(desk: RoomDesk, ann: UUID, dee: UUID, people: tuple[UUID, UUID]) -> None:
    zoe, sam = people
    done = desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="leaves", split=[f"{reference(desk, sam)}: carl coach"]))
    assert done.left == 0
    assert (coach_of(desk, zoe), coach_of(desk, sam)) == (dee, desk.coach)
    assert "1 thing lent" in left(desk, desk.coach)
    assert "thing lent" not in left(desk, dee)


def test_some_people_go_with_what_is_theirs_and_the_rest_stays(desk: RoomDesk, ann: UUID, dee: UUID, people: tuple[UUID, UUID]) -> None:
    done = desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="away", people=[reference(desk, people[1])]))
    assert (done.people, done.things) == (1, 1)
    assert left(desk, dee) == "1 person on the caseload, 1 thing lent"
    assert "1 series" in left(desk, ann)


def test_what_is_open_about_somebody_elses_person_goes_to_their_own_coach(desk: RoomDesk, ann: UUID, dee: UUID) -> None:
    other = enrol(desk, "Maya Singh", desk.coach)
    desk.act(lambda s: actions.add_follow_up(s, participant=other, due_on=TODAY + WEEK, what="bring the form", coach=ann))
    desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="leaves"))
    assert left(desk, desk.coach) == "1 person on the caseload, 1 follow-up"
    assert left(desk, dee) == left(desk, ann) == ""


def test_who_takes_over_a_session_that_they_cover_covers_for_nobody(desk: RoomDesk, ann: UUID, people: tuple[UUID, UUID]) -> None:
    desk.act(lambda s: handover.hand_over(s, ann, to=desk.coach, reason="leaves"))
    rows = desk.see(lambda s: [row for row in outreach_queries.sessions(s) if row.status == "planned"])
    assert rows
    assert {(row.coach_id, row.covered_by_id) for row in rows} == {(desk.coach, None)}


def test_whoever_has_left_the_programme_stays_history_but_the_laptop_goes(desk: RoomDesk, ann: UUID, dee: UUID,
                                                                          people: tuple[UUID, UUID]) -> None:
    desk.act(lambda s: actions.end_spell(s, people[1], ended_on=TODAY, reason="moved away"))
    done = desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="leaves"))
    assert (done.people, done.left) == (1, 0)
    assert coach_of(desk, people[1]) == ann
    assert "1 thing lent" in left(desk, dee)


def test_a_second_record_of_somebody_goes_with_them(desk: RoomDesk, ann: UUID, dee: UUID) -> None:
    one, two = enrol(desk, "Ola Nowak", ann), enrol(desk, "Olga Nowak", ann)
    desk.act(lambda s: actions.merge(s, one, other=two, reason="same card"))
    done = desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="leaves"))
    assert (done.people, done.left) == (1, 0)
    assert [coach_of(desk, each) for each in (one, two)] == [dee, dee]


def test_only_who_is_new_to_their_coach_is_given_a_first_meeting(desk: RoomDesk, ann: UUID, dee: UUID, people: tuple[UUID, UUID]) -> None:
    zoe, sam = people
    desk.act(lambda s: activity.log_intervention(s, participant=sam, kind="CV & job search", minutes=30, mode="phone", is_meaningful=True,
                                                 happened_on=TODAY, coach=dee))
    done = desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="leaves", first_meeting_on=TODAY + WEEK))
    assert done.first_meetings == 1
    whats = desk.see(lambda s: [row.what for row in queries.follow_ups(s, participant=zoe, is_open=True)])
    assert "First meeting: until now with Ann Archer" in whats
    assert desk.see(lambda s: queries.follow_ups(s, participant=sam)) == []


def test_who_is_paused_is_handed_over_and_left_in_peace(desk: RoomDesk, ann: UUID, dee: UUID, people: tuple[UUID, UUID]) -> None:
    desk.act(lambda s: actions.pause(s, people[1], reason="in hospital"))
    done = desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="leaves", first_meeting_on=TODAY + WEEK))
    assert (done.people, done.first_meetings) == (2, 1)


@pytest.mark.parametrize(("fields", "words"), [
    ({"reason": " "}, "says why"),
    ({"day": TODAY + WEEK}, "today or began before"),
    ({"people": ["SE-99999"]}, "not on the caseload"),
    ({"split": ["SE-99999"]}, "not a reference and a coach"),
    ({"first_meeting_on": date(1850, 1, 1)}, "1850"),
    ({"day": date(2019, 6, 1)}, "began after"),
])
def test_a_handover_that_cannot_be_is_refused_and_changes_nothing(desk: RoomDesk, ann: UUID, dee: UUID, people: tuple[UUID, UUID],
                                                                  fields: dict[str, Any], words: str) -> None:
    before = named(desk, ann)
    with pytest.raises(Refusal, match=words):
        desk.act(lambda s: handover.hand_over(s, ann, **({"to": dee, "reason": "leaves"} | fields)))
    assert named(desk, ann) == before


def test_nobody_takes_over_who_is_not_there_or_only_reads(desk: RoomDesk, ann: UUID, dee: UUID, people: tuple[UUID, UUID]) -> None:
    reader = desk.see(lambda s: s.execute(sa.text("select id from programme_member where role = 'reader'")).scalar())
    desk.act(lambda s: programme.end_member(s, dee, to_day=TODAY - WEEK))
    for taker, words in ((dee, "left the team"), (ann, "themselves"), (UUID(bytes=bytes(reader)), "only reads")):
        with pytest.raises(Refusal, match=words):
            desk.act(lambda s, taker=taker: handover.hand_over(s, ann, to=taker, reason="leaves"))


def test_an_empty_desk_is_nothing_to_hand_over(desk: RoomDesk, ann: UUID, dee: UUID) -> None:
    with pytest.raises(Refusal, match="nothing to hand over from Ann Archer"):
        desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="leaves"))


def test_whoever_left_with_people_is_told_until_they_are_handed_over(desk: RoomDesk, ann: UUID, dee: UUID,
                                                                     people: tuple[UUID, UUID]) -> None:
    assert desk.see(left_behind) == []
    desk.act(lambda s: programme.end_member(s, ann, to_day=TODAY - WEEK))
    (told,) = desk.see(left_behind)
    assert (told.name, told.left_on, told.people) == ("Ann Archer", TODAY - WEEK, 2)
    assert told.others >= 8
    desk.act(lambda s: handover.hand_over(s, ann, to=dee, reason="left"))
    assert desk.see(left_behind) == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.sets(st.integers(0, 1))), max_size=5))
def test_however_people_are_passed_round_everybody_has_one_coach_and_the_last_handover_leaves_nothing(
    desk: RoomDesk, ann: UUID, dee: UUID, people: tuple[UUID, UUID], turns: list[tuple[int, int, set[int]]]
) -> None:
    team = (ann, dee, desk.coach)
    with desk.store.read() as session:
        everything = sum(row.member_id in team for row in standing(session))
    for start, end, some in turns:
        chosen = {people[number]: team[end] for number in some if coach_of(desk, people[number]) == team[start]}
        if start != end and chosen:
            desk.act(lambda s, start=start, chosen=chosen: handover.carry_over(s, team[start], chosen, rest=None, reason="turn"))
        with desk.store.read() as session:
            rows = [row for row in standing(session) if row.member_id in team]
        assert len(rows) == everything, "nothing is lost and nothing is doubled"
        assert {row.id for row in rows if row.kind == PERSON} >= set(people)
    for leaving in (ann, dee):
        if left(desk, leaving):
            assert desk.act(lambda s, leaving=leaving: handover.hand_over(s, leaving, to=desk.coach, reason="leaves")).left == 0
    assert left(desk, ann) == left(desk, dee) == ""
    if left(desk, desk.coach):
        desk.act(lambda s: handover.hand_over(s, desk.coach, to=ann, reason="and back"))
