"""What an organisation offers and what was agreed with it: status, days and times, ages, and when an end has to be looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.partner.rules.words import one_of

# The words of Open Referral UK 3.0, which are plain enough for people too.
ACTIVE, TEMPORARILY_CLOSED, INACTIVE, DEFUNCT = "active", "temporarily closed", "inactive", "defunct"
SERVICE_STATUSES = (ACTIVE, TEMPORARILY_CLOSED, INACTIVE, DEFUNCT)
_SHORT = {"open": ACTIVE, "running": ACTIVE, "closed": TEMPORARILY_CLOSED, "ended": DEFUNCT, "gone": DEFUNCT}
WEEKDAYS = {"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday", "SU": "Sunday"}
WEEK, MONTH = "week", "month"
RHYTHMS = (WEEK, MONTH)
WARN_DAYS, LAST_WARNING_DAYS, MOST_WARN_DAYS = 90, 30, 730
STALE_DAYS = 183        # after half a year an entry of a directory is worth a call
OLDEST = 120
_DAY = re.compile(r"([+-]?[1-5])?\s*(MO|TU|WE|TH|FR|SA|SU)")
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last", "-2": "last but one"}


def service_status_of(text: str | None) -> str:
    """Active, temporarily closed, inactive or defunct, from what was typed. Refusal, with the list, otherwise."""
    return one_of(SERVICE_STATUSES, text, "a status of a service", _SHORT)


def day_codes(words: Iterable[str] | None) -> list[str]:
    """Days of the week as MO to SU, from their names or beginnings; `2TU` is a month's second Tuesday. Refusal for another word."""
    found = []
    for word in words or ():
        bare = word.strip().upper()
        if not bare:
            continue
        code = _DAY.fullmatch(bare)
        named = [short for short, name in WEEKDAYS.items() if len(bare) >= 2 and name.upper().startswith(bare)]
        if code:
            found.append(f"{(code[1] or '').removeprefix('+')}{code[2]}")
        elif len(named) == 1:
            found.append(named[0])
        else:
            raise Refusal(f"“{word.strip()[:20]}” is not a day of the week.", "Write days like Monday, Thursday. Nothing was changed.")
    return in_week_order(found)


def in_week_order(codes: Iterable[str]) -> list[str]:
    """Codes of days, each once, Monday first."""
    order = [*WEEKDAYS]
    return sorted({code for code in codes if code[-2:] in WEEKDAYS}, key=lambda code: (order.index(code[-2:]), code))


def week_place(codes: Iterable[str]) -> tuple[bool, int]:
    """Where days stand in a list of opening times: by the first day of the week, days of a month after them, no days last."""
    first = next(iter(in_week_order(codes)), None)
    return (True, len(WEEKDAYS)) if first is None else (len(first) > 2, [*WEEKDAYS].index(first[-2:]))


def day_names(codes: Iterable[str]) -> str:
    """`Mon, Tue`, `second Tue`; five working days in a row are `Mon to Fri`."""
    sorted_codes = in_week_order(codes)
    plain = [*WEEKDAYS]
    if len(sorted_codes) >= 3 and all(len(code) == 2 for code in sorted_codes):
        first = plain.index(sorted_codes[0])
        if sorted_codes == plain[first : first + len(sorted_codes)]:
            return f"{WEEKDAYS[sorted_codes[0]][:3]} to {WEEKDAYS[sorted_codes[-1]][:3]}"
    return ", ".join(f"{_ORDINALS.get(code[:-2], '')} {WEEKDAYS[code[-2:]][:3]}".strip() for code in sorted_codes)


