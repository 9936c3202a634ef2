"""Help, jobs and appointments in a real encrypted store."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from coachdesk.activity import actions, queries
from coachdesk.errors import Refusal
from coachdesk.store import replay
from coachdesk.store.doors import fields_of
from tests.rooms.people import enrol


@pytest.fixture
def person(desk: Any) -> UUID:
    return desk.act(lambda s: enrol(s, desk.shard_end))


def help_on(day: date, person: UUID, **more: Any) -> Any:
    wanted = {"minutes": 40, "mode": "face to face", "kind": "CV & job search", "happened_on": day} | more
    return lambda session: actions.log_intervention(session, participant=person, **wanted)


def test_help_is_written_down_with_the_proposal_and_shown_with_names(desk: Any, person: UUID) -> None:
    made = desk.act(help_on(date(2020, 5, 5), person))
    (row,) = desk.see(lambda s: queries.interventions(s, lot=desk.shard_end))
    assert (row.id, row.participant, row.lot, row.coach) == (made, "Zoë Kowalska", "Shard End", "Olive Owner")
    assert (row.is_meaningful, row.why) == (True, "40 minutes of help, face to face")
    assert desk.see(lambda s: queries.interventions(s, lot=desk.camp_hill)) == []


def test_a_reminder_by_text_counts_only_when_the_coach_says_why(desk: Any, person: UUID) -> None:
    with pytest.raises(Refusal):
        desk.act(help_on(date(2020, 5, 5), person, mode="text", minutes=2, is_meaningful=True))
    desk.act(help_on(date(2020, 5, 5), person, mode="text", minutes=2))
    desk.act(help_on(date(2020, 5, 6), person, mode="text", minutes=20, is_meaningful=True, why="went through the CV"))
    assert [row.is_meaningful for row in desk.see(queries.interventions)] == [True, False]
    assert desk.see(queries.progress) == {person: 1}


def test_two_of_three_meaningful_is_visible(desk: Any, person: UUID) -> None:
    other = desk.act(lambda s: enrol(s, desk.camp_hill, name="Ali"))
    for day in (5, 6):
        desk.act(help_on(date(2020, 5, day), person))
    assert desk.see(lambda s: queries.progress(s, [person, other])) == {person: 2, other: 0}
    assert desk.see(lambda s: queries.needed(s, date(2020, 5, 12))) == 3


def test_help_before_registration_tomorrow_or_for_nobody_is_refused_and_nothing_saved(desk: Any, person: UUID) -> None:
    for day in (date(2020, 5, 13), date(2019, 9, 30)):
        with pytest.raises(Refusal):
            desk.act(help_on(day, person))
    with pytest.raises(Refusal, match="no such participant"):
        desk.act(help_on(date(2020, 5, 5), desk.owner))
    assert desk.see(queries.interventions) == []


def test_a_change_keeps_what_is_left_out_and_notes_why(desk: Any, person: UUID) -> None:
    made = desk.act(help_on(date(2020, 5, 5), person))
    desk.act(lambda s: actions.change_intervention(s, made, minutes=30, changed_why="typed wrongly"))
    (row,) = desk.see(queries.interventions)
    assert (row.minutes, row.mode, row.changed_why) == (30, "face to face", "typed wrongly")
    with pytest.raises(Refusal, match="The reason why it is not meaningful is needed"):
        desk.act(lambda s: actions.change_intervention(s, made, is_meaningful=False))
    desk.act(lambda s: actions.change_intervention(s, made, is_meaningful=False, why="only a reminder"))
    assert desk.see(queries.progress) == {}


@pytest.mark.parametrize(("change", "why"), [({"minutes": 5}, "a short contact of 5 minutes"), ({"mode": "text"}, "a text message only"),
                                             ({"mode": "text", "minutes": 1}, "a text message only")])
def test_what_the_desk_judged_is_judged_anew_when_it_is_corrected(desk: Any, person: UUID, change: dict[str, Any], why: str) -> None:
    made = desk.act(help_on(date(2020, 5, 5), person))
    desk.act(lambda s: actions.change_intervention(s, made, note="rang twice"))
    assert desk.see(queries.interventions)[0].is_meaningful
    desk.act(lambda s: actions.change_intervention(s, made, **change))
    (row,) = desk.see(queries.interventions)
    assert (row.is_meaningful, row.why) == (False, why)
    desk.act(lambda s: actions.change_intervention(s, made, minutes=25, mode="phone"))
    (row,) = desk.see(queries.interventions)
    assert (row.is_meaningful, row.why) == (True, "25 minutes of help, phone")


def test_a_coachs_own_word_outlives_a_correction_and_a_new_one_needs_a_reason(desk: Any, person: UUID) -> None:
    own = desk.act(help_on(date(2020, 5, 5), person, minutes=5, is_meaningful=True, why="settled the tenancy"))
    desk.act(lambda s: actions.change_intervention(s, own, minutes=6))
    (row,) = desk.see(queries.interventions)
    assert (row.minutes, row.is_meaningful, row.why) == (6, True, "settled the tenancy")
    made = desk.act(help_on(date(2020, 5, 6), person))
    with pytest.raises(Refusal, match="would call this not meaningful"):
        desk.act(lambda s: actions.change_intervention(s, made, minutes=5, is_meaningful=True))
    desk.act(lambda s: actions.change_intervention(s, made, minutes=5, is_meaningful=True, why="found the job on the spot"))
    assert desk.see(queries.interventions)[0].why == "found the job on the spot"


def test_a_reason_in_words_of_the_coachs_own_stays_while_the_word_does(desk: Any, person: UUID) -> None:
    made = desk.act(help_on(date(2020, 5, 5), person, why="two applications sent"))
    desk.act(lambda s: actions.change_intervention(s, made, minutes=30))
    assert desk.see(queries.interventions)[0].why == "two applications sent"
    desk.act(lambda s: actions.change_intervention(s, made, minutes=3))
    (row,) = desk.see(queries.interventions)
    assert (row.is_meaningful, row.why) == (False, "a short contact of 3 minutes")


def test_what_a_claim_may_rest_on_changes_with_a_reason_once_its_month_is_over(desk: Any, person: UUID) -> None:
    made = desk.act(help_on(date(2020, 4, 5), person))
    job = desk.act(lambda s: actions.record_job(s, participant=person, started_on=date(2020, 4, 6), employer="Brook", title="Packer",
                                                hours_a_week=20))
    desk.act(lambda s: actions.change_intervention(s, made, note="by the canal", minutes=40))
    desk.act(lambda s: actions.change_job(s, job, proof="payslip"))
    for change in (lambda s: actions.change_intervention(s, made, minutes=30),
                   lambda s: actions.change_intervention(s, made, is_meaningful=False, why="a reminder"),
                   lambda s: actions.change_job(s, job, hours_a_week=30)):
        with pytest.raises(Refusal, match="its month may have been claimed"):
            desk.act(change)
    assert desk.see(queries.interventions)[0].minutes == 40
    desk.act(lambda s: actions.change_job(s, job, hours_a_week=30, changed_why="read the contract again"))
    desk.act(lambda s: actions.change_intervention(s, made, minutes=30, changed_why="typed wrongly"))


def test_a_removal_needs_a_reason_which_stays_in_the_log(desk: Any, person: UUID) -> None:
    made = desk.act(help_on(date(2020, 5, 5), person))
    with pytest.raises(Refusal):
        desk.act(lambda s: actions.remove_intervention(s, made, why=" "))
    desk.act(lambda s: actions.remove_intervention(s, made, why="entered twice"))
    assert desk.see(queries.interventions) == []
    with pytest.raises(Refusal, match="not here any more"):
        desk.act(lambda s: actions.remove_intervention(s, made, why="again"))
    with desk.store.read() as session:
        heads = session.connection().exec_driver_sql("select head from op where entity_id = ?", (made.bytes,)).scalars().all()
    assert any("removed: entered twice" in head for head in heads)


def test_jobs_are_recorded_changed_and_removed(desk: Any, person: UUID) -> None:
    job = desk.act(lambda s: actions.record_job(s, participant=person, started_on=date(2020, 5, 11), employer="Brook & Co", title="Packer",
                                                hours_a_week=20, pay_pence_an_hour=872))
    desk.act(lambda s: actions.change_job(s, job, hours_a_week=30))
    (row,) = desk.see(queries.jobs)
    assert (row.hours_a_week, row.pay_pence_an_hour, row.employer) == (30, 872, "Brook & Co")
    with pytest.raises(Refusal, match="from 1 to 80"):
        desk.act(lambda s: actions.change_job(s, job, hours_a_week=90))
    desk.act(lambda s: actions.remove_job(s, job, why="it fell through"))
    assert desk.see(queries.jobs) == []


def test_appointments_are_kept_missed_and_rebooked(desk: Any, person: UUID) -> None:
    first = desk.act(lambda s: actions.book_appointment(s, participant=person, due_on=date(2020, 5, 11), at="9.30", place="Library"))
    assert [(d.kind, d.what, d.who) for d in desk.see(lambda s: queries.due(s, coach=desk.owner, until=date(2020, 5, 12)))] == [
        ("activity.appointment", "Appointment 09:30 at Library", "Zoë Kowalska")]
    desk.act(lambda s: actions.miss(s, first))
    second = desk.act(lambda s: actions.rebook(s, first, due_on=date(2020, 5, 12)))
    assert [(row.id, row.outcome, row.at) for row in desk.see(queries.appointments)] == [
        (second, "booked", "09:30"), (first, "did not attend", "09:30")]
    desk.act(lambda s: actions.attend(s, second))
    with pytest.raises(Refusal, match="came to this appointment"):
        desk.act(lambda s: actions.rebook(s, second, due_on=date(2020, 5, 20)))
    assert desk.see(lambda s: queries.due(s, coach=None, until=date(2020, 6, 1))) == []
    assert desk.see(queries.last_contact) == {person: date(2020, 5, 12)}


def test_the_last_contact_is_the_later_of_help_and_a_kept_appointment(desk: Any, person: UUID) -> None:
    missed = desk.act(lambda s: actions.book_appointment(s, participant=person, due_on=date(2020, 5, 10)))
    desk.act(lambda s: actions.miss(s, missed))
    desk.act(help_on(date(2020, 5, 5), person))
    assert desk.see(lambda s: queries.last_contact(s, [person])) == {person: date(2020, 5, 5)}


def test_a_month_is_signed_off_with_its_counts(desk: Any, person: UUID) -> None:
    desk.act(help_on(date(2020, 5, 5), person))
    desk.act(help_on(date(2020, 4, 30), person))
    desk.act(lambda s: actions.sign_off(s, lot=desk.shard_end, month="2020-05"))
    (row,) = desk.see(queries.sign_offs)
    assert (row.month, row.interventions, row.jobs, row.coach) == ("2020-05", 1, 0, "Olive Owner")
    with pytest.raises(Refusal, match="June 2020 has not begun"):
        desk.act(lambda s: actions.sign_off(s, lot=desk.shard_end, month="2020-06"))


def test_deeds_for_the_claim_hold_neither_names_nor_employers(desk: Any, person: UUID) -> None:
    desk.act(help_on(date(2020, 5, 5), person, note="Zoë was low"))
    desk.act(lambda s: actions.record_job(s, participant=person, started_on=date(2020, 5, 11), employer="Brook & Co", title="Packer",
                                          hours_a_week=20))
    rows = desk.see(queries.deeds)
    assert [(row.kind, row.label) for row in rows] == [
        ("intervention", "CV & job search, 40 min, face to face"), ("job", "Job: Packer, 20 hours a week")]
    assert "Zoë" not in str(rows) and "Brook" not in str(rows)
    assert desk.see(lambda s: queries.deeds(s, lot=desk.camp_hill, also=[person])) == rows


def test_every_door_can_be_described_and_listed(desk: Any) -> None:
    for door in actions.DOORS:
        for action in (door.add, *door.verbs.values()):
            if action is not None:
                fields_of(action)
        kept = desk.see(lambda s, door=door: door.rows(s, lot=desk.shard_end, limit=5))
        assert [row.code for row in kept] == ["ons4"] if door.kind == "scale" else kept == [], "only the contract's scale stands already"


def test_the_log_replays_to_the_same_digest(desk: Any, person: UUID) -> None:
    made = desk.act(help_on(date(2020, 5, 5), person, note="a note"))
    desk.act(lambda s: actions.change_intervention(s, made, minutes=25))
    desk.act(lambda s: actions.remove_intervention(s, made, why="entered twice"))
    assert same_after_replay(desk.store)


def same_after_replay(store: Any) -> bool:
    with store.read() as session:
        connection = session.connection()
        return replay.digest(replay.live(connection)) == replay.digest(replay.replayed(connection).records())


def test_rows_are_plain_values(desk: Any, person: UUID) -> None:
    desk.act(help_on(date(2020, 5, 5), person))
    for row in desk.see(queries.interventions):
        assert all(isinstance(value, str | int | bool | date | UUID | None) for value in asdict(row).values())
