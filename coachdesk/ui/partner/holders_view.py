"""Who holds our relationships: what rests on one person, whom to ask the way to a cold organisation, and who opens doors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from coachdesk.partner import queries as partners
from coachdesk.partner.queries import ConnectorRow
from coachdesk.referral import queries
from coachdesk.referral.queries import HolderRow, RelationshipRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.paper import show_paper
from coachdesk.ui.partner.connector_form import ConnectorForm
from coachdesk.ui.partner.history import members_of, path_words
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.theme import MEDIUM

KEY = "holders"
CONNECTOR = "partner.connector"


@dataclass(frozen=True, slots=True)
class HolderLine:
    """Somebody, as the list shows them."""

    id: UUID
    name: str
    says: str
    known_by: str
    rests: str
    opened: str
    row: HolderRow


@dataclass(frozen=True, slots=True)
class RelationshipLine:
    """An organisation, as the list shows it; path: names on the way to a cold one."""

    id: UUID
    partner: str
    holders: str
    stands: str
    path: str
    row: RelationshipRow


class HoldersView(QWidget):
    """Enter opens a connector's form, a contact, or an organisation's upkeep. `told(sentence)` is the line under the title."""

    told = Signal(str)
    said = Signal(str)
    open_requested = Signal(str, object)

    def __init__(self, desk: Desk, page: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self._connectors: dict[UUID, ConnectorRow] = {}
        self._relationships: list[RelationshipRow] = []
        self._partners: tuple[tuple[UUID, str], ...] = ()
        self._members: tuple[tuple[UUID, str], ...] = ()
        self._wanted: UUID | None = None
        self.table = RowTable("People who hold our relationships", (
            Column("Who", "name", 20, private=True), Column("What they are", "says", 0), Column("Known well by", "known_by", 15),
            Column("Rests on them alone", "rests", 26), Column("Introduced us, or could", "opened", 36)),
            empty="Nobody is named yet. Add a connector: a councillor, an imam, a head teacher.", empty_button="Add a connector…",
            on_empty=self.new)
        self.organisations = RowTable("Organisations by what needs care", (
            Column("Organisation", "partner", 0), Column("How it stands", "stands", 42), Column("Held by", "holders", 24, private=True),
            Column("Warm path", "path", 48)), empty="No organisation is known here yet.")
        for table, least in ((self.table, 110), (self.organisations, 130)):
            table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
            table.setMinimumHeight(least)
        self.form = ConnectorForm(desk, "rdw")
        self.change_button = Button("Chang&e…", self._change)
        self.paper_button = Button("On pa&per", self.print_sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.organisations, 1)
        layout.addWidget(ButtonRow((self.change_button, self.paper_button)))
        self.table.row_chosen.connect(self._on_chosen)
        self.table.current_changed.connect(self._on_current_changed)
        self.organisations.row_chosen.connect(lambda line: self.open_requested.emit("partner.upkeep", line.id))
        self.form.left.connect(lambda: self._page.show_tab(KEY))
        self.form.saved.connect(self._on_saved)

    def first_focus(self) -> None:
        """The list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Ask the store again."""
        lot, day = self._desk.lot, self._desk.today()

        def ask(session: Any) -> tuple[Any, ...]:
            return (queries.holders(session, lot=lot), queries.relationships(session, lot=lot), partners.connectors(session),
                    tuple((row.id, row.name) for row in partners.partners(session)), members_of(session, day))

        self._desk.read(ask, self, self._on_read)

    def open(self, kind: str, id: Any) -> None:
        """Stand on a connector."""
        self._wanted = id
        if self._desk.lot is not None and id not in self._connectors:
            self._desk.choose_lot(None)
        else:
            self.read()

    def new(self) -> None:
        """The form for another connector."""
        self._page.show_form(self.form, "Connector", "Enter saves. Esc goes back.")
        self.form.begin(None, self._partners, self._members)

    def redraw_names(self) -> None:
        """Names become initials, or come back."""
        self._show_organisations()

    def print_sheet(self) -> None:
        """One page on paper."""
        lot = self._desk.lot

        def draw(session: Any, printed: Any, out: Any) -> None:
            from coachdesk.documents.connectors import connectors_sheet

            connectors_sheet(queries.holders(session, lot=lot), queries.relationships(session, lot=lot), printed, out)

        show_paper(self._desk, self._page, self, KEY, "Who holds our relationships", "connectors.pdf", draw, lot)

    def _on_read(self, found: tuple[Any, ...]) -> None:
        people, self._relationships, connectors, self._partners, self._members = found
        self._connectors = {row.id: row for row in connectors}
        self.table.show_rows([_line(row) for row in people])
        self._show_organisations()
        if self._wanted is not None and self.table.stand_on(self._wanted):
            self.first_focus()
        self._wanted = None
        for table in (self.table, self.organisations):
            if not table.view.selectionModel().hasSelection():
                table.go_to(0)
        self._on_current_changed(self.table.current())
        alone = sum(bool(row.rests_on) for row in self._relationships)
        cold = [row for row in self._relationships if row.is_cold]
        self.told.emit(f"{alone:,} of {len(self._relationships):,} relationships rest on one person; {len(cold):,} organisations are cold, "
                       f"{sum(bool(row.path) for row in cold):,} of them with a warm path.")

    def _show_organisations(self) -> None:
        self.organisations.show_rows([RelationshipLine(row.id, row.partner, ", ".join(row.holders), row.stands, path_words(row), row)
                                      for row in self._relationships])

    def _on_current_changed(self, line: HolderLine | None) -> None:
        self.change_button.setVisible(line is not None and line.row.kind == CONNECTOR)

    def _on_chosen(self, line: HolderLine) -> None:
        if line.row.kind == CONNECTOR:
            self._change()
        else:
            self.open_requested.emit(line.row.kind, line.id)

    def _change(self) -> None:
        line: HolderLine | None = self.table.current()
        if line is not None and line.id in self._connectors:
            self._page.show_form(self.form, "Connector", "Enter saves. Esc goes back.")
            self.form.begin(self._connectors[line.id], self._partners, self._members)

    def _on_saved(self, id: Any, sentence: str) -> None:
        self._wanted = id
        self._page.show_tab(KEY)
        self.said.emit(sentence)


def _line(row: HolderRow) -> HolderLine:
    opened = [", ".join(row.introduced)] if row.introduced else []
    opened += [f"could: {', '.join(row.could)}"] if row.could else []
    return HolderLine(row.id, row.name, row.says, row.known_by, ", ".join(row.rests), "; ".join(opened), row)
