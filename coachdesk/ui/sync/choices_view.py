"""What has to be chosen: a list of what two laptops wrote side by side, and the choice beside it. Every choice can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.sync import desk as rules
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.sync.choice_card import ChoiceCard, title_shown, value_shown

# Kinds of records that a page of the window opens (shell.desk_window); what is of another kind opens what it belongs to.
OPENS = frozenset({
    "participant", "participant.follow_up", "participant.verdict", "participant.notice", "participant.consent", "outreach.session",
    "outreach.contact", "outreach.series", "referral", "partner", "partner.venue", "partner.contact", "partner.service",
    "partner.agreement", "partner.connector", "partner.capability", "partner.vacancy", "partner.training", "activity.intervention",
    "activity.job", "activity.appointment", "activity.plan", "claim",
})
_EMPTY = "Nothing has to be chosen. When two laptops write different things about the same matter, both stand here until somebody chooses."
_COLUMNS = (Column("Record", "title", 0), Column("What", "matter", 17), Column("Now", "now", 15), Column("Since", "at", 19))


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """A line of the list. id: the choice's place in the list one goes by."""

    id: int
    title: str
    matter: str
    now: str
    at: datetime
    choice: rules.Choice


class ChoicesView(QWidget):
    """`said(sentence, next step)` after a choice, `told(words)`: the line under the title, `counted(number)`: how many to choose."""

    open_requested = Signal(str, object)
    said = Signal(str, str)
    told = Signal(str)
    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.card: ChoiceCard | None = None
        self._rows: list[rules.Choice] = []
        self._is_acting = False
        self._wanted: Any = None
        self.list = RowTable("What has to be chosen", _COLUMNS, empty=_EMPTY)
        self.list.current_changed.connect(self._on_current_changed)
        self.list.row_chosen.connect(lambda _row: self.card.first_focus() if self.card is not None else None)
        self._side = QWidget()
        self._side_layout = QVBoxLayout(self._side)
        self._side_layout.setContentsMargins(0, 0, 0, 0)
        self._side_layout.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Sides(self.list, self._side, (620, 460)))

    def read(self) -> None:
        """Read the list again; where one stood one stands still, or on what came after it."""
        self.desk.read(rules.choices, self, self._show)

    def first_focus(self) -> None:
        """The list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def redraw_names(self) -> None:
        """Names become initials, or come back."""
        self._show(self._rows)

    def open(self, _kind: str, id: Any) -> None:
        """Stand on a record's first choice, now or as soon as the list was read."""
        place = next((at for at, one in enumerate(self._rows) if one.id == id), None)
        self._wanted = None if place is not None else id
        if place is not None:
            self.list.go_to(place)

    def _show(self, rows: list[rules.Choice]) -> None:
        old = self.list.current()
        at = old.id if old is not None else 0
        same = next((place for place, one in enumerate(rows) if old is not None and _same(one, old.choice)), min(at, len(rows) - 1))
        self._rows = rows
        self.list.show_rows([_shown(place, one) for place, one in enumerate(rows)])
        self._side.setVisible(bool(rows))
        if rows:
            self.list.go_to(max(same, 0))
        self._on_current_changed(self.list.current())
        if self._wanted is not None:
            self.open("", self._wanted)
            self._wanted = None
        notes = sum(one.what == rules.NOTE for one in rows)
        chosen = len(rows) - notes
        self.counted.emit(chosen)
        self.told.emit(f"{chosen} to choose" + (f", {notes} note{'s' if notes > 1 else ''} of edits side by side" if notes else "")
                       if rows else "")

    def _on_current_changed(self, row: ChoiceShown | None) -> None:
        old, self.card = self.card, None
        had_focus = old is not None and old.isAncestorOf(self.focusWidget() or self)
        if row is not None:
            self.card = self._make_card(row.choice)
            self._side_layout.insertWidget(0, self.card)
        if old is not None:
            self._side_layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        if had_focus:
            self.first_focus()

    def _make_card(self, choice: rules.Choice) -> ChoiceCard:
        where = next(((kind, id) for kind, id in choice.goes_to if kind in OPENS), None)
        card = ChoiceCard(choice, where is not None)
        entity, id, field = choice.entity, choice.id, choice.field
        what = f"“{choice.label}” of {title_shown(choice)}" if choice.label else title_shown(choice)

        def does(reason: str, action: Callable[..., Any], sentence: str) -> None:
            self._act(reason, lambda session: action(session, entity, id), sentence)

        card.chosen.connect(lambda stamp: self._act(
            "Choose between two values", lambda session: rules.choose(session, entity, id, field, stamp), f"Chosen: {what}."))
        card.written.connect(lambda value: self._act(
            "Write another value", lambda session: rules.write(session, entity, id, field, value), f"Written: {what}."))
        card.kept.connect(lambda: does("Keep a deleted record", rules.keep, f"{what} stays."))
        card.deleted.connect(lambda: does("Delete a record after all", rules.delete, f"{what} is deleted."))
        card.put_away.connect(lambda: self._act("", lambda session: rules.put_away(session, id), "The note is put away.", ""))
        if where is not None:
            card.open_wanted.connect(lambda: self.open_requested.emit(*where))
        return card

    def _act(self, reason: str, action: Callable[[Any], Any], sentence: str, after: str = "Ctrl+Z takes that back.") -> None:
        if self._is_acting:
            return
        self._is_acting = True

        def done(_answer: Any) -> None:
            self._is_acting = False
            self.said.emit(sentence, after)
            self.read()

        def failed(spoken: Any) -> None:
            from coachdesk.ui.work import speak

            self._is_acting = False
            self.read()
            speak(self, spoken)

        self.desk.act(reason or "Put a note away", action, self, done, failed)


def _same(one: rules.Choice, other: rules.Choice) -> bool:
    return (one.id, one.what, one.field) == (other.id, other.what, other.field)


def _shown(place: int, one: rules.Choice) -> ChoiceShown:
    now = value_shown(one, one.voices[0]) if one.what == rules.VALUES else {rules.KEPT: "stays", rules.NOTE: "both stand"}[one.what]
    return ChoiceShown(place, title_shown(one), one.matter, now, one.latest, one)
