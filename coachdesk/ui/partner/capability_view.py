"""What the network can give: every kind of support with who can give it on a day, what is lacking, and the contracts behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.casework.capability import KindLine, gap_words, kind_lines
from coachdesk.clock import day_text
from coachdesk.partner import actions, queries
from coachdesk.partner.queries import CapabilityRow
from coachdesk.programme import queries as programme
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.paper import show_paper
from coachdesk.ui.partner.capability_form import CapabilityForm
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import DateField
from coachdesk.ui.parts.form import field
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL

KEY = "capability"
_NONE = "No contract or funding is written down yet. Add the first: what does the lead provider itself hold?"


@dataclass(frozen=True, slots=True)
class KindShown:
    """One kind of support, in words."""

    id: str
    kind: str
    own: str
    partners: str
    nobody: str
    people: str
    line: KindLine


@dataclass(frozen=True, slots=True)
class HeldShown:
    """One contract or funding, in words."""

    id: UUID
    funding: str
    holder: str
    kinds: str
    ends_on: date | None
    row: CapabilityRow


@dataclass(frozen=True, slots=True)
class _Read:
    lines: list[KindLine]
    held: list[CapabilityRow]
    lots: dict[UUID, str]
    bodies: tuple[str, ...]


class CapabilityView(QWidget):
    """`told` is the line under the title. Enter on a kind shows the contracts that add it."""

    told = Signal(str)
    said = Signal(str)

    def __init__(self, desk: Desk, page: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self._held: list[CapabilityRow] = []
        self._lots: dict[UUID, str] = {}
        self._bodies: tuple[str, ...] = ()
        self._kind: str | None = None
        self._wanted: UUID | None = None
        self.day = DateField(desk.today)
        self.kinds = RowTable(
            "Kinds of support", (Column("Kind of support", "kind", 22), Column("Own provision", "own", 0),
                                 Column("Partners", "partners", 0), Column("Nobody", "nobody", 0),
                                 Column("Plans waiting", "people", 12, "right")),
            empty="No lot is known yet.")
        self.held = RowTable(
            "Contracts and funding", (Column("Contract or funding", "funding", 0), Column("Held by", "holder", 0),
                                      Column("It adds", "kinds", 0), Column("Ends on", "ends_on", 17)), empty=_NONE,
            empty_button="Add a contract or funding…", on_empty=self.new, least_rows=3)
        self.gaps = PlainLabel("", wrap=True)
        self.form = CapabilityForm(desk)
        self._build()

    def _build(self) -> None:
        self.all_button = Button("Sho&w all", lambda: self._narrow(None))
        self.change_button = Button("Chan&ge…", self._change)
        self.seen_button = Button("Loo&ked at its end", self._see)
        self.seen_button.setToolTip("It leaves Today until the next warning: 30 days before the end, then on the day itself")
        self.paper_button = Button("On &paper", self.print_sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        row = QHBoxLayout()
        row.addWidget(field("&On the day (today when empty)", self.day), 1)
        row.addWidget(self.gaps, 3, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(row)
        behind = Card("Contracts and funding")
        behind.body.addWidget(self.held, 1)
        behind.body.addWidget(ButtonRow((self.change_button, self.seen_button, self.all_button, self.paper_button)))
        down = QVBoxLayout()
        down.setSpacing(SMALL)
        down.addWidget(self.kinds, 3)
        down.addWidget(behind, 2)
        layout.addLayout(down, 1)
        self.day.changed.connect(self._on_day_changed)
        self.kinds.row_chosen.connect(lambda shown: self._narrow(shown.kind))
        self.held.row_chosen.connect(lambda _shown: self._change())
        self.held.current_changed.connect(lambda _shown: self._show_buttons())
        self.form.left.connect(lambda: self._page.show_tab(KEY))
        self.form.saved.connect(self._on_saved)

    def first_focus(self) -> None:
        """The kinds."""
        self.kinds.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """Ask the store again."""
        lot, on = self._desk.lot, self._on()

        def ask(session: Any) -> _Read:
            bodies = dict.fromkeys(row.body for row in programme.tenures(session, lot=lot))
            return _Read(kind_lines(session, lot=lot, on=on), queries.capabilities(session, lot=lot),
                         programme.lot_names(session), tuple(bodies))

        self._desk.read(ask, self, self._on_read)

    def open(self, kind: str, id: Any) -> None:
        """Stand on a contract or funding."""
        self._wanted, self._kind = id, None
        self.read()

    def new(self) -> None:
        """The form for another one."""
        self._page.show_form(self.form, "Contract or funding", "What it adds, for whom, until when. Enter saves. Esc goes back.")
        self.form.begin(None, self._bodies, [*self._lots.values()], self._lot_name())

    def print_sheet(self) -> None:
        """The page on paper, of the lot that is looked at."""
        lot, on = self._desk.lot, self._on()

        def draw(session: Any, printed: Any, out: Any) -> Any:
            from coachdesk.documents.network_reports import capability_report

            return capability_report(session, printed, out, (lot, None, None), on)

        show_paper(self._desk, self._page, self, KEY, "What the network can give", "capability.pdf", draw, lot)

    def _on(self) -> date:
        found: date | None = self.day.value() if not self.day.problem() else None
        return found or self._desk.today()

    def _lot_name(self) -> str:
        return self._lots.get(self._desk.lot, "") if self._desk.lot is not None else ""

    def _on_day_changed(self) -> None:
        if not self.day.problem():
            self.read()

    def _on_read(self, found: _Read) -> None:
        self._held, self._lots, self._bodies = found.held, found.lots, found.bodies
        is_one = self._desk.lot is not None
        self.kinds.show_rows([_shown(line) for line in found.lines])
        self.gaps.setText(gap_words(found.lines))
        self._show_held()
        gaps = sum(line.is_gap for line in found.lines)
        where = "" if is_one else " in every lot"
        self.told.emit(f"On {day_text(self._on())}: {len(found.lines) - gaps} of {len(found.lines)} kinds of support can be given{where}; "
                       f"{len(found.held):,} contracts and funding")
        if not self.kinds.view.selectionModel().hasSelection():
            self.kinds.go_to(0)

    def _narrow(self, kind: str | None) -> None:
        """Only the contracts that add a kind."""
        self._kind = kind
        self._show_held()
        (self.held if self.held.count() else self.kinds).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_held(self) -> None:
        rows = [row for row in self._held if self._kind is None or self._kind in row.kinds]
        self.held.set_empty(f"Nobody holds anything for {self._kind}." if self._kind and self._held else
                            _NONE)
        self.held.show_rows([HeldShown(row.id, row.funding, f"{row.holder}{' (own)' if row.is_own else ''}", "; ".join(row.kinds),
                                       row.ends_on, row) for row in rows])
        self.all_button.setVisible(self._kind is not None)
        if self._wanted in [row.id for row in rows]:
            self.held.go_to([row.id for row in rows].index(self._wanted))
            self.held.setFocus(Qt.FocusReason.OtherFocusReason)
            self._wanted = None
        self._show_buttons()

    def _show_buttons(self) -> None:
        shown: HeldShown | None = self.held.current()
        self.change_button.setVisible(shown is not None)
        warn = shown.row.warn_on if shown is not None else None
        self.seen_button.setVisible(warn is not None and warn <= self._desk.today())

    def _change(self) -> None:
        shown: HeldShown | None = self.held.current()
        if shown is not None:
            self._page.show_form(self.form, "Contract or funding", shown.row.holder)
            self.form.begin(shown.row, self._bodies, [*self._lots.values()], "")

    def _see(self) -> None:
        shown: HeldShown | None = self.held.current()
        if shown is not None:
            row = shown.row
            self._desk.act("Look at the end of a contract", lambda session: actions.see_capability_end(session, row.id), self,
                           lambda _none: self.said.emit(f"{row.funding} leaves Today until its next warning."))

    def _on_saved(self, id: UUID | None, sentence: str) -> None:
        self._wanted, self._kind = id, None
        self._page.show_tab(KEY)
        self.said.emit(sentence)


def _shown(line: KindLine) -> KindShown:
    nobody = ("nobody" if line.lots == 1 else line.words(line.nobody)) if line.is_gap else "–"
    return KindShown(line.id, line.kind, line.words(line.own), line.words(line.partners), nobody,
                     f"{line.people:,}" if line.people else "–", line)
