"""A contract's terms as the readable file that they came from: one TOML table for each version of each rule, in the order of the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from coachdesk.programme.rules.term_rows import CAP, DEFINITION, EVIDENCE, FLOOR, LATENESS, OTHER_KINDS

_SECTIONS = {FLOOR: "floors", CAP: "caps", LATENESS: "lateness", EVIDENCE: "evidence", DEFINITION: "meaningful"}
_ORDER = ("milestones", "floors", "caps", "lateness", "evidence", "meaningful")
_DAYS = ("from", "to")


def terms_text(contract: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """The `[terms]` file of these rows (as `term_rows` has them); `read_terms` reads it back to the same rows."""
    tables: dict[str, list[Mapping[str, Any]]] = {section: [] for section in _ORDER}
    for row in rows:
        section = _SECTIONS[row["kind"]] if row["kind"] in OTHER_KINDS else "milestones"
        tables[section].append(row["details"])
    parts = [f"# The terms of {contract}, as they stand in the store. Money is whole pence; both days of a rule belong to it.\n[terms]\n"]
    parts += [f"[[terms.{section}]]\n{_body(section, each)}" for section in _ORDER for each in tables[section]]
    return "\n".join(parts)


def _body(section: str, details: Mapping[str, Any]) -> str:
    """The fields of one rule; what is itself a table by lots comes last, under a heading of its own."""
    plain = [f"{name} = {_value(name, value)}\n" for name, value in details.items() if not isinstance(value, dict)]
    nested = [f"[terms.{section}.{name}]\n" + "".join(f"{_text(key)} = {_value(key, each)}\n" for key, each in value.items())
              for name, value in details.items() if isinstance(value, dict)]
    return "".join(plain) + "".join(nested)


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(key, each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value("", each) for each in value) + "]"
    if name in _DAYS:
        return date.fromisoformat(value).isoformat()
    return _text(str(value))


def _text(words: str) -> str:
    """A TOML string: quotes, backslashes and unseen letters escaped."""
    safe = words.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(letter if letter >= " " and letter != "\x7f" else f"\\u{ord(letter):04x}" for letter in safe) + '"'
