"""Words that partners are described by, as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.partner import rules


@pytest.mark.parametrize(("typed", "meant"), [
    ("Food Bank", "food bank"), ("church", "church or other faith group"), ("jobcentre", "Jobcentre"),
    ("GP", "GP surgery or health centre"),
    ("debt", "debt or advice service"), ("  LIBRARY ", "library"), ("housing", "housing association"),
])
def test_a_kind_is_found_from_how_people_type_it(typed: str, meant: str) -> None:
    assert rules.one_of(rules.KINDS, typed, "a kind of organisation") == meant


@pytest.mark.parametrize("typed", ["centre", "pub", "", None])
def test_an_unclear_kind_is_refused_with_the_list(typed: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        rules.one_of(rules.KINDS, typed, "a kind of organisation")
    assert "food bank" in refused.value.next_step


@given(st.text())
def test_folding_a_folded_name_changes_nothing(text: str) -> None:
    assert rules.folded(rules.folded(text)) == rules.folded(text)


def test_names_fold_across_case_accents_and_apostrophes() -> None:
    assert rules.folded("Zoë  O’Brien-Łukasz") == rules.folded("zoe obrien lukasz")


@pytest.mark.parametrize("typed", ["a@b", "no at", "x@y.", "two@signs@x.org", "a b@c.org"])
def test_what_is_no_email_address_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        rules.email_of(typed)


def test_an_email_address_stays_as_typed() -> None:
    assert rules.email_of(" Zoë.K@post.example.org ") == "Zoë.K@post.example.org"
    assert rules.email_of("  ") is None


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_the_quick_way_to_fold_says_the_same_as_the_whole_way(text: str) -> None:
    assert rules.folded(f"{text} é") == f"{rules.folded(text)} e".strip()
