"""The printed sheet on unmet demand: people turned away by ward, need and place. It holds no number under five."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from coachdesk.documents.listing import Section, listing
from coachdesk.documents.style import PUBLIC, Paper, Printed
from coachdesk.documents.venues import period_words
from coachdesk.outreach.queries import UnmetDemand
from coachdesk.outreach.rules import LEAST, SafeTable

HIDDEN = "hidden"
_MOST_COLUMNS = 6
NOTE = (f"“{HIDDEN}” stands for fewer than {LEAST} people, and for numbers beside them where a total would give them away. Wards, needs "
        f"and places with fewer than {LEAST} in all stand together. Every total is true. Nobody’s name, address or postcode was kept.")


def unmet_demand_sheet(found: UnmetDemand, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print both tables, A4 landscape; a wide one goes on below with its next columns."""
    subtitle = f"{printed.lot or 'All lots'} · {period_words(found.since, found.until)}"
    if found.counted is None:
        nothing = Section("People turned away", (("", 1, False),), (), "",
                          f"Fewer than {LEAST} people were turned away; their wards are not told.")
        return listing("Unmet demand", subtitle, [nothing], printed, out, landscape=True, keeping=PUBLIC)
    sections = [*_sections(f"{found.counted:,} people turned away, by ward and need", found.by_need, NOTE),
                *_sections("By ward and place", found.by_venue, "")]
    return listing("Unmet demand", subtitle, sections, printed, out, landscape=True, keeping=PUBLIC)


def cell_words(cell: int | None) -> str:
    """A number, an en dash for nobody, or that it is hidden."""
    return HIDDEN if cell is None else f"{cell:,}" if cell else "–"


def _sections(heading: str, table: SafeTable, note: str) -> list[Section]:
    found = []
    for start in range(0, len(table.columns), _MOST_COLUMNS):
        part = slice(start, start + _MOST_COLUMNS)
        shares = [("Ward", 130.0, False), *((name, 90.0, True) for name in table.columns[part]), ("All", 40.0, True)]
        rows = [(ward, *map(cell_words, line[part]), f"{total:,}")
                for ward, line, total in zip(table.rows, table.cells, table.row_totals, strict=True)]
        rows.append(("All", *(f"{total:,}" for total in table.column_totals[part]), f"{table.total:,}"))
        found.append(Section(heading if not start else f"{heading} (continued)", shares, rows, note if not start else ""))
    return found
