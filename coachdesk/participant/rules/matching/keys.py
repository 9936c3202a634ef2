"""Blocking: the short keys that two records of one person share, so that nobody is compared with everybody.

Every key joins two details, or is one strong detail alone; several stand side by side, so that one wrong detail never hides a pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from coachdesk.participant.rules.matching.names import meanings, skeleton
from coachdesk.participant.rules.matching.reading import Known, Person, known

Id = TypeVar("Id", bound=Hashable)
FULLEST = 40  # a key that more records share says nothing: what is alike among them shares a rarer key too


def keys(person: Person) -> frozenset[str]:
    """The keys of one person; empty when too little was typed. Two people are compared when they share at least one."""
    who = known(person)
    found = {f"i{who.ni[:6]}", f"j{who.ni[2:]}"} if who.ni else set()
    if who.phone:
        found |= {f"t{who.phone}"}
    given, surname = _sounds(who.given), _sounds(who.surname)
    found |= {f"n{min(first, last)}.{max(first, last)}" for first in given for last in surname}
    found |= {f"m{name}.{last}" for word in who.given for name in meanings(word) for last in surname}
    place = "".join(sorted(who.postcode))  # two signs that changed places change nothing
    born = _birth_keys(who)
    for part in born:
        found |= {f"b{part}.{name}" for name in {sound[:3] for sound in given + surname}}
        found |= {f"b{part}.{place}"} if place else set()
    found |= {f"p{place}.{name[:2]}" for name in given + surname if place}
    found |= {f"q{who.phone[-6:]}.{name[:1]}" for name in given + surname if who.phone}
    found |= {f"o{who.postcode[-5:]}.{who.born}"} if who.postcode and who.born else set()
    if not who.given or not who.surname:
        found |= {f"y{part}" for part in born}
    return frozenset(found)


def _sounds(words: tuple[str, ...]) -> list[str]:
    return sorted({sound for word in words if (sound := skeleton(word))} | ({skeleton("".join(words))} if len(words) > 1 else set()))


def _birth_keys(who: Known) -> list[str]:
    """Day and month in order of size (so that changing them about changes nothing), and each with the year: any one may be wrong."""
    born = who.born
    if len(born) != 8 or not born.isdigit():
        return [born] if born else []
    low, high = sorted((born[4:6], born[6:]))
    return [f"{low}{high}", f"{born[:4]}{low}", f"{born[:4]}-{high}"]


def candidates(keyed: Iterable[tuple[Id, Iterable[str]]]) -> Iterator[tuple[Id, Id]]:
    """Pairs that share a key which at most FULLEST records have; each pair once."""
    blocks: dict[str, list[Id]] = defaultdict(list)
    for one, each in keyed:
        for key in each:
            blocks[key].append(one)
    seen = set()
    for block in blocks.values():
        if 1 < len(block) <= FULLEST:
            for number, one in enumerate(block):
                for other in block[number + 1 :]:
                    pair = (one, other)
                    if pair not in seen:
                        seen.add(pair)
                        yield pair
