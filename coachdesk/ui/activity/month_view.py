"""A month's sign-off: what stands in it, by whom, and the coach's word that it is complete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal

from coachdesk.activity import actions, queries
from coachdesk.activity.queries import SignOffRow
from coachdesk.clock import day_text, month_from_text, month_of, month_words
from coachdesk.programme import queries as programme
from coachdesk.ui.activity.beside import Beside
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.page import Facts
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel

_MONTHS = 13
_COLUMNS = (
    Column("Month", "month", 14, show=lambda text: month_words(month_from_text(text))),
    Column("Lot", "lot", 0),
    Column("Coach", "coach", 0),
    Column("Help", "interventions", 6, "right"),
    Column("Jobs", "jobs", 6, "right"),
    Column("Signed", "signed_at", 19),
)


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """What a lot's month holds: mine and everybody's as (interventions, jobs), and the words that were given before."""

    mine: tuple[int, int]
    everybody: tuple[int, int]
    open_appointments: int
    before: tuple[SignOffRow, ...]


class SignOffForm(Editor):
    """`saved(id, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Sign off a month", taken=taken)
        self._desk = desk
        now = month_of(desk.today())
        self.lot = self.form.add("Lot", ChoiceField(), required=True)
        self.month = self.form.add("Month", ChoiceField([(now - back, month_words(now - back)) for back in range(_MONTHS)]), required=True)
        self.month.set_value(now - 1)
        self.facts = Facts()
        self.word = PlainLabel("", "muted", wrap=True)
        self.form.put(self.facts)
        self.form.put(self.word)
        self._end("&Sign it off", cancel="Back to the list")
        for box in (self.lot, self.month):
            box.changed.connect(self.reload)

    def show_lots(self, lots: Sequence[tuple[UUID, str]]) -> None:
        """The lots to choose from; the one that is looked at is chosen."""
        self.lot.set_choices(lots)
        wanted = self._desk.lot or (self.lot.value() if self.lot.value() else lots[0][0] if lots else None)
        self.lot.set_value(wanted)
        self.reload()

    def reload(self) -> None:
        """Read what the chosen month holds."""
        lot, month, owner = self.lot.value(), self.month.value(), self._desk.owner
        if lot is None or month is None:
            self.facts.show_pairs([])
            self.word.setText("")
            return

        def ask(session: Any) -> MonthFacts:
            everybody = queries.counts(session, lot=lot, month=month)
            open_ones = [
                row for row in queries.appointments(session, lot=lot, coach=owner, outcome="booked") if month_of(row.due_on) == month
            ]
            before = tuple(queries.sign_offs(session, lot=lot, month=month))
            return MonthFacts(queries.counts(session, lot=lot, month=month, coach=owner), everybody, len(open_ones), before)

        self._desk.read(ask, self, self._on_facts)

    def _on_facts(self, found: MonthFacts) -> None:
        self.facts.show_pairs(
            [
                ("Your help", f"{found.mine[0]:,} of {found.everybody[0]:,} in the lot"),
                ("Your jobs", f"{found.mine[1]:,} of {found.everybody[1]:,} in the lot"),
                ("Still open", f"{found.open_appointments:,} appointment{'' if found.open_appointments == 1 else 's'} without an answer"),
            ]
        )
        mine = [row for row in found.before if row.coach_id == self._desk.owner]
        if not mine:
            self.word.setText("You have not signed this month off. Your word says that nothing is missing; later changes stay possible.")
        elif (mine[0].interventions, mine[0].jobs) == found.mine:
            self.word.setText(f"You signed this off on {day_text(mine[0].signed_at.date())}, with the same figures.")
        else:
            self.word.setText(
                f"You signed this off on {day_text(mine[0].signed_at.date())} with {mine[0].interventions:,} and {mine[0].jobs:,}. "
                "It has changed since: sign again."
            )

    def _save(self) -> None:
        lot, month = self.lot.value(), self.month.value()
        said = f"{month_words(month)} in {self.lot.currentText()} is signed off."
        self._act(
            self._desk,
            "Sign off a month",
            lambda session: actions.sign_off(session, lot=lot, month=month),
            lambda id: self.saved.emit(id, said),
        )


class MonthView(Beside):
    """`said(sentence)` after a sign-off."""

    said = Signal(str)

    def __init__(self, desk: Desk, taken: str) -> None:
        self.form = SignOffForm(desk, taken)
        super().__init__(self.form)
        self._desk = desk
        self.table = RowTable("Sign-offs", _COLUMNS, empty="No month is signed off yet. Choose one at the left.")
        self.right.addWidget(self.table, 1)
        self.form.saved.connect(lambda _id, sentence: self.said.emit(sentence))
        self.form.left.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.table.row_chosen.connect(self._on_row_chosen)

    def reload(self) -> None:
        """Read again."""
        lot = self._desk.lot

        def tell(found: tuple[Any, Any]) -> None:
            self.form.show_lots(found[0])
            self.table.show_rows(found[1])

        self._desk.read(lambda session: (tuple(programme.lot_names(session).items()), queries.sign_offs(session, lot=lot)), self, tell)

    def first_focus(self) -> None:
        """The month."""
        self.form.month.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row_chosen(self, row: SignOffRow) -> None:
        self.form.lot.set_value(row.lot_id)
        self.form.month.set_value(month_from_text(row.month))
