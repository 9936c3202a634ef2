"""Whether traffic with a partner goes both ways: given and received by month, a balance that small numbers do not swing, and an alert.

Finding S3 of the evaluation: some traffic became one-way toward the lead provider. A referral counts in the month in which it was first
sent; what became of it is told with it, whenever that was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from coachdesk.referral.rules.life import IN, OUT

LEAST_FOR_BALANCE = 5       # referrals both ways together; below it no balance is told
ONE_WAY_MONTHS = 3
TOWARDS_THEM, TOWARDS_US = "we only give", "we only receive"


@dataclass(frozen=True, slots=True)
class Traffic:
    """One referral as the ledger counts it. month: of sending; reply_days: until the first answer, None where none came yet."""

    month: int
    direction: str
    was_accepted: bool = False
    is_completed: bool = False
    was_helped: bool = False
    reply_days: int | None = None
    is_own_provision: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """One direction's figures. reply_days: the median of what was answered, None where nothing was."""

    count: int = 0
    accepted: int = 0
    completed: int = 0
    helped: int = 0
    reply_days: float | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """Figures over some months. balance: from -1 (we only give) over 0 to 1 (we only receive), None below the least count."""

    given: Tally = field(default_factory=Tally)
    received: Tally = field(default_factory=Tally)
    balance: float | None = None


def tally(rows: Iterable[Traffic]) -> Tally:
    """The figures of one direction."""
    every = list(rows)
    days = [row.reply_days for row in every if row.reply_days is not None]
    return Tally(len(every), sum(row.was_accepted for row in every), sum(row.is_completed for row in every),
                 sum(row.was_helped for row in every), float(median(days)) if days else None)


def balance_of(rows: Iterable[Traffic]) -> Balance:
    """Both directions and the balance between them."""
    every = list(rows)
    given, received = tally(row for row in every if row.direction == OUT), tally(row for row in every if row.direction == IN)
    total = given.count + received.count
    return Balance(given, received, (received.count - given.count) / total if total >= LEAST_FOR_BALANCE else None)


def by_month(rows: Iterable[Traffic]) -> dict[int, Balance]:
    """The figures of each month that had any, in order."""
    found: dict[int, list[Traffic]] = {}
    for row in rows:
        found.setdefault(row.month, []).append(row)
    return {month: balance_of(found[month]) for month in sorted(found)}


def one_way(rows: Iterable[Traffic], until: int) -> str:
    """The alert: the three months up to `until` each had traffic, all of it in the same direction. Empty where there is none."""
    ways: dict[int, set[str]] = {}
    for row in rows:
        ways.setdefault(row.month, set()).add(row.direction)
    last = [ways.get(month, set()) for month in range(until - ONE_WAY_MONTHS + 1, until + 1)]
    if all(each == {OUT} for each in last):
        return TOWARDS_THEM
    return TOWARDS_US if all(each == {IN} for each in last) else ""


def kept_in_house(rows: Iterable[Traffic]) -> tuple[int, int]:
    """(given to the provider's own, all given): the share kept in-house, of every partner together."""
    given = [row for row in rows if row.direction == OUT]
    return sum(row.is_own_provision for row in given), len(given)
