"""What Today shows, as frozen values, and its first rows: nothing here needs the rooms, so that the page can be painted before them.

Named tuples, because a dataclass costs four times as much to define, on the way to the first filled list (GOALS 1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from coachdesk.clock import day_text

DUE, PEOPLE, OVERDUE, WEEK, WAITING, MEANINGFUL, JOBS = "due", "people", "overdue", "week", "waiting", "meaningful", "jobs"


class TodayRow(NamedTuple):
    """One row of a list; kind and opens say which record Enter shows."""

    id: UUID
    kind: str
    opens: UUID
    when: str
    what: str
    who: str
    lot: str
    coach: str


class TodayList(NamedTuple):
    """One list: all of its rows, or (with `read`) the keys of a long one with its first rows; read(session, keys) answers others."""

    keys: Sequence[Any]
    first: tuple[TodayRow, ...]
    read: Callable[[Any, Sequence[Any]], Sequence[TodayRow]] | None = None

    def __len__(self) -> int:
        return len(self.keys)


class SessionToday(NamedTuple):
    """A session of today."""

    id: UUID
    at: str
    venue: str
    lot: str
    people: int


class LeftToday(NamedTuple):
    """Somebody who left the team with people or other things still under their name, in a sentence."""

    id: UUID
    sentence: str


class TodayShown(NamedTuple):
    """The page's content. lists: by the name of the figure that shows them; needed: how many meaningful make a milestone."""

    day: date
    lists: dict[str, TodayList]
    sessions: tuple[SessionToday, ...]
    last: tuple[str, ...]
    needed: int
    is_mine: bool
    left: tuple[LeftToday, ...] = ()


def whole(rows: Iterable[TodayRow]) -> TodayList:
    """A short list, with all of its rows."""
    every = tuple(rows)
    return TodayList(every, every)


def due_words(on: date, day: date) -> str:
    """When something is due, seen from today."""
    late = (day - on).days
    if late > 0:
        return f"{late} day{'' if late == 1 else 's'} late"
    return "today" if late == 0 else "tomorrow" if late == -1 else f"{on:%A} {day_text(on)}" if late >= -7 else day_text(on)


def first_shown(rows: Iterable[Any], day: date, me: UUID) -> TodayShown:
    """What was at hand before the store was open (casework.first_page): what is due, mine if anything is mine, without the figures."""
    every = tuple(rows)
    mine = tuple(row for row in every if row.coach_id == me)
    due = tuple(TodayRow(row.id, row.kind, row.id, due_words(row.due_on, day), row.what, row.who, row.lot, "") for row in mine or every)
    return TodayShown(day, {DUE: whole(due)}, (), (), 0, bool(mine))
