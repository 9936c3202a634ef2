"""Agreements with organisations, and the ends that have to be looked at: theirs, and that of an organisation's own funding."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.partner import rules
from coachdesk.partner.actions.organisations import PartnerRef, held
from coachdesk.partner.record import Agreement, Partner
from coachdesk.programme import queries as programme_queries
from coachdesk.store.session import actor_of, today

WarnDays = Annotated[int | None, "days: warn so long before it ends (90 when not said), and again 30 days before"]


def add_agreement(session: Session, *, partner: PartnerRef, what: Annotated[str, "what was agreed"],
                  from_day: Annotated[date | None, "from"] = None, ends_on: Annotated[date | None, "ends on"] = None,
                  warn_days: WarnDays = None, note: Annotated[str | None, "note"] = None) -> UUID:
    """Adds an agreement. Refusal when it says nothing, or would end before it begins. Whoever adds it is warned of its end."""
    of = held(session, Partner, partner, "organisation")
    _check_days(session, from_day, ends_on)
    made = Agreement(partner_id=of.id, what=rules.name_of(what, "An agreement"), from_day=from_day, ends_on=ends_on,
                     warn_days=rules.warn_days_of(rules.WARN_DAYS if warn_days is None else warn_days), note=rules.note_of(note),
                     kept_by=actor_of(session), seen_on=today(session) if ends_on is not None and ends_on < today(session) else None)
    session.add(made)
    return made.id


def change_agreement(session: Session, id: UUID, *, what: Annotated[str | None, "what was agreed"] = None,
                     from_day: Annotated[date | None, "from"] = None, ends_on: Annotated[date | None, "ends on"] = None,
                     warn_days: WarnDays = None, note: Annotated[str | None, "note"] = None,
                     is_open_ended: Annotated[bool | None, "yes: it has no end (any more)"] = None) -> None:
    """Changes an agreement. What is not given stays; an empty note clears it. A new end is warned of anew. Refusals as in add_agreement."""
    found = held(session, Agreement, id, "agreement")
    begins, ends = from_day or found.from_day, None if is_open_ended else ends_on or found.ends_on
    _check_days(session, begins, ends)
    if what is not None:
        found.what = rules.name_of(what, "An agreement")
    if ends != found.ends_on:
        found.seen_on = today(session) if ends is not None and ends < today(session) else None
    found.from_day, found.ends_on = begins, ends
    if warn_days is not None:
        found.warn_days = rules.warn_days_of(warn_days)
    if note is not None:
        found.note = rules.note_of(note)


def remove_agreement(session: Session, id: UUID) -> None:
    """Takes an agreement away that was never made. One that is over stays, with its end."""
    session.delete(held(session, Agreement, id, "agreement"))


def see_agreement_end(session: Session, id: UUID) -> None:
    """Somebody has looked at the end of an agreement: it stands in Today again at the next warning. Refusal when it has no end."""
    found = held(session, Agreement, id, "agreement")
    if found.ends_on is None:
        raise Refusal(f"{found.what} has no end.", "There is nothing to look at; nothing was changed.")
    found.seen_on = today(session)


def see_funding_end(session: Session, id: UUID) -> None:
    """Somebody has looked at the end of an organisation's own funding, as with an agreement. Refusal when no end is known."""
    partner = held(session, Partner, id, "organisation")
    if partner.funding_ends_on is None:
        raise Refusal(f"Nobody knows when the funding of {partner.name} ends.", "Write that day first; nothing was changed.")
    partner.funding_seen_on = today(session)


def _check_days(session: Session, from_day: date | None, ends_on: date | None) -> None:
    rules.check_span(from_day, ends_on)
    known = programme_queries.days(session)
    for day in (from_day, ends_on):
        known.check_possible(day)
