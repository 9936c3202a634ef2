"""Tables drawn straight on the page: columns that share the width, a heading repeated on each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coachdesk.documents.style import ACCENT, TINT, Sheet

HEAD = 18.0
"""Height of a table's heading in points."""

GAP = 6.0
"""Empty room at a column's right."""


@dataclass(frozen=True)
class Column:
    """One column: heading, left edge and room for its text (points), and whether its text stands at its right end."""

    heading: str
    x: float
    room: float
    right: bool = False


def columns(left: float, right: float, shares: Sequence[tuple[str, float, bool]]) -> tuple[Column, ...]:
    """Columns over a width, from (heading, share of the width, right-aligned); the last one has no gap after it."""
    total = sum(share for _, share, _ in shares)
    done: list[Column] = []
    x = left
    for index, (heading, share, to_right) in enumerate(shares):
        wide = (right - left) * share / total
        done.append(Column(heading, x, wide - (GAP if index < len(shares) - 1 else 0.0), to_right))
        x += wide
    return tuple(done)


def draw_heading(sheet: Sheet, table: Sequence[Column], top: float, size: float = 7.5) -> float:
    """Draw the heading with its upper edge at `top`; answers where the rows begin."""
    sheet.box(sheet.left - 4, top - HEAD + 3, sheet.right - sheet.left + 8, HEAD - 3, fill=TINT)
    for column in table:
        if column.right:
            sheet.write_right(column.x + column.room, top - HEAD + 7.5, column.heading, size, ACCENT, bold=True)
        else:
            sheet.write(column.x, top - HEAD + 7.5, column.heading, size, ACCENT, bold=True)
    return top - HEAD
