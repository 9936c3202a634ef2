"""What the claim room keeps: frozen drafts and what became of them. Written by the lead alone."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped

from coachdesk.store.kinds import SINGLE_WRITER, Kept, column


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
