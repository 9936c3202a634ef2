"""Rows for a table without the whole table in memory: ids in order, rows fetched in blocks of 128 and kept in a small LRU."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from coachdesk.ui.parts.entry import pence_text, short_day
from coachdesk.ui.parts.privacy import in_public, initials
from coachdesk.ui.work import Work

BLOCK = 128
BLOCKS_KEPT = 64
_NOT_HERE_YET = "…"
Index = QModelIndex | QPersistentModelIndex


class Column(NamedTuple):
    """One column: `attribute` of the row; `width` in characters (0 takes what is left); `align` left or right; `sort` names an order.

    `show` turns the value into words; without it days, yes/no and None are written plainly. `private` shows initials in public.
    """

    title: str
    attribute: str
    width: int = 14
    align: str = "left"
    sort: str = ""
    private: bool = False
    show: Callable[[Any], str] | None = None


def plain(value: Any) -> str:
    """A value as people read it in a list."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{short_day(value.astimezone().date())}, {value.astimezone():%H:%M}"
    if isinstance(value, date):
        return short_day(value)
    return str(value)


def money(pence: int | None) -> str:
    """For Column(show=money)."""
    return "" if pence is None else pence_text(pence)


class _Begun(Sequence[Any]):
    """An order of which only the beginning is known so far, and how long it is: nobody (None) stands in the rest."""

    def __init__(self, known: Sequence[Any], count: int) -> None:
        self.known, self._count = known, count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: Any) -> Any:
        if at < len(self.known):
            return self.known[at]
        if at < self._count:
            return None
        raise IndexError(at)

    def goes_on(self, ids: Sequence[Any]) -> bool:
        """Whether these are the same ones, told to the end."""
        return not isinstance(ids, _Begun) and len(ids) == len(self) and list(ids[:len(self.known)]) == list(self.known)


class RowModel(QAbstractTableModel):
    """A window over an ordered list of ids. `fetch(ids)` answers rows in the same order; with a Work it runs off the main thread."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._awaited, self._gone = (_NOT_HERE_YET,) * len(self.columns), ("",) * len(self.columns)
        self._has_private = any(column.private for column in self.columns)
        self._ids: Sequence[Any] = ()
        self._fetch: Callable[[Sequence[Any]], Sequence[Any]] = list
        self._work: Work | None = None
        self._blocks: OrderedDict[int, tuple[Sequence[Any], list[tuple[str, ...] | None]]] = OrderedDict()
        self._asked: set[int] = set()
        self._turn = 0

    def show_ids(self, ids: Sequence[Any], fetch: Callable[[Sequence[Any]], Sequence[Any]], work: Work | None = None,
                 first_rows: Sequence[Any] = ()) -> None:
        """Replace everything. `first_rows` (already read, at most a block) are shown without asking.

        Where the same list was begun, it goes on: what is shown already stays.
        """
        begun = self._ids
        if isinstance(begun, _Begun) and begun.goes_on(ids):
            self._ids, self._fetch, self._work = ids, fetch, work
            if len(ids) > BLOCK:
                self.dataChanged.emit(self.index(BLOCK, 0), self.index(len(ids) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._ids, self._fetch, self._work = ids, fetch, work
        self._blocks.clear()
        self._asked.clear()
        self._turn += 1
        if first_rows and len(first_rows) >= min(BLOCK, len(ids)):
            self._keep(0, first_rows[:BLOCK])
        self.endResetModel()

    def begin(self, ids: Sequence[Any], rows: Sequence[Any], count: int) -> None:
        """The first block (or all, where there is less) of a list that is `count` long; show_ids tells the rest when its order is read."""
        self.show_ids(_Begun(ids, count) if count > len(ids) else ids, lambda _none: rows, None, rows)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """A list small enough to hand over whole."""
        self.show_ids(rows, lambda some: some)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def row(self, at: int) -> Any:
        """The row object, or None while it is being fetched."""
        block = self._block(at // BLOCK)
        return block[0][at % BLOCK] if block is not None and at % BLOCK < len(block[0]) else None

    def id_at(self, at: int) -> Any:
        """The id in the order that was given (the row itself after show_rows)."""
        return self._ids[at]

    def place_of(self, key: Any) -> int | None:
        """Where a key stands (or the row of an id, after show_rows); None when the list does not hold it."""
        if isinstance(self._ids, array):
            try:
                return self._ids.index(key)
            except (TypeError, ValueError):
                return None
        return next((at for at, each in enumerate(self._ids) if getattr(each, "id", each) == key), None)

    def text(self, at: int, column: int) -> str:
        """What stands in a cell."""
        return self.cells(at)[column]

    def cells(self, at: int) -> Sequence[str]:
        """What stands in the cells of a row."""
        block = self._block(at // BLOCK)
        if block is None:
            return self._awaited
        rows, texts = block
        place = at % BLOCK
        if place >= len(rows):
            return self._gone
        cells = texts[place]
        if cells is None:
            cells = texts[place] = tuple(self._words(rows[place], one) for one in self.columns)
        return [initials(words) if one.private and words else words for one, words in zip(self.columns, cells, strict=True)
                ] if self._has_private and in_public() else cells

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].title}: {self.text(index.row(), index.column()) or 'empty'}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment(section)
        return None

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Left or right, in the middle of the height."""
        side = Qt.AlignmentFlag.AlignRight if self.columns[column].align == "right" else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _words(self, row: Any, column: Column) -> str:
        value = getattr(row, column.attribute)
        words = column.show(value) if column.show else plain(value)
        return words if "\n" not in words else " ".join(words.split())

    def _keep(self, number: int, rows: Sequence[Any]) -> tuple[Sequence[Any], list[tuple[str, ...] | None]]:
        if len(self._blocks) >= BLOCKS_KEPT:
            self._blocks.popitem(last=False)
        kept: tuple[Sequence[Any], list[tuple[str, ...] | None]] = (rows, [None] * len(rows))
        self._blocks[number] = kept
        return kept

    def _block(self, number: int) -> tuple[Sequence[Any], list[tuple[str, ...] | None]] | None:
        block = self._blocks.get(number)
        if block is not None:
            self._blocks.move_to_end(number)
            return block
        if isinstance(self._ids, _Begun):
            return None
        ids = self._ids[number * BLOCK:(number + 1) * BLOCK]
        if self._work is None:
            return self._keep(number, self._fetch(ids))
        if number not in self._asked:
            self._asked.add(number)
            turn, fetch = self._turn, self._fetch
            self._work.read(lambda: fetch(ids), owner=self, done=lambda rows: self._arrived(turn, number, rows))
        return None

    def _arrived(self, turn: int, number: int, rows: Sequence[Any]) -> None:
        if turn != self._turn:
            return                                      # the list was replaced while this block was on its way
        self._asked.discard(number)
        self._keep(number, rows)
        self.dataChanged.emit(self.index(number * BLOCK, 0),
                              self.index(min((number + 1) * BLOCK, len(self._ids)) - 1, len(self.columns) - 1))
