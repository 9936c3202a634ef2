"""The timeline of one person on paper: the same rows as on screen, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from coachdesk.casework.timeline import EVERYTHING, Event
from coachdesk.clock import day_text
from coachdesk.documents import lettering
from coachdesk.documents.listing import Section, listing
from coachdesk.documents.style import Paper, Printed, counted, day_short

_SHARES = (("Day", 62.0, False), ("What", 128.0, False), ("Detail", 250.0, False), ("Who", 82.0, False))


def timeline_sheet(name: str, reference: str, events: Sequence[Event], chosen: tuple[str, date | None, date | None], printed: Printed,
                   out: Path | BinaryIO) -> Paper:
    """Print what was chosen of somebody's timeline: its kind, and from when to when. Trouble if `out` cannot be written."""
    lettering.register()
    spelt, warning = lettering.spell(name, reference)
    kind, since, until = chosen
    span = " ".join(part for part in (f"from {day_text(since)}" if since else "", f"to {day_text(until)}" if until else "") if part)
    said = ", ".join(part for part in (reference, kind, span or "all time", counted(len(events), "line")) if part)
    rows = [(day_short(event.on), event.what, event.detail, event.who) for event in events]
    empty = "Nothing has happened yet." if kind == EVERYTHING and not span else "Nothing of this kind happened in this time."
    subtitle = " · ".join(part for part in (printed.programme, printed.lot) if part)
    paper = listing("Timeline", subtitle, [Section(spelt, _SHARES, rows, f"{said}.", empty)], printed, out)
    return Paper(paper.pages, (*paper.warnings, warning)) if warning else paper
