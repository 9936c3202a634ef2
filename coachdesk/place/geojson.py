"""Ward boundaries out of a publisher's GeoJSON, read with distrust, feature by feature: degrees or metres, holes, any year."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import hypot
from typing import Any, NoReturn

from coachdesk.errors import Refusal
from coachdesk.place.archive import AGAIN, MEGABYTE, shown
from coachdesk.place.boundaries import Ring
from coachdesk.place.grid import to_grid

MAX_TEXT = 256 * MEGABYTE            # all wards of the United Kingdom, generalised to 20 m, have about 100 MB
MAX_WARDS = 20_000
TOLERANCE = 5.0                      # metres by which a boundary may be simplified: less than a hair on any map of a ward
_CODE = re.compile(r"WD([0-9]{2})CD", re.IGNORECASE | re.ASCII)
_WARD = re.compile(r"[EWSN][0-9]{8}", re.ASCII)
_SPACE = re.compile(r"[ \t\r\n]*")
_LAND = (-20_000.0, -20_000.0, 760_000.0, 1_320_000.0)      # the British Isles on the National Grid, Northern Ireland with them
_MAX_RINGS = 5_000
SMALLER = "Download the generalised boundaries (BGC or BSC) from the publisher and import those."

Point = tuple[float, float]


@dataclass(frozen=True)
class Ward:
    """One ward: its code, its name, and its rings in metres on the National Grid; holes are rings like others (odd-even)."""

    code: str
    name: str
    year: int
    rings: tuple[Ring, ...]


def read_wards(name: str, text: str) -> Iterator[tuple[Ward, int]]:
    """(ward, characters read so far), one by one, of a FeatureCollection. Raises Refusal that names file and feature."""
    seen: set[str] = set()
    year: int | None = None
    convert: Callable[[float, float], Point] | None = None
    for number, (feature, at) in enumerate(_features(name, text), 1):
        where = f"{name}, feature {number:,}"
        code, of, called = _properties(where, feature)
        where = f"{where} ({code})"
        if year not in (None, of):
            refuse(where, f"it is of {of}, but the features before it are of {year}.")
        if code in seen:
            refuse(where, "this ward stands here for the second time.")
        if len(seen) >= MAX_WARDS:
            refuse(name, f"it has more than {MAX_WARDS:,} wards.")
        year = of
        seen.add(code)
        rings = [_positions(where, ring) for polygon in _polygons(where, feature) for ring in polygon]
        if convert is None:
            convert = _unit(*rings[0][0])
        yield Ward(code, called, of, _simple(where, rings, convert)), at
    if not seen:
        refuse(name, "it has no wards.")


def refuse(where: str, what: str, next_step: str = AGAIN) -> NoReturn:
    """Raises the one sentence that names file and feature."""
    raise Refusal(f"{where}: {what} Nothing was changed.", next_step)


def text_of(name: str, content: bytes) -> str:
    """The text of a file. Raises Refusal where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        refuse(name, "this is not a text file in UTF-8, so it is not GeoJSON.")


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


def _features(name: str, text: str) -> Iterator[tuple[Any, int]]:
    """The features one by one, so that only one is ever taken apart in memory."""
    decoder = json.JSONDecoder(parse_constant=_no_constant)
    found_list = is_collection = False
    at = _open(name, text, 0, "{", "this is not GeoJSON: it does not begin with an object.")
    try:
        while text[at:at + 1] != "}":
            key, at = decoder.raw_decode(text, at)
            at = _open(name, text, _past(text, at), ":", "this is not GeoJSON.")
            if key != "features":
                value, at = decoder.raw_decode(text, at)
                is_collection |= key == "type" and value == "FeatureCollection"
            elif found_list:
                refuse(name, "it holds two lists of features.")
            else:
                found_list = True
                at = _open(name, text, at, "[", "its features are not a list.")
                while text[at:at + 1] != "]":
                    feature, at = decoder.raw_decode(text, at)
                    yield feature, at
                    at = _next(text, at, "]")
                at += 1
            at = _next(text, at, "}")
    except RecursionError:
        refuse(name, "it is nested deeper than any boundaries are.")
    except (ValueError, IndexError) as error:
        line = text.count("\n", 0, getattr(error, "pos", at)) + 1
        refuse(f"{name}, line {line:,}", "this is not whole GeoJSON; it may have been cut short on the way.")
    if not (found_list and is_collection):
        refuse(name, "this is not a FeatureCollection of GeoJSON.")


