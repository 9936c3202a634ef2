"""A real encrypted store for every test: made once a session with cheap keys, then copied with its key file and lineage."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

import coachdesk.activity.record
import coachdesk.claim.record
import coachdesk.participant.record
import coachdesk.referral.record  # noqa: F401  every room's tables
from coachdesk.clock import FixedDay
from coachdesk.outreach.record import Contact, Session
from coachdesk.partner.record import Venue
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.store import keys, opening
from coachdesk.store.session import Store

PASSPHRASE = "correct horse battery"
CHEAP = keys.Cost(1, 8192)
DAY = date(2020, 5, 12)
LOT, VENUE = UUID("01712b3c-0000-7000-8000-000000000001"), UUID("01712b3c-0000-7000-8000-000000000002")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--kills N`: how often a saving process is killed."""
    parser.addoption("--kills", type=int, default=6, help="SIGKILLs in the middle of saves (the full run: 1000)")


def furnish(store: Store) -> None:
    """One lot, one venue, the owner."""
    with store.change(store.desk.owner, "Set the desk up") as session:
        session.add(Lot(id=LOT, name="Shard End", aliases=["Shard-End"], district_code="E08000025", district_name="Birmingham"))
        session.add(TeamMember(id=store.desk.owner, name="Ola", role="coach", lots=["Shard End"], from_day=DAY))
        session.add(Venue(id=VENUE, lot_id=LOT, name="All Saints food bank"))


class MovingClock:
    """A clock that a test sets."""

    def __init__(self, now: datetime) -> None:
        self.at = now

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def today(self) -> date:
        return self.at.date()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, str]:
    """(store, key, recovery code) of the store that the others are copied from."""
    path = tmp_path_factory.mktemp("template") / "desk.coachdesk"
    store, code = opening.make_store(path, PASSPHRASE, "Ola", FixedDay(DAY), furnish=furnish, cost=CHEAP)
    key = store.key
    store.close()
    return path, key, code


def copied(template: tuple[Path, bytes, str], folder: Path) -> Path:
    """A copy that keeps its lineage, so the same device and incarnation."""
    for end in ("", ".key", ".lineage"):
        shutil.copy(f"{template[0]}{end}", folder / f"desk.coachdesk{end}")
    return folder / "desk.coachdesk"


@pytest.fixture
def path(template: tuple[Path, bytes, str], tmp_path: Path) -> Path:
    """A fresh store's file."""
    return copied(template, tmp_path)


@pytest.fixture
def desk(path: Path, template: tuple[Path, bytes, str]) -> Iterator[Store]:
    """A fresh open store."""
    store = opening.open_store(path, template[1], FixedDay(DAY))
    yield store
    store.close()


@pytest.fixture
def held(desk: Store) -> UUID:
    """An outreach session to hang contacts on."""
    return hold(desk)


def hold(store: Store, kind: str = "food bank") -> UUID:
    """Adds an outreach session."""
    made = Session(venue_id=VENUE, lot_id=LOT, coach_id=store.desk.owner, kind=kind, held_on=DAY)
    with store.change(store.desk.owner, "Opened a session") as session:
        session.add(made)
    return made.id


def meet(store: Store, held: UUID, name: str = "Amina Begum", **more: object) -> UUID:
    """Adds a contact in a transaction of its own."""
    made = Contact(session_id=held, name=name, met_at=store.clock.now(), **more)
    with store.change(store.desk.owner, f"Logged a contact {len(name)}") as session:
        session.add(made)
    return made.id


@pytest.fixture
def ops(desk: Store) -> Callable[[], list[dict[str, object]]]:
    """Reads the whole log as wide rows."""

    def read() -> list[dict[str, object]]:
        with desk.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.exec_driver_sql("select op_row.* from op_row order by seq")]

    return read
