"""The life of a referral: which move may follow which, folded from the steps that were written down.

What comes in has the same life as what goes out; silence is "no reply", never "declined". A person who is parked is not given up: they
are with the partner until a condition holds ("money plan agreed") or a day comes to look again. Once it holds they are ready to return, and
come home with it. To be handed back after acceptance is no failure. What ended can be opened again with a note. Consent to talk to
partners gates sending.
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
DRAFT, SENT, SEEN, ACCEPTED, DECLINED = "draft", "sent", "seen", "accepted", "declined"
PARKED, READY, HANDED_BACK, COMPLETED = "parked", "ready to return", "handed back", "completed"
WITHDRAWN, REOPENED = "withdrawn", "reopened"
STATES = (DRAFT, SENT, SEEN, ACCEPTED, DECLINED, PARKED, READY, HANDED_BACK, COMPLETED, WITHDRAWN, REOPENED)
CLIENT, PROVIDER, NOT_ELIGIBLE = "client", "provider", "not eligible"
SAID_BY = (CLIENT, PROVIDER, NOT_ELIGIBLE)
GIVEN, REFUSED = "given", "refused"
HOME_DAYS = 7               # from coming home to the next contact, unless said otherwise
KEPT_STEP = "Say why it is the best place for them; the share kept in-house is reported."
TELEPHONE, PAPER, EMAIL, IN_PERSON = "telephone", "paper", "e-mail", "in person"
TOLD_BY = (TELEPHONE, PAPER, EMAIL, IN_PERSON)

# "" is before the first step.
_ASKED = (SEEN, ACCEPTED, DECLINED, PARKED, WITHDRAWN)
MOVES: dict[str, tuple[str, ...]] = {
    "": (DRAFT, SENT),
    DRAFT: (SENT, WITHDRAWN),
    SENT: _ASKED,
    REOPENED: _ASKED,
    SEEN: (ACCEPTED, DECLINED, PARKED, WITHDRAWN),
    ACCEPTED: (COMPLETED, PARKED, READY, HANDED_BACK, WITHDRAWN),
    PARKED: (ACCEPTED, READY, COMPLETED, HANDED_BACK, DECLINED, WITHDRAWN),
    READY: (COMPLETED, PARKED, HANDED_BACK, WITHDRAWN),
    HANDED_BACK: (REOPENED,),
    DECLINED: (REOPENED,),
    COMPLETED: (REOPENED,),
    WITHDRAWN: (REOPENED,),
}
WAITING = (SENT, SEEN, REOPENED)        # an answer is awaited
ENDS = tuple(state for state, next_ones in MOVES.items() if next_ones == (REOPENED,))
OPEN = tuple(state for state in STATES if state not in ENDS)
_ENDED_STEP = "Open it again with a note if it goes on, or make a new referral. Nothing was changed."
_ANSWERS = (ACCEPTED, DECLINED, PARKED)
_OPPOSITE = {ACCEPTED: DECLINED, DECLINED: ACCEPTED}


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
    condition: str | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """Where a referral stands. asked_on: the day it was sent, or opened again, last; replied_on: the day of the answer to that, or None.

    was_accepted: at any time of its life. sent_on: the day it was first sent. condition: what a parked person waits for, or with what
    one who is ready comes back; review_on: the day to look again. illegal: moves that could not count, each with a sentence.
    dispute: the answer that contradicts the one which stands, written by somebody who did not know of it; somebody has to decide.
    """

    state: str
    since: date | None
    replied_on: date | None
    said_by: str | None
    was_helped: bool | None
    reason: str | None
    illegal: tuple[tuple[Move, str], ...]
    asked_on: date | None = None
    was_accepted: bool = False
    condition: str | None = None
    review_on: date | None = None
    sent_on: date | None = None
    dispute: Move | None = None


def fold(moves: Iterable[Move]) -> Folded:
    """The state after all moves, in the order in which they were written; those that may not follow are listed, never dropped."""
    state, last, asked, replied, accepted = "", None, None, None, False
    sent: date | None = None
    illegal: list[tuple[Move, str]] = []
    dispute: Move | None = None
    for move in sorted(moves, key=lambda each: (each.moved_at, each.key)):
        is_decision = dispute is not None and move.status in _OPPOSITE
        if move.status not in MOVES.get(state, ()) and not is_decision:
            if _OPPOSITE.get(state) == move.status:
                dispute = move
            illegal.append((move, f"“{move.status}” on {day_text(move.on)} could not follow “{state or 'nothing'}”"))
            continue
        state, last, dispute = move.status, move, None
        if state in (SENT, REOPENED):
            asked, replied = move.on, None
            sent = sent or move.on
        if state in _ANSWERS and replied is None:
            replied = move.on
        accepted = accepted or state == ACCEPTED
    if last is None:
        return Folded("", None, None, None, None, None, tuple(illegal))
    parked = state == PARKED
    return Folded(state, last.on, replied, last.said_by, last.was_helped, last.reason, tuple(illegal), asked, accepted,
                  last.condition if parked or state == READY else None, last.review_on if parked else None, sent, dispute)


def may_move(state: str, wanted: str, *, is_disputed: bool = False) -> bool:
    """Whether a referral in that state can make that move; a disputed one can also be accepted or declined, which decides."""
    return wanted in MOVES.get(state, ()) or (is_disputed and wanted in _OPPOSITE)


def check_move(state: str, wanted: str, *, is_disputed: bool = False) -> None:
    """Refusal, saying what is possible, when a referral in that state cannot make that move. is_disputed: two answers contradict."""
    possible = MOVES.get(state, ())
    if may_move(state, wanted, is_disputed=is_disputed):
        return
    here, there = _named(state), _named(wanted)
    when = "again" if wanted in (state, DRAFT, SENT) and state else "yet" if _is_ahead(state, wanted) else "any more"
    if state in ENDS:
        raise Refusal(f"This referral is {here}, which is its end; it cannot be {there} {when}.", _ENDED_STEP)
    if wanted == REOPENED:
        raise Refusal(f"This referral is {here}: it is open, so it cannot be opened again.", "Nothing was changed.")
    raise Refusal(f"This referral is {here}, so it cannot be {there} {when}.", f"It can be {listed(possible)}. Nothing was changed.")


def _named(state: str) -> str:
    return "a draft" if state == DRAFT else state or "new"


def _is_ahead(state: str, wanted: str) -> bool:
    """Whether a move may still come as a referral goes on, without being parked or opened again on the way."""
    known, waiting = {PARKED, REOPENED}, [state]
    while waiting:
        after = MOVES.get(waiting.pop(), ())
        if wanted in after:
            return True
        waiting += [each for each in after if each not in known]
        known.update(after)
    return False


def listed(words: tuple[str, ...]) -> str:
    """`one, two or three`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def check_parking(condition: str | None, review_on: date | None, on: date) -> str | None:
    """The condition, cleaned, until which somebody is parked. Refusal without a condition or a day to look again, or for a day gone by."""
    clean = line_of(condition, "The condition")
    if clean is None and review_on is None:
        raise Refusal("Nobody is parked without an end: neither a condition nor a day to look again was said.",
                      "Say what must hold first, such as “money plan agreed”, or when to look again. Nothing was changed.")
    if review_on is not None and review_on <= on:
        raise Refusal(f"{day_text(review_on)} is not after {day_text(on)}, so it cannot be the day to look again.",
                      "Say a later day. Nothing was changed.")
    return clean


