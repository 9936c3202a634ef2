"""The action plan, training, volunteering, readings, and what happened in jobs, as events of a person's timeline."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.activity import queries
from coachdesk.activity.rules import DONE, NOT_TAKEN_UP
from coachdesk.casework.events import Event
from coachdesk.claim.rules import pounds
from coachdesk.clock import day_text, last_day, month_from_text, month_words


def events(session: Session, known: UUID) -> Iterator[Event]:
    """Of one record; in no order."""
    for row in queries.plan_items(session, participant=known):
        yield Event(row.id, row.said_on, "activity.plan", f"Needed: {row.kind}", row.need, row.coach)
        if row.taken_up_on is not None:
            yield Event(row.id, row.taken_up_on, "activity.plan", f"Taken up: {row.kind}", "", row.coach)
        if row.settled_on is not None and row.state in (DONE, NOT_TAKEN_UP):
            yield Event(row.id, row.settled_on, "activity.plan", f"{row.state.capitalize()}: {row.kind}", row.reason or "", row.coach)
    for course in queries.trainings(session, participant=known):
        detail = ", ".join(part for part in (course.given_by, course.qualification, course.outcome) if part)
        yield Event(course.id, course.from_day, "activity.training", f"Training: {course.course}", detail, course.coach)
    for place in queries.volunteerings(session, participant=known):
        hours = f"{place.hours_a_week} hours a week" if place.hours_a_week else ""
        detail = ", ".join(part for part in (place.where, hours, place.outcome) if part)
        yield Event(place.id, place.from_day, "activity.volunteering", f"Volunteering: {place.role}", detail, place.coach)
    for reading in queries.readings(session, participant=known):
        yield Event(reading.id, reading.read_on, "activity.reading", f"Reading taken: {reading.scale}",
                    ", ".join(f"{code} {number}" for code, number in reading.numbers.items()), reading.coach)
    yield from _jobs(session, known)


def _jobs(session: Session, known: UUID) -> Iterator[Event]:
    for job in queries.jobs(session, participant=known):
        if job.ended_on is not None:
            yield Event(job.id, job.ended_on, "activity.job", "A job ended", f"{job.title}, {job.employer}: {job.end_reason or ''}",
                        job.coach)
    for change in queries.job_changes(session, participant=known):
        now = ", ".join(part for part in (f"{change.hours_a_week} hours a week" if change.hours_a_week else "",
                                          f"{pounds(change.pay_pence_an_hour)} an hour" if change.pay_pence_an_hour else "",
                                          change.contract or "") if part)
        yield Event(change.id, change.from_day, "activity.job_change", "Other hours or pay", now, change.coach)
    for away in queries.job_breaks(session, participant=known):
        until = f"until {day_text(away.to_day)}" if away.to_day else "not back yet"
        words = ", ".join(part for part in (until, away.reason) if part)
        yield Event(away.id, away.from_day, "activity.job_break", "Away from work", words, away.coach)
    for paid in queries.earnings(session, participant=known):
        month = month_from_text(paid.month)
        yield Event(paid.id, last_day(month), "activity.earnings", f"Earned in {month_words(month)}", pounds(paid.pence), paid.coach)
