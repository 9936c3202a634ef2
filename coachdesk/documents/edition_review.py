"""Paper for the lead: whose verdict a postcode edition would give otherwise, with room to write down what is decided."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from coachdesk.documents.listing import Section, listing
from coachdesk.documents.style import Paper, Printed, day_short
from coachdesk.participant.queries import UNDECIDED, EditionReviewRow

_SHARES = (("Reference", 66, False), ("Name", 80, False), ("Postcode", 48, False), ("Lot", 66, False), ("As it stands", 118, False))


def edition_review_sheet(rows: Sequence[EditionReviewRow], edition: str, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print the undecided, each with the edition's own sentence, then what was decided and why."""
    open_rows = [(*_who(row), row.sentence, "") for row in rows if row.decision == UNDECIDED]
    done = [(*_who(row), row.would_be, f"{row.decision} on {day_short(row.decided_on)} by {row.decided_by}: {row.reason}")
            for row in rows if row.decision != UNDECIDED]
    sections = [
        Section(f"To decide: {len(open_rows):,}", (*_SHARES, ("By this edition", 210, False), ("Decision and reason", 110, False)),
                open_rows, "Every verdict stands as it was given until the lead decides otherwise, case by case, with a reason.",
                "This edition judges nobody otherwise about whom nothing was decided."),
        Section(f"Decided: {len(done):,}", (*_SHARES, ("By this edition", 110, False), ("Decision and reason", 220, False)), done, "",
                "Nothing yet."),
    ]
    return listing("What a new postcode edition would change", f"{edition} · {printed.lot or 'All lots'}", sections, printed, out,
                   landscape=True)


def _who(row: EditionReviewRow) -> tuple[str, str, str, str, str]:
    by = f", {row.stood_edition}" if row.stood_edition else ""
    return row.reference, row.name, row.postcode, row.lot, f"{row.stood}{by}, {day_short(row.stood_on)}"
