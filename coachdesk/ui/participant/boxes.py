"""Boxes of this screen: what a registration asks that a plain line cannot read. Each obeys ui.parts.fields.Field."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Refusal
from coachdesk.participant.rules import MOST_WEEKS
from coachdesk.ui.parts.fields import ChoiceField, LineField, TickField

_WEEKS_IN = {"w": 1, "m": 52 / 12, "y": 52}
_SPAN = re.compile(r"(\d{1,4})\s*(w|week|weeks|m|month|months|y|yr|year|years)?", re.ASCII)


class RuleField(LineField):
    """A line judged by a room's own rule; what the rule answers is written back neatly when the keyboard leaves the box.

    `rule(text)` answers the text as it is kept, or None; a Refusal is the sentence under the box. `show` writes it for people.
    """

    def __init__(self, rule: Callable[[str], str | None], show: Callable[[str], str | None] = str, placeholder: str = "",
                 longest: int = 60, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, longest, parent=parent)
        self._rule, self._show = rule, show

    def value(self) -> Any:
        """The text as it is kept; as typed while it is wrong."""
        try:
            return self._rule(self.text())
        except Refusal:
            return super().value()

    def problem(self) -> str:
        """The rule's own sentence, else empty."""
        try:
            self._rule(self.text())
        except Refusal as refusal:
            return f"{refusal.sentence} {refusal.next_step}".strip()
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self.text().strip() and not self.problem():
            neat = self._show(self.value() or "") or ""
            if neat and neat != self.text():
                self.setText(neat)
        super().focusOutEvent(event)


def read_weeks(text: str) -> int | None:
    """Weeks out of work as people say them: 30, 6 months, 2y; `in work` is 0. None when empty, ValueError with a sentence otherwise."""
    words = text.strip().casefold()
    if not words:
        return None
    if "in work".startswith(words) or words in ("working", "employed"):
        return 0
    found = _SPAN.fullmatch(words)
    weeks = round(int(found[1]) * _WEEKS_IN[(found[2] or "w")[0]]) if found else -1
    if not 0 <= weeks <= MOST_WEEKS:
        raise ValueError(f"“{text.strip()}” is not a time out of work. Type weeks (30), 6 months, 2 years, or in work.")
    return weeks


def weeks_words(weeks: int | None) -> str:
    """`in work`, `1 week`, `30 weeks`, `110 weeks (over 2 years)`; empty when not known."""
    if weeks is None:
        return ""
    if weeks == 0:
        return "in work"
    years = weeks // 52
    long = f" ({'over ' if weeks % 52 else ''}{years} year{'s' if years > 1 else ''})" if years else ""
    return f"{weeks} week{'s' if weeks > 1 else ''}{long}"


class WeeksField(LineField):
    """Weeks out of work; `in work` counts as none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("weeks, or: in work", 20, parent=parent)

    def value(self) -> Any:
        """Whole weeks; 0 in work; None when empty or not understood."""
        try:
            return read_weeks(self.text())
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        """Show weeks as they are typed."""
        self.setText("" if value is None else "in work" if value == 0 else str(value))

    def problem(self) -> str:
        """A sentence when it cannot be read, else empty."""
        try:
            read_weeks(self.text())
        except ValueError as wrong:
            return str(wrong)
        return ""


class YesNoField(ChoiceField):
    """Yes, no, or not asked (empty); one letter is enough."""

    def __init__(self, yes: str = "yes", no: str = "no", parent: QWidget | None = None) -> None:
        super().__init__([(True, yes), (False, no)], "y or n; empty: not asked", parent)
        line = self.lineEdit()
        if line is not None:
            line.textEdited.connect(self._on_line_edited)

    def _on_line_edited(self, typed: str) -> None:
        """y and n are whole answers: no list is needed to choose between two words."""
        fits = [at for at in range(self.count()) if typed and self.itemText(at).startswith(typed.strip().casefold())]
        line, finder = self.lineEdit(), self.completer()
        if len(fits) == 1 and line is not None:
            self.setCurrentIndex(fits[0])
            line.setText(self.itemText(fits[0]))
            line.selectAll()
            shown = finder.popup() if finder is not None else None
            if shown is not None:
                shown.hide()


class EnterTick(TickField):
    """A tick on which Enter goes on, as it does in a line; Space ticks."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        else:
            super().keyPressEvent(event)
