"""How the traffic with one partner has gone, in figures and one line: so that a coach knows what to expect before sending somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coachdesk.referral import queries


@dataclass(frozen=True, slots=True)
class PartnerRecord:
    """Referrals with one partner. reply_days: the median number of days until an answer came, None where none came yet.

    alert: months in a row that went one way, while nobody has said what will be done about it.
    """

    given: int = 0
    accepted: int = 0
    declined: int = 0
    helped: int = 0
    no_reply: int = 0
    received: int = 0
    reply_days: int | None = None
    last_on: date | None = None
    alert: str = ""

    def sentence(self) -> str:
        """`Sent 6, accepted 4, no reply 1; an answer takes 5 days. Received 3.`"""
        if not self.given and not self.received:
            return "No referrals with them yet."
        parts = [f"Sent {self.given}", f"accepted {self.accepted}"]
        parts += [f"no reply {self.no_reply}"] if self.no_reply else []
        takes = f"takes {self.reply_days} day{'' if self.reply_days == 1 else 's'}" if self.reply_days else "comes the same day"
        pace = f"; an answer {takes}" if self.reply_days is not None else ""
        one_way = f" ⚠ {self.alert[:1].upper()}{self.alert[1:]}." if self.alert else ""
        return f"{', '.join(parts)}{pace}. Received {self.received}.{one_way}"


def records(session: Any, lot: UUID | None) -> dict[UUID, PartnerRecord]:
    """The record of each partner with any referrals in a lot, or in every lot."""
    alerts = {each.partner_id: each for each in queries.one_way_alerts(session, lot=lot)}
    return {partner: _record(row, alerts.get(partner)) for partner, row in queries.dealings(session, lot=lot).items()}


def record_of(session: Any, partner: UUID) -> PartnerRecord:
    """The record of one partner over every lot."""
    found, alert = queries.dealings(session, partner=partner).get(partner), queries.alert_of(session, partner)
    return _record(found, alert) if found is not None else PartnerRecord()


def _record(row: queries.DealingsRow, alert: queries.Standing | None) -> PartnerRecord:
    return PartnerRecord(row.given, row.accepted, row.declined, row.helped, row.no_reply, row.received, row.reply_days, row.last_on,
                         alert.run.says() if alert is not None and not alert.answer else "")
