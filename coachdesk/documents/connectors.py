"""A printed list: who holds our relationships, what rests on one person, and whom to ask the way to a cold organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from coachdesk.documents.listing import Section, listing
from coachdesk.documents.style import Paper, Printed, counted, day_short
from coachdesk.referral.queries import HolderRow, RelationshipRow


def connectors_sheet(people: Sequence[HolderRow], organisations: Sequence[RelationshipRow], printed: Printed, out: Path | BinaryIO,
                     ) -> Paper:
    """Print what needs care first: what rests on one person, cold organisations with the way to them, then who opens doors."""
    alone = [row for row in organisations if row.rests_on]
    cold = [row for row in organisations if row.is_cold]
    doors = [row for row in people if row.introduced or row.could or row.kind == "partner.connector"]
    leaving = {row.id: row for row in people if row.leaves_on is not None}
    resting = [(row.partner, row.rests_on, _leaves(leaving, row), row.trust or "–", row.state) for row in alone]
    ways = [(row.partner, row.trust or "–", row.state, " → ".join(row.path) or "nobody whom we know well leads there") for row in cold]
    opened = [(row.name, row.says, row.known_by or "–", ", ".join(row.introduced) or "–", ", ".join(row.could) or "–",
               ", ".join(row.rests) or "–") for row in doors]
    sections = [
        Section(f"Rests on one person: {len(resting):,} of {len(organisations):,}",
                (("Organisation", 150, False), ("Held by", 120, False), ("Leaves", 70, False), ("Trust", 150, False),
                 ("Upkeep", 130, False)), resting,
                "Get to know a second person there before the first one leaves.", "None: every relationship is held by several."),
        Section(f"Cold: {counted(len(ways), 'organisation')}",
                (("Organisation", 150, False), ("Trust", 120, False), ("Upkeep", 120, False),
                 ("Warm path: whom to ask, from left to right", 250, False)), ways,
                "Cold: it holds us off, does not know us, or nobody was in touch for twice its cadence.", "None."),
        Section(f"Who opens doors: {counted(len(opened), 'person', 'people')}",
                (("Who", 105, False), ("What they are", 120, False), ("Known well by", 80, False), ("Introduced us to", 130, False),
                 ("Could introduce us to", 110, False), ("Rests on them alone", 110, False)), opened, "", "Nobody is written down yet."),
    ]
    return listing("Who holds our relationships", printed.lot or "All lots", sections, printed, out, landscape=True)


def _leaves(leaving: Mapping[UUID, HolderRow], row: RelationshipRow) -> str:
    person = leaving.get(row.rests_on_id) if row.rests_on_id is not None else None
    return day_short(person.leaves_on) if person is not None and person.leaves_on is not None else "–"
