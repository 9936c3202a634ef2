"""Asking for a file or for a yes: an argument everywhere, so that a test answers without patching."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import LARGE, MEDIUM


class Dialogs(Protocol):
    """`kinds` is Qt's filter, such as "PDF (*.pdf)". None or False means the coach thought better of it."""

    def open_file(self, owner: QWidget, title: str, kinds: str) -> Path | None: ...
    def save_file(self, owner: QWidget, title: str, suggested: str, kinds: str) -> Path | None: ...
    def choose_folder(self, owner: QWidget, title: str) -> Path | None: ...
    def show_file(self, path: Path) -> bool: ...
    def ask(self, owner: QWidget, title: str, sentence: str, yes: str, no: str = "Cancel") -> bool: ...


class SystemDialogs:
    """The operating system's own file dialogs, and a plain question box whose buttons say what they do."""

    def open_file(self, owner: QWidget, title: str, kinds: str) -> Path | None:
        """An existing file."""
        from PySide6.QtWidgets import QFileDialog  # its first use costs 3 ms

        chosen, _kind = QFileDialog.getOpenFileName(owner, title, "", kinds)
        return Path(chosen) if chosen else None

    def save_file(self, owner: QWidget, title: str, suggested: str, kinds: str) -> Path | None:
        """A file to write."""
        from PySide6.QtWidgets import QFileDialog

        chosen, _kind = QFileDialog.getSaveFileName(owner, title, suggested, kinds)
        return Path(chosen) if chosen else None

    def choose_folder(self, owner: QWidget, title: str) -> Path | None:
        """An existing folder."""
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(owner, title)
        return Path(chosen) if chosen else None

    def show_file(self, path: Path) -> bool:
        """Hand a file to the program that this computer opens such files with; whether there is one."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def ask(self, owner: QWidget, title: str, sentence: str, yes: str, no: str = "Cancel") -> bool:
        """True when the button called `yes` was pressed; Esc is `no`."""
        return Question(owner, title, sentence, yes, no).exec() == QDialog.DialogCode.Accepted


class Question(QDialog):
    """One sentence and two buttons named by their deeds; `no` has the focus."""

    def __init__(self, owner: QWidget | None, title: str, sentence: str, yes: str, no: str) -> None:
        super().__init__(owner)
        self.setWindowTitle(title)
        self.setAccessibleDescription(sentence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(LARGE)
        words = PlainLabel(sentence, wrap=True)
        words.setMinimumWidth(360)
        layout.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.addStretch(1)
        self.no_button = Button(no, self.reject)
        self.yes_button = Button(yes, self.accept, role="primary")
        row.addWidget(self.no_button)
        row.addWidget(self.yes_button)
        layout.addLayout(row)
        self.no_button.setFocus()
