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

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite as plain_sqlite
from sqlalchemy.orm import Session as OpenSession
from sqlalchemy.schema import CreateIndex, CreateTable

import coachdesk.activity.record
import coachdesk.claim.record
import coachdesk.participant.record
import coachdesk.referral.record  # noqa: F401  every room's tables, as in the program
from coachdesk.clock import SystemClock
from coachdesk.outreach.record import Contact, Session
from coachdesk.partner.record import Venue
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.store import keys, kinds, opening
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
            "topics": ["cv help", "benefits advice"][: i % 3],
            "note": "wants warehouse work near the bus route" if i % 3 == 0 else None,
            "follow_up_on": date(2020, 5, 26) if i % 2 else None,
        }
        for i in range(30)
    ]


def _ours(place: _Place) -> Callable[[OpenSession], UUID]:
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


def _ready_made(place: _Place) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    held, noon, nothing = new_id().bytes, "2020-05-12T12:00:00.000000Z", "[]"
    made = [(held, place.venue.bytes, place.lot.bytes, place.coach.bytes, None, "food bank", "2020-05-12", "10:00", "12:00", 41, None)]
    words = {0: nothing, 1: '["cv help"]', 2: '["benefits advice", "cv help"]'}
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


def _log_share(store: Store) -> tuple[float, float]:
    """(bytes of the same rows without the log, bytes with it): the pages of every table and its indexes, as `dbstat` counts them, else payloads."""
    ours = {str(table.name) for table in kinds.synced_tables()}
    log = {"op", "txn", "version", "seal"}
    with store.engine.connect() as connection:
        owner = {row.name: row.tbl_name for row in connection.exec_driver_sql("select name, tbl_name from sqlite_master")}
        try:
            pages = connection.exec_driver_sql("select name, sum(pgsize) as bytes from dbstat group by name").all()
            sizes = {table: sum(row.bytes for row in pages if owner.get(row.name) == table) for table in ours | log}
        except sa.exc.DBAPIError:
            sizes = {table: _payload(connection, table) for table in ours | log}
    rows = sum(sizes[table] for table in ours)
    return float(rows), float(rows + sum(sizes[table] for table in log))


def _payload(connection: sa.Connection, table: str) -> int:
    names = [row[1] for row in connection.exec_driver_sql(f"pragma table_info({table})")]
    indexed = [
        row[2]
        for index in connection.exec_driver_sql(f"pragma index_list({table})").all()
        for row in connection.exec_driver_sql(f"pragma index_info({index[1]})")
    ]
    length = " + ".join(f"coalesce(length(cast({name} as blob)), 0) + 1" for name in [*names, *indexed] if name)
    return int(connection.exec_driver_sql(f"select coalesce(sum({length}), 0) from {table}").scalar_one())


def rows() -> list[Row]:
    """Median and 95th percentile of a save, and the size that the log adds."""
    with TemporaryDirectory() as name, _bench(Path(name)) as (store, place, floor):
        action = _ours(place)
        pairs = [
            (_seconds(lambda: _floor(floor, place)), _seconds(lambda: store.act(place.coach, "Logged a session", action)))
            for _ in range(_SAVES + _WARM)
        ][_WARM:]
        without, with_log = _log_share(store)
    floors, ours = [one for one, _ in pairs], [other for _, other in pairs]
    late = [quantiles(times, n=20)[18] for times in (floors, ours)]
    return [
        Row("6 save", "a session with 30 contacts, median", median(floors), median(ours), 2.5),
        Row("6 save", "a session with 30 contacts, 95 in 100", late[0], late[1], 2.0),
        Row("6 save", "size of the store with its log against without (figures are bytes)", without, with_log, 2.5),
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
