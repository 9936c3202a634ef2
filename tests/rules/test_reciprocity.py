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


def test_the_run_goes_back_as_far_as_it_went_one_way_and_this_month_may_end_it() -> None:
    counts = {MAY - 4: (1, 1), MAY - 3: (2, 0), MAY - 2: (1, 0), MAY - 1: (1, 0)}
    run = reciprocity.alert(counts, MAY)
    assert run is not None and (run.months, run.since, run.until, run.referrals) == (3, MAY - 3, MAY - 1, 4)
    assert run.says() == "we only give: 3 months in a row, February 2020 to April 2020, 4 referrals"
    assert reciprocity.alert(counts | {MAY: (1, 0)}, MAY) == run
    assert reciprocity.alert(counts | {MAY: (1, 1)}, MAY) is None
    assert reciprocity.alert(counts | {MAY - 2: (0, 0)}, MAY) is None


def test_what_was_written_counts_until_a_further_month_goes_the_same_way() -> None:
    run = reciprocity.Run("we only give", 3, MAY - 3, MAY - 1, 4)
    assert reciprocity.is_answered(run, "we only give", MAY - 1)
    assert not reciprocity.is_answered(run, "we only give", MAY - 2)
    assert not reciprocity.is_answered(run, "we only receive", MAY - 1)
    assert not reciprocity.is_answered(run, "we only give", MAY - 5), "that was another run"
    assert (reciprocity.raised_in(run, None), reciprocity.raised_in(run, MAY - 1)) == (MAY - 1, MAY)


@pytest.mark.parametrize(("counts", "told"), [
    ((5, 6, 0), ["5", "6", "0"]),
    ((3, 9, 12), ["under 5", "not told", "12"]),
    ((3, 4, 12), ["under 5", "under 5", "12"]),
    ((2,), ["under 5"]),
    ((), []),
])
def test_a_single_hidden_number_takes_another_with_it(counts: tuple[int, ...], told: list[str]) -> None:
    assert reciprocity.shown_column(counts) == told


@given(st.lists(st.integers(0, 40), max_size=12))
def test_no_small_number_follows_from_a_column_and_its_sum(counts: list[int]) -> None:
    told = reciprocity.shown_column(counts)
    assert all(words in ("under 5", "not told") for words, count in zip(told, counts, strict=True) if 0 < count < 5)
    hidden = [count for words, count in zip(told, counts, strict=True) if words in ("under 5", "not told")]
    assert len(hidden) != 1 or len([count for count in counts if count >= 5]) == 0


@given(st.integers(0, 30).flatmap(lambda total: st.tuples(st.just(total), st.integers(0, total))).flatmap(
    lambda pair: st.tuples(st.just(pair[0]), st.just(pair[1]), st.integers(0, pair[1]))))
def test_neither_a_small_part_nor_a_small_rest_is_told(numbers: tuple[int, int, int]) -> None:
    total, accepted, done = numbers
    told = reciprocity.shown_parts(total, (accepted, done))
    exact = [int(words) if words.isdigit() else None for words in told]
    assert all(number is None or number == 0 or number >= 5 for number in exact)
    for before, after in ((exact[0], exact[1]), (exact[1], exact[2]), (exact[0], exact[2])):
        assert before is None or after is None or not 0 < before - after < 5
