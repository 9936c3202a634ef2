"""What may be written down as help, a job or an appointment. Which help is *meaningful* is the contract's question: the desk only
proposes, the coach decides and says why (DOMAIN.md sections 2 and 3).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coachdesk.clock import day_text, month_from_text, month_of, month_words
from coachdesk.errors import Refusal
from coachdesk.partner.rules.capability import SUPPORT_KINDS
from coachdesk.programme.rules import line_of

KINDS = SUPPORT_KINDS
FACE_TO_FACE, PHONE, ONLINE, TEXT = "face to face", "phone", "online", "text"
MODES = (FACE_TO_FACE, PHONE, ONLINE, TEXT)
BOOKED, ATTENDED, MISSED, CANCELLED = "booked", "attended", "did not attend", "cancelled"
OUTCOMES = (BOOKED, ATTENDED, MISSED, CANCELLED)
EARLIEST, LATEST = 1900, 2199  # years
MOST_MINUTES = 600
MOST_HOURS = 80
MOST_PENCE_AN_HOUR = 500_00
_TIME = re.compile(r"([01]?\d|2[0-3])[:.h]?([0-5]\d)")
_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Manner:
    """By what help is judged meaningful: one dated version of the contract's definition, or (without a version) the desk's own manner.

    `reminders_only` are the ways of meeting that never count, `kinds` the only kinds of help that do (none named: every kind). Where
    `coach_may_differ` is no, the definition's word stands whatever the coach decided.
    """

    reminders_only: tuple[str, ...] = (TEXT,)
    at_least_minutes: int = 10
    kinds: tuple[str, ...] = ()
    coach_may_differ: bool = True
    version: str = ""
    clause: str = ""
    from_: date = date.min
    to: date | None = None


def manner_on(manners: Iterable[Manner], on: date) -> Manner | None:
    """The version of the definition in force on a day; were two to overlap, the one that began later."""
    fitting = [each for each in manners if each.from_ <= on and (each.to is None or on <= each.to)]
    return max(fitting, key=lambda each: (each.from_, each.version)) if fitting else None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the desk proposes, and why; the coach may decide otherwise with a reason."""

    is_meaningful: bool
    why: str


def manner_from(table: Mapping[str, Any]) -> Manner:
    """A version of the definition from the contract's table: `modes` that count, `least_minutes`, `kinds`, days as dates or ISO text.

    KeyError, TypeError or ValueError where a field is missing or cannot be read.
    """
    least, until = table["least_minutes"], table.get("to")
    if isinstance(least, bool) or not isinstance(least, int):
        raise ValueError(f"{least!r} is not a whole number")
    return Manner(reminders_only=tuple(mode for mode in MODES if mode not in table["modes"]), at_least_minutes=least,
                  kinds=tuple(table.get("kinds", ())), coach_may_differ=bool(table.get("coach_may_differ", True)),
                  version=str(table["version"]), clause=table["clause"], from_=_day(table["from"]),
                  to=None if until is None else _day(until))


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def says_what_was_recorded(manners: Collection[Manner]) -> bool:
    """Whether these versions, whatever the day, leave every recorded word as it stands: each proposes the same as the others and as the
    desk's own manner, so that a recorded word is either what was proposed or the coach's own, which may differ."""
    asked = {(each.reminders_only, each.at_least_minutes, each.kinds) for each in (*manners, Manner())}
    return len(asked) == 1 and all(each.coach_may_differ for each in manners)


def propose_meaningful(mode: str, minutes: int, manner: Manner | None = None, kind: str = "") -> Proposal:
    """The proposal for one piece of help; minutes ≥ 1. kind "" is of no kind that a definition could ask for."""
    manner = manner or Manner()
    if mode in manner.reminders_only:
        return Proposal(False, "a text message only" if mode == TEXT else f"help by {mode} does not count")
    if manner.kinds and kind not in manner.kinds:
        return Proposal(False, f"{kind or 'this kind of help'} is not a kind that counts")
    if minutes < manner.at_least_minutes:
        return Proposal(False, f"a short contact of {minutes} minute{'' if minutes == 1 else 's'}")
    return Proposal(True, f"{minutes} minutes of help, {mode}")


def decide_meaningful(proposal: Proposal, said: bool | None, why: str | None, manner: Manner | None = None) -> Proposal:
    """The coach's word over the proposal. Refusal when the coach decides otherwise and does not say why, or may not."""
    reason = line_of(why, "The reason")
    if said is None or said == proposal.is_meaningful:
        return Proposal(proposal.is_meaningful, reason or proposal.why)
    if manner is not None and not manner.coach_may_differ:
        raise Refusal(f"By the contract’s definition this is {'' if proposal.is_meaningful else 'not '}meaningful ({proposal.why}; "
                      f"{manner.clause}).", "The definition's word stands; leave it as proposed.")
    if not reason:
        raise Refusal(
            f"The desk would call this {'meaningful' if proposal.is_meaningful else 'not meaningful'} ({proposal.why}).",
            f"Say in a few words why it is {'meaningful' if said else 'not meaningful'}; your word counts.",
        )
    return Proposal(said, reason)


