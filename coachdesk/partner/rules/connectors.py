"""Who opens doors: the warm path to a cold organisation, and relationships that rest on one person. Plain graphs, no store.

Whoever introduced us to somebody knows them, and is known by them; whoever belongs to an organisation can speak for it. A person who has
left is on no path and holds nothing.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.programme.rules import TrustScale

COLD_RATIO = 2.0            # twice the cadence without real contact


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at an organisation, or a connector of none. is_warm: we know them well; has_left: no longer there."""

    id: UUID
    name: str
    partner: UUID | None
    is_warm: bool = False
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """An introduction: by whom, to which organisation, to whom there. is_made: it happened; else they only could."""

    by: UUID
    partner: UUID
    person: UUID | None = None
    is_made: bool = True


@dataclass(frozen=True, slots=True)
class Path:
    """From somebody we know well to an organisation: people and organisations on the way, the organisation last. steps: how many asks."""

    ids: tuple[UUID, ...]

    @property
    def steps(self) -> int:
        """How often somebody has to ask somebody."""
        return len(self.ids) - 1


class Map:
    """People, organisations and introductions as one graph, asked for many organisations."""

    def __init__(self, partners: Mapping[UUID, str], people: Iterable[Person], doors: Iterable[Door]) -> None:
        """`partners`: every organisation's name; names decide between ways that are equally long."""
        self._people = {each.id: each for each in people}
        self._names = {**partners, **{each.id: each.name for each in self._people.values()}}
        self._doors = list(doors)
        self._links: dict[UUID, set[UUID]] = defaultdict(set)
        for person in self._people.values():
            if person.partner is not None:
                self._link(person.id, person.partner)
        for door in self._doors:
            self._link(door.by, door.partner if door.person is None else door.person)

    def _link(self, one: UUID, other: UUID) -> None:
        if self._is_there(one) and self._is_there(other):
            self._links[one].add(other)
            self._links[other].add(one)

    def _is_there(self, id: UUID) -> bool:
        person = self._people.get(id)
        return id in self._names and (person is None or not person.has_left)

    def paths(self) -> dict[UUID, Path]:
        """The warm path to every organisation that has one: the fewest steps, then by name. One search from all whom we know well."""
        warm = [each.id for each in self._people.values() if each.is_warm and not each.has_left]
        came: dict[UUID, UUID | None] = dict.fromkeys(sorted(warm, key=self._order))
        waiting = deque(came)
        while waiting:
            here = waiting.popleft()
            for there in sorted(self._links[here], key=self._order):
                if there not in came:
                    came[there] = here
                    waiting.append(there)
        return {id: self._back(came, id) for id in came if id not in self._people}

    def _order(self, id: UUID) -> tuple[str, bytes]:
        return self._names.get(id, "").casefold(), id.bytes

    @staticmethod
    def _back(came: Mapping[UUID, UUID | None], id: UUID) -> Path:
        found, here = [id], came[id]
        while here is not None:
            found.append(here)
            here = came[here]
        return Path(tuple(reversed(found)))

    def holders(self) -> dict[UUID, frozenset[UUID]]:
        """Who holds each relationship: whoever is there still, and whoever introduced us to it and has not left."""
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for person in self._people.values():
            if person.partner is not None and not person.has_left:
                found[person.partner].add(person.id)
        for door in self._doors:
            if door.is_made and self._is_there(door.by):
                found[door.partner].add(door.by)
        return {partner: frozenset(people) for partner, people in found.items()}

    def rests_on(self, person: UUID) -> list[UUID]:
        """Organisations whose relationship with us only this person holds, by name."""
        return sorted((partner for partner, people in self.holders().items() if people == {person}), key=self._order)

    def names(self, ids: Iterable[UUID]) -> tuple[str, ...]:
        """Names, in the same order."""
        return tuple(self._names.get(id, "") for id in ids)


def is_cold(stage: str | None, ratio: float | None, scale: TrustScale) -> bool:
    """Whether an organisation is cold: it holds us off or does not know us, or nobody was in touch for twice its cadence, or ever.

    One for which no upkeep is wanted (ratio None) is cold by its stage only.
    """
    return scale.is_cold(stage) or (ratio is not None and ratio >= COLD_RATIO)


def check_introduction(by: Collection[UUID | None], to: UUID | None) -> None:
    """Refusal unless exactly one person introduces, and not to themselves."""
    named = [each for each in by if each is not None]
    if len(named) != 1:
        raise Refusal("One person introduces: somebody at an organisation, or a connector.",
                      "Choose one of the two. Nothing was changed.")
    if to is not None and to in named:
        raise Refusal("Nobody introduces us to themselves.", "Choose the other one. Nothing was changed.")


def check_introduction_day(on_day: date, today: date) -> None:
    """Refusal for an introduction on a day to come."""
    if on_day > today:
        raise Refusal(f"{day_text(on_day)} is still to come, so nobody was introduced on it.",
                      "Leave the day empty until it has come to pass. Nothing was changed.")
