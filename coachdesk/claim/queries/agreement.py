"""The agreement desk: desk, sent and paid for a lot's months, from the ledger as it stands now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity.rules import month_number
from coachdesk.claim import rules
from coachdesk.claim.queries import answered, shown
from coachdesk.claim.queries.feed import GONE_OUT, PAID
from coachdesk.claim.record import Answer, Claim, Line
from coachdesk.claim.rules import agreement as agreeing
from coachdesk.clock import month_of, month_text
from coachdesk.participant.record import Participant
from coachdesk.programme import queries as programme
from coachdesk.store.session import today


@dataclass(frozen=True, slots=True)
class GapShown:
    """A difference with what opens it: the lot and month of the claim, the line, the person's reference and the commissioner's words."""

    gap: agreeing.Gap
    lot_id: UUID
    claim_id: UUID | None
    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """One lot's month: a cell for each milestone, all of them together, and the differences."""

    lot_id: UUID
    lot: str
    month: int
    claim_id: UUID | None
    number: int | None
    status: str
    cells: tuple[agreeing.Cell, ...]
    total: agreeing.Cell
    gaps: tuple[GapShown, ...]


def agreements(session: Session, *, lot: UUID, months: Iterable[int | str]) -> list[Agreement]:
    """A lot's months, each with its three figures; what the desk holds is worked out once for all of them."""
    wanted = [month_number(month) for month in months]
    desk, lines, claims = _lot(session, lot, wanted)
    name = programme.lot_name(session, lot)
    return [_agreement(session, lot, name, month, desk, lines, claims.get(month)) for month in wanted]


def _lot(session: Session, lot: UUID, months: list[int]) -> tuple[list[agreeing.OnDesk], list[agreeing.OnClaim], dict[int, Any]]:
    sent = sa.select(Claim.id, Claim.month, Claim.number, Claim.status, Claim.paid_pence)
    rows = session.execute(sent.where(Claim.lot_id == lot, Claim.status.in_(GONE_OUT))).all()
    claims = {row.month: row for row in rows}
    stands = answered.standings(session, [row.id for row in rows])
    places = answered.line_numbers(session, [row.id for row in rows])
    of = {row.id: row for row in rows}
    chosen = sa.select(Line).where(Line.claim_id.in_(list(of))).order_by(Line.__table__.c.row)
    lines = [
        agreeing.OnClaim(line.claimable, line.milestone, line.title, str(line.participant_id or ""), of[line.claim_id].month,
                         line.earned_month, line.amount_pence, line.value_pence, line.taken_pence, line.reason,
                         stands.get(line.id, rules.Standing()), of[line.claim_id].status == PAID, places[line.id])
        for line in session.execute(chosen).scalars()
    ]
    lines.sort(key=lambda line: line.month)
    now = max([*months, *claims, month_of(today(session))])
    return on_desk(lines, shown.narrow(session, lot, now).figures), lines, claims


def on_desk(lines: Iterable[agreeing.OnClaim], fresh: rules.ClaimFigures) -> list[agreeing.OnDesk]:
    """What the desk holds of each claimable: what counts of the lines that went out, what the next claim would add or take, and what was
    earned but a rule does not pay: over a cap, too late, not proved."""
    held: dict[str, agreeing.OnDesk] = {}
    for line in lines:
        if line.milestone == rules.TOP_UP or not line.stands.is_taken:
            continue
        before = held.get(line.claimable)
        held[line.claimable] = agreeing.OnDesk(line.claimable, line.milestone, line.title, line.person, line.earned_month,
                                               line.pence + (before.pence if before else 0))
    for new in fresh.lines:
        before = held.get(new.claimable)
        held[new.claimable] = agreeing.OnDesk(new.claimable, new.milestone, new.title or new.milestone, new.person, new.earned_month,
                                              new.amount_pence + (before.pence if before else 0))
    for item in (*fresh.unpaid, *fresh.waiting, *fresh.expired):
        if not item.claimable or not item.amount_pence or item.is_pending:
            continue
        before = held.get(item.claimable)
        made = before or agreeing.OnDesk(item.claimable, item.milestone, item.label, item.person, month_of(item.on), 0)
        held[item.claimable] = replace(made, cut_pence=item.amount_pence, why_cut=item.reason)
    return [each for each in held.values() if each.pence or each.cut_pence]


def _agreement(session: Session, lot: UUID, name: str, month: int, desk: list[agreeing.OnDesk], lines: list[agreeing.OnClaim],
               claim: Any) -> Agreement:
    cells = agreeing.agree(month, desk, lines, claim is not None, claim.paid_pence if claim is not None else None)
    whole = agreeing.total(cells)
    references = _references(session, {gap.person for gap in whole.gaps if gap.person})
    said = _reasons(session, claim.id) if claim is not None else {}
    gaps = tuple(
        GapShown(gap, lot, claim.id if claim is not None else None, references.get(gap.person, ""),
                 said.get(gap.number, "") or said.get(0, "") if gap.cause in (rules.REJECTED, rules.QUERIED) else "")
        for gap in whole.gaps
    )
    status = claim.status if claim is not None else _draft_status(session, lot, month)
    return Agreement(lot, name, month, claim.id if claim is not None else None, claim.number if claim is not None else None, status,
                     tuple(cells), whole, gaps)


def _draft_status(session: Session, lot: UUID, month: int) -> str:
    kept = shown.stored(session, lot, month)
    return shown.NOT_SAVED if kept is None else kept.status


def _references(session: Session, people: set[str]) -> dict[str, str]:
    ids = [UUID(id) for id in sorted(people)]
    found: dict[str, str] = {}
    for start in range(0, len(ids), 500):
        chosen = sa.select(Participant.id, Participant.reference).where(Participant.id.in_(ids[start : start + 500]))
        found.update({str(id): reference for id, reference in session.execute(chosen)})
    return found


def _reasons(session: Session, claim: UUID) -> dict[int, str]:
    """Number of a line (0: the whole claim) → the newest words of the commissioner."""
    places = answered.line_numbers(session, [claim])
    chosen = sa.select(Answer.line_id, Answer.reason).where(Answer.claim_id == claim, Answer.answer.in_((rules.REJECTED, rules.QUERIED)))
    return {places[line] if line else 0: reason or "" for line, reason in session.execute(chosen.order_by(Answer.recorded_at))}


def agreement(session: Session, lot: UUID, month: int | str) -> dict[str, Any]:
    """One lot's month as `claim agree` prints it."""
    (found,) = agreements(session, lot=lot, months=[month])
    return {
        "lot": found.lot,
        "month": month_text(found.month),
        "status": found.status,
        "claim_id": str(found.claim_id) if found.claim_id else None,
        "cells": [_cell(each) for each in found.cells],
        "total": _cell(found.total),
        "differences": [
            {"between": each.gap.between, "cause": each.gap.cause, "count": each.gap.count, "pence": each.gap.pence, "says": each.gap.words,
             "reason": each.reason, "reference": each.reference, "line": each.gap.number or None,
             "id": shown.line_id(each.gap.claimable, found.month) if each.gap.claimable else None}
            for each in found.gaps
        ],
    }


def _cell(cell: agreeing.Cell) -> dict[str, Any]:
    return {"milestone": cell.milestone, "title": cell.title, "desk": {"count": cell.desk_count, "pence": cell.desk_pence},
            "sent": {"count": cell.sent_count, "pence": cell.sent_pence}, "paid": {"count": cell.paid_count, "pence": cell.paid_pence}}
