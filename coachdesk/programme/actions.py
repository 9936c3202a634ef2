"""What may be done in the programme room: begin one from a template, add wards, inclusions and people, end and begin tenures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.place.rules import postcode_of
from coachdesk.programme import queries, rules
from coachdesk.programme.record import Body, Contract, Inclusion, Lot, Scale, TeamMember, Tenure, Term, WardCount, WardPair
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import today

LotRef = Annotated[UUID, Ref("programme", "lot")]


def begin_programme(session: Session, programme: rules.Programme, owner: UUID, owner_name: str) -> None:
    """Furnishes a new store from a template. The owner is the member of that name, else joins as a lead. Refusal for an odd name."""
    owner_name = rules.name_of(owner_name, "The owner of a store")
    session.info.pop("days", None)  # a programme begins: what was asked of its days before is out of date
    session.add(
        Contract(
            name=programme.name,
            contract=programme.contract,
            controller=programme.controller,
            processor=programme.processor,
            retention_years=programme.retention_years,
            starts_on=programme.from_,
            ends_on=programme.to,
            connections=list(programme.connections),
            **_kept_network(programme.network or rules.USUAL_NETWORK),
        )
    )
    bodies = {each.name: Body(name=each.name, kind=each.kind) for each in programme.bodies}
    session.add_all(bodies.values())
    for plan in programme.lots:
        lot = Lot(name=plan.name, aliases=list(plan.aliases), district_code=plan.district_code, district_name=plan.district_name)
        session.add(lot)
        session.add_all(
            WardPair(
                lot_id=lot.id, ward_code=pair.ward_code, ward_name=pair.ward_name, edition=pair.edition, from_day=pair.from_, to_day=pair.to
            )
            for pair in plan.pairs
        )
        session.add_all(
            Inclusion(lot_id=lot.id, postcode=each.postcode, reason=each.reason, from_day=each.from_, to_day=each.to)
            for each in plan.inclusions
        )
        session.add_all(
            Tenure(
                lot_id=lot.id, body_id=bodies[held.body].id, role=held.role, from_day=held.from_, to_day=held.to, duties=list(held.duties)
            )
            for held in plan.tenures
        )
    names = [each.name for each in programme.members]
    for each in programme.members:
        made = {"id": owner} if each.name == owner_name and names.count(owner_name) == 1 else {}
        session.add(
            TeamMember(
                **made,
                name=each.name,
                role=each.role,
                body_id=bodies[each.employer].id,
                lots=list(each.lots),
                from_day=each.from_,
                to_day=each.to,
            )
        )
    if names.count(owner_name) != 1:
        session.add(TeamMember(id=owner, name=owner_name, role="lead", from_day=programme.from_))
    session.add_all(_terms(programme.terms))
    session.add_all(scale_of(each) for each in programme.scales)


def _kept_network(network: rules.Network) -> dict[str, Any]:
    return {"cadence_days": network.cadence_days, "trust_scale": rules.as_kept(network.trust)}


def change_network(
    session: Session,
    id: UUID,
    *,
    cadence_days: Annotated[int | None, "days: as a rule at most so long from one contact with a partner to the next"] = None,
    trust: Annotated[list[str] | None, "the steps of trust, the lowest first"] = None,
    cold_to: Annotated[str | None, "the last step at which a partner is cold"] = None,
    warm_from: Annotated[str | None, "the first step at which a partner works with us"] = None,
) -> None:
    """Changes how the network is tended. What is not given stays; words said before keep their wording. Refusal where it does not fit."""
    programme = session.get(Contract, id)
    if programme is None:
        raise Refusal("There is no such programme here.", "Take the id from the list. Nothing was changed.")
    now = rules.changed(queries.network(session), cadence_days, trust, cold_to, warm_from)
    for name, value in _kept_network(now).items():
        if getattr(programme, name) != value:
            setattr(programme, name, value)


def scale_of(plan: rules.ScalePlan) -> Scale:
    """A scale of the contract as the store keeps it."""
    return Scale(code=plan.code, title=plan.title, low=plan.low, high=plan.high, again_after_days=plan.again_after_days,
                 from_day=plan.from_, to_day=plan.to, source=plan.source or None, details=rules.questions_as_kept(plan.questions))


def _terms(table: dict[str, Any]) -> list[Term]:
    return [Term(**each) for each in rules.term_rows(table)]


def change_terms(session: Session, change: rules.TermsChange) -> None:
    """Writes what a new file of terms changes: versions added, ended, written otherwise or gone. What may change, the claim's room says."""
    standing = {rules.key_of({"kind": each.kind, "code": each.code, "version": each.version, "from_day": each.from_day}): each
                for each in session.execute(sa.select(Term)).scalars()}
    session.add_all(Term(**row) for row in change.added)
    for row in (*change.ended, *change.changed):
        term = standing[rules.key_of(row)]
        for name, value in row.items():
            setattr(term, name, value)
    for row in change.gone:
        session.delete(standing[rules.key_of(row)])
    session.flush()


