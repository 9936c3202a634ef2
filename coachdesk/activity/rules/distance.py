"""How far somebody has come: what an answer may be, and a first and a latest reading side by side. No reading is better than its scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.programme.rules import Question

BETTER, WORSE, SAME, OPEN = "better", "lower", "the same", ""


@dataclass(frozen=True, slots=True)
class Travelled:
    """One question: the first and the latest answer, and what that means on a scale where low may be the better end."""

    question: Question
    first: int | None
    latest: int | None

    @property
    def by(self) -> int | None:
        """How many steps from the first to the latest; None where one of them is missing."""
        return None if self.first is None or self.latest is None else self.latest - self.first

    @property
    def word(self) -> str:
        """better, lower (worse), the same; empty where there is nothing to compare."""
        if self.by is None:
            return OPEN
        gained = -self.by if self.question.falls else self.by
        return BETTER if gained > 0 else WORSE if gained < 0 else SAME


def travelled(questions: Sequence[Question], first: Mapping[str, int], latest: Mapping[str, int] | None) -> list[Travelled]:
    """The questions in their order; without a second reading nothing is compared."""
    return [Travelled(each, first.get(each.code), None if latest is None else latest.get(each.code)) for each in questions]


def read_answers(said: Iterable[str], questions: Sequence[Question], low: int, high: int) -> dict[str, int]:
    """Answers typed as `happy=7`, one or more. Refusal for an unknown question, one answered twice, or a number off the scale."""
    known = {each.code: each for each in questions}
    found: dict[str, int] = {}
    for each in said:
        code, sign, text = (part.strip() for part in each.partition("="))
        if not sign or code not in known:
            raise Refusal(f"“{each.strip()}” is not an answer on this scale.", f"Write {', '.join(f'{one}=…' for one in known)}.")
        if code in found:
            raise Refusal(f"{code} is answered twice.", "Answer it once; nothing was saved.")
        if not text.isdecimal() or not low <= int(text) <= high:
            raise Refusal(f"An answer is a whole number from {low} to {high}, and “{text}” was typed for {code}.", "Nothing was saved.")
        found[code] = int(text)
    if not found:
        raise Refusal("A reading needs at least one answer.", "Leave out only what they would rather not say; nothing was saved.")
    return found


def check_reading(on: date, today: date, registered_on: date, others: Iterable[date]) -> None:
    """Refusal for a day to come, before registration, or with a reading already."""
    if on > today:
        raise Refusal(f"{day_text(on)} has not come yet.", "Say the day on which it was asked; nothing was saved.")
    if on < registered_on:
        raise Refusal(f"This person was registered on {day_text(registered_on)}.", "Say that day or a later one; nothing was saved.")
    if on in set(others):
        raise Refusal(f"There is a reading of {day_text(on)} already.", "Correct that one instead; nothing was saved.")


def second_due_on(first: date, again_after_days: int) -> date:
    """On which day the second reading is to be taken."""
    return first + timedelta(days=again_after_days)
