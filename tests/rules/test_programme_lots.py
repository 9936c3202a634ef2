"""Names of lots as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.programme.rules import find_lot

LOTS: dict[str, tuple[str, ...]] = {
    "Birchills Leamore": (), "Batchley & Brockhill": ("Batchley",), "Cannock North": (), "Washwood Heath": (), "Shard End": (),
    "Chelmsley Wood": (), "Binley & Willenhall": ("Binley",), "Camp Hill": (), "Glascote": (),
}


@pytest.mark.parametrize(("said", "lot"), [
    ("Shard End", "Shard End"), ("shard end", "Shard End"), (" SHARD-END ", "Shard End"), ("ShardEnd", "Shard End"),
    ("Shard Ende", "Shard End"),
    ("Shard End ward", "Shard End"), ("Chemsley Wood", "Chelmsley Wood"), ("chelmsly wod", "Chelmsley Wood"),
    ("binley and willenhall", "Binley & Willenhall"), ("Binley Willenhall", "Binley & Willenhall"),
    ("Binly & Willenhal", "Binley & Willenhall"),
    ("binley", "Binley & Willenhall"), ("Batchley and Brockhill Ward", "Batchley & Brockhill"), ("Washwod Heath", "Washwood Heath"),
    ("Wash wood Heath", "Washwood Heath"), ("camphill", "Camp Hill"), ("Camp Hil", "Camp Hill"), ("Glascott", "Glascote"),
    ("Birchills, Leamore", "Birchills Leamore"), ("Cannok Nort", "Cannock North"),
])
def test_a_name_an_alias_or_a_misspelling_finds_the_lot(said: str, lot: str) -> None:
    assert find_lot(LOTS, said) == lot


@pytest.mark.parametrize(("said", "near"), [
    ("Cannock South", "Cannock North"), ("Cannock", "Cannock North"), ("Glasgow", "Glascote"), ("Erdington", "The lots are"),
    ("", "The lots are"), ("&", "The lots are"), ("x" * 10_000, "The lots are"),
])
def test_another_place_is_refused_with_the_near_names(said: str, near: str) -> None:
    with pytest.raises(Refusal) as refused:
        find_lot(LOTS, said)
    assert near in refused.value.next_step


def test_a_name_that_fits_several_lots_is_refused_by_naming_them() -> None:
    with pytest.raises(Refusal, match="Hill East and Hill West"):
        find_lot({"Hill East": ("Hill",), "Hill West": ("Hill",)}, "hill")
    with pytest.raises(Refusal, match="Hill East or Hill West|Hill West or Hill East"):
        find_lot({"Hill East": (), "Hill West": ()}, "Hill Wast")


@given(st.text(max_size=60))
def test_any_text_finds_a_lot_or_is_refused(text: str) -> None:
    try:
        assert find_lot(LOTS, text) in LOTS
    except Refusal as refused:
        assert refused.next_step


@given(st.sampled_from(sorted(LOTS)), st.data())
def test_one_letter_left_out_still_finds_the_lot(lot: str, data: st.DataObject) -> None:
    words = lot.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 3]
    place = data.draw(st.sampled_from(long))
    cut = data.draw(st.integers(0, len(words[place]) - 1))
    words[place] = words[place][:cut] + words[place][cut + 1:]
    assert find_lot(LOTS, " ".join(words)) == lot
