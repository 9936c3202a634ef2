"""What begins with a registration besides the record itself."""

from __future__ import annotations

from sqlalchemy.orm import Session

from coachdesk.participant.record import Assignment, Participant, Spell
from coachdesk.store.session import actor_of, moment


def beginnings(session: Session, person: Participant) -> tuple[Spell, Assignment]:
    """What begins with a registration: the first spell with the baseline that was taken, and whose caseload they are on."""
    spell = Spell(
        participant_id=person.id,
        lot_id=person.lot_id,
        started_on=person.registered_on,
        benefit=person.benefit,
        weeks_out_of_work=person.weeks_out_of_work,
        hours_a_week=person.hours_a_week,
        pay_pence_an_hour=person.pay_pence_an_hour,
    )
    return spell, Assignment(
        participant_id=person.id,
        coach_id=person.coach_id,
        from_day=person.registered_on,
        written_by=actor_of(session),
        written_at=moment(session),
    )