def opening_words(days: Iterable[str], opens_at: str | None, closes_at: str | None, freq: str | None = None, every: int | None = None,
                  month_days: str | None = None) -> str:
    """One opening time in words: `Mon to Fri 10:00–18:00`, `second Tue 14:00–16:00`, `Thu, every 2 weeks`."""
    when = " ".join(part for part in (day_names(days), f"on day {month_days} of the month" if month_days and freq == MONTH else "") if part)
    hours = f"{opens_at}–{closes_at}" if opens_at and closes_at else f"from {opens_at}" if opens_at else ""
    hours = hours or (f"until {closes_at}" if closes_at else "")
    rhythm = f"every {every} {freq or WEEK}s" if every and every > 1 else f"every {MONTH}" if freq == MONTH and not when else ""
    return ", ".join(part for part in (" ".join(part for part in (when, hours) if part), rhythm) if part)


def check_opening(days: list[str], opens_at: str | None, closes_at: str | None, month_days: str | None, note: str | None) -> None:
    """Refusal when an opening time says nothing, or would close before it opens."""
    if not (days or opens_at or closes_at or month_days or note):
        raise Refusal("An opening time needs a day or an hour.", "Say on which days, or from when to when. Nothing was changed.")
    if opens_at and closes_at and closes_at <= opens_at:
        raise Refusal(f"It would close at {closes_at}, before it opens at {opens_at}.", "Check both times; nothing was changed.")


def rhythm_of(text: str | None) -> str | None:
    """Week or month; None when it is empty. Refusal otherwise."""
    return one_of(RHYTHMS, text, "a rhythm", {"weekly": WEEK, "monthly": MONTH}) if (text or "").strip() else None


def every_so_many(count: int | None) -> int | None:
    """Every so many weeks or months, 1 to 12; None stays. Refusal otherwise."""
    if count is not None and not 1 <= count <= 12:
        raise Refusal("Opening times come back every 1 to 12 weeks or months.", "Check the number; nothing was changed.")
    return count


def check_ages(youngest: int | None, oldest: int | None) -> None:
    """Refusal for ages that nobody has, or a youngest above the oldest."""
    for age in (youngest, oldest):
        if age is not None and not 0 <= age <= OLDEST:
            raise Refusal(f"An age is between 0 and {OLDEST}.", "Check the number; nothing was changed.")
    if youngest is not None and oldest is not None and youngest > oldest:
        raise Refusal(f"The youngest, {youngest}, would be older than the oldest, {oldest}.", "Check both ages; nothing was changed.")


def ages_words(youngest: int | None, oldest: int | None) -> str:
    """`18 to 65`, `from 18`, `up to 65`; nothing where no age is said."""
    if youngest is not None and oldest is not None:
        return f"{youngest} to {oldest}"
    return f"from {youngest}" if youngest is not None else f"up to {oldest}" if oldest is not None else ""


def warn_days_of(days: int) -> int:
    """How long before an end one is warned, 1 to two years. Refusal otherwise."""
    if not 1 <= days <= MOST_WARN_DAYS:
        raise Refusal(f"A warning comes 1 to {MOST_WARN_DAYS} days before the end.", "Type a number between them; nothing was changed.")
    return days


def warning_day(ends_on: date, seen_on: date | None, warn_days: int = WARN_DAYS) -> date | None:
    """The day from which an end stands in Today: so many days before it, again 30 days before, and on the day itself.

    Whoever looks at it (seen_on) has peace until the next of these days; None when nothing is left to warn of.
    """
    steps = sorted({ends_on - timedelta(days=days) for days in (warn_days, min(LAST_WARNING_DAYS, warn_days), 0)})
    return next((step for step in steps if seen_on is None or seen_on < step), None)


def end_words(ends_on: date, today: date) -> str:
    """`ends on 3 May 2020, in 12 days`, `ended on 1 May 2020`."""
    left = (ends_on - today).days
    if left < 0:
        return f"ended on {day_text(ends_on)}"
    return f"ends on {day_text(ends_on)}, {'today' if left == 0 else 'tomorrow' if left == 1 else f'in {left} days'}"


def check_day_of_check(on: date, today: date) -> None:
    """Refusal for a check on a day to come."""
    if on > today:
        raise Refusal(f"{day_text(on)} is still to come, so nothing was checked on it.", "Type the day of the check; nothing was changed.")
