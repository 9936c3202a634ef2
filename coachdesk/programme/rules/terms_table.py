"""The `[terms]` table of a template: is it the shape that the claim's rules read? The figures themselves are the contract's (DOMAIN §2).

Every rule has clause, version, from, to? (days; without `to`: until further notice). Money is whole pence.
`milestones`: code, kind, title, amount_pence or amounts {lot = pence}, each_spell?; by kind: interventions count; sustained weeks or
earnings_pence, hours_a_week?, break_days?, within_days?, of? ("job", "person"); progression hours_more? pay_bands? in_work_at_start?.
`floors`: from_month, to_month, base_from, base_to ("YYYY-MM"), divisor, rounding, base_totals {lot = pence}, base_months_with_claim?.
`caps`: code, title?, per, milestones?, most?, most_pence?, lot?. `lateness`: months, milestones?. `evidence`: milestone, proves, title?,
scope?, verified?, wordings? [{phrase, clause, from, to?}]. `meaningful`: modes, least_minutes, kinds?, coach_may_differ?.
`samples = true` says that the amounts are made up; `note` is for people.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from coachdesk.programme.rules.shapes import overlap
from coachdesk.programme.rules.source import Table, parse

MILESTONE_KINDS = ("start", "interventions", "job_entry", "service_fee", "sustained", "progression")
DIVISORS = ("months in window", "months with a claim")
ROUNDINGS = ("half up", "half even", "down")
CAP_SCOPES = ("person", "month", "lot", "lot and month", "contract")
POOLS = ("job", "person")
NEED_SCOPES = ("last", "every")
MODES = ("face to face", "phone", "online", "text")
MOST_PENCE = 10_000_000_00
MOST_COUNT = 100
MOST_ITEMS = 1_000_000
MOST_WEEKS = 520
MOST_DAYS = 3_650


@dataclass(frozen=True)
class _Version:
    code: str
    kind: str
    version: str
    from_: date
    to: date | None


def read_terms(text: str, name: str, lots: Collection[str]) -> dict[str, Any]:
    """The `[terms]` of a file by itself, or of a whole programme template, checked; `name` is the file's name for the sentences.

    Refusal, with line and field, at the first thing that is missing, unknown or of the wrong kind.
    """
    top = Table(parse(text, name), (), text, name)
    if not top.has("terms"):
        top.refuse(None, "there is no [terms] table in it")
    terms = top.table("terms")
    check_terms(terms, lots)
    if set(top.values) - {"terms"} and not {"name", "lots"} <= set(top.values):
        top.done()
    return terms.values


def check_terms(terms: Table, lots: Collection[str]) -> None:
    """Refusal at the first field of the terms that is missing, unknown, of the wrong kind, or in force twice on one day."""
    terms.flag("samples")
    if terms.has("note"):
        terms.text("note")
    met: list[_Version] = []
    for table in terms.tables("milestones", needed=True):
        _check_milestone(table, met, lots)
    codes = list(dict.fromkeys(version.code for version in met))
    spans: list[tuple[int, int]] = []
    for table in terms.tables("floors"):
        _check_floor(table, lots, spans)
    caps: list[_Version] = []
    for table in terms.tables("caps"):
        _check_cap(table, caps, codes, lots)
    limits: list[_Version] = []
    for table in terms.tables("lateness"):
        _check_lateness(table, limits, codes)
    needs: list[_Version] = []
    for table in terms.tables("evidence"):
        _check_need(table, needs, codes)
    definitions: list[_Version] = []
    for table in terms.tables("meaningful"):
        _check_definition(table, definitions)
    terms.done()


def _dated(table: Table, code: str, kind: str, met: list[_Version]) -> None:
    """The clause, version and days of a rule; refused beside another version of it on a day."""
    table.text("clause")
    version = _Version(code, kind, table.text("version"), *table.span())
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


def _check_milestone(table: Table, met: list[_Version], lots: Collection[str]) -> None:
    code, kind = table.text("code"), table.text("kind", among=MILESTONE_KINDS)
    if code == "top_up":
        table.refuse("code", "top_up is the floor's own line; give the milestone another code")
    table.text("title")
    if table.has("amounts"):
        _check_by_lot(table, "amounts", lots, MOST_PENCE, every=not table.has("amount_pence"))
    if not table.has("amounts") or table.has("amount_pence"):
        table.whole("amount_pence", 0, MOST_PENCE)
    table.flag("each_spell")
    if kind == "interventions":
        table.whole("count", 1, MOST_COUNT)
    if kind == "sustained":
        _check_sustained(table)
    if kind == "progression":
        _check_progression(table)
    _dated(table, code, kind, met)


def _check_sustained(table: Table) -> None:
    if table.has("weeks") == table.has("earnings_pence"):
        table.refuse("weeks" if table.has("weeks") else None, "either weeks or earnings_pence is needed, and not both")
    if table.has("weeks"):
        table.whole("weeks", 1, MOST_WEEKS)
        _optional(table, "hours_a_week", 0, 80)
        _optional(table, "break_days", 0, MOST_DAYS)
    else:
        table.whole("earnings_pence", 1, MOST_PENCE)
        _optional(table, "within_days", 0, MOST_DAYS)
    if table.has("of"):
        table.text("of", among=POOLS)


def _check_progression(table: Table) -> None:
    if not table.has("hours_more") and not table.has("pay_bands"):
        table.refuse(None, "hours_more or pay_bands is needed")
    _optional(table, "hours_more", 1, 80)
    table.flag("in_work_at_start")
    if table.has("pay_bands"):
        bands = table.wholes("pay_bands", 0, 1_000_00)
        if list(bands) != sorted(set(bands)):
            table.refuse("pay_bands", "each has to be more than the one before it")


def _check_cap(table: Table, met: list[_Version], codes: Collection[str], lots: Collection[str]) -> None:
    code = table.text("code")
    if table.has("title"):
        table.text("title")
    table.text("per", among=CAP_SCOPES)
    _check_codes(table, "milestones", codes)
    if not table.has("most") and not table.has("most_pence"):
        table.refuse(None, "most (how many) or most_pence is needed")
    _optional(table, "most", 0, MOST_ITEMS)
    _optional(table, "most_pence", 0, MOST_PENCE)
    if table.has("lot") and table.text("lot") not in lots:
        table.refuse("lot", "there is no lot of this name")
    _dated(table, code, "cap", met)


def _check_lateness(table: Table, met: list[_Version], codes: Collection[str]) -> None:
    table.whole("months", 0, 120)
    named = _check_codes(table, "milestones", codes)
    _dated(table, ", ".join(named) or "all milestones", "lateness", met)


def _check_need(table: Table, met: list[_Version], codes: Collection[str]) -> None:
    milestone, proves = table.text("milestone", among=codes), table.text("proves")
    if table.has("title"):
        table.text("title")
    if table.has("scope"):
        table.text("scope", among=NEED_SCOPES)
    table.flag("verified")
    phrases: list[_Version] = []
    for wording in table.tables("wordings"):
        wording.text("phrase")
        wording.text("clause")
        span = wording.span()
        wording.done()
        new = _Version("", "", "", *span)
        if any(overlap(other, new) for other in phrases):
            wording.refuse("from", "another phrase is asked for on some of these days")
        phrases.append(new)
    _dated(table, f"{milestone}: {proves}", "evidence", met)


def _check_definition(table: Table, met: list[_Version]) -> None:
    modes = table.texts("modes", needed=True)
    strange = [mode for mode in modes if mode not in MODES]
    if strange:
        table.refuse("modes", f"“{strange[0]}” is not one of: {', '.join(MODES)}")
    table.whole("least_minutes", 0, 600)
    table.texts("kinds")
    if table.has("coach_may_differ"):
        table.flag("coach_may_differ")
    _dated(table, "the definition", "definition", met)


def _check_codes(table: Table, field: str, codes: Collection[str]) -> tuple[str, ...]:
    named = table.texts(field)
    for code in named:
        if code not in codes:
            table.refuse(field, f"there is no milestone with the code “{code}”")
    return named


def _optional(table: Table, field: str, least: int, most: int) -> None:
    if table.has(field):
        table.whole(field, least, most)


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
