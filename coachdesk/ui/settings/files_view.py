"""Files in: choose one, look at what would become of it, bring it in as one act; the ones that came before, and taking one back."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.errors import Refusal, Spoken
from coachdesk.exchange.csv_in import bringing, report, taking_back
from coachdesk.exchange.csv_in.columns import CONTACTS, PARTNERS, PEOPLE
from coachdesk.exchange.csv_in.taking_back import ImportRow
from coachdesk.outreach import queries as outreach_queries
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.progress import ProgressStrip
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Front
from coachdesk.ui.parts.sight import keep_in_sight
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL
from coachdesk.ui.settings.file_look import FileLook
from coachdesk.ui.settings.file_receipt import FileReceipt
from coachdesk.ui.work import Task, speak, touches

_FILES = "CSV files (*.csv *.txt *.tsv);;All files (*)"
_CSV = "CSV files (*.csv)"
_SESSIONS = 60
_WORDS = (
    "From Excel or LibreOffice: choose Save as, and CSV. Nothing is written before you have seen line by line what would happen, and "
    "a file that was brought in can be taken back as a whole for 30 days. The file itself is not kept."
)


def _standing(row: ImportRow) -> str:
    if row.taken_back_on is not None:
        return f"taken back on {day_text(row.taken_back_on)}"
    return "stands; can be taken back" if row.can_go else "stands"


class FilesView(QWidget):
    """`said(sentence, next step)` when something worked."""

    said = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        self._written: list[Callable[[], None]] = []  # says what a write did that was over before Cancel was heard
        self._plan: bringing.Plan | None = None
        self._tried: report.Report | None = None
        self._lots: list[tuple[Any, str]] = []
        self.look, self.receipt = FileLook(), FileReceipt()
        self._build()
        keep_in_sight(self)
        self.look.mapped.connect(self._on_mapped)
        self.look.chosen.connect(self._on_chosen)
        self.look.wanted.connect(self.bring_in)
        self.look.report_asked.connect(self.save_report)
        self.look.left.connect(self.leave)
        self.receipt.left.connect(self.leave)
        self.receipt.save_asked.connect(self.save_receipt)
        self.look.strip.cancelled.connect(self._on_cancelled)
        desk.work.saving_changed.connect(self._on_saving_changed)

    def _build(self) -> None:
        self._start = QWidget()
        card = Card("Bring in a file")
        card.body.addWidget(PlainLabel(_WORDS, "muted", wrap=True))
        self.buttons = {
            PEOPLE: Button("&Participants…", lambda: self.choose(PEOPLE), role="primary"),
            CONTACTS: Button("C&ontacts…", lambda: self.choose(CONTACTS)),
            PARTNERS: Button("Part&ners…", lambda: self.choose(PARTNERS)),
        }
        card.body.addWidget(ButtonRow(tuple(self.buttons.values())))
        self.imports = RowTable(
            "Files that were brought in",
            (Column("On", "came_on", 13), Column("File", "file", 0), Column("What", "kind", 13), Column("Taken", "taken", 8, "right"),
             Column("Left out", "refused", 9, "right"), Column("Now", "standing", 30)),
            empty="No file was brought in yet. Choose above what is in yours.", least_rows=4)
        self.imports.current_changed.connect(self._on_import_current)
        self.back_button = Button("&Take it back", self.take_back, keys="Ctrl+T")
        self.strip = ProgressStrip()
        down = QVBoxLayout(self._start)
        down.setContentsMargins(0, MEDIUM, 0, 0)
        down.setSpacing(MEDIUM + SMALL)
        down.addWidget(card)
        down.addWidget(self.imports, 1)
        down.addWidget(self.strip)
        down.addWidget(ButtonRow((self.back_button,)))
        self.stack = Front()
        for view in (self._start, self.look, self.receipt):
            self.stack.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    # room

    def minimumSizeHint(self) -> QSize:
        """In front: all that wraps at this width and the least rows of the lists; what is beyond scrolls with the page."""
        least, front = super().minimumSizeHint(), self.stack.currentWidget()
        inside = front.layout() if front is not None and self.isVisible() else None
        return least if inside is None else QSize(least.width(), max(least.height(), inside.minimumHeightForWidth(self.width())))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self.updateGeometry()
        return super().event(event)

    # what the page calls

    def reload(self, changes: Any = None) -> None:
        """The files that came in."""
        if changes is None or touches(changes, "programme"):
            self._desk.read(taking_back.imports, self, self._on_imports)

    def first_focus(self) -> None:
        """The first thing of what is in front."""
        front = self.stack.currentWidget()
        if front is self.look:
            self.look.first_focus()
        elif front is self.receipt:
            self.receipt.first_focus()
        else:
            self.buttons[PEOPLE].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_words(self) -> None:
        """Say again what a public place hides."""
        self.look.show_words()

    def choose(self, kind: str) -> None:
        """Ask for a file, read it, and try it."""
        if self._is_writing():
            return
        path = self._desk.dialogs.open_file(self, f"Bring in {bringing.KINDS[kind]}", _FILES)
        if path is None:
            return
        self._stop()
        self._desk.work.read(lambda: self._read(kind, path), self, self._on_read, self._on_failed)

    def _read(self, kind: str, path: Path) -> tuple[bringing.Plan, list[tuple[Any, str]], list[tuple[Any, str]]]:
        """On the worker: the plan of a file, and what can be chosen for all of it."""
        plan = bringing.plan(self._desk.store, kind, path, lot=self._desk.lot)
        with self._desk.store.read() as session:
            lots = list(programme_queries.lot_names(session).items())
            held = outreach_queries.sessions(session, limit=_SESSIONS, until=self._desk.today()) if kind == CONTACTS else []
            sessions = [(row.id, f"{row.venue}, {row.kind}, {day_text(row.held_on)}") for row in held]
        return plan, lots, sessions

    def _on_read(self, found: tuple[bringing.Plan, list[tuple[Any, str]], list[tuple[Any, str]]]) -> None:
        self._plan, lots, sessions = found
        self.stack.setCurrentWidget(self.look)
        self.look.begin(self._plan, lots, sessions)
        self.look.first_focus()
        self._try()

    # trying

    def _on_mapped(self, column: str, field: str) -> None:
        if self._plan is not None:
            self._plan = bringing.mapped(self._plan, column, field)
            self.look.show_plan(self._plan)
            self._try()

    def _on_chosen(self) -> None:
        if self._plan is not None:
            look = self.look
            self._plan = replace(self._plan, lot=look.lot.value(), session=look.session.value(), takes_known=bool(look.takes_known.value()))
            self._try()

    def _try(self) -> None:
        """Line by line, from the beginning; what was tried before is dropped."""
        self._stop()
        plan = self._plan
        if plan is None:
            return
        self.look.show_report(None)
        store, owner = self._desk.store, self._desk.owner
        self._task = self._desk.work.long(
            lambda: bringing.trial(store, owner, plan), self, self._on_step, self._on_tried, self._on_not_tried, tell=False
        )
        self.look.strip.follow(self._task, "Trying lines")

    def _on_step(self, step: bringing.Step) -> None:
        for strip in (self.look.strip, self.strip):
            if not strip.isHidden():
                strip.step((step.done, step.total, f"{step.what}: {step.done:,} of {step.total:,}" if step.total else step.what))

    def _on_tried(self, tried: report.Report | None) -> None:
        self.look.strip.finish()
        self._task, self._tried = None, tried
        if tried is not None:
            self.look.show_report(tried)

    def _on_not_tried(self, spoken: Spoken) -> None:
        self.look.strip.finish()
        self._task = self._tried = None
        self.look.show_report(None, f"{spoken.sentence} {spoken.next_step}")

    # bringing in

    def bring_in(self) -> None:
        """What the report says will be taken, as one act; it can be cancelled until the end."""
        plan, tried = self._plan, self._tried
        if plan is None or tried is None or self._task is not None:
            return

        def run() -> Generator[bringing.Step, None, tuple[report.Report, Any]]:
            done = yield from bringing.bring_in(self._desk.store, self._desk.owner, plan, tried)
            self._written.append(lambda: self._on_brought((done, None)))
            return done, done.changes

        self._task = self._desk.work.long(run, self, self._on_step, self._on_brought, self._on_failed)
        self.look.busy(True)
        self.look.strip.follow(self._task, "Bringing in")

    def _on_brought(self, answer: tuple[report.Report, Any] | None) -> None:
        self._end()
        if answer is None:
            return
        done = answer[0]
        taken, refused, known = (done.count(state) for state in (report.TAKEN, report.REFUSED, report.KNOWN))
        rest = [f"{refused:,} refused" if refused else "", f"{known:,} known already" if known else ""]
        others = f" ({', '.join(part for part in rest if part)})" if any(rest) else ""
        plan, self._plan, self._tried = self._plan, None, None
        self.stack.setCurrentWidget(self._start)
        self.imports.setFocus(Qt.FocusReason.OtherFocusReason)
        words = bringing.KINDS[plan.kind] if plan is not None else "lines"
        self.said.emit(f"{taken:,} {words} are brought in from {done.file}{others}.", "The file can be taken back here for 30 days.")

    # what came in before

    def take_back(self) -> None:
        """The file one stands on, after a question."""
        row = self._current()
        if row is None or not row.can_go or self._is_writing():
            return
        goes = f"Everything that came in with {row.file} goes: {row.taken:,} lines of {row.kind}."
        sentence = f"{goes} What was done since with other records stays."
        if not self._desk.dialogs.ask(self, "Take back a file", sentence, "Take it back"):
            return

        def run() -> Generator[bringing.Step, None, tuple[taking_back.Receipt, Any]]:
            receipt = yield from taking_back.undo_import(self._desk.store, self._desk.owner, row.id)
            self._written.append(lambda: self._on_taken_back((receipt, None)))
            return receipt, receipt.changes

        self._task = self._desk.work.long(run, self, self._on_step, self._on_taken_back, lambda spoken: self._on_not_back(row, spoken))
        self.strip.follow(self._task, f"Taking {row.file} back")

    def _on_taken_back(self, answer: tuple[taking_back.Receipt, Any] | None) -> None:
        self._end()
        if answer is not None:
            self.receipt.show_receipt(answer[0])
            self.stack.setCurrentWidget(self.receipt)
            self.receipt.first_focus()
            self.said.emit(f"{answer[0].row.file} is taken back.", "Below is what went.")

    def _on_not_back(self, row: ImportRow, spoken: Spoken) -> None:
        self._on_failed(spoken)
        if isinstance(spoken, taking_back.StandsInTheWay):
            self.receipt.show_obstacles(row.file, spoken.obstacles)
            self.stack.setCurrentWidget(self.receipt)
            self.receipt.first_focus()

    # lists as files

    def save_report(self) -> None:
        """The report as a csv file."""
        tried = self._tried
        if tried is not None:
            self._save(f"{Path(tried.file).stem}-report.csv", lambda path: report.write_report(path, tried.lines))

    def save_receipt(self) -> None:
        """The list of what went back, or of what stands in the way, as a csv file."""
        header, rows = self.receipt.rows()
        self._save("taken-back.csv", lambda path: report.write_table(path, header, rows))

    def _save(self, suggested: str, write: Any) -> None:
        path = self._desk.dialogs.save_file(self, "Save the list", suggested, _CSV)
        if path is not None:
            target = path if path.suffix else Path(f"{path}.csv")
            done = (f"{target.name} is saved.", "It names people: keep it safe.")
            self._desk.work.read(lambda: write(target), self, lambda _none: self.said.emit(*done))

    # ends

    def leave(self) -> None:
        """Back to the start; what was looked at is let go."""
        if self._is_writing():
            return
        self._stop()
        self._plan = self._tried = None
        self.stack.setCurrentWidget(self._start)
        self.first_focus()

    def _stop(self) -> None:
        """Whatever is tried now is dropped."""
        if self._task is not None:
            self._task.cancel()
        self._task = self._tried = None
        self.look.strip.finish()

    def _is_writing(self) -> bool:
        return self._task is not None and self._task.writes and not self._task.cancelled

    def _on_cancelled(self) -> None:
        """A trial that was stopped; of a write the end is heard by _on_saving_changed."""
        if self._task is not None and not self._task.writes:
            self._task = self._tried = None
            self.look.show_report(None, "Stopped before every line was tried. Nothing was changed.")

    def _on_saving_changed(self, is_saving: bool) -> None:
        """A write that was cancelled is over: it was unwound, unless it had come to its end before Cancel was heard."""
        task = self._task
        if is_saving or task is None or not task.writes or not task.cancelled:
            return
        if self._written:
            self._written[-1]()
        else:
            self._end()
            self.said.emit("Stopped. Nothing was changed.", "")

    def _end(self) -> None:
        self._task = None
        self._written.clear()
        for strip in (self.strip, self.look.strip):
            strip.finish()
        self.look.busy(False)

    def _on_failed(self, spoken: Spoken) -> None:
        self._end()
        if isinstance(spoken, Refusal) and self.stack.currentWidget() is self.look and self._plan is not None:
            self._try()          # something was changed since the report was made
        speak(self, spoken)

    def _on_imports(self, rows: list[ImportRow]) -> None:
        self.imports.show_rows([_Shown(row) for row in rows])
        self._on_import_current(self.imports.current())

    def _on_import_current(self, shown: Any) -> None:
        self.back_button.setEnabled(shown is not None and shown.row.can_go)

    def _current(self) -> ImportRow | None:
        shown: Any = self.imports.current()
        return shown.row if shown is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.look:
            self.leave()
        else:
            super().keyPressEvent(event)


class _Shown:
    """A row of the list: the import, and in words whether it stands."""

    def __init__(self, row: ImportRow) -> None:
        self.row, self.id, self.standing = row, row.id, _standing(row)
        self.came_on, self.file, self.kind, self.taken, self.refused = row.came_on, row.file, row.kind, row.taken, row.refused
