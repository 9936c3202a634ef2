"""The printed saturation map: wards with what was reached in them over their residents. It holds no number under five and no name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from coachdesk.casework.saturation import WardRow, public_count, public_rate
from coachdesk.casework.ward_panels import MEASURES, Drawn, is_ward
from coachdesk.documents import lettering
from coachdesk.documents.listing import Section, listing
from coachdesk.documents.style import ACCENT, HAIRLINE, INK, LANDSCAPE, MARGIN, MUTED, PUBLIC, Colour, Paper, Printed, Sheet, day_short
from coachdesk.documents.venues import period_words
from coachdesk.outreach.rules import LEAST
from coachdesk.place.picture import Area, Frame, Legend, Picture, Scale, Words, picture

_HIGH, _WHOLE, _SIZE, _HEADING = 268.0, 432.0, 8.5, 18.0          # points: one map with the table below it, one of several
_TINTS: tuple[Colour, ...] = ((0.95, 0.96, 0.97), (0.83, 0.88, 0.92), (0.70, 0.79, 0.87), (0.56, 0.69, 0.80))
_WHITE: Colour = (1.0, 1.0, 1.0)
NOTE = ("A contact is a person met at outreach, in the ward of the postcode that they gave; a start is the first meaningful help, in the "
        f"ward of the decision on the address. “under {LEAST}” stands for one to {LEAST - 1} people; no rate is told then. There are no "
        "totals, so that none gives such a number away. People turned away stand on the sheet about unmet demand.")


def saturation_sheet(rows: Sequence[WardRow], maps: Mapping[str, Drawn], since: date | None, until: date | None, printed: Printed,
                     out: Path | BinaryIO) -> Paper:
    """Print a map of each measure, then the table of the wards, then what has no boundary and no count, A4 landscape."""
    drawn = next(iter(maps.values()))
    subtitle = f"{printed.lot or 'All lots'} · {period_words(since, until)}"
    shares = (("Lot", 92.0, False), ("Ward", 100.0, False), ("Code", 62.0, False), ("Contacts", 48.0, True), ("per 1,000", 46.0, True),
              ("Starts", 42.0, True), ("per 1,000", 46.0, True), ("Residents", 54.0, True), ("as of, source", 170.0, False))
    lines = [_line(row) for row in rows]
    sections = [Section("Wards", shares, lines, NOTE)]
    beside = [*drawn.undrawn, *(f"{each}: no resident count was entered, so there is no rate." for each in drawn.no_count),
              *(f"{row.ward}: edition {row.edition_missing} is not on this computer, so nobody can be told to live there."
                for row in rows if row.edition_missing)]
    if beside:
        heading = (("What the map or the table could not show", 1.0, False),)
        sections.append(Section("Beside the map", heading, [(each,) for each in beside]))
    if drawn.attribution:
        sections.append(Section("Sources", (("Whom the boundaries are from", 1.0, False),), [(each,) for each in drawn.attribution]))
    high = _HIGH if len(maps) == 1 else _WHOLE

    def page(measure: str, each: Drawn) -> tuple[float, Callable[[Sheet, float], None]]:
        return high, lambda sheet, top: _map(sheet, top, high, each, dict(MEASURES)[measure])

    above = [page(measure, each) for measure, each in maps.items()] if drawn.panels else []
    return listing("Saturation by ward", subtitle, sections, printed, out, landscape=True, keeping=PUBLIC, above=above)


def _line(row: WardRow) -> tuple[str, ...]:
    as_of = f"{day_short(row.residents_on)}, {row.residents_source}" if row.residents_on else "not entered" if is_ward(row) else ""
    return (row.lot, row.ward, row.id if is_ward(row) else "", public_count(row.contacts), public_rate(row.contacts, row.contacts_rate),
            public_count(row.starts), public_rate(row.starts, row.starts_rate), f"{row.residents:,}" if row.residents else "–", as_of)


def _map(sheet: Sheet, top: float, tall: float, drawn: Drawn, words: str) -> None:
    heading = f"{words[:1].upper()}{words[1:]}"
    sheet.write(sheet.left, top - 11, heading, 11, ACCENT, bold=True)
    wide, left, high = LANDSCAPE[0] - 2 * MARGIN, sheet.left, top - _HEADING

    def measure(text: str, size: float) -> float:
        return lettering.width(lettering.printable(text), size) * 1.04

    made = picture(drawn.panels, wide, tall - _HEADING - 8, _SIZE, measure, drawn.legend)
    paint(sheet, made, left, high)


def paint(sheet: Sheet, made: Picture, left: float, top: float) -> None:
    """Draw a picture with its upper left corner at (left, top)."""
    framed = False
    for thing in made.things:
        if framed and not isinstance(thing, Area):
            sheet.anywhere()
            framed = False
        if isinstance(thing, Frame):
            sheet.box(left + thing.x, top - thing.y - thing.high, thing.wide, thing.high, line=HAIRLINE)
            title = lettering.shorten(lettering.printable(thing.title), _SIZE, thing.wide - 8)
            sheet.write(left + thing.x + 4, top - thing.y - 10, title, _SIZE, INK, bold=True)
            sheet.keep_inside(left + thing.x, top - thing.y - thing.high, thing.wide, thing.high - 13)
            framed = True
        elif isinstance(thing, Area):
            _area(sheet, thing, left, top)
        elif isinstance(thing, Words):
            high = thing.size * 1.35
            sheet.box(left + thing.x - thing.wide / 2, top - thing.y - high / 2, thing.wide, high, fill=_WHITE, line=HAIRLINE)
            sheet.centre(left + thing.x, top - thing.y - thing.size * 0.35, thing.text, thing.size, INK, bold=thing.is_bold)
        elif isinstance(thing, Legend):
            sheet.box(left + thing.x, top - thing.y - thing.side, thing.side, thing.side, fill=_fill(thing.step), line=MUTED)
            _hatch(sheet, thing.lines, left, top)
            sheet.write(left + thing.x + thing.side * 1.5, top - thing.y - thing.side * 0.85, thing.words, _SIZE, INK)
        else:
            _scale(sheet, thing, left, top)
    if framed:
        sheet.anywhere()


def _fill(step: int | None) -> Colour:
    return _WHITE if step is None else _TINTS[step]


def _area(sheet: Sheet, area: Area, left: float, top: float) -> None:
    rings = [[(left + x, top - y) for x, y in ring] for ring in area.rings]
    if not area.key:
        sheet.shape(rings, line=HAIRLINE, thickness=0.5)
        return
    sheet.shape(rings, fill=_fill(area.step))
    _hatch(sheet, area.lines, left, top)
    sheet.shape(rings, line=ACCENT, thickness=0.9)


def _hatch(sheet: Sheet, lines: Sequence[tuple[float, float, float, float]], left: float, top: float) -> None:
    sheet.strokes([(left + x1, top - y1, left + x2, top - y2) for x1, y1, x2, y2 in lines], ACCENT, 0.45)


def _scale(sheet: Sheet, scale: Scale, left: float, top: float) -> None:
    x, y = left + scale.x, top - scale.y
    sheet.strokes([(x, y, x + scale.long, y), (x, y, x, y + 3), (x + scale.long, y, x + scale.long, y + 3)], INK, 0.8)
    sheet.write_right(x - 5, y, scale.words, _SIZE, INK)
