"""What the claim room keeps: frozen drafts, what became of them, answers, the lead's choices. A lead alone writes."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import NOTE, SINGLE_WRITER, Kept, column


class Claim(Kept):
    """One lot's claim for one month, frozen when drafted."""

    __tablename__ = "claim"
    lot_id: Mapped[uuid.UUID] = column(SINGLE_WRITER, to="programme_lot", says="lot")
    month: Mapped[int] = column(SINGLE_WRITER, unit="month", index=True, says="month")
    number: Mapped[int] = column(SINGLE_WRITER, says="number of the claim in this lot")
    previous_id: Mapped[uuid.UUID | None] = column(SINGLE_WRITER, to="claim", says="the last sent claim that it stands on")
    status: Mapped[str] = column(SINGLE_WRITER, says="draft, sent or paid")
    drafted_at: Mapped[datetime] = column(SINGLE_WRITER, says="drafted")
    sent_on: Mapped[date | None] = column(SINGLE_WRITER, says="sent on")
    paid_on: Mapped[date | None] = column(SINGLE_WRITER, says="paid on")
    paid_pence: Mapped[int | None] = column(SINGLE_WRITER, unit="pence", says="paid by the commissioner")
    actual_pence: Mapped[int] = column(SINGLE_WRITER, unit="pence", says="sum of the lines")
    payable_pence: Mapped[int] = column(SINGLE_WRITER, unit="pence", says="lines and top-up")
    floor: Mapped[dict[str, Any] | None] = column(SINGLE_WRITER, says="working of the floor")
    unpaid: Mapped[dict[str, Any]] = column(SINGLE_WRITER, says="items not payable, with reasons, as they stood")
    basis: Mapped[dict[str, Any]] = column(SINGLE_WRITER, says="the terms then, and what had changed in activities claimed before")
    receipt: Mapped[str | None] = column(SINGLE_WRITER, says="SHA-256 of the receipt, once it was sent")
    previous_receipt: Mapped[str | None] = column(SINGLE_WRITER, says="SHA-256 of the receipt before")


class Line(Kept):
    """One line of a claim: a claimable's value then, less what earlier sent claims took."""

    __tablename__ = "claim_line"
    claim_id: Mapped[uuid.UUID] = column(SINGLE_WRITER, to="claim", says="claim")
    claimable: Mapped[str] = column(SINGLE_WRITER, index=True, says="what is claimed: one id for milestone and subject")
    milestone: Mapped[str] = column(SINGLE_WRITER, says="milestone")
    title: Mapped[str] = column(SINGLE_WRITER, says="name of the milestone")
    subject: Mapped[str] = column(SINGLE_WRITER, says="id of the person or outcome")
    participant_id: Mapped[uuid.UUID | None] = column(SINGLE_WRITER, to="participant", says="participant")
    earned_month: Mapped[int] = column(SINGLE_WRITER, unit="month", says="month in which it was earned")
    amount_pence: Mapped[int] = column(SINGLE_WRITER, unit="pence", says="this line")
    value_pence: Mapped[int] = column(SINGLE_WRITER, unit="pence", says="value of the claimable then")
    taken_pence: Mapped[int] = column(SINGLE_WRITER, unit="pence", says="taken by earlier sent claims")
    deeds: Mapped[dict[str, Any]] = column(SINGLE_WRITER, says="activities and person it rests on, as they stood, without names")
    rule: Mapped[str] = column(SINGLE_WRITER, says="rule and version")
    clause: Mapped[str] = column(SINGLE_WRITER, says="clause of the contract")
    arithmetic: Mapped[str] = column(SINGLE_WRITER, says="arithmetic")
    reason: Mapped[str] = column(SINGLE_WRITER, says="late, adjustment or reversal, and why")


class Answer(Kept):
    """What the commissioner said of a claim or a line, or the lead's decision to claim a rejected one again. The newest counts."""

    __tablename__ = "claim_answer"
    __sealed_by__ = "participant_id"
    claim_id: Mapped[uuid.UUID] = column(NOTE, to="claim", says="claim")
    line_id: Mapped[uuid.UUID | None] = column(NOTE, to="claim_line", says="line; none: the whole claim")
    participant_id: Mapped[uuid.UUID | None] = column(NOTE, to="participant", says="participant of the line")
    answer: Mapped[str] = column(NOTE, says="paid, queried, rejected, or claimed again")
    reason: Mapped[str | None] = column(NOTE, personal=True, says="the commissioner's words, or what was put right")
    amount_pence: Mapped[int | None] = column(NOTE, unit="pence", says="paid for it")
    answered_on: Mapped[date] = column(NOTE, says="day of the answer")
    chase_on: Mapped[date | None] = column(NOTE, says="day on which to ask again, where it is queried")
    source: Mapped[str | None] = column(NOTE, says="file it came in; none: entered by hand")
    recorded_at: Mapped[datetime] = column(NOTE, says="written down")


class Choice(Kept):
    """What the lead decided to do about a month that is not complete, with the reason."""

    __tablename__ = "claim_choice"
    lot_id: Mapped[uuid.UUID] = column(NOTE, to="programme_lot", says="lot")
    month: Mapped[int] = column(NOTE, unit="month", says="month")
    coach_id: Mapped[uuid.UUID | None] = column(NOTE, to="programme_member", says="coach it is about; none: the whole month")
    choice: Mapped[str] = column(NOTE, says="going ahead, waiting or chasing")
    reason: Mapped[str] = column(NOTE, says="why")
    chosen_at: Mapped[datetime] = column(NOTE, says="when")


class PayTerm(Kept):
    """How many days after a claim is sent the commissioner pays, from a day on."""

    __tablename__ = "claim_pay_term"
    days: Mapped[int] = column(NOTE, unit="days", says="days from sending to payment")
    clause: Mapped[str] = column(NOTE, says="clause of the contract")
    from_day: Mapped[date] = column(NOTE, says="first day in force")
