"""A desk for the rooms' tests: a real encrypted store with two lots and a team of three, on 12 May 2020, with the editions that ship."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from coachdesk.clock import FixedDay
from coachdesk.place.editions import Shelf
from coachdesk.programme import actions as programme
from coachdesk.programme import queries as programme_queries
from coachdesk.programme import rules as programme_rules
from coachdesk.settings import resources
from coachdesk.store import keys, opening
from coachdesk.store.ids import new_id
from coachdesk.store.session import Store

T = TypeVar("T")
TODAY = date(2020, 5, 12)
LOTS = ("Shard End", "Camp Hill")
SHARD_END, CAMP_HILL, ELSEWHERE, NOWHERE = "B34 7AA", "CV10 0HJ", "B37 5TX", "ZE1 0AA"


@dataclass
class RoomDesk:
    """An open store, its owner (a lead), and the two lots by name."""

    store: Store
    owner: UUID
    coach: UUID
    lots: dict[str, UUID]

    def act(self, action: Callable[[Session], T], *, reason: str = "test", who: UUID | None = None) -> T:
        """One action in one transaction, by the owner unless another is named; answers what the action answered."""
        result: T = self.store.act(who or self.owner, reason, action).result
        return result

    def see(self, query: Callable[[Session], T]) -> T:
        """One reading."""
        with self.store.read() as session:
            return query(session)

    @property
    def shard_end(self) -> UUID:
        return self.lots["Shard End"]

    @property
    def camp_hill(self) -> UUID:
        return self.lots["Camp Hill"]


def small_programme() -> programme_rules.Programme:
    """Two lots of the template that ships, each with one ward pair of the 2021 edition; a lead, a coach and a reader."""
    template = resources() / "programmes" / "connecting-communities.toml"
    whole = programme_rules.read_programme(template.read_text(encoding="utf-8"), template.name)
    begin = date(2018, 10, 1)
    body = whole.bodies[0]
    people = tuple(programme_rules.Member(name, role, body.name, LOTS, begin)
                   for name, role in (("Olive Owner", "lead"), ("Carl Coach", "coach"), ("Rita Reader", "reader")))
    lots = tuple(lot for lot in whole.lots if lot.name in LOTS)
    named = {tenure.body for lot in lots for tenure in lot.tenures} | {body.name}
    return replace(whole, bodies=tuple(each for each in whole.bodies if each.name in named), lots=lots, members=people)


@pytest.fixture(scope="session")
def shelf() -> Iterator[Shelf]:
    """The editions that ship with the desk."""
    made = Shelf(resources() / "editions")
    yield made
    made.close()


@pytest.fixture(scope="session")
def desk_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, UUID]:
    """A furnished store to copy: its folder, its key, its owner."""
    folder, owner = tmp_path_factory.mktemp("desk"), new_id()

    def furnish(store: Store) -> None:
        store.act(owner, "begin", lambda session: programme.begin_programme(session, small_programme(), owner, "Olive Owner"))

    store, _ = opening.make_store(folder / "desk.coachdesk", "four plain words here", "Olive Owner", FixedDay(TODAY), furnish=furnish,
                                  cost=keys.Cost(1, 8192))
    store.close()
    return folder, store.key, owner


@pytest.fixture
def desk(desk_template: tuple[Path, bytes, UUID], shelf: Shelf, tmp_path: Path) -> Iterator[RoomDesk]:
    """A desk of this test's own."""
    folder, key, owner = desk_template
    shutil.copytree(folder, tmp_path / "desk")
    store = opening.open_store(tmp_path / "desk" / "desk.coachdesk", key, FixedDay(TODAY))
    store.world["shelf"] = shelf
    with store.read() as session:
        lots: dict[str, Any] = {name: known for known, name in programme_queries.lot_names(session).items()}
        coach = next(row.id for row in programme_queries.members(session) if row.role == "coach")
    yield RoomDesk(store, owner, coach, lots)
    store.close()
