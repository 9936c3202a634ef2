"""Who can give which kind of support in a lot on a day: contracts and funding that the lead, its delivery partners and others hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from coachdesk.errors import Refusal
from coachdesk.partner.rules.words import one_of

SUPPORT_KINDS = (
    "CV & job search", "interview", "digital skills & kit", "English, maths & ESOL", "vocational training", "volunteering", "work trial",
    "health & wellbeing", "caring & childcare", "money & debt", "housing", "travel", "confidence & networks", "rights & in-work issues",
    "self-employment", "progression",
)
# Only to choose from; what somebody types is as good.
FUNDINGS = (
    "Adult Education Budget", "European Social Fund", "Household Support Fund", "National Lottery Community Fund", "council grant",
    "housing association funds", "Money and Pensions Service", "NHS social prescribing", "own reserves",
)
OWN, PARTNER, BOTH, NOBODY = "own provision", "partner", "both", "nobody"
MOST_PLACES, MOST_AMOUNT_PENCE = 100_000, 100_000_000_00
_SHORT = {"cv": "CV & job search", "esol": "English, maths & ESOL", "english": "English, maths & ESOL", "maths": "English, maths & ESOL",
          "debt": "money & debt", "digital": "digital skills & kit", "childcare": "caring & childcare", "training": "vocational training"}


@dataclass(frozen=True, slots=True)
class Giver:
    """A contract or funding, as the map needs it. lots empty: every lot."""

    id: UUID
    holder: str
    is_own: bool
    kinds: tuple[str, ...]
    lots: tuple[str, ...]
    from_day: date | None
    ends_on: date | None


G = TypeVar("G", bound=Giver)


@dataclass(frozen=True, slots=True)
class Square:
    """One kind of support in one lot: who can give it on the day. ends_on: when the last of them ends; None where one has no end."""

    kind: str
    own: tuple[str, ...]
    partners: tuple[str, ...]
    ends_on: date | None = None

    @property
    def state(self) -> str:
        """Own provision, partner, both or nobody."""
        if self.own and self.partners:
            return BOTH
        return OWN if self.own else PARTNER if self.partners else NOBODY

    @property
    def is_gap(self) -> bool:
        """Nobody holds anything for it."""
        return not (self.own or self.partners)


def support_kind_of(text: str | None) -> str:
    """The kind of support that a text means. Refusal, with the list, otherwise."""
    return one_of(SUPPORT_KINDS, text, "a kind of support", _SHORT)


def support_kinds_of(words: Iterable[str] | None) -> list[str]:
    """Kinds of support in the order of the list, each once. Refusal for a word that is none, or for none at all."""
    found = {support_kind_of(word) for word in words or () if word.strip()}
    if not found:
        raise Refusal("A contract or funding is kept for what it adds, and no kind of support was named.",
                      "Name at least one kind of support. Nothing was changed.")
    return [kind for kind in SUPPORT_KINDS if kind in found]


def check_extent(places: int | None, amount_pence: int | None) -> None:
    """Refusal for places or an amount that cannot be."""
    if places is not None and not 1 <= places <= MOST_PLACES:
        raise Refusal(f"There are from 1 to {MOST_PLACES:,} places, and {places:,} was typed.",
                      "Type the number again, or leave it empty. Nothing was changed.")
    if amount_pence is not None and not 1 <= amount_pence <= MOST_AMOUNT_PENCE:
        raise Refusal("That amount does not look right.", "It is in pence, 2500000 for £25,000, or leave it empty. Nothing was changed.")


def gives(giver: Giver, lot: str, on: date, kind: str | None = None) -> bool:
    """Does it run on the day, for the lot, and add this kind (any, where none is asked for)?"""
    runs = (giver.from_day is None or giver.from_day <= on) and (giver.ends_on is None or on <= giver.ends_on)
    return runs and (not giver.lots or lot in giver.lots) and (kind is None or kind in giver.kinds)


def givers_of(givers: Iterable[G], lot: str, kind: str, on: date) -> list[G]:
    """Who can give a kind of support, outside options first: those of the lead provider come last."""
    found = [each for each in givers if gives(each, lot, on, kind)]
    return sorted(found, key=lambda each: (each.is_own, each.holder.casefold(), each.id.bytes))


def squares(givers: Iterable[Giver], lot: str, on: date) -> list[Square]:
    """Every kind of support, in the order of the list, with who can give it in the lot on the day."""
    all_of_them, found = list(givers), []
    for kind in SUPPORT_KINDS:
        able = givers_of(all_of_them, lot, kind, on)
        ends = [each.ends_on for each in able]
        last = max((end for end in ends if end is not None), default=None) if None not in ends else None
        found.append(Square(kind, _names(able, True), _names(able, False), last))
    return found


def _names(able: Iterable[Giver], is_own: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.holder for each in able if each.is_own == is_own))
