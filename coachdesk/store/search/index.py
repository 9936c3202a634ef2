"""Keeping the index: what is found, in the order in which it is shown.

`search_entry` has a row a record, `search_text` (FTS5, without a copy of the text) its tokens, under one number: `rank`. The upper bits of
a rank are the kind's place, the rest is the record's place in the order of its kind: by name, with gaps, or by day, the latest first. So
the index itself gives hits in order, and nothing is ever sorted; where a gap is used up, a few neighbours move apart. `search_near` has the
words that may be misspelt, by their keys (words.near_keys). Kept by `store.derived`: in the same transaction, never logged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from coachdesk.store import derived
from coachdesk.store.kinds import Kept
from coachdesk.store.search import words

T = TypeVar("T")
VERSION = 1  # of what stands in the index; another one fills it anew
BITS = 59  # of a rank below the kind's place
MOST_PLACES = 15  # so that the border above the last one is still a number of the store
_AT_ONCE = 500
_NEIGHBOURS = 32
_STEP = 1 << 36  # between neighbours at either end; ranks of one day
_LAST_DAY = date.max.toordinal()
_COLUMNS = "rank, entity_id, title, detail, sort, text, signs"
_INSERT = "insert into search_entry (rank, entity_id, title, detail, sort, text, signs) values (?, ?, ?, ?, ?, ?, ?)"


class Entry(NamedTuple):
    """What is found of one record. title, detail: as a hit says it. words: folded, parted by spaces. signs: as they were written.

    Ordered by sort, the smallest first; or, where day is said, by that, the latest first and within a day as they were written.
    """

    id: bytes
    title: str
    detail: str
    words: str
    signs: tuple[str | None, ...] = ()
    sort: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Leaning:
    """Another class that entries tell of (a session the name of its venue). ids: which records tell of those changed."""

    of: type[Kept]
    fields: frozenset[str]
    ids: Callable[[sa.Connection, Sequence[UUID]], Iterable[UUID]]


@dataclass(frozen=True)
class Source:
    """One kind of record that is found. place: its number among the kinds (0 to 14), in the order in which they are shown.

    fields: the attributes that its entries tell of. rows: what they are made of, the id first, without order or condition. entry: makes one
    from the values of a row, as they stand in the file (ids are bytes, days are text).
    version: of what the entries tell. is_by_day: ordered by their day, not by `sort`.
    """

    kind: str
    place: int
    of: type[Kept]
    fields: frozenset[str]
    rows: sa.Select[*tuple[Any, ...]]
    entry: Callable[..., Entry]
    version: int = 1
    is_by_day: bool = False
    leans: tuple[Leaning, ...] = ()

    @cached_property
    def _sql(self) -> str:
        return str(self.rows.compile(dialect=sqlite.dialect()))

    def entries(self, connection: sa.Connection, ids: Sequence[bytes] | None) -> Iterator[Entry]:
        """Those of some records, or of all, the oldest first. Plain SQL: a save waits for it."""
        table = self.of.__tablename__
        if ids is None:
            found = connection.exec_driver_sql(f"{self._sql} order by {table}.row")  # sql: a select of our own, a table's name
        else:
            marks = ",".join("?" * len(ids))
            found = connection.exec_driver_sql(f"{self._sql} where {table}.id in ({marks})", tuple(ids))  # sql: the same, question marks
        make = self.entry
        return (make(*row) for row in found)

    @property
    def low(self) -> int:
        """The border below its ranks; itself no rank."""
        return self.place << BITS

    @property
    def high(self) -> int:
        """The border above its ranks; itself no rank."""
        return self.low + (1 << BITS) - 1


class Row(NamedTuple):
    """A row of search_entry. signs: squeezed, parted by spaces."""

    rank: int
    entity_id: bytes
    title: str
    detail: str
    sort: str
    text: str
    signs: str


SOURCES: dict[str, Source] = {}
_KEEPERS: list[derived.Keeper] = []


def register(source: Source) -> None:
    """A room's kind joins; called when the room's queries are imported."""
    if source.kind in SOURCES:
        return
    if not 0 <= source.place < MOST_PLACES or any(source.place == known.place for known in SOURCES.values()):
        raise RuntimeError(f"{source.kind} needs a place of its own")
    SOURCES[source.kind] = source

    def write(connection: sa.Connection, new: Sequence[Any], moved: Sequence[Any], gone: Sequence[UUID]) -> None:
        before = [*(thing.id.bytes for thing in moved), *(one.bytes for one in gone)]
        _write(connection, source, [thing.id.bytes for thing in (*new, *moved)], before)

    keeper = derived.Keeper(
        f"search.{source.kind}", VERSION * 100 + source.version, source.of, source.fields, write, lambda session: _fill(session, source),
        is_for_trials=False,
    )
    _KEEPERS.append(keeper)
    derived.register(keeper)
    for lean in source.leans:
        derived.register(_leaning(source, lean, keeper))


def kinds() -> list[str]:
    """Every kind that is found, in the order in which they are shown."""
    return sorted(SOURCES, key=lambda kind: SOURCES[kind].place)


def is_ready(session: Session) -> bool:
    """Whether every kind stands in the index."""
    return all(derived.is_ready(session, keeper) for keeper in _KEEPERS)


def _leaning(source: Source, lean: Leaning, keeper: derived.Keeper) -> derived.Keeper:
    def write(connection: sa.Connection, new: Sequence[Any], moved: Sequence[Any], gone: Sequence[UUID]) -> None:
        ids = [one.bytes for one in lean.ids(connection, [thing.id for thing in moved])] if moved else []
        for part in _parts(ids):
            _write(connection, source, part, part)

    name = f"{keeper.name}.{lean.of.__tablename__}"
    return derived.Keeper(name, keeper.version, lean.of, lean.fields, write, lambda session: None, is_for_new=False, is_for_trials=False)


def row_of(entry: Entry, rank: int) -> Row:
    """An entry as it is written."""
    signs = [sign for sign in map(words.squeezed, entry.signs) if sign]
    sort = f"{_LAST_DAY - entry.day.toordinal():07}" if entry.day else entry.sort
    return Row(
        rank, entry.id, entry.title, entry.detail, sort, words.tokens_of(entry.words.split(), signs), " ".join(signs)
    )


def entries_of(connection: sa.Connection, ids: Iterable[UUID]) -> dict[UUID, Row]:
    """What the index holds of records, by id."""
    return {UUID(bytes=one): row for one, row in _known(connection, [one.bytes for one in ids]).items()}


# One save -----------------------------------------------------------------------------------------------------------------


def _write(connection: sa.Connection, source: Source, ids: Sequence[bytes], before: Sequence[bytes]) -> None:
    """Writes the entries of records, and takes out those of others; before: which of both may be in the index already."""
    entries = [entry for part in _parts(ids) for entry in source.entries(connection, part)]
    known = _known(connection, before)
    stays: list[Row] = []
    comes: list[Row] = []
    for entry in entries:
        had = known.get(entry.id)
        made = row_of(entry, had.rank if had else 0)
        if had and made == had:
            del known[entry.id]
        elif had and had.sort == made.sort:
            stays.append(made)
        else:
            comes.append(made)
    old, new = list(known.values()), _words_of([*stays, *comes])
    _take_out(connection, old)
    _put_in(connection, stays)
    if source.is_by_day:
        _put_in(connection, _by_day(connection, source, comes))
    else:
        for row in comes:
            _put_in(connection, [row._replace(rank=_between(connection, source, row.sort))])
    _learn(connection, new)
    _forget(connection, _words_of(old) - new)


def _words_of(rows: Iterable[Row]) -> set[str]:
    """Words of the rows that somebody may misspell."""
    return {word for row in rows for word in words.before_runs(row.text) if words.is_word(word)}


def _known(connection: sa.Connection, ids: Sequence[bytes]) -> dict[bytes, Row]:
    found: dict[bytes, Row] = {}
    for part in _parts(ids):
        marks = ",".join("?" * len(part))
        query = f"select {_COLUMNS} from search_entry where entity_id in ({marks})"  # noqa: S608  sql: our columns and question marks
        found.update({row[1]: Row(*row) for row in connection.exec_driver_sql(query, tuple(part))})
    return found


def _put_in(connection: sa.Connection, rows: Sequence[Row]) -> None:
    if not rows:
        return
    ordered = sorted(rows)
    connection.exec_driver_sql(_INSERT, [tuple(row) for row in ordered])
    connection.exec_driver_sql("insert into search_text (rowid, text) values (?, ?)", [(row.rank, row.text) for row in ordered])


def _take_out(connection: sa.Connection, rows: Sequence[Row]) -> None:
    if not rows:
        return
    connection.exec_driver_sql("delete from search_entry where rank = ?", [(row.rank,) for row in rows])
    connection.exec_driver_sql(
        "insert into search_text (search_text, rowid, text) values ('delete', ?, ?)", [(row.rank, row.text) for row in rows]
    )


def _learn(connection: sa.Connection, found: set[str]) -> None:
    """Words that are new get their keys."""
    known: set[str] = set()
    ordered = sorted(found)
    for part in _parts(ordered):
        pairs = ",".join(["(?,?)"] * len(part))
        query = f"select word from search_near where (key, word) in (values {pairs})"  # noqa: S608  sql: question marks only
        stems = tuple(each for word in part for each in (words.stem(word), word))
        known.update(connection.exec_driver_sql(query, stems).scalars())
    if new := [(key, word) for word in ordered if word not in known for key in sorted(words.near_keys(word))]:
        connection.exec_driver_sql("insert or ignore into search_near (key, word) values (?, ?)", new)


def _forget(connection: sa.Connection, gone: set[str]) -> None:
    """Words that nobody has any more go with their keys: a surname must not outlive whom it named."""
    for word in sorted(gone):
        if connection.exec_driver_sql("select 1 from search_text where search_text match ? limit 1", (f'"{word}"',)).first() is None:
            connection.exec_driver_sql("delete from search_near where key = ? and word = ?", [(key, word) for key in words.near_keys(word)])


# The order ----------------------------------------------------------------------------------------------------------------


def _by_day(connection: sa.Connection, source: Source, rows: Iterable[Row]) -> list[Row]:
    """Rows with ranks of their days, behind those that have one already."""
    last: dict[str, int] = {}
    made = []
    for row in rows:
        if row.sort not in last:
            begin = _begin_of_day(source, row.sort)
            ask = "select max(rank) from search_entry where rank >= ? and rank < ?"
            last[row.sort] = connection.exec_driver_sql(ask, (begin, begin + _STEP)).scalar() or begin
        last[row.sort] += 1
        made.append(row._replace(rank=last[row.sort]))
    return made


def _begin_of_day(source: Source, sort: str) -> int:
    return source.low + int(sort) * _STEP


def _between(connection: sa.Connection, source: Source, sort: str) -> int:
    """A free rank between those that sort before, or alike, and those that sort after; neighbours move where none is free."""
    while True:
        below, above = _neighbours(connection, source, sort)
        if above - below > 1:
            half = (above - below) // 2
            if below == source.low and above < source.high:
                return above - min(half, _STEP)
            return below + (min(half, _STEP) if above == source.high and below > source.low else half)
        _move_apart(connection, source, below)


def _neighbours(connection: sa.Connection, source: Source, sort: str) -> tuple[int, int]:
    """The ranks between which a value belongs, found by halving."""
    below, above = source.low, source.high
    while above - below > 1:
        middle = (below + above) // 2
        found = connection.exec_driver_sql(
            "select rank, sort from search_entry where rank >= ? and rank < ? order by rank limit 1", (middle, above)
        ).first()
        if found is None:
            found = connection.exec_driver_sql(
                "select rank, sort from search_entry where rank > ? and rank < ? order by rank desc limit 1", (below, middle)
            ).first()
        if found is None:
            break
        below, above = (found[0], above) if found[1] <= sort else (below, found[0])
    return below, above


def _move_apart(connection: sa.Connection, source: Source, rank: int) -> None:
    """Spreads the neighbours of a rank evenly; as many of them as it takes to have room."""
    many = _NEIGHBOURS
    while True:
        before = _rows(connection, "rank > ? and rank <= ? order by rank desc limit ?", (source.low, rank, many + 1))
        after = _rows(connection, "rank > ? and rank < ? order by rank limit ?", (rank, source.high, many + 1))
        low = before.pop().rank if len(before) > many else source.low
        high = after.pop().rank if len(after) > many else source.high
        rows = [*reversed(before), *after]
        step = (high - low) // (len(rows) + 1)
        if step > many or (low, high) == (source.low, source.high):
            break
        many *= 2
    _take_out(connection, rows)
    _put_in(connection, [row._replace(rank=low + step * place) for place, row in enumerate(rows, 1)])


def _rows(connection: sa.Connection, where: str, values: tuple[int, ...]) -> list[Row]:
    query = f"select {_COLUMNS} from search_entry where {where}"  # noqa: S608  sql: conditions of this module, no values
    return [Row(*row) for row in connection.exec_driver_sql(query, values)]


# The whole ----------------------------------------------------------------------------------------------------------------


def _fill(session: Session, source: Source) -> None:
    """Writes a kind anew. The entries are read twice, so that only what they are sorted by is held at once."""
    connection = session.connection()
    gone: set[str] = set()
    while rows := _rows(connection, "rank > ? and rank < ? limit ?", (source.low, source.high, _AT_ONCE)):
        _take_out(connection, rows)
        gone |= _words_of(rows)
    sorts = [row_of(entry._replace(words="", signs=()), 0).sort for entry in source.entries(connection, None)]
    ranks = _ranks(source, sorts)
    made = (row_of(entry, rank) for entry, rank in zip(source.entries(connection, None), ranks, strict=True))
    found: set[str] = set()
    for part in _parts(made):
        connection.exec_driver_sql(_INSERT, [tuple(row) for row in part])
        found |= _words_of(part)
    connection.exec_driver_sql(
        "insert into search_text (rowid, text) select rank, text from search_entry where rank > ? and rank < ? order by rank",
        (source.low, source.high),
    )
    _learn(connection, found)
    _forget(connection, gone - found)
    if len(sorts) > _AT_ONCE:
        connection.exec_driver_sql("insert into search_text (search_text) values ('optimize')")


def _ranks(source: Source, sorts: Sequence[str]) -> list[int]:
    """Ranks for entries that are sorted by these, in a band that is empty."""
    ranks = [0] * len(sorts)
    step = ((1 << BITS) - 1) // (len(sorts) + 1)
    last: dict[str, int] = {}
    for place, number in enumerate(sorted(range(len(sorts)), key=sorts.__getitem__), 1):
        last[sorts[number]] = last.get(sorts[number], 0) + 1
        ranks[number] = _begin_of_day(source, sorts[number]) + last[sorts[number]] if source.is_by_day else source.low + step * place
    return ranks


def _parts(things: Iterable[T]) -> Iterator[list[T]]:
    part: list[T] = []
    for thing in things:
        part.append(thing)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part
