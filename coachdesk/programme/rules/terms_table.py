"""The `[terms]` table of a template: is it the shape that the claim's rules read? The figures themselves are the contract's (DOMAIN §2).

`milestones`: code, kind, title, amount_pence, clause, version, from, to?, count (interventions only). `floors`: clause, version,
from_month, to_month, base_from, base_to ("YYYY-MM"), divisor, rounding, base_totals {lot = pence}, base_months_with_claim? {lot = months}.
Money is whole pence. `samples = true` says that the amounts are made up; `note` is for people.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from coachdesk.programme.rules.shapes import overlap
from coachdesk.programme.rules.source import Table

MILESTONE_KINDS = ("start", "interventions", "job_entry")
DIVISORS = ("months in window", "months with a claim")
ROUNDINGS = ("half up",)
MOST_PENCE = 10_000_000_00
MOST_COUNT = 100


@dataclass(frozen=True)
class _Version:
    code: str
    kind: str
    version: str
    from_: date
    to: date | None


def check_terms(terms: Table, lots: Collection[str]) -> None:
    """Refusal at the first field of the terms that is missing, unknown, of the wrong kind, or in force twice on one day."""
    terms.flag("samples")
    if terms.has("note"):
        terms.text("note")
    met: list[_Version] = []
    for table in terms.tables("milestones", needed=True):
        _check_milestone(table, met)
    spans: list[tuple[int, int]] = []
    for table in terms.tables("floors"):
        _check_floor(table, lots, spans)
    terms.done()


def _check_milestone(table: Table, met: list[_Version]) -> None:
    code, kind = table.text("code"), table.text("kind", among=MILESTONE_KINDS)
    table.text("title")
    table.whole("amount_pence", 0, MOST_PENCE)
    table.text("clause")
    version = _Version(code, kind, table.text("version"), *table.span())
    if kind == "interventions":
        table.whole("count", 1, MOST_COUNT)
    table.done()
    for other in met:
        if other.code != code:
            continue
        if other.kind != kind:
            table.refuse("kind", f"{code} is of kind {other.kind} in another version")
        if other.version == version.version:
            table.refuse("version", f"{code} already has a version {other.version}")
        if overlap(other, version):
            table.refuse("from", f"{code} version {other.version} is still in force on some of these days")
    met.append(version)


def _check_floor(table: Table, lots: Collection[str], spans: list[tuple[int, int]]) -> None:
    table.text("clause")
    table.text("version")
    first, last = table.month("from_month"), table.month("to_month")
    if last < first:
        table.refuse("to_month", "it ends before it begins")
    if table.month("base_to") < table.month("base_from"):
        table.refuse("base_to", "it ends before it begins")
    table.text("divisor", among=DIVISORS)
    table.text("rounding", among=ROUNDINGS)
    _check_by_lot(table, "base_totals", lots, MOST_PENCE, every=True)
    if table.has("base_months_with_claim"):
        _check_by_lot(table, "base_months_with_claim", lots, MOST_COUNT, every=False)
    table.done()
    if any(first <= end and begin <= last for begin, end in spans):
        table.refuse("from_month", "another floor is in force in some of these months")
    spans.append((first, last))


def _check_by_lot(floor: Table, field: str, lots: Collection[str], most: int, every: bool) -> None:
    figures = floor.table(field)
    for lot in figures.values:
        if lot not in lots:
            figures.refuse(lot, "there is no lot of this name")
        figures.whole(lot, 0, most)
    missing = [lot for lot in lots if lot not in figures.values]
    if every and missing:
        floor.refuse(field, f"a figure for the lot {missing[0]} is missing")
