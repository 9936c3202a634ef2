"""Three figures for a month: what the desk holds, what was sent, what was paid; and every difference between them with its cause.

By month of the claim and milestone, in items and in pence. On the desk stands what was earned in the month, as it is known now, less what
the commissioner rejected and nobody claims again. An item is a claimable that is worth something: a line that first takes it counts one, a
line that gives it all back counts minus one, a line that only alters its amount counts nothing.
So: desk + differences = sent, and sent + differences = paid, to the penny and to the item.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coachdesk.claim.rules.answers import PAID, QUERIED, REJECTED, Standing
from coachdesk.claim.rules.contract import TOP_UP
from coachdesk.claim.rules.words import pounds
from coachdesk.clock import month_words

LATE, NOT_SENT, CORRECTED, CLAIMED_AGAIN, FLOOR, NOT_PAYABLE = (
    "late", "not sent yet", "corrected after sending", "claimed again", "floor top-up", "not payable")
NOT_ANSWERED, ANOTHER_AMOUNT, NOT_BY_LINE = "not yet answered", "paid another amount", "not told by line"
CAUSES = (LATE, NOT_SENT, CORRECTED, CLAIMED_AGAIN, NOT_PAYABLE, FLOOR, REJECTED, QUERIED, NOT_ANSWERED, ANOTHER_AMOUNT, NOT_BY_LINE)


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A claimable as the desk holds it now: what it may still come to, and what of it a rule does not pay, with the reason."""

    claimable: str
    milestone: str
    title: str
    person: str
    earned_month: int
    pence: int
    cut_pence: int = 0
    why_cut: str = ""

    @property
    def count(self) -> int:
        """One, where it is worth something."""
        return 1 if self.pence + self.cut_pence > 0 else 0


@dataclass(frozen=True, slots=True)
class OnClaim:
    """A line that went out. `month`: of its claim; `is_paid`: the claim was marked as paid."""

    claimable: str
    milestone: str
    title: str
    person: str
    month: int
    earned_month: int
    pence: int
    value_pence: int
    taken_pence: int
    reason: str
    stands: Standing
    is_paid: bool
    number: int = 0

    @property
    def count(self) -> int:
        """+1 where it first takes, −1 where it gives all back."""
        return (1 if self.value_pence > 0 else 0) - (1 if self.taken_pence > 0 else 0)

    @property
    def paid_pence(self) -> int:
        """What was paid for it, as far as is known."""
        if self.stands.answer == PAID and self.stands.said is not None:
            return self.pence if self.stands.said.amount_pence is None else self.stands.said.amount_pence
        return self.pence if self.is_paid and self.stands.answer not in (QUERIED, REJECTED) else 0

    @property
    def paid_count(self) -> int:
        """Its count, where anything was paid for it."""
        return self.count if self.paid_pence else 0


@dataclass(frozen=True, slots=True)
class Gap:
    """One difference between two of the figures, from the left to the right one, with its cause and the line or claimable behind it."""

    between: str
    cause: str
    count: int
    pence: int
    words: str
    claimable: str = ""
    person: str = ""
    month: int = 0
    number: int = 0


DESK_SENT, SENT_PAID = "desk and sent", "sent and paid"


@dataclass(slots=True)
class Cell:
    """One milestone of one month: three counts, three amounts in pence, and the differences."""

    milestone: str
    title: str
    desk_count: int = 0
    desk_pence: int = 0
    sent_count: int = 0
    sent_pence: int = 0
    paid_count: int = 0
    paid_pence: int = 0
    gaps: list[Gap] = field(default_factory=list)


def agree(month: int, desk: Iterable[OnDesk], lines: Iterable[OnClaim], is_sent: bool, paid_pence: int | None = None) -> list[Cell]:
    """The cells of a lot's month. `desk` and `lines`: all of the lot; `paid_pence`: what was paid for the month's claim, where told."""
    cells: dict[str, Cell] = {}
    here: dict[str, OnClaim] = {}
    elsewhere: dict[str, list[OnClaim]] = {}
    for line in lines:
        if line.month == month:
            here[line.claimable] = line
        else:
            elsewhere.setdefault(line.claimable, []).append(line)
    held = {each.claimable: each for each in desk}
    mine = {claimable: each for claimable, each in held.items() if each.earned_month == month}
    for claimable in [*mine, *(each for each in here if each not in mine)]:
        item, own = mine.get(claimable), here.get(claimable)
        known = item or own
        assert known is not None
        cell = cells.setdefault(known.milestone, Cell(known.milestone, known.title))
        _desk_and_sent(cell, month, item, own, elsewhere.get(claimable, []), is_sent)
        if own is not None:
            _sent_and_paid(cell, own)
    rest = 0 if paid_pence is None else paid_pence - sum(line.paid_pence for line in here.values())
    if rest:
        last = cells.setdefault(NOT_BY_LINE, Cell(NOT_BY_LINE, "Not told by line"))
        last.paid_pence += rest
        last.gaps.append(Gap(SENT_PAID, NOT_BY_LINE, 0, rest, "the amount paid differs, and no line was named", month=month))
    return list(cells.values())


