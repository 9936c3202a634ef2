"""Whose verdict a newer postcode edition would give otherwise, and what the lead decided about it. Reading this changes nothing."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
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
_BLOCK = 500


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
    return _rows_of(session, judge, _keys(session, judge, lot, decision, participant)[:limit])


def edition_review_keys(session: Session, *, edition: str | None = None, decision: str | None = None) -> array[int]:
    """Local keys of the same rows in the same order: of the person where nothing was decided, and below nought of the decision."""
    judge = by_edition(session, edition)
    return array("q") if judge is None else _keys(session, judge, None, decision, None)


def edition_review_rows(session: Session, keys: Sequence[int], *, edition: str | None = None) -> list[EditionReviewRow]:
    """Some of them, in the order of the keys; whoever has left the list meanwhile is left out."""
    judge = by_edition(session, edition)
    return [] if judge is None else _rows_of(session, judge, keys)


def count_undecided(session: Session, edition: str | None = None, *, lot: UUID | None = None) -> int:
    """How many people an edition would judge otherwise, about whom nothing was decided."""
    judge = by_edition(session, edition)
    return 0 if judge is None else len(_keys(session, judge, lot, UNDECIDED, None))


def _keys(session: Session, judge: ByEdition, lot: UUID | None, decision: str | None, participant: UUID | None) -> array[int]:
    """Every verdict is judged as it is read, and no more is kept of it than the person's key."""
    e, p = EditionReview, Participant
    found = array("q")
    if decision in (None, UNDECIDED):
        settled = {(who, stood, would) for who, stood, would in session.execute(
            sa.select(e.participant_id, e.stood, e.would_be).where(e.edition == judge.edition.name))}
        told = {who for who, _stood, _would in settled}
        chosen = _of(_standing(judge, p.row, p.id), lot, participant).order_by(p.name, p.id).execution_options(yield_per=_BLOCK)
        for lot_name, postcode, on, stood, row, id in session.execute(chosen):
            if not judge.says_the_same(lot_name, postcode, on, stood) and not (
                    id in told and (id, stood, judge.judge(lot_name, postcode, on).verdict) in settled):
                found.append(row)
    if decision != UNDECIDED:
        chosen = _settled(judge, -e.row).order_by(p.name, p.id, e.id)
        found.extend(session.scalars(_of(chosen if decision is None else chosen.where(e.decision == decision), lot, participant)))
    return found


def _rows_of(session: Session, judge: ByEdition, keys: Sequence[int]) -> list[EditionReviewRow]:
    rows: list[EditionReviewRow] = []
    for at in range(0, len(keys), _BLOCK):
        some = keys[at:at + _BLOCK]
        known = _undecided(session, judge, [key for key in some if key > 0]) | _decided(session, judge, [-key for key in some if key < 0])
        rows += [known[key] for key in some if key in known]
    return rows


def _of(chosen: Any, lot: UUID | None, participant: UUID | None) -> Any:
    if lot is not None:
        chosen = chosen.where(Participant.lot_id == lot)
    if participant is not None:
        chosen = chosen.where(Participant.id == participant)
    return chosen


def _standing(judge: ByEdition, *columns: Any, among: Any = None) -> Any:
    """The verdicts that stand and rest on another edition: lot, postcode, day and verdict, then the columns. among: whose."""
    v, p = Verdict, Participant
    latest_first = sa.func.row_number().over(partition_by=v.participant_id, order_by=(v.decided_at.desc(), v.id.desc())).label("n")
    ranked = sa.select(v.id, v.participant_id, latest_first)
    if among is not None:
        ranked = ranked.where(v.participant_id.in_(among))
    latest = ranked.subquery()
    return (sa.select(Lot.name, v.postcode, v.decided_on, v.verdict, *columns)
            .join(latest, sa.and_(latest.c.id == v.id, latest.c.n == 1)).join(p, p.id == v.participant_id).join(Lot, Lot.id == v.lot_id)
            .where(p.id.not_in(is_led()), v.postcode.is_not(None), v.method.in_(RESTS_ON_AN_EDITION),
                   sa.or_(v.edition.is_(None), v.edition != judge.edition.name)))


def _settled(judge: ByEdition, *columns: Any) -> Any:
    """What was decided about this edition, with the verdict that stood: the last one given before, by another edition."""
    e, p, v = EditionReview, Participant, Verdict
    before = (sa.select(v.id).where(v.participant_id == p.id, v.verdict == e.stood,
                                    sa.or_(v.edition.is_(None), v.edition != judge.edition.name))
              .order_by(v.decided_at.desc(), v.id.desc()).limit(1).correlate(p, e).scalar_subquery())
    return (sa.select(*columns).select_from(e).join(p, p.id == e.participant_id).join(v, v.id == before)
            .where(e.edition == judge.edition.name, v.postcode.is_not(None), p.id.not_in(is_led())))


def _undecided(session: Session, judge: ByEdition, keys: Sequence[int]) -> dict[int, EditionReviewRow]:
    """The people of these keys, as they stand and would be."""
    p, v = Participant, Verdict
    if not keys:
        return {}
    chosen = _standing(judge, p.row, p.id, p.reference, p.name, p.lot_id, TeamMember.name, v.ward_name, v.edition,
                       among=sa.select(p.id).where(p.row.in_(keys))).join(TeamMember, TeamMember.id == p.coach_id)
    rows = {}
    for lot, postcode, on, stood, row, id, reference, name, lot_id, coach, ward, by_which in session.execute(chosen):
        would = judge.judge(lot, postcode, on)
        rows[row] = EditionReviewRow(id, reference, name, initials(name), lot_id, lot, coach, postcode, stood, ward, by_which, on,
                                     judge.edition.name, would.verdict, would.ward_name, would.sentence, UNDECIDED, None, None, None)
    return rows


def _decided(session: Session, judge: ByEdition, keys: Sequence[int]) -> dict[int, EditionReviewRow]:
    """The decisions of these keys, by their keys below nought."""
    e, p, v = EditionReview, Participant, Verdict
    if not keys:
        return {}
    decider, coach = sa.orm.aliased(TeamMember), sa.orm.aliased(TeamMember)
    chosen = (_settled(judge, e.row, p.id, p.reference, p.name, p.lot_id, Lot.name, coach.name, v.postcode, e.stood, v.ward_name, v.edition,
                       v.decided_on, e.would_be, e.decision, e.reason, e.decided_on, decider.name)
              .join(Lot, Lot.id == v.lot_id).join(coach, coach.id == p.coach_id).join(decider, decider.id == e.decided_by)
              .where(e.row.in_(keys)))
    rows = {}
    for row, id, reference, name, lot_id, lot, whose, postcode, stood, ward, by_which, on, would_be, said, why, day, by in (
            session.execute(chosen)):
        would = judge.judge(lot, postcode, on)
        rows[-row] = EditionReviewRow(id, reference, name, initials(name), lot_id, lot, whose, postcode, stood, ward, by_which, on,
                                      judge.edition.name, would_be, would.ward_name, would.sentence, said, why, day, by)
    return rows