def judge_again(recorded: Proposal, then: Proposal, now: Proposal, manner: Manner, said: bool | None = None,
                why: str | None = None) -> Proposal:
    """The word on help whose day, minutes, way of meeting or kind was corrected. then: what was proposed for it as it stood; now: what is
    proposed by the manner for it as corrected.

    A word that was the desk's own is the desk's again; a coach who had decided otherwise keeps word and reason. Refusal as when deciding.
    """
    of_coach = recorded.is_meaningful != then.is_meaningful
    if said is None:
        said = recorded.is_meaningful if of_coach and manner.coach_may_differ else now.is_meaningful
    own = recorded.why if said == recorded.is_meaningful and recorded.why != then.why else None
    return decide_meaningful(now, said, line_of(why, "The reason") or own, manner)


def check_changed_why(on: date, today: date, reason: str | None) -> None:
    """Refusal where what a claim may rest on changes without a reason: its month lies before today's."""
    if month_of(on) < month_of(today) and not line_of(reason, "The reason"):
        raise Refusal("Say why it changes: its month may have been claimed.", "Give the reason for the change as well; nothing was saved.")


def chosen(text: str, among: Sequence[str], what: str) -> str:
    """The one word of a list that is meant: in any case, "and" for "&", or its clear beginning. Refusal that lists them all."""
    wanted = _folded(text)
    if wanted:
        same = [word for word in among if _folded(word) == wanted]
        near = same or [word for word in among if _folded(word).startswith(wanted)]
        if len(near) == 1:
            return near[0]
    raise Refusal(f"“{text.strip()}” is not a {what} that the desk knows.", f"Choose one of: {'; '.join(among)}.")


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("&", " and ").replace("-", " ").replace(",", " ").split())


def check_minutes(minutes: int) -> None:
    """Refusal unless 1 to 600."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refusal(
            f"Help lasts from 1 to {MOST_MINUTES} minutes, and {minutes} was typed.", "Type the minutes again; nothing was saved."
        )


def check_day(on: date, today: date, registered_on: date, what: str) -> None:
    """Refusal for a day to come, or before the person was registered. what: "help", "a job"."""
    if on > today:
        raise Refusal(
            f"{day_text(on)} has not come yet, so {what} cannot be recorded for it.", "Book an appointment instead, or correct the day."
        )
    if on < registered_on:
        raise Refusal(
            f"This person was registered on {day_text(registered_on)}; {what} on {day_text(on)} would come before that.",
            "Correct the day, or the day of registration first.",
        )


def check_job(hours_a_week: int, pay_pence_an_hour: int | None) -> None:
    """Refusal unless 1 to 80 hours a week, and pay (where it is known) above nothing and under £500 an hour."""
    if not 1 <= hours_a_week <= MOST_HOURS:
        raise Refusal(
            f"A job has from 1 to {MOST_HOURS} hours a week, and {hours_a_week} was typed.", "Type the hours again; nothing was saved."
        )
    if pay_pence_an_hour is not None and not 1 <= pay_pence_an_hour <= MOST_PENCE_AN_HOUR:
        raise Refusal("The pay an hour does not look right.", "Type it in pence, 872 for £8.72, or leave it empty when it is not known.")


def clock_time(text: str | None) -> str | None:
    """`9.30`, `0930` or `9:30` as `09:30`; None for nothing. Refusal for anything else."""
    if text is None or not text.strip():
        return None
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise Refusal(f"“{text.strip()}” is not a time of day.", "Type hours and minutes, such as 09:30.")
    return f"{int(found[1]):02d}:{found[2]}"


def check_outcome(now: str, wanted: str, due_on: date, today: date) -> None:
    """Refusal unless the appointment is still open, and its day has come where somebody came or stayed away."""
    if now != BOOKED:
        raise Refusal(f"This appointment was already marked “{now}”.", "Undo that first if it was wrong; nothing was changed.")
    if wanted in (ATTENDED, MISSED) and due_on > today:
        raise Refusal(f"This appointment is for {day_text(due_on)}, which has not come yet.", "Cancel or rebook it if the day changed.")


def month_number(month: str | int) -> int:
    """A month as the desk counts them, from `YYYY-MM` or itself. Refusal for anything else."""
    try:
        number = month if isinstance(month, int) else month_from_text(month)
    except ValueError:
        number = -1
    if not EARLIEST <= number // 12 <= LATEST:
        raise Refusal(f"“{str(month).strip()[:40]}” is not a month.", "Write it as 2020-05.") from None
    return number


def check_sign_off(month: int, today: date) -> None:
    """Refusal for a month that has not begun."""
    if month > month_of(today):
        raise Refusal(f"{month_words(month)} has not begun, so it cannot be signed off.", "Choose this month or an earlier one.")


def progress_text(count: int, needed: int) -> str:
    """`two of three meaningful`; counts beyond what is needed stay at the number needed."""
    if needed <= 0:
        return "no meaningful interventions are asked for"
    return f"{_number(min(count, needed))} of {_number(needed)} meaningful"


def _number(count: int) -> str:
    return _SMALL[count] if count < len(_SMALL) else str(count)


def intervention_label(kind: str, minutes: int, mode: str) -> str:
    """How a piece of help is named on a claim: no person in it."""
    return f"{kind}, {minutes} min, {mode}"


def job_label(title: str, hours_a_week: int) -> str:
    """How a job is named on a claim: neither person nor employer in it."""
    return f"Job: {title}, {hours_a_week} hours a week"


LENDABLE = ("laptop", "tablet", "telephone", "data", "other")


def lendable_of(text: str) -> str:
    """What may be lent. Refusal, with the list, for anything else."""
    return chosen(text, LENDABLE, "thing that is lent")
