"""Whose caseload somebody is on, from a day on: dated rows, never changed; the latest is the coach of today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.participant import queries
from coachdesk.participant.actions.beginnings import beginnings
from coachdesk.participant.record import Assignment, FollowUp, Participant
from coachdesk.partner.actions import held
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import TeamMember
from coachdesk.programme.rules import line_of
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import actor_of, moment, today


def assign(
    session: Session,
    id: UUID,
    *,
    coach: Annotated[UUID, Ref("programme.member", "coach")],
    from_day: Annotated[date | None, "from; today when not said"] = None,
    reason: Annotated[str | None, "why it changed"] = None,
) -> UUID:
    """Another coach from a day on; open follow-ups about the person that were the old coach's go with them.

    Refusal for the coach that they have, for a day to come, or one before the coach of today began.
    """
    person, member = held(session, Participant, id, "participant"), held(session, TeamMember, coach, "member of the team")
    on = from_day or today(session)
    programme_queries.days(session).check_possible(on)
    if on > today(session):
        raise Refusal("A coach begins today or began before.", "Assign them on the day itself; nothing was changed.")
    if member.id == person.coach_id:
        raise Refusal(f"{member.name} is their coach already.", "Choose somebody else; nothing was changed.")
    begun = session.execute(sa.select(sa.func.max(Assignment.from_day, type_=sa.Date())).where(Assignment.participant_id == id)).scalar()
    if begun is None:
        session.add(beginnings(session, person)[1])
    elif on < begun:
        raise Refusal("Their present coach began later than that.", "Say a later day; nothing was changed.")
    old, person.coach_id = person.coach_id, member.id
    for task in queries.open_follow_ups_of(session, person.id, old):
        held(session, FollowUp, task, "follow-up").coach_id = member.id
    made = Assignment(
        participant_id=id,
        coach_id=member.id,
        from_day=on,
        reason=line_of(reason, "The reason"),
        written_by=actor_of(session),
        written_at=moment(session),
    )
    session.add(made)
    return made.id


VERBS: dict[str, Callable[..., Any]] = {"assign": assign}
DOORS = (Door("assignment", "whose caseload people were on, dated", queries.assignments, names=("reference",),
              person={"reference": Participant.reference}),)