def add_inclusion(
    session: Session,
    *,
    lot: LotRef,
    postcode: Annotated[str, "postcode"],
    reason: Annotated[str, "why it counts"],
    from_day: Annotated[date | None, "first day"] = None,
    to_day: Annotated[date | None, "last day"] = None,
) -> UUID:
    """Takes a postcode into a lot by hand. Refusal without a reason, or when the text is no postcode."""
    queries.lot_name(session, lot)
    known, why = postcode_of(postcode), rules.line_of(reason, "The reason")
    if known is None:
        raise Refusal(f"“{postcode}” is not a postcode.", "Type it again, for example B34 7QX.")
    _check_span(session, from_day, to_day)
    if why is None:
        raise Refusal("A postcode taken in by hand needs a reason.", "Say who agreed it and why.")
    made = Inclusion(lot_id=lot, postcode=known, reason=why, from_day=from_day, to_day=to_day)
    session.add(made)
    return made.id


def add_ward(
    session: Session,
    *,
    lot: LotRef,
    ward_code: Annotated[str, "ward code"],
    edition: Annotated[str, "edition, such as 2021.4.0"],
    from_day: Annotated[date, "first day"],
    to_day: Annotated[date | None, "last day"] = None,
) -> UUID:
    """Adds a dated pair. Refusal when the edition is here and does not know the ward."""
    queries.lot_name(session, lot)
    _check_span(session, from_day, to_day)
    ward_code, edition = rules.needed_line(ward_code, "the ward code"), rules.needed_line(edition, "the edition")
    book = queries.shelf_of(session).edition(edition)
    name = book.ward_name(ward_code.strip().upper()) if book else None
    if book is not None and name is None:
        raise Refusal(
            f"{ward_code} is not a ward of {book.title}.", "Check the code, or name the edition that has it. Nothing was changed."
        )
    made = WardPair(
        lot_id=lot,
        ward_code=ward_code.strip().upper(),
        ward_name=name or ward_code,
        edition=book.name if book else edition,
        from_day=from_day,
        to_day=to_day,
    )
    session.add(made)
    return made.id


def add_member(
    session: Session,
    *,
    name: Annotated[str, "full name"],
    role: Annotated[str, "coach, lead, compliance or reader"],
    employer: Annotated[str | None, "name of the employing organisation"] = None,
    lots: Annotated[list[str] | None, "names of lots"] = None,
    from_day: Annotated[date | None, "first day"] = None,
    reach: Annotated[str | None, "how partners reach them: telephone, e-mail"] = None,
) -> UUID:
    """Adds somebody to the team. Refusal for an unknown role, employer or lot, or the name of somebody who is on the team then."""
    if role not in rules.MEMBER_ROLES:
        raise Refusal(f"“{role}” is not a role on this desk.", f"Choose {', '.join(rules.MEMBER_ROLES)}.")
    clean, begins = rules.name_of(name, "A member of the team"), from_day or today(session)
    _check_span(session, begins, None)
    _refuse_a_namesake(session, clean, begins)
    body = _body(session, employer) if employer else None
    served = [queries.lot_name(session, queries.lot_id(session, each)) for each in lots or ()]
    made = TeamMember(name=clean, role=role, body_id=body, lots=served, from_day=begins,
                      reach=rules.line_of(reach, "How partners reach them"))
    session.add(made)
    return made.id


