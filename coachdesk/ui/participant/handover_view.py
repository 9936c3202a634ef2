"""Handing over a caseload: who, why and to whom on the left; the people and everything else that stands under the name on the right.

Space gives the person one stands on to whoever is chosen, or lets them stay; so a caseload is split by choosing somebody else and going on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from coachdesk.casework import handover
from coachdesk.casework.handover import Handed
from coachdesk.casework.standing import HolderRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.participant.handover_reading import Open, holder_words, open_of, shown, team, thing_words
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.privacy import in_public
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

STAYS = "stays"
_PEOPLE = (Column("Goes to", "to", 14), Column("Name", "name", 0, private=True), Column("Reference", "reference", 12),
           Column("Open about them", "open", 0))
_OTHERS = (Column("Day", "on", 12), Column("What", "what", 0), Column("Who", "who", 14, private=True), Column("Lot", "lot", 14))
_TOLD = "Space on a person gives them to whoever stands under “Give to”, or lets them stay. Nothing is saved before you hand over."


class _Form(Editor):
    """The fields. `handed(Handed)` after the act; the view says who goes to whom."""

    handed = Signal(object)

    def __init__(self, desk: Desk, given: Callable[[], dict[UUID, UUID]]) -> None:
        super().__init__("Who hands over to whom", taken="lduhpcbi")
        self._desk, self._given = desk, given
        add = self.form.add
        self.who = add("Who hands over", ChoiceField(), required=True)
        self.reason = add("Why", LineField("such as: leaves the team", 300), required=True)
        self.since = add("From", DateField(desk.today, past_only=True), required=True)
        self.meeting = add("First meeting by", DateField(desk.today), beside=True)
        self.meeting.setToolTip("A follow-up for whoever is new to their coach. Empty: none.")
        self.taker = add("Give to", ChoiceField(), hint="The first one chosen gets everybody.")
        self.rest = add("Everything else goes to", ChoiceField())
        self.briefs_button = Button("Br&iefs…")
        self.briefs_button.setToolTip("One page for each person who goes, to print for whoever takes over")
        self._end("Hand o&ver", self.briefs_button, cancel="Back")

    def _save(self) -> None:
        given, member, rest = self._given(), self.who.value(), self.rest.value()
        if not given and rest in (None, STAYS):
            self.form.say_wrong(self.taker, "Nobody goes to anybody yet. Choose who takes over.")
            return
        fields = {"rest": None if rest in (None, STAYS) else rest, "reason": self.reason.value(), "day": self.since.value(),
                  "first_meeting_on": self.meeting.value()}
        self._act(self._desk, "Hand over a caseload", lambda session: handover.carry_over(session, member, given, **fields),
                  self.handed.emit)


class HandoverView(QWidget):
    """`person_chosen(id)` on Enter, `told(words)` under the title, `said(sentence)` afterwards, `briefs_wanted(ids)`, `left` on Esc."""

    person_chosen = Signal(object)
    told = Signal(str)
    said = Signal(str)
    briefs_wanted = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._team: dict[UUID, HolderRow] = {}
        self._names: dict[UUID, str] = {}
        self._open: Open | None = None
        self._wanted: UUID | None = None
        self.given: dict[UUID, UUID] = {}
        self._last: list[UUID] = []
        self.form = _Form(desk, lambda: self.given)
        self.people = RowTable("People who are handed over", _PEOPLE, empty="Nobody is on this caseload.")
        self.others = RowTable("What else stands under the name", _OTHERS, empty="Nothing else is open under this name.")
        self.chosen = PlainLabel("", "muted", wrap=True)
        self.heads = (PlainLabel("People", "subheading"), PlainLabel("Everything else", "subheading"))
        self._build()
        self._connect()

    def _build(self) -> None:
        lists = Card()
        lists.setAccessibleName("What stands under the name")
        lists.body.setSpacing(MEDIUM)
        self.all_button = Button("&All to them", self.give_all)
        self.none_button = Button("&Nobody", self.give_none)
        for head, table, stretch in zip(self.heads, (self.people, self.others), (5, 3), strict=True):
            table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)       # the lists scroll, not the page
            table.setMinimumHeight(110)
            lists.body.addWidget(head)
            lists.body.addWidget(table, stretch)
            if table is self.people:
                lists.body.addWidget(self.chosen)
                lists.body.addWidget(ButtonRow((self.all_button, self.none_button)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Sides(self.form, lists, (360, 720), narrow=100))

    def _connect(self) -> None:
        self.form.left.connect(self.left)
        self.form.handed.connect(self._on_handed)
        self.form.who.changed.connect(self._on_who_changed)
        self.form.taker.changed.connect(self._on_taker_changed)
        self.form.briefs_button.clicked.connect(self._on_briefs_pressed)
        self.people.current_changed.connect(lambda _row: self.show_words())
        self.people.row_chosen.connect(lambda row: self.person_chosen.emit(row.id))
        self.people.view.installEventFilter(self)

    # reading

    def begin(self, member: UUID | None) -> None:
        """Show somebody's caseload, such as of a coach who has left."""
        self._wanted = member

    def read(self) -> None:
        """Ask the store again: the team, and what stands under the name that is chosen."""
        member = self._wanted or self.form.who.value()
        self._desk.read(lambda session: (team(session), open_of(session, member) if member else None), self, self._on_read)

    def _on_read(self, found: tuple[list[HolderRow], Open | None]) -> None:
        rows, of_member = found
        form, day = self.form, self._desk.today()
        self._team, self._names = {row.id: row for row in rows}, {row.id: row.name for row in rows}
        chosen = [self._wanted or form.who.value(), form.taker.value(), form.rest.value()]
        self._wanted = None
        takers = [(row.id, row.name) for row in rows if row.can_take]
        offered: list[list[tuple[Any, str]]] = [
            [(row.id, holder_words(row, day)) for row in rows], [*takers], [(STAYS, "stays as it is"), *takers]]
        for box, choices, value in zip((form.who, form.taker, form.rest), offered, chosen, strict=True):
            box.blockSignals(True)
            box.set_choices(choices)
            box.set_value(value)
            box.blockSignals(False)
        if form.since.is_empty():
            form.since.set_value(day)
        self._on_open(of_member)

    def _on_open(self, found: Open | None) -> None:
        if found is not None and found.member != self.form.who.value():
            return                                         # somebody else was chosen meanwhile
        if found is None or self._open is None or found.member != self._open.member:
            self.given = {}
        self._open = found
        self.given = {id: taker for id, taker in self.given.items() if found and any(row.id == id for row in found.people)}
        self._show()

    def _show(self) -> None:
        found = self._open
        rows = shown(found, self.given, self._names) if found else []
        self.people.set_empty("Nobody is on this caseload." if found else "Choose who hands over: their people stand here then.")
        self.others.set_empty("Nothing else is open under this name." if found else "What else is open under the same name stands here.")
        self.people.show_rows(rows)
        self.others.show_rows(found.others if found else ())
        going = sum(row.id in self.given for row in rows)
        self.heads[0].setText(f"People ({len(rows):,}, of whom {going:,} go)" if rows else "People")
        self.heads[1].setText(f"Everything else ({len(found.others):,})" if found else "Everything else")
        self.told.emit(_TOLD)
        self.show_words()

    def show_words(self) -> None:
        """What is open about the person one stands on; hidden in a public place."""
        row, found = self.people.current(), self._open
        about = found.about.get(row.id, ()) if found and row is not None else ()
        self.chosen.setText("" if in_public() or not about else thing_words(about))
        self.chosen.setVisible(bool(self.chosen.text()))

    # giving

    def _on_who_changed(self) -> None:
        member = self.form.who.value()
        if member is None or (self._open is not None and self._open.member == member):
            return
        self._desk.read(lambda session: open_of(session, member), self, self._on_open)

    def _on_taker_changed(self) -> None:
        taker = self.form.taker.value()
        if taker is None or taker == self.form.who.value():
            return
        if self._open is not None and not self.given:
            self.give_all()
        if self.form.rest.value() is None:
            self.form.rest.set_value(taker)

    def give_all(self) -> None:
        """Everybody goes to whoever is chosen."""
        taker = self.form.taker.value()
        if taker is None:
            self.form.form.say_wrong(self.form.taker, "Choose who takes over.")
        elif self._open is not None:
            self.given = {row.id: taker for row in self._open.people}
            self._show()

    def give_none(self) -> None:
        """Everybody stays."""
        self.given = {}
        self._show()

    def give_current(self) -> None:
        """The person one stands on goes to whoever is chosen, or stays when they go there already."""
        row, taker = self.people.current(), self.form.taker.value()
        if row is None:
            return
        if taker is None:
            self.form.form.say_wrong(self.form.taker, "Choose who takes over.")
            return
        if self.given.get(row.id) == taker:
            del self.given[row.id]
        else:
            self.given[row.id] = taker
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space on a person."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            self.give_current()
            return True
        return False

    # afterwards

    def _on_handed(self, done: Handed) -> None:
        self._last, self.given = [row.id for row in (self._open.people if self._open else ()) if row.id in self.given], {}
        for box in (self.form.reason, self.form.taker, self.form.rest, self.form.meeting):
            box.blockSignals(True)
            box.clear()
            box.blockSignals(False)
        self.read()
        self.said.emit(f"{str(done)[:1].upper()}{str(done)[1:]} Ctrl+Z takes all of it back.")
        self.form.briefs_button.setFocus()

    def _on_briefs_pressed(self) -> None:
        every = [row.id for row in (self._open.people if self._open else ())]
        people = [id for id in every if id in self.given] or every or self._last
        if people:
            self.briefs_wanted.emit(people)

    def first_focus(self) -> None:
        """Who hands over, or why when that is chosen."""
        (self.form.who if self.form.who.is_empty() else self.form.reason).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


