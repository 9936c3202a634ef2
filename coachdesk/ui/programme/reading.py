"""What the programme screen reads in one go, and how its days and spans are said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coachdesk.activity import queries as activity_queries
from coachdesk.clock import day_text
from coachdesk.programme import queries as programme_queries


@dataclass(frozen=True, slots=True)
class LotShown:
    """A line of the list of lots."""

    id: UUID
    name: str
    wards: str
    lead: str


@dataclass(frozen=True, slots=True)
class LotDetail:
    """Everything on one lot. findings: ward pair id → what its own edition says against it; unread: pairs whose edition is not here."""

    row: programme_queries.LotRow
    pairs: tuple[programme_queries.PairRow, ...]
    findings: dict[UUID, str]
    unread: frozenset[UUID]
    inclusions: tuple[programme_queries.InclusionRow, ...]
    tenures: tuple[programme_queries.TenureRow, ...]
    members: tuple[programme_queries.MemberRow, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole programme: contract, lots, terms, and how many pairs their editions do not bear out."""

    contract: programme_queries.ContractRow
    lots: tuple[LotShown, ...]
    terms: tuple[programme_queries.TermRow, ...]
    findings: int
    scales: tuple[activity_queries.ScaleRow, ...] = ()
    network: programme_queries.NetworkRow | None = None


def read_programme(session: Any) -> Shown:
    """Contract, lots and terms."""
    lots = tuple(
        LotShown(row.id, row.name, ", ".join(row.wards) or "none today", row.lead_provider or "nobody today")
        for row in programme_queries.lots(session)
    )
    return Shown(
        programme_queries.contract(session), lots, tuple(programme_queries.terms(session)), len(programme_queries.pair_findings(session)),
        tuple(activity_queries.scales(session)), programme_queries.networks(session)[0],
    )


def read_lot(session: Any, lot: UUID) -> LotDetail:
    """One lot with everything that hangs on it."""
    row = programme_queries.lots(session, lot=lot)[0]
    pairs = tuple(programme_queries.pairs(session, lot=lot))
    shelf, said = programme_queries.shelf_of(session), programme_queries.pair_findings(session)
    findings = {}
    for pair in pairs:
        sentence = next((each for each in said if pair.ward_code in each and f"{row.name} lot" in each), "")
        if sentence:
            findings[pair.id] = sentence
    unread = frozenset(pair.id for pair in pairs if shelf.edition(pair.edition) is None)
    return LotDetail(
        row,
        pairs,
        findings,
        unread,
        tuple(programme_queries.inclusions(session, lot=lot)),
        tuple(programme_queries.tenures(session, lot=lot)),
        tuple(programme_queries.members(session, lot=lot)),
    )


def span(from_day: date | None, to_day: date | None) -> str:
    """`1 October 2018 to 31 March 2022`, `since 1 October 2018`, `until 31 March 2022`, `always`."""
    if from_day and to_day:
        return f"{day_text(from_day)} to {day_text(to_day)}"
    if from_day:
        return f"since {day_text(from_day)}"
    return f"until {day_text(to_day)}" if to_day else "always"


def is_on(day: date, from_day: date | None, to_day: date | None) -> bool:
    """Whether a span holds the day; both ends belong to it."""
    return (from_day is None or from_day <= day) and (to_day is None or day <= to_day)
