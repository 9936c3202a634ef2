"""A picture of wards as a list of things to draw: areas, hatching, words. The window and the paper paint the same list.

Knows no business and no printer. Lengths are pixels or points, y runs down. A ward's step is told by its hatching as well as by its tint,
and its value stands in it in figures, so that nothing hangs on colour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import NamedTuple

from coachdesk.place.boundaries import Ring

STEPS = 4                      # the last is the fullest
Path = tuple[tuple[float, float], ...]
Segment = tuple[float, float, float, float]
Measure = Callable[[str, float], float]                # how wide some words are at a size
_HATCH = ((), ((1, 11.0),), ((1, 6.0),), ((1, 6.0), (-1, 6.0)))         # of each step: (direction, distance), at a text size of 10
_NICE_LENGTHS = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
_HEAD, _PAD = 1.5, 0.5         # of a text line
_CUT = 0.7                     # what wards are worth under a title that is cut
_LEAST_METRES = 800.0          # a tiny ward does not fill the page


class Area(NamedTuple):
    """A ward: rings to be filled by the odd-even rule. step None: nothing is known of it; key empty: only a neighbour's outline."""

    key: str
    rings: tuple[Path, ...]
    step: int | None
    lines: tuple[Segment, ...]


class Words(NamedTuple):
    """One line of text around the middle of x, its baseline at y; `wide` and `high` are the plate under it (0: none)."""

    key: str
    x: float
    y: float
    text: str
    size: float
    wide: float = 0.0
    is_bold: bool = False


class Frame(NamedTuple):
    """A rectangle: what follows, up to the next one, stays inside it."""

    x: float
    y: float
    wide: float
    high: float
    title: str


class Scale(NamedTuple):
    """How long some metres are in the picture."""

    x: float
    y: float
    long: float
    words: str


class Legend(NamedTuple):
    """One step of the legend: a small box with its tint and hatching, and what it stands for."""

    x: float
    y: float
    side: float
    step: int | None
    lines: tuple[Segment, ...]
    words: str


@dataclass(frozen=True)
class WardShape:
    """One ward of a panel. label: what stands in it; step: 0 to STEPS - 1, None where nothing can be told."""

    key: str
    label: str
    step: int | None
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Panel:
    """Wards that belong together, with their neighbours around them, and a title."""

    title: str
    wards: tuple[WardShape, ...]
    around: tuple[tuple[Ring, ...], ...] = ()


@dataclass(frozen=True)
class Picture:
    """What is to be drawn, in order; `spots`: the middle of each ward by its key."""

    things: tuple[Area | Words | Frame | Scale | Legend, ...]
    spots: dict[str, tuple[float, float]]


def steps(values: Sequence[float]) -> list[float]:
    """The upper ends of the steps, in round figures: four of the same height up to the greatest value."""
    top = max(values, default=0.0)
    if top <= 0:
        return [1.0] * STEPS
    each, unit = top / STEPS, 1.0
    while unit * 10 <= each:
        unit *= 10
    while unit > each:
        unit /= 10
    high = next(unit * by for by in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if unit * by >= each * (1 - 1e-9))
    return [high * number for number in range(1, STEPS + 1)]


def step_of(value: float, ends: Sequence[float]) -> int:
    """Into which step a value falls; on an end it belongs to the step that ends there."""
    return next((at for at, end in enumerate(ends) if value <= end * (1 + 1e-9)), len(ends) - 1)


def step_words(ends: Sequence[float], show: Callable[[float], str]) -> list[str]:
    """What each step stands for: `up to 5`, `5 to 10`…"""
    return [f"up to {show(ends[0])}", *(f"{show(low)} to {show(high)}" for low, high in zip(ends, ends[1:], strict=False))]


def picture(panels: Sequence[Panel], wide: float, high: float, size: float, measure: Measure, legend: Sequence[tuple[int | None, str]] = ()
            ) -> Picture:
    """Panels beside each other, all in one scale, as large as they go; the legend and the scale in a strip below."""
    line = size * 1.4
    strip, across = _strip(legend, wide, size, measure)
    room = max(high - strip * line - line * _PAD, line * 3)
    columns, ratio = _best(panels, wide, room, line, max((measure(panel.title, size) for panel in panels), default=0.0) + size * 0.6)
    things: list[Area | Words | Frame | Scale | Legend] = []
    spots: dict[str, tuple[float, float]] = {}
    rows = ceil(len(panels) / columns) if panels else 1
    gap = line * _PAD
    one_wide, one_high = (wide - gap * (columns - 1)) / columns, (room - gap * (rows - 1)) / rows
    for at, panel in enumerate(panels):
        x, y = at % columns * (one_wide + gap), at // columns * (one_high + gap)
        _draw(panel, Frame(x, y, one_wide, one_high, panel.title), ratio, size, measure, things, spots)
    below = room + gap
    for at, (step, words) in enumerate(legend):
        x, y = at % across[0] * across[1], below + at // across[0] * line
        box = ((x, y), (x + size, y), (x + size, y + size), (x, y + size))
        things.append(Legend(x, y, size, step, hatching((box,), step, size), words))
    if ratio > 0:
        metres = max((each for each in _NICE_LENGTHS if each * ratio <= max(wide / 5, 30)), default=_NICE_LENGTHS[0])
        words = f"{metres:,} m" if metres < 1000 else f"{metres // 1000:,} km"
        things.append(Scale(wide - metres * ratio - 1, below + strip * line - line * 0.35, metres * ratio, words))
    return Picture(tuple(things), spots)


