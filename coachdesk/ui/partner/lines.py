"""What the partners' screen reads in one go: a line for each organisation, its people and its places."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from coachdesk.partner import queries as partners
from coachdesk.partner.queries import ContactRow, PartnerRow, VenueRow
from coachdesk.programme import queries as programme
from coachdesk.referral import queries as referrals
from coachdesk.ui.cards.partner_record import PartnerRecord, records


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """One row of the list; lots in words."""

    id: UUID
    name: str
    kind: str
    lots: str
    venues: int
    contacts: int
    given: int
    received: int
    last_on: date | None
    row: PartnerRow
    record: PartnerRecord
    agreements: int = 0
    is_funding_due: bool = False
    upkeep: str = ""
    trust: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the screen shows; lots are (id, name), venues also those that belong to nobody; owners of services, agreements.

    leaving: people whose leaving stands in Today.
    """

    lines: tuple[PartnerLine, ...]
    contacts: tuple[ContactRow, ...]
    venues: tuple[VenueRow, ...]
    lots: tuple[tuple[UUID, str], ...]
    owners: dict[UUID, UUID | None] = field(default_factory=dict)
    leaving: frozenset[UUID] = frozenset()


def read_sheet(session: Any, lot: UUID | None, today: date) -> Sheet:
    """One read of the store; `lot` None shows every lot's."""
    known = records(session, lot)
    agreements = partners.agreements(session)
    agreed = Counter(row.partner_id for row in agreements)
    ends = partners.ends(session, until=today)
    due = {row.id for row in ends if row.kind == "partner"}
    tended = {row.id: row for row in referrals.upkeep(session, lot=lot)}
    lines = []
    for row in partners.partners(session, lot=lot):
        record = known.get(row.id, PartnerRecord())
        lots = ", ".join(row.lots) or "every lot"
        lines.append(
            PartnerLine(
                row.id, row.name, row.kind, lots, row.venues, row.contacts, record.given, record.received, record.last_on, row, record,
                agreed[row.id], row.id in due, tended[row.id].state, tended[row.id].trust_words,
            )
        )
    return Sheet(
        tuple(lines), tuple(partners.contacts(session)), tuple(partners.venues(session)), tuple(programme.lot_names(session).items()),
        {**partners.service_owners(session), **{row.id: row.partner_id for row in agreements}},
        frozenset(row.id for row in ends if row.kind == "partner.contact"),
    )
