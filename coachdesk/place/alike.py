"""Lines of one outcode and one shape, read by the column: all their first digits, all their second ones, and so on.

Neighbours in the tables of Code-Point Open mostly differ in a few letters and digits and in nothing else, above all not in length. Then
every length-th byte of the text is one column, columns of digits are added up as very long numbers with a place for each line, and only
the codes of wards are looked at line by line. Whatever is not so alike is left to the one who asked.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import NamedTuple

from coachdesk.place.rules import INWARD_LETTERS

_FEWEST = 16                # lines; of fewer, one by one is as fast
_FIELDS = 10
_WRONG = 255


def _values(letters: str) -> bytes:
    """Which value each byte has; _WRONG where it has none."""
    return bytes(letters.find(chr(byte)) if chr(byte) in letters else _WRONG for byte in range(256))


_DIGITS, _LETTERS = _values("0123456789"), _values("".join(INWARD_LETTERS))


class Alike(NamedTuple):
    """What some lines say: their outcode as written, numbers of the incodes, halves of the positions, and the six codes as written."""

    outcode: bytes
    incodes: array[int]
    positions: array[int]
    codes: list[bytes]


def pieces(text: bytes) -> Iterator[bytes | Alike]:
    """A block of whole lines in pieces: read where they are alike, else as they stand."""
    start, text, odd = 0, text + b"\n", 0
    while start < len(text):
        end = text.index(b"\n", start) + 1
        outward, count = _run(text, start, end)
        after = start + count * (end - start)
        found = _read(text[start:after], end - start, outward) if count >= _FEWEST else None
        if found is not None:
            if odd < start:
                yield text[odd:start - 1]
            yield found
            odd = after
        start = after
    if odd < start:
        yield text[odd:start - 1]


def _run(text: bytes, start: int, end: int) -> tuple[int, int]:
    """How long the outward part of the postcode is, and how many lines from here on have this length and this outward part."""
    width = end - start
    comma = text.find(b",", start, end) - start
    outward = comma - (4 if text[start:start + 1] == b'"' else 3)
    count = _same(text[end - 1::width])
    for place in range(start, start + outward):
        count = _same(text[place:start + count * width:width])
    return outward, count


def _same(column: bytes) -> int:
    """With how many of the same byte it begins."""
    return len(column) - len(column.lstrip(column[:1]))


def _read(piece: bytes, width: int, outward: int) -> Alike | None:
    """What the lines say; None where they are not all as one expects. The codes are not looked at."""
    line, count = piece[:width], len(piece) // width
    commas = [place for place, byte in enumerate(line) if byte == 44]
    if len(commas) != _FIELDS - 1 or outward < 2 or any(piece[place::width] != b"," * count for place in commas):
        return None
    if outward + 4 == commas[0] and piece[outward + 3::width] != b'"' * count:
        return None
    if not all(piece[place::width].isdigit() for place in range(commas[0] + 1, commas[1])):
        return None
    incodes = _incodes(piece, width, outward)
    east = _hundreds(piece, width, commas[1] + 1, commas[2], b"01234567", b"")
    north = _hundreds(piece, width, commas[2] + 1, commas[3], b"0123456789", b"012345")
    if incodes is None or east is None or north is None:
        return None
    positions = array("H")
    positions.frombytes(((north << 13) + east).to_bytes(4 * count, "little"))
    first, long = commas[3] + 1, width - commas[3] - 2
    return Alike(line[:outward], incodes, positions, [piece[place:place + long] for place in range(first, len(piece), width)])


def _incodes(piece: bytes, width: int, outward: int) -> array[int] | None:
    """`7AA` and its like as numbers, in the order of packed.INWARDS."""
    total, wide = 0, bytearray(2 * (len(piece) // width))
    for place, (values, base) in enumerate(((_DIGITS, 1), (_LETTERS, 20), (_LETTERS, 20)), outward):
        column = piece[place::width].translate(values)
        if _WRONG in column:
            return None
        wide[::2] = column
        total = total * base + int.from_bytes(wide, "little")
    found = array("H")
    found.frombytes(total.to_bytes(len(wide), "little"))
    return found


def _hundreds(piece: bytes, width: int, first: int, last: int, sixth: bytes, seventh: bytes) -> int | None:
    """Metres in hundreds, in 32 bits a line. sixth: what the first of six digits may be; seventh: what may follow a 1 as first of seven."""
    digits = [piece[place::width] for place in range(first, last)]
    if not 3 <= len(digits) <= 7 or not all(column.isdigit() for column in digits):
        return None
    if len(digits) == 6 and digits[0].translate(None, sixth):
        return None
    if len(digits) == 7 and (not seventh or digits[0].strip(b"1") or digits[1].translate(None, seventh)):
        return None
    total, wide = 0, bytearray(4 * len(digits[0]))
    for column in digits[:-2]:
        wide[::4] = column
        total = total * 10 + int.from_bytes(wide, "little")
    nought = int("0" + "1" * (len(digits) - 2)) * ord("0")
    return total - int.from_bytes(nought.to_bytes(4, "little") * len(digits[0]), "little")
