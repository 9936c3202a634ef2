"""What may be done in the participant room: register, decide again, give a notice, record a consent, follow up, change details."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.outreach import actions as outreach_actions
from coachdesk.outreach.record import Contact
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.participant import queries, rules
from coachdesk.participant.actions.assignments import assign
from coachdesk.participant.actions.beginnings import beginnings
from coachdesk.participant.actions.meeting import met_again
from coachdesk.participant.record import Consent, FollowUp, MetAt, Notice, Participant, Verdict
from coachdesk.partner.actions import held, phone_of, postcode_typed
from coachdesk.partner.rules import email_of, name_of, note_of, one_of
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.programme.rules import BY_CONNECTION, accepted_connection, line_of
from coachdesk.programme.rules import Verdict as Judged
from coachdesk.store.doors import Door, Ref
from coachdesk.store.ids import new_id, short_reference
from coachdesk.store.session import actor_of, moment, today, warn

PersonRef = Annotated[UUID, Ref("participant", "participant")]
Coach = Annotated[UUID | None, Ref("programme.member", "coach; you when not said")]
Postcode = Annotated[str | None, "postcode"]
Situation = Annotated[str | None, "address, no fixed abode or refuge; address when not said"]
Connection = Annotated[str | None, "accepted reason for a connection to the ward"]
ConnectionNote = Annotated[str | None, "note on the connection"]
BornOn = Annotated[date | None, "date of birth"]
NiNumber = Annotated[str | None, "National Insurance number"]
Phone = Annotated[str | None, "telephone"]
Email = Annotated[str | None, "e-mail"]
PreferredContact = Annotated[str | None, "how they like to be reached"]
SafeToCall = Annotated[bool | None, "safe to call"]
SafeToLeaveMessage = Annotated[bool | None, "safe to leave a message"]
HeardThrough = Annotated[str | None, "how they heard of us"]
Weeks = Annotated[int | None, "weeks: out of work at the start (0: in work)"]
Benefit = Annotated[str | None, "benefit at the start"]
Hours = Annotated[int | None, "hours: a week at the start"]
Pay = Annotated[int | None, "pence: pay an hour at the start"]
Note = Annotated[str | None, "note"]


def register(
    session: Session, *, name: Annotated[str, "full name"], lot: Annotated[UUID, Ref("programme", "lot")], postcode: Postcode = None,
    situation: Situation = None, born_on: BornOn = None, ni_number: NiNumber = None, phone: Phone = None, email: Email = None,
    preferred_contact: PreferredContact = None, is_safe_to_call: SafeToCall = None, is_safe_to_leave_message: SafeToLeaveMessage = None,
    heard_through: HeardThrough = None, weeks_out_of_work: Weeks = None, benefit: Benefit = None, hours_a_week: Hours = None,
    pay_pence_an_hour: Pay = None, note: Note = None, connection: Connection = None, connection_note: ConnectionNote = None,
    contact: Annotated[UUID | None, Ref("outreach.contact", "outreach contact who becomes this participant")] = None,
    notice_version: Annotated[str | None, "version of the privacy notice that was given"] = None,
    notice_how: Annotated[str | None, "how it was given: paper, read aloud, e-mail"] = None,
    consent_partners: Annotated[str | None, "consent to referral to partners: given or refused"] = None, coach: Coach = None,
    registered_on: Annotated[date | None, "registered on; today when not said"] = None,
    is_known_duplicate: Annotated[bool | None, "register although somebody likely the same is known"] = None,
    is_sample: Annotated[bool | None, "sample person (QQ numbers allowed)"] = None,
) -> UUID:
    """Registers a person with the verdict on their address, the notice and the consent, in one go. Answers the person's id.

    Somebody who is not eligible can be registered; the verdict says so. Refusal: no name; an impossible date of birth, number,
    postcode, e-mail address or baseline; a connection without an accepted reason; somebody likely the same (unless known).
    """
    day, sample = registered_on or today(session), bool(is_sample)
    if day > today(session):
        raise Refusal(f"{day_text(day)} is still to come.", "Register somebody on the day itself; nothing was changed.")
    programme_queries.days(session).check_began(day)
    rules.check_baseline(weeks_out_of_work, hours_a_week, pay_pence_an_hour)
    rules.check_born(born_on, day)
    clean, number = name_of(name, "A participant"), rules.ni_number_of(ni_number, is_sample=sample)
    if not is_known_duplicate:
        _refuse_a_twin(session, clean, born_on, number, postcode, phone)
    judged = _judged(session, lot, postcode, day, connection, connection_note, situation)
    why = _reason(session, judged, connection, connection_note)
    person = Participant(
        seal_id=new_id(), reference=_reference(session), lot_id=lot, registered_on=day, name=clean, born_on=born_on, ni_number=number,
        coach_id=held(session, TeamMember, coach or actor_of(session), "member of the team").id, is_sample=sample, postcode=judged.postcode,
        situation=rules.situation_of(situation), phone=phone_of(phone), email=email_of(email), is_safe_to_call=is_safe_to_call,
        preferred_contact=rules.contact_way_of(preferred_contact), is_safe_to_leave_message=is_safe_to_leave_message,
        heard_through=rules.heard_through_of(heard_through), weeks_out_of_work=weeks_out_of_work, benefit=rules.benefit_of(benefit),
        hours_a_week=hours_a_week, pay_pence_an_hour=pay_pence_an_hour, note=note_of(note))
    person.seal_id = _adopted(session, person, contact, day) if contact else person.id
    session.add_all([person, _verdict(session, person, judged, why), *beginnings(session, person)])
    if notice_version or notice_how:
        give_notice(session, person.id, version=notice_version or "", how=notice_how, given_on=day)
    if consent_partners:
        record_consent(session, person.id, answer=consent_partners, matter=rules.TO_PARTNERS, said_on=day)
    return person.id


def register_contact(session: Session, contact_id: UUID, **fields: Any) -> UUID:
    """An outreach contact becomes a participant: register() with what the contact's line holds, where fields (register's own) do not say.

    Refusals as in register; also when that contact was registered before.
    """
    contact = held(session, Contact, contact_id, "contact")
    met = held(session, OutreachSession, contact.session_id, "session")
    known: dict[str, Any] = {"name": contact.name, "phone": contact.phone, "postcode": contact.postcode, "lot": met.lot_id,
                             "coach": met.coach_id, "heard_through": "food bank" if met.kind == "food bank" else "outreach event"}
    return register(session, **{**known, **{name: value for name, value in fields.items() if value is not None}, "contact": contact_id})


def _adopted(session: Session, person: Participant, contact: UUID, day: date) -> UUID:
    """Links the contact and closes its follow-up; answers the small key that the person adopts."""
    found = held(session, Contact, contact, "contact")
    before = session.execute(sa.select(Participant.reference).join(MetAt, MetAt.participant_id == Participant.id)
                             .where(MetAt.contact_id == contact)).scalar()
    if before is not None:
        raise Refusal(f"This contact is registered already, as {before}.", "Open that participant; nothing was changed.")
    session.add(MetAt(participant_id=person.id, contact_id=contact))
    if found.follow_up_on is not None and found.followed_up_on is None:
        outreach_actions.mark_followed_up(session, contact, followed_up_on=day)
    return contact


def _refuse_a_twin(session: Session, name: str, born_on: date | None, number: str | None, postcode: str | None, phone: str | None) -> None:
    twins = [row for row in queries.likely_duplicates(session, name=name, born_on=born_on, ni_number=number, postcode=postcode, phone=phone)
             if row.is_surely]
    if twins:
        raise Refusal(f"Somebody with {twins[0].why} is registered already, as {twins[0].reference}.",
                      "Open that participant, or say that this is another person. Nothing was changed.")


def _reference(session: Session) -> str:
    while queries.is_reference(session, made := short_reference("CW")):
        pass
    return made


def _judged(session: Session, lot: UUID, postcode: str | None, day: date, connection: str | None, note: str | None,
            situation: str | None) -> Judged:
    return programme_queries.decide(session, lot=lot, postcode=postcode_typed(postcode), on=day, connection=connection or None,
                                    connection_note=line_of(note, "The note on the connection") or "",
                                    situation=rules.situation_of(situation))


def _reason(session: Session, judged: Judged, connection: str | None, note: str | None) -> str | None:
    """The accepted reason in the contract's words, with the note; never a note on a refuge."""
    if judged.verdict != BY_CONNECTION or not connection:
        return None
    accepted, said = accepted_connection(programme_queries.connections(session), connection), line_of(note, "The note") or ""
    return f"{accepted} ({said})" if said and said in judged.sentence else accepted


