"""One typed line read as a contact: forgiving, and never losing what was typed."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.outreach import rules

TODAY = date(2020, 5, 12)      # a Tuesday


def read(text: str) -> rules.ContactLine:
    return rules.parse_line(text, TODAY)


def test_a_whole_line_is_read() -> None:
    line = read("Zoë Kowalska 07400 123456 b34 7aa cv, benefits f/u 19/5")
    assert (line.name, line.phone, line.postcode) == ("Zoë Kowalska", "07400 123456", "B34 7AA")
    assert (line.topics, line.note, line.follow_up_on) == (("CV and job search", "benefits"), None, date(2020, 5, 19))


@pytest.mark.parametrize(("written", "on"), [
    ("f/u 19/5", date(2020, 5, 19)), ("19/05/20", date(2020, 5, 19)), ("follow up 19.5.2020", date(2020, 5, 19)),
    ("11/5", date(2021, 5, 11)),
    ("12/5", date(2020, 5, 12)), ("29/2", date(2024, 2, 29)), ("in 1 week", date(2020, 5, 19)), ("in two weeks", date(2020, 5, 26)),
    ("f/u in 3 days", date(2020, 5, 15)), ("in a month", date(2020, 6, 12)), ("19 May", date(2020, 5, 19)),
    ("call back 3rd of june", date(2020, 6, 3)),
    ("f/u fri", date(2020, 5, 15)), ("fu Tuesday", date(2020, 5, 19)), ("tomorrow", date(2020, 5, 13)),
    ("f/u next week", date(2020, 5, 19)),
])
def test_a_day_is_read_as_it_is_said(written: str, on: date) -> None:
    for line in (read(f"Ann Lee {written}"), read(f"Ann Lee cv {written}")):
        assert (line.name, line.follow_up_on) == ("Ann Lee", on)


@pytest.mark.parametrize("name", [
    "Sun Li", "May Wong", "Mon Bahadur", "April Jones", "Job Smith", "Grace Housego", "Fu Manning", "It Sopheap",
                                  "Nguyễn Thị Minh", "O’Brien-Smythe", "Wed Okafor", "Seán Óg Ó hAilpín", "علی رضایی"])
def test_a_name_that_could_be_something_else_stays_a_name(name: str) -> None:
    assert read(f"{name} 07400123456").name == name
    assert read(name).name == name


def test_a_day_of_the_week_after_something_else_is_a_day() -> None:
    assert read("Bob 07400 123456 fri").follow_up_on == date(2020, 5, 15)
    assert read("Bob cv fri").follow_up_on == date(2020, 5, 15)


@pytest.mark.parametrize("line", ["31/2", "99/99", "b34 7a", "07400", "f/u", "cv", "19/5", "note:", ";", ",,,", ""])
def test_odd_lines_are_read_calmly(line: str) -> None:
    read(line)


def test_a_note_stands_after_a_semicolon() -> None:
    line = read("Bob Cratchit cv; wants evenings, call 07400 123456 first")
    assert (line.name, line.phone, line.note) == ("Bob Cratchit", None, "wants evenings call 07400 123456 first")


def test_a_second_number_stays_in_sight() -> None:
    line = read("Bob 07400 123456, 07400 999999")
    assert (line.phone, line.name) == ("07400 123456", "Bob 07400 999999")


def letters(text: str) -> Counter[str]:
    return Counter(sign for sign in text if not sign.isspace() and sign not in ",;-–—&\ue000")


PIECES = st.lists(st.sampled_from([
    "Zoë", "Kowalska", "07400 123456", "\u0661\u0662/\u0665", "30 feb",
    "+44 7400 123456", "b34 7aa", "B347AA", "cv", "benefits,", "f/u", "19/5", "31/2", "in 1 week", "fri",
    "sun", "May", "job", "housing", "(0121) 496-0123", "1/1/9999", "in 999 months", "in 999 weeks", ",", "next month", "0", "00"]),
    max_size=12).map(" ".join)


@given(st.one_of(st.text(), PIECES), st.dates())
def test_no_line_crashes_and_none_loses_text(text: str, today: date) -> None:
    line = rules.parse_line(text, today)
    if "note" not in text.casefold() and "and" not in text:
        assert letters(text) == letters(" ".join((line.name, line.note or "", *line.taken)))
    assert set(line.topics) <= set(rules.TOPICS)


@pytest.mark.parametrize(("typed", "time"), [("9.30", "09:30"), ("0930", "09:30"), ("14", "14:00"), ("23:59", "23:59"), ("", None)])
def test_a_time_of_day_is_read(typed: str, time: str | None) -> None:
    assert rules.time_of(typed) == time


@pytest.mark.parametrize("typed", ["24:00", "half nine", "9:60", "١٢"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        rules.time_of(typed)


def test_topics_are_known_by_short_forms_and_unknown_ones_refused() -> None:
    assert rules.topics_of(["cv", "Debt", "ESOL", "cv"]) == ["CV and job search", "ESOL", "money and debt"]
    with pytest.raises(Refusal, match="“astrology” is not a topic"):
        rules.topics_of(["astrology"])


def test_a_session_cannot_end_before_it_starts() -> None:
    with pytest.raises(Refusal):
        rules.check_times("10:00", "09:00")
