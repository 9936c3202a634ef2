"""What the partners' screen reads in one go: a line for each organisation, its people and its places."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the screen shows; lots are (id, name), venues also those that belong to nobody."""

    lines: tuple[PartnerLine, ...]
    contacts: tuple[ContactRow, ...]
    venues: tuple[VenueRow, ...]
    lots: tuple[tuple[UUID, str], ...]


def read_sheet(session: Any, lot: UUID | None) -> Sheet:
    """One read of the store; `lot` None shows every lot's."""
    known = records(referrals.referrals(session, lot=lot))
    lines = []
    for row in partners.partners(session, lot=lot):
        record = known.get(row.id, PartnerRecord())
        lots = ", ".join(row.lots) or "every lot"
        lines.append(
            PartnerLine(
                row.id, row.name, row.kind, lots, row.venues, row.contacts, record.given, record.received, record.last_on, row, record
            )
        )
    return Sheet(
        tuple(lines), tuple(partners.contacts(session)), tuple(partners.venues(session)), tuple(programme.lot_names(session).items())
    )
