"""Who holds our relationships: the warm path to each organisation, what rests on one person, whom a leaving person leaves behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.partner.record import Connector, Introduction, PartnerContact
from coachdesk.partner.rules.connectors import Door, Map, Path, Person, is_cold
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import TeamMember
from coachdesk.referral.queries.contacts_made import last_with
from coachdesk.referral.queries.upkeep import UpkeepRow, upkeep
from coachdesk.store.session import today

WARM_DAYS = 90          # whom one of us was in touch with by name within so many days, we know


@dataclass(frozen=True, slots=True)
class RelationshipRow:
    """Who holds the relationship with an organisation; id is the organisation's.

    rests_on: the one person who holds it, empty where nobody or several do. path: the warm path to a cold one, as names, itself last.
    stands names nobody, so that a list may show it where others look on; says is whole.
    """

    id: UUID
    partner: str
    lots: tuple[str, ...]
    holders: tuple[str, ...]
    rests_on: str
    rests_on_id: UUID | None
    is_cold: bool
    path: tuple[str, ...]
    steps: int | None
    says: str
    stands: str
    trust: str
    state: str
    care: int


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Somebody who holds relationships. kind: partner.contact or partner.connector; rests: organisations that only they hold."""

    id: UUID
    kind: str
    name: str
    says: str
    known_by: str
    is_warm: bool
    leaves_on: date | None
    holds: int
    rests: tuple[str, ...]
    introduced: tuple[str, ...]
    could: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """The map with what stands beside it."""

    map: Map
    people: dict[UUID, Person]
    rows: dict[UUID, UpkeepRow]
    says: dict[UUID, str]
    kinds: dict[UUID, str]
    known_by: dict[UUID, str]
    leaves: dict[UUID, date]
    doors: tuple[Door, ...]


def relationships(session: Session, *, lot: UUID | None = None, limit: int | None = None, partner: UUID | None = None,
                  ) -> list[RelationshipRow]:
    """Organisations with who holds the relationship: first what rests on one who leaves, then cold ones, then what rests on one person."""
    known = _read(session)
    paths, holders = known.map.paths(), known.map.holders()
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    found, scale = [], programme_queries.network(session).trust
    for id, row in known.rows.items():
        if (name is not None and row.lots and name not in row.lots) or partner not in (None, id):
            continue
        held_by = sorted(holders.get(id, ()), key=lambda each: (known.people[each].name.casefold(), each.bytes))
        one = held_by[0] if len(held_by) == 1 else None
        cold = is_cold(row.trust or None, _ratio(row), scale)
        path = paths.get(id) if cold else None
        names = known.map.names(path.ids) if path else ()
        found.append(RelationshipRow(id, row.partner, row.lots, known.map.names(held_by), known.people[one].name if one else "", one, cold,
                                     names, path.steps if path else None, _words(known, len(held_by), one, cold, path),
                                     _stands(known, len(held_by), one, cold), row.trust, row.state, _care(known, one, cold)))
    return sorted(found, key=lambda row: (-row.care, row.partner.casefold(), row.id.bytes))[:limit]


