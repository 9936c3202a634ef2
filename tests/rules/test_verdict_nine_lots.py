"""The shipped template on real editions: postcodes of all nine lots, in the edition of 2014, 2021 and 2025."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from coachdesk.place.actions import import_postcodes
from coachdesk.place.editions import Shelf
from coachdesk.programme.rules import (
    BY_HAND,
    BY_RESIDENCE,
    NOT_ELIGIBLE,
    LotPlan,
    Programme,
    Verdict,
    check_pairs,
    in_force,
    lot_centres,
    read_programme,
    verdict,
)

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
TEMPLATE = RESOURCES / "programmes" / "connecting-communities.toml"
BEFORE, DELIVERY, AFTER = date(2018, 3, 1), date(2020, 5, 12), date(2025, 6, 2)
PROGRAMME: Programme = read_programme(TEMPLATE.read_text(encoding="utf-8"), TEMPLATE.name)
LOTS: dict[str, LotPlan] = {lot.name: lot for lot in PROGRAMME.lots}

# Two postcodes of each lot's ward, as the edition itself has them.
OF_2014 = {"Birchills Leamore": "WS2 7BE", "Batchley & Brockhill": "B97 6BB", "Cannock North": "WS11 4AT", "Washwood Heath": "B8 2AA",
           "Shard End": "B33 0AJ", "Chelmsley Wood": "B37 5QA", "Binley & Willenhall": "CV1 1ZJ", "Camp Hill": "CV10 0HW",
           "Glascote": "B77 2DR"}
OF_2021 = {"Birchills Leamore": "WS2 7HJ", "Batchley & Brockhill": "B97 6AZ", "Cannock North": "WS11 4RG", "Washwood Heath": "B8 1AU",
           "Shard End": "B34 6PT", "Chelmsley Wood": "B37 5QB", "Binley & Willenhall": "CV1 5QN", "Camp Hill": "CV10 9BQ",
           "Glascote": "B77 4FF"}
OF_2025 = {"Birchills Leamore": "WS2 7BE", "Batchley & Brockhill": "B97 4RR", "Cannock North": "WS11 4RG", "Washwood Heath": "B8 1LB",
           "Shard End": "B34 6UH", "Chelmsley Wood": "B37 6QT", "Binley & Willenhall": "CV3 2FY", "Camp Hill": "CV10 9EL",
           "Glascote": "B77 4EZ"}


@pytest.fixture(scope="module")
def shipped() -> Iterator[Shelf]:
    shelf = Shelf(RESOURCES / "editions")
    yield shelf
    shelf.close()


@pytest.fixture(scope="module")
def all_three(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """The shipped editions and the one of 2014, imported from the publisher's own file."""
    folder = tmp_path_factory.mktemp("editions")
    for _ in import_postcodes(shared_data / "codepoint-open" / "codepo_west_midlands_2014.zip", folder):
        pass
    shelf = Shelf(folder, RESOURCES / "editions")
    yield shelf
    shelf.close()


def ask(shelf: Shelf, lot: str, postcode: str, on: date) -> Verdict:
    return verdict(LOTS[lot], postcode, on, shelf, PROGRAMME.lots, centres=lot_centres(PROGRAMME.lots, on, shelf))


@pytest.mark.parametrize("lot", LOTS)
def test_the_shipped_editions_know_every_lot_in_the_delivery_period_and_today(lot: str, shipped: Shelf) -> None:
    for postcode, on in ((OF_2021[lot], DELIVERY), (OF_2025[lot], AFTER)):
        said = ask(shipped, lot, postcode, on)
        assert (said.verdict, said.method) == (BY_RESIDENCE, "ward"), said.sentence


@pytest.mark.parametrize("lot", LOTS)
def test_before_may_2018_the_edition_to_import_is_named_and_then_decides(lot: str, shipped: Shelf, all_three: Shelf) -> None:
    said = ask(shipped, lot, OF_2014[lot], BEFORE)
    assert said.verdict == BY_HAND and "Import Code-Point Open 2014.3.0" in said.sentence
    after = ask(all_three, lot, OF_2014[lot], BEFORE)
    assert (after.verdict, after.edition) == (BY_RESIDENCE, "2014.3.0") and "29 July 2014" in after.sentence


