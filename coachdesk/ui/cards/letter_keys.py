"""One letter, one deed, while one stands in a list: the same deeds as the buttons below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from coachdesk.ui.parts.row_table import RowTable


class LetterKeys(QObject):
    """`deeds` by letter. Only in the list itself: letters typed into a box stay letters."""

    def __init__(self, table: RowTable, deeds: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(table)
        self._deeds = {letter.upper(): deed for letter, deed in deeds.items()}
        table.view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
            deed = self._deeds.get(event.text().upper()) if plain and not event.isAutoRepeat() else None
            if deed is not None:
                deed()
                return True
        return super().eventFilter(watched, event)
