"""The sample's action plans, training, volunteering, readings, and what happened in jobs: by draws of their own, so that the rest stays.

Each person's course is drawn from their own name: what is written here changes no other figure of the sample.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from coachdesk.activity import actions, queries
from coachdesk.demo.plan import Person
from coachdesk.errors import Refusal

Deed = Callable[[Any], None]
At = Callable[[date, str, str, Deed], None]
_NEEDS = {
    "CV & job search": ("a CV that I can send", "write down the last three jobs"),
    "interview": ("to practise what to say about the gap", "a mock interview"),
    "digital skills & kit": ("to fill in forms on my phone", "the Tuesday drop-in at the library"),
    "English, maths & ESOL": ("to write a letter without help", "an assessment at the college"),
    "vocational training": ("the card for building sites", "book the test"),
    "volunteering": ("something to get out of the house for", "meet the food bank’s organiser"),
    "caring & childcare": ("somebody for the boys after school", "ask the school about its club"),
    "travel": ("the bus pass, it is two buses to anywhere", "fill in the form"),
    "confidence & networks": ("to be among people again", "the coffee morning"),
    "money & debt": ("to stop the letters", "see the money adviser"),
}
_NOT = ("the hours clash with school", "no bus at that time", "wants to wait until autumn", "went with a friend’s help instead")
_COURSES = (("Food hygiene level 2", "the college", "level 2 award"), ("ESOL entry 3", "the college", "entry 3"),
            ("Forklift refresher", "a training company", "licence"), ("Digital basics", "the library", None))
_ROLES = (("sorts donations", "the food bank"), ("helps at the till", "a charity shop"), ("reads with children", "the primary school"))


def follow(at: At, lot: str, person: Person, registered: date, last: date, until: date) -> None:
    """Most people have a plan from about their first week; at the last contact it is looked at again."""
    dice = random.Random(f"plan of {person.name}")
    if dice.random() > 0.6:
        return
    at(registered, lot, "Agree an action plan", _agree(dice, person, until))
    if last > registered + timedelta(days=20):
        at(last, lot, "Look at the action plan", _look_again(dice, person, last, until))


def _agree(dice: random.Random, person: Person, until: date) -> Deed:
    kinds = dice.sample(sorted(_NEEDS), dice.choice((1, 2, 2, 3, 4)))
    answers = [dice.randint(1, 7) for _ in range(4)]
    review, who = dice.choice((None, None, dice.randint(-6, 40))), [dice.choice(("participant", "coach", "both", "partner")) for _ in kinds]
    is_read = dice.random() < 0.5

    def deed(session: Any) -> None:
        if person.known_as is None:
            return
        for kind, by in zip(kinds, who, strict=True):
            need, step = _NEEDS[kind]
            actions.add_plan_item(session, participant=person.known_as, kind=kind, need=need, step=step, by_whom=by,
                                  review_on=until + timedelta(days=review) if review is not None else None)
        if is_read:
            codes = ("satisfied", "worthwhile", "happy", "anxious")
            actions.record_reading(session, participant=person.known_as,
                                   answers=[f"{code}={number}" for code, number in zip(codes, answers, strict=True)])

    return deed


def _look_again(dice: random.Random, person: Person, last: date, until: date) -> Deed:
    marks = [dice.random() for _ in range(6)]
    gains, course, role = [dice.randint(-1, 3) for _ in range(4)], dice.choice(_COURSES), dice.choice(_ROLES)
    is_read, refused = dice.random() < 0.85, dice.choice(_NOT)

    def deed(session: Any) -> None:
        if person.known_as is None:
            return
        for row, mark in zip(queries.plan_items(session, participant=person.known_as), marks, strict=False):
            if mark < 0.35:
                actions.finish(session, row.id)
            elif mark < 0.55:
                actions.not_taken_up(session, row.id, reason=refused)
            elif mark < 0.8 and row.kind == "volunteering":
                actions.record_volunteering(session, participant=person.known_as, role=role[0], place=role[1], from_day=last,
                                            hours_a_week=4, plan=row.id)
            elif mark < 0.8 and row.kind in ("vocational training", "digital skills & kit", "English, maths & ESOL"):
                actions.record_training(session, participant=person.known_as, course=course[0], provider=course[1],
                                        qualification=course[2], from_day=last, plan=row.id)
            elif mark < 0.8:
                actions.take_up(session, row.id)
        before = queries.readings(session, participant=person.known_as)
        if is_read and before and before[-1].read_on < last:
            answers = [f"{code}={min(10, max(0, number + (-gain if code == 'anxious' else gain)))}"
                       for (code, number), gain in zip(before[-1].numbers.items(), gains, strict=True)]
            actions.record_reading(session, participant=person.known_as, answers=answers)
        _in_job(session, person, last, until)

    return deed


def _in_job(session: Any, person: Person, last: date, until: date) -> None:
    """More hours, a time away in spring 2020, a first month's pay: for some of those who have a job."""
    dice = random.Random(f"job of {person.name}")
    for job in queries.jobs(session, participant=person.known_as)[:1]:
        try:
            if dice.random() < 0.5 and job.started_on < last:
                actions.record_earnings(session, job=job.id, month=f"{job.started_on:%Y-%m}", proof="payslip seen",
                                        pence=(job.pay_pence_an_hour or 872) * job.hours_a_week * dice.choice((2, 3, 4)))
            if dice.random() < 0.3 and job.hours_a_week < 30:
                actions.change_in_job(session, job=job.id, from_day=last, hours_a_week=job.hours_a_week + 8, proof="payslip seen")
            elif dice.random() < 0.3 and last > date(2020, 3, 23):
                actions.begin_break(session, job=job.id, from_day=max(job.started_on, last - timedelta(days=5)), reason="place closed")
        except Refusal:             # a day that does not fit this job: the desk says so, and the coach lets it be
            return
