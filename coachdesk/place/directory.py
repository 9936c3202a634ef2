"""ONSPD and NSPL, the postcode directories of the Office for National Statistics: csv or zip, by header, never by position (DOMAIN, 6)."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass
from datetime import date

from coachdesk.errors import Refusal
from coachdesk.place import beside
from coachdesk.place.archive import BLOCK, Archive, Member, bare, refuse, shown
from coachdesk.place.codepoint import About
from coachdesk.place.columns import OLD_SHAPE, Directory, Places, on_the_national_grid, real_code
from coachdesk.place.packed import INWARD_INDEX, LARGE_USER, NO_POSITION, TERMINATED
from coachdesk.place.packing import Rows, position_of
from coachdesk.place.rules import area_of, postcode_of

_OWN_SHARE, _OWN_SHARE_OF_A_ZIP = 0.46, 0.6      # the other process must unpack the beginning of a zip too
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_NAMED = re.compile(r"(ONSPD|NSPL)\d*[ _-]+(" + "|".join(_MONTHS) + r")[A-Z]*[ _-]+((?:19|20)\d\d)", re.IGNORECASE)
_COLUMNS = {            # what is read, and under which headers it stands in which years: the first that is there counts
    "postcode": ("pcds",),
    "ward": (r"wd\d\dcd", "osward", "ward"),
    "district": (r"lad\d\dcd", "oslaua", "laua"),
    "month of ending": ("doterm",),
    "easting": ("oseast1m", "east1m"),
    "northing": ("osnrth1m", "north1m"),
    "user type": ("usertype", "usrtypind"),
}


@dataclass(frozen=True)
class Table:
    """The member that holds the directory, and where its columns are."""

    member: Member
    columns: dict[str, int]
    width: int
    onspd: bool


def table(archive: Archive) -> Table | None:
    """The whole directory among the members, by its header line; None: there is none. The per-area copies in multi_csv stay aside."""
    found = sorted((member for member in archive.members
                    if not archive.is_zip or (member.name.lower().endswith(".csv") and "multi_csv" not in member.name.lower())),
                   key=lambda member: -member.size)
    for member in found[:20]:
        header = _header(archive, member)
        if "pcds" in header:
            return _columns(member, header)
    return None


def _header(archive: Archive, member: Member) -> list[str]:
    for _, text, _ in archive.blocks(member):
        header = text.partition(b"\n")[0].decode("utf-8-sig", errors="replace")
        return [word.strip().strip('"').lower() for word in header.split(",")]
    return []


def _columns(member: Member, header: list[str]) -> Table:
    columns = {}
    for what, patterns in _COLUMNS.items():
        places = [place for pattern in patterns for place, word in enumerate(header) if re.fullmatch(pattern, word, re.ASCII)]
        if not places:
            refuse(member.name, 1, f"the header has no column for the {what} ({', '.join(_plain(pattern) for pattern in patterns)}).")
        columns[what] = places[0]
    return Table(member, columns, len(header), "oscty" in header or "osward" in header)


def _plain(pattern: str) -> str:
    return pattern.replace(r"\d\d", "NN")


def about(archive: Archive, found: Table, edition: str | None) -> About:
    """Source and month from the file's name, or the edition as asked ('YYYY-MM'). Raises Refusal where neither says."""
    named = _NAMED.search(found.member.name) or _NAMED.search(archive.path.name)
    if named:
        month = f"{named[3]}-{_MONTHS.index(named[2].upper()) + 1:02d}"
    elif edition is None:
        raise Refusal(f"{shown(found.member.name)} does not say in its name which month's edition it is. Nothing was changed.",
                      "Import it again and say the month of the edition, such as 2025-05.")
    else:
        month = edition
    source = named[1].upper() if named else "ONSPD" if found.onspd else "NSPL"
    day = date(int(month[:4]), int(month[5:]), 1)
    return About(month, source, day, (
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0.",
        f"Contains OS data © Crown copyright and database right {day.year}.",
        f"Contains Royal Mail data © Royal Mail copyright and database right {day.year}.",
        f"Contains National Statistics data © Crown copyright and database right {day.year}."), {})


def ward_names(archive: Archive) -> dict[str, str]:
    """Ward code → name, from the lists that travel with a directory's zip (columns WDnnCD, WDnnNM); empty beside a bare csv."""
    names: dict[str, str] = {}
    for member in archive.members if archive.is_zip else ():
        if not re.search(r"ward.*\.csv$", member.name.lower()):
            continue
        header = _header(archive, member)
        code = next((place for place, word in enumerate(header) if re.fullmatch(r"wd\d\dcd", word, re.ASCII)), None)
        name = next((place for place, word in enumerate(header) if re.fullmatch(r"wd\d\dnm", word, re.ASCII)), None)
        if code is None or name is None:
            continue
        for number, fields in _lines(archive, member):
            if number > 1 and len(fields) > max(code, name) and fields[name].isprintable():
                names[fields[code]] = fields[name].strip()[:100]
    return names


def _lines(archive: Archive, member: Member) -> Iterator[tuple[int, list[str]]]:
    """(line, fields) of a csv. Raises Refusal naming the line."""
    for first, text, _ in archive.blocks(member):
        yield from _parsed(member.name, first, text)


