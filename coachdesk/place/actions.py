"""Importing a publisher's file into a packed edition: `postcodes import` and the window's button."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Generator
from dataclasses import dataclass
from pathlib import Path

from coachdesk.errors import Refusal
from coachdesk.place import codepoint, directory
from coachdesk.place.archive import Archive, refuse, shown
from coachdesk.place.beside import BIG
from coachdesk.place.codepoint import About
from coachdesk.place.editions import Edition
from coachdesk.place.packed import SUFFIX
from coachdesk.place.packing import Duplicate, Rows, pack, write_whole
from coachdesk.place.rules import area_of


@dataclass(frozen=True)
class Progress:
    """How far an import is: bytes read of bytes to read, and the member being read."""

    done: int
    total: int
    what: str


@dataclass(frozen=True)
class Imported:
    """What an import has put on the shelf."""

    name: str                # "2021.4.0", or 'YYYY-MM'
    title: str
    count: int
    path: Path
    without_ward: int
    bytes: int


@dataclass(frozen=True)
class _Source:
    """One of the two kinds of file, opened: how to read it, and how to find a line in it again."""

    about: About
    total: int
    user_types: bool
    read: Callable[[Rows, Collection[str]], Generator[tuple[str, int], None, dict[str, str]]]
    second_line: Callable[[str], tuple[str, int]]


def import_postcodes(path: Path, into: Path, *, areas: Collection[str] = (),
                     edition: str | None = None, big: int = BIG) -> Generator[Progress, None, Imported]:
    """Reads a Code-Point Open zip, or an ONSPD or NSPL csv or zip, and puts one packed edition file into the folder.

    `areas` takes only these postcode areas ("B", "CV"); empty takes all. `edition` ('YYYY-MM') is for a file whose name does not say.
    An edition file is replaced whole: importing the same edition with other areas leaves only the new ones. Closing the generator
    cancels; until the very end nothing is written, and the end is one rename. The same file gives the same bytes. From `big` bytes of
    tables on, another process reads half of them; it ends with the generator, and where none can be started all is read here.
    Raises Refusal (the file is not fit, named with member and line) or Trouble (the disk); nothing is changed then.
    """
    wanted = _areas(areas)
    if edition is not None and not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", edition, re.ASCII):
        raise Refusal(f"“{shown(edition)}” is not a month like 2025-05. Nothing was changed.", "Give the edition as year and month.")
    with Archive(path) as archive:
        source = _source(archive, edition, big)
        rows = Rows()
        reading = source.read(rows, wanted)
        try:
            names = yield from _told(reading, source.total)
        finally:
            reading.close()
        _all_found(archive, rows, wanted)
        yield Progress(source.total, source.total, "the packed edition")
        without_ward = rows.without_ward()
        try:
            content = pack(rows, _about(source, rows), names)
        except Duplicate as twice:
            where, line = source.second_line(twice.postcode)
            refuse(where, line, f"{twice.postcode} stands here for the second time.")
    target = into / f"{source.about.source.lower().replace(' ', '-')}-{source.about.name}{SUFFIX}"
    write_whole(target, content)
    del content                              # it need not stand in memory beside the edition that is opened now
    written = Edition(target)
    try:
        return Imported(written.name, written.title, written.count, target, without_ward, target.stat().st_size)
    finally:
        written.close()


def _told(reading: Generator[tuple[str, int], None, dict[str, str]], total: int) -> Generator[Progress, None, dict[str, str]]:
    """What a reading says of itself, as progress; returns the names of the wards."""
    while True:
        try:
            what, done = next(reading)
        except StopIteration as end:
            names: dict[str, str] = end.value
            return names
        yield Progress(min(done, total), total, what)


def _areas(areas: Collection[str]) -> frozenset[str]:
    wanted = frozenset(area.strip().upper() for area in areas if area.strip())
    for area in sorted(wanted):
        if not re.fullmatch(r"[A-Z]{1,2}", area, re.ASCII):
            raise Refusal(f"“{shown(area)}” is not a postcode area. Nothing was changed.",
                          "Give the letters that postcodes begin with, such as B or CV.")
    return wanted


def _source(archive: Archive, edition: str | None, big: int) -> _Source:
    """Which of the two kinds the file is. Raises Refusal where it is neither."""
    if archive.is_zip and (members := codepoint.tables(archive)):
        about = codepoint.about(archive)
        if edition is not None and edition != about.day.isoformat()[:7]:
            _another_month(archive, about, edition)
        return _Source(about, sum(member.size for member in members), False,
                       lambda rows, areas: codepoint.read(archive, rows, areas, about.counts, big),
                       lambda postcode: codepoint.second_line(archive, postcode))
    table = directory.table(archive)
    if table is None:
        refuse(shown(archive.path.name), None if archive.is_zip else 1,
               "the zip has neither Data/CSV with the tables of Code-Point Open nor a directory with a “pcds” column."
               if archive.is_zip else "this is neither a zip nor a postcode directory with a “pcds” column.")
    about = directory.about(archive, table, edition)
    if edition is not None and edition != about.name:
        _another_month(archive, about, edition)
    return _Source(about, table.member.size, True, lambda rows, areas: directory.read(archive, table, rows, areas, big),
                   lambda postcode: directory.second_line(archive, table, postcode))


def _another_month(archive: Archive, about: About, edition: str) -> None:
    raise Refusal(f"{shown(archive.path.name)} says that it is {about.source} {about.name} of {about.day.isoformat()[:7]}, not {edition}. "
                  "Nothing was changed.", "Import it without naming the edition.")


def _all_found(archive: Archive, rows: Rows, wanted: frozenset[str]) -> None:
    have = {area_of(outcode) for outcode in rows.buckets}
    missing = sorted(wanted - have)
    if missing or not have:
        what = f"it has no postcodes of the area {' or '.join(missing)}." if missing else "it has no postcodes."
        raise Refusal(f"{shown(archive.path.name)}: {what} Nothing was changed.", "Check which areas the file covers, then import again.")


def _about(source: _Source, rows: Rows) -> dict[str, object]:
    """The edition's own words, as they stand in the packed file."""
    about = source.about
    return {"name": about.name, "source": about.source, "day": about.day.isoformat(), "attribution": list(about.attribution),
            "areas": sorted({area_of(outcode) for outcode in rows.buckets}), "count": len(rows), "user_types": source.user_types}
