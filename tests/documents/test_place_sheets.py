"""Paper about places and unmet demand: long lists, hostile words, and no number under five."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID, uuid4

import pytest

from coachdesk.casework.closing import Closing, PartnerLost, PersonToTell, RestartRow
from coachdesk.casework.dependency import NO_VENUE, DependencyRow
from coachdesk.documents.unmet_demand import unmet_demand_sheet
from coachdesk.documents.venues import closing_list, dependency_sheet, restart_sheet
from coachdesk.outreach.queries import ClosingRow, PublishedDemand
from coachdesk.outreach.rules import Counted, parts_of, published_by_need, published_by_place
from coachdesk.partner.queries import VenueRow
from tests.documents.paper import PRINTED, printed

DAY = date(2020, 3, 23)
HOSTILE = "Zoë \u202e<b>\U0001f600 " + "łong " * 40


def place(id: UUID, name: str = "St Thomas Hall") -> VenueRow:
    return VenueRow(id, name, None, None, uuid4(), "Shard End", None, None, False, "closed", DAY, "flood", None, None)


@pytest.mark.parametrize("people", [0, 1, 120])
def test_the_closing_list_has_everybody_and_says_how_to_reach_them(people: int) -> None:
    id = uuid4()
    told = tuple(PersonToTell(uuid4(), "participant", f"Person {n}" if n else HOSTILE, f"SE-{n}", "07400 123456", "do NOT ring",
                              "was met here", "Carl Coach", None) for n in range(people))
    found = Closing(place(id), ClosingRow(id, "St Thomas Hall", DAY, (), (), (), ()), told, (PartnerLost(uuid4(), HOSTILE, "host", ()),))
    paper, _bytes, pages = printed(lambda out: closing_list(found, PRINTED, out))
    words = "\n".join(pages)
    assert paper.pages == len(pages) and f"People to tell: {people}" in words and "closed from 23 March 2020" in words
    assert set(re.findall(r"Person (\d+)", words)) == {str(n) for n in range(1, people)} and words.count("do NOT ring") == people
    assert all(page.count("Telephone") == 1 for page in pages[:2]) or people < 60
    assert "No session is planned here." in words and "nobody is known there" in words


def test_the_restart_order_prints_its_reasons() -> None:
    rows = [RestartRow(uuid4(), n, f"Place {n}", "Trust", "Shard End", "closed", DAY, None, None, 3, 4, "Own premises.")
            for n in range(1, 60)]
    paper, _bytes, pages = printed(lambda out: restart_sheet(rows, PRINTED, out))
    assert paper.pages > 1 and "Place 59" in pages[-1] and "Own premises." in pages[0]
    _paper, _bytes, pages = printed(lambda out: restart_sheet([], PRINTED, out))
    assert "Every place is open." in pages[0]


def test_shares_on_paper_come_to_a_hundred() -> None:
    rows = [DependencyRow(uuid4(), "Library", "Council", "Shard End", "open", 31, 310, 0, 0),
            DependencyRow(NO_VENUE, "not through a place", "", "", "", 69, 690, 0, 0)]
    _paper, _bytes, pages = printed(lambda out: dependency_sheet(rows, None, DAY, PRINTED, out))
    assert "31.0 %" in pages[0] and "100.0 %" in pages[0] and "Without Library we lose 31.0 % of starts (31)" in pages[0].replace("\n", " ")


def test_the_unmet_sheet_holds_no_number_under_five() -> None:
    counts = {Counted(ward, need, "hall"): number
              for ward, row in (("Ay", (9, 3, 6, 1)), ("Bee", (8, 7, 2, 5)), ("Cee", (4, 6, 12, 8)), ("Dee", (1, 0, 2, 0)))
              for need, number in zip("wxyz", row, strict=True)}
    parts = parts_of({8000: counts, 8001: {Counted("Cee", "w", "hall"): 60}}, 8001)
    demand = PublishedDemand(published_by_need(parts), published_by_place(parts), None, DAY)
    _paper, _bytes, pages = printed(lambda out: unmet_demand_sheet(demand, PRINTED, out))
    assert "134 people turned away" in pages[0]
    body = "\n".join(pages).split("was kept.")[1].split("Printed by")[0]
    assert "other wards" in body and "60 or more" in body and body.startswith("\nWard People\nCee 90")
    assert not re.findall(r"\b[1-4]$", body, re.MULTILINE)
    nothing = PublishedDemand(published_by_need([]), published_by_place([]), None, None)
    _paper, _bytes, pages = printed(lambda out: unmet_demand_sheet(nothing, PRINTED, out))
    assert "Nothing is published yet" in pages[0]
