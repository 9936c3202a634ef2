"""Code-Point Open, the publisher's zip (DOMAIN, section 6): Data/CSV/*.csv without header, Doc/metadata.txt, Doc/Codelist.xls or .xlsx."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from coachdesk.place import beside
from coachdesk.place.archive import MAX_PAPER, Archive, Member, bare, refuse, shown
from coachdesk.place.columns import CodePoint
from coachdesk.place.packed import INWARD_INDEX
from coachdesk.place.packing import Rows, position_of
from coachdesk.place.rules import area_of, postcode_of

SOURCE = "Code-Point Open"
_INWARDS = {inward.encode(): index << 48 for inward, index in INWARD_INDEX.items()}
_NAMES_COST = 24 << 20                 # reading the list of wards takes as long as so many bytes of tables
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


def read(archive: Archive, rows: Rows, areas: Collection[str], counts: dict[str, int], big: int
         ) -> Generator[tuple[str, int], None, dict[str, str]]:
    """Fills the rows from every table, yielding (member, bytes read); returns the names of the wards.

    Where there is much to read, another process reads half of it beside this one. If that one stumbles, over whatever, or the publisher's
    counts do not fit, all is read again here, which says what is wrong. Raises Refusal naming member and line.
    """
    members = tables(archive)
    own, others = shares([(member.name, member.size) for member in members], big)
    reader = beside.started(archive.path, others, areas) if others else None
    try:
        yield "the list of wards", 0
        names = ward_names(archive)
        if reader is not None:
            yield from beside.both(gather(archive, own, rows, areas), reader)
            if reader.give(rows) and not _astray(rows, counts):
                return names
            rows.clear()
    finally:
        if reader is not None:
            reader.close()
    table = _Table(rows, areas)
    yield from table.fill(archive, members)
    for area, count in _astray(rows, counts):
        table.refuse_count(area, count, counts[area])
    return names


def shares(members: Sequence[tuple[str, int]], big: int) -> tuple[frozenset[str], tuple[str, ...]]:
    """Which tables this process reads, and which another one: none where there is little to read, or but one processor."""
    total = sum(size for _, size in members)
    if not beside.worth_it(total, big):
        return frozenset(name for name, _ in members), ()
    mine: set[str] = set()
    here, there = _NAMES_COST, 0
    for name, size in sorted(members, key=lambda member: -member[1]):
        if here <= there:
            mine.add(name)
            here += size
        else:
            there += size
    return frozenset(mine), tuple(name for name, _ in members if name not in mine)


def _astray(rows: Rows, counts: dict[str, int]) -> list[tuple[str, int]]:
    """The publisher counts the postcodes of each area in Doc/metadata.txt: fewer or more means a table that was cut or changed."""
    have: dict[str, int] = {}
    for outcode, bucket in rows.buckets.items():
        have[area_of(outcode)] = have.get(area_of(outcode), 0) + len(bucket)
    return [(area, count) for area, count in have.items() if counts.get(area, count) != count]


class _Table:
    """Lines to rows: a block at a time where its lines are as they all are, else line by line."""

    def __init__(self, rows: Rows, areas: Collection[str]) -> None:
        self.rows, self.areas = rows, areas
        self.member = ""
        self._last_line: dict[str, int] = {}
        self._first_seen: dict[str, str] = {}                                # area → the member in which it was met
        self._quickly = CodePoint(rows, areas, self._met)

    def _met(self, area: str) -> None:
        self._first_seen.setdefault(area, self.member)

    def fill(self, archive: Archive, members: Sequence[Member]) -> Iterator[tuple[str, int]]:
        """Reads tables, yielding (member, bytes read of all of them). Raises Refusal."""
        before = 0
        for member in members:
            self.member, last = member.name, 0
            for first, text, done in archive.blocks(member):
                last = first + text.count(b"\n")
                if not self._quickly.take(text):
                    self._slowly(first, text)
                yield member.name, before + done
            if not last:
                refuse(member.name, 1, "the member is empty.")
            self._last_line[member.name] = last
            before += member.size

    def _slowly(self, first: int, text: bytes) -> None:
        lines = bare(text).replace(b'"', b"").split(b"\n")
        if not text.isascii():
            number = next(number for number, line in enumerate(lines, first) if not line.isascii())
            refuse(self.member, number, "the line holds bytes that are not text.")
        for number, line in enumerate(lines, first):
            self._line(number, line)

    def _line(self, number: int, line: bytes) -> None:
        """One line to one row, or what is wrong with it."""
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
        self._met(area_of(postcode))
        if self.areas and area_of(postcode) not in self.areas:
            return
        try:
            ward_bits = self.rows.ward(ward.decode(), district.decode()) << 32
        except OverflowError:
            refuse(self.member, number, "there are more wards than any edition has.")
        self.rows.bucket(postcode[:-4]).append(_INWARDS[postcode[-3:].encode()] | ward_bits | position)

    def refuse_count(self, area: str, count: int, counted: int) -> NoReturn:
        """The table in which an area was first met is short of postcodes, or has too many."""
        member = self._first_seen[area]
        refuse(member, self._last_line[member],
               f"the table ends with {count:,} postcodes of the area {area} where Doc/metadata.txt counts {counted:,}.")


def gather(archive: Archive, names: Collection[str], rows: Rows, areas: Collection[str]) -> Iterator[tuple[str, int]]:
    """Reads some of the tables: a share of the whole. Raises Refusal."""
    return _Table(rows, areas).fill(archive, [member for member in tables(archive) if member.name in names])


def second_line(archive: Archive, postcode: str) -> tuple[str, int]:
    """Member and line of the second time that a postcode stands in the tables."""
    met = False
    for member in tables(archive):
        for first, text, _ in archive.blocks(member):
            for number, line in enumerate(bare(text).split(b"\n"), first):
                if postcode_of(line.partition(b",")[0].replace(b'"', b"").decode("latin-1")) == postcode:
                    if met:
                        return member.name, number
                    met = True
    return "Data/CSV", 1
