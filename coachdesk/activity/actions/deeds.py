"""What may be done in the activity room.

Nothing here knows whether a month was claimed: a later change becomes the next claim's adjustment.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries, rules
from coachdesk.activity.actions.jobs import end_job, remove_with_job, reopen_job
from coachdesk.activity.record import Appointment, Candidate, Intervention, Job, SignOff
from coachdesk.clock import day_text, last_day
from coachdesk.errors import Refusal
from coachdesk.participant.record import Participant
from coachdesk.partner.actions import held
from coachdesk.programme.queries import days, lot_name
from coachdesk.programme.record import TeamMember
from coachdesk.programme.rules import line_of, lines_of, needed_line
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import actor_of, moment, today

T = TypeVar("T", Intervention, Job, Appointment)

Person = Annotated[UUID, Ref("participant", "participant")]
Coach = Annotated[UUID | None, Ref("programme.member", "coach; you, unless said otherwise")]
Minutes = Annotated[int, "minutes: how long it took"]
Mode = Annotated[str, "face to face, phone, online or text"]
Kind = Annotated[str, "kind of help"]
Meaningful = Annotated[bool | None, "meaningful by the contract's definition; left out, the desk proposes"]
Why = Annotated[str | None, "why it is meaningful, or why not"]
ChangedWhy = Annotated[str | None, "reason for the change; asked for when its month was sent"]


def log_intervention(
    session: Session,
    *,
    participant: Person,
    minutes: Minutes,
    mode: Mode,
    kind: Kind,
    happened_on: Annotated[date | None, "day; today, unless said otherwise"] = None,
    place: Annotated[str | None, "where"] = None,
    is_meaningful: Meaningful = None,
    why: Why = None,
    note: Annotated[str | None, "note"] = None,
    coach: Coach = None,
) -> UUID:
    """Writes down one piece of help. Refusal for a day to come or before registration, odd minutes, an unknown mode or kind,
    or a decision against the desk's proposal without a reason."""
    person = _person(session, participant)
    on = happened_on or today(session)
    rules.check_day(on, today(session), person.registered_on, "help")
    rules.check_minutes(minutes)
    how = rules.chosen(mode, rules.MODES, "way of meeting")
    what, manner = rules.chosen(kind, rules.KINDS, "kind of help"), queries.manner(session, on)
    decided = rules.decide_meaningful(rules.propose_meaningful(how, minutes, manner, what), is_meaningful, why, manner)
    made = Intervention(
        participant_id=participant,
        coach_id=_coach(session, coach or actor_of(session)),
        happened_on=on,
        minutes=minutes,
        mode=how,
        kind=what,
        place=line_of(place, "The place"),
        is_meaningful=decided.is_meaningful,
        why=decided.why,
        note=lines_of(note),
        judged_by=manner.version or None,
    )
    session.add(made)
    return made.id


def change_intervention(
    session: Session,
    id: UUID,
    *,
    happened_on: Annotated[date | None, "day"] = None,
    minutes: Annotated[int | None, "minutes: how long it took"] = None,
    mode: Annotated[str | None, "face to face, phone, online or text"] = None,
    kind: Annotated[str | None, "kind of help"] = None,
    place: Annotated[str | None, "where"] = None,
    is_meaningful: Meaningful = None,
    why: Why = None,
    note: Annotated[str | None, "note"] = None,
    coach: Coach = None,
    changed_why: ChangedWhy = None,
) -> None:
    """Corrects one piece of help; what is left out stays as it is, but what the desk had judged is judged anew where day, minutes, way
    of meeting or kind change. Refusal as when logging, or when the word "meaningful" turns without a reason."""
    thing = _found(session, Intervention, id, "piece of help")
    before, word, then = _judged_on(thing), thing.is_meaningful, _proposed(thing, queries.manner_then(session, thing.judged_by))
    if happened_on is not None:
        rules.check_day(happened_on, today(session), _person(session, thing.participant_id).registered_on, "help")
        thing.happened_on = happened_on
    if minutes is not None:
        rules.check_minutes(minutes)
        thing.minutes = minutes
    if mode is not None:
        thing.mode = rules.chosen(mode, rules.MODES, "way of meeting")
    if kind is not None:
        thing.kind = rules.chosen(kind, rules.KINDS, "kind of help")
    if _judged_on(thing) != before:
        manner = queries.manner(session, thing.happened_on)
        recorded = rules.Proposal(thing.is_meaningful, thing.why or "")
        again = rules.judge_again(recorded, then, _proposed(thing, manner), manner, is_meaningful, why)
        thing.is_meaningful, thing.why, thing.judged_by = again.is_meaningful, again.why, manner.version or None
    elif is_meaningful is not None and is_meaningful != thing.is_meaningful:
        thing.why = needed_line(why, "the reason why it is " + ("" if is_meaningful else "not ") + "meaningful")
        thing.is_meaningful, thing.judged_by = is_meaningful, queries.manner(session, thing.happened_on).version or None
    elif why is not None:
        thing.why = line_of(why, "The reason")
    if (_judged_on(thing), thing.is_meaningful) != (before, word):
        rules.check_changed_why(before[0], today(session), changed_why)
    if place is not None:
        thing.place = line_of(place, "The place")
    if note is not None:
        thing.note = lines_of(note)
    thing.coach_id = _coach(session, coach) if coach else thing.coach_id
    thing.changed_why = line_of(changed_why, "The reason") or thing.changed_why


