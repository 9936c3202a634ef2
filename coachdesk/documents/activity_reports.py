"""Papers that a participant takes home, from the rooms to paper: what `reports` offers by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework import action_plan as papers
from coachdesk.documents.action_plan import action_plan_sheet, appointment_slip
from coachdesk.documents.person_reports import Chosen
from coachdesk.documents.style import Paper, Printed
from coachdesk.errors import Refusal


def plan_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """Somebody's action plan, to be signed by both."""
    if chosen.person is None:
        raise Refusal("An action plan is of one person.", "Choose the person. Nothing was printed.")
    return plan_of(session, chosen.person, printed, out)


def plan_of(session: Session, person: UUID, printed: Printed, out: Path | BinaryIO) -> Paper:
    """The same, of a person whom a screen shows."""
    return action_plan_sheet(papers.action_plan(session, person), printed, out)


def slip_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """The slip of one appointment (`person` holds its id: reports hand over one choice)."""
    if chosen.person is None:
        raise Refusal("A slip is of one appointment.", "Choose the appointment. Nothing was printed.")
    return slip_of(session, chosen.person, printed, out)


def slip_of(session: Session, appointment: UUID, printed: Printed, out: Path | BinaryIO) -> Paper:
    """The same, of an appointment that a screen shows."""
    return appointment_slip(papers.slip(session, appointment), printed, out)


ACTIVITY_REPORTS: dict[str, Callable[[Session, Printed, Path | BinaryIO, Chosen], Paper]] = {
    "action-plan": plan_report,
    "appointment-slip": slip_report,
}