def _verdict(session: Session, person: Participant, judged: Judged, reason: str | None) -> Verdict:
    return Verdict(participant_id=person.id, lot_id=person.lot_id, verdict=judged.verdict, postcode=judged.postcode,
                   ward_code=judged.ward_code, ward_name=judged.ward_name, edition=judged.edition, method=judged.method,
                   decided_on=judged.on, decided_at=moment(session),
                   decided_by=actor_of(session), reason=reason, sentence=rules.kept_sentence(judged.verdict, judged.sentence))


def decide_again(
    session: Session, id: UUID, *, postcode: Annotated[str | None, "postcode; the person's own when not said"] = None,
    situation: Annotated[str | None, "address, no fixed abode or refuge; the person's own when not said"] = None,
    connection: Connection = None, connection_note: ConnectionNote = None,
    verdict: Annotated[str | None, "decided by hand: eligible by residence, eligible by connection or not eligible"] = None,
    reason: Annotated[str | None, "why it was decided so by hand"] = None,
    decided_on: Annotated[date | None, "day; today when not said"] = None,
) -> UUID:
    """Decides anew and writes a row of its own; older decisions stay as they were said. Answers the new decision's id.

    A postcode or situation that is given becomes the person's own. With `verdict` a person decides, and a reason is required.
    """
    person, day = held(session, Participant, id, "participant"), decided_on or today(session)
    if day > today(session):
        raise Refusal(f"{day_text(day)} is still to come.", "Decide on the day itself; nothing was changed.")
    programme_queries.days(session).check_possible(day)
    where = rules.situation_of(situation) if situation else rules.ADDRESS if postcode else person.situation
    judged = _judged(session, person.lot_id, postcode or person.postcode, day, connection, connection_note, where)
    why = _reason(session, judged, connection, connection_note)
    if verdict:
        judged, why = _by_hand(session, person, judged, verdict, reason)
    person.situation, person.postcode = where, judged.postcode
    made = _verdict(session, person, judged, why)
    session.add(made)
    return made.id


