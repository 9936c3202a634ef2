"""The directory as a feed: organisations, services, opening times and places, as they came and as they were changed here since.

What coaches wrote for themselves stays here: agreements, funding, notes, and the people that they know at organisations. Of people only
those go out that came in a feed. An organisation that no service names, or some name with other words, stands
beside the page's contents; so does what belongs to no service.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal, Trouble
from coachdesk.exchange.open_referral import feed, mapping
from coachdesk.exchange.open_referral.mapping import Doc, given_back
from coachdesk.partner.record import FeedTerm, Opening, Partner, PartnerContact, Service, ServicePlace, Venue
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import Lot

SERVICES, ORGANIZATIONS = "services", "organizations"
FORMS = (SERVICES, ORGANIZATIONS)


def export(session: Session, *, lot: UUID | None = None, form: str = SERVICES) -> Doc:
    """The directory as a page of the standard: of services, each with its organisation, or of organisations, each with its services.

    lot: only organisations that work in it (or in no lot in particular). Refusal for another form.
    """
    if form not in FORMS:
        raise Refusal(f"“{form}” is not a form of a feed.", f"Choose {' or '.join(FORMS)}.")
    partners = _partners(session, lot)
    given = {id: _organization(one) for id, one in partners.items()}
    offered: dict[UUID | None, list[Doc]] = {}
    for service, doc in _services(session, partners, with_strays=lot is None):
        offered.setdefault(service.partner_id, []).append(doc)
    strays = offered.pop(None, [])
    beside: Doc = {}
    if form == SERVICES:
        contents = [_with_organization(doc, given[id]) for id, docs in offered.items() if id is not None for doc in docs] + strays
        plain = {id for id, docs in offered.items() if not any("organization" in doc for doc in docs)}
        beside["organizations"] = [doc for id, doc in given.items() if id not in plain]
    else:
        contents = [{**doc, "services": [_with_differences(each, doc) for each in offered[id]]} if id in offered else doc
                    for id, doc in given.items()]
        beside["services"] = strays
    for name, kind in (("taxonomies", feed.TAXONOMY), ("taxonomy_terms", feed.TERM)):
        chosen = sa.select(FeedTerm.carried).where(FeedTerm.kind == kind).order_by(FeedTerm.id)
        beside[name] = [mapping.unpacked(text) for text in session.execute(chosen).scalars()]
    chosen = sa.select(FeedTerm.carried).where(FeedTerm.kind == feed.FIELD).order_by(FeedTerm.feed_id)
    fields: Doc = {key: value for text in session.execute(chosen).scalars() for key, value in mapping.unpacked(text).items()}
    count = len(contents)
    return {"total_items": count, "total_pages": 1, "page_number": 1, "size": count, "first_page": True, "last_page": True,
            "empty": not count, "contents": contents, **{name: docs for name, docs in beside.items() if docs}, **fields}


def without_services(document: Doc) -> int:
    """How many organisations of a page of services offer nothing in it."""
    offering = {each["organization"]["id"] for each in document["contents"] if "organization" in each}
    return sum(each["id"] not in offering for each in document.get("organizations", ()))


def write(file: Path, document: Doc) -> int:
    """Writes a feed whole or not at all; answers its bytes. Trouble when the disk says no."""
    content = f"{_indented(document)}\n".encode()
    beside = file.with_name(f"{file.name}.part")
    try:
        beside.write_bytes(content)
        os.replace(beside, file)
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) and problem.strerror else "no file can have that name"
        raise Trouble(f"{file.name or 'That file'} could not be written: {why.lower()}.", "Choose another place for it.") from None
    return len(content)


def _indented(document: Doc) -> str:
    """JSON for people too; numbers as they came."""
    import msgspec

    text: str = msgspec.json.format(mapping.packed(document), indent=1)
    return text


# --- organisations ----------------------------------------------------------------------------------------------------


def _partners(session: Session, lot: UUID | None) -> dict[UUID, Partner]:
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    every = session.execute(sa.select(Partner).order_by(sa.func.lower(Partner.name), Partner.id)).scalars()
    return {one.id: one for one in every if name is None or not one.lots or name in one.lots}


def _organization(partner: Partner) -> Doc:
    doc = given_back(partner, mapping.ORGANIZATION)
    return {"id": partner.feed_id or str(partner.id), "name": partner.name, "description": partner.kind, **doc}


def _with_organization(service: Doc, organization: Doc) -> Doc:
    """A service with its organisation beside it; where the feed said other words of it there, those."""
    beside = {key: value for key, value in organization.items() if key != "services"}
    return {**service, "organization": {**beside, **service.get("organization", {})}}


def _with_differences(service: Doc, organization: Doc) -> Doc:
    """A service inside its organisation, which stands beside it once more only where the feed said other words of it there."""
    return _with_organization(service, organization) if "organization" in service else service


# --- services ---------------------------------------------------------------------------------------------------------


def _services(session: Session, partners: dict[UUID, Partner], *, with_strays: bool) -> Iterable[tuple[Service, Doc]]:
    """Every service of these organisations, and those of none; all that hangs on them is read in one go."""
    times: dict[tuple[UUID, UUID | None], list[Opening]] = {}
    for opening in session.execute(sa.select(Opening).order_by(Opening.id)).scalars():
        times.setdefault((opening.service_id, opening.place_id), []).append(opening)
    places: dict[UUID, list[ServicePlace]] = {}
    for place in session.execute(sa.select(ServicePlace).order_by(ServicePlace.id)).scalars():
        places.setdefault(place.service_id, []).append(place)
    people: dict[tuple[UUID, str], PartnerContact] = {}
    for person in session.execute(sa.select(PartnerContact).where(PartnerContact.feed_id.is_not(None))).scalars():
        people[person.partner_id, person.feed_id or ""] = person
    for service in session.execute(sa.select(Service).order_by(sa.func.lower(Service.name), Service.id)).scalars():
        if service.partner_id in partners or (service.partner_id is None and with_strays):
            doc = {"id": service.feed_id or str(service.id), "name": service.name, "status": service.status,
                   **given_back(service, mapping.SERVICE)}
            if own_times := times.get((service.id, None)):
                doc["schedules"] = [_opening(each) for each in own_times]
            if own_places := places.get(service.id):
                doc["service_at_locations"] = [_place(session, each, times.get((service.id, each.id), ())) for each in own_places]
            if service.partner_id is not None and doc.get("contacts"):
                doc["contacts"] = [*_people(service.partner_id, doc["contacts"], people)]
            yield service, doc


def _opening(opening: Opening) -> Doc:
    return {"id": opening.feed_id or str(opening.id), **given_back(opening, mapping.OPENING)}


def _place(session: Session, place: ServicePlace, times: Iterable[Opening]) -> Doc:
    doc = of_place(session, place)
    schedules = [_opening(each) for each in times]
    return {**doc, "schedules": schedules} if schedules else doc


def _people(partner: UUID, docs: list[Doc], people: dict[tuple[UUID, str], PartnerContact]) -> Iterable[Doc]:
    """The people of a service as the feed named them, with what was changed here; without those who were taken off the list."""
    for doc in docs:
        row = people.get((partner, str(doc.get("id"))))
        if row is not None:
            yield given_back(row, mapping.CONTACT, doc)


def of_place(session: Session, place: ServicePlace) -> Doc:
    """Where a service is given: as it came, or made of a place of ours."""
    doc: Doc = {"id": place.feed_id or str(place.id), **given_back(place, mapping.PLACE)}
    if place.venue_id is None or place.carried is not None:
        return doc
    found = session.execute(sa.select(Venue, Lot.district_name).join(Lot, Lot.id == Venue.lot_id).where(Venue.id == place.venue_id)).first()
    if found is not None:
        venue, district = found
        location: Doc = {"id": str(venue.id), "location_type": "physical", "name": venue.name}
        if venue.postcode or venue.address:
            location["addresses"] = [{
                "id": str(uuid5(venue.id, "address")), "address_1": mapping.line(venue.address) or venue.name, "city": district,
                "state_province": district, "postal_code": venue.postcode or "", "country": "GB", "address_type": "physical"}]
        doc["location"] = location
    return doc
