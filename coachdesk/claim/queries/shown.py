"""One lot's claim of one month, as it is shown, explained and worked out again: from the frozen lines where there are any, else fresh."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity.queries import Narrowed
from coachdesk.activity.record import Intervention, Job
from coachdesk.activity.rules import month_number
from coachdesk.claim import rules
from coachdesk.claim.queries import answered, feed
from coachdesk.claim.queries.feed import DRAFT, GONE_OUT
from coachdesk.claim.queries.frozen import as_it_stood, stored_figures
from coachdesk.claim.queries.plain import terms_in
from coachdesk.claim.queries.remarks import remarks
from coachdesk.claim.record import Claim, Line
from coachdesk.clock import month_from_text, month_text, month_words
from coachdesk.errors import Refusal
from coachdesk.participant.record import Participant
from coachdesk.programme import queries as programme

NOT_SAVED = "draft (not saved)"


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its figures. status: draft (not saved), draft, sent or paid. references: participant id → short reference.

    remarks are sentences that the lead should read before sending; amounts are pence, month is an integer.
    """

    claim_id: UUID | None
    number: int | None
    lot_id: UUID
    lot: str
    month: int
    status: str
    figures: rules.ClaimFigures
    references: dict[str, str]
    remarks: tuple[str, ...] = ()
    is_out_of_date: bool = False
    sent_on: date | None = None
    paid_on: date | None = None
    paid_pence: int | None = None

    @property
    def top_up_pence(self) -> int | None:
        """The top-up; None where no floor rule is in force."""
        return self.figures.floor.top_up_pence if self.figures.floor else None


@dataclass(frozen=True, slots=True)
class RerunView:
    """A sent claim worked out again. differences: under the terms, people and activities of its day (none: the same to the penny);
    since: what the same month would show differently with today's activities, which later claims put right."""

    claim_id: UUID
    lot: str
    month: int
    sent_pence: int
    now_pence: int
    differences: tuple[rules.Difference, ...]
    since: tuple[rules.Difference, ...]


def line_id(claimable: str, month: int) -> str:
    """The id of a line, the same before and after it is drafted."""
    return f"{claimable}@{month_text(month)}"


@dataclass(frozen=True, slots=True)
class Worked:
    """A claim worked out now, and what it was worked out from."""

    figures: rules.ClaimFigures
    terms: rules.Terms
    people: dict[str, rules.Person]
    deeds: list[rules.Deed]


def fresh(session: Session, lot: UUID, month: int, terms: rules.Terms | None = None) -> Worked:
    """The figures of a lot's month worked out now, against all that was sent; under other terms than the store's, where some are given."""
    terms = terms or feed.terms(session)
    return _work(session, lot, month, terms, None)


def narrow(session: Session, lot: UUID, month: int, ids: Collection[str] = ()) -> Worked:
    """The same figures from only the help that can count or is looked at, and in any case what has one of the `ids`.

    Two lists are shorter: of somebody who is not eligible, only help that could pay waits. Where something is given back, all help of that
    person is read, so that the reason is the true one.
    """
    terms = feed.terms(session)
    worked = _work(session, lot, month, terms, feed.narrowing(session, terms, month, ids))
    back = {line.person for line in worked.figures.lines if line.person and not line.value_pence}
    return _work(session, lot, month, terms, feed.narrowing(session, terms, month, ids, back)) if back else worked


def _work(session: Session, lot: UUID, month: int, terms: rules.Terms, narrowed: Narrowed | None) -> Worked:
    people, deeds = _fed(session, lot, terms, narrowed)
    out = answered.rejected_lines(session)
    return Worked(rules.figures(terms, str(lot), programme.lot_name(session, lot), month, people, deeds,
                                feed.sent_lines(session, people, lot, out), feed.sent_claims(session), answered.rejections(session, out)),
                  terms, people, deeds)


