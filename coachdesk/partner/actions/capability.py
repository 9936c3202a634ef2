"""Contracts and funding that add kinds of support: written down, changed, looked at when they end."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.partner import rules
from coachdesk.partner.actions.organisations import held, named_lots
from coachdesk.partner.record import Capability, Partner
from coachdesk.partner.rules import capability as able
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import Body
from coachdesk.store.doors import Ref
from coachdesk.store.session import actor_of, today

Holder = Annotated[UUID | None, Ref("partner", "held by this organisation; or say body")]
BodyName = Annotated[str | None, "held by the programme's own: name of a lead provider or delivery partner; or say partner"]
Kinds = Annotated[list[str] | None, "kinds of support that it adds"]
Lots = Annotated[list[str] | None, "names of the lots it is for; none: every lot"]
Places = Annotated[int | None, "places: how many"]
Amount = Annotated[int | None, "pence: amount"]
Source = Annotated[str | None, "where this is known from"]
WarnDays = Annotated[int | None, "days: warn so long before it ends (90 when not said), and again 30 days before"]
Note = Annotated[str | None, "note"]


def add_capability(session: Session, *, funding: Annotated[str, "contract or funding"], kinds: Annotated[list[str], "kinds of support"],
                   partner: Holder = None, body: BodyName = None, lots: Lots = None,
                   from_day: Annotated[date | None, "from"] = None, ends_on: Annotated[date | None, "ends on"] = None,
                   places: Places = None, amount_pence: Amount = None, source: Source = None, note: Note = None,
                   warn_days: WarnDays = None) -> UUID:
    """Writes down a contract or funding and what it adds. Refusal without a holder or with two, without a kind of support, or for days,
    places or an amount that cannot be. Whoever adds it is warned of its end."""
    of, own = _holder(session, partner, body)
    _check_days(session, from_day, ends_on)
    able.check_extent(places, amount_pence)
    made = Capability(
        partner_id=of, body_id=own, funding=rules.name_of(funding, "A contract or funding"), kinds=able.support_kinds_of(kinds),
        lots=named_lots(session, lots or []), from_day=from_day, ends_on=ends_on, places=places, amount_pence=amount_pence,
        source=rules.line_of(source, "The source"), note=rules.note_of(note),
        warn_days=rules.warn_days_of(rules.WARN_DAYS if warn_days is None else warn_days), kept_by=actor_of(session),
        seen_on=today(session) if ends_on is not None and ends_on < today(session) else None)
    session.add(made)
    return made.id


def change_capability(session: Session, id: UUID, *, funding: Annotated[str | None, "contract or funding"] = None, kinds: Kinds = None,
                      partner: Holder = None, body: BodyName = None,
                      lots: Lots = None, from_day: Annotated[date | None, "from"] = None,
                      ends_on: Annotated[date | None, "ends on"] = None, places: Places = None, amount_pence: Amount = None,
                      source: Source = None, note: Note = None, warn_days: WarnDays = None,
                      is_open_ended: Annotated[bool | None, "yes: it has no end (any more)"] = None,
                      is_unlimited: Annotated[bool | None, "yes: places and amount are not known (any more)"] = None) -> None:
    """Changes a contract or funding. What is not given stays; a new end is warned of anew. Refusals as in add_capability."""
    found = held(session, Capability, id, "contract or funding")
    if partner is not None or body is not None:
        found.partner_id, found.body_id = _holder(session, partner, body)
    begins, ends = from_day or found.from_day, None if is_open_ended else ends_on or found.ends_on
    _check_days(session, begins, ends)
    able.check_extent(places, amount_pence)
    if funding is not None:
        found.funding = rules.name_of(funding, "A contract or funding")
    if kinds is not None:
        found.kinds = able.support_kinds_of(kinds)
    if lots is not None:
        found.lots = named_lots(session, lots)
    if ends != found.ends_on:
        found.seen_on = today(session) if ends is not None and ends < today(session) else None
    found.from_day, found.ends_on = begins, ends
    if is_unlimited:
        found.places = found.amount_pence = None
    found.places = found.places if places is None else places
    found.amount_pence = found.amount_pence if amount_pence is None else amount_pence
    if source is not None:
        found.source = rules.line_of(source, "The source")
    if note is not None:
        found.note = rules.note_of(note)
    if warn_days is not None:
        found.warn_days = rules.warn_days_of(warn_days)


def remove_capability(session: Session, id: UUID) -> None:
    """Takes a contract or funding away that was never held. One that is over stays, with its end."""
    session.delete(held(session, Capability, id, "contract or funding"))


def see_capability_end(session: Session, id: UUID) -> None:
    """Somebody has looked at its end: it stands in Today again at the next warning. Refusal when it has no end."""
    found = held(session, Capability, id, "contract or funding")
    if found.ends_on is None:
        raise Refusal(f"{found.funding} has no end.", "There is nothing to look at; nothing was changed.")
    found.seen_on = today(session)


def _holder(session: Session, partner: UUID | None, body: str | None) -> tuple[UUID | None, UUID | None]:
    """Who holds it: an organisation or a body of the programme. Refusal for neither or both."""
    if (partner is None) == (body is None):
        raise Refusal("A contract or funding is held by one: an organisation, or the programme's own lead provider or delivery partner.",
                      "Name one of them. Nothing was changed.")
    return (held(session, Partner, partner, "organisation").id if partner is not None else None,
            _body(session, body) if body is not None else None)


def _body(session: Session, name: str) -> Any:
    wanted = rules.folded(name)
    bodies: list[Any] = [*session.execute(sa.select(Body.id, Body.name).order_by(Body.name))]
    found = [id for id, called in bodies if rules.folded(called) == wanted] or [
        id for id, called in bodies if wanted and rules.folded(called).startswith(wanted)]
    if len(found) != 1:
        raise Refusal(f"“{name.strip()[:60]}” is no lead provider or delivery partner here.",
                      f"Choose one of: {'; '.join(called for _, called in bodies)}. Or name an organisation instead.")
    return found[0]


def _check_days(session: Session, from_day: date | None, ends_on: date | None) -> None:
    if from_day is not None and ends_on is not None and ends_on < from_day:
        raise Refusal(f"It would end on {day_text(ends_on)}, before it begins on {day_text(from_day)}.",
                      "Check both days; nothing was changed.")
    known = programme_queries.days(session)
    for day in (from_day, ends_on):
        known.check_possible(day)
