"""What stands on the two papers that a participant takes home: their action plan, and the slip of an appointment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity_queries
from coachdesk.activity.queries import AppointmentRow, PlanRow, TrainingRow, VolunteeringRow
from coachdesk.errors import Refusal
from coachdesk.participant import queries as participant_queries
from coachdesk.store.session import today


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """Somebody's plan on a day: open lines first in their order, then what is settled; what is booked next."""

    reference: str
    name: str
    coach: str
    on: date
    open: tuple[PlanRow, ...]
    settled: tuple[PlanRow, ...]
    training: tuple[TrainingRow, ...]
    volunteering: tuple[VolunteeringRow, ...]
    coming: tuple[AppointmentRow, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """An appointment as its slip says it. instead_of: the day of the one that it replaces."""

    reference: str
    name: str
    coach: str
    on: date
    at: str
    place: str
    instead_of: date | None


def action_plan(session: Session, participant: UUID) -> ActionPlan:
    """The plan of one person, under all of their records. Refusal when there is no such person, or nothing in the plan."""
    known = participant_queries.leader(session, participant)
    detail = participant_queries.participant(session, known)
    if detail is None:
        raise Refusal("There is no such participant.", "Take the reference from the caseload. Nothing was printed.")
    records = participant_queries.records(session, known)
    lines = [row for one in records for row in activity_queries.plan_items(session, participant=one)]
    if not lines:
        raise Refusal("There is nothing in this action plan yet.", "Write down the first need on the person’s page. Nothing was printed.")
    row, settled = detail.person, ("done", "not taken up")
    return ActionPlan(
        row.reference, row.name, row.coach, today(session),
        tuple(each for each in lines if each.state not in settled), tuple(each for each in lines if each.state in settled),
        tuple(each for one in records for each in activity_queries.trainings(session, participant=one)),
        tuple(each for one in records for each in activity_queries.volunteerings(session, participant=one)),
        tuple(sorted((each for one in records for each in activity_queries.appointments(session, participant=one, outcome="booked")),
                     key=lambda each: (each.due_on, each.at or ""))))


def slip(session: Session, appointment: UUID) -> Slip:
    """One appointment's slip. Refusal when it is not here, or no longer booked."""
    row = next(iter(activity_queries.appointment_chain(session, appointment)), None)
    if row is None:
        raise Refusal("This appointment is not here any more.", "Choose it again from the list. Nothing was printed.")
    if row.outcome != "booked":
        raise Refusal(f"This appointment is marked “{row.outcome}”.", "Rebook it, then print the slip of the new one. Nothing was printed.")
    chain = activity_queries.appointment_chain(session, appointment)
    return Slip(row.reference, row.participant, row.coach, row.due_on, row.at or "", row.place or "",
                chain[1].due_on if len(chain) > 1 else None)
