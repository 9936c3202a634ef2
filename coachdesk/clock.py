"""The only place that knows what time it is; tests and the sample programme move it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol


class Clock(Protocol):
    """now() is an aware UTC instant; today() is the day on the coach's calendar."""

    def now(self) -> datetime: ...
    def today(self) -> date: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return datetime.now().astimezone().date()


def wall_milliseconds() -> int:
    """The machine's own milliseconds, for time-ordered ids only: they never count as a date."""
    return int(datetime.now(UTC).timestamp() * 1000)


class FixedDay:
    """A clock whose day stands still while seconds go on: `--today`, and the sample programme.

    now() is noon of that day plus the time since the clock was made, so that instants still differ and grow. after: the last instant
    that is known of that day; the clock goes on from there, so that what one command writes comes after what the one before it wrote.
    """

    def __init__(self, day: date, after: datetime | None = None) -> None:
        self._day = day
        self._begun = datetime.now(UTC)
        noon = datetime.combine(day, time(12), UTC)
        self._from, self._to = max(noon, (after or noon) + timedelta(milliseconds=1)), noon + timedelta(hours=11)

    def now(self) -> datetime:
        return min(self._from + (datetime.now(UTC) - self._begun), max(self._to, self._from))

    def today(self) -> date:
        return self._day


def month_of(day: date) -> int:
    """Month inside the program: year × 12 + month - 1."""
    return day.year * 12 + day.month - 1


def month_text(month: int) -> str:
    """`YYYY-MM`, as months are written at the edges."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_from_text(text: str) -> int:
    """The month of `YYYY-MM`; ValueError for anything else."""
    year, dash, number = text.strip().partition("-")
    if not (dash and len(year) == 4 and year.isdigit() and len(number) == 2 and number.isdigit() and 1 <= int(number) <= 12):
        raise ValueError(f"{text!r} is not a month like 2020-05")
    return int(year) * 12 + int(number) - 1


def first_day(month: int) -> date:
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    """The last day of a month."""
    return first_day(month + 1) - timedelta(days=1)


def day_text(day: date) -> str:
    """`5 June 2026`, as days are shown to people."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_words(month: int) -> str:
    """`May 2020`, as months are shown to people."""
    return f"{_MONTHS[month % 12]} {month // 12}"


_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
