"""Which lot the window looks at: one box under the rail that every page follows."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

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
        label = PlainLabel("&Lot", "muted")
        self.box = ChoiceField([(_ALL, "All lots")])
        self.box.setMinimumContentsLength(8)
        self.box.setAccessibleName("Lot that the window looks at")
        self.box.set_value(_ALL)
        label.setBuddy(self.box)
        layout.addWidget(label)
        layout.addWidget(self.box)
        self.hide()
        self.box.changed.connect(self._on_box_changed)
        desk.read(_lot_names, self, self._on_lots)

    def _on_lots(self, lots: dict[Any, str]) -> None:
        self.box.set_choices([(_ALL, "All lots"), *lots.items()])
        self.box.set_value(self._desk.lot or _ALL)
        self.setVisible(len(lots) > 1)

    def _on_box_changed(self) -> None:
        chosen = self.box.value()
        if chosen is not None:
            self._desk.choose_lot(None if chosen == _ALL else chosen)


def _lot_names(session: Any) -> dict[Any, str]:
    from coachdesk.programme import queries

    return queries.lot_names(session)
