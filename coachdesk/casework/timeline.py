"""Everything that happened with one person, from every room, newest first; and some of it: one kind, one stretch of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity.record import Appointment, Intervention, Job
from coachdesk.casework import timeline_history, timeline_plan
from coachdesk.casework.events import Event
from coachdesk.claim.record import Claim, Line
from coachdesk.clock import month_words
from coachdesk.outreach.record import Contact
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Consent, FollowUp, MetAt, Notice, Participant, Verdict
from coachdesk.partner.record import Partner, Venue
from coachdesk.programme import queries as programme_queries
from coachdesk.referral.record import Referral, Step

EVERYTHING = "everything"
KINDS: dict[str, tuple[str, ...]] = {
    EVERYTHING: (),
    "help": ("activity.intervention",),
    "jobs": ("activity.job", "activity.job_change", "activity.job_break", "activity.earnings"),
    "action plan": ("activity.plan",),
    "training and volunteering": ("activity.training", "activity.volunteering"),
    "distance travelled": ("activity.reading",),
    "vacancies and training": ("activity.candidate",),
    "appointments": ("activity.appointment",),
    "referrals": ("referral",),
    "follow-ups": ("participant.follow_up",),
    "decisions": ("participant.verdict",),
    "notices and consents": ("participant.notice", "participant.consent"),
    "on the programme": ("participant.spell", "participant.pause", "participant.assignment", "participant.same_as"),
    "benefits": ("participant.benefit",),
    "kit lent": ("activity.loan",),
    "claims": ("claim.line",),
    "looks at what is kept apart": ("participant.look",),
    "how they came": ("participant", "outreach.contact"),
}


def narrowed(events: Iterable[Event], kind: str = EVERYTHING, since: date | None = None, until: date | None = None) -> list[Event]:
    """The events of one kind (a word of KINDS) and of a stretch of time, both days included, in the order in which they came."""
    kinds = KINDS[kind]
    return [event for event in events if (not kinds or event.kind in kinds) and (since is None or event.on >= since)
            and (until is None or event.on <= until)]


def timeline(session: Session, participant: UUID) -> list[Event]:
    """Every event of a person under all of their records, newest first; within a day what was written last comes first."""
    members = programme_queries.member_names(session)
    events: list[Event] = []
    for record in participant_queries.records(session, participant):
        events += [*_joining(session, record, members), *_help(session, record, members), *_referrals(session, record, members),
                   *_claims(session, record)]
        events += [*timeline_history.events(session, record, members), *timeline_plan.events(session, record)]
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
    steps: dict[UUID, list[Step]] = {}
    of_theirs = sa.select(Step).join(Referral, Referral.id == Step.referral_id).where(Referral.participant_id == known)
    for step in session.execute(of_theirs.where(Step.status != "sent")).scalars():
        steps.setdefault(step.referral_id, []).append(step)
    for referral, partner in session.execute(chosen):
        way = "Referred to" if referral.direction == "out" else "Referred by"
        found.append(
            Event(referral.id, referral.made_on, "referral", f"{way} {partner}", referral.need, members.get(referral.coach_id, ""))
        )
        for step in steps.get(referral.id, ()):
            said = "; ".join(part for part in (partner, step.said_by, step.reason) if part)
            found.append(Event(referral.id, step.on_day, "referral", f"Referral {step.status}", said, ""))
    return found


def _claims(session: Session, known: UUID) -> Iterator[Event]:
    """What was claimed for somebody, on the day on which the claim was sent."""
    chosen = (sa.select(Line.id, Claim.sent_on, Line.title, Line.amount_pence, Claim.month, Line.reason)
              .join(Claim, Claim.id == Line.claim_id).where(Line.participant_id == known, Claim.sent_on.is_not(None)))
    for id, on, title, pence, month, reason in session.execute(chosen):
        sign = "-" if pence < 0 else ""
        detail = f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d} for {month_words(month)}{f'; {reason}' if reason else ''}"
        if on is not None:
            yield Event(id, on, "claim.line", f"Claimed: {title}", detail, "")


__all__ = ["EVERYTHING", "KINDS", "Event", "narrowed", "timeline"]
