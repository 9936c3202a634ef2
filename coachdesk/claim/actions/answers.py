"""The commissioner's answers: what was paid, queried or rejected, of a claim or of one of its lines; and to claim a rejected line again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.claim import queries, rules
from coachdesk.claim.actions.gate import check_day_after_sending, claim_of, only_lead
from coachdesk.claim.record import Answer, Claim, Line
from coachdesk.errors import Refusal
from coachdesk.programme.rules import needed_line
from coachdesk.store.doors import Door
from coachdesk.store.session import moment, today

LineNumber = Annotated[int | None, "line: its number in the claim; left out, the whole claim"]
Day = Annotated[date | None, "day of the answer; today, unless said otherwise"]
Source = Annotated[str | None, "file that it came in"]


def answer_paid(session: Session, id: UUID, *, line: LineNumber = None, amount: Annotated[int | None, "pence: paid for it"] = None,
                on: Day = None, source: Source = None) -> UUID:
    """Writes down that a line, or every line, was paid, and how much for it; the amount of the line, unless said otherwise.

    Refusal for anybody but a lead, a claim that was not sent, a line that it does not have, a day before it was sent or to come.
    """
    return _answer(session, id, rules.PAID, line, None, on, amount=amount, source=source)


def query(session: Session, id: UUID, *, reason: Annotated[str, "what the commissioner asks"], line: LineNumber = None, on: Day = None,
          chase_on: Annotated[date | None, "day on which to ask again; in a week, unless said otherwise"] = None,
          source: Source = None) -> UUID:
    """Writes down that the commissioner queries a line, or the whole claim; it stands in Today until it is answered.

    Refusal for anybody but a lead, without a reason, for a claim that was not sent, or a day that cannot be.
    """
    why = needed_line(reason, "what the commissioner asks")
    return _answer(session, id, rules.QUERIED, line, why, on, chase_on=chase_on, source=source)


def reject(session: Session, id: UUID, *, reason: Annotated[str, "the commissioner's reason"], line: LineNumber = None, on: Day = None,
           source: Source = None) -> UUID:
    """Writes down that a line, or the whole claim, was rejected: it leaves the count at once, and stays out until it is claimed again.

    Refusal for anybody but a lead, without a reason, for a claim that was not sent, or a day that cannot be.
    """
    return _answer(session, id, rules.REJECTED, line, needed_line(reason, "the commissioner's reason"), on, source=source)


def claim_again(session: Session, id: UUID, *, line: Annotated[int, "line: number of the rejected line"],
                reason: Annotated[str, "what was put right"]) -> UUID:
    """Puts a rejected line into the next claim of its lot once more.

    Refusal for anybody but a lead, for a line that is not rejected or claimed again already, or a floor top-up, which belongs to its month.
    """
    only_lead(session, "claim a line again")
    claim, found = claim_of(session, id), _line(session, id, line)
    stands = queries.standings(session, [claim.id]).get(found.id, rules.Standing())
    if stands.answer != rules.REJECTED:
        raise Refusal(f"Line {line} is {stands.answer}, so there is nothing to claim again.",
                      "Choose a rejected line. Nothing was changed.")
    if found.milestone == rules.TOP_UP:
        raise Refusal("A top-up belongs to its month, so it is never claimed in another.",
                      "Ask the commissioner to pay it on the claim that it stands in. Nothing was changed.")
    if stands.again_at is not None:
        raise Refusal(f"Line {line} is claimed again already.", "It is in the next claim of its lot. Nothing was changed.")
    return _write(session, claim, found, rules.AGAIN, needed_line(reason, "what was put right"), today(session))


def _answer(session: Session, id: UUID, answer: str, line: int | None, reason: str | None, on: date | None, *,
            amount: int | None = None, chase_on: date | None = None, source: str | None = None) -> UUID:
    """One answer, checked."""
    only_lead(session, "write down what the commissioner answers")
    claim = claim_of(session, id)
    day = on or today(session)
    if claim.status == queries.DRAFT:
        raise Refusal("This claim has not been sent, so nobody can have answered it.", "Send it first. Nothing was changed.")
    check_day_after_sending(claim, day, today(session), "An answer")
    found = _line(session, id, line) if line is not None else None
    if amount is not None and found is None:
        raise Refusal("An amount for a whole claim is written down as its payment.", "Use Paid, or name the line. Nothing was changed.")
    if chase_on is not None and chase_on < day:
        raise Refusal("The day on which to ask again is before the answer.", "Correct the day. Nothing was changed.")
    chase = chase_on or (rules.chase_day(day) if answer == rules.QUERIED else None)
    return _write(session, claim, found, answer, reason, day, amount, chase, source)


def _write(session: Session, claim: Claim, line: Line | None, answer: str, reason: str | None, day: date, amount: int | None = None,
           chase: date | None = None, source: str | None = None) -> UUID:
    made = Answer(claim_id=claim.id, line_id=line.id if line else None, participant_id=line.participant_id if line else None, answer=answer,
                  reason=reason, amount_pence=amount, answered_on=day, chase_on=chase, source=source, recorded_at=moment(session))
    session.add(made)
    return made.id


def _line(session: Session, claim: UUID, number: int) -> Line:
    """A line by its place in the claim."""
    rows = session.execute(sa.select(Line).where(Line.claim_id == claim).order_by(Line.__table__.c.row)).scalars().all()
    if not 1 <= number <= len(rows):
        raise Refusal(f"This claim has no line {number}: it has {len(rows)}.", "Take the number from the schedule. Nothing was changed.")
    return rows[number - 1]


VERBS: dict[str, Callable[..., Any]] = {"paid line": answer_paid, "queried": query, "rejected": reject, "again": claim_again}
DOORS = (Door("answer", "what the commissioner answered, line by line", queries.answers, names=("reference",)),)
