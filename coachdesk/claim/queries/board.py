"""The lead's board for a lot's month: who signed it off and what changed since, what is missing, and what the lead decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity
from coachdesk.activity import rules as activity_rules
from coachdesk.activity.rules import month_number
from coachdesk.claim import rules
from coachdesk.claim.queries import feed, shown
from coachdesk.claim.record import Choice
from coachdesk.clock import first_day, last_day, month_text
from coachdesk.programme import queries as programme
from coachdesk.store import tables
from coachdesk.store.kinds import instant_text

NOT_SIGNED, SIGNED, CHANGED = "not signed off", "signed off", "changed since"
APPOINTMENT, VERDICT, NOTICE, UNPAID = "appointment without an answer", "verdict", "privacy notice", "not payable yet"
_OP, _TXN = tables.op, tables.txn


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One piece of help or job that was entered or changed after its coach's word. kind: what opens it."""

    id: UUID
    kind: str
    on: date
    reference: str
    what: str
    how: str


@dataclass(frozen=True, slots=True)
class CoachRow:
    """A coach's month in a lot: the word given, if any, with the counts of then and of now."""

    coach_id: UUID
    coach: str
    state: str
    signed_at: datetime | None
    help_then: int
    jobs_then: int
    help_now: int
    jobs_now: int
    changes: tuple[ChangedRow, ...]
    removed: int

    @property
    def words(self) -> str:
        """What changed, in a few words."""
        many = Counter(each.how for each in self.changes)
        parts = [f"{many[how]} {how}" for how in ("entered", "changed") if many[how]]
        return ", ".join([*parts, *([f"{self.removed} removed"] if self.removed else [])])


@dataclass(frozen=True, slots=True)
class MissingRow:
    """One thing that is missing: kind in words, whom it is about, and what opens it."""

    kind: str
    opens: str
    id: UUID
    person_id: UUID
    reference: str
    name: str
    on: date | None
    coach: str
    what: str


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """What the lead decided, and why; coach: the one it is about, empty where it is about the whole month."""

    id: UUID
    lot: str
    month: str
    choice: str
    coach: str
    reason: str
    chosen_at: datetime


@dataclass(frozen=True, slots=True)
class Board:
    """Everything about a lot's month before it is claimed."""

    lot_id: UUID
    lot: str
    month: int
    status: str
    coaches: tuple[CoachRow, ...]
    missing: tuple[MissingRow, ...]
    choices: tuple[ChoiceRow, ...]

    @property
    def open_coaches(self) -> int:
        """Coaches whose word is wanting, or is not true any more."""
        return sum(row.state != SIGNED for row in self.coaches)

    @property
    def is_complete(self) -> bool:
        """Whether everybody signed it off and nothing is missing."""
        return not self.open_coaches and not self.missing


def board(session: Session, *, lot: UUID, month: int | str) -> Board:
    """The lead's board of a lot's month."""
    number = month_number(month)
    view = shown.figures(session, lot=lot, month=number)
    given = _given(session, lot, number)
    return Board(lot, view.lot, number, view.status, _coaches(session, lot, number, given), _missing(session, lot, number, given, view),
                 tuple(choices(session, lot=lot, month=number)))


@dataclass(frozen=True, slots=True)
class _Given:
    """Help or a job of the month."""

    id: UUID
    kind: str
    coach_id: UUID
    coach: str
    person_id: UUID
    reference: str
    name: str
    on: date
    what: str


def _given(session: Session, lot: UUID, month: int) -> list[_Given]:
    first, last = first_day(month), last_day(month)
    helped = [
        _Given(row.id, "activity.intervention", row.coach_id, row.coach, row.participant_id, row.reference, row.participant,
               row.happened_on, activity_rules.intervention_label(row.kind, row.minutes, row.mode))
        for row in activity.interventions(session, lot=lot, since=first, until=last)
    ]
    return helped + [
        _Given(row.id, "activity.job", row.coach_id, row.coach, row.participant_id, row.reference, row.participant, row.started_on,
               activity_rules.job_label(row.title, row.hours_a_week))
        for row in activity.jobs(session, lot=lot, since=first, until=last)
    ]


def _coaches(session: Session, lot: UUID, month: int, given: list[_Given]) -> tuple[CoachRow, ...]:
    """Coaches who serve the lot in the month, did anything in it, or gave their word."""
    first, last = first_day(month), last_day(month)
    names = {row.id: row.name for row in programme.members(session, lot=lot)
             if row.role == "coach" and row.from_day <= last and (row.to_day is None or row.to_day >= first)}
    names |= {row.coach_id: row.coach for row in given}
    words: dict[UUID, activity.SignOffRow] = {}
    for word in activity.sign_offs(session, lot=lot, month=month):
        words.setdefault(word.coach_id, word)
        names.setdefault(word.coach_id, word.coach)
    rows = [_coach(session, id, name, words.get(id), [row for row in given if row.coach_id == id]) for id, name in names.items()]
    return tuple(sorted(rows, key=lambda row: row.coach.casefold()))


def _coach(session: Session, id: UUID, name: str, word: activity.SignOffRow | None, mine: list[_Given]) -> CoachRow:
    helped, jobs = (sum(row.kind == kind for row in mine) for kind in ("activity.intervention", "activity.job"))
    if word is None:
        return CoachRow(id, name, NOT_SIGNED, None, 0, 0, helped, jobs, (), 0)
    changes = _since(session, word.signed_at, mine)
    entered = sum(row.how == "entered" for row in changes)
    removed = max(0, word.interventions + word.jobs + entered - helped - jobs)
    state = CHANGED if changes or removed else SIGNED
    return CoachRow(id, name, state, word.signed_at, word.interventions, word.jobs, helped, jobs, changes, removed)


