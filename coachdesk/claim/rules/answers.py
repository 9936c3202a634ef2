"""What the commissioner's answers do to the ledger. Plain: answers in, what is taken and what is held out.

A line that went out counts as *taken* until its newest answer says rejected; then it leaves the count at once. Its claimable is *held*:
no claim asks more for it than what still counts until the lead says that it is claimed again, and then one line does. Money to give back
is never held. Should a rejected line be paid after all, it is taken again, and a second one is given back by the next claim.
So for every claimable that is not held: sum of its lines that are not rejected = its value at the last sent cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coachdesk.clock import month_words

PAID, QUERIED, REJECTED, AGAIN = "paid", "queried", "rejected", "claimed again"
ANSWERS = (PAID, QUERIED, REJECTED)
NOT_ANSWERED = "not answered"
_CHASE_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, or the decision to claim again. `at` orders them; `amount_pence` is what was paid, where it was said."""

    answer: str
    on: date
    at: datetime
    amount_pence: int | None = None
    chase_on: date | None = None
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a line stands: `answer` of ANSWERS, or NOT_ANSWERED; `again_at`: rejected, and since then to be claimed again."""

    answer: str = NOT_ANSWERED
    said: Said | None = None
    again_at: datetime | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the line counts as taken."""
        return self.answer != REJECTED


@dataclass(frozen=True, slots=True)
class Refused:
    """A line whose newest answer is rejected: its claimable, the month of its claim, and how it stands."""

    claimable: str
    month: int
    stands: Standing


@dataclass(frozen=True, slots=True)
class Rejection:
    """A claimable of which a line was rejected, in the claim of `month`, and whether the lead claims it again."""

    month: int
    is_again: bool


def standing(said: Iterable[Said]) -> Standing:
    """How a line stands after everything that was said of it and of its whole claim; the newest answer counts."""
    newest: Said | None = None
    again: Said | None = None
    for each in sorted(said, key=lambda one: one.at):
        if each.answer == AGAIN:
            again = each
        else:
            newest, again = each, None
    if newest is None:
        return Standing()
    return Standing(newest.answer, newest, again.at if again is not None and newest.answer == REJECTED else None)


def rejections(lines: Iterable[Refused], drafted: Mapping[str, Sequence[datetime]]) -> dict[str, Rejection]:
    """Claimable → what its rejected lines mean for the next claim.

    `drafted`: claimable → when the sent claims that have a line for it were drafted. Once one of them was drafted after the decision to
    claim again, that decision is carried out, and the rejected line has no more to say.
    """
    found: dict[str, Rejection] = {}
    for line in sorted(lines, key=lambda each: each.month):
        again = line.stands.again_at
        if again is not None and any(again < one for one in drafted.get(line.claimable, ())):
            continue
        before = found.get(line.claimable)
        found[line.claimable] = Rejection(line.month, again is not None and (before is None or before.is_again))
    return found


def chase_day(on: date) -> date:
    """When to ask again about a query, unless somebody says otherwise."""
    return on + _CHASE_AFTER


def aim(value_pence: int, taken_pence: int, rejection: Rejection | None) -> int:
    """What the lines of a claimable are to come to after the next claim: its value; while it is held, no more than still counts.

    What was given back for a line that was then rejected is asked for again: taken goes up to nothing, not beyond.
    """
    if rejection is None or rejection.is_again:
        return value_pence
    return min(value_pence, max(taken_pence, 0))


def held_words(rejection: Rejection) -> str:
    """Why a rejected claimable is not in a claim."""
    return f"rejected by the commissioner in the claim of {month_words(rejection.month)}: it stays out until it is claimed again"


def undone_words(rejection: Rejection) -> str:
    """The reason of a line that takes back what was given back for a line that the commissioner never paid."""
    return f"adjustment: given back before, although it was rejected in the claim of {month_words(rejection.month)}"


def again_words(rejection: Rejection) -> str:
    """The reason of a line that claims again what was rejected."""
    return f"claimed again: rejected in the claim of {month_words(rejection.month)}"
