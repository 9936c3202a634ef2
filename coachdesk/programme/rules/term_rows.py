"""The `[terms]` table of a template as the rows that the store keeps: each version of each rule, with the table's own words.

How two tables of terms differ is said here too, so that a new version can be brought in without touching what stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coachdesk.clock import first_day, last_day, month_from_text, month_of, month_words

FLOOR, CAP, LATENESS, EVIDENCE, DEFINITION = "floor", "cap", "lateness", "evidence", "definition"
OTHER_KINDS = (FLOOR, CAP, LATENESS, EVIDENCE, DEFINITION)
Key = tuple[str, str, str]


def term_rows(table: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Checked terms as the fields of `programme_term` rows: code, kind, version, clause, from_day, to_day, details (JSON)."""
    rows = [_row(each["code"], each["kind"], each) for each in table.get("milestones", ())]
    rows += [_row("floor", FLOOR, each, first_day(month_from_text(each["from_month"])), last_day(month_from_text(each["to_month"])))
             for each in table.get("floors", ())]
    rows += [_row(each["code"], CAP, each) for each in table.get("caps", ())]
    rows += [_row(", ".join(each.get("milestones", ())) or "all milestones", LATENESS, each) for each in table.get("lateness", ())]
    rows += [_row(f"{each['milestone']}: {each['proves']}", EVIDENCE, each) for each in table.get("evidence", ())]
    rows += [_row(DEFINITION, DEFINITION, each) for each in table.get("meaningful", ())]
    return rows


def key_of(row: Mapping[str, Any]) -> Key:
    """What makes a row a version of a rule: milestones by their code whatever their kind, other rules by kind and code.

    Floors have no code of their own and may bear one version for month after month: the first month tells them apart.
    """
    kind = row["kind"] if row["kind"] in OTHER_KINDS else "milestone"
    return (kind, f"{row['code']} {row['from_day'].isoformat()}" if kind == FLOOR else row["code"], row["version"])


@dataclass(frozen=True, slots=True)
class TermsChange:
    """What a new table of terms does to the one that stands: rows to add, versions that only end on another day, versions whose figures
    are other than they were, versions that are no longer named. Rows as `term_rows` has them."""

    added: tuple[Mapping[str, Any], ...]
    ended: tuple[Mapping[str, Any], ...]
    changed: tuple[Mapping[str, Any], ...]
    gone: tuple[Mapping[str, Any], ...]

    @property
    def is_nothing(self) -> bool:
        """Whether the tables are the same."""
        return not (self.added or self.ended or self.changed or self.gone)


def compare_terms(standing: Iterable[Mapping[str, Any]], brought: Iterable[Mapping[str, Any]]) -> TermsChange:
    """How the rows brought differ from those that stand, in the order brought."""
    before = {key_of(row): row for row in standing}
    added, ended, changed = [], [], []
    after = {key_of(row): row for row in brought}
    for key, row in after.items():
        old = before.get(key)
        if old is None:
            added.append(row)
        elif _without_end(old) != _without_end(row):
            changed.append(row)
        elif old["to_day"] != row["to_day"]:
            ended.append(row)
    return TermsChange(tuple(added), tuple(ended), tuple(changed), tuple(row for key, row in before.items() if key not in after))


def terms_after(standing: Iterable[Mapping[str, Any]], change: TermsChange) -> list[Mapping[str, Any]]:
    """The rows that stand once a change is written: those that stood, as it leaves them, and those that it adds."""
    written = {key_of(row): row for row in (*change.ended, *change.changed)}
    gone = {key_of(row) for row in change.gone}
    return [written.get(key_of(row), row) for row in standing if key_of(row) not in gone] + list(change.added)


def words_of(row: Mapping[str, Any]) -> str:
    """A version of a rule as people name it: "start, version 2"; "floor of April 2020 to July 2020, version 1"."""
    if row["kind"] != FLOOR:
        return f"{row['code']}, version {row['version']}"
    first, last = floor_months(row)
    return f"floor of {month_words(first)}{f' to {month_words(last)}' if last > first else ''}, version {row['version']}"


def floor_months(row: Mapping[str, Any]) -> tuple[int, int]:
    """The first and the last month of a floor's row."""
    return month_of(row["from_day"]), month_of(row["to_day"])


def _row(code: str, kind: str, each: Mapping[str, Any], first: date | None = None, last: date | None = None) -> dict[str, Any]:
    return {"code": code, "kind": kind, "version": str(each["version"]), "clause": each["clause"], "from_day": first or each["from"],
            "to_day": last or each.get("to"), "details": _plain(each)}


def _without_end(row: Mapping[str, Any]) -> tuple[Any, ...]:
    end = "to_month" if row["kind"] == FLOOR else "to"
    details = {name: value for name, value in row["details"].items() if name != end}
    return (row["code"], row["kind"], row["version"], row["clause"], row["from_day"], details)


def _plain(value: Any) -> Any:
    """A TOML table as JSON has it: days as text."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
