"""Closing a place: when and why on the left; what is to be moved, who is to be told and which partners are lost on the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from coachdesk.casework import closing as closings
from coachdesk.outreach import actions, queries
from coachdesk.outreach.rules import CANCEL, LEAVE, MOVE
from coachdesk.partner import queries as partner_queries
from coachdesk.partner.rules import CLOSED, OPEN, RESTRICTED
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.cards.paper import show_paper
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

_BECOMES = ((MOVE, "move to another place"), (CANCEL, "cancel, and end their series"), (LEAVE, "leave them as they are"))


@dataclass(frozen=True, slots=True)
class PartnerShown:
    """A partner that is lost, as the list shows it."""

    id: UUID
    name: str
    why: str
    ring: str


@dataclass(frozen=True, slots=True)
class Touched:
    """One reading: everything that hangs on the place, and where its sessions could go."""

    closing: closings.Closing | None
    places: list[tuple[UUID, str]]


def read_touched(session: Any, venue: UUID, from_day: date) -> Touched:
    """What the form shows; other places of the lot first, of them those that are a partner's own, closed ones left out."""
    found = closings.closing(session, venue, from_day=from_day)
    lot = found.venue.lot_id if found else None
    rows = [row for row in partner_queries.venues(session, on=from_day) if row.status != CLOSED and row.id != venue]
    rows.sort(key=lambda row: (row.lot_id != lot, row.status != OPEN, not row.is_own_premises))
    return Touched(found, [(row.id, f"{row.name}, {row.lot}") for row in rows])


class _Form(Editor):
    """The fields. `saved()` after the act."""

    saved = Signal()
    day_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("When and why", taken="hicvpudbo")
        self._desk = desk
        self.venue: queries.UsedVenueRow | None = None
        add = self.form.add
        self.status = add("Status", ChoiceField([(CLOSED, "closed"), (RESTRICTED, "restricted")]), required=True)
        self.since = add("From", DateField(desk.today), required=True, beside=True)
        self.reason = add("Why", LineField("such as: flood, lockdown, heating", 300), required=True)
        self.review = add("Look at it again on", DateField(desk.today), hint="Then it is in Today.")
        self.assessed = add("Risk assessed on", DateField(desk.today), beside=True, hint="Empty: to do.")
        self.becomes = add("Its planned sessions", ChoiceField(_BECOMES), required=True)
        self.to_venue = add("Move them to", ChoiceField())
        self.paper_button = Button("Lists on pa&per")
        self._end("&Save", self.paper_button)
        self.becomes.changed.connect(self._show_target)
        self.since.changed.connect(self.day_changed)

    def begin(self, row: queries.UsedVenueRow) -> None:
        """A place as it is now."""
        self.venue = row
        self.form.clear()
        for box, value in ((self.status, CLOSED), (self.since, self._desk.today()), (self.becomes, MOVE if row.planned else LEAVE)):
            box.set_value(value)
        self._show_target()
        self.reason.setFocus()

    def _show_target(self) -> None:
        self.form.row_of(self.to_venue).setVisible(self.becomes.value() == MOVE)

    def _save(self) -> None:
        row, becomes = self.venue, self.becomes.value()
        if row is None:
            return
        if becomes == MOVE and self.to_venue.is_empty():
            self.form.say_wrong(self.to_venue, "Say where the sessions go, or cancel them.")
            self.to_venue.setFocus()
            return
        fields = {"status": self.status.value(), "from_day": self.since.value(), "reason": self.reason.value(),
                  "review_on": self.review.value(), "risk_assessed_on": self.assessed.value(), "becomes": becomes,
                  "to_venue": self.to_venue.value() if becomes == MOVE else None}
        self._act(self._desk, "Close a place", lambda session: actions.close_venue(session, row.id, **fields),
                  lambda _id: self.saved.emit())


