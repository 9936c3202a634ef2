"""People for the tests of rooms that stand on the participant's: written straight into the record, with a verdict."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.participant.record import Participant, Verdict
from coachdesk.store.ids import new_id
from coachdesk.store.session import actor_of, moment, today


def enrol(session: Session, lot: UUID, *, name: str = "Zoë Kowalska", registered_on: date = date(2019, 10, 1),
          verdict: str = "eligible by residence") -> UUID:
    """A participant of a lot with the verdict that is asked for."""
    own = new_id()
    session.add(Participant(id=own, seal_id=own, reference=f"CW-{str(own)[-3:]}", lot_id=lot, coach_id=actor_of(session),
                            registered_on=registered_on, name=name, postcode="B34 7AA"))
    judge(session, own, lot, verdict)
    return own


def judge(session: Session, person: UUID, lot: UUID, verdict: str) -> None:
    """One more verdict, which counts from now on."""
    session.add(Verdict(participant_id=person, lot_id=lot, verdict=verdict, postcode="B34 7AA", ward_code="E05011165",
                        ward_name="Shard End", edition="2021.4.0", method="ward", decided_on=today(session), decided_at=moment(session),
                        decided_by=actor_of(session), sentence="B34 7AA is in Shard End."))
