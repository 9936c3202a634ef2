"""Readings of how far somebody has come, and the scale that the contract asks by."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries, rules
from coachdesk.activity.record import Reading
from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.participant.record import Participant
from coachdesk.partner.actions import held
from coachdesk.programme.actions import scale_of
from coachdesk.programme.queries import contract
from coachdesk.programme.record import Scale, TeamMember
from coachdesk.programme.rules import BUNDLED, bundled_scale, lines_of
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import actor_of, today


def record_reading(session: Session, *, participant: Annotated[UUID, Ref("participant", "participant")],
                   answers: Annotated[list[str], "QUESTION=NUMBER for each question of the scale"],
                   read_on: Annotated[date | None, "day; today, unless said otherwise"] = None,
                   note: Annotated[str | None, "note"] = None,
                   coach: Annotated[UUID | None, Ref("programme.member", "coach; you, unless said otherwise")] = None) -> UUID:
    """Writes down a reading on the scale of that day. Refusal without a scale in force, off the scale, or twice on one day."""
    person, on = held(session, Participant, participant, "participant"), read_on or today(session)
    scale = queries.scale_on(session, on)
    if scale is None:
        raise Refusal("This contract asks by no scale on that day.", "Choose one first: `add activity.scale`. Nothing was saved.")
    others = session.execute(sa.select(Reading.read_on).where(Reading.participant_id == participant, Reading.scale == scale.code)).scalars()
    rules.check_reading(on, today(session), person.registered_on, others)
    made = Reading(participant_id=participant, scale=scale.code, read_on=on, note=lines_of(note),
                   coach_id=held(session, TeamMember, coach or actor_of(session), "member of the team").id,
                   answers=rules.read_answers(answers, scale.questions, scale.low, scale.high))
    session.add(made)
    return made.id


def correct_reading(session: Session, id: UUID, *, answers: Annotated[list[str] | None, "QUESTION=NUMBER, for those that change"] = None,
                    note: Annotated[str | None, "note"] = None) -> None:
    """Corrects a reading; what is left out stays as it is."""
    thing = held(session, Reading, id, "reading")
    if answers:
        scale = queries.scale_of_code(session, thing.scale)
        if scale is None:
            raise Refusal("The scale of this reading is not known here.", "Nothing was changed.")
        thing.answers = {**thing.answers, **rules.read_answers(answers, scale.questions, scale.low, scale.high)}
    thing.note = thing.note if note is None else lines_of(note)


def remove_reading(session: Session, id: UUID) -> None:
    """Takes a reading away that should not stand here."""
    session.delete(held(session, Reading, id, "reading"))


def choose_scale(session: Session, *, code: Annotated[str, "short name of a scale that comes with the desk: ons4"],
                 again_after_days: Annotated[int, "days: asked a second time after"] = 91,
                 from_day: Annotated[date | None, "asked from; the contract's first day, unless said otherwise"] = None) -> UUID:
    """Chooses a scale that comes with the desk; the one asked until now ends the day before. Refusal for another name or odd days."""
    if not 1 <= again_after_days <= 1_000:
        raise Refusal("The second reading comes after 1 to 1,000 days.", "Type the days again; nothing was changed.")
    plan = bundled_scale(code, again_after_days, from_day or contract(session).starts_on)
    if plan is None:
        raise Refusal(f"“{code.strip()}” is not a scale that comes with the desk.", f"Choose one of: {', '.join(BUNDLED)}.")
    for other in session.execute(sa.select(Scale)).scalars():
        if other.from_day >= plan.from_:
            raise Refusal(f"{other.title} is asked from {day_text(other.from_day)}.", "Say a later day; nothing was changed.")
        if other.to_day is None or other.to_day >= plan.from_:
            other.to_day = date.fromordinal(plan.from_.toordinal() - 1)
    made = scale_of(plan)
    session.add(made)
    return made.id


DOORS = (
    Door("reading", "readings of how far somebody has come", queries.readings, record_reading,
         {"change": correct_reading, "remove": remove_reading}, names=("reference", "participant")),
    Door("scale", "scales that the contract asks by", queries.scales, choose_scale, names=("code", "title")),
)
