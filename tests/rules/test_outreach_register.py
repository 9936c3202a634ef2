"""Rows of the paper register, the days of a series, bank holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.outreach import rules

TODAY = date(2020, 5, 12)
NUMBERS = st.sets(st.integers(1, 60))


def test_a_number_in_front_says_which_row_is_keyed() -> None:
    read = rules.parse_register_line("7 Zoë Kowalska 07400 123456 b34 7aa cv", TODAY)
    assert (read.number, read.is_blank) == (7, False)
    assert read.contact is not None
    assert (read.contact.name, read.contact.phone, read.contact.postcode) == ("Zoë Kowalska", "07400 123456", "B34 7AA")
    assert read.contact.topics == ("CV and job search",)


@pytest.mark.parametrize("typed", ["7. Ana", "7) Ana", "No. 7 Ana", "#7 Ana", " 7  Ana"])
def test_numbers_are_read_as_people_write_them(typed: str) -> None:
    read = rules.parse_register_line(typed, TODAY)
    assert (read.number, read.rest) == (7, "Ana")


@pytest.mark.parametrize("typed", ["07400 123456 Zoë", "Zoë 7", "2020 Zoë", ""])
def test_a_telephone_number_or_a_year_is_no_row(typed: str) -> None:
    assert rules.parse_register_line(typed, TODAY).number is None


@pytest.mark.parametrize(("typed", "first", "last"), [
    ("7 -", 7, 7), ("7-", 7, 7), ("7 –", 7, 7), ("7 blank", 7, 7), ("9-12 -", 9, 12), ("9–12 blank", 9, 12), ("9 to 12 -", 9, 12)])
def test_a_dash_says_that_a_row_stayed_blank(typed: str, first: int, last: int) -> None:
    read = rules.parse_register_line(typed, TODAY)
    assert (read.number, read.last, read.is_blank, read.contact) == (first, last, True, None)


@given(st.integers(0, 60), NUMBERS, NUMBERS)
def test_every_printed_row_is_keyed_blank_or_missing(rows: int, keyed: set[int], blank: set[int]) -> None:
    left = rules.missing(rows, keyed, blank)
    printed = set(range(1, rows + 1))
    assert set(left) == printed - keyed - blank
    assert list(left) == sorted(set(left))
    proposed = rules.next_row(rows, keyed, blank, after=5)
    assert proposed in left if left else proposed is None


@given(NUMBERS)
def test_spans_say_each_number_once(numbers: set[int]) -> None:
    said: list[int] = []
    for part in filter(None, rules.spans(numbers).split(", ")):
        first, _dash, last = part.partition("–")
        said += range(int(first), int(last or first) + 1)
    assert said == sorted(numbers)


@given(st.text(max_size=80))
def test_no_line_is_refused_or_lost(text: str) -> None:
    read = rules.parse_register_line(text, TODAY)
    assert read.is_blank or read.rest.strip() in text


def test_missing_rows_are_said_in_spans() -> None:
    assert rules.still_words([4, 9, 10, 11, 12]) == "Still to key: 4, 9–12"
    assert rules.still_words([]) == ""


def test_a_series_comes_back_on_its_weekday() -> None:
    days = rules.series_days(date(2020, 5, 12), 2, date(2020, 7, 7))
    assert days == [date(2020, 5, 12), date(2020, 5, 26), date(2020, 6, 9), date(2020, 6, 23), date(2020, 7, 7)]
    assert rules.planned_until(TODAY, TODAY, None) == TODAY + timedelta(weeks=26)
    assert rules.planned_until(TODAY, TODAY, date(2020, 6, 1)) == date(2020, 6, 1)
    assert rules.every_words(2, TODAY) == "every 2 weeks on Tuesday"
    with pytest.raises(Refusal):
        rules.every_of(0)


def test_bank_holidays_are_those_that_were_kept() -> None:
    assert [f"{on:%d %b}" for on in sorted(rules.bank_holidays(2020))] == [
        "01 Jan", "10 Apr", "13 Apr", "08 May", "25 May", "31 Aug", "25 Dec", "28 Dec"]
    assert [f"{on:%d %b}" for on in sorted(rules.bank_holidays(2021))] == [
        "01 Jan", "02 Apr", "05 Apr", "03 May", "31 May", "30 Aug", "27 Dec", "28 Dec"]
    assert [f"{on:%d %b}" for on in sorted(rules.bank_holidays(2022))] == [
        "03 Jan", "15 Apr", "18 Apr", "02 May", "02 Jun", "03 Jun", "29 Aug", "19 Sep", "26 Dec", "27 Dec"]
    assert rules.bank_holiday(date(2020, 5, 8)) == "Early May bank holiday"
    assert rules.bank_holiday(TODAY) == ""
