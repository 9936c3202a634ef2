"""What may be written down as help, a job or an appointment."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.activity import rules
from coachdesk.errors import Refusal

DAY = date(2020, 5, 12)


def test_a_reminder_by_text_is_proposed_as_not_meaningful() -> None:
    proposal = rules.propose_meaningful("text", 5)
    assert (proposal.is_meaningful, proposal.why) == (False, "a text message only")


def test_forty_minutes_face_to_face_are_proposed_as_meaningful() -> None:
    assert rules.propose_meaningful("face to face", 40) == rules.Proposal(True, "40 minutes of help, face to face")


def test_how_short_is_too_short_is_a_setting() -> None:
    assert not rules.propose_meaningful("phone", 9).is_meaningful
    assert rules.propose_meaningful("phone", 9, rules.Manner(at_least_minutes=5)).is_meaningful


def test_the_coach_decides_against_the_proposal_with_a_reason_only() -> None:
    proposal = rules.propose_meaningful("text", 5)
    with pytest.raises(Refusal, match="Say in a few words why it is meaningful"):
        rules.decide_meaningful(proposal, True, "  ")
    assert rules.decide_meaningful(proposal, True, "CV corrected by text") == rules.Proposal(True, "CV corrected by text")
    assert rules.decide_meaningful(proposal, None, None) == proposal
    assert rules.decide_meaningful(proposal, False, "only a reminder").why == "only a reminder"


@given(st.integers())
def test_help_lasts_from_one_to_six_hundred_minutes(minutes: int) -> None:
    if 1 <= minutes <= 600:
        rules.check_minutes(minutes)
    else:
        with pytest.raises(Refusal):
            rules.check_minutes(minutes)


def test_help_tomorrow_or_before_registration_is_refused() -> None:
    with pytest.raises(Refusal, match="13 May 2020 has not come yet"):
        rules.check_day(date(2020, 5, 13), DAY, date(2020, 1, 1), "help")
    with pytest.raises(Refusal, match="registered on 1 May 2020"):
        rules.check_day(date(2020, 4, 30), DAY, date(2020, 5, 1), "help")
    rules.check_day(DAY, DAY, DAY, "help")


def test_jobs_have_from_one_to_eighty_hours_and_plausible_pay() -> None:
    rules.check_job(80, 872)
    rules.check_job(1, None)
    for hours, pay in ((0, None), (81, None), (20, 0), (20, 60_000)):
        with pytest.raises(Refusal):
            rules.check_job(hours, pay)


def test_kinds_are_found_in_any_case_by_and_or_by_their_beginning() -> None:
    assert rules.chosen("cv AND job search", rules.KINDS, "kind of help") == "CV & job search"
    assert rules.chosen("housing", rules.KINDS, "kind of help") == "housing"
    assert rules.chosen("dig", rules.KINDS, "kind of help") == "digital skills & kit"
    assert rules.chosen("Face-to-face", rules.MODES, "way of meeting") == "face to face"
    for text in ("", "v", "knitting"):
        with pytest.raises(Refusal, match="Choose one of"):
            rules.chosen(text, rules.KINDS, "kind of help")


def test_times_of_day_are_read_as_people_write_them() -> None:
    read = [rules.clock_time(text) for text in ("9.30", "0930", "9:30", "14h05", " ", None)]
    assert read == ["09:30", "09:30", "09:30", "14:05", None, None]
    with pytest.raises(Refusal):
        rules.clock_time("25:00")


@given(st.text())
def test_any_text_is_a_time_or_is_refused(text: str) -> None:
    try:
        found = rules.clock_time(text)
    except Refusal:
        return
    assert found is None or len(found) == 5


def test_an_appointment_is_marked_once_and_not_before_its_day() -> None:
    rules.check_outcome("booked", "attended", DAY, DAY)
    rules.check_outcome("booked", "cancelled", date(2020, 6, 1), DAY)
    with pytest.raises(Refusal, match="has not come yet"):
        rules.check_outcome("booked", "did not attend", date(2020, 6, 1), DAY)
    with pytest.raises(Refusal, match="already marked “attended”"):
        rules.check_outcome("attended", "cancelled", DAY, DAY)


def test_progress_reads_as_people_say_it() -> None:
    assert rules.progress_text(2, 3) == "two of three meaningful"
    assert rules.progress_text(7, 3) == "three of three meaningful"
    assert rules.progress_text(0, 0) == "no meaningful interventions are asked for"


def test_months_come_as_text_or_as_numbers() -> None:
    assert rules.month_number("2020-05") == rules.month_number(2020 * 12 + 4)
    with pytest.raises(Refusal, match="is not a month"):
        rules.month_number("May")