def _fed(session: Session, lot: UUID, terms: rules.Terms, narrowed: Narrowed | None = None
         ) -> tuple[dict[str, rules.Person], list[rules.Deed]]:
    """The people and deeds that a lot's claim needs under these terms: the lot's own and those who moved, or everybody's."""
    place = None if rules.crosses_lots(terms) else lot
    also = [] if place is None else feed.moved(session, lot)
    people = feed.people(session, place, also, spells=feed.needs_spells(terms))
    return feed.with_proofs(session, terms, people, feed.deeds(session, place, also, narrowed))


def stored(session: Session, lot: UUID, month: int) -> Claim | None:
    """The claim that went out for a lot's month, else its draft, else None."""
    chosen = sa.select(Claim).where(Claim.lot_id == lot, Claim.month == month).order_by(Claim.number.desc(), Claim.drafted_at.desc())
    found = session.execute(chosen).scalars().all()
    return next((claim for claim in found if claim.status in GONE_OUT), found[0] if found else None)


def last_sent(session: Session, lot: UUID) -> Claim | None:
    """The newest claim of a lot that went out."""
    return session.execute(
        sa.select(Claim).where(Claim.lot_id == lot, Claim.status.in_(GONE_OUT)).order_by(Claim.number.desc()).limit(1)
    ).scalar()


def figures(session: Session, *, lot: UUID, month: int | str) -> ClaimView:
    """A lot's claim of a month: the frozen lines of a drafted, sent or paid claim, else worked out fresh."""
    number = month_number(month)
    name, claim = programme.lot_name(session, lot), stored(session, lot, number)
    if claim is not None and claim.status != DRAFT:
        kept = stored_figures(session, claim)
        return ClaimView(
            claim.id,
            claim.number,
            lot,
            name,
            number,
            claim.status,
            kept,
            _references(session, kept),
            (),
            False,
            claim.sent_on,
            claim.paid_on,
            claim.paid_pence,
        )
    now = narrow(session, lot, number).figures
    if claim is None:
        said = remarks(session, lot, now, last_sent(session, lot))
        return ClaimView(None, None, lot, name, number, NOT_SAVED, now, _references(session, now), said)
    kept = stored_figures(session, claim)
    old = {line.claimable: line.amount_pence for line in kept.lines} != {line.claimable: line.amount_pence for line in now.lines}
    old = old or kept.payable_pence != now.payable_pence
    said = remarks(session, lot, kept, last_sent(session, lot))
    if old:
        said = (
            f"This draft is out of date: {_moved(kept, now)}. Draft it again to take that in; sent as it is, the rest goes into the next "
            "claim.",
            *said,
        )
    return ClaimView(claim.id, claim.number, lot, name, number, claim.status, kept, _references(session, kept), said, old)


def _moved(kept: rules.ClaimFigures, now: rules.ClaimFigures) -> str:
    """By how much a draft is behind, in words."""
    if kept.payable_pence == now.payable_pence:
        return f"other lines would make up its {rules.pounds(kept.payable_pence)} now"
    return f"it comes to {rules.pounds(kept.payable_pence)}, and today it would be {rules.pounds(now.payable_pence)}"


def before_sending(session: Session, claim_id: UUID) -> tuple[str, ...]:
    """What the lead should know before a draft goes out: that it is out of date, and by how much; months that never went out."""
    claim = session.get(Claim, claim_id)
    if claim is None or claim.status != DRAFT:
        return ()
    view = figures(session, lot=claim.lot_id, month=claim.month)
    return view.remarks if view.claim_id == claim_id else ()


def _references(session: Session, kept: rules.ClaimFigures) -> dict[str, str]:
    found = {id: person.reference for id, person in kept.people.items()}
    wanted = {item.person for item in (*kept.unpaid, *kept.waiting, *kept.expired) if item.person}
    wanted |= {line.person for line in kept.lines if line.person}
    missing = [UUID(id) for id in sorted(wanted - found.keys())]
    for start in range(0, len(missing), 500):
        some = sa.select(Participant.id, Participant.reference).where(Participant.id.in_(missing[start : start + 500]))
        found.update({str(id): reference for id, reference in session.execute(some)})
    return found