def _by_hand(session: Session, person: Participant, judged: Judged, verdict: str, reason: str | None) -> tuple[Judged, str]:
    said, why = one_of(rules.VERDICTS_BY_HAND, verdict, "a decision"), note_of(reason)
    if why is None:
        raise Refusal("A decision by hand needs a reason.", "Say what was seen or agreed, and with whom. Nothing was changed.")
    lot = programme_queries.lot_name(session, person.lot_id)
    sentence = f"Decided by hand on {day_text(judged.on)}: {said} for the {lot} lot."
    return Judged(judged.postcode, lot, judged.on, said, judged.ward_code, judged.ward_name, judged.edition, "by hand", sentence), why


def give_notice(session: Session, id: UUID, *, version: Annotated[str, "version of the notice"],
                how: Annotated[str | None, "how: paper, read aloud, e-mail; paper when not said"] = None,
                given_on: Annotated[date | None, "given on; today when not said"] = None,
                language: Annotated[str | None, "language; English when not said"] = None) -> UUID:
    """Notes that the privacy notice was given. Refusal without a version, or for a day to come."""
    clean = line_of(version, "The version")
    if clean is None:
        raise Refusal("A privacy notice has a version.", "Type the version that stands on the notice; nothing was changed.")
    ways = rules.NOTICE_WAYS
    made = Notice(participant_id=held(session, Participant, id, "participant").id, version=clean,
                  given_on=_past(session, given_on), how=one_of(ways, how or ways[0], "a way to give a notice", {"email": "e-mail"}),
                  language=line_of(language, "The language") or "English")
    session.add(made)
    return made.id


