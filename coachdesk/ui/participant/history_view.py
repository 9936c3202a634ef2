"""What changed with time about a person: one list of dated lines, and the small forms that add to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant import history_deeds as deeds
from coachdesk.ui.participant.deeds import Deed
from coachdesk.ui.participant.history_reading import BENEFIT, LOAN, Line, lines
from coachdesk.ui.participant.reading import Known
from coachdesk.ui.participant.wording import needs_pairs
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Card, Facts
from coachdesk.ui.parts.privacy import in_public
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel, Tag
from coachdesk.ui.parts.theme import MEDIUM

_COLUMNS = (
    Column("From", "from_day", 12),
    Column("To", "to_day", 12),
    Column("What", "what", 18),
    Column("How", "detail", 0, private=True),
)
_HINT = "Enter on a benefit corrects it; Enter on something lent notes that it came back."


class HistoryView(QWidget):
    """`left` on Esc, `said(sentence)` after a deed. The page hands it the person that was read (show_known)."""

    left = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.known: Known | None = None
        self.deed: Deed | None = None
        self.table = RowTable("History", _COLUMNS, empty="Nothing is dated yet.")
        self.needs = Facts()
        self.state = Tag()
        self._build()
        self.table.row_chosen.connect(self._on_row_chosen)

    def _build(self) -> None:
        def button(words: str, make: deeds.MakeDeed, keys: str = "") -> Button:
            return Button(words, lambda: self.begin(make), keys=keys)

        self.end_button = button("Lea&ves…", deeds.end_spell)
        self.return_button = button("&Comes back…", deeds.start_spell)
        self.pause_button = button("&Pause…", deeds.pause, "Ctrl+Shift+P")
        self.back_button = button("Back from the &pause…", deeds.come_back, "Ctrl+Shift+P")
        self.benefit_button = button("Bene&fit…", deeds.add_benefit)
        self.baseline_button = button("Complete the base&line…", deeds.complete_baseline)
        self.coach_button = button("Another coac&h…", deeds.assign)
        self.lend_button = button("Le&nd…", deeds.lend)
        self.needs_button = button("Needs and &internet…", deeds.change_needs)
        self.buttons = ButtonRow(
            (
                self.pause_button,
                self.back_button,
                self.benefit_button,
                self.lend_button,
                self.coach_button,
                self.baseline_button,
                self.end_button,
                self.return_button,
            )
        )
        self._card = Card("What changed with time")
        self._card.body.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        self._card.body.addWidget(self.table, 1)
        self._card.body.addWidget(PlainLabel(_HINT, "muted", wrap=True))
        self._card.body.addWidget(self.buttons)
        self.table.setMinimumHeight(160)
        aside = Card("Needs and internet")
        aside.body.addWidget(self.needs)
        aside.body.addWidget(ButtonRow((self.needs_button,)))
        aside.body.addStretch(1)
        self._front = QWidget()
        down = QVBoxLayout(self._front)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self._card)
        self._down = down
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(Sides(self._front, aside, (720, 360)))

    def show_known(self, known: Known) -> None:
        """Show a person who was read."""
        if self.known is not None and known.detail.id != self.known.detail.id:
            self.end_deed()
        self.known = known
        self.show_words()

    def show_words(self) -> None:
        """Say everything again, or what may be seen in a public place."""
        known = self.known
        if known is None:
            return
        has_left = bool(known.spells) and known.spells[0].ended_on is not None
        is_paused = any(rest.to_day is None for rest in known.pauses)
        self.state.say(
            *(("Has left the programme", "careful") if has_left else ("Paused", "careful") if is_paused else ("On the programme", "good"))
        )
        self.table.show_rows(lines(known))
        self.needs.show_pairs(needs_pairs(known.detail.person))
        for each, on in (
            (self.end_button, not has_left),
            (self.return_button, has_left),
            (self.pause_button, not has_left and not is_paused),
            (self.back_button, is_paused),
        ):
            each.setVisible(on)
            if each.keys is not None:
                each.keys.setEnabled(on)

    def first_focus(self) -> None:
        """The form that is open, else the list."""
        if self.deed is not None:
            self.deed.form.first_focus()
        else:
            self.table.setFocus()

    def begin(self, make: Callable[[Desk, Known], Deed]) -> None:
        """Open a small form in the place of the list."""
        if self.known is None:
            return
        self.end_deed()
        self.deed = make(self._desk, self.known)
        self.deed.saved.connect(self._on_deed_saved)
        self.deed.left.connect(self._on_deed_left)
        self._down.insertWidget(0, self.deed, 1)
        self._card.hide()
        self.deed.show()
        self.deed.form.first_focus()

    def end_deed(self) -> None:
        """Take the small form away; what was typed in it is gone."""
        if self.deed is not None:
            deed, self.deed = self.deed, None
            self._down.removeWidget(deed)
            deed.hide()
            deed.deleteLater()
        self._card.show()

    def _on_deed_saved(self, sentence: str) -> None:
        self.end_deed()
        self.first_focus()
        self.said.emit(sentence)

    def _on_deed_left(self) -> None:
        self.end_deed()
        self.first_focus()

    def _on_row_chosen(self, row: Any) -> None:
        line: Line = row
        if in_public():
            return
        if line.kind == BENEFIT:
            self.begin(deeds.change_benefit(line))
        elif line.kind == LOAN and line.to_day is None:
            self.begin(deeds.give_back(line))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
