"""What the sample's network can give and lacks, and how unevenly its councils were asked and gave."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from coachdesk.demo.outreach import CENTRE, LIBRARY, At, Scene
from coachdesk.demo.plan import LAST_DAY, in_force
from coachdesk.partner import actions
from coachdesk.programme import queries as programme

ADVICE, HOUSING, SURGERY = 4, 5, 6      # of story.PARTNERS
_LEARNING = ["English, maths & ESOL", "vocational training"]
_COACHING = ["CV & job search", "interview", "confidence & networks", "progression"]
# Lots whose lead provider holds the Adult Education Budget itself; elsewhere a college does, or nobody.
OWN_ADULT_EDUCATION = ("Shard End", "Glascote")
COLLEGE = {"Camp Hill": date(2020, 9, 30), "Chelmsley Wood": date(2021, 7, 31), "Binley & Willenhall": date(2021, 7, 31)}
HOUSING_HELP = ("Chelmsley Wood", "Binley & Willenhall", "Camp Hill")
# Days after the beginning; for what, what exactly, lawful basis; what came, after so many days, in words, pence, hours.
_Ask = tuple[int, str, str, str | None, str | None, int, str | None, int | None, int | None]
_ROOM: _Ask = (20, "venue", "The neighbourhood office on Thursday mornings", None, "given", 9, "without charge", 120_000, None)
_PAPER: _Ask = (34, "publicity", "A page in the council’s own paper", None, "given", 21, "half a page, twice", 45_000, None)
_BROKER: _Ask = (48, "brokering", "An introduction to the housing trust", None, "given", 6, "met together at the trust", None, 3)
_FAIR: _Ask = (130, "networking opportunities", "A table at the jobs fair", None, "partly given", 12, "a shared table", None, 5)
_TENANTS: _Ask = (75, "information on possible participants", "Letters to tenants who are out of work, sent by the council", "public task",
                  "given", 28, "they send the letters themselves; we see no names", None, 8)
_NAMES: _Ask = (60, "information on possible participants", "Names of tenants who are out of work", "consent", "declined", 40,
                "no consent was asked for; they offer to send letters", None, None)
_HALL: _Ask = (26, "venue", "The community room on Tuesdays", None, "declined", 30, "booked by others", None, None)
_SILENT: _Ask = (90, "publicity", "A line in the letter on council tax", None, "no answer", 45, None, None, None)
_OPEN: _Ask = (610, "venue", "The one-stop shop, once it opens again", None, None, 0, None, None, None)
ASKED: dict[str, tuple[_Ask, ...]] = {
    "Shard End": (_ROOM, _PAPER, _BROKER, _FAIR, _TENANTS, _OPEN),
    "Camp Hill": (_HALL, _NAMES, _SILENT, _BROKER, _FAIR),
    "Binley & Willenhall": (_ROOM, _PAPER, _TENANTS),
    "Chelmsley Wood": (_ROOM, _BROKER, _FAIR, _PAPER, _TENANTS, _HALL),
    "Washwood Heath": (_HALL, _NAMES, _SILENT, (150, "brokering", "An introduction to the youth service", None, "no answer", 60, None, None,
                                                None), (200, "venue", "A desk in the leisure centre", None, "declined", 20, "no room", None,
                                                        None)),
    "Cannock North": (_SILENT, _HALL),
}


def furnish(at: At, scene: Scene) -> None:
    """Contracts six weeks after the beginning; requests to the council and their answers over the two years."""
    begin = scene.facts.spans[0][0]
    at(begin + timedelta(days=42), scene.name, "Write down who holds what", lambda session: _hold(session, scene))
    for ask in ASKED.get(scene.name, ()):
        day = begin + timedelta(days=ask[0])
        if day <= LAST_DAY and in_force(scene.facts.spans, day):
            _plan(at, scene, ask, day)


def _hold(session: Any, scene: Scene) -> None:
    begin, own = scene.facts.spans[0][0], programme.own_bodies(session, scene.lot, scene.facts.spans[0][0] + timedelta(days=42))
    actions.add_capability(session, body=own[0], funding="Connecting Communities", kinds=_COACHING, lots=[scene.name], from_day=begin)
    if scene.name in OWN_ADULT_EDUCATION:
        actions.add_capability(session, body=own[0], funding="Adult Education Budget", kinds=_LEARNING, lots=[scene.name], places=40,
                               amount_pence=6_000_000, ends_on=date(2021, 7, 31), source="funding agreement")
    if scene.name in COLLEGE:
        college = actions.add_partner(session, name=f"{scene.name.split(' &')[0]} College", kind="college or training provider",
                                      lots=[scene.name])
        scene.made["college"] = college
        actions.add_capability(session, partner=college, funding="Adult Education Budget", kinds=_LEARNING, lots=[scene.name], places=24,
                               ends_on=COLLEGE[scene.name], source="told by telephone")
    actions.add_capability(session, partner=scene.partners[LIBRARY], funding="council grant", kinds=["digital skills & kit"],
                           lots=[scene.name], source="their yearly report")
    actions.add_capability(session, partner=scene.partners[ADVICE], funding="Money and Pensions Service", kinds=["money & debt"],
                           lots=[scene.name], ends_on=date(2021, 3, 31))
    actions.add_capability(session, partner=scene.partners[CENTRE], funding="own reserves", kinds=["volunteering"], lots=[scene.name])
    if scene.name in HOUSING_HELP:
        actions.add_capability(session, partner=scene.partners[HOUSING], funding="housing association funds", kinds=["housing"],
                               lots=[scene.name])
    if scene.name != "Cannock North":
        actions.add_capability(session, partner=scene.partners[SURGERY], funding="NHS social prescribing", kinds=["health & wellbeing"],
                               lots=[scene.name])


def _plan(at: At, scene: Scene, ask: _Ask, day: date) -> None:
    _days, kind, what, basis, answer, after, note, pence, hours = ask
    made: list[Any] = []

    def put(session: Any) -> None:
        made.append(actions.ask_council(session, lot=scene.lot, kind=kind, what=what, lawful_basis=basis))

    def told(session: Any) -> None:
        if made:
            actions.answer_ask(session, made[0], answer=answer or "", answer_note=note, value_pence=pence, value_hours=hours)

    at(day, scene.name, "Ask a council", put)
    later = day + timedelta(days=after)
    if answer is not None and later <= LAST_DAY and in_force(scene.facts.spans, later):
        at(later, scene.name, "Note what came of a request to a council", told)
