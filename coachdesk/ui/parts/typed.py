"""What stands in a box as it was typed, half-finished or wrong as it may be, and back again. Knows no business."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from coachdesk.ui.parts.fields import ChoiceField, DateField, TickField

_TICKED = "✓"


def typed(box: QWidget) -> str:
    """The words of a box; empty for one of a kind that is not known here."""
    if isinstance(box, DateField):
        return box.box.text()
    if isinstance(box, ChoiceField):
        return box.currentText()
    if isinstance(box, TickField):
        return _TICKED if box.isChecked() else ""
    if isinstance(box, QLineEdit):
        return box.text()
    return box.toPlainText() if isinstance(box, QPlainTextEdit) else ""


def type_in(box: QWidget, words: str) -> None:
    """Puts words back into a box as if they had been typed."""
    if isinstance(box, DateField):
        box.box.setText(words)
    elif isinstance(box, ChoiceField):
        box.setEditText(words)
        box.settle()
    elif isinstance(box, TickField):
        box.setChecked(bool(words))
    elif isinstance(box, QLineEdit):
        box.setText(words)
    elif isinstance(box, QPlainTextEdit):
        box.setPlainText(words)


def typed_in(boxes: dict[str, Any]) -> dict[str, str]:
    """The words of every box that is not empty, by name."""
    return {name: words for name, box in boxes.items() if (words := typed(box)).strip()}
