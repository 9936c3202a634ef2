"""What councils were asked for and what came of it, and how lots compare without unfairness: never asked is not refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.partner.rules.words import one_of

VENUE, PUBLICITY, BROKERING, NETWORKING = "venue", "publicity", "brokering", "networking opportunities"
INFORMATION = "information on possible participants"
COUNCIL_KINDS = (VENUE, PUBLICITY, BROKERING, NETWORKING, INFORMATION, "other")
WAITING, GIVEN, PARTLY, DECLINED, NO_ANSWER = "waiting", "given", "partly given", "declined", "no answer"
ANSWERS = (GIVEN, PARTLY, DECLINED, NO_ANSWER)
ASK_STATES = (WAITING, *ANSWERS)
# UK GDPR Article 6(1), in plain words.
LAWFUL_BASES = ("consent", "contract", "legal obligation", "vital interests", "public task", "legitimate interests")
LEAST_COMPARED = 5
MOST_VALUE_PENCE, MOST_VALUE_HOURS = 100_000_000, 10_000
_SHORT_KINDS = {"room": VENUE, "networking": NETWORKING, "data": INFORMATION, "information": INFORMATION, "introductions": BROKERING}
_SHORT_ANSWERS = {"yes": GIVEN, "partly": PARTLY, "no": DECLINED, "refused": DECLINED, "silence": NO_ANSWER, "none": NO_ANSWER}


@dataclass(frozen=True, slots=True)
class AskCount:
    """What was asked for and what came of it, in one lot."""

    asked: int = 0
    given: int = 0
    partly: int = 0
    declined: int = 0
    no_answer: int = 0
    waiting: int = 0

    @property
    def settled(self) -> int:
        """What the share rests on: all that does not wait for an answer."""
        return self.asked - self.waiting


def council_kind_of(text: str | None) -> str:
    """What a council was asked for, from what was typed. Refusal, with the list, otherwise."""
    return one_of(COUNCIL_KINDS, text, "a kind of support of a council", _SHORT_KINDS)


def answer_of(text: str | None) -> str:
    """Given, partly given, declined or no answer. Refusal, with the list, otherwise."""
    return one_of(ANSWERS, text, "what came of it", _SHORT_ANSWERS)


def basis_of(kind: str, text: str | None) -> str | None:
    """The lawful basis, needed where a council is asked for information on possible participants. Refusal without it there."""
    if (text or "").strip():
        return one_of(LAWFUL_BASES, text, "a lawful basis", {"article 6 1 e": "public task", "article 6 1 f": "legitimate interests"})
    if kind == INFORMATION:
        raise Refusal("Information on possible participants may not be asked for without its lawful basis.",
                      f"Say which: {', '.join(LAWFUL_BASES)}. Ask whoever looks after data protection when in doubt. Nothing was changed.")
    return None


def check_asked(asked_on: date, today: date) -> None:
    """Refusal for a day to come."""
    if asked_on > today:
        raise Refusal(f"{day_text(asked_on)} is still to come, so nothing was asked for on it.", "Say the day on which it was asked.")


def check_answered(asked_on: date, answered_on: date, today: date) -> None:
    """Refusal for an answer on a day to come, or before the question."""
    if answered_on > today:
        raise Refusal(f"{day_text(answered_on)} is still to come, so no answer came on it.", "Check the day; nothing was changed.")
    if answered_on < asked_on:
        raise Refusal(f"It was asked for on {day_text(asked_on)}, so no answer came before that.", "Check the day; nothing was changed.")


def check_value(answer: str, pence: int | None, hours: int | None) -> None:
    """Refusal for a value that cannot be, or of something that was not given."""
    if (pence is not None or hours is not None) and answer not in (GIVEN, PARTLY):
        raise Refusal(f"“{answer}” has no value: nothing was given.", "Leave the value empty. Nothing was changed.")
    for number, most, what in ((pence, MOST_VALUE_PENCE, "A value in pence"), (hours, MOST_VALUE_HOURS, "Hours")):
        if number is not None and not 0 <= number <= most:
            raise Refusal(f"{what} cannot be {number:,}.", f"It is between 0 and {most:,}. Nothing was changed.")


def count_asks(answers: Iterable[str]) -> AskCount:
    """How many of each, from the words of what came."""
    said = list(answers)
    return AskCount(len(said), *(said.count(word) for word in (GIVEN, PARTLY, DECLINED, NO_ANSWER, WAITING)))


def share_words(count: AskCount) -> str:
    """The share given, with the number that it rests on; in words where there are too few, or nothing was ever asked for."""
    if not count.asked:
        return "never asked"
    if not count.settled:
        return f"{count.waiting} waiting for an answer"
    if count.settled < LEAST_COMPARED:
        return f"too few to compare ({count.settled} answered)"
    half = f", and {count.partly} partly" if count.partly else ""
    return f"{round(100 * count.given / count.settled)} % of {count.settled}{half}"


def lot_words(count: AskCount) -> str:
    """One sentence on a lot: whether it never asked, was refused, or what it was given. No blame, no rank."""
    if not count.asked:
        return "Nothing was asked for here, so nothing can be said about the council."
    if not count.settled:
        return f"{count.asked} asked for; no answer yet."
    if not (count.given or count.partly):
        parts = [f"{number} {word}" for number, word in ((count.declined, "declined"), (count.no_answer, "without an answer")) if number]
        return f"{count.asked} asked for and nothing given: {', '.join(parts)}{_still(count)}."
    partly = f", {count.partly} partly" if count.partly else ""
    return f"{count.asked} asked for, {count.given} given{partly}{_still(count)}."


def _still(count: AskCount) -> str:
    return f", {count.waiting} waiting" if count.waiting else ""