def _judged_on(thing: Intervention) -> tuple[date, int, str, str]:
    return thing.happened_on, thing.minutes, thing.mode, thing.kind


def _proposed(thing: Intervention, manner: rules.Manner) -> rules.Proposal:
    return rules.propose_meaningful(thing.mode, thing.minutes, manner, thing.kind)


def remove_intervention(session: Session, id: UUID, *, why: Annotated[str, "why it is removed"]) -> None:
    """Removes a piece of help that should not stand here; the reason stays in the log. Refusal without a reason."""
    _remove(session, _found(session, Intervention, id, "piece of help"), why)


def record_job(
    session: Session,
    *,
    participant: Person,
    started_on: Annotated[date, "first day"],
    employer: Annotated[str, "employer"],
    title: Annotated[str, "job title"],
    hours_a_week: Annotated[int, "hours: hours a week"],
    pay_pence_an_hour: Annotated[int | None, "pence: pay an hour"] = None,
    contract: Annotated[str | None, "kind of contract"] = None,
    proof: Annotated[str | None, "how it is known"] = None,
    coach: Coach = None,
) -> UUID:
    """Writes down a job that somebody started. Refusal for a day to come or before registration, odd hours or pay, no employer or title."""
    person = _person(session, participant)
    rules.check_day(started_on, today(session), person.registered_on, "a job")
    rules.check_job(hours_a_week, pay_pence_an_hour)
    made = Job(
        participant_id=participant,
        coach_id=_coach(session, coach or actor_of(session)),
        started_on=started_on,
        employer=needed_line(employer, "the employer"),
        title=needed_line(title, "the job title"),
        hours_a_week=hours_a_week,
        pay_pence_an_hour=pay_pence_an_hour,
        contract=line_of(contract, "The kind of contract"),
        proof=line_of(proof, "The proof"),
    )
    session.add(made)
    return made.id


def change_job(
    session: Session,
    id: UUID,
    *,
    started_on: Annotated[date | None, "first day"] = None,
    employer: Annotated[str | None, "employer"] = None,
    title: Annotated[str | None, "job title"] = None,
    hours_a_week: Annotated[int | None, "hours: hours a week"] = None,
    pay_pence_an_hour: Annotated[int | None, "pence: pay an hour"] = None,
    contract: Annotated[str | None, "kind of contract"] = None,
    proof: Annotated[str | None, "how it is known"] = None,
    coach: Coach = None,
    changed_why: ChangedWhy = None,
) -> None:
    """Corrects a job; what is left out stays as it is. Refusal as when recording one."""
    thing = _found(session, Job, id, "job")
    before = _paid_on(thing)
    if started_on is not None:
        rules.check_day(started_on, today(session), _person(session, thing.participant_id).registered_on, "a job")
        thing.started_on = started_on
    hours = thing.hours_a_week if hours_a_week is None else hours_a_week
    pay = thing.pay_pence_an_hour if pay_pence_an_hour is None else pay_pence_an_hour
    rules.check_job(hours, pay)
    thing.hours_a_week, thing.pay_pence_an_hour = hours, pay
    if employer is not None:
        thing.employer = needed_line(employer, "the employer")
    if title is not None:
        thing.title = needed_line(title, "the job title")
    if _paid_on(thing) != before:
        rules.check_changed_why(before[0], today(session), changed_why)
    if contract is not None:
        thing.contract = line_of(contract, "The kind of contract")
    if proof is not None:
        thing.proof = line_of(proof, "The proof")
    thing.coach_id = _coach(session, coach) if coach else thing.coach_id
    thing.changed_why = line_of(changed_why, "The reason") or thing.changed_why


def _paid_on(thing: Job) -> tuple[date, int, int | None, str]:
    return thing.started_on, thing.hours_a_week, thing.pay_pence_an_hour, thing.title


def remove_job(session: Session, id: UUID, *, why: Annotated[str, "why it is removed"]) -> None:
    """Removes a job that should not stand here; the reason stays in the log. Refusal without a reason."""
    job = _found(session, Job, id, "job")
    remove_with_job(session, id, needed_line(why, "a reason for removing it"))
    _remove(session, job, why)


def book_appointment(
    session: Session,
    *,
    participant: Person,
    due_on: Annotated[date, "day"],
    at: Annotated[str | None, "time, HH:MM"] = None,
    place: Annotated[str | None, "where"] = None,
    note: Annotated[str | None, "note"] = None,
    coach: Coach = None,
) -> UUID:
    """Books a meeting. Refusal for a time that is none."""
    _person(session, participant)
    days(session).check_planned(due_on)
    made = Appointment(
        participant_id=participant,
        coach_id=_coach(session, coach or actor_of(session)),
        due_on=due_on,
        at=rules.clock_time(at),
        place=line_of(place, "The place"),
        outcome=rules.BOOKED,
        note=lines_of(note),
    )
    session.add(made)
    return made.id


