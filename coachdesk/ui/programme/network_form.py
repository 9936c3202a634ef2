"""How partners are tended in this programme: the usual cadence, the steps of trust, and which of them are cold and warm."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import queries as partner_queries
from coachdesk.programme import actions
from coachdesk.programme.queries import NetworkRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.fields import ChoiceField, NoteField, WholeNumberField

_MOST_DAYS = 730


class NetworkForm(Editor):
    """`saved(sentence)`."""

    saved = Signal(str)

    def __init__(self, desk: Desk, taken: str = "") -> None:
        super().__init__("How partners are tended", taken=taken)
        self._desk = desk
        self._of: UUID | None = None
        self.days = self.form.add("In touch at least every so many days, unless said otherwise",
                                  WholeNumberField(1, _MOST_DAYS), required=True)
        self.steps = self.form.add("Steps of trust, the lowest first, one on each line", NoteField(6), required=True,
                                   hint="What was said in other words before keeps its words, and is neither cold nor warm.")
        self.cold_to = self.form.add("Cold up to", ChoiceField(), required=True, beside=True,
                                     hint="They hold us off, or do not know us.")
        self.warm_from = self.form.add("Works with us from", ChoiceField(), required=True, beside=True)
        self.steps.changed.connect(self._offer)
        self._end("&Save")

    def begin(self, row: NetworkRow) -> None:
        """As it stands."""
        self._of = row.id
        self.form.clear()
        self.days.set_value(row.cadence_days)
        self.steps.set_value("\n".join(row.trust))
        self._offer()
        self.cold_to.set_value(row.cold_to)
        self.warm_from.set_value(row.warm_from)
        self.form.first_focus()

    def _lines(self) -> list[str]:
        return [" ".join(line.split()) for line in self.steps.value().splitlines() if line.strip()]

    def _offer(self) -> None:
        """The steps as they are typed are what can be cold or warm."""
        steps = [*dict.fromkeys(self._lines())]
        for box in (self.cold_to, self.warm_from):
            chosen = box.value()
            box.set_choices([(step, step) for step in steps])
            box.set_value(chosen if chosen in steps else None)

    def _save(self) -> None:
        known = self._of
        assert known is not None
        given: dict[str, Any] = {"cadence_days": self.days.value(), "trust": self._lines(), "cold_to": self.cold_to.value(),
                                 "warm_from": self.warm_from.value()}

        def change(session: Any) -> int:
            actions.change_network(session, known, **given)
            session.flush()
            return partner_queries.off_scale(session)

        self._act(self._desk, "Change how partners are tended", change, lambda off: self.saved.emit(_said(off)))


def _said(off: int) -> str:
    """What was done, and who has to be asked anew."""
    if not off:
        return "How partners are tended was changed."
    many = "1 organisation stands" if off == 1 else f"{off:,} organisations stand"
    return f"How partners are tended was changed. {many} at a step that is not on the scale any more: say anew how they take us."