@pytest.mark.parametrize("lot", [lot for lot in LOTS if lot != "Washwood Heath"])
def test_a_neighbours_address_is_not_eligible_and_its_own_lot_is_named(lot: str, shipped: Shelf) -> None:
    for other, postcode in OF_2021.items():
        if other != lot:
            said = ask(shipped, lot, postcode, DELIVERY)
            assert (said.verdict, said.nearest) == (NOT_ELIGIBLE, other), said.sentence


def test_the_ward_that_is_gone_needs_its_own_edition(shipped: Shelf, all_three: Shelf) -> None:
    said = ask(shipped, "Washwood Heath", "B8 2AA", DELIVERY)
    assert (said.verdict, said.method) == (BY_HAND, "edition missing") and "Import Code-Point Open 2014.3.0" in said.sentence
    said = ask(all_three, "Washwood Heath", "B8 2AA", DELIVERY)
    assert (said.verdict, said.ward_code, said.edition) == (BY_RESIDENCE, "E05001216", "2014.3.0")
    said = ask(all_three, "Washwood Heath", OF_2021["Glascote"], DELIVERY)
    assert (said.verdict, said.nearest) == (NOT_ELIGIBLE, "Glascote") and "29 July 2014" in said.sentence


def test_a_street_that_left_shard_end_in_may_2018_no_longer_counts(all_three: Shelf) -> None:
    assert ask(all_three, "Shard End", "B33 0AJ", BEFORE).verdict == BY_RESIDENCE
    assert ask(all_three, "Shard End", "B33 0AJ", DELIVERY).verdict == NOT_ELIGIBLE


def test_the_hand_made_inclusion_counts_on_its_days(shipped: Shelf) -> None:
    assert ask(shipped, "Shard End", "B34 6HE", DELIVERY).method == "inclusion"
    assert ask(shipped, "Shard End", "B34 6HE", AFTER).verdict == NOT_ELIGIBLE


@pytest.mark.parametrize(("postcode", "method"), [("B42 9JQ", "no ward"), ("B37 9ZZ", "unknown postcode"), ("M1 1AE", "area not imported")])
def test_what_the_edition_cannot_tell_is_checked_by_hand(postcode: str, method: str, shipped: Shelf) -> None:
    said = ask(shipped, "Chelmsley Wood", postcode, DELIVERY)
    assert (said.verdict, said.method) == (BY_HAND, method)


def test_every_postcode_of_every_ward_in_force_counts(all_three: Shelf) -> None:
    for on in (BEFORE, DELIVERY, AFTER):
        for lot in PROGRAMME.lots:
            for pair in in_force(lot.pairs, on):
                edition = all_three.edition(pair.edition)
                assert edition is not None
                postcodes = list(edition.postcodes_in(pair.ward_code))
                assert postcodes
                assert {verdict(lot, postcode, on, all_three).verdict for postcode in postcodes} == {BY_RESIDENCE}


def test_with_all_three_editions_every_ward_of_the_template_is_as_it_says(all_three: Shelf) -> None:
    assert check_pairs(PROGRAMME, all_three) == []


def test_with_the_shipped_editions_only_washwood_heath_has_something_to_import(shipped: Shelf) -> None:
    sentences = check_pairs(PROGRAMME, shipped)
    assert len(sentences) == 1 and "E05001216 Washwood Heath" in sentences[0] and "2014.3.0 is not on this device" in sentences[0]


def test_the_gone_ward_in_the_wrong_edition_is_said_by_name(all_three: Shelf) -> None:
    text = TEMPLATE.read_text(encoding="utf-8").replace('"Washwood Heath", edition = "2014.3.0"', '"Washwood Heath", edition = "2021.4.0"')
    sentence = check_pairs(read_programme(text, "mine.toml"), all_three)[0]
    assert sentence.startswith("E05001216 Washwood Heath is not a ward of Code-Point Open 2021.4.0, 20 September 2021; ")
    assert "Code-Point Open 2014.3.0, 29 July 2014" in sentence
