"""How the sample's months are closed: the coaches' words, a decision of the lead, and what the commissioner answered beside paying."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from coachdesk.activity import actions as activity
from coachdesk.claim import actions, queries
from coachdesk.clock import first_day, month_from_text, month_text, month_words

At = Callable[[date, str, str, Any], None]
_FIRST, _LAST = month_from_text("2020-03"), month_from_text("2020-06")
_REJECTED = ("Washwood Heath", month_from_text("2020-05"))
_SAYS = "Write down the commissioner's answer"
_QUERIED = ("Shard End", month_from_text("2020-06"))


def plan(at: At, lots: Mapping[str, UUID], coaches: Mapping[str, Sequence[UUID]], begins: date) -> None:
    """Puts the closing of the last months into the days. coaches: those who serve each lot by then."""
    first = next(iter(lots))
    at(begins, first, "Set the days to payment",
       _Lead(lambda session: actions.set_pay_term(session, days=30, clause="Schedule 3, 6.1 (sample)")))
    for name, lot in lots.items():
        for month in range(_FIRST, _LAST + 1):
            for place, coach in enumerate(coaches[name]):
                if (name, month) == _QUERIED and place == 0:
                    continue                                    # one word is wanting, and the lead goes ahead without it
                at(first_day(month + 1) + timedelta(days=1), name, f"Sign off {month_words(month)}", _Word(lot, month, coach))
    mine, june = lots[_QUERIED[0]], _QUERIED[1]
    at(first_day(june + 1) + timedelta(days=1), _QUERIED[0], "Decide how a month is closed", _Lead(
        lambda session: actions.choose(session, lot=mine, month=june, choice="going ahead",
                                       reason="Rang twice; what is still on paper comes late into the next claim")))
    at(date(2020, 7, 10), _QUERIED[0], _SAYS, _Answer(mine, june, "queried", "Which venue was the first help at?"))
    lot, month = lots[_REJECTED[0]], _REJECTED[1]
    at(date(2020, 6, 18), _REJECTED[0], _SAYS, _Answer(lot, month, "rejected", "No signed record of the first help"))
    at(date(2020, 6, 25), _REJECTED[0], "Claim a rejected line again",
       _Answer(lot, month, "again", "The signed record was found and scanned"))


def rejected_pence(session: Any, claim: UUID) -> int:
    """What of a claim was rejected before it was paid."""
    stands = queries.standings(session, [claim])
    return sum(line.amount_pence for line in queries.lines(session, claim=claim) if line.id in stands and not stands[line.id].is_taken)


class _Lead:
    """Something that a lead does."""

    role = "lead"

    def __init__(self, deed: Callable[[Any], Any]) -> None:
        self.deed = deed

    def __call__(self, session: Any) -> None:
        self.deed(session)


class _Word:
    """A coach's own sign-off."""

    role = "coach"

    def __init__(self, lot: UUID, month: int, by: UUID) -> None:
        self.lot, self.month, self.by = lot, month, by

    def __call__(self, session: Any) -> None:
        activity.sign_off(session, lot=self.lot, month=self.month)


class _Answer:
    """An answer about the first line of a claim that is somebody's; none where the claim has no such line."""

    role = "lead"

    def __init__(self, lot: UUID, month: int, answer: str, reason: str) -> None:
        self.lot, self.month, self.answer, self.reason = lot, month, answer, reason

    def __call__(self, session: Any) -> None:
        claim = next((row for row in queries.claims(session, lot=self.lot) if row.month == month_text(self.month)), None)
        if claim is None or not claim.lines:
            return
        if self.answer == "queried":
            actions.query(session, claim.id, line=1, reason=self.reason)
        elif self.answer == "rejected":
            actions.reject(session, claim.id, line=1, reason=self.reason)
        else:
            actions.claim_again(session, claim.id, line=1, reason=self.reason)
