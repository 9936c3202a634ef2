"""The upkeep clock: how long ago the last real contact was, over how long it may be. Any real contact sets it back.

The clock is worked out from the days of contact whenever it is asked for; nothing of it is stored, so that a touch that is taken back,
or a session that is cancelled after all, sets nothing back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.partner.rules.words import one_of

NO_UPKEEP = 0
MOST_CADENCE = 730
LEAVING_WARN_DAYS = 60      # before a key person leaves
CALL, VISIT, MEETING, EMAIL, LETTER, EVENT = "call", "visit", "meeting", "e-mail", "letter", "event"
HOWS = (CALL, VISIT, MEETING, EMAIL, LETTER, EVENT)
_SHORT = {"phone": CALL, "telephone": CALL, "phone call": CALL, "rang": CALL, "email": EMAIL, "mail": EMAIL, "post": LETTER,
          "coffee": VISIT, "online": MEETING, "video": MEETING}


@dataclass(frozen=True, slots=True)
class Clock:
    """How it stands on a day. cadence: None where no upkeep is wanted; since: the day it runs from, None where nobody knows one.

    ratio: days since over the cadence, above 1 is overdue; infinite where there was never any contact; None without upkeep.
    """

    cadence: int | None
    since: date | None
    days: int | None
    ratio: float | None

    @property
    def due_on(self) -> date | None:
        """The last day on which contact is in time."""
        return self.since + timedelta(days=self.cadence) if self.since is not None and self.cadence else None

    @property
    def is_overdue(self) -> bool:
        """Whether that day is over, or never was."""
        return self.ratio is not None and self.ratio > 1

    @property
    def order(self) -> float:
        """The most overdue first; without upkeep last."""
        return 1.0 if self.ratio is None else -self.ratio


def how_of(text: str | None) -> str:
    """How one was in touch, from what was typed. Refusal, with the list, otherwise."""
    return one_of(HOWS, text, "a way to be in touch", _SHORT)


def cadence_of(days: int) -> int:
    """Days from one contact to the next, 1 to two years; 0 says that no upkeep is wanted. Refusal otherwise."""
    if not 0 <= days <= MOST_CADENCE:
        raise Refusal(f"One is in touch every 1 to {MOST_CADENCE} days.",
                      "Type a number between them, or 0 for no upkeep. Nothing was changed.")
    return days


def cadence_for(own: int | None, other: int | None = None, *, usual: int) -> int | None:
    """The cadence in force: its own, else the other's (the organisation's, for a person), else the usual one; None: no upkeep wanted."""
    said = next((each for each in (own, other) if each is not None), usual)
    return None if said == NO_UPKEEP else said


def clock(contacts: Iterable[date], cadence: int | None, today: date, begun: date | None = None) -> Clock:
    """How the clock stands: contacts are the days of every real contact, in any order; what is still to come does not count.

    begun: the day on which somebody took it on; it stands in only while there was no contact.
    """
    since = max((day for day in contacts if day <= today), default=begun if begun is not None and begun <= today else None)
    days = None if since is None else (today - since).days
    ratio = None if cadence is None else inf if days is None else days / cadence
    return Clock(cadence, since, days, ratio)


def clock_words(now: Clock) -> str:
    """`overdue by 12 days`, `due in 5 days`, `due today`, `no contact written down yet`, `no upkeep wanted`."""
    if now.cadence is None or now.ratio is None:
        return "no upkeep wanted"
    if now.days is None:
        return "no contact written down yet"
    left = now.cadence - now.days
    if left == 0:
        return "due today"
    return f"overdue by {_days(-left)}" if left < 0 else f"due in {_days(left)}"


def cadence_words(own: int | None, usual: int) -> str:
    """`every 30 days`, `every 42 days, as usual`, `no upkeep wanted`."""
    if own == NO_UPKEEP:
        return "no upkeep wanted"
    return f"every {_days(own)}" if own is not None else f"every {_days(usual)}, as usual"


def check_touch_day(on_day: date, today: date) -> None:
    """Refusal for a touch on a day to come."""
    if on_day > today:
        raise Refusal(f"{day_text(on_day)} is still to come, so nobody was in touch on it.", "Type the day it was; nothing was changed.")


def _days(count: int) -> str:
    return f"{count:,} day{'' if count == 1 else 's'}"
