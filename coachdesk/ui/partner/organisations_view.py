"""The organisations of the lot above, the one that is looked at below, or a short form in its place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from coachdesk.partner import actions, queries
from coachdesk.partner.queries import ServiceRow
from coachdesk.partner.rules import folded
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.partner.agreement_form import AgreementForm
from coachdesk.ui.partner.contact_form import ContactForm
from coachdesk.ui.partner.detail import AGREEMENTS, PEOPLE, SERVICES, UPKEEP, PartnerDetail
from coachdesk.ui.partner.lines import PartnerLine, Sheet, read_sheet
from coachdesk.ui.partner.organisation_form import OrganisationForm
from coachdesk.ui.partner.service_form import ServiceForm
from coachdesk.ui.partner.tending import Tending
from coachdesk.ui.partner.times_form import TimesForm
from coachdesk.ui.partner.venue_form import VenueForm
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Front
from coachdesk.ui.parts.theme import MEDIUM, SMALL

_COLUMNS = (
    Column("Organisation", "name", 0),
    Column("Kind", "kind", 18),
    Column("Works in", "lots", 12),
    Column("Sent", "given", 6, "right"),
    Column("Received", "received", 9, "right"),
    Column("Upkeep", "upkeep", 19),
    Column("Trust", "trust", 42),
)
_TAKEN = "hcafnbyrdwlti"  # letters of the buttons, and of the views above
_LOOKING, _FILLING = [300, 360], [150, 510]      # how the height is shared: while one looks, while a form is open


class OrganisationsView(QWidget):
    """Enter on an organisation goes to its detail, Esc back to the list. `told` is the line under the title, `said` that a deed worked."""

    told = Signal(str)
    said = Signal(str)
    open_requested = Signal(str, object)
    in_front_wanted = Signal()          # a record of it is opened from elsewhere, or a form begins

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sheet = Sheet((), (), (), ())
        self._wanted: tuple[str, UUID] | None = None
        self._is_to_focus = False
        self._looked = _LOOKING
        self._build()

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
            on_empty=self.new,
            least_rows=4,
        )
        above = QWidget()
        over = QVBoxLayout(above)
        over.setContentsMargins(0, 0, 0, 0)
        over.setSpacing(MEDIUM)
        over.addWidget(self.finder)
        over.addWidget(self.table, 1)
        self.detail = PartnerDetail(self.desk)
        self.views = self.detail.views
        self.organisation = OrganisationForm(self.desk, _TAKEN)
        self.contact = ContactForm(self.desk, _TAKEN)
        self.venue = VenueForm(self.desk, _TAKEN)
        self.service, self.times = ServiceForm(self.desk, _TAKEN), TimesForm(self.desk, _TAKEN)
        self.agreement = AgreementForm(self.desk, _TAKEN)
        self.tending = Tending(self.desk, _TAKEN, self)
        self.forms = (self.organisation, self.contact, self.venue, self.service, self.times, self.agreement, *self.tending.forms)
        self.below = Front()
        for widget in (QWidget(), self.detail, *self.forms):
            self.below.addWidget(widget)
        for form in self.forms:
            form.left.connect(self._on_form_left)
            form.saved.connect(self._on_saved)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(above)
        self.split.addWidget(self.below)
        self.split.setHandleWidth(MEDIUM + SMALL)
        self.split.setSizes(_LOOKING)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.split, 1)
        self._connect()

    def _connect(self) -> None:
        self.table.current_changed.connect(self._on_line_looked_at)
        self.table.row_chosen.connect(self._on_line_opened)
        self.detail.change_asked.connect(self._change_organisation)
        self.detail.contact_asked.connect(self._edit_contact)
        self.detail.venue_asked.connect(self._edit_venue)
        self.detail.funding_seen.connect(self._see_funding)
        self.detail.leaving_seen.connect(self._see_leaving)
        services, agreements = self.detail.services, self.detail.agreements
        services.add_asked.connect(lambda: self._edit_service(None))
        services.change_asked.connect(self._edit_service)
        services.times_asked.connect(self._edit_times)
        services.checked.connect(self._check_service)
        agreements.asked.connect(self._edit_agreement)
        agreements.seen.connect(self._see_agreement)
        self.tending.connect_to(self.detail.upkeep, self._show_form)
        self.detail.upkeep.open_requested.connect(self.open_requested)

    # what the page calls

    def read(self) -> None:
        """Ask the store again."""
        lot, today = self.desk.lot, self.desk.today()
        self.desk.read(lambda session: read_sheet(session, lot, today), self, self._on_sheet)

    def open(self, kind: str, id: Any) -> None:
        """Stand on an organisation, or on a record inside one."""
        self._wanted = (kind, id)
        self.in_front_wanted.emit()
        self.finder.clear()
        self.read()

    def first_focus(self) -> None:
        """The list; it takes the keyboard once its rows are there."""
        self._is_to_focus = not self.table.count()  # the rows may still be on their way
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # showing

    def _on_sheet(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._show_lines()
        places = sum(line.venues for line in sheet.lines)
        where = next((name for id, name in sheet.lots if id == self.desk.lot), "all lots")
        self.told.emit(
            f"{_many(len(sheet.lines), 'organisation')} in {where}, {_many(places, 'place')}, "
            f"{_many(sum(line.given for line in sheet.lines), 'referral')} sent, {sum(line.received for line in sheet.lines):,} received"
        )
        self._go_to_wanted()
        if self._is_to_focus and self.table.count() and not self._is_form_open():
            self.first_focus()

    def _is_form_open(self) -> bool:
        return self.below.currentWidget() in self.forms

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
        elif kind in ("partner.service", "partner.agreement"):
            owner = self.sheet.owners.get(id)
            if owner is None and id in self.sheet.owners:       # a feed named no organisation for it
                self.desk.read(lambda session: queries.services(session, id=id), self, lambda rows: self._edit_service(*rows[:1]))
                return
        at = next((at for at, line in enumerate(self.sheet.lines) if line.id == owner), -1)
        if at < 0:
            if self.desk.lot is not None:  # it works in another lot: look at all of them
                self._wanted = (kind, id)
                self.desk.choose_lot(None)
            return
        self.table.go_to(at)
        self._on_line_looked_at(self.table.current())
        self._go_inside(kind, id)

    def _go_inside(self, kind: str, id: UUID) -> None:
        """To a record of the organisation that is shown; else the keyboard stays in the list."""
        view = {"partner.venue": PEOPLE, "partner.contact": PEOPLE, "partner.service": SERVICES, "partner.services": SERVICES,
                "partner.agreement": AGREEMENTS, "partner.agreements": AGREEMENTS, "partner.upkeep": UPKEEP}.get(kind)
        if view is not None:
            self.detail.go(view)
        lists: dict[str, Any] = {SERVICES: self.detail.services, AGREEMENTS: self.detail.agreements}
        inside = lists.get(view or "")
        table = {"partner.venue": self.detail.venues, "partner.contact": self.detail.contacts}.get(kind)
        if view == UPKEEP:
            self.detail.upkeep.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif inside is not None:
            inside.go_to(id)
            inside.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif table is not None:
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
        inside = {SERVICES: self.detail.services.table, AGREEMENTS: self.detail.agreements.table, PEOPLE: self.detail.contacts,
                  UPKEEP: self.detail.upkeep.table}
        table = inside[self.detail.views.key()]
        (table if table.count() else self.detail.change_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_list_wanted(self) -> None:
        if self.table.count():
            self.table.go_to(0)
            self.first_focus()

    # forms

    def new(self) -> None:
        """The form for another organisation."""
        lot = next((name for id, name in self.sheet.lots if id == self.desk.lot), "")
        self.in_front_wanted.emit()
        self._show_form(self.organisation)
        self.organisation.begin(None, [name for _id, name in self.sheet.lots], lot)

    def _change_organisation(self) -> None:
        if self.detail.line is not None:
            self._show_form(self.organisation)
            self.organisation.begin(self.detail.line.row, [name for _id, name in self.sheet.lots], "")

    def _edit_contact(self, row: Any) -> None:
        if self.detail.line is not None:
            self._show_form(self.contact)
            self.contact.begin(self.detail.line.row, row)

    def _edit_venue(self, row: Any) -> None:
        if self.detail.line is not None:
            self._show_form(self.venue)
            self.venue.begin(self.detail.line.row, row, self.sheet.lots, self.desk.lot)

    def _edit_service(self, row: ServiceRow | None = None) -> None:
        line = self.detail.line
        of = row.partner_id if row is not None else line.id if line is not None else None
        if row is not None or of is not None:
            self._show_form(self.service)
            venues = [each for each in self.sheet.venues if of is not None and each.partner_id == of]
            self.service.begin(of, line.name if line else "", row, venues, self.detail.services.places)

    def _edit_times(self, row: ServiceRow) -> None:
        self._show_form(self.times)
        self.times.begin(row)

    def _edit_agreement(self, row: Any) -> None:
        if self.detail.line is not None:
            self._show_form(self.agreement)
            self.agreement.begin(self.detail.line.row, row)

    def _check_service(self, row: ServiceRow) -> None:
        self.desk.act("Check a service", lambda session: actions.check_service(session, row.id), self,
                      lambda _none: self.said.emit(f"{row.name} was checked today."))

    def _see_agreement(self, row: queries.AgreementRow) -> None:
        self.desk.act("Look at the end of an agreement", lambda session: actions.see_agreement_end(session, row.id), self,
                      lambda _none: self.said.emit(f"{row.what} leaves Today until its next warning."))

    def _see_funding(self) -> None:
        line = self.detail.line
        if line is not None:
            self.desk.act("Look at the end of a partner’s funding", lambda session: actions.see_funding_end(session, line.id), self,
                          lambda _none: self.said.emit(f"The funding of {line.name} leaves Today until its next warning."))
            self.detail.change_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _see_leaving(self, row: queries.ContactRow) -> None:
        self.desk.act("Look at the leaving of a key person", lambda session: actions.see_leaving(session, row.id), self,
                      lambda _none: self.said.emit(f"The leaving of {row.name} leaves Today until its next warning."))
        self.detail.contacts.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_form(self, form: QWidget) -> None:
        """A form takes the place of the organisation below, and more of the height."""
        if not self._is_form_open():
            self._looked = self.split.sizes()
            self.split.setSizes(_FILLING)
        self.below.setCurrentWidget(form)

    def _leave_form(self) -> None:
        if self._is_form_open():
            self.split.setSizes(self._looked)
        self.below.setCurrentIndex(0)

    def _on_form_left(self) -> None:
        was: Any = self.below.currentWidget()
        self._leave_form()
        self._on_line_looked_at(self.table.current())
        services, agreements = self.detail.services, self.detail.agreements
        inside: Any = {self.service: services, self.times: services, self.agreement: agreements,
                       **dict.fromkeys(self.tending.forms, self.detail.upkeep)}.get(was)
        if inside is not None and inside.isVisible() and inside.table.count():
            inside.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.first_focus()

    def _on_saved(self, where: Any, sentence: str) -> None:
        self._leave_form()
        self.said.emit(sentence)
        self.open(*(where if isinstance(where, tuple) else ("partner", where)))

    def redraw_names(self) -> None:
        """Names become initials, or come back."""
        self.detail.upkeep.redraw_names()

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Escape and self.detail.isAncestorOf(self.focusWidget() or self):
            self.first_focus()
            return
        super().keyPressEvent(event)


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
