"""A keyboard and a pair of eyes: real key presses into whatever has the keyboard, and the words that can be seen in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

Mod = Qt.KeyboardModifier
# Widgets that hear keys: where the keyboard may rest. Anything else (a page, a scroll area, the window) is a place where it got lost.
_HEARS = (QAbstractButton, QLineEdit, QPlainTextEdit, QTableView, QListWidget)


def words_of(widget: QWidget) -> list[str]:
    """Everything that can be read on a window now: labels, buttons, boxes, the cells of lists."""
    return [words for words in _seen(widget) if words.strip()]


def _seen(root: QWidget) -> Iterator[str]:
    for each in root.findChildren(QWidget):
        if not each.isVisibleTo(root):
            continue
        if isinstance(each, QLabel | QLineEdit):
            yield each.text()
        elif isinstance(each, QAbstractButton):
            yield each.text().replace("&", "")
        elif isinstance(each, QTableView):
            model = each.model()
            for row in range(model.rowCount()):
                yield " | ".join(str(model.index(row, column).data() or "") for column in range(model.columnCount()))
        elif isinstance(each, QListWidget):
            yield from (each.item(at).text() for at in range(each.count()))


def letters_of(root: QWidget) -> dict[str, list[str]]:
    """What answers to Alt with which letter among all that can be seen now."""
    found: dict[str, list[str]] = {}
    for each in root.findChildren(QWidget):
        if not each.isVisibleTo(root):
            continue
        said = [each.tabText(at) for at in range(each.count())] if isinstance(each, QTabBar) else [each.text()] if (
            isinstance(each, QAbstractButton) and each.isEnabled() or isinstance(each, QLabel) and each.buddy() is not None) else []
        for words in said:
            letter = QKeySequence.mnemonic(words)
            if not letter.isEmpty():
                found.setdefault(letter.toString(), []).append(words.replace("&", ""))
    return found


@dataclass
class Keyboard:
    """`data`: letters of answers; `beyond`: every other press, each modifier one more.

    `lost` says after which press the keyboard was nowhere useful, `clashes` which letters meant two things at once.
    """

    qtbot: QtBot
    front: Callable[[], QWidget]
    is_busy: Callable[[], bool]
    data: int = 0
    beyond: int = 0
    lost: list[str] = field(default_factory=list)
    clashes: set[str] = field(default_factory=set)

    def press(self, *keys: str) -> None:
        """Keys that are no answer, one after the other, as they are written: "Ctrl+Shift+C", "Alt+S", "Return", "P"."""
        for each in keys:
            pressed = QKeySequence(each)[0]
            modifiers = pressed.keyboardModifiers()
            QTest.keyClick(self._target(), pressed.key(), modifiers)
            self.beyond += 1 + sum(1 for one in (Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier) if modifiers & one)
            self.settle()
            self.look(f"after {each}")

    def write(self, text: str) -> None:
        """An answer, letter by letter."""
        for letter in text:
            target = self._target()
            if letter.isascii():
                QTest.keyClicks(target, letter)
            else:
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(target, QKeyEvent(kind, 0, Mod.NoModifier, letter))
            self.data += 1
        self.settle()

    def fill(self, *answers: str, on: str = "Tab") -> None:
        """Answers into boxes that follow each other; the key `on` goes from one to the next, "" leaves a box as it is."""
        for at, answer in enumerate(answers):
            if at:
                self.press(on)
            self.write(answer)

    def settle(self) -> None:
        """A button pressed by its letter stays down for a moment; the worker finishes; what it answered is shown."""
        self.qtbot.waitUntil(lambda: not any(button.isDown() for button in self.front().findChildren(QPushButton)))
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.is_busy())
            QApplication.processEvents()

    def sees(self, *words: str) -> None:
        """Wait until each of these can be read."""
        def missing() -> list[str]:
            shown = words_of(self.front())
            return [each for each in words if not any(each in said for said in shown)]

        def check() -> None:
            assert not missing(), f"{missing()} cannot be read in {words_of(self.front())}"

        self.qtbot.waitUntil(check)

    def stands_on(self) -> str:
        """What has the keyboard, by the name that a screen reader says."""
        widget = QApplication.focusWidget()
        if widget is None:
            return "nothing"
        said = widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""
        return widget.accessibleName() or said or type(widget).__name__

    def look(self, when: str) -> None:
        """Note where the keyboard got lost, and which letters mean two things now."""
        where = f"“{self.front().windowTitle()}”"
        for letter, said in letters_of(self.front()).items():
            if len(said) > 1:
                self.clashes.add(f"{where}: {letter} is {' and '.join(sorted(said))}")
        widget = QApplication.focusWidget()
        hears = isinstance(widget, _HEARS) or widget is not None and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if widget is None or not (hears and widget.isVisible() and widget.isEnabled()):
            self.lost.append(f"{when} in {where}: {self.stands_on()}")

    def _target(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.front()
