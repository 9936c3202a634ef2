"""Ward boundaries: kept packed beside the postcode editions, one file a year; found again by ward code. Imported by `boundary_import`.

A file (`.cdwb`), numbers little-endian: a header of 48 bytes (magic, format version, lengths of the two parts that follow, digest of both),
JSON {year, attribution, wards [code, name, points in each ring]}, then the points as int32 pairs, easting and northing in metres.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coachdesk.place.packed import Damaged

SUFFIX = ".cdwb"
_MAGIC, _VERSION = b"CDWARDS\0", 1
_HEADER = struct.Struct("<8sHHIII16s8x")
Ring = tuple[tuple[int, int], ...]    # easting and northing in metres; the last point is not the first one again
Box = tuple[int, int, int, int]       # west, south, east, north


@dataclass(frozen=True)
class Outline:
    """One ward as it can be drawn: rings in metres on the National Grid, holes by the odd-even rule."""

    code: str
    name: str
    year: int
    rings: tuple[Ring, ...]
    box: Box


class WardSet:
    """The boundaries of one year, whole and checked. Raises Damaged, or OSError where the file cannot be read at all."""

    def __init__(self, path: Path) -> None:
        if sys.byteorder == "big":
            raise Damaged("packed boundaries need a little-endian machine")
        self.path = path
        try:
            self._read(path.read_bytes())
        except (ValueError, KeyError, TypeError, OverflowError, struct.error) as error:
            raise Damaged("its tables cannot be read") from error

    def _read(self, content: bytes) -> None:
        if len(content) < _HEADER.size:
            raise Damaged("it is cut short")
        magic, version, _, about, points, wards, digest = _HEADER.unpack(content[:_HEADER.size])
        body = content[_HEADER.size:]
        if magic != _MAGIC:
            raise Damaged("it does not hold ward boundaries")
        if version != _VERSION:
            raise Damaged("it was written by another version of the desk")
        if len(body) != about + points * 8:
            raise Damaged("it is cut short" if len(body) < about + points * 8 else "it is longer than it says")
        if hashlib.blake2b(body, digest_size=16).digest() != digest:
            raise Damaged("its checksum does not fit its content")
        told: dict[str, Any] = json.loads(body[:about])
        self.year, self.attribution = int(told["year"]), str(told["attribution"])
        self.wards: dict[str, Outline] = {}
        numbers, at = array("i", body[about:]), 0
        for code, name, sizes in told["wards"]:
            rings: list[Ring] = []
            for size in sizes:
                pairs = numbers[at:at + 2 * size]
                rings.append(tuple(zip(pairs[::2], pairs[1::2], strict=True)))
                at += 2 * size
            self.wards[str(code)] = Outline(str(code), str(name), self.year, tuple(rings), box_of(rings))
        if at != len(numbers) or len(self.wards) != wards:
            raise Damaged("its tables do not fit its points")


class Boundaries:
    """All boundaries at hand. Folders are read at the first question and again when a file in them changed; a missing one is empty."""

    def __init__(self, *folders: Path) -> None:
        """The first folder is where imports go; a ward of the same year in an earlier folder wins."""
        self.folders = folders
        self._signs: list[tuple[Path, int, int]] | None = None
        self._sets: tuple[WardSet, ...] = ()
        self._damaged: tuple[str, ...] = ()

    def sets(self) -> tuple[WardSet, ...]:
        """Newest year first; of one year the earlier folder first."""
        files = [sign for folder in self.folders for sign in _files(folder)]
        if files != self._signs:
            found, damaged = [], []
            for path, _when, _size in files:
                try:
                    found.append(WardSet(path))
                except (Damaged, OSError) as error:
                    why = str(error) if isinstance(error, Damaged) else "it cannot be read"
                    damaged.append(f"The ward boundaries {path.name} were passed over because {why}; import them again.")
            self._signs, self._sets = files, tuple(sorted(found, key=lambda each: -each.year))
            self._damaged = tuple(damaged)
        return self._sets

    @property
    def damaged(self) -> tuple[str, ...]:
        """A sentence for each file that was passed over because it is not whole."""
        self.sets()
        return self._damaged

    def years(self) -> list[int]:
        """Of which years there are boundaries, oldest first."""
        return sorted({each.year for each in self.sets()})

    def attribution(self, years: Iterable[int]) -> list[str]:
        """Whom to name under a map of boundaries of these years."""
        wanted = set(years)
        return list(dict.fromkeys(each.attribution for each in self.sets() if each.year in wanted))

    def find(self, code: str, year: int) -> Outline | None:
        """A ward by its code: of the newest boundaries up to a year, else of the oldest; None where no file has the code."""
        having = [each.wards[code] for each in self.sets() if code in each.wards]
        upto = [each for each in having if each.year <= year]
        if upto or not having:
            return upto[0] if upto else None
        oldest = having[-1].year
        return next(each for each in having if each.year == oldest)

    def near(self, box: Box, year: int) -> list[Outline]:
        """The wards of one year that touch a box: the neighbours, to be drawn around."""
        found: dict[str, Outline] = {}
        for each in self.sets():
            if each.year == year:
                for code, one in each.wards.items():
                    if one.box[0] <= box[2] and one.box[2] >= box[0] and one.box[1] <= box[3] and one.box[3] >= box[1]:
                        found.setdefault(code, one)
        return list(found.values())


def box_of(rings: Iterable[Ring]) -> Box:
    """The least box around rings."""
    across = [x for ring in rings for x, _y in ring]
    up = [y for ring in rings for _x, y in ring]
    return min(across), min(up), max(across), max(up)


def missing_words(code: str, of: int, years: Iterable[int]) -> str:
    """Why a ward cannot be drawn, as it is said beside the map; `of`: the year in which the code began."""
    here = sorted(set(years))
    if not here:
        return f"no boundary for {code} ({of}): none was imported yet"
    said = ", ".join(map(str, here[:-1])) + (" and " if len(here) > 1 else "") + str(here[-1])
    return f"no boundary in what was imported for {code} ({of}); boundaries here are of {said}"


def attribution_of(year: int) -> str:
    """The line that the licence asks for."""
    return (f"Ward boundaries of {year}, simplified. Source: Office for National Statistics licensed under the Open Government Licence "
            "v3.0. Contains OS data © Crown copyright and database right.")


def pack(year: int, wards: Mapping[str, tuple[str, tuple[Ring, ...]]]) -> bytes:
    """The whole file as bytes; the same wards give the same bytes."""
    numbers = array("i")
    index = []
    for code in sorted(wards):
        name, rings = wards[code]
        index.append((code, name, [len(ring) for ring in rings]))
        for ring in rings:
            numbers.extend([number for point in ring for number in point])
    told = json.dumps({"year": year, "attribution": attribution_of(year), "wards": index}, ensure_ascii=False, sort_keys=True,
                      separators=(",", ":")).encode()
    told += b" " * (-len(told) % 8)
    if sys.byteorder == "big":
        numbers.byteswap()
    body = told + numbers.tobytes()
    digest = hashlib.blake2b(body, digest_size=16).digest()
    return _HEADER.pack(_MAGIC, _VERSION, 0, len(told), len(numbers) // 2, len(index), digest) + body


def _files(folder: Path) -> list[tuple[Path, int, int]]:
    """The packed boundaries of a folder, each with what changes when it is written again."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and not path.name.startswith("."))
        return [(path, stat.st_mtime_ns, stat.st_size) for path in paths if (stat := path.stat())]
    except OSError:
        return []
