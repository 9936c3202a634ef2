"""Keying a paper register after the session: one line a row, by its number."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.outreach import queries, rules
from coachdesk.outreach.actions.register import blank_rows
from coachdesk.outreach.actions.sessions import log_contact
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.partner.actions import held
from coachdesk.store.session import today


def key_row(session: Session, id: UUID, *,
            line: Annotated[str, "row number, name, telephone, postcode, topics and follow-up; “7 -” for a blank row"]) -> UUID | None:
    """Keys one line of the paper register; without a number it is the next row that is missing. Answers the contact, None for blank rows.

    Refusal for a number that the register has not, and for a row that is keyed already, with who stands there.
    """
    met = held(session, OutreachSession, id, "session")
    read = rules.parse_register_line(line or "", today(session))
    number = read.number
    if number is None:
        paper = queries.register(session, id)
        number = rules.next_row(paper.rows, paper.keyed, paper.blank) if paper else None
    first = rules.check_row(number, met.register_rows)
    if read.is_blank:
        blank_rows(session, id, first=first, last=read.last)
        return None
    who = read.contact
    if who is None:
        raise Refusal("This line could not be read.", "Type the row’s number and a name. Nothing was changed.")
    return log_contact(session, session_id=id, name=who.name, phone=who.phone, postcode=who.postcode, topics=list(who.topics),
                       note=who.note, follow_up_on=who.follow_up_on, register_number=first)
