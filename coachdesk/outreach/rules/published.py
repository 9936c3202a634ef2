"""People turned away, as it may leave the house: in parts of whole quarters, closed for good, so that no two papers can be subtracted.

A table that hides its small numbers is safe alone, but not beside another: a year less its first eleven months gives the twelfth away, and
all lots less eight of them the ninth. So the programme's time is divided once: a part is a quarter, or as many as it takes to come to
fifty people, four at most. Every paper is a sum of whole parts, of all lots; what two papers differ by is a sum of parts too.

In a part, wards with fewer than five people stand together, and so do needs and places; every total is five or more. Where a number inside
is below five, it is hidden with a whole block of lines and columns, of which every line and column has five hidden people or more in at
least two lines and two columns: what the totals tell of the block is its own totals, and nothing below them.

A quarter is settled some days after it ended. What is written down later counts in the quarter in which it was written, so that a part
that was published stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from coachdesk.outreach.rules.unmet import LEAST

SETTLES = 14                        # days after its end on which a quarter may still be written down
ENOUGH, LONGEST = 50, 4             # people that close a part; quarters after which it closes with fewer
OTHER_WARDS, OTHER_NEEDS, OTHER_PLACES = "other wards", "other needs", "other places"


class Counted(NamedTuple):
    """What one number of people is of."""

    ward: str
    need: str
    place: str


@dataclass(frozen=True)
class Part:
    """Whole quarters, first to last, that are published together or not at all."""

    first: int
    last: int
    counts: Mapping[Counted, int]


class Told(NamedTuple):
    """A number that is published: at least `people`, and exactly that where nothing of it is hidden."""

    people: int
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """The sum of some parts. Totals are true; no rows where there is nothing."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Told, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int


def quarter_of(day: date) -> int:
    """Quarter inside the program: year × 4 + quarter - 1."""
    return day.year * 4 + (day.month - 1) // 3


