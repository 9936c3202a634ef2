"""What may be written down about a job that goes on: other hours or pay, days away, earnings, its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from coachdesk.activity.rules.deeds import check_job, chosen
from coachdesk.clock import day_text, first_day, last_day, month_words
from coachdesk.errors import Refusal

JOB_ENDS = ("found another job", "contract came to its end", "redundancy", "dismissal", "left by choice", "health", "caring",
            "not known", "other")
MOST_PENCE_A_MONTH = 50_000_00
_NOTHING = "Nothing was changed."


def check_in_job(on: date, started_on: date, ended_on: date | None, what: str) -> None:
    """Refusal unless the day falls in the job's time. what: begins the sentence ("The change")."""
    if on < started_on:
        raise Refusal(f"{what} would come before the first day of the job, {day_text(started_on)}.", f"Check the day. {_NOTHING}")
    if ended_on is not None and on > ended_on:
        raise Refusal(f"{what} would come after the job ended on {day_text(ended_on)}.", f"Check the day. {_NOTHING}")


def check_came(on: date, today: date) -> None:
    """Refusal for a day to come."""
    if on > today:
        raise Refusal(f"{day_text(on)} is still to come.", f"Say the day on which it happened. {_NOTHING}")


def check_job_change(hours_a_week: int | None, pay_pence_an_hour: int | None, contract: str | None) -> None:
    """Refusal when nothing changes, or hours or pay are odd."""
    if hours_a_week is None and pay_pence_an_hour is None and not contract:
        raise Refusal("A change in a job says what is different.", f"Type the new hours, the new pay or the new contract. {_NOTHING}")
    check_job(1 if hours_a_week is None else hours_a_week, pay_pence_an_hour)


def check_break(from_day: date, to_day: date | None, others: Iterable[tuple[date, date | None]]) -> None:
    """Refusal when a time away ends before it begins, or meets another one of the same job."""
    if to_day is not None and to_day < from_day:
        raise Refusal(f"That would end on {day_text(to_day)}, before it begins on {day_text(from_day)}.", f"Check the days. {_NOTHING}")
    for begun, ended in others:
        if from_day <= (ended or date.max) and begun <= (to_day or date.max):
            until = f"until {day_text(ended)}" if ended else "and are not back yet"
            raise Refusal(f"They were away from {day_text(begun)} {until} already.", f"Correct that one instead. {_NOTHING}")


def check_earnings(month: int, pence: int, started_on: date, ended_on: date | None, today: date) -> None:
    """Refusal for a month outside the job or still to come, or a sum that cannot be."""
    if first_day(month) > today:
        raise Refusal(f"{month_words(month)} is still to come.", f"Type what was earned when it is known. {_NOTHING}")
    if last_day(month) < started_on or (ended_on is not None and first_day(month) > ended_on + timedelta(days=62)):
        raise Refusal(f"{month_words(month)} lies outside this job.", f"Check the month. {_NOTHING}")
    if not 0 <= pence <= MOST_PENCE_A_MONTH:
        raise Refusal("What was earned in the month does not look right.", f"Type it in pence, 94050 for £940.50. {_NOTHING}")


def job_end_of(text: str) -> str:
    """Why a job ended. Refusal, with the list, for anything else."""
    return chosen(text, JOB_ENDS, "reason why a job ended")
