"""A programme's wards held against the editions they name; and where a lot's middle lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from coachdesk.clock import day_text
from coachdesk.programme.rules.lots import folded
from coachdesk.programme.rules.shapes import EditionLike, KnowsWards, LotPlan, Programme, WardBook, WardPair, in_force, overlap


def edition_title(edition: EditionLike) -> str:
    """An edition as it is read aloud, always with its day: `Code-Point Open 2021.4.0, 20 September 2021`."""
    day = day_text(edition.day)
    return edition.title if day in edition.title else f"{edition.title}, {day}"


def edition_to_import(name: str) -> str:
    """What to look for when an edition is not on the device: `Code-Point Open 2014.3.0`, `the ONS postcode directory of 2021-11`."""
    return f"the ONS postcode directory of {name}" if re.fullmatch(r"\d{4}-\d{2}", name) else f"Code-Point Open {name}"


def check_pairs(programme: Programme, editions: KnowsWards) -> list[str]:
    """One sentence for each pair that its own edition does not bear out; empty when all wards are as the programme says.

    An edition that is not on the device is said only of pairs that count on some day of the programme: the others decide nothing.
    """
    named = {pair.edition for lot in programme.lots for pair in lot.pairs}
    shelf = [edition for edition in map(editions.edition, sorted(named)) if edition is not None]
    return [sentence for lot in programme.lots for pair in lot.pairs
            if (sentence := _check(lot, pair, editions, shelf, overlap(pair, programme)))]


def _check(lot: LotPlan, pair: WardPair, editions: KnowsWards, shelf: Sequence[WardBook], decides: bool) -> str:
    ward = f"{pair.ward_code} {pair.ward_name}"
    edition = editions.edition(pair.edition)
    if edition is None:
        title = edition_to_import(pair.edition)
        said = f"{ward} of the {lot.name} lot could not be checked: {title} is not on this device. Import it to check the ward."
        return said if decides else ""
    called = edition.ward_name(pair.ward_code)
    if called is None:
        elsewhere = [edition_title(other) for other in shelf if other.ward_name(pair.ward_code) is not None]
        hint = f"it is one of {elsewhere[0]}" if elsewhere else "import the edition in which it stood"
        return f"{ward} is not a ward of {edition_title(edition)}; {hint}, so correct the edition or the ward code of the {lot.name} lot."
    if folded(called) != folded(pair.ward_name):
        return f"{pair.ward_code} is called {called} in {edition_title(edition)}, but {pair.ward_name} in the {lot.name} lot."
    return ""


def lot_centres(lots: Iterable[LotPlan], on: date, editions: KnowsWards) -> dict[str, tuple[int, int]]:
    """Lot name → easting and northing (metres, National Grid) of the middle of its wards in force on the day.

    Taken from the newest of their editions on the device; a lot without one, or without postcodes in it, is left out.
    """
    centres: dict[str, tuple[int, int]] = {}
    for lot in lots:
        wards: dict[str, list[str]] = {}
        shelf: dict[str, WardBook] = {}
        for pair in in_force(lot.pairs, on):
            edition = editions.edition(pair.edition)
            if edition is not None:
                shelf[edition.name] = edition
                wards.setdefault(edition.name, []).append(pair.ward_code)
        for name in sorted(shelf, key=lambda each: shelf[each].day, reverse=True):
            centre = shelf[name].centre_of(wards[name])
            if centre is not None:
                centres[lot.name] = centre
                break
    return centres
