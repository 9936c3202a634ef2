"""Files that were brought in, and taking one back within thirty days: with a receipt, or with what stands in the way."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.exchange.csv_in.bringing import Step
from coachdesk.outreach.record import Contact
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.participant.record import Participant
from coachdesk.partner.record import Partner, PartnerContact, Service, Venue
from coachdesk.programme.record import Import
from coachdesk.store import undo
from coachdesk.store.session import Changes, Store, today

UNDO_DAYS = 30
_NAMED = 5  # in a refusal
_AT_ONCE = 500
# What a later record is called that stands in the way, by its table; anything else is "something".
_WORDS = {
    "activity_intervention": "help was logged",
    "activity_job": "a job was recorded",
    "activity_appointment": "an appointment was made",
    "activity_loan": "kit was lent",
    "activity_plan": "an action plan was made",
    "activity_training": "training was recorded",
    "activity_volunteering": "volunteering was recorded",
    "activity_reading": "a reading was taken",
    "activity_job_change": "a change in a job was recorded",
    "activity_job_break": "a time away from a job was recorded",
    "activity_earnings": "earnings were recorded",
    "referral": "a referral was made",
    "participant_verdict": "a decision was made",
    "participant_consent": "consent was recorded",
    "participant_notice": "a notice was given",
    "participant_follow_up": "a follow-up was set",
    "participant_same_as": "the record was joined with another",
    "participant_not_same": "somebody told them apart from another",
    "participant_look": "what is kept apart was looked at",
    "participant_met_at": "the contact was registered",
    "participant_assignment": "the coach was changed",
    "participant_spell": "a spell was begun",
    "participant_benefit": "a benefit was recorded",
    "participant_pause": "a pause was recorded",
    "participant_edition_review": "a new edition was decided on",
    "outreach_contact": "a contact was written down",
    "outreach_tally": "people were counted",
    "outreach_session": "a session was held",
    "outreach_series": "a series was begun",
    "partner_contact": "a contact was added",
    "partner_venue": "a place was added",
    "partner_venue_status": "a place was closed or opened",
    "partner_service": "a service was added",
    "partner_opening": "an opening time was added",
    "partner_service_place": "a place of a service was added",
    "partner_agreement": "something was agreed",
    "partner_touch": "somebody was in touch",
    "partner_touch_with": "somebody was in touch with them",
    "partner_introduction": "an introduction was written down",
    "partner_connector": "a connector was added",
    "partner_trust": "a word on trust was said",
}
_KINDS = {
    "participant": "participant",
    "outreach_contact": "outreach.contact",
    "outreach_session": "outreach.session",
    "partner": "partner",
    "partner_contact": "partner.contact",
    "partner_venue": "partner.venue",
    "partner_service": "partner.service",
}
EDITED = "something was changed by hand"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A file that was brought in. taken_back_on: None while it stands. can_go: whether it is within the days of taking back."""

    id: UUID
    kind: str
    file: str
    taken: int
    refused: int
    came_on: date
    taken_back_on: date | None
    can_go: bool


@dataclass(frozen=True, slots=True)
class Gone:
    """One record that went back. what: participant, contact, organisation… reference: what it was known by, where it had one."""

    what: str
    name: str
    reference: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What went back of an import, record by record; already_gone: those that somebody had taken away before."""

    row: ImportRow
    went: tuple[Gone, ...]
    already_gone: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A record of an import on which something was built since, and what. kind and id: of the record to open, where it has a page."""

    what: str
    name: str
    reference: str
    because: str
    kind: str = ""
    id: UUID | None = None


class StandsInTheWay(Refusal):
    """Something was built on an import since. obstacles: on which records, and what."""

    def __init__(self, file: str, obstacles: tuple[Obstacle, ...]) -> None:
        self.obstacles = obstacles
        first = "; ".join(f"{each.reference or each.name}, {each.because}" for each in obstacles[:_NAMED])
        more = f"; and {len(obstacles) - _NAMED} more" if obstacles[_NAMED:] else ""
        super().__init__(
            f"{file} cannot be taken back, because of what was done since: {first}{more}.",
            "Take that back first, or correct these records by hand. Nothing was changed.",
        )


def imports(session: Session, *, limit: int | None = None) -> list[ImportRow]:
    """Files that were brought in, the latest first, also those that were taken back."""
    one, earliest = Import, today(session) - timedelta(days=UNDO_DAYS)
    chosen = sa.select(one.id, one.kind, one.file, one.taken, one.refused, one.came_on, one.taken_back_on)
    rows = session.execute(chosen.order_by(one.came_on.desc(), one.id.desc()).limit(limit))
    return [ImportRow(*row, can_go=row[6] is None and row[5] >= earliest) for row in rows]


