"""One service of an organisation: new, changed, or taken off the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.partner import actions
from coachdesk.partner.queries import ServicePlaceRow, ServiceRow, VenueRow
from coachdesk.partner.rules import ACTIVE, SERVICE_STATUSES
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.partner.organisation_form import LotsField
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, NoteField, WholeNumberField

_OLDEST = 120


class ServiceForm(Editor):
    """`saved(kind and id of what the keyboard goes to, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Add a service", taken=taken)
        self._desk = desk
        self._partner: UUID | None = None
        self._of: ServiceRow | None = None
        self._venues: dict[str, UUID] = {}
        self._at: dict[UUID, UUID] = {}
        form = self.form
        self.name = form.add("Name of the service", LineField(), required=True)
        self.status = form.add("Status", ChoiceField([(each, each) for each in SERVICE_STATUSES]), required=True, beside=True)
        self.alert = form.add("What one has to know now", LineField("such as: by telephone until further notice"))
        self.checked = form.add("Last checked on", DateField(desk.today), beside=True)
        self.languages = form.add("Languages, with commas", LineField("English, Urdu"))
        self.categories = form.add("Filed under, with commas", LineField("debt advice, ESOL"), beside=True)
        self.phone = form.add("Telephone", LineField(longest=40))
        self.email = form.add("E-mail", LineField(), beside=True)
        self.website = form.add("Website", LineField("https://example.org"), beside=True)
        self.fees = form.add("Costs", LineField("free"))
        self.youngest = form.add("Youngest", WholeNumberField(0, _OLDEST), beside=True)
        self.oldest = form.add("Oldest", WholeNumberField(0, _OLDEST), beside=True)
        self.eligibility = form.add("For whom", NoteField(1))
        self.places = form.add("Given at", LotsField(), hint="Places of the organisation; others that a feed named stay as they are.")
        self.description = form.add("What it is", NoteField(2))
        self.note = form.add("Our own note", NoteField(1), hint="It stays here and does not go out with a feed.")
        self.remove_button = Button("Take it off the list", self._remove)
        self._end("&Save", self.remove_button)

    def begin(self, partner: UUID | None, name: str, row: ServiceRow | None, venues: Sequence[VenueRow],
              places: Sequence[ServicePlaceRow]) -> None:
        """A new service of an organisation, or one to change."""
        self._partner, self._of = partner, row
        self.set_title(f"Change {row.name}" if row else f"Add a service of {name}")
        self.form.clear()
        self.remove_button.setVisible(row is not None)
        self._venues = {each.name: each.id for each in venues}
        self._at = {each.venue_id: each.id for each in places if row is not None and each.service_id == row.id and each.venue_id}
        self.form.row_of(self.places).setVisible(bool(self._venues))
        self.places.set_lots([*self._venues])
        self.places.tie_between(self.eligibility, self.description)
        self.places.set_value([each for each, id in self._venues.items() if id in self._at])
        self.status.set_value(ACTIVE)
        if row is not None:
            for box, value in (
                (self.name, row.name), (self.status, row.status), (self.checked, row.assured_on), (self.alert, row.alert),
                (self.languages, ", ".join(row.languages)), (self.categories, ", ".join(row.categories)), (self.phone, row.phone),
                (self.email, row.email), (self.website, row.website), (self.fees, row.fees), (self.youngest, row.minimum_age),
                (self.oldest, row.maximum_age), (self.eligibility, row.eligibility), (self.description, row.description),
                (self.note, row.note)):
                box.set_value(value)
        self.form.first_focus()

    def _given(self) -> dict[str, Any]:
        return {
            "name": self.name.value(), "status": self.status.value(), "assured_on": self.checked.value(), "alert": self.alert.value(),
            "languages": _words(self.languages.value()), "categories": _words(self.categories.value()), "phone": self.phone.value(),
            "email": self.email.value(), "website": self.website.value(), "fees": self.fees.value(), "minimum_age": self.youngest.value(),
            "maximum_age": self.oldest.value(), "eligibility": self.eligibility.value(), "description": self.description.value(),
            "note": self.note.value()}

    def _save(self) -> None:
        given, partner, of, at = self._given(), self._partner, self._of, dict(self._at)
        wanted = [self._venues[name] for name in self.places.value()]

        def save(session: Any) -> UUID:
            if of is None:
                assert partner is not None
                known = actions.add_service(session, partner=partner, **given)
            else:
                known = of.id
                actions.change_service(session, known, has_no_age=True, **_changed(of, given))
            for venue in wanted:
                if venue not in at:
                    actions.add_service_place(session, service=known, venue=venue)
            for venue, place in at.items():
                if venue not in wanted:
                    actions.remove_service_place(session, place)
            return known

        self._act(self._desk, "Change a service" if of else "Add a service", save,
                  lambda id: self.saved.emit(("partner.service", id), f"{given['name']} was {'changed' if of else 'added'}."))

    def _remove(self) -> None:
        if self._of is not None:
            known, name, partner = self._of.id, self._of.name, self._of.partner_id
            said = f"{name} was taken off the list. Ctrl+Z brings it back."
            self._act(self._desk, "Take a service off the list", lambda session: actions.remove_service(session, known),
                      lambda _none: self.saved.emit(("partner.services", partner), said))


def _changed(of: ServiceRow, given: dict[str, Any]) -> dict[str, Any]:
    """What differs from the service as it stands; its ages always, for they are cleared first."""
    before = {name: getattr(of, name) for name in given}
    before |= {"languages": list(of.languages), "categories": list(of.categories)}
    always = ("minimum_age", "maximum_age")
    return {name: value for name, value in given.items() if name in always or (value or None) != (before[name] or None)}


def _words(text: str) -> list[str]:
    return sorted({each.strip() for each in text.replace(";", ",").split(",") if each.strip()})
