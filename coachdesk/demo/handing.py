"""Coaches of the sample programme who left: each caseload goes to a colleague once there is one; that of the last to leave still has to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from coachdesk.casework import handover
from coachdesk.casework.standing import standing
from coachdesk.programme.queries import MemberRow

COACH = "coach"


class HandOver:
    """A deed: whatever is open under somebody's name goes to a colleague; nothing happens where nothing is open."""

    def __init__(self, member: UUID, to: UUID) -> None:
        self.member, self.to = member, to

    def __call__(self, session: Any) -> None:
        if standing(session, members=[self.member]):
            handover.hand_over(session, self.member, to=self.to, reason="left the programme")


def plan(at: Callable[[date, str, str, Any], None], members: Sequence[MemberRow], until: date) -> None:
    """Puts a handover on the first day after each coach's last one on which the lot has another coach; none for who left last."""
    gone = sorted((each for each in members if each.role == COACH and each.to_day is not None and each.to_day < until),
                  key=lambda each: (each.to_day or until, each.name))
    for number, each in enumerate(gone[:-1]):
        after = (each.to_day or until) + timedelta(days=1)
        later = [one for one in members if one.role == COACH and set(one.lots) & set(each.lots) and (one.to_day or date.max) > after]
        on = max(after, min((one.from_day for one in later), default=until))
        there = [one for one in later if one.from_day <= on <= (one.to_day or date.max)]
        if there and on < until:
            taker = there[number % len(there)]
            at(on, next(lot for lot in each.lots if lot in taker.lots), "Hand over a caseload", HandOver(each.id, taker.id))
