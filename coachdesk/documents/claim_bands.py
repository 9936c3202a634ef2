"""Strips of a claim's pages: what every section of the pack is made of, and how they are laid out on pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coachdesk.documents import lettering
from coachdesk.documents.style import ACCENT, HAIRLINE, MARGIN, MUTED, PORTRAIT, TINT, Sheet

LEFT, RIGHT = MARGIN, PORTRAIT[0] - MARGIN
WHAT, EARNED, MONEY = LEFT + 68, RIGHT - 152, RIGHT - 6
SMALL, BODY = 7.4, 8.6


@dataclass(frozen=True)
class Band:
    """A strip of the page: how tall, how to draw it from its upper edge, whether it must not end a page, and the heading it stands under
    (said again where a page begins with it)."""

    height: float
    draw: Callable[[Sheet, float], None]
    keep: bool = False
    under: str = ""


def clipped(text: str, size: float, room: float) -> str:
    """A text on one line, shortened where it is too long for the room."""
    return lettering.shorten(lettering.printable(text), size, room)


def wrapped(text: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    """A text on as many lines as it needs, up to so many."""
    return lettering.wrap(lettering.printable(text), size, room, lines)


def heading(text: str, aside: str = "") -> Band:
    """A section's heading with an aside at its right."""
    def draw(sheet: Sheet, top: float) -> None:
        sheet.write(LEFT, top - 18, clipped(text, 11, 360), 11, ACCENT, bold=True)
        sheet.write_right(RIGHT, top - 18, aside, SMALL, MUTED)
        sheet.rule(LEFT, RIGHT, top - 23, ACCENT, 0.6)
    return Band(27, draw, keep=True)


def note(text: str, size: float = BODY) -> Band:
    """Words across the page, as many lines as they need."""
    lines = wrapped(text, size, RIGHT - LEFT, 12)

    def draw(sheet: Sheet, top: float) -> None:
        sheet.paragraph(LEFT, top - size - 2, lines, size, MUTED)
    return Band(len(lines) * size * 1.35 + 5, draw)


def row_of(cells: Sequence[tuple[float, float, str, bool]], under: str, size: float = BODY) -> Band:
    """A row of cells: where each begins, how wide it is, its words, and whether they are muted; as tall as its tallest cell."""
    laid = [(x, wrapped(words, size, wide, 5), muted) for x, wide, words, muted in cells]
    height = 7 + max(len(lines) for _x, lines, _muted in laid) * 11

    def draw(sheet: Sheet, top: float) -> None:
        for x, lines, muted in laid:
            if muted:
                sheet.paragraph(x, top - 11, lines, size, MUTED, leading=11)
            else:
                sheet.paragraph(x, top - 11, lines, size, leading=11)
        sheet.rule(LEFT, RIGHT, top - height, HAIRLINE, 0.4)
    return Band(height, draw, under=under)


def head_of(cells: Sequence[tuple[float, str]]) -> Band:
    """The headings over rows of cells."""
    def draw(sheet: Sheet, top: float) -> None:
        sheet.box(LEFT, top - 16, RIGHT - LEFT, 14, fill=TINT)
        for x, words in cells:
            sheet.write(x, top - 12, words, SMALL, MUTED)
    return Band(18, draw, keep=True)
