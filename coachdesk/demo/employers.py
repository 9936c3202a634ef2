"""Employers of the sample: vacancies passed on early, candidates found from the caseload, and how far each of them came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from coachdesk.activity import actions as activity
from coachdesk.activity import queries as activity_queries
from coachdesk.demo.outreach import At, Scene
from coachdesk.demo.plan import in_force
from coachdesk.errors import Refusal
from coachdesk.participant import actions as participant
from coachdesk.participant.rules import TO_EMPLOYER
from coachdesk.partner import actions

# Lot, employer, title, told on, advertised on (None: never), closes on, places, hours, pence an hour, what it asks for; and how far each
# candidate came, the ways of those found in their order.
_END, _NO = "withdrew", "not hired"
_ALL_THE_WAY = ("told", "applied", "interview", "offered", "hired")
BATCHES: tuple[dict[str, Any], ...] = (
    {"lot": "Binley & Willenhall", "employer": "Sowe Parcels", "title": "Warehouse operative", "told": date(2020, 2, 3),
     "advertised": date(2020, 2, 10), "closes": date(2020, 2, 21), "places": 4, "hours": 30, "pay": 930, "postcode": "CV3 2SB",
     "asks": {"times": ["early mornings"], "english": "everyday English", "contract": "permanent"},
     "ways": (_ALL_THE_WAY, ("told", "applied", "interview", _NO), _ALL_THE_WAY, ("told", "applied", _NO), ("told", _END), ("told",))},
    {"lot": "Camp Hill", "employer": "Weddington Care Homes", "title": "Care assistant", "told": date(2020, 1, 13), "advertised": None,
     "closes": date(2020, 2, 7), "places": 3, "hours": 24, "pay": 872, "postcode": "CV10 0HJ",
     "asks": {"times": ["changing shifts", "weekends"], "english": "good spoken English", "contract": "permanent"},
     "ways": (_ALL_THE_WAY, ("told", "applied", "interview", _NO), ("told", "applied", _NO), ("told", _END))},
    {"lot": "Chelmsley Wood", "employer": "Meriden School Meals", "title": "Kitchen assistant", "told": date(2020, 1, 27),
     "advertised": date(2020, 1, 31), "closes": date(2020, 2, 14), "places": 2, "hours": 16, "pay": 890, "postcode": "B37 5TX",
     "asks": {"times": ["school hours"], "contract": "permanent"},
     "ways": (_ALL_THE_WAY, ("told", "applied", "interview", _NO), ("told",))},
    {"lot": "Shard End", "employer": "Kingsbury Parcels", "title": "Delivery sorter", "told": date(2020, 7, 6),
     "advertised": date(2020, 7, 20), "closes": date(2020, 7, 31), "places": 6, "hours": 25, "pay": 950, "postcode": "B34 7AA",
     "asks": {"times": ["early mornings", "weekends"], "needs_digital": False, "contract": "fixed term"},
     "ways": (("told", "applied"), ("told",), ("told", _END), ())},
    {"lot": "Camp Hill", "employer": "Weddington Care Homes", "title": "Laundry assistant", "told": date(2020, 7, 8), "advertised": None,
     "closes": date(2020, 7, 24), "places": 1, "hours": 20, "pay": 872, "postcode": "CV10 0HJ", "asks": {"times": ["school hours"]},
     "ways": (("told",), ())},
)
_TRAINED = ("told", "booked", "started", "finished")
COURSE: dict[str, Any] = {
    "lot": "Binley & Willenhall", "title": "Warehouse skills in two weeks", "starts": date(2020, 2, 10), "ends": date(2020, 2, 21),
    "places": 8, "ways": (_TRAINED, _TRAINED, ("told", "booked", _END), ("told", "not taken up"))}
_REASONS = {_NO: "somebody with more experience was taken", "not taken up": "could not come in the mornings",
            _END: "found something nearer"}


def furnish(at: At, scene: Scene) -> None:
    """The vacancies of a lot, and a training for one of them."""
    for batch in BATCHES:
        if batch["lot"] == scene.name and in_force(scene.facts.spans, batch["told"]):
            _vacancy(at, scene, batch)
    if COURSE["lot"] == scene.name:
        _course(at, scene)


def _vacancy(at: At, scene: Scene, batch: dict[str, Any]) -> None:
    people: dict[int, UUID] = {}

    def pass_on(session: Any) -> None:
        known = scene.made.get(batch["employer"])
        if known is None:
            known = scene.made[batch["employer"]] = actions.add_partner(session, name=batch["employer"], kind="employer", lots=[scene.name])
        job = scene.made[batch["title"]] = actions.add_vacancy(
            session, partner=known, title=batch["title"], advertised_on=batch["advertised"], closes_on=batch["closes"],
            places=batch["places"], hours_a_week=batch["hours"], pay_pence_an_hour=batch["pay"], postcode=batch["postcode"],
            lots=[scene.name], **batch["asks"])
        people.update(_find(session, len(batch["ways"]), job, vacancy=job))

    at(batch["told"], scene.name, "Pass a vacancy on", pass_on)
    _walk(at, scene, batch["told"], batch["ways"], people)


def _course(at: At, scene: Scene) -> None:
    people: dict[int, UUID] = {}
    on: date = COURSE["starts"] - timedelta(days=6)
    ways = COURSE["ways"]

    def offer(session: Any) -> None:
        job = scene.made["Warehouse operative"]
        course = actions.add_training(session, partner=scene.made["college"], vacancy=job, title=COURSE["title"], lots=[scene.name],
                                      starts_on=COURSE["starts"], ends_on=COURSE["ends"], places=COURSE["places"])
        wanted = [row.participant_id for row in activity_queries.candidates(session, vacancy=job)][: len(ways)]
        for at_place, person in enumerate(wanted):
            people[at_place] = activity.find_candidate(session, participant=person, training=course, why="is put forward for the vacancy")

    at(on, scene.name, "Pass a training on", offer)
    _walk(at, scene, on, ways, people, every=5)


def _find(session: Any, most: int, job: UUID, **of: Any) -> dict[int, UUID]:
    """The first of the short list; all but one of them may be named to the employer."""
    found = {}
    for place, row in enumerate(activity_queries.likely_candidates(session, job, most=most)):
        participant.record_consent(session, row.id, matter=TO_EMPLOYER, answer="refused" if place == 3 else "given")
        found[place] = activity.find_candidate(session, participant=row.id, why=row.fit.sentence, **of)
    return found


def _walk(at: At, scene: Scene, on: date, ways: Any, people: dict[int, UUID], every: int = 4) -> None:
    for place, way in enumerate(ways):
        for step, stage in enumerate(way):
            day = on + timedelta(days=1 + every * step)
            if in_force(scene.facts.spans, day):
                at(day, scene.name, "Note a step of a candidate", _step(people, place, stage, day))


def _step(people: dict[int, UUID], place: int, stage: str, day: date) -> Callable[[Any], None]:
    def deed(session: Any) -> None:
        who = people.get(place)
        if who is None:                                     # a smaller sample found fewer
            return
        try:
            activity.move_candidate(session, who, stage=stage, reason=_REASONS.get(stage), is_name_sent=stage == "applied" and place != 3)
        except Refusal:                                     # in a small sample the one before may be missing
            return
        if stage == "hired":
            activity.record_hired_job(session, who, started_on=day, proof="offer letter seen")

    return deed
