"""The directory as an Open Referral UK feed: choose one, see what would come in and what is wrong, bring it in; save ours as one."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Spoken
from coachdesk.exchange.open_referral import coming_in, feed, going_out
from coachdesk.exchange.open_referral.reading import Broken
from coachdesk.exchange.open_referral.report import SAME, Report
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.progress import ProgressStrip
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL
from coachdesk.ui.work import Task, speak

_KINDS = "Feeds (*.json);;All files (*)"
_WORDS = (
    "Councils and their neighbours publish what there is in a neighbourhood as a feed (Open Referral UK, a .json file). Nothing is written "
    "before you have seen what would come in. The same feed a second time brings what is there up to date. A feed that you save holds "
    "organisations, services, times and places; agreements, notes and people whom you added stay here."
)
_EVERY = ((), "every lot")
_START = "Choose a feed to see what would come in."


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One row of the list: what is wrong, what has to be looked at, or what would become of something."""

    id: int
    what: str
    name: str
    organisation: str
    state: str
    says: str


def report_lines(told: Report) -> list[FeedLine]:
    """What has to be looked at first, then everything that is new or changed, then what is as before."""
    rows = [("look at this", each.path, "", "", each.says) for each in told.notes]
    for same in (False, True):
        rows += [(each.what, each.name, each.organisation, each.state, each.says) for each in told.things if (each.state == SAME) == same]
    return [FeedLine(at, *row) for at, row in enumerate(rows)]


