"""A feed into the rooms: one transaction, one act that can be taken back; tried first, if one likes, in a transaction that is never kept.

What came before is found again by the feed's own ids, so that a second time updates and never doubles. An organisation that somebody had
typed before is taken for the feed's when their names are the same; what stands there stays.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.exchange.open_referral import feed as feeds
from coachdesk.exchange.open_referral import mapping
from coachdesk.exchange.open_referral.feed import Feed, Item
from coachdesk.exchange.open_referral.going_out import of_place
from coachdesk.exchange.open_referral.kinds import kind_by_name
from coachdesk.exchange.open_referral.mapping import Doc, given_back, packed, taken_in
from coachdesk.exchange.open_referral.report import CHANGED, NEW, SAME, Report, ThingRow
from coachdesk.partner import rules
from coachdesk.partner.record import FeedTerm, Opening, Partner, PartnerContact, Service, ServicePlace
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import Import, TeamMember
from coachdesk.store.kinds import Kept
from coachdesk.store.session import Store, actor_of, today

K = TypeVar("K", bound=Kept)
KIND = "partners"       # of programme.record.Import
_EVERY, _AT_ONCE = 20, 400   # things between two words on progress; things, and ids, that go to the store together


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is."""

    what: str
    done: int
    total: int


class _Enough(Exception):
    """Ends a trial: nothing of it is kept."""


def trial(store: Store, actor: UUID, feed: Feed, lots: Sequence[str] | None = None) -> Generator[Step, None, Report]:
    """Says what bringing the feed in would do; changes nothing. The generator's answer is the Report."""
    report = Report(feed.name, feed.form)
    try:
        with store.change(actor, "Try a feed") as session:
            yield from _everything(session, feed, report, lots, "Trying")
            session.flush()
            raise _Enough
    except _Enough:
        pass
    return report


def bring_in(store: Store, actor: UUID, feed: Feed, lots: Sequence[str] | None = None) -> Generator[Step, None, Report]:
    """Brings a feed in as one act. lots: names of the lots in which new organisations work; the actor's own when not said.

    Closing the generator (cancel) unwinds everything. A feed that says nothing new changes nothing, and is no act.
    """
    report = Report(feed.name, feed.form)
    with store.change(actor, f"Import {KIND} from {feed.name}"[:200]) as session:
        yield from _everything(session, feed, report, lots, "Bringing in")
        if report.touched:
            kept = Import(kind=KIND, file=feed.name[:200], taken=report.touched, refused=0, came_on=today(session))
            session.add(kept)
            report.import_id = kept.id
    report.changes = session.info["changes"]
    return report


def _everything(session: Session, feed: Feed, report: Report, lots: Sequence[str] | None, what: str) -> Iterator[Step]:
    session.info["steady"] = {}  # neither lots nor the contract change meanwhile
    with session.no_autoflush:
        coming = _Coming(session, feed, report, _lots(session, lots))
        for problem in feed.unread:
            report.note(problem.path, problem.says)
        total = feed.count()
        for done, (of, work) in enumerate(coming.work()):
            if done % _EVERY == 0:
                yield Step(what, done, total)
            if done % _AT_ONCE == _AT_ONCE - 1:
                session.flush()
            of(work)
    yield Step("Done" if what == "Trying" else "Saving", total, total)


def _lots(session: Session, lots: Sequence[str] | None) -> list[str]:
    if lots is None:
        return [*(session.execute(sa.select(TeamMember.lots).where(TeamMember.id == actor_of(session))).scalar() or ())]
    return sorted({programme_queries.lot_name(session, programme_queries.lot_id(session, each)) for each in lots})


