"""What a command prints: one JSON document, or the same as plain text for a person."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from coachdesk.cli.values import sentence as on_one_line
from coachdesk.cli.values import shown


class Answer:
    """Collects a command's answer and prints it once."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.exit_code = 0
        self._document: Any = None
        self._text: str | None = None

    def give(self, document: Any, text: str | None = None) -> None:
        """Sets the document; text is for people (without it the document is laid out as text)."""
        self._document, self._text = document, text

    def note(self, sentence: str) -> None:
        """A sentence beside the answer, on stderr."""
        print(on_one_line(sentence), file=sys.stderr)

    def say_error(self, sentence: str, code: int) -> int:
        """The one sentence of a refusal or trouble, on stderr."""
        print(on_one_line(sentence), file=sys.stderr)
        return code

    def finish(self) -> None:
        """Prints what was given."""
        if self.as_json:
            print(json.dumps(plain(self._document), ensure_ascii=False, indent=1))
        elif self._text is not None:
            print(shown(self._text))
        elif self._document is not None:
            print(shown("\n".join(_lines(plain(self._document)))))


def plain(value: Any) -> Any:
    """A value as JSON has it: ids and days as text, rows as objects."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (UUID, Path)):
        return str(value)
    return value


def _lines(value: Any, indent: str = "") -> list[str]:
    if isinstance(value, list):
        if value and all(isinstance(each, dict) for each in value):
            found: list[str] = []
            for each in value:
                found += [*_lines(each, indent), ""]
            return found[:-1]
        return [f"{indent}{each}" for each in value] or [f"{indent}none"]
    if isinstance(value, dict):
        found = []
        for key, each in value.items():
            if isinstance(each, (dict, list)) and each:
                found += [f"{indent}{key}:", *_lines(each, indent + "  ")]
            elif each is not None and each != []:
                found.append(f"{indent}{key}: {_word(each)}")
        return found
    return [f"{indent}{_word(value)}"]


def _word(value: Any) -> Any:
    return ("yes" if value else "no") if isinstance(value, bool) else value
