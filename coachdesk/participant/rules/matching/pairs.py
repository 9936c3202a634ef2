"""Every likely pair of a list: compared where a key is shared, weighed by what is common in the list, and what follows from others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from coachdesk.participant.rules.matching.crowd import Crowd
from coachdesk.participant.rules.matching.keys import Id, candidates, keys
from coachdesk.participant.rules.matching.reading import Person, known
from coachdesk.participant.rules.matching.score import LIKELY, Likeness, in_words, is_hopeless, weighed

BY_A_THIRD = "both are like a third record"
_SURE = 0.75  # from this score on a likeness is handed on from one record to the next
_MOST_LIKE_ONE = 20  # records like one and the same, among which likenesses are handed on


def pairs(people: Mapping[Id, Person]) -> Iterator[tuple[Id, Id, Likeness]]:
    """Every likely pair of the people, each once, in the order of the mapping; compared only where a key is shared."""
    listed = list(people)
    shared = candidates((number, keys(person)) for number, person in enumerate(people.values()))
    chosen = sorted((min(pair), max(pair)) for pair in shared)
    place = {one: number for number, one in enumerate(listed)}
    found = judged(((listed[one], listed[other]) for one, other in chosen), people)
    yield from sorted(found, key=lambda pair: (place[pair[0]], place[pair[1]]))


def judged(chosen: Iterable[tuple[Id, Id]], people: Mapping[Id, Person]) -> Iterator[tuple[Id, Id, Likeness]]:
    """The likely ones of the chosen pairs, and those that follow from them. people: the whole list that they stand in."""
    who = {one: known(person) for one, person in people.items()}
    crowd = Crowd(who.values())
    hopeful = [(one, other) for one, other in chosen if not is_hopeless(who[one], who[other])]
    crowd.look_at((who[one], who[other]) for one, other in hopeful)
    sure: dict[Id, dict[Id, float]] = defaultdict(dict)
    told: set[tuple[Id, Id]] = set()
    for one, other in hopeful:
        two = weighed(who[one], who[other], crowd)
        if two.score >= LIKELY:
            told.add((one, other))
            if two.score >= _SURE:
                sure[one][other] = sure[other][one] = two.score
            yield one, other, in_words(who[one], who[other], two)
    place = {one: number for number, one in enumerate(people)}
    for between in sorted(sure, key=place.__getitem__):
        alike = sorted(sure[between], key=place.__getitem__)[:_MOST_LIKE_ONE]
        for number, one in enumerate(alike):
            for other in alike[number + 1 :]:
                if (one, other) not in told and (other, one) not in told:
                    told.add((one, other))
                    two = weighed(who[one], who[other], crowd)
                    if not two.is_barred or crowd.are_strangers:
                        score = max(LIKELY, round(min(sure[between][one], sure[between][other]) - 0.25, 4))
                        found = in_words(who[one], who[other], two)
                        yield one, other, Likeness(score, (*found.reasons, BY_A_THIRD), found.but)
