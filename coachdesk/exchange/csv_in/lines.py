"""One line of a file through a room's own action: a person registered, a contact written down, an organisation added.

Each bringer answers (state, what to say). It raises Refusal when the room says no; what it had written is unwound by whoever called.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.exchange.csv_in.cells import NO_FIXED_ABODE
from coachdesk.exchange.csv_in.columns import CONTACTS, PARTNERS, PEOPLE
from coachdesk.exchange.csv_in.report import KNOWN, REFUSED, TAKEN
from coachdesk.outreach import actions as outreach
from coachdesk.outreach import queries as outreach_queries
from coachdesk.outreach import rules as outreach_rules
from coachdesk.participant import actions as participant
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Verdict
from coachdesk.partner import actions as partner
from coachdesk.partner import queries as partner_queries
from coachdesk.partner.rules import folded
from coachdesk.programme import queries as programme
from coachdesk.programme.rules import BY_RESIDENCE
from coachdesk.store.session import today

Bringer = Callable[[int, dict[str, Any]], tuple[str, str]]
_TOTAL = re.compile(r"(?:grand |sub)?totals?\b|count\b|sum\b", re.IGNORECASE)
_OTHER_EVENT = "community event"


class Chosen(Protocol):
    """What was chosen for the whole file."""

    @property
    def lot(self) -> UUID | None: ...
    @property
    def session(self) -> UUID | None: ...
    @property
    def takes_known(self) -> bool: ...


def bringer(session: Session, kind: str, chosen: Chosen, *, is_known: bool = False) -> Bringer:
    """The bringer of a kind: (number of the line, its values) → (state, says). is_known: a trial has said of each line that it comes."""
    return _BRINGERS[kind](session, chosen, is_known)


def _nameless(values: Mapping[str, Any]) -> str:
    """Why a line cannot be somebody's; empty when it can."""
    name = str(values.get("name") or "")
    if not name:
        return "There is no name in this line. Write one, or take the line out."
    if _TOTAL.match(name) and not any(sign.isalpha() for sign in _TOTAL.sub("", name, count=1)):
        return f"“{name}” looks like a line that adds up the others. Take it out."
    if not any(sign.isalpha() for sign in name):
        return f"“{name}” has no letter, so it is nobody’s name. Write the name, or take the line out."
    return ""


