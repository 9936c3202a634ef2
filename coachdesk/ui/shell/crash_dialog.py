"""What the coach sees when the fault is ours. Loaded only then."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import LARGE, MEDIUM


class CrashDialog(QDialog):
    """What happened, that nothing saved was lost, and the report to copy."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("CoachDesk: something went wrong")
        sentence = ("Something went wrong inside CoachDesk. What you saved before is safe; what you were just typing may not be saved. "
                    "Please look whether the last thing you did is there, and do it again if it is not.")
        self.setAccessibleDescription(sentence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(PlainLabel("Something went wrong", "subheading"))
        layout.addWidget(PlainLabel(sentence, wrap=True))
        layout.addWidget(PlainLabel("For whoever mends it (no names, nothing you typed):", "muted", wrap=True))
        self.report = QPlainTextEdit(words)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName("Report")
        layout.addWidget(self.report, 1)
        row = QHBoxLayout()
        row.addWidget(Button("&Copy the report", lambda: QGuiApplication.clipboard().setText(words)))
        row.addStretch(1)
        go_on = Button("&Go on", self.accept, role="primary")
        row.addWidget(go_on)
        layout.addLayout(row)
        self.resize(620, 380)
        go_on.setFocus()
