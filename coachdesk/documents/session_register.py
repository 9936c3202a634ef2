"""The register of an outreach session: numbered blank rows to be filled in by hand, and the same register once it was keyed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from coachdesk import clock
from coachdesk.documents import lettering
from coachdesk.documents.style import (
    FOOTER,
    HAIRLINE,
    HEADER,
    INK,
    LANDSCAPE,
    MARGIN,
    MUTED,
    Paper,
    Printed,
    Sheet,
    day_short,
    paginate,
)
from coachdesk.documents.table import HEAD, Column, columns, draw_heading
from coachdesk.errors import Refusal

__all__ = ["Paper", "Printed", "RegisterEntry", "RegisterSheet", "session_register"]

_ROW = 24.4                  # a row to write in by hand
_KEYED = 15.0                # a keyed row of one line; each further line adds _LEADING
_LEADING = 10.0
_SIZE = 8.2
_HEADER = 50.0               # the lines of the session above the table
_MOST = 500
_BLANK = (("No.", 26.0, False), ("Name", 168.0, False), ("Telephone", 118.0, False), ("Postcode", 74.0, False),
          ("What about", 200.0, False), ("May we ring?", 66.0, False), ("Follow up on", 96.0, False))
_FILLED = (("No.", 26.0, False), ("Name", 160.0, False), ("Telephone", 92.0, False), ("Postcode", 64.0, False),
           ("What about", 170.0, False), ("Note", 156.0, False), ("Follow up", 80.0, False))
PRIVACY = ("We keep what you write here to help you towards work, and pass it on only if you agree. Ask us for our privacy notice. "
           "Nobody has to fill in every box.")


@dataclass(frozen=True)
class RegisterEntry:
    """One keyed row. number: on paper, None for somebody who was written down without paper; state: what is said of an empty row."""

    number: int | None
    name: str
    phone: str
    postcode: str
    about: str
    note: str
    follow_up_on: date | None
    state: str = ""


@dataclass(frozen=True)
class RegisterSheet:
    """A session and its register. lines: None for blank rows to be written in, else what was keyed. counted: words of what was counted."""

    kind: str
    venue: str
    held_on: date
    times: str
    coach: str
    hosts: str
    reference: str
    rows: int
    lines: tuple[RegisterEntry, ...] | None = None
    counted: str = ""


def session_register(of: RegisterSheet, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print a register, A4 landscape: `of.rows` numbered rows (1 to 500) to write in, or its keyed lines.

    Refusal for another number of rows; Trouble if `out` cannot be written.
    """
    if not 1 <= of.rows <= _MOST:
        raise Refusal(f"A register has 1 to {_MOST} rows, not {of.rows:,}. Nothing was printed.", "Choose another number of rows.")
    lettering.register()
    table = columns(MARGIN, LANDSCAPE[0] - MARGIN, _BLANK if of.lines is None else _FILLED)
    warnings: list[str] = []
    rows = [] if of.lines is None else [_ready(line, table, warnings) for line in of.lines]
    heights = [_ROW] * of.rows if of.lines is None else [height for _cells, height in rows]
    room = LANDSCAPE[1] - 2 * MARGIN - HEADER - FOOTER - HEAD - _HEADER
    pages = paginate(heights, [False] * len(heights), room, room)
    day = f"{of.held_on:%A} {clock.day_text(of.held_on)}"
    subtitle = " · ".join(part for part in (of.venue, day, of.times, of.kind, printed.lot) if part)
    sheet = Sheet("Session register" if of.lines is None else "Session register, as keyed", subtitle, printed, len(pages), size=LANDSCAPE)
    for warning in warnings:
        sheet.warn(warning)
    for page in pages:
        sheet.begin()
        top = draw_heading(sheet, table, _draw_session(sheet, of))
        if of.lines is None:
            _draw_blank(sheet, table, page, top)
        else:
            _draw_keyed(sheet, table, rows[page.start:page.stop], top)
    return sheet.finish(out)


def _draw_session(sheet: Sheet, of: RegisterSheet) -> float:
    """Whose session it is, the privacy line, and room for what is counted; answers where the table begins."""
    y = sheet.top - 8
    facts = [f"Coach: {of.coach}", f"With: {of.hosts}" if of.hosts else "", f"Reference: {of.reference}"]
    sheet.write(sheet.left, y, _fitted(" · ".join(fact for fact in facts if fact), 9, sheet.right - sheet.left), 9, INK)
    if of.lines is not None:
        sheet.write(sheet.left, y - 15, _fitted(of.counted, 9, sheet.right - sheet.left), 9, INK)
        return sheet.top - _HEADER + 16
    sheet.write(sheet.left, y - 14, PRIVACY, 8, MUTED)
    x, base = sheet.left, y - 31
    for words, wide in (("Counted without a name", 150.0), ("Leaflets", 100.0), ("Turned away", 100.0), ("Left by", 100.0)):
        sheet.write(x, base, words, 8, MUTED)
        begin = x + lettering.width(words, 8) + 6
        sheet.rule(begin, begin + wide - 60 + 26, base - 2, MUTED, 0.6)
        x = begin + wide - 60 + 26 + 22
    return sheet.top - _HEADER + 4


def _draw_blank(sheet: Sheet, table: Sequence[Column], page: range, top: float) -> None:
    """Rows with nothing but their number, lines between the columns, and a box to tick."""
    bottom = top - _ROW * len(page)
    for at, number in enumerate(page):
        sheet.write(table[0].x, top - at * _ROW - 16, str(number + 1), 10, INK, bold=True)
        sheet.box(table[5].x + 20, top - at * _ROW - 18, 10, 10, line=MUTED)
    sheet.rules(sheet.left - 4, sheet.right + 4, [top - (at + 1) * _ROW for at in range(len(page))], HAIRLINE, 0.7)
    for column in table[1:]:
        sheet.box(column.x - 6, bottom, 0.01, _ROW * len(page), line=HAIRLINE)


def _ready(line: RegisterEntry, table: Sequence[Column], warnings: list[str]) -> tuple[tuple[tuple[str, ...], ...], float]:
    """The cells of a keyed row, wrapped, and its height."""
    if line.state:
        return ((str(line.number),), (line.state,)), _KEYED
    spelt, warning = lettering.spell(line.name, f"row {line.number}" if line.number else "a row without a number")
    if warning:
        warnings.append(warning)
    words = (str(line.number or "–"), spelt, line.phone, line.postcode, line.about, line.note,
             day_short(line.follow_up_on) if line.follow_up_on else "")
    cells = tuple(lettering.wrap(lettering.printable(text), _SIZE, column.room, 3) if text else ()
                  for text, column in zip(words, table, strict=True))
    return cells, _KEYED + (max(1, *(len(cell) for cell in cells)) - 1) * _LEADING


def _draw_keyed(sheet: Sheet, table: Sequence[Column], rows: Sequence[tuple[tuple[tuple[str, ...], ...], float]], top: float) -> None:
    y = top
    edges = []
    for cells, height in rows:
        for column, cell in zip(table, cells, strict=False):
            muted = len(cells) == 2
            sheet.paragraph(column.x, y - 10.6, cell, _SIZE, MUTED if muted else INK, leading=_LEADING)
        y -= height
        edges.append(y)
    sheet.rules(sheet.left - 4, sheet.right + 4, edges, HAIRLINE, 0.5)


def _fitted(text: str, size: float, room: float) -> str:
    return lettering.shorten(lettering.printable(text), size, room)
