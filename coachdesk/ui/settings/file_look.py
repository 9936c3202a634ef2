"""A file before it comes in: what its columns become, and line by line what would happen to it. Everything by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.exchange.csv_in import bringing, columns
from coachdesk.exchange.csv_in.report import KNOWN, REFUSED, TAKEN, LineReport, Report
from coachdesk.ui.cards.views import Views
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, TickField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.privacy import in_public
from coachdesk.ui.parts.progress import ProgressStrip
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL

LEFT_OUT = "left out"
_TAKEN_LETTERS = "dcaflviprteyg"  # of the tabs, the lot under the rail, the buttons and the filter
_STATES = {"all": (), "refused": (REFUSED,), "taken": (TAKEN,), "known": (KNOWN,)}
_FILTERS = (("all", "&Every line"), ("taken", "&To be taken"), ("refused", "&Refused"), ("known", "Known alread&y"))


def _state(state: str) -> str:
    return "to be taken" if state == TAKEN else state


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """One column of the file: its first values, and what it becomes in words."""

    id: str
    holds: str
    becomes: str


def hidden(text: str) -> str:
    """What stands in somebody's file, or that it is hidden."""
    return "hidden in a public place" if text and in_public() else text


def column_rows(plan: bringing.Plan) -> list[ColumnShown]:
    """The columns of a plan as the list shows them."""
    found = []
    for at, column in enumerate(plan.table.header):
        values = list(dict.fromkeys(line.cells[at] for line in plan.table.lines[:200] if line.cells[at]))[:3]
        field = columns.target(plan.kind, plan.mapping[column]) if plan.mapping.get(column) else None
        found.append(ColumnShown(column, " · ".join(values).replace("\n", " ")[:120], field.says if field else LEFT_OUT))
    return found