def _parsed(where: str, first: int, text: bytes) -> Iterator[tuple[int, list[str]]]:
    """(line, fields) of a block. Raises Refusal naming the line."""
    for number, line in enumerate(bare(text).split(b"\n"), first):
        try:
            fields = next(csv.reader([line.decode("utf-8-sig" if number == 1 else "utf-8")], strict=True), [])
        except UnicodeDecodeError:
            refuse(where, number, "the line holds bytes that are not text.")
        except csv.Error:
            refuse(where, number, "the line's quotation marks do not close.")
        yield number, fields


def read(archive: Archive, found: Table, rows: Rows, areas: Collection[str], big: int) -> Generator[tuple[str, int], None, dict[str, str]]:
    """Fills the rows, yielding (member, bytes read); returns the names of the wards.

    A big file's end is read by another process beside this one; if that one stumbles, over whatever, all is read here.
    Raises Refusal naming member and line.
    """
    size = found.member.size
    cut = int(size * (_OWN_SHARE_OF_A_ZIP if archive.is_zip else _OWN_SHARE)) // BLOCK * BLOCK if beside.worth_it(size, big) else 0
    reader = beside.started(archive.path, [found.member.name], areas, cut) if cut else None
    try:
        yield "the list of wards", 0
        names = ward_names(archive)
        if reader is not None:
            yield from beside.both(_fill(archive, found, rows, areas, stop=cut), reader)
            if reader.give(rows):
                return names
            rows.clear()
    finally:
        if reader is not None:
            reader.close()
    yield from _fill(archive, found, rows, areas)
    return names


def gather(archive: Archive, start: int, rows: Rows, areas: Collection[str]) -> Iterator[tuple[str, int]]:
    """Reads the lines of the directory from a byte on: a share of the whole. Raises Refusal."""
    found = table(archive)
    if found is None:
        refuse(shown(archive.path.name), None, "there is no directory.")
    for what, done in _fill(archive, found, rows, areas, start=start):
        yield what, max(done - start, 0)


def _fill(archive: Archive, found: Table, rows: Rows, areas: Collection[str], start: int = 0, stop: int | None = None
          ) -> Iterator[tuple[str, int]]:
    """Reads the directory, or the lines between two bytes of it, yielding (member, bytes read)."""
    taken = False
    quickly = Directory(rows, areas, Places(*(found.columns[what] for what in _COLUMNS)), found.width)
    for first, text, done in archive.blocks(found.member, start, stop):
        if first == 1 and not start:
            first, text = 2, text.partition(b"\n")[2]
        if text:
            taken = True
            if not quickly.take(text):
                for number, fields in _parsed(found.member.name, first, text):
                    _take(found, number, fields, rows, areas)
        yield found.member.name, done
    if not taken and not start:
        refuse(found.member.name, 1, "the member has no postcodes below its header.")


def _take(found: Table, number: int, fields: list[str], rows: Rows, areas: Collection[str]) -> None:
    """One line to one row."""
    if len(fields) != found.width:
        refuse(found.member.name, number,
               f"the line has {len(fields)} columns where the header has {found.width}; it may have been cut short.")
    raw, ward, district, ended, easting, northing, user = (fields[found.columns[what]].strip() for what in _COLUMNS)
    where = found.member.name
    postcode = postcode_of(raw)
    if postcode is None:
        if OLD_SHAPE.fullmatch(raw):
            return
        refuse(where, number, f"“{shown(raw)}” is not a postcode.")
    if areas and area_of(postcode) not in areas:
        return
    for word, value in (("ward", ward), ("district", district)):
        if value and not re.fullmatch(r"[A-Z0-9]{2,9}", value, re.ASCII):
            refuse(where, number, f"“{shown(value)}” is not a {word} code.")
    position = _position(where, number, easting, northing) if on_the_national_grid(postcode) else NO_POSITION
    if user == "1":
        position |= LARGE_USER
    if ended:
        if not re.fullmatch(r"(19|20)\d\d(0[1-9]|1[0-2])", ended, re.ASCII):
            refuse(where, number, f"“{shown(ended)}” is not a month of ending like 201904.")
        position |= TERMINATED
        rows.ended(postcode[:-4]).append(INWARD_INDEX[postcode[-3:]] << 16 | int(ended[:4]) * 12 + int(ended[4:]) - 1)
    try:
        rows.bucket(postcode[:-4]).append(INWARD_INDEX[postcode[-3:]] << 48 | rows.ward(real_code(ward), real_code(district)) << 32
                                         | position)
    except OverflowError:
        refuse(where, number, "there are more wards than any edition has.")


def _position(where: str, number: int, easting: str, northing: str) -> int:
    if not easting or not northing:
        return NO_POSITION
    for word, value in (("easting", easting), ("northing", northing)):
        if not (value.isascii() and value.isdigit()):
            refuse(where, number, f"the {word} “{shown(value)}” is not a whole number of metres.")
    try:
        return position_of(int(easting[:12]), int(northing[:12]))
    except ValueError:
        refuse(where, number, "the position lies off the national grid.")


def second_line(archive: Archive, found: Table, postcode: str) -> tuple[str, int]:
    """Member and line of the second time that a postcode stands in the directory."""
    met = False
    for number, fields in _lines(archive, found.member):
        if number > 1 and postcode_of(fields[found.columns["postcode"]]) == postcode:
            if met:
                return found.member.name, number
            met = True
    return found.member.name, 1
