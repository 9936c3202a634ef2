"""The packed edition file (`.cdpe`): how it is written, whole and at once, and how it is opened, checked and searched.

A file, all numbers little-endian:

    header      64 bytes: magic, format version, lengths of the four parts, digest (BLAKE2b, 16 bytes) of all that follows the header
    about       JSON, small: source, name, day, count, areas, attribution
    tables      JSON: outcodes [outcode, rows, terminated rows], wards [code, name, district code]
    keys        uint32 a row, ascending: index of the outcode × 4000 + incode
    wards       uint16 a row: index into the tables' wards (the district follows from the ward)
    positions   uint32 a row: bits 0-26 northing cell × 8192 + easting cell on a 100 m grid (all ones: no position), bit 30 terminated,
                bit 31 large user
    endings     uint16 a terminated row, in row order: month, year × 12 + month - 1

Ten bytes a live postcode, twelve a terminated one. The same rows give the same bytes, in whatever order they came.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import struct
import sys
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from coachdesk.errors import Trouble
from coachdesk.place.rules import INWARD_LETTERS

SUFFIX = ".cdpe"
INWARDS = tuple(f"{digit}{first}{second}" for digit in range(10) for first in INWARD_LETTERS for second in INWARD_LETTERS)
INWARD_INDEX = {inward: index for index, inward in enumerate(INWARDS)}
NO_POSITION = (1 << 27) - 1
TERMINATED = 1 << 30
LARGE_USER = 1 << 31
MAX_WARDS = 1 << 16

_MAGIC = b"CDPLACE\0"
_VERSION = 1
_HEADER = struct.Struct("<8sHHIIII16s20x")      # magic, version, reserved, lengths of about and tables, rows, terminated rows, digest


class Duplicate(Exception):
    """One postcode stands twice among the rows; the importer finds the line and says so."""

    def __init__(self, postcode: str) -> None:
        self.postcode = postcode
        super().__init__("a postcode stands twice")


class Damaged(Exception):
    """The file is not a whole packed edition. Its text says why, for the sentence that lists the file."""


@dataclass(slots=True)
class Rows:
    """Rows on their way into a file: one 64-bit integer a postcode, kept by outcode so that no list of all rows ever exists.

    An integer is incode × 2⁴⁸ + ward × 2³² + position, the ward numbered in order of first sight.
    """

    buckets: dict[str, array[int]] = field(default_factory=dict)
    wards: dict[tuple[str, str], int] = field(default_factory=dict)          # (ward code, district code) → number
    endings: dict[str, int] = field(default_factory=dict)                    # postcode → month of its end

    def bucket(self, outcode: str) -> array[int]:
        """Where the rows of an outcode go."""
        return self.buckets.setdefault(outcode, array("Q"))

    def ward(self, code: str, district: str) -> int:
        """The number of a ward; both may be empty. Raises OverflowError beyond 65,536 wards."""
        number = self.wards.setdefault((code, district), len(self.wards))
        if number >= MAX_WARDS:
            raise OverflowError("more wards than a packed edition can hold")
        return number

    def __len__(self) -> int:
        return sum(map(len, self.buckets.values()))

    def without_ward(self) -> int:
        """How many rows have no ward code."""
        bare = {number for (code, _), number in self.wards.items() if not code}
        return sum(1 for bucket in self.buckets.values() for row in bucket if row >> 32 & 0xFFFF in bare) if bare else 0


def position_of(easting: int, northing: int) -> int:
    """The 100 m cell as 27 bits; 0, 0 is the publishers' way to say that there is none. Raises ValueError off the national grid."""
    if not easting and not northing:
        return NO_POSITION
    if not (0 <= easting < 819_100 and 0 <= northing < 1_638_300):
        raise ValueError("off the national grid")
    return (northing // 100) << 13 | easting // 100


def pack(rows: Rows, about: Mapping[str, Any], names: Mapping[str, str]) -> bytes:
    """The whole file as bytes, from rows, the edition's own words and the wards' names. Raises Duplicate."""
    order = sorted(rows.wards)
    place = array("H", bytes(2 * len(order)))
    for index, pair in enumerate(order):
        place[rows.wards[pair]] = index
    keys, wards, positions, endings = array("I"), array("H"), array("I"), array("H")
    outcodes = []
    for index, outcode in enumerate(sorted(rows.buckets)):
        ordered, base, before = sorted(rows.buckets[outcode]), index * 4000, len(endings)
        inwards = [row >> 48 for row in ordered]
        if len(set(inwards)) != len(inwards):
            raise Duplicate(next(f"{outcode} {INWARDS[one]}" for one, other in pairwise(inwards) if one == other))
        keys.extend([base + inward for inward in inwards])
        wards.extend([place[row >> 32 & 0xFFFF] for row in ordered])
        positions.extend([row & 0xFFFFFFFF for row in ordered])
        endings.extend(rows.endings[f"{outcode} {INWARDS[row >> 48]}"] for row in ordered if row & TERMINATED)
        outcodes.append((outcode, len(ordered), len(endings) - before))
    tables = {"outcodes": outcodes, "wards": [(code, names.get(code, ""), district) for code, district in order]}
    first, second = _json(about), _json(tables)
    body = b"".join((first, second, _bytes(keys), _bytes(wards), _bytes(positions), _bytes(endings)))
    digest = hashlib.blake2b(body, digest_size=16).digest()
    return _HEADER.pack(_MAGIC, _VERSION, 0, len(first), len(second), len(keys), len(endings), digest) + body


def _json(value: object) -> bytes:
    """JSON that is the same for the same value, padded so that the numbers after it stay aligned."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return text + b" " * (-len(text) % 8)


def _bytes(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def write_whole(target: Path, content: bytes) -> None:
    """Puts the content at the target, whole or not at all; a folder made on the way goes again if it fails. Raises Trouble."""
    made = not target.parent.exists()
    temporary: str | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        number, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.chmod(temporary, 0o644)       # public data; a temporary file is born closed to others
            os.fsync(file.fileno())
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise Trouble(f"The edition could not be saved as {target.name}: {error.strerror or 'the disk refused'}. Nothing was changed.",
                      "Check that the disk has room and that no other window is reading this edition, then import again.") from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)
            if made:
                with suppress(OSError):
                    target.parent.rmdir()


class Packed:
    """An opened file: memory-mapped, its digest checked once. Rows are found by outcode, then by bisection."""

    def __init__(self, path: Path) -> None:
        """Opens and checks. Raises Damaged, or OSError where the file cannot be read at all."""
        if sys.byteorder == "big":
            raise Damaged("packed editions need a little-endian machine")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < _HEADER.size:
                raise Damaged("it is cut short")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._all = memoryview(self._map)
        self._views: list[memoryview] = []
        try:
            self._open(size)
        except Damaged:
            self.close()
            raise
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            self.close()
            raise Damaged("its tables cannot be read") from error

    def _open(self, size: int) -> None:
        magic, version, _, about, tables, rows, ended, digest = _HEADER.unpack(self._all[:_HEADER.size])
        if magic != _MAGIC:
            raise Damaged("it is not a packed edition")
        if version != _VERSION:
            raise Damaged("it was written by another version of the desk")
        ends = [_HEADER.size]
        for length in (about, tables, rows * 4, rows * 2, rows * 4, ended * 2):
            ends.append(ends[-1] + length)
        if ends[-1] != size:
            raise Damaged("it is cut short" if size < ends[-1] else "it is longer than it says")
        if hashlib.blake2b(self._all[_HEADER.size:], digest_size=16).digest() != digest:
            raise Damaged("its checksum does not fit its content")
        parts = [self._all[start:end] for start, end in pairwise(ends)]
        self.about: dict[str, Any] = json.loads(bytes(parts[0]))
        self._tables(json.loads(bytes(parts[1])), rows, ended)
        self.keys, self.ward_numbers = parts[2].cast("I"), parts[3].cast("H")
        self.positions, self.endings = parts[4].cast("I"), parts[5].cast("H")
        self._views = [*parts, self.keys, self.ward_numbers, self.positions, self.endings]

    def _tables(self, tables: dict[str, Any], rows: int, ended: int) -> None:
        self.wards: list[tuple[str | None, str | None, str | None]] = [
            (str(code) or None, str(name) or None, str(district) or None) for code, name, district in tables["wards"]]
        self.outcodes: dict[str, tuple[int, int, int, int]] = {}             # base of keys, first row, row after, first ending
        row = ending = 0
        for index, (outcode, count, gone) in enumerate(tables["outcodes"]):
            self.outcodes[str(outcode)] = (index * 4000, row, row + int(count), ending)
            row, ending = row + int(count), ending + int(gone)
        if (row, ending) != (rows, ended):
            raise Damaged("its tables do not fit its rows")

    def row(self, postcode: str) -> int:
        """The row of a normalised postcode, or -1."""
        span = self.outcodes.get(postcode[:-4])
        inward = INWARD_INDEX.get(postcode[-3:])
        if span is None or inward is None:
            return -1
        key = span[0] + inward
        row = bisect_left(self.keys, key, span[1], span[2])
        return row if row < span[2] and self.keys[row] == key else -1

    def ended(self, row: int, postcode: str) -> int:
        """The month in which the postcode of a terminated row ended."""
        _, first, _, ending = self.outcodes[postcode[:-4]]
        return self.endings[ending + sum(1 for position in self.positions[first:row] if position & TERMINATED)]

    def postcodes(self, wanted: Callable[[int], bool]) -> Iterator[tuple[str, int]]:
        """(postcode, row) in order, of the rows whose ward number is wanted."""
        for outcode, (base, first, after, _) in self.outcodes.items():
            for row in range(first, after):
                if wanted(self.ward_numbers[row]):
                    yield f"{outcode} {INWARDS[self.keys[row] - base]}", row

    def close(self) -> None:
        """Lets go of the file; where a view is still held, the last one to go takes the file with it."""
        with suppress(BufferError):
            for view in (*reversed(self._views), self._all):
                view.release()
            self._map.close()
        self._views = []