def show(session: Session, lot: UUID, month: int | str) -> dict[str, Any]:
    """A claim as `claim show` prints it; JSON-ready, months as YYYY-MM, amounts in pence."""
    view = figures(session, lot=lot, month=month)
    worked = view.figures
    floor = worked.floor
    return {
        "lot": view.lot,
        "month": month_text(view.month),
        "status": view.status,
        "claim_id": str(view.claim_id) if view.claim_id else None,
        "number": view.number,
        "lines": [_line(view, line) for line in worked.lines],
        "unpaid": [_unpaid(view, item) for item in worked.unpaid],
        "waiting": [_unpaid(view, item) for item in worked.waiting],
        "expired": [_unpaid(view, item) for item in worked.expired],
        "actual_pence": worked.actual_pence,
        "floor": None
        if floor is None
        else {
            "base_from": month_text(floor.base_from),
            "base_to": month_text(floor.base_to),
            "divisor": floor.divisor,
            "floor_pence": floor.floor_pence,
            "won": floor.won,
            "base_total_pence": floor.base_total_pence,
            "divide_by": floor.divide_by,
            "clause": floor.clause,
            "version": floor.version,
            "arithmetic": floor.arithmetic,
        },
        "top_up": None if floor is None else {"id": line_id(floor.claimable, view.month), "amount_pence": floor.top_up_pence},
        "payable_pence": worked.payable_pence,
        "remarks": list(view.remarks),
        "is_out_of_date": view.is_out_of_date,
        "sent_on": view.sent_on.isoformat() if view.sent_on else None,
        "paid_on": view.paid_on.isoformat() if view.paid_on else None,
        "paid_pence": view.paid_pence,
    }


def _line(view: ClaimView, line: rules.Line) -> dict[str, Any]:
    return {
        "id": line_id(line.claimable, view.month),
        "claimable": line.claimable,
        "milestone": line.milestone,
        "title": line.title,
        "participant": line.person or None,
        "reference": view.references.get(line.person, ""),
        "earned": month_text(line.earned_month),
        "amount_pence": line.amount_pence,
        "value_pence": line.value_pence,
        "taken_pence": line.taken_pence,
        "rule": line.rule,
        "clause": line.clause,
        "arithmetic": line.arithmetic,
        "reason": line.reason,
        "activities": list(line.deeds),
    }


def _unpaid(view: ClaimView, item: rules.Unpaid) -> dict[str, Any]:
    return {
        "id": line_id(item.key, view.month),
        "activity": item.deed,
        "reason": item.reason,
        "participant": item.person or None,
        "reference": view.references.get(item.person, ""),
        "what": item.label,
        "on": item.on.isoformat(),
        "claimable": item.claimable or None,
        "milestone": item.milestone or None,
        "rule": item.rule,
        "clause": item.clause,
        "amount_pence": item.amount_pence,
    }


def explain(session: Session, line: str, *, lot: UUID | None = None) -> dict[str, Any]:
    """The chain behind a line, a top-up or an unpaid item, by the id that `show` gives it, in whichever lot it is: `line`, `steps`.

    A line of a claim that was drafted or sent is also found by the id that its receipt and its paper name.

    Refusal when the id is none, or no claim has it any more.
    """
    claimable, month, lot = _of_receipt(session, line) or (*_parsed(line), lot)
    for place in [lot] if lot else _lots_of(session, claimable, month):
        view = figures(session, lot=place, month=month)
        try:
            steps = rules.explain(view.figures, claimable)
        except Refusal:
            continue
        return {
            "line": _found(view, claimable),
            "lot": view.lot,
            "month": month_text(month),
            "status": view.status,
            "steps": [asdict(step) for step in steps],
        }
    raise Refusal(
        f"No claim of {month_words(month)} has the line {line.strip()}.",
        "Open the claim again with `claim show` and choose one of its lines.",
    )


def _of_receipt(session: Session, line: str) -> tuple[str, int, UUID] | None:
    """(claimable, month, lot) of a line by its own id; None where the text is none or there is no such line."""
    try:
        found = session.get(Line, UUID(line.strip()))
    except ValueError:
        return None
    claim = session.get(Claim, found.claim_id) if found is not None else None
    return (found.claimable, claim.month, claim.lot_id) if found is not None and claim is not None else None


