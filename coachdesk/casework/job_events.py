"""What became known of a job since it began, as one list: other hours or pay, times away, earnings; and which of it claims rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coachdesk.activity.queries import EarningsRow, JobBreakRow, JobChangeRow
from coachdesk.claim.rules import pounds
from coachdesk.clock import day_text, first_day, month_from_text, month_of, month_words


@dataclass(frozen=True, slots=True)
class JobEvent:
    """One line about a job, with the row that it is of. is_sent: claims up to its month, or a later one, went out for the person's lot."""

    id: UUID
    row: JobChangeRow | JobBreakRow | EarningsRow
    on: date
    when: str
    what: str
    is_sent: bool

    @property
    def mark(self) -> str:
        """A word for a list."""
        return "sent" if self.is_sent else ""


def job_events(changes: Iterable[JobChangeRow], breaks: Iterable[JobBreakRow], earned: Iterable[EarningsRow], sent_until: int | None
               ) -> tuple[JobEvent, ...]:
    """The newest first."""
    found = [(row.from_day, f"from {day_text(row.from_day)}", _change_words(row), row) for row in changes]
    rows: list[tuple[date, str, str, JobChangeRow | JobBreakRow | EarningsRow]] = [*found]
    rows += [(row.from_day, _days(row), f"away{f': {row.reason}' if row.reason else ''}", row) for row in breaks]
    for paid in earned:
        month = month_from_text(paid.month)
        rows.append((first_day(month), month_words(month), f"{pounds(paid.pence)} earned", paid))
    events = [JobEvent(row.id, row, on, when, what, is_sent(on, sent_until)) for on, when, what, row in rows]
    return tuple(sorted(events, key=lambda each: (each.on, each.id.bytes), reverse=True))


def is_sent(on: date, sent_until: int | None) -> bool:
    """Whether a claim that went out may rest on what was so on a day."""
    return sent_until is not None and month_of(on) <= sent_until


def _change_words(row: JobChangeRow) -> str:
    said = [f"{row.hours_a_week} hours a week"] if row.hours_a_week is not None else []
    said += [f"{pounds(row.pay_pence_an_hour)} an hour"] if row.pay_pence_an_hour is not None else []
    return ", ".join([*said, *([row.contract] if row.contract else [])])


def _days(row: JobBreakRow) -> str:
    return f"{day_text(row.from_day)} to {day_text(row.to_day)}" if row.to_day else f"since {day_text(row.from_day)}"
