"""GOALS row 6: an outreach session with 30 contacts, logged, in SQLCipher with synchronous=FULL, against raw plain SQLite without a log.

The floor has the same tables and indexes in a plain file, WAL and FULL too, and writes ready-made tuples by executemany in one
transaction. Both run in turns. The log's size is that of a store with it against the same rows in the same kind of store without it.
`python -m tests.bench.save` prints where the time of a save goes.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from uuid import UUID

from sqlalchemy.dialects import sqlite as plain_sqlite
from sqlalchemy.orm import Session as OpenSession
from sqlalchemy.schema import CreateIndex, CreateTable

import coachdesk.activity.record
import coachdesk.claim.record
import coachdesk.participant.record
import coachdesk.referral.record  # noqa: F401  every room's tables, as in the program
from coachdesk.clock import SystemClock
from coachdesk.outreach import actions
from coachdesk.outreach.record import Contact, Session
from coachdesk.partner.record import Venue
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.store import keys, kinds, opening, raw
from coachdesk.store.ids import new_id
from coachdesk.store.session import Store
from tests.bench import Row

_SAVES, _WARM = 400, 20
_DAY, _NOON = date(2020, 5, 12), datetime(2020, 5, 12, 12, tzinfo=UTC)
_NAMES = ("Amina Begum", "Gurpreet Kaur", "Siân Ó Briain", "Tomasz Wójcik", "Blessing Okonkwo", "Mohammed Iqbal Hussain")


class _Place:
    """The lot, venue and coach that every session names."""

    def __init__(self, store: Store) -> None:
        self.lot, self.venue, self.coach = new_id(), new_id(), store.desk.owner
        with store.change(self.coach, "Furnished the bench") as session:
            session.add_all(
                [
                    Lot(id=self.lot, name="Shard End", aliases=[], district_code="E08000025", district_name="Birmingham"),
                    TeamMember(id=self.coach, name="Owner", role="coach", lots=["Shard End"], from_day=_DAY),
                    Venue(id=self.venue, lot_id=self.lot, name="All Saints food bank", postcode="B34 7AG"),
                ]
            )


def _lines() -> list[dict[str, object]]:
    return [
        {
            "name": f"{_NAMES[i % 6]} {i}",
            "phone": f"07700 9{i:05d}",
            "postcode": f"B34 {i % 10}AB",
            "topics": ["ESOL", "training"][: i % 3],
            "note": "wants warehouse work near the bus route" if i % 3 == 0 else None,
            "follow_up_on": date(2020, 5, 26) if i % 2 else None,
        }
        for i in range(30)
    ]


def _records(place: _Place) -> Callable[[OpenSession], UUID]:
    def log_session(session: OpenSession) -> UUID:
        held = Session(
            venue_id=place.venue,
            lot_id=place.lot,
            coach_id=place.coach,
            kind="food bank",
            held_on=_DAY,
            starts_at="10:00",
            ends_at="12:00",
            headcount=41,
        )
        session.add(held)
        session.add_all([Contact(session_id=held.id, met_at=_NOON, **line) for line in _lines()])
        return held.id

    return log_session


def _ours(place: _Place) -> Callable[[OpenSession], UUID]:
    def log_session(session: OpenSession) -> UUID:
        held = actions.open_session(
            session, venue=place.venue, kind="food bank", held_on=_DAY, starts_at="10:00", ends_at="12:00", headcount=41
        )
        for line in _lines():
            actions.log_contact(session, session_id=held, **line)  # type: ignore[arg-type]
        return held

    return log_session


def _ready_made(place: _Place) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    held, noon, nothing = new_id().bytes, "2020-05-12T12:00:00.000000Z", "[]"
    made = [(held, place.venue.bytes, place.lot.bytes, place.coach.bytes, None, "food bank", "2020-05-12", "10:00", "12:00", 41, None)]
    words = {0: nothing, 1: '["ESOL"]', 2: '["ESOL", "training"]'}
    return made, [
        (
            new_id().bytes,
            held,
            line["name"],
            line["phone"],
            line["postcode"],
            words[len(line["topics"])],
            line["note"],  # type: ignore[arg-type]
            line["follow_up_on"] and str(line["follow_up_on"]),
            None,
            noon,
        )
        for line in _lines()
    ]


_SESSION = (
    "insert into outreach_session (id, venue_id, lot_id, coach_id, joint_partner_id, kind, held_on, starts_at, ends_at, headcount, note)"
    " values (?,?,?,?,?,?,?,?,?,?,?)"
)
_CONTACT = (
    "insert into outreach_contact (id, session_id, name, phone, postcode, topics, note, follow_up_on, followed_up_on, met_at)"
    " values (?,?,?,?,?,?,?,?,?,?)"
)


def _floor(connection: sqlite3.Connection, place: _Place) -> None:
    held, contacts = _ready_made(place)
    connection.execute("begin immediate")
    connection.executemany(_SESSION, held)
    connection.executemany(_CONTACT, contacts)
    connection.execute("commit")


def _plain(path: Path, place: _Place) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=on", "secure_delete=on", "wal_autocheckpoint=4000"):
        connection.execute(f"pragma {pragma}")
    for table in kinds.synced_tables():
        connection.execute(str(CreateTable(table).compile(dialect=plain_sqlite.dialect())))
        for index in table.indexes:
            connection.execute(str(CreateIndex(index).compile(dialect=plain_sqlite.dialect())))
    connection.execute(
        "insert into programme_lot (id, name, aliases, district_code, district_name) values (?, 'Shard End', '[]', 'E', 'B')",
        (place.lot.bytes,),
    )
    connection.execute(
        "insert into programme_member (id, name, role, lots, from_day) values (?, 'Owner', 'coach', '[]', '2020-05-12')",
        (place.coach.bytes,),
    )
    connection.execute("insert into partner_venue (id, lot_id, name) values (?, ?, 'All Saints')", (place.venue.bytes, place.lot.bytes))
    return connection


@contextmanager
def _bench(folder: Path) -> Iterator[tuple[Store, _Place, sqlite3.Connection]]:
    store, _ = opening.make_store(
        folder / "bench.coachdesk", "bench passphrase", "Owner", SystemClock(), furnish=lambda store: None, cost=keys.Cost(1, 8192)
    )
    place = _Place(store)
    floor = _plain(folder / "floor.sqlite", place)
    try:
        yield store, place, floor
    finally:
        floor.close()
        store.close()


def _seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def _pages(store: Store, folder: Path, name: str) -> tuple[int, int]:
    """(bytes of the whole store, bytes without its log), each in a copy without free pages."""
    copy = folder / name
    connection = raw.connect(store.path, store.key)
    connection.execute("vacuum into ?", (str(copy),))
    connection.close()
    connection = raw.connect(copy, store.key)
    sizes = []
    try:
        for drops in ((), ("view op_row", "table op", "table txn", "table version", "table seal")):
            if drops:
                connection.execute("pragma foreign_keys=off")
                for trigger in [row[0] for row in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall()]:
                    connection.execute(f"drop trigger {trigger}")
            for drop in drops:
                connection.execute(f"drop {drop}")
            connection.execute("vacuum")
            sizes.append(connection.execute("pragma page_count").fetchone()[0] * 4096)
    finally:
        connection.close()
    return sizes[0], sizes[1]


def _in_turns(floor: Callable[[], object], ours: Callable[[], object]) -> tuple[tuple[float, float], tuple[float, float]]:
    """((median, 95th percentile) of the floor, the same of ours)."""
    pairs = [(_seconds(floor), _seconds(ours)) for _ in range(_SAVES + _WARM)][_WARM:]
    both = [one for one, _ in pairs], [other for _, other in pairs]
    first, second = ((median(times), quantiles(times, n=20)[18]) for times in both)
    return first, second


def rows() -> list[Row]:
    """Median and 95th percentile of a save through the app's own actions, the store's share of it, and the size of the log."""
    with TemporaryDirectory() as name, _bench(Path(name)) as (store, place, floor):
        empty = _pages(store, Path(name), "empty.copy")
        plain, own = _in_turns(lambda: _floor(floor, place), lambda: store.act(place.coach, "Logged a session", _ours(place)))
        bare, share = _in_turns(lambda: _floor(floor, place), lambda: store.act(place.coach, "Logged a session", _records(place)))
        full = _pages(store, Path(name), "full.copy")
    data = full[1] - empty[1]
    log = full[0] - empty[0] - data
    return [
        Row("6 save", "a session with 30 contacts by the outreach actions, median", plain[0], own[0], 2.5),
        Row("6 save", "the same, 95 in 100", plain[1], own[1], 2.0),
        Row("6 save", "the store's share: ready records, no rules of a room, median", bare[0], share[0], 2.5),
        Row("6 save", "the store's share, 95 in 100", bare[1], share[1], 2.0),
        Row("6 save", "size of the log against the data (figures are bytes)", float(data), float(log), 1.5),
    ]


def profile(saves: int = 200) -> None:
    """Prints where the time of our saves goes."""
    import cProfile
    import pstats

    with TemporaryDirectory() as name, _bench(Path(name)) as (store, place, _):
        action = _ours(place)
        store.act(place.coach, "warm", action)
        watch = cProfile.Profile()
        watch.enable()
        for _ in range(saves):
            store.act(place.coach, "Logged a session", action)
        watch.disable()
        pstats.Stats(watch, stream=sys.stdout).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    profile()
