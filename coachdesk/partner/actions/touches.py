"""Touches: real contacts with organisations as they are logged; and who tends which organisation, how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.partner import rules
from coachdesk.partner.actions.organisations import PartnerRef, held
from coachdesk.partner.record import Partner, PartnerContact, Touch, TouchWith
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import TeamMember
from coachdesk.store.doors import Ref
from coachdesk.store.session import actor_of, today

How = Annotated[str | None, "call, visit, meeting, e-mail, letter or event; a call when not said"]
With = Annotated[list[str] | None, "people at the organisation who were part of it, by name or id"]
Coach = Annotated[UUID | None, Ref("programme.member", "who of us it was; yourself when not said")]
OnDay = Annotated[date | None, "day; today when not said"]
Remark = Annotated[str | None, "what it was about"]
MOST_PEOPLE = 20


def log_touch(session: Session, *, partner: PartnerRef, on_day: OnDay = None, how: How = None, contacts: With = None, coach: Coach = None,
              remark: Remark = None) -> UUID:
    """Logs a real contact with an organisation, and with whom there: both clocks begin again. Refusal for a day to come.

    One with the organisation alone sets no person's clock back. Refusal for somebody who is not at that organisation, or had left.
    """
    of, day = held(session, Partner, partner, "organisation"), on_day or today(session)
    _check_day(session, day)
    made = Touch(partner_id=of.id, on_day=day, how=rules.how_of(how or rules.HOWS[0]), coach_id=_member(session, coach),
                 remark=rules.note_of(remark))
    session.add(made)
    _put_people(session, made, _people(session, of, contacts or [], day))
    return made.id


def change_touch(session: Session, id: UUID, *, on_day: Annotated[date | None, "day"] = None,
                 how: Annotated[str | None, "call, visit, meeting, e-mail, letter or event"] = None, contacts: With = None,
                 coach: Annotated[UUID | None, Ref("programme.member", "who of us it was")] = None, remark: Remark = None) -> None:
    """Changes a touch. What is not given stays; an empty remark clears it, and an empty list of people. Refusals as in log_touch."""
    touch = held(session, Touch, id, "touch")
    if on_day is not None:
        _check_day(session, on_day)
        touch.on_day = on_day
    if how is not None:
        touch.how = rules.how_of(how)
    if coach is not None:
        touch.coach_id = _member(session, coach)
    if remark is not None:
        touch.remark = rules.note_of(remark)
    if contacts is not None:
        _put_people(session, touch, _people(session, held(session, Partner, touch.partner_id, "organisation"), contacts, touch.on_day))


def remove_touch(session: Session, id: UUID) -> None:
    """Takes a touch away that never was: the clocks stand again as before it."""
    touch = held(session, Touch, id, "touch")
    for row in session.scalars(sa.select(TouchWith).where(TouchWith.touch_id == id)):
        session.delete(row)
    session.delete(touch)


def set_upkeep(session: Session, id: UUID, *,
               cadence_days: Annotated[int | None, "days: at most so long from one real contact to the next; 0: no upkeep wanted"] = None,
               is_usual: Annotated[bool | None, "yes: back to the usual cadence"] = None,
               tended_by: Annotated[UUID | None, Ref("programme.member", "who tends it")] = None,
               is_untended: Annotated[bool | None, "yes: nobody tends it (any more)"] = None) -> None:
    """Says how often an organisation is to be tended, and by whom. What is not given stays. Refusal for a cadence out of bounds."""
    partner = held(session, Partner, id, "organisation")
    if is_usual:
        partner.cadence_days = None
    elif cadence_days is not None:
        partner.cadence_days = rules.cadence_of(cadence_days)
    if is_untended:
        partner.tended_by = None
    elif tended_by is not None:
        member = held(session, TeamMember, tended_by, "member of the team")
        if member.to_day is not None and member.to_day < today(session):
            raise Refusal(f"{member.name} left the team on {day_text(member.to_day)}.", "Choose somebody else. Nothing was changed.")
        partner.tended_by, partner.upkeep_from = member.id, partner.upkeep_from or today(session)


def _check_day(session: Session, day: date) -> None:
    rules.check_touch_day(day, today(session))
    programme_queries.days(session).check_possible(day)


def _member(session: Session, coach: UUID | None) -> UUID:
    return held(session, TeamMember, coach, "member of the team").id if coach is not None else actor_of(session)


def _people(session: Session, of: Partner, words: Sequence[str], on_day: date) -> list[UUID]:
    """The people whom these words mean, each once. Refusal when one is not at the organisation, or had left before that day."""
    found = list(dict.fromkeys(_person(session, of, str(word), on_day) for word in words if str(word).strip()))
    if len(found) > MOST_PEOPLE:
        raise Refusal(f"A touch names at most {MOST_PEOPLE} people.", "Name the most important ones; nothing was changed.")
    return found


def _person(session: Session, of: Partner, word: str, on_day: date) -> UUID:
    with session.no_autoflush:
        there = list(session.scalars(sa.select(PartnerContact).where(PartnerContact.partner_id == of.id)))
    there += [each for each in session.new if isinstance(each, PartnerContact) and each.partner_id == of.id and each not in there]
    called = rules.folded(word)
    fits = [each for each in there if str(each.id) == word.strip().lower()] or [each for each in there if rules.folded(each.name) == called]
    if len(fits) != 1:
        said = "Nobody" if not fits else "More than one person"
        raise Refusal(f"{said} at {of.name} is called “{' '.join(word.split())[:60]}”.",
                      "Add them to its people first, or choose them by id. Nothing was changed.")
    gone = fits[0].leaves_on
    if gone is not None and gone < on_day:
        raise Refusal(f"{fits[0].name} left {of.name} on {day_text(gone)}.",
                      "Check the day, or choose who is there now. Nothing was changed.")
    return fits[0].id


def _put_people(session: Session, touch: Touch, people: Sequence[UUID]) -> None:
    with session.no_autoflush:
        rows = list(session.scalars(sa.select(TouchWith).where(TouchWith.touch_id == touch.id)))
    for row in rows:
        if row.contact_id not in people:
            session.delete(row)
    stay = {row.contact_id for row in rows}
    for person in people:
        if person not in stay:
            session.add(TouchWith(touch_id=touch.id, contact_id=person))
