"""The upkeep clock: days since the last real contact over the cadence."""

from __future__ import annotations

import random
from datetime import date, timedelta
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.partner.rules import cadence_for, cadence_of, clock, clock_words, how_of

DAY = date(2020, 5, 12)
DAYS = st.dates(date(2018, 10, 1), date(2021, 7, 31))
CADENCES = st.integers(1, 730)


@given(st.lists(DAYS), CADENCES, DAYS, st.integers(0, 400), st.none() | DAYS)
def test_as_time_goes_on_and_nobody_calls_it_never_becomes_less_overdue(
    made: list[date], cadence: int, today: date, later: int, begun: date | None
) -> None:
    here = [day for day in made if day <= today]
    start = begun if begun is None or begun <= today else None
    now, then = clock(here, cadence, today, start), clock(here, cadence, today + timedelta(days=later), start)
    assert now.ratio is not None and then.ratio is not None
    assert then.ratio >= now.ratio


@given(st.lists(DAYS), DAYS, CADENCES, DAYS, st.none() | DAYS)
def test_another_real_contact_never_makes_it_more_overdue(
    made: list[date], another: date, cadence: int, today: date, begun: date | None
) -> None:
    """A first one from before somebody took it on may: then the truth is older than that day."""
    before, after = clock(made, cadence, today, begun), clock([*made, another], cadence, today, begun)
    assert before.ratio is not None and after.ratio is not None
    assert after.ratio <= before.ratio or (begun is not None and before.since == begun > another)


@given(st.lists(DAYS), CADENCES, DAYS, st.integers())
def test_the_order_in_which_contacts_are_written_down_does_not_matter(made: list[date], cadence: int, today: date, seed: int) -> None:
    shuffled = list(made)
    random.Random(seed).shuffle(shuffled)
    assert clock(shuffled, cadence, today) == clock(made, cadence, today)


@given(st.lists(DAYS), CADENCES, DAYS)
def test_it_is_overdue_from_the_day_after_the_one_it_is_due_on(made: list[date], cadence: int, today: date) -> None:
    now = clock(made, cadence, today)
    if now.due_on is not None:
        assert now.is_overdue == (today > now.due_on)
        assert clock_words(now).startswith("overdue by") == now.is_overdue


def test_a_contact_to_come_sets_nothing_back() -> None:
    assert clock([DAY - timedelta(days=60), DAY + timedelta(days=1)], 30, DAY).days == 60


def test_where_nobody_ever_called_it_is_as_overdue_as_can_be() -> None:
    now = clock([], 30, DAY)
    assert (now.ratio, now.is_overdue, clock_words(now)) == (inf, True, "no contact written down yet")


def test_without_upkeep_there_is_no_clock_and_it_sorts_last() -> None:
    now = clock([DAY], cadence_for(0, usual=42), DAY)
    assert (now.ratio, now.is_overdue, now.due_on, clock_words(now)) == (None, False, None, "no upkeep wanted")
    assert now.order > clock([DAY], 1, DAY).order > clock([], 1, DAY).order


@pytest.mark.parametrize(("days", "says"), [(30, "due today"), (29, "due in 1 day"), (31, "overdue by 1 day"), (75, "overdue by 45 days")])
def test_it_is_said_in_words(days: int, says: str) -> None:
    assert clock_words(clock([DAY - timedelta(days=days)], 30, DAY)) == says


def test_a_person_goes_by_their_own_cadence_then_their_organisations_then_the_usual_one() -> None:
    given = ((7, 30), (None, 30), (None, None), (None, 0))
    assert [cadence_for(own, theirs, usual=21) for own, theirs in given] == [7, 30, 21, None]


def test_odd_cadences_and_ways_are_refused() -> None:
    for days in (-1, 731):
        with pytest.raises(Refusal, match="every 1 to 730 days"):
            cadence_of(days)
    assert (how_of("phone"), how_of("EMAIL"), how_of("visit")) == ("call", "e-mail", "visit")
    with pytest.raises(Refusal, match="a way to be in touch"):
        how_of("telepathy")
