"""The upkeep clock of every organisation and key person, worked out from real contacts; how trust moved, and after what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.outreach.queries import DueRow
from coachdesk.partner import queries as partner_queries
from coachdesk.partner.record import Partner, PartnerContact
from coachdesk.partner.rules import cadence_for, clock, clock_words
from coachdesk.partner.rules.trust import came_before
from coachdesk.partner.rules.upkeep import Clock
from coachdesk.programme import queries as programme_queries
from coachdesk.referral.queries.contacts_made import RealContact, last_contacts, last_with, real_contacts
from coachdesk.store.session import today

UPKEEP, PERSON_UPKEEP = "partner.upkeep", "partner.contact"


@dataclass(frozen=True, slots=True)
class UpkeepRow:
    """The clock of an organisation; id is the organisation's. cadence_days: None where no upkeep is wanted; ratio: of days to the cadence,

    None where there was never any contact, or no upkeep is wanted. last names nobody, last_with who was part of it there.
    key_overdue: how many of its key people are overdue.
    """

    id: UUID
    partner: str
    kind: str
    lots: tuple[str, ...]
    cadence_days: int | None
    is_usual: bool
    last_on: date | None
    last: str
    last_with: tuple[str, ...]
    days: int | None
    ratio: float | None
    is_overdue: bool
    state: str
    due_on: date | None
    tended_by_id: UUID | None
    tended_by: str
    key_overdue: int
    trust: str
    trust_since: date | None
    trust_direction: str
    trust_words: str


@dataclass(frozen=True, slots=True)
class KeyPersonRow:
    """The clock of a key person; id is the contact's. Only a touch with them sets it back."""

    id: UUID
    name: str
    role: str | None
    partner_id: UUID
    partner: str
    cadence_days: int | None
    last_on: date | None
    last: str
    days: int | None
    ratio: float | None
    is_overdue: bool
    state: str
    due_on: date | None
    tended_by_id: UUID | None
    tended_by: str


@dataclass(frozen=True, slots=True)
class TrustChangeRow:
    """One word on trust with what came before it; came_before: real contacts, the latest first."""

    id: UUID
    partner_id: UUID
    partner: str
    stage: str
    on_day: date
    direction: str
    said_by: str | None
    remark: str | None
    preceded_by: str | None
    written_by: str
    came_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrustStep:
    """A word on trust, and what came before it within sixty days, the latest first."""

    row: partner_queries.TrustRow
    preceded: tuple[RealContact, ...]

    @property
    def words(self) -> str:
        """What came before, in one line: the words of the coach, then the real contacts."""
        said = [self.row.preceded_by] if self.row.preceded_by else []
        return "; ".join([*said, *(each.whole for each in self.preceded)])


def upkeep(session: Session, *, lot: UUID | None = None, limit: int | None = None, partner: UUID | None = None,
           tended_by: UUID | None = None) -> list[UpkeepRow]:
    """Organisations by how overdue they are, the most overdue first; without upkeep last; with tended_by those of one coach."""
    day, members, usual = today(session), programme_queries.member_names(session), programme_queries.network(session).cadence_days
    organisations = _organisations(session, partner, tended_by)
    among = None if partner is None and tended_by is None else [row[0] for row in organisations]
    last, trust = last_contacts(session, among=among), partner_queries.trust_standings(session)
    late = Counter(row.partner_id for row in key_people(session, partner=partner) if row.is_overdue)
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    found = []
    for id, called, kind, lots, own, begun, tended_by in organisations:
        if name is not None and lots and name not in lots:
            continue
        made, said = last.get(id), trust.get(id)
        now = clock([made.on_day] if made else [], cadence_for(own, usual=usual), day, begun)
        row = UpkeepRow(id, called, kind, tuple(lots or ()), now.cadence, own is None, made.on_day if made else None,
                        made.words if made else _begun_words(now), made.people if made else (), now.days, _ratio(now), now.is_overdue,
                        clock_words(now), now.due_on, tended_by, members.get(tended_by, ""), late[id], said.stage if said else "",
                        said.since if said else None, said.direction if said else "", str(said) if said else "")
        found.append((now.order, row))
    found.sort(key=lambda each: (each[0], each[1].partner.casefold(), each[1].id.bytes))
    return [row for _order, row in found][:limit]