def record_consent(session: Session, id: UUID, *, answer: Annotated[str, "given, refused or withdrawn"],
                   matter: Annotated[str | None, "to what: referral to partners (when not said), contact with an employer"] = None,
                   how: Annotated[str | None, "how: signed, spoken, e-mail; spoken when not said"] = None,
                   said_on: Annotated[date | None, "said on; today when not said"] = None) -> UUID:
    """Notes an answer on a matter of consent; the latest counts, and a withdrawal wins its day.

    Warns of consent that was given before any privacy notice: whoever consents has to know to what.
    """
    day = _past(session, said_on)
    made = Consent(participant_id=held(session, Participant, id, "participant").id, said_on=day,
                   matter=one_of(rules.CONSENT_MATTERS, matter or rules.TO_PARTNERS, "a matter of consent"),
                   answer=one_of(rules.CONSENT_ANSWERS, answer, "an answer", {"yes": rules.GIVEN, "no": rules.REFUSED}),
                   how=one_of(rules.CONSENT_WAYS, how or "spoken", "a way to say it", {"email": "e-mail"}))
    session.add(made)
    if made.answer == rules.GIVEN and not queries.was_told(session, id, day):
        warn(session, rules.NOT_TOLD)
    return made.id


def _past(session: Session, day: date | None) -> date:
    programme_queries.days(session).check_possible(day)
    if day is not None and day > today(session):
        raise Refusal(f"{day_text(day)} is still to come.", "Say the day on which it happened; nothing was changed.")
    return day or today(session)


def add_follow_up(session: Session, *, participant: PersonRef, due_on: Annotated[date, "due on"], what: Annotated[str, "what to do"],
                  coach: Annotated[UUID | None, Ref("programme.member", "coach; the person's own when not said")] = None) -> UUID:
    """Adds something to do about a person by a day. Refusal when it does not say what."""
    person, to_do = held(session, Participant, participant, "participant"), note_of(what)
    if to_do is None or due_on is None:
        raise Refusal("A follow-up says what to do and by when.", "Type a few words and a day; nothing was changed.")
    programme_queries.days(session).check_planned(due_on)
    made = FollowUp(participant_id=person.id, due_on=due_on, what=to_do,
                    coach_id=held(session, TeamMember, coach or person.coach_id, "member of the team").id)
    session.add(made)
    return made.id


def complete_follow_up(session: Session, id: UUID, *, done_on: Annotated[date | None, "done on; today when not said"] = None) -> None:
    """Says that a follow-up is done. Refusal when it was done already, or the day is to come."""
    found = held(session, FollowUp, id, "follow-up")
    if found.done_on is not None:
        raise Refusal(f"This was done on {day_text(found.done_on)} already.",
                      "Add another follow-up if there is more to do. Nothing was changed.")
    found.done_on = _past(session, done_on)


def change_follow_up(session: Session, id: UUID, *, due_on: Annotated[date | None, "due on"] = None,
                     what: Annotated[str | None, "what to do"] = None) -> None:
    """Moves an open follow-up to another day, or says better what to do."""
    found = held(session, FollowUp, id, "follow-up")
    if found.done_on is not None:
        raise Refusal(f"This was done on {day_text(found.done_on)} already.",
                      "Add another follow-up if there is more to do. Nothing was changed.")
    programme_queries.days(session).check_planned(due_on)
    found.due_on, found.what = due_on or found.due_on, note_of(what) or found.what


