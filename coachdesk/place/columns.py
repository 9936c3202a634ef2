"""Whole blocks of lines to rows, column by column: what most lines repeat (outcode, ward, hundred metres) is looked at once, then known.

A block answers False, and has changed nothing, where any line of it is out of the ordinary: then whoever can say which line and why
reads it again line by line. So the wrong, the odd and the hostile are judged in one place only, slowly.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Collection
from itertools import compress, groupby
from typing import NamedTuple, TypeVar

from coachdesk.place.alike import Alike, pieces
from coachdesk.place.packed import INWARD_INDEX, LARGE_USER, NO_POSITION, TERMINATED
from coachdesk.place.packing import Rows, position_of
from coachdesk.place.rules import area_of, postcode_of

Value = TypeVar("Value")
Word = TypeVar("Word")
_INWARDS = {inward.encode(): index << 48 for inward, index in INWARD_INDEX.items()}
_CODE = re.compile(r"[A-Z]\d{8}", re.ASCII)
_SHORT_CODE = re.compile(r"[A-Z0-9]{2,9}", re.ASCII)
_MONTH = re.compile(rb"(19|20)\d\d(0[1-9]|1[0-2])")
_OUT_OF_THE_ORDINARY = (KeyError, ValueError, OverflowError, IndexError)
# outcode, incode, hundreds of metres east and north (nothing for "0"), and the six codes that neighbours share
_CODE_POINT = re.compile(rb'^"?([A-Z0-9]+) *(...)"?,[^,\n]*,(?:(\d+)\d\d|0),(?:(\d+)\d\d|0),(.*)$', re.MULTILINE)
# Old terminated codes stand in the directories ("W1M 1AA", "NPT 1AA", "GIR 0AA") that today's shape does not know: nobody can ask for them.
OLD_SHAPE = re.compile(r"[A-Z]{1,3}[0-9]?[0-9A-Z]? ?[0-9][A-Z]{2}")


class Known(dict[Word, Value]):
    """Words met before and what they mean; a new one is read once, and may raise KeyError or ValueError."""

    def __init__(self, read: Callable[[Word], Value]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, word: Word) -> Value:
        value = self[word] = self._read(word)
        return value


def _east(word: bytes) -> int:
    """Hundreds of metres as bits of a position; nothing: no position."""
    word = word.lstrip(b'"')
    if not word:
        return NO_POSITION
    if not word.isdigit():
        raise ValueError("not a number")
    return position_of(int(word[:9]) * 100, 100) & 8191


def _north(word: bytes) -> int:
    word = word.lstrip(b'"')
    if not word:
        return NO_POSITION
    if not word.isdigit():
        raise ValueError("not a number")
    return position_of(100, int(word[:9]) * 100) & ~8191


class CodePoint:
    """Blocks of the tables of Code-Point Open."""

    def __init__(self, rows: Rows, areas: Collection[str], first_met: Callable[[str], object]) -> None:
        """`first_met` hears of each area when its first postcode comes."""
        self._rows, self._areas, self._first_met = rows, frozenset(areas), first_met
        self._outcodes: Known[bytes, str] = Known(self._outcode)
        self._wards: Known[bytes, int] = Known(self._ward)
        self._numbers: Known[bytes, int] = Known(lambda codes: self._ward(codes) >> 32)
        self._easts, self._norths = Known(_east), Known(_north)

    def _outcode(self, word: bytes) -> str:
        """The outcode, or nothing where its area was not asked for."""
        postcode = postcode_of(word.decode() + "1AA")
        if postcode is None:
            raise ValueError("not a postcode")
        area = area_of(postcode)
        self._first_met(area)
        return postcode[:-4] if not self._areas or area in self._areas else ""

    def _ward(self, codes: bytes) -> int:
        fields = codes.decode("ascii").replace('"', "").rstrip("\r").split(",")
        if len(fields) != 6 or b"\n" in codes or any(code and not _CODE.fullmatch(code) for code in fields[4:]):
            raise ValueError("not the codes of a line")
        return self._rows.ward(fields[5], fields[4]) << 32

    def take(self, text: bytes) -> bool:
        """Adds the lines of a block; False, and nothing added, where one of them is not as they all are."""
        found: list[tuple[str, array[int]]] = []
        if not text.isascii():
            return False
        try:
            for piece in pieces(text):
                found += [self._alike(piece)] if isinstance(piece, Alike) else self._one_by_one(piece)
        except _OUT_OF_THE_ORDINARY:
            return False
        for outcode, values in found:
            if outcode:
                self._rows.bucket(outcode).extend(values)
        return True

    def _alike(self, piece: Alike) -> tuple[str, array[int]]:
        outcode = self._outcodes[piece.outcode.strip(b'" ')]
        values = array("Q")
        if outcode:
            words = array("H", bytes(8 * len(piece.codes)))
            words[0::4], words[1::4] = piece.positions[0::2], piece.positions[1::2]
            words[2::4] = array("H", map(self._numbers.__getitem__, piece.codes))
            words[3::4] = piece.incodes
            values.frombytes(words.tobytes())
        return outcode, values

    def _one_by_one(self, text: bytes) -> list[tuple[str, array[int]]]:
        lines = _CODE_POINT.findall(text)
        if len(lines) != text.count(b"\n") + 1:
            raise ValueError("a line of another shape")
        if self._areas:
            lines = [line for line in lines if self._outcodes[line[0]]]
        inwards, wards, easts, norths = _INWARDS, self._wards, self._easts, self._norths
        values = array("Q", [inwards[inward] | wards[codes] | norths[north] | easts[east] for _, inward, east, north, codes in lines])
        found, start = [], 0
        for outcode, run in groupby([line[0] for line in lines]):
            count = len(list(run))
            found.append((self._outcodes[outcode], values[start:start + count]))
            start += count
        return found


class Places(NamedTuple):
    """Where the columns of a directory stand."""

    postcode: int
    ward: int
    district: int
    ended: int
    easting: int
    northing: int
    user: int


class Directory:
    """Blocks of an ONSPD or NSPL. Only the columns up to the last one needed are parted; the rest are counted."""

    def __init__(self, rows: Rows, areas: Collection[str], places: Places, width: int) -> None:
        self._rows, self._areas, self._places, self._width = rows, frozenset(areas), places, width
        self._outcodes: Known[bytes, str] = Known(self._outcode)
        self._wards: Known[tuple[bytes, bytes], int] = Known(self._ward)
        self._months: Known[bytes, int] = Known(_month)
        self._users: Known[bytes, int] = Known(lambda word: LARGE_USER if word.strip(b'" ') == b"1" else 0)
        self._easts, self._norths = Known(_east), Known(_north)

    def _outcode(self, word: bytes) -> str:
        """The outcode of `B37 ` or `"B37 `; nothing where it is an old one, or of an area that was not asked for."""
        text = word.decode("ascii").removeprefix('"')
        postcode = postcode_of(f"{text}1AA")
        if postcode is None or postcode[:-3] != text or not on_the_national_grid(postcode):
            if postcode is None and OLD_SHAPE.fullmatch(f"{text}1AA"):
                return ""
            raise ValueError("not as they all are")
        return postcode[:-4] if not self._areas or area_of(postcode) in self._areas else ""

    def _ward(self, codes: tuple[bytes, bytes]) -> int:
        ward, district = (code.decode("ascii").replace('"', "") for code in codes)
        if any(code and not _SHORT_CODE.fullmatch(code) for code in (ward, district)):
            raise ValueError("not a code")
        return self._rows.ward(real_code(ward), real_code(district)) << 32

    def take(self, text: bytes) -> bool:
        """Adds the lines of a block; False, and nothing added, where one of them is not as they all are."""
        lines = text.split(b"\n")
        if not text.isascii() or text.count(b",") != len(lines) * (self._width - 1):
            return False
        last = max(self._places)
        columns = list(zip(*[line.split(b",", last + 1) for line in lines], strict=False))
        if len(columns) <= last:
            return False
        try:
            self._add([columns[place] for place in self._places])
        except _OUT_OF_THE_ORDINARY:
            return False
        return True

    def _add(self, columns: list[tuple[bytes, ...]]) -> None:
        """The columns in the order of Places; raises what is out of the ordinary before anything is added."""
        postcodes, quotes = columns[0], _quotes(columns[0])
        runs = [(self._outcodes[outward], len(list(run))) for outward, run in groupby([postcode[:-3 - quotes] for postcode in postcodes])]
        if not all(outcode for outcode, _ in runs):
            kept = [bool(outcode) for outcode, count in runs for _ in range(count)]
            columns = [tuple(compress(column, kept)) for column in columns]
        inward = slice(-4, -1) if quotes else slice(-3, None)
        inwards = [_INWARDS[postcode[inward]] for postcode in columns[0]]
        months = [self._months[ended] for ended in columns[3]]
        x, y = _hundreds(columns[4]), _hundreds(columns[5])
        if x.count(b"") + x.count(b'"') != y.count(b"") + y.count(b'"'):
            raise ValueError("a position with one number")
        ward, east, north, user = self._wards, self._easts, self._norths, self._users
        values = array("Q", [
            one | ward[two, three] | north[four] | east[five] | user[six] | (TERMINATED if month else 0)
            for one, two, three, four, five, six, month in zip(inwards, columns[1], columns[2], y, x, columns[6], months, strict=True)])
        start = 0
        for outcode, count in ((outcode, count) for outcode, count in runs if outcode):
            after = start + count
            self._rows.bucket(outcode).extend(values[start:after])
            if any(months[start:after]):
                self._rows.ended(outcode).extend(
                    [key >> 32 | month for key, month in zip(inwards[start:after], months[start:after], strict=True) if month])
            start = after


def real_code(code: str) -> str:
    """A ward's or district's code; the directories' words for "there is none" (L99999999, M99999999 and their like) become nothing."""
    return "" if code.endswith("99999999") else code


def on_the_national_grid(postcode: str) -> bool:
    """Northern Ireland's positions are metres on the Irish grid, so they say nothing here."""
    return not postcode.startswith("BT")


def _quotes(column: tuple[bytes, ...]) -> int:
    """1 where every word stands in quotation marks, 0 where none does; anything else is out of the ordinary."""
    count = b"".join(column).count(b'"')
    if count not in (0, 2 * len(column)):
        raise ValueError("some in quotation marks")
    return 1 if count else 0


def _hundreds(column: tuple[bytes, ...]) -> list[bytes]:
    """Metres without their last two figures; nothing where the publisher says nothing, or less than a hundred."""
    joined = b"".join(column)
    digits = joined.translate(None, b'"')
    quotes = len(joined) - len(digits)
    if quotes not in (0, 2 * len(column)) or (digits and not digits.isdigit()):
        raise ValueError("not numbers")
    cut = -3 if quotes else -2
    return [word[:cut] for word in column]


def _month(word: bytes) -> int:
    """The month of an ending, or 0."""
    word = word.strip(b'"')
    if not word:
        return 0
    if not _MONTH.fullmatch(word):
        raise ValueError("not a month")
    return int(word[:4]) * 12 + int(word[4:]) - 1
