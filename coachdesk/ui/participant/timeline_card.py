"""Everything that happened with one person, newest first, by kind and time; what is shown is what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from coachdesk.casework.timeline import EVERYTHING, KINDS, Event, narrowed
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.privacy import in_public
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

_ALWAYS = "all time"
_LAST: dict[str, int] = {"the last 4 weeks": 28, "the last 3 months": 91, "the last year": 365}
_COLUMNS = (Column("Day", "on", 12), Column("What", "what", 20), Column("Detail", "detail", 0), Column("Who", "who", 13))


def period(words: str, today: date) -> tuple[date | None, date | None]:
    """The first and the last day of what was chosen: all time, the last weeks, or a year."""
    if words in _LAST:
        return today - timedelta(days=_LAST[words]), None
    return (date(int(words), 1, 1), date(int(words), 12, 31)) if words.isdecimal() else (None, None)


class TimelineCard(Card):
    """`open_requested(kind, id)` on Enter, for records of other screens; the whole detail of the row stands below the list.

    `print_wanted(kind, since, until)`: what is shown, on paper.
    """

    open_requested = Signal(str, object)
    print_wanted = Signal(str, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName("Timeline")
        self._events: tuple[Event, ...] = ()
        self._today = date.max
        self.kind = ChoiceField([(words, words) for words in KINDS])
        self.kind.setAccessibleName("Show in the timeline")
        self.when = ChoiceField([(words, words) for words in (_ALWAYS, *_LAST)])
        self.when.setAccessibleName("Time shown in the timeline")
        self.kind.set_value(EVERYTHING)
        self.when.set_value(_ALWAYS)
        self.print_button = Button("&Print…", self._on_print_pressed)
        self.print_button.setToolTip("Print what the timeline shows now")
        self.table = RowTable("Timeline", _COLUMNS, empty="Nothing of this kind happened in this time.")
        self.table.setMinimumHeight(190)
        self.detail = PlainLabel("", "muted", wrap=True)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(MEDIUM)
        self._title = PlainLabel("Timeline", "subheading")
        self._head.addWidget(self._title, 1)
        self._pairs = [self._pair(words, box) for words, box in (("Sho&w", self.kind), ("W&hen", self.when))]
        self._head.addWidget(self.print_button)
        self.body.addLayout(self._head)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.detail)
        for box in (self.kind, self.when):
            box.setMinimumContentsLength(11)
            box.changed.connect(self._show)
        self.table.current_changed.connect(self._on_current_changed)
        self.table.row_chosen.connect(self._on_row_chosen)

    def _pair(self, words: str, box: ChoiceField) -> QHBoxLayout:
        label = PlainLabel(words)
        label.setBuddy(box)
        pair = QHBoxLayout()
        pair.setSpacing(MEDIUM)
        pair.addWidget(label)
        pair.addWidget(box, 1)
        self._head.addLayout(pair)
        return pair

    def show_events(self, events: Sequence[Event], today: date) -> None:
        """Replace everything; details stay hidden in a public place."""
        self._events = tuple(replace(event, detail="") for event in events) if in_public() else tuple(events)
        self._today = today
        years = sorted({str(event.on.year) for event in events}, reverse=True)
        chosen = self.when.value()
        self.when.blockSignals(True)
        self.when.set_choices([(words, words) for words in (_ALWAYS, *_LAST, *years)])
        self.when.set_value(chosen if chosen in (*_LAST, *years) else _ALWAYS)
        self.when.blockSignals(False)
        self._show()

    def _chosen(self) -> tuple[str, date | None, date | None]:
        return self.kind.value() or EVERYTHING, *period(self.when.value() or _ALWAYS, self._today)

    def _show(self) -> None:
        rows = narrowed(self._events, *self._chosen())
        self._title.setText(f"Timeline ({len(rows):,})")
        self.print_button.setEnabled(bool(rows))
        self.table.show_rows(rows)
        self._on_current_changed(self.table.current())

    def _on_print_pressed(self) -> None:
        self.print_wanted.emit(*self._chosen())

    def _on_current_changed(self, event: Any) -> None:
        self.detail.setText(event.detail if event is not None else "")

    def _on_row_chosen(self, event: Any) -> None:
        if not event.kind.startswith("participant") and event.kind != "activity.loan":
            self.open_requested.emit(event.kind, event.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_pairs"):
            self._turn()

    def _turn(self) -> None:
        """With large text, or in a narrow window, the choices stand below each other."""
        needs = self._title.sizeHint().width() + self.print_button.sizeHint().width() + sum(pair.sizeHint().width() for pair in self._pairs)
        is_narrow = needs + 6 * MEDIUM > self.width()
        self._head.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
