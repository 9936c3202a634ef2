"""One click, one action, one transaction, one Changes: the only door through which anything is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from coachdesk.clock import Clock, wall_milliseconds
from coachdesk.errors import Refusal, Trouble
from coachdesk.store import arrival, contest, derived, log, raw, tables
from coachdesk.store.blobs import Blobs
from coachdesk.store.engine import make_engine
from coachdesk.store.ids import Dice, new_id
from coachdesk.store.kinds import instant_text
from coachdesk.store.meta import Desk
from coachdesk.store.seals import Seals

T = TypeVar("T")
_A_DAY = 24 * 3600 * 1000  # milliseconds


@dataclass(frozen=True)
class Changes:
    """What one transaction changed: rooms by name, and the ids in each table."""

    txn_id: UUID | None = None
    rooms: frozenset[str] = frozenset()
    ids: dict[str, frozenset[UUID]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rooms)


@dataclass(frozen=True)
class Done:
    """An action's own answer, what it changed, and what the user should know beside it."""

    result: Any
    changes: Changes
    warnings: tuple[str, ...] = ()


class _NotKept(Exception):
    """Ends a trial."""


class Orphaned(Refusal):
    """A change that would leave something without what it belongs to: a parent deleted from under its children, a reference to nothing."""


class DeskSession(Session):
    """A session whose flush opens the door for the log and shuts it again, whatever happens."""

    def flush(self, objects: Any = None) -> None:
        try:
            super().flush(objects)
        finally:
            door = self.info.get("door")
            if door is not None:
                door["open"] = False


@event.listens_for(DeskSession, "before_flush")
def _before_flush(session: Session, context: UOWTransaction, instances: Any) -> None:
    if session.info.get("open") is None:
        if session.new or session.deleted or any(session.is_modified(thing) for thing in session.dirty):
            raise RuntimeError("a write outside Store.change")
        return
    session.info["door"]["open"] = True
    if not session.info.get("trial"):
        log.capture(session)


@event.listens_for(DeskSession, "after_flush")
def _after_flush(session: Session, context: UOWTransaction) -> None:
    if session.info.get("open") is not None:
        derived.keep(session)