def _strip(legend: Sequence[tuple[int | None, str]], wide: float, size: float, measure: Measure) -> tuple[int, tuple[int, float]]:
    """How many lines the legend takes, with one more for the scale; how many stand in a line, and how wide each is."""
    each = max((measure(words, size) for _step, words in legend), default=0.0) + size * 3
    count = max(1, min(int(wide // each), len(legend) or 1))
    return ceil(len(legend) / count) + 1, (count, each)


def _extent(panel: Panel) -> tuple[float, float, float, float]:
    points = [point for ward in panel.wards for ring in ward.rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    return (west + east) / 2, (south + north) / 2, max(east - west, _LEAST_METRES), max(north - south, _LEAST_METRES)


def _best(panels: Sequence[Panel], wide: float, high: float, line: float, title: float) -> tuple[int, float]:
    """The number of columns in which the wards come out largest, and how long a metre is then; titles are rather not cut."""
    if not panels:
        return 1, 0.0
    extents = [_extent(panel) for panel in panels]
    across, up = max(each[2] for each in extents), max(each[3] for each in extents)
    best = (0, 1e-6, 0.0)
    gap = line * _PAD
    for columns in range(1, len(panels) + 1):
        rows = ceil(len(panels) / columns)
        one_wide = (wide - gap * (columns - 1)) / columns - gap * 2
        one_high = (high - gap * (rows - 1)) / rows - line * _HEAD - gap * 2
        ratio = min(one_wide / across, one_high / up)
        worth = ratio if one_wide + gap * 2 >= title else ratio * _CUT
        if worth > best[2] * 1.02:
            best = (columns, ratio, worth)
    return max(best[0], 1), best[1]


def _draw(panel: Panel, frame: Frame, ratio: float, size: float, measure: Measure, things: list[Area | Words | Frame | Scale | Legend],
          spots: dict[str, tuple[float, float]]) -> None:
    east, north, _across, _up = _extent(panel)
    line = size * 1.4
    middle_x, middle_y = frame.x + frame.wide / 2, frame.y + line * _HEAD + (frame.high - line * _HEAD) / 2

    def placed(ring: Ring) -> Path:
        return tuple((middle_x + (x - east) * ratio, middle_y - (y - north) * ratio) for x, y in ring)

    things.append(frame)
    things += [Area("", tuple(placed(ring) for ring in rings), None, ()) for rings in panel.around]
    labels = []
    for ward in panel.wards:
        rings = tuple(placed(ring) for ring in ward.rings)
        things.append(Area(ward.key, rings, ward.step, hatching(rings, ward.step, size)))
        spot = spots[ward.key] = _inside(rings)
        labels.append(Words(ward.key, *spot, ward.label, size, measure(ward.label, size) + size * 0.8, is_bold=True))
    things += _apart(labels, frame, line)


def _apart(labels: Sequence[Words], frame: Frame, line: float) -> list[Words]:
    """Labels inside their frame, moved down where one would lie on another."""
    done: list[Words] = []
    for label in sorted(labels, key=lambda each: each.y):
        half = label.wide / 2
        x = min(max(label.x, frame.x + half), frame.x + frame.wide - half) if label.wide < frame.wide else frame.x + frame.wide / 2
        y = label.y
        for other in done:
            if abs(other.x - x) < (other.wide + label.wide) / 2 and abs(other.y - y) < line:
                y = other.y + line
        done.append(label._replace(x=x, y=min(y, frame.y + frame.high - line * 0.4)))
    return done


def hatching(rings: Sequence[Path], step: int | None, size: float) -> tuple[Segment, ...]:
    """The lines that fill rings at a step, none for the first; a fuller step has closer or crossing ones."""
    if step is None:
        return ()
    found: list[Segment] = []
    for direction, apart in _HATCH[step]:
        gap = apart * size / 10 * sqrt(2)
        turned = [tuple((x, y - direction * x) for x, y in ring) for ring in rings]       # lines of one slope become level
        lows = [y for ring in turned for _, y in ring]
        level = ceil(min(lows) / gap) * gap
        while level < max(lows):
            cuts = _cuts(turned, level)
            found += [(one, level + direction * one, other, level + direction * other)
                      for one, other in zip(cuts[::2], cuts[1::2], strict=False)]
            level += gap
    return tuple(found)


def _cuts(rings: Sequence[Path], level: float) -> list[float]:
    """Where a level line crosses rings, from left to right."""
    found = []
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (ay > level) != (by > level):
                found.append(ax + (level - ay) * (bx - ax) / (by - ay))
    return sorted(found)


def _inside(rings: Sequence[Path]) -> tuple[float, float]:
    """A place well inside: the middle of the longest of some level cuts, those near the middle before others."""
    ups = [y for ring in rings for _, y in ring]
    low, high = min(ups), max(ups)
    best, spot = -1.0, (rings[0][0][0], rings[0][0][1])
    for part in (8, 7, 9, 6, 10, 5, 11, 4, 12):
        level = low + (high - low) * (part + 0.003) / 16
        cuts = _cuts(rings, level)
        for one, other in zip(cuts[::2], cuts[1::2], strict=False):
            if other - one > best * 1.15:
                best, spot = other - one, ((one + other) / 2, level)
    return spot


def ward_at(made: Picture, x: float, y: float) -> str:
    """The ward under a point; empty where there is none."""
    for thing in reversed(made.things):
        if isinstance(thing, Area) and thing.key and sum(1 for cut in _cuts(thing.rings, y) if cut < x) % 2:
            return thing.key
    return ""


def shown(value: float) -> str:
    """A figure of the legend without needless decimals."""
    return f"{floor(value):,}" if abs(value - floor(value)) < 1e-9 else f"{value:.2f}".rstrip("0")
