"""Forms: labels above boxes, sections, one mnemonic a field, what is wrong said in words under the field it concerns."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, TickField
from coachdesk.ui.parts.sight import keep_in_sight
from coachdesk.ui.parts.text import PlainLabel, restyle
from coachdesk.ui.parts.theme import LARGE, MEDIUM

F = TypeVar("F", bound=QWidget)
_FIELD_CHARACTERS = 24      # for each of the fields that stand beside each other, but the first does with half of it


class FieldRow(QWidget):
    """Label, hint, box and a place for the sentence when something is wrong."""

    def __init__(self, label: str, box: QWidget, hint: str = "", required: bool = False) -> None:
        super().__init__()
        self.name = label.replace("&", "")
        self.box: Any = box
        self.required = required
        self._hint = hint
        self._said = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self.label = PlainLabel(label, "label")
        self.label.setBuddy(box.focusProxy() or box)         # Qt goes nowhere by the letter of a box that only has a proxy
        if isinstance(box, TickField):
            self.label.hide()
        else:
            layout.addWidget(self.label)
        if hint:
            layout.addWidget(PlainLabel(hint, "muted", wrap=True))
        layout.addWidget(box)
        self._problem = PlainLabel("", "problem", wrap=True)
        self._problem.hide()
        layout.addWidget(self._problem)
        for widget in self._spoken():
            widget.setAccessibleName(self.name)
            widget.setAccessibleDescription(hint)

    def _spoken(self) -> list[QWidget]:
        proxy = self.box.focusProxy()
        return [self.box] + ([proxy] if proxy is not None else []) + list(self.box.findChildren(QLineEdit))

    def say_wrong(self, sentence: str) -> None:
        """Show the sentence under the box, or take it away when empty; a screen reader hears it as the box's description."""
        if sentence == self._said:
            return
        self._said = sentence
        self._problem.setText(f"⚠ {sentence}" if sentence else "")
        self._problem.setVisible(bool(sentence))
        for widget in self._spoken():
            widget.setAccessibleDescription(sentence or self._hint)
            widget.setProperty("wrong", bool(sentence))
            restyle(widget)


def field(label: str, box: QWidget, *, hint: str = "", required: bool = False) -> FieldRow:
    """One labelled row outside a Form."""
    return FieldRow(label, box, hint, required)


class Form(QWidget):
    """Fields in the order in which they are asked. Tab order is the order of adding.

    `submitted` comes when Enter is pressed in a line, or Ctrl+Enter in a note; `changed` on every keystroke.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None, taken: str = "") -> None:
        super().__init__(parent)
        self._rows: list[FieldRow] = []
        self._letters = set(taken.casefold())       # mnemonics used elsewhere in the window
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(MEDIUM + 2)
        self._beside: QBoxLayout | None = None
        self._besides: list[QBoxLayout] = []
        keep_in_sight(self)

    def section(self, title: str, note: str = "") -> None:
        """A heading inside the form."""
        self._beside = None
        heading = PlainLabel(title, "subheading", wrap=True)
        heading.setContentsMargins(0, MEDIUM, 0, 0)
        self._layout.addWidget(heading)
        if note:
            self._layout.addWidget(PlainLabel(note, "muted", wrap=True))

    def add(self, label: str, box: F, *, hint: str = "", required: bool = False, beside: bool = False) -> F:
        """Add a field and answer it. `beside` puts it to the right of the one before. A required field left empty is said by check()."""
        row = FieldRow(self._with_mnemonic(label), box, hint, required)
        if isinstance(box, TickField) and "&" not in box.text():
            box.setText(self._with_mnemonic(box.text()))
        if beside and self._rows:
            self._place_beside(row)
        else:
            self._beside = None
            self._layout.addWidget(row)
        self._rows.append(row)
        asked: Any = box
        asked.changed.connect(lambda: self._on_field_changed(row))
        asked.submitted.connect(self.submitted)
        self._tie_tab_order()
        return box

    def put(self, widget: QWidget) -> None:
        """Something between the fields that is not asked: a verdict, a note."""
        self._beside = None
        self._layout.addWidget(widget)

    def buttons(self, *buttons: Button) -> None:
        """The row that ends a form."""
        self._layout.addSpacing(MEDIUM)
        self._layout.addWidget(ButtonRow(buttons))
        self._tie_tab_order()
        last = self._rows[-1].box if self._rows else None
        for button in buttons:
            if last is not None:
                QWidget.setTabOrder(last, button)
            last = button

    def end(self) -> None:
        """Push everything to the top."""
        self._layout.addStretch(1)

    def row_of(self, box: QWidget) -> FieldRow:
        """The row that holds a field: to hide it, or to read its label."""
        return next(row for row in self._rows if row.box is box)

    def boxes(self) -> dict[str, Any]:
        """Every box by its place and the words of its label."""
        return {f"{at} {row.name}": row.box for at, row in enumerate(self._rows)}

    def check(self) -> bool:
        """Say everything that is wrong under its field and go to the first; True when nothing is."""
        first: FieldRow | None = None
        for row in self._rows:
            if isinstance(row.box, ChoiceField):
                row.box.settle()
            sentence = row.box.problem() if not row.isHidden() else ""
            if not sentence and row.required and not row.isHidden() and row.box.is_empty():
                sentence = f"{row.name} is needed. Nothing was saved yet."
            row.say_wrong(sentence)
            if sentence and first is None:
                first = row
        if first is not None:
            first.box.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is None

    def say_wrong(self, box: QWidget, sentence: str) -> None:
        """A refusal that belongs to one field."""
        row = self.row_of(box)
        row.say_wrong(sentence)
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Empty every field and take the sentences away."""
        for row in self._rows:
            row.box.clear()
            row.say_wrong("")

    def is_empty(self) -> bool:
        """Nothing was filled in."""
        return all(row.box.is_empty() for row in self._rows)

    def first_focus(self) -> None:
        """Go to the first field."""
        shown = next((row for row in self._rows if not row.isHidden()), None)
        if shown is not None:
            shown.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_field_changed(self, row: FieldRow) -> None:
        row.say_wrong("")
        self.changed.emit()

    def _place_beside(self, row: FieldRow) -> None:
        if self._beside is None:
            before = self._rows[-1]
            self._layout.removeWidget(before)
            self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            self._besides.append(self._beside)
            self._beside.setSpacing(LARGE)
            self._beside.addWidget(before, 1, Qt.AlignmentFlag.AlignTop)
            self._layout.addLayout(self._beside)
        self._beside.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_besides"):
            self._turn()

    def _turn(self) -> None:
        """Fields stand beside each other while each has room for some words, else below each other."""
        room = self.width() // max(1, self.fontMetrics().averageCharWidth())
        for beside in self._besides:
            is_narrow = room < _FIELD_CHARACTERS * beside.count() - _FIELD_CHARACTERS // 2
            beside.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)

    def _with_mnemonic(self, label: str) -> str:
        """The label with & before its first letter that is still free."""
        if "&" in label:
            self._letters.add(label[label.index("&") + 1].casefold())
            return label
        starts = [at for at, letter in enumerate(label) if letter.isalpha() and (at == 0 or not label[at - 1].isalnum())]
        for at in starts + [at for at, letter in enumerate(label) if letter.isalpha()]:
            if label[at].casefold() not in self._letters:
                self._letters.add(label[at].casefold())
                return f"{label[:at]}&{label[at:]}"
        return label

    def _tie_tab_order(self) -> None:
        for one, other in zip(self._rows, self._rows[1:], strict=False):
            QWidget.setTabOrder(one.box, other.box)
