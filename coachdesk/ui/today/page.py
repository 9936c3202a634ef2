"""Today: overdue first, then what is due within a week; how the month stands, today's sessions, and what I did last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.today.shown import DUE, JOBS, MEANINGFUL, OVERDUE, PEOPLE, WAITING, WEEK, TodayList, TodayShown, first_shown
from coachdesk.ui.work import touches

if TYPE_CHECKING:
    from coachdesk.ui.parts.figure import Figure
    from coachdesk.ui.today.around import LeftBehindNote, TodayFigures, TodayFoot

_COACH = 4          # the column that only matters when everybody's work is shown
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
        self._around: tuple[TodayFigures, TodayFoot, LeftBehindNote] | None = None
        self.is_mine: bool | None = None          # None: not chosen yet; mine if I have any work of my own, else everyone's
        self._build_actions()
        self._build_body()
        self._build_keys()
        desk.lot_changed.connect(self.read)
        if desk.first_rows:
            self._found = first_shown(desk.first_rows, desk.today(), desk.owner)
            self._draw_list()

    # building

    def _build_actions(self) -> None:
        self.contact_button = self.add_action("Log a &contact", partial(self._offer, "new contact"))
        self.register_button = self.add_action("&Register", partial(self._offer, "new participant"))
        self.help_button = self.add_action("Log &help", partial(self._offer, "new intervention"), primary=True)
        self.whose_button = Button("Show &mine", self.turn_whose)
        for button, letter in ((self.whose_button, "M"), (self.contact_button, "C"), (self.register_button, "R"), (self.help_button, "H")):
            button.setToolTip(f"Press {letter}")

    def _build_body(self) -> None:
        self._heading = PlainLabel(_HEADINGS[DUE], "subheading", wrap=True)
        self.due_button = Button("Back to what is &due", partial(self.show_list, DUE), role="link")
        self.due_button.setToolTip("Press D or Esc")
        self.table = RowTable("What is due", (
            Column("When", "when", 20), Column("Who", "who", 22, private=True), Column("What", "what", 0), Column("Lot", "lot", 18),
            Column("Coach", "coach", 16)), empty=_EMPTY[DUE])
        self.table.row_chosen.connect(lambda row: self.open_requested.emit(row.kind, row.opens))
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self.due_button)
        head.addWidget(self.whose_button)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        self.table.setMinimumHeight(160)

    @property
    def figures(self) -> dict[str, Figure]:
        """The figures by the names of their lists."""
        return self._furnished()[0].by_name

    @property
    def foot(self) -> TodayFoot:
        """What stands below the list."""
        return self._furnished()[1]

    @property
    def left_behind(self) -> LeftBehindNote:
        """Whose people nobody has taken over."""
        return self._furnished()[2]

    def _furnished(self) -> tuple[TodayFigures, TodayFoot, LeftBehindNote]:
        if self._around is None:
            from coachdesk.ui.today.around import LeftBehindNote, TodayFigures, TodayFoot

            figures, foot, left = self._around = TodayFigures(self.show_list), TodayFoot(self.undo), LeftBehindNote()
            left.hand_over.connect(partial(self._desk.offered.emit, "hand over"))
            foot.session_chosen.connect(lambda id: self.open_requested.emit("outreach.session", id))
            self.body.insertWidget(0, left)
            self.body.insertWidget(1, figures)
            self.body.addWidget(foot)
            stops = (self.help_button, left.button, *figures.by_name.values(), self.due_button, self.whose_button, self.table.view,
                     *foot.stops())
            for before, after in pairwise(stops):
                self.setTabOrder(before, after)
        return self._around

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

    def furnish(self) -> None:
        """Figures and foot, right after the first paint: the list finds its place before anybody aims at it."""
        self._furnished()

    def first_focus(self) -> None:
        """Into the list."""
        self.table.setFocus()

    def set_public_place(self, on: bool) -> None:
        """The list draws itself; nothing else here has a name in it."""

    # reading

    def read(self) -> None:
        """One read of everything."""
        desk, day = self._desk, self._desk.today()
        is_mine, lot = self.is_mine, desk.lot

        def ask(session: Any) -> TodayShown:
            from coachdesk.ui.today.reading import read_today

            return read_today(session, day, desk.owner, lot=lot, is_mine=is_mine)

        desk.read(ask, self, self._on_read)

    def _on_read(self, found: TodayShown) -> None:
        self._found = found
        self._draw_whose()
        for part in self._furnished():
            part.show_found(found)
        overdue, soon = len(found.lists[OVERDUE]), len(found.lists[WEEK])
        said = f"{overdue} overdue, {soon} due within seven days" if overdue or soon else "nothing due within seven days"
        self.set_subtitle(f"{found.day:%A} {day_text(found.day)} · {'my work' if found.is_mine else 'everyone’s work'}: {said}")
        self._draw_list()

    # doing

    def show_list(self, name: str) -> None:
        """The rows behind a figure."""
        self._list = name
        self._draw_list()
        self.table.go_to(0)
        self.table.setFocus()

    def _draw_list(self) -> None:
        found = self._found.lists.get(self._list) if self._found else None
        shown = found or TodayList((), ())
        self._heading.setText(f"{_HEADINGS[self._list]} ({len(shown):,})")
        self.due_button.setVisible(self._list != DUE)
        self.table.view.setAccessibleName(_HEADINGS[self._list])
        self.table.set_empty(_EMPTY[self._list])
        if shown.read is None:
            self.table.show_rows(shown.first)
        else:
            self.table.show_ids(shown.keys, self._desk.rows_of(shown.read), self._desk.work, shown.first)
        if not self.table.view.selectionModel().hasSelection():
            self.table.go_to(0)

    def turn_whose(self) -> None:
        """Mine, or everyone's."""
        self.is_mine = not (self._found.is_mine if self._found else self.is_mine)
        self.read()

    def _draw_whose(self) -> None:
        is_mine = self._found is not None and self._found.is_mine
        self.whose_button.setText("Show &everyone’s" if is_mine else "Show &mine")
        self.table.view.setColumnHidden(_COACH, is_mine)

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