class _Lots:
    """Lots by what people call them, each word looked up once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.names = programme.lot_names(session)
        self._found: dict[str, UUID] = {folded(name): id for id, name in self.names.items()}

    def id_of(self, text: str) -> UUID:
        """A lot by name, alias or misspelling. Refusal otherwise."""
        key = folded(text)
        if key not in self._found:
            self._found[key] = programme.lot_id(self._session, text)
        return self._found[key]


# participants ---------------------------------------------------------------------------------------------------------


def _people(session: Session, chosen: Chosen, is_known: bool) -> Bringer:
    lots, members = _Lots(session), _members(session)
    only_lot = next(iter(lots.names)) if len(lots.names) == 1 else None
    made: dict[UUID, int] = {}

    def bring(number: int, values: dict[str, Any]) -> tuple[str, str]:
        if wrong := _nameless(values):
            return REFUSED, wrong
        if values.get("postcode") == NO_FIXED_ABODE:
            values["situation"] = values.pop("postcode")
        named = values.pop("lot", None)
        lot = lots.id_of(named) if named else chosen.lot or only_lot
        if lot is None:
            return REFUSED, "No lot is named in this line. Write one, or choose a lot for the whole file."
        coach = values.pop("coach", None)
        if coach is not None and folded(coach) not in members:
            return REFUSED, f"Nobody of the team is called “{coach}”. Write their name as the team has it, or leave that column out."
        likely, where = [] if is_known else _likely(session, values), ""
        if likely:
            where = f"line {made[likely[0].id]} of this file" if likely[0].id in made else likely[0].reference
            if likely[0].is_surely and not chosen.takes_known:
                return KNOWN, f"The same as {where}: {likely[0].why}."
        person = participant.register(session, lot=lot, coach=members[folded(coach)] if coach else None, is_known_duplicate=True, **values)
        made[person] = number
        verdict = _verdict(session, person)
        says = [] if verdict == BY_RESIDENCE else [f"Address: {verdict}."]
        if likely:
            says.append(f"Looks like {where}: {likely[0].why}. See Likely duplicates afterwards.")
        return TAKEN, " ".join(says)

    return bring


def _likely(session: Session, values: Mapping[str, Any]) -> list[participant_queries.DuplicateRow]:
    """Who is in the store already; a trial has met the lines before, the real run only looks who was there before them."""
    with session.no_autoflush:
        return participant_queries.likely_duplicates(
            session,
            name=values["name"],
            born_on=values.get("born_on"),
            ni_number=values.get("ni_number"),
            postcode=values.get("postcode"),
            phone=values.get("phone"),
        )


def _verdict(session: Session, person: UUID) -> str:
    """What was decided on the address of somebody just registered."""
    fresh = next((each for each in session.new if isinstance(each, Verdict) and each.participant_id == person), None)
    return fresh.verdict if fresh else session.execute(sa.select(Verdict.verdict).where(Verdict.participant_id == person)).scalar_one()


def _members(session: Session) -> dict[str, UUID]:
    """Members of the team by name; by their first name too where only one has it."""
    names = programme.member_names(session)
    found = {folded(name): id for id, name in names.items()}
    firsts = [folded(name.split()[0]) for name in names.values() if name.split()]
    for id, name in names.items():
        first = folded(name.split()[0]) if name.split() else ""
        if first and firsts.count(first) == 1:
            found.setdefault(first, id)
    return found


# contacts -------------------------------------------------------------------------------------------------------------


class _Sessions:
    """Outreach sessions by place and day, each day read once; one that is missing is opened at a place that is known."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._of_day: dict[date, dict[str, UUID]] = {}
        self._venues: dict[str, list[UUID]] = {}
        self._people: dict[UUID, set[tuple[str, str | None]]] = {}
        for row in partner_queries.venues(session):
            self._venues.setdefault(folded(row.name), []).append(row.id)

    def at(self, venue: str, on: date) -> UUID | None:
        """The session held at a place on a day."""
        return self._known(on).get(folded(venue))

    def only(self, on: date) -> UUID | None:
        """The session of a day when there was one alone."""
        known = set(self._known(on).values())
        return known.pop() if len(known) == 1 else None

    def open(self, venue: str, on: date, kind: str | None) -> UUID:
        """Opens the session that a line tells of. Refusal when the place is not known, or the day is to come."""
        places = self._venues.get(folded(venue), [])
        if len(places) != 1:
            what = "No place is called" if not places else "More than one place is called"
            raise Refusal(f"{what} “{venue}”.", "Add it under Partners first, or choose one session for the whole file.")
        if on > today(self._session):
            raise Refusal(f"{day_text(on)} is still to come, so nobody was met on it.", "Check the day.")
        last = outreach_queries.sessions(self._session, venue=places[0], limit=1)
        return outreach.open_session(self._session, venue=places[0], held_on=on, kind=kind or (last[0].kind if last else _OTHER_EVENT))

    def keep(self, venue: str, on: date, made: UUID) -> None:
        """Later lines belong to the session that was opened."""
        self._known(on)[folded(venue)] = made

    def people(self, id: UUID) -> set[tuple[str, str | None]]:
        """Who stands at a session: folded name and telephone."""
        if id not in self._people:
            rows = outreach_queries.contacts(self._session, session_id=id)
            self._people[id] = {(folded(row.name), row.phone) for row in rows}
        return self._people[id]

    def _known(self, on: date) -> dict[str, UUID]:
        if on not in self._of_day:
            rows = outreach_queries.sessions(self._session, since=on, until=on)
            self._of_day[on] = {folded(row.venue): row.id for row in reversed(rows) if row.status != outreach_rules.CANCELLED}
        return self._of_day[on]


