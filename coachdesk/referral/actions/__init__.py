"""What may be done in the referral room: make, send, receive, and write down what the other side said. Steps are appended only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coachdesk.referral import queries
from coachdesk.referral.actions.making import draft_referral, receive_referral, register_person, send, send_referral
from coachdesk.referral.actions.moves import accept, complete, decline, hand_back, park, reopen, seen, withdraw
from coachdesk.referral.actions.replies import by_code, reply
from coachdesk.store.doors import Door

_VERBS: dict[str, Callable[..., Any]] = {
    "seen": seen, "accept": accept, "decline": decline, "park": park, "hand back": hand_back, "complete": complete,
    "withdraw": withdraw, "reopen": reopen, "register": register_person}
DOORS = (
    Door("", "referrals, both ways", queries.referrals, send_referral, {"send": send, **_VERBS},
         names=("participant", "reference", "reply_code")),
    Door("draft", "referrals that are written and not sent", queries.drafts, draft_referral, {"send": send, "withdraw": withdraw},
         names=("participant", "reference")),
    Door("in", "referrals that came in", queries.received, receive_referral, _VERBS, names=("participant", "reference")),
    Door("reply", "what partners answered, by the code on the sheet", queries.replies, reply, names=("code",)),
    Door("step", "moves of referrals, as they were said", queries.steps, names=("status",)),
    Door("traffic", "given and received by partner", queries.traffic, names=("partner",)),
)

__all__ = [
    "DOORS",
    "accept",
    "by_code",
    "complete",
    "decline",
    "draft_referral",
    "hand_back",
    "park",
    "receive_referral",
    "register_person",
    "reopen",
    "reply",
    "seen",
    "send",
    "send_referral",
    "withdraw",
]
