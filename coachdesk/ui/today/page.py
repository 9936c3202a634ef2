"""Today: overdue first, what is due within a week, how the month stands, today's sessions, and what I did last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.figure import Figure, FigureRow
from coachdesk.ui.parts.page import Card, Page
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import LARGE, MEDIUM
from coachdesk.ui.today.reading import DUE, JOBS, MEANINGFUL, OVERDUE, PEOPLE, WAITING, WEEK, TodayShown, read_today
from coachdesk.ui.work import touches

_COACH = 5          # the column that only matters when everybody's work is shown
_HEADINGS = {
    DUE: "Overdue and due within seven days", PEOPLE: "People on the caseload", OVERDUE: "Overdue", WEEK: "Due within seven days",
    WAITING: "Awaiting a reply", MEANINGFUL: "Reached the meaningful milestone this month", JOBS: "Jobs started this month",
}
_EMPTY = {
    DUE: "Nothing is due within seven days. C logs a contact, R registers somebody, H logs help.",
    PEOPLE: "Nobody is on this caseload yet. R registers somebody.",
    OVERDUE: "Nothing is overdue.",
    WEEK: "Nothing is due within seven days.",
    WAITING: "No referral waits for a reply.",
    MEANINGFUL: "Nobody has reached it this month yet. H logs help.",
    JOBS: "No job was started this month so far.",
}


class TodayPage(Page):
    """The first page. Figures show their rows in the list below; D or Esc shows what is due again; M is mine or everyone's."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Today", f"{desk.today():%A} {day_text(desk.today())}", parent)
        self._desk = desk
        self._found: TodayShown | None = None
        self._list = DUE
        self.is_mine = True
        self._build_head()
        self._build_body()
        self._build_keys()
        desk.lot_changed.connect(self.read)
        self._draw_whose()

    # building

    def _build_head(self) -> None:
        self.whose_button = self.add_action("", self.turn_whose)
        self.contact_button = self.add_action("Log a &contact", partial(self._offer, "new contact"))
        self.register_button = self.add_action("&Register", partial(self._offer, "new participant"))
        self.help_button = self.add_action("Log &help", partial(self._offer, "new intervention"), primary=True)
        for button, letter in ((self.whose_button, "M"), (self.contact_button, "C"), (self.register_button, "R"), (self.help_button, "H")):
            button.setToolTip(f"Press {letter}")

    def _build_body(self) -> None:
        self.figures = {
            PEOPLE: Figure("On the caseload"), OVERDUE: Figure("Overdue"), WEEK: Figure("Due in seven days"),
            WAITING: Figure("Awaiting a reply"), MEANINGFUL: Figure("Meaningful"), JOBS: Figure("Jobs"),
        }
        for name, figure in self.figures.items():
            figure.drilled.connect(partial(self.show_list, name))
        self.body.addWidget(FigureRow(*self.figures.values()))
        self._heading = PlainLabel(_HEADINGS[DUE], "subheading")
        self.due_button = Button("Back to what is &due", partial(self.show_list, DUE), role="link")
        self.due_button.setToolTip("Press D or Esc")
        self.table = RowTable("What is due", (
            Column("When", "when", 20), Column("Who", "who", 0, private=True), Column("What", "what", 0), Column("Lot", "lot", 16),
            Column("Coach", "coach", 14)), empty=_EMPTY[DUE])
        self.table.row_chosen.connect(lambda row: self.open_requested.emit(row.kind, row.opens))
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self.due_button)
        left = QVBoxLayout()
        left.setSpacing(MEDIUM)
        left.addLayout(head)
        left.addWidget(self.table, 1)
        across = QHBoxLayout()
        across.setSpacing(LARGE)
        across.addLayout(left, 3)
        across.addLayout(self._build_side(), 1)
        self.body.addLayout(across, 1)

    def _build_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(MEDIUM)
        self.sessions = RowTable("Outreach sessions today", (
            Column("From", "at", 5), Column("Venue", "venue", 0), Column("Met", "people", 4, "right")),
            empty="No outreach session today. C opens one.")
        self.sessions.row_chosen.connect(lambda row: self.open_requested.emit("outreach.session", row.id))
        self.sessions.setMinimumHeight(110)
        side.addWidget(PlainLabel("Outreach today", "subheading"))
        side.addWidget(self.sessions, 1)
        card = Card("You did last")
        self._last = PlainLabel("", wrap=True)
        self._before = PlainLabel("", "muted", wrap=True)
        self.undo_button = Button("&Undo the last", self.undo)
        self.undo_button.setToolTip("Ctrl+Z, from anywhere")
        for widget in (self._last, self._before, self.undo_button):
            card.body.addWidget(widget)
        side.addWidget(card)
        return side

    def _build_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "C": partial(self._offer, "new contact"), "R": partial(self._offer, "new participant"),
            "H": partial(self._offer, "new intervention"), "M": self.turn_whose, "D": partial(self.show_list, DUE), "Esc": self._on_escape}
        for letter, does in keys.items():
            shortcut = QShortcut(QKeySequence(letter), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)

    # what the shell calls

    def reload(self, changes: Any = None) -> None:
        """Read again when anything changed that is shown here."""
        if changes is None or touches(changes, "outreach", "participant", "referral", "activity", "programme", "partner"):
            self.read()

    def first_focus(self) -> None:
        """Into the list."""
        self.table.setFocus()

    def set_public_place(self, on: bool) -> None:
        """The list draws itself; nothing else here has a name in it."""

    # reading

    def read(self) -> None:
        """One read of everything."""
        desk, day = self._desk, self._desk.today()
        coach, lot = desk.owner if self.is_mine else None, desk.lot
        desk.read(lambda session: read_today(session, day, desk.owner, coach=coach, lot=lot), self, self._on_read)

    def _on_read(self, found: TodayShown) -> None:
        self._found = found
        for name, figure in self.figures.items():
            figure.show_value(f"{len(found.lists[name]):,}", self._note(name))
        overdue, soon = len(found.lists[OVERDUE]), len(found.lists[WEEK])
        said = f"{overdue} overdue, {soon} due within seven days" if overdue or soon else "nothing due within seven days"
        self.set_subtitle(f"{found.day:%A} {day_text(found.day)} · {said}")
        self.sessions.show_rows(found.sessions)
        self._last.setText(found.last[0] if found.last else "Nothing yet on this desk.")
        self._before.setText("\n".join(f"Before: {each}" for each in found.last[1:]))
        self._before.setVisible(len(found.last) > 1)
        self.undo_button.setEnabled(bool(found.last))
        self._draw_list()

    def _note(self, name: str) -> str:
        if name == PEOPLE:
            return "people"
        if name in (MEANINGFUL, JOBS):
            return "this month"
        return ""

    # doing

    def show_list(self, name: str) -> None:
        """The rows behind a figure."""
        self._list = name
        self._draw_list()
        self.table.go_to(0)
        self.table.setFocus()

    def _draw_list(self) -> None:
        rows = self._found.lists[self._list] if self._found else ()
        self._heading.setText(f"{_HEADINGS[self._list]} ({len(rows):,})")
        self.due_button.setVisible(self._list != DUE)
        self.table.view.setAccessibleName(_HEADINGS[self._list])
        self.table.set_empty(_EMPTY[self._list])
        self.table.show_rows(rows)

    def turn_whose(self) -> None:
        """Mine, or everyone's."""
        self.is_mine = not self.is_mine
        self._draw_whose()
        self.read()

    def _draw_whose(self) -> None:
        self.whose_button.setText("Showing &mine" if self.is_mine else "Showing &everyone’s")
        self.whose_button.setAccessibleDescription("Press M for everyone's." if self.is_mine else "Press M for mine.")
        self.table.view.setColumnHidden(_COACH - 1, self.is_mine)

    def undo(self) -> None:
        """Take back what I did last."""
        self._desk.undo(self, lambda reason: self.say_done(f"Undone: {reason}."))

    def _offer(self, what: str) -> None:
        self._desk.offered.emit(what, None)

    def _on_escape(self) -> None:
        bar = self.bar()
        if bar is not None and bar.kind:
            bar.dismiss()
        else:
            self.show_list(DUE)
