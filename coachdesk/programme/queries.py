"""What the programme room tells: lots, wards, providers, team, terms, and the verdict on an address by the shelf at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.place.editions import Shelf
from coachdesk.programme import rules
from coachdesk.programme.record import Body, Contract, Inclusion, Lot, TeamMember, Tenure, Term, WardCount, WardPair
from coachdesk.store.session import steady, today

if TYPE_CHECKING:
    from coachdesk.place.boundaries import Boundaries


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot as lists show it. wards: names in force today; providers: of today."""

    id: UUID
    name: str
    aliases: tuple[str, ...]
    district_code: str
    district_name: str
    wards: tuple[str, ...]
    lead_provider: str | None
    delivery_partner: str | None


@dataclass(frozen=True, slots=True)
class PairRow:
    """A ward code and the edition in which it is looked up."""

    id: UUID
    lot: str
    ward_code: str
    ward_name: str
    edition: str
    from_day: date
    to_day: date | None


@dataclass(frozen=True, slots=True)
class InclusionRow:
    """A postcode that counts by hand."""

    id: UUID
    lot: str
    postcode: str
    reason: str
    from_day: date | None
    to_day: date | None


@dataclass(frozen=True, slots=True)
class TenureRow:
    """Who led or delivered, and when."""

    id: UUID
    lot: str
    body: str
    role: str
    from_day: date
    to_day: date | None
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of the team."""

    id: UUID
    name: str
    role: str
    employer: str | None
    lots: tuple[str, ...]
    from_day: date
    to_day: date | None
    reach: str | None = None


@dataclass(frozen=True, slots=True)
class TermRow:
    """One dated rule of the contract; details is the template's own table."""

    id: UUID
    code: str
    kind: str
    version: str
    clause: str
    from_day: date
    to_day: date | None
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class WardCountRow:
    """How many people live in a ward, as somebody entered it."""

    id: UUID
    ward_code: str
    ward_name: str
    residents: int
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class ContractRow:
    """The programme itself."""

    id: UUID
    name: str
    contract: str
    controller: str
    processor: str
    retention_years: int
    starts_on: date
    ends_on: date | None
    connections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """How the network is tended. trust: the steps of trust, the lowest first; cold_to: the last cold one; warm_from: the first warm one."""

    id: UUID
    programme: str
    cadence_days: int
    trust: tuple[str, ...]
    cold_to: str
    warm_from: str


def contract(session: Session) -> ContractRow:
    """The programme of this store. Refusal on a laptop that has joined a team and got nothing of it yet."""
    return steady(session, "contract", lambda: _contract(session))


def _contract(session: Session) -> ContractRow:
    found = session.execute(sa.select(Contract)).scalars().one_or_none()
    if found is None:
        raise Refusal("The programme has not arrived on this laptop yet.", "See Team: the team’s lead lets this laptop in; then sync.")
    return ContractRow(found.id, found.name, found.contract, found.controller, found.processor, found.retention_years, found.starts_on,
                       found.ends_on, tuple(found.connections))


def network(session: Session) -> rules.Network:
    """How this programme tends its network: the usual cadence, the scale of trust. Nothing pending is written for it."""
    with session.no_autoflush:
        found = session.execute(sa.select(Contract.cadence_days, Contract.trust_scale)).first()
    return rules.network_from(*found) if found is not None else rules.USUAL_NETWORK


