"""What people type is read as they meant it, or said to be wrong in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.ui.parts.entry import pence_text, read_day, read_pence, read_whole

TODAY = date(2020, 7, 15)


@pytest.mark.parametrize("typed", ["5/6/2020", "5 6 20", "05.06.2020", "05062020", "5 June 2020", "5 jun 20", "2020-06-05", "5th June 2020",
                                   "5/6"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert read_day(typed, TODAY) == date(2020, 6, 5)


@pytest.mark.parametrize(("typed", "day"), [("today", TODAY), ("y", date(2020, 7, 14)), ("+14", date(2020, 7, 29)),
                                            ("-15", date(2020, 6, 30))])
def test_a_day_may_be_said_from_today(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["32/1/2020", "30 2 2020", "5/13/2020", "soon", "5 ju 2020", "1/2/3/4", "5/6/202", "٥/٦/2020", "+9999"])
def test_what_is_not_a_day_is_said_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        read_day(typed, TODAY)


def test_a_birth_year_in_two_digits_is_never_in_the_future() -> None:
    assert read_day("5 6 84", TODAY, past_only=True) == date(1984, 6, 5)
    assert read_day("5 6 21", TODAY, past_only=True) == date(1921, 6, 5)
    with pytest.raises(ValueError, match="not come yet"):
        read_day("5 6 2021", TODAY, past_only=True)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_survives_being_written_and_read(day: date) -> None:
    assert read_day(f"{day.day}/{day.month}/{day.year}") == day
    assert read_day(day.isoformat()) == day


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_sentence(text: str) -> None:
    try:
        read_day(text, TODAY)
    except ValueError as wrong:
        assert str(wrong).endswith((".", "?"))


@given(st.integers(-10**11 + 1, 10**11 - 1))
def test_money_survives_being_shown_and_read(pence: int) -> None:
    assert read_pence(pence_text(pence), allow_negative=True) == pence


@pytest.mark.parametrize("typed", ["12.345", "1,23", "twelve", "-5", "1.2.3", "٣"])
def test_what_is_not_an_amount_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        read_pence(typed)


def test_a_number_outside_its_bounds_is_said_with_the_bounds() -> None:
    assert read_whole("45", 1, 600) == 45
    with pytest.raises(ValueError, match="outside 1 to 600"):
        read_whole("601", 1, 600)
    assert read_whole("  ") is None
