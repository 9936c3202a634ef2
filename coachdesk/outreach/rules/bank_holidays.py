"""Bank holidays in England and Wales, by rule and by the proclamations known so far; for a word of warning, never for a refusal.

Source: Banking and Financial Dealings Act 1971, schedule 1, with the days moved or added by proclamation up to 2023.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_MOVED = {2020: ((5, 4), (5, 8)), 2022: ((5, 30), (6, 2))}
_ADDED = {
    2022: (((6, 3), "Platinum Jubilee bank holiday"), ((9, 19), "bank holiday for the State Funeral of Queen Elizabeth II")),
    2023: (((5, 8), "bank holiday for the Coronation of King Charles III"),),
}


def bank_holiday(on: date) -> str:
    """What a bank holiday is called; empty for any other day."""
    return bank_holidays(on.year).get(on, "")


@cache
def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of a year in England and Wales, as day → name; none before 1978, when the list was another."""
    if not 1978 <= year <= 2199:
        return {}
    easter = _easter(year)
    found: dict[date, str] = {}
    for on, name in ((date(year, 1, 1), "New Year’s Day"), (date(year, 12, 25), "Christmas Day"), (date(year, 12, 26), "Boxing Day")):
        day = on
        while day.weekday() > 4 or day in found:
            day += timedelta(days=1)
        found[day] = name if day == on else f"{name} (substitute day)"
    found[easter - timedelta(days=2)] = "Good Friday"
    found[easter + timedelta(days=1)] = "Easter Monday"
    found[_monday(year, 5, 1)] = "Early May bank holiday"
    found[_last_monday(year, 5)] = "Spring bank holiday"
    found[_last_monday(year, 8)] = "Summer bank holiday"
    if year in _MOVED:
        was, now = (date(year, *each) for each in _MOVED[year])
        found[now] = found.pop(was)
    for day_of, name in _ADDED.get(year, ()):
        found[date(year, *day_of)] = name
    return found


def _monday(year: int, month: int, day: int) -> date:
    on = date(year, month, day)
    return on + timedelta(days=-on.weekday() % 7)


def _last_monday(year: int, month: int) -> date:
    on = date(year, month, 31)
    return on - timedelta(days=on.weekday())


def _easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
