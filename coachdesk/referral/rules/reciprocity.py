"""Whether traffic with a partner goes both ways: given and received by month, a balance that small numbers do not swing, and an alert.

Finding S3 of the evaluation: some traffic became one-way toward the lead provider. A referral counts in the month in which it was first
sent; what became of it is told with it, whenever that was. Three whole months in a row that went one way raise an alert; what will be
done about it is written down, and it comes back with the next month that goes the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from coachdesk.clock import month_words
from coachdesk.errors import Refusal
from coachdesk.programme.rules import needed_line
from coachdesk.referral.rules.life import IN, OUT

LEAST_FOR_BALANCE = 5       # referrals both ways together; below it no balance is told
LEAST_SHOWN = 5             # on a paper for partners a smaller number of referrals is not told
ONE_WAY_MONTHS = 3
TOWARDS_THEM, TOWARDS_US = "we only give", "we only receive"
TOO_FEW = "too few to tell"
_HIDDEN = "not told"
_EVEN = 0.2                 # so far from the middle traffic is called even
Counts = Mapping[int, tuple[int, int]]      # by month: given, received


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
    return Balance(given, received, balance_between(given.count, received.count))


def balance_between(given: int, received: int) -> float | None:
    """From -1 (we only give) over 0 to 1 (we only receive); None below the least count."""
    total = given + received
    return (received - given) / total if total >= LEAST_FOR_BALANCE else None


def balance_words(given: int, received: int) -> str:
    """The balance as people say it: `too few to tell`, `about even`, `we give more`, `we only receive`."""
    balance = balance_between(given, received)
    if balance is None:
        return TOO_FEW
    if abs(balance) == 1:
        return TOWARDS_THEM if balance < 0 else TOWARDS_US
    if abs(balance) <= _EVEN:
        return "about even"
    return "we give more" if balance < 0 else "we receive more"


def by_month(rows: Iterable[Traffic]) -> dict[int, Balance]:
    """The figures of each month that had any, in order."""
    found: dict[int, list[Traffic]] = {}
    for row in rows:
        found.setdefault(row.month, []).append(row)
    return {month: balance_of(found[month]) for month in sorted(found)}


def one_way(rows: Iterable[Traffic], until: int) -> str:
    """The alert: the three months up to `until` each had traffic, all of it in the same direction. Empty where there is none."""
    counts: dict[int, tuple[int, int]] = {}
    for row in rows:
        given, received = counts.get(row.month, (0, 0))
        counts[row.month] = (given + (row.direction == OUT), received + (row.direction == IN))
    run = run_until(counts, until)
    return run.way if run.months >= ONE_WAY_MONTHS else ""


@dataclass(frozen=True, slots=True)
class Run:
    """Months in a row that went one way. since and until: the first and the last of them; months is 0 where there are none."""

    way: str = ""
    months: int = 0
    since: int = 0
    until: int = 0
    referrals: int = 0

    def says(self) -> str:
        """`we only give: 4 months in a row, March 2020 to June 2020, 6 referrals`."""
        return (f"{self.way}: {self.months} months in a row, {month_words(self.since)} to {month_words(self.until)}, "
                f"{self.referrals} referral{'' if self.referrals == 1 else 's'}")


def run_until(counts: Counts, until: int) -> Run:
    """The months in a row up to `until` that had traffic all in the same direction."""
    way, month, referrals = _way(counts.get(until, (0, 0))), until, 0
    while way and _way(counts.get(month, (0, 0))) == way:
        referrals += sum(counts[month])
        month -= 1
    return Run(way, until - month, month + 1, until, referrals) if way else Run()


def alert(counts: Counts, this_month: int) -> Run | None:
    """What is to be said of a partner now: three whole months or more that went one way, and this month nothing came the other way yet."""
    run, now = run_until(counts, this_month - 1), _way(counts.get(this_month, (0, 0)))
    if run.months < ONE_WAY_MONTHS or (any(counts.get(this_month, (0, 0))) and now != run.way):
        return None
    return run


def is_answered(run: Run, way: str, until: int) -> bool:
    """Whether what was written (of traffic that went that way, known until that month) still answers it. Each further month asks anew."""
    return way == run.way and run.since <= until and run.until <= until


def raised_in(run: Run, answered_until: int | None) -> int:
    """The month at whose end it has to be looked at: the third in a row, or the first after what was written."""
    third = run.since + ONE_WAY_MONTHS - 1
    return third if answered_until is None or answered_until < third else answered_until + 1


def check_answer(run: Run | None, partner: str, what: str | None) -> str:
    """What will be done about it, cleaned. Refusal where nothing goes one way, or where nothing is said."""
    if run is None:
        raise Refusal(f"The traffic with {partner} does not go one way: there is nothing to answer.", "Nothing was changed.")
    return needed_line(what, "what will be done about it")


def _way(month: tuple[int, int]) -> str:
    given, received = month
    return TOWARDS_THEM if given and not received else TOWARDS_US if received and not given else ""


def shown(count: int) -> str:
    """A number on a paper that partners see: below five it is not told, for it would point at people."""
    return f"{count:,}" if count == 0 or count >= LEAST_SHOWN else f"under {LEAST_SHOWN}"


def shown_column(counts: Sequence[int]) -> list[str]:
    """Numbers of a column whose sum is told too: just one that is hidden would follow from the others, so the next goes with it."""
    hidden = {at for at, count in enumerate(counts) if 0 < count < LEAST_SHOWN}
    if len(hidden) == 1:
        others = sorted((count, at) for at, count in enumerate(counts) if count >= LEAST_SHOWN)
        hidden |= {at for _, at in others[:1]}
    return [_HIDDEN if at in hidden and count >= LEAST_SHOWN else shown(count) for at, count in enumerate(counts)]


def shown_parts(total: int, parts: Sequence[int]) -> list[str]:
    """A number and parts of it, each a part of the one before: neither a small part is told nor a large one that leaves a small rest."""
    told, before = [shown(total)], total
    for part in parts:
        rests = {before - part, total - part}
        if part >= LEAST_SHOWN and any(0 < rest < LEAST_SHOWN for rest in rests):
            told.append(f"{max(LEAST_SHOWN, total - LEAST_SHOWN + 1):,} or more" if total - part < LEAST_SHOWN else _HIDDEN)
        elif part == 0 and 0 < before < LEAST_SHOWN:
            told.append(shown(1))                       # "none of under five" says as much as a number
        else:
            told.append(shown(part))
        before = part
    return told


def kept_in_house(rows: Iterable[Traffic]) -> tuple[int, int]:
    """(given to the provider's own, all given): the share kept in-house, of every partner together."""
    given = [row for row in rows if row.direction == OUT]
    return sum(row.is_own_provision for row in given), len(given)