class FeedView(QWidget):
    """`left` when done; `said(sentence, next step)` when something worked."""

    left = Signal()
    said = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._feed: feed.Feed | None = None
        self._task: Task | None = None
        self.told = PlainLabel(_START, wrap=True)
        self.table = RowTable(
            "What would come in",
            (Column("What", "what", 14), Column("Name, or place in the file", "name", 0), Column("Organisation", "organisation", 0),
             Column("Becomes", "state", 11), Column("Look at", "says", 0)), empty=_START, least_rows=4)
        self.strip = ProgressStrip()
        self.choose_button = Button("&Choose a feed…", self.choose, role="primary")
        self.save_button = Button("&Save ours as a feed…", self.save)
        self.back_button = Button("Bac&k to the organisations", self.leave)
        self.bring_button = Button("Br&ing it in", self.bring_in, keys="Ctrl+Return")
        self.form = Form(taken="cskinlby")
        self.works_in = self.form.add("Ne&w organisations work in", ChoiceField([_EVERY]))
        self._build()

    def _build(self) -> None:
        card = Card("Directory feed")
        card.body.addWidget(PlainLabel(_WORDS, "muted", wrap=True))
        card.body.addWidget(ButtonRow((self.choose_button, self.save_button, self.back_button)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM + SMALL)
        layout.addWidget(card)
        for widget in (self.told, self.strip):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.form)
        layout.addWidget(ButtonRow((self.bring_button,)))
        self.strip.cancelled.connect(self._on_cancelled)
        self._offer(None)

    def begin(self, lots: Sequence[tuple[UUID, str]]) -> None:
        """From the beginning; new organisations work in the lot that is looked at."""
        self.works_in.set_choices([_EVERY, *(((name,), name) for _id, name in lots)])
        name = next((name for id, name in lots if id == self._desk.lot), None)
        self.works_in.set_value((name,) if name else ())
        self._show([], _START)
        self._offer(None)
        self.first_focus()

    def first_focus(self) -> None:
        """Where one chooses a feed, or says that it shall come in."""
        (self.bring_button if self.bring_button.isVisible() else self.choose_button).setFocus(Qt.FocusReason.OtherFocusReason)

    # trying

    def choose(self) -> None:
        """Ask for a file and try it."""
        path = self._desk.dialogs.open_file(self, "Choose a feed", _KINDS)
        if path is not None and self._task is None:
            self._offer(None)
            self._show([], f"Reading {path.name} …")
            self._desk.work.read(lambda: _read(path), self, self._on_read, self._on_not_read)

    def _on_read(self, found: feed.Feed | Broken) -> None:
        if isinstance(found, Broken):
            rows = [FeedLine(at, "wrong", each.path, "", "", each.says) for at, each in enumerate(found.problems)]
            self._show(rows, f"{found.sentence} Nothing was changed.")
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._feed = found
        self._try()

    def _on_not_read(self, spoken: Spoken) -> None:
        self._show([], f"{spoken.sentence} {spoken.next_step}")
        speak(self, spoken)

    def _try(self) -> None:
        found, lots = self._feed, self._lots()
        if found is not None and self._task is None:
            store, owner = self._desk.store, self._desk.owner
            self._task = self._desk.work.long(lambda: coming_in.trial(store, owner, found, lots), self, self._on_step, self._on_tried,
                                              self._on_failed, tell=False)
            self.strip.follow(self._task, "Trying the feed")

    def _on_tried(self, told: Report | None) -> None:
        self._end()
        if told is not None:
            self._show(report_lines(told), told.sentence(is_trial=True))
            self._offer(told)
            self.first_focus()

    def _lots(self) -> list[str]:
        return [*(self.works_in.value() or ())]

    # bringing in

    def bring_in(self) -> None:
        """What was tried, as one act; it can be cancelled until the end."""
        found, lots = self._feed, self._lots()
        if found is None or self._task is not None or not self.form.check():
            return

        def run() -> Generator[Any, None, tuple[Report, Any]]:
            told = yield from coming_in.bring_in(self._desk.store, self._desk.owner, found, lots)
            return told, told.changes

        self._task = self._desk.work.long(run, self, self._on_step, self._on_brought, self._on_failed)
        self.strip.follow(self._task, "Bringing in")

    def _on_brought(self, answer: tuple[Report, Any] | None) -> None:
        self._end()
        if answer is not None:
            self._feed = None
            self._offer(None)
            self._show(report_lines(answer[0]), answer[0].sentence(is_trial=False))
            self.said.emit(answer[0].sentence(is_trial=False), "Ctrl+Z takes it back; so does Settings, Files, for 30 days.")
            self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # going out

    def save(self) -> None:
        """The organisations of the lot that is looked at, or all, as a feed."""
        path = self._desk.dialogs.save_file(self, "Save as a feed", "directory.json", _KINDS)
        if path is None:
            return
        target, lot = path if path.suffix else Path(f"{path}.json"), self._desk.lot

        def write() -> tuple[int, int]:
            with self._desk.store.read() as session:
                made = going_out.export(session, lot=lot)
            going_out.write(target, made)
            return len(made["contents"]), going_out.without_services(made)

        self._desk.work.read(write, self, lambda counts: self._on_written(target, counts))

    def _on_written(self, target: Path, counts: tuple[int, int]) -> None:
        services, beside = counts
        also = f", and {beside:,} organisation{'' if beside == 1 else 's'} without any" if beside else ""
        self.said.emit(f"{target.name} holds {services:,} service{'' if services == 1 else 's'} with their organisations{also}.", "")

    # ends

    def leave(self) -> None:
        """Back; what was tried is let go."""
        if self._task is not None and self._task.writes:
            return
        if self._task is not None:
            self._task.cancel()
        self._end()
        self._feed = None
        self.left.emit()

    def _show(self, rows: list[FeedLine], sentence: str) -> None:
        self.told.setText(sentence)
        self.table.set_empty(sentence)
        self.table.show_rows(rows)

    def _offer(self, told: Report | None) -> None:
        can = told is not None and told.touched > 0
        self.bring_button.setVisible(can)
        self.form.setVisible(can and told is not None and told.count("organisation", "new") > 0)

    def _on_step(self, step: Any) -> None:
        self.strip.step((step.done, step.total, f"{step.what}: {step.done:,} of {step.total:,}"))

    def _on_cancelled(self) -> None:
        self._task = None
        self._show([], "Stopped. Nothing was changed.")

    def _on_failed(self, spoken: Spoken) -> None:
        self._end()
        speak(self, spoken)

    def _end(self) -> None:
        self._task = None
        self.strip.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _read(path: Path) -> feed.Feed | Broken:
    """A feed, or what is wrong with it, to be shown line by line."""
    try:
        return feed.read_feed(path)
    except Broken as broken:
        return broken
