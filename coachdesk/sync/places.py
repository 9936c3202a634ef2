"""Which shared place a desk meets in, and what lies in its tray."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coachdesk.errors import Refusal
from coachdesk.store.session import Store
from coachdesk.sync import shelf, team
from coachdesk.sync.carrier import Carrier
from coachdesk.sync.folder import Folder

_NO_FOLDERS = ("postgres:", "postgresql:", "http:", "https:")


@dataclass(frozen=True, slots=True)
class InTray:
    """A file of the shared place that could not be taken in. It holds up nothing else and is looked at again when it changes."""

    id: str
    name: str
    size: int
    why: str
    since: datetime | None
    tried: int


def carrier_at(where: str) -> Carrier:
    """The shared place of an address. Refusal for an address that is no folder."""
    text = where.strip()
    if text.casefold().startswith(_NO_FOLDERS):
        raise Refusal("This CoachDesk meets in a folder only.", "Give a folder that the whole team can open, such as one in OneDrive.")
    if not text or "\0" in text:
        raise Refusal("No folder was named.", "Give the folder that the team shares.")
    return Folder(Path(text).expanduser())


def usual(store: Store) -> str:
    """The address of the place where this desk met its team last; empty where it met nobody yet."""
    with shelf.reading(store) as connection:
        found: str = shelf.fact(connection, "place", "") if shelf.fact(connection, "founding") else ""
        return found


def carrier_of(store: Store) -> Carrier:
    """The shared place of a desk. Refusal when it belongs to no team."""
    where = usual(store)
    if not where:
        raise Refusal("This desk does not share its work with anybody yet.", "Create a team in a shared folder, or join one.")
    return carrier_at(where)


def tray(store: Store) -> list[InTray]:
    """What could not be taken in, the oldest first."""
    with shelf.reading(store) as connection:
        rows = [row for row in shelf.parked(connection).values() if row.why != shelf.KNOWN]
    found = [InTray(row.name, row.name, row.size, row.why, team.instant(row.since), row.tried) for row in rows]
    return sorted(found, key=lambda row: (str(row.since), row.name))
