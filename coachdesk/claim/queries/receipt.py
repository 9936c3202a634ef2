"""A claim's receipt, worked out from its frozen lines, and whether the chain of receipts holds."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.claim.queries.feed import GONE_OUT
from coachdesk.claim.record import Claim, Line
from coachdesk.claim.rules import receipts
from coachdesk.clock import month_text
from coachdesk.errors import Refusal
from coachdesk.programme import queries as programme
from coachdesk.store.kinds import instant_text


def receipt(session: Session, claim_id: UUID) -> dict[str, Any]:
    """The receipt of a claim that went out. Refusal for one that did not, or whose lines are not as they were sent."""
    claim = session.get(Claim, claim_id)
    if claim is None or claim.status not in GONE_OUT or claim.sent_on is None:
        raise Refusal("Only a claim that went out has a receipt.", "Send it first.")
    made = document(session, claim, claim.sent_on)
    if claim.receipt is not None and claim.receipt != made["sha256"]:
        raise Refusal(f"The lines of claim {claim.number} are not as its receipt of that day says.",
                      "Run `coachdesk check`, and load the receipt from its file. Nothing was written.")
    return made


def document(session: Session, claim: Claim, sent_on: date) -> dict[str, Any]:
    """The receipt of a claim as it would be if it were sent on that day, with its hash."""
    before = previous(session, claim)
    floor = claim.floor
    return receipts.sealed({
        "format": receipts.FORMAT,
        "version": receipts.VERSION,
        "contract": programme.contract(session).contract,
        "lot": programme.lot_name(session, claim.lot_id),
        "lot_id": str(claim.lot_id),
        "month": month_text(claim.month),
        "number": claim.number,
        "claim_id": str(claim.id),
        "drafted_at": instant_text(claim.drafted_at),
        "sent_on": sent_on.isoformat(),
        "actual_pence": claim.actual_pence,
        "floor": floor,
        "payable_pence": claim.payable_pence,
        "lines": _lines(session, claim.id),
        "previous": None if before is None else {"number": before[0], "sha256": before[1]},
    })


def _lines(session: Session, claim: UUID) -> list[dict[str, Any]]:
    rows = session.execute(sa.select(Line).where(Line.claim_id == claim).order_by(Line.__table__.c.row)).scalars()
    return [
        {
            "number": number,
            "id": str(line.id),
            "claimable": line.claimable,
            "milestone": line.milestone,
            "title": line.title,
            "subject": line.subject,
            "participant": str(line.participant_id) if line.participant_id else None,
            "earned": month_text(line.earned_month),
            "amount_pence": line.amount_pence,
            "value_pence": line.value_pence,
            "taken_pence": line.taken_pence,
            "rule": line.rule,
            "clause": line.clause,
            "arithmetic": line.arithmetic,
            "reason": line.reason,
            "activities": [*line.deeds.get("ids", ())],
        }
        for number, line in enumerate(rows, 1)
    ]


def previous(session: Session, claim: Claim) -> tuple[int, str] | None:
    """Number and hash of the receipt before a claim's; None for the first. Refusal where it is not here."""
    if claim.previous_id is None:
        return None
    before = session.get(Claim, claim.previous_id)
    if before is None or before.sent_on is None:
        raise Refusal(f"The receipt before no. {claim.number} is not known here.",
                      "Load its file first: coachdesk claim receipt FILE. Nothing was changed.")
    return before.number, before.receipt or document(session, before, before.sent_on)["sha256"]
