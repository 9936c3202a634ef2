"""What this laptop keeps for sync, its own and never logged: segments, epoch keys, statements, what is parked, who saw what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from coachdesk.store import raw
from coachdesk.store.kinds import instant_text
from coachdesk.store.meta import Desk
from coachdesk.store.session import Store, is_bug
from coachdesk.sync import membership
from coachdesk.sync.membership import NOBODY, Members, Statement
from coachdesk.sync.segments import Segment

# States of a segment in the table: `new` (made here, not in the shared place yet), `held`, and `keyless` (its small keys have not come).
NEW, HELD, KEYLESS = "new", "held", "keyless"
KNOWN = "known"          # why a parked name is passed over: a copy of what we hold, under another name


class Row(NamedTuple):
    """A held segment without its bytes."""

    hash: bytes
    dev: bytes
    inc: bytes
    first: int
    last: int
    state: str
    size: int


class Parked(NamedTuple):
    """A file that could not be taken. since: an instant as text."""

    name: str
    size: int
    why: str
    since: str
    tried: int


@dataclass
class Ring:
    """What a turn has to know of the team. founding: empty where this desk shares with nobody."""

    founding: bytes
    space: bytes
    members: Members
    statements: dict[bytes, Statement] = field(default_factory=dict)
    keys: dict[bytes, bytes] = field(default_factory=dict)
    made: dict[bytes, str] = field(default_factory=dict)

    def newest(self) -> tuple[int, bytes] | None:
        """Number and id of the newest epoch whose key is here, by the statements that count."""
        held = [epoch for epoch in self.members.epochs if epoch[1] in self.keys]
        return held[-1] if held else None

    def next_n(self) -> int:
        """The number of the next statement: above all that were heard, so that the last word is the last."""
        return max((one.said.n for one in self.statements.values()), default=0) + 1


@contextmanager
def writing(store: Store) -> Iterator[sa.Connection]:
    """One short transaction over the tables of this module. Trouble when the disk says no: then nothing was changed."""
    try:
        with store.engine.connect() as connection, connection.execution_options(write=True).begin():
            yield connection
    except sa.exc.DBAPIError as problem:
        if is_bug(problem):
            raise
        raise raw.trouble(problem.orig or problem) from None


@contextmanager
def reading(store: Store) -> Iterator[sa.Connection]:
    """One consistent look. Trouble when the disk says no."""
    try:
        with store.engine.connect() as connection:
            yield connection
    except sa.exc.DBAPIError as problem:
        if is_bug(problem):
            raise
        raise raw.trouble(problem.orig or problem) from None


def now(store: Store) -> str:
    """The instant, as the tables hold it."""
    return instant_text(store.clock.now())


def fact(connection: sa.Connection, name: str, default: Any = None) -> Any:
    """A fact by name."""
    found = connection.exec_driver_sql("select value from sync_fact where name = ?", (name,)).scalar()
    return default if found is None else json.loads(found)


def set_fact(connection: sa.Connection, name: str, value: Any) -> None:
    """Writes a fact; None takes it away."""
    if value is None:
        connection.exec_driver_sql("delete from sync_fact where name = ?", (name,))
        return
    connection.exec_driver_sql(
        "insert into sync_fact (name, value) values (?, ?) on conflict (name) do update set value = excluded.value",
        (name, json.dumps(value)),
    )


def ring(connection: sa.Connection) -> Ring:
    """The team as this laptop knows it."""
    space = Desk.load(connection).space.bytes
    founding = bytes.fromhex(fact(connection, "founding", ""))
    if not founding:
        return Ring(b"", space, NOBODY)
    said = {}
    for row in connection.exec_driver_sql("select hash, bytes from statement"):
        said[bytes(row[0])] = membership.read(bytes(row[1]))
    told = Ring(founding, space, membership.evaluate(said.values(), space, founding), said)
    for row in connection.exec_driver_sql("select epoch, key, made_at from epoch_key"):
        told.keys[bytes(row[0])], told.made[bytes(row[0])] = bytes(row[1]), row[2]
    return told


def keep_statements(connection: sa.Connection, files: Iterable[bytes], at: str) -> None:
    """Keeps signed statements, each once."""
    for data in files:
        told = membership.read(data)
        connection.exec_driver_sql("insert or ignore into statement (hash, bytes, got_at) values (?, ?, ?)", (told.hash, data, at))


def keep_epoch(connection: sa.Connection, epoch: bytes, number: int, key: bytes, at: str) -> None:
    """Keeps an epoch's key, for good: history has to stay readable."""
    connection.exec_driver_sql(
        "insert or ignore into epoch_key (epoch, number, key, made_at) values (?, ?, ?, ?)", (epoch, number, key, at)
    )


