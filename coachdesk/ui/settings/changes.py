"""The log of changes as people read it, and Undo."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.casework import queries as casework_queries
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

SHOWN = 500
_COLUMNS = (
    Column("When", "at", 19),
    Column("Who", "who", 17),
    Column("Why", "reason", 28),
    Column("What", "what", 0),
    Column("Fields", "fields", 0),
)


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One action in words: what it made, changed and deleted, and in which fields."""

    at: datetime
    who: str
    reason: str
    what: str
    fields: str


def read_changes(session: Any) -> list[ChangeShown]:
    """The newest actions; field names only, values stay sealed."""
    grouped = groupby(casework_queries.audit(session, limit=SHOWN), key=lambda row: (row.at, row.who, row.reason))
    return [ChangeShown(_instant(at), who, reason, *_what(list(rows))) for (at, who, reason), rows in grouped]


def _what(rows: list[casework_queries.ChangeRow]) -> tuple[str, str]:
    """(`2 claim lines made, claim deleted`, `amount, lot, month`) of the rows of one action."""
    counts = Counter((row.room.replace("_", " "), row.deed) for row in rows)
    said = [f"{count} × {room} {deed}" if count > 1 else f"{room} {deed}" for (room, deed), count in counts.items()]
    names = [name.removesuffix("_id").removesuffix("_pence").replace("_", " ") for row in rows for name in row.fields]
    return ", ".join(said), ", ".join(dict.fromkeys(names))


def _instant(text: Any) -> datetime:
    return text if isinstance(text, datetime) else datetime.fromisoformat(text).astimezone(UTC)


class ChangesView(QWidget):
    """`undo_asked()` for the button."""

    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.changes = RowTable("Changes, newest first", _COLUMNS, empty="Nothing has been changed yet.")
        self.undo_button = Button("&Undo the last action", self.undo_asked.emit)
        row = QHBoxLayout()
        row.addWidget(
            PlainLabel("Every change is kept with who made it and why. What was sent or erased cannot be undone.", "muted", wrap=True), 1
        )
        row.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addLayout(row)
        layout.addWidget(self.changes, 1)