def _past(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _open(name: str, text: str, at: int, sign: str, wrong: str) -> int:
    at = _past(text, at)
    if text[at:at + 1] != sign:
        refuse(name, wrong)
    return _past(text, at + 1)


def _next(text: str, at: int, end: str) -> int:
    """Past a comma to the next value, or on the sign that ends. Raises ValueError for anything else."""
    at = _past(text, at)
    if text[at:at + 1] == ",":
        at = _past(text, at + 1)
        if text[at:at + 1] == end:
            raise ValueError("a comma before the end")
        return at
    if text[at:at + 1] != end:
        raise ValueError("neither a comma nor the end")
    return at


def _properties(where: str, feature: Any) -> tuple[str, int, str]:
    """(code, year, name) of a ward."""
    known = feature.get("properties") if isinstance(feature, dict) and feature.get("type") == "Feature" else None
    if not isinstance(known, dict):
        refuse(where, "this is not a feature with properties.")
    codes = [(found, key) for key in known if isinstance(key, str) and (found := _CODE.fullmatch(key))]
    if len(codes) != 1:
        refuse(where, "it does not say one ward code, such as WD13CD or WD24CD.")
    code, year = known[codes[0][1]], 2000 + int(codes[0][0][1])
    if not isinstance(code, str) or not _WARD.fullmatch(code):
        refuse(where, f"“{shown(str(code))}” is not a ward code.")
    stem = codes[0][1][:4]
    called = next((known[key] for key in known if key.upper() == f"{stem}NM".upper()), None)
    if not isinstance(called, str) or not called.strip() or len(called) > 200 or not called.isprintable():
        refuse(f"{where} ({code})", f"it does not say the ward’s name as {stem}NM.")
    return code, year, called.strip()


def _polygons(where: str, feature: Any) -> list[list[Any]]:
    shape = feature.get("geometry")
    kind, found = (shape.get("type"), shape.get("coordinates")) if isinstance(shape, dict) else (None, None)
    polygons = [found] if kind == "Polygon" else found if kind == "MultiPolygon" else None
    if not isinstance(polygons, list) or not polygons or not all(isinstance(each, list) and each for each in polygons):
        refuse(where, "it has no polygon.")
    if sum(map(len, polygons)) > _MAX_RINGS:
        refuse(where, f"its boundary has more than {_MAX_RINGS:,} rings.", SMALLER)
    return polygons


def _positions(where: str, ring: Any) -> list[Point]:
    if not isinstance(ring, list) or len(ring) < 4:
        refuse(where, "a ring of its boundary has fewer than four points.")
    try:
        points = [(float(each[0]), float(each[1])) for each in ring if type(each) is list]
        numbers = all(type(each[0]) in (int, float) and type(each[1]) in (int, float) for each in ring)
    except (TypeError, ValueError, IndexError, OverflowError, KeyError):
        points, numbers = [], False
    if not numbers or len(points) != len(ring):
        refuse(where, "a point of its boundary is not a pair of numbers.")
    if points[0] != points[-1]:
        refuse(where, "a ring of its boundary is not closed.")
    return points


def _unit(x: float, y: float) -> Callable[[float, float], Point]:
    """How to come to metres: the publishers give degrees or the National Grid, and no land lies where both could be meant."""
    return to_grid if abs(x) <= 180 and abs(y) <= 90 else _as_it_is


def _as_it_is(x: float, y: float) -> Point:
    return x, y


def _simple(where: str, rings: list[list[Point]], convert: Callable[[float, float], Point]) -> tuple[Ring, ...]:
    """Rings in whole metres, simplified; islets that vanish are left out."""
    west, south, east, north = _LAND
    done: list[Ring] = []
    for ring in rings:
        if convert is to_grid and not all(-12 < x < 4 and 48 < y < 63 for x, y in ring):
            refuse(where, "its boundary leaves the British Isles; latitude and longitude may be the wrong way round.")
        points = [convert(x, y) for x, y in ring]
        if not all(west < x < east and south < y < north for x, y in points):
            refuse(where, "its boundary is neither in degrees nor in metres on the National Grid.")
        kept = simplified(points, TOLERANCE)
        whole = tuple(dict.fromkeys((round(x), round(y)) for x, y in kept))
        if len(whole) >= 3:
            done.append(whole)
    if not done:
        refuse(where, "its boundary has no area.")
    return tuple(done)


def simplified(ring: list[Point], tolerance: float) -> list[Point]:
    """A closed ring with fewer points, none of those left out farther than `tolerance` from it (Douglas and Peucker)."""
    thin = [ring[0]]
    for point in ring[1:-1]:
        if hypot(point[0] - thin[-1][0], point[1] - thin[-1][1]) > tolerance / 4:
            thin.append(point)
    thin.append(ring[-1])
    if len(thin) < 5:
        return thin
    keep = bytearray(len(thin))
    far = max(range(len(thin)), key=lambda at: hypot(thin[at][0] - thin[0][0], thin[at][1] - thin[0][1]))
    keep[0] = keep[far] = keep[-1] = 1
    todo = [(0, far), (far, len(thin) - 1)]
    while todo:
        first, last = todo.pop()
        (ax, ay), (bx, by) = thin[first], thin[last]
        dx, dy = bx - ax, by - ay
        square = dx * dx + dy * dy
        worst, at = tolerance, 0
        for each in range(first + 1, last):
            x, y = thin[each]
            part = min(max((dx * (x - ax) + dy * (y - ay)) / square, 0.0), 1.0) if square else 0.0
            off = hypot(x - ax - part * dx, y - ay - part * dy)
            if off > worst:
                worst, at = off, each
        if at:
            keep[at] = 1
            todo += [(first, at), (at, last)]
    return [point for point, kept in zip(thin, keep, strict=True) if kept]
