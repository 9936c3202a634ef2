"""Trust by stages, dated: how an organisation takes us, since when, and whether that goes up or down. In words, never by colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.partner.rules.words import one_of

UNKNOWN, TOO_BUSINESS_LIKE, LISTENS = "does not know us", "too business-like", "listens"
NOW_AND_THEN, SENDS, SHARES = "works with us now and then", "sends people to us", "shares the work"
STAGES = (UNKNOWN, TOO_BUSINESS_LIKE, LISTENS, NOW_AND_THEN, SENDS, SHARES)
UP, DOWN, SAME, FIRST = "up", "down", "unchanged", "first word"
PRECEDED_DAYS = 60          # so far back stands what came before a change
_SHORT = {"unknown": UNKNOWN, "business like": TOO_BUSINESS_LIKE, "finds us too business like": TOO_BUSINESS_LIKE,
          "now and then": NOW_AND_THEN}


@dataclass(frozen=True, slots=True)
class Word:
    """One word on trust, as the history holds it."""

    on_day: date
    stage: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How trust stands: the stage, since when without a break, and from where it came. direction: up, down, or first word."""

    stage: str
    since: date
    direction: str

    def __str__(self) -> str:
        how = "" if self.direction == FIRST else f"{self.direction} "
        return f"{self.stage}, {how}since {self.since.day} {day_text(self.since).split()[1][:3]} {self.since.year}"


def stage_of(text: str | None) -> str:
    """A stage of trust, from what was typed. Refusal, with the scale, otherwise."""
    return one_of(STAGES, text, "a stage of trust", _SHORT)


def level(stage: str | None) -> int:
    """Its place on the scale, from 1; 0 where nobody said anything, or what an older or newer desk said is not on this scale."""
    return STAGES.index(stage) + 1 if stage in STAGES else 0


def direction(before: str | None, stage: str) -> str:
    """Where it went from one word to the next."""
    if before is None:
        return FIRST
    return UP if level(stage) > level(before) else DOWN if level(stage) < level(before) else SAME


def standing(words: Sequence[Word]) -> Standing | None:
    """How trust stands after these words, the earliest first; None where nobody said anything."""
    found: Standing | None = None
    for word in words:
        if found is None or word.stage != found.stage:
            found = Standing(word.stage, word.on_day, direction(found.stage if found else None, word.stage))
    return found


def is_warm(stage: str | None) -> bool:
    """Whether an organisation at this stage works with us."""
    return level(stage) >= level(NOW_AND_THEN)


def is_cold(stage: str | None) -> bool:
    """Whether an organisation at this stage holds us off, or does not know us."""
    return stage in (UNKNOWN, TOO_BUSINESS_LIKE)


def came_before(on_day: date, since: date) -> bool:
    """Whether something on on_day came before a change on `since`, within PRECEDED_DAYS."""
    return since - timedelta(days=PRECEDED_DAYS) <= on_day <= since


def check_trust_day(on_day: date, today: date) -> None:
    """Refusal for a word from a day to come."""
    if on_day > today:
        raise Refusal(f"{day_text(on_day)} is still to come, so nobody knows how things stand then.",
                      "Type the day on which it was said; nothing was changed.")