class Store:
    """An open store. Make one with open_store(); close() when done."""

    def __init__(self, path: Path, key: bytes, clock: Clock, dice: Dice = os.urandom) -> None:
        self.path, self.key, self.clock, self.dice = path, key, clock, dice
        self.engine = make_engine(path, key)
        self.blobs = Blobs(path)
        self.world: dict[str, Any] = {}  # what the composition root lends to actions: the shelf of postcode editions
        with self.engine.connect() as connection:
            self.desk = Desk.load(connection)
        self.gate: Callable[[str], Refusal | None] | None = None  # what this device's role in the team may not write, by table
        self.hidden: frozenset[str] = frozenset()  # tables and columns that an older program does not know (the simulation plays one)
        self._watch: Any = None
        self._seen = self._seen_txn = 0
        self._own_txns: set[int] = set()

    def close(self) -> None:
        """Closes every connection; nothing stays open."""
        if self._watch is not None:
            self._watch.close()
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads, on one consistent state."""
        session = DeskSession(self.engine, autoflush=False, expire_on_commit=False)
        session.info.update(clock=self.clock, desk=self.desk, open=None, world=self.world, blobs=self.blobs, steady={})
        try:
            yield session
        except sa.exc.DBAPIError as problem:
            if is_bug(problem):
                raise
            raise raw.trouble(problem.orig or problem) from None
        finally:
            session.close()

    @contextmanager
    def change(self, actor: UUID, reason: str, *, lasting: bool = False, undoes: UUID | None = None) -> Iterator[Session]:
        """One transaction: commits when the block ends well; then session.info["changes"] holds what changed.

        actor: a team member's id. reason: the action in the coach's words. lasting: cannot be undone.
        Orphaned (a Refusal) when something would be left without what it belongs to; Trouble when the disk says no: nothing was changed.
        """
        if not self.path.exists():  # Linux would go on writing into a file that nobody can find again
            raise Trouble(
                f"The store {self.path.name} is no longer where it was.", "Put the disk or folder back; what was saved before is safe."
            )
        session = DeskSession(self.engine, expire_on_commit=False)
        try:
            connection = session.connection(execution_options={"write": True})
            transaction = session.get_transaction()
            now = self._begin(connection)
            session.info.update(
                clock=self.clock,
                desk=self.desk,
                world=self.world,
                blobs=self.blobs,
                actor=actor,
                open=now,
                gate=self.gate,
                hidden=self.hidden,
                door=connection.connection.info["door"],
                changes=Changes(),
            )
            yield session
            session.flush()
            if session.get_transaction() is not transaction:
                raise RuntimeError("an action ended the transaction that it was given")
            if now.ops:
                kept = contest.keep(connection, (id for ids in now.touched.values() for id in ids))
                if kept:
                    _look_again(session, now, kept)
                self._record(session, now, actor, reason, lasting, undoes)
            session.commit()
            self._own_txns.add(now.txn)
            session.info["changes"] = _changes(now)
        except sa.exc.DBAPIError as problem:
            if "FOREIGN KEY" in str(problem.orig):
                raise Orphaned("That would leave something without what it belongs to.", "Nothing was changed.") from None
            if is_bug(problem):
                raise
            raise raw.trouble(problem.orig or problem) from None
        finally:
            session.close()

    @contextmanager
    def trial(self, actor: UUID) -> Iterator[Session]:
        """One transaction of which nothing is kept, to see what actions would say. It writes no log, and derives only what actions ask."""
        try:
            with self.change(actor, "a trial") as session:
                session.info["trial"] = True
                yield session
                raise _NotKept
        except _NotKept:
            pass

    def act(self, actor: UUID, reason: str, action: Callable[[Session], T], *, lasting: bool = False) -> Done:
        """Runs one action in one transaction and answers its result with the Changes."""
        with self.change(actor, reason, lasting=lasting) as session:
            result = action(session)
        return Done(result, session.info["changes"], tuple(dict.fromkeys(session.info.get("warnings", ()))))

    def prepare(self) -> None:
        """Fills what is derived from records and is missing, as after an upgrade (store.derived). Trouble when the disk says no."""
        with self.read() as session:
            if not derived.unready(session):
                return
        with self.change(self.desk.owner, "prepare") as session:
            for keeper in derived.unready(session):
                derived.fill(session, keeper)

    def backup_to(self, to: Path) -> int:
        """One checked, encrypted file; answers its bytes. See store.backup."""
        from coachdesk.store import backup

        return backup.write_backup(self.path, self.key, to)

    def check(self) -> Any:
        """Integrity, replay and digest. See store.backup.check."""
        from coachdesk.store import backup

        return backup.check(self.engine, self.blobs)

    def change_passphrase(self, secret: str, new: str) -> None:
        """Rewraps one slot of the key header. Trouble when the secret does not fit, Refusal when the new one is too short."""
        from coachdesk.store import keys

        keys.change_passphrase(self.path, secret, new, self.dice)

    def changed_outside(self) -> bool:
        """Whether somebody else (another window, the command line) has written since this was last asked.

        One cheap pragma on a connection of its own; our own saves do not count.
        """
        newest = "select coalesce(max(n), 0) from txn"
        try:
            if self._watch is None:
                self._watch = raw.connect(self.path, self.key)
                self._seen = self._watch.execute("pragma data_version").fetchone()[0]
                self._seen_txn = self._watch.execute(newest).fetchone()[0]
                self._own_txns.clear()
                return False
            version = self._watch.execute("pragma data_version").fetchone()[0]
            if version == self._seen:
                return False
            latest = self._watch.execute(newest).fetchone()[0]
        except raw.errors() as problem:
            raise raw.trouble(problem) from None
        others = any(number not in self._own_txns for number in range(self._seen_txn + 1, latest + 1))
        self._own_txns -= set(range(self._seen_txn + 1, latest + 1))
        self._seen, self._seen_txn = version, latest
        return others

    def last_instant(self, day: date) -> datetime | None:
        """The last instant of a day (UTC) at which anything was logged; None when nothing was."""
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql("select max(seen_at) from txn where substr(seen_at, 1, 10) = ?", (day.isoformat(),)).scalar()
        return datetime.fromisoformat(found) if found else None

    def _begin(self, connection: sa.Connection) -> log.Open:
        number, seq, ms, counter, heard = connection.exec_driver_sql(
            "select (select coalesce(max(n), 0) + 1 from txn), last.last_seq, last.ms, last.counter,"
            " (select value from sync_fact where name = 'heard') from (select 1) left join"
            " (select last_seq, ms, counter from txn where dev = ? and inc = ? order by last_seq desc limit 1) as last",
            (self.desk.device, self.desk.incarnation),
        ).one()
        if heard is not None and heard > ("" if ms is None else f"{ms:012x}.{counter:04x}"):
            ms, counter = (int(part, 16) for part in heard.split("."))
        # A day that was typed (--today) may lie years ahead: stamps go with the machine's clock then, or every later one would follow it.
        wall = min(int(self.clock.now().timestamp() * 1000), wall_milliseconds() + _A_DAY)
        ms, counter = (wall, 0) if ms is None or wall > ms else log.after(ms, counter)
        return log.Open(number, new_id(), ms, counter, seq or 0, Seals(self.dice))

    def _record(self, session: Session, now: log.Open, actor: UUID, reason: str, lasting: bool, undoes: UUID | None) -> None:
        door = session.info["door"]
        door["open"] = True
        try:
            session.connection().exec_driver_sql(
                "insert into txn (n, txn_id, dev, inc, last_seq, ms, counter, actor, reason, undoes, lasting, space,"
                " schema, min_reader, seen_at)"
                " values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (
                    now.txn,
                    now.txn_id.bytes,
                    self.desk.device,
                    self.desk.incarnation,
                    now.seq,
                    now.ms,
                    now.counter,
                    actor.bytes,
                    reason,
                    undoes.bytes if undoes else None,
                    int(lasting),
                    self.desk.space.bytes,
                    tables.SCHEMA,
                    tables.MIN_READER,
                    instant_text(self.clock.now()),
                ),
            )
        finally:
            door["open"] = False


def _look_again(session: Session, now: log.Open, kept: list[tuple[bytes, str]]) -> None:
    """Records that stand although they were deleted go when this change took away what kept them."""
    for table, ids in arrival.look_again(session, dict(kept)).items():
        now.touched.setdefault(table, set()).update(ids)


def _changes(now: log.Open) -> Changes:
    ids = {table: frozenset(touched) for table, touched in now.touched.items()}
    return Changes(now.txn_id if now.ops else None, frozenset(table.partition("_")[0] for table in ids), ids)


def is_bug(problem: sa.exc.DBAPIError) -> bool:
    """Whether it is ours: our own mistakes (bad SQL, a write past the door) are not the world's."""
    said = str(problem.orig).lower()
    return any(words in said for words in ("past the door", "append-only", "no such", "syntax error", "constraint", "has no column"))