def total(cells: Iterable[Cell]) -> Cell:
    """All milestones together."""
    made = Cell("", "All")
    for cell in cells:
        made.desk_count += cell.desk_count
        made.desk_pence += cell.desk_pence
        made.sent_count += cell.sent_count
        made.sent_pence += cell.sent_pence
        made.paid_count += cell.paid_count
        made.paid_pence += cell.paid_pence
        made.gaps += cell.gaps
    return made


def by_cause(gaps: Iterable[Gap]) -> Mapping[tuple[str, str], tuple[int, int, int]]:
    """(between, cause) → differences, items, pence; in the order of CAUSES."""
    found: dict[tuple[str, str], tuple[int, int, int]] = {}
    for gap in sorted(gaps, key=lambda each: (each.between, CAUSES.index(each.cause))):
        many, count, pence = found.get((gap.between, gap.cause), (0, 0, 0))
        found[gap.between, gap.cause] = (many + 1, count + gap.count, pence + gap.pence)
    return found


def _desk_and_sent(cell: Cell, month: int, item: OnDesk | None, line: OnClaim | None, others: list[OnClaim], is_sent: bool) -> None:
    """Both figures of one claimable, what a rule does not pay of it, and why the rest differs."""
    if item is not None:
        cell.desk_count += item.count
        cell.desk_pence += item.pence + item.cut_pence
        if item.cut_pence:
            whole = 0 if item.pence else -1
            cell.gaps.append(Gap(DESK_SENT, NOT_PAYABLE, whole, -item.cut_pence, item.why_cut, item.claimable, item.person, month))
    if line is not None:
        cell.sent_count += line.count
        cell.sent_pence += line.pence
    count = (line.count if line else 0) - (1 if item is not None and item.pence > 0 else 0)
    pence = (line.pence if line else 0) - (item.pence if item else 0)
    if not count and not pence:
        return
    cause, words = _why(month, item, line, others, is_sent)
    known = line or item
    assert known is not None
    cell.gaps.append(Gap(DESK_SENT, cause, count, pence, words, known.claimable, known.person, month, line.number if line else 0))


def _why(month: int, item: OnDesk | None, line: OnClaim | None, others: list[OnClaim], is_sent: bool) -> tuple[str, str]:
    """The cause of a difference between desk and sent, in words."""
    if line is None:
        elsewhere = [each for each in others if each.stands.is_taken and each.pence > 0]
        if elsewhere:
            return LATE, f"sent in the claim of {month_words(elsewhere[-1].month)}"
        if any(not each.stands.is_taken for each in others):
            return CLAIMED_AGAIN, "rejected before, and to be claimed again"
        return NOT_SENT, "comes late into the next claim" if is_sent else f"the claim of {month_words(month)} is not sent"
    if line.milestone == TOP_UP:
        return FLOOR, "added because the floor was larger than the own claim"
    if not line.stands.is_taken and (item is None or not item.pence):
        return REJECTED, "rejected, so it left the desk's count"
    if line.reason.startswith("claimed again"):
        return CLAIMED_AGAIN, f"work of {month_words(line.earned_month)}, rejected before"
    if line.earned_month != month and line.pence > 0 and not line.taken_pence:
        return LATE, f"late work of {month_words(line.earned_month)}"
    if line.pence < 0 or line.taken_pence:
        return CORRECTED, line.reason or f"work of {month_words(line.earned_month)}"
    back = [each for each in others if each.pence < 0]
    return CORRECTED, f"given back in the claim of {month_words(back[-1].month)}" if back else "the next claim gives it back"


def _sent_and_paid(cell: Cell, line: OnClaim) -> None:
    cell.paid_count += line.paid_count
    cell.paid_pence += line.paid_pence
    count, pence = line.paid_count - line.count, line.paid_pence - line.pence
    if not count and not pence:
        return
    answer = line.stands.answer
    cause, words = {
        PAID: (ANOTHER_AMOUNT, f"{pounds(line.paid_pence)} was paid for {pounds(line.pence)}"),
        QUERIED: (QUERIED, "queried by the commissioner"),
        REJECTED: (REJECTED, "rejected by the commissioner" + (", and claimed again" if line.stands.again_at else "")),
    }.get(answer, (NOT_ANSWERED, "no answer has come"))
    cell.gaps.append(Gap(SENT_PAID, cause, count, pence, words, line.claimable, line.person, line.month, line.number))
