"""Opening a session, or changing one. A place that is not known yet is added by its name and postcode in the same step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Refusal
from coachdesk.outreach import actions, queries
from coachdesk.outreach.rules import SESSION_KINDS, time_of
from coachdesk.partner import actions as partner_actions
from coachdesk.partner import queries as partner_queries
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, NoteField, WholeNumberField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.page import Scrolled
from coachdesk.ui.parts.text import PlainLabel

_WIDEST = 84          # characters
_RECENT = 200


class PlaceField(ChoiceField):
    """A place by any part of its name; words that stand in no name are a new place. `left` when the keyboard goes on."""

    left = Signal()

    def problem(self) -> str:
        """A new name is no mistake; words that several places have are."""
        return "" if self.new_name() else str(super().problem())

    def new_name(self) -> str:
        """The name of a place that is not known yet, or nothing."""
        typed = str(self.currentText().strip())
        return "" if any(typed.casefold() in self.itemText(at).casefold() for at in range(self.count())) else typed

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class TimeField(LineField):
    """A time of day as people write it; value() is the text for the room to read."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder, 8)

    def problem(self) -> str:
        """A sentence when it is no time of day."""
        try:
            time_of(self.text())
        except Refusal as refusal:
            return f"{refusal.sentence} {refusal.next_step}"
        return ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the form offers: places, organisations, lots, and the latest sessions for what is usual at a place."""

    venues: tuple[partner_queries.VenueRow, ...]
    partners: tuple[partner_queries.PartnerRow, ...]
    lots: dict[UUID, str]
    recent: tuple[queries.SessionRow, ...]


def read_offered(session: Any) -> Offered:
    """One read for the form."""
    return Offered(tuple(partner_queries.venues(session)), tuple(partner_queries.partners(session)), programme_queries.lot_names(session),
                   tuple(queries.sessions(session, limit=_RECENT)))


class SessionEditor(QWidget):
    """`saved(id)` of the session; `left` on Cancel or Esc, nothing written."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._editing: UUID | None = None
        self._offered = Offered((), (), {}, ())
        self._build()

    def _build(self) -> None:
        self.form = form = Form()
        self.venue = form.add("&Venue", PlaceField(placeholder="type part of its name"), required=True,
                              hint="A name that is not in the list becomes a new place.")
        self._new = PlainLabel("", "muted", wrap=True)
        form.put(self._new)
        self.postcode = form.add("&Postcode of the new place", LineField("B34 7AA", 12), hint="Leave it empty if it has none.")
        self.lot = form.add("&Lot of the new place", ChoiceField(), required=True, beside=True, hint="Whose ward it serves.")
        self.kind = form.add("&Kind", ChoiceField([(kind, kind.capitalize()) for kind in SESSION_KINDS]), required=True)
        self.joint = form.add("&Joint host", ChoiceField(placeholder="nobody"), beside=True)
        self.day = form.add("&Day", DateField(self._desk.today), required=True)
        self.starts = form.add("&From", TimeField("09:30"), beside=True)
        self.ends = form.add("&Until", TimeField("12:00"), beside=True)
        self.headcount = form.add("&Headcount", WholeNumberField(0, 5000), hint="People in the room, if somebody counted them.")
        self.note = form.add("N&ote", NoteField(2))
        self.save_button = Button("Open the session", self.save, role="primary", keys="Ctrl+Return")
        self.cancel_button = Button("Cancel", self.left.emit)
        form.buttons(self.save_button, self.cancel_button)
        self._fit()
        form.submitted.connect(self.save)
        self.venue.left.connect(self._on_venue_left)
        self.venue.submitted.connect(self._on_venue_left)
        self.venue.changed.connect(self._show_new_place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolled(form))
        QShortcut(QKeySequence("Esc"), self, self.left.emit)
        self._show_new_place()

    def _fit(self) -> None:
        self.form.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDEST)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "form"):
            self._fit()

    # beginning

    def begin(self, venue: UUID | None = None) -> None:
        """A new session, at a place if one is named."""
        self._editing = None
        self.save_button.setText("Open the session")
        self.form.clear()
        self.day.set_value(self._desk.today())
        self.form.row_of(self.headcount).hide()
        self._ask(lambda: self._choose(venue))

    def begin_change(self, row: queries.SessionRow) -> None:
        """Change a session."""
        self._editing = row.id
        self.save_button.setText("Save the session")
        self.form.clear()
        self.form.row_of(self.headcount).show()
        self._ask(lambda: self._fill(row))

    def _ask(self, then: Any) -> None:
        self._show_new_place()

        def arrived(offered: Offered) -> None:
            self._offered = offered
            self.venue.set_choices([(each.id, f"{each.name}, {each.lot}") for each in offered.venues])
            self.joint.set_choices([(each.id, each.name) for each in offered.partners])
            self.lot.set_choices([(id, name) for id, name in sorted(offered.lots.items(), key=lambda pair: pair[1])])
            then()
            self._show_new_place()

        self._desk.read(read_offered, self, arrived)
        self.form.first_focus()

    def _choose(self, venue: UUID | None) -> None:
        if venue is not None:
            self.venue.set_value(venue)
            self._propose()
            self.kind.setFocus()

    def _fill(self, row: queries.SessionRow) -> None:
        for box, value in ((self.venue, row.venue_id), (self.kind, row.kind), (self.joint, row.joint_partner_id), (self.day, row.held_on),
                           (self.starts, row.starts_at), (self.ends, row.ends_at), (self.headcount, row.headcount), (self.note, row.note)):
            box.set_value(value)

    # the place

    def _on_venue_left(self) -> None:
        self._show_new_place()
        self._propose()

    def _show_new_place(self) -> None:
        name = self.venue.new_name()
        for box in (self.postcode, self.lot):
            self.form.row_of(box).setVisible(bool(name))
        self._new.setVisible(bool(name))
        if name:
            self._new.setText(f"“{name}” will be added as a new place.")
            if self.lot.is_empty():
                only = next(iter(self._offered.lots)) if len(self._offered.lots) == 1 else None
                self.lot.set_value(self._desk.lot or only)

    def _propose(self) -> None:
        """What is usual at this place: kind, joint host and times of its last session, or what its name says. What was typed stays."""
        if self._editing is not None:
            return
        venue = self.venue.value()
        last = next((row for row in self._offered.recent if row.venue_id == venue), None)
        if last is None:
            called = self.venue.currentText().casefold()
            if self.kind.is_empty():
                self.kind.set_value(next((kind for kind in SESSION_KINDS if kind in called), None))
            return
        for box, value in ((self.kind, last.kind), (self.joint, last.joint_partner_id), (self.starts, last.starts_at),
                           (self.ends, last.ends_at)):
            if box.is_empty():
                box.set_value(value)

    # saving

    def save(self) -> None:
        """Write it down, with the new place if there is one."""
        self._show_new_place()
        if not self.form.check():
            return
        known, name, postcode, lot = self.venue.value(), self.venue.new_name(), self.postcode.value(), self.lot.value()
        fields = {"kind": self.kind.value(), "held_on": self.day.value(), "starts_at": self.starts.value(), "ends_at": self.ends.value(),
                  "joint_partner": self.joint.value(), "headcount": self.headcount.value(), "note": self.note.value()}
        editing = self._editing

        def write(session: Any) -> UUID:
            venue = known or partner_actions.add_venue(session, name=name, postcode=postcode, lot=lot)
            if editing is None:
                return actions.open_session(session, venue=venue, **fields)
            actions.change_session(session, editing, venue=venue, **fields)
            return editing

        self._desk.act("Change the session" if editing else "Open a session", write, self, self.saved.emit)