def change_details(
    session: Session, id: UUID, *, name: Annotated[str | None, "full name"] = None, postcode: Postcode = None, born_on: BornOn = None,
    ni_number: NiNumber = None, phone: Phone = None, email: Email = None, preferred_contact: PreferredContact = None,
    is_safe_to_call: SafeToCall = None, is_safe_to_leave_message: SafeToLeaveMessage = None, heard_through: HeardThrough = None,
    weeks_out_of_work: Weeks = None, benefit: Benefit = None, hours_a_week: Hours = None, pay_pence_an_hour: Pay = None, note: Note = None,
    coach: Annotated[UUID | None, Ref("programme.member", "coach")] = None,
) -> None:
    """Changes a person's details. What is not given stays; an empty text clears. Refusals as in register, but for duplicates.

    A changed postcode leaves the decision as it was said (queries.participant(...).moved says so): decide_again asks for a new one.
    """
    person = held(session, Participant, id, "participant")
    rules.check_baseline(weeks_out_of_work, hours_a_week, pay_pence_an_hour)
    rules.check_born(born_on, person.registered_on)
    new: dict[str, Any] = {
        "born_on": born_on, "is_safe_to_call": is_safe_to_call, "is_safe_to_leave_message": is_safe_to_leave_message,
        "weeks_out_of_work": weeks_out_of_work, "hours_a_week": hours_a_week, "pay_pence_an_hour": pay_pence_an_hour,
        "name": name if name is None else name_of(name, "A participant")}
    if coach is not None and coach != person.coach_id:
        assign(session, id, coach=coach)
    for key, value in new.items():
        if value is not None:
            setattr(person, key, value)
    read: dict[str, Callable[[str | None], str | None]] = {
        "postcode": postcode_typed, "phone": phone_of, "email": email_of, "preferred_contact": rules.contact_way_of,
            "heard_through": rules.heard_through_of, "benefit": rules.benefit_of, "note": note_of,
            "ni_number": lambda text: rules.ni_number_of(text, is_sample=person.is_sample)}
    typed = {"postcode": postcode, "phone": phone, "email": email, "preferred_contact": preferred_contact, "heard_through": heard_through,
             "benefit": benefit, "note": note, "ni_number": ni_number}
    if typed["postcode"] and person.situation != rules.ADDRESS:
        raise Refusal(f"This person is recorded with {person.situation}, so no postcode is kept.",
                      "If they have an address now, ask for a new decision with it. Nothing was changed.")
    for key, text in typed.items():
        if text is not None:
            setattr(person, key, read[key](text))


BY_REFERENCE = {"reference": Participant.reference}
DOORS = (
    Door("", "people on the programme, with the latest decision", queries.participants, register,
         {"change": change_details, "decide again": decide_again, "give notice": give_notice, "record consent": record_consent,
          "met again": met_again},
         names=("name", "reference"), of=Participant, otherwise=("ni_number",),
         through={"lot": (Participant.lot_id, Lot.name), "coach": (Participant.coach_id, TeamMember.name)}),
    Door("verdict", "decisions on addresses; never changed", queries.verdicts, names=("reference",), person=BY_REFERENCE),
    Door("notice", "privacy notices that were given", queries.notices, names=("reference",), person=BY_REFERENCE),
    Door("consent", "consents given, refused and withdrawn", queries.consents, names=("reference",), person=BY_REFERENCE),
    Door("follow_up", "things to do about people", queries.follow_ups, add_follow_up,
         {"complete": complete_follow_up, "change": change_follow_up}, names=("what",),
         person=BY_REFERENCE | {"participant": Participant.name}),
)
