"""The one-page sheet for Jobcentre and partners: which addresses count for a lot, and what to do where a postcode is not listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from coachdesk.documents import lettering
from coachdesk.documents.style import ACCENT, FOOTER, HEADER, INK, MARGIN, MUTED, PORTRAIT, PUBLIC, TINT, Paper, Printed, Sheet, counted
from coachdesk.errors import Refusal

__all__ = ["AddressSheet", "Paper", "Printed", "address_sheet"]

_WIDE = PORTRAIT[0] - 2 * MARGIN
_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
_BODY = 9.0
_NOT_LISTED = "Not on this page? Send them to us anyway. New and changed postcodes take months to appear: we check by hand, and nobody is turned away for it."
_NO_ADDRESS = ("No fixed abode, a refuge or a hostel? No postcode is needed. Tell us where the person usually stays, or where they work in the "
               "area. An address in a refuge need not be told.")
_HOW = "Find the first part of the postcode in bold, then look for its last two letters beside it. Working in the area counts as well: ask us."


@dataclass(frozen=True)
class AddressSheet:
    """What counts for a lot. `outcodes`: (sector, unit letters), as ("B37 5", ("AA", "AB")); `count` is how many postcodes they are.

    `notes`: inclusions with their reasons; `editions`: the postcode editions read; `attribution`: the lines their licence asks for.
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
    """A sector with its units wrapped at a size."""

    name: str
    lines: tuple[str, ...]


def address_sheet(sheet: AddressSheet, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print the sheet on one A4 page, in the largest type that fits (10.5 to 6 points).

    Refusal if the count and the list disagree, or if they cannot fit one page at 6 points; nothing is written then. Trouble if `out`
    cannot be written.
    """
    listed = sum(len(units) for _, units in sheet.outcodes)
    if listed != sheet.count:
        raise Refusal(f"The sheet says {counted(sheet.count, 'postcode')}, but {listed:,} would be listed. Nothing was printed.",
                      "Load the lot again, then print the sheet again.")
    lettering.register()
    foot = _foot(sheet)
    top = PORTRAIT[1] - MARGIN - HEADER
    head = 92.0 + 12.0 * (len(_ward_lines(sheet)) - 1)
    room = top - head - (MARGIN + FOOTER) - sum(len(lines) * size * 1.32 + 4 for lines, size, _ in foot) - 10
    size, table, name_room = _largest(sheet, room)
    page = Sheet("Which addresses count", " · ".join([printed.programme, sheet.lot, sheet.district]), printed, 1, size=PORTRAIT, keeping=PUBLIC)
    page.begin()
    y = _draw_head(page, sheet) - size - 2
    for sector in table:
        page.write(page.left, y, sector.name, size, ACCENT, bold=True)
        y = page.paragraph(page.left + name_room, y, sector.lines, size, INK, leading=size * 1.34) - size * 0.28
    _draw_foot(page, foot)
    return page.finish(out)


def _ward_lines(sheet: AddressSheet) -> tuple[str, ...]:
    wards = sheet.ward_names
    names = wards[0] if len(wards) == 1 else ", ".join(wards[:-1]) + " and " + wards[-1] if wards else "no ward yet"
    place = f" ({sheet.district})" if sheet.district else ""
    return lettering.wrap(lettering.printable(f"{'Ward' if len(wards) < 2 else 'Wards'}: {names}{place}"), _BODY, _WIDE, 3)


def _draw_head(page: Sheet, sheet: AddressSheet) -> float:
    """The promise in one line, the wards, and how to read the list; answers where the list begins."""
    y = page.top - 8
    page.write(page.left, y, f"People who live at these {counted(sheet.count, 'postcode')} can have a coach.", 13, INK, bold=True)
    y = page.paragraph(page.left, y - 18, _ward_lines(sheet), _BODY, INK, leading=12)
    page.box(page.left, y - 29, page.right - page.left, 34, fill=TINT)
    page.paragraph(page.left + 8, y - 7, lettering.wrap(_HOW, _BODY, _WIDE - 16, 2), _BODY, INK, leading=13)
    return y - 36


def _largest(sheet: AddressSheet, room: float) -> tuple[float, list[_Sector], float]:
    """The largest size at which all sectors fit the room, with the sectors wrapped at it."""
    for size in _SIZES:
        name_room = max((lettering.width(lettering.printable(name), size) for name, _ in sheet.outcodes), default=0.0) + 14
        table = [_Sector(name, _flow(units, size, _WIDE - name_room)) for name, units in sheet.outcodes]
        if sum(len(sector.lines) * size * 1.34 + size * 0.28 for sector in table) <= room:
            return size, table, name_room
    raise Refusal(f"The {counted(sheet.count, 'postcode')} of {sheet.lot} do not fit one page that can still be read. Nothing was printed.",
                  "Ask for a sheet for each ward of the lot.")


def _flow(units: Sequence[str], size: float, room: float) -> tuple[str, ...]:
    """Units in lines, each in a place of its own width, so that they stand in columns."""
    if not units:
        return ("–",)
    text = [lettering.printable(unit) for unit in units]
    widest = max(lettering.width(unit, size) for unit in text)
    each = max(1, int(room / (widest + lettering.width("   ", size))))
    return tuple("   ".join(text[at:at + each]) for at in range(0, len(text), each))


def _foot(sheet: AddressSheet) -> list[tuple[tuple[str, ...], float, bool]]:
    """What stands under the list, each wrapped: (lines, size, whether it is said loudly)."""
    loud = [_NOT_LISTED, _NO_ADDRESS]
    reach = [f"How to reach us: {sheet.how_to_reach}"] if sheet.how_to_reach else []
    notes = [f"Also counts: {note}" for note in sheet.notes]
    source = [f"Postcodes read from: {', '.join(sheet.editions)}."] if sheet.editions else []
    quiet = [*source, *sheet.attribution]
    return ([(_fold(text, _BODY), _BODY, False) for text in notes]
            + [(_fold(text, _BODY), _BODY, True) for text in [*loud, *reach]]
            + [(_fold(text, 6.6), 6.6, False) for text in quiet])


def _fold(text: str, size: float) -> tuple[str, ...]:
    return lettering.wrap(lettering.printable(text), size, _WIDE - 16, 4)


def _draw_foot(page: Sheet, foot: list[tuple[tuple[str, ...], float, bool]]) -> None:
    """The foot, standing on the bottom margin."""
    y = page.bottom + sum(len(lines) * size * 1.32 + 4 for lines, size, _ in foot)
    page.rule(page.left, page.right, y + 4, ACCENT, 0.6)
    for lines, size, loud in foot:
        y = page.paragraph(page.left, y - size, lines, size, INK if size == _BODY else MUTED, leading=size * 1.32) + size - 4
