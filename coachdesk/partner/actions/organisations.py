"""What may be done in the partner room: add and change organisations and their places."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.partner import rules
from coachdesk.partner.record import Partner, Venue, VenueStatus
from coachdesk.place.rules import postcode_of
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import TeamMember
from coachdesk.store.doors import Ref
from coachdesk.store.kinds import Kept
from coachdesk.store.session import actor_of, moment, steady, today

K = TypeVar("K", bound=Kept)
PartnerRef = Annotated[UUID, Ref("partner", "organisation")]
LotRef = Annotated[UUID, Ref("programme", "lot")]
OwnPremises = Annotated[bool | None, "the partner's own building: it may open again first"]
About = Annotated[str | None, "what it is, as a directory says it"]
Website = Annotated[str | None, "web address"]
Email = Annotated[str | None, "e-mail"]
FundingEnds = Annotated[date | None, "its own funding ends on"]
FundingNote = Annotated[str | None, "which funding that is"]
_REGION = "GB"
# What phonenumbers would say of most numbers that are typed (a test holds the two together), without its large tables.
_PLAIN_MOBILE = re.compile(r"07(?:(?:[1-5][0-9]|7[1-9]|8[0-9]|9[02-9])[0-9]{7}|700900[0-9]{3})")
_DRAMA = (     # numbers that are given to nobody, for samples and plays (Ofcom)
    "07700900", "01214960", "02079460", "01134960", "01144960", "01154960", "01164960", "01174960", "01184960", "01314960", "01414960",
    "01514960", "01614960", "01914980", "01632960", "03069990", "08081570")


def held(session: Session, kind: type[K], id: UUID, what: str) -> K:
    """The record of that id, also one made in this transaction. Refusal ("There is no such …") when there is none.

    Looks at pending records first and never flushes, so that a session and its contacts are saved in one go.
    """
    # Thirty contacts of one session ask for it thirty times: what was found stays at hand as long as the session has it.
    at_hand: dict[tuple[type[Kept], UUID], K] = session.info.setdefault("held", {})
    found = at_hand.get((kind, id))
    if found is None or found not in session:
        found = next((pending for pending in session.new if isinstance(pending, kind) and pending.id == id), None)
    if found is None:
        with session.no_autoflush:
            found = session.get(kind, id)
    if found is not None:
        at_hand[kind, id] = found
    if found is None or found in session.deleted:
        raise Refusal(f"There is no such {what}.", "It may have been removed. Choose another one; nothing was changed.")
    return found


def phone_of(text: str | None) -> str | None:
    """A telephone number in its national form (`07400 123456`; a foreign one with + and country); None when it is empty.

    Refusal when it cannot be a number. Numbers kept free for drama count as numbers, since samples use them.
    """
    typed = " ".join((text or "").split())
    if not typed:
        return None
    bare = typed.replace(" ", "")
    if _PLAIN_MOBILE.fullmatch(bare):
        return f"{bare[:5]} {bare[5:]}"
    import phonenumbers

    refusal = Refusal(f"“{typed[:40]}” is not a telephone number that can be called.",
                      "Type it again with its area code, like 07400 123456 or 0121 496 0123, or leave it empty. Nothing was changed.")
    try:
        number = phonenumbers.parse(typed, _REGION)
    except phonenumbers.NumberParseException:
        raise refusal from None
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    digits = "".join(sign for sign in national if sign.isdigit())
    if number.country_code != 44:
        if not phonenumbers.is_valid_number(number):
            raise refusal
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
    if number.extension or not (phonenumbers.is_valid_number(number) or (digits.startswith(_DRAMA) and len(digits) == 11)):
        raise refusal
    return f"{digits[:5]} {digits[5:]}" if digits.startswith("07") and len(digits) == 11 else str(national)


def postcode_typed(text: str | None) -> str | None:
    """A postcode in upper case with one space; None when it is empty. Refusal when it has not the shape of one."""
    if not (text or "").strip():
        return None
    found = postcode_of(text or "")
    if found is None:
        raise Refusal(f"“{(text or '').strip()[:20]}” is not a postcode.", "Write it like B34 7AA, or leave it empty. Nothing was changed.")
    return found


def named_lots(session: Session, typed: list[str]) -> list[str]:
    """Names of lots as the programme writes them. Refusal for one that there is not."""
    return sorted({programme_queries.lot_name(session, programme_queries.lot_id(session, each)) for each in typed})


def _named_alike(session: Session) -> dict[str, list[UUID]]:
    """Organisations by their names as they are compared. A file of many reads them once (store.session.steady), and adds its own."""
    found: dict[str, list[UUID]] = {}
    for id, name in session.execute(sa.select(Partner.id, Partner.name).order_by(Partner.row)):
        found.setdefault(_compared(name), []).append(id)
    return found


def _keep_name(session: Session, name: str, id: UUID) -> None:
    none_yet: dict[str, list[UUID]] = {}
    steady(session, "organisations", lambda: none_yet).setdefault(_compared(name), []).append(id)


def _compared(name: str) -> str:
    return rules.folded(name) or name.casefold()


def _refuse_a_twin(session: Session, name: str, lots: list[str], but: UUID | None = None) -> None:
    wanted = _compared(name)
    alike = [other for other in steady(session, "organisations", lambda: _named_alike(session)).get(wanted, []) if other != but]
    chosen = sa.select(Partner.name, Partner.kind, Partner.lots).where(Partner.id.in_(alike)).order_by(Partner.row)
    for called, kind, there in session.execute(chosen) if alike else ():
        shared = sorted(set(lots) & set(there or ()))
        if _compared(called) == wanted and (shared or not lots or not there):
            where = f" in {' and '.join(shared)}" if shared else ""
            raise Refusal(f"{called} ({kind}) is already known{where}.",
                          "Open that one and add to it, or give this one a name that tells them apart. Nothing was changed.")


def add_partner(session: Session, *, name: Annotated[str, "name of the organisation"], kind: Annotated[str, "kind of organisation"],
                lots: Annotated[list[str] | None, "names of the lots it works in; your own when not said"] = None,
                is_own_provision: Annotated[bool | None, "belongs to the lead provider itself"] = None,
                reply_days: Annotated[int | None, "days: within which a reply is expected"] = None,
                note: Annotated[str | None, "note"] = None, description: About = None, website: Website = None, email: Email = None,
                funding_ends_on: FundingEnds = None, funding_note: FundingNote = None) -> UUID:
    """Adds an organisation. Refusal for an unknown kind or lot, or when the lot knows one of that name (in any case or accents).

    Whoever adds it tends it, until somebody else does.
    """
    clean, of_kind = rules.name_of(name, "An organisation"), rules.one_of(rules.KINDS, kind, "a kind of organisation")
    if lots is None:
        lots = session.execute(sa.select(TeamMember.lots).where(TeamMember.id == actor_of(session))).scalar() or []
    there = named_lots(session, lots)
    _refuse_a_twin(session, clean, there)
    made = Partner(name=clean, kind=of_kind, lots=there, is_own_provision=bool(is_own_provision),
                   reply_days=rules.reply_days_of(14 if reply_days is None else reply_days), note=rules.note_of(note),
                   description=rules.note_of(description), website=rules.website_of(website), email=rules.email_of(email),
                   funding_note=rules.line_of(funding_note, "That funding"), tended_by=actor_of(session), upkeep_from=today(session))
    if funding_ends_on is not None:
        _set_funding_end(session, made, funding_ends_on)
    session.add(made)
    _keep_name(session, clean, made.id)
    return made.id


def change_partner(session: Session, id: UUID, *, name: Annotated[str | None, "name of the organisation"] = None,
                   kind: Annotated[str | None, "kind of organisation"] = None,
                   lots: Annotated[list[str] | None, "names of the lots it works in"] = None,
                   is_own_provision: Annotated[bool | None, "belongs to the lead provider itself"] = None,
                   reply_days: Annotated[int | None, "days: within which a reply is expected"] = None,
                   note: Annotated[str | None, "note"] = None, description: About = None, website: Website = None, email: Email = None,
                   funding_ends_on: FundingEnds = None, funding_note: FundingNote = None,
                   funding_is_open: Annotated[bool | None, "yes: its funding has no known end (any more)"] = None) -> None:
    """Changes an organisation. What is not given stays; an empty text clears it. Refusals as in add_partner."""
    partner = held(session, Partner, id, "organisation")
    clean = partner.name if name is None else rules.name_of(name, "An organisation")
    there = list(partner.lots) if lots is None else named_lots(session, lots)
    if clean != partner.name or there != sorted(partner.lots):
        _refuse_a_twin(session, clean, there, but=id)
        partner.name, partner.lots = clean, there
        _keep_name(session, clean, id)
    if kind is not None:
        partner.kind = rules.one_of(rules.KINDS, kind, "a kind of organisation")
    if is_own_provision is not None:
        partner.is_own_provision = is_own_provision
    if reply_days is not None:
        partner.reply_days = rules.reply_days_of(reply_days)
    if note is not None:
        partner.note = rules.note_of(note)
    if description is not None:
        partner.description = rules.note_of(description)
    if website is not None:
        partner.website = rules.website_of(website)
    if email is not None:
        partner.email = rules.email_of(email)
    if funding_note is not None:
        partner.funding_note = rules.line_of(funding_note, "That funding")
    if funding_is_open:
        partner.funding_ends_on = partner.funding_seen_on = None
    elif funding_ends_on is not None and funding_ends_on != partner.funding_ends_on:
        _set_funding_end(session, partner, funding_ends_on)


def _set_funding_end(session: Session, partner: Partner, ends_on: date) -> None:
    """A day that is over when it is written is not warned of."""
    programme_queries.days(session).check_possible(ends_on)
    partner.funding_ends_on, partner.funding_kept_by = ends_on, actor_of(session)
    partner.funding_seen_on = today(session) if ends_on < today(session) else None


def add_venue(session: Session, *, name: Annotated[str, "name of the place"],
              partner: Annotated[UUID | None, Ref("partner", "whose place it is")] = None,
              lot: Annotated[UUID | None, Ref("programme", "lot; the organisation's when it has only one")] = None,
              postcode: Annotated[str | None, "postcode"] = None, address: Annotated[str | None, "address"] = None,
              is_own_premises: OwnPremises = None) -> UUID:
    """Adds a place. Refusal when the postcode has not the shape of one, or no lot is said and the organisation has not exactly one."""
    clean, where = rules.name_of(name, "A place"), postcode_typed(postcode)
    owner = held(session, Partner, partner, "organisation") if partner else None
    if lot is None:
        if owner is None or len(owner.lots) != 1:
            raise Refusal("A place belongs to one lot.", "Say which lot it is in; nothing was changed.")
        lot = programme_queries.lot_id(session, owner.lots[0])
    lot_name = programme_queries.lot_name(session, lot)
    twins = session.execute(sa.select(Venue.name).where(Venue.lot_id == lot, Venue.partner_id == partner)).scalars()
    if any((rules.folded(twin) or twin) == (rules.folded(clean) or clean) for twin in twins):
        raise Refusal(f"{clean} is already a place in {lot_name}.",
                      "Open that one, or give this one a name that tells them apart. Nothing was changed.")
    made = Venue(partner_id=partner, lot_id=lot, name=clean, postcode=where, address=rules.note_of(address),
                 is_own_premises=is_own_premises)
    session.add(made)
    return made.id


def change_venue(session: Session, id: UUID, *, name: Annotated[str | None, "name of the place"] = None,
                 partner: Annotated[UUID | None, Ref("partner", "whose place it is")] = None,
                 postcode: Annotated[str | None, "postcode"] = None, address: Annotated[str | None, "address"] = None,
                 is_own_premises: OwnPremises = None) -> None:
    """Changes a place. What is not given stays; an empty postcode or address clears it. Refusals as in add_venue."""
    venue = held(session, Venue, id, "place")
    if name is not None:
        venue.name = rules.name_of(name, "A place")
    if partner is not None:
        venue.partner_id = held(session, Partner, partner, "organisation").id
    if postcode is not None:
        venue.postcode = postcode_typed(postcode)
    if address is not None:
        venue.address = rules.note_of(address)
    if is_own_premises is not None:
        venue.is_own_premises = is_own_premises


def set_venue_status(session: Session, id: UUID, *, status: Annotated[str, "open, restricted or closed"],
                     from_day: Annotated[date | None, "from this day on; today when not said"] = None,
                     reason: Annotated[str | None, "why; needed unless it is open"] = None,
                     review_on: Annotated[date | None, "look at it again on"] = None,
                     risk_assessed_on: Annotated[date | None, "risk assessment done on"] = None) -> UUID:
    """Says whether a place is open from a day on: a row of its own each time, so that the history stays. Refusals as in check_venue_status.

    A word on the same day as an earlier one takes its place; whoever says it looks at it again on the review day.
    """
    venue, of, now = held(session, Venue, id, "place"), rules.venue_status_of(status), today(session)
    since, why = from_day or now, rules.note_of(reason)
    known = programme_queries.days(session)
    known.check_planned(since)
    known.check_planned(review_on)
    known.check_possible(risk_assessed_on)
    rules.check_venue_status(of, since, why, review_on, risk_assessed_on, now)
    made = VenueStatus(venue_id=venue.id, status=of, from_day=since, reason=why, review_on=review_on, risk_assessed_on=risk_assessed_on,
                       said_at=moment(session), said_by=actor_of(session))
    session.add(made)
    return made.id
