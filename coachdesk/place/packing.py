"""Writing a packed edition file (`packed` says what is in it): rows gathered by outcode, packed at the end, written whole or not at all.

Numbers are moved by the column, never one by one: a bucket's bytes, read again as 16-bit words, are its wards and its incodes.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from coachdesk.errors import Trouble
from coachdesk.place.packed import HEADER, INWARDS, MAGIC, MAX_WARDS, NO_POSITION, VERSION

Part = bytes | memoryview


class Duplicate(Exception):
    """One postcode stands twice among the rows; the importer finds the line and says so."""

    def __init__(self, postcode: str) -> None:
        self.postcode = postcode
        super().__init__("a postcode stands twice")


@dataclass(slots=True)
class Rows:
    """Rows on their way into a file: one 64-bit integer a postcode, kept by outcode so that no list of all rows ever exists.

    An integer is incode × 2⁴⁸ + ward × 2³² + position, the ward numbered in order of first sight.
    """

    buckets: dict[str, array[int]] = field(default_factory=dict)
    wards: dict[tuple[str, str], int] = field(default_factory=dict)          # (ward code, district code) → number
    endings: dict[str, array[int]] = field(default_factory=dict)             # outcode → incode × 2¹⁶ + month of its end

    def bucket(self, outcode: str) -> array[int]:
        """Where the rows of an outcode go."""
        return self.buckets.setdefault(outcode, array("Q"))

    def ended(self, outcode: str) -> array[int]:
        """Where the months go in which postcodes of an outcode ended."""
        return self.endings.setdefault(outcode, array("I"))

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
        return sum(words.count(number) for bucket in self.buckets.values() for words in (words_of(bucket)[2::4],) for number in bare)

    def take_over(self, wards: Sequence[tuple[str, str]], outcodes: Iterable[tuple[str, int, int]], content: bytearray) -> None:
        """Adds rows that were gathered elsewhere, whose wards have other numbers.

        outcodes: with how many rows and endings; content: the outcodes' rows one after the other, then their endings, changed on the way.
        Raises ValueError.
        """
        numbers, counted = [self.ward(code, district) for code, district in wards], list(outcodes)
        length = 8 * sum(rows for _, rows, _ in counted)
        if len(content) != length + 4 * sum(ended for _, _, ended in counted):
            raise ValueError("rows and outcodes do not fit")
        joined, start, after = memoryview(content), 0, length
        for outcode, rows, ended in counted:
            words = joined[start:start + 8 * rows].cast("H")
            words[2::4] = array("H", map(numbers.__getitem__, words[2::4]))
            self.bucket(outcode).frombytes(joined[start:start + 8 * rows])
            start += 8 * rows
            if ended:
                self.ended(outcode).frombytes(joined[after:after + 4 * ended])
                after += 4 * ended

    def clear(self) -> None:
        """Forgets everything: the file is read again from its start."""
        for kept in (self.buckets, self.wards, self.endings):
            kept.clear()


def words_of(numbers: array[int]) -> array[int]:
    """The same bytes as 16-bit words, the lowest first."""
    words = array("H")
    words.frombytes(numbers.tobytes())
    return words


def position_of(easting: int, northing: int) -> int:
    """The 100 m cell as 27 bits; 0, 0 is the publishers' way to say that there is none. Raises ValueError off the national grid."""
    if not easting and not northing:
        return NO_POSITION
    if not (0 <= easting < 819_100 and 0 <= northing < 1_638_300):
        raise ValueError("off the national grid")
    return (northing // 100) << 13 | easting // 100


def pack(rows: Rows, about: Mapping[str, Any], names: Mapping[str, str]) -> list[Part]:
    """The whole file, part by part, from rows, the edition's own words and the wards' names. Raises Duplicate.

    The rows are used up on the way, so that they and the columns never stand in memory together.
    """
    if sys.byteorder == "big":
        raise Trouble("Packed editions need a little-endian machine.", "Import on another computer. Nothing was changed.")
    order = sorted(rows.wards)
    place = array("H", bytes(2 * len(order)))
    for index, pair in enumerate(order):
        place[rows.wards[pair]] = index
    keys, wards, positions, endings = array("I"), array("H"), array("I"), array("H")
    outcodes = []
    for index, outcode in enumerate(sorted(rows.buckets)):
        ordered = array("Q", sorted(rows.buckets.pop(outcode)))
        words, halves, before = words_of(ordered), array("I"), len(endings)
        halves.frombytes(ordered.tobytes())
        own = words[3::4]
        if len(set(own)) != len(own):
            raise Duplicate(next(f"{outcode} {INWARDS[one]}" for one, other in pairwise(own) if one == other))
        keys.extend(_sums(index * 4000, own))
        wards.extend(map(place.__getitem__, words[2::4]))
        positions.extend(halves[::2])
        endings.extend([ended & 0xFFFF for ended in sorted(rows.endings.pop(outcode, ()))])
        outcodes.append((outcode, len(own), len(endings) - before))
    tables = {"outcodes": outcodes, "wards": [(code, names.get(code, ""), district) for code, district in order]}
    parts: list[Part] = [_json(about), _json(tables), *(memoryview(column).cast("B") for column in (keys, wards, positions, endings))]
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(part)
    return [HEADER.pack(MAGIC, VERSION, 0, len(parts[0]), len(parts[1]), len(keys), len(endings), digest.digest()), *parts]


def _sums(base: int, inwards: array[int]) -> array[int]:
    """The base plus each incode: added as two very long numbers, for no sum runs over into the next place."""
    wide, sums = array("H", bytes(4 * len(inwards))), array("I", [base]) * len(inwards)
    wide[::2] = inwards
    total = int.from_bytes(sums.tobytes(), "little") + int.from_bytes(wide.tobytes(), "little")
    return array("I", total.to_bytes(4 * len(inwards), "little"))


def _json(value: object) -> bytes:
    """JSON that is the same for the same value, padded so that the numbers after it stay aligned."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return text + b" " * (-len(text) % 8)


def write_whole(target: Path, content: Iterable[Part]) -> None:
    """Puts the content at the target, whole or not at all; a folder made on the way goes again if it fails. Raises Trouble."""
    made = not target.parent.exists()
    temporary: str | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        number, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        with os.fdopen(number, "wb") as file:
            file.writelines(content)
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
