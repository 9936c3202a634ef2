"""What the commissioner answered, line by line: how each line stands, on any day, and which claimables are held because of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.claim import rules
from coachdesk.claim.record import Answer, Claim, Line
from coachdesk.clock import month_text
from coachdesk.participant.record import Participant
from coachdesk.programme import queries as programme

_SOME = 500


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer of the commissioner, or the decision to claim again, newest first. line: its place in the claim, none: the whole claim."""

    id: UUID
    claim: UUID
    lot: str
    month: str
    number: int
    line: int | None
    title: str
    reference: str | None
    answer: str
    reason: str | None
    amount: int | None
    on: date
    chase_on: date | None
    source: str | None
    recorded_at: datetime


def standings(session: Session, claims: Collection[UUID], *, at: datetime | None = None) -> dict[UUID, rules.Standing]:
    """Line id → how it stands, of every line of these claims of which something was said (by an instant, where one is given)."""
    said: dict[UUID, list[rules.Said]] = {}
    whole: dict[UUID, list[rules.Said]] = {}
    for some in _portions(claims):
        chosen = sa.select(Answer.claim_id, Answer.line_id, Answer.answer, Answer.answered_on, Answer.recorded_at, Answer.amount_pence,
                           Answer.chase_on).where(Answer.claim_id.in_(some)).order_by(Answer.recorded_at, Answer.id)
        if at is not None:
            chosen = chosen.where(Answer.recorded_at <= at)
        for claim, line, answer, on, recorded, amount, chase in session.execute(chosen):
            one = rules.Said(answer, on, recorded, amount, chase, line is None)
            said.setdefault(line, []).append(one) if line is not None else whole.setdefault(claim, []).append(one)
    for some in _portions(whole):
        for line, claim in session.execute(sa.select(Line.id, Line.claim_id).where(Line.claim_id.in_(some))):
            said[line] = [*said.get(line, ()), *whole[claim]]
    return {line: rules.standing(each) for line, each in said.items()}


def with_rejections(session: Session, *, at: datetime | None = None) -> list[UUID]:
    """Claims of which a line, or all, was ever rejected."""
    chosen = sa.select(Answer.claim_id).where(Answer.answer == rules.REJECTED).distinct()
    return list(session.execute(chosen if at is None else chosen.where(Answer.recorded_at <= at)).scalars())


def rejected_lines(session: Session, *, at: datetime | None = None) -> dict[UUID, rules.Standing]:
    """Lines whose newest answer is rejected."""
    return {line: each for line, each in standings(session, with_rejections(session, at=at), at=at).items() if not each.is_taken}


def rejections(session: Session, lines: dict[UUID, rules.Standing], *, at: datetime | None = None) -> dict[str, rules.Rejection]:
    """Claimable → what its rejected lines mean for the next claim, or meant for one that was drafted at an instant."""
    refused: list[rules.Refused] = []
    for some in _portions(lines):
        chosen = sa.select(Line.id, Line.claimable, Claim.month).join(Claim, Claim.id == Line.claim_id)
        for line, claimable, month in session.execute(chosen.where(Line.id.in_(some), Line.milestone != rules.TOP_UP)):
            refused.append(rules.Refused(claimable, month, lines[line]))
    drafted = _drafted(session, {each.claimable for each in refused})
    return rules.rejections(refused, {claimable: [one for one in when if at is None or one < at] for claimable, when in drafted.items()})


def rejected_sums(session: Session) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """(what of each sent claim is rejected, what of each claims again that was rejected in one before it), in pence, by claim."""
    rejected: dict[UUID, int] = {}
    again: dict[UUID, int] = {}
    out = rejected_lines(session)
    first: dict[str, int] = {}
    chosen = sa.select(Line.id, Line.claimable, Line.claim_id, Line.amount_pence, Claim.month).join(Claim, Claim.id == Line.claim_id)
    for some in _portions(out):
        for _, claimable, claim, pence, month in session.execute(chosen.where(Line.id.in_(some))):
            rejected[claim] = rejected.get(claim, 0) + pence
            first[claimable] = min(month, first.get(claimable, month))
    for some in _portions(first):
        for line, claimable, claim, pence, month in session.execute(chosen.where(Line.claimable.in_(some), Claim.sent_on.is_not(None))):
            if line not in out and pence > 0 and month > first[claimable]:
                again[claim] = again.get(claim, 0) + pence
    return rejected, again


def _drafted(session: Session, claimables: Collection[str]) -> dict[str, list[datetime]]:
    """Claimable → when the claims that went out with a line for it were drafted."""
    found: dict[str, list[datetime]] = {each: [] for each in claimables}
    for some in _portions(claimables):
        chosen = sa.select(Line.claimable, Claim.drafted_at).join(Claim, Claim.id == Line.claim_id)
        for claimable, drafted in session.execute(chosen.where(Line.claimable.in_(some), Claim.sent_on.is_not(None))):
            found[claimable].append(drafted)
    return found


def answers(session: Session, *, lot: UUID | None = None, claim: UUID | None = None, limit: int | None = None) -> list[AnswerRow]:
    """What was answered, newest first."""
    lots = programme.lot_names(session)
    chosen = sa.select(Answer.id, Answer.claim_id, Claim.lot_id, Claim.month, Claim.number, Answer.line_id, Line.title,
                       Participant.reference, Answer.answer, Answer.reason, Answer.amount_pence, Answer.answered_on, Answer.chase_on,
                       Answer.source, Answer.recorded_at)
    chosen = chosen.join(Claim, Claim.id == Answer.claim_id).join(Line, Line.id == Answer.line_id, isouter=True)
    chosen = chosen.join(Participant, Participant.id == Answer.participant_id, isouter=True)
    if lot is not None:
        chosen = chosen.where(Claim.lot_id == lot)
    if claim is not None:
        chosen = chosen.where(Answer.claim_id == claim)
    rows = session.execute(chosen.order_by(Answer.recorded_at.desc(), Answer.id.desc()).limit(limit)).all()
    places = line_numbers(session, {row[1] for row in rows if row[5] is not None})
    return [
        AnswerRow(id, of, lots.get(place, ""), month_text(month), number, places.get(line) if line else None, title or "", reference,
                  answer, reason, amount, on, chase, source, recorded)
        for id, of, place, month, number, line, title, reference, answer, reason, amount, on, chase, source, recorded in rows
    ]


def line_numbers(session: Session, claims: Collection[UUID]) -> dict[UUID, int]:
    """Line id → its place in its claim, from 1, as the schedule and the remittance number them."""
    found: dict[UUID, int] = {}
    for some in _portions(claims):
        last, place = None, 0
        chosen = sa.select(Line.claim_id, Line.id).where(Line.claim_id.in_(some)).order_by(Line.claim_id, Line.__table__.c.row)
        for claim, line in session.execute(chosen):
            place = place + 1 if claim == last else 1
            last, found[line] = claim, place
    return found


def _portions(ids: Collection[Any]) -> list[list[Any]]:
    every = list(ids)
    return [every[start : start + _SOME] for start in range(0, len(every), _SOME)]
