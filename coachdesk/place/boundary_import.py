"""Importing a publisher's GeoJSON of ward boundaries: `boundaries import` and the window's button."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from coachdesk.place import geojson
from coachdesk.place.actions import Progress
from coachdesk.place.archive import Archive, Member, shown
from coachdesk.place.boundaries import SUFFIX, Outline, WardSet, pack
from coachdesk.place.geojson import MAX_TEXT, Ward
from coachdesk.place.packed import Damaged
from coachdesk.place.packing import write_whole

_EVERY = 200                          # wards between two signs of life


@dataclass(frozen=True)
class Imported:
    """What an import has put beside the editions. wards: in the file; total: of that year on this device now."""

    year: int
    wards: int
    total: int
    path: Path
    bytes: int


def import_boundaries(path: Path, into: Path) -> Generator[Progress, None, Imported]:
    """Reads one GeoJSON, or a zip of them, and adds its wards to the packed boundaries of their year in the folder.

    A ward that was there already is replaced. Closing the generator cancels; until the very end nothing is written, and the end is one
    rename. Raises Refusal (the file is not fit, named with member and feature) or Trouble (the disk); nothing is changed then.
    """
    wards: dict[str, Ward] = {}
    with Archive(path) as archive:
        members = _members(archive)
        total, before = sum(member.size for member in members), 0
        for member in members:
            yield Progress(before, total, member.name)
            text = geojson.text_of(member.name, archive.whole(member, MAX_TEXT))
            for number, (ward, at) in enumerate(geojson.read_wards(member.name, text), 1):
                _takes(wards, ward, member.name)
                if not number % _EVERY:
                    yield Progress(min(before + at, total), total, member.name)
            before += member.size
    year = next(iter(wards.values())).year
    yield Progress(total, total, "the packed boundaries")
    target = into / f"wards-{year}{SUFFIX}"
    every = {code: (one.name, one.rings) for code, one in _there(target).items()} | {
        code: (ward.name, ward.rings) for code, ward in wards.items()}
    content = pack(year, every)
    write_whole(target, [content])
    return Imported(year, len(wards), len(WardSet(target).wards), target, len(content))


def _members(archive: Archive) -> list[Member]:
    found = [each for each in archive.members if not archive.is_zip or each.name.lower().endswith((".json", ".geojson"))]
    if not found:
        geojson.refuse(shown(archive.path.name), "the zip has no .json or .geojson in it.")
    for each in found:
        if each.size > MAX_TEXT:
            geojson.refuse(each.name, f"it has {each.size:,} bytes, more than {MAX_TEXT:,}, which is as much as is read.",
                           geojson.SMALLER)
    return found


def _takes(wards: dict[str, Ward], ward: Ward, name: str) -> None:
    first = next(iter(wards.values()), ward)
    if ward.year != first.year:
        geojson.refuse(name, f"it is of {ward.year}, but the member before it is of {first.year}.", "Import each year by itself.")
    if ward.code in wards:
        geojson.refuse(name, f"{ward.code} stands in two members of the zip.")
    wards[ward.code] = ward


def _there(target: Path) -> dict[str, Outline]:
    """What is there already of the same year; a file that is not whole is replaced."""
    try:
        return WardSet(target).wards
    except (Damaged, OSError):
        return {}
