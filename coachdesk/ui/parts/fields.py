"""Boxes to fill in. Each has value(), set_value(), problem() in words, is_empty(), and the signals changed and submitted (Enter)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QPlainTextEdit, QVBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.ui.parts.entry import pence_text, read_day, read_pence, read_whole
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.text import PlainLabel

__all__ = ["ChoiceField", "DateField", "Field", "LineField", "MoneyField", "NoteField", "TickField", "WholeNumberField"]


class Field(Protocol):
    """What a Form asks of a field; a screen may bring its own."""

    changed: Any
    submitted: Any

    def value(self) -> Any: ...
    def set_value(self, value: Any) -> None: ...
    def problem(self) -> str: ...
    def is_empty(self) -> bool: ...
    def clear(self) -> None: ...


class _ReadField(LineField):
    """A line that is read into something else by a plain function."""

    def __init__(self, read: Callable[[str], Any], show: Callable[[Any], str], placeholder: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(placeholder, 40, parent=parent)
        self._read = read
        self._show = show

    def value(self) -> Any:
        try:
            return self._read(self.text())
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        self.setText("" if value is None else self._show(value))

    def problem(self) -> str:
        try:
            self._read(self.text())
        except ValueError as wrong:
            return str(wrong)
        return ""


class MoneyField(_ReadField):
    """Pounds in, whole pence out."""

    def __init__(self, allow_negative: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(lambda text: read_pence(text, allow_negative), lambda pence: pence_text(pence).replace("−", "-"), "0.00", parent)


class WholeNumberField(_ReadField):
    """A whole number within bounds; Up and Down change it by one."""

    def __init__(self, least: int = 0, most: int = 999_999, parent: QWidget | None = None) -> None:
        super().__init__(lambda text: read_whole(text, least, most), str, "", parent)
        self._least, self._most = least, most

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        now = self.value()
        self.set_value(min(max(self._least if now is None else now + step, self._least), self._most))


class DateField(QWidget):
    """A day as people write it; what was understood stands below in words. value() is a date or None.

    `today` (a Clock's) also allows today, yesterday, +14 and a missing year; `past_only` is for dates of birth.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, today: Callable[[], date] | None = None, past_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._past_only = past_only
        self.box = LineField("day month year", 40)
        self._below = PlainLabel(" ", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.box)
        layout.addWidget(self._below)
        self.setFocusProxy(self.box)
        self.box.changed.connect(self._on_box_changed)
        self.box.submitted.connect(self.submitted)

    def _on_box_changed(self) -> None:
        day = self.value()
        self._below.setText(f"{day:%A} {day_text(day)}" if day else " ")
        self.box.setAccessibleDescription(day_text(day) if day else "")
        self.changed.emit()

    def _day(self) -> date | None:
        return read_day(self.box.text(), self._today() if self._today else None, self._past_only)

    def value(self) -> Any:
        """The day, or None when empty or not understood (see problem())."""
        try:
            return self._day()
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        """Show a date; None empties the box."""
        self.box.setText(f"{value.day} {value.month} {value.year}" if value else "")

    def problem(self) -> str:
        """A sentence when the day cannot be read, else empty."""
        try:
            self._day()
        except ValueError as wrong:
            return str(wrong)
        return ""

    def is_empty(self) -> bool:
        """Nothing typed."""
        return self.box.is_empty()

    def clear(self) -> None:
        """Empty the box."""
        self.box.clear()


class ChoiceField(QComboBox):
    """One of a list, keyboard first: type any part of a choice, Down opens the list. Choices are (value, words); value() is the value.

    Words that fit no choice are a problem in words; an empty box is None.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, choices: Sequence[tuple[Any, str]] = (), placeholder: str = "type to choose", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLineEdit(LineField())
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setMaxVisibleItems(14)
        finder = QCompleter(self.model(), self)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(finder)
        line = self.lineEdit()
        assert line is not None
        line.setPlaceholderText(placeholder)
        line.returnPressed.connect(self._on_line_returned)
        self.set_choices(choices)
        self.currentTextChanged.connect(lambda _text: self.changed.emit())

    def set_choices(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Replace the list, keeping the value where it is still there."""
        kept = self.value() if self.count() else None
        self.blockSignals(True)
        super().clear()
        self._values = [value for value, _words in choices]
        self.addItems([words for _value, words in choices])
        self.set_value(kept)
        self.blockSignals(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where a form leads the keyboard here, typing replaces what stands here, as it does after Tab."""
        super().focusInEvent(event)
        line = self.lineEdit()
        if event.reason() == Qt.FocusReason.OtherFocusReason and line is not None:
            line.selectAll()

    def _on_line_returned(self) -> None:
        self.settle()
        self.submitted.emit()

    def settle(self) -> None:
        """Words that begin or hold exactly one choice become that choice, and are shown whole."""
        at = self._index()
        if at >= 0 and (self.currentIndex() != at or self.currentText() != self.itemText(at)):
            self._write(at)

    def is_settled(self) -> bool:
        """A choice is written out whole, or nothing is: not in the middle of typing."""
        return self.is_empty() or any(self.itemText(at) == self.currentText() for at in range(self.count()))

    def _index(self) -> int:
        """The place of the choice that is written out, or that half-typed words fit alone; else -1."""
        typed = self.currentText().strip().casefold()
        if not typed:
            return -1
        words = [self.itemText(at).casefold() for at in range(self.count())]
        if typed in words:
            return words.index(typed)
        found = [at for at, text in enumerate(words) if text.startswith(typed)] or [at for at, text in enumerate(words) if typed in text]
        return found[0] if len(found) == 1 else -1

    def value(self) -> Any:
        """The value chosen, by its words or by a part that fits no other; else None."""
        at = self._index()
        return self._values[at] if at >= 0 else None

    def set_value(self, value: Any) -> None:
        """Choose by value; None or an unknown value empties the box."""
        at = self._values.index(value) if value is not None and value in self._values else -1
        self._write(at)

    def _write(self, at: int) -> None:
        self.setCurrentIndex(at)
        self.setEditText(self.itemText(at) if at >= 0 else "")
        if not self.hasFocus():
            self._show_beginning()

    def _show_beginning(self) -> None:
        """Of words too long for the box the beginning is seen."""
        line = self.lineEdit()
        if line is not None:
            line.home(False)

    def problem(self) -> str:
        """A sentence when the words fit no choice, else empty."""
        if self.is_empty() or self._index() >= 0:
            return ""
        return f"“{self.currentText().strip()}” is not in the list. Press Down to see the choices."

    def is_empty(self) -> bool:
        """Nothing typed."""
        return not self.currentText().strip()

    def clear(self) -> None:
        """Choose nothing; the list stays."""
        self.set_value(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:      # while the list of proposals is open, nothing is decided
            self.settle()
            self._show_beginning()
        super().focusOutEvent(event)

    def wheelEvent(self, event: Any) -> None:
        event.ignore()                                  # scrolling a form must not change what was chosen


class TickField(QCheckBox):
    """Yes or no, with its own words."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.toggled.connect(lambda _on: self.changed.emit())

    def value(self) -> Any:
        """True when ticked."""
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        """Tick or clear."""
        self.setChecked(bool(value))

    def problem(self) -> str:
        """A tick is never wrong."""
        return ""

    def is_empty(self) -> bool:
        """Not ticked."""
        return not self.isChecked()

    def clear(self) -> None:
        """Not ticked."""
        self.setChecked(False)


class NoteField(QPlainTextEdit):
    """Some lines of plain text. Tab leaves the box; Ctrl+Enter submits."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.changed)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(round(self.fontMetrics().lineSpacing() * (self._lines + 1.2)) + 8)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_lines"):
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z as in a LineField: the note's own only while there is typing to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo):
            if not self.document().isUndoAvailable():
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
            return
        super().keyPressEvent(event)

    def value(self) -> Any:
        """The text without blanks at either end."""
        return self.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        """Show a text; None empties the box."""
        self.setPlainText(value or "")

    def problem(self) -> str:
        """A note is never wrong."""
        return ""

    def is_empty(self) -> bool:
        """Nothing typed."""
        return not self.value()
