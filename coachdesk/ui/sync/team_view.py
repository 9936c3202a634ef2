"""Whose laptops belong to the team: last seen when, who asks to join, and what to do when one is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Spoken
from coachdesk.sync import affected, places, standing, team
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.sharing import Sharing, sharing_of
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM
from coachdesk.ui.sync.team_cards import AdmitCard, LostCard, PeopleCard
from coachdesk.ui.work import AnyChange, speak

_COLUMNS = (Column("Name", "name", 0), Column("Role", "role", 8), Column("Last seen", "last_seen", 19), Column("How it stands", "state", 0))
_EMPTY = "This desk shares its work with nobody yet. Begin under Shared place."


@dataclass(frozen=True, slots=True)
class MemberShown:
    """A laptop as the list shows it. asking: it is not in the team yet."""

    id: str
    name: str
    role: str
    last_seen: datetime | None
    state: str
    is_self: bool
    is_lost: bool
    asking: team.Asking | None


@dataclass(frozen=True, slots=True)
class TeamShown:
    """What the view shows. trouble: why those who ask could not be read."""

    rows: list[MemberShown]
    is_lead: bool
    trouble: Spoken | None


def read_team(store: Any) -> TeamShown:
    """For the sync worker: it looks into the folder for those who ask."""
    members = team.members(store)
    arrived = {one.device: one for one in standing.seen(store)}
    asking: list[team.Asking] = []
    trouble = None
    is_lead = any(one.is_self and one.role == "lead" and not one.is_lost for one in members)
    if members:
        try:
            asking = team.asking(store, places.carrier_of(store))
        except Spoken as spoken:
            trouble = spoken
    rows = [MemberShown(one.device, one.name or "A laptop", "", None, "asks to join", False, False, one) for one in asking]
    for one in members:
        told = arrived.get(one.device)
        state = ("reported lost" if one.is_lost else "this laptop" if one.is_self
                 else told.sentence.partition(", ")[0] if told is not None else "")
        rows.append(MemberShown(one.device, one.name, one.role, one.last_seen, state, one.is_self, one.is_lost, None))
    return TeamShown(rows, is_lead, trouble)


class TeamView(QWidget):
    """`said(sentence, next step)` after a deed, `told(words)` for the line under the title."""

    said = Signal(str, str)
    told = Signal(str)
    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sharing: Sharing = sharing_of(desk)
        self.card: Any = None
        self._is_lead = False
        self.list = RowTable("Laptops of the team", _COLUMNS, empty=_EMPTY)
        self.lost_button = Button("Report it &lost…", self.begin_lost)
        self.role_button = Button("Make it a lead’s", self.change_role)
        self.note = PlainLabel("", "muted", wrap=True)
        left = QWidget()
        down = QVBoxLayout(left)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM)
        down.addWidget(self.list, 1)
        down.addWidget(self.note)
        down.addWidget(ButtonRow((self.lost_button, self.role_button)))
        self._side = QWidget()
        self._side_layout = QVBoxLayout(self._side)
        self._side_layout.setContentsMargins(0, 0, 0, 0)
        self._side_layout.addStretch(1)
        self._side.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Sides(left, self._side, (660, 420)))
        self.list.current_changed.connect(self._on_current_changed)
        self.list.row_chosen.connect(lambda _row: self.card.first_focus() if self.card is not None else None)
        self.sharing.ended.connect(lambda _report, _spoken: self.read() if self.isVisible() else None)
        self._on_current_changed(None)

    # reading

    def read(self) -> None:
        """Read the team again."""
        self.sharing.run(read_team, self, self._show)

    def first_focus(self) -> None:
        """The card that is open, else the list."""
        if self.card is not None and not isinstance(self.card, AdmitCard):
            self.card.first_focus()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def redraw_names(self) -> None:
        """Names of people on a lost laptop become initials."""
        if isinstance(self.card, PeopleCard):
            self.card.show_names()

    def _show(self, shown: TeamShown) -> None:
        old = self.list.current()
        self._is_lead = shown.is_lead
        self.list.show_rows(shown.rows)
        asking = sum(row.asking is not None for row in shown.rows)
        inside = sum(row.asking is None and not row.is_lost for row in shown.rows)
        self.counted.emit(asking if shown.is_lead else 0)
        self.told.emit(f"{inside} laptop{'' if inside == 1 else 's'}" + (f", {asking} asks to join" if asking == 1 else
                                                                          f", {asking} ask to join" if asking else "") if inside else "")
        self.note.setText(f"{shown.trouble.sentence} {shown.trouble.next_step}".strip() if shown.trouble is not None else
                          "" if shown.is_lead or not shown.rows else "Only a lead’s laptop lets others in or cuts them off.")
        self.note.setVisible(bool(self.note.text()))
        if shown.rows and not (old is not None and self.list.stand_on(old.id)):
            self.list.go_to(0)
        self._on_current_changed(self.list.current())

    def _on_current_changed(self, row: MemberShown | None) -> None:
        can = row is not None and self._is_lead and row.asking is None and not row.is_self and not row.is_lost
        self.lost_button.setVisible(can)
        self.role_button.setVisible(can)
        if row is not None:
            self.role_button.setText("Make it a coach’s" if row.role == "lead" else "Make it a l&ead’s")
        if isinstance(self.card, PeopleCard) or (isinstance(self.card, LostCard) and row is not None and self.card.device == row.id):
            return
        if row is not None and row.asking is not None and self._is_lead:
            if not (isinstance(self.card, AdmitCard) and self.card.asking == row.asking):
                self._put(self._admit_card(row.asking))
        else:
            self._put(None)

    def _put(self, card: Any) -> None:
        old, self.card = self.card, card
        if card is not None:
            self._side_layout.insertWidget(0, card)
        self._side.setVisible(card is not None)
        if old is not None:
            self._side_layout.removeWidget(old)
            old.hide()
            old.deleteLater()

    # deeds

    def _admit_card(self, asking: team.Asking) -> AdmitCard:
        card = AdmitCard(asking)
        card.let_in.connect(lambda name, role: self._admit(asking, name, role))
        return card

    def _admit(self, asking: team.Asking, name: str, role: str) -> None:
        self._run(lambda store: team.admit(store, places.carrier_of(store), asking.device, name=name, role=role),
                  lambda member: self._on_done(f"{member.name} is in the team.", "The laptop fills itself with its next sync."))

    def begin_lost(self) -> None:
        """What it means to report a laptop lost, before it is done."""
        row = self.list.current()
        if row is not None and row.asking is None:
            card = LostCard(row.id, row.name)
            card.left.connect(self._leave)
            card.confirmed.connect(lambda code: self._lose(row, code))
            self._put(card)
            card.first_focus()

    def _lose(self, row: MemberShown, code: str) -> None:
        def deed(store: Any) -> Any:
            found = team.lost(store, places.carrier_of(store), row.id, code=code)
            with store.read() as session:
                return found, affected.people(session, found.people)

        self._run(deed, lambda pair: self._on_lost(*pair))

    def _on_lost(self, found: team.Lost, people: list[affected.Affected]) -> None:
        card = PeopleCard(found.name, found.withheld, people)
        card.left.connect(self._leave)
        card.let_in.connect(lambda: self._run(lambda store: team.accept_late(store, places.carrier_of(store), found.device),
                                              lambda count: self._on_done(f"{count} changes were let in.", "")))
        self._put(card)
        self._on_done(f"{found.name}’s laptop is cut off from the team.", "Tell your data protection lead; those on it are listed here.")
        card.first_focus()

    def change_role(self) -> None:
        """A coach's laptop becomes a lead's, or the other way."""
        row = self.list.current()
        if row is not None and row.asking is None:
            role = "coach" if row.role == "lead" else "lead"
            self._run(lambda store: team.change_role(store, places.carrier_of(store), row.id, role),
                      lambda _none: self._on_done(f"{row.name}’s laptop is a {role}’s now.", ""))

    def _leave(self) -> None:
        self._put(None)
        self._on_current_changed(self.list.current())
        self.first_focus()

    def _run(self, job: Any, done: Any) -> None:
        self.sharing.run(job, self, done, lambda spoken: speak(self, spoken))

    def _on_done(self, sentence: str, after: str) -> None:
        self.said.emit(sentence, after)
        self.desk.work.changed.emit(AnyChange(frozenset({"programme", "sync"})))
        self.sharing.turn(asked=True)
        self.read()
