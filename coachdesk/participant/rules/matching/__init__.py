"""Who may be one person: names, keys, likeness. Pure; the store's index of keys and the screens stand on it."""

from __future__ import annotations

from coachdesk.participant.rules.matching.comparing import Person
from coachdesk.participant.rules.matching.keys import FULLEST, candidates, keys, pairs
from coachdesk.participant.rules.matching.score import LIKELY, SAME_NUMBER, SAME_PERSON, Likeness, likeness

__all__ = ["FULLEST", "LIKELY", "SAME_NUMBER", "SAME_PERSON", "Likeness", "Person", "candidates", "keys", "likeness", "pairs"]