def met_of(said: str | None, condition: str | None) -> str:
    """What holds now, so that the person may come back: as it was agreed, unless other words are said. Refusal without either."""
    clean = line_of(said, "What holds now") or condition
    if clean is None:
        raise Refusal("It must be known what holds now: no condition was agreed for this person.",
                      "Say what was reached, such as “money plan agreed”. Nothing was changed.")
    return clean


def home_words(met: str) -> str:
    """How the end of such a referral reads."""
    return f"came home: {met}"


def home_contact(partner: str, met: str) -> str:
    """What to do next about somebody who came home."""
    return f"Back from {partner}: {met}. Plan the next step together."


def check_home(direction: str, state: str) -> None:
    """Refusal unless the person is one of ours who is with a partner: taken on, parked or ready to return."""
    if direction != OUT:
        raise Refusal("This person came to us from a partner, so they cannot come home to us.",
                      "Complete the referral instead. Nothing was changed.")
    if state in ENDS:
        raise Refusal(f"This referral is {state}, which is its end; nobody can come home from it any more.", _ENDED_STEP)
    if state not in (ACCEPTED, PARKED, READY):
        raise Refusal(f"This referral is {_named(state)}: the person is not with the partner yet, so they cannot come home.",
                      f"{'Send it, and record' if state in ('', DRAFT) else 'Record'} first that the partner took them on or parked them. "
                      "Nothing was changed.")