class FileLook(QWidget):
    """`mapped(column, field)`; `chosen()` when lot, session or tick changed, or to try again; `wanted()` to bring it in; and the others."""

    mapped = Signal(str, str)
    chosen = Signal()
    wanted = Signal()
    report_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self._fields: list[tuple[str, str]] = []
        self._report: Report | None = None
        self.title = PlainLabel("", "subheading", wrap=True)
        self.notes = PlainLabel("", "muted", wrap=True)
        self.says = PlainLabel("", wrap=True)
        self.strip = ProgressStrip()
        self.bring_button = Button("Br&ing in", self.wanted.emit, role="primary", keys="Ctrl+Return")
        self.save_button = Button("Save the re&port…", self.report_asked.emit)
        self.try_button = Button("Try a&gain", self.chosen.emit)
        self.leave_button = Button("Lea&ve it", self.left.emit)
        self.try_button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.setSpacing(MEDIUM)
        for widget in (self.title, self.notes, self.strip):
            layout.addWidget(widget)
        layout.addWidget(Sides(self._build_columns(), self._build_lines(), (430, 650)), 1)
        layout.addWidget(self.says)
        layout.addWidget(ButtonRow((self.bring_button, self.try_button, self.save_button, self.leave_button)))

    def _build_columns(self) -> QWidget:
        self.columns = RowTable(
            "Columns of the file", (Column("Column", "id", 0), Column("Holds", "holds", 0, show=hidden), Column("Becomes", "becomes", 0)),
            empty="The file has no columns.", least_rows=4)
        self.columns.current_changed.connect(self._on_column_current)
        self.columns.row_chosen.connect(lambda _row: self.becomes.setFocus(Qt.FocusReason.OtherFocusReason))
        self.form = Form(taken=_TAKEN_LETTERS)
        self.becomes: ChoiceField = self.form.add(
            "This column beco&mes", ChoiceField(), hint="Enter in the list comes here; Enter here goes to the next."
        )
        self.lot = self.form.add("L&ot of lines that name none", ChoiceField())
        self.session = self.form.add("&Session of these contacts", ChoiceField(), hint="Where the file does not say place and day.")
        self.takes_known = self.form.add("Who is known", TickField("Take also who is &known already"))
        self.becomes.submitted.connect(self._on_becomes_submitted)
        for box in (self.lot, self.session, self.takes_known):
            box.changed.connect(self._on_chosen)
        return _down(self.columns, self.form, stretch=0)

    def _build_lines(self) -> QWidget:
        self.filter = Views("Which lines", _FILTERS)
        self.filter.moved.connect(lambda _key: self._show_lines())
        self.lines = RowTable(
            "Lines of the file",
            (Column("Line", "line", 6, "right"), Column("What", "state", 14, show=_state), Column("Name", "who", 22, private=True),
             Column("Why, or what to look at", "says", 0, show=hidden)),
            empty="No line of the file is so.", least_rows=6)
        self.lines.current_changed.connect(self._on_line_current)
        return _down(self.filter, self.lines, stretch=1)

    # showing

    def begin(self, plan: bringing.Plan, lots: Sequence[tuple[Any, str]], sessions: Sequence[tuple[Any, str]]) -> None:
        """Another file."""
        self._quiet = True
        self._fields = [("", LEFT_OUT), *((each.name, each.says) for each in columns.TARGETS[plan.kind])]
        self.becomes.set_choices(self._fields)
        self.lot.set_choices(lots)
        self.lot.set_value(plan.lot)
        self.session.set_choices(sessions)
        self.session.set_value(plan.session)
        self.form.row_of(self.lot).setVisible(plan.kind != columns.CONTACTS)
        self.form.row_of(self.session).setVisible(plan.kind == columns.CONTACTS)
        self.takes_known.set_value(plan.takes_known)
        self._quiet = False
        self.filter.go("all")
        self.show_plan(plan)
        self.columns.go_to(0)

    def show_plan(self, plan: bringing.Plan) -> None:
        """What its columns become now; the report is not there yet."""
        count = len(plan.table.lines)
        self.title.setText(f"{plan.file}: {count:,} line{'' if count == 1 else 's'} of {bringing.KINDS[plan.kind]}")
        self.columns.show_rows(column_rows(plan))
        self._on_column_current(self.columns.current())
        self.show_report(None)

    def show_report(self, report: Report | None, why_not: str = "") -> None:
        """What would become of every line; None while it is not known, with the reason."""
        self._report = report
        counts = {key: len(report.of(*states)) if report else None for key, states in _STATES.items()}
        for key, count in counts.items():
            self.filter.count(key, count)
        good = counts["taken"] or 0
        self.bring_button.setText(f"Br&ing in {good:,} line{'' if good == 1 else 's'}" if report else "Br&ing in")
        self.bring_button.setEnabled(good > 0)
        self.save_button.setEnabled(report is not None)
        self.notes.setText("\n".join(report.notes) if report else why_not)
        self.notes.setVisible(bool(self.notes.text()))
        self.try_button.setVisible(report is None and bool(why_not))
        self._show_lines()

    def busy(self, on: bool) -> None:
        """While the file comes in nothing about it can be changed."""
        for widget in (self.columns, self.form, self.bring_button, self.save_button, self.leave_button):
            widget.setEnabled(not on)
        if not on:
            self.bring_button.setEnabled(self._report is not None and self._report.count(TAKEN) > 0)

    def first_focus(self) -> None:
        """The columns: that is where something may have to be put right."""
        self.columns.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_words(self) -> None:
        """Say again what a public place hides: lists keep their words."""
        for table in (self.columns, self.lines):
            table.show_rows([table.model.row(at) for at in range(table.count())])
        self._on_line_current(self.lines.current())

    def _show_lines(self) -> None:
        self.lines.set_empty("No line of the file is so." if self._report else "The lines are being tried.")
        self.lines.show_rows(self._report.of(*_STATES[self.filter.key()]) if self._report else [])
        self._on_line_current(self.lines.current())

    # what happens

    def _on_column_current(self, row: ColumnShown | None) -> None:
        self._quiet = True
        self.becomes.set_value(next((value for value, words in self._fields if row and words == row.becomes), ""))
        self._quiet = False

    def _on_becomes_submitted(self) -> None:
        row: ColumnShown | None = self.columns.current()
        field = self.becomes.value()
        if row is None or field is None or self.becomes.problem():
            self.form.check()
            return
        at = self.columns.view.currentIndex().row()
        words = self.becomes.currentText()
        if words != row.becomes:
            self.mapped.emit(row.id, field)
        self.columns.go_to(min(at + 1, self.columns.count() - 1))
        self.columns.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self) -> None:
        if not self._quiet and self.lot.is_settled() and self.session.is_settled():
            self.chosen.emit()

    def _on_line_current(self, line: LineReport | None) -> None:
        """The whole sentence, which the list may cut."""
        self.says.setText(f"Line {line.line}: {hidden(line.says)}" if line is not None and line.says else "")
        self.says.setVisible(bool(self.says.text()))


def _down(*widgets: QWidget, stretch: int) -> QWidget:
    place = QWidget()
    layout = QVBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SMALL + SMALL)
    for at, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if at == stretch else 0)
    return place
