"""Connectors and introductions: who opens which door for us, or could."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.partner import rules
from coachdesk.partner.actions.organisations import PartnerRef, held, phone_of
from coachdesk.partner.record import Connector, Introduction, Partner, PartnerContact
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import TeamMember
from coachdesk.store.doors import Ref
from coachdesk.store.session import actor_of, today

Belongs = Annotated[UUID | None, Ref("partner", "organisation that they belong to, if any")]
KnownBy = Annotated[UUID | None, Ref("programme.member", "who of us knows them well")]
ToPerson = Annotated[UUID | None, Ref("partner.contact", "person there whom we were introduced to")]
OnDay = Annotated[date | None, "day; empty while they only could introduce us"]
ToldBy = Annotated[str | None, "who told us of it"]
Remark = Annotated[str | None, "remark"]


def add_connector(session: Session, *, name: Annotated[str, "full name"],
                  role: Annotated[str, "such as councillor, imam or head teacher"], partner: Belongs = None,
                  phone: Annotated[str | None, "telephone"] = None, email: Annotated[str | None, "e-mail"] = None,
                  note: Annotated[str | None, "note"] = None, known_by: KnownBy = None) -> UUID:
    """Adds somebody who opens doors. Refusal without a name or a role, or when there is one of that name and role."""
    called = rules.name_of(name, "A connector")
    what = rules.line_of(role, "That role")
    if what is None:
        raise Refusal("A connector is something: a councillor, an imam, a head teacher.", "Say what they are. Nothing was changed.")
    twins = session.execute(sa.select(Connector.name, Connector.role))
    if any(rules.folded(twin) == rules.folded(called) and rules.folded(other) == rules.folded(what) for twin, other in twins):
        raise Refusal(f"{called}, {what}, is already known.", "Choose them from the list. Nothing was changed.")
    made = Connector(name=called, role=what, partner_id=held(session, Partner, partner, "organisation").id if partner else None,
                     phone=phone_of(phone), email=rules.email_of(email), note=rules.note_of(note),
                     known_by=held(session, TeamMember, known_by, "member of the team").id if known_by else None)
    session.add(made)
    return made.id


def change_connector(session: Session, id: UUID, *, name: Annotated[str | None, "full name"] = None,
                     role: Annotated[str | None, "what they are"] = None, partner: Belongs = None,
                     phone: Annotated[str | None, "telephone"] = None, email: Annotated[str | None, "e-mail"] = None,
                     note: Annotated[str | None, "note"] = None, known_by: KnownBy = None,
                     is_known: Annotated[bool | None, "no: nobody of us knows them well (any more)"] = None,
                     is_free: Annotated[bool | None, "yes: they belong to no organisation (any more)"] = None,
                     leaves_on: Annotated[date | None, "leaves, or left, on"] = None,
                     is_staying: Annotated[bool | None, "yes: they stay after all"] = None) -> None:
    """Changes a connector. What is not given stays; an empty text clears. Refusals as in add_connector."""
    found = held(session, Connector, id, "connector")
    if name is not None:
        found.name = rules.name_of(name, "A connector")
    if role:
        found.role = rules.line_of(role, "That role") or found.role
    if is_free:
        found.partner_id = None
    elif partner is not None:
        found.partner_id = held(session, Partner, partner, "organisation").id
    if phone is not None:
        found.phone = phone_of(phone)
    if email is not None:
        found.email = rules.email_of(email)
    if note is not None:
        found.note = rules.note_of(note)
    if is_known is False:
        found.known_by = None
    elif known_by is not None:
        found.known_by = held(session, TeamMember, known_by, "member of the team").id
    if is_staying:
        found.leaves_on = None
    elif leaves_on is not None:
        programme_queries.days(session).check_possible(leaves_on)
        found.leaves_on = leaves_on


def remove_connector(session: Session, id: UUID) -> None:
    """Takes a connector off the list. Refusal when they introduced us to somebody: say that they left instead."""
    found = held(session, Connector, id, "connector")
    count = session.scalar(sa.select(sa.func.count()).select_from(Introduction).where(Introduction.by_connector_id == id)) or 0
    if count:
        raise Refusal(f"{found.name} stands in {count:,} introduction{'' if count == 1 else 's'}.",
                      "Say that they left instead; what was stays. Nothing was changed.")
    session.delete(found)


def add_introduction(session: Session, *, partner: PartnerRef,
                     by_connector: Annotated[UUID | None, Ref("partner.connector", "connector who introduced us")] = None,
                     by_contact: Annotated[UUID | None, Ref("partner.contact", "or the person at an organisation who did")] = None,
                     contact: ToPerson = None, on_day: OnDay = None, told_by: ToldBy = None, remark: Remark = None) -> UUID:
    """Writes down who introduced us to an organisation or somebody there; without a day, who could. Refusal unless exactly one did.

    With a day it is a real contact: it sets the organisation's clock back.
    """
    rules.check_introduction((by_connector, by_contact), contact)
    of = held(session, Partner, partner, "organisation")
    if by_connector is not None:
        held(session, Connector, by_connector, "connector")
    if by_contact is not None:
        held(session, PartnerContact, by_contact, "contact")
    _check(session, of, contact, on_day)
    made = Introduction(by_contact_id=by_contact, by_connector_id=by_connector, partner_id=of.id, contact_id=contact, on_day=on_day,
                        told_by=rules.line_of(told_by, "That name"), remark=rules.note_of(remark), written_by=actor_of(session))
    session.add(made)
    return made.id


def change_introduction(session: Session, id: UUID, *, contact: ToPerson = None,
                        on_day: Annotated[date | None, "day on which it came to pass"] = None, told_by: ToldBy = None,
                        remark: Remark = None) -> None:
    """Changes an introduction, or says that it came to pass. What is not given stays; an empty text clears."""
    found = held(session, Introduction, id, "introduction")
    _check(session, held(session, Partner, found.partner_id, "organisation"), contact, on_day)
    rules.check_introduction((found.by_connector_id, found.by_contact_id), contact)
    found.contact_id, found.on_day = contact or found.contact_id, on_day or found.on_day
    if told_by is not None:
        found.told_by = rules.line_of(told_by, "That name")
    if remark is not None:
        found.remark = rules.note_of(remark)


def remove_introduction(session: Session, id: UUID) -> None:
    """Takes an introduction away that never was."""
    session.delete(held(session, Introduction, id, "introduction"))


def _check(session: Session, of: Partner, contact: UUID | None, on_day: date | None) -> None:
    if contact is not None:
        person = held(session, PartnerContact, contact, "contact")
        if person.partner_id != of.id:
            raise Refusal(f"{person.name} is not at {of.name}.", "Choose somebody who is, or leave the person empty. Nothing was changed.")
    if on_day is not None:
        rules.check_introduction_day(on_day, today(session))
        programme_queries.days(session).check_possible(on_day)
