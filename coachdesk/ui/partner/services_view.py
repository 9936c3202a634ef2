"""What an organisation offers: its services in a list, and the one that is looked at beside it, with when it is open and last checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.partner import queries
from coachdesk.partner.queries import ServicePlaceRow, ServiceRow
from coachdesk.partner.rules import ACTIVE, STALE_DAYS
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.entry import short_day
from coachdesk.ui.parts.page import Card, Facts, Scrolled
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One row of the list. label: the name, after how it stands where it is not active; checked: the day of the last check, or never."""

    id: UUID
    label: str
    checked: str
    row: ServiceRow


def service_line(row: ServiceRow) -> ServiceLine:
    """One row of the list."""
    label = row.name if row.status == ACTIVE else f"{row.status}: {row.name}"
    return ServiceLine(row.id, label, short_day(row.assured_on) if row.assured_on else "never", row)


def checked_words(on: date | None, today: date) -> str:
    """`3 May 2020`, `3 Aug 2019: long ago`, `never`."""
    if on is None:
        return "never"
    return f"{day_text(on)}{': long ago' if (today - on).days > STALE_DAYS else ''}"


def facts_of(row: ServiceRow, places: list[ServicePlaceRow], today: date) -> list[tuple[str, str]]:
    """A service at a glance; what nobody knows is left out, but for when it is open and when that was checked."""
    where = [", ".join(part for part in (each.name, each.address, each.postcode) if part) for each in places]
    access = [each.access for each in places if each.access]
    pairs = [
        ("Now", row.alert), ("Open", row.opening or "not known"), ("Where", "\n".join(where)), ("Getting in", "; ".join(access)),
        ("Languages", ", ".join(row.languages)), ("Costs", "; ".join(part for part in (row.fees, row.costs) if part)),
        ("For whom", row.eligibility), ("Ages", row.ages), ("Telephone", row.phone), ("E-mail", row.email), ("Website", row.website),
        ("Filed under", ", ".join(row.categories)), ("What it is", row.description), ("Our note", row.note)]
    return [("Status", row.status), ("Last checked", checked_words(row.assured_on, today)), *((what, how) for what, how in pairs if how)]


class ServicesView(QWidget):
    """The page decides what the buttons do; each signal but `added` names the service."""

    add_asked = Signal()
    change_asked = Signal(object)
    times_asked = Signal(object)
    checked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._partner: UUID | None = None
        self._wanted: UUID | None = None
        self.places: list[ServicePlaceRow] = []
        self.table = RowTable(
            "Services", (Column("Service", "label", 0), Column("Last checked", "checked", 13)),
            empty="No service is written down yet. Add what people can be sent here for.")
        self.heading = PlainLabel("", "subheading", wrap=True)
        self.facts = Facts()
        self.add_button = Button("Add a &service…", self.add_asked.emit)
        self.change_button = Button("Chang&e…", lambda: self._emit(self.change_asked))
        self.times_button = Button("&Opening times…", lambda: self._emit(self.times_asked))
        self.check_button = Button("Chec&ked today", lambda: self._emit(self.checked))
        self.check_button.setToolTip("What is written here of the service was right today")
        self._build()

    def _build(self) -> None:
        listed, told = Card("Services"), Card()
        told.setAccessibleName("Service")
        listed.body.addWidget(self.table, 1)
        listed.body.addWidget(ButtonRow((self.add_button,)))
        told.body.addWidget(self.heading)
        told.body.addWidget(Scrolled(self.facts), 1)
        self._buttons = ButtonRow((self.check_button, self.times_button, self.change_button))
        told.body.addWidget(self._buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Sides(listed, told, (380, 420), narrow=70))
        self.table.current_changed.connect(self._on_current_changed)
        self.table.row_chosen.connect(lambda line: self.change_asked.emit(line.row))

    def show_partner(self, partner: UUID) -> None:
        """Read the services of an organisation."""
        self._partner = partner
        self._desk.read(lambda session: (queries.services(session, partner=partner), queries.service_places(session, partner=partner)),
                        self, lambda found: self._on_read(partner, found))

    def go_to(self, service: UUID) -> None:
        """Stand on a service, now or once it is read."""
        self._wanted = service
        self._go()

    def current(self) -> ServiceRow | None:
        """The service one stands on."""
        line: Any = self.table.current()
        return line.row if line is not None else None

    def _on_read(self, partner: UUID, found: tuple[list[ServiceRow], list[ServicePlaceRow]]) -> None:
        if partner != self._partner:
            return
        rows, self.places = found
        self.table.show_rows([service_line(row) for row in rows])
        self._go()
        self._on_current_changed(self.table.current())

    def _go(self) -> None:
        places = [self.table.model.row(at).id for at in range(self.table.count())]
        if self._wanted in places:
            self.table.go_to(places.index(self._wanted))
            self._wanted = None

    def _on_current_changed(self, line: ServiceLine | None) -> None:
        self.heading.setText(line.row.name if line else "")
        self._buttons.setVisible(line is not None)
        places = [each for each in self.places if line is not None and each.service_id == line.id]
        self.facts.show_pairs(facts_of(line.row, places, self._desk.today()) if line else [])

    def _emit(self, signal: Any) -> None:
        row = self.current()
        if row is not None:
            signal.emit(row)
