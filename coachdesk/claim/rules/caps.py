"""What caps leave: the first by the day earned, then by id, is paid first, in whatever order things arrived.

`cut` decides what each claimable is worth under the caps; `held_back` keeps a claim from taking what another lot still holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coachdesk.claim.rules.contract import (
    PER_CONTRACT,
    PER_LOT,
    PER_LOT_MONTH,
    PER_MONTH,
    PER_PERSON,
    Cap,
    Terms,
    is_in_force,
)
from coachdesk.claim.rules.shapes import Step, Value
from coachdesk.claim.rules.words import number, pounds
from coachdesk.clock import month_of, month_words

_Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claimable stands for the caps: its milestone, person, lot, and the day on which it was earned."""

    milestone: str
    person: str
    lot: str
    on: date

    @classmethod
    def of(cls, value: Value) -> Place:
        """The place of a value."""
        return cls(value.milestone, value.person, value.lot, value.earned_on)


@dataclass(frozen=True, slots=True)
class Cut:
    """What a cap took from a claimable: all of it or a part."""

    value: Value
    cap: Cap
    pence: int
    reason: str


def crosses_lots(terms: Terms) -> bool:
    """Whether some cap counts several lots together, so that one lot's claim needs what all of them did."""
    return any(cap.per in (PER_MONTH, PER_CONTRACT) and not cap.lot for cap in terms.caps)


def scope(cap: Cap, place: Place) -> str | None:
    """What a cap counts a claimable under; None where the cap does not concern it."""
    if cap.milestones and place.milestone not in cap.milestones:
        return None
    if not is_in_force(cap.from_, cap.to, place.on) or (cap.lot and place.lot != cap.lot):
        return None
    if cap.per == PER_PERSON:
        return place.person or None
    if cap.per == PER_MONTH:
        return str(month_of(place.on))
    if cap.per == PER_LOT:
        return place.lot
    return f"{place.lot} {month_of(place.on)}" if cap.per == PER_LOT_MONTH else "all"


def cut(caps: Sequence[Cap], values: Iterable[Value]) -> tuple[list[Value], list[Cut]]:
    """What is left of each value under the caps, in order of the day earned and id; and what was cut off, by which cap."""
    if not caps:
        return list(values), []
    items: dict[_Key, int] = {}
    pence: dict[_Key, int] = {}
    kept: list[Value] = []
    cuts: list[Cut] = []
    for value in sorted(values, key=lambda v: (v.earned_on, v.claimable)):
        keys = [(index, key) for index, cap in enumerate(caps) if (key := scope(cap, Place.of(value))) is not None]
        left, tightest = value.amount_pence, None
        for at in keys:
            room = _room(caps[at[0]], items.get(at, 0), pence.get(at, 0))
            if room is not None and room < left:
                left, tightest = room, caps[at[0]]
        if tightest is not None:
            cuts.append(Cut(value, tightest, value.amount_pence - left, _words(tightest, value, value.amount_pence - left)))
        if not left:
            continue
        for at in keys:
            items[at] = items.get(at, 0) + 1
            pence[at] = pence.get(at, 0) + left
        kept.append(value if tightest is None else _lessened(value, tightest, left))
    return kept, cuts


def held_back(caps: Sequence[Cap], new: Sequence[tuple[Value, int]], others: Mapping[str, tuple[Place, int]]) -> dict[str, Cap]:
    """Of the values for which a claim asks more (each with what sent claims hold for it), those that must wait, and under which cap.

    `others`: claimable → (place, what is held for it once this claim is sent) of everything else. A value waits while the others hold so
    much that with it the cap would be passed: the next claim of the lot that holds it gives it back.
    """
    waits: dict[str, Cap] = {}
    for cap in caps:
        used: dict[str, tuple[int, int]] = {}
        for place, held in (*others.values(), *((Place.of(value), taken) for value, taken in new)):
            if held > 0 and (key := scope(cap, place)) is not None:
                items, pence = used.get(key, (0, 0))
                used[key] = (items + 1, pence + held)
        for value, taken in sorted(new, key=lambda each: (each[0].earned_on, each[0].claimable)):
            key = scope(cap, Place.of(value))
            if key is None or value.claimable in waits:
                continue
            items, pence = used.get(key, (0, 0))
            items, pence = items + (taken <= 0), pence + value.amount_pence - max(0, taken)
            if (cap.most is not None and items > cap.most) or (cap.most_pence is not None and pence > cap.most_pence):
                waits[value.claimable] = cap
            else:
                used[key] = (items, pence)
    return waits


def limit_words(cap: Cap) -> str:
    """"at most three a person", "at most £5,000.00 a lot and month"."""
    many = [number(cap.most)] if cap.most is not None else []
    much = [pounds(cap.most_pence)] if cap.most_pence is not None else []
    per = "in the contract" if cap.per == PER_CONTRACT else f"a {cap.per}"
    return f"at most {' and '.join(many + much)} {per}"


def _room(cap: Cap, items: int, pence: int) -> int | None:
    """How much one more item may be worth; None for any amount."""
    if cap.most is not None and items >= cap.most:
        return 0
    return None if cap.most_pence is None else max(0, cap.most_pence - pence)


def _words(cap: Cap, value: Value, off: int) -> str:
    where = f" in {month_words(month_of(value.earned_on))}" if cap.per in (PER_MONTH, PER_LOT_MONTH) else ""
    part = "" if off == value.amount_pence else f"{pounds(off)} of {pounds(value.amount_pence)} "
    return f"{part}over the cap: {cap.title or cap.code}, {limit_words(cap)}{where} ({cap.clause})"


def _lessened(value: Value, cap: Cap, left: int) -> Value:
    step = Step(f"Cap: {cap.title or cap.code}", "terms of the contract", cap.rule, cap.clause,
                f"{limit_words(cap)}: {pounds(left)} of {pounds(value.amount_pence)} is left")
    return replace(value, amount_pence=left, steps=(*value.steps, step),
                   arithmetic=f"{value.arithmetic}; the cap “{cap.title or cap.code}” leaves {pounds(left)}")
