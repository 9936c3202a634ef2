"""Laptops, telephones and data lent to people, and given back."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries, rules
from coachdesk.activity.record import Loan
from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.participant.record import Participant
from coachdesk.partner.actions import held
from coachdesk.programme.queries import days
from coachdesk.programme.record import TeamMember
from coachdesk.programme.rules import line_of
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import actor_of, today


def lend(session: Session, *, participant: Annotated[UUID, Ref("participant", "participant")],
         what: Annotated[str, "laptop, tablet, telephone, data or other"], tag: Annotated[str | None, "number on the label"] = None,
         lent_on: Annotated[date | None, "lent on; today when not said"] = None,
         due_back_on: Annotated[date | None, "due back on"] = None,
         coach: Annotated[UUID | None, Ref("programme.member", "coach; you when not said")] = None) -> UUID:
    """Writes down that something was lent. Refusal for an unknown thing, days that cannot be, or a label that is out already."""
    on, label = _past(session, lent_on), line_of(tag, "The label")
    if due_back_on is not None and due_back_on < on:
        raise Refusal("It would be due back before it was lent.", "Check the days; nothing was changed.")
    days(session).check_planned(due_back_on)
    if label is not None:
        out = session.execute(sa.select(Participant.reference).join(Loan, Loan.participant_id == Participant.id).where(
            sa.func.lower(Loan.tag) == label.casefold(), Loan.returned_on.is_(None))).scalar()
        if out is not None:
            raise Refusal(f"{label} is lent already, to {out}.", "Note that it was given back first; nothing was changed.")
    made = Loan(participant_id=held(session, Participant, participant, "participant").id, what=rules.lendable_of(what), tag=label,
                coach_id=held(session, TeamMember, coach or actor_of(session), "member of the team").id, lent_on=on,
                due_back_on=due_back_on)
    session.add(made)
    return made.id


def give_back(session: Session, id: UUID, *, returned_on: Annotated[date | None, "given back on; today when not said"] = None,
              condition: Annotated[str | None, "how it came back"] = None) -> None:
    """Notes that something came back. Refusal when it did already, or before it was lent."""
    found, on = held(session, Loan, id, "loan"), _past(session, returned_on)
    if found.returned_on is not None:
        raise Refusal(f"It came back on {day_text(found.returned_on)} already.", "Nothing was changed.")
    if on < found.lent_on:
        raise Refusal(f"It was lent on {day_text(found.lent_on)}.", "Say a later day; nothing was changed.")
    found.returned_on, found.condition = on, line_of(condition, "The condition")


def change_loan(session: Session, id: UUID, *, tag: Annotated[str | None, "number on the label"] = None,
                due_back_on: Annotated[date | None, "due back on"] = None) -> None:
    """Another day to give it back, or the label written right."""
    found = held(session, Loan, id, "loan")
    days(session).check_planned(due_back_on)
    if tag is not None:
        found.tag = line_of(tag, "The label")
    found.due_back_on = due_back_on or found.due_back_on


def _past(session: Session, day: date | None) -> date:
    days(session).check_possible(day)
    if day is not None and day > today(session):
        raise Refusal(f"{day_text(day)} is still to come.", "Say the day on which it happened; nothing was changed.")
    return day or today(session)


DOORS = (Door("loan", "laptops, telephones and data lent to people", queries.loans, lend, {"give back": give_back, "change": change_loan},
              names=("tag", "reference")),)
