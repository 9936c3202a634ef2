"""Which steps of a referral are a real exchange with the partner, so that they set its upkeep clock back, and how they are called."""

from __future__ import annotations

from coachdesk.referral.rules.life import ACCEPTED, COMPLETED, DECLINED, HANDED_BACK, IN, PARKED, READY, SEEN, SENT

# A draft, a withdrawal and a reopening are ours alone: nobody spoke with anybody.
EXCHANGES = (SENT, SEEN, ACCEPTED, DECLINED, PARKED, READY, HANDED_BACK, COMPLETED)


def exchange_words(direction: str, status: str) -> str:
    """`referral sent`, `referral received`, `their answer to a referral: accepted`, `our answer to a referral: accepted`."""
    if status == SENT:
        return "referral received" if direction == IN else "referral sent"
    return f"{'our' if direction == IN else 'their'} answer to a referral: {status}"
