"""Opening a session, planning a series, or changing a session. A place that is not known yet is added in the same step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.outreach import actions, queries
from coachdesk.outreach.rules import LONGEST_GAP, SESSION_KINDS, time_of
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
    members: tuple[tuple[UUID, str], ...]
    recent: tuple[queries.SessionRow, ...]


def read_offered(session: Any, today: date) -> Offered:
    """One read for the form."""
    members = [(row.id, row.name) for row in programme_queries.members(session) if row.to_day is None or row.to_day >= today]
    return Offered(tuple(partner_queries.venues(session)), tuple(partner_queries.partners(session)), programme_queries.lot_names(session),
                   tuple(sorted(members, key=lambda pair: pair[1].casefold())),
                   tuple(queries.sessions(session, limit=_RECENT)))


class SessionEditor(QWidget):
    """`saved(id)` of the session, `planned(id)` of a series; `left` on Cancel or Esc, nothing written."""

    saved = Signal(object)
    planned = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._editing: UUID | None = None
        self._further: list[str] = []           # hosts beyond the third: they stay
        self._offered = Offered((), (), {}, (), ())
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
        self.coach = form.add("&Coach", ChoiceField(), beside=True)
        self.joint = form.add("&Joint host", ChoiceField(placeholder="nobody"))
        self.second = form.add("Second host", ChoiceField(placeholder="nobody"), beside=True)
        self.third = form.add("Third host", ChoiceField(placeholder="nobody"), beside=True)
        self.day = form.add("&Day", DateField(self._desk.today), required=True)
        self.starts = form.add("&From", TimeField("09:30"), beside=True)
        self.ends = form.add("&Until", TimeField("12:00"), beside=True)
        self.weeks = form.add("Comes &back every … weeks", WholeNumberField(1, LONGEST_GAP),
                              hint="1 is every week. Leave it empty for a single session.")
        self.last = form.add("Last day", DateField(self._desk.today), beside=True, hint="Empty: it goes on.")
        self.cover = form.add("Co&vered by", ChoiceField(placeholder="nobody"), hint="Who stands in for the coach on this day.")
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
        self.weeks.changed.connect(self._show_repeats)
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
        self._editing, self._further = None, []
        self.save_button.setText("Open the session")
        self.form.clear()
        self.day.set_value(self._desk.today())
        self.form.row_of(self.headcount).hide()
        self.form.row_of(self.cover).hide()
        self.form.row_of(self.weeks).show()
        self._show_repeats()
        self._ask(lambda: self._choose(venue))

    def begin_change(self, row: queries.SessionRow) -> None:
        """Change a session."""
        self._editing = row.id
        self.save_button.setText("Save the session")
        self.form.clear()
        self.form.row_of(self.headcount).show()
        self.form.row_of(self.cover).show()
        self.form.row_of(self.weeks).hide()
        self.form.row_of(self.last).hide()
        self._ask(lambda: self._fill(row))

    def _ask(self, then: Any) -> None:
        self._show_new_place()

        def arrived(offered: Offered) -> None:
            self._offered = offered
            self.venue.set_choices([(each.id, f"{each.name}, {each.lot}") for each in offered.venues])
            for box in (self.joint, self.second, self.third):
                box.set_choices([(each.id, each.name) for each in offered.partners])
            for box in (self.coach, self.cover):
                box.set_choices(list(offered.members))
            self.coach.set_value(self._desk.owner)
            self.lot.set_choices([(id, name) for id, name in sorted(offered.lots.items(), key=lambda pair: pair[1])])
            then()
            self._show_new_place()

        today = self._desk.today()
        self._desk.read(lambda session: read_offered(session, today), self, arrived)
        self.form.first_focus()

    def _choose(self, venue: UUID | None) -> None:
        if venue is not None:
            self.venue.set_value(venue)
            self._propose()
            self.kind.setFocus()

    def _fill(self, row: queries.SessionRow) -> None:
        self._further = [str(id) for id in row.host_ids[3:]]
        hosts = [*row.host_ids[:3], None, None, None]
        for who, id, name in ((self.coach, row.coach_id, row.coach), (self.cover, row.covered_by_id, row.covered_by)):
            if id is not None and name is not None:         # also somebody who has left the team since
                who.set_choices(sorted({*self._offered.members, (id, name)}, key=lambda pair: pair[1].casefold()))
        for box, value in ((self.venue, row.venue_id), (self.kind, row.kind), (self.coach, row.coach_id), (self.joint, hosts[0]),
                           (self.second, hosts[1]), (self.third, hosts[2]), (self.day, row.held_on), (self.starts, row.starts_at),
                           (self.ends, row.ends_at), (self.cover, row.covered_by_id), (self.headcount, row.headcount),
                           (self.note, row.note)):
            box.set_value(value)

    def _show_repeats(self) -> None:
        """A last day, and other words on the button, where it comes back."""
        repeats = self._editing is None and not self.weeks.is_empty()
        self.form.row_of(self.last).setVisible(repeats)
        self.form.row_of(self.note).setVisible(not repeats)
        if self._editing is None:
            self.save_button.setText("Plan the series" if repeats else "Open the session")

    # the place

    def _on_venue_left(self) -> None:
        self._show_new_place()
        self._propose()

    def _show_new_place(self) -> None:
        name = self.venue.new_name()
        for box in (self.postcode, self.lot):
            self.form.row_of(box).setVisible(bool(name))
        self._new.setVisible(bool(name))
        shut = next((each for each in self._offered.venues if each.id == self.venue.value() and each.status != "open"), None)
        if shut is not None and not name:
            since = f" since {day_text(shut.status_from)}" if shut.status_from else ""
            self._new.setText(f"⚠ {shut.name} is {shut.status}{since}{f': {shut.reason}' if shut.reason else ''}.")
            self._new.show()
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
        hosts = [*(str(box.value()) for box in (self.joint, self.second, self.third) if box.value()), *self._further]
        fields = {"kind": self.kind.value(), "starts_at": self.starts.value(), "ends_at": self.ends.value(), "coach": self.coach.value(),
                  "hosts": hosts}
        once = {"held_on": self.day.value(), "headcount": self.headcount.value(), "note": self.note.value()}
        series = {"from_day": self.day.value(), "every_weeks": self.weeks.value(), "to_day": self.last.value()}
        editing, cover, repeats = self._editing, self.cover.value(), self._editing is None and not self.weeks.is_empty()

        def write(session: Any) -> UUID:
            venue = known or partner_actions.add_venue(session, name=name, postcode=postcode, lot=lot)
            if repeats:
                return actions.plan_series(session, venue=venue, **fields, **series)
            if editing is None:
                return actions.open_session(session, venue=venue, **fields, **once)
            actions.change_session(session, editing, venue=venue, **fields, **once)
            actions.set_cover(session, editing, covered_by=cover)
            return editing

        reason = "Plan a series" if repeats else "Change the session" if editing else "Open a session"
        self._desk.act(reason, write, self, self.planned.emit if repeats else self.saved.emit)
