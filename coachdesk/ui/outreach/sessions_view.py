"""All sessions, the latest first, and below them whom to follow up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.outreach import actions, queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.outreach.counting import follow_up_words
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM


@dataclass(frozen=True, slots=True)
class WaitingShown:
    """A contact to follow up, as the list shows it."""

    id: UUID
    due: str
    name: str
    phone: str | None
    about: str
    met: str
    coach: str
    session_id: UUID


@dataclass(frozen=True, slots=True)
class OutreachShown:
    """Sessions and follow-ups of one reading."""

    sessions: tuple[queries.SessionRow, ...]
    waiting: tuple[WaitingShown, ...]


def read_outreach(session: Any, lot: UUID | None, today: date) -> OutreachShown:
    """Everything that the view shows, in one read."""
    waiting = tuple(
        WaitingShown(each.id, follow_up_words(each.follow_up_on, each.followed_up_on, today), each.name, each.phone, ", ".join(each.topics),
                     each.session, each.coach, each.session_id)
        for each in queries.contacts(session, lot=lot, is_open=True))
    return OutreachShown(tuple(queries.sessions(session, lot=lot)), waiting)


def _none_as_blank(count: int) -> str:
    return f"{count:,}" if count else ""


class SessionsView(QWidget):
    """`session_chosen(SessionRow)` and `waiting_chosen(WaitingShown)` on Enter; `told(sentence)` is the line of totals."""

    session_chosen = Signal(object)
    waiting_chosen = Signal(object)
    told = Signal(str)

    def __init__(self, desk: Desk, new_session: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.sessions = RowTable("Outreach sessions", (
            Column("Day", "held_on", 12), Column("Kind", "kind", 17, show=str.capitalize),
            Column("Venue", "venue", 0), Column("Lot", "lot", 18),
            Column("Coach", "coach", 16), Column("By name", "contacts", 8, "right", show=_none_as_blank),
            Column("Counted", "tallied", 8, "right", show=_none_as_blank),
            Column("To follow up", "follow_ups", 11, "right", show=_none_as_blank)),
            empty="No outreach session yet. Open one and count people with one key, or write them down in one line.",
            empty_button="New session…", on_empty=new_session)
        self.waiting = RowTable("To follow up", (
            Column("Due", "due", 25), Column("Name", "name", 0, private=True), Column("Telephone", "phone", 14, private=True),
            Column("About", "about", 0), Column("Met at", "met", 0), Column("Coach", "coach", 16)),
            empty="Nobody waits to be followed up. A line with a day, such as “f/u friday”, puts somebody here.")
        heading = PlainLabel("To follow up", "subheading")
        self._hint = PlainLabel("F says followed up · P begins a registration · Enter opens the session of a contact", "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.sessions, 3)
        layout.addWidget(heading)
        layout.addWidget(self.waiting, 2)
        layout.addWidget(self._hint)
        self.sessions.row_chosen.connect(self.session_chosen)
        self.waiting.row_chosen.connect(self.waiting_chosen)
        for letter, does in (("F", self.follow_up), ("P", self.begin_registration)):
            shortcut = QShortcut(QKeySequence(letter), self.waiting)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(does)

    def first_focus(self) -> None:
        """The list of sessions."""
        self.sessions.setFocus()

    def read(self) -> None:
        """Ask the store again."""
        lot, today = self._desk.lot, self._desk.today()
        self._desk.read(lambda session: read_outreach(session, lot, today), self, self._on_read)

    def _on_read(self, found: OutreachShown) -> None:
        self.sessions.show_rows(found.sessions)
        self.waiting.show_rows(found.waiting)
        self._hint.setVisible(bool(found.waiting))
        for table in (self.sessions, self.waiting):
            if not table.view.selectionModel().hasSelection():
                table.go_to(0)
        people, named = sum(row.people for row in found.sessions), sum(row.contacts for row in found.sessions)
        count = len(found.sessions)
        said = f"{count:,} session{'' if count == 1 else 's'} · {people:,} people met, {named:,} of them by name"
        self.told.emit(f"{said} · {len(found.waiting):,} to follow up" if count else "")

    def follow_up(self) -> None:
        """Say that the contact was followed up."""
        row = self.waiting.current()
        if row is not None:
            self._desk.act("Mark as followed up", lambda session: actions.mark_followed_up(session, row.id), self)

    def begin_registration(self) -> None:
        """Hand the contact over to be registered."""
        row = self.waiting.current()
        if row is not None:
            self._desk.offered.emit("register contact", row.id)
