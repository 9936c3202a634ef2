"""A sheet that went out is filed on the referral: the very pages, with day, user and page count."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.participant.record import Participant
from coachdesk.referral.actions.moves import kept_referral
from coachdesk.referral.record import Filed
from coachdesk.store import blobs
from coachdesk.store.session import actor_of, today

SHEET = "referral sheet"


def file_sheet(session: Session, id: UUID, data: bytes, pages: int) -> UUID:
    """Files the pages of a sheet. Refusal for the referral of a person who is not registered; Trouble when the disk says no."""
    referral = kept_referral(session, id)
    person = session.get(Participant, referral.participant_id) if referral.participant_id is not None else None
    if person is None:
        raise Refusal("This person is not registered yet, so there is no record to file the sheet on.", "Nothing was filed.")
    kept = blobs.put(session, person.seal_id, data)
    made = Filed(referral_id=id, participant_id=person.id, what=SHEET, printed_on=today(session), printed_by=actor_of(session), pages=pages,
                 size=kept.size, blob=kept.name, digest=kept.digest)
    session.add(made)
    return made.id
