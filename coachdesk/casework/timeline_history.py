"""What changed with time about a person, as events: spells, benefits, pauses, coaches, kit, joined records, looks at what is kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity_queries
from coachdesk.casework.events import Event
from coachdesk.clock import day_text
from coachdesk.participant import queries


def events(session: Session, known: UUID, members: dict[UUID, str]) -> Iterator[Event]:
    """Of one record; in no order. Nothing that is kept apart is told, only that it was opened."""
    spells = queries.spells(session, participant=known)
    for row in spells:
        if row.ended_on is not None:
            yield Event(row.id, row.ended_on, "participant.spell", "Left the programme", row.end_reason or "", "")
    for row in spells[:-1]:
        yield Event(row.id, row.started_on, "participant.spell", "Came back to the programme", row.lot, "")
    for benefit in queries.benefits(session, participant=known):
        detail = ", ".join(part for part in (benefit.benefit, benefit.conditionality) if part)
        yield Event(benefit.id, benefit.from_day, "participant.benefit", "Benefit from this day", detail, "")
    for rest in queries.pauses(session, participant=known):
        back = f", expected back on {day_text(rest.expected_back_on)}" if rest.expected_back_on else ""
        yield Event(rest.id, rest.from_day, "participant.pause", "Paused", rest.reason + back, "")
        if rest.to_day is not None:
            yield Event(rest.id, rest.to_day, "participant.pause", "Back from a pause", "", "")
    for turn in queries.assignments(session, participant=known)[:-1]:
        yield Event(turn.id, turn.from_day, "participant.assignment", f"Coach: {turn.coach}", turn.reason or "", turn.written_by)
    for loan in activity_queries.loans(session, participant=known):
        what = f"{loan.what} {loan.tag or ''}".strip()
        due = f"due back on {day_text(loan.due_back_on)}" if loan.due_back_on else ""
        yield Event(loan.id, loan.lent_on, "activity.loan", f"Lent: {what}", due, members.get(loan.coach_id, ""))
        if loan.returned_on is not None:
            yield Event(loan.id, loan.returned_on, "activity.loan", f"Given back: {what}", loan.condition or "", "")
    for put in activity_queries.candidates(session, participant=known):
        for step in activity_queries.candidate_steps(session, candidate=put.id):
            detail = ", ".join(part for part in (put.what, put.partner) if part)
            yield Event(put.id, step.on_day, "activity.candidate", f"Candidate: {step.stage}",
                        f"{detail}{f': {step.reason}' if step.reason else ''}", step.entered_by)
    for join in queries.joins(session, participant=known):
        if known == join.one_id:
            yield Event(join.id, join.joined_on, "participant.same_as", f"Joined with {join.other}", join.reason or "", join.joined_by)
    for look in queries.looks(session, participant=known):
        yield Event(look.id, look.looked_at.date(), "participant.look", "What is kept apart was opened", f"{look.what}: {look.why}",
                    look.looked_by)
