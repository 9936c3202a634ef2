"""The table of every screen: a windowed list with drawn text, keyboard, copy, an empty state that says what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.row_model import Column, RowModel, money
from coachdesk.ui.parts.row_view import RowView
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import LARGE, MEDIUM
from coachdesk.ui.work import Work

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QPaintEvent

__all__ = ["Column", "RowTable", "money"]

_LEAST_NAME = 16          # characters


class _Nothing(QWidget):
    """What stands in an empty list. The keyboard may rest here, with a frame, so that it is never nowhere."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class RowTable(QWidget):
    """A list of frozen rows. `row_chosen(row)` on Enter or double click, `current_changed(row or None)` as one moves.

    `sort_requested(name, ascending)` when a header with a `sort` name is clicked: the page shows the list again in that order.
    """

    row_chosen = Signal(object)
    current_changed = Signal(object)
    sort_requested = Signal(str, bool)

    def __init__(self, name: str, columns: Sequence[Column], *, empty: str = "Nothing here yet.", empty_button: str = "",
                 on_empty: Callable[[], object] | None = None, least_rows: int = 0, parent: QWidget | None = None) -> None:
        """`name` is what a screen reader calls the list; `empty` the sentence that says what to do next; `least_rows` stay in sight."""
        super().__init__(parent)
        self._least_rows = least_rows
        self.model = RowModel(columns)
        self.view = RowView(self.model)
        self.view.setAccessibleName(name)
        self._build_view()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.view)
        self._empty = PlainLabel(empty, "muted", wrap=True)
        self.empty_button = Button(empty_button, on_empty) if empty_button else None
        self._stack.addWidget(self._build_empty())
        self._ordered: tuple[int, bool] | None = None
        self.view.opened.connect(self._on_view_opened)
        self.view.doubleClicked.connect(lambda index: self._on_view_opened(index.row()))
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self.current_changed.emit(self.current()))
        self.model.modelReset.connect(self._on_model_reset)
        self.model.dataChanged.connect(self._on_rows_arrived)
        self.setFocusProxy(self.view)
        self._on_model_reset()

    def show_ids(self, ids: Sequence[Any], fetch: Callable[[Sequence[Any]], Sequence[Any]], work: Work | None = None,
                 first_rows: Sequence[Any] = ()) -> None:
        """A long list by ids in order (array('q') or a list); rows come when they are looked at. See RowModel."""
        self._replace(lambda: self.model.show_ids(ids, fetch, work, first_rows), ids)

    def begin(self, ids: Sequence[Any], rows: Sequence[Any], count: int) -> None:
        """The first block of a long list, to be seen before its order is read; show_ids follows.

        Who looks further down, or stands on a record that is not in this block, waits for that instead.
        """
        at = self.view.currentIndex().row()
        stands_here = not 0 <= at < self.count() or self._identity(self.model.id_at(at)) in ids
        if count <= len(ids) or stands_here and self.view.rowAt(0) < len(ids):
            self._replace(lambda: self.model.begin(ids, rows, count), ids)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """A short list of frozen rows."""
        self._replace(lambda: self.model.show_rows(rows), rows)

    def count(self) -> int:
        """How many rows the list has."""
        return self.model.rowCount()

    def current(self) -> Any:
        """The row one stands on, or None."""
        at = self.view.currentIndex().row()
        return self.model.row(at) if 0 <= at < self.count() else None

    def go_to(self, at: int) -> None:
        """Stand on a row by its place."""
        if 0 <= at < self.count():
            index = self.model.index(at, 0)
            self.view.setCurrentIndex(index)
            flags = QItemSelectionModel.SelectionFlag
            self.view.selectionModel().select(index, flags.ClearAndSelect | flags.Rows)
            self.view.scrollTo(index)

    def stand_on(self, key: Any) -> bool:
        """Stand on the row of a key, or of an id after show_rows; whether the list holds it."""
        place = self.model.place_of(key)
        if place is not None:
            self.go_to(place)
        return place is not None

    def set_empty(self, sentence: str) -> None:
        """What the empty list says, such as after a search that found nothing."""
        self._empty.setText(sentence)
        self._say_nothing()

    def sizeHint(self) -> QSize:
        """A list with `least_rows` asks for no more than them and takes what is left: it scrolls, not the page around it."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.minimumHeight()) if self._least_rows else hint

    def _say_nothing(self) -> None:
        self._nothing.setAccessibleName(self.view.accessibleName())
        self._nothing.setAccessibleDescription(self._empty.text())

    def text(self, at: int, column: int) -> str:
        """What stands in a cell: for tests."""
        return self.model.text(at, column)

    def _replace(self, put: Callable[[], None], ids: Sequence[Any]) -> None:
        """Keep standing on the same record, else on the same place, when the list is shown again."""
        at = self.view.currentIndex().row()
        kept = self._identity(self.model.id_at(at)) if 0 <= at < self.count() else None
        put()
        if kept is None or not len(ids):
            return
        near = [*range(max(0, at - 200), min(len(ids), at + 200))]
        place = next((place for place in near if self._identity(ids[place]) == kept), None)
        if place is not None:
            self.go_to(place)
        elif not self.stand_on(kept):
            self.go_to(min(at, len(ids) - 1))

    def _identity(self, row_or_id: Any) -> Any:
        return getattr(row_or_id, "id", row_or_id)

    def _on_view_opened(self, at: int) -> None:
        row = self.model.row(at)
        if row is not None:
            self.row_chosen.emit(row)

    def _on_rows_arrived(self, first: QModelIndex, last: QModelIndex) -> None:
        """The row one stands on was on its way; now it can be told."""
        if first.row() <= self.view.currentIndex().row() <= last.row():
            self.current_changed.emit(self.current())

    def _on_model_reset(self) -> None:
        was_here = self.view.hasFocus() or self._nothing.hasFocus()
        rests: QWidget = self.view if self.count() else self.empty_button or self._nothing
        self._stack.setCurrentIndex(0 if self.count() else 1)
        self.setFocusProxy(rests)
        if was_here:
            rests.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.count() and not self.view.currentIndex().isValid():
            flags = QItemSelectionModel.SelectionFlag
            shown = flags.ClearAndSelect | flags.Rows if self.view.hasFocus() else flags.NoUpdate
            self.view.selectionModel().setCurrentIndex(self.model.index(0, 0), shown)

    def _build_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setAlternatingRowColors(True)
        view.setWordWrap(False)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(any(column.sort for column in self.model.columns))
        header.sectionClicked.connect(self._on_header_clicked)
        view.resized.connect(self._share_out)
        self._fit()

    def _build_empty(self) -> QWidget:
        page = self._nothing = _Nothing()
        if self.empty_button is None:
            page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._say_nothing()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        layout.setSpacing(MEDIUM)
        layout.addStretch(1)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._empty)
        if self.empty_button is not None:
            layout.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        return page

    def _fit(self) -> None:
        """Row height and widths follow the text size."""
        self.view.forget_layout()
        metrics = self.view.fontMetrics()
        self.view.verticalHeader().setMinimumSectionSize(8)
        self.view.verticalHeader().setDefaultSectionSize(round(metrics.lineSpacing() * 1.65))
        if self._least_rows:
            self.setMinimumHeight(round(metrics.lineSpacing() * 1.65 * (self._least_rows + 2)))     # and the header, a bar for the width
        header = self.view.horizontalHeader()
        for at, column in enumerate(self.model.columns):
            if column.width:
                wide = max(column.width * metrics.averageCharWidth() + 20, metrics.horizontalAdvance(column.title) * 12 // 10 + 20)
                header.resizeSection(at, wide)
        self._share_out()

    def _share_out(self) -> None:
        """Columns of width 0 share what the others leave, but never less than a short name needs."""
        header, columns = self.view.horizontalHeader(), self.model.columns
        open_ended = [at for at, column in enumerate(columns) if not column.width]
        taken = sum(header.sectionSize(at) for at, column in enumerate(columns) if column.width)
        least = self.view.fontMetrics().averageCharWidth() * _LEAST_NAME + 20
        for at in open_ended:
            header.resizeSection(at, max((self.view.viewport().width() - taken) // len(open_ended), least))

    def _on_header_clicked(self, at: int) -> None:
        column = self.model.columns[at]
        if not column.sort:
            return
        rising = not (self._ordered is not None and self._ordered == (at, True))
        self._ordered = (at, rising)
        header = self.view.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(at, Qt.SortOrder.AscendingOrder if rising else Qt.SortOrder.DescendingOrder)
        self.sort_requested.emit(column.sort, rising)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "view"):
            self._fit()
