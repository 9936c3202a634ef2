"""Whether traffic goes both ways: figures by month, a balance with a least count, an alert after three one-way months."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.referral.rules import reciprocity
from coachdesk.referral.rules.reciprocity import Traffic

MAY = 2020 * 12 + 4


def traffic(*marks: str) -> list[Traffic]:
    """`+`: received, `-`: given, one string a month, the last one May 2020."""
    first = MAY - len(marks) + 1
    return [Traffic(first + at, "in" if sign == "+" else "out") for at, month in enumerate(marks) for sign in month]


@pytest.mark.parametrize(("marks", "said"), [
    (("-", "--", "-"), "we only give"),
    (("++", "+", "+++"), "we only receive"),
    (("+", "-", "-", "-"), "we only give"),
    (("-", "-", "-+"), ""),
    (("-", "", "-"), ""),
    (("-", "-", ""), ""),
    (("-", "+", "-"), ""),
    (("-", "-"), ""),
    ((), ""),
])
def test_three_months_in_a_row_that_go_one_way_raise_an_alert(marks: tuple[str, ...], said: str) -> None:
    assert reciprocity.one_way(traffic(*marks), MAY) == said


def test_the_alert_ends_with_the_month_that_goes_both_ways_again() -> None:
    rows = traffic("-", "-", "-", "-+")
    assert reciprocity.one_way(rows, MAY - 1) == "we only give"
    assert reciprocity.one_way(rows, MAY) == ""


def test_small_numbers_have_no_balance() -> None:
    assert reciprocity.balance_of(traffic("----")).balance is None
    assert reciprocity.balance_of(traffic("-----")).balance == -1
    assert reciprocity.balance_of(traffic("---+++")).balance == 0
    assert reciprocity.balance_of(traffic("-++++")).balance == pytest.approx(0.6)


def test_figures_each_way_with_the_median_of_replies() -> None:
    rows = [Traffic(MAY, "out", True, True, True, 2), Traffic(MAY, "out", True, reply_days=9), Traffic(MAY, "out", reply_days=4),
            Traffic(MAY, "out"), Traffic(MAY, "in", True, True, False, 1)]
    found = reciprocity.balance_of(rows)
    assert found.given == reciprocity.Tally(4, 2, 1, 1, 4.0)
    assert found.received == reciprocity.Tally(1, 1, 1, 0, 1.0)


def test_the_share_kept_in_house_is_of_what_was_given() -> None:
    rows = [Traffic(MAY, "out", is_own_provision=True), Traffic(MAY, "out"), Traffic(MAY, "out"), Traffic(MAY, "in")]
    assert reciprocity.kept_in_house(rows) == (1, 3)


every = st.lists(st.builds(Traffic, month=st.integers(MAY - 5, MAY), direction=st.sampled_from(["in", "out"]), was_accepted=st.booleans(),
                           reply_days=st.none() | st.integers(0, 60)), max_size=30)


@given(every)
def test_months_add_up_to_the_whole(rows: list[Traffic]) -> None:
    whole, months = reciprocity.balance_of(rows), reciprocity.by_month(rows).values()
    assert whole.given.count == sum(month.given.count for month in months)
    assert whole.received.accepted == sum(month.received.accepted for month in months)
    assert whole.given.count + whole.received.count == len(rows)


@given(every)
def test_turned_round_the_balance_turns_round(rows: list[Traffic]) -> None:
    turned = [Traffic(row.month, "in" if row.direction == "out" else "out") for row in rows]
    one, other = reciprocity.balance_of(rows).balance, reciprocity.balance_of(turned).balance
    assert (one is None) == (other is None) == (len(rows) < reciprocity.LEAST_FOR_BALANCE)
    if one is not None and other is not None:
        assert one == -other and -1 <= one <= 1
