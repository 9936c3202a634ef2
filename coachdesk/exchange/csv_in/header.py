"""Which row of a file says what its columns are: below titles, and in two rows where cells were merged.

A row is taken for the header because it holds more words that headers are made of than any other near the top; where no word is known, the
first row that is about as full as the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

_LOOKED_AT = 25  # rows from the top
_LONGEST_NAME = 60  # characters of a header cell
Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Header:
    """names: of the columns, empty where nothing is said. rows: how many it and what stands above it take. notes: what was odd."""

    names: tuple[str, ...]
    rows: int
    notes: tuple[str, ...]


def header_of(rows: Sequence[Cells], knows: Callable[[str], bool]) -> Header:
    """The header of these rows, of which there is at least one. knows: whether a cell is a word of a header."""
    place = _place(rows, knows)
    above = 0
    if place and _is_group_row(rows[place - 1], rows[place]):
        names, taken, above = _joined(rows[place - 1], rows[place]), place + 1, place - 1
    elif place + 1 < len(rows) and _is_lower_row(rows[place], rows[place + 1]):
        names, taken, above = _joined(rows[place], rows[place + 1]), place + 2, place
    else:
        return Header(tuple(rows[place]), place + 1, _passed_over(place))
    return Header(names, taken, (*_passed_over(above), "The header stands in two rows; they were read as one."))


def _passed_over(above: int) -> tuple[str, ...]:
    return (f"{above} line{'s' if above > 1 else ''} above the header {'were' if above > 1 else 'was'} passed over.",) if above else ()


def _place(rows: Sequence[Cells], knows: Callable[[str], bool]) -> int:
    widths = sorted((_filled(row) for row in rows[:40]), reverse=True)
    half = (widths[len(widths) // 10] + 1) // 2
    known = [sum(1 for cell in row if cell and len(cell) <= _LONGEST_NAME and knows(cell)) for row in rows[:_LOOKED_AT]]
    best = max(known)
    if best >= 2:
        return known.index(best)
    if best:
        sure = next((at for at, count in enumerate(known) if count and _filled(rows[at]) >= half), None)
        if sure is not None:
            return sure
    return next((at for at, row in enumerate(rows[:40]) if _filled(row) >= half), 0)


def _filled(row: Cells) -> int:
    return sum(1 for cell in row if cell)


def _are_words(cells: Cells) -> bool:
    return all(len(cell) <= _LONGEST_NAME and "@" not in cell and not any(sign.isdigit() for sign in cell) for cell in cells)


def _is_group_row(upper: Cells, lower: Cells) -> bool:
    """Whether a row above the header names groups of columns: several cells, less full than the header, with gaps or words of its own."""
    return 1 < _filled(upper) < max(_filled(lower), 2) + 1 and _are_words(upper) and "" in upper[: len(lower)] and upper != lower


def _is_lower_row(upper: Cells, lower: Cells) -> bool:
    """Whether the row below the header is its second half: it stands only where cells above were merged."""
    places = [at for at, cell in enumerate(lower) if cell]
    if len(places) < 2 or not _are_words(lower):
        return False
    return all(at >= len(upper) or not upper[at] or not (*upper, "")[at + 1] for at in places) and any(
        at < len(upper) and not upper[at] for at in places
    )


def _joined(upper: Cells, lower: Cells) -> tuple[str, ...]:
    """Both rows as one: a merged cell stands once and is empty to its right, so that its words count for all of it."""
    width = max(len(upper), len(lower))
    above, below = [*upper, *[""] * width][:width], [*lower, *[""] * width][:width]
    found, group = [], ""
    for own, under in zip(above, below, strict=True):
        group = own or group
        found.append(f"{group} {under}".strip() if under and under.casefold() != group.casefold() else under or own)
    return tuple(found)
