"""What councils were asked for in a lot, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.partner import rules
from coachdesk.partner.actions.organisations import LotRef, held
from coachdesk.partner.record import CouncilAsk, Partner
from coachdesk.partner.rules import council as councils
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import Lot
from coachdesk.store.doors import Ref
from coachdesk.store.session import actor_of, today

Pence = Annotated[int | None, "pence: what it was worth"]
Hours = Annotated[int | None, "hours: given"]
AnswerNote = Annotated[str | None, "what was given, or why not"]


def ask_council(session: Session, *, lot: LotRef, kind: Annotated[str, "venue, publicity, brokering, networking, information or other"],
                what: Annotated[str, "what was asked for"],
                partner: Annotated[UUID | None, Ref("partner", "the council, where it is in the directory")] = None,
                council: Annotated[str | None, "the council; the lot's own when not said"] = None,
                asked_on: Annotated[date | None, "asked on; today when not said"] = None,
                lawful_basis: Annotated[str | None, "lawful basis; needed for information on possible participants"] = None) -> UUID:
    """Writes down that a council was asked for something. Refusal for information on people without its lawful basis, or a day to come."""
    on, day = asked_on or today(session), today(session)
    programme_queries.days(session).check_possible(on)
    councils.check_asked(on, day)
    of, word = held(session, Lot, lot, "lot"), councils.council_kind_of(kind)
    there = held(session, Partner, partner, "organisation") if partner is not None else None
    if there is not None and there.kind != "council":
        raise Refusal(f"{there.name} is kept as “{there.kind}”, not as a council.", "Choose a council, or leave it empty.")
    name = there.name if there is not None else rules.line_of(council, "The council") or of.district_name
    made = CouncilAsk(lot_id=of.id, partner_id=there.id if there is not None else None, council=name, kind=word,
                      what=rules.name_of(what, "What was asked for"), asked_on=on, asked_by=actor_of(session),
                      lawful_basis=councils.basis_of(word, lawful_basis))
    session.add(made)
    return made.id


def answer_ask(session: Session, id: UUID, *, answer: Annotated[str, "given, partly given, declined or no answer"],
               answered_on: Annotated[date | None, "day; today when not said"] = None, answer_note: AnswerNote = None,
               value_pence: Pence = None, value_hours: Hours = None) -> None:
    """What came of it; said again, the later word stands. Refusal for a day before the question, or a value of what was not given."""
    ask, word, on = held(session, CouncilAsk, id, "request to a council"), councils.answer_of(answer), answered_on or today(session)
    councils.check_answered(ask.asked_on, on, today(session))
    councils.check_value(word, value_pence, value_hours)
    ask.answer, ask.answered_on, ask.answer_note = word, on, rules.note_of(answer_note)
    ask.value_pence, ask.value_hours = value_pence, value_hours


def change_ask(session: Session, id: UUID, *, what: Annotated[str | None, "what was asked for"] = None,
               council: Annotated[str | None, "the council"] = None, lawful_basis: Annotated[str | None, "lawful basis"] = None) -> None:
    """Corrects what was asked for. What is not given stays. Refusals as in ask_council."""
    ask = held(session, CouncilAsk, id, "request to a council")
    if what is not None:
        ask.what = rules.name_of(what, "What was asked for")
    if council is not None:
        ask.council = rules.name_of(council, "A council")
    if lawful_basis is not None:
        ask.lawful_basis = councils.basis_of(ask.kind, lawful_basis)


def remove_ask(session: Session, id: UUID) -> None:
    """Takes away what was never asked for."""
    session.delete(held(session, CouncilAsk, id, "request to a council"))