def _parsed(line: str) -> tuple[str, int]:
    claimable, at, month = line.strip().rpartition("@")
    try:
        if at and claimable:
            return claimable, month_from_text(month)
    except ValueError:
        pass
    raise Refusal(
        f"“{line.strip()}” is not the id of a claim's line.", "It looks like a long code, then @2020-05; `claim show` lists them."
    )


def _lots_of(session: Session, claimable: str, month: int) -> list[UUID]:
    """Lots in which to look for a line, the likeliest first: where it is frozen, then the person's, then all."""
    frozen = sa.select(Claim.lot_id).join(Line, Line.claim_id == Claim.id).where(Line.claimable == claimable)
    likely = list(session.execute(frozen.order_by((Claim.month == month).desc(), Claim.number.desc())).scalars())
    try:
        activity = UUID(claimable)
    except ValueError:
        activity = UUID(int=0)
    for table in (Intervention, Job):
        likely += session.execute(
            sa.select(Participant.lot_id).join(table, table.participant_id == Participant.id).where(table.id == activity)
        ).scalars()
    return list(dict.fromkeys([*likely, *programme.lot_names(session)]))


def _found(view: ClaimView, claimable: str) -> dict[str, Any]:
    """The line, top-up or unpaid item that is explained, as `show` has it."""
    for line in view.figures.lines:
        if line.claimable == claimable:
            return _line(view, line)
    floor = view.figures.floor
    if floor is not None and floor.claimable == claimable:
        return {
            "id": line_id(claimable, view.month),
            "claimable": claimable,
            "milestone": rules.TOP_UP,
            "title": "Floor top-up",
            "amount_pence": floor.top_up_pence,
            "clause": floor.clause,
            "arithmetic": floor.arithmetic,
        }
    items = (*view.figures.unpaid, *view.figures.waiting, *view.figures.expired)
    return next(_unpaid(view, item) for item in (*(i for i in items if i.key == claimable), *(i for i in items if i.deed == claimable)))


def rerun(session: Session, claim_id: UUID) -> RerunView:
    """A sent claim worked out again to the penny: under the terms and from the activities of its day, and once more from today's.

    Refusal when the claim has not gone out.
    """
    claim = session.get(Claim, claim_id)
    if claim is None or claim.status not in GONE_OUT:
        raise Refusal("Only a claim that went out can be worked out again.", "Choose a sent claim.")
    if claim.basis.get("from_receipt"):
        raise Refusal("This claim went out from another computer, and only its receipt is here.", "Work it out again where it was sent.")
    name = programme.lot_name(session, claim.lot_id)
    its = rules.SentClaim(id=str(claim.id), lot=str(claim.lot_id), month=claim.month, payable_pence=claim.payable_pence)
    before = set(
        session.execute(
            sa.select(Claim.id).where(
                Claim.status.in_(GONE_OUT),
                sa.or_(
                    Claim.id == claim.id,
                    sa.and_(Claim.lot_id == claim.lot_id, Claim.number < claim.number),
                    sa.and_(Claim.lot_id != claim.lot_id, Claim.drafted_at < claim.drafted_at),
                ),
            )
        ).scalars()
    )
    claims = [each for each in feed.sent_claims(session) if UUID(each.id) in before]
    out = answered.rejected_lines(session, at=claim.drafted_at)
    refused = answered.rejections(session, out, at=claim.drafted_at)
    lines = [each for each in feed.sent_lines(session, without=out) if UUID(each.claim) in before]
    stood = as_it_stood(session, claim.lot_id, claim.number)
    terms = terms_in(claim.basis["terms"])
    then = rules.rerun(terms, name, its, stood.people, stood.deeds.values(), lines, claims, refused)
    today = rules.rerun(terms, name, its, *_fed(session, claim.lot_id, terms), lines, claims, refused)
    return RerunView(claim.id, name, claim.month, claim.payable_pence, then.now_pence, then.differences, today.differences)
