"""Sessions that come back: their days, and what became of each: planned, held or cancelled."""

from __future__ import annotations

from datetime import date, timedelta

from coachdesk.clock import day_text
from coachdesk.errors import Refusal

PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"
STATUSES = (PLANNED, HELD, CANCELLED)
WEEKS_AHEAD = 26          # how far ahead the sessions of a series are written
SHORT_WEEKS = 3           # a running series with less than this ahead is due to be planned on
LONGEST_GAP = 12          # weeks


def status_of(status: str | None) -> str:
    """What a session's status means: one without a word was held."""
    return status or HELD


def every_of(weeks: int | None) -> int:
    """Every how many weeks, 1 to LONGEST_GAP; every week when not said. Refusal otherwise."""
    count = 1 if weeks is None else weeks
    if not 1 <= count <= LONGEST_GAP:
        raise Refusal(f"A series comes back every 1 to {LONGEST_GAP} weeks.", "Open the sessions one by one instead; nothing was changed.")
    return count


def series_days(first: date, every_weeks: int, until: date) -> list[date]:
    """The days of a series from its first one up to `until`, that day included."""
    days, on = [], first
    while on <= until:
        days.append(on)
        try:
            on += timedelta(weeks=every_weeks)
        except OverflowError:
            break
    return days


def planned_until(today: date, first: date, last: date | None) -> date:
    """Up to which day the sessions of a series are written: its last day, at most WEEKS_AHEAD from now or from its first day."""
    horizon = max(today, first) + timedelta(weeks=WEEKS_AHEAD)
    return min(horizon, last) if last else horizon


def every_words(every_weeks: int, first: date) -> str:
    """How often, in words: `every Tuesday`, `every 2 weeks on Tuesday`."""
    weekday = f"{first:%A}"
    return f"every {weekday}" if every_weeks == 1 else f"every {every_weeks} weeks on {weekday}"


def check_cancelled(status: str | None, why: str | None) -> None:
    """Refusal when a session was cancelled, so that nobody is written down at it unseen."""
    if status == CANCELLED:
        raise Refusal(f"This session was cancelled{f': {why}' if why else ''}.",
                      "If it took place after all, say “Plan it again” first. Nothing was changed.")


def check_held(on: date, today: date) -> None:
    """Refusal when a session that is still to come is said to have been held."""
    if on > today:
        raise Refusal(f"{day_text(on)} is still to come, so this session was not held yet.", "Say it on the day. Nothing was changed.")
