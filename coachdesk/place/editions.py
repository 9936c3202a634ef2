"""Editions side by side: one packed file each, on a shelf that answers for a day. Nothing is read before the first question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coachdesk.clock import day_text, month_text, month_words
from coachdesk.place.packed import LARGE_USER, NO_POSITION, SUFFIX, TERMINATED, Damaged, Packed
from coachdesk.place.rules import area_of
from coachdesk.settings import Places, resources


@dataclass(frozen=True)
class Located:
    """What one edition says on one postcode. Metres on the national grid, the middle of a 100 m square; None where it does not say."""

    postcode: str
    ward_code: str | None
    ward_name: str | None
    district_code: str | None
    edition: str
    terminated_on: str | None               # 'YYYY-MM'; None while it lives
    large_user: bool | None                 # None: the source has no user type
    easting: int | None
    northing: int | None


_LIVE_CELL = NO_POSITION | TERMINATED
_new, _set = object.__new__, object.__setattr__


class Edition:
    """One published edition, memory-mapped. Postcodes are asked for as `rules.postcode_of` writes them."""

    def __init__(self, path: Path) -> None:
        """Opens and checks the file. Raises packed.Damaged or OSError."""
        self.path = path
        self._packed = packed = Packed(path)
        try:
            about = packed.about
            self.name = str(about["name"])                       # "2021.4.0", or 'YYYY-MM' for ONSPD and NSPL
            self.source = str(about["source"])                   # "Code-Point Open", "ONSPD", "NSPL"
            self.day = date.fromisoformat(about["day"])
            self.count = len(packed.keys)
            self.areas: tuple[str, ...] = tuple(map(str, about["areas"]))
            self.attribution = "\n".join(map(str, about["attribution"]))
            self._user_types = bool(about["user_types"])
            self._has_area = frozenset(self.areas)
        except (KeyError, TypeError, ValueError) as error:
            packed.close()
            raise Damaged("it does not say which edition it is") from error

    @property
    def title(self) -> str:
        """As people read it: "Code-Point Open 2021.4.0, 20 September 2021"; a directory by its month: "ONSPD, February 2023"."""
        if self.name == self.month:
            return f"{self.source}, {month_words(self.day.year * 12 + self.day.month - 1)}"
        return f"{self.source} {self.name}, {day_text(self.day)}"

    @property
    def month(self) -> str:
        """The month of its day, 'YYYY-MM'."""
        return self.day.isoformat()[:7]

    def lookup(self, postcode: str) -> Located | None:
        """What this edition says on a normalised postcode; None: not in this edition."""
        packed = self._packed
        row = packed.row(postcode)
        if row < 0:
            return None
        ward_code, ward_name, district = packed.wards[packed.ward_numbers[row]]
        position = packed.positions[row]
        cell = position & NO_POSITION
        known = cell != NO_POSITION
        located: Located = _new(Located)
        # A frozen dataclass sets its nine fields one by one, which costs more than the search itself (GOALS, row 3).
        _set(located, "__dict__", {
            "postcode": postcode, "ward_code": ward_code, "ward_name": ward_name, "district_code": district, "edition": self.name,
            "terminated_on": month_text(packed.ended(row, postcode)) if position & TERMINATED else None,
            "large_user": position & LARGE_USER != 0 if self._user_types else None,
            "easting": (cell & 8191) * 100 + 50 if known else None, "northing": (cell >> 13) * 100 + 50 if known else None})
        return located

    def wards_around(self, postcode: str) -> dict[str, str]:
        """Other wards (code → name) of live postcodes in the same 100 m square and the same outcode: the boundary runs close by."""
        packed = self._packed
        row = packed.row(postcode)
        cell = packed.positions[row] & NO_POSITION if row >= 0 else NO_POSITION
        if cell == NO_POSITION:
            return {}
        _, first, after, _ = packed.outcodes[postcode[:-4]]
        near = {packed.ward_numbers[first + at] for at, position in enumerate(packed.positions[first:after].tolist())
                if position & _LIVE_CELL == cell}
        here = packed.ward_numbers[row]
        return {code: name or code for number in sorted(near) if number != here for code, name, _ in (packed.wards[number],) if code}

    def ward_codes(self, postcodes: Sequence[str]) -> list[str | None]:
        """The ward code of each of many normalised postcodes, in their order; None: not in this edition, or without a ward."""
        packed = self._packed
        codes = [ward[0] for ward in packed.wards]
        numbers, row = packed.ward_numbers, packed.row
        return [codes[numbers[found]] if found >= 0 else None for found in map(row, postcodes)]

    def covers(self, postcode: str) -> bool:
        """Whether the postcode's area is in this edition at all."""
        return area_of(postcode) in self._has_area

    def ward_name(self, ward_code: str) -> str | None:
        """The name of a ward in this edition; None: no postcode of this edition lies in such a ward."""
        found = self.wards().get(ward_code)
        return found[0] if found else None

    def wards(self) -> dict[str, tuple[str, str]]:
        """Ward code → (name, district code). A ward that the publisher's list does not name is called by its code."""
        return {code: (name or code, district or "") for code, name, district in self._packed.wards if code}

    def postcodes_in(self, ward_code: str) -> Iterator[str]:
        """The postcodes of a ward, in order; terminated ones stay out."""
        numbers = {number for number, ward in enumerate(self._packed.wards) if ward[0] == ward_code}
        positions = self._packed.positions
        return (postcode for postcode, row in self._packed.postcodes(numbers.__contains__) if not positions[row] & TERMINATED)

    def centre_of(self, ward_codes: Iterable[str]) -> tuple[int, int] | None:
        """The mean (easting, northing) in metres of the positions in some wards, for "which is nearest"; None: no position there."""
        wanted = set(ward_codes)
        numbers = {number for number, ward in enumerate(self._packed.wards) if ward[0] in wanted}
        east = north = count = 0
        for number, position in zip(self._packed.ward_numbers, self._packed.positions, strict=True):
            if number in numbers and position & NO_POSITION != NO_POSITION:
                east, north, count = east + (position & 8191), north + ((position & NO_POSITION) >> 13), count + 1
        return (east * 100 // count + 50, north * 100 // count + 50) if count else None

    def close(self) -> None:
        """Lets go of the file; the edition answers no more."""
        self._packed.close()


class Shelf:
    """The editions at hand. Folders are read at the first question, never before; a missing one is an empty one."""

    def __init__(self, *folders: Path) -> None:
        """The first folder is where imports go; where two folders hold the same edition, the earlier folder wins."""
        self.folders = folders
        self._editions: tuple[Edition, ...] | None = None
        self._damaged: tuple[str, ...] = ()

    @property
    def damaged(self) -> tuple[str, ...]:
        """A sentence for each file that was passed over because it is not whole."""
        self.editions()
        return self._damaged

    def editions(self) -> tuple[Edition, ...]:
        """All editions, oldest first."""
        if self._editions is None:
            self._editions = self._read()
        return self._editions

    def _read(self) -> tuple[Edition, ...]:
        found: dict[tuple[str, str], Edition] = {}
        damaged: dict[Path, str] = {}
        for path in [path for folder in self.folders for path in _files(folder)]:
            try:
                edition = Edition(path)
            except (Damaged, OSError) as error:
                why = str(error) if isinstance(error, Damaged) else "it cannot be read"
                damaged[path] = f"The postcode edition {path.name} was passed over because {why}; import it again."
                continue
            if found.setdefault((edition.source, edition.name), edition) is not edition:
                edition.close()
        self._damaged = tuple(damaged.values())
        return tuple(sorted(found.values(), key=lambda edition: (edition.day, edition.source, edition.name)))

    def edition(self, name: str) -> Edition | None:
        """An edition by name: "2021.4.0", "2021.4", or the month of its day "2021-09"; the newest where several fit."""
        asked = name.strip()
        exact = [edition for edition in self.editions() if asked == edition.name]
        loose = [edition for edition in self.editions()
                 if asked == edition.month or ("." in asked and edition.name.startswith(asked + "."))]
        fitting = exact or loose
        return fitting[-1] if fitting else None

    def on(self, day: date) -> Edition | None:
        """The newest edition published on or before the day, else the oldest; None on an empty shelf."""
        return _of_day(self.editions(), day)

    def lookup(self, postcode: str, on: date) -> Located | None:
        """What the edition of the day says, among the editions that cover the postcode's area; None: not in it, or none covers it."""
        edition = _of_day([edition for edition in self.editions() if edition.covers(postcode)], on)
        return edition.lookup(postcode) if edition else None

    def refresh(self) -> None:
        """Forgets what was read, so that the next question sees newly imported editions. Editions handed out keep answering."""
        self._editions = None
        self._damaged = ()

    def close(self) -> None:
        """Lets go of all files."""
        for edition in self._editions or ():
            edition.close()
        self.refresh()


def _of_day(editions: Sequence[Edition], day: date) -> Edition | None:
    earlier = [edition for edition in editions if edition.day <= day]
    return earlier[-1] if earlier else editions[0] if editions else None


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and not path.name.startswith("."))
    except OSError:
        return []


def open_shelf(places: Places) -> Shelf:
    """The user's own editions, then those that ship."""
    return Shelf(places.editions, resources() / "editions")
