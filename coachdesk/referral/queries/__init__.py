"""What the referral room tells: every referral with the state folded from its steps, what waits for a reply, the traffic by partner."""

from __future__ import annotations

from coachdesk.referral.queries.lists import (
    Book,
    ReferralRow,
    ReplyRow,
    StepRow,
    awaiting_reply,
    book,
    drafts,
    due,
    key_of,
    received,
    referral,
    referral_keys,
    referral_rows,
    referrals,
    replies,
    state_of,
    states,
    steps,
)
from coachdesk.referral.queries.traffic import DealingsRow, TrafficRow, dealings, traffic

__all__ = [
    "Book",
    "DealingsRow",
    "ReferralRow",
    "ReplyRow",
    "StepRow",
    "TrafficRow",
    "awaiting_reply",
    "book",
    "dealings",
    "drafts",
    "due",
    "key_of",
    "received",
    "referral",
    "referral_keys",
    "referral_rows",
    "referrals",
    "replies",
    "state_of",
    "states",
    "steps",
    "traffic",
]
