"""When what happens in the sample: a list of deeds by day, drawn from a seed, before anything is written."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from coachdesk.demo import story

FIRST_DAY, LAST_DAY = date(2018, 10, 8), date(2020, 7, 14)
LOCKDOWN = date(2020, 3, 24)
# In these lots spring 2020 brought more people than before, so that their own claim outdoes the floor; in the others fewer.
BUSY_IN_SPRING = ("Camp Hill", "Glascote", "Binley & Willenhall")
PROMISED_IN_MAY = ("Shard End", "Washwood Heath", "Camp Hill")
STARTS_IN_MAY = 4
WEIGHTS = {"Washwood Heath": 5, "Shard End": 4, "Binley & Willenhall": 3, "Chelmsley Wood": 3}
Deed = Callable[[Any], None]


@dataclass
class Day:
    """What happens on one day in one lot, in order."""

    on: date
    lot: str
    deeds: list[tuple[str, Deed]] = field(default_factory=list)


@dataclass
class Person:
    """An invented participant, before anybody has met them."""

    name: str
    ni_number: str
    born_on: date
    postcode: str | None
    situation: str
    connection: str | None
    phone: str
    weeks_out_of_work: int
    benefit: str
    known_as: Any = None  # the id, once registered


@dataclass
class LotFacts:
    """What the plan needs to know of a lot: its postcodes, its neighbours' postcodes, the spans in which somebody leads it.

    wards: code and number of postcodes; coaches: who, from when to when.
    """

    name: str
    postcodes: list[str]
    elsewhere: list[str]
    spans: list[tuple[date, date]]
    connections: tuple[str, ...]
    wards: tuple[tuple[str, int], ...] = ()
    coaches: tuple[tuple[UUID, date, date], ...] = ()


class Draw:
    """The seed's draws."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._numbers = 0
        self._names: set[str] = set()

    def person(self, lot: LotFacts, *, sure: bool = False) -> Person:
        """A new person; sure: one who lives in the ward."""
        chance = self.random.random()
        situation, connection, postcode = "address", None, self.random.choice(lot.postcodes)
        if not sure and chance < 0.06:
            postcode = self.random.choice(lot.elsewhere)
        elif not sure and chance < 0.12:
            postcode, connection = self.random.choice(lot.elsewhere), self.random.choice(lot.connections)
        elif not sure and chance < 0.15:
            situation = self.random.choice(("no fixed abode", "refuge"))
            connection = self.random.choice(lot.connections) if situation == "no fixed abode" else None
        self._numbers += 1
        name = f"{self.random.choice(story.GIVEN)} {self.random.choice(story.FAMILY)}"
        while name in self._names:
            name = f"{self.random.choice(story.GIVEN)} {self.random.choice(story.FAMILY)}-{self.random.choice(story.FAMILY)}"
        self._names.add(name)
        weeks = self.random.choice((0, 0, 6, 14, 30, 60, 80, 110, 150, 210))
        return Person(
            name,
            f"QQ{self._numbers * 37 % 1_000_000:06d}{self.random.choice('ABCD')}",
            date(self.random.randint(1958, 2001), self.random.randint(1, 12), self.random.randint(1, 28)),
            postcode if situation == "address" else None,
            situation,
            connection,
            f"07700 900{self._numbers % 1000:03d}",
            weeks,
            self.random.choice(story.BENEFITS[:3]) if weeks else "none",
        )

    def working_day(self, first: date, last: date) -> date:
        """A Monday to Friday between two days."""
        day = first + timedelta(days=self.random.randint(0, max((last - first).days, 0)))
        return day - timedelta(days=max(day.weekday() - 4, 0))

    def registration(self, lot: LotFacts) -> date:
        """When somebody comes: evenly over the lot's spans, but spring 2020 as the lot had it."""
        while True:
            first, last = self.random.choices(lot.spans, [(end - begin).days + 1 for begin, end in lot.spans])[0]
            day = self.working_day(first, last)
            keep = 1.0 if day < LOCKDOWN else 1.0 if lot.name in BUSY_IN_SPRING else 0.3
            if day >= first and self.random.random() < keep:
                return day


def shares(lots: list[str], people: int) -> dict[str, int]:
    """How many people each lot has, by weight; together as many as asked for, or one a lot where fewer were asked for."""
    weights = {name: WEIGHTS.get(name, 2) for name in lots}
    total = sum(weights.values())
    found = {name: max(1, people * weight // total) for name, weight in weights.items()}
    for name in sorted(lots, key=lambda each: (-(people * weights[each] % total), each)):
        if sum(found.values()) < people:
            found[name] += 1
    return found


def following(draw: Draw, registered: date) -> Iterator[tuple[date, str]]:
    """The course of one person after registration: (day, what), what being help, reminder or job."""
    day = registered + timedelta(days=draw.random.choice((0, 0, 1, 3, 6, 9)))
    for step in range(draw.random.choice((1, 2, 3, 3, 4, 4, 5, 6))):
        yield draw.working_day(day, day), "help"
        if draw.random.random() < 0.15:
            yield day + timedelta(days=2), "reminder"
        day += timedelta(days=draw.random.randint(9, 30 if step < 2 else 60))
    if draw.random.random() < 0.3:
        yield draw.working_day(day, day + timedelta(days=60)), "job"


def in_force(spans: list[tuple[date, date]], day: date) -> bool:
    """Whether somebody led the lot on that day."""
    return any(first <= day <= last for first, last in spans)
