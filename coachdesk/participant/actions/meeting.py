"""Somebody who is registered comes again: the line that was written down at outreach is theirs."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.outreach import actions as outreach_actions
from coachdesk.outreach.record import Contact
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.participant import queries
from coachdesk.participant.record import FollowUp, MetAt, Participant
from coachdesk.partner.actions import held
from coachdesk.partner.record import Venue
from coachdesk.store.doors import Ref
from coachdesk.store.session import today


def met_again(session: Session, id: UUID, *, contact: Annotated[UUID, Ref("outreach.contact", "whoever was written down")]) -> None:
    """The contact is this person, who is registered already: it stands in their timeline, and what was promised goes over to them.

    Refusal when the contact is a participant already.
    """
    person = held(session, Participant, queries.leader(session, id), "participant")
    line = held(session, Contact, contact, "contact")
    met = held(session, OutreachSession, line.session_id, "session")
    before = session.execute(sa.select(Participant.reference).join(MetAt, MetAt.participant_id == Participant.id)
                             .where(MetAt.contact_id == contact)).scalar()
    if before is not None:
        raise Refusal(f"This contact is {before} already.", "Open that participant; nothing was changed.")
    session.add(MetAt(participant_id=person.id, contact_id=contact))
    if line.follow_up_on is not None and line.followed_up_on is None:
        day, place = today(session), held(session, Venue, met.venue_id, "place").name
        if line.follow_up_on > day:
            session.add(FollowUp(participant_id=person.id, coach_id=line.follow_up_by_id or met.coach_id, due_on=line.follow_up_on,
                                 what=f"Follow up: met again at {place}"))
        outreach_actions.mark_followed_up(session, contact, followed_up_on=day)
