"""What stands around the list of Today: the figures above it, today's sessions and the last deeds below it.

Made right after the first paint, which shows the list alone (GOALS 1).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.figure import Figure, FigureRow
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import LARGE, MEDIUM
from coachdesk.ui.today.shown import JOBS, MEANINGFUL, OVERDUE, PEOPLE, WAITING, WEEK, TodayShown

_LABELS = {
    PEOPLE: "On the caseload", OVERDUE: "Overdue", WEEK: "Due in seven days", WAITING: "Awaiting a reply",
    MEANINGFUL: "Meaningful help", JOBS: "Jobs",
}


class TodayFigures(FigureRow):
    """Six numbers; pressing one asks `drill(its name)` for its rows."""

    def __init__(self, drill: Callable[[str], object]) -> None:
        self.by_name = {name: Figure(label) for name, label in _LABELS.items()}
        super().__init__(*self.by_name.values())
        for name, figure in self.by_name.items():
            figure.drilled.connect(partial(drill, name))

    def show_found(self, found: TodayShown) -> None:
        """How many rows each list has."""
        notes = {PEOPLE: "mine" if found.is_mine else "everyone’s", OVERDUE: "before today", WEEK: "from today on", WAITING: "referrals",
                 MEANINGFUL: f"reached {found.needed} this month", JOBS: "started this month"}
        for name, figure in self.by_name.items():
            figure.show_value(f"{len(found.lists[name]):,}", notes[name])


class LeftBehindNote(QWidget):
    """Says whose people nobody has taken over, and leads to the handover: `hand_over(member)`. Hidden while there is nothing to say."""

    hand_over = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._first: Any = None
        self.words = PlainLabel("", "problem", wrap=True)
        self.button = Button("Hand o&ver…", lambda: self.hand_over.emit(self._first))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LARGE)
        row.addWidget(self.words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_found(self, found: TodayShown) -> None:
        """Whoever left last, and how many more; the button is for the one who is named."""
        last = found.left[-1] if found.left else None
        more = len(found.left) - 1
        others = f"{more:,} more have left with something still theirs." if more > 1 else "One more has left with something still theirs."
        self._first = last.id if last is not None else None
        self.words.setText(f"⚠ {last.sentence}{f' {others}' if more > 0 else ''}" if last is not None else "")
        self.setVisible(bool(found.left))


class _FewRows(RowTable):
    """A table that asks for three rows and no more, so that the list above it is the tall one."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(self.fontMetrics().lineSpacing() * 1.65 * 4.4))


class TodayFoot(QWidget):
    """Today's sessions (`session_chosen(id)`) beside what I did last, with its undo."""

    session_chosen = Signal(object)

    def __init__(self, undo: Callable[[], object]) -> None:
        super().__init__()
        foot = QHBoxLayout(self)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(LARGE)
        self.sessions = _FewRows("Outreach sessions today", (
            Column("From", "at", 6), Column("Venue", "venue", 0), Column("Lot", "lot", 18), Column("Met", "people", 5, "right")),
            empty="No outreach session today. C opens one.")
        self.sessions.row_chosen.connect(lambda row: self.session_chosen.emit(row.id))
        met = QVBoxLayout()
        met.setSpacing(MEDIUM)
        met.addWidget(PlainLabel("Outreach today", "subheading"))
        met.addWidget(self.sessions, 1)
        foot.addLayout(met, 3)
        foot.addWidget(self._build_last(undo), 2)

    def _build_last(self, undo: Callable[[], object]) -> Card:
        card = Card("You did last")
        self.last = PlainLabel("", wrap=True)
        self._before = PlainLabel("", "muted", wrap=True)
        self.undo_button = Button("&Undo the last", undo)
        self.undo_button.setToolTip("Ctrl+Z, from anywhere")
        for widget in (self.last, self._before):
            card.body.addWidget(widget)
        card.body.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(1)
        return card

    def show_found(self, found: TodayShown) -> None:
        """Sessions and deeds as they are now."""
        self.sessions.show_rows(found.sessions)
        self.last.setText(found.last[0] if found.last else "Nothing yet on this desk.")
        self._before.setText("\n".join(f"Before: {each}" for each in found.last[1:]))
        self._before.setVisible(len(found.last) > 1)
        self.undo_button.setEnabled(bool(found.last))

    def stops(self) -> Sequence[QWidget]:
        """Where Tab stops, in order."""
        return self.sessions.view, self.undo_button
