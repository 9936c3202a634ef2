"""Saturation: wards on a map and in a list, by contacts, starts and people turned away over residents, down to those behind each number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coachdesk.casework import saturation as saturations
from coachdesk.casework.ward_panels import CONTACTS_RATE, MEASURES, STARTS, STARTS_RATE, TURNED, Drawn, is_ward, ward_panels
from coachdesk.clock import day_text
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.paper import show_paper
from coachdesk.ui.outreach.period import period_field, since_of, words_of
from coachdesk.ui.outreach.residents_form import ResidentsForm
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import field
from coachdesk.ui.parts.progress import ProgressStrip
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM
from coachdesk.ui.parts.ward_map import WardMap
from coachdesk.ui.work import AnyChange, Task

KEY = "map"
_FILES = "Ward boundaries (*.geojson *.json *.zip);;All files (*)"
_NO_MAP = "No boundary of these wards is on this computer. Import the publisher’s GeoJSON with Alt+O; the list beside has every number."
_WHAT = {CONTACTS_RATE: saturations.CONTACTS, STARTS_RATE: saturations.STARTS, STARTS: saturations.STARTS, TURNED: saturations.TURNED}
_SAYS = {saturations.CONTACTS: "contacts", saturations.STARTS: "starts", saturations.TURNED: "turned away"}


@dataclass(frozen=True, slots=True)
class WardLine:
    """A ward, as the list shows it."""

    id: str
    ward: str
    contacts: int
    contacts_rate: str
    starts: int
    starts_rate: str
    turned_away: int
    row: saturations.WardRow


def ward_line(row: saturations.WardRow) -> WardLine:
    """One row of the list."""
    called = row.ward if row.lot in ("", row.ward) else f"{row.ward}, {row.lot}"
    return WardLine(row.id, called, row.contacts, saturations.rate_text(row.contacts_rate), row.starts,
                    saturations.rate_text(row.starts_rate), row.turned_away, row)


def residents_words(row: saturations.WardRow) -> str:
    """How many live in a ward, by whom and when it was counted."""
    if not is_ward(row):
        return ""
    if row.residents is None or row.residents_on is None:
        return "; residents: enter them"
    return f"; {row.residents:,} residents as of {day_text(row.residents_on)}, {row.residents_source}"


def said_of(row: saturations.WardRow) -> str:
    """A ward whole, for a screen reader."""
    has_rate = row.contacts_rate is not None
    rate = f", {saturations.rate_text(row.contacts_rate)} in 1,000 residents" if has_rate else ", residents not entered"
    started = f", {saturations.rate_text(row.starts_rate)} in 1,000" if row.starts_rate is not None else ""
    return (f"{row.ward} in {row.lot}, {row.id}: {row.contacts:,} contacts{rate}; {row.starts:,} starts{started}; "
            f"{row.turned_away:,} turned away.")


def notes_of(drawn: Drawn, rows: list[saturations.WardRow]) -> str:
    """What stands beside the map because it could not be drawn or told."""
    notes = [*drawn.undrawn]
    if drawn.no_count:
        notes.append(f"No resident count, so no rate: {', '.join(drawn.no_count)}; enter it.")
    notes += [f"{row.ward} ({row.id}): edition {row.edition_missing} is not on this computer, so nobody can be told to live there."
              for row in rows if row.edition_missing]
    return "\n".join(notes)


class SaturationView(QWidget):
    """Enter on a ward, in the map or the list, goes to those behind its number; Enter on one of them opens them."""

    told = Signal(str)
    open_requested = Signal(str, object)

    def __init__(self, desk: Desk, page: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._page = desk, page
        self._rows: list[saturations.WardRow] = []
        self._drawn: Drawn | None = None
        self._importing: Task | None = None
        self.period = period_field()
        self.measure = ChoiceField(list(MEASURES))
        self.measure.set_value(CONTACTS_RATE)
        self.map = WardMap("Map of the wards", _NO_MAP)
        self.table = RowTable("Wards", (
            Column("Ward", "ward", 0), Column("Contacts", "contacts", 8, "right"), Column("in 1,000", "contacts_rate", 8, "right"),
            Column("Starts", "starts", 6, "right"), Column("in 1,000", "starts_rate", 8, "right"),
            Column("Turned away", "turned_away", 8, "right")),
            empty="No ward of the programme is in force in this time.")
        self.behind = RowTable("Behind the number", (
            Column("Day", "on", 12), Column("Name", "name", 0, private=True), Column("What", "what", 0), Column("Lot", "lot", 14),
            Column("People", "count", 7, "right")), empty="Nobody is behind this number.")
        for table, least in ((self.table, 110), (self.behind, 80)):
            table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)        # the lists scroll, not the page
            table.setMinimumHeight(least)
        self.words = PlainLabel("", "subheading", wrap=True)
        self.notes = PlainLabel("", "muted", wrap=True)
        self.strip = ProgressStrip()
        self.form = ResidentsForm(desk)
        self._build()

    def _build(self) -> None:
        self.residents_button = Button("E&nter residents…", self.enter_residents)
        self.import_button = Button("Imp&ort boundaries…", self.import_boundaries)
        self.paper_button = Button("Sho&w on paper", self.print_sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        row = QHBoxLayout()
        row.addWidget(field("&Time", self.period), 1)
        row.addWidget(field("B&y", self.measure), 1)
        row.addStretch(1)
        layout.addLayout(row)
        right = QWidget()
        down = QVBoxLayout(right)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM)
        down.addWidget(self.table, 3)
        down.addWidget(self.words)
        down.addWidget(self.behind, 2)
        down.addWidget(self.notes)
        down.addWidget(PlainLabel("A start is the first meaningful help. People who were only counted, or gave no postcode, stand under "
                                  "“ward not known”: they are never guessed.", "muted", wrap=True))
        layout.addWidget(Sides(self.map, right, (440, 630)), 1)
        layout.addWidget(self.strip)
        layout.addWidget(ButtonRow((self.residents_button, self.import_button, self.paper_button)))
        self.period.changed.connect(self._on_period_changed)
        self.measure.changed.connect(self._on_measure_changed)
        self.table.current_changed.connect(self._on_ward_changed)
        self.table.row_chosen.connect(lambda _line: self.behind.setFocus())
        self.map.current_changed.connect(self._go_to)
        self.map.opened.connect(self._on_map_opened)
        self.behind.row_chosen.connect(self._on_chosen)
        self.form.left.connect(lambda: self._page.show_tab(KEY))
        self.form.saved.connect(self._on_saved)

    def first_focus(self) -> None:
        """The list of wards; the map goes with it."""
        self.table.setFocus()

    # reading

    def read(self) -> None:
        """Ask the store again."""
        lot, since, today = self._asked()

        def ask(session: Any) -> tuple[list[saturations.WardRow], Any]:
            boundaries = programme_queries.boundaries_of(session)
            boundaries.sets()                               # read on the worker, not while drawing
            return saturations.saturation(session, lot=lot, since=since, until=today), boundaries

        self._desk.read(ask, self, self._on_read)

    def _asked(self) -> tuple[UUID | None, date | None, date]:
        return self._desk.lot, since_of(self.period, self._desk.today()), self._desk.today()

    def _on_period_changed(self) -> None:
        if self.period.is_settled() and not self.period.is_empty():
            self.read()

    def _on_measure_changed(self) -> None:
        if self.measure.is_settled() and not self.measure.is_empty():
            self._draw()
            self._on_ward_changed(self.table.current())

    def _on_read(self, found: tuple[list[saturations.WardRow], Any]) -> None:
        self._rows, self._boundaries = found
        self.table.show_rows([ward_line(row) for row in self._rows])
        self._draw()
        if not self.table.view.selectionModel().hasSelection():
            self.table.go_to(0)
        contacts, starts = sum(row.contacts for row in self._rows), sum(row.starts for row in self._rows)
        self.told.emit(f"{contacts:,} contacts and {starts:,} starts in {words_of(self.period)}, by the ward in which people live")
        self._on_ward_changed(self.table.current())

    def _draw(self) -> None:
        self._drawn = drawn = ward_panels(self._rows, self._boundaries, str(self.measure.value()), self._desk.today().year)
        self.map.set_empty(_NO_MAP)
        self.map.show_wards(drawn.panels, drawn.legend, {row.id: said_of(row) for row in self._rows})
        notes = notes_of(drawn, self._rows)
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))

    # going about

    def _what(self) -> str:
        return _WHAT.get(str(self.measure.value()), saturations.CONTACTS)

    def _go_to(self, key: str) -> None:
        self.table.go_to(next((at for at, row in enumerate(self._rows) if row.id == key), -1))

    def _on_map_opened(self, key: str) -> None:
        self._go_to(key)
        self.behind.setFocus()

    def _on_ward_changed(self, line: WardLine | None) -> None:
        if line is None:
            self.words.setText("")
            self.behind.show_rows([])
            return
        self.map.go(line.id)
        what, ward, (lot, since, today) = self._what(), line.id, self._asked()
        number = getattr(line.row, what)
        self.words.setText(f"{line.ward}: {number:,} {_SAYS[what]}{residents_words(line.row)}")
        self._desk.read(lambda session: saturations.behind(session, ward, what, lot=lot, since=since, until=today), self,
                        lambda rows: self._show_behind(ward, what, rows))

    def _show_behind(self, ward: str, what: str, rows: list[saturations.BehindRow]) -> None:
        current = self.table.current()
        if current is not None and current.id == ward and what == self._what():
            self.behind.show_rows(rows)

    def _on_chosen(self, row: saturations.BehindRow) -> None:
        if row.kind:
            self.open_requested.emit(row.kind, row.id)

    # the verbs

    def enter_residents(self) -> None:
        """The form for a resident count, of the ward one stands on."""
        line = self.table.current()
        self._page.show_form(self.form, "Residents", "What rates are measured against. Enter saves. Esc goes back.")
        self.form.begin([row for row in self._rows if is_ward(row)], line.id if line is not None else None)

    def _on_saved(self, words: str) -> None:
        self._page.show_tab(KEY)
        self._page.say_done(words)

    def import_boundaries(self) -> None:
        """Ask for the publisher's file and put its wards beside the editions; it can be cancelled until the end."""
        if self._importing is not None and not self._importing.cancelled:
            return
        path = self._desk.dialogs.open_file(self, "Import ward boundaries", _FILES)
        if path is None:
            return
        folder = self._desk.parts.places.editions

        def run() -> Any:
            from coachdesk.place.boundary_import import import_boundaries

            return import_boundaries(path, folder)

        self._importing = self._desk.work.long(
            run, self, lambda step: self.strip.step((step.done, step.total, f"Reading {step.what}")), self._on_imported,
            self._on_import_failed)
        self.strip.follow(self._importing, f"Reading {path.name}…")

    def _on_imported(self, made: Any) -> None:
        self.strip.finish()
        self._importing = None
        if made is not None:
            self._page.say_done(f"Boundaries of {made.wards:,} wards of {made.year} are on this computer.")
            self._desk.work.changed.emit(AnyChange(frozenset({"place"})))
            self.read()

    def _on_import_failed(self, spoken: Any) -> None:
        self.strip.finish()
        self._importing = None
        self._page.say(spoken)

    def print_sheet(self) -> None:
        """The sheet on paper, as it may hang on a wall."""
        lot, since, today = self._asked()
        show_paper(self._desk, self._page, self, KEY, "Saturation by ward", "saturation.pdf", _drawn(lot, since, today), lot)


def _drawn(lot: UUID | None, since: date | None, until: date) -> Callable[[Any, Any, Any], None]:
    def draw(session: Any, printed: Any, out: Any) -> None:
        from coachdesk.documents.place_reports import saturation_report

        saturation_report(session, printed, out, (lot, None, None), since, until)

    return draw
