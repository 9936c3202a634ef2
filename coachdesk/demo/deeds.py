"""The deeds of the sample, each one an action of a room, from the first partner to what is still to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from coachdesk.activity import actions as activity_actions
from coachdesk.activity import rules as activity_rules
from coachdesk.demo import story
from coachdesk.demo.plan import FIRST_DAY, LAST_DAY, LOCKDOWN, Draw, LotFacts, Person, in_force
from coachdesk.outreach import actions as outreach_actions
from coachdesk.outreach import rules as outreach_rules
from coachdesk.participant import actions as participant_actions
from coachdesk.partner import actions as partner_actions
from coachdesk.referral import actions as referral_actions

SAMPLE_DAY = date(2020, 7, 15)
Deed = Callable[[Any], None]
At = Callable[[date, str, str, Deed], None]


@dataclass
class Scene:
    """What has been made in one lot so far."""

    lot: UUID
    name: str
    facts: LotFacts
    partners: list[UUID] = field(default_factory=list)
    venues: list[UUID] = field(default_factory=list)
    waiting: list[tuple[UUID, str, date]] = field(default_factory=list)  # contacts not registered yet


def furnish(at: At, scene: Scene, draw: Draw) -> None:
    """Partners, venues and outreach sessions of a lot."""
    begin = scene.facts.spans[0][0]
    at(begin, scene.name, "Add partners and venues", lambda session: _partners(session, scene, draw))
    day = begin + timedelta(days=3)
    while day <= LAST_DAY:
        if in_force(scene.facts.spans, day) and day.weekday() < 5 and (day < LOCKDOWN or day > date(2020, 6, 14)):
            kind = draw.random.choice(story.SESSIONS)
            at(day, scene.name, "Outreach session", _session(scene, kind, day, draw))
        day += timedelta(days=draw.random.choice((9, 14, 16, 21)))


def _partners(session: Any, scene: Scene, draw: Draw) -> None:
    short = scene.name.split(" &")[0]
    for shape, kind, venue in story.PARTNERS:
        name = shape.format(place=short)
        partner = partner_actions.add_partner(session, name=name, kind=kind, lots=[scene.name])
        scene.partners.append(partner)
        person = f"{draw.random.choice(story.GIVEN)} {draw.random.choice(story.FAMILY)}"
        partner_actions.add_contact(
            session, partner=partner, name=person, role="manager", phone=f"0121 496 0{draw.random.randint(0, 999):03d}"
        )
        if venue:
            scene.venues.append(
                partner_actions.add_venue(
                    session,
                    partner=partner,
                    lot=scene.lot,
                    name=name if venue == "Library" else f"{short} {venue.lower()}",
                    postcode=draw.random.choice(scene.facts.postcodes),
                )
            )


def _session(scene: Scene, kind: tuple[str, int, str, str], day: date, draw: Draw) -> Deed:
    def deed(session: Any) -> None:
        what, venue, begins, ends = kind
        met = outreach_actions.open_session(
            session, venue=scene.venues[venue % len(scene.venues)], kind=what, starts_at=begins, ends_at=ends
        )
        for _ in range(draw.random.randint(2, 9)):
            outreach_actions.tally(session, session_id=met, topics=[draw.random.choice(outreach_rules.TOPICS)])
        outreach_actions.tally(session, session_id=met, what=outreach_rules.LEAFLET, count=draw.random.randint(3, 25))
        if draw.random.random() < 0.3:
            outreach_actions.tally(session, session_id=met, what=outreach_rules.TURNED_AWAY)
        for _ in range(draw.random.randint(0, 2)):
            name = f"{draw.random.choice(story.GIVEN)} {draw.random.choice(story.FAMILY)}"
            follow = day + timedelta(days=draw.random.randint(3, 10))
            known = outreach_actions.log_contact(
                session,
                session_id=met,
                name=name,
                phone=f"07700 900{draw.random.randint(0, 999):03d}",
                topics=[draw.random.choice(outreach_rules.TOPICS)],
                follow_up_on=follow,
            )
            if follow < SAMPLE_DAY - timedelta(days=25):
                outreach_actions.mark_followed_up(session, known, followed_up_on=day)

    return deed


def register(scene: Scene, person: Person, day: date, draw: Draw) -> Deed:
    """A registration, with notice and consent."""

    def deed(session: Any) -> None:
        working = person.weeks_out_of_work == 0
        person.known_as = participant_actions.register(
            session,
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
