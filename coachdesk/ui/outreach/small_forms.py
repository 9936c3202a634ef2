"""Two short forms of the outreach page: how many rows to print on paper, and why a session is cancelled or a series ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.outreach.queries import SessionRow
from coachdesk.outreach.rules import MOST_ROWS, USUAL_ROWS
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.outreach.session_reading import still_said
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import DateField, WholeNumberField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.page import Scrolled
from coachdesk.ui.parts.text import PlainLabel

_WIDEST = 70          # characters
_LONGEST_WHY = 300


class _Short(QWidget):
    """A form of a few boxes; `left` on Esc or Cancel."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form()
        self.words = PlainLabel("", "muted", wrap=True)
        self.form.put(self.words)
        self.form.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDEST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolled(self.form))
        QShortcut(QKeySequence("Esc"), self, self.left.emit)

    def first_focus(self) -> None:
        """The first box."""
        self.form.first_focus()


class RegisterForm(_Short):
    """How many numbered rows. `blank_wanted(rows)` prints them; `keyed_wanted()` prints what was keyed."""

    blank_wanted = Signal(int)
    keyed_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = self.form.add("&Rows", WholeNumberField(1, MOST_ROWS), required=True,
                                  hint="Fifteen stand on a page. They are numbered, so that each can be keyed by its number afterwards.")
        self.blank_button = Button("Show the &blank register", self._on_submitted, role="primary", keys="Ctrl+Return")
        self.keyed_button = Button("Show it as &keyed", self.keyed_wanted.emit)
        self.cancel_button = Button("Cancel", self.left.emit)
        self.form.buttons(self.blank_button, self.keyed_button, self.cancel_button)
        self.form.submitted.connect(self._on_submitted)

    def begin(self, row: SessionRow) -> None:
        """For a session: as many rows as were printed before."""
        self.rows.set_value(row.register_rows or USUAL_ROWS)
        self.words.setText(still_said(row))
        self.keyed_button.setVisible(bool(row.contacts or row.register_rows))
        self.form.first_focus()
        self.rows.selectAll()

    def _on_submitted(self) -> None:
        if self.form.check():
            self.blank_wanted.emit(self.rows.value())


class ReasonForm(_Short):
    """Why, and until when. begin() says what happens then; the answer goes to the action given there."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._does: Callable[..., Any] | None = None
        self.day = self.form.add("&Last day", DateField(desk.today), hint="Planned sessions after this day are cancelled.")
        self.why = self.form.add("&Why", LineField("such as: the hall is flooded", _LONGEST_WHY), required=True)
        self.save_button = Button("Cancel the session", self._on_submitted, role="primary", keys="Ctrl+Return")
        self.cancel_button = Button("Go &back", self.left.emit)
        self.form.buttons(self.save_button, self.cancel_button)
        self.form.submitted.connect(self._on_submitted)

    def begin(self, words: str, button: str, does: Callable[..., Any], *, last_day: Any = None) -> None:
        """`does(why, day)` on Enter; with last_day a day is asked, too."""
        self.form.clear()
        self._does = does
        self.words.setText(words)
        self.save_button.setText(button)
        self.form.row_of(self.day).setVisible(last_day is not None)
        self.day.set_value(last_day)
        self.form.first_focus()

    def _on_submitted(self) -> None:
        if self.form.check() and self._does is not None:
            self._does(self.why.value(), self.day.value())
