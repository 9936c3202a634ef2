"""The one-page sheet for Jobcentre and partners: which addresses count for a lot, and what to do where a postcode is not listed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from coachdesk.documents import lettering
from coachdesk.documents.style import (
    ACCENT,
    FOOTER,
    HAIRLINE,
    HEADER,
    INK,
    MARGIN,
    MUTED,
    PORTRAIT,
    PUBLIC,
    TINT,
    Paper,
    Printed,
    Sheet,
    counted,
)
from coachdesk.errors import Refusal

__all__ = ["AddressSheet", "Paper", "Printed", "address_sheet"]

_WIDE = PORTRAIT[0] - 2 * MARGIN
_SIZES = (12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
_BODY = 9.0
_QUIET = 6.6
_GAP = 10.0
_GUTTER = 22.0
_LEADING, _AFTER = 1.34, 0.35      # from line to line, and after a sector, in parts of the size
_HOW = ("Find the first part of the postcode at the left, then its last two letters beside it. A tie to the area, such as a job there, "
        "may count too: ask us.")
_ADVICE = (
    ("Not on this page?", "Send them to us anyway; we check by hand. New and changed postcodes take months to reach a list like this."),
    ("No fixed abode, a refuge, a hostel?",
     "No postcode is needed. Tell us where the person usually stays. The address of a refuge need not be told."),
)


@dataclass(frozen=True)
class AddressSheet:
    """What counts for a lot. `outcodes`: (sector, unit letters), as ("B37 5", ("AA", "AB")); `count` is how many postcodes they are.

    `notes`: sentences, printed as they are (inclusions with their reasons, editions that are not at hand); `editions`: the postcode
    editions read; `attribution`: the lines their licence asks for.
    """

    lot: str
    ward_names: tuple[str, ...]
    district: str
    editions: tuple[str, ...]
    outcodes: tuple[tuple[str, tuple[str, ...]], ...]
    notes: tuple[str, ...]
    how_to_reach: str
    attribution: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class _Sector:
    """A sector with its units in lines of equal places."""

    name: str
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _Plan:
    """How the list is set: type size, columns of sectors, their width, room for a sector's name, and the pitch of the units."""

    size: float
    columns: tuple[tuple[_Sector, ...], ...]
    wide: float
    names: float
    pitch: float


