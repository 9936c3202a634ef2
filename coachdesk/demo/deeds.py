"""The deeds of the sample about people, each one an action of a room, from registration to what is still to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from coachdesk.activity import actions as activity_actions
from coachdesk.activity import rules as activity_rules
from coachdesk.demo import story
from coachdesk.demo.outreach import Scene
from coachdesk.demo.plan import FIRST_DAY, LOCKDOWN, Draw, Person
from coachdesk.outreach import actions as outreach_actions
from coachdesk.participant import actions as participant_actions
from coachdesk.referral import actions as referral_actions

SAMPLE_DAY = date(2020, 7, 15)
MET_WITHIN = 21          # days between the session and the registration
Deed = Callable[[Any], None]
At = Callable[[date, str, str, Deed], None]


def register(scene: Scene, person: Person, day: date, draw: Draw) -> Deed:
    """A registration, with notice and consent."""

    def deed(session: Any) -> None:
        working = person.weeks_out_of_work == 0
        contact = _met_before(session, scene, person, day, draw)
        person.known_as = participant_actions.register(
            session,
            contact=contact,
            name=person.name,
            lot=scene.lot,
            postcode=person.postcode,
            situation=person.situation,
            born_on=person.born_on,
            ni_number=person.ni_number,
            is_sample=True,
            phone=person.phone,
            preferred_contact=draw.random.choice(("phone", "text")),
            is_safe_to_call=True,
            is_safe_to_leave_message=draw.random.random() < 0.7,
            heard_through="food bank" if draw.random.random() < 0.3 else "friend or family",
            weeks_out_of_work=person.weeks_out_of_work,
            benefit=person.benefit,
            hours_a_week=12 if working else 0,
            pay_pence_an_hour=872 if working else None,
            connection=person.connection,
            notice_version="2018-10",
            notice_how="paper",
            consent_partners="given" if draw.random.random() < 0.85 else "refused",
        )
        if person.connection is None and draw.random.random() < 0.2 and scene.partners:
            came = referral_actions.receive_referral(
                session, partner=draw.random.choice(scene.partners), participant=person.known_as, need="help to find work"
            )
            if draw.random.random() < 0.9 or day < date(2020, 6, 15):
                referral_actions.accept(session, came)

    return deed


def _met_before(session: Any, scene: Scene, person: Person, day: date, draw: Draw) -> UUID | None:
    """The line of somebody who was met at one of our sessions shortly before; None for those who came another way."""
    if scene.latest is None or (day - scene.latest[1]).days > MET_WITHIN or person.postcode is None or draw.random.random() > 0.55:
        return None
    return outreach_actions.log_contact(
        session, session_id=scene.latest[0], name=person.name, phone=person.phone, postcode=person.postcode, topics=["CV and job search"]
    )


def step(person: Person, what: str, day: date, draw: Draw) -> tuple[str, Deed]:
    """(reason, deed) of help, a reminder or a job."""
    if what == "job":
        return "Record a job", _job(person, day, draw)
    kind, minutes = draw.random.choice(activity_rules.KINDS), draw.random.choice((25, 30, 40, 45, 60, 75))
    mode = "face to face" if day < LOCKDOWN else draw.random.choice(("phone", "phone", "online"))

    def deed(session: Any) -> None:
        if person.known_as is None:
            return
        if what == "reminder":
            activity_actions.log_intervention(
                session, participant=person.known_as, minutes=5, mode="text", kind=kind, is_meaningful=False, why="reminder text only"
            )
        else:
            activity_actions.log_intervention(
                session,
                participant=person.known_as,
                minutes=minutes,
                mode=mode,
                kind=kind,
                is_meaningful=True,
                why="help toward a goal of the action plan",
            )

    return "Log help given", deed


def _job(person: Person, day: date, draw: Draw) -> Deed:
    def deed(session: Any) -> None:
        if person.known_as is not None:
            employer, title = draw.random.choice(story.EMPLOYERS)
            activity_actions.record_job(
                session,
                participant=person.known_as,
                started_on=day,
                employer=employer,
                title=title,
                hours_a_week=draw.random.choice((16, 20, 24, 30, 37)),
                pay_pence_an_hour=draw.random.choice((872, 890, 920, 1000)),
                contract="permanent",
                proof="payslip seen",
            )

    return deed


def loose_ends(at: At, scene: Scene, person: Person, last: date, draw: Draw) -> None:
    """Appointments kept and missed, what is still to do, and referrals out, some of them unanswered."""
    chance = draw.random.random()
    if chance < 0.35:
        at(last, scene.name, "Book an appointment", _appointment(person, last, draw))
    if last > date(2020, 4, 1) and chance < 0.6:
        at(max(last, FIRST_DAY), scene.name, "Plan a follow-up", _follow_up(person, last, draw))
    if 0.6 < chance < 0.85:
        at(last, scene.name, "Send a referral", _referral(scene, person, last, draw))


def _appointment(person: Person, last: date, draw: Draw) -> Deed:
    def deed(session: Any) -> None:
        if person.known_as is None:
            return
        due = last if last < date(2020, 6, 20) else SAMPLE_DAY + timedelta(days=draw.random.randint(0, 12))
        made = activity_actions.book_appointment(
            session,
            participant=person.known_as,
            due_on=due,
            at=draw.random.choice(("10:00", "11:30", "14:00")),
            place="by phone" if due >= LOCKDOWN else "library",
        )
        if due <= last:
            (activity_actions.miss if draw.random.random() < 0.25 else activity_actions.attend)(session, made)

    return deed


def _follow_up(person: Person, last: date, draw: Draw) -> Deed:
    def deed(session: Any) -> None:
        if person.known_as is not None:
            due = max(last + timedelta(days=1), SAMPLE_DAY + timedelta(days=draw.random.randint(-9, 14)))
            participant_actions.add_follow_up(session, participant=person.known_as, due_on=due, what=draw.random.choice(story.TO_DO))

    return deed


def _referral(scene: Scene, person: Person, last: date, draw: Draw) -> Deed:
    def deed(session: Any) -> None:
        from coachdesk.errors import Refusal

        if person.known_as is None or not scene.partners:
            return
        try:
            sent = referral_actions.send_referral(
                session, participant=person.known_as, partner=draw.random.choice(scene.partners), need=draw.random.choice(story.NEEDS)
            )
        except Refusal:  # no consent to talk to partners: the desk says so, and the coach lets it be
            return
        answer = draw.random.random()
        if last < date(2020, 6, 15) and answer < 0.7:
            referral_actions.accept(session, sent)
            if answer < 0.4:
                referral_actions.complete(session, sent, was_helped=True, reason="plan agreed")
        elif last < date(2020, 6, 15) and answer < 0.85:
            referral_actions.decline(session, sent, said_by="provider", reason="no places until autumn")
        elif last < date(2020, 6, 15):
            referral_actions.withdraw(session, sent, reason="found help elsewhere")

    return deed
