"""Whose verdict a newer postcode edition would give otherwise, and what the lead decided about it. Reading this changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.participant.queries.merged import is_led
from coachdesk.participant.record import EditionReview, Participant, Verdict
from coachdesk.participant.rules import initials
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.programme.rules import RESTS_ON_AN_EDITION, ByEdition

UNDECIDED, KEPT, CHANGED = "undecided", "kept", "changed"
DECISIONS = (UNDECIDED, KEPT, CHANGED)


@dataclass(frozen=True, slots=True)
class EditionReviewRow:
    """One person whom an edition would judge otherwise. id: the person's; decision: undecided, kept or changed, by whom and why."""

    id: UUID
    reference: str
    name: str
    initials: str
    lot_id: UUID
    lot: str
    coach: str
    postcode: str
    stood: str
    stood_ward: str | None
    stood_edition: str | None
    stood_on: date
    edition: str
    would_be: str
    would_ward: str | None
    sentence: str
    decision: str
    reason: str | None
    decided_on: date | None
    decided_by: str | None


@dataclass(frozen=True, slots=True)
class EditionChoice:
    """An edition on this device, newest first in lists."""

    name: str
    title: str


def editions(session: Session) -> list[EditionChoice]:
    """The editions by which people could be judged, the newest first."""
    return [EditionChoice(each.name, each.title) for each in reversed(programme_queries.shelf_of(session).editions())]


def by_edition(session: Session, edition: str | None) -> ByEdition | None:
    """The judge by an edition, the newest when none is named; None: there is none on this device. Refusal for one that is not here."""
    shelf = programme_queries.shelf_of(session)
    if edition is None:
        found = next(reversed(shelf.editions()), None)
    else:
        found = shelf.edition(edition)
        if found is None:
            raise Refusal(f"The edition {edition} is not on this device.",
                          "Import it first, or name another: `postcodes editions` lists them.")
    return ByEdition(found, programme_queries.plans(session), shelf.editions) if found is not None else None


def edition_reviews(session: Session, *, lot: UUID | None = None, limit: int | None = None, edition: str | None = None,
                    decision: str | None = None, participant: UUID | None = None) -> list[EditionReviewRow]:
    """Everybody whom an edition (the newest when none is named) would judge otherwise than they were: undecided first, then by name.

    Only verdicts that rest on an edition are looked at, each by the postcode and for the day on which it was given. One row a person.
    """
    judge = by_edition(session, edition)
    if judge is None:
        return []
    rows = []
    if decision in (None, UNDECIDED):
        rows += _undecided(session, judge, lot, participant)
    if decision != UNDECIDED:
        rows += [row for row in _decided(session, judge, lot, participant) if decision in (None, row.decision)]
    return rows[:limit]


def count_undecided(session: Session, edition: str | None = None, *, lot: UUID | None = None) -> int:
    """How many people an edition would judge otherwise, about whom nothing was decided."""
    return len(edition_reviews(session, lot=lot, edition=edition, decision=UNDECIDED))


def _of(chosen: Any, lot: UUID | None, participant: UUID | None) -> Any:
    if lot is not None:
        chosen = chosen.where(Participant.lot_id == lot)
    if participant is not None:
        chosen = chosen.where(Participant.id == participant)
    return chosen


def _undecided(session: Session, judge: ByEdition, lot: UUID | None, participant: UUID | None) -> list[EditionReviewRow]:
    v, p = Verdict, Participant
    latest_first = sa.func.row_number().over(partition_by=v.participant_id, order_by=(v.decided_at.desc(), v.id.desc())).label("n")
    ranked = sa.select(v.participant_id, v.lot_id, v.verdict, v.method, v.postcode, v.ward_name, v.edition, v.decided_on,
                       latest_first).subquery()
    r = ranked.c
    chosen = (sa.select(p.id, p.reference, p.name, p.lot_id, Lot.name, TeamMember.name, r.postcode, r.verdict, r.ward_name, r.edition,
                        r.decided_on)
              .join(ranked, sa.and_(r.participant_id == p.id, r.n == 1)).join(Lot, Lot.id == r.lot_id)
              .join(TeamMember, TeamMember.id == p.coach_id)
              .where(p.id.not_in(is_led()), r.postcode.is_not(None), r.method.in_(RESTS_ON_AN_EDITION),
                     sa.or_(r.edition.is_(None), r.edition != judge.edition.name)).order_by(p.name, p.id))
    settled = {(each[0], each[1], each[2]) for each in session.execute(
        sa.select(EditionReview.participant_id, EditionReview.stood, EditionReview.would_be)
        .where(EditionReview.edition == judge.edition.name))}
    rows = []
    found = session.execute(_of(chosen, lot, participant))
    for id, reference, name, lot_id, lot_name, coach, postcode, stood, ward, by_which, on in found:
        if judge.says_the_same(lot_name, postcode, on, stood):
            continue
        would = judge.judge(lot_name, postcode, on)
        if (id, stood, would.verdict) not in settled:
            rows.append(EditionReviewRow(id, reference, name, initials(name), lot_id, lot_name, coach, postcode, stood, ward, by_which, on,
                                         judge.edition.name, would.verdict, would.ward_name, would.sentence, UNDECIDED, None, None, None))
    return rows


def _decided(session: Session, judge: ByEdition, lot: UUID | None, participant: UUID | None) -> list[EditionReviewRow]:
    """What was decided about this edition; the verdict that stood is the last one given before, by another edition."""
    e, p, v = EditionReview, Participant, Verdict
    decider, coach = sa.orm.aliased(TeamMember), sa.orm.aliased(TeamMember)
    before = (sa.select(v.id).where(v.participant_id == p.id, v.verdict == e.stood,
                                    sa.or_(v.edition.is_(None), v.edition != judge.edition.name))
              .order_by(v.decided_at.desc(), v.id.desc()).limit(1).correlate(p, e).scalar_subquery())
    chosen = (sa.select(p.id, p.reference, p.name, p.lot_id, Lot.name, coach.name, v.postcode, e.stood, v.ward_name, v.edition,
                        v.decided_on, e.would_be, e.decision, e.reason, e.decided_on, decider.name)
              .select_from(e).join(p, p.id == e.participant_id).join(v, v.id == before).join(Lot, Lot.id == v.lot_id)
              .join(coach, coach.id == p.coach_id).join(decider, decider.id == e.decided_by)
              .where(e.edition == judge.edition.name, v.postcode.is_not(None), p.id.not_in(is_led())).order_by(p.name, p.id, e.id))
    rows = []
    found = session.execute(_of(chosen, lot, participant))
    for id, reference, name, lot_id, lot_name, whose, postcode, stood, ward, by_which, on, would_be, said, reason, day, by in found:
        would = judge.judge(lot_name, postcode, on)
        rows.append(EditionReviewRow(id, reference, name, initials(name), lot_id, lot_name, whose, postcode, stood, ward, by_which, on,
                                     judge.edition.name, would_be, would.ward_name, would.sentence, said, reason, day, by))
    return rows
