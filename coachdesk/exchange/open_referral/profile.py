"""What Open Referral UK 3.0 says of its objects: which fields they have, of what type, and which must not be missing.

Written down from the published schemas (`service`, `organization`, `service_list`); a test holds the two together. A field that is not
named here is nobody's mistake: it is kept and given back. Nothing (null) where something may be left out counts as left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from coachdesk.exchange.open_referral.reading import Problem, Trail, path_text

TEXT, NUMBER = "text", "a number"
_LONGEST_ID = 200
_NAMES = {dict: "an object", list: "a list", str: "text", bool: "yes or no", int: "a number", Decimal: "a number"}


@dataclass(frozen=True)
class Shape:
    """One kind of object. fields: its type, a choice of words, the shape of an object in it, or of those in a list (in brackets)."""

    name: str
    needs: tuple[str, ...]
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """Its name with its article."""
        return f"{'an' if self.name[0] in 'aeio' else 'a'} {self.name}"


def _texts(words: str) -> dict[str, Any]:
    return dict.fromkeys(words.split(), TEXT)


_KINDS_OF_PLACE = ("physical", "postal", "virtual")
TERM = Shape("taxonomy term", ("id", "name", "description"), _texts("id name description parent_id taxonomy taxonomy_id term_uri term"))
ATTRIBUTE = Shape("attribute", ("id",), {**_texts("id link_id taxonomy_term_id link_type"), "taxonomy_term": TERM})
_ATTRIBUTES = {"attributes": [ATTRIBUTE]}
IDENTIFIER = Shape("identifier", ("id", "identifier_type", "identifier"),
                   {**_texts("id organization_id identifier_scheme identifier_type identifier"), **_ATTRIBUTES})
ADDRESS = Shape("address", ("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
                {**_texts("id location_id attention address_1 city region state_province postal_code country"),
                 "address_type": _KINDS_OF_PLACE, **_ATTRIBUTES})
ACCESSIBILITY = Shape("accessibility", ("id",), {**_texts("id location_id description details url accessibility"), **_ATTRIBUTES})
LOCATION = Shape("location", ("id", "location_type"),
                 {**_texts("id name description external_identifier external_identifier_type"), "location_type": _KINDS_OF_PLACE,
                  "latitude": NUMBER, "longitude": NUMBER, "addresses": [ADDRESS], "accessibility": [ACCESSIBILITY], **_ATTRIBUTES})
SERVICE_AT_LOCATION = Shape("service at location", ("id",), {**_texts("id service_id location_id"), "location": LOCATION})
SCHEDULE = Shape("schedule", ("id",),
                 {**_texts("id service_id service_at_location_id valid_from valid_to dtstart byday bymonthday description opens_at"
                           " closes_at schedule_link attending_type notes"), "freq": ("WEEKLY", "MONTHLY"), "interval": NUMBER})
SERVICE_AREA = Shape("service area", ("id",), _texts("id service_id name extent extent_type uri service_area"))
LANGUAGE = Shape("language", ("id",), _texts("id service_id phone_id"))
FUNDING = Shape("funding", ("id",), _texts("id service_id source"))
COST_OPTION = Shape("cost option", ("id",),
                    {**_texts("id service_id valid_from valid_to option amount_description"), "amount": NUMBER})
CONTACT = Shape("contact", ("id",), {**_texts("id service_id name title"), **_ATTRIBUTES})
ORGANIZATION = Shape("organization", ("id", "name", "description"),
                     {**_texts("id name description email website logo uri parent_organization_id"),
                      "organization_identifiers": [IDENTIFIER], **_ATTRIBUTES})
SERVICE = Shape("service", ("id", "name", "status"),
                {**_texts("id organization_id name description url email fees accreditations assured_date assurer_email alert"
                          " last_modified"),
                 "status": ("active", "inactive", "defunct", "temporarily closed"), "minimum_age": NUMBER, "maximum_age": NUMBER,
                 "schedules": [SCHEDULE], "service_areas": [SERVICE_AREA], "service_at_locations": [SERVICE_AT_LOCATION],
                 "languages": [LANGUAGE], "organization": ORGANIZATION, "funding": [FUNDING], "cost_options": [COST_OPTION],
                 "contacts": [CONTACT], **_ATTRIBUTES})
ORGANIZATION_WITH_SERVICES = Shape("organization", ORGANIZATION.needs, {**ORGANIZATION.fields, "services": [SERVICE]})
SERVICE_AT_LOCATION_WITH_SERVICE = Shape("service at location", ("id", "service"), {**SERVICE_AT_LOCATION.fields, "service": SERVICE})
TAXONOMY = Shape("taxonomy", ("id", "name"), {**_texts("id name description uri version"), "taxonomy_terms": [TERM]})


def faults(document: Any, shape: Shape, trail: Trail = ()) -> Iterator[Problem]:
    """What is wrong with an object of a shape, each with its path. The file's depth is bounded before (reading.DEEPEST)."""
    if not isinstance(document, dict):
        yield Problem(path_text(trail), f"has to be an object ({shape.called}), and is {_name(document)}")
        return
    for needed in shape.needs:
        if document.get(needed) is None:
            yield Problem(path_text((trail, needed)), f"is missing: {shape.called} needs it")
    for key, wanted in shape.fields.items():
        value = document.get(key)
        if value is not None:
            yield from _of_type(value, wanted, (trail, key))
    for key in ("id", "name"):
        if key in shape.needs and isinstance(document.get(key), str) and not document[key].strip():
            yield Problem(path_text((trail, key)), f"is empty: {shape.called} needs it")
    if isinstance(document.get("id"), str) and len(document["id"]) > _LONGEST_ID:
        yield Problem(path_text((trail, "id")), f"is longer than {_LONGEST_ID} characters")


def _of_type(value: Any, wanted: Any, trail: Trail) -> Iterator[Problem]:
    if isinstance(wanted, Shape):
        yield from faults(value, wanted, trail)
    elif isinstance(wanted, list):
        if not isinstance(value, list):
            yield Problem(path_text(trail), f"has to be a list, and is {_name(value)}")
            return
        for at, each in enumerate(value):
            yield from faults(each, wanted[0], (trail, at))
    elif wanted == NUMBER:
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            yield Problem(path_text(trail), f"has to be a number, and is {_name(value)}")
    elif not isinstance(value, str):
        yield Problem(path_text(trail), f"has to be text, and is {_name(value)}")
    elif wanted != TEXT and value not in wanted:
        yield Problem(path_text(trail), f"has to be one of {', '.join(wanted)}, and is “{value[:40]}”")


def without_nothing(document: Any, shape: Shape) -> Any:
    """The same object without those named fields in which nothing (null) stands; what nobody knows stays as it is."""
    made = {}
    for key, value in document.items():
        wanted = shape.fields.get(key)
        if value is None and wanted is not None:
            continue
        if isinstance(wanted, Shape):
            value = without_nothing(value, wanted)
        elif isinstance(wanted, list):
            value = [without_nothing(each, wanted[0]) for each in value]
        made[key] = value
    return made


def _name(value: Any) -> str:
    return _NAMES.get(type(value), "an object" if isinstance(value, dict) else "something else")
