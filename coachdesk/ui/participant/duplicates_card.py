"""Who is likely the same person as the one being registered: shown while typing, opened or set aside by one key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.participant import queries
from coachdesk.participant.queries import DuplicateRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.wording import likeness_words
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.message_bar import announce
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.parts.text import PlainLabel, Tag
from coachdesk.ui.parts.theme import MEDIUM

PAUSE_MS = 200


class DuplicatesCard(Card):
    """Hidden until somebody is found. `chosen(id)` to open that person instead; `is_other` once the coach says that it is another."""

    chosen = Signal(object)
    set_aside = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Is this the same person?", parent)
        self._desk = desk
        self._asked: tuple[Any, ...] = ()
        self._found: tuple[DuplicateRow, ...] = ()
        self._turn = 0
        self.is_other = False
        self.tag = Tag("Registered already", "careful")
        self.words = PlainLabel("", wrap=True)
        self.body.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        self.open_button = Button("&Yes, open that person", self._on_open_pressed, role="primary", keys="Ctrl+O")
        self.other_button = Button("&Different person", self._on_other_pressed, keys="Ctrl+J")
        row.addWidget(self.open_button)
        row.addWidget(self.other_button)
        row.addStretch(1)
        self.body.addLayout(row)
        more = QHBoxLayout()
        more.setSpacing(MEDIUM)
        self.more_buttons = [Button(f"Open &{number}", partial(self._open, number - 1)) for number in range(2, queries.MOST_SUGGESTED + 1)]
        for button in self.more_buttons:
            more.addWidget(button)
        more.addStretch(1)
        self.body.addLayout(more)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_timer_fired)
        self.hide()

    def ask(self, name: str, born_on: Any, ni_number: str, postcode: str = "", phone: str = "") -> None:
        """Look again when one of them has changed."""
        asked = (name, born_on, ni_number, postcode, phone)
        if asked != self._asked:
            self._asked = asked
            self._turn += 1
            self._timer.start()

    def clear(self) -> None:
        """Nobody was typed."""
        self._asked, self._found, self.is_other = (), (), False
        self._turn += 1
        self._timer.stop()
        self.hide()

    def found(self) -> tuple[DuplicateRow, ...]:
        """Who is shown now."""
        return self._found

    def show_names(self) -> None:
        """Say again who was found: names, or initials in a public place."""
        lines = [f"{shown_name(row.name, row.reference)}, {row.reference}: {likeness_words(row)}." for row in self._found]
        self.words.setText("\n".join(lines if len(lines) < 2 else [f"{number}  {line}" for number, line in enumerate(lines, 1)]))
        self.open_button.setText("&Yes, open that person" if len(lines) < 2 else "&Yes, open the first")
        for number, button in enumerate(self.more_buttons, 1):
            button.setVisible(number < len(lines))
            button.setAccessibleName(f"Open {self._found[number].reference}" if number < len(lines) else "Open")

    def _on_timer_fired(self) -> None:
        name, born_on, number, postcode, phone = self._asked
        turn = self._turn
        self._desk.read(lambda session: queries.likely_duplicates(session, name=name, born_on=born_on, ni_number=number, postcode=postcode,
                                                                  phone=phone), self, partial(self._on_found, turn))

    def _on_found(self, turn: int, rows: Sequence[DuplicateRow]) -> None:
        if turn != self._turn:
            return
        if {row.id for row in rows} != {row.id for row in self._found}:
            self.is_other = False
        self._found = tuple(rows)
        self.show_names()
        self.setVisible(bool(rows) and not self.is_other)
        if rows and not self.is_other:
            announce(self, f"Registered already? {self.words.text()}")

    def _on_open_pressed(self) -> None:
        self._open(0)

    def _open(self, at: int) -> None:
        if at < len(self._found):
            self.chosen.emit(self._found[at].id)

    def _on_other_pressed(self) -> None:
        self.is_other = True
        self.hide()
        self.set_aside.emit()
