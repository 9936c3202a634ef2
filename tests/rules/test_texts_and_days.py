"""Texts as they are kept, and the days that can be right."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.partner.rules import email_of, note_of
from coachdesk.programme.rules import Days, check_span, line_of, lines_of, name_of, needed_line

DAYS = Days(date(2020, 5, 12), date(2018, 10, 1), date(2022, 3, 31))


def test_a_name_is_kept_in_one_form_of_writing_with_single_spaces() -> None:
    assert name_of("  Zoe\u0308 \t Kowalska\n", "A contact") == "Zoë Kowalska"
    assert name_of("\ufeffAmina\u200b", "A contact") == "Amina"
    assert name_of("نیک\u200cنام", "A contact") == "نیک\u200cنام"  # a joiner within a Persian name belongs to it


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\ud800", "\udfff", "\u202a", "\u202e", "\u2066", "\u2069"])
def test_a_sign_that_commands_or_hides_is_refused_in_names_lines_and_notes(sign: str) -> None:
    for keep in (lambda text: name_of(text, "A contact"), lambda text: needed_line(text, "the reason"), note_of, email_of):
        with pytest.raises(Refusal, match=f"cannot be seen or kept .U.{ord(sign):04X}.") as refused:
            keep(f"a{sign}b@example.org")
        assert sign not in str(refused.value)


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\u200d\u2060", "\u3164", "\u2800 \u2800", "\ufeff\n", None])
def test_a_name_with_nothing_to_be_seen_is_no_name(text: str | None) -> None:
    with pytest.raises(Refusal, match="A contact needs a name"):
        name_of(text, "A contact")
    assert line_of(text, "The place") is None
    assert note_of(text) is None


def test_new_lines_stay_in_notes_and_become_spaces_elsewhere() -> None:
    assert lines_of("one\r\ntwo\rthree\n") == "one\ntwo\nthree"
    assert line_of("one\r\ntwo", "The place") == "one two"


def test_what_is_too_long_is_refused_at_its_own_limit() -> None:
    for keep, longest in (
        (lambda text: name_of(text, "A contact"), 200),
        (lambda text: line_of(text, "The place"), 500),
        (lines_of, 4000),
    ):
        assert keep("é" * longest) == "é" * longest
        with pytest.raises(Refusal, match=f"longer than {longest} characters"):
            keep("é" * (longest + 1))


@given(st.text(alphabet=st.characters(), max_size=60))
def test_whatever_is_kept_can_be_written_and_is_kept_the_same_again(text: str) -> None:
    try:
        kept = line_of(text, "The place")
    except Refusal:
        return
    if kept is not None:
        assert kept.encode() and kept == unicodedata.normalize("NFC", kept)
        assert line_of(kept, "The place") == kept


def test_a_slip_in_the_year_is_said() -> None:
    DAYS.check_planned(date(2023, 5, 12))
    DAYS.check_possible(date(2008, 10, 1))
    for check, on, said in (
        (DAYS.check_planned, date(2023, 5, 13), "13 May 2023 is more than three years ahead"),
        (DAYS.check_planned, date(202, 5, 12), "more than ten years before the programme began"),
        (DAYS.check_possible, date(2008, 9, 30), "more than ten years before the programme began"),
        (DAYS.check_began, date(2018, 9, 30), "before the programme began, on 1 October 2018"),
        (DAYS.check_session, date(2021, 5, 13), "more than a year ahead"),
        (DAYS.check_session, date(2018, 9, 30), "before the programme began"),
    ):
        with pytest.raises(Refusal, match=said):
            check(on)


@given(st.dates(), st.dates(), st.dates())
def test_every_day_of_the_calendar_is_let_through_or_refused(today: date, starts_on: date, on: date) -> None:
    days = Days(today, starts_on)
    for check in (days.check_possible, days.check_planned, days.check_began, days.check_session):
        try:
            check(on)
        except Refusal:
            continue


def test_a_last_day_before_the_first_is_refused() -> None:
    check_span(date(2020, 5, 1), date(2020, 5, 1))
    with pytest.raises(Refusal, match="30 April 2020, would be before the first, 1 May 2020"):
        check_span(date(2020, 5, 1), date(2020, 4, 30))
