"""The floor: the larger of a month's own claim and the average claim of a base window (SYNC.md 8.7, DOMAIN.md section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coachdesk.claim.rules.claimables import claimable_id
from coachdesk.claim.rules.contract import (
    DOWN,
    HALF_EVEN,
    HALF_UP,
    MONTHS_IN_WINDOW,
    MONTHS_WITH_A_CLAIM,
    TOP_UP,
    Floor,
)
from coachdesk.claim.rules.shapes import FloorWorking, SentClaim
from coachdesk.claim.rules.words import less, pounds
from coachdesk.clock import month_text, month_words
from coachdesk.errors import Refusal


def divide(total_pence: int, by: int, rounding: str = HALF_UP) -> int:
    """total ÷ by to whole pence, `by` > 0. "half up": an exact half penny goes up; "half even"; "down". Refusal for another word."""
    whole, rest = divmod(total_pence, by)
    if rounding == DOWN:
        return whole
    if rounding == HALF_UP:
        return whole + (2 * rest >= by)
    if rounding == HALF_EVEN:
        return whole + (2 * rest > by or (2 * rest == by and whole % 2 == 1))
    raise Refusal(f"The floor rule asks for the rounding “{rounding}”, which is not known.", "Correct the terms of the contract.")


def top_up_claimable(lot: str, month: int) -> str:
    """The claimable of a lot's floor top-up in a month."""
    return claimable_id(TOP_UP, f"{lot}/{month_text(month)}")


@dataclass(frozen=True, slots=True)
class _Base:
    """What the average is taken of: a sum, the number of months with a claim (None: not known), and where both come from."""

    total: int
    months: int | None
    source: str
    known: bool


def work_floor(floor: Floor, lot: str, lot_name: str, month: int, actual_pence: int, sent_claims: Iterable[SentClaim]) -> FloorWorking:
    """Both figures, which won, and the top-up, for the draft of `month` whose own lines sum to `actual_pence`.

    Base: the payable totals of the lot's sent claims of the base months; if none was sent from here, the lot's base total of the
    terms. Where the divisor is 0 or no base is known the floor is 0, no top-up is paid, and `arithmetic` says why.
    What a claim of this same lot and month has already been sent for is set against the top-up, so it cannot be paid twice.
    """
    sent = [claim for claim in sent_claims if claim.lot == lot]
    base = _base(floor, lot_name, sent)
    divide_by = _divide_by(floor, base)
    workable = base.known and divide_by > 0
    floor_pence = divide(base.total, divide_by, floor.rounding) if workable else 0
    already = sum(claim.payable_pence for claim in sent if claim.month == month)
    own = actual_pence + already
    top_up = max(0, floor_pence - own) if workable else 0
    arithmetic = _arithmetic(floor, base, divide_by, floor_pence, actual_pence, already, top_up, workable,
                             base_notes(floor, lot_name, sent))
    return FloorWorking(base_from=floor.base_from, base_to=floor.base_to, divisor=floor.divisor, base_total_pence=base.total,
                        divide_by=divide_by, floor_pence=floor_pence, actual_pence=actual_pence, top_up_pence=top_up,
                        won="floor" if top_up > 0 else "actual", clause=floor.clause, version=floor.version, arithmetic=arithmetic,
                        claimable=top_up_claimable(lot, month))


def base_notes(floor: Floor, lot_name: str, sent: Sequence[SentClaim]) -> tuple[str, ...]:
    """What somebody who reads the average should know of its base: months of it that never went out, and what of it was rejected.

    `sent`: the lot's sent claims. The base is the payable totals as they were sent, whatever became of them.
    """
    based = _based(floor, sent)
    if not based:
        return ()
    notes = []
    missing = [month for month in range(floor.base_from, floor.base_to + 1) if month not in {claim.month for claim in based}]
    if missing:
        total = floor.base_totals.get(lot_name)
        notes.append(f"no claim of {_named(missing)} was sent from here, so nothing of it is in the base" + (
            f"; the terms' base total of {pounds(total)} stands in only until the first claim of a base month is sent" if total else ""))
    rejected, again = sum(claim.rejected_pence for claim in based), sum(claim.again_pence for claim in based)
    if rejected:
        notes.append(f"the base is what was sent: {pounds(rejected)} of it was rejected" + (
            f", and {pounds(min(rejected, again))} of that was claimed again and is in it a second time" if again else ""))
    return tuple(notes)


