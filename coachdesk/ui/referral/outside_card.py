"""Where else somebody could go: the two likeliest outside partners, shown before anybody is kept in-house; Alt+1 or Alt+2 takes one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.referral import rules
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL


class OutsideCard(QWidget):
    """`taken(partner)` when an outside option is chosen. Hidden while the partner is not the provider's own."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SMALL)
        self.heading = PlainLabel("", "label", wrap=True)
        self._layout.addWidget(self.heading)
        self.sentences = [PlainLabel("", wrap=True) for _ in range(rules.MOST_SHOWN)]
        self.buttons = [Button("", partial(self._take, at)) for at in range(rules.MOST_SHOWN)]
        self._options: Sequence[rules.Option] = ()
        for sentence, button in zip(self.sentences, self.buttons, strict=True):
            row = QHBoxLayout()
            row.setSpacing(MEDIUM)
            row.addWidget(sentence, 1)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self._layout.addLayout(row)
        self.show_options([], "")

    def show_options(self, options: Sequence[rules.Option], own: str) -> None:
        """The options beside the provider's own of that name; no name hides all of it."""
        self._options = options
        self.setVisible(bool(own))
        none = "No outside partner in this lot is known to give this help." if not options else "Outside, before it:"
        self.heading.setText(f"{own} belongs to the provider itself. {none}")
        for at, (sentence, button) in enumerate(zip(self.sentences, self.buttons, strict=True)):
            has = at < len(options)
            sentence.setVisible(has)
            button.setVisible(has)
            if has:
                sentence.setText(f"{options[at].sentence()[:-1]} ({options[at].score} of 100).")
                button.setText(f"Take &{at + 1}")
                button.setAccessibleName(f"Send to {options[at].name} instead")

    def _take(self, at: int) -> None:
        if at < len(self._options) and self.isVisible():
            key: Any = self._options[at].key
            self.taken.emit(key)
