"""The partners' page: the organisations of the lot above, the one that is looked at below, or a short form in its place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.partner.rules import folded
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.partner.contact_form import ContactForm
from coachdesk.ui.partner.detail import PartnerDetail
from coachdesk.ui.partner.lines import PartnerLine, Sheet, read_sheet
from coachdesk.ui.partner.organisation_form import OrganisationForm
from coachdesk.ui.partner.venue_form import VenueForm
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.theme import MEDIUM, SMALL
from coachdesk.ui.work import touches

_COLUMNS = (
    Column("Organisation", "name", 0),
    Column("Kind", "kind", 26),
    Column("Works in", "lots", 18),
    Column("Places", "venues", 7, "right"),
    Column("Contacts", "contacts", 9, "right"),
    Column("Sent", "given", 6, "right"),
    Column("Received", "received", 9, "right"),
    Column("Last referral", "last_on", 13),
)
_TAKEN = "hcafnlb"  # letters of the buttons, and of the lot under the rail


class PartnerPage(Page):
    """Enter on an organisation goes to its detail, Esc back to the list, Ctrl+N adds one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Partners", parent=parent)
        self.desk = desk
        self.sheet = Sheet((), (), (), ())
        self._wanted: tuple[str, UUID] | None = None
        self._is_to_focus = False
        self.add_action("&Bring in a file…", lambda: desk.offered.emit("bring in", "partner"))
        self.add_action("Add an orga&nisation…", self.new_organisation, primary=True, keys="Ctrl+N")
        self._build()
        desk.lot_changed.connect(lambda: self.reload(None))

    def _build(self) -> None:
        self.finder = LineField("Find by name, kind, place or contact")
        self.finder.setAccessibleName("Find an organisation")
        self.finder.changed.connect(self._show_lines)
        self.finder.submitted.connect(self._on_list_wanted)
        self.table = RowTable(
            "Organisations",
            _COLUMNS,
            empty="No organisation is known here yet. Add the first one: a food bank, a library…",
            empty_button="Add an organisation…",
            on_empty=self.new_organisation,
            least_rows=4,
        )
        above = QWidget()
        over = QVBoxLayout(above)
        over.setContentsMargins(0, 0, 0, 0)
        over.setSpacing(MEDIUM)
        over.addWidget(self.finder)
        over.addWidget(self.table, 1)
        self.detail = PartnerDetail()
        self.organisation = OrganisationForm(self.desk, _TAKEN)
        self.contact = ContactForm(self.desk, _TAKEN)
        self.venue = VenueForm(self.desk, _TAKEN)
        self.below = QStackedWidget()
        for widget in (QWidget(), self.detail, self.organisation, self.contact, self.venue):
            self.below.addWidget(widget)
        for form in (self.organisation, self.contact, self.venue):
            form.left.connect(self._on_form_left)
            form.saved.connect(self._on_saved)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(above)
        split.addWidget(self.below)
        split.setHandleWidth(MEDIUM + SMALL)
        split.setSizes([320, 340])
        self.body.addWidget(split, 1)
        self.table.current_changed.connect(self._on_line_looked_at)
        self.table.row_chosen.connect(self._on_line_opened)
        self.detail.change_asked.connect(self._change_organisation)
        self.detail.contact_asked.connect(self._edit_contact)
        self.detail.venue_asked.connect(self._edit_venue)

    # what the shell calls

    def reload(self, changes: Any = None) -> None:
        if changes is None or touches(changes, "partner", "referral", "programme"):
            lot = self.desk.lot
            self.desk.read(lambda session: read_sheet(session, lot), self, self._on_sheet)

    def open(self, kind: str, id: Any) -> None:
        self._wanted = (kind, id)
        self.finder.clear()
        self.reload()

    def first_focus(self) -> None:
        self._is_to_focus = not self.table.count()  # the rows may still be on their way
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # showing

    def _on_sheet(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._show_lines()
        places = sum(line.venues for line in sheet.lines)
        where = next((name for id, name in sheet.lots if id == self.desk.lot), "all lots")
        self.set_subtitle(
            f"{_many(len(sheet.lines), 'organisation')} in {where}, {_many(places, 'place')}, "
            f"{_many(sum(line.given for line in sheet.lines), 'referral')} sent, {sum(line.received for line in sheet.lines):,} received"
        )
        self._go_to_wanted()
        if self._is_to_focus and self.table.count() and not self._is_form_open():
            self.first_focus()

    def _is_form_open(self) -> bool:
        return self.below.currentWidget() in (self.organisation, self.contact, self.venue)

    def _show_lines(self) -> None:
        words = folded(self.finder.value()).split()
        lines = (
            [line for line in self.sheet.lines if all(word in self._sought(line) for word in words)] if words else list(self.sheet.lines)
        )
        self.table.set_empty(
            "No organisation fits. Type less, or add it with Ctrl+N."
            if words
            else "No organisation is known here yet. Add the first one: a food bank, a library…"
        )
        self.table.show_rows(lines)
        self._on_line_looked_at(self.table.current())

    def _sought(self, line: PartnerLine) -> str:
        inside = [each.name for each in self.sheet.contacts if each.partner_id == line.id]
        inside += [f"{each.name} {each.postcode or ''}" for each in self.sheet.venues if each.partner_id == line.id]
        return folded(" ".join([line.name, line.kind, line.lots, *inside]))

    def _go_to_wanted(self) -> None:
        if self._wanted is None:
            return
        (kind, id), self._wanted = self._wanted, None
        owner: UUID | None = id
        if kind == "partner.venue":
            owner = next((each.partner_id for each in self.sheet.venues if each.id == id), None)
        elif kind == "partner.contact":
            owner = next((each.partner_id for each in self.sheet.contacts if each.id == id), None)
        at = next((at for at, line in enumerate(self.sheet.lines) if line.id == owner), -1)
        if at < 0:
            if self.desk.lot is not None:  # it works in another lot: look at all of them
                self._wanted = (kind, id)
                self.desk.choose_lot(None)
            return
        self.table.go_to(at)
        self._on_line_looked_at(self.table.current())
        table = {"partner.venue": self.detail.venues, "partner.contact": self.detail.contacts}.get(kind)
        if table is not None:
            places = [table.model.row(at).id for at in range(table.count())]
            table.go_to(places.index(id) if id in places else 0)
            table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.first_focus()

    def _on_line_looked_at(self, line: PartnerLine | None) -> None:
        if self._is_form_open():
            return  # a form that is being filled in is not taken away
        if line is None:
            self.below.setCurrentIndex(0)
        else:
            self.detail.show_line(line, self.sheet)
            self.below.setCurrentWidget(self.detail)

    def _on_line_opened(self, line: PartnerLine) -> None:
        self._on_line_looked_at(line)
        busiest = self.detail.contacts if self.detail.contacts.count() else self.detail.change_button
        busiest.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_list_wanted(self) -> None:
        if self.table.count():
            self.table.go_to(0)
            self.first_focus()

    # forms

    def new_organisation(self) -> None:
        """The form for another organisation."""
        lot = next((name for id, name in self.sheet.lots if id == self.desk.lot), "")
        self.below.setCurrentWidget(self.organisation)
        self.organisation.begin(None, [name for _id, name in self.sheet.lots], lot)

    def _change_organisation(self) -> None:
        if self.detail.line is not None:
            self.below.setCurrentWidget(self.organisation)
            self.organisation.begin(self.detail.line.row, [name for _id, name in self.sheet.lots], "")

    def _edit_contact(self, row: Any) -> None:
        if self.detail.line is not None:
            self.below.setCurrentWidget(self.contact)
            self.contact.begin(self.detail.line.row, row)

    def _edit_venue(self, row: Any) -> None:
        if self.detail.line is not None:
            self.below.setCurrentWidget(self.venue)
            self.venue.begin(self.detail.line.row, row, self.sheet.lots, self.desk.lot)

    def _on_form_left(self) -> None:
        self.below.setCurrentIndex(0)
        self._on_line_looked_at(self.table.current())
        self.first_focus()

    def _on_saved(self, where: Any, sentence: str) -> None:
        self.below.setCurrentIndex(0)
        self.say_done(sentence)
        self.open(*(where if isinstance(where, tuple) else ("partner", where)))

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Escape and self.detail.isAncestorOf(self.focusWidget() or self):
            self.first_focus()
            return
        super().keyPressEvent(event)


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
