"""One flat form of everything that a feed may be: a service, a page of them, a list, organisations with their services, terms.

What is said twice in one file (an organisation beside each of its services) is put together; what contradicts itself is a problem, but
for an organisation as it stands beside a service: there the words that differ stay with that service, and are given back there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coachdesk.exchange.open_referral import profile
from coachdesk.exchange.open_referral.reading import MOST_PROBLEMS, Broken, Problem, Trail, path_text, read_file
from coachdesk.exchange.open_referral.unread import unread

Doc = dict[str, Any]
ORGANIZATION, SERVICE, AT_LOCATION, TAXONOMY, TERM = "organization", "service", "service at location", "taxonomy", "taxonomy term"
FIELD = "page field"     # of a page itself, beside its lists: nobody knows it, so it is kept by its name
_PAGE = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty"}   # counted anew for each page
CHILDREN = ("schedules", "service_at_locations", "contacts")  # rows of their own: their ids must not stand twice in one service
_SHAPES = {
    ORGANIZATION: profile.ORGANIZATION_WITH_SERVICES, SERVICE: profile.SERVICE, AT_LOCATION: profile.SERVICE_AT_LOCATION_WITH_SERVICE,
    TAXONOMY: profile.TAXONOMY, TERM: profile.TERM}
# Fields that only one kind of object has; the kind of which most stand in an object is what it is.
_OWN_FIELDS = {
    SERVICE: {"status", "organization", "organization_id", "schedules", "service_areas", "service_at_locations", "languages", "funding",
              "cost_options", "contacts", "fees", "accreditations", "minimum_age", "maximum_age", "assured_date", "assurer_email", "alert",
              "eligibility_description", "interpretation_services", "application_process", "fees_description"},
    ORGANIZATION: {"services", "organization_identifiers", "website", "logo", "parent_organization_id", "legal_status",
                   "year_incorporated"},
    AT_LOCATION: {"service", "location", "service_id", "location_id"},
    TAXONOMY: {"taxonomy_terms", "version"},
    TERM: {"term", "taxonomy", "taxonomy_id", "term_uri", "parent_id"}}
# The pieces of a page: the standard's own word, and those that our export puts beside it for what belongs to no service.
_LISTS = {"contents": "", "services": SERVICE, "organizations": ORGANIZATION, "taxonomies": TAXONOMY, "taxonomy_terms": TERM}


@dataclass
class Item:
    """One object of a feed and where it first stood. organization: the id of the one that it names."""

    doc: Doc
    path: str
    organization: str | None = None


@dataclass
class Feed:
    """Everything that a file says, each thing once, by the feed's own ids."""

    name: str
    form: str = ""
    organizations: dict[str, Item] = field(default_factory=dict)
    services: dict[str, Item] = field(default_factory=dict)
    terms: dict[tuple[str, str], Item] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)     # kept as it came, but not understood

    def count(self) -> int:
        """How many things there are."""
        return len(self.organizations) + len(self.services) + len(self.terms)


def read_feed(file: Path) -> Feed:
    """Everything that a file says. Trouble when it cannot be read; Broken, with every problem by its path, when something is wrong."""
    return feed_of(read_file(file), file.name)


def feed_of(document: Any, name: str = "The file") -> Feed:
    """The feed of a JSON document (from reading.read_bytes). Broken as in read_feed."""
    feed = Feed(name)
    found = [*_items(document, feed)]
    if not feed.problems:
        for kind, doc, trail in found:
            feed.problems += profile.faults(doc, _SHAPES[kind], trail)
            if len(feed.problems) >= MOST_PROBLEMS:
                break
    if not feed.problems:
        for kind, doc, trail in sorted(found, key=lambda each: each[0] != ORGANIZATION):     # what stands alone has the first word
            _take(feed, kind, profile.without_nothing(doc, _SHAPES[kind]), trail)
            feed.unread += unread(doc, trail)
    if feed.problems:
        raise Broken(name, feed.problems[:MOST_PROBLEMS])
    return feed


def _items(document: Any, feed: Feed) -> Iterator[tuple[str, Any, Trail]]:
    if isinstance(document, list):
        feed.form = "a list"
        yield from _listed(document, "", (), feed)
    elif not isinstance(document, dict):
        feed.problems.append(Problem("$", "is neither an object nor a list"))
    elif "contents" in document or not ({"id", "name"} & document.keys() or not _LISTS.keys() & document.keys()):
        feed.form = "a page"
        for key, kind in _LISTS.items():
            if document.get(key) is not None:
                yield from _listed(document[key], kind, ((), key), feed)
        for key in sorted(document.keys() - _LISTS.keys() - _PAGE):
            feed.terms[FIELD, key] = Item({key: document[key]}, path_text(((), key)))
    else:
        kind = kind_of(document)
        feed.form = f"one {kind}" if kind else ""
        yield from _listed([document], "", None, feed)


