"""How the sample's partners are tended: touches, connectors who opened doors, trust that grew or did not, a key person who leaves.

Drawn from a seed of each lot's own, so that nothing else in the sample moves when this does.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from coachdesk.demo import story
from coachdesk.demo.directory import ADVICE
from coachdesk.demo.outreach import CENTRE, CHURCH, FOOD_BANK, LIBRARY, At, Scene
from coachdesk.demo.plan import LAST_DAY, in_force
from coachdesk.partner import actions, queries
from coachdesk.programme.rules import USUAL_TRUST
from coachdesk.store.session import actor_of

UNKNOWN, TOO_BUSINESS_LIKE, LISTENS, NOW_AND_THEN, SENDS, SHARES = USUAL_TRUST.steps
HOUSING, SURGERY = 5, 6                 # of story.PARTNERS
CLUB = -1                               # a youth club: the cold one, known by name only
LEAVES_ON = date(2020, 8, 14)
LEAVES_IN = ("Shard End", "Camp Hill")
_CADENCES = {LIBRARY: 30, FOOD_BANK: 30, CHURCH: 60, ADVICE: 60, SURGERY: 120}
_REMARKS = {
    FOOD_BANK: ("vouchers run low before the holidays", "people ask for us by name now", "they want a leaflet in Polish"),
    LIBRARY: ("the computers are booked on Mondays", "a new colleague at the desk, shown round", "agreed on posters for the job club"),
    CHURCH: ("the hall is free on Thursdays", "wary of forms; we left them at home"),
    CENTRE: ("their summer scheme needs volunteers", "could share the crèche on Tuesdays"),
}
# Whose, days after we begin, the stage, who said so, the remark, what came before it.
_TRUST = (
    (LIBRARY, 14, LISTENS, "the duty librarian", "glad of somebody who knows job search", None),
    (LIBRARY, 150, NOW_AND_THEN, "our coach", None, "the first job club on their computers"),
    (LIBRARY, 400, SHARES, "the manager", "they count our sessions as their own", "we covered the desk for them twice"),
    (FOOD_BANK, 21, TOO_BUSINESS_LIKE, "the manager", "“all you ask about is jobs”", None),
    (FOOD_BANK, 120, LISTENS, "our coach", None, "we carried parcels with them and left the forms at home"),
    (FOOD_BANK, 300, SENDS, "the manager", "they send people before we ask", "three people of theirs found work"),
    (CHURCH, 40, TOO_BUSINESS_LIKE, "the vicar", "wants to see us at coffee before anything else", None),
    (CENTRE, 60, LISTENS, "our coach", None, None),
    (CENTRE, 260, NOW_AND_THEN, "their worker", None, "the family day that we held together"),
    (CLUB, 200, UNKNOWN, "our coach", "nobody rang back", None),
)


def furnish(at: At, scene: Scene) -> None:
    """From the first weeks on; what falls into a time in which nobody leads the lot does not happen."""
    begin, own = scene.facts.spans[0][0], random.Random(f"network {scene.name}")
    club: dict[int, UUID] = {}

    def on(days: int, reason: str, deed: Callable[[Any], None]) -> None:
        day = begin + timedelta(days=days)
        if day <= LAST_DAY and in_force(scene.facts.spans, day):
            at(day, scene.name, reason, deed)

    on(8, "Who is who at the partners", lambda session: _people(session, scene, own, club))
    on(10, "Who opened doors", lambda session: _doors(session, scene, own, club, begin))
    for whose, days, stage, said_by, remark, before in _TRUST:
        on(days, "How a partner takes us", _word(scene, club, whose, stage, said_by, remark, before))
    for whose, every in ((LIBRARY, 34), (FOOD_BANK, 29), (CHURCH, 75), (CENTRE, 52), (ADVICE, 61), (HOUSING, 90), (SURGERY, 120)):
        days = own.randint(9, 30)
        while begin + timedelta(days=days) <= LAST_DAY:
            on(days, "In touch with a partner", _touch(scene, own, whose))
            days += max(7, round(every * own.uniform(0.6, 1.5)))
    if scene.name in LEAVES_IN:
        at(date(2020, 7, 1), scene.name, "A key person will leave", lambda session: _leave(session, scene))


def _name(own: random.Random) -> str:
    return f"{own.choice(story.GIVEN)} {own.choice(story.FAMILY)}"


def _people(session: Any, scene: Scene, own: random.Random, club: dict[int, UUID]) -> None:
    """A second person at two of them, key people at two, and how often each is to be tended."""
    short = scene.name.split(" &")[0]
    club[CLUB] = actions.add_partner(session, name=f"{short} Youth Club", kind="youth club", lots=[scene.name])
    actions.set_upkeep(session, club[CLUB], cadence_days=0)
    for whose, role in ((FOOD_BANK, "volunteer lead"), (CENTRE, "youth worker")):
        actions.add_contact(session, partner=scene.partners[whose], name=_name(own), role=role)
    for whose, days in _CADENCES.items():
        actions.set_upkeep(session, scene.partners[whose], cadence_days=days)
    for whose in (LIBRARY, FOOD_BANK):
        actions.set_key(session, _manager(session, scene, whose), is_key=True)


def _doors(session: Any, scene: Scene, own: random.Random, club: dict[int, UUID], begin: date) -> None:
    """A councillor and an imam, each known well by the coach who met them; a head teacher who could help with the youth club."""
    me = actor_of(session)
    councillor = actions.add_connector(session, name=_name(own), role="councillor", known_by=me, note="knows every street of the ward")
    imam = actions.add_connector(session, name=_name(own), role="imam")
    head = actions.add_connector(session, name=_name(own), role="head teacher", note="met at the councillor’s open hour")
    at_bank = _manager(session, scene, FOOD_BANK)
    actions.add_introduction(session, partner=scene.partners[FOOD_BANK], by_connector=councillor, contact=at_bank,
                             on_day=begin + timedelta(days=6), told_by="our coach", remark="came along to the first meeting")
    actions.add_introduction(session, partner=scene.partners[CHURCH], by_connector=imam, on_day=begin + timedelta(days=9))
    actions.add_introduction(session, partner=scene.partners[CENTRE], by_contact=at_bank, on_day=begin + timedelta(days=10))
    actions.add_introduction(session, partner=club[CLUB], by_connector=head, remark="the club leader teaches there")
    actions.add_introduction(session, partner=club[CLUB], by_contact=at_bank, remark="they refer to each other")


def _word(scene: Scene, club: dict[int, UUID], whose: int, stage: str, said_by: str, remark: str | None, before: str | None,
          ) -> Callable[[Any], None]:
    def deed(session: Any) -> None:
        of = club[CLUB] if whose == CLUB else scene.partners[whose]
        actions.set_trust(session, of, stage=stage, said_by=said_by, remark=remark, preceded_by=before)

    return deed


def _touch(scene: Scene, own: random.Random, whose: int) -> Callable[[Any], None]:
    how, named, remark = own.choice(("call", "visit", "e-mail", "meeting")), own.random() < 0.5, own.choice(_REMARKS.get(whose, (None,)))

    def deed(session: Any) -> None:
        people = [str(_manager(session, scene, whose))] if named else None
        actions.log_touch(session, partner=scene.partners[whose], how=how, contacts=people, remark=remark)

    return deed


def _leave(session: Any, scene: Scene) -> None:
    actions.leave(session, _manager(session, scene, LIBRARY), on_day=LEAVES_ON)


def _manager(session: Any, scene: Scene, whose: int) -> UUID:
    return next(row.id for row in queries.contacts(session, partner=scene.partners[whose]) if row.role == "manager")
