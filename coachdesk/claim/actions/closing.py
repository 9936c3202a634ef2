"""Closing a month: the lead's recorded choice about what is missing, and the contract's days from sending to payment."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.activity.rules import check_sign_off, chosen, month_number
from coachdesk.claim import queries, rules
from coachdesk.claim.actions.gate import only_lead
from coachdesk.claim.record import Choice, PayTerm
from coachdesk.errors import Refusal
from coachdesk.programme.queries import lot_name, members
from coachdesk.programme.rules import needed_line
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import moment, today


def choose(
    session: Session,
    *,
    lot: Annotated[UUID, Ref("programme", "lot")],
    month: Annotated[str, "YYYY-MM: month"] | int,
    choice: Annotated[str, "going ahead, waiting or chasing"],
    reason: Annotated[str, "why"],
    coach: Annotated[UUID | None, Ref("programme.member", "coach it is about; left out, the whole month")] = None,
) -> UUID:
    """Writes down what the lead does about a month that is not complete. A later choice stands above it; none is taken away.

    Refusal for anybody but a lead, without a reason, for an unknown choice, or a month to come.
    """
    only_lead(session, "decide how a month is closed")
    number = month_number(month)
    check_sign_off(number, today(session))
    lot_name(session, lot)
    if coach is not None and coach not in {row.id for row in members(session)}:
        raise Refusal("There is no such coach here.", "Choose the coach from the list. Nothing was changed.")
    made = Choice(lot_id=lot, month=number, coach_id=coach, choice=chosen(choice, rules.CHOICES, "choice"),
                  reason=needed_line(reason, "a reason for the choice"), chosen_at=moment(session))
    session.add(made)
    return made.id


def set_pay_term(
    session: Session,
    *,
    days: Annotated[int, "days: from sending to payment"],
    clause: Annotated[str, "clause of the contract"],
    from_day: Annotated[date | None, "first day in force; the contract's first day, unless said otherwise"] = None,
) -> UUID:
    """Writes down how many days after sending the commissioner pays, from a day on. Refusal for anybody but a lead, or odd days."""
    only_lead(session, "set the days to payment")
    if not 0 <= days <= rules.MOST_PAY_DAYS:
        raise Refusal(f"{days} days from sending to payment cannot be right.", f"Give 0 to {rules.MOST_PAY_DAYS}. Nothing was changed.")
    made = PayTerm(days=days, clause=needed_line(clause, "the clause of the contract"), from_day=from_day or queries.contract_from(session))
    session.add(made)
    return made.id


DOORS = (
    Door("choice", "what the lead decided about a month that is not complete", queries.choices, choose, names=("month",)),
    Door("pay_term", "days from sending to payment, by the contract", queries.pay_terms, set_pay_term, names=("clause",)),
)
