"""One organisation at a glance: what it is and how the traffic goes; its people and places, what it offers, what was agreed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.partner.queries import ContactRow, PartnerRow
from coachdesk.partner.rules import end_words
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.views import Views
from coachdesk.ui.partner.agreements_view import AgreementsView
from coachdesk.ui.partner.lines import PartnerLine, Sheet
from coachdesk.ui.partner.services_view import ServicesView
from coachdesk.ui.partner.upkeep_view import UpkeepView
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Card, Facts, Scrolled
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Front, Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import SMALL

PEOPLE, SERVICES, AGREEMENTS, UPKEEP = "people", "services", "agreements", "upkeep"
_VIEWS = ((PEOPLE, "&People and places"), (SERVICES, "Ser&vices"), (AGREEMENTS, "A&greements"), (UPKEEP, "&Upkeep"))


class PartnerDetail(QWidget):
    """What it is at the left; its people and places, services, agreements or upkeep at the right. The page decides what the buttons do."""

    change_asked = Signal()
    funding_seen = Signal()
    leaving_seen = Signal(object)  # a ContactRow
    contact_asked = Signal(object)  # a ContactRow, or None for a new one
    venue_asked = Signal(object)  # a VenueRow, or None for a new one

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.line: PartnerLine | None = None
        self._leaving: frozenset[UUID] = frozenset()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.facts = Facts()
        self.heading = PlainLabel("", "subheading", wrap=True)
        self.change_button = Button("C&hange…", self.change_asked.emit)
        self.funding_button = Button("Looked at the &funding", self.funding_seen.emit)
        self.funding_button.setToolTip("It leaves Today until the next warning: 30 days before the end, then on the day itself")
        self.about = about = Card()
        about.setAccessibleName("Organisation")
        about.body.addWidget(self.heading)
        self.links = PlainLabel("", wrap=True)
        self.links.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        told = QWidget()
        facts = QVBoxLayout(told)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setSpacing(SMALL)
        facts.addWidget(self.facts)
        facts.addWidget(self.links)
        about.body.addWidget(Scrolled(told), 1)
        about.body.addWidget(ButtonRow((self.change_button, self.funding_button)))
        self.contacts = RowTable(
            "Contacts",
            (Column("Contact", "name", 0, private=True), Column("Role", "says", 11), Column("Telephone", "phone", 15, private=True)),
            empty="Nobody is known here yet. Add the person whom one rings.",
        )
        self.contact_button = Button("Add a &contact…", lambda: self.contact_asked.emit(None))
        self.leaving_button = Button("Loo&ked at their leaving", lambda: self.leaving_seen.emit(self.contacts.current()))
        self.leaving_button.setToolTip("It leaves Today until the next warning: 30 days before they go, then on the day itself")
        people = _with_list("Contacts", self.contacts, self.contact_button, self.leaving_button)
        self.venues = RowTable(
            "Places",
            (Column("Place", "label", 0), Column("Postcode", "postcode", 9), Column("Lot", "lot", 0)),
            empty="No place yet. Add where people are met; outreach sessions need one.",
        )
        self.venue_button = Button("&Add a place…", lambda: self.venue_asked.emit(None))
        places = _with_list("Places", self.venues, self.venue_button)
        self.services, self.agreements, self.upkeep = ServicesView(desk), AgreementsView(desk), UpkeepView(desk)
        self.views = Views("What is shown of the organisation", _VIEWS)
        self.front = Front()
        self._shown: dict[str, QWidget] = {PEOPLE: Sides(people, places, (400, 400), narrow=70), SERVICES: self.services,
                                           AGREEMENTS: self.agreements, UPKEEP: self.upkeep}
        for view in self._shown.values():
            self.front.addWidget(view)
        right = QWidget()
        down = QVBoxLayout(right)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(SMALL)
        down.addWidget(self.views)
        down.addWidget(self.front, 1)
        layout.addWidget(Sides(about, right, (245, 815)))
        self.views.moved.connect(self._on_moved)
        self.contacts.row_chosen.connect(self.contact_asked)
        self.contacts.current_changed.connect(self._on_contact_looked_at)
        self.venues.row_chosen.connect(self.venue_asked)

    def _on_contact_looked_at(self, row: ContactRow | None) -> None:
        self.leaving_button.setVisible(row is not None and row.id in self._leaving)

    def go(self, key: str) -> None:
        """Look at people and places, services, agreements, or how it is tended."""
        self.views.go(key)

    def _on_moved(self, key: str) -> None:
        self.about.setVisible(key != UPKEEP)        # its clocks and its history need the room, and say whose they are
        self.front.setCurrentWidget(self._shown[key])
        self._read()

    def _read(self) -> None:
        if self.line is not None and self.views.key() == SERVICES:
            self.services.show_partner(self.line.id)
        elif self.line is not None and self.views.key() == AGREEMENTS:
            self.agreements.show_partner(self.line.id)
        elif self.line is not None and self.views.key() == UPKEEP:
            self.upkeep.show_partner(self.line.id)

    def show_line(self, line: PartnerLine, sheet: Sheet) -> None:
        """Show an organisation with its people and places."""
        self.line = line
        row, today = line.row, self._desk.today()
        self.heading.setText(row.name)
        self.views.count(SERVICES, row.services or None)
        self.views.count(AGREEMENTS, line.agreements or None)
        self.funding_button.setVisible(line.is_funding_due)
        more = (("Funding", funding_words(row, today)), ("About", row.description), ("Note", row.note))
        self.facts.show_pairs(
            [
                ("Kind", row.kind),
                ("Works in", line.lots),
                ("Provision", "belongs to the lead provider itself" if row.is_own_provision else "independent of the lead provider"),
                ("Reply within", f"{row.reply_days} day{'' if row.reply_days == 1 else 's'}"),
                ("Referrals", line.record.sentence()),
                ("Last", day_text(line.last_on) if line.last_on else "none yet"),
                *((what, how) for what, how in more if how),
            ]
        )
        self.links.setText("\n".join(each for each in (row.website, row.email) if each))
        self.links.setVisible(bool(self.links.text()))
        self._leaving = sheet.leaving
        self.contacts.show_rows([each for each in sheet.contacts if each.partner_id == row.id])
        self._on_contact_looked_at(self.contacts.current())
        self.venues.show_rows([each for each in sheet.venues if each.partner_id == row.id])
        self._read()


def funding_words(row: PartnerRow, today: date) -> str:
    """When an organisation's own money ends, and which money that is; empty where nobody knows."""
    if row.funding_ends_on is None:
        return row.funding_note or ""
    return f"{end_words(row.funding_ends_on, today)}{f' ({row.funding_note})' if row.funding_note else ''}"


def _with_list(title: str, table: RowTable, *buttons: Button) -> Card:
    card = Card(title)
    card.body.addWidget(table, 1)
    card.body.addWidget(ButtonRow(buttons))
    return card