def _listed(value: Any, kind: str, trail: Trail | None, feed: Feed) -> Iterator[tuple[str, Any, Trail]]:
    """The objects of a list, each with its kind; trail None: the document itself, which is no list."""
    if not isinstance(value, list):
        feed.problems.append(Problem(path_text(trail or ()), "has to be a list"))
        return
    for at, each in enumerate(value):
        here: Trail = () if trail is None else (trail, at)
        of_kind = kind or (kind_of(each) if isinstance(each, dict) else "")
        if of_kind:
            yield of_kind, each, here
        else:
            feed.problems.append(Problem(path_text(here), "is neither a service nor an organization, nor a term of Open Referral UK"))


def kind_of(doc: Doc) -> str:
    """What an object is by its fields; an empty text when that cannot be told."""
    if isinstance(doc.get("service"), dict):
        return AT_LOCATION
    known = {kind: len(fields & doc.keys()) for kind, fields in _OWN_FIELDS.items()}
    best = max(known, key=lambda kind: known[kind])
    if known[best]:
        return best
    return ORGANIZATION if {"name", "description"} <= doc.keys() or {"name", "id"} <= doc.keys() else ""


# --- putting together -------------------------------------------------------------------------------------------------


def _take(feed: Feed, kind: str, doc: Doc, trail: Trail) -> None:
    if kind == SERVICE:
        _take_service(feed, doc, trail, None)
    elif kind == ORGANIZATION:
        _take_organization(feed, {key: value for key, value in doc.items() if key != "services"}, trail)
        for at, each in enumerate(doc.get("services") or ()):
            _take_service(feed, each, ((trail, "services"), at), doc["id"])
        if doc.get("services") == []:
            feed.organizations[doc["id"]].doc.setdefault("services", [])
    elif kind == AT_LOCATION:
        at_location = {key: value for key, value in doc.items() if key != "service"}
        service: Doc = doc["service"]
        there = [*(service.get("service_at_locations") or ())]
        if at_location not in there:
            there.append(at_location)
        _take_service(feed, {**service, "service_at_locations": there}, (trail, "service"), None)
    else:
        known = feed.terms.get((kind, doc["id"]))
        if known is None:
            feed.terms[kind, doc["id"]] = Item(doc, path_text(trail))
        elif known.doc != doc:
            feed.problems.append(Problem(path_text(trail), f"has the id of {known.path}, and says something else"))


def _take_organization(feed: Feed, doc: Doc, trail: Trail) -> None:
    known = feed.organizations.get(doc["id"])
    if known is None:
        feed.organizations[doc["id"]] = Item(dict(doc), path_text(trail))
        return
    joined, differs = merged(known.doc, doc)
    if differs:
        feed.problems.append(Problem(path_text((trail, differs[0])), f"is not what {known.path}, which has the same id, says"))
    known.doc = joined


def _take_service(feed: Feed, doc: Doc, trail: Trail, within: str | None) -> None:
    own = {key: value for key, value in doc.items() if key != "organization"}
    beside = doc.get("organization")
    organization = within or doc.get("organization_id")
    if beside is not None:
        organization = beside["id"]
        if within is not None and within != organization:
            said = "is not the organization in which this service stands"
            feed.problems.append(Problem(path_text(((trail, "organization"), "id")), said))
        known = feed.organizations.get(organization)
        if known is None:
            feed.organizations[organization] = Item(dict(beside), path_text((trail, "organization")))
        else:
            known.doc, differs = merged(known.doc, beside)
            if differs:
                own["organization"] = {key: beside[key] for key in differs}
    _refuse_doubled_children(feed, own, trail)
    before = feed.services.get(doc["id"])
    if before is None:
        feed.services[doc["id"]] = Item(own, path_text(trail), organization)
        return
    joined, differs = merged(before.doc, own)
    if differs or (organization and before.organization and organization != before.organization):
        key = differs[0] if differs else "organization"
        feed.problems.append(Problem(path_text((trail, key)), f"is not what {before.path}, which has the same id, says"))
    before.doc, before.organization = joined, before.organization or organization


def _refuse_doubled_children(feed: Feed, doc: Doc, trail: Trail) -> None:
    for key in CHILDREN:
        seen: dict[str, Doc] = {}
        kept: list[Doc] = []
        for at, each in enumerate(doc.get(key) or ()):
            if each["id"] not in seen:
                seen[each["id"]] = each
                kept.append(each)
            elif seen[each["id"]] != each:
                said = "stands twice in this service, for two different things"
                feed.problems.append(Problem(path_text((((trail, key), at), "id")), said))
        if key in doc and doc[key] is not None and len(kept) != len(doc[key]):
            doc[key] = kept


def merged(one: Doc, other: Doc) -> tuple[Doc, list[str]]:
    """Both objects in one, and the fields in which they contradict each other (there the first one's words stand).

    A field that is missing contradicts nobody; lists of things with ids are put together by their ids.
    """
    made, differs = dict(one), []
    for key, value in other.items():
        mine: Any = made.get(key)
        if key not in made:
            made[key] = value
        elif mine == value:
            continue
        elif _has_ids(mine) and _has_ids(value):
            known = {each["id"]: each for each in mine}
            if any(each["id"] in known and known[each["id"]] != each for each in value):
                differs.append(key)
            else:
                made[key] = [*mine, *(each for each in value if each["id"] not in known)]
        else:
            differs.append(key)
    return made, differs


def _has_ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) and isinstance(each.get("id"), str) for each in value)
