"""All sessions, the latest first, and below them whom to follow up. Both lists read their rows as they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.outreach import actions, queries
from coachdesk.outreach.rules import CANCELLED, PLANNED, spans
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.outreach.counting import follow_up_words, led_by
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import field
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

_BLOCK = 128
_UNTIL, _ALL = "until", "all"
_SHOWN = ((_UNTIL, "up to today"), (PLANNED, "still to come"), (CANCELLED, "cancelled"), (_ALL, "all of them"))
_EMPTY = {
    _UNTIL: "No outreach session yet. Open one and count people with one key, or write them down in one line.",
    PLANNED: "No session is planned. Open one on a day to come, or plan a series.",
    CANCELLED: "No session was cancelled.",
    _ALL: "No outreach session yet. Open one and count people with one key, or write them down in one line.",
}


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session, as the list shows it."""

    id: UUID
    held_on: date
    kind: str
    venue: str
    lot: str
    coach: str
    state: str
    contacts: int
    tallied: int
    follow_ups: int


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
    """One reading: ids of both lists with their first rows, and the totals."""

    sessions: list[UUID]
    first_sessions: list[SessionLine]
    waiting: list[UUID]
    first_waiting: list[WaitingShown]
    totals: queries.OutreachTotals


def state_in_list(row: queries.SessionRow) -> str:
    """What became of a session, or which rows of its register are still to key."""
    if row.status == CANCELLED:
        return f"✕ cancelled: {row.cancelled_why}"
    if row.status == PLANNED:
        return "○ planned"
    return f"to key: {spans(row.still_to_key)}" if row.still_to_key else "held"


def session_lines(session: Any, ids: Sequence[UUID]) -> list[SessionLine]:
    """The rows of a block of the list."""
    return [SessionLine(row.id, row.held_on, row.kind, row.venue, row.lot, led_by(row), state_in_list(row), row.contacts, row.tallied,
                        row.follow_ups) for row in queries.sessions(session, ids=ids)]


def waiting_lines(session: Any, ids: Sequence[UUID], today: date) -> list[WaitingShown]:
    """The rows of a block of the follow-ups."""
    return [WaitingShown(each.id, follow_up_words(each.follow_up_on, each.followed_up_on, today), each.name, each.phone,
                         ", ".join(each.topics), each.session, each.coach, each.session_id)
            for each in queries.contacts(session, ids=ids)]


def read_outreach(session: Any, lot: UUID | None, today: date, shown: str) -> OutreachShown:
    """What the view shows first, in one read; shown: which sessions."""
    if shown == _UNTIL:
        ids = queries.session_ids(session, lot=lot, until=today, without=CANCELLED)
    else:
        ids = queries.session_ids(session, lot=lot, status=None if shown == _ALL else shown, rising=shown == PLANNED)
    waiting = queries.waiting_ids(session, lot=lot)
    return OutreachShown(ids, session_lines(session, ids[:_BLOCK]), waiting, waiting_lines(session, waiting[:_BLOCK], today),
                         queries.outreach_totals(session, lot=lot))


def _none_as_blank(count: int) -> str:
    return f"{count:,}" if count else ""


def totals_words(found: queries.OutreachTotals) -> str:
    """The line under the title; empty where there is nothing yet."""
    if not (found.held or found.planned):
        return ""
    parts = [f"{found.held:,} session{'' if found.held == 1 else 's'}", f"{found.people:,} people met, {found.contacts:,} of them by name",
             f"{found.follow_ups:,} to follow up", f"{found.planned:,} planned" if found.planned else ""]
    return " · ".join(part for part in parts if part)


class SessionsView(QWidget):
    """`session_chosen(SessionLine)` and `waiting_chosen(WaitingShown)` on Enter; `told(sentence)` is the line of totals."""

    session_chosen = Signal(object)
    waiting_chosen = Signal(object)
    told = Signal(str)

    def __init__(self, desk: Desk, new_session: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.shown = ChoiceField([(value, words) for value, words in _SHOWN])
        self.shown.set_value(_UNTIL)
        self.sessions = RowTable("Outreach sessions", (
            Column("Day", "held_on", 11), Column("Kind", "kind", 14, show=str.capitalize),
            Column("Venue", "venue", 0), Column("Lot", "lot", 15),
            Column("Coach", "coach", 16), Column("State", "state", 14), Column("By name", "contacts", 8, "right", show=_none_as_blank),
            Column("Counted", "tallied", 8, "right", show=_none_as_blank),
            Column("To follow up", "follow_ups", 11, "right", show=_none_as_blank)),
            empty=_EMPTY[_UNTIL], empty_button="New session…", on_empty=new_session)
        self.waiting = RowTable("To follow up", (
            Column("Due", "due", 25), Column("Name", "name", 0, private=True), Column("Telephone", "phone", 14, private=True),
            Column("About", "about", 0), Column("Met at", "met", 0), Column("Coach", "coach", 16)),
            empty="Nobody waits to be followed up. A line with a day, such as “f/u friday”, puts somebody here.")
        self._build()

    def _build(self) -> None:
        heading = PlainLabel("To follow up", "subheading")
        self._hint = PlainLabel("F says followed up · P begins a registration · Enter opens the session of a contact", "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        row = QHBoxLayout()
        row.addWidget(field("Sho&w", self.shown), 1)
        row.addStretch(3)
        layout.addLayout(row)
        layout.addWidget(self.sessions, 3)
        layout.addWidget(heading)
        layout.addWidget(self.waiting, 2)
        layout.addWidget(self._hint)
        self.shown.changed.connect(self._on_shown_changed)
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
        lot, today, shown = self._desk.lot, self._desk.today(), self.shown.value() or _UNTIL
        self._desk.read(lambda session: read_outreach(session, lot, today, shown), self, self._on_read)

    def _on_shown_changed(self) -> None:
        if self.shown.is_settled() and not self.shown.is_empty():
            self.sessions.set_empty(_EMPTY[self.shown.value() or _UNTIL])
            self.read()

    def _on_read(self, found: OutreachShown) -> None:
        store, today, work = self._desk.store, self._desk.today(), self._desk.work

        def sessions(ids: Sequence[UUID]) -> list[SessionLine]:
            with store.read() as session:
                return session_lines(session, ids)

        def waiting(ids: Sequence[UUID]) -> list[WaitingShown]:
            with store.read() as session:
                return waiting_lines(session, ids, today)

        self.sessions.show_ids(found.sessions, sessions, work, found.first_sessions)
        self.waiting.show_ids(found.waiting, waiting, work, found.first_waiting)
        self._hint.setVisible(bool(found.waiting))
        for table in (self.sessions, self.waiting):
            if not table.view.selectionModel().hasSelection():
                table.go_to(0)
        self.told.emit(totals_words(found.totals))

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
