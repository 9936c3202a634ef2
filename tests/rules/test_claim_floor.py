"""The floor, worked by hand to the penny: below, at and above it, with both divisors and half pennies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.claim.rules import DIVISORS, Floor, FloorWorking, SentClaim, Terms, base_begins, check_terms, divide, work_floor
from coachdesk.claim.rules.words import added, less
from coachdesk.clock import month_from_text
from coachdesk.errors import Refusal

MAY = month_from_text("2020-05")
NOV, DEC, JAN = (month_from_text(text) for text in ("2019-11", "2019-12", "2020-01"))
LOT = "camp-hill"


def floor(divisor: str = "months in window", totals: dict[str, int] | None = None, months: dict[str, int] | None = None,
          rounding: str = "half up") -> Floor:
    """The rule of April to July 2020 over November 2019 to January 2020."""
    first, last = month_from_text("2020-04"), month_from_text("2020-07")
    return Floor("7.4", "v1", first, last, NOV, JAN, divisor, totals or {}, months or {}, rounding)


def claims(**payable: int) -> list[SentClaim]:
    """Sent claims of the lot: nov=…, dec=…, jan=…"""
    month = {"nov": NOV, "dec": DEC, "jan": JAN, "may": MAY, "oct": NOV - 1, "feb": JAN + 1}
    return [SentClaim(name, LOT, month[name], pence) for name, pence in payable.items()]


def worked(rule: Floor, actual: int, sent: list[SentClaim]) -> FloorWorking:
    """The floor of May 2020 in Camp Hill."""
    return work_floor(rule, LOT, "Camp Hill", MAY, actual, sent)


def test_below_the_floor_the_average_is_topped_up_to() -> None:
    # (£1,000.00 + £2,000.00 + £2,500.00) ÷ 3 = £1,833.33⅓ → £1,833.33; less £1,300.00 = £533.33
    working = worked(floor(), 130_000, claims(nov=100_000, dec=200_000, jan=250_000, oct=999, feb=999))
    assert (working.base_total_pence, working.divide_by, working.floor_pence, working.top_up_pence, working.won) == (
        550_000, 3, 183_333, 53_333, "floor")
    assert "£5,500.00" in working.arithmetic and "£533.33 top-up" in working.arithmetic
    assert "claims sent for November 2019, December 2019, January 2020" in working.arithmetic


def test_at_the_floor_the_own_claim_wins_without_a_top_up() -> None:
    working = worked(floor(), 183_333, claims(nov=100_000, dec=200_000, jan=250_000))
    assert (working.floor_pence, working.top_up_pence, working.won) == (183_333, 0, "actual")


def test_above_the_floor_the_own_claim_wins_and_both_figures_are_shown() -> None:
    working = worked(floor(), 183_334, claims(nov=100_000, dec=200_000, jan=250_000))
    assert (working.actual_pence, working.floor_pence, working.top_up_pence, working.won) == (183_334, 183_333, 0, "actual")


def test_months_with_a_claim_divides_by_the_months_that_were_sent() -> None:
    # December had no claim: (£1,000.01 + £2,000.00) ÷ 2 = £1,500.005 → £1,500.01 by half up
    sent = claims(nov=100_001, jan=200_000)
    with_claim = worked(floor("months with a claim"), 0, sent)
    assert (with_claim.divide_by, with_claim.floor_pence) == (2, 150_001)
    # the same base over the months in the window: £3,000.01 ÷ 3 = £1,000.00⅓ → £1,000.00
    assert (worked(floor(), 0, sent).divide_by, worked(floor(), 0, sent).floor_pence) == (3, 100_000)


def test_a_half_penny_goes_as_the_dated_term_says() -> None:
    sent = claims(nov=100_001, jan=200_000)
    assert worked(floor("months with a claim", rounding="half up"), 0, sent).floor_pence == 150_001
    assert worked(floor("months with a claim", rounding="half even"), 0, sent).floor_pence == 150_000
    assert worked(floor("months with a claim", rounding="down"), 0, sent).floor_pence == 150_000
    assert divide(3, 2) == 2 and divide(-3, 2) == -1 and divide(5, 3) == 2 and divide(4, 3) == 1


def test_until_a_base_claim_is_sent_from_here_the_terms_give_the_base() -> None:
    rule = floor(totals={"Camp Hill": 600_001})
    working = worked(rule, 100_000, [SentClaim("x", "another-lot", NOV, 5)])
    assert (working.base_total_pence, working.floor_pence, working.top_up_pence) == (600_001, 200_000, 100_000)
    assert "base total of the terms" in working.arithmetic
    assert worked(rule, 0, claims(dec=300)).base_total_pence == 300


def test_the_terms_also_give_the_number_of_months_with_a_claim() -> None:
    working = worked(floor("months with a claim", {"Camp Hill": 600_001}, {"Camp Hill": 2}), 0, [])
    assert (working.divide_by, working.floor_pence) == (2, 300_001)


def test_nothing_to_divide_by_is_said_and_the_own_claim_is_paid() -> None:
    working = worked(floor("months with a claim", {"Camp Hill": 600_000}), 100, [])
    assert (working.divide_by, working.floor_pence, working.top_up_pence, working.won) == (0, 0, 0, "actual")
    assert "the number of base months with a claim is not known" in working.arithmetic


def test_a_lot_without_any_base_gets_no_top_up_even_when_its_month_is_negative() -> None:
    working = worked(floor(), -5_000, [])
    assert (working.floor_pence, working.top_up_pence, working.won) == (0, 0, "actual")
    assert "no base total for Camp Hill" in working.arithmetic


def test_a_month_of_reversals_is_lifted_to_the_floor() -> None:
    assert worked(floor(), -50_000, claims(nov=100_000, dec=100_000, jan=100_000)).top_up_pence == 150_000


def test_a_second_claim_of_one_month_cannot_take_the_top_up_again() -> None:
    base = claims(nov=100_000, dec=100_000, jan=100_000)
    assert worked(floor(), 30_000, base).top_up_pence == 70_000
    assert worked(floor(), 5_000, base + claims(may=100_000)).top_up_pence == 0


def test_words_that_are_not_known_are_refused() -> None:
    with pytest.raises(Refusal, match="divisor"):
        check_terms(Terms("c", (), (floor("weeks"),)))
    with pytest.raises(Refusal, match="rounding"):
        check_terms(Terms("c", (), (floor(rounding="up"),)))
    with pytest.raises(Refusal, match="Two floor rules"):
        check_terms(Terms("c", (), (floor(), floor())))
    with pytest.raises(Refusal, match="divisor"):
        worked(floor("weeks"), 0, [])


@given(st.integers(-10**9, 10**9), st.integers(1, 40))
def test_half_up_is_never_more_than_half_a_penny_off(total: int, by: int) -> None:
    assert -by <= 2 * (total - divide(total, by) * by) < by


@given(st.lists(st.integers(0, 10**7), max_size=3), st.integers(-10**6, 10**7), st.sampled_from(DIVISORS))
def test_the_payable_sum_is_the_larger_of_the_two_figures(base: list[int], actual: int, divisor: str) -> None:
    sent = [SentClaim(str(n), LOT, NOV + n, pence) for n, pence in enumerate(base)]
    working = worked(floor(divisor), actual, sent)
    assert working.actual_pence + working.top_up_pence == (max(actual, working.floor_pence) if base else actual)
    assert (working.won == "floor") == (working.top_up_pence > 0)


def test_a_base_of_fewer_months_than_its_window_says_which_are_wanting_and_what_became_of_the_terms_total() -> None:
    rule = floor(totals={"Camp Hill": 805_000})
    assert "base total of the terms" in worked(rule, 0, []).arithmetic
    working = worked(rule, 0, claims(nov=100_000))
    assert working.floor_pence == 33_333
    assert ("no claim of December 2019 and January 2020 was sent from here, so nothing of it is in the base; the terms' base total of "
            "£8,050.00 stands in only until the first claim of a base month is sent") in working.arithmetic
    assert "no claim of" not in worked(rule, 0, claims(nov=1, dec=1, jan=1)).arithmetic


def test_the_base_is_what_was_sent_and_says_what_of_it_was_rejected_and_claimed_again() -> None:
    sent = [SentClaim("a", LOT, NOV, 100_000, 25_000, 0), SentClaim("b", LOT, DEC, 50_000, 0, 25_000), SentClaim("c", LOT, JAN, 0)]
    working = worked(floor(), 0, sent)
    assert (working.base_total_pence, working.floor_pence) == (150_000, 50_000), "the definition: payable totals, whatever became of them"
    assert "£250.00 of it was rejected, and £250.00 of that was claimed again and is in it a second time" in working.arithmetic
    assert "rejected" not in worked(floor(), 0, claims(nov=100_000, dec=50_000, jan=0)).arithmetic


def test_the_lead_is_told_before_the_first_base_claim_goes_out_that_the_terms_total_ends() -> None:
    rule = floor(totals={"Camp Hill": 805_000})
    assert base_begins(rule, "Camp Hill", DEC, 65_000, []) == (
        "Once this is sent, the floor of April 2020 to July 2020 stands on the claims sent from here (£650.00 with this one) and no longer "
        "on the terms' base total of £8,050.00; November 2019 can then not be sent any more; send January 2020 too before the first claim "
        "with a floor (7.4).")
    assert base_begins(rule, "Camp Hill", DEC, 65_000, claims(nov=100)) is None
    assert base_begins(rule, "Camp Hill", MAY, 65_000, []) is None
    assert base_begins(rule, "Shard End", DEC, 65_000, []) is None


def test_sums_are_written_as_people_write_them() -> None:
    assert less(74_997, -25_000) == "£749.97 + £250.00" and less(74_997, 25_000) == "£749.97 − £250.00"
    assert added([25_000, -40_000, 90_000]) == "£250.00 − £400.00 + £900.00" and added([-1]) == "−£0.01"
    own = worked(floor(), -25_000, claims(nov=100_000, dec=200_000, jan=250_000))
    assert own.top_up_pence == 208_333 and "£1,833.33 + £250.00 = £2,083.33 top-up" in own.arithmetic
