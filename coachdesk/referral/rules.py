"""The life of a referral: which move may follow which, folded from the steps that were written down.

The table is thin today (issue 4 adds draft, seen, parked, handed back and reopened as rows of it). What comes in has the same life as
what goes out; silence is "no reply", never "declined". Consent to talk to partners gates sending.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.programme.rules import line_of

OUT, IN = "out", "in"
DIRECTIONS = (OUT, IN)
SENT, ACCEPTED, DECLINED, COMPLETED, WITHDRAWN = "sent", "accepted", "declined", "completed", "withdrawn"
STATES = (SENT, ACCEPTED, DECLINED, COMPLETED, WITHDRAWN)
CLIENT, PROVIDER, NOT_ELIGIBLE = "client", "provider", "not eligible"
SAID_BY = (CLIENT, PROVIDER, NOT_ELIGIBLE)
GIVEN, REFUSED = "given", "refused"

# "" is before the first step.
MOVES: dict[str, tuple[str, ...]] = {
    "": (SENT,),
    SENT: (ACCEPTED, DECLINED, WITHDRAWN),
    ACCEPTED: (COMPLETED, WITHDRAWN),
    DECLINED: (),
    COMPLETED: (),
    WITHDRAWN: (),
}
OPEN = tuple(state for state, next_ones in MOVES.items() if state and next_ones)


@dataclass(frozen=True, slots=True)
class Move:
    """One step as it was written down; key makes the order certain where two were written at one moment."""

    status: str
    on: date
    moved_at: datetime
    key: str
    said_by: str | None = None
    was_helped: bool | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """Where a referral stands. replied_on: the day of the answer, or None; illegal: moves that could not count, each with a sentence."""

    state: str
    since: date | None
    replied_on: date | None
    said_by: str | None
    was_helped: bool | None
    reason: str | None
    illegal: tuple[tuple[Move, str], ...]


def fold(moves: Iterable[Move]) -> Folded:
    """The state after all moves, in the order in which they were written; those that may not follow are listed, never dropped."""
    state, last, replied = "", None, None
    illegal: list[tuple[Move, str]] = []
    for move in sorted(moves, key=lambda each: (each.moved_at, each.key)):
        if move.status not in MOVES.get(state, ()):
            illegal.append((move, f"“{move.status}” on {day_text(move.on)} could not follow “{state or 'nothing'}”"))
            continue
        state, last = move.status, move
        if move.status in (ACCEPTED, DECLINED) and replied is None:
            replied = move.on
    if last is None:
        return Folded("", None, None, None, None, None, tuple(illegal))
    return Folded(state, last.on, replied, last.said_by, last.was_helped, last.reason, tuple(illegal))


def check_move(state: str, wanted: str) -> None:
    """Refusal, saying what is possible, when a referral in that state cannot make that move."""
    possible = MOVES.get(state, ())
    if wanted in possible:
        return
    if not possible:
        raise Refusal(f"This referral is {state}, which is its end; it cannot be {wanted} any more.", "Make a new referral if it goes on.")
    raise Refusal(f"This referral is {state}, so it cannot be {wanted} yet.", f"It can be {' or '.join(possible)}. Nothing was changed.")


def check_day(on: date, not_before: date, today: date, what: str) -> None:
    """Refusal for a day to come, or before what it answers. what: "an answer", "a referral"."""
    if on > today:
        raise Refusal(f"{day_text(on)} has not come yet, so {what} cannot be recorded for it.", "Correct the day; nothing was saved.")
    if on < not_before:
        raise Refusal(f"{what[:1].upper()}{what[1:]} on {day_text(on)} would come before {day_text(not_before)}, when this began.",
                      "Correct the day; nothing was saved.")


def check_consent(answer: str | None) -> None:
    """Refusal unless the person's latest word on talking to partners is "given"."""
    if answer == GIVEN:
        return
    step = "Ask, and record it as “given” under the person's consents (referral to partners); then send."
    if answer is None:
        raise Refusal("This person has not been asked whether we may talk to partners.", step)
    raise Refusal(f"This person's consent to talk to partners is {answer}, so nothing was sent.", f"{step} Their last word counts.")


def check_own_provision(is_own: bool, partner: str, reason: str | None) -> str | None:
    """The reason for keeping somebody in-house, or None. Refusal when it goes to the provider's own and no reason is given."""
    clean = line_of(reason, "The reason")
    if is_own and clean is None:
        raise Refusal(f"{partner} belongs to the provider itself, so this keeps the person in-house.",
                      "Say why it is the best place for them; the share kept in-house is reported.")
    return clean if is_own else None


def reply_due(made_on: date, reply_days: int) -> date:
    """The day by which an answer is expected."""
    return made_on + timedelta(days=reply_days)


def days_waiting(state: str, made_on: date, today: date) -> int | None:
    """How long an answer has been waited for; None when it came."""
    return max(0, (today - made_on).days) if state == SENT else None


def state_text(direction: str, folded: Folded, reply_due_on: date, today: date) -> str:
    """The state in words: `sent`, `no reply` once overdue, `received` for what came in, `completed: helped`, `declined by the client`."""
    if folded.state == SENT:
        if today > reply_due_on:
            return "no reply" if direction == OUT else "waits for our reply"
        return "sent" if direction == OUT else "received"
    if folded.state == DECLINED:
        return "declined: not eligible" if folded.said_by == NOT_ELIGIBLE else f"declined by the {folded.said_by or 'partner'}"
    if folded.state == COMPLETED and folded.was_helped is not None:
        return f"completed: {'helped' if folded.was_helped else 'not helped'}"
    return folded.state