def statement_files(connection: sa.Connection) -> dict[bytes, bytes]:
    """The bytes of every statement, by hash."""
    return {bytes(row[0]): bytes(row[1]) for row in connection.exec_driver_sql("select hash, bytes from statement")}


def keep_segment(connection: sa.Connection, told: Segment, data: bytes, state: str, at: str) -> None:
    """Keeps a segment's own bytes, for relaying and healing."""
    connection.exec_driver_sql(
        "insert or ignore into segment (hash, dev, inc, first, last, prev, epoch, state, bytes, got_at) values (?,?,?,?,?,?,?,?,?,?)",
        (told.hash, told.dev, told.inc, told.first, told.last, told.prev, told.epoch, state, data, at),
    )


def segments(connection: sa.Connection) -> list[Row]:
    """Every segment that is here, without its bytes."""
    query = "select hash, dev, inc, first, last, state, length(bytes) from segment order by dev, inc, first"
    rows = connection.exec_driver_sql(query).all()          # at one go: row by row takes five times as long
    return [Row(bytes(row[0]), bytes(row[1]), bytes(row[2]), row[3], row[4], row[5], row[6]) for row in rows]


def segment_bytes(connection: sa.Connection, digest: bytes) -> bytes:
    """The bytes of a held segment."""
    return bytes(connection.exec_driver_sql("select bytes from segment where hash = ?", (digest,)).scalar_one())


def set_state(connection: sa.Connection, digest: bytes, state: str) -> None:
    """A segment is in the shared place, or its small keys came."""
    connection.exec_driver_sql("update segment set state = ? where hash = ?", (state, digest))


def chain_end(connection: sa.Connection, dev: bytes, inc: bytes) -> tuple[int, bytes]:
    """The last number of an incarnation that stands in a segment here, and that segment's hash; (0, zeros) where there is none."""
    found = connection.exec_driver_sql(
        "select last, hash from segment where dev = ? and inc = ? order by last desc, hash limit 1", (dev, inc)
    ).first()
    return (found[0], bytes(found[1])) if found else (0, bytes(32))


def parked(connection: sa.Connection) -> dict[str, Parked]:
    """Every name that is passed over or tried again, by name."""
    return {row[0]: Parked(*row) for row in connection.exec_driver_sql("select name, size, why, since, tried from parked")}


def park(connection: sa.Connection, name: str, size: int, why: str, at: str, digest: bytes | None = None) -> None:
    """Puts a name into the tray, or counts one more try."""
    connection.exec_driver_sql(
        "insert into parked (name, hash, size, why, since, tried) values (?,?,?,?,?,1) on conflict (name) do update set"
        " hash = excluded.hash, size = excluded.size, why = excluded.why, tried = tried + 1",
        (name, digest, size, why, at),
    )


def unpark(connection: sa.Connection, names: Iterable[str]) -> None:
    """Takes names out of the tray."""
    if rows := [(name,) for name in names]:
        connection.exec_driver_sql("delete from parked where name = ?", rows)


def saw(connection: sa.Connection, dev: bytes, inc: bytes, by: bytes, seq: int, digest: bytes, at: str) -> None:
    """Who says to hold how much of whom, as they said it last: a laptop that was set back holds less, and work is less safe then."""
    connection.exec_driver_sql(
        "insert into witness (dev, inc, by, seq, hash, at) values (?,?,?,?,?,?) on conflict (dev, inc, by) do update set"
        " seq = excluded.seq, hash = excluded.hash, at = excluded.at",
        (dev, inc, by, seq, digest, at),
    )


def witnesses(connection: sa.Connection) -> dict[tuple[bytes, bytes], dict[bytes, int]]:
    """By device and incarnation: who holds it up to which number."""
    found: dict[tuple[bytes, bytes], dict[bytes, int]] = {}
    for row in connection.exec_driver_sql("select dev, inc, by, seq from witness"):
        found.setdefault((bytes(row[0]), bytes(row[1])), {})[bytes(row[2])] = row[3]
    return found
