"""The packed edition file (`.cdpe`): what is in it, and how it is opened, checked and searched. `packing` writes it.

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
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from coachdesk.place.rules import INWARD_LETTERS

SUFFIX = ".cdpe"
INWARDS = tuple(f"{digit}{first}{second}" for digit in range(10) for first in INWARD_LETTERS for second in INWARD_LETTERS)
INWARD_INDEX = {inward: index for index, inward in enumerate(INWARDS)}
NO_POSITION = (1 << 27) - 1
TERMINATED = 1 << 30
LARGE_USER = 1 << 31
MAX_WARDS = 1 << 16

MAGIC = b"CDPLACE\0"
VERSION = 1
HEADER = struct.Struct("<8sHHIIII16s20x")      # magic, version, reserved, lengths of about and tables, rows, terminated rows, digest


class Damaged(Exception):
    """The file is not a whole packed edition. Its text says why, for the sentence that lists the file."""


class Packed:
    """An opened file: memory-mapped, its digest checked once. Rows are found by outcode, then by bisection."""

    def __init__(self, path: Path) -> None:
        """Opens and checks. Raises Damaged, or OSError where the file cannot be read at all."""
        if sys.byteorder == "big":
            raise Damaged("packed editions need a little-endian machine")
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < HEADER.size:
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
        magic, version, _, about, tables, rows, ended, digest = HEADER.unpack(self._all[:HEADER.size])
        if magic != MAGIC:
            raise Damaged("it is not a packed edition")
        if version != VERSION:
            raise Damaged("it was written by another version of the desk")
        ends = [HEADER.size]
        for length in (about, tables, rows * 4, rows * 2, rows * 4, ended * 2):
            ends.append(ends[-1] + length)
        if ends[-1] != size:
            raise Damaged("it is cut short" if size < ends[-1] else "it is longer than it says")
        if hashlib.blake2b(self._all[HEADER.size:], digest_size=16).digest() != digest:
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
