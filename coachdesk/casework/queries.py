"""What the rooms know together: caseload, today, search, audit. (The timeline of one person is in `timeline`.)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity_queries
from coachdesk.activity.record import Appointment, Intervention, Job
from coachdesk.casework.contact import was_contact
from coachdesk.outreach import queries as outreach_queries
from coachdesk.outreach.queries import DueRow
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import FollowUp, Participant, Verdict
from coachdesk.participant.rules.matching import same_names
from coachdesk.partner.rules import folded
from coachdesk.programme import queries as programme_queries
from coachdesk.programme import rules as programme_rules
from coachdesk.referral import queries as referral_queries
from coachdesk.store import search as store_search
from coachdesk.store import tables
from coachdesk.store.session import moment, today

__all__ = [
    "CaseloadRow",
    "CaseloadTotals",
    "ChangeRow",
    "Hit",
    "audit",
    "caseload",
    "due",
    "moment",
    "search",
    "today",
    "totals",
]

_OP, _TXN = tables.op, tables.txn
PAUSED = "paused"
SILENT_DAYS = 28    # without contact: then somebody stands on the no-contact list
DUE_AHEAD_DAYS = 7
NEEDED = 3
MOST_BESIDE_PEOPLE = 8  # finds of each other kind beside people
LEAST_PEOPLE = 10


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """A person on the caseload. state: overdue, due, paused or nothing; meaningful: how many of three.

    silent_days: since real contact (casework.contact), help or an appointment that was kept, else since registration.
    """

    id: UUID
    reference: str
    name: str
    lot: str
    coach: str
    registered_on: date
    verdict: str
    meaningful: int
    has_job: bool
    last_contact_on: date | None
    next_what: str
    next_on: date | None
    state: str
    silent_days: int = 0


@dataclass(frozen=True, slots=True)
class CaseloadTotals:
    """Totals of a caseload; the printed summary and the screen show the same."""

    people: int
    overdue: int
    due: int
    eligible: int
    by_hand: int
    not_eligible: int
    reached_three: int
    jobs: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One find of the search box: kind says which record opens. is_alike: only spelt alike, or meaning the same.

    also: the name of another record of the same person, by which they were found.
    """

    kind: str
    id: UUID
    title: str
    detail: str
    is_alike: bool = False
    also: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One logged change of one record. fields: names only; values stay sealed."""

    at: str
    who: str
    reason: str
    room: str
    id: UUID
    deed: str
    fields: tuple[str, ...]


def caseload(session: Session, *, lot: UUID | None = None, coach: UUID | None = None) -> list[CaseloadRow]:
    """Everybody on the caseload: overdue first, then due, then by the next day and the name; who is paused comes last.

    Whose time on the programme has ended is not on it; somebody with several records stands there once, with what all of them say.
    """
    day = today(session)
    ahead = participant_queries.leaders(session)
    resting = set(session.execute(participant_queries.resting(day)).scalars())
    lots, members = programme_queries.lot_names(session), programme_queries.member_names(session)
    verdicts = dict(session.execute(sa.select(Verdict.participant_id, Verdict.verdict).order_by(Verdict.decided_at)).all())
    meaningful: dict[UUID, int] = dict(
        session.execute(
            sa.select(Intervention.participant_id, sa.func.count()).where(Intervention.is_meaningful).group_by(Intervention.participant_id)
        ).all()
    )
    jobs = set(session.execute(sa.select(Job.participant_id)).scalars())
    last, following = _last_contact(session, day), _next(session)
    for led, first in ahead.items():
        meaningful[first] = meaningful.get(first, 0) + meaningful.get(led, 0)
        last.update({first: max(last.get(first, last[led]), last[led])} if led in last else {})
        following.update({first: min(following.get(first, following[led]), following[led])} if led in following else {})
        jobs |= {first} if led in jobs else set()
    chosen = sa.select(
        Participant.id, Participant.reference, Participant.name, Participant.lot_id, Participant.coach_id, Participant.registered_on
    )
    chosen = chosen.where(Participant.id.not_in(participant_queries.is_led()), Participant.id.not_in(participant_queries.ended()))
    if lot:
        chosen = chosen.where(Participant.lot_id == lot)
    if coach:
        chosen = chosen.where(Participant.coach_id == coach)
    rows = []
    for each in session.execute(chosen):
        known, reference, name, lot_id, coach_id, registered_on = each
        next_on, what = following.get(known, (None, ""))
        is_far = next_on is None or next_on > day + timedelta(days=DUE_AHEAD_DAYS)
        state = PAUSED if known in resting else "" if is_far else "overdue" if next_on and next_on < day else "due"
        rows.append(
            CaseloadRow(
                known,
                reference,
                name,
                lots.get(lot_id, ""),
                members.get(coach_id, ""),
                registered_on,
                verdicts.get(known, programme_rules.BY_HAND),
                meaningful.get(known, 0),
                known in jobs,
                last.get(known),
                what,
                next_on,
                state,
                max(0, (day - (last.get(known) or registered_on)).days),
            )
        )
    order = {"overdue": 0, "due": 1, "": 2, PAUSED: 3}
    return sorted(rows, key=lambda row: (order[row.state], row.next_on or date.max, row.name.casefold(), row.reference))


def totals(rows: list[CaseloadRow]) -> CaseloadTotals:
    """The totals of exactly these rows."""
    return CaseloadTotals(
        len(rows),
        sum(row.state == "overdue" for row in rows),
        sum(row.state == "due" for row in rows),
        sum(row.verdict in (programme_rules.BY_RESIDENCE, programme_rules.BY_CONNECTION) for row in rows),
        sum(row.verdict == programme_rules.BY_HAND for row in rows),
        sum(row.verdict == programme_rules.NOT_ELIGIBLE for row in rows),
        sum(row.meaningful >= NEEDED for row in rows),
        sum(row.has_job for row in rows),
    )


def _last_contact(session: Session, day: date) -> dict[UUID, date]:
    last: dict[UUID, date] = dict(
        session.execute(
            sa.select(Intervention.participant_id, sa.func.max(Intervention.happened_on))
            .where(was_contact()).group_by(Intervention.participant_id)
        ).all()
    )
    met = sa.select(Appointment.participant_id, sa.func.max(Appointment.due_on)).where(
        Appointment.outcome == "attended", Appointment.due_on <= day
    )
    for known, on in session.execute(met.group_by(Appointment.participant_id)):
        last[known] = max(on, last.get(known, on))
    return last


def _next(session: Session) -> dict[UUID, tuple[date, str]]:
    found: dict[UUID, tuple[date, str]] = {}
    booked = sa.select(Appointment.participant_id, Appointment.due_on, sa.literal("appointment")).where(Appointment.outcome == "booked")
    to_do = sa.select(FollowUp.participant_id, FollowUp.due_on, FollowUp.what).where(FollowUp.done_on.is_(None))
    for known, on, what in [*session.execute(booked), *session.execute(to_do)]:
        if known not in found or on < found[known][0]:
            found[known] = (on, what)
    return found


def due(session: Session, *, coach: UUID | None = None, until: date | None = None) -> list[DueRow]:
    """What is due up to a day (today if not said), from every room, oldest first."""
    end = until or today(session)
    rows = [
        row
        for room in (outreach_queries, participant_queries, referral_queries, activity_queries)
        for row in room.due(session, coach=coach, until=end)
    ]
    rows += participant_queries.due_back(session, coach=coach, until=end)
    rows += activity_queries.due_loans(session, coach=coach, until=end)
    return sorted(rows, key=lambda row: (row.due_on, row.who.casefold()))


def search(session: Session, text: str, *, limit: int = 40) -> list[Hit]:
    """People, who was met and is not registered yet, partners, places and sessions that have every word of the text, in that order.

    Each kind has its own order: people and partners by name, who was met and sessions the latest first. Where few are found at all, those
    follow that are spelt alike or mean the same.
    """
    most = {kind: MOST_BESIDE_PEOPLE for kind in store_search.kinds()} | {"participant": limit}
    hits = store_search.find(
        session,
        folded(text),
        most,
        hidden={"outreach.contact": participant_queries.met_at},
        ahead=participant_queries.ahead(session),
        means=same_names,
    )
    too_many = max(0, len(hits) - limit)
    people = [hit for hit in hits if hit.kind == "participant"]
    beside = [hit for hit in hits if hit.kind != "participant"]
    shown = [*people[: max(LEAST_PEOPLE, len(people) - too_many)], *beside][:limit]
    return [Hit(hit.kind, hit.id, hit.title, hit.detail, hit.is_alike, hit.also) for hit in shown]


def audit(session: Session, *, record: UUID | None = None, room: str | None = None, limit: int = 50) -> list[ChangeRow]:
    """The log read by people: newest first; of one record, of one room, or of all."""
    import msgspec

    members = programme_queries.member_names(session)
    chosen = (
        sa.select(
            _TXN.c.seen_at,
            _TXN.c.actor,
            _TXN.c.reason,
            _OP.c.entity,
            _OP.c.entity_id,
            _OP.c.kind,
            _OP.c.head,
            _OP.c.sealed.is_not(None).label("has_sealed"),
        )
        .join_from(_OP, _TXN, _TXN.c.n == _OP.c.txn)
        .order_by(_TXN.c.n.desc(), _OP.c.seq.desc())
        .limit(limit)
    )
    if record:
        chosen = chosen.where(_OP.c.entity_id == record.bytes)
    elif room:
        table = room.replace(".", "_")
        chosen = chosen.where(sa.or_(_OP.c.entity == table, _OP.c.entity.startswith(f"{table}_", autoescape=True)))
    rows = session.execute(chosen)
    found = []
    for row in rows:
        head = msgspec.json.decode(row.head)
        names = sorted({*head.get("v", {}), *head.get("s", {}), *head.get("b", {})})
        if row.has_sealed:
            names.append("personal values (sealed)")
        deed = "deleted" if row.kind == "del" else "changed" if head.get("b") else "made"
        found.append(
            ChangeRow(
                row.seen_at,
                members.get(UUID(bytes=bytes(row.actor)), "a former member"),
                row.reason,
                row.entity,
                UUID(bytes=bytes(row.entity_id)),
                deed,
                tuple(names),
            )
        )
    return found
