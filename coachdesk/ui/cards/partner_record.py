"""How the traffic with one partner has gone, in figures and one line: so that a coach knows what to expect before sending somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from uuid import UUID

from coachdesk.referral import rules
from coachdesk.referral.queries import ReferralRow


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


def records(rows: Iterable[ReferralRow]) -> dict[UUID, PartnerRecord]:
    """The record of each partner that these referrals name."""
    by_partner: dict[UUID, list[ReferralRow]] = {}
    for row in rows:
        by_partner.setdefault(row.partner_id, []).append(row)
    return {partner: _record(theirs) for partner, theirs in by_partner.items()}


def _record(rows: list[ReferralRow]) -> PartnerRecord:
    given = [row for row in rows if row.direction == rules.OUT]
    took = [(row.replied_on - row.made_on).days for row in given if row.replied_on is not None]
    return PartnerRecord(
        given=len(given),
        accepted=sum(row.replied_on is not None and row.state != rules.DECLINED for row in given),
        declined=sum(row.state == rules.DECLINED for row in given),
        helped=sum(row.was_helped is True for row in given),
        no_reply=sum(row.is_overdue for row in given),
        received=len(rows) - len(given),
        reply_days=round(median(took)) if took else None,
        last_on=max(row.made_on for row in rows),
    )
