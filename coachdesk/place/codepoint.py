"""Code-Point Open, the publisher's zip (DOMAIN, section 6): Data/CSV/*.csv without header, Doc/metadata.txt, Doc/Codelist.xls or .xlsx."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from coachdesk.place.archive import MAX_PAPER, Archive, Member, refuse, shown
from coachdesk.place.packed import INWARD_INDEX, Rows, position_of
from coachdesk.place.rules import area_of, postcode_of

SOURCE = "Code-Point Open"
_INWARDS = {inward.encode(): index << 48 for inward, index in INWARD_INDEX.items()}
_EAST = {str(cell).encode(): cell for cell in range(8191)}                   # "4178" of 417899 m: the 100 m cell, as in packed
_NORTH = {str(cell).encode(): cell << 13 for cell in range(16383)}
_CODE = re.compile(r"[A-Z]\d{8}")
_KIND_OF_PLACE = re.compile(r"( (Ward|ED|\(DET\)))+$")      # "Shard End Ward" is the ward Shard End


@dataclass(frozen=True)
class About:
    """What an edition says of itself."""

    name: str
    source: str
    day: date
    attribution: tuple[str, ...]
    counts: dict[str, int]           # postcodes by area, where the publisher says


def tables(archive: Archive) -> tuple[Member, ...]:
    """The members with postcodes, in order of name; none: this is no Code-Point Open."""
    return tuple(sorted((member for member in archive.members if re.search(r"(^|/)data/csv/[^/]+\.csv$", member.name.lower())),
                        key=lambda member: member.name.lower()))


def about(archive: Archive) -> About:
    """Name, day and counts from Doc/metadata.txt, attribution from Doc/licence.txt. Raises Refusal."""
    member = archive.member("doc/metadata.txt")
    if member is None:
        refuse("Doc/metadata.txt", None, "the zip has no such member, so the edition's name and day are not known.")
    lines = _text(archive.whole(member)).splitlines()
    parted = [(number, line.partition(":")) for number, line in enumerate(lines, 1)]
    facts = {key.strip(): (number, value.strip()) for number, (key, colon, value) in parted if colon}
    number, name = facts.get("DATASET VERSION NUMBER", (len(lines) or 1, ""))
    if not re.fullmatch(r"(19|20)\d\d\.\d{1,2}(\.\d{1,2})?", name, re.ASCII):
        refuse(member.name, number, f"“{shown(name)}” is not a DATASET VERSION NUMBER like 2021.4.0.")
    number, stamp = facts.get("COPYRIGHT DATE", (len(lines) or 1, ""))
    try:
        day = datetime.strptime(stamp, "%Y%m%d").date() if re.fullmatch(r"\d{8}", stamp, re.ASCII) else None
    except ValueError:
        day = None
    if day is None:
        refuse(member.name, number, f"“{shown(stamp)}” is not a COPYRIGHT DATE like 20210920.")
    counts = {found[1]: int(found[2]) for line in lines if (found := re.fullmatch(r"\s*([A-Z]{1,2})\s+(\d{1,9})\s*", line, re.ASCII))}
    return About(name, SOURCE, day, _attribution(archive, day.year), counts)


def _attribution(archive: Archive, year: int) -> tuple[str, ...]:
    """The licence's own lines, else the words that the licence asks for."""
    member = archive.member("doc/licence.txt")
    lines = [shown_line for line in _text(archive.whole(member)).splitlines() if (shown_line := line.strip())] if member else []
    kept = [line for line in lines if line.startswith(("Contains ", "Your use of data ")) and line.isprintable() and len(line) < 200]
    if any(line.startswith("Contains ") for line in kept):
        return tuple(kept[:12])
    return (f"Contains Ordnance Survey data © Crown copyright and database right {year}.",
            f"Contains Royal Mail data © Royal Mail copyright and database right {year}.",
            f"Contains National Statistics data © Crown copyright and database right {year}.")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def ward_names(archive: Archive) -> dict[str, str]:
    """Ward code → name, from the code list's sheets. Raises Refusal, whatever is wrong inside the spreadsheet."""
    member = archive.member("doc/codelist.xlsx") or archive.member("doc/codelist.xls")
    if member is None:
        refuse("Doc/Codelist.xlsx", None, "the zip has neither this member nor Doc/Codelist.xls, so no ward would have a name.")
    content = archive.whole(member)
    try:
        pairs = list(_xlsx(content) if member.name.lower().endswith("x") else _xls(content))
    except Exception:       # the two readers raise a dozen kinds on a damaged spreadsheet; whichever it is, the file is at fault
        refuse(member.name, None, "the code list is not a spreadsheet that can be read.")
    names = {code: _KIND_OF_PLACE.sub("", " ".join(name.split()))[:100]
             for name, code in pairs if _CODE.fullmatch(code) and name.isprintable()}
    if not names:
        refuse(member.name, None, "the code list names no ward.")
    return names


def _xls(content: bytes) -> Iterator[tuple[str, str]]:
    import xlrd

    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
    for sheet in map(book.sheet_by_index, range(book.nsheets)):
        for row in range(sheet.nrows):
            values = sheet.row_values(row)
            if len(values) >= 2:
                yield str(values[0]), str(values[1])


