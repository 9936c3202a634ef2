"""From the bytes of somebody's file to JSON, with nothing lost: numbers as they are written, and every fault named by its JSON path.

A file is read whole, up to LARGEST; a larger one is refused, since a directory of ten thousand services is smaller.
"""

from __future__ import annotations

import codecs
import json
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from typing import Any

from coachdesk.errors import Refusal, Trouble

MOST_PROBLEMS = 100
LARGEST = 50 * 1024 * 1024  # bytes
MOST_THINGS = 1_500_000  # objects and lists: of 50 MB that mean something, a third are
DEEPEST = 60  # levels; the standard's own are nine
LONGEST_INT = 40  # digits; Python refuses to read thousands of them as an int
_LONGEST_PATH = 200  # characters
_PATHS_UP_TO = 8 * 1024 * 1024  # characters: beyond, a mistake is named by line and column only
_WHOLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]', re.DOTALL)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
Trail = tuple[Any, ...]  # (trail of the parent, key or place)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong, where, in words that go on from the path."""

    path: str
    says: str

    def __str__(self) -> str:
        return f"{self.path} {self.says}"


class Broken(Refusal):
    """A file that cannot be taken in. problems: each of them, the first of which the sentence names."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.problems = problems
        more = f" {len(problems) - 1} more like it: a dry run lists them." if problems[1:] else ""
        super().__init__(f"{name} cannot be taken in: {problems[0]}.", f"Nothing was changed.{more}")


class _Twice(dict[str, Any]):
    """An object that says something twice; of those words Python keeps the last."""


class _NoNumber:
    """NaN, Infinity, or a number beyond all measure: what stands in the file."""

    def __init__(self, text: str) -> None:
        self.text = text[:40]


def path_text(trail: Trail) -> str:
    """`$.contents[0].name`, of a trail of (parent, key)."""
    parts: list[str] = []
    while trail:
        trail, key = trail
        parts.append(f"[{key}]" if isinstance(key, int) else f".{key}" if _WHOLE.fullmatch(key) else f"[{_quoted(key)}]")
    text = "$" + "".join(reversed(parts))
    return text if len(text) <= _LONGEST_PATH else f"{text[:_LONGEST_PATH]}…"


def _quoted(key: str) -> str:
    return json.dumps(key[:40])


def read_file(file: Path) -> Any:
    """The JSON of a file. Trouble when it cannot be read, Broken or Refusal when it is not what it should be."""
    try:
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):
            raise Trouble(f"{file.name or 'That'} is a {'folder' if stat.S_ISDIR(mode) else 'device'}, not a file.", "Nothing was changed.")
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) and problem.strerror else "no file can have that name"
        raise Trouble(f"{file.name or 'That file'} cannot be read: {why.lower()}.", "Nothing was changed.") from None
    return read_bytes(content, file.name)


def read_bytes(content: bytes, name: str = "The file") -> Any:
    """The JSON of a file's bytes; numbers are int or Decimal, exactly as written. Broken names what is wrong and where."""
    if len(content) > LARGEST:
        raise Refusal(f"{name} is larger than {LARGEST // 1024 // 1024} MB.",
                      "Ask for it in pages, and bring them in one by one. Nothing was changed.")
    text = _decoded(content, name)
    if not text.strip():
        raise Refusal(f"{name} is empty.", "Choose another file. Nothing was changed.")
    if text.count("{") + text.count("[") > MOST_THINGS:
        raise Refusal(f"{name} holds more than {MOST_THINGS:,} objects and lists.",
                      "Ask for it in pages, and bring them in one by one. Nothing was changed.")
    try:
        document = json.loads(text, object_pairs_hook=_object, parse_float=_fraction, parse_int=_whole, parse_constant=_NoNumber)
    except json.JSONDecodeError as wrong:
        said = f"is not JSON any more: line {wrong.lineno}, column {wrong.colno}"
        raise Broken(name, [Problem(_path_at(text, wrong.pos), said)]) from None
    except RecursionError:
        raise Broken(name, [Problem("$", f"is nested deeper than {DEEPEST} levels")]) from None
    problems = [*islice(_faults(document), MOST_PROBLEMS)]
    if problems:
        raise Broken(name, problems)
    return document


def _decoded(content: bytes, name: str) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise Refusal(f"{name} is not UTF-8: line {line} holds a byte that is no letter there.",
                      "Save it again as UTF-8. Nothing was changed.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else _Twice(made)


def _fraction(text: str) -> Any:
    try:
        return Decimal(text)
    except InvalidOperation:
        return _NoNumber(text)


def _whole(text: str) -> Any:
    return int(text) if len(text) <= LONGEST_INT else Decimal(text)


def _faults(document: Any) -> Iterator[Problem]:
    """What no feed may hold, wherever it stands. Not recursive: a file may be as deep as it likes."""
    yield from _single(document, ())
    waiting: list[tuple[Any, Trail, int]] = [(document, (), 0)]
    while waiting:
        value, trail, depth = waiting.pop()
        if depth > DEEPEST:
            yield Problem(path_text(trail), f"is nested deeper than {DEEPEST} levels")
            continue
        if isinstance(value, _Twice):
            yield Problem(path_text(trail), "names one of its fields twice")
        if isinstance(value, dict) and any(_is_half(key) for key in value):
            yield Problem(path_text(trail), "has a field whose name holds half a letter (a lone surrogate)")
        inside: list[tuple[Any, Trail, int]] = []
        for key, each in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
            if isinstance(each, (dict, list)):
                inside.append((each, (trail, key), depth + 1))
            elif isinstance(each, (str, _NoNumber)):
                yield from _single(each, (trail, key))
        waiting += reversed(inside)


def _single(value: Any, trail: Trail) -> Iterator[Problem]:
    if isinstance(value, str) and _is_half(value):
        yield Problem(path_text(trail), "holds half a letter (a lone surrogate)")
    elif isinstance(value, _NoNumber):
        yield Problem(path_text(trail), f"is {value.text}, which is no number in JSON")


def _is_half(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _path_at(text: str, position: int) -> str:
    """The path of what was being read at a position, for a file that breaks off there or is wrong there."""
    if position > _PATHS_UP_TO:
        return "$"
    trails: list[Trail] = [()]
    keys: list[Any] = []
    last = ""
    for token in _TOKENS.finditer(text, 0, position):
        sign = token[0]
        if sign in "[{":
            trails.append((trails[-1], keys[-1]) if keys and keys[-1] is not None else trails[-1])
            keys.append(0 if sign == "[" else None)
        elif sign in "]}" and keys:
            trails.pop()
            keys.pop()
        elif sign == "," and keys:
            keys[-1] = keys[-1] + 1 if isinstance(keys[-1], int) else None
        elif sign == ":" and keys and not isinstance(keys[-1], int):
            keys[-1] = last
        last = sign[1:-1] if sign[:1] == '"' else ""
        if len(keys) > DEEPEST:
            break
    return path_text((trails[-1], keys[-1]) if keys and keys[-1] is not None else trails[-1])
