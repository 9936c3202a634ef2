"""The action plan: what may be written down as a need, as taken up, and as training or volunteering."""

from __future__ import annotations

from datetime import date

from coachdesk.activity.rules.deeds import chosen
from coachdesk.clock import day_text
from coachdesk.errors import Refusal

NOT_YET, TAKEN_UP, NOT_TAKEN_UP, DONE = "not yet", "taken up", "not taken up", "done"
PLAN_STATES = (NOT_YET, TAKEN_UP, NOT_TAKEN_UP, DONE)
BY_WHOM = ("participant", "coach", "both", "partner")
PLANNED, GOING_ON, COMPLETED, LEFT_EARLY, NOT_STARTED = "booked", "going on", "completed", "left early", "did not start"
COURSE_OUTCOMES = (PLANNED, GOING_ON, COMPLETED, LEFT_EARLY, NOT_STARTED)
MOST_ITEMS = 40          # open lines of one plan
VOLUNTEERING = "volunteering"
_NOTHING = "Nothing was changed."


def check_said(on: date, today: date, registered_on: date) -> None:
    """Refusal for a need said on a day to come, or before the person was registered."""
    if on > today:
        raise Refusal(f"{day_text(on)} has not come yet.", f"Say the day on which the need was spoken of. {_NOTHING}")
    if on < registered_on:
        raise Refusal(f"This person was registered on {day_text(registered_on)}.", f"Say that day or a later one. {_NOTHING}")


def check_take_up(state: str, wanted: str, said_on: date, on: date, today: date) -> None:
    """Refusal when it stands so already, or for a day to come or before the need was said."""
    if state == wanted:
        raise Refusal(f"This line is marked “{state}” already.", _NOTHING)
    if on > today:
        raise Refusal(f"{day_text(on)} has not come yet.", f"Say the day on which it happened. {_NOTHING}")
    if on < said_on:
        raise Refusal(f"The need was said on {day_text(said_on)}, after that.", f"Check the day. {_NOTHING}")


def by_whom_of(text: str | None) -> str | None:
    """Who does it. Refusal, with the list, for anything else; None for nothing."""
    return chosen(text, BY_WHOM, "way to say who does it") if text and text.strip() else None


def course_outcome_of(text: str) -> str:
    """What came of training or volunteering. Refusal, with the list, for anything else."""
    return chosen(text, COURSE_OUTCOMES, "outcome")


def check_course(outcome: str, from_day: date, to_day: date | None, today: date) -> None:
    """Refusal when it ends before it begins, is over or going on before its day, or completed without a last day that has come."""
    if to_day is not None and to_day < from_day:
        raise Refusal(f"It would end on {day_text(to_day)}, before it begins on {day_text(from_day)}.", f"Check the days. {_NOTHING}")
    if outcome in (GOING_ON, COMPLETED, LEFT_EARLY) and from_day > today:
        raise Refusal(f"It begins on {day_text(from_day)}, which has not come yet.", f"Mark it as “{PLANNED}”. {_NOTHING}")
    if outcome in (COMPLETED, LEFT_EARLY) and to_day is not None and to_day > today:
        raise Refusal(f"Its last day, {day_text(to_day)}, has not come yet.", f"Mark it as “{GOING_ON}” until then. {_NOTHING}")


def take_up_text(state: str, taken_up_on: date | None, settled_on: date | None, reason: str | None) -> str:
    """How a line stands, in words: `taken up on 4 May 2020`."""
    if state == NOT_TAKEN_UP:
        return f"not taken up{f': {reason}' if reason else ''}"
    if state == DONE:
        return f"done on {day_text(settled_on)}" if settled_on else "done"
    return f"taken up on {day_text(taken_up_on)}" if state == TAKEN_UP and taken_up_on else state
