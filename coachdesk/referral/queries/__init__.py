"""What the referral room tells: every referral with the state folded from its steps, what waits for a reply, the traffic by partner."""

from __future__ import annotations

from coachdesk.referral.queries.connections import HolderRow, RelationshipRow, holders, relationships, resting
from coachdesk.referral.queries.contacts_made import RealContact, last_contacts, real_contacts
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
from coachdesk.referral.queries.upkeep import KeyPersonRow, TrustStep, UpkeepRow, key_people, trust_history, upkeep, upkeep_due

__all__ = [
    "Book",
    "DealingsRow",
    "HolderRow",
    "KeyPersonRow",
    "RealContact",
    "ReferralRow",
    "RelationshipRow",
    "ReplyRow",
    "StepRow",
    "TrafficRow",
    "TrustStep",
    "UpkeepRow",
    "awaiting_reply",
    "book",
    "dealings",
    "drafts",
    "due",
    "holders",
    "key_of",
    "key_people",
    "last_contacts",
    "real_contacts",
    "received",
    "referral",
    "referral_keys",
    "referral_rows",
    "referrals",
    "relationships",
    "replies",
    "resting",
    "state_of",
    "states",
    "steps",
    "traffic",
    "trust_history",
    "upkeep",
    "upkeep_due",
]
