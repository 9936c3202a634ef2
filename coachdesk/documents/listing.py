"""A printed listing: sections with a heading, a line of words and a table each, over as many pages as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from coachdesk.documents import lettering
from coachdesk.documents.style import (
    ACCENT,
    CONFIDENTIAL,
    FOOTER,
    HAIRLINE,
    HEADER,
    INK,
    LANDSCAPE,
    MARGIN,
    MUTED,
    PORTRAIT,
    Paper,
    Printed,
    Sheet,
    paginate,
)
from coachdesk.documents.table import HEAD, Column, columns, draw_heading

_SIZE, _LEADING, _ROW, _TITLE, _GAP = 8.4, 10.4, 17.0, 22.0, 14.0
_MOST_LINES = 6
_LEAST_BELOW = 90.0          # points: less is no room for a heading and some rows
Above = tuple[float, Callable[[Sheet, float], None]]


@dataclass(frozen=True)
class Section:
    """One table. shares: (heading, share of the width, right-aligned); rows: words for each column; note: above it; empty: without rows."""

    heading: str
    shares: Sequence[tuple[str, float, bool]]
    rows: Sequence[Sequence[str]]
    note: str = ""
    empty: str = "Nothing."


@dataclass(frozen=True)
class _Piece:
    """What is drawn in one go: a section's beginning (cells empty) or one row of it, wrapped."""

    section: Section
    table: tuple[Column, ...]
    cells: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]
    height: float


def listing(title: str, subtitle: str, sections: Sequence[Section], printed: Printed, out: Path | BinaryIO, *, landscape: bool = False,
            keeping: str = CONFIDENTIAL, above: Sequence[Above] = ()) -> Paper:
    """Print sections one below the other; a table's heading stands again on each page. Trouble if `out` cannot be written.

    above: pictures before the sections, each the height and what draws it below a given y: one a page, the sections below the last one.
    """
    lettering.register()
    size = LANDSCAPE if landscape else PORTRAIT
    pieces = [piece for section in sections for piece in _pieces(section, size[0])]
    room = size[1] - 2 * MARGIN - HEADER - FOOTER
    keeps = [not piece.cells and bool(piece.section.rows) for piece in pieces]
    below = room - (above[-1][0] if above else 0.0)
    alone = len(above) if below < _LEAST_BELOW else max(len(above) - 1, 0)          # pictures that have a page to themselves
    pages = paginate([piece.height for piece in pieces], keeps, room if alone == len(above) else below, room - HEAD)
    pages = [*[range(0)] * alone, *pages]
    sheet = Sheet(title, subtitle, printed, len(pages), size=size, keeping=keeping)
    for number, page in enumerate(pages):
        sheet.begin()
        y = sheet.top
        if number < len(above):
            above[number][1](sheet, y)
            y -= above[number][0]
        for at, piece in enumerate(pieces[page.start:page.stop]):
            if piece.cells and not at:
                y = draw_heading(sheet, piece.table, y)
            y = _draw(sheet, piece, y)
    return sheet.finish(out)


def _pieces(section: Section, width: float) -> list[_Piece]:
    table = tuple(replace(each, heading=lettering.shorten(lettering.printable(each.heading), 7.5, each.room))
                  for each in columns(MARGIN, width - MARGIN, section.shares))
    said = section.note if section.rows else " ".join(part for part in (section.note, section.empty) if part)
    lines = lettering.wrap(lettering.printable(said), 9, width - 2 * MARGIN, _MOST_LINES) if said else ()
    head = HEAD if section.rows else _GAP
    found = [_Piece(section, table, (), lines, _TITLE + 12.5 * len(lines) + head)]
    for number, row in enumerate(section.rows, 1):
        cells = tuple(lettering.wrap(lettering.printable(words), _SIZE, column.room, _MOST_LINES) if words else ("",)
                      for words, column in zip(row, table, strict=True))
        height = _ROW + (max(len(cell) for cell in cells) - 1) * _LEADING + (_GAP if number == len(section.rows) else 0)
        found.append(_Piece(section, table, cells, (), height))
    return found


def _draw(sheet: Sheet, piece: _Piece, top: float) -> float:
    if not piece.cells:
        sheet.write(sheet.left, top - 13, lettering.shorten(lettering.printable(piece.section.heading), 12, sheet.right - sheet.left), 12,
                    ACCENT, bold=True)
        sheet.paragraph(sheet.left, top - _TITLE - 6, piece.lines, 9, INK if piece.section.rows else MUTED, leading=12.5)
        below = top - _TITLE - 12.5 * len(piece.lines)
        return draw_heading(sheet, piece.table, below) if piece.section.rows else below - _GAP
    for column, cell in zip(piece.table, piece.cells, strict=True):
        y = top - 11.5
        for words in cell:
            if column.right:
                sheet.write_right(column.x + column.room, y, words, _SIZE, INK)
            else:
                sheet.write(column.x, y, words, _SIZE, INK)
            y -= _LEADING
    high = _ROW + (max(len(cell) for cell in piece.cells) - 1) * _LEADING
    sheet.rule(sheet.left - 4, sheet.right + 4, top - high, HAIRLINE, 0.4)
    return top - piece.height
