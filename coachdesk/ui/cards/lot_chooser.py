"""Which lot the window looks at: one box under the rail that every page follows.

F7 comes here from anywhere (a letter with Alt would be taken from every page's own fields); Enter or Esc goes back to where one was.
"""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL

_ALL = "all"


class LotChooser(QFrame):
    """All lots, or one. With a single lot in the programme there is nothing to choose, and it stays hidden."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("role", "rail")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MEDIUM, SMALL, MEDIUM, MEDIUM)
        layout.setSpacing(SMALL)
        label = PlainLabel("Lot (F7)", "muted")
        self.box = ChoiceField([(_ALL, "All lots")])
        self.box.setMinimumContentsLength(8)
        self.box.setAccessibleName("Lot that the window looks at")
        self.box.set_value(_ALL)
        layout.addWidget(label)
        layout.addWidget(self.box)
        self.hide()
        self._came_from: QWidget | None = None
        QShortcut(QKeySequence("F7"), self).activated.connect(self._on_f7)
        self.box.changed.connect(self._on_box_changed)
        self.box.submitted.connect(self._go_back)
        desk.lot_changed.connect(self._on_lot_changed)
        desk.read(_lot_names, self, self._on_lots)

    def _on_lots(self, lots: dict[Any, str]) -> None:
        self.box.set_choices([(_ALL, "All lots"), *lots.items()])
        self.box.set_value(self._desk.lot or _ALL)
        self.setVisible(len(lots) > 1)

    def _on_box_changed(self) -> None:
        chosen = self.box.value()
        if chosen is not None:
            self._desk.choose_lot(None if chosen == _ALL else chosen)

    def _on_lot_changed(self) -> None:
        """A page looks at another lot: the box says so."""
        if not self.box.hasFocus():
            self.box.set_value(self._desk.lot or _ALL)

    def _on_f7(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and not self.isAncestorOf(now):
            self._came_from = now
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        line = self.box.lineEdit()
        if line is not None:
            line.selectAll()

    def _go_back(self) -> None:
        """Where one was before F7; the lot in force stands in the box again if nothing was chosen."""
        before = self._came_from
        self._came_from = None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.set_value(self._desk.lot or _ALL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._go_back()
        else:
            super().keyPressEvent(event)


def _lot_names(session: Any) -> dict[Any, str]:
    from coachdesk.programme import queries

    return queries.lot_names(session)
