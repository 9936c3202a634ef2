"""Everything that happened with one person, from every room, newest first."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity.record import Appointment, Intervention, Job
from coachdesk.casework import timeline_history
from coachdesk.casework.events import Event
from coachdesk.outreach.record import Contact
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Consent, FollowUp, MetAt, Notice, Participant, Verdict
from coachdesk.partner.record import Partner, Venue
from coachdesk.programme import queries as programme_queries
from coachdesk.referral.record import Referral, Step


def timeline(session: Session, participant: UUID) -> list[Event]:
    """Every event of a person under all of their records, newest first; within a day what was written last comes first."""
    members = programme_queries.member_names(session)
    events: list[Event] = []
    for record in participant_queries.records(session, participant):
        events += [*_joining(session, record, members), *_help(session, record, members), *_referrals(session, record, members)]
        events += timeline_history.events(session, record, members)
    return sorted(events, key=lambda event: (event.on, event.id.bytes), reverse=True)


def _joining(session: Session, known: UUID, members: dict[UUID, str]) -> list[Event]:
    found = []
    met = (
        sa.select(Contact.id, OutreachSession.held_on, OutreachSession.kind, Venue.name, OutreachSession.coach_id)
        .select_from(MetAt)
        .join(Contact, Contact.id == MetAt.contact_id)
        .join(OutreachSession, OutreachSession.id == Contact.session_id)
        .join(Venue, Venue.id == OutreachSession.venue_id)
    )
    for each in session.execute(met.where(MetAt.participant_id == known)):
        found.append(Event(each[0], each[1], "outreach.contact", "Met", f"{each[2]}, {each[3]}", members.get(each[4], "")))
    person = session.execute(sa.select(Participant.registered_on, Participant.coach_id).where(Participant.id == known)).first()
    if person:
        found.append(Event(known, person[0], "participant", "Registered", "", members.get(person[1], "")))
    for verdict in session.execute(sa.select(Verdict).where(Verdict.participant_id == known)).scalars():
        found.append(
            Event(
                verdict.id,
                verdict.decided_on,
                "participant.verdict",
                verdict.verdict.capitalize(),
                verdict.sentence,
                members.get(verdict.decided_by, ""),
            )
        )
    for notice in session.execute(sa.select(Notice).where(Notice.participant_id == known)).scalars():
        found.append(
            Event(
                notice.id,
                notice.given_on,
                "participant.notice",
                "Privacy notice given",
                f"{notice.version}, {notice.how}, {notice.language}",
                "",
            )
        )
    for consent in session.execute(sa.select(Consent).where(Consent.participant_id == known)).scalars():
        found.append(
            Event(consent.id, consent.said_on, "participant.consent", f"Consent {consent.answer}", f"{consent.matter}, {consent.how}", "")
        )
    for task in session.execute(sa.select(FollowUp).where(FollowUp.participant_id == known)).scalars():
        state = "done" if task.done_on else "to do"
        found.append(
            Event(
                task.id,
                task.done_on or task.due_on,
                "participant.follow_up",
                f"Follow-up {state}",
                task.what,
                members.get(task.coach_id, ""),
            )
        )
    return found


def _help(session: Session, known: UUID, members: dict[UUID, str]) -> list[Event]:
    found = []
    for each in session.execute(sa.select(Intervention).where(Intervention.participant_id == known)).scalars():
        said = "meaningful" if each.is_meaningful else f"not meaningful: {each.why or 'no reason given'}"
        found.append(
            Event(
                each.id,
                each.happened_on,
                "activity.intervention",
                each.kind,
                f"{each.minutes} minutes, {each.mode}; {said}",
                members.get(each.coach_id, ""),
            )
        )
    for job in session.execute(sa.select(Job).where(Job.participant_id == known)).scalars():
        found.append(
            Event(
                job.id,
                job.started_on,
                "activity.job",
                "Started a job",
                f"{job.title}, {job.employer}, {job.hours_a_week} hours a week",
                members.get(job.coach_id, ""),
            )
        )
    for meeting in session.execute(sa.select(Appointment).where(Appointment.participant_id == known)).scalars():
        where = ", ".join(part for part in (meeting.at, meeting.place) if part)
        found.append(
            Event(
                meeting.id,
                meeting.due_on,
                "activity.appointment",
                f"Appointment: {meeting.outcome}",
                where,
                members.get(meeting.coach_id, ""),
            )
        )
    return found


def _referrals(session: Session, known: UUID, members: dict[UUID, str]) -> list[Event]:
    found = []
    chosen = sa.select(Referral, Partner.name).join(Partner, Partner.id == Referral.partner_id).where(Referral.participant_id == known)
    for referral, partner in session.execute(chosen):
        way = "Referred to" if referral.direction == "out" else "Referred by"
        found.append(
            Event(referral.id, referral.made_on, "referral", f"{way} {partner}", referral.need, members.get(referral.coach_id, ""))
        )
        for step in session.execute(sa.select(Step).where(Step.referral_id == referral.id)).scalars():
            if step.status != "sent":
                found.append(
                    Event(
                        referral.id,
                        step.on_day,
                        "referral",
                        f"Referral {step.status}",
                        "; ".join(part for part in (partner, step.said_by, step.reason) if part),
                        "",
                    )
                )
    return found


__all__ = ["Event", "timeline"]
