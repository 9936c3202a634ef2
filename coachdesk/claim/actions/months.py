"""What may be done in the claim room, by a lead alone: draft, send, mark as paid. A draft stands on the last claim that was sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity.rules import month_number
from coachdesk.claim import queries, rules
from coachdesk.claim.actions.gate import check_day_after_sending, claim_of, only_lead
from coachdesk.claim.queries import frozen, shown
from coachdesk.claim.record import Claim, Line
from coachdesk.clock import day_text, first_day, last_day, month_of, month_words
from coachdesk.errors import Refusal
from coachdesk.programme.queries import days, lot_name
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import moment, today, yielding


def draft(session: Session, *, lot: Annotated[UUID, Ref("programme", "lot")], month: Annotated[str, "YYYY-MM: month"] | int) -> UUID:
    """Freezes a lot's claim of a month; a draft of the same month that was not sent is replaced.

    Refusal for anybody but a lead, for a month to come or outside the contract, one that was sent, or one before a month that was sent.
    """
    number = month_number(month)
    only_lead(session, "draft a claim")
    name = lot_name(session, lot)
    if number > month_of(today(session)):
        raise Refusal(f"{month_words(number)} has not begun, so there is nothing to claim for it.", "Choose this month or an earlier one.")
    _within_the_contract(session, number)
    last = queries.last_sent(session, lot)
    if last is not None and last.month >= number:
        raise Refusal(*_sent_already(name, last, number))
    for old in session.execute(sa.select(Claim).where(Claim.lot_id == lot, Claim.month == number)).scalars().all():
        discard(session, old)
    before = frozen.as_it_stood(session, lot, last.number) if last is not None else frozen.Stood({}, {})
    now = shown.narrow(session, lot, number, before.deeds)
    worked = now.figures
    made = Claim(
        lot_id=lot,
        month=number,
        number=last.number + 1 if last else 1,
        previous_id=last.id if last else None,
        status=queries.DRAFT,
        drafted_at=moment(session),
        actual_pence=worked.actual_pence,
        payable_pence=worked.payable_pence,
        floor=asdict(worked.floor) if worked.floor else None,
        unpaid=frozen.unpaid_out(worked),
        basis=frozen.claim_basis(now.terms, now.people, now.deeds, last_day(number), before),
    )
    yielding(session, "status")         # a lead who has forgotten it may learn from its receipt that it went out
    session.add(made)
    top_up = rules.top_up_line(str(lot), number, worked.floor) if worked.floor else None
    for line in (*worked.lines, *([top_up] if top_up else [])):
        session.add(
            Line(
                claim_id=made.id,
                claimable=line.claimable,
                milestone=line.milestone,
                title=line.title,
                subject=line.subject,
                participant_id=UUID(line.person) if line.person else None,
                earned_month=line.earned_month,
                amount_pence=line.amount_pence,
                value_pence=line.value_pence,
                taken_pence=line.taken_pence,
                deeds=frozen.line_basis(worked, line),
                rule=line.rule,
                clause=line.clause,
                arithmetic=line.arithmetic,
                reason=line.reason,
            )
        )
    return made.id


def send(
    session: Session,
    id: UUID,
    *,
    on: Annotated[date | None, "day; today, unless said otherwise"] = None,
    last_receipt: Annotated[int | None, "receipt: number of the last one that the commissioner holds"] = None,
) -> None:
    """Sends a drafted claim: from now on its figures never move. It lasts, and cannot be undone.

    Refusal for anybody but a lead, for a claim that was sent, for a day to come, when another claim went out since it was drafted, or when
    the commissioner holds another last receipt than the one that is known here.
    """
    only_lead(session, "send a claim")
    claim = claim_of(session, id)
    name = lot_name(session, claim.lot_id)
    if claim.status != queries.DRAFT:
        raise Refusal(
            f"The claim of {name} for {month_words(claim.month)} was sent already"
            f"{' on ' + day_text(claim.sent_on) if claim.sent_on else ''}.",
            "Nothing was changed.",
        )
    day = on or today(session)
    if day > today(session):
        raise Refusal(f"{day_text(day)} has not come yet.", "Send it with today's day or an earlier one.")
    if day < first_day(claim.month):
        raise Refusal(f"{month_words(claim.month)} had not begun on {day_text(day)}.", "Correct the day of sending.")
    last = queries.last_sent(session, claim.lot_id)
    if (last.id if last else None) != claim.previous_id:
        assert last is not None
        raise Refusal(
            f"Since this was drafted, the claim of {name} for {month_words(last.month)} went out, and this draft does not know of it.",
            "Draft it again; nothing can then be claimed twice. Nothing was changed.",
        )
    _check_receipts(session, last, last_receipt)
    made = queries.receipt_document(session, claim, day)
    claim.status, claim.sent_on, claim.receipt = queries.SENT, day, made["sha256"]
    claim.previous_receipt = made["previous"]["sha256"] if made["previous"] else None


def _check_receipts(session: Session, last: Claim | None, theirs: int | None) -> None:
    """Refusal where the chain of receipts is broken here, or is not the one that the commissioner knows."""
    ours = last.number if last is not None else 0
    if last is not None:
        queries.receipt(session, last.id)
    if theirs is not None and theirs > ours:
        raise Refusal(
            f"The commissioner holds our receipt no. {theirs}, and the last one known here is {f'no. {ours}' if ours else 'none'}.",
            "Load its file first: coachdesk claim receipt FILE. Nothing was changed.",
        )
    if theirs is not None and theirs < ours:
        raise Refusal(
            f"The commissioner holds our receipt no. {theirs or 'none'}, but no. {ours} went out from here.",
            f"Send them the pack of no. {ours} again first. Nothing was changed.",
        )


def mark_paid(
    session: Session,
    id: UUID,
    *,
    amount: Annotated[int, "pence: paid by the commissioner"],
    on: Annotated[date | None, "day; today, unless said otherwise"] = None,
) -> None:
    """Writes down what the commissioner paid; it may differ from what was claimed, and both figures stay.

    Refusal for anybody but a lead, for a claim that was not sent or is marked as paid, for a day before it was sent or to come.
    """
    only_lead(session, "mark a claim as paid")
    claim = claim_of(session, id)
    day = on or today(session)
    if claim.status == queries.DRAFT:
        raise Refusal("This claim has not been sent, so it cannot have been paid.", "Send it first.")
    if claim.status == queries.PAID:
        raise Refusal(
            f"This claim was marked as paid{' on ' + day_text(claim.paid_on) if claim.paid_on else ''} already: "
            f"{rules.pounds(claim.paid_pence or 0)}.",
            "Undo that first if it was wrong. Nothing was changed.",
        )
    check_day_after_sending(claim, day, today(session), "A payment")
    claim.status, claim.paid_on, claim.paid_pence = queries.PAID, day, amount


def _within_the_contract(session: Session, month: int) -> None:
    span = days(session)
    if span.starts_on is not None and month < month_of(span.starts_on):
        raise Refusal(
            f"The contract begins on {day_text(span.starts_on)}, so there is nothing to claim for {month_words(month)}.",
            "Choose a month of the contract. Nothing was changed.",
        )
    if span.ends_on is not None and month > month_of(span.ends_on):
        raise Refusal(
            f"The contract ended on {day_text(span.ends_on)}, so there is nothing to claim for {month_words(month)}.",
            "Choose a month of the contract. Nothing was changed.",
        )


def _sent_already(name: str, last: Claim, month: int) -> tuple[str, str]:
    if last.month == month:
        return f"The claim of {name} for {month_words(month)} was sent already.", "What came in since goes into the next month's claim."
    return (
        f"The claim of {name} for {month_words(last.month)} went out already, so {month_words(month)} cannot follow it.",
        f"What was done in {month_words(month)} and not claimed goes into the next claim as late.",
    )


def discard(session: Session, old: Claim) -> None:
    """Takes a draft away with its lines."""
    for line in session.execute(sa.select(Line).where(Line.claim_id == old.id)).scalars().all():
        session.delete(line)
    session.delete(old)
    session.flush()


VERBS: dict[str, Callable[..., Any]] = {"send": send, "paid": mark_paid}
DOORS = (Door("line", "lines of drafted, sent and paid claims", queries.lines, names=("line",)),)
