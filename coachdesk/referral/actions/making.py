"""Making a referral: drafted or sent to a partner, received from one; the stranger of a referral in becomes a participant."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.participant import actions as participant_actions
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Participant
from coachdesk.participant.rules import NOT_TOLD
from coachdesk.partner.actions import held, phone_of
from coachdesk.partner.record import Partner
from coachdesk.programme import queries as programme
from coachdesk.programme.record import TeamMember
from coachdesk.programme.rules import LONGEST_NAME, line_of, needed_line
from coachdesk.referral import queries, rules
from coachdesk.referral.actions.moves import Day, append, kept_referral, now_of
from coachdesk.referral.actions.replies import new_code
from coachdesk.referral.record import Referral
from coachdesk.store.doors import Ref
from coachdesk.store.session import actor_of, today, warn

Who = Annotated[UUID, Ref("participant", "participant")]
ToPartner = Annotated[UUID, Ref("partner", "partner")]
Coach = Annotated[UUID | None, Ref("programme.member", "coach; you, unless said otherwise")]
Need = Annotated[str, "what help is asked for"]
OwnReason = Annotated[str | None, "why it stays with the provider itself, where it does"]
Help = Annotated[str | None, f"kind of support: {', '.join(rules.HELP)}"]
Return = Annotated[str | None, "what must hold before the person comes back to us, such as: money plan agreed"]


def send_referral(
    session: Session,
    *,
    participant: Who,
    partner: ToPartner,
    need: Need,
    made_on: Day = None,
    own_provision_reason: OwnReason = None,
    return_condition: Return = None,
    kind_of_help: Help = None,
    coach: Coach = None,
) -> UUID:
    """Sends a person to a partner. Refusal without consent to talk to partners, without a need, or to own provision without a reason."""
    made = _made(session, participant, partner, need, made_on, own_provision_reason, return_condition, kind_of_help, coach)
    _send(session, made, made.made_on, own_provision_reason)
    return made.id


def draft_referral(
    session: Session,
    *,
    participant: Who,
    partner: ToPartner,
    need: Need,
    made_on: Day = None,
    own_provision_reason: OwnReason = None,
    return_condition: Return = None,
    kind_of_help: Help = None,
    coach: Coach = None,
) -> UUID:
    """Writes a referral down without sending it: consent and the reason for own provision are asked for when it is sent."""
    made = _made(session, participant, partner, need, made_on, own_provision_reason, return_condition, kind_of_help, coach)
    append(session, made.id, rules.DRAFT, made.made_on)
    return made.id


def _made(session: Session, participant: UUID, partner: UUID, need: str, made_on: date | None, own_provision_reason: str | None,
          return_condition: str | None, kind_of_help: str | None, coach: UUID | None) -> Referral:
    person, to = _person(session, participant), _partner(session, partner)
    day = made_on or today(session)
    rules.check_day(day, person.registered_on, today(session), "a referral")
    made = Referral(
        direction=rules.OUT,
        partner_id=partner,
        lot_id=person.lot_id,
        coach_id=held(session, TeamMember, coach or actor_of(session), "member of the team").id,
        participant_id=participant,
        need=needed_line(need, "what help is asked for"),
        made_on=day,
        reply_due_on=rules.reply_due(day, to.reply_days),
        own_provision_reason=line_of(own_provision_reason, "The reason"),
        return_condition=line_of(return_condition, "The condition"),
        kind_of_help=rules.help_of(kind_of_help),
    )
    session.add(made)
    return made


def send(session: Session, id: UUID, *, on: Day = None, own_provision_reason: OwnReason = None) -> None:
    """Sends a draft. Refusal without consent to talk to partners, to own provision without a reason, or where it is no draft."""
    made = kept_referral(session, id)
    rules.check_move(now_of(session, id).state, rules.SENT)
    day = on or today(session)
    rules.check_day(day, made.made_on, today(session), "a referral")
    _send(session, made, day, own_provision_reason)


def _send(session: Session, made: Referral, day: date, own_provision_reason: str | None) -> None:
    person, to = _person(session, made.participant_id), _partner(session, made.partner_id)
    rules.check_consent(participant_queries.consent(session, person.id))
    if not participant_queries.was_told(session, person.id, day):
        warn(session, NOT_TOLD)
    is_own = queries.is_own(session, to.id, made.lot_id, day)
    options = queries.outside_options(session, made.lot_id, made.kind_of_help, day) if is_own else []
    reason = rules.check_own_provision(is_own, to.name, own_provision_reason or made.own_provision_reason, rules.outside_step(options))
    if made.own_provision_reason != reason:
        made.own_provision_reason = reason
    if is_own:
        made.options_shown = rules.kept_text(options)
    if made.reply_code is None:
        made.reply_code = new_code(session)
    append(session, made.id, rules.SENT, day)


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
    append(session, made.id, rules.SENT, day)
    return made.id


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
    referral = kept_referral(session, id)
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


def _person(session: Session, id: UUID | None) -> Participant:
    found = session.get(Participant, id) if id is not None else None
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


def _only_lot(session: Session, partner: Partner) -> UUID:
    """The one lot that can be meant. Refusal where there are several."""
    names = programme.lot_names(session)
    meant = [id for id, name in names.items() if name in partner.lots] or list(names)
    if len(meant) != 1:
        raise Refusal(f"{partner.name} works in more than one lot.", "Say which lot this person belongs to.")
    return meant[0]
