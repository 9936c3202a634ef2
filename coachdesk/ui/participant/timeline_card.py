"""Everything that happened with one person, newest first, by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.casework.timeline import Event
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.privacy import in_public
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

_EVERYTHING = "everything"
_KINDS: dict[str, tuple[str, ...]] = {
    _EVERYTHING: (),
    "help": ("activity.intervention",),
    "jobs": ("activity.job",),
    "appointments": ("activity.appointment",),
    "referrals": ("referral",),
    "follow-ups": ("participant.follow_up",),
    "decisions": ("participant.verdict",),
    "notices and consents": ("participant.notice", "participant.consent"),
    "on the programme": ("participant.spell", "participant.pause", "participant.assignment", "participant.same_as"),
    "benefits": ("participant.benefit",),
    "kit lent": ("activity.loan",),
    "looks at what is kept apart": ("participant.look",),
    "how they came": ("participant", "outreach.contact"),
}
_COLUMNS = (Column("Day", "on", 12), Column("What", "what", 20), Column("Detail", "detail", 0), Column("Who", "who", 13))


class TimelineCard(Card):
    """`open_requested(kind, id)` on Enter, for records of other screens; the whole detail of the row stands below the list."""

    open_requested = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName("Timeline")
        self._events: tuple[Event, ...] = ()
        self.kind = ChoiceField([(words, words) for words in _KINDS])
        self.kind.set_value(_EVERYTHING)
        self.kind.setAccessibleName("Show in the timeline")
        self.table = RowTable("Timeline", _COLUMNS, empty="Nothing of this kind has happened yet.")
        self.table.setMinimumHeight(190)
        self.detail = PlainLabel("", "muted", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        head.addWidget(PlainLabel("Timeline", "subheading"), 1)
        label = PlainLabel("Sho&w")
        label.setBuddy(self.kind)
        head.addWidget(label)
        head.addWidget(self.kind)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.detail)
        self.kind.changed.connect(self._show)
        self.table.current_changed.connect(self._on_current_changed)
        self.table.row_chosen.connect(self._on_row_chosen)

    def show_events(self, events: Sequence[Event]) -> None:
        """Replace everything; details stay hidden in a public place."""
        self._events = tuple(replace(event, detail="") for event in events) if in_public() else tuple(events)
        self._show()

    def _show(self) -> None:
        kinds = _KINDS.get(self.kind.value() or _EVERYTHING, ())
        self.table.show_rows([event for event in self._events if not kinds or event.kind in kinds])
        self._on_current_changed(self.table.current())

    def _on_current_changed(self, event: Any) -> None:
        self.detail.setText(event.detail if event is not None else "")

    def _on_row_chosen(self, event: Any) -> None:
        if not event.kind.startswith("participant") and event.kind != "activity.loan":
            self.open_requested.emit(event.kind, event.id)