class _Coming:
    """One feed on its way in."""

    def __init__(self, session: Session, feed: Feed, report: Report, lots: list[str]) -> None:
        self.session, self.feed, self.report, self.lots = session, feed, report, lots
        named = {*feed.organizations, *(each.organization for each in feed.services.values() if each.organization)}
        self.partners = self._known(Partner, named)
        self.services = self._known(Service, feed.services)
        self.terms = {(each.kind, each.feed_id): each for each in self._all(FeedTerm, FeedTerm.feed_id, [key[1] for key in feed.terms])}
        ids = [each.id for each in self.services.values()]
        self.openings = _by(self._all(Opening, Opening.service_id, ids), "service_id")
        self.places = _by(self._all(ServicePlace, ServicePlace.service_id, ids), "service_id")
        self.people: dict[UUID, list[PartnerContact]] = {}
        self.typed: dict[str, list[Partner]] = {}
        for one in session.execute(sa.select(Partner).where(Partner.feed_id.is_(None))).scalars():
            self.typed.setdefault(rules.folded(one.name), []).append(one)

    def work(self) -> Iterator[tuple[Any, Any]]:
        """Each thing with what brings it in: organisations first, for their services need them."""
        yield from ((self._organization, each) for each in self.feed.organizations.items())
        yield from ((self._service, each) for each in self.feed.services.items())
        yield from ((self._term, each) for each in self.feed.terms.items())

    def _all(self, kind: type[K], column: Any, ids: Iterable[Any]) -> list[K]:
        wanted = [*ids]
        parts = (wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE))
        return [one for part in parts for one in self.session.execute(sa.select(kind).where(column.in_(part)).order_by(kind.id)).scalars()]

    def _known(self, kind: Any, ids: Iterable[str]) -> dict[str, Any]:
        """Records by the feed's id: those that came with it, and our own, which we once gave out by their own id."""
        wanted = [*ids]
        own = {each: id for each in wanted if (id := _uuid(each)) is not None}
        by_id = {one.id: one for one in self._all(kind, kind.id, own.values())}
        found = {each: by_id[id] for each, id in own.items() if id in by_id and by_id[id].feed_id in (None, each)}
        found.update({one.feed_id: one for one in self._all(kind, kind.feed_id, wanted)})
        return found

    # one thing each

    def _organization(self, found: tuple[str, Item]) -> None:
        feed_id, item = found
        partner, says, keeps_own, is_new = self.partners.get(feed_id), [], False, False
        name = mapping.line(item.doc.get("name"), 200) or item.doc["name"].strip()[:200] or feed_id
        if partner is None:
            twins = self.typed.get(rules.folded(name), [])
            if len(twins) == 1:
                partner, keeps_own = twins[0], True
                says.append("taken for the organisation of that name that stands here already; what was written here stays")
                self.report.note(item.path, f"is taken for {name}, which stands here already.")
                self.typed.pop(rules.folded(name))
            else:
                partner, is_new = Partner(name=name, kind=kind_by_name(name), lots=self.lots, feed_id=feed_id), True
                self.session.add(partner)
            self.partners[feed_id] = partner
        changed, overruled = self._take(partner, mapping.ORGANIZATION, item.doc, feed_id, keeps_own)
        says += self._overruled(item, name, overruled)
        self._tell("organisation", name, "", is_new, changed or keeps_own, says)

    def _service(self, found: tuple[str, Item]) -> None:
        feed_id, item = found
        name = mapping.line(item.doc.get("name"), 200) or item.doc["name"].strip()[:200]
        partner = self.partners.get(item.organization) if item.organization else None
        service, says = self.services.get(feed_id), []
        is_new, moved = service is None, False
        if service is None:
            service = self.services[feed_id] = Service(name=name, partner_id=partner.id if partner else None, feed_id=feed_id)
            self.session.add(service)
        elif partner is not None and service.partner_id != partner.id:
            service.partner_id, moved = partner.id, True
            says.append(f"now of {partner.name}")
        elif partner is None and service.partner_id is not None:
            partner = self.session.get(Partner, service.partner_id)
        changed = moved
        if service.partner_id is None:
            self.report.note(item.path, "names no organization: it stands in the list of services without one.")
        doc = dict(item.doc)
        children = {key: doc.pop(key) for key in ("schedules", "service_at_locations") if doc.get(key)}
        had = {} if moved else {each["id"]: each for each in mapping.objects(mapping.unpacked(service.carried).get("contacts"))}
        own, overruled = self._take(service, mapping.SERVICE, doc, feed_id)
        says += self._overruled(item, name, overruled)
        changed |= own
        changed |= self._openings(service, None, children.get("schedules", []), "schedules" in item.doc)
        changed |= self._places(service, children.get("service_at_locations", []), "service_at_locations" in item.doc)
        if partner is not None:
            changed |= self._contacts(partner, doc, had)
        self._tell("service", name, partner.name if partner else "", is_new, changed, says)

    def _term(self, found: tuple[tuple[str, str], Item]) -> None:
        (kind, feed_id), item = found
        known, text = self.terms.get((kind, feed_id)), packed(item.doc)
        name = mapping.line(feed_id if kind == feeds.FIELD else item.doc.get("name"), 200) or feed_id
        what = kind if kind == feeds.FIELD else "term"
        if known is None:
            self.session.add(FeedTerm(kind=kind, name=name, feed_id=feed_id, carried=text))
        elif mapping.unpacked(known.carried) != item.doc:
            known.name, known.carried = name, text
        else:
            self._tell(what, name, "", False, False, [])
            return
        self._tell(what, name, "", known is None, True, [])

    def _tell(self, what: str, name: str, of: str, is_new: bool, changed: bool, says: list[str]) -> None:
        self.report.things.append(ThingRow(what, name, of, NEW if is_new else CHANGED if changed else SAME, "; ".join(says)))

    def _overruled(self, item: Item, name: str, columns: list[str]) -> list[str]:
        if not columns:
            return []
        said = ", ".join(column.replace("_", " ") for column in columns)
        self.report.note(item.path, f"says something new of {name} than was written here: {said}. The feed's words stand now.")
        return [f"your own words were replaced: {said}"]

    def _take(self, record: Any, pieces: tuple[mapping.Piece, ...], doc: Doc, feed_id: str,
              keeps_own: bool = False) -> tuple[bool, list[str]]:
        """Brings a record to what the feed says. Our own, as we gave it out, is as before."""
        if record.carried is None and record.feed_id is None and not keeps_own and _is_within(doc, self._as_given(record, pieces)):
            return False, []
        taken = taken_in(record, pieces, doc, keeps_own=keeps_own, is_new=record.carried is None and record in self.session.new)
        if record.feed_id != feed_id:
            record.feed_id = feed_id
        return taken

    def _as_given(self, record: Any, pieces: tuple[mapping.Piece, ...]) -> Doc:
        if isinstance(record, ServicePlace):
            return of_place(self.session, record)
        made = {**given_back(record, pieces), "id": str(record.id)}
        return {"description": record.kind, **made} if isinstance(record, Partner) else made

    # what hangs on a service

    def _openings(self, service: Service, place: ServicePlace | None, docs: list[Doc] | None, is_said: bool) -> bool:
        known = [each for each in self.openings.get(service.id, ()) if each.place_id == (place.id if place else None)]

        def made(feed_id: str) -> Opening:
            return Opening(service_id=service.id, place_id=place.id if place else None, feed_id=feed_id)

        return self._children(known, mapping.OPENING, docs or [], is_said, made, lambda _row, doc: doc)

    def _places(self, service: Service, docs: list[Doc], is_said: bool) -> bool:
        changed = False

        def own(row: ServicePlace, doc: Doc) -> Doc:
            """Without its opening times, which are rows of their own."""
            nonlocal changed
            times = _with_ids(doc.get("schedules"))
            changed |= self._openings(service, row, times, "schedules" in doc)
            return {key: value for key, value in doc.items() if key != "schedules"} if times else doc

        known = self.places.get(service.id, [])
        gone = self._children(known, mapping.PLACE, docs, is_said, lambda id: ServicePlace(service_id=service.id, feed_id=id), own)
        return gone or changed

    def _children(self, known: list[Any], pieces: Any, docs: list[Doc], is_said: bool, made: Any, own: Any) -> bool:
        """Rows of a service by their ids: new ones, changed ones, and those of the feed that it no longer names."""
        changed, rows = False, {each.feed_id or str(each.id): each for each in known}
        for doc in docs:
            row = rows.pop(doc["id"], None)
            if row is None:
                row = made(doc["id"])
                self.session.add(row)
                known.append(row)
                changed = True
            taken, _ = self._take(row, pieces, own(row, doc), doc["id"])
            changed |= taken
        for row in rows.values():
            if is_said and row.feed_id is not None:
                self._drop(row)
                changed = True
        return changed

    def _drop(self, row: Any) -> None:
        self.report.gone += 1
        for times in self.openings.values():
            for each in [one for one in times if isinstance(row, ServicePlace) and one.place_id == row.id]:
                times.remove(each)
                self.session.delete(each)
        self.session.delete(row)

    def _contacts(self, partner: Partner, doc: Doc, had: dict[str, Doc]) -> bool:
        """People of a service stand with its organisation, once each. Whom a coach took off the list does not come back by itself.

        had: what this service said of its people before. Somebody of several services is known by the first; after that only what
        a service says otherwise than before is taken.
        """
        docs = mapping.objects(doc.get("contacts"))
        if docs and partner.id not in self.people:
            fresh = partner in self.session.new
            self.people[partner.id] = [] if fresh else self._all(PartnerContact, PartnerContact.partner_id, [partner.id])
        people = self.people.get(partner.id, [])
        known = {each.feed_id: each for each in people if each.feed_id}
        changed = False
        for each in docs:
            row, before = known.get(each["id"]), had.get(each["id"])
            if row is None and before is None:
                row = known[each["id"]] = PartnerContact(partner_id=partner.id, name=mapping.NAMELESS, feed_id=each["id"])
                self.session.add(row)
                people.append(row)
                changed |= taken_in(row, mapping.CONTACT, each, is_new=True)[0]
            elif row is not None and before is not None and before != each:
                otherwise = {key: value for key, value in each.items() if key not in before or before[key] != value}
                changed |= taken_in(row, mapping.CONTACT, otherwise)[0]
        return changed


def _by(rows: list[K], column: str) -> dict[UUID, list[K]]:
    found: dict[UUID, list[K]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return found


def _with_ids(value: Any) -> list[Doc]:
    """The opening times of a place as rows can hold them, each with an id of its own; else none: they stay with the place as they are."""
    found = mapping.objects(value)
    ids = {each["id"] for each in found if isinstance(each.get("id"), str)}
    return found if isinstance(value, list) and len(ids) == len(found) == len(value) else []


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _is_within(doc: Doc, whole: Doc) -> bool:
    """Whether every field of an object says what the other one says too."""
    return all(key in whole and whole[key] == value for key, value in doc.items())


read_feed = feeds.read_feed
