"""The no-contact list on paper: a list to travel with, the longest silence first, and how each may be reached safely."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from coachdesk.casework.queries import SILENT_DAYS
from coachdesk.casework.silence import NoContactRow
from coachdesk.clock import day_text
from coachdesk.documents import lettering
from coachdesk.documents.listing import Section, listing
from coachdesk.documents.style import Paper, Printed, counted, day_short

_SHARES = (("Days", 34.0, True), ("Last contact", 68.0, False), ("Name", 118.0, False), ("Reference", 72.0, False),
           ("Telephone", 82.0, False), ("How", 116.0, False), ("What is next", 126.0, False), ("Lot", 76.0, False), ("Coach", 78.0, False))


def no_contact_sheet(rows: Sequence[NoContactRow], printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print the list, landscape. Trouble if `out` cannot be written."""
    lettering.register()
    cells, warnings = [], []
    for row in rows:
        name, warning = lettering.spell(row.name, row.reference)
        warnings += [warning] if warning else []
        coming = f"{row.next_what}, {day_text(row.next_on)}" if row.next_on else "nothing planned"
        last = day_short(row.last_contact_on) if row.last_contact_on else "none yet"
        cells.append((f"{row.days:,}", last, name, row.reference, row.phone, row.reach, coming, row.lot, row.coach))
    note = (f"{counted(len(rows), 'person', 'people')} without help given or an appointment kept for {SILENT_DAYS} days or more; "
            "whoever had none is counted from registration. Reminders by text and missed appointments do not count. "
            "Whoever is paused is not on it.")
    subtitle = " · ".join([printed.programme, printed.lot or "All lots", printed.coach or "All coaches"])
    empty = f"Everybody was met, helped or spoken with within {SILENT_DAYS} days."
    paper = listing("No contact", subtitle, [Section("No contact", _SHARES, cells, note, empty)], printed, out, landscape=True)
    return Paper(paper.pages, (*paper.warnings, *warnings))
