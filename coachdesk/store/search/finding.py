"""Asking the index: hits in order, kind by kind, each kind up to its share; what is spelt alike only when little is found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.store.search import index, words

FEW = 5  # hits below which words that are spelt alike are looked for too
_MOST_NEAR = 12  # words that one typed word may stand for
_ASK = (
    "select entry.rank, entry.entity_id, entry.title, entry.detail, entry.text, entry.signs from search_text"
    " cross join search_entry as entry on entry.rank = search_text.rowid"
    " where search_text match ? and search_text.rowid between ? and ? order by search_text.rowid limit ?"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was found. is_alike: by a word that is only spelt alike, or means the same. also: another name it was found by."""

    kind: str
    id: UUID
    title: str
    detail: str
    is_alike: bool = False
    also: str = ""


class _Hit(NamedTuple):
    place: int
    id: UUID
    title: str
    detail: str
    tokens: Sequence[str]
    signs: str


@dataclass
class _Asked:
    """One search: how many of each place are wanted, and who is not shown, or under another record's name."""

    session: Session
    most: dict[int, int]
    hidden: Mapping[int, Callable[[Session, Sequence[UUID]], Collection[UUID]]]
    ahead: Mapping[UUID, UUID]

    def all_hits(self, query: words.Query, seen: set[UUID]) -> list[_Hit]:
        """The hits of a query in order, without those seen before, which grow by them."""
        found: list[_Hit] = []
        left = dict(self.most)
        start = min(left) << index.BITS
        stop = (max(left) + 1) << index.BITS
        size = max(left.values()) + 1
        ask = query.expression()
        while start < stop:
            rows = self.session.connection().exec_driver_sql(_ASK, (ask, start, stop, size)).all()
            hits = [_Hit(row[0] >> index.BITS, UUID(bytes=row[1]), row[2], row[3], row[4].split(" "), row[5]) for row in rows]
            for hit in self._shown(query, hits, left):
                known = self.ahead.get(hit.id, hit.id)
                if known not in seen and left[hit.place]:
                    seen.add(known)
                    left[hit.place] -= 1
                    found.append(hit)
            if len(rows) < size:
                break
            start = self._next(rows[-1][0], left)
        return found

    def _shown(self, query: words.Query, hits: list[_Hit], left: Mapping[int, int]) -> Iterator[_Hit]:
        wanted = [hit for hit in hits if left.get(hit.place) and (not query.has_pieces or query.fits(hit.tokens, hit.signs))]
        away: set[UUID] = set()
        for place, hidden in self.hidden.items():
            if ids := [hit.id for hit in wanted if hit.place == place]:
                away.update(hidden(self.session, ids))
        return (hit for hit in wanted if hit.id not in away)

    @staticmethod
    def _next(last: int, left: Mapping[int, int]) -> int:
        """The rank to go on from: behind the last one, or the next kind of which some are wanted."""
        place = last >> index.BITS
        if left.get(place):
            return last + 1
        return min((each for each, many in left.items() if each > place and many), default=index.MOST_PLACES) << index.BITS


def find(
    session: Session,
    folded: str,
    most: Mapping[str, int],
    *,
    hidden: Mapping[str, Callable[[Session, Sequence[UUID]], Collection[UUID]]] | None = None,
    ahead: Mapping[UUID, UUID] | None = None,
    means: Callable[[str], Iterable[str]] | None = None,
) -> list[Found]:
    """Records that have every word of a text (folded by the room's rules), kinds in their order, each kind in its own.

    most: how many of which kinds. hidden: which of these ids of a kind are not shown. ahead: record → the one it is shown under, once.
    means: other words of the same meaning (a nickname's name), asked only when few are found. Hits that are only alike come last.
    """
    query = words.query(folded)
    if query is None:
        return []
    known = {source.place: source for source in index.SOURCES.values()}
    places = {kind: index.SOURCES[kind].place for kind in most}
    asked = _Asked(
        session,
        {places[kind]: many for kind, many in most.items() if many},
        {places[kind]: each for kind, each in (hidden or {}).items() if kind in places},
        ahead or {},
    )
    if not index.is_ready(session):
        return _the_long_way(asked, query, known)
    seen: set[UUID] = set()
    found = [(hit, False) for hit in asked.all_hits(query, seen)]
    is_little = not found or (len(found) < FEW and len(query.items) == 1)  # two words that find somebody were meant so
    if is_little and (wider := query.misspelt(lambda word: _near(session.connection(), word, means))):
        found += [(hit, True) for hit in asked.all_hits(wider, seen)]
    return _told(session, asked, found, known)


def _near(connection: sa.Connection, typed: str, means: Callable[[str], Iterable[str]] | None) -> list[str]:
    """Words of the index that a typed one may stand for, the nearest first."""
    keys = sorted(words.near_keys(typed))
    marks = ",".join("?" * len(keys))
    query = f"select distinct word from search_near where key in ({marks})"  # noqa: S608  sql: question marks only
    found = [
        (wrong, word)
        for word in connection.exec_driver_sql(query, tuple(keys)).scalars()
        if (wrong := words.slips(typed, word)) is not None and not word.startswith(typed)
    ]
    return [word for _, word in sorted(found)[:_MOST_NEAR]] + sorted(means(typed) if means else ())


def _told(session: Session, asked: _Asked, hits: Sequence[tuple[_Hit, bool]], known: Mapping[int, index.Source]) -> list[Found]:
    """Hits as they are shown; of a record that another one leads, the leading one's title."""
    leading = {asked.ahead[hit.id] for hit, _ in hits if hit.id in asked.ahead}
    named = {one: (row.title, row.detail) for one, row in index.entries_of(session.connection(), leading).items()}
    found = []
    for hit, is_alike in hits:
        first = asked.ahead.get(hit.id, hit.id)
        title, detail = named.get(first, (hit.title, hit.detail))
        also = hit.title if title != hit.title else ""
        found.append(Found(known[hit.place].kind, first, title, detail, is_alike, also))
    return found


def _the_long_way(asked: _Asked, query: words.Query, known: Mapping[int, index.Source]) -> list[Found]:
    """Without an index, as in a store that could not be written since it was upgraded: looks at every record."""
    found: list[tuple[_Hit, bool]] = []
    seen: set[UUID] = set()
    for place, many in sorted(asked.most.items()):
        source = known[place]
        entries = source.entries(asked.session.connection(), None)
        rows = sorted((index.row_of(entry, 0) for entry in entries), key=lambda row: row.sort)
        hits = [_Hit(place, UUID(bytes=row.entity_id), row.title, row.detail, row.text.split(" "), row.signs) for row in rows]
        fitting = [hit for hit in hits if query.fits(hit.tokens, hit.signs)]
        shown = [hit for hit in asked._shown(query, fitting, asked.most)]
        for hit in shown:
            first = asked.ahead.get(hit.id, hit.id)
            if first not in seen and many:
                seen.add(first)
                many -= 1
                found.append((hit, False))
    return _told(asked.session, asked, found, known)