def _contacts(session: Session, chosen: Chosen, is_known: bool) -> Bringer:
    known = _Sessions(session)

    def bring(number: int, values: dict[str, Any]) -> tuple[str, str]:
        venue, on, kind = values.pop("venue", None), values.pop("held_on", None), values.pop("session_kind", None)
        if wrong := _nameless(values):
            return REFUSED, wrong
        if values.get("postcode") == NO_FIXED_ABODE:
            del values["postcode"]
        into, opened = _session_of(known, chosen, venue, on), False
        if into is None and not (venue and on):
            lacks = "neither a place nor a day" if not (venue or on) else "no place" if not venue else "no day"
            return REFUSED, f"There is {lacks} of a session in this line. Write both, or choose one session for the whole file."
        if into is None:
            into, opened = known.open(venue, on, kind), True
        who = (folded(values["name"]), values.get("phone"))
        if not opened and who in known.people(into) and not chosen.takes_known:
            return KNOWN, "Somebody of that name and telephone stands at this session."
        outreach.log_contact(session, session_id=into, **values)
        if opened:
            known.keep(venue, on, into)
        known.people(into).add(who)
        return TAKEN, f"The session at {venue} on {day_text(on)} was not there yet: opened." if opened else ""

    return bring


def _session_of(known: _Sessions, chosen: Chosen, venue: str | None, on: date | None) -> UUID | None:
    if venue and on:
        return known.at(venue, on)
    if chosen.session is not None:
        return chosen.session
    return known.only(on) if on else None


# partners -------------------------------------------------------------------------------------------------------------


def _partners(session: Session, chosen: Chosen, is_known: bool) -> Bringer:
    lots = _Lots(session)
    known: dict[str, list[tuple[UUID, frozenset[str]]]] = {}
    for row in partner_queries.partners(session):
        known.setdefault(folded(row.name), []).append((row.id, frozenset(row.lots)))

    def bring(number: int, values: dict[str, Any]) -> tuple[str, str]:
        if wrong := _nameless(values):
            return REFUSED, wrong
        person = {key.removeprefix("contact_"): values.pop(key) for key in list(values) if key.startswith("contact_")}
        place = {key.removeprefix("venue_"): values.pop(key) for key in list(values) if key.startswith("venue_")}
        wanted = {lots.id_of(word) for word in values.pop("lots", [])} or ({chosen.lot} if chosen.lot else set())
        there = frozenset(lots.names[one] for one in wanted)
        same = next((id for id, works in known.get(folded(values["name"]), []) if not there or not works or there & works), None)
        if same is not None:
            return _add_person(session, same, person, values["name"])
        made = partner.add_partner(session, kind=values.pop("kind", None) or "other", lots=sorted(there) if there else None, **values)
        partner.set_upkeep(session, made, is_untended=True)     # a whole list of strangers is nobody's to ring until somebody takes them on
        says = []
        if person.get("name"):
            partner.add_contact(session, partner=made, **person)
        elif person:
            says.append("The contact has no name, so what else is said of them was left out.")
        says += _add_place(session, made, values["name"], place)
        known.setdefault(folded(values["name"]), []).append((made, there))
        return TAKEN, " ".join(says)

    return bring


def _add_person(session: Session, organisation: UUID, person: dict[str, Any], name: str) -> tuple[str, str]:
    """Another person at an organisation that is known."""
    if not person.get("name"):
        return KNOWN, f"{name} is known."
    if any(folded(row.name) == folded(person["name"]) for row in partner_queries.contacts(session, partner=organisation)):
        return KNOWN, f"{name} is known, and so is {person['name']} there."
    partner.add_contact(session, partner=organisation, **person)
    return TAKEN, f"{name} is known: {person['name']} was added as a contact there."


def _add_place(session: Session, organisation: UUID, name: str, place: dict[str, Any]) -> list[str]:
    if place.get("postcode") == NO_FIXED_ABODE:
        del place["postcode"]
    if not place:
        return []
    try:
        partner.add_venue(session, name=name, partner=organisation, **place)  # refuses before it writes
    except Refusal:
        return ["Its address was left out: it works in several lots, so add the place under Partners."]
    return []


_BRINGERS: dict[str, Callable[[Session, Chosen, bool], Bringer]] = {PEOPLE: _people, CONTACTS: _contacts, PARTNERS: _partners}
