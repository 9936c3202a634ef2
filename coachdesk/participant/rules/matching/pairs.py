"""Every likely pair of a list: compared where a key is shared, weighed by what is common in the list, and what follows from others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic

from coachdesk.participant.rules.matching.crowd import Crowd
from coachdesk.participant.rules.matching.keys import Id, candidates, keys
from coachdesk.participant.rules.matching.reading import Person, known
from coachdesk.participant.rules.matching.score import LIKELY, Likeness, in_words, is_hopeless, weighed

BY_A_THIRD = "both are like a third record"
_SURE = 0.75  # from this score on a likeness is handed on from one record to the next
_MOST_LIKE_ONE = 20  # records like one and the same, among which likenesses are handed on


def pairs(people: Mapping[Id, Person]) -> Iterator[tuple[Id, Id, Likeness]]:
    """Every likely pair of the people, each once, in the order of the mapping; compared only where a key is shared."""
    place = {one: number for number, one in enumerate(people)}
    shared = candidates((one, keys(person)) for one, person in people.items())
    in_order = (pair if place[pair[0]] < place[pair[1]] else pair[::-1] for pair in shared)
    chosen = sorted(in_order, key=lambda pair: (place[pair[0]], place[pair[1]]))
    judge = Judge(people, chosen)
    found = [*judge.of(judge.chosen), *judge.by_a_third()]
    yield from sorted(found, key=lambda pair: (place[pair[0]], place[pair[1]]))


class Judge(Generic[Id]):
    """Tells the likely ones among chosen pairs, weighed by the whole list that they stand in. chosen: those that are worth comparing."""

    def __init__(self, people: Mapping[Id, Person], chosen: Iterable[tuple[Id, Id]]) -> None:
        self._who = {one: known(person) for one, person in people.items()}
        self._crowd = Crowd(self._who.values())
        self.chosen = [(one, other) for one, other in chosen if not is_hopeless(self._who[one], self._who[other])]
        self._crowd.look_at((self._who[one], self._who[other]) for one, other in self.chosen)
        self._sure: dict[Id, dict[Id, float]] = defaultdict(dict)
        self._told: set[frozenset[Id]] = set()

    def of(self, chosen: Iterable[tuple[Id, Id]]) -> Iterator[tuple[Id, Id, Likeness]]:
        """The likely ones of these pairs."""
        for one, other in chosen:
            a, b = self._who[one], self._who[other]
            two = weighed(a, b, self._crowd)
            if two.score >= LIKELY:
                self._told.add(frozenset((one, other)))
                if two.score >= _SURE:
                    self._sure[one][other] = self._sure[other][one] = two.score
                yield one, other, in_words(a, b, two)

    def by_a_third(self) -> Iterator[tuple[Id, Id, Likeness]]:
        """What follows once all were looked at: two that share little are one person when both are like a third."""
        place = {one: number for number, one in enumerate(self._who)}
        for between in sorted(self._sure, key=place.__getitem__):
            scores = self._sure[between]
            alike = sorted(scores, key=place.__getitem__)[:_MOST_LIKE_ONE]
            for number, one in enumerate(alike):
                for other in alike[number + 1 :]:
                    if frozenset((one, other)) not in self._told:
                        self._told.add(frozenset((one, other)))
                        two = weighed(self._who[one], self._who[other], self._crowd)
                        if not two.is_barred or self._crowd.are_strangers:
                            found = in_words(self._who[one], self._who[other], two)
                            score = max(LIKELY, round(min(scores[one], scores[other]) - 0.25, 4))
                            yield one, other, Likeness(score, (*found.reasons, BY_A_THIRD), found.but)