def networks(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[NetworkRow]:
    """How the network is tended, as a list of one."""
    programme, now = contract(session), network(session)
    return [NetworkRow(programme.id, programme.name, now.cadence_days, now.trust.steps, now.trust.cold_to, now.trust.warm_from)]


def days(session: Session) -> rules.Days:
    """The days that this programme can speak of; asked once for each session. Nothing pending is written for it."""
    known: rules.Days | None = session.info.get("days")
    if known is None:
        with session.no_autoflush:
            found = session.execute(sa.select(Contract.starts_on, Contract.ends_on)).first()
        known = session.info["days"] = rules.Days(today(session), *(found or ()))
    return known


def contracts(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[ContractRow]:
    """The programme, as a list of one."""
    return [contract(session)]


def lots(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[LotRow]:
    """Every lot by name, with today's wards and providers."""
    day = today(session)
    rows = []
    for one, known in zip(plans(session), session.execute(sa.select(Lot.id).order_by(Lot.name)).scalars(), strict=True):
        held = rules.tenures_on(one, day)
        rows.append(
            LotRow(
                known,
                one.name,
                one.aliases,
                one.district_code,
                one.district_name,
                tuple(dict.fromkeys(pair.ward_name for pair in rules.in_force(one.pairs, day))),
                next((each.body for each in held if each.role == rules.LEAD_PROVIDER), None),
                next((each.body for each in held if each.role != rules.LEAD_PROVIDER), None),
            )
        )
    return [row for row in rows if lot in (None, row.id)][:limit]


def plans(session: Session) -> list[rules.LotPlan]:
    """Every lot by name, as the rules want it."""
    return steady(session, "plans", lambda: _plans(session))


def _plans(session: Session) -> list[rules.LotPlan]:
    bodies = dict(session.execute(sa.select(Body.id, Body.name)).all())
    pairs: dict[UUID, list[rules.WardPair]] = {}
    for pair in session.execute(sa.select(WardPair).order_by(WardPair.from_day, WardPair.row)).scalars():
        pairs.setdefault(pair.lot_id, []).append(rules.WardPair(pair.ward_code, pair.ward_name, pair.edition, pair.from_day, pair.to_day))
    extra: dict[UUID, list[rules.Inclusion]] = {}
    for one in session.execute(sa.select(Inclusion).order_by(Inclusion.row)).scalars():
        extra.setdefault(one.lot_id, []).append(rules.Inclusion(one.postcode, one.reason, one.from_day, one.to_day))
    tenures: dict[UUID, list[rules.Tenure]] = {}
    for held in session.execute(sa.select(Tenure).order_by(Tenure.from_day, Tenure.row)).scalars():
        tenures.setdefault(held.lot_id, []).append(
            rules.Tenure(bodies[held.body_id], held.role, held.from_day, held.to_day, tuple(held.duties))
        )
    return [
        rules.LotPlan(each.name, tuple(each.aliases), each.district_code, each.district_name, tuple(pairs.get(each.id, ())),
                      tuple(extra.get(each.id, ())), tuple(tenures.get(each.id, ())))
        for each in session.execute(sa.select(Lot).order_by(Lot.name)).scalars()
    ]


def plan(session: Session, lot: UUID) -> rules.LotPlan:
    """One lot, as the rules want it."""
    name = lot_name(session, lot)
    return next(each for each in plans(session) if each.name == name)


def lot_names(session: Session) -> dict[UUID, str]:
    """Names of all lots by id, in order of name."""
    return dict(session.execute(sa.select(Lot.id, Lot.name).order_by(Lot.name)).all())


def lot_name(session: Session, lot: UUID) -> str:
    """The name of a lot. Refusal when there is none."""
    found = steady(session, f"lot {lot}", lambda: session.execute(sa.select(Lot.name).where(Lot.id == lot)).scalar())
    if found is None:
        raise Refusal("There is no such lot in this programme.", "")
    return found


def lot_id(session: Session, text: str) -> UUID:
    """A lot by name, alias or misspelling. Refusal that lists what was near."""
    known = steady(session, "lots", lambda: session.execute(sa.select(Lot.id, Lot.name, Lot.aliases)).all())
    name = rules.find_lot({each[1]: tuple(each[2]) for each in known}, text)
    return next(each[0] for each in known if each[1] == name)


def member_names(session: Session) -> dict[UUID, str]:
    """Names of everybody who ever used the desk, by id."""
    return dict(session.execute(sa.select(TeamMember.id, TeamMember.name).order_by(TeamMember.name)).all())


def members(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[MemberRow]:
    """The team by name; with lot only those who serve it."""
    name = lot_name(session, lot) if lot else None
    bodies = dict(session.execute(sa.select(Body.id, Body.name)).all())
    rows = [MemberRow(each.id, each.name, each.role, bodies.get(each.body_id) if each.body_id else None, tuple(each.lots), each.from_day,
                      each.to_day, each.reach) for each in session.execute(sa.select(TeamMember).order_by(TeamMember.name)).scalars()]
    return [row for row in rows if name is None or not row.lots or name in row.lots][:limit]


def reach_of(session: Session, member: UUID) -> str:
    """How partners reach somebody of the team; empty where nobody wrote it down."""
    return session.execute(sa.select(TeamMember.reach).where(TeamMember.id == member)).scalar() or ""


def role_of(session: Session, member: UUID) -> str:
    """coach, lead, compliance or reader."""
    return session.execute(sa.select(TeamMember.role).where(TeamMember.id == member)).scalar() or "reader"


def tenures(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[TenureRow]:
    """Who led or delivered in each lot, oldest first."""
    names, bodies = lot_names(session), dict(session.execute(sa.select(Body.id, Body.name)).all())
    chosen = sa.select(Tenure).order_by(Tenure.from_day, Tenure.row)
    rows = [
        TenureRow(each.id, names[each.lot_id], bodies[each.body_id], each.role, each.from_day, each.to_day, tuple(each.duties))
        for each in session.execute(chosen.where(Tenure.lot_id == lot) if lot else chosen).scalars()
    ]
    return sorted(rows, key=lambda row: (row.lot, row.from_day))[:limit]


def pairs(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[PairRow]:
    """Every dated pair of ward code and edition."""
    names = lot_names(session)
    chosen = sa.select(WardPair).order_by(WardPair.from_day, WardPair.row)
    rows = [
        PairRow(each.id, names[each.lot_id], each.ward_code, each.ward_name, each.edition, each.from_day, each.to_day)
        for each in session.execute(chosen.where(WardPair.lot_id == lot) if lot else chosen).scalars()
    ]
    return sorted(rows, key=lambda row: (row.lot, row.from_day))[:limit]


def inclusions(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[InclusionRow]:
    """Postcodes that count by hand."""
    names = lot_names(session)
    chosen = sa.select(Inclusion).order_by(Inclusion.postcode)
    return [
        InclusionRow(each.id, names[each.lot_id], each.postcode, each.reason, each.from_day, each.to_day)
        for each in session.execute(chosen.where(Inclusion.lot_id == lot) if lot else chosen).scalars()
    ][:limit]


def terms(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[TermRow]:
    """The contract's dated rules, by kind and first day."""
    return [
        TermRow(each.id, each.code, each.kind, each.version, each.clause, each.from_day, each.to_day, dict(each.details))
        for each in session.execute(sa.select(Term).order_by(Term.row)).scalars()
    ][:limit]


def ward_counts(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[WardCountRow]:
    """Every entered resident count, by ward, the latest first; with lot those of its wards."""
    chosen = sa.select(WardCount).order_by(WardCount.ward_name, WardCount.ward_code, WardCount.as_of.desc(), WardCount.row.desc())
    if lot is not None:
        chosen = chosen.where(WardCount.ward_code.in_(sa.select(WardPair.ward_code).where(WardPair.lot_id == lot)))
    counts = session.execute(chosen.limit(limit)).scalars()
    return [WardCountRow(each.id, each.ward_code, each.ward_name, each.residents, each.as_of, each.source) for each in counts]


def residents_on(session: Session, day: date) -> dict[str, WardCountRow]:
    """The count of each ward code for a day: the latest that speaks of it or of a day before, else the earliest after it."""
    found: dict[str, WardCountRow] = {}
    for row in ward_counts(session):
        if row.ward_code not in found or found[row.ward_code].as_of > day:
            found[row.ward_code] = row
    return found


def connections(session: Session) -> tuple[str, ...]:
    """The accepted reasons for a connection to a ward."""
    return contract(session).connections


def own_bodies(session: Session, lot: UUID, on: date) -> tuple[str, ...]:
    """The bodies that run a lot on a day: sending a person to them keeps the person in-house."""
    return tuple(each.body for each in rules.tenures_on(plan(session, lot), on))


def shelf_of(session: Session) -> Shelf:
    """The postcode editions that this desk was lent."""
    return session.info["world"]["shelf"]  # type: ignore[no-any-return]


def boundaries_of(session: Session) -> Boundaries:
    """The ward boundaries beside those editions."""
    from coachdesk.place.boundaries import Boundaries

    world = session.info["world"]
    if world.get("boundaries") is None or world["boundaries"].folders != world["shelf"].folders:
        world["boundaries"] = Boundaries(*world["shelf"].folders)
    return world["boundaries"]  # type: ignore[no-any-return]


def decide(
    session: Session,
    *,
    lot: UUID,
    postcode: str | None,
    on: date,
    connection: str | None = None,
    connection_note: str = "",
    situation: str = "address",
) -> rules.Verdict:
    """The verdict for a lot on a day. Refusal when the text is no postcode or the connection is not accepted."""
    shelf, every = shelf_of(session), plans(session)
    name = lot_name(session, lot)
    own = next(each for each in every if each.name == name)
    centres = session.info["world"].setdefault("centres", {})
    if on not in centres:
        centres[on] = rules.lot_centres(every, on, shelf)
    return rules.verdict(own, postcode, on, shelf, every, connection=connection, connection_note=connection_note, situation=situation,
                         centres=centres[on], connections=connections(session))


def pair_findings(session: Session) -> list[str]:
    """What is wrong with the pairs, each checked against its own edition; empty when all is well."""
    found = contract(session)
    programme = rules.Programme(found.name, found.contract, found.controller, found.processor, found.retention_years, found.starts_on,
                                found.ends_on, (), tuple(plans(session)), (), {}, found.connections)
    return rules.check_pairs(programme, shelf_of(session))