def holders(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[HolderRow]:
    """People who hold relationships or could open doors, by how many rest on them alone; nobody who has left."""
    known = _read(session)
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    here = {id for id, row in known.rows.items() if name is None or not row.lots or name in row.lots}
    of_whom: dict[UUID, list[UUID]] = defaultdict(list)
    alone: dict[UUID, UUID] = {}
    for id, those in known.map.holders().items():
        for each in those:
            of_whom[each].append(id)
        if len(those) == 1:
            alone[id] = next(iter(those))
    opened: dict[UUID, list[Door]] = defaultdict(list)
    for door in known.doors:
        opened[door.by].append(door)
    found = []
    for id, person in known.people.items():
        near = {*of_whom[id], *(door.partner for door in opened[id]), *([person.partner] if person.partner else [])}
        if person.has_left or (near and not near & here) or (not near and lot is not None):
            continue
        rests = _sorted(known, [partner for partner in of_whom[id] if alone.get(partner) == id])
        found.append(HolderRow(id, known.kinds[id], person.name, known.says[id], known.known_by.get(id, ""), person.is_warm,
                               known.leaves.get(id), len(of_whom[id]), rests,
                               _sorted(known, [door.partner for door in opened[id] if door.is_made]),
                               _sorted(known, [door.partner for door in opened[id] if not door.is_made])))
    return sorted(found, key=lambda row: (-len(row.rests), -row.holds, row.name.casefold(), row.id.bytes))[:limit]


def _sorted(known: _Known, ids: Iterable[UUID]) -> tuple[str, ...]:
    return tuple(sorted({known.rows[id].partner for id in ids if id in known.rows}, key=str.casefold))


def _words(known: _Known, count: int, one: UUID | None, cold: bool, path: Path | None) -> str:
    """`rests on Ann Lee, who leaves on 3 July 2020; cold: ask Imam Yusuf Rahman`."""
    said = []
    if one is not None:
        leaves = known.leaves.get(one)
        said.append(f"rests on {known.people[one].name}{f', who leaves on {day_text(leaves)}' if leaves else ''}")
    elif not count:
        said.append("nobody is named")
    if cold:
        said.append(f"cold: {'ask ' + ' → '.join(known.map.names(path.ids)) if path else 'nobody whom we know well leads there'}")
    return "; ".join(said)


def _stands(known: _Known, count: int, one: UUID | None, cold: bool) -> str:
    said = ["nobody is named"] if not count else []
    if one is not None:
        leaves = known.leaves.get(one)
        said.append(f"rests on one person{f', who leaves on {day_text(leaves)}' if leaves else ''}")
    return "; ".join([*said, *(["cold"] if cold else [])]) or f"{count:,} people hold it"


def _care(known: _Known, one: UUID | None, cold: bool) -> int:
    """3: the one who holds it leaves; 2: cold; 1: it rests on one person."""
    return 3 if one is not None and one in known.leaves else 2 if cold else 1 if one is not None else 0


def _ratio(row: UpkeepRow) -> float | None:
    """As the rule asks for it: never any contact is as cold as can be."""
    return None if row.cadence_days is None else row.ratio if row.ratio is not None else float("inf")


def _read(session: Session) -> _Known:
    rows, day = {row.id: row for row in upkeep(session)}, today(session)
    network = Map({id: row.partner for id, row in rows.items()}, (), ())
    known = _Known(network, {}, rows, {}, {}, {}, {}, tuple(_doors(session, day)))
    _read_contacts(session, day, known)
    _read_connectors(session, day, known)
    return replace(known, map=Map({id: row.partner for id, row in rows.items()}, known.people.values(), known.doors))


def _doors(session: Session, day: date) -> Iterable[Door]:
    one = Introduction
    made: Iterable[Any] = session.execute(sa.select(one.by_contact_id, one.by_connector_id, one.partner_id, one.contact_id, one.on_day))
    return [Door(contact or connector, partner, person, on is not None and on <= day) for contact, connector, partner, person, on in made]


def _read_contacts(session: Session, day: date, known: _Known) -> None:
    """People at organisations: warm whom somebody was in touch with by name of late, and key people where we work together."""
    one, touched, recent = PartnerContact, last_with(session), day - timedelta(days=WARM_DAYS)
    scale = programme_queries.network(session).trust
    rows: Iterable[Any] = session.execute(sa.select(one.id, one.name, one.role, one.partner_id, one.is_key, one.leaves_on))
    for id, name, role, partner, is_key, leaves_on in rows:
        at = known.rows[partner]
        warm = (id in touched and touched[id][0] >= recent) or bool(is_key and scale.is_warm(at.trust))
        _put(known, "partner.contact", Person(id, name, partner, warm, leaves_on is not None and leaves_on <= day),
             ", ".join(part for part in (role, at.partner) if part), leaves_on)


def _read_connectors(session: Session, day: date, known: _Known) -> None:
    """Connectors: warm whom somebody of us knows well who is still on the team."""
    one, team = Connector, dict[UUID, Any]()
    for member, called, to_day in session.execute(sa.select(TeamMember.id, TeamMember.name, TeamMember.to_day)):
        if to_day is None or to_day >= day:
            team[member] = called
    rows: Iterable[Any] = session.execute(sa.select(one.id, one.name, one.role, one.partner_id, one.known_by, one.leaves_on))
    for id, name, role, partner, knows, leaves_on in rows:
        _put(known, "partner.connector", Person(id, name, partner, knows in team, leaves_on is not None and leaves_on <= day),
             ", ".join([role, *([known.rows[partner].partner] if partner else [])]), leaves_on)
        known.known_by[id] = team.get(knows, "")


def _put(known: _Known, kind: str, person: Person, says: str, leaves_on: date | None) -> None:
    known.people[person.id], known.kinds[person.id], known.says[person.id] = person, kind, says
    if leaves_on is not None:
        known.leaves[person.id] = leaves_on


def resting(session: Session, person: UUID) -> list[str]:
    """Names of the organisations whose relationship with us rests on one person alone; also of somebody who has just left."""
    known = _read(session)
    found = known.people.get(person)
    if found is None:
        return []
    others = [each for each in known.people.values() if each.id != person]
    there = Person(found.id, found.name, found.partner, found.is_warm)
    network = Map({id: row.partner for id, row in known.rows.items()}, [*others, there], known.doors)
    return list(network.names(network.rests_on(person)))


