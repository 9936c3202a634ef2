"""Trust by stages, dated: how an organisation takes us, since when, and whether that goes up or down. In words, never by colour.

The stages are the programme's own (`programme.rules.TrustScale`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.partner.rules.words import one_of
from coachdesk.programme.rules import TrustScale

UP, DOWN, SAME, FIRST, OTHER = "up", "down", "unchanged", "first word", "in other words"
PRECEDED_DAYS = 60          # so far back stands what came before a change
_SHORT = {"unknown": "does not know us", "business like": "too business-like", "finds us too business like": "too business-like",
          "now and then": "works with us now and then"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word on trust, as the history holds it."""

    on_day: date
    stage: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How trust stands: the stage, since when without a break, and from where it came. direction: up, down, first word, in other words."""

    stage: str
    since: date
    direction: str

    def __str__(self) -> str:
        how = "" if self.direction in (FIRST, OTHER) else f"{self.direction} "
        return f"{self.stage}, {how}since {self.since.day} {day_text(self.since).split()[1][:3]} {self.since.year}"


def stage_of(text: str | None, scale: TrustScale) -> str:
    """A stage of trust, from what was typed. Refusal, with the scale, otherwise."""
    return one_of(scale.steps, text, "a stage of trust", {said: step for said, step in _SHORT.items() if step in scale.steps})


def direction(before: str | None, stage: str, scale: TrustScale) -> str:
    """Where it went from one word to the next; to or from a word that is not on the scale it cannot be told."""
    if before is None:
        return FIRST
    old, new = scale.level(before), scale.level(stage)
    if before == stage or not old or not new:
        return SAME if before == stage else OTHER
    return UP if new > old else DOWN


def standing(words: Sequence[Word], scale: TrustScale) -> Standing | None:
    """How trust stands after these words, the earliest first; None where nobody said anything."""
    found: Standing | None = None
    for word in words:
        if found is None or word.stage != found.stage:
            found = Standing(word.stage, word.on_day, direction(found.stage if found else None, word.stage, scale))
    return found


def came_before(on_day: date, since: date) -> bool:
    """Whether something on on_day came before a change on `since`, within PRECEDED_DAYS."""
    return since - timedelta(days=PRECEDED_DAYS) <= on_day <= since


def check_trust_day(on_day: date, today: date) -> None:
    """Refusal for a word from a day to come."""
    if on_day > today:
        raise Refusal(f"{day_text(on_day)} is still to come, so nobody knows how things stand then.",
                      "Type the day on which it was said; nothing was changed.")
