"""The one-page brief: a person on exactly one A4 page, for whoever takes over. What does not fit is shortened and says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from coachdesk.casework.brief import Brief, Part
from coachdesk.documents import lettering
from coachdesk.documents.style import ACCENT, ALERT, ALERT_TINT, HAIRLINE, INK, MARGIN, MUTED, PORTRAIT, Paper, Printed, Sheet
from coachdesk.errors import Refusal

MORE = "… more in the record"
_SIZE, _LEADING, _LABEL = 9.2, 12.0, 104.0
_NAME, _UNDER, _HEAD, _GAP = 24.0, 20.0, 19.0, 7.0
_ROOM = PORTRAIT[0] - 2 * MARGIN - _LABEL
_STEPS = ((12, 12), (8, 6), (6, 4), (5, 3), (4, 2), (3, 2), (2, 1), (1, 1))     # most lines of a list, most lines of one text
_SAFE = 4               # lines that a warning always has


@dataclass(frozen=True)
class _Row:
    """A label and its wrapped words."""

    label: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Page:
    """A person made ready: the name, what is warned of, blocks of rows, how high all of it is."""

    brief: Brief
    name: str
    warnings: tuple[_Row, ...]
    blocks: tuple[tuple[str, tuple[_Row, ...]], ...]
    height: float


def briefs(people: Sequence[Brief], printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print one page a person. Refusal without anybody; Trouble if `out` cannot be written."""
    if not people:
        raise Refusal("There is nobody to print a brief of.", "Choose somebody on a caseload. Nothing was printed.")
    lettering.register()
    sheet = Sheet("Brief", " · ".join(part for part in (printed.programme, printed.lot, printed.coach) if part), printed, len(people))
    for each in people:
        page = _fitted(each, sheet)
        sheet.begin()
        _draw(sheet, page)
    return sheet.finish(out)


def _fitted(brief: Brief, sheet: Sheet) -> _Page:
    """The most that fits: first all of it, then fewer and fewer lines of each text and list."""
    name, warning = lettering.spell(brief.name, brief.reference)
    sheet.warn(warning)
    room = sheet.top - sheet.bottom
    page = _ready(brief, name, *_STEPS[0])
    for listed, lines in _STEPS[1:]:
        if page.height <= room:
            break
        page = _ready(brief, name, listed, lines)
    return page


def _ready(brief: Brief, name: str, listed: int, lines: int) -> _Page:
    warnings = tuple(_Row(label, _wrapped(text, _ROOM - 16, max(lines, _SAFE))) for label, text in brief.warnings)
    blocks = tuple((part.heading, _rows(part, listed, lines)) for part in brief.parts)
    high = _NAME + _UNDER + (_lines(warnings) * _LEADING + 16 if warnings else 0)
    high += sum(_HEAD + _lines(rows) * _LEADING + _GAP for _, rows in blocks)
    return _Page(brief, name, warnings, blocks, high)


def _rows(part: Part, listed: int, lines: int) -> tuple[_Row, ...]:
    if not part.lines:
        return (_Row("", (part.empty or "Nothing.",)),)
    shown = part.lines
    if part.is_listed and len(shown) > listed:
        shown = shown[:listed]
    rows = tuple(_Row(lettering.shorten(lettering.printable(label), _SIZE, _LABEL - 8), _wrapped(text, _ROOM, lines))
                 for label, text in shown)
    left = len(part.lines) - len(shown)
    return (*rows, _Row("", (f"… {left:,} more in the record",))) if left else rows


def _wrapped(text: str, room: float, lines: int) -> tuple[str, ...]:
    """Wrapped words; where they are cut, the last line says that there is more."""
    clean = lettering.printable(text)
    whole = lettering.wrap(clean, _SIZE, room, lines + 1)
    if len(whole) <= lines and not (whole[-1].endswith("…") and not clean.endswith("…")):
        return whole
    kept = lettering.wrap(clean, _SIZE, room, lines)
    head = lettering.shorten(kept[-1].rstrip("…"), _SIZE, room - lettering.width(f" {MORE}", _SIZE)).rstrip("…").rstrip()
    return (*kept[:-1], f"{head} {MORE}")


def _lines(rows: Sequence[_Row]) -> int:
    return sum(len(row.words) for row in rows)


def _draw(sheet: Sheet, page: _Page) -> None:
    wide = sheet.right - sheet.left
    y = sheet.top - 16
    sheet.write(sheet.left, y, lettering.shorten(page.name, 17, wide), 17, INK, bold=True)
    y -= 15
    sheet.write(sheet.left, y, lettering.shorten(lettering.printable(page.brief.under), _SIZE, wide), _SIZE, MUTED)
    y = sheet.top - _NAME - _UNDER
    if page.warnings:
        high = _lines(page.warnings) * _LEADING + 8
        sheet.box(sheet.left, y - high, wide, high, fill=ALERT_TINT, line=ALERT)
        base = y - 13
        for row in page.warnings:
            sheet.write(sheet.left + 8, base, row.label, _SIZE, ALERT, bold=True)
            base = sheet.paragraph(sheet.left + _LABEL + 8, base, row.words, _SIZE, INK, leading=_LEADING)
        y -= high + 8
    for heading, rows in page.blocks:
        sheet.write(sheet.left, y - 10, heading, 10, ACCENT, bold=True)
        sheet.rule(sheet.left, sheet.right, y - 14, HAIRLINE)
        base = y - _HEAD - 8
        for row in rows:
            sheet.write(sheet.left, base, row.label, _SIZE, MUTED)
            base = sheet.paragraph(sheet.left + _LABEL, base, row.words, _SIZE, INK, leading=_LEADING)
        y -= _HEAD + _lines(rows) * _LEADING + _GAP