def key_people(session: Session, *, lot: UUID | None = None, limit: int | None = None, partner: UUID | None = None) -> list[KeyPersonRow]:
    """Key people who are there, by how overdue they are."""
    day, members, last = today(session), programme_queries.member_names(session), last_with(session)
    usual = programme_queries.network(session).cadence_days
    name, one = programme_queries.lot_name(session, lot) if lot is not None else None, PartnerContact
    chosen = (sa.select(one.id, one.name, one.role, one.partner_id, Partner.name, one.cadence_days, Partner.cadence_days, one.clock_from,
                        Partner.tended_by, Partner.lots)
              .join(Partner, Partner.id == one.partner_id)
              .where(one.is_key.is_(True), sa.or_(one.leaves_on.is_(None), one.leaves_on > day)))
    if partner is not None:
        chosen = chosen.where(one.partner_id == partner)
    found = []
    rows: Iterable[Any] = session.execute(chosen)
    for id, called, role, of, at, own, theirs, begun, tended_by, lots in rows:
        if name is not None and lots and name not in lots:
            continue
        on, how = last.get(id, (None, ""))
        now = clock([on] if on else [], cadence_for(own, theirs, usual=usual), day, begun)
        row = KeyPersonRow(id, called, role, of, at, now.cadence, on, f"{how}, {day_text(on)}" if on else _begun_words(now), now.days,
                           _ratio(now), now.is_overdue, clock_words(now), now.due_on, tended_by, members.get(tended_by, ""))
        found.append((now.order, row))
    found.sort(key=lambda each: (each[0], each[1].name.casefold(), each[1].id.bytes))
    return [row for _order, row in found][:limit]


def upkeep_due(session: Session, *, coach: UUID | None = None, until: date) -> list[DueRow]:
    """Organisations and key people with whom somebody should be in touch up to a day; whoever tends the organisation has it to do.

    One that nobody tends is nobody's to do: it stands in the list.
    """
    def is_due(row: UpkeepRow | KeyPersonRow) -> bool:
        return row.due_on is not None and row.due_on <= until and row.tended_by_id is not None and coach in (None, row.tended_by_id)

    found = [DueRow(row.id, UPKEEP, row.due_on, f"Be in touch with {row.partner}. Last: {row.last}", "", row.tended_by_id,
                    ", ".join(row.lots), lots=row.lots)
             for row in upkeep(session, tended_by=coach) if is_due(row) and row.due_on and row.tended_by_id]
    lots = dict[UUID, Any](session.execute(sa.select(Partner.id, Partner.lots)).all())
    found += [DueRow(row.id, PERSON_UPKEEP, row.due_on, f"Be in touch: key person at {row.partner}. Last: {row.last}", row.name,
                     row.tended_by_id, ", ".join(lots.get(row.partner_id) or ()), lots=tuple(lots.get(row.partner_id) or ()))
              for row in key_people(session) if is_due(row) and row.due_on and row.tended_by_id]
    return sorted(found, key=lambda row: row.due_on)


def trust_history(session: Session, partner: UUID) -> list[TrustStep]:
    """What was said of trust of an organisation, the latest first, each with what came before it."""
    made = real_contacts(session, partner=partner)
    return [TrustStep(row, tuple(each for each in made if came_before(each.on_day, row.on_day)))
            for row in partner_queries.trust_words(session, partner=partner)]


def trust_changes(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[TrustChangeRow]:
    """Every word on trust, the latest day first, each with the real contacts of the sixty days before it."""
    made: dict[UUID, list[RealContact]] = defaultdict(list)
    for each in real_contacts(session, lot=lot):
        made[each.partner_id].append(each)
    return [TrustChangeRow(row.id, row.partner_id, row.partner, row.stage, row.on_day, row.direction, row.said_by, row.remark,
                           row.preceded_by, row.written_by,
                           tuple(each.whole for each in made[row.partner_id] if came_before(each.on_day, row.on_day)))
            for row in partner_queries.trust_words(session, lot=lot, limit=limit)]


def _organisations(session: Session, partner: UUID | None, tended_by: UUID | None) -> list[Any]:
    chosen = sa.select(Partner.id, Partner.name, Partner.kind, Partner.lots, Partner.cadence_days, Partner.upkeep_from, Partner.tended_by)
    for column, wanted in ((Partner.id, partner), (Partner.tended_by, tended_by)):
        chosen = chosen if wanted is None else chosen.where(column == wanted)
    return list(session.execute(chosen))


def _begun_words(now: Clock) -> str:
    return f"no contact since {day_text(now.since)}" if now.since else "no contact written down yet"


def _ratio(now: Clock) -> float | None:
    return round(now.ratio, 2) if now.ratio is not None and now.days is not None else None
