"""The caseload: who is overdue and due first; found by typing; the same totals as the printed summary."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.casework import caseload as casework
from coachdesk.casework.caseload import NEEDED, CaseloadTotals, caseload_rows
from coachdesk.programme.rules import BY_CONNECTION, BY_HAND, BY_RESIDENCE, NOT_ELIGIBLE
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.reading import Caseload, Wanted, caseload, totals
from coachdesk.ui.parts.fields import ChoiceField, LineField
from coachdesk.ui.parts.form import FieldRow, field
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.theme import LARGE, MEDIUM

_SILENT = "no contact for 28 days"
_MINE, _EVERYONE = "mine", "everyone"
_EVERYBODY = "everybody"
_SHOWN = {
    _EVERYBODY: casework.EVERYBODY,
    "overdue": casework.OVERDUE,
    _SILENT: casework.SILENT,
    "paused": casework.PAUSED,
    "due within a week": casework.DUE,
    "eligible": casework.ELIGIBLE,
    "to check by hand": casework.CHECK,
    "not eligible": casework.NOT_OURS,
    "three meaningful": casework.REACHED,
    "started a job": casework.WORKING,
}
_ELIGIBLE = {BY_RESIDENCE: "by residence", BY_CONNECTION: "by connection", NOT_ELIGIBLE: "no", BY_HAND: "check by hand"}
_COLUMNS = (
    Column("Name", "name", 0, private=True, sort="name"),
    Column("Reference", "reference", 13),
    Column("Lot", "lot", 15, sort="lot"),
    Column("Coach", "coach", 14, sort="coach"),
    Column("Eligible", "verdict", 13, sort="verdict", show=lambda verdict: _ELIGIBLE.get(verdict, verdict)),
    Column("Help", "meaningful", 6, sort="meaningful", show=lambda count: f"{min(count, NEEDED)} of {NEEDED}"),
    Column("Silent", "silent_days", 8, "right", sort="silent_days", show=lambda days: f"{days} days" if days != 1 else "1 day"),
    Column("Next", "next_what", 0, private=True),
    Column("By", "next_on", 11, sort="next_on"),
    Column("State", "state", 7),
)


def totals_words(totals: CaseloadTotals) -> str:
    """The totals in a line, as the printed summary counts them."""
    people = "person" if totals.people == 1 else "people"
    jobs = "job outcome" if totals.jobs == 1 else "job outcomes"
    return (f"{totals.people:,} {people}: {totals.overdue:,} overdue, {totals.due:,} due · {totals.eligible:,} eligible, "
            f"{totals.by_hand:,} to check by hand, {totals.not_eligible:,} not eligible · {totals.reached_three:,} reached three · "
            f"{totals.jobs:,} {jobs}")


class CaseloadView(QWidget):
    """`person_chosen(id)` on Enter; `totals_changed(words)` when the caseload was read. `register()` begins a registration."""

    person_chosen = Signal(object)
    totals_changed = Signal(str)

    def __init__(self, desk: Desk, register: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._caseload: Caseload | None = None
        self._order = ("", True)
        self._asked = self._counted = 0
        self._has_people = False
        self._is_waiting = False
        self._is_to_open = False          # Enter was pressed in the finder while its people were on their way
        self.finder = LineField("name, reference, telephone or postcode", 80)
        self.whose = ChoiceField([(_MINE, "my people"), (_EVERYONE, "everyone’s people")])
        self.show_only = ChoiceField([(words, words) for words in _SHOWN])
        self.show_only.set_value(_EVERYBODY)
        for choice in (self.whose, self.show_only):
            choice.setMinimumContentsLength(12)
        self.table = RowTable("People", _COLUMNS, empty="Nobody is registered yet. Register the first person.",
                              empty_button="Register a participant", on_empty=register)
        self._build()
        self.finder.changed.connect(self._on_find_changed)
        self.finder.submitted.connect(self._on_find_submitted)
        self.whose.changed.connect(self._on_whose_changed)
        self.show_only.changed.connect(self._on_show_changed)
        self.table.row_chosen.connect(lambda row: self.person_chosen.emit(row.id))
        self.table.sort_requested.connect(self._on_sort_requested)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "finder"):
            self._fit()

    def _fit(self) -> None:
        self.finder.setMinimumWidth(self.fontMetrics().averageCharWidth() * 17)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        row = QHBoxLayout()
        row.setSpacing(LARGE)
        asked: list[tuple[FieldRow, int]] = [(field("&Find", self.finder), 3), (field("&Whose", self.whose), 1),
                                             (field("&Show", self.show_only), 1)]
        for each, share in asked:
            row.addWidget(each, share)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)

    def coach(self) -> UUID | None:
        """Whose people are shown: the coach, or None for everyone's."""
        return self._desk.owner if self.whose.value() == _MINE else None

    def read(self) -> None:
        """Ask the store again: order and the first rows, then the totals, which take longer and do not hang on what is typed."""
        self._read_people()
        lot, owner, is_mine = self._desk.lot, self._desk.owner, self._is_mine()
        self._counted += 1
        counted = self._counted
        self._desk.read(lambda session: totals(session, lot, owner, is_mine) if counted == self._counted else None, self,
                        lambda found: self._on_counted(found) if counted == self._counted else None)

    def _read_people(self) -> None:
        """Who is shown; what was asked before and is still waiting is not asked any more."""
        lot, owner, is_mine = self._desk.lot, self._desk.owner, self._is_mine()
        wanted = Wanted(_SHOWN.get(self.show_only.value() or _EVERYBODY, casework.EVERYBODY), self.finder.value() or "", *self._order)
        self._asked += 1
        asked = self._asked
        self._desk.read(lambda session: caseload(session, lot, owner, is_mine, wanted) if asked == self._asked else None, self,
                        lambda found: self._on_read(found) if asked == self._asked else None)

    def _is_mine(self) -> bool | None:
        whose = self.whose.value()
        return None if whose is None else whose == _MINE

    def show_mine(self, on: bool) -> None:
        """The coach's own people, or everyone's."""
        self.whose.set_value(_MINE if on else _EVERYONE)

    def _on_read(self, found: Caseload) -> None:
        first = self._caseload is None
        self._caseload, self._is_waiting = found, False
        if self.whose.value() is None:
            self.whose.blockSignals(True)
            self.show_mine(found.is_mine)
            self.whose.blockSignals(False)
        self.table.show_ids(found.keys, self._desk.rows_of(caseload_rows), self._desk.work, found.first)
        if first and self.isVisible() and self.table.empty_button is not None and self.table.empty_button.hasFocus():
            self.first_focus()
        if self._is_to_open:
            self._open_found()

    def _on_counted(self, found: CaseloadTotals) -> None:
        self._has_people = bool(found.people)
        self._say_nothing()
        self.totals_changed.emit(totals_words(found))

    def _say_nothing(self) -> None:
        self.table.set_empty("Nobody fits what was typed and chosen above. Try a part of the name, or show everybody."
                             if self._has_people else "Nobody is registered yet. Register the first person.")

    def _on_find_changed(self) -> None:
        self._is_to_open = False
        self._ask_changed()

    def _ask_changed(self) -> None:
        self._is_waiting = True
        self._read_people()

    def _on_find_submitted(self) -> None:
        if self._is_waiting:
            self._is_to_open = True
        else:
            self._open_found()

    def _open_found(self) -> None:
        """Whoever is the only one found; else the list."""
        self._is_to_open = False
        if self.table.count() == 1 and self._caseload is not None and self._caseload.first:
            self.person_chosen.emit(self._caseload.first[0].id)
        elif self.table.count():
            self.table.setFocus()

    def _on_show_changed(self) -> None:
        if self.show_only.value() is not None:
            self._ask_changed()

    def _on_whose_changed(self) -> None:
        if self.whose.value() is not None:
            self.read()

    def _on_sort_requested(self, name: str, rising: bool) -> None:
        self._order = (name, rising)
        self._ask_changed()

    def first_focus(self) -> None:
        """The box to find somebody."""
        self.finder.setFocus()
