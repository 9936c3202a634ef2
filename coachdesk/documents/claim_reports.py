"""A claim as it stands in the room, put into the shapes that its paper draws: the schedule alone, or the whole pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.claim import queries as claim_queries
from coachdesk.claim.queries.pack import Pack, not_paid, pack_of
from coachdesk.clock import first_day, month_text
from coachdesk.documents.claim_parts import AdjustmentEntry, EvidenceEntry, Parts, WordEntry
from coachdesk.documents.claim_schedule import FloorBlock, Schedule, ScheduleLine, UnpaidLine
from coachdesk.programme import queries as programme_queries


def schedule(session: Session, lot: UUID, month: int) -> Schedule:
    """A claim as its schedule prints it: the same figures as `claim show`."""
    view = claim_queries.figures(session, lot=lot, month=month)
    figures, worked, kept = view.figures, view.figures.floor, claim_queries.kept_ids(session, view.claim_id)
    floor = None if worked is None else FloorBlock(
        month_text(worked.base_from),
        month_text(worked.base_to),
        worked.divide_by,
        worked.base_total_pence,
        worked.floor_pence,
        worked.top_up_pence,
        worked.won,
        worked.clause,
        worked.arithmetic,
    )
    lines = tuple(
        ScheduleLine(
            kept.get(line.claimable) or claim_queries.line_id(line.claimable, month),
            view.references.get(line.person, ""),
            line.title,
            line.arithmetic,
            month_text(line.earned_month),
            line.rule,
            line.clause,
            line.amount_pence,
            line.reason,
            number,
        )
        for number, line in enumerate(figures.lines, 1)
    )
    unpaid = tuple(UnpaidLine(view.references.get(item.person, ""), item.on, item.label, item.reason, standing)
                   for standing, item in not_paid(view))
    contract = programme_queries.contract(session)
    bodies = programme_queries.own_bodies(session, lot, first_day(month))
    return Schedule(
        view.lot,
        month_text(month),
        view.status,
        view.number,
        lines,
        unpaid,
        figures.actual_pence,
        floor,
        figures.payable_pence,
        bodies[0] if bodies else "",
        contract.contract,
    )


def whole(session: Session, lot: UUID, month: int) -> Schedule:
    """A claim as its pack prints it: the schedule with adjustments, evidence, the coaches' words and the receipt."""
    plain, found = schedule(session, lot, month), pack_of(session, lot, month)
    return replace(plain, parts=_parts(found))


def _parts(found: Pack) -> Parts:
    receipt = found.receipt
    before = receipt["previous"] if receipt else None
    return Parts(
        tuple(AdjustmentEntry(line.number, line.reference, line.title, line.reason, line.amount_pence) for line in found.adjustments),
        tuple(EvidenceEntry(each.line, each.reference, each.about, each.proves, each.obtained_on, each.how, each.dated, each.kept,
                            _verified(each.state, each.verified_by)) for each in found.evidence),
        found.without_evidence,
        tuple(WordEntry(each.coach, each.state, _day(each.signed_at), _counts(each.help_then, each.jobs_then) if each.signed_at else "",
                        _counts(each.help_now, each.jobs_now)) for each in found.sign_offs),
        receipt["sha256"] if receipt else "",
        f"no. {before['number']}: {before['sha256']}" if before else "",
    )


def _verified(state: str, by: str) -> str:
    return f"{state} by {by}" if by else state


def _counts(helped: int, jobs: int) -> str:
    return f"help {helped:,}, jobs {jobs:,}"


def _day(at: datetime | None) -> date | None:
    return at.date() if at else None
