"""The action plan: need and take-up are two facts; training and volunteering that came of it; readings of the distance travelled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from coachdesk.activity import actions, queries
from coachdesk.casework import action_plan, first_page, timeline
from coachdesk.casework import queries as casework
from coachdesk.casework.brief import brief
from coachdesk.errors import Refusal
from coachdesk.participant import actions as people
from coachdesk.store import raw
from tests.rooms.conftest import TODAY
from tests.rooms.people import enrol


@pytest.fixture
def person(desk: Any) -> UUID:
    return desk.act(lambda s: enrol(s, desk.shard_end))


def need(person: UUID, kind: str = "volunteering", **more: Any) -> Any:
    wanted = {"need": "something to get out of the house for", "said_on": date(2020, 3, 2)} | more
    return lambda session: actions.add_plan_item(session, participant=person, kind=kind, **wanted)


def test_a_need_stays_when_it_is_not_taken_up_and_the_reason_stands_beside_it(desk: Any, person: UUID) -> None:
    line = desk.act(need(person))
    assert desk.see(queries.plan_items)[0].take_up == "not yet"
    with pytest.raises(Refusal, match="reason why it was not taken up is needed"):
        desk.act(lambda s: actions.not_taken_up(s, line, reason=" "))
    desk.act(lambda s: actions.not_taken_up(s, line, reason="no bus on Sundays", on=date(2020, 4, 1)))
    (row,) = desk.see(lambda s: queries.plan_items(s, participant=person))
    assert (row.need, row.said_on, row.take_up) == ("something to get out of the house for", date(2020, 3, 2),
                                                    "not taken up: no bus on Sundays")
    desk.act(lambda s: actions.open_again(s, line))
    desk.act(lambda s: actions.take_up(s, line, on=date(2020, 5, 4)))
    desk.act(lambda s: actions.finish(s, line))
    (row,) = desk.see(queries.plan_items)
    assert (row.taken_up_on, row.settled_on, row.reason, row.take_up) == (date(2020, 5, 4), TODAY, None, "done on 12 May 2020")
    (total,) = desk.see(queries.plan_totals)
    assert (total.kind, total.needed, total.taken_up, total.declined) == ("volunteering", 1, 1, 0)


def test_volunteering_that_begins_takes_up_the_need_on_its_first_day(desk: Any, person: UUID) -> None:
    line = desk.act(need(person))
    desk.act(lambda s: actions.record_volunteering(s, participant=person, role="sorts donations", place="Food bank", plan=line,
                                                   from_day=date(2020, 4, 6), hours_a_week=4))
    assert desk.see(queries.plan_items)[0].take_up == "taken up on 6 April 2020"
    (row,) = desk.see(lambda s: queries.volunteerings(s, participant=person))
    assert (row.where, row.outcome, row.hours_a_week) == ("Food bank", "going on", 4)
    with pytest.raises(Refusal, match="training or volunteering came|Training or volunteering came"):
        desk.act(lambda s: actions.remove_plan_item(s, line))


def test_a_course_is_booked_until_its_day_and_completed_only_after_it(desk: Any, person: UUID) -> None:
    later = TODAY + timedelta(14)
    made = desk.act(lambda s: actions.record_training(s, participant=person, course="Food hygiene level 2", from_day=later,
                                                      provider="the college"))
    assert desk.see(queries.trainings)[0].outcome == "booked"
    with pytest.raises(Refusal, match="begins on 26 May 2020"):
        desk.act(lambda s: actions.change_training(s, made, outcome="completed"))
    desk.act(lambda s: actions.change_training(s, made, from_day=date(2020, 4, 1), to_day=date(2020, 4, 30), outcome="completed"))
    (row,) = desk.see(queries.trainings)
    assert (row.outcome, row.given_by, row.to_day) == ("completed", "the college", date(2020, 4, 30))


def test_lines_keep_their_order_and_one_can_be_moved(desk: Any, person: UUID) -> None:
    made = [desk.act(need(person, kind)) for kind in ("CV & job search", "travel", "housing")]
    desk.act(lambda s: actions.change_plan_item(s, made[2], position=1))
    assert [row.kind for row in desk.see(queries.plan_items)] == ["housing", "CV & job search", "travel"]
    assert [row.position for row in desk.see(queries.plan_items)] == [1, 2, 3]


def test_what_is_to_be_looked_at_again_and_what_the_coach_promised_stand_in_today(desk: Any, person: UUID) -> None:
    line = desk.act(need(person, review_on=TODAY, step="ring the shelter", by_whom="coach", due_on=TODAY - timedelta(1)))
    desk.act(need(person, "travel", step="ask for the bus pass", by_whom="participant", due_on=TODAY))
    assert [(row.what, row.id, row.about) for row in desk.see(casework.due)] == [
        ("To do for the plan: volunteering", line, person), ("Look at the plan again: volunteering", line, person)]
    desk.act(lambda s: actions.finish(s, line))
    assert desk.see(casework.due) == []


def test_the_second_reading_is_prompted_after_the_days_of_the_contract_and_once_taken_shows_the_distance(desk: Any, person: UUID) -> None:
    first = TODAY - timedelta(91)
    desk.act(lambda s: actions.record_reading(s, participant=person, read_on=first,
                                              answers=["satisfied=3", "worthwhile=4", "happy=2", "anxious=8"]))
    (row,) = desk.see(casework.due)
    assert (row.kind, row.due_on, row.what) == ("activity.reading", TODAY, "Ask a second time: How things are going (ONS4)")
    assert desk.see(lambda s: casework.due(s, until=TODAY - timedelta(1))) == []
    found = desk.see(lambda s: queries.distance(s, [person], TODAY))
    assert (found.count, found.latest, found.due_on) == (1, None, TODAY)
    desk.act(lambda s: actions.record_reading(s, participant=person, answers=["satisfied=5", "happy=2", "anxious=4"]))
    assert desk.see(casework.due) == []
    found = desk.see(lambda s: queries.distance(s, [person], TODAY))
    assert [(each.question.code, each.first, each.latest, each.word) for each in found.lines] == [
        ("satisfied", 3, 5, "better"), ("worthwhile", 4, None, ""), ("happy", 2, 2, "the same"), ("anxious", 8, 4, "better")]


def test_the_first_paint_of_today_shows_the_same_as_the_rooms(desk: Any, person: UUID) -> None:
    desk.act(need(person, review_on=TODAY + timedelta(3), step="ring", by_whom="both", due_on=TODAY))
    desk.act(lambda s: actions.record_reading(s, participant=person, answers=["happy=5"], read_on=TODAY - timedelta(90)))
    gone = desk.act(lambda s: enrol(s, desk.shard_end, name="Ali Gone"))
    desk.act(lambda s: actions.record_reading(s, participant=gone, answers=["happy=5"], read_on=TODAY - timedelta(100)))
    desk.act(lambda s: people.end_spell(s, gone, reason="found work"))
    connection = raw.connect(desk.store.path, desk.store.key)
    try:
        first = first_page.first_rows(connection, TODAY)
    finally:
        connection.close()
    due = desk.see(lambda s: casework.due(s, until=TODAY + timedelta(first_page.AHEAD_DAYS)))
    assert len(due) == 3
    assert sorted((row.id, row.kind, row.due_on, row.what, row.who, row.lot, row.coach_id) for row in first) == sorted(
        (row.id, row.kind, row.due_on, row.what, row.who, row.lot, row.coach_id) for row in due)


def test_an_answer_off_the_scale_twice_on_a_day_or_of_somebody_who_has_left_is_not_prompted(desk: Any, person: UUID) -> None:
    for wrong in ("happy=11", "happy=-1", "happy", "mood=3"):
        with pytest.raises(Refusal):
            desk.act(lambda s, wrong=wrong: actions.record_reading(s, participant=person, answers=[wrong]))
    desk.act(lambda s: actions.record_reading(s, participant=person, answers=["happy=5"], read_on=TODAY - timedelta(100)))
    with pytest.raises(Refusal, match="reading of 2 February 2020 already"):
        desk.act(lambda s: actions.record_reading(s, participant=person, answers=["happy=5"], read_on=TODAY - timedelta(100)))
    desk.act(lambda s: people.end_spell(s, person, reason="found work"))
    assert desk.see(casework.due) == []


def test_a_rebooked_appointment_keeps_its_chain_and_missed_ones_are_counted_without_blame(desk: Any, person: UUID) -> None:
    first = desk.act(lambda s: actions.book_appointment(s, participant=person, due_on=date(2020, 5, 4), at="9.30"))
    desk.act(lambda s: actions.miss(s, first))
    second = desk.act(lambda s: actions.rebook(s, first, due_on=date(2020, 5, 11)))
    with pytest.raises(Refusal, match="rebooked already, for 11 May 2020"):
        desk.act(lambda s: actions.rebook(s, first, due_on=date(2020, 5, 12)))
    third = desk.act(lambda s: actions.rebook(s, second, due_on=TODAY + timedelta(7)))
    assert [row.id for row in desk.see(lambda s: queries.appointment_chain(s, third))] == [third, second, first]
    assert desk.see(lambda s: queries.missed(s, [person])) == (1, 1)
    slip = desk.see(lambda s: action_plan.slip(s, third))
    assert (slip.on, slip.at, slip.instead_of) == (TODAY + timedelta(7), "09:30", date(2020, 5, 11))
    with pytest.raises(Refusal, match="did not attend"):
        desk.see(lambda s: action_plan.slip(s, first))


def test_timeline_and_brief_tell_the_plan_the_distance_and_what_happened_in_a_job(desk: Any, person: UUID) -> None:
    line = desk.act(need(person, step="meet the organiser", by_whom="both"))
    desk.act(need(person, "travel"))
    desk.act(lambda s: actions.not_taken_up(s, line, reason="no bus on Sundays"))
    for on, happy in ((date(2020, 2, 3), 3), (TODAY, 6)):
        desk.act(lambda s, on=on, happy=happy: actions.record_reading(s, participant=person, read_on=on, answers=[f"happy={happy}"]))
    job = desk.act(lambda s: actions.record_job(s, participant=person, started_on=date(2020, 4, 1), employer="Foods", title="picker",
                                                hours_a_week=16))
    desk.act(lambda s: actions.change_in_job(s, job=job, hours_a_week=24))
    desk.act(lambda s: actions.record_earnings(s, job=job, month="2020-04", pence=55_808))
    told = [(event.what, event.detail) for event in desk.see(lambda s: timeline.timeline(s, person))]
    for event in (("Needed: volunteering", "something to get out of the house for"), ("Not taken up: volunteering", "no bus on Sundays"),
                  ("Reading taken: ons4", "happy 6"), ("Other hours or pay", "24 hours a week"), ("Earned in April 2020", "£558.08")):
        assert event in told
    page = desk.see(lambda s: brief(s, person))
    parts = {part.heading: dict(part.lines) for part in page.parts}
    assert parts["Action plan, open"] == {"Travel": "something to get out of the house for"}
    assert parts["Where they stand now"]["Distance"] == "happy 3 → 6 (3 February 2020 and 12 May 2020)"
