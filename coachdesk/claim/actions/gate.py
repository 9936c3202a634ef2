"""What every action of this room asks first: a lead, a claim that is here, a day that can be right."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.claim.record import Claim
from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.programme.queries import role_of
from coachdesk.store.session import actor_of


def only_lead(session: Session, deed: str) -> None:
    """Refusal for anybody but a lead. deed: "send a claim"."""
    role = role_of(session, actor_of(session))
    if role != "lead":
        raise Refusal(f"Only a lead can {deed}, and you are here as a {role}.", "Ask a lead to do it. Nothing was changed.")


def claim_of(session: Session, id: UUID) -> Claim:
    """A claim by its id. Refusal when it is not here."""
    found = session.get(Claim, id)
    if found is None:
        raise Refusal(
            "There is no such claim here; a draft that was drafted again has a new id.", "Open the list of claims and choose it there."
        )
    return found


def check_day_after_sending(claim: Claim, day: date, now: date, what: str) -> None:
    """Refusal for a day to come, or before the claim went out."""
    if day > now or (claim.sent_on is not None and day < claim.sent_on):
        raise Refusal(f"{what} on {day_text(day)} cannot be right: the claim went out on {day_text(claim.sent_on or day)}.",
                      "Correct the day. Nothing was changed.")
