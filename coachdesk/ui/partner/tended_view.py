"""Whom somebody should be in touch with: organisations by how overdue they are, and below them the key people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coachdesk.partner import actions
from coachdesk.partner import queries as partners
from coachdesk.referral import queries
from coachdesk.referral.queries import KeyPersonRow, UpkeepRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.letter_keys import LetterKeys
from coachdesk.ui.partner.history import members_of
from coachdesk.ui.partner.touch_form import TouchForm
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import field
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.theme import MEDIUM

KEY = "tended"
_ALL, _MINE, _LATE, _NOBODYS = "all", "mine", "late", "nobody"
_WHOSE = ((_ALL, "all organisations"), (_MINE, "those that I tend"), (_LATE, "what is overdue"), (_NOBODYS, "those that nobody tends"))


@dataclass(frozen=True, slots=True)
class TendedLine:
    """An organisation or a key person, as the lists show it."""

    id: UUID
    name: str
    at: str
    last: str
    state: str
    tended_by: str
    trust: str
    row: UpkeepRow | KeyPersonRow


class TendedView(QWidget):
    """Enter opens the upkeep of an organisation, O logs a touch, M: I tend it myself. `told(sentence)` is the line under the title."""

    told = Signal(str)
    said = Signal(str)
    open_requested = Signal(str, object)

    def __init__(self, desk: Desk, page: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self._rows: tuple[list[UpkeepRow], list[KeyPersonRow]] = ([], [])
        self.whose = ChoiceField(_WHOSE)
        self.whose.set_value(_ALL)
        self.table = RowTable("Organisations by how overdue a real contact is", (
            Column("Organisation", "name", 0), Column("Clock", "state", 19), Column("Last real contact", "last", 36),
            Column("Tended by", "tended_by", 15), Column("Trust", "trust", 42)),
            empty="No organisation fits. Choose others above.")
        self.people = RowTable("Key people by how overdue a touch with them is", (
            Column("Key person", "name", 0, private=True), Column("At", "at", 0), Column("Clock", "state", 25),
            Column("Last touch with them", "last", 30), Column("Tended by", "tended_by", 15)),
            empty="No key person is named. Tick it on a contact of an organisation.")
        for table, least in ((self.table, 150), (self.people, 90)):
            table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
            table.setMinimumHeight(least)
        self.form = TouchForm(desk, "rd")
        self.touch_button = Button("L&og a touch…", self.log, role="primary")
        self.touch_button.setToolTip("With the organisation, or the person, that one stands on")
        self.mine_button = Button("Tend it &myself", self.tend)
        self.mine_button.setToolTip("The organisation that one stands on: what is overdue stands in your Today from now on")
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        row = QHBoxLayout()
        row.addWidget(field("S&how", self.whose), 1)
        row.addStretch(2)
        layout.addLayout(row)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.people, 1)
        layout.addWidget(ButtonRow((self.touch_button, self.mine_button)))
        LetterKeys(self.table, {"O": self.log, "M": self.tend})
        LetterKeys(self.people, {"O": self.log})
        self.whose.changed.connect(self._on_choice_changed)
        self.table.row_chosen.connect(lambda line: self.open_requested.emit("partner.upkeep", line.id))
        self.people.row_chosen.connect(lambda line: self.open_requested.emit("partner.contact", line.id))
        self.form.left.connect(lambda: self._page.show_tab(KEY))
        self.form.saved.connect(self._on_saved)

    def first_focus(self) -> None:
        """The list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Ask the store again."""
        lot = self._desk.lot
        self._desk.read(lambda session: (queries.upkeep(session, lot=lot), queries.key_people(session, lot=lot)), self, self._on_read)

    def log(self) -> None:
        """The form for a touch with whom one stands on."""
        in_people = self.people.view.hasFocus()
        line: TendedLine | None = self.people.current() if in_people else self.table.current()
        if line is None:
            return
        row = line.row
        partner, name = (row.partner_id, row.partner) if isinstance(row, KeyPersonRow) else (row.id, row.partner)
        person = line.id if isinstance(row, KeyPersonRow) else None
        day = self._desk.today()

        def begin(found: Any) -> None:
            contacts, members = found
            self._page.show_form(self.form, "Log a touch", "Enter saves. Esc goes back.")
            self.form.begin(partner, name, contacts, members)
            self.form.people.set_value([each.name for each in contacts if each.id == person])

        self._desk.read(lambda session: (partners.contacts(session, partner=partner), members_of(session, day)), self, begin)

    def tend(self) -> None:
        """From now on I tend the organisation one stands on."""
        line: TendedLine | None = self.table.current()
        if line is not None and line.row.tended_by_id != self._desk.owner:
            me, id, name = self._desk.owner, line.id, line.name
            self._desk.act("Tend a partner", lambda session: actions.set_upkeep(session, id, tended_by=me), self,
                           lambda _none: self.said.emit(f"You tend {name} now. Ctrl+Z takes that back."))

    def _on_saved(self, _where: Any, sentence: str) -> None:
        self._page.show_tab(KEY)
        self.said.emit(sentence)

    def _on_choice_changed(self) -> None:
        if self.whose.is_settled() and not self.whose.is_empty():
            self._show()

    def _on_read(self, rows: tuple[list[UpkeepRow], list[KeyPersonRow]]) -> None:
        self._rows = rows
        self._show()

    def _fits(self, row: UpkeepRow | KeyPersonRow) -> bool:
        whose = self.whose.value()
        return (whose == _ALL or (whose == _MINE and row.tended_by_id == self._desk.owner) or (whose == _LATE and row.is_overdue)
                or (whose == _NOBODYS and row.tended_by_id is None))

    def _show(self) -> None:
        organisations, people = self._rows
        self.table.show_rows([TendedLine(row.id, row.partner, "", row.last, row.state, row.tended_by, row.trust_words, row)
                              for row in organisations if self._fits(row)])
        self.people.show_rows([TendedLine(row.id, row.name, row.partner, row.last, row.state, row.tended_by, "", row)
                               for row in people if self._fits(row)])
        for table in (self.table, self.people):
            if not table.view.selectionModel().hasSelection():
                table.go_to(0)
        late = sum(row.is_overdue for row in organisations)
        self.told.emit(f"{late:,} of {len(organisations):,} organisations overdue, and {sum(row.is_overdue for row in people):,} of "
                       f"{len(people):,} key people; the most overdue first. Any real contact sets a clock back.")
