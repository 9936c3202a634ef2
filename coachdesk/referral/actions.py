"""What may be done in the referral room: send, receive, and write down what the other side said. Steps are appended, never changed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.participant import actions as participant_actions
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Participant
from coachdesk.partner.actions import held, phone_of
from coachdesk.partner.record import Partner
from coachdesk.programme import queries as programme
from coachdesk.programme.record import TeamMember
from coachdesk.programme.rules import LONGEST_NAME, line_of, needed_line
from coachdesk.referral import queries, rules
from coachdesk.referral.record import Referral, Step
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import actor_of, moment, today

Who = Annotated[UUID, Ref("participant", "participant")]
ToPartner = Annotated[UUID, Ref("partner", "partner")]
Coach = Annotated[UUID | None, Ref("programme.member", "coach; you, unless said otherwise")]
Day = Annotated[date | None, "day; today, unless said otherwise"]


def send_referral(
    session: Session,
    *,
    participant: Who,
    partner: ToPartner,
    need: Annotated[str, "what help is asked for"],
    made_on: Day = None,
    own_provision_reason: Annotated[str | None, "why it stays with the provider itself, where it does"] = None,
    coach: Coach = None,
) -> UUID:
    """Sends a person to a partner. Refusal without consent to talk to partners, without a need, or to own provision without a reason."""
    person, to = _person(session, participant), _partner(session, partner)
    day = made_on or today(session)
    rules.check_day(day, person.registered_on, today(session), "a referral")
    asked = needed_line(need, "what help is asked for")
    rules.check_consent(participant_queries.consent(session, participant))
    is_own = to.is_own_provision or to.name.casefold() in {body.casefold() for body in programme.own_bodies(session, person.lot_id, day)}
    reason = rules.check_own_provision(is_own, to.name, own_provision_reason)
    made = Referral(
        direction=rules.OUT,
        partner_id=partner,
        lot_id=person.lot_id,
        coach_id=held(session, TeamMember, coach or actor_of(session), "member of the team").id,
        participant_id=participant,
        need=asked,
        made_on=day,
        reply_due_on=rules.reply_due(day, to.reply_days),
        own_provision_reason=reason,
    )
    session.add(made)
    _step(session, made.id, rules.SENT, day)
    return made.id


def receive_referral(
    session: Session,
    *,
    partner: ToPartner,
    need: Annotated[str, "what help is asked for"],
    participant: Annotated[UUID | None, Ref("participant", "participant, where registered already")] = None,
    person_name: Annotated[str | None, "name of a person not registered yet"] = None,
    person_phone: Annotated[str | None, "their telephone"] = None,
    lot: Annotated[UUID | None, Ref("programme", "lot; the participant's or the partner's only one, unless said otherwise")] = None,
    made_on: Day = None,
    coach: Coach = None,
) -> UUID:
    """A partner sends somebody: a participant, or a stranger by name.

    Refusal without a need, without anybody, or where the lot is not clear.
    """
    by = _partner(session, partner)
    day = made_on or today(session)
    rules.check_day(day, date.min, today(session), "a referral")
    programme.days(session).check_began(day)
    asked = needed_line(need, "what help is asked for")
    known = _person(session, participant) if participant else None
    name = None if known else _name(person_name)
    where = lot or (known.lot_id if known else _only_lot(session, by))
    programme.lot_name(session, where)
    made = Referral(
        direction=rules.IN,
        partner_id=partner,
        lot_id=where,
        coach_id=held(session, TeamMember, coach or actor_of(session), "member of the team").id,
        participant_id=participant,
        person_name=name,
        person_phone=None if known else phone_of(person_phone),
        need=asked,
        made_on=day,
        reply_due_on=rules.reply_due(day, by.reply_days),
    )
    session.add(made)
    _step(session, made.id, rules.SENT, day)
    return made.id


def accept(session: Session, id: UUID, *, on: Day = None, reason: Annotated[str | None, "what was said"] = None) -> None:
    """The other side (or we) took the person on. Refusal where the referral is not waiting for a reply."""
    _move(session, id, rules.ACCEPTED, on, reason=reason)


def decline(
    session: Session,
    id: UUID,
    *,
    said_by: Annotated[str, "client, provider or not eligible"],
    reason: Annotated[str, "why"],
    on: Day = None,
) -> None:
    """It was declined, by whom and why. Refusal without either, or where the referral is not waiting for a reply."""
    word = said_by.strip().casefold()
    if word not in rules.SAID_BY:
        raise Refusal("It must be known who declined.", f"Choose {', '.join(rules.SAID_BY[:-1])} or {rules.SAID_BY[-1]}.")
    _move(session, id, rules.DECLINED, on, said_by=word, reason=needed_line(reason, "the reason"))


def complete(
    session: Session,
    id: UUID,
    *,
    was_helped: Annotated[bool, "whether it helped"],
    reason: Annotated[str | None, "what came of it"] = None,
    on: Day = None,
) -> None:
    """It is done, and whether it helped; why not, where it did not. Refusal where it was not accepted."""
    said = reason if was_helped else needed_line(reason, "the reason why it did not help")
    _move(session, id, rules.COMPLETED, on, was_helped=was_helped, reason=said)


def withdraw(session: Session, id: UUID, *, reason: Annotated[str, "why"], on: Day = None) -> None:
    """It is taken back. Refusal without a reason, or where it has ended."""
    _move(session, id, rules.WITHDRAWN, on, reason=needed_line(reason, "the reason"))


def register_person(
    session: Session, id: UUID, *, postcode: participant_actions.Postcode = None, situation: participant_actions.Situation = None,
    born_on: participant_actions.BornOn = None, ni_number: participant_actions.NiNumber = None,
    name: Annotated[str | None, "full name; as referred, if left out"] = None,
    phone: Annotated[str | None, "telephone; as referred, if left out"] = None,
    lot: Annotated[UUID | None, Ref("programme", "lot; the referral's, unless said otherwise")] = None,
    email: participant_actions.Email = None, connection: participant_actions.Connection = None,
    connection_note: participant_actions.ConnectionNote = None, benefit: participant_actions.Benefit = None,
    weeks_out_of_work: participant_actions.Weeks = None,
    notice_version: Annotated[str | None, "version of the privacy notice that was given"] = None,
    notice_how: Annotated[str | None, "how it was given: paper, read aloud, e-mail"] = None,
    consent_partners: Annotated[str | None, "consent to referral to partners: given or refused"] = None,
    is_known_duplicate: Annotated[bool | None, "register although somebody likely the same is known"] = None, **more: Any,
) -> UUID:
    """Registers the stranger of a referral in; answers the participant's id. more: any other field of a registration.

    Refusal when the person is registered already, and whatever refuses a registration.
    """
    referral = _referral(session, id)
    if referral.participant_id is not None:
        raise Refusal("The person of this referral is registered already.", "Open the participant instead. Nothing was changed.")
    fields = {
        "postcode": postcode, "situation": situation, "born_on": born_on, "ni_number": ni_number, "email": email, "connection": connection,
        "connection_note": connection_note, "benefit": benefit, "weeks_out_of_work": weeks_out_of_work,
        "notice_version": notice_version, "notice_how": notice_how, "consent_partners": consent_partners,
        "is_known_duplicate": is_known_duplicate, "coach": referral.coach_id, "heard_through": "partner", **more}
    made: UUID = participant_actions.register(
        session, name=name or referral.person_name or "", lot=lot or referral.lot_id, phone=phone or referral.person_phone,
        **{field: value for field, value in fields.items() if value is not None})
    referral.participant_id, referral.lot_id = made, lot or referral.lot_id
    return made


def _move(
    session: Session,
    id: UUID,
    status: str,
    on: date | None,
    *,
    said_by: str | None = None,
    was_helped: bool | None = None,
    reason: str | None = None,
) -> None:
    referral = _referral(session, id)
    now = queries.state_of(session, id)
    rules.check_move(now.state, status)
    day = on or today(session)
    rules.check_day(day, now.since or referral.made_on, today(session), "an answer")
    _step(session, id, status, day, said_by, was_helped, line_of(reason, "The reason"))


def _step(
    session: Session,
    referral: UUID,
    status: str,
    on: date,
    said_by: str | None = None,
    was_helped: bool | None = None,
    reason: str | None = None,
) -> None:
    session.add(
        Step(
            referral_id=referral, status=status, on_day=on, said_by=said_by, was_helped=was_helped, reason=reason, moved_at=moment(session)
        )
    )


def _person(session: Session, id: UUID) -> Participant:
    found = session.get(Participant, id)
    if found is None:
        raise Refusal("There is no such participant here.", "Choose the person again from the list.")
    return found


def _name(text: str | None) -> str:
    return needed_line(line_of(text, "That name", LONGEST_NAME), "the name of the person")


def _partner(session: Session, id: UUID) -> Partner:
    found = session.get(Partner, id)
    if found is None:
        raise Refusal("There is no such partner here.", "Choose the partner again from the list, or add it first.")
    return found


def _referral(session: Session, id: UUID) -> Referral:
    found = session.get(Referral, id)
    if found is None:
        raise Refusal("This referral is not here any more.", "Open the list again; somebody may have removed it.")
    return found


def _only_lot(session: Session, partner: Partner) -> UUID:
    """The one lot that can be meant. Refusal where there are several."""
    names = programme.lot_names(session)
    meant = [id for id, name in names.items() if name in partner.lots] or list(names)
    if len(meant) != 1:
        raise Refusal(f"{partner.name} works in more than one lot.", "Say which lot this person belongs to.")
    return meant[0]


DOORS = (
    Door(
        "",
        "referrals, both ways",
        queries.referrals,
        send_referral,
        {"accept": accept, "decline": decline, "complete": complete, "withdraw": withdraw, "register": register_person},
        names=("participant", "reference"),
    ),
    Door(
        "in",
        "referrals that came in",
        queries.received,
        receive_referral,
        {"accept": accept, "decline": decline, "complete": complete, "withdraw": withdraw, "register": register_person},
        names=("participant", "reference"),
    ),
    Door("step", "moves of referrals, as they were said", queries.steps, names=("status",)),
    Door("traffic", "given and received by partner", queries.traffic, names=("partner",)),
)
