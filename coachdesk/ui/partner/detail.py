"""One organisation at a glance: what it is, how the traffic goes, its people, its places."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.ui.partner.lines import PartnerLine, Sheet
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Card, Facts
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel


class PartnerDetail(QWidget):
    """Three cards side by side. The page decides what the buttons do."""

    change_asked = Signal()
    contact_asked = Signal(object)  # a ContactRow, or None for a new one
    venue_asked = Signal(object)  # a VenueRow, or None for a new one

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line: PartnerLine | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.facts = Facts()
        self.heading = PlainLabel("", "subheading", wrap=True)
        self.change_button = Button("C&hange…", self.change_asked.emit)
        about = Card()
        about.setAccessibleName("Organisation")
        about.body.addWidget(self.heading)
        about.body.addWidget(self.facts)
        about.body.addStretch(1)
        about.body.addLayout(_row(self.change_button))
        self.contacts = RowTable(
            "Contacts",
            (Column("Contact", "name", 0, private=True), Column("Role", "role", 11), Column("Telephone", "phone", 15, private=True)),
            empty="Nobody is known here yet. Add the person whom one rings.",
        )
        self.contact_button = Button("Add a &contact…", lambda: self.contact_asked.emit(None))
        people = _with_list("Contacts", self.contacts, self.contact_button)
        self.venues = RowTable(
            "Places",
            (Column("Place", "label", 0), Column("Postcode", "postcode", 9), Column("Lot", "lot", 0)),
            empty="No place yet. Add where people are met; outreach sessions need one.",
        )
        self.venue_button = Button("&Add a place…", lambda: self.venue_asked.emit(None))
        places = _with_list("Places", self.venues, self.venue_button)
        layout.addWidget(Sides(about, Sides(people, places, (400, 400), narrow=70), (245, 815)))
        self.contacts.row_chosen.connect(self.contact_asked)
        self.venues.row_chosen.connect(self.venue_asked)

    def show_line(self, line: PartnerLine, sheet: Sheet) -> None:
        """Show an organisation with its people and places."""
        self.line = line
        row = line.row
        self.heading.setText(row.name)
        self.facts.show_pairs(
            [
                ("Kind", row.kind),
                ("Works in", line.lots),
                ("Provision", "belongs to the lead provider itself" if row.is_own_provision else "independent of the lead provider"),
                ("Reply within", f"{row.reply_days} day{'' if row.reply_days == 1 else 's'}"),
                ("Referrals", line.record.sentence()),
                ("Last", day_text(line.last_on) if line.last_on else "none yet"),
                *([("Note", row.note)] if row.note else []),
            ]
        )
        self.contacts.show_rows([each for each in sheet.contacts if each.partner_id == row.id])
        self.venues.show_rows([each for each in sheet.venues if each.partner_id == row.id])


def _row(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _with_list(title: str, table: RowTable, button: Button) -> Card:
    card = Card(title)
    card.body.addWidget(table, 1)
    card.body.addLayout(_row(button))
    return card
