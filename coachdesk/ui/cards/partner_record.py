"""How the traffic with one partner has gone, in figures and one line: so that a coach knows what to expect before sending somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coachdesk.referral import queries


@dataclass(frozen=True, slots=True)
class PartnerRecord:
    """Referrals with one partner. reply_days: the median number of days until an answer came, None where none came yet."""

    given: int = 0
    accepted: int = 0
    declined: int = 0
    helped: int = 0
    no_reply: int = 0
    received: int = 0
    reply_days: int | None = None
    last_on: date | None = None

    def sentence(self) -> str:
        """`Sent 6, accepted 4, no reply 1; an answer takes 5 days. Received 3.`"""
        if not self.given and not self.received:
            return "No referrals with them yet."
        parts = [f"Sent {self.given}", f"accepted {self.accepted}"]
        parts += [f"no reply {self.no_reply}"] if self.no_reply else []
        pace = f"; an answer takes {self.reply_days} day{'' if self.reply_days == 1 else 's'}" if self.reply_days is not None else ""
        return f"{', '.join(parts)}{pace}. Received {self.received}."


def records(session: Any, lot: UUID | None) -> dict[UUID, PartnerRecord]:
    """The record of each partner with any referrals in a lot, or in every lot."""
    return {partner: _record(row) for partner, row in queries.dealings(session, lot=lot).items()}


def record_of(session: Any, partner: UUID) -> PartnerRecord:
    """The record of one partner over every lot."""
    found = queries.dealings(session, partner=partner).get(partner)
    return _record(found) if found is not None else PartnerRecord()


def _record(row: queries.DealingsRow) -> PartnerRecord:
    return PartnerRecord(row.given, row.accepted, row.declined, row.helped, row.no_reply, row.received, row.reply_days, row.last_on)