def address_sheet(sheet: AddressSheet, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print the sheet on one A4 page, in the largest type that fits (12 to 6 points).

    Refusal if the count and the list disagree, or if they cannot fit one page at 6 points; nothing is written then. Trouble if `out`
    cannot be written.
    """
    listed = sum(len(units) for _, units in sheet.outcodes)
    if listed != sheet.count:
        raise Refusal(f"The sheet says {counted(sheet.count, 'postcode')}, but {listed:,} would be listed. Nothing was printed.",
                      "Load the lot again, then print the sheet again.")
    lettering.register()
    foot = _foot(sheet)
    room = PORTRAIT[1] - 2 * MARGIN - HEADER - FOOTER - _head_height(sheet) - foot.height - 8
    plan = _largest(sheet, room)
    page = Sheet("Which addresses count", " · ".join(part for part in (printed.programme, sheet.lot, sheet.district) if part), printed, 1,
                 size=PORTRAIT, keeping=PUBLIC)
    page.check(*sheet.ward_names, *sheet.notes, *sheet.attribution, *sheet.editions, sheet.how_to_reach)
    page.begin()
    top = _draw_head(page, sheet)
    for number, sectors in enumerate(plan.columns):
        _draw_sectors(page, plan, sectors, page.left + number * (plan.wide + _GUTTER), top)
    _draw_foot(page, foot)
    return page.finish(out)


def _draw_sectors(page: Sheet, plan: _Plan, sectors: tuple[_Sector, ...], x: float, top: float) -> None:
    """One column of sectors, a hairline after each."""
    size, y = plan.size, top
    for sector in sectors:
        page.write(x, y - size, sector.name, size, ACCENT, bold=True)
        for row, line in enumerate(sector.lines):
            for at, unit in enumerate(line):
                page.write(x + plan.names + at * plan.pitch, y - size - row * size * _LEADING, unit, size)
        y -= _height(sector, size)
        page.rule(x, x + plan.wide, y + size * 0.14, HAIRLINE, 0.4)


def _height(sector: _Sector, size: float) -> float:
    return len(sector.lines) * size * _LEADING + size * _AFTER


def _head_height(sheet: AddressSheet) -> float:
    return 66.0 + 12.0 * len(_ward_lines(sheet))


def _ward_lines(sheet: AddressSheet) -> tuple[str, ...]:
    wards = sheet.ward_names
    names = wards[0] if len(wards) == 1 else ", ".join(wards[:-1]) + " and " + wards[-1] if wards else "no ward yet"
    place = f" ({sheet.district})" if sheet.district else ""
    return lettering.wrap(lettering.printable(f"{'Ward' if len(wards) < 2 else 'Wards'}: {names}{place}"), _BODY, _WIDE, 3)


def _draw_head(page: Sheet, sheet: AddressSheet) -> float:
    """The promise in one line, the wards, and how to read the list; answers where the list begins."""
    y = page.top - 8
    page.write(page.left, y, f"People who live at these {counted(sheet.count, 'postcode')} can have a coach.", 13, INK, bold=True)
    y = page.paragraph(page.left, y - 17, _ward_lines(sheet), _BODY, INK, leading=12)
    page.box(page.left, y - 26, page.right - page.left, 32, fill=TINT)
    page.paragraph(page.left + 8, y - 6, lettering.wrap(_HOW, _BODY, _WIDE - 16, 2), _BODY, INK, leading=12.5)
    return page.top - _head_height(sheet)


def _largest(sheet: AddressSheet, room: float) -> _Plan:
    """The list in the largest type that fits the room, in as few columns as do."""
    for size in _SIZES:
        for count in (1, 2, 3):
            plan = _planned(sheet, size, count)
            if all(sum(_height(sector, size) for sector in column) <= room for column in plan.columns):
                return plan
    raise Refusal(f"The {counted(sheet.count, 'postcode')} of {sheet.lot} do not fit one page that can still be read. Nothing was printed.",
                  "Ask for a sheet for each ward of the lot.")


def _planned(sheet: AddressSheet, size: float, count: int) -> _Plan:
    """The list at a size in so many columns, about equally tall."""
    names = max((lettering.width(lettering.printable(name), size) for name, _ in sheet.outcodes), default=0.0) + size * 1.5
    widest = max((lettering.width(lettering.printable(unit), size) for _, units in sheet.outcodes for unit in units), default=0.0)
    wide = (_WIDE - _GUTTER * (count - 1)) / count
    each = max(1, int((wide - names + size * 0.5) / (widest + size * 0.55)))
    table = [_Sector(name, tuple(units[at:at + each] for at in range(0, max(1, len(units)), each))) for name, units in sheet.outcodes]
    share = sum(_height(sector, size) for sector in table) / count
    columns: list[list[_Sector]] = [[] for _ in range(count)]
    used = 0.0
    for sector in table:
        columns[min(count - 1, int((used + _height(sector, size) / 2) / share))].append(sector)
        used += _height(sector, size)
    return _Plan(size, tuple(map(tuple, columns)), wide, names, (wide - names + size * 0.5) / each if each > 1 else widest)


@dataclass(frozen=True)
class _Foot:
    """What stands under the list, wrapped: inclusions, advice in columns side by side (question, answer), sources; and its height."""

    notes: tuple[str, ...]
    advice: tuple[tuple[str, tuple[str, ...]], ...]
    wide: float
    sources: tuple[str, ...]
    height: float


def _foot(sheet: AddressSheet) -> _Foot:
    """Wrap the foot of the page and measure it."""
    advice = [*_ADVICE, *([("How to reach us", sheet.how_to_reach)] if sheet.how_to_reach else [])]
    wide = (_WIDE - _GAP * (len(advice) - 1)) / len(advice)
    notes = [line for note in sheet.notes for line in _fold(note, _BODY, _WIDE)]
    said = [(_fold(question, _BODY, wide - 16)[0], _fold(answer, _BODY, wide - 16)) for question, answer in advice]
    text = " ".join([*([f"Postcodes read from: {', '.join(sheet.editions)}."] if sheet.editions else []), *sheet.attribution])
    sources = _fold(text, _QUIET, _WIDE) if text else ()
    height = len(notes) * 12.4 + 26 + max(len(answer) for _, answer in said) * 12.4 + 8 + len(sources) * 9 + 6
    return _Foot(tuple(notes), tuple(said), wide, sources, height)


def _fold(text: str, size: float, room: float) -> tuple[str, ...]:
    return lettering.wrap(lettering.printable(text), size, room, 8)


def _draw_foot(page: Sheet, foot: _Foot) -> None:
    """The foot, standing on the bottom margin."""
    y = page.paragraph(page.left, page.bottom + foot.height - 8, foot.notes, _BODY, INK, leading=12.4) + 4
    tall = 22 + max(len(answer) for _, answer in foot.advice) * 12.4
    for number, (question, answer) in enumerate(foot.advice):
        x = page.left + number * (foot.wide + _GAP)
        page.box(x, y - tall, foot.wide, tall, fill=TINT)
        page.write(x + 8, y - 13, question, _BODY, ACCENT, bold=True)
        page.paragraph(x + 8, y - 26, answer, _BODY, INK, leading=12.4)
    page.paragraph(page.left, y - tall - 13, foot.sources, _QUIET, MUTED, leading=9)
