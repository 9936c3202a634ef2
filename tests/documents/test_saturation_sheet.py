"""The saturation map on paper: a vector map, the wards in a table, nothing under five, what could not be drawn said beside it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from coachdesk.casework.saturation import ELSEWHERE, UNKNOWN, WardRow
from coachdesk.casework.ward_panels import CONTACTS_RATE, MEASURES, STARTS_RATE, ward_panels
from coachdesk.documents.saturation import saturation_sheet
from coachdesk.place.boundaries import Boundaries
from coachdesk.settings import resources
from tests.documents.paper import PRINTED, printed

DAY = date(2020, 7, 15)
WARDS = (("E05001287", "Chelmsley Wood"), ("E05001219", "Binley & Willenhall"), ("E05007480", "Camp Hill"), ("E05007070", "Glascote"),
         ("E05011165", "Shard End"))


def ward(code: str, name: str, contacts: int, starts: int, residents: int | None = 5_000) -> WardRow:
    rates = [None if residents is None else round(count * 10_000 / residents) for count in (contacts, starts)]
    return WardRow(code, name, name, 2018, contacts, starts, 0, residents, DAY if residents else None, "ONS" if residents else "", *rates,
                   "")


def other(key: str, words: str, contacts: int) -> WardRow:
    return WardRow(key, words, "", 0, contacts, 1, 0, None, None, "", None, None, "")


@pytest.mark.parametrize("measure", [key for key, _words in MEASURES])
def test_the_sheet_has_map_table_and_what_is_missing_and_nothing_under_five(measure: str) -> None:
    rows = [ward(code, name, 3 + 20 * at, 2 + at, 5_000 if at else None) for at, (code, name) in enumerate(WARDS)]
    rows += [other(ELSEWHERE, "another ward", 4), other(UNKNOWN, "ward not known", 812)]
    maps = {measure: ward_panels(rows, Boundaries(resources() / "editions"), measure, 2020, is_public=True)}
    paper, content, pages = printed(lambda out: saturation_sheet(rows, maps, None, DAY, PRINTED, out))
    words = "\n".join(pages)
    assert paper.pages == len(pages) == 2 and b"/Subtype /Image" not in content
    assert "no boundary in what was imported for E05011165 (2018); boundaries here are of 2013" in words
    assert "Chelmsley Wood (E05001287): no resident count was entered" in words and "Open Government Licence" in words
    assert "Holds no personal information" in words and "812" in words and "under 5" in words
    body = re.sub(r"Page \d of \d", "", words.split("Wards\n")[1].split("Beside the map")[0])
    assert not re.findall(r"(?<![\d.,])[1-4](?![\d.,])\s*$", body, re.MULTILINE)


def test_without_a_boundary_there_is_a_table_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = [ward(code, f"{name} " * 12, 30, 9) for code, name in WARDS] * 9
    drawn = ward_panels(rows[:5], Boundaries(tmp_path_factory.mktemp("none")), CONTACTS_RATE, 2020, is_public=True)
    assert drawn.panels == ()
    paper, _content, pages = printed(lambda out: saturation_sheet(rows, {CONTACTS_RATE: drawn}, DAY, DAY, PRINTED, out))
    assert paper.pages > 2 and "none was imported yet" in pages[-1]


def test_two_maps_have_a_page_each_before_the_table() -> None:
    rows = [ward(code, name, 30 + at, 9 + at) for at, (code, name) in enumerate(WARDS)]
    here = Boundaries(resources() / "editions")
    maps = {measure: ward_panels(rows, here, measure, 2020, is_public=True) for measure in (CONTACTS_RATE, STARTS_RATE)}
    paper, _content, pages = printed(lambda out: saturation_sheet(rows, maps, None, DAY, PRINTED, out))
    assert paper.pages == 3
    assert "Contacts per 1,000 residents" in pages[0] and "Starts per 1,000 residents" in pages[1]
    assert "E05001287" not in pages[0] + pages[1] and "E05001287" in pages[2] and "Beside the map" in pages[2]
