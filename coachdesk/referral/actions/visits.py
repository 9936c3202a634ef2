"""An appointment of somebody at the partner to whom they were sent: made, moved, called off."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.programme.rules import needed_line
from coachdesk.referral import rules
from coachdesk.referral.actions.moves import kept_referral, now_of
from coachdesk.referral.record import Visit
from coachdesk.store.doors import Ref
from coachdesk.store.session import today

At = Annotated[str, "time, such as 10:30"]
Minutes = Annotated[int, "minutes: how long; 60 unless said otherwise"]


def book_visit(
    session: Session,
    *,
    referral: Annotated[UUID, Ref("referral", "referral")],
    on_day: Annotated[date, "day"],
    at: At,
    place: Annotated[str, "place"],
    minutes: Minutes = 60,
) -> UUID:
    """Writes down an appointment at the partner. Refusal for a day gone by, a referral that came in, is a draft or has ended."""
    row = kept_referral(session, referral)
    rules.check_visit(row.direction, now_of(session, referral).state)
    rules.check_visit_day(on_day, today(session))
    made = Visit(referral_id=referral, on_day=on_day, at=rules.visit_time(at), minutes=rules.minutes_of(minutes),
                 place=needed_line(place, "the place"))
    session.add(made)
    return made.id


def move_visit(
    session: Session,
    id: UUID,
    *,
    on_day: Annotated[date | None, "day"] = None,
    at: Annotated[str | None, "time, such as 10:30"] = None,
    place: Annotated[str | None, "place"] = None,
    minutes: Annotated[int | None, "minutes: how long"] = None,
) -> None:
    """Moves an appointment to another day, time or place; one that was called off holds again. Refusal for a day gone by."""
    row = kept_visit(session, id)
    wanted = on_day or row.on_day
    rules.check_visit_day(wanted, today(session))
    new = (wanted, rules.visit_time(at) if at else row.at, needed_line(place, "the place") if place is not None else row.place,
           rules.minutes_of(minutes) if minutes is not None else row.minutes, False)
    if new == (row.on_day, row.at, row.place, row.minutes, row.is_off):
        raise Refusal("Nothing about this appointment would change.", "Say another day, time or place. Nothing was changed.")
    row.on_day, row.at, row.place, row.minutes, row.is_off = new
    row.changes = row.changes + 1


def call_off_visit(session: Session, id: UUID) -> None:
    """Calls an appointment off; a calendar that has it takes it out. Refusal where it is called off already."""
    row = kept_visit(session, id)
    if row.is_off:
        raise Refusal("This appointment is called off already.", "Nothing was changed.")
    row.is_off, row.changes = True, row.changes + 1


def kept_visit(session: Session, id: UUID) -> Visit:
    """The appointment of an id. Refusal when it is not here."""
    found = session.get(Visit, id)
    if found is None:
        raise Refusal("This appointment is not here any more.", "Open the referral again; somebody may have removed it.")
    return found