class ClosingForm(QWidget):
    """`left` when the form is done with; `open_requested` on Enter in one of the lists."""

    left = Signal()
    open_requested = Signal(str, object)

    def __init__(self, desk: Desk, page: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self.form = _Form(desk)
        self.people = RowTable("People to tell", (
            Column("Name", "name", 0, private=True), Column("Telephone", "phone", 14, private=True), Column("How", "reach", 14),
            Column("Why", "why", 0)), empty="Nobody is booked, waits, or was met here within a year.")
        self.sessions = RowTable("Sessions to move", (
            Column("Day", "held_on", 13), Column("Time", "starts_at", 7), Column("Kind", "kind", 0, show=str.capitalize),
            Column("Coach", "coach", 0)), empty="No session is planned here from that day on.")
        self.partners = RowTable("Partners lost", (
            Column("Partner", "name", 0), Column("Why", "why", 0), Column("Whom to ring", "ring", 0)),
                                 empty="No partner meets people here with us.")
        self.words = [PlainLabel("", "subheading") for _list in range(3)]
        lists = Card()
        lists.setAccessibleName("What hangs on this place")
        lists.body.setSpacing(MEDIUM)
        for words, table, stretch in zip(self.words, (self.people, self.sessions, self.partners), (4, 3, 2), strict=True):
            table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)        # the lists scroll, not the page
            table.setMinimumHeight(84)
            lists.body.addWidget(words)
            lists.body.addWidget(table, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Sides(self.form, lists, (480, 600), narrow=100))
        self.form.left.connect(self.left)
        self.form.saved.connect(self._on_saved)
        self.form.day_changed.connect(self._on_day_changed)
        self.form.paper_button.clicked.connect(self.print_lists)
        self.people.row_chosen.connect(lambda row: self.open_requested.emit(row.kind, row.id))
        self.partners.row_chosen.connect(lambda row: self.open_requested.emit("partner", row.id))
        self.sessions.row_chosen.connect(lambda row: self.open_requested.emit("outreach.session", row.id))

    def first_focus(self) -> None:
        """The reason: the rest is filled in."""
        self.form.reason.setFocus()

    def begin(self, row: queries.UsedVenueRow) -> None:
        """A place to close."""
        self.form.begin(row)
        self._read()

    def _on_day_changed(self) -> None:
        if self.form.venue is not None and not self.form.since.problem() and not self.form.since.is_empty():
            self._read()

    def _read(self) -> None:
        row, day = self.form.venue, self.form.since.value()
        if row is not None and day is not None:
            self._desk.read(lambda session: read_touched(session, row.id, day), self, self._on_read)

    def _on_read(self, found: Touched) -> None:
        chosen = self.form.to_venue.value()
        self.form.to_venue.set_choices(found.places)
        self.form.to_venue.set_value(chosen if chosen in dict(found.places) else None)
        if found.closing is None:
            return
        outreach = found.closing.outreach
        self.people.show_rows(found.closing.people)
        self.sessions.show_rows(outreach.sessions)
        self.partners.show_rows([PartnerShown(each.id, each.name, each.why, "; ".join(
            " ".join(part for part in (one.name, one.phone or one.email or "") if part) for one in each.people) or "nobody is known there")
            for each in found.closing.partners])
        of_series = f", {len(outreach.series)} series" if outreach.series else ""
        for words, said in zip(self.words, (f"People to tell ({len(found.closing.people):,})",
                                            f"Sessions to move ({len(outreach.sessions):,}{of_series})",
                                            f"Partners lost ({len(found.closing.partners):,})"), strict=True):
            words.setText(said)

    def _on_saved(self) -> None:
        row = self.form.venue
        self.left.emit()
        if row is not None:
            self._page.say_done(f"{row.venue}: its status was kept, and its sessions were seen to.",
                                "Tell the people on the list. T proposes in which order places start again; Ctrl+Z takes all of it back.")

    def print_lists(self) -> None:
        """All three lists on paper, to ring along."""
        row, day = self.form.venue, self.form.since.value() or self._desk.today()
        if row is None:
            return

        def draw(session: Any, printed: Any, out: Any) -> None:
            from coachdesk.documents.venues import closing_list

            found = closings.closing(session, row.id, from_day=day)
            if found is not None:
                closing_list(found, printed, out)

        show_paper(self._desk, self._page, self, "venues", f"When {row.venue} closes", "venue-closing.pdf", draw, row.lot_id)