def attend(session: Session, id: UUID) -> None:
    """They came. Refusal when it was marked already, or its day has not come."""
    _close(session, id, rules.ATTENDED)


def miss(session: Session, id: UUID) -> None:
    """They did not attend. Refusal when it was marked already, or its day has not come."""
    _close(session, id, rules.MISSED)


def cancel_appointment(session: Session, id: UUID) -> None:
    """It will not take place. Refusal when it was marked already."""
    _close(session, id, rules.CANCELLED)


def rebook(
    session: Session,
    id: UUID,
    *,
    due_on: Annotated[date, "new day"],
    at: Annotated[str | None, "new time, HH:MM"] = None,
    place: Annotated[str | None, "where; as before, unless said otherwise"] = None,
) -> UUID:
    """Another day for a meeting: an open one is cancelled, a missed one stays missed; answers the new one. Refusal when they came."""
    old = _found(session, Appointment, id, "appointment")
    if old.outcome == rules.ATTENDED:
        raise Refusal("They came to this appointment, so there is nothing to rebook.", "Book a new one instead.")
    later = session.execute(sa.select(Appointment.due_on).where(Appointment.replaces_id == id)).scalar()
    if later is not None:
        raise Refusal(f"It was rebooked already, for {day_text(later)}.", "Rebook that one instead; nothing was changed.")
    days(session).check_planned(due_on)
    if old.outcome == rules.BOOKED:
        old.outcome = rules.CANCELLED
    made = Appointment(
        participant_id=old.participant_id,
        coach_id=old.coach_id,
        due_on=due_on,
        at=rules.clock_time(at) or old.at,
        place=line_of(place, "The place") or old.place,
        outcome=rules.BOOKED,
        note=old.note,
        replaces_id=old.id,
    )
    session.add(made)
    return made.id


def sign_off(session: Session, *, lot: Annotated[UUID, Ref("programme", "lot")], month: Annotated[str, "YYYY-MM: month"] | int) -> UUID:
    """The acting coach's word that their activity of a lot's month is complete, with the counts of that moment.

    Refusal for a month to come, or before the programme.
    """
    number = rules.month_number(month)
    rules.check_sign_off(number, today(session))
    days(session).check_began(last_day(number))
    lot_name(session, lot)
    helped, started = queries.counts(session, lot=lot, month=number, coach=actor_of(session))
    made = SignOff(lot_id=lot, coach_id=actor_of(session), month=number, interventions=helped, jobs=started, signed_at=moment(session))
    session.add(made)
    return made.id


def _person(session: Session, id: UUID) -> Participant:
    found = session.get(Participant, id)
    if found is None:
        raise Refusal("There is no such participant here.", "Choose the person again from the list.")
    return found


def _found(session: Session, table: type[T], id: UUID, what: str) -> T:
    found = session.get(table, id)
    if found is None:
        raise Refusal(f"This {what} is not here any more.", "Open the list again; somebody may have removed it.")
    return found


def _remove(session: Session, thing: Intervention | Job, why: str) -> None:
    proofs = queries.evidence_counts(session, [thing.id]).get(thing.id, 0)
    if proofs:
        raise Refusal(f"{'A proof' if proofs == 1 else f'{proofs} proofs'} of this {'is' if proofs == 1 else 'are'} kept here.",
                      "Remove the evidence first, with a reason; nothing was changed.")
    for candidate in session.execute(sa.select(Candidate).where(Candidate.job_id == thing.id)).scalars():
        candidate.job_id = None
    # The reason is written before the tombstone, in the same transaction: the log keeps both.
    thing.changed_why = f"removed: {needed_line(why, 'a reason for removing it')}"
    session.flush()
    session.delete(thing)


def _close(session: Session, id: UUID, outcome: str) -> None:
    thing = _found(session, Appointment, id, "appointment")
    rules.check_outcome(thing.outcome, outcome, thing.due_on, today(session))
    thing.outcome = outcome


def _coach(session: Session, id: UUID) -> UUID:
    return held(session, TeamMember, id, "member of the team").id


_PERSON = {"reference": Participant.reference, "participant": Participant.name}
DOORS = (
    Door(
        "",
        "help given",
        queries.interventions,
        log_intervention,
        {"change": change_intervention, "remove": remove_intervention},
        names=("reference", "participant"),
        of=Intervention,
        through={"participant": (Intervention.participant_id, Participant.name),
                 "reference": (Intervention.participant_id, Participant.reference)},
    ),
    Door(
        "job",
        "jobs that participants started",
        queries.jobs,
        record_job,
        {"change": change_job, "end": end_job, "reopen": reopen_job, "remove": remove_job},
        names=("reference", "participant"),
        person=_PERSON,
    ),
    Door(
        "appointment",
        "appointments",
        queries.appointments,
        book_appointment,
        {"attend": attend, "miss": miss, "cancel": cancel_appointment, "rebook": rebook},
        names=("reference", "participant"),
        person=_PERSON,
    ),
    Door("signoff", "months signed off by coaches", queries.sign_offs, sign_off, names=("month",)),
)
