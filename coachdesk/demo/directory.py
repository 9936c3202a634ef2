"""What the sample's partners offer, what was agreed with them, and whose own money comes to an end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from coachdesk.demo.outreach import CENTRE, FOOD_BANK, LIBRARY, At, Scene
from coachdesk.demo.plan import LOCKDOWN, in_force
from coachdesk.partner import actions

ADVICE = 4                              # of story.PARTNERS
CHECKED_ON = date(2020, 6, 22)
RENEWED_UNTIL = date(2021, 3, 31)
# Lots in which an end is near on the sample's day.
ROOM_ENDS = {"Washwood Heath": date(2020, 9, 30)}
MONEY_ENDS = {"Shard End": (date(2020, 9, 30), "a grant for food over two years"), "Camp Hill": (date(2020, 10, 9), "a lottery grant")}
# Whose, its name, what it is for whom, languages, days, from, to; whether it went on when everything else closed.
_SERVICES = (
    (LIBRARY, "Computers and job search", "Anybody with a library card", ("English",), ("Mon", "Wed"), "10:00", "12:30", False),
    (FOOD_BANK, "Food parcels", "With a voucher of a partner", ("English", "Polish"), ("Tue", "Fri"), "10:00", "12:00", True),
    (CENTRE, "English for beginners", "Adults who live near", ("English", "Urdu", "Bengali"), ("Thu",), "13:00", "15:00", False),
    (ADVICE, "Debt advice by appointment", "Anybody in debt", ("English", "Urdu"), ("Mon", "Tue", "Wed", "Thu", "Fri"), "09:30", "16:30",
     True),
)


def furnish(at: At, scene: Scene) -> None:
    """Services a week after the partners, agreements a month after; what closed in March 2020, and the check of June."""
    begin, made = scene.facts.spans[0][0], list[tuple[UUID, bool]]()
    at(begin + timedelta(days=7), scene.name, "Write down what partners offer", lambda session: _offer(session, scene, made))
    at(begin + timedelta(days=30), scene.name, "Write down what was agreed", lambda session: _agree(session, scene))
    if in_force(scene.facts.spans, LOCKDOWN):
        at(LOCKDOWN, scene.name, "Services that closed", lambda session: _close(session, made))
    if in_force(scene.facts.spans, CHECKED_ON):
        at(CHECKED_ON, scene.name, "Check what is open", lambda session: _check(session, made))


def _offer(session: Any, scene: Scene, made: list[tuple[UUID, bool]]) -> None:
    for whose, name, whom, languages, days, opens, closes, goes_on in _SERVICES:
        service = actions.add_service(session, partner=scene.partners[whose], name=name, eligibility=whom, languages=list(languages),
                                      fees="free")
        actions.add_opening(session, service=service, days=list(days), opens_at=opens, closes_at=closes, freq="week", every=1)
        if whose < len(scene.venues):
            actions.add_service_place(session, service=service, venue=scene.venues[whose])
        made.append((service, goes_on))


def _agree(session: Any, scene: Scene) -> None:
    begin = scene.facts.spans[0][0]
    actions.add_agreement(session, partner=scene.partners[LIBRARY], what="A desk in the library on Mondays and Wednesdays", from_day=begin,
                          ends_on=ROOM_ENDS.get(scene.name, RENEWED_UNTIL))
    actions.add_agreement(session, partner=scene.partners[ADVICE], what="People with debts come to them first, and back with a plan",
                          from_day=begin)
    if scene.name in MONEY_ENDS:
        ends_on, what = MONEY_ENDS[scene.name]
        actions.change_partner(session, scene.partners[FOOD_BANK], funding_ends_on=ends_on, funding_note=what)


def _close(session: Any, made: list[tuple[UUID, bool]]) -> None:
    for service, goes_on in made:
        if not goes_on:
            actions.change_service(session, service, status="temporarily closed", alert="Closed since March 2020; ring before you go")


def _check(session: Any, made: list[tuple[UUID, bool]]) -> None:
    for service, goes_on in made:
        if goes_on:
            actions.check_service(session, service)
