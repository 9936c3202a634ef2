"""How many people live in a ward: entered by hand, with the day that the count speaks of and where it comes from."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.casework.saturation import WardRow
from coachdesk.programme import actions, queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, WholeNumberField
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.row_table import Column, RowTable


class ResidentsForm(Editor):
    """`saved(words)` after a count was written down or taken away."""

    saved = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("How many people live in a ward", taken="icvpudmbot")
        self._desk = desk
        self._names: dict[str, str] = {}
        self.ward = self.form.add("Ward", ChoiceField(), required=True)
        self.residents = self.form.add("Residents", WholeNumberField(1, 200_000), required=True,
                                       hint="People of working age, or everybody: the same for all wards.")
        self.as_of = self.form.add("As of", DateField(desk.today, past_only=True), required=True, beside=True)
        self.source = self.form.add("Source", LineField("ONS mid-year estimates 2019", 60), required=True)
        self.counts = RowTable("Counts that were entered", (
            Column("Ward", "ward_name", 0), Column("Code", "ward_code", 11), Column("Residents", "residents", 11, "right",
                                                                                   show=lambda number: f"{number:,}"),
            Column("As of", "as_of", 16), Column("Source", "source", 0)), empty="No count was entered yet.", least_rows=3)
        self._end("&Save", Button("Ta&ke this count away", self.take_away))
        self.body.insertWidget(self.body.count() - 1, self.counts, 1)

    def begin(self, wards: list[WardRow], ward: str | None) -> None:
        """For one of these wards, by its code."""
        self.form.clear()
        self._names = {row.id: row.ward for row in wards}
        self.ward.set_choices([(row.id, f"{row.ward}, {row.id}, {row.lot}") for row in wards])
        if ward in self._names:
            self.ward.set_value(ward)
        self._read()
        self.first_focus()

    def _read(self) -> None:
        def arrived(rows: list[queries.WardCountRow]) -> None:
            self.counts.show_rows(rows)
            if rows and self.source.is_empty() and self.as_of.is_empty():
                newest = max(rows, key=lambda row: row.as_of)         # the next ward is mostly from the same list
                self.source.set_value(newest.source)
                self.as_of.set_value(newest.as_of)

        self._desk.read(queries.ward_counts, self, arrived)

    def first_focus(self) -> None:
        """The ward, or its residents where the ward is chosen."""
        (self.ward if self.ward.is_empty() else self.residents).setFocus()

    def _save(self) -> None:
        ward, residents, as_of = str(self.ward.value()), int(self.residents.value() or 0), self.as_of.value()
        source = self.source.value()

        def enter(session: Any) -> Any:
            before = [row for row in queries.ward_counts(session) if row.ward_code == ward and row.as_of == as_of]
            if before:
                actions.change_ward_count(session, before[0].id, residents=residents, source=source)
                return before[0].id
            assert isinstance(as_of, date)
            return actions.add_ward_count(session, ward_code=ward, residents=residents, as_of=as_of, source=source,
                                          ward_name=self._names.get(ward))

        self._act(self._desk, "Enter a resident count", enter,
                  lambda _id: self.saved.emit(f"{self._names.get(ward, ward)}: {residents:,} residents."))

    def take_away(self) -> None:
        """Take away the count one stands on in the list."""
        row = self.counts.current()
        if row is None:
            return
        id: UUID = row.id
        self._desk.act("Take a resident count away", lambda session: actions.remove_ward_count(session, id), self,
                       lambda _none: self.saved.emit(f"The count of {row.ward_name} was taken away."))