def quarter_days(quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter."""
    after = quarter + 1
    return date(quarter // 4, quarter % 4 * 3 + 1, 1), date(after // 4, after % 4 * 3 + 1, 1) - timedelta(days=1)


def settles_on(quarter: int) -> date:
    """The last day on which a count still comes into its quarter; it may be published from the day after."""
    return quarter_days(quarter)[1] + timedelta(days=SETTLES)


def last_settled(today: date) -> int:
    """The newest quarter that is settled on a day."""
    quarter = quarter_of(today) - 1
    return quarter if settles_on(quarter) < today else quarter - 1


def counts_in(on: date, written: date) -> int:
    """The quarter in which a count stands: that of its day, or of the day on which it was written down, where that was too late for it."""
    quarter = quarter_of(on)
    return quarter if written <= settles_on(quarter) else quarter_of(written)


def parts_of(counts: Mapping[int, Mapping[Counted, int]], last: int) -> list[Part]:
    """The parts that are closed by the end of the quarter `last`, from counts by quarter. What a late correction brought below nought is
    of nobody."""
    found: list[Part] = []
    first, held = min(counts, default=last + 1), dict[Counted, int]()
    for quarter in range(first, last + 1):
        for key, count in counts.get(quarter, {}).items():
            held[key] = held.get(key, 0) + count
        people = sum(count for count in held.values() if count > 0)
        if people >= ENOUGH or (people >= LEAST and quarter - first + 1 >= LONGEST):
            found.append(Part(first, quarter, {key: count for key, count in held.items() if count > 0}))
            first, held = quarter + 1, {}
    return found


def published_by_need(parts: Sequence[Part]) -> PublishedTable:
    """By ward and need."""
    return _summed([_divided(part, lambda key: key.need, OTHER_NEEDS) for part in parts], OTHER_NEEDS)


def published_by_place(parts: Sequence[Part]) -> PublishedTable:
    """By ward and place, over the same wards with the same totals."""
    return _summed([_divided(part, lambda key: key.place, OTHER_PLACES) for part in parts], OTHER_PLACES)


def grouped(totals: Mapping[str, int], others: str) -> dict[str, str]:
    """Which name each line stands under, so that each name has five people or more, as all of them together have."""
    rising = sorted(totals, key=lambda name: (totals[name], name))
    small = [name for name in rising if totals[name] < LEAST]
    for name in rising[len(small):]:
        if not small or sum(totals[each] for each in small) >= LEAST:
            break
        small.append(name)
    return {name: others if name in small else name for name in totals}


class _Divided(NamedTuple):
    """One part as it may be told: every number by (row, column), and the rows and columns of which the inside is hidden."""

    counts: Mapping[tuple[str, str], int]
    rows: frozenset[str]
    columns: frozenset[str]


def _divided(part: Part, what: Callable[[Counted], str], others: str) -> _Divided:
    wards: dict[str, int] = {}
    kinds: dict[str, int] = {}
    for key, count in part.counts.items():
        wards[key.ward] = wards.get(key.ward, 0) + count
        kinds[what(key)] = kinds.get(what(key), 0) + count
    ward_of, kind_of = grouped(wards, OTHER_WARDS), grouped(kinds, others)
    counts: dict[tuple[str, str], int] = {}
    for key, count in part.counts.items():
        cell = (ward_of[key.ward], kind_of[what(key)])
        counts[cell] = counts.get(cell, 0) + count
    return _Divided(counts, *hidden_block(counts))


def hidden_block(counts: Mapping[tuple[str, str], int]) -> tuple[frozenset[str], frozenset[str]]:
    """The rows and columns whose crossings are hidden: all with a number below five, and the smallest others that the block needs.

    Every row and column of `counts` has five people or more, so the block has enough of them at the latest when it is everything.
    """
    small = [cell for cell, count in counts.items() if 0 < count < LEAST]
    if not small:
        return frozenset(), frozenset()
    lines = (sorted({row for row, _column in counts}), sorted({column for _row, column in counts}))
    block = ({row for row, _column in small}, {column for _row, column in small})
    totals = [{line: sum(count for cell, count in counts.items() if cell[at] == line) for line in lines[at]} for at in (0, 1)]
    while True:
        inside = {cell: count for cell, count in counts.items() if cell[0] in block[0] and cell[1] in block[1]}
        sums = [{line: sum(count for cell, count in inside.items() if cell[at] == line) for line in block[at]} for at in (0, 1)]
        wanting = next((other for at, other in ((0, 1), (1, 0)) if len(block[other]) < len(lines[other]) and (
            any(0 < each < LEAST for each in sums[at].values()) or sum(each > 0 for each in sums[other].values()) < 2)), None)
        if wanting is None:
            return frozenset(block[0]), frozenset(block[1])
        block[wanting].add(min((line for line in lines[wanting] if line not in block[wanting]),
                               key=lambda line: (totals[wanting][line], line)))


def _summed(parts: Sequence[_Divided], others: str) -> PublishedTable:
    """Most first, what stands together last."""
    told: dict[tuple[str, str], int] = {}
    hidden: set[tuple[str, str]] = set()
    of_row: dict[str, int] = {}
    of_column: dict[str, int] = {}
    for part in parts:
        hidden |= {(row, column) for row in part.rows for column in part.columns}
        for (row, column), count in part.counts.items():
            of_row[row] = of_row.get(row, 0) + count
            of_column[column] = of_column.get(column, 0) + count
            if not (row in part.rows and column in part.columns):
                told[row, column] = told.get((row, column), 0) + count
    rows = tuple(sorted(of_row, key=lambda name: (name == OTHER_WARDS, -of_row[name], name)))
    columns = tuple(sorted(of_column, key=lambda name: (name == others, -of_column[name], name)))
    return PublishedTable(
        rows, columns,
        tuple(tuple(Told(told.get((row, column), 0), (row, column) in hidden) for column in columns) for row in rows),
        tuple(of_row[row] for row in rows), tuple(of_column[column] for column in columns), sum(of_row.values()))
