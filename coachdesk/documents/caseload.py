"""The caseload summary that a team lead prints: a row a person, overdue and due first, totals that agree with the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from coachdesk.casework.queries import CaseloadTotals
from coachdesk.documents import lettering
from coachdesk.documents.style import (
    ALERT,
    ALERT_TINT,
    FOOTER,
    HAIRLINE,
    HEADER,
    INK,
    LANDSCAPE,
    MARGIN,
    MUTED,
    NOTICE,
    TINT,
    Paper,
    Printed,
    Sheet,
    day_short,
    month_shown,
    paginate,
)
from coachdesk.documents.table import HEAD, Column, columns, draw_heading
from coachdesk.errors import Refusal

__all__ = ["CaseloadLine", "CaseloadTotals", "Paper", "Printed", "caseload_summary"]

_SIZE = 7.6
_LEADING = 9.4
_ROW = 14.6                 # a row of one line; each further line adds _LEADING
_TOTALS = 50.0              # the block of totals on the first page, with the space under it
_STATES = {"overdue": 0, "due": 1}
_TALLEST = 3


@dataclass(frozen=True)
class CaseloadLine:
    """One person. `meaningful` is "2 of 3"; `state` is "overdue", "due" or ""."""

    reference: str
    name: str
    lot: str
    coach: str
    registered_on: date
    verdict: str
    meaningful: str
    last_contact_on: date | None
    next_what: str
    next_on: date | None
    state: str


@dataclass(frozen=True)
class _Row:
    """A line made ready: its cells, and those that may take several lines."""

    line: CaseloadLine
    name: tuple[str, ...]
    doing: tuple[str, ...]
    height: float


def caseload_summary(lines: Sequence[CaseloadLine], totals: CaseloadTotals, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print the caseload, A4 landscape: overdue, then due, then the others by next day and name.

    Refusal if the totals do not agree with the rows; nothing is written then. Trouble if `out` cannot be written.
    """
    _reconcile(lines, totals)
    lettering.register()
    left, right = MARGIN, LANDSCAPE[0] - MARGIN
    table = columns(left, right, _shares(lines, printed))
    warnings: list[str] = []
    rows = [_ready(line, table, warnings) for line in sorted(lines, key=_order)]
    room = LANDSCAPE[1] - 2 * MARGIN - HEADER - FOOTER - HEAD
    pages = paginate([row.height for row in rows], [False] * len(rows), room - _TOTALS, room)
    sheet = Sheet("Caseload summary", _subtitle(printed), printed, len(pages), size=LANDSCAPE)
    for warning in warnings:
        sheet.warn(warning)
    sheet.check(*{text for line in lines for text in (line.lot, line.coach, line.verdict, line.next_what, line.meaningful)})
    for number, page in enumerate(pages):
        sheet.begin()
        top = sheet.top if number else _draw_totals(sheet, totals)
        _draw_rows(sheet, table, rows[page.start:page.stop], draw_heading(sheet, table, top))
        if not rows:
            sheet.write(sheet.left, top - HEAD - 16, "No open people in this caseload.", 10, MUTED)
    return sheet.finish(out)


def _order(line: CaseloadLine) -> tuple[int, date, str, str]:
    return (_STATES.get(line.state, 2), line.next_on or date.max, line.name.casefold(), line.reference)


def _subtitle(printed: Printed) -> str:
    parts = [printed.programme, printed.lot or "All lots", printed.coach or "All coaches"]
    return " · ".join([*parts, month_shown(printed.month)] if printed.month else parts)


def _reconcile(lines: Sequence[CaseloadLine], totals: CaseloadTotals) -> None:
    """Refuse where a total on the page would contradict the rows beneath it.

    Verdicts and interventions are counted only where every row's words are among those known here.
    """
    counts = [("people", totals.people, len(lines)),
              ("overdue", totals.overdue, sum(line.state == "overdue" for line in lines)),
              ("due", totals.due, sum(line.state == "due" for line in lines))]
    verdicts = [_verdict(line.verdict) for line in lines]
    if "" not in verdicts:
        counts += [("eligible", totals.eligible, verdicts.count("eligible")),
                   ("to check by hand", totals.by_hand, verdicts.count("by hand")),
                   ("not eligible", totals.not_eligible, verdicts.count("not eligible"))]
    steps = [line.meaningful.split(" of ") for line in lines]
    if all(len(step) == 2 and step[0].isdecimal() and step[1].isdecimal() for step in steps):
        counts.append(("with all meaningful interventions", totals.reached_three, sum(int(a) >= int(b) for a, b in steps)))
    for what, said, found in counts:
        if said != found:
            raise Refusal(f"The totals say {said:,} {what}, but the rows hold {found:,}. Nothing was printed.",
                          "Load the caseload again, then print it again.")


def _verdict(words: str) -> str:
    """The group a verdict's words are counted in; empty for words not known here."""
    plain = words.casefold()
    if plain.startswith("eligible"):
        return "eligible"
    return {"not eligible": "not eligible", "check by hand": "by hand"}.get(plain, "")


