"""A box that finds a record while one types: at most eight suggestions below it, all by keyboard. A kind of record brings its own query.

Up and Down move among the suggestions, Enter takes the marked one, Tab takes the only one, Esc puts the list away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.privacy import in_public
from coachdesk.ui.parts.theme import MEDIUM
from coachdesk.ui.work import Task

MOST = 8
_PAUSE_MS = 80


@dataclass(frozen=True, slots=True)
class Choice:
    """One suggestion. `public` is what stands for the title in a public place; `row` is what the screen may want to know of it."""

    id: UUID
    title: str
    detail: str = ""
    public: str = ""
    row: Any = None

    def shown(self) -> str:
        """The title as it may be seen now."""
        return self.public if self.public and in_public() else self.title


class FindField(LineField):
    """value() is the id of what was chosen, or None. `chosen(Choice or None)` whenever that changes.

    A subclass answers `_find(session, text)` (runs on the worker, at most MOST choices) and `_named(session, id)`.
    """

    chosen = Signal(object)

    def __init__(self, desk: Desk, placeholder: str, nothing: str, parent: QWidget | None = None) -> None:
        """`nothing` is said when what was typed is no record: a sentence with what to do."""
        super().__init__(placeholder, 80, parent=parent)
        self._desk, self._nothing = desk, nothing
        self._choice: Choice | None = None
        self._wants_first = False
        self._wanted = ""
        self._is_setting = False
        self._asked: Task | None = None
        self.suggestions = _Suggestions(self)
        self.suggestions.itemClicked.connect(self._on_item_clicked)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._on_text_edited)
        self.returnPressed.disconnect(self.submitted)  # Enter first takes a suggestion; see keyPressEvent

    # what it finds

    def _find(self, session: Any, text: str) -> Sequence[Choice]:
        raise NotImplementedError

    def _named(self, session: Any, id: UUID) -> Choice | None:
        raise NotImplementedError

    # as a field of a form

    def value(self) -> Any:
        """The id of the chosen record, or None."""
        return self._choice.id if self._choice else None

    def choice(self) -> Choice | None:
        """What was chosen, with what the query told of it."""
        return self._choice

    def set_value(self, value: Any) -> None:
        """Choose by id (its name is read from the store); None empties the box."""
        if value is None:
            self.choose(None)
        else:
            self._desk.read(lambda session: self._named(session, value), self, self.choose)

    def choose(self, choice: Choice | None) -> None:
        """Choose a record that is known already."""
        self._choice = choice
        self._is_setting = True
        self.setText(choice.shown() if choice else "")
        self._is_setting = False
        self.setCursorPosition(0)
        if choice is not None and self.hasFocus():
            self.selectAll()  # the next letter, or Backspace, begins another search
        self.setAccessibleDescription(choice.detail if choice else "")
        self._put_away()
        self.chosen.emit(choice)

    def problem(self) -> str:
        """Something was typed and nothing chosen."""
        return self._nothing if self.text().strip() and self._choice is None else ""

    def is_empty(self) -> bool:
        """Nothing chosen."""
        return self._choice is None and not self.text().strip()

    def clear(self) -> None:
        """Choose nothing."""
        self.choose(None)

    def show_again(self) -> None:
        """The name or the initials, after the public place was switched."""
        if self._choice is not None:
            self._is_setting = True
            self.setText(self._choice.shown())
            self._is_setting = False

    # typing

    def _on_text_edited(self, _text: str) -> None:
        if self._is_setting:
            return
        if self._choice is not None:
            self._choice = None
            self.chosen.emit(None)
        self._wants_first = False
        self._pause.start()

    def _ask(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
        text = self._wanted = self.text().strip()
        # What was typed before and still waits for the worker is not looked for any more.
        self._asked = self._desk.read(lambda session: self._find(session, text) if text == self._wanted else (), self, self._on_found)

    def _on_found(self, choices: Sequence[Choice]) -> None:
        self._asked = None
        if self._choice is not None or not (self.hasFocus() or self._wants_first):
            return
        self.suggestions.offer(choices[:MOST])
        if self._wants_first:
            self._wants_first = False
            self._take_marked()

    def _put_away(self) -> None:
        self._pause.stop()
        self.suggestions.hide()
        self.suggestions.clear()

    def _take_marked(self) -> bool:
        choice = self.suggestions.marked()
        if choice is None:
            return False
        self.choose(choice)
        return True

    def _on_item_clicked(self, _item: QListWidgetItem) -> None:
        self._take_marked()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_enter(self) -> None:
        if self._choice is not None:
            self.submitted.emit()
        elif self.suggestions.isVisible() and not self._pause.isActive():
            self._take_marked()
        elif self.text().strip():  # the answer is still on its way: take the first when it comes
            self._wants_first = True
            self._pause.stop()
            self._ask()
        else:
            self.submitted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if self.suggestions.isVisible():
                self.suggestions.step(1 if key == Qt.Key.Key_Down else -1)
            elif self._choice is None:
                self._ask()
        elif key == Qt.Key.Key_Escape and self.suggestions.isVisible():
            self._put_away()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self.suggestions.isVisible():
            if self._choice is None and (self.suggestions.count() == 1 or self.suggestions.was_moved):
                self._take_marked()
            self._put_away()
        super().focusOutEvent(event)


class _Suggestions(QListWidget):
    """The list under the box: a child of the window, so that nothing is cut off and the keyboard stays in the box."""

    def __init__(self, box: FindField) -> None:
        super().__init__()
        self._box = box
        self.was_moved = False
        self._choices: list[Choice] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Suggestions")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()
        box.installEventFilter(self)
        box.destroyed.connect(self.deleteLater)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show choices under the box; none: a line that says so."""
        self.clear()
        self.was_moved = False
        self._choices = list(choices)
        for choice in choices:
            self.addItem(f"{choice.shown()}   {choice.detail}" if choice.detail else choice.shown())
        if not choices:
            nothing = QListWidgetItem("Nothing found. Type less, or another part of it.")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(nothing)
        self.setCurrentRow(0 if choices else -1)
        self._place()
        self._speak()

    def marked(self) -> Choice | None:
        """The choice one stands on."""
        at = self.currentRow()
        return self._choices[at] if 0 <= at < len(self._choices) else None

    def step(self, by: int) -> None:
        """Down or up, around the ends."""
        if self._choices:
            self.was_moved = True
            self.setCurrentRow((self.currentRow() + by) % len(self._choices))
            self._speak()

    def count(self) -> int:
        return len(self._choices)

    def clear(self) -> None:
        self._choices = []
        super().clear()

    def _speak(self) -> None:
        choice = self.marked()
        self._box.setAccessibleDescription(f"{choice.shown()}, {choice.detail}" if choice else "Nothing found.")

    def _place(self) -> None:
        window = self._box.window()
        if self.parent() is not window:
            self.setParent(window)
        rows = max(1, len(self._choices))
        high = self.sizeHintForRow(0) * rows + 2 * self.frameWidth() + 2
        wide = min(max(self._box.width(), self.sizeHintForColumn(0) + 4 * MEDIUM), window.width() - 2 * MEDIUM)
        at = self._box.mapTo(window, QPoint(0, self._box.height()))
        if at.y() + high > window.height():
            at.setY(max(0, at.y() - self._box.height() - high))
        at.setX(max(MEDIUM, min(at.x(), window.width() - wide - MEDIUM)))
        self.setGeometry(at.x(), at.y(), wide, high)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.hide()
        elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
