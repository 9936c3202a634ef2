"""Which days can be right: a typing slip in the year is said at once, before it stands in a list for a hundred years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coachdesk.clock import day_text
from coachdesk.errors import Refusal

YEARS_BEFORE, YEARS_AHEAD = 10, 3
_CHECK = "Check the day and its year; nothing was changed."


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a programme can speak of. starts_on, ends_on: of the contract, where they are known."""

    today: date
    starts_on: date | None = None
    ends_on: date | None = None

    def check_possible(self, on: date | None) -> None:
        """Refusal for a day more than ten years before the programme began."""
        if on is not None and self.starts_on is not None and on < _years(self.starts_on, -YEARS_BEFORE):
            raise Refusal(f"{day_text(on)} is more than ten years before the programme began.", _CHECK)

    def check_planned(self, on: date | None) -> None:
        """For what is still to do: Refusal as in check_possible, or for a day more than three years ahead."""
        self.check_possible(on)
        if on is not None and on > _years(self.today, YEARS_AHEAD):
            raise Refusal(f"{day_text(on)} is more than three years ahead.", _CHECK)

    def check_began(self, on: date) -> None:
        """Refusal for a day before the programme's first."""
        if self.starts_on is not None and on < self.starts_on:
            raise Refusal(f"{day_text(on)} is before the programme began, on {day_text(self.starts_on)}.", _CHECK)

    def check_session(self, on: date) -> None:
        """For outreach, which may be planned: Refusal as in check_began, or for a day more than a year ahead."""
        self.check_began(on)
        if on > _years(self.today, 1):
            raise Refusal(f"{day_text(on)} is more than a year ahead.", _CHECK)


def check_span(from_day: date | None, to_day: date | None) -> None:
    """Refusal when a last day comes before its first."""
    if from_day is not None and to_day is not None and to_day < from_day:
        raise Refusal(f"The last day, {day_text(to_day)}, would be before the first, {day_text(from_day)}.", _CHECK)


def _years(day: date, count: int) -> date:
    year = min(max(day.year + count, date.min.year), date.max.year)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
