"""Spells, benefits, pauses, needs, coaches and what is kept apart, on a real store."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.participant import actions, queries
from coachdesk.participant.record import Spell
from coachdesk.participant.rules import NOT_SAID, suppressed
from coachdesk.programme.record import TeamMember
from coachdesk.store import undo
from tests.rooms.conftest import SHARD_END, TODAY, RoomDesk

MARCH, APRIL = date(2020, 3, 3), date(2020, 4, 6)


@pytest.fixture
def zoe(desk: RoomDesk) -> UUID:
    made: UUID = desk.act(lambda s: actions.register(s, lot=desk.shard_end, name="Zoë Kowalska", postcode=SHARD_END, benefit="none",
                                                     weeks_out_of_work=12, registered_on=date(2020, 1, 6)))
    return made


def spells(desk: RoomDesk, person: UUID) -> list[queries.SpellRow]:
    found: list[queries.SpellRow] = desk.see(lambda s: queries.spells(s, participant=person))
    return found


def test_a_registration_begins_the_first_spell_and_a_coming_back_another(desk: RoomDesk, zoe: UUID) -> None:
    (first,) = spells(desk, zoe)
    assert (first.started_on, first.ended_on, first.weeks_out_of_work, first.lot) == (date(2020, 1, 6), None, 12, "Shard End")
    with pytest.raises(Refusal, match="on the programme since 6 January 2020"):
        desk.act(lambda s: actions.start_spell(s, zoe))
    desk.act(lambda s: actions.end_spell(s, zoe, reason="found work", ended_on=MARCH))
    with pytest.raises(Refusal, match="ended on 3 March 2020"):
        desk.act(lambda s: actions.end_spell(s, zoe, reason="found work"))
    with pytest.raises(Refusal, match="until 3 March 2020"):
        desk.act(lambda s: actions.start_spell(s, zoe, started_on=MARCH))
    desk.act(lambda s: actions.start_spell(s, zoe, started_on=APRIL, lot=desk.camp_hill, weeks_out_of_work=2,
                                           barriers=["transport", "debt"],
                                           contract="zero", qualifications="level 2"))
    second, first = spells(desk, zoe)
    assert (second.lot, second.weeks_out_of_work, second.barriers, second.contract) == ("Camp Hill", 2, ("debt", "transport"), "zero hours")
    assert (first.ended_on, first.end_reason) == (MARCH, "found work")
    verdicts = desk.see(lambda s: queries.verdicts(s, participant=zoe))
    assert [row.verdict for row in verdicts] == ["not eligible", "eligible by residence"]


def test_somebody_from_an_older_store_has_the_spell_that_their_registration_was(desk: RoomDesk, zoe: UUID) -> None:
    desk.act(lambda s: [s.delete(row) for row in s.query(Spell)])
    (only,) = spells(desk, zoe)
    assert (only.started_on, only.weeks_out_of_work, only.benefit) == (date(2020, 1, 6), 12, "none")
    desk.act(lambda s: actions.complete_baseline(s, zoe, job_title="Packer", employer="Brook & Co"))
    (kept,) = spells(desk, zoe)
    assert (kept.job_title, kept.weeks_out_of_work) == ("Packer", 12)


def test_an_ended_spell_can_be_taken_back(desk: RoomDesk, zoe: UUID) -> None:
    desk.act(lambda s: actions.end_spell(s, zoe, reason="moved away"))
    undo.undo_last(desk.store, desk.owner)
    assert spells(desk, zoe)[0].ended_on is None


def test_benefits_are_dated_and_the_one_that_stands_is_found_by_day(desk: RoomDesk, zoe: UUID) -> None:
    desk.act(lambda s: actions.add_benefit(s, participant=zoe, benefit="jsa", from_day=MARCH))
    later = desk.act(lambda s: actions.add_benefit(s, participant=zoe, benefit="Universal Credit: searching for work", from_day=APRIL,
                                                   conditionality="intensive"))
    on = lambda day: desk.see(lambda s: queries.benefit_on(s, zoe, day))  # noqa: E731
    assert on(MARCH - timedelta(1)) is None
    assert on(APRIL - timedelta(1)).benefit == "Jobseeker's Allowance"
    assert (on(TODAY).benefit, on(TODAY).conditionality) == ("Universal Credit: searching for work", "intensive work search")
    with pytest.raises(Refusal, match="from 6 April 2020 stands there"):
        desk.act(lambda s: actions.add_benefit(s, participant=zoe, benefit="none", from_day=APRIL))
    desk.act(lambda s: actions.change_benefit(s, later, from_day=TODAY, conditionality=""))
    assert on(APRIL).benefit == "Jobseeker's Allowance"
    desk.act(lambda s: actions.remove_benefit(s, later))
    assert len(desk.see(lambda s: queries.benefits(s, participant=zoe))) == 1


def test_a_paused_person_is_expected_back_and_comes_back(desk: RoomDesk, zoe: UUID) -> None:
    back = TODAY + timedelta(3)
    desk.act(lambda s: actions.pause(s, zoe, reason="in hospital", from_day=APRIL, expected_back_on=back))
    with pytest.raises(Refusal, match="paused already"):
        desk.act(lambda s: actions.pause(s, zoe, reason="again"))
    assert desk.see(lambda s: queries.due_back(s, until=TODAY)) == []
    (row,) = desk.see(lambda s: queries.due_back(s, until=back))
    assert (row.kind, row.who, row.about) == ("participant.pause", "Zoë Kowalska", zoe)
    with desk.store.read() as session:
        assert set(session.execute(queries.resting(TODAY)).scalars()) == {zoe}
    with pytest.raises(Refusal, match="began on 6 April 2020"):
        desk.act(lambda s: actions.come_back(s, zoe, back_on=MARCH))
    desk.act(lambda s: actions.come_back(s, zoe))
    assert desk.see(lambda s: queries.due_back(s, until=back)) == []
    with pytest.raises(Refusal, match="not paused"):
        desk.act(lambda s: actions.come_back(s, zoe))


def test_ending_a_spell_ends_the_pause_and_takes_them_off_the_caseload(desk: RoomDesk, zoe: UUID) -> None:
    desk.act(lambda s: actions.pause(s, zoe, reason="caring", from_day=APRIL))
    desk.act(lambda s: actions.end_spell(s, zoe, reason="caring"))
    assert desk.see(lambda s: queries.paused(s, zoe)) is None
    with desk.store.read() as session:
        assert set(session.execute(queries.ended()).scalars()) == {zoe}
    with pytest.raises(Refusal, match="not on the programme"):
        desk.act(lambda s: actions.pause(s, zoe, reason="again"))


def test_needs_are_kept_and_words_off_the_lists_are_refused(desk: RoomDesk, zoe: UUID) -> None:
    desk.act(lambda s: actions.change_needs(s, zoe, language="Polish", needs_interpreter=True, lone_working_note="dog", device="tablet"))
    with pytest.raises(Refusal, match="device"):
        desk.act(lambda s: actions.change_needs(s, zoe, device="gramophone"))
    detail = desk.see(lambda s: queries.participant(s, zoe))
    assert (detail.person.language, detail.person.needs_interpreter, detail.person.lone_working_note) == ("Polish", True, "dog")
    desk.act(lambda s: actions.change_needs(s, zoe, lone_working_note=""))
    assert desk.see(lambda s: queries.participant(s, zoe)).person.lone_working_note is None


def test_a_change_of_coach_is_a_dated_row_and_takes_what_is_to_do_along(desk: RoomDesk, zoe: UUID) -> None:
    desk.act(lambda s: actions.add_follow_up(s, participant=zoe, due_on=TODAY, what="ring"))
    desk.act(lambda s: actions.assign(s, zoe, coach=desk.coach, reason="holiday"))
    rows = desk.see(lambda s: queries.assignments(s, participant=zoe))
    assert [(row.coach_id, row.from_day) for row in rows] == [(desk.coach, TODAY), (desk.owner, date(2020, 1, 6))]
    assert desk.see(lambda s: queries.coach_on(s, zoe, MARCH)) == desk.owner
    (task,) = desk.see(lambda s: queries.follow_ups(s, participant=zoe))
    assert task.coach_id == desk.coach
    with pytest.raises(Refusal, match="their coach already"):
        desk.act(lambda s: actions.assign(s, zoe, coach=desk.coach))
    desk.act(lambda s: actions.change_details(s, zoe, coach=desk.owner))
    assert len(desk.see(lambda s: queries.assignments(s, participant=zoe))) == 3


def test_what_is_kept_apart_is_shown_to_who_may_and_says_why_and_every_look_is_written_down(desk: RoomDesk, zoe: UUID) -> None:
    desk.act(lambda s: actions.record_sensitive(s, zoe, category="health", detail="epilepsy", basis="explicit consent"))
    desk.act(lambda s: actions.record_offence(s, zoe, detail="theft, 2015", basis="explicit consent", is_unspent=False))
    assert desk.see(lambda s: queries.apart_counts(s, zoe)) == queries.ApartCount(False, 1, 1)
    with pytest.raises(Refusal, match="Say why"):
        desk.act(lambda s: actions.open_apart(s, zoe, what="sensitive", why=" "))
    shown = desk.act(lambda s: actions.open_apart(s, zoe, what="sensitive", why="risk assessment for a placement"))
    assert [row.detail for row in shown.sensitive] == ["epilepsy"]
    assert shown.offences == ()
    (look,) = desk.see(lambda s: queries.looks(s, participant=zoe))
    assert (look.what, look.why) == ("sensitive", "risk assessment for a placement")

    def read_only(session: Any) -> None:
        session.get(TeamMember, desk.coach).role = "reader"

    desk.act(read_only)
    with pytest.raises(Refusal, match="your role is reader"):
        desk.act(lambda s: actions.open_apart(s, zoe, what="offence", why="curious"), who=desk.coach)


def test_equality_answers_are_voluntary_and_told_only_as_figures(desk: RoomDesk, zoe: UUID) -> None:
    with pytest.raises(Refusal, match="No question"):
        desk.act(lambda s: actions.record_equality(s, zoe))
    desk.act(lambda s: actions.record_equality(s, zoe, ethnic_group="White: any other White background", ethnic_detail="Polish",
                                               sex="female",
                                               religion=NOT_SAID))
    desk.act(lambda s: actions.record_equality(s, zoe, sex="female"))
    row = desk.act(lambda s: actions.open_apart(s, zoe, what="equality", why="they asked")).equality
    assert (row.sex, row.ethnic_group) == ("female", None)
    with pytest.raises(Refusal, match="Own words"):
        desk.act(lambda s: actions.record_equality(s, zoe, ethnic_group="White: Irish", ethnic_detail="Cork"))
    figures = desk.see(queries.equality_figures)
    assert {row.people for row in figures if row.question == "sex" and row.answer in ("female", "not asked")} <= {None, 0}


@given(st.lists(st.integers(0, 60), min_size=2, max_size=12))
def test_no_hidden_figure_follows_from_the_sum_and_the_figures_that_are_told(figures: list[int]) -> None:
    shown = suppressed(figures)
    assert all(told is None or told == figure for told, figure in zip(shown, figures, strict=True))
    assert all(told is None for told, figure in zip(shown, figures, strict=True) if 0 < figure < 5)
    hidden = [figure for told, figure in zip(shown, figures, strict=True) if told is None]
    assert len(hidden) != 1 or not any(figure for told, figure in zip(shown, figures, strict=True) if told)