def told_by_of(text: str | None) -> str | None:
    """How the partner's word came, or None where it is our own. Refusal for anything else."""
    word = (text or "").strip().casefold()
    if not word:
        return None
    found = next((way for way in TOLD_BY if word in (way, way.replace("-", ""), {TELEPHONE: "phone", IN_PERSON: "spoken"}.get(way))), None)
    if found is None:
        raise Refusal(f"“{text}” is not a way in which an answer comes.", f"Choose {listed(TOLD_BY)}. Nothing was changed.")
    return found


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


def check_own_provision(is_own: bool, partner: str, reason: str | None, step: str = KEPT_STEP) -> str | None:
    """The reason for keeping somebody in-house, or None. Refusal (with that step) when it goes to the provider's own without a reason."""
    clean = line_of(reason, "The reason")
    if is_own and clean is None:
        raise Refusal(f"{partner} belongs to the provider itself, so this keeps the person in-house.", step)
    return clean if is_own else None


def reply_due(made_on: date, reply_days: int) -> date:
    """The day by which an answer is expected."""
    return made_on + timedelta(days=reply_days)


def days_waiting(state: str, asked_on: date, today: date) -> int | None:
    """How long an answer has been waited for; None when it came, or nothing was asked yet."""
    return max(0, (today - asked_on).days) if state in WAITING else None


def due_on(made_on: date, reply_due_on: date, folded: Folded) -> date:
    """The day by which an answer is expected: as many days after it was asked (again) as were given at first."""
    return (folded.asked_on or made_on) + (reply_due_on - made_on)


def state_text(direction: str, folded: Folded, reply_due_on: date, today: date) -> str:
    """The state in words: `sent`, `no reply` once overdue, `received` for what came in, `completed: helped`, `declined by the client`."""
    if folded.dispute is not None:
        return f"disputed: {folded.state} and {folded.dispute.status}"
    if folded.state in WAITING:
        if today > reply_due_on:
            return "no reply" if direction == OUT else "waits for our reply"
        return "received" if direction == IN and folded.state == SENT else folded.state
    if folded.state == DECLINED:
        return "declined: not eligible" if folded.said_by == NOT_ELIGIBLE else f"declined by the {folded.said_by or 'partner'}"
    if folded.state == COMPLETED and folded.was_helped is not None:
        return f"completed: {'helped' if folded.was_helped else 'not helped'}"
    if folded.state == READY:
        return f"ready to return: {folded.condition}" if folded.condition else READY
    if folded.state == PARKED:
        until = f" until {folded.condition}" if folded.condition else ""
        if folded.review_on is not None and folded.review_on <= today:
            return f"parked{until}: look again"
        return f"parked{until}" if until else f"parked to {day_text(folded.review_on)}" if folded.review_on else "parked"
    return folded.state
