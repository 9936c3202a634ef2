"""Laptops for the tests of sync: real encrypted stores with cheap keys, and a real folder in which they meet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

import coachdesk.activity.record
import coachdesk.claim.record
import coachdesk.participant.record
import coachdesk.referral.record  # noqa: F401  every room's tables
from coachdesk.outreach.record import Contact, Session
from coachdesk.partner.record import Venue
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.store import keys, opening
from coachdesk.store.session import Store
from coachdesk.sync import joining, publish, shelf, team
from coachdesk.sync.folder import Folder
from coachdesk.sync.turn import Report, turn

PASSPHRASE = "correct horse battery"
CHEAP = keys.Cost(1, 8192)
LOT, VENUE = UUID("01712b3c-0000-7000-8000-000000000001"), UUID("01712b3c-0000-7000-8000-000000000002")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--claim-histories N`: how many histories of two leads and a commissioner."""
    parser.addoption("--claim-histories", type=int, default=None, help="histories of claims over sync (tests/sync/test_claims.py)")


class MovingClock:
    """A clock that a test moves; each look takes a millisecond."""

    def __init__(self) -> None:
        self.at = datetime(2020, 5, 12, 12, tzinfo=UTC)

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def today(self) -> date:
        return self.at.date()

    def forward(self, **span: int) -> None:
        self.at += timedelta(**span)


class Laptop:
    """A store on a laptop, and what its coach does with it."""

    def __init__(self, store: Store, folder: Path, clock: MovingClock) -> None:
        self.store, self.folder, self.clock = store, Folder(folder, sleep=lambda _: None), clock

    @property
    def dev(self) -> str:
        return self.store.desk.device.hex()

    def sync(self) -> Report:
        return turn(self.store, self.folder)

    def close_only(self) -> None:
        """Closes what was written into a segment and puts it nowhere yet."""
        with shelf.reading(self.store) as connection:
            ring = shelf.ring(connection)
        for _ in publish.close(self.store, ring):
            pass

    def hold(self, kind: str = "food bank") -> UUID:
        """An outreach session."""
        made = Session(venue_id=VENUE, lot_id=LOT, coach_id=self.store.desk.owner, kind=kind, held_on=date(2020, 5, 12))
        with self.store.change(self.store.desk.owner, "Opened a session") as session:
            session.add(made)
        return made.id

    def meet(self, held: UUID, name: str = "Amina Begum") -> UUID:
        made = Contact(session_id=held, name=name, met_at=self.clock.now())
        with self.store.change(self.store.desk.owner, "Logged a contact") as session:
            session.add(made)
        return made.id

    def rename(self, contact: UUID, name: str) -> None:
        with self.store.change(self.store.desk.owner, "Corrected a name") as session:
            found = session.get(Contact, contact)
            assert found is not None
            found.name = name

    def name_of(self, contact: UUID) -> str | None:
        with self.store.read() as session:
            found = session.get(Contact, contact)
            return found.name if found else None

    def has_session(self, held: UUID) -> bool:
        with self.store.read() as session:
            return session.get(Session, held) is not None

    def digest(self) -> str:
        """The store's digest; its tables are what its log says."""
        told = self.store.check()
        assert told.digest == told.replay_digest and told.integrity == "ok", told
        return str(told.digest)

    def reopened(self) -> None:
        """Closes the store and opens it again, as on the next morning."""
        path, key = self.store.path, self.store.key
        self.store.close()
        self.store = opening.open_store(path, key, self.clock)


class World:
    """A lead's laptop, a shared folder, and whoever joins."""

    def __init__(self, root: Path, template: Path, key: bytes) -> None:
        self.root, self.shared, self.clock = root, root / "shared", MovingClock()
        self.shared.mkdir()
        self.laptops: list[Laptop] = []
        (root / "lead").mkdir()
        for end in ("", ".key", ".lineage"):
            shutil.copy(f"{template}{end}", root / "lead" / f"desk.coachdesk{end}")
        self.lead = self.add(opening.open_store(root / "lead" / "desk.coachdesk", key, self.clock))
        self.code = ""

    def add(self, store: Store) -> Laptop:
        self.laptops.append(Laptop(store, self.shared, self.clock))
        return self.laptops[-1]

    def founded(self) -> Laptop:
        self.code = team.create(self.lead.store, self.lead.folder)
        self.lead.sync()
        return self.lead

    def joins(self, name: str, role: str = "coach") -> Laptop:
        """Somebody joins and is let in; their store is full after it."""
        joined = joining.join(Folder(self.shared), self.root / name / "desk.coachdesk", PASSPHRASE, name, self.clock, cost=CHEAP)
        coach = self.add(joined.store)
        team.admit(self.lead.store, self.lead.folder, joined.words, name=name, role=role)
        self.lead.sync()
        coach.sync()
        return coach

    def settle(self, rounds: int = 3) -> None:
        """Everybody syncs, some times over."""
        for _ in range(rounds):
            for laptop in self.laptops:
                laptop.sync()

    def agree(self) -> str:
        """All laptops have the same digest, which is answered."""
        found = {laptop.digest() for laptop in self.laptops}
        assert len(found) == 1, found
        return found.pop()


def template(folder: Path, owner: str, lot: str) -> tuple[Path, bytes]:
    """(file, key) of a lead's store with one lot, the owner and one venue."""

    def furnish(store: Store) -> None:
        with store.change(store.desk.owner, "Set the desk up") as session:
            session.add(Lot(id=LOT, name=lot, aliases=[], district_code="E08000025", district_name="Birmingham"))
            session.add(TeamMember(id=store.desk.owner, name=owner, role="lead", lots=[lot], from_day=date(2020, 1, 6)))
            session.add(Venue(id=VENUE, lot_id=LOT, name="All Saints food bank"))

    store, _ = opening.make_store(folder / "desk.coachdesk", PASSPHRASE, owner, MovingClock(), furnish=furnish, cost=CHEAP)
    store.close()
    return store.path, store.key


@pytest.fixture(scope="session")
def lead_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """The lead's store, made once."""
    return template(tmp_path_factory.mktemp("lead"), "Ola", "Shard End")


@pytest.fixture(scope="session")
def other_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """The store of another team's lead."""
    return template(tmp_path_factory.mktemp("other"), "Zed", "Elsewhere")


@pytest.fixture
def world(tmp_path: Path, lead_template: tuple[Path, bytes]) -> Iterator[World]:
    """A lead's laptop and an empty shared folder."""
    made = World(tmp_path, *lead_template)
    yield made
    for laptop in made.laptops:
        laptop.store.close()