def undo_import(store: Store, actor: UUID, id: UUID) -> Generator[Step, None, Receipt]:
    """Takes a whole import back as one act; the generator's answer is the receipt. Closing it (cancel) unwinds everything.

    StandsInTheWay when something was built on its rows or they were edited; Refusal when it is too old or was taken back before.
    """
    with store.read() as session:
        row = next((each for each in imports(session) if each.id == id), None)
        if row is None:
            raise Refusal("There is no such import.", "Take its id from `coachdesk import list`. Nothing was changed.")
        if row.taken_back_on is not None:
            raise Refusal(f"{row.file} was taken back on {day_text(row.taken_back_on)}.", "Nothing was changed.")
        if not row.can_go:
            raise Refusal(
                f"{row.file} came in on {day_text(row.came_on)}, more than {UNDO_DAYS} days ago.",
                "Correct what is wrong record by record. Nothing was changed.",
            )
        yield Step("Looking at what was done since", 0, 0)
        txn = undo.transaction_of(session, id)
        if txn is None:
            raise Refusal(f"{row.file} came in on another device, whose log is not here yet.", "Sync first. Nothing was changed.")
        stands = tuple(_obstacles(session, txn, id))
        if stands:
            raise StandsInTheWay(row.file, stands)
        wrote = undo.made_by(session, txn)      # a feed also changes what was there: that goes back to what it was, and does not go
        made = {table: {id for id in wrote[table] if undo.transaction_of(session, id) == txn} for table in wrote if table in _TOLD}
        went = [gone for table, ids in made.items() for gone in _told(session, table, ids).values()]
        there = sum(len(_standing(session, table, ids)) for table, ids in made.items() if table in _TOLD)
        missing = sum(len(ids) for table, ids in made.items() if table in _TOLD) - there

    def mark(session: Session) -> None:
        kept = session.get(Import, id)
        if kept is not None:
            kept.taken_back_on = today(session)

    steps = undo.undoing(store, actor, txn, keeps=frozenset((id,)), spares_gone=True, then=mark)
    changes: Changes = yield from _stepping(steps)
    return Receipt(row, tuple(sorted(went, key=lambda each: (each.what, each.name))), missing, changes)


def _stepping(steps: Generator[tuple[int, int], None, Changes]) -> Generator[Step, None, Changes]:
    try:
        while True:
            try:
                done, total = next(steps)
            except StopIteration as end:
                changes: Changes = end.value
                return changes
            yield Step("Taking back", done, total)
    finally:
        steps.close()


def _obstacles(session: Session, txn: UUID, own: UUID) -> Iterator[Obstacle]:
    why: dict[tuple[str, UUID], list[str]] = {}
    for later, table, id in undo.built_on(session, txn):
        why.setdefault((table, id), []).append(_WORDS.get(later, "something was added"))
    for table, ids in undo.edited_since(session, txn).items():
        for id in ids - {own}:
            why.setdefault((table, id), []).append(EDITED)
    for table in sorted({table for table, _ in why}):
        ids = {id for known, id in why if known == table}
        told = _told(session, table, ids)
        for id in sorted(ids, key=lambda each: each.bytes):
            where, whose = (table, id) if id in told else _owner(session, table, id)
            gone = told.get(id) or _told(session, where, {whose}).get(whose) or Gone("record", "a record of the file", "")
            yield Obstacle(gone.what, gone.name, gone.reference, " and ".join(dict.fromkeys(why[table, id])), _KINDS.get(where, ""), whose)


_TOLD: dict[str, tuple[str, Any, Any, Any]] = {
    "participant": ("participant", Participant, Participant.name, Participant.reference),
    "outreach_contact": ("contact", Contact, Contact.name, None),
    "outreach_session": ("session", OutreachSession, OutreachSession.kind, None),
    "partner": ("organisation", Partner, Partner.name, None),
    "partner_contact": ("contact of an organisation", PartnerContact, PartnerContact.name, None),
    "partner_venue": ("place", Venue, Venue.name, None),
    "partner_service": ("service", Service, Service.name, None),
}


def _told(session: Session, table: str, ids: set[UUID]) -> dict[UUID, Gone]:
    """Records as a receipt names them; tables that only hang on others are not named."""
    if table not in _TOLD:
        return {}
    what, known, name, reference = _TOLD[table]
    found: dict[UUID, Gone] = {}
    for part in _parts(ids):
        chosen = sa.select(known.id, name, sa.literal("") if reference is None else reference).where(known.id.in_(part))
        found.update({row[0]: Gone(what, row[1], row[2] or "") for row in session.execute(chosen)})
    return found


def _standing(session: Session, table: str, ids: set[UUID]) -> set[UUID]:
    known = _TOLD[table][1]
    return {id for part in _parts(ids) for id in session.execute(sa.select(known.id).where(known.id.in_(part))).scalars()}


def _owner(session: Session, table: str, id: UUID) -> tuple[str, UUID]:
    """The person or organisation on whom a record hangs that has no name of its own: (table, id); itself when there is none."""
    owners = (("participant_id", "participant"), ("service_id", "partner_service"), ("partner_id", "partner"),
              ("session_id", "outreach_session"))
    for column, owner in owners:
        found = undo.value_of(session, table, id, column)
        if found is not None:
            return owner, found
    return table, id


def _parts(ids: set[UUID]) -> Iterator[list[UUID]]:
    ordered = sorted(ids, key=lambda each: each.bytes)
    for begin in range(0, len(ordered), _AT_ONCE):
        yield ordered[begin : begin + _AT_ONCE]
