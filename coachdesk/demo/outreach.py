"""Outreach in the sample: partners and places, sessions and series, the closing of March 2020, registers on paper, people turned away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from coachdesk.demo import story
from coachdesk.demo.plan import LAST_DAY, LOCKDOWN, Draw, LotFacts, in_force
from coachdesk.outreach import actions as outreach_actions
from coachdesk.outreach import queries as outreach_queries
from coachdesk.outreach import rules as outreach_rules
from coachdesk.partner import actions as partner_actions
from coachdesk.programme import actions as programme_actions

SAMPLE_DAY = date(2020, 7, 15)
COUNTED_ON = date(2019, 6, 30)
REOPENED, LATER = date(2020, 6, 15), date(2020, 7, 6)
NOT_COUNTED = "E05011183"             # one ward without a resident count, so that it can be seen what is missing
PEOPLE_AT_A_POSTCODE = 38
LIBRARY, FOOD_BANK, CHURCH, CENTRE = range(4)
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
    latest: tuple[UUID, date] | None = None          # the session at which people were met last
    made: dict[str, UUID] = field(default_factory=dict)          # employers, vacancies, a college, by name


def furnish(at: At, scene: Scene, draw: Draw) -> None:
    """Partners, places, resident counts, sessions, series, and what closed in March 2020."""
    begin = scene.facts.spans[0][0]
    at(begin, scene.name, "Add partners and venues", lambda session: _partners(session, scene, draw))
    if in_force(scene.facts.spans, date(2019, 10, 7)):
        at(date(2019, 10, 7), scene.name, "Enter resident counts", lambda session: _residents(session, scene))
    day = begin + timedelta(days=3)
    while day <= LAST_DAY:
        if in_force(scene.facts.spans, day) and day.weekday() < 5 and (day < LOCKDOWN or day >= REOPENED):
            kinds = story.SESSIONS if day < LOCKDOWN else [each for each in story.SESSIONS if each[1] in _open_on(day)]
            at(day, scene.name, "Outreach session", _session(scene, draw.random.choice(kinds), day, draw))
        day += timedelta(days=draw.random.choice((9, 14, 16, 21)))
    _series(at, scene, draw)
    _closing(at, scene)


def _open_on(day: date) -> tuple[int, ...]:
    return (CHURCH, FOOD_BANK) if day >= LATER else (CHURCH,)


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
                    is_own_premises=venue in story.OWN_PREMISES,
                )
            )


def _residents(session: Any, scene: Scene) -> None:
    for code, postcodes in scene.facts.wards:
        if code != NOT_COUNTED:
            programme_actions.add_ward_count(
                session,
                ward_code=code,
                residents=postcodes * PEOPLE_AT_A_POSTCODE,
                as_of=COUNTED_ON,
                source="invented for the sample",
            )


def _session(scene: Scene, kind: tuple[str, int, str, str], day: date, draw: Draw) -> Deed:
    def deed(session: Any) -> None:
        what, venue, begins, ends = kind
        met = outreach_actions.open_session(
            session,
            venue=scene.venues[venue],
            kind=what,
            starts_at=begins,
            ends_at=ends,
            hosts=[str(scene.partners[venue])] if draw.random.random() < 0.4 else None,
        )
        _meet(session, scene, met, day, draw)

    return deed


def _meet(session: Any, scene: Scene, met: UUID, day: date, draw: Draw) -> None:
    """Who came: people counted, people turned away, and some written down by name."""
    for _ in range(draw.random.randint(1, 4)):
        topics = [draw.random.choice(outreach_rules.TOPICS)]
        outreach_actions.tally(session, session_id=met, topics=topics, count=draw.random.randint(1, 3))
    outreach_actions.tally(session, session_id=met, what=outreach_rules.LEAFLET, count=draw.random.randint(3, 25))
    if draw.random.random() < 0.45:
        outreach_actions.turn_away(
            session,
            session_id=met,
            need=draw.random.choice(story.TURNED_AWAY_FOR),
            postcode=draw.random.choice(scene.facts.elsewhere) if draw.random.random() < 0.85 else None,
            count=draw.random.choice((1, 1, 2, 3)),
        )
    for _ in range(draw.random.randint(0, 3)):
        _contact(session, scene, met, day, draw)
    scene.latest = (met, day)


def _contact(session: Any, scene: Scene, met: UUID, day: date, draw: Draw, number: int | None = None) -> None:
    follow, chance = day + timedelta(days=draw.random.randint(3, 10)), draw.random.random()
    where = scene.facts.postcodes if chance < 0.65 else scene.facts.elsewhere if chance < 0.85 else ()
    known = outreach_actions.log_contact(
        session,
        session_id=met,
        name=f"{draw.random.choice(story.GIVEN)} {draw.random.choice(story.FAMILY)}",
        phone=f"07700 900{draw.random.randint(0, 999):03d}",
        postcode=draw.random.choice(where) if where else None,
        topics=[draw.random.choice(outreach_rules.TOPICS)],
        follow_up_on=follow if draw.random.random() < 0.7 else None,
        register_number=number,
    )
    if follow < SAMPLE_DAY - timedelta(days=25):
        outreach_actions.mark_followed_up(session, known, followed_up_on=day)


def _series(at: At, scene: Scene, draw: Draw) -> None:
    """A food bank every other week until the lockdown, a coffee morning with a paper register since."""
    for first, last, kind, venue, hosts in (
        (date(2020, 1, 8), LOCKDOWN, "food bank", FOOD_BANK, (FOOD_BANK, 5)),
        (date(2020, 6, 16), LAST_DAY, "coffee morning", CHURCH, (CHURCH,)),
    ):
        if not in_force(scene.facts.spans, first):
            continue

        def plan(session: Any, first: date = first, kind: str = kind, venue: int = venue, hosts: tuple[int, ...] = hosts) -> None:
            outreach_actions.plan_series(
                session,
                venue=scene.venues[venue],
                kind=kind,
                from_day=first,
                every_weeks=2,
                starts_at="10:00",
                ends_at="12:00",
                hosts=[str(scene.partners[host]) for host in hosts],
            )

        at(first - timedelta(days=2), scene.name, "Plan a series", plan)
        days = [first + timedelta(weeks=2 * number) for number in range((last - first).days // 14 + 1)]
        for number, day in enumerate(days):
            at(day, scene.name, "Hold a session of a series", _of_series(scene, day, draw, number, on_paper=first >= REOPENED))


def _of_series(scene: Scene, day: date, draw: Draw, number: int, *, on_paper: bool) -> Deed:
    def deed(session: Any) -> None:
        planned = [
            row
            for row in outreach_queries.sessions(session, lot=scene.lot, since=day, until=day, status=outreach_rules.PLANNED)
            if row.series_id is not None
        ]
        if not planned:
            return
        met = planned[0].id
        others = [member for member, from_day, to_day in scene.facts.coaches if member != planned[0].coach_id and from_day <= day <= to_day]
        if number == 1 and others:
            outreach_actions.set_cover(session, met, covered_by=others[0])
        if not on_paper:
            _meet(session, scene, met, day, draw)
            return
        outreach_actions.print_register(session, met, rows=12)
        keyed = draw.random.randint(4, 7)
        for row in range(1, keyed + 1):
            _contact(session, scene, met, day, draw, row)
        is_newest = day + timedelta(weeks=2) > LAST_DAY         # of the newest one some rows are still to key
        outreach_actions.blank_rows(session, met, first=keyed + (3 if is_newest else 1), last=12)
        scene.latest = (met, day)

    return deed


def _closing(at: At, scene: Scene) -> None:
    """What was said of the places in 2020: closed or restricted with a reason and a review day, own premises open again first."""
    if not in_force(scene.facts.spans, LOCKDOWN):
        return
    for venue, status, reason in (
        (LIBRARY, "closed", "council buildings are closed"),
        (FOOD_BANK, "restricted", "parcels are handed over at the door, nobody comes in"),
        (CHURCH, "closed", "places of worship are closed"),
        (CENTRE, "closed", "leisure centres are closed"),
    ):

        def close(session: Any, venue: int = venue, status: str = status, reason: str = reason) -> None:
            outreach_actions.close_venue(
                session, scene.venues[venue], reason=reason, status=status, review_on=date(2020, 8, 3), becomes=outreach_rules.CANCEL
            )

        at(LOCKDOWN, scene.name, "Close a place", close)
    for on, venue in ((REOPENED - timedelta(days=3), CHURCH), (LATER, FOOD_BANK)):

        def open_again(session: Any, on: date = on, venue: int = venue) -> None:
            outreach_actions.open_venue(session, scene.venues[venue], risk_assessed_on=on, reason="risk assessed, places marked out")

        at(on, scene.name, "Open a place again", open_again)