def _since(session: Session, signed: datetime, mine: list[_Given]) -> tuple[ChangedRow, ...]:
    """What was entered or changed after an instant, by the log."""
    by_id = {row.id.bytes: row for row in mine}
    found: dict[bytes, tuple[str, str]] = {}
    ids = list(by_id)
    for start in range(0, len(ids), 500):
        chosen = sa.select(_OP.c.entity_id, sa.func.min(_TXN.c.seen_at), sa.func.max(_TXN.c.seen_at))
        chosen = chosen.join_from(_OP, _TXN, _TXN.c.n == _OP.c.txn).where(_OP.c.entity_id.in_(ids[start : start + 500]))
        found.update({id: (made, changed) for id, made, changed in session.execute(chosen.group_by(_OP.c.entity_id))})
    at = instant_text(signed)
    rows = [
        ChangedRow(row.id, row.kind, row.on, row.reference, row.what, "entered" if found[key][0] > at else "changed")
        for key, row in by_id.items() if key in found and found[key][1] > at
    ]
    return tuple(sorted(rows, key=lambda row: (row.on, row.id.bytes)))


def _missing(session: Session, lot: UUID, month: int, given: list[_Given], view: shown.ClaimView) -> tuple[MissingRow, ...]:
    """Appointments without an answer, people without a verdict or notice, and what may still be payable once something comes."""
    open_ones = activity.appointments(session, lot=lot, since=first_day(month), until=last_day(month), outcome=activity_rules.BOOKED)
    rows = [
        MissingRow(APPOINTMENT, "activity.appointment", row.id, row.participant_id, row.reference, row.participant, row.due_on, row.coach,
                   " ".join(part for part in (row.at or "", f"at {row.place}" if row.place else "") if part) or "no time was written down")
        for row in open_ones
    ]
    helped: dict[UUID, _Given] = {}
    for each in sorted(given, key=lambda one: (one.on, one.id.bytes)):
        helped.setdefault(each.person_id, each)
    known = feed.people(session, lot)
    for id, each in helped.items():
        person = known.get(str(id))
        if person is None:
            continue
        what = "" if person.eligible else person.verdict_sentence
        if what and ("has been recorded" in what or "by hand" in what):
            rows.append(MissingRow(VERDICT, "participant", id, id, each.reference, each.name, each.on, each.coach, what))
        if person.notice_given_on is None:
            rows.append(MissingRow(NOTICE, "participant", id, id, each.reference, each.name, each.on, each.coach,
                                   "no privacy notice has been given"))
    rows += _unpaid(view, given)
    return tuple(sorted(rows, key=lambda row: (_ORDER.index(row.kind), row.on or date.min, row.reference)))


_ORDER = (VERDICT, UNPAID, NOTICE, APPOINTMENT)


def _unpaid(view: shown.ClaimView, given: list[_Given]) -> Iterable[MissingRow]:
    """The month's own items that lack evidence: what the ledger says of them."""
    by_id = {str(row.id): row for row in given}
    for item in (*view.figures.unpaid, *view.figures.waiting):
        row = by_id.get(item.deed or "")
        if row is not None and _lacks(item):
            yield MissingRow(UNPAID, row.kind, row.id, row.person_id, row.reference, row.name, row.on, row.coach, item.reason)


def _lacks(item: rules.Unpaid) -> bool:
    """Whether an unpaid item waits for a piece of evidence."""
    return any(word in item.reason for word in ("evidence", "proof", "proved"))


def choices(session: Session, *, lot: UUID | None = None, month: int | None = None, limit: int | None = None) -> list[ChoiceRow]:
    """What the lead decided, newest first."""
    lots, members = programme.lot_names(session), programme.member_names(session)
    chosen = sa.select(Choice.id, Choice.lot_id, Choice.month, Choice.choice, Choice.coach_id, Choice.reason, Choice.chosen_at)
    if lot is not None:
        chosen = chosen.where(Choice.lot_id == lot)
    if month is not None:
        chosen = chosen.where(Choice.month == month)
    rows = session.execute(chosen.order_by(Choice.chosen_at.desc(), Choice.id.desc()).limit(limit))
    return [ChoiceRow(id, lots.get(of, ""), month_text(at), choice, members.get(coach, "") if coach else "", why, when)
            for id, of, at, choice, coach, why, when in rows]


def board_told(session: Session, lot: UUID, month: int | str) -> dict[str, Any]:
    """The board as `claim board` prints it: references, no names of participants."""
    found = board(session, lot=lot, month=month)
    return {
        "lot": found.lot,
        "month": month_text(found.month),
        "status": found.status,
        "is_complete": found.is_complete,
        "coaches": [
            {"coach": row.coach, "state": row.state, "signed_at": row.signed_at.isoformat() if row.signed_at else None,
             "then": {"interventions": row.help_then, "jobs": row.jobs_then}, "now": {"interventions": row.help_now, "jobs": row.jobs_now},
             "changes": [{"kind": each.kind, "id": str(each.id), "on": each.on.isoformat(), "reference": each.reference, "how": each.how}
                         for each in row.changes], "removed": row.removed}
            for row in found.coaches
        ],
        "missing": [{"kind": row.kind, "opens": row.opens, "id": str(row.id), "reference": row.reference,
                     "on": row.on.isoformat() if row.on else None, "coach": row.coach, "says": row.what} for row in found.missing],
        "choices": [{"choice": row.choice, "coach": row.coach, "reason": row.reason, "at": row.chosen_at.isoformat()}
                    for row in found.choices],
    }

