"""Who may be one person: names, keys, likeness. Pure; the store's index of keys and the screens stand on it."""

from __future__ import annotations

from coachdesk.participant.rules.matching.crowd import NOBODY, Crowd
from coachdesk.participant.rules.matching.keys import FULLEST, candidates, keys
from coachdesk.participant.rules.matching.names import same_names
from coachdesk.participant.rules.matching.pairs import Judge, pairs
from coachdesk.participant.rules.matching.reading import Person, known
from coachdesk.participant.rules.matching.score import LIKELY, SAME_NUMBER, SAME_PERSON, Likeness, likeness

__all__ = [
    "FULLEST",
    "LIKELY",
    "NOBODY",
    "SAME_NUMBER",
    "SAME_PERSON",
    "Crowd",
    "Judge",
    "Likeness",
    "Person",
    "candidates",
    "keys",
    "known",
    "likeness",
    "pairs",
    "same_names",
]
