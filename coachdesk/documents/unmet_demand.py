"""The printed sheet on unmet demand: people turned away by ward, need and place, in whole quarters. It holds no number under five."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from coachdesk.documents.listing import Section, listing
from coachdesk.documents.style import PUBLIC, Paper, Printed
from coachdesk.documents.venues import period_words
from coachdesk.outreach.queries import PublishedDemand
from coachdesk.outreach.rules import ENOUGH, LEAST, SETTLES, PublishedTable, Told

NOTE = (f"Every number is true, and of {LEAST} people or more; wards, needs and places with fewer stand together. The time is divided "
        f"once, into parts of whole quarters with {ENOUGH} people or a year. A sheet is of whole parts and of all lots, so that nobody can "
        "subtract two of them to find a few people. Nobody’s name, address or postcode was kept.")
_NOTHING = (f"Nothing is published yet of this time. People are published by whole quarters together, when there are {ENOUGH} of them or "
            f"after a year, and never fewer than {LEAST}; a quarter is settled {SETTLES} days after it ended.")
_CROSSED = f"Where {LEAST} or more are of the same two, and nothing beside them would give fewer away. “or more”: some are not told."


def unmet_demand_sheet(found: PublishedDemand, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print who was turned away by ward, need and place, then ward with need and place where it can be told. Always of all lots."""
    printed = replace(printed, lot="All lots")
    if found.until is None:
        nothing = Section("People turned away", (("", 1, False),), (), "", _NOTHING)
        return listing("Unmet demand", "All lots", [nothing], printed, out, keeping=PUBLIC)
    need, place = found.by_need, found.by_place
    sections = [_single(f"{need.total:,} people turned away, by ward", "Ward", need.rows, need.row_totals, NOTE),
                _single("By need", "Need", need.columns, need.column_totals),
                _single("By place", "Place", place.columns, place.column_totals),
                _crossed("Ward and need", "Need", need, _CROSSED), _crossed("Ward and place", "Place", place, "")]
    return listing("Unmet demand", f"All lots · {period_words(found.since, found.until)}", sections, printed, out, keeping=PUBLIC)


def told_words(cell: Told) -> str:
    """`12`, or `12 or more` where some are hidden."""
    return f"{cell.people:,} or more" if cell.is_hidden else f"{cell.people:,}"


def _single(heading: str, what: str, names: Sequence[str], totals: Sequence[int], note: str = "") -> Section:
    return Section(heading, ((what, 190.0, False), ("People", 60.0, True), ("", 190.0, False)),
                   [(name, f"{total:,}", "") for name, total in zip(names, totals, strict=True)], note)


def _crossed(heading: str, what: str, table: PublishedTable, note: str) -> Section:
    told = [(ward, name, cell) for ward, line in zip(table.rows, table.cells, strict=True)
            for name, cell in zip(table.columns, line, strict=True) if cell.people]
    told.sort(key=lambda each: (-each[2].people, each[0], each[1]))
    return Section(heading, (("Ward", 150.0, False), (what, 170.0, False), ("People", 80.0, True), ("", 40.0, False)),
                   [(ward, name, told_words(cell), "") for ward, name, cell in told], note if told else "",
                   f"None that may be told: in no part are {LEAST} or more of the same two.")
