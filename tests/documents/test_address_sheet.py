"""The address sheet: one readable page, the whole list, what to do where a postcode is missing, whose data it is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from coachdesk.documents.addresses import AddressSheet, address_sheet
from coachdesk.documents.style import Paper
from coachdesk.errors import Refusal
from tests.documents.paper import PRINTED, printed

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
UNITS = tuple(first + second for first in LETTERS for second in LETTERS)
SHEET = AddressSheet("Shard End", ("Shard End",), "Birmingham", ("Code-Point Open, September 2021",),
                     (("B34 6", UNITS[:40]), ("B34 7", UNITS[:3])),
                     ("B34 7ZZ, the hostel on Example Road: agreed in March 2019",), "Telephone 0121 496 0000.",
                     ("Contains OS data © Crown copyright and database right 2021.",), 43)


def text_of(sheet: AddressSheet) -> tuple[Paper, str]:
    paper, _, pages = printed(lambda out: address_sheet(sheet, PRINTED, out))
    assert paper.pages == len(pages) == 1
    return paper, pages[0]


def test_every_sector_and_every_unit_stands_on_the_page() -> None:
    _, text = text_of(SHEET)
    assert "43 postcodes" in text and "B34 6" in text and "B34 7" in text
    listed = re.findall(r"\b[A-Z]{2}\b", text)
    assert all(listed.count(unit) >= (2 if unit in UNITS[:3] else 1) for unit in UNITS[:40])


def test_the_page_says_what_to_do_without_a_listed_postcode_or_without_any() -> None:
    text = text_of(SHEET)[1].replace("\n", " ")
    assert "Send them to us anyway; we check by hand." in text and "No fixed abode" in text and "No postcode is needed." in text
    assert "0121 496 0000" in text and "hostel on Example Road" in text


def test_the_sources_are_named_and_nothing_personal_is_claimed() -> None:
    text = text_of(SHEET)[1]
    assert "Code-Point Open, September 2021" in text and "Contains OS data © Crown copyright" in text
    assert "no personal information" in text and "Confidential" not in text


@pytest.mark.parametrize("sectors", [2, 9, 20, 45])
def test_540_postcodes_fit_one_page(sectors: int) -> None:
    each = 540 // sectors
    outcodes = tuple((f"B{30 + number // 9} {number % 9}", UNITS[:each]) for number in range(sectors))
    text_of(replace(SHEET, outcodes=outcodes, count=each * sectors, ward_names=("Alum Rock", "Ward End", "Bordesley Green")))


def test_a_list_too_long_to_read_is_refused() -> None:
    with pytest.raises(Refusal, match="do not fit one page"):
        text_of(replace(SHEET, outcodes=tuple((f"B{number} 1", UNITS) for number in range(10, 30)), count=8000))


def test_a_count_that_is_not_the_list_is_refused() -> None:
    with pytest.raises(Refusal, match="44 postcodes"):
        text_of(replace(SHEET, count=44))


def test_a_lot_without_postcodes_still_has_a_sheet() -> None:
    _, text = text_of(replace(SHEET, outcodes=(), count=0, ward_names=(), notes=(), how_to_reach="", attribution=(), editions=()))
    assert "Not on this page?" in text


def test_many_small_sectors_share_the_page_in_columns() -> None:
    outcodes = tuple((f"B{30 + number // 9} {number % 9}", UNITS[:2]) for number in range(90))
    _, text = text_of(replace(SHEET, outcodes=outcodes, count=180))
    assert all(sector in text for sector, _ in outcodes)
