"""One organisation in one short form: new, or changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from coachdesk.partner import actions, rules
from coachdesk.partner.queries import PartnerRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, NoteField, TickField, WholeNumberField
from coachdesk.ui.parts.theme import LARGE, SMALL

_ACROSS = 3


class LotsField(QWidget):
    """Ticks for the lots that an organisation works in. value() is a list of names; none means every lot."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(LARGE)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setSizeConstraint(QGridLayout.SizeConstraint.SetNoConstraint)  # narrower than three of them is allowed
        self._across = _ACROSS
        self._names: list[str] = []
        self._ticks: list[TickField] = []

    def set_lots(self, names: Sequence[str]) -> None:
        """Which lots there are; what was ticked stays."""
        if self._names == list(names):
            return
        kept = self.value()
        for tick in self._ticks:
            tick.deleteLater()
        self._names = list(names)
        self._ticks = [TickField(name.replace("&", "&&")) for name in names]  # a lot's own & is no mnemonic
        for at, tick in enumerate(self._ticks):
            tick.changed.connect(self.changed)
            self._grid.addWidget(tick, at // self._across, at % self._across)
        if self._ticks:
            self.setFocusProxy(self._ticks[0])
        self.set_value(kept)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across = min(_ACROSS, max(1, self.width() // (self._widest() + LARGE)))
        if across != self._across:
            self._across = across
            for at, tick in enumerate(self._ticks):
                self._grid.addWidget(tick, at // across, at % across)
            self.updateGeometry()

    def _widest(self) -> int:
        return max((tick.minimumSizeHint().width() for tick in self._ticks), default=0)

    def tie_between(self, before: QWidget, after: QWidget) -> None:
        """Tab goes through the ticks between two other fields."""
        chain = [before, *self._ticks, after]
        for one, other in zip(chain, chain[1:], strict=False):
            QWidget.setTabOrder(one, other)

    def value(self) -> Any:
        """The names that are ticked."""
        return [name for name, tick in zip(self._names, self._ticks, strict=True) if tick.value()]

    def set_value(self, value: Any) -> None:
        """Tick these names."""
        for name, tick in zip(self._names, self._ticks, strict=True):
            tick.set_value(name in (value or ()))

    def problem(self) -> str:
        """Ticks are never wrong."""
        return ""

    def is_empty(self) -> bool:
        """Nothing ticked."""
        return not self.value()

    def clear(self) -> None:
        """Nothing ticked."""
        self.set_value(())


class OrganisationForm(Editor):
    """`saved(id, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Add an organisation", taken=taken)
        self._desk = desk
        self._of: PartnerRow | None = None
        form = self.form
        self.name = form.add("Name", LineField(), required=True)
        self.kind = form.add("Kind", ChoiceField([(kind, kind) for kind in rules.KINDS]), required=True, beside=True)
        self.days = form.add("Reply within, days", WholeNumberField(1, 90), beside=True)
        self.lots = form.add("Works in", LotsField(), hint="Tick none for an organisation that works in every lot.")
        self.own = form.add("", TickField("Belongs to the lead provider itself"))
        self.website = form.add("Website", LineField("https://example.org"))
        self.email = form.add("E-mail", LineField(), beside=True)
        self.funding_ends = form.add("Its own funding ends on", DateField(desk.today))
        self.funding_note = form.add("Which funding that is", LineField(), beside=True)
        self.description = form.add("What it says of itself", NoteField(1))
        self.note = form.add("Note", NoteField(2))
        self._end("&Save")

    def begin(self, row: PartnerRow | None, lots: Sequence[str], lot: str) -> None:
        """A new organisation (row None, in the lot that is looked at), or one to change."""
        self._of = row
        self.set_title(f"Change {row.name}" if row else "Add an organisation")
        self.form.clear()
        self.lots.set_lots(lots)
        self.lots.tie_between(self.days, self.own)
        if row is None:
            self.lots.set_value([lot] if lot else list(lots) if len(lots) == 1 else [])
            self.days.set_value(14)
        else:
            for box, value in (
                (self.name, row.name),
                (self.kind, row.kind),
                (self.days, row.reply_days),
                (self.lots, row.lots),
                (self.own, row.is_own_provision),
                (self.note, row.note),
                (self.website, row.website),
                (self.email, row.email),
                (self.funding_ends, row.funding_ends_on),
                (self.funding_note, row.funding_note),
                (self.description, row.description),
            ):
                box.set_value(value)
        self.form.first_focus()

    def _save(self) -> None:
        given: dict[str, Any] = {
            "name": self.name.value(),
            "kind": self.kind.value(),
            "lots": self.lots.value(),
            "reply_days": self.days.value() or 14,
            "is_own_provision": self.own.value(),
            "note": self.note.value(),
            "website": self.website.value(),
            "email": self.email.value(),
            "funding_ends_on": self.funding_ends.value(),
            "funding_note": self.funding_note.value(),
            "description": self.description.value(),
        }
        if self._of is None:
            self._act(
                self._desk,
                "Add an organisation",
                lambda session: actions.add_partner(session, **given),
                lambda id: self.saved.emit(id, f"{given['name']} was added."),
            )
        else:
            known, before = self._of.id, self._of
            for name in ("website", "email", "description"):        # as a feed may have said it: only what was changed is checked
                if (given[name] or None) == getattr(before, name):
                    del given[name]
            open_end = given["funding_ends_on"] is None
            self._act(
                self._desk,
                "Change an organisation",
                lambda session: actions.change_partner(session, known, funding_is_open=open_end, **given),
                lambda _none: self.saved.emit(known, f"{given['name']} was changed."),
            )