def base_begins(floor: Floor, lot_name: str, month: int, payable_pence: int, sent: Sequence[SentClaim]) -> str | None:
    """What the lead should know before the first claim of a base month goes out, because the floor stands on it from then on."""
    total = floor.base_totals.get(lot_name)
    if not floor.base_from <= month <= floor.base_to or _based(floor, sent) or not total:
        return None
    before, after = range(floor.base_from, month), range(month + 1, floor.base_to + 1)
    of = f"{month_words(floor.from_month)} to {month_words(floor.to_month)}"
    words = (f"Once this is sent, the floor of {of} stands on the claims sent from here ({pounds(payable_pence)} with this one) and no "
             f"longer on the terms' base total of {pounds(total)}")
    if before:
        words += f"; {_named(before)} can then not be sent any more"
    if after:
        words += f"; send {_named(after)} too before the first claim with a floor"
    return f"{words} ({floor.clause})."


def _based(floor: Floor, sent: Iterable[SentClaim]) -> list[SentClaim]:
    return [claim for claim in sent if floor.base_from <= claim.month <= floor.base_to]


def _named(months: Iterable[int]) -> str:
    *first, last = [month_words(month) for month in months]
    return f"{', '.join(first)} and {last}" if first else last


def _base(floor: Floor, lot_name: str, sent: list[SentClaim]) -> _Base:
    based = _based(floor, sent)
    if based:
        months = sorted({claim.month for claim in based})
        return _Base(sum(claim.payable_pence for claim in based), len(months),
                     f"claims sent for {', '.join(month_words(month) for month in months)}", True)
    window = f"{month_words(floor.base_from)} to {month_words(floor.base_to)}"
    if lot_name in floor.base_totals:
        return _Base(floor.base_totals[lot_name], floor.base_months_with_claim.get(lot_name),
                     f"base total of the terms, since no claim of {window} was sent from here", True)
    return _Base(0, None, f"no claim of {window} was sent from here and the terms give no base total for {lot_name}", False)


def _divide_by(floor: Floor, base: _Base) -> int:
    if floor.divisor == MONTHS_IN_WINDOW:
        return max(0, floor.base_to - floor.base_from + 1)
    if floor.divisor == MONTHS_WITH_A_CLAIM:
        return base.months or 0
    raise Refusal(f"The floor rule asks for the divisor “{floor.divisor}”, which is not known.", "Correct the terms of the contract.")


def _arithmetic(floor: Floor, base: _Base, divide_by: int, floor_pence: int, actual: int, already: int, top_up: int, workable: bool,
                notes: Sequence[str]) -> str:
    """The whole working in one readable sentence: base, average, comparison, top-up."""
    if not base.known:
        return f"No floor: {base.source}. The month's own claim of {pounds(actual)} is paid."
    if not workable:
        return (f"No floor: the base is {pounds(base.total)} ({base.source}), but the number of base months with a claim is "
                f"{'not known' if base.months is None else '0'}. The month's own claim of {pounds(actual)} is paid.")
    average = (f"{pounds(base.total)} ({base.source}) ÷ {divide_by} {floor.divisor} = {pounds(floor_pence)}, "
               f"rounded {floor.rounding} to the penny")
    average += "".join(f" ({note})" for note in notes)
    own = f"own claim {pounds(actual)}" + (f" and {pounds(already)} already sent for this month" if already else "")
    if top_up:
        return f"{average}; {own}; the floor is larger: {less(floor_pence, actual + already)} = {pounds(top_up)} top-up"
    return f"{average}; {own}; the own claim is {'equal' if actual + already == floor_pence else 'larger'}: no top-up"
