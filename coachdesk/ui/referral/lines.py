"""What the referrals' screen reads in one go, and which rows each of its views shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coachdesk.programme import queries as programme
from coachdesk.referral import queries, rules
from coachdesk.referral.queries import ReferralRow
from coachdesk.ui.cards.partner_record import PartnerRecord, records

AWAITING, IN, ALL = "awaiting", "in", "all"


@dataclass(frozen=True, slots=True)
class Book:
    """The referrals of the lot that is looked at, each partner's record over every lot, and the lots as (id, name)."""

    rows: tuple[ReferralRow, ...]
    records: dict[UUID, PartnerRecord]
    lots: tuple[tuple[UUID, str], ...]

    def of(self, view: str) -> list[ReferralRow]:
        """The rows of one view, the longest overdue first."""
        if view == AWAITING:
            return [row for row in self.rows if row.state in rules.WAITING]
        return [row for row in self.rows if view == ALL or row.direction == rules.IN]

    def sentence(self) -> str:
        """The line under the title."""
        waiting = self.of(AWAITING)
        ours = sum(row.direction == rules.IN for row in waiting)
        late = sum(row.is_overdue for row in waiting)
        sent = sum(row.direction == rules.OUT and row.state != rules.DRAFT for row in self.rows)
        return (
            f"{len(waiting):,} awaiting a reply, {ours:,} of them from us, {late:,} overdue; "
            f"{sent:,} sent and {len(self.of(IN)):,} received in all."
        )


def read_book(session: Any, lot: UUID | None) -> Book:
    """One read of the store; `lot` None shows every lot's."""
    every = queries.referrals(session)
    shown = tuple(row for row in every if lot in (None, row.lot_id))
    return Book(shown, records(every), tuple(programme.lot_names(session).items()))