def _xlsx(content: bytes) -> Iterator[tuple[str, str]]:
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(content)) as inner:
        infos = inner.infolist()
        if sum(info.file_size for info in infos) > 2 * MAX_PAPER or any(b"<!DOCTYPE" in inner.read(info) for info in infos):
            raise ValueError("not a code list")
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            for values in sheet.iter_rows(max_col=2, values_only=True):
                if len(values) == 2:
                    yield str(values[0]), str(values[1])
    finally:
        book.close()


def read(archive: Archive, rows: Rows, areas: Collection[str], counts: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Fills the rows from every table, yielding (member, bytes of it read). Raises Refusal naming member and line."""
    table = _Table(rows, areas)
    for member in tables(archive):
        table.member, lines_seen = member.name, 0
        for first, text, done in archive.blocks(member):
            lines_seen = table.take(first, text)
            yield member.name, done
        if not lines_seen:
            refuse(member.name, 1, "the member is empty.")
        table.last_line[member.name] = lines_seen
    table.compare(counts)


class _Table:
    """Lines to rows. What a line repeats (outcode, ward) is looked at once and remembered."""

    def __init__(self, rows: Rows, areas: Collection[str]) -> None:
        self.rows, self.areas = rows, areas
        self.member = ""
        self.last_line: dict[str, int] = {}
        self._first_seen: dict[str, str] = {}                                # area → the member in which it was met
        self._adders: dict[bytes, Callable[[int], Any]] = {}
        self._wards: dict[bytes, int] = {}                                   # "E92000001,…,E05001287" → ward, in its bits

    def take(self, first: int, text: bytes) -> int:
        """Adds a block of lines and answers the number of its last line. Raises Refusal naming the line."""
        adders, wards, inwards, east, north = self._adders, self._wards, _INWARDS, _EAST, _NORTH
        lines = text.replace(b'"', b"").split(b"\n")
        if not text.isascii():
            number = next(number for number, line in enumerate(lines, first) if not line.isascii())
            refuse(self.member, number, "the line holds bytes that are not text.")
        for number, line in enumerate(lines, first):
            try:
                postcode, _, easting, northing, codes = line.split(b",", 4)
                if not (easting.isdigit() and northing.isdigit()):
                    raise ValueError
                adders[postcode[:-3]](inwards[postcode[-3:]] | wards[codes] | north[northing[:-2]] | east[easting[:-2]])
            except (KeyError, ValueError):
                self._new(number, line)
        return first + len(lines) - 1

    def _new(self, number: int, line: bytes) -> None:
        """A line with an outcode or ward not met before, or a wrong one: looked at slowly, and said which."""
        fields = line.split(b",")
        if len(fields) != 10:
            refuse(self.member, number, f"the line has {len(fields)} columns where Code-Point Open has 10; it may have been cut short.")
        raw, district, ward = fields[0], fields[8], fields[9]
        postcode = postcode_of(raw.decode())
        if postcode is None:
            refuse(self.member, number, f"“{shown(raw)}” is not a postcode.")
        for word, value in (("easting", fields[2]), ("northing", fields[3])):
            if not value.isdigit():
                refuse(self.member, number, f"the {word} “{shown(value)}” is not a whole number of metres.")
        for word, value in (("district", district), ("ward", ward)):
            if value and not _CODE.fullmatch(value.decode()):
                refuse(self.member, number, f"“{shown(value)}” is not a {word} code.")
        try:
            position = position_of(int(fields[2][:12]), int(fields[3][:12]))
        except ValueError:
            refuse(self.member, number, "the position lies off the national grid.")
        try:
            ward_bits = self._wards[line.split(b",", 4)[4]] = self.rows.ward(ward.decode(), district.decode()) << 32
        except OverflowError:
            refuse(self.member, number, "there are more wards than any edition has.")
        adder = self._adder(postcode)
        if raw[:-3].strip() == postcode[:-4].encode():                       # an odd spelling is taken, but not remembered
            self._adders[raw[:-3]] = adder
        adder(_INWARDS[postcode[-3:].encode()] | ward_bits | position)

    def _adder(self, postcode: str) -> Callable[[int], Any]:
        area = area_of(postcode)
        self._first_seen.setdefault(area, self.member)
        return self.rows.bucket(postcode[:-4]).append if not self.areas or area in self.areas else _leave_out

    def compare(self, counts: dict[str, int]) -> None:
        """The publisher counts the postcodes of each area in Doc/metadata.txt: fewer or more means a table that was cut or changed."""
        have: dict[str, int] = {}
        for outcode, bucket in self.rows.buckets.items():
            have[area_of(outcode)] = have.get(area_of(outcode), 0) + len(bucket)
        for area, count in have.items():
            if counts.get(area, count) != count:
                member = self._first_seen[area]
                refuse(member, self.last_line[member], f"the table ends with {count:,} postcodes of the area {area} where Doc/metadata.txt "
                                                       f"counts {counts[area]:,}.")


def _leave_out(_row: int) -> None:
    """A postcode of an area that was not asked for."""


def second_line(archive: Archive, postcode: str) -> tuple[str, int]:
    """Member and line of the second time that a postcode stands in the tables."""
    met = False
    for member in tables(archive):
        for first, text, _ in archive.blocks(member):
            for number, line in enumerate(text.split(b"\n"), first):
                if postcode_of(line.partition(b",")[0].replace(b'"', b"").decode("latin-1")) == postcode:
                    if met:
                        return member.name, number
                    met = True
    return "Data/CSV", 1
