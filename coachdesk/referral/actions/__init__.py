"""What may be done in the referral room: make, send, receive, and write down what the other side said. Steps are appended only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coachdesk.participant.record import Participant
from coachdesk.referral import queries
from coachdesk.referral.actions.filing import file_sheet
from coachdesk.referral.actions.making import draft_referral, receive_referral, register_person, send, send_referral
from coachdesk.referral.actions.moves import accept, come_home, complete, decline, hand_back, park, ready, reopen, seen, withdraw
from coachdesk.referral.actions.one_way import answer, answer_one_way
from coachdesk.referral.actions.replies import by_code, reply
from coachdesk.referral.actions.visits import book_visit, call_off_visit, move_visit
from coachdesk.store.doors import Door

_VERBS: dict[str, Callable[..., Any]] = {
    "seen": seen, "accept": accept, "decline": decline, "park": park, "ready to return": ready,
    "come home": come_home, "hand back": hand_back, "complete": complete,
    "withdraw": withdraw, "reopen": reopen, "register": register_person}
DOORS = (
    Door("", "referrals, both ways", queries.referrals, send_referral, {"send": send, **_VERBS},
         names=("participant", "reference", "reply_code"), person={"reference": Participant.reference}),
    Door("draft", "referrals that are written and not sent", queries.drafts, draft_referral, {"send": send, "withdraw": withdraw},
         names=("participant", "reference")),
    Door("in", "referrals that came in", queries.received, receive_referral, _VERBS, names=("participant", "reference")),
    Door("reply", "what partners answered, by the code on the sheet", queries.replies, reply, names=("code",)),
    Door("step", "moves of referrals, as they were said", queries.steps, names=("status",)),
    Door("reciprocity", "what went both ways with each partner in twelve months, and whether it goes one way", queries.reciprocity_rows,
         verbs={"answer": answer}, names=("partner",)),
    Door("month", "what went both ways, by partner and month", queries.months, names=("partner",)),
    Door("one_way", "what will be done where traffic goes one way", queries.one_way_answers, answer_one_way, names=("partner",)),
    Door("in_house", "what was kept in-house, why, and which outside options were shown", queries.in_house, names=("partner",)),
    Door("visit", "appointments at the partner to whom somebody was sent", queries.visits, book_visit,
         {"move": move_visit, "call off": call_off_visit}, names=("participant", "reference", "reply_code")),
    Door("filed", "sheets that went out, as they were", queries.filed, names=("reference",)),
    Door("traffic", "given and received by partner", queries.traffic, names=("partner",)),
)

__all__ = [
    "DOORS",
    "accept",
    "answer_one_way",
    "book_visit",
    "by_code",
    "call_off_visit",
    "come_home",
    "complete",
    "decline",
    "draft_referral",
    "file_sheet",
    "hand_back",
    "move_visit",
    "park",
    "ready",
    "receive_referral",
    "register_person",
    "reopen",
    "reply",
    "seen",
    "send",
    "send_referral",
    "withdraw",
]
