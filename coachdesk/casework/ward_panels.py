"""From wards with their numbers and the boundaries at hand to what a map shows: panels by lot, a legend, and what could not be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coachdesk.casework.saturation import ELSEWHERE, UNKNOWN, WardRow, public_count, public_rate, rate_text
from coachdesk.outreach.rules import LEAST
from coachdesk.place.boundaries import Boundaries, Outline, box_of, missing_words
from coachdesk.place.picture import Panel, WardShape, shown, step_of, step_words, steps

CONTACTS_RATE, STARTS_RATE, CONTACTS, STARTS, TURNED = "contacts_rate", "starts_rate", "contacts", "starts", "turned_away"
MEASURES = ((CONTACTS_RATE, "contacts per 1,000 residents"), (STARTS_RATE, "starts per 1,000 residents"), (CONTACTS, "contacts"),
            (STARTS, "starts"), (TURNED, "people turned away"))
_AROUND = 3_000               # metres beside a lot in which neighbours are outlined


@dataclass(frozen=True)
class Drawn:
    """What a map shows. undrawn: a sentence for each ward without a boundary; no_count: for each without residents."""

    panels: tuple[Panel, ...]
    legend: tuple[tuple[int | None, str], ...]
    undrawn: tuple[str, ...]
    no_count: tuple[str, ...]
    attribution: tuple[str, ...]


def is_ward(row: WardRow) -> bool:
    """Whether a row is of one ward, not of another or an unknown one."""
    return row.id not in (ELSEWHERE, UNKNOWN)


def figure(row: WardRow, measure: str, *, is_public: bool = False) -> tuple[float | None, str]:
    """The number that a measure has for a ward, None where it has none or may not be told; and what stands in the ward."""
    count = {CONTACTS_RATE: row.contacts, CONTACTS: row.contacts, TURNED: row.turned_away}.get(measure, row.starts)
    hidden = is_public and 0 < count < LEAST
    if measure in (CONTACTS_RATE, STARTS_RATE):
        tenths = row.contacts_rate if measure == CONTACTS_RATE else row.starts_rate
        words = public_rate(count, tenths) if is_public else rate_text(tenths)
        return None if hidden or tenths is None else tenths / 10, f"under {LEAST} people" if hidden and tenths is not None else words
    return None if hidden else float(count), public_count(count) if is_public else f"{count:,}"


def ward_panels(rows: Sequence[WardRow], boundaries: Boundaries, measure: str, year: int, *, is_public: bool = False) -> Drawn:
    """One panel for each lot that has a boundary, all of one measure; boundaries of the newest year up to `year`."""
    wards = [row for row in rows if is_ward(row)]
    found = {row.id: boundaries.find(row.id, year) for row in wards}
    values = {row.id: figure(row, measure, is_public=is_public) for row in wards}
    told = [value for row in wards if (value := values[row.id][0]) is not None and found[row.id] is not None]
    ends = steps(told)
    lots: dict[str, list[WardRow]] = {}
    for row in wards:
        if found[row.id] is not None:
            lots.setdefault(row.lot, []).append(row)
    panels = []
    for lot, here in lots.items():
        shapes = []
        for row in here:
            value, words = values[row.id]
            outline = found[row.id]
            assert outline is not None
            label = words if len(here) == 1 else f"{row.ward} {words}"
            shapes.append(WardShape(row.id, label, None if value is None else step_of(value, ends), outline.rings))
        panels.append(Panel(lot, tuple(shapes), _around([one for row in here if (one := found[row.id]) is not None], boundaries)))
    legend: list[tuple[int | None, str]] = [*enumerate(step_words(ends, shown))] if told else []
    if any(values[row.id][0] is None and found[row.id] is not None for row in wards):
        legend.append((None, "no figure, or not told" if is_public else "no figure"))
    years = boundaries.years()
    undrawn = tuple(f"{row.ward}: {missing_words(row.id, row.since, years)}." for row in wards if found[row.id] is None)
    no_count = tuple(f"{row.ward} ({row.id})" for row in wards if row.residents is None)
    return Drawn(tuple(panels), tuple(legend), undrawn, no_count,
                 tuple(boundaries.attribution({one.year for one in found.values() if one is not None})))


def _around(outlines: Sequence[Outline], boundaries: Boundaries) -> tuple[tuple[tuple[tuple[int, int], ...], ...], ...]:
    """The neighbours of some wards, of the same year as the newest of them."""
    west, south, east, north = box_of([ring for each in outlines for ring in each.rings])
    box = (west - _AROUND, south - _AROUND, east + _AROUND, north + _AROUND)
    year, own = max(each.year for each in outlines), {each.code for each in outlines}
    return tuple(each.rings for each in boundaries.near(box, year) if each.code not in own)
