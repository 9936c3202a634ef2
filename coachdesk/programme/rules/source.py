"""A template's text beside its values: typed reading of tables, and the line to blame when a value is wrong."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, NoReturn

from coachdesk.clock import month_from_text
from coachdesk.errors import Refusal
from coachdesk.programme.rules.texts import line_of as line_of_text

Path = tuple[str | int, ...]
LARGEST = 1_000_000
LONGEST = 1_000
NEXT = "Nothing was changed. Correct the file and read it again."
_TURNERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they would show other words than are written
_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\- \"]+?)\s*\]\]?\s*(#.*)?$")
_STRING = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*")


def parse(text: str, name: str) -> dict[str, Any]:
    """The values of a TOML text; Refusal with the line where it is not TOML, or too large."""
    if len(text) > LARGEST:
        raise Refusal(f"{name} is too large for a programme template.", NEXT)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        found = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", str(wrong))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        raise Refusal(f"{name}, line {line}: this is not readable as TOML.", NEXT) from None
    except (RecursionError, ValueError):
        raise Refusal(f"{name} is not readable as TOML.", NEXT) from None


def line_of(text: str, path: Path) -> int | None:
    """The line on which the value at `path` is written, or that of the nearest thing above it; None for the whole file."""
    here: int | None = None
    lines = text.splitlines()
    for count in range(len(path), 0, -1):
        here = _exact_line(lines, path[:count])
        if here is not None:
            return here
    return here


def _exact_line(lines: Sequence[str], path: Path) -> int | None:
    """Line of a header, of a key in a table, or of the n-th entry of an inline array; None if it is written otherwise."""
    current: Path = ()
    seen: dict[Path, int] = {}
    for number, line in enumerate(lines, start=1):
        header = _HEADER.match(line)
        if header:
            current = _header_path(tuple(part.strip().strip('"') for part in header[2].split(".")), header[1] == "[[", seen)
            if current[: len(path)] == path:
                return number
        elif path[: len(current)] == current and len(path) > len(current):
            rest = path[len(current):]
            if re.match(rf"\s*\"?{re.escape(str(rest[0]))}\"?\s*=", line):
                return number if len(rest) == 1 else _entry_line(lines, number, rest[1:])
    return None


def _header_path(words: tuple[str, ...], repeated: bool, seen: dict[Path, int]) -> Path:
    """The path of a header, with the running number of each array of tables on the way."""
    where: Path = ()
    for place, word in enumerate(words):
        where = (*where, word)
        if repeated and place == len(words) - 1:
            seen[where] = seen.get(where, -1) + 1
        if where in seen:
            where = (*where, seen[where])
    return where


def _entry_line(lines: Sequence[str], start: int, rest: Path) -> int | None:
    """The line of entry `rest[0]` in an inline array of tables that begins on line `start`."""
    if not isinstance(rest[0], int):
        return start
    met = -1
    for number in range(start, len(lines) + 1):
        bare = _STRING.sub("", lines[number - 1])
        met += bare.count("{")
        if met >= rest[0]:
            return number
        if "]" in bare and bare.count("[") < bare.count("]") and number > start:
            break
    return start


class Table:
    """One table of the template. Every reader names file, line, table and field in its Refusal."""

    def __init__(self, values: object, path: Path, text: str, name: str) -> None:
        self.path, self._text, self._name = path, text, name
        self._read: set[str] = set()
        self.values: dict[str, Any] = {}
        if not isinstance(values, dict):
            self.refuse(None, "a table with named fields is needed here")
        self.values = values

    def refuse(self, field: str | None, what: str) -> NoReturn:
        """Raise the Refusal for a field of this table (None: for the table itself)."""
        where = self.path if field is None else (*self.path, field)
        line = line_of(self._text, where)
        said = [f"{self._name}, line {line}" if line else self._name]
        table = self.spoken()
        said += [table] if table else []
        said += [f"“{field}”"] if field is not None else []
        raise Refusal(f"{': '.join(said)}: {what}.", NEXT)

    def spoken(self) -> str:
        """The table as a person finds it: `lots 4 (Washwood Heath), pairs 2`."""
        words: list[str] = []
        for part in self.path:
            if isinstance(part, int):
                words[-1] += f" {part + 1}"
            else:
                words.append(part)
        title = self.values.get("name") or self.values.get("code")
        return ", ".join(words) + (f" ({title})" if words and isinstance(title, str) else "")

    def has(self, field: str) -> bool:
        """Whether the field is there."""
        return field in self.values

    def text(self, field: str, among: Collection[str] = (), shape: str = "", meant: str = "") -> str:
        """A needed text, without blanks at the ends; optionally one of a set, or of a shape that `meant` puts in words."""
        value = self._needed(field)
        if not isinstance(value, str) or not value.strip():
            self.refuse(field, "a text in quotes is needed")
        return self._text_value(field, value, among, shape, meant)

    def texts(self, field: str, needed: bool = False) -> tuple[str, ...]:
        """A list of texts, empty where it may be and is missing."""
        value = self._optional(field)
        if value is None:
            if needed:
                self.refuse(field, "this is missing")
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            self.refuse(field, 'a list of texts is needed, like ["one", "two"]')
        if needed and not value:
            self.refuse(field, "at least one is needed")
        words = tuple(self._text_value(field, each, (), "", "") for each in value)
        if len(set(words)) != len(words):
            self.refuse(field, "one of them is written twice")
        return words

    def whole(self, field: str, least: int, most: int) -> int:
        """A needed whole number between two bounds."""
        value = self._needed(field)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.refuse(field, f"a whole number from {least} to {most} is needed")
        return value

    def wholes(self, field: str, least: int, most: int) -> tuple[int, ...]:
        """A needed list of whole numbers between two bounds, at least one."""
        value = self._needed(field)
        if not isinstance(value, list) or not value or not all(
                isinstance(each, int) and not isinstance(each, bool) and least <= each <= most for each in value):
            self.refuse(field, f"a list of whole numbers from {least} to {most} is needed, like [872, 950]")
        return tuple(value)

    def flag(self, field: str) -> bool:
        """true or false; false where it is missing."""
        value = self._optional(field)
        if value is not None and not isinstance(value, bool):
            self.refuse(field, "true or false is needed")
        return bool(value)

    def day(self, field: str) -> date:
        """A needed day."""
        return self._day_value(field, self._needed(field))

    def day_or_none(self, field: str) -> date | None:
        """A day, or None where it is missing."""
        value = self._optional(field)
        return None if value is None else self._day_value(field, value)

    def span(self) -> tuple[date, date | None]:
        """The fields `from` (needed) and `to`; refused where it ends before it begins."""
        first, last = self.day("from"), self.day_or_none("to")
        if last is not None and last < first:
            self.refuse("to", "it ends before it begins")
        return first, last

    def month(self, field: str) -> int:
        """A needed month, written "YYYY-MM", as year × 12 + month - 1."""
        value = self._needed(field)
        try:
            return month_from_text(value) if isinstance(value, str) else self.refuse(field, 'a month like "2020-04" is needed')
        except ValueError:
            self.refuse(field, 'a month like "2020-04" is needed')

    def tables(self, field: str, needed: bool = False) -> tuple[Table, ...]:
        """The tables of an array, empty where it may be and is missing."""
        value = self._optional(field)
        if value is None and not needed:
            return ()
        if not isinstance(value, list) or (needed and not value):
            self.refuse(field, "at least one is needed" if needed else "a list of tables is needed")
        return tuple(Table(each, (*self.path, field, place), self._text, self._name) for place, each in enumerate(value))

    def table(self, field: str) -> Table:
        """A needed table."""
        return Table(self._needed(field), (*self.path, field), self._text, self._name)

    def done(self) -> None:
        """Refuse the first field that nobody asked for."""
        for field in self.values:
            if field not in self._read:
                near = get_close_matches(field, sorted(self._read), n=1)
                self.refuse(field, "this field is not known" + (f" (perhaps “{near[0]}” is meant)" if near else ""))

    def _needed(self, field: str) -> Any:
        value = self._optional(field)
        if value is None:
            strange = get_close_matches(field, [each for each in self.values if each not in self._read], n=1)
            if strange:
                self.refuse(strange[0], f"this field is not known (perhaps “{field}” is meant)")
            self.refuse(field, "this is missing")
        return value

    def _optional(self, field: str) -> Any:
        self._read.add(field)
        return self.values.get(field)

    def _text_value(self, field: str, value: str, among: Collection[str], shape: str, meant: str) -> str:
        said = unicodedata.normalize("NFC", value.strip())
        if len(said) > LONGEST or any(letter in _TURNERS or unicodedata.category(letter) in ("Cc", "Cs") for letter in said):
            self.refuse(field, f"a line of at most {LONGEST} characters without control characters is needed")
        if line_of_text(said, field, LONGEST) is None:
            self.refuse(field, "a text with something to be seen is needed")
        if among and said not in among:
            self.refuse(field, f"one of these is needed: {', '.join(among)}")
        if shape and not re.fullmatch(shape, said):
            self.refuse(field, f"{meant} is needed")
        return said

    def _day_value(self, field: str, value: object) -> date:
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(field, "a day like 2018-10-01, without quotes, is needed")
        return value
