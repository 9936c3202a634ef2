"""What a whole list says about its people: how common each name, day, postcode and number is in it, and whether families live in it.

Two people who share what hundreds share have little in common; a surname that nobody else bears says much. And in a list with households
somebody of the same surname, address and birthday is a twin, where in a list of strangers it is a record with the wrong name in it.
Nothing is learned from labels: only the list itself is counted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from coachdesk.participant.rules.matching.comparing import Like, dates, given_names, numbers, surnames
from coachdesk.participant.rules.matching.reading import Known

_PRIOR = 300  # so many people stand behind what is usual; a short list moves it little
_USUAL = {"given": 1 / 60, "surname": 1 / 150, "born": 1 / 12_000, "postcode": 1 / 150, "phone": 1 / 1_000, "ni": 1 / 100_000}
_MOST, _LEAST = 2.5, -7.0  # bits that a value may weigh more or less than usual
_FEW_FAMILIES, _PROVEN = 0.03, 0.012  # of the pairs that agree in everything


class Crowd:
    """The people of one list. are_strangers: hardly two of them share a household, and whole names are wrong in it now and then."""

    def __init__(self, people: Iterable[Known]) -> None:
        self.many = 0
        self.are_strangers = False
        self._rarities: dict[tuple[str, int], float] = {}
        self._times: dict[str, Counter[str]] = {field: Counter() for field in _USUAL}
        for who in people:
            self.many += 1
            for field, times in self._times.items():
                values = getattr(who, field)
                times.update(values if isinstance(values, tuple) else [values] if values else [])

    def rarity(self, field: str, *values: str) -> float:
        """Bits by which agreement on the commonest of these values says more (or, below nought, less) than agreement usually does."""
        if not self.many:
            return 0.0
        times, usual = self._times[field], _USUAL[field]
        others = max(0, max((times[value] for value in values), default=0) - 2)  # besides the two themselves
        known = self._rarities.get((field, others))
        if known is None:
            known = max(_LEAST, min(_MOST, math.log2(usual * (self.many + _PRIOR) / (others + _PRIOR * usual))))
            self._rarities[field, others] = known
        return known

    def times(self, field: str, value: str) -> int:
        """How many people of the list have this value."""
        return self._times[field][value]

    def look_at(self, pairs: Iterable[tuple[Known, Known]]) -> None:
        """Finds out from the compared pairs whether families live in the list (are_strangers)."""
        alike = kin = renamed = 0
        for one, other in pairs:
            if one.postcode and one.postcode == other.postcode:
                given, surname = given_names(one.given, other.given), surnames(one.surname, other.surname)
                is_one_day = dates(one.born, other.born)[0]
                if is_one_day == Like.EXACT and min(given, surname) >= Like.CLOSE and max(given, surname) <= Like.EXACT:
                    alike += 1
                elif given == Like.DIFFERENT and is_one_day == Like.DIFFERENT and Like.SAME <= surname <= Like.EXACT:
                    kin += 1
                elif is_one_day == Like.EXACT and Like.DIFFERENT in (given, surname) and {given, surname} <= {Like.DIFFERENT, Like.UNKNOWN}:
                    renamed += not _may_be_twins(one, other)
        by_chance = self._pairs_sharing("surname", "postcode")
        self.are_strangers = kin - by_chance <= _FEW_FAMILIES * alike + 1 and renamed >= max(2, _PROVEN * alike)

    def _pairs_sharing(self, *fields: str) -> float:
        """How many pairs would share all of these if they had nothing to do with one another."""
        found = self.many * (self.many - 1) / 2
        for field in fields:
            found *= sum(times * (times - 1) for times in self._times[field].values()) / max(1, self.many * (self.many - 1))
        return found


def _may_be_twins(one: Known, other: Known) -> bool:
    """Whether two of one day and address are kin after all: a word of the name stands in the other place, or the numbers are two."""
    is_turned = bool({*one.given} & {*other.surname} or {*one.surname} & {*other.given})
    return is_turned or numbers(one.ni, other.ni) == Like.DIFFERENT


NOBODY = Crowd(())