def _shares(lines: Sequence[CaseloadLine], printed: Printed) -> list[tuple[str, float, bool]]:
    """Columns of this print: a lot or coach that the header already names for every row gets no column."""
    shares = [("State", 47.0, False), ("Reference", 56.0, False), ("Name", 113.0, False)]
    if not (printed.lot and all(line.lot == printed.lot for line in lines)):
        shares.append(("Lot", 77.0, False))
    if not (printed.coach and all(line.coach == printed.coach for line in lines)):
        shares.append(("Coach", 69.0, False))
    return [*shares, ("Verdict", 83.0, False), ("Meaningful", 48.0, False), ("Registered", 51.5, False), ("Last contact", 51.5, False),
            ("Next on", 51.5, False), ("What is next", 114.0, False)]


def _ready(line: CaseloadLine, table: Sequence[Column], warnings: list[str]) -> _Row:
    """Wrap what wraps, and say what cannot be drawn."""
    spelt, warning = lettering.spell(line.name, line.reference)
    name = lettering.wrap(spelt, _SIZE, table[2].room, _TALLEST)
    if warning:
        warnings.append(warning)
    if name[-1].endswith("…") and not spelt.endswith("…"):
        warnings.append(f"{line.reference}: the name is too long for its column and was cut. The record holds it whole.")
    doing = lettering.wrap(lettering.printable(line.next_what), _SIZE, table[-1].room, 2) if line.next_what else ("–",)
    return _Row(line, name, doing, _ROW + (max(len(name), len(doing)) - 1) * _LEADING)


def _draw_totals(sheet: Sheet, totals: CaseloadTotals) -> float:
    """The block of totals; answers where the table begins."""
    other = totals.people - totals.overdue - totals.due
    none = totals.people - totals.eligible - totals.by_hand - totals.not_eligible
    groups = [[("People", totals.people)], [("Overdue", totals.overdue), ("Due", totals.due), ("Not due yet", other)],
              [("Eligible", totals.eligible), ("Check by hand", totals.by_hand), ("Not eligible", totals.not_eligible)],
              [("Reached three", totals.reached_three), ("Job outcomes", totals.jobs)]]
    if none > 0:
        groups[2].append(("No verdict", none))
    cells = sum(len(group) for group in groups)
    gap = 10.0
    wide = (sheet.right - sheet.left - gap * (len(groups) - 1)) / cells
    x, low = sheet.left, sheet.top - 40
    for group in groups:
        sheet.box(x, low, wide * len(group), 40, fill=TINT)
        for label, number in group:
            alert = label == "Overdue" and number > 0
            sheet.write(x + 8, low + 18, f"{number:,}", 15, ALERT if alert else INK, bold=True)
            sheet.write(x + 8, low + 7, label, 7.5, MUTED)
            x += wide
        x += gap
    return low - (_TOTALS - 40)


def _draw_rows(sheet: Sheet, table: Sequence[Column], rows: Sequence[_Row], top: float) -> None:
    """Rows under a heading: shapes first, then words column by column, so that the pen changes seldom."""
    tops: list[float] = []
    y = top
    for row in rows:
        tops.append(y)
        if row.line.state == "overdue":
            sheet.box(sheet.left - 4, y - row.height, sheet.right - sheet.left + 8, row.height, fill=ALERT_TINT)
        y -= row.height
    sheet.rules(sheet.left - 4, sheet.right + 4, [high - row.height for high, row in zip(tops, rows, strict=True)], HAIRLINE, 0.4)
    shown: dict[tuple[int, str], str] = {}
    for row, high in zip(rows, tops, strict=True):
        _draw_row(sheet, table, row, high - 10.2, shown)


def _draw_row(sheet: Sheet, table: Sequence[Column], row: _Row, base: float, shown: dict[tuple[int, str], str]) -> None:
    """One row: mark and state in bold, the name, then the columns that keep to one line."""
    line = row.line
    if line.state in _STATES:
        overdue = line.state == "overdue"
        colour = ALERT if overdue else NOTICE
        sheet.box(table[0].x, base, 5, 5, fill=colour if overdue else None, line=colour)
        sheet.write(table[0].x + 9, base, "Overdue" if overdue else "Due", _SIZE, colour, bold=True)
    sheet.paragraph(table[2].x, base, row.name, _SIZE, INK, leading=_LEADING)
    cells = {"Reference": line.reference, "Lot": line.lot, "Coach": line.coach, "Verdict": line.verdict, "Meaningful": line.meaningful,
             "Registered": day_short(line.registered_on), "Last contact": day_short(line.last_contact_on),
             "Next on": day_short(line.next_on)}
    for number, column in enumerate(table[1:-1]):
        text = cells.get(column.heading)
        if text:
            key = (number, text)
            fitted = shown.get(key)
            if fitted is None:
                fitted = shown[key] = lettering.shorten(lettering.printable(text), _SIZE, column.room)
            sheet.write(column.x, base, fitted, _SIZE, INK)
    sheet.paragraph(table[-1].x, base, row.doing, _SIZE, INK, leading=_LEADING)
