"""The paper register: how many rows were printed, whose row is free, which stayed blank."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.outreach import queries, rules
from coachdesk.outreach.actions.state import becomes_held
from coachdesk.outreach.record import Contact, Tally
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.partner.actions import held
from coachdesk.store.session import moment


def print_register(session: Session, id: UUID, *,
                   rows: Annotated[int | None, "rows: numbered rows on paper; 30 when not said"] = None) -> None:
    """Says how many numbered rows the paper of a session has. Refusal when a higher one was keyed already."""
    met = held(session, OutreachSession, id, "session")
    rules.check_cancelled(met.status, met.cancelled_why)
    count = rules.rows_of(met.register_rows if rows is None and met.register_rows else rows)
    highest = session.scalar(sa.select(sa.func.max(Contact.register_number)).where(Contact.session_id == id)) or 0
    if count < highest:
        raise Refusal(f"Row {highest} was keyed already, so the register has at least {highest} rows.",
                      "Print as many; nothing was changed.")
    if met.register_rows != count:
        met.register_rows = count


def take_row(session: Session, met: OutreachSession, number: int) -> None:
    """Makes sure that a row is free for a name; a row that was said to be blank is so no more. Refusal with who stands there."""
    rules.check_row(number, met.register_rows)
    with session.no_autoflush:
        there = session.scalar(sa.select(Contact.name).where(Contact.session_id == met.id, Contact.register_number == number).limit(1))
    pending = next((each.name for each in session.new
                    if isinstance(each, Contact) and each.session_id == met.id and each.register_number == number), None)
    if there or pending:
        raise Refusal(f"Row {number} is keyed already: {there or pending} stands there.",
                      "Check the number on the paper; nothing was changed.")
    if number in queries.blank_numbers(session, met.id):
        session.add(Tally(session_id=met.id, what=rules.BLANK_ROW, count=-1, register_number=number, made_at=moment(session)))


def blank_rows(session: Session, id: UUID, *, first: Annotated[int, "row: the first one"],
               last: Annotated[int | None, "row: the last one; the first alone when not said"] = None) -> None:
    """Says that rows of the paper register stayed blank. Rows that were said to be blank before stay so. Refusal when one was keyed."""
    met = held(session, OutreachSession, id, "session")
    begin, end = rules.check_row(first, met.register_rows), rules.check_row(first if last is None else last, met.register_rows)
    if begin > end:
        raise Refusal(f"The last row, {end}, comes before the first, {begin}.", "Check both numbers; nothing was changed.")
    keyed = session.execute(sa.select(Contact.register_number, Contact.name).where(
        Contact.session_id == id, Contact.register_number.between(begin, end)).order_by(Contact.register_number)).first()
    if keyed:
        raise Refusal(f"Row {keyed[0]} is not blank: {keyed[1]} stands there.", "Check the number on the paper; nothing was changed.")
    known = queries.blank_numbers(session, id)
    becomes_held(met)
    for number in range(begin, end + 1):
        if number not in known:
            session.add(Tally(session_id=id, what=rules.BLANK_ROW, count=1, register_number=number, made_at=moment(session)))
