"""People at organisations: added, changed, named as key, dated when they leave. Who was part of something is never taken away."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.partner import rules
from coachdesk.partner.actions.organisations import PartnerRef, held, phone_of
from coachdesk.partner.record import Introduction, Partner, PartnerContact, TouchWith
from coachdesk.programme import queries as programme_queries
from coachdesk.store.session import today


def add_contact(session: Session, *, partner: PartnerRef, name: Annotated[str, "full name"], role: Annotated[str | None, "role"] = None,
                phone: Annotated[str | None, "telephone"] = None, email: Annotated[str | None, "e-mail"] = None) -> UUID:
    """Adds a person at an organisation. Refusal for a number that cannot be called, or an address that is none."""
    made = PartnerContact(partner_id=held(session, Partner, partner, "organisation").id, name=rules.name_of(name, "A contact"),
                          role=rules.role_of(role), phone=phone_of(phone), email=rules.email_of(email))
    session.add(made)
    return made.id


def change_contact(session: Session, id: UUID, *, name: Annotated[str | None, "full name"] = None,
                   role: Annotated[str | None, "role"] = None, phone: Annotated[str | None, "telephone"] = None,
                   email: Annotated[str | None, "e-mail"] = None) -> None:
    """Changes a person at an organisation. What is not given stays; an empty text clears. Refusals as in add_contact."""
    contact = held(session, PartnerContact, id, "contact")
    if name is not None:
        contact.name = rules.name_of(name, "A contact")
    if role is not None:
        contact.role = rules.role_of(role)
    if phone is not None:
        contact.phone = phone_of(phone)
    if email is not None:
        contact.email = rules.email_of(email)


def set_key(session: Session, id: UUID, *, is_key: Annotated[bool, "a key person, with an upkeep clock of their own"],
            cadence_days: Annotated[int | None, "days: their own cadence; 0 for that of their organisation"] = None) -> None:
    """Says whether somebody is a key person. Their clock begins today; only a touch with them sets it back. Refusal once they have left."""
    contact = held(session, PartnerContact, id, "contact")
    if is_key and contact.leaves_on is not None and contact.leaves_on <= today(session):
        raise Refusal(f"{contact.name} left on {day_text(contact.leaves_on)}.", "Choose who is there now. Nothing was changed.")
    if is_key and not contact.is_key:
        contact.clock_from = today(session)
    contact.is_key = is_key
    if cadence_days is not None:
        contact.cadence_days = rules.cadence_of(cadence_days) or None


def leave(session: Session, id: UUID, *, on_day: Annotated[date | None, "leaves, or left, on; today when not said"] = None,
          is_staying: Annotated[bool | None, "yes: they stay after all"] = None) -> None:
    """Somebody leaves their organisation: dated, not taken away, so that what they were part of stays true. Refusal for an odd day."""
    contact = held(session, PartnerContact, id, "contact")
    if is_staying:
        contact.leaves_on = contact.leaving_seen_on = None
        return
    day = on_day or today(session)
    programme_queries.days(session).check_possible(day)
    if day != contact.leaves_on:
        contact.leaves_on, contact.leaving_seen_on = day, today(session) if day <= today(session) else None


def see_leaving(session: Session, id: UUID) -> None:
    """Somebody has looked at what the leaving of a person means. It stands in Today again at the next warning."""
    contact = held(session, PartnerContact, id, "contact")
    if contact.leaves_on is None:
        raise Refusal(f"Nobody said that {contact.name} leaves.", "There is nothing to look at; nothing was changed.")
    contact.leaving_seen_on = today(session)


def remove_contact(session: Session, id: UUID) -> None:
    """Takes somebody off the list who never was there. Refusal when they were part of a touch or an introduction: say that they left."""
    contact = held(session, PartnerContact, id, "contact")
    with session.no_autoflush:
        touches = session.scalar(sa.select(sa.func.count()).select_from(TouchWith).where(TouchWith.contact_id == id)) or 0
        doors = session.scalar(sa.select(sa.func.count()).select_from(Introduction).where(
            sa.or_(Introduction.by_contact_id == id, Introduction.contact_id == id))) or 0
    if touches or doors:
        parts = [f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in ((touches, "touch"), (doors, "introduction")) if count]
        said = " and ".join(parts).replace("touchs", "touches")
        raise Refusal(f"{contact.name} stands in {said}.", "Say that they left instead; what was stays. Nothing was changed.")
    session.delete(contact)