def end_member(session: Session, id: UUID, *, to_day: Annotated[date, "last day"]) -> None:
    """Somebody leaves the team."""
    member = session.get(TeamMember, id)
    if member is None:
        raise Refusal("There is no such member of the team.", "")
    if to_day < member.from_day:
        raise Refusal(f"{member.name} began on {day_text(member.from_day)}, after that day.", "Check the date.")
    member.to_day = to_day


def set_reach(session: Session, id: UUID, *, reach: Annotated[str, "how partners reach them: telephone, e-mail; empty for none"]) -> None:
    """How partners reach somebody of the team: it stands on the sheets and drafts that go out. Refusal for nobody."""
    member = session.get(TeamMember, id)
    if member is None:
        raise Refusal("There is no such member of the team.", "")
    member.reach = rules.line_of(reach, "How partners reach them")


def change_provider(
    session: Session,
    *,
    lot: LotRef,
    body: Annotated[str, "name of the organisation; one that is not known yet is added to the programme"],
    from_day: Annotated[date, "its first day"],
    role: Annotated[str, "lead provider or delivery partner"] = rules.LEAD_PROVIDER,
    duties: Annotated[list[str] | None, "what they do"] = None,
) -> UUID:
    """Ends the tenure in force for that role the day before and begins a new one; an organisation not known yet is added."""
    if role not in rules.TENURE_ROLES:
        raise Refusal(f"“{role}” is not a role in a lot.", f"Choose {' or '.join(rules.TENURE_ROLES)}.")
    queries.lot_name(session, lot)
    _check_span(session, from_day, None)
    called = rules.name_of(body, "An organisation")
    for held in session.execute(sa.select(Tenure).where(Tenure.lot_id == lot, Tenure.role == role)).scalars():
        if held.from_day >= from_day:
            raise Refusal(f"Another {role} begins on {day_text(held.from_day)} in this lot.", "Choose a later day. Nothing was changed.")
        if held.to_day is None or held.to_day >= from_day:
            held.to_day = from_day - timedelta(days=1)
    found = session.execute(sa.select(Body.id).where(Body.name == called)).scalar()
    if found is None:
        new = Body(name=called, kind="employment provider")
        session.add(new)
        found = new.id
    clean = [rules.needed_line(each, "the duty") for each in duties or ()]
    made = Tenure(lot_id=lot, body_id=found, role=role, from_day=from_day, duties=clean)
    session.add(made)
    return made.id


def _check_span(session: Session, from_day: date | None, to_day: date | None) -> None:
    rules.check_span(from_day, to_day)
    for day in (from_day, to_day):
        queries.days(session).check_possible(day)


def _refuse_a_namesake(session: Session, name: str, begins: date) -> None:
    """Two people of one name could not be told apart where a coach is named by name."""
    for known, last in session.execute(sa.select(TeamMember.name, TeamMember.to_day)):
        if known.casefold() == name.casefold() and (last is None or last >= begins):
            raise Refusal(
                f"{known} is on the team already.", "Give this name a second one, a middle name or the place of work. Nothing was changed."
            )


def _body(session: Session, name: str) -> UUID:
    found = session.execute(sa.select(Body.id).where(Body.name == rules.name_of(name, "An organisation"))).scalar()
    if found is None:
        raise Refusal(f"“{name}” is not one of the programme's organisations.", "Check the spelling in the list of providers.")
    return found


