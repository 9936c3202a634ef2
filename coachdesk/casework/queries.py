"""What the rooms know together: caseload, today, search, audit. (The timeline of one person is in `timeline`.)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity_queries
from coachdesk.casework.caseload import (
    DUE_AHEAD_DAYS,
    NEEDED,
    PAUSED,
    SILENT_DAYS,
    CaseloadRow,
    CaseloadTotals,
    caseload,
    caseload_blocks,
    caseload_keys,
    caseload_rows,
    caseload_stages,
    caseload_totals,
    on_caseload,
    reached,
    totals,
)
from coachdesk.claim import queries as claim_queries
from coachdesk.outreach import queries as outreach_queries
from coachdesk.outreach.queries import DueRow
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.rules.matching import same_names
from coachdesk.partner.rules import folded
from coachdesk.programme import queries as programme_queries
from coachdesk.referral import queries as referral_queries
from coachdesk.store import search as store_search
from coachdesk.store import tables
from coachdesk.store.session import moment, today

__all__ = [
    "CaseloadRow",
    "CaseloadTotals",
    "ChangeRow",
    "DUE_AHEAD_DAYS",
    "Hit",
    "NEEDED",
    "PAUSED",
    "SILENT_DAYS",
    "audit",
    "caseload",
    "caseload_blocks",
    "caseload_keys",
    "caseload_rows",
    "caseload_stages",
    "caseload_totals",
    "due",
    "moment",
    "on_caseload",
    "reached",
    "search",
    "today",
    "totals",
]

_OP, _TXN = tables.op, tables.txn
MOST_BESIDE_PEOPLE = 8  # finds of each other kind beside people
LEAST_PEOPLE = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """One find of the search box: kind says which record opens. is_alike: only spelt alike, or meaning the same.

    also: the name of another record of the same person, by which they were found.
    """

    kind: str
    id: UUID
    title: str
    detail: str
    is_alike: bool = False
    also: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One logged change of one record. fields: names only; values stay sealed."""

    at: str
    who: str
    reason: str
    room: str
    id: UUID
    deed: str
    fields: tuple[str, ...]


def due(session: Session, *, coach: UUID | None = None, until: date | None = None, lot: UUID | None = None) -> list[DueRow]:
    """What is due up to a day (today if not said), from every room, oldest first; with lot what stands in it.

    What was promised to people or has a day of its own comes before the partners with whom somebody should be in touch: that is a clock.
    """
    end = until or today(session)
    rows = [
        row
        for room in (outreach_queries, participant_queries, activity_queries)
        for row in room.due(session, coach=coach, until=end)
    ]
    rows += referral_queries.due(session, coach=coach, until=end, lot=lot)
    rows += participant_queries.due_back(session, coach=coach, until=end)
    for waiting in (activity_queries.due_loans, activity_queries.due_plan, activity_queries.due_readings):
        rows += waiting(session, coach=coach, until=end)
    rows += claim_queries.due(session, coach=coach, until=end)
    clocks = referral_queries.upkeep_due(session, coach=coach, until=end)
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    return [row for each in (rows, clocks) for row in sorted(each, key=lambda row: (row.due_on, row.who.casefold())) if row.is_in(name)]


def search(session: Session, text: str, *, limit: int = 40) -> list[Hit]:
    """People, who was met and is not registered yet, partners, places and sessions that have every word of the text, in that order.

    Each kind has its own order: people and partners by name, who was met and sessions the latest first. Where few are found at all, those
    follow that are spelt alike or mean the same.
    """
    most = {kind: MOST_BESIDE_PEOPLE for kind in store_search.kinds()} | {"participant": limit}
    hits = store_search.find(
        session,
        folded(text),
        most,
        hidden={"outreach.contact": participant_queries.met_at},
        ahead=participant_queries.ahead(session),
        means=same_names,
    )
    too_many = max(0, len(hits) - limit)
    people = [hit for hit in hits if hit.kind == "participant"]
    beside = [hit for hit in hits if hit.kind != "participant"]
    shown = [*people[: max(LEAST_PEOPLE, len(people) - too_many)], *beside][:limit]
    return [Hit(hit.kind, hit.id, hit.title, hit.detail, hit.is_alike, hit.also) for hit in shown]


def audit(session: Session, *, record: UUID | None = None, room: str | None = None, limit: int = 50) -> list[ChangeRow]:
    """The log read by people: newest first; of one record, of one room, or of all."""
    import msgspec

    members = programme_queries.member_names(session)
    chosen = (
        sa.select(
            _TXN.c.seen_at,
            _TXN.c.actor,
            _TXN.c.reason,
            _OP.c.entity,
            _OP.c.entity_id,
            _OP.c.kind,
            _OP.c.head,
            _OP.c.sealed.is_not(None).label("has_sealed"),
        )
        .join_from(_OP, _TXN, _TXN.c.n == _OP.c.txn)
        .order_by(_OP.c.txn.desc(), _OP.c.seq.desc())
        .limit(limit)
    )
    if record:
        chosen = chosen.where(_OP.c.entity_id == record.bytes)
    elif room:
        table = room.replace(".", "_")
        chosen = chosen.where(sa.or_(_OP.c.entity == table, _OP.c.entity.startswith(f"{table}_", autoescape=True)))
    else:                                           # every transaction changed something: the newest changes stand in the newest ones
        newest = sa.select(_TXN.c.n).order_by(_TXN.c.n.desc()).limit(limit)
        chosen = chosen.where(_OP.c.txn.in_(newest))
    rows = session.execute(chosen)
    found = []
    for row in rows:
        head = msgspec.json.decode(row.head)
        names = sorted({*head.get("v", {}), *head.get("s", {}), *head.get("b", {})})
        if row.has_sealed:
            names.append("personal values (sealed)")
        deed = "deleted" if row.kind == "del" else "changed" if head.get("b") else "made"
        found.append(
            ChangeRow(
                row.seen_at,
                members.get(UUID(bytes=bytes(row.actor)), "a former member"),
                row.reason,
                row.entity,
                UUID(bytes=bytes(row.entity_id)),
                deed,
                tuple(names),
            )
        )
    return found
