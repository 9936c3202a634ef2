"""The rules of an appointment at a partner."""

from __future__ import annotations

from datetime import date

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.partner.rules import time_of
from coachdesk.referral.rules.life import DRAFT, ENDS, OUT

_LONGEST = 24 * 60


def check_visit(direction: str, state: str) -> None:
    """Refusal unless somebody of ours was sent and the referral goes on."""
    if direction != OUT:
        raise Refusal("This person came to us from a partner: there is no appointment with the partner to write down.",
                      "Book an appointment with us instead. Nothing was changed.")
    if state == DRAFT or state in ENDS:
        raise Refusal(f"This referral is {'a draft' if state == DRAFT else state}, so no appointment belongs to it.",
                      "Send it first, or open it again. Nothing was changed.")


def check_visit_day(on: date, today: date) -> None:
    """Refusal for a day gone by."""
    if on < today:
        raise Refusal(f"{day_text(on)} has gone by, so nobody can be there.", "Say today or a later day. Nothing was changed.")


def visit_time(text: str) -> str:
    """`10:30`. Refusal where no time is said."""
    found = time_of(text)
    if found is None:
        raise Refusal("An appointment needs a time.", "Type it, such as 10:30. Nothing was changed.")
    return found


def minutes_of(minutes: int) -> int:
    """How long it is. Refusal for less than a minute, or more than a day."""
    if not 1 <= minutes <= _LONGEST:
        raise Refusal(f"{minutes:,} minutes is not how long an appointment takes.", "Say 1 to 1,440 minutes. Nothing was changed.")
    return minutes
