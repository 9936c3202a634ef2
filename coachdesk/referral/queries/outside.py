"""Where else somebody could go: partners beyond the provider's own that work in a lot and give a kind of help, as far as the desk knows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.partner import queries as partner_queries
from coachdesk.partner.queries import PartnerRow, ServiceRow, VenueRow
from coachdesk.partner.record import Partner
from coachdesk.partner.rules import ACTIVE, CLOSED
from coachdesk.programme import queries as programme
from coachdesk.referral import rules
from coachdesk.referral.queries.traffic import DealingsRow, dealings


def is_own(session: Session, partner: UUID, lot: UUID, on: date) -> bool:
    """Whether a partner belongs to the provider itself: marked so, or named as a body that leads or delivers in the lot on that day."""
    known = session.get(Partner, partner)
    return known is not None and (known.is_own_provision or _folded(known.name) in _bodies(session, lot, on))


def outside_options(session: Session, lot: UUID, kind_of_help: str | None, on: date, most: int = rules.MOST_SHOWN) -> list[rules.Option]:
    """The likeliest outside partners for a kind of help (or for any, where none is said), each with its reasons."""
    bodies, name = _bodies(session, lot, on), programme.lot_name(session, lot)
    partners = [row for row in partner_queries.partners(session, lot=lot)
                if not row.is_own_provision and _folded(row.name) not in bodies and (not row.lots or name in row.lots)]
    services, places, record = _services(session, lot), _places(session, lot, on), dealings(session)
    holds: dict[UUID, list[str]] = defaultdict(list)
    for each in partner_queries.capability_for(session, lot, kind_of_help, on) if kind_of_help else ():
        if each.partner_id is not None and not each.is_own:
            holds[each.partner_id].append(each.funding)
    known = (_known(row, kind_of_help, services[row.id], places[row.id], holds[row.id], record.get(row.id)) for row in partners)
    return rules.best((each for each in known if each is not None), on, most)


def _folded(name: str) -> str:
    return name.casefold()


def _bodies(session: Session, lot: UUID, on: date) -> set[str]:
    return {_folded(body) for body in programme.own_bodies(session, lot, on)}


def _services(session: Session, lot: UUID) -> dict[UUID, list[ServiceRow]]:
    found: dict[UUID, list[ServiceRow]] = defaultdict(list)
    for row in partner_queries.services(session, lot=lot):
        if row.partner_id is not None:
            found[row.partner_id].append(row)
    return found


def _places(session: Session, lot: UUID, on: date) -> dict[UUID, list[VenueRow]]:
    found: dict[UUID, list[VenueRow]] = defaultdict(list)
    for row in partner_queries.venues(session, lot=lot, on=on):
        if row.partner_id is not None:
            found[row.partner_id].append(row)
    return found


def _known(row: PartnerRow, kind_of_help: str | None, services: list[ServiceRow], places: list[VenueRow], holds: list[str],
           record: DealingsRow | None) -> rules.Known | None:
    """What is known of a partner; None where it does not give that help."""
    why, named = rules.fits(kind_of_help, row.kind, [(each.name, each.categories) for each in services], holds)
    if not why:
        return None
    chosen = [each for each in services if each.name in named] or services
    is_open = None
    if chosen:
        is_open = any(each.status == ACTIVE for each in chosen)
    elif places:
        is_open = any(each.status != CLOSED for each in places)
    known = rules.Known(row.id, row.name, row.kind, row.reply_days, services=named, is_open=is_open, fits=why,
                        checked_on=max((each.assured_on for each in chosen if each.assured_on), default=None),
                        has_place=True if places else None)
    if record is None:
        return known
    answered = min(record.given - record.no_reply, max(record.accepted, record.accepted + record.declined))
    return rules.with_record(known, record.given, max(0, answered), record.accepted, record.no_reply, record.reply_days)
