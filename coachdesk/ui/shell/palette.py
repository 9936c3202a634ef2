"""Ctrl+K: type a few letters and go to any record, or do any command. Knows neither, only how to ask for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.privacy import in_public, initials
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM
from coachdesk.ui.shell.spec import Command, Hit
from coachdesk.ui.work import Task, Work

_THING = Qt.ItemDataRole.UserRole
SIMILAR = "similar"
_PASSED_ON = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class Palette(QFrame):
    """`chosen(Hit or Command)` on Enter; Esc closes. `find(text)` runs on the worker when there is one; late answers are dropped."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, find: Callable[[str], Sequence[Hit]], commands: Callable[[], Sequence[Command]], work: Work | None,
                 parent: QWidget) -> None:
        super().__init__(parent)
        self._find, self._commands, self._work = find, commands, work
        self._words = ""                      # typed last; the worker does not look for what was typed before
        self._asked: Task | None = None
        self.setProperty("role", "palette")
        self.setAccessibleName("Find")
        self.box = LineField("Find a person, partner, session or command")
        self.box.setAccessibleName("Find")
        self.found = QListWidget()
        self.found.setAccessibleName("Found")
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hint = PlainLabel("", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
        layout.addWidget(self.box)
        layout.addWidget(self.found, 1)
        layout.addWidget(self._hint)
        self.box.changed.connect(self._on_box_changed)
        self.box.submitted.connect(self._choose)
        self.found.itemClicked.connect(lambda _item: self._choose())
        self.box.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show it empty, with the commands, over the middle of the window."""
        parent = self.parentWidget()
        if parent is not None:
            wide = min(max(self.fontMetrics().averageCharWidth() * 80, 480), parent.width() - 48)
            self.setGeometry((parent.width() - wide) // 2, 56, wide, min(parent.height() - 112, self.fontMetrics().lineSpacing() * 22))
        self.box.clear()
        self._on_box_changed()
        self.show()
        self.raise_()
        self.box.setFocus()

    def close_(self) -> None:
        """Take it away."""
        self.hide()
        self.closed.emit()

    def _on_box_changed(self) -> None:
        words = self._words = self.box.value()
        if self._asked is not None:
            self._asked.cancel()
        if not words:
            self._show([], words)
        elif self._work is None:
            self._show(self._find(words), words)
        else:
            self._asked = self._work.read(lambda: self._find(words) if words == self._words else (), self,
                                          lambda hits: self._show(hits, words))

    def _show(self, hits: Sequence[Hit], words: str) -> None:
        if words != self.box.value():
            return
        self.found.clear()
        for hit in hits:
            is_hidden = hit.private and in_public()
            title = initials(hit.title) if is_hidden else hit.title
            parts = [title, hit.detail, f"also {hit.also}" if hit.also and not is_hidden else "", SIMILAR if hit.alike else ""]
            self._add("   ·   ".join(part for part in parts if part), hit)
        for command in self._commands():
            if all(part in command.title.casefold() for part in words.casefold().split()):
                self._add(f"› {command.title}" + (f"   ·   {command.keys}" if command.keys else ""), command)
        self.found.setCurrentRow(0)
        if not self.found.count():
            self._hint.setText("Nothing is found by these letters. Try fewer of them.")
        elif hits and hits[0].alike:
            self._hint.setText("Only similar spellings are found. Enter opens, Esc closes.")
        else:
            self._hint.setText("Enter opens, Up and Down choose, Esc closes.")

    def _add(self, words: str, thing: Any) -> None:
        item = QListWidgetItem(words)
        item.setData(_THING, thing)
        self.found.addItem(item)

    def _choose(self) -> None:
        item = self.found.currentItem()
        if item is not None:
            self.hide()
            self.chosen.emit(item.data(_THING))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and Qt.Key(event.key()) in _PASSED_ON:
            at = self.found.currentRow() + {Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}.get(Qt.Key(event.key()), 1)
            self.found.setCurrentRow(min(max(at, 0), self.found.count() - 1))
            return True
        return super().eventFilter(watched, event)
