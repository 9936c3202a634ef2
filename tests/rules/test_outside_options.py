"""Outside options before the provider's own: who fits, in which order, why; what is not known never counts for less than what is bad."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.partner.rules.capability import SUPPORT_KINDS
from coachdesk.referral import rules

DAY = date(2020, 5, 12)
PLAIN = rules.Known(1, "Money Advice", "debt or advice service", 14, fits="is a debt or advice service")


def score(known: rules.Known) -> int:
    (option,) = rules.best([known], DAY)
    return option.score


def test_the_likeliest_come_first_with_their_reasons() -> None:
    good = replace(PLAIN, key=2, name="Budget Project", given=5, answered=5, accepted=4, median_days=6, is_open=True, has_place=True,
                   checked_on=date(2020, 4, 1), fits="offers Debt advice")
    slow = replace(PLAIN, key=3, name="Advice Bus", given=4, answered=2, accepted=1, silent=2, median_days=20)
    shut = replace(PLAIN, key=4, name="Church Debt Centre", is_open=False)
    found = rules.best([slow, shut, PLAIN, good], DAY)
    assert [each.key for each in found] == [2, 1]
    assert found[0].sentence() == ("Budget Project: offers Debt advice; took on 4 of 5; answers within 6 days; open; its entry was checked "
                                   "on 1 April 2020; has a place in the lot.")
    assert found[1].reasons == ("is a debt or advice service", "nobody sent there yet", "should answer within 14 days")


def test_who_is_closed_at_present_fills_no_place_while_another_is_not() -> None:
    shut = replace(PLAIN, key=2, name="Church Debt Centre", given=9, answered=9, accepted=9, median_days=0, is_open=False, has_place=True)
    poor = replace(PLAIN, key=3, name="Advice Bus", given=6, answered=2, accepted=0, silent=4, median_days=25)
    assert score(shut) > score(poor)
    assert [each.key for each in rules.best([shut, poor, PLAIN], DAY)] == [1, 3]
    last = rules.best([shut, poor], DAY)
    assert [each.key for each in last] == [3, 2]
    assert {"closed at present", "answers the same day"} <= set(last[1].reasons)


def test_one_answer_alone_does_not_decide() -> None:
    once = replace(PLAIN, given=1, answered=1, accepted=1, median_days=7)
    often = replace(PLAIN, key=2, given=9, answered=9, accepted=8, median_days=7)
    assert [each.key for each in rules.best([once, often], DAY)] == [2, 1]


@given(st.integers(0, 20).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), st.integers(0, 60), st.booleans(),
       st.dates(date(2015, 1, 1), DAY))
def test_unknown_is_never_punished_below_bad(record: tuple[int, int], days: int, is_open: bool, checked: date) -> None:
    answered, accepted = record
    declined_most = replace(PLAIN, given=max(answered, 1), answered=max(answered, 1), accepted=0)
    assert score(PLAIN) >= score(declined_most)
    assert score(PLAIN) >= score(replace(PLAIN, is_open=False))
    assert score(replace(PLAIN, is_open=True)) >= score(PLAIN)
    known = replace(PLAIN, given=answered, answered=answered, accepted=accepted, median_days=days if answered else None, is_open=is_open,
                    checked_on=checked)
    assert 0 <= score(known) <= 100
    assert score(replace(known, silent=3, given=answered + 3)) <= score(known)


@pytest.mark.parametrize(("kind", "of", "offers", "why"), [
    ("money & debt", "debt or advice service", (), "is a debt or advice service"),
    ("money & debt", "library", (("Debt advice", ()),), "offers Debt advice"),
    ("money & debt", "library", (("Drop-in", ("Welfare rights",)),), "offers Drop-in"),
    ("money & debt", "library", (("Computers", ()),), ""),
    ("housing", "leisure or community centre", (("Parenting group", ()),), ""),
    (None, "library", (), "works here"),
])
def test_who_gives_a_kind_of_help(kind: str | None, of: str, offers: tuple[tuple[str, tuple[str, ...]], ...], why: str) -> None:
    assert rules.fits(kind, of, offers)[0] == why


def test_every_kind_of_support_is_known_here() -> None:
    assert rules.HELP == SUPPORT_KINDS


def test_a_kind_of_help_is_one_of_the_list() -> None:
    assert rules.help_of(" Debt ") == "money & debt"
    assert rules.help_of("  ") is None
    with pytest.raises(Refusal, match="not a kind of support"):
        rules.help_of("magic")


def test_what_was_shown_is_kept_and_read_again_and_nonsense_is_nothing() -> None:
    options = tuple(rules.best([PLAIN, replace(PLAIN, key=2, name="“Odd”, name; here")], DAY))
    assert [(each.name, each.score, each.reasons) for each in rules.kept_options(rules.kept_text(options))] == [
        (each.name, each.score, each.reasons) for each in options]
    for nonsense in (None, "", "[", "[1]", '{"a":1}', "[[1,2]]"):
        assert rules.kept_options(nonsense) == ()
    assert rules.options_words(()) == "no outside partner in the lot was known to give this help"
