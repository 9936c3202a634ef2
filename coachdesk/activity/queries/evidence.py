"""Evidence as lists show it, and one kept file opened."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import rules
from coachdesk.activity.record import Evidence, Intervention, Job
from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.participant.record import Participant
from coachdesk.programme import queries as programme
from coachdesk.store import blobs, windows


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One proof. about: the job or help in words, empty where it is of the person; warning: a day that does not match."""

    id: UUID
    participant_id: UUID
    participant: str
    reference: str
    lot_id: UUID
    lot: str
    coach_id: UUID
    coach: str
    job: UUID | None
    intervention: UUID | None
    about: str
    proves: str
    obtained_on: date
    how: str
    dated: date | None
    wording: str | None
    note: str | None
    file_name: str | None
    media: str | None
    size: int | None
    state: str
    verified_by: str
    verified_on: date | None
    refused_why: str | None
    warning: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept file with what is in it."""

    name: str
    media: str
    data: bytes


def evidence(session: Session, *, lot: UUID | None = None, limit: int | None = None, participant: UUID | None = None,
             of: UUID | None = None, since: date | None = None, until: date | None = None, id: UUID | None = None,
             keys: Sequence[int] | None = None) -> list[EvidenceRow]:
    """Proofs, newest first. of: those of one job or piece of help; since and until: the day they were obtained; keys: local ones."""
    e, p, j, i = Evidence, Participant, Job, Intervention
    chosen: Any = (sa.select(e, p.name, p.reference, p.lot_id, j.title, j.hours_a_week, j.started_on, i.kind, i.minutes, i.mode,
                             i.happened_on).join(p, p.id == e.participant_id).outerjoin(j, j.id == e.job_id)
                   .outerjoin(i, i.id == e.intervention_id)
                   .order_by(e.obtained_on.desc(), e.id.desc()).limit(limit))
    for column, wanted in ((p.lot_id, lot), (e.participant_id, participant), (e.id, id)):
        if wanted is not None:
            chosen = chosen.where(column == wanted)
    if keys is not None:
        chosen = chosen.where(windows.among(e.row, keys))
    if of is not None:
        chosen = chosen.where(sa.or_(e.job_id == of, e.intervention_id == of))
    if since is not None:
        chosen = chosen.where(e.obtained_on >= since)
    if until is not None:
        chosen = chosen.where(e.obtained_on <= until)
    lots, members = programme.lot_names(session), programme.member_names(session)
    rows = []
    for one, name, reference, in_lot, title, hours, started, kind, minutes, mode, on in session.execute(chosen):
        about = rules.job_label(title, hours) if title else rules.intervention_label(kind, minutes, mode) if kind else ""
        day = started or on
        rows.append(EvidenceRow(
            one.id, one.participant_id, name, reference, in_lot, lots.get(in_lot, ""), one.coach_id, members.get(one.coach_id, ""),
            one.job_id, one.intervention_id, f"{about}, {day_text(day)}" if about and day else about, one.proves, one.obtained_on,
            one.how, one.dated, one.wording, one.note, one.file_name, one.media, one.size, rules.state_of(one.verified_on, one.refused_on),
            members.get(one.verified_by, "") if one.verified_by else "", one.verified_on, one.refused_why,
            rules.day_warning(one.proves, one.dated, started)))
    return rows


def evidence_keys(session: Session, *, lot: UUID | None = None) -> array[int]:
    """Every proof, newest first."""
    e = Evidence
    chosen: Any = sa.select(e.row).order_by(e.obtained_on.desc(), e.id.desc())
    return windows.keys_of(session, chosen if lot is None else chosen.where(_in(lot)))


def evidence_key(session: Session, id: UUID | None) -> int | None:
    """The key of one proof."""
    return windows.key_of(session, Evidence, id)


def evidence_rows(session: Session, keys: Sequence[int]) -> list[EvidenceRow]:
    """The proofs of these keys, which stand in the order of the list."""
    return evidence(session, keys=keys)


def unverified_count(session: Session, *, lot: UUID | None = None) -> int:
    """How many proofs nobody has looked at yet."""
    chosen: Any = sa.select(sa.func.count()).where(Evidence.verified_on.is_(None), Evidence.refused_on.is_(None))
    found: int = session.execute(chosen if lot is None else chosen.where(_in(lot))).scalar_one()
    return found


def _in(lot: UUID) -> sa.ColumnElement[bool]:
    return Evidence.participant_id.in_(sa.select(Participant.id).where(Participant.lot_id == lot))


def evidence_with(session: Session, blob: str) -> Evidence | None:
    """A proof that keeps this very file, the oldest; None when there is none."""
    with session.no_autoflush:
        found: Evidence | None = session.execute(sa.select(Evidence).where(Evidence.blob == blob).order_by(Evidence.id)).scalars().first()
    return found


def kept_file(session: Session, id: UUID) -> Kept:
    """The file of a proof, opened. Refusal when it has none; Trouble when it is missing or damaged."""
    found = session.execute(
        sa.select(Evidence.file_name, Evidence.media, Evidence.blob, Evidence.digest, Evidence.size, Participant.seal_id)
        .join(Participant, Participant.id == Evidence.participant_id).where(Evidence.id == id)).first()
    if found is None or found.blob is None:
        raise Refusal("There is no file with this: it was seen and not kept.", "Nothing was changed.")
    data = blobs.get(session, found.seal_id, blobs.Held(found.blob, found.digest, found.size))
    return Kept(found.file_name or "", found.media, data)


def evidence_counts(session: Session, things: Collection[UUID]) -> dict[UUID, int]:
    """How many proofs each of these jobs and pieces of help has."""
    of = sa.func.coalesce(Evidence.job_id, Evidence.intervention_id, type_=Evidence.id.type)
    chosen = sa.select(of, sa.func.count()).where(of.in_(list(things))).group_by(of)
    return {thing: count for thing, count in session.execute(chosen)}


@dataclass(frozen=True, slots=True)
class ProofRow:
    """A proof that nobody refused, as a claim may rest on it: of a job or piece of help (`thing`), else of the person."""

    id: UUID
    participant_id: UUID
    thing: UUID | None
    proves: str
    obtained_on: date
    how: str
    wording: str | None
    verified_by: UUID | None


def proofs(session: Session) -> list[ProofRow]:
    """Every proof that was not found wanting, by the day it was obtained."""
    e = Evidence
    chosen = sa.select(e.id, e.participant_id, sa.func.coalesce(e.job_id, e.intervention_id, type_=e.id.type), e.proves, e.obtained_on,
                       e.how, e.wording, e.verified_by).where(e.refused_on.is_(None)).order_by(e.obtained_on, e.id)
    return [ProofRow(*row) for row in session.execute(chosen)]