def stay_steady(session: Session) -> None:
    """Promises that the open action, which touches very many rows, changes neither lots, contract nor joins: they are read once."""
    session.info["steady"] = {}


def steady(session: Session, name: str, read: Callable[[], T]) -> T:
    """What an action has promised not to change, and what cannot change while one only reads, read once; else read each time."""
    kept: dict[str, T] | None = session.info.get("steady")
    if kept is None:
        return read()
    if name not in kept:
        kept[name] = read()
    return kept[name]


def newest(session: Session) -> int:
    """The number of the latest transaction that stands in the store: while it is the same, nothing was changed."""
    found: int = session.connection().exec_driver_sql("select coalesce(max(n), 0) from txn").scalar_one()
    return found


def moment(session: Session) -> datetime:
    """Now, as an aware UTC instant, by the store's clock."""
    return session.info["clock"].now()  # type: ignore[no-any-return]


def moment_after(session: Session, known: datetime | None) -> datetime:
    """Now, but after what its writer knew: steps are put in order by it, and another laptop's clock may have been ahead of ours."""
    now = moment(session)
    return now if known is None or known < now else known + timedelta(microseconds=1)


def yielding(session: Session, *fields: str) -> None:
    """Says that what the open action writes into these fields stands only where nobody else, who did not know of it, wrote anything."""
    session.flush()
    session.info["open"].retold = frozenset(fields)


def retell(session: Session, ids: Iterable[UUID], *fields: str) -> None:
    """Says that the open action writes down what another laptop wrote first, and less fully in these fields (a claim from its receipt).

    ids: of the records that it will make; some may have been here, and gone, before.
    """
    yielding(session, *fields)
    now: log.Open = session.info["open"]
    query = "select 1 from op where entity_id = ? limit 1"
    now.restoring.update(id for id in ids if session.connection().exec_driver_sql(query, (id.bytes,)).first())


def today(session: Session) -> date:
    """The day on the coach's calendar, by the store's clock."""
    return session.info["clock"].today()  # type: ignore[no-any-return]


def warn(session: Session, sentence: str) -> None:
    """Something that an action does all the same, and of which whoever asked for it should know."""
    session.info.setdefault("warnings", []).append(sentence)


def actor_of(session: Session) -> UUID:
    """The team member in whose name the open transaction writes."""
    return session.info["actor"]  # type: ignore[no-any-return]