def add_ward_count(
    session: Session,
    *,
    ward_code: Annotated[str, "ward code, or the name of one of the programme's wards"],
    residents: Annotated[int, "people: how many live there"],
    as_of: Annotated[date, "day that the count speaks of"],
    source: Annotated[str, "where the count comes from"],
    ward_name: Annotated[str | None, "ward, where the programme does not know its code"] = None,
) -> UUID:
    """Writes down how many people live in a ward. Refusal for a number below 1, a day to come, a second count of the same day."""
    pairs = queries.pairs(session)
    every = [(row.ward_code, row.ward_name) for row in pairs]
    here = [(row.ward_code, row.ward_name) for row in pairs if row.from_day <= as_of and (row.to_day is None or as_of <= row.to_day)]
    code = rules.ward_code_of((here, every), rules.needed_line(ward_code, "the ward"))
    called = dict(every).get(code) or rules.line_of(ward_name, "The ward") or code
    _check_count(session, residents, as_of)
    if session.execute(sa.select(WardCount.id).where(WardCount.ward_code == code, WardCount.as_of == as_of)).first():
        raise Refusal(f"{called} ({code}) has a count as of {day_text(as_of)} already.", "Change that one, or give another day.")
    made = WardCount(ward_code=code, ward_name=called, residents=residents, as_of=as_of, source=rules.needed_line(source, "the source"))
    session.add(made)
    return made.id


def change_ward_count(
    session: Session,
    id: UUID,
    *,
    residents: Annotated[int | None, "people: how many live there"] = None,
    as_of: Annotated[date | None, "day that the count speaks of"] = None,
    source: Annotated[str | None, "where the count comes from"] = None,
) -> None:
    """Puts a resident count right. Refusal for a number below 1 or a day to come."""
    found = _ward_count(session, id)
    _check_count(session, found.residents if residents is None else residents, as_of or found.as_of)
    found.residents = found.residents if residents is None else residents
    found.as_of = as_of or found.as_of
    found.source = found.source if source is None else rules.needed_line(source, "the source")


def remove_ward_count(session: Session, id: UUID) -> None:
    """Takes a resident count away."""
    session.delete(_ward_count(session, id))


def _ward_count(session: Session, id: UUID) -> WardCount:
    found = session.get(WardCount, id)
    if found is None:
        raise Refusal("There is no such resident count.", "Take the id from the list of them.")
    return found


def _check_count(session: Session, residents: int, as_of: date) -> None:
    if not 1 <= residents <= rules.MOST_RESIDENTS:
        raise Refusal(f"A ward has between 1 and {rules.MOST_RESIDENTS:,} residents.", "Check the number. Nothing was changed.")
    if as_of > today(session) or as_of.year < 1801:
        raise Refusal(f"{day_text(as_of)} cannot be the day of a count.", "Give the day that the count speaks of. Nothing was changed.")


DOORS = (
    Door("", "lots", queries.lots),
    Door("contract", "the programme itself", queries.contracts),
    Door("network", "how partners are tended: the usual cadence, the scale of trust", queries.networks, verbs={"change": change_network},
         names=("programme",)),
    Door("pair", "ward codes by edition", queries.pairs, add_ward, names=("ward_name", "ward_code")),
    Door("inclusion", "postcodes taken in by hand", queries.inclusions, add_inclusion, names=("postcode",)),
    Door("tenure", "lead providers and delivery partners", queries.tenures, change_provider, names=("body",)),
    Door("member", "the team", queries.members, add_member, {"leave": end_member, "reach": set_reach}),
    Door("ward_count", "how many people live in a ward, as it was entered", queries.ward_counts, add_ward_count,
         {"change": change_ward_count, "remove": remove_ward_count}, names=("ward_code", "ward_name")),
    Door("term", "the contract's dated rules", queries.terms, names=("code",)),
)
