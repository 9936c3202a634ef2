"""What leaves this store and what comes in: runs of the log, as other laptops made them (SYNC.md sections 2 to 4).

A batch is a run of one device's ops. Taking one in is a union: ops that are known are passed over, whatever way they came; the records
that the others touch are folded anew (store.refold). Nothing that comes in is ever refused here: what its writer may not write, or
nobody can read yet, stands in the log and does not count until it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import wall_milliseconds
from coachdesk.store import arrival
from coachdesk.store.log import stamp_text
from coachdesk.store.refold import refold
from coachdesk.store.session import Changes, Store

_AT_ONCE = 400
_AN_HOUR = 3600 * 1000      # milliseconds: farther ahead than that, another's clock does not move ours (SYNC.md section 3)

Judge = Callable[[bytes, bytes, int, str, frozenset[str]], str | None]


class Txn(NamedTuple):
    """What the ops of one action share."""

    txn_id: bytes
    last_seq: int
    ms: int
    counter: int
    actor: bytes
    reason: str
    undoes: bytes | None
    lasting: int
    schema: int
    min_reader: int
    seen_at: str


class Op(NamedTuple):
    """One op. txn: its place in the batch's transactions; head: JSON text, exactly as stored."""

    op_id: bytes
    txn: int
    seq: int
    ms: int
    counter: int
    kind: str
    entity: str
    entity_id: bytes
    seal_id: bytes | None
    head: str
    sealed: bytes | None


class Batch(NamedTuple):
    """A run of ops of one device's incarnation, from the first to the last number without a gap."""

    dev: bytes
    inc: bytes
    first: int
    last: int
    txns: list[Txn]
    ops: list[Op]


@dataclass(frozen=True)
class Taken:
    """What came in: new ops, what they changed, records now contested, ops set aside; is_unready: call Store.prepare() at the end."""

    ops: int
    changes: Changes
    withheld: int = 0
    is_unready: bool = False


@dataclass
class _Arrived:
    touched: dict[bytes, str] = field(default_factory=dict)
    stamps: list[str] = field(default_factory=list)
    ops: int = 0
    withheld: int = 0


def heads(connection: sa.Connection) -> dict[tuple[bytes, bytes], int]:
    """The highest number held of each device's incarnation."""
    rows = connection.exec_driver_sql("select dev, inc, max(last_seq) from txn group by dev, inc")
    return {(bytes(row[0]), bytes(row[1])): int(row[2]) for row in rows}


def outgoing(connection: sa.Connection, dev: bytes, inc: bytes, after: int, limit: int) -> Batch | None:
    """The ops of one incarnation after a number, at most `limit`: whole transactions; a larger one goes in parts. None: no more."""
    found = connection.exec_driver_sql(
        "select op.op_id, op.txn, op.seq, op.ms, op.counter, op.kind, op.entity, op.entity_id, op.seal_id, op.head, op.sealed from txn"
        " join op on op.txn = txn.n where txn.dev = ? and txn.inc = ? and txn.last_seq > ? and op.seq > ? order by op.seq limit ?",
        (dev, inc, after, after, limit + 1)).all()
    if not found:
        return None
    rows = found[:limit]
    if len(found) > limit and found[limit].txn == rows[-1].txn and rows[0].txn != rows[-1].txn:
        rows = [row for row in rows if row.txn != found[limit].txn]
    numbers = {n: place for place, n in enumerate(dict.fromkeys(row.txn for row in rows))}
    shared: dict[int, Txn] = {}
    for begin in range(0, len(numbers), _AT_ONCE):
        query = ("select n, txn_id, last_seq, ms, counter, actor, reason, undoes, lasting, schema, min_reader, seen_at"
                 " from txn where n in ({marks})")
        for row in _of(connection, query, list(numbers)[begin : begin + _AT_ONCE]):
            shared[row[0]] = Txn(bytes(row[1]), row[2], row[3], row[4], bytes(row[5]), row[6], _bytes(row[7]), *row[8:])
    ops = [Op(bytes(row.op_id), numbers[row.txn], row.seq, row.ms, row.counter, row.kind, row.entity, bytes(row.entity_id),
              _bytes(row.seal_id), row.head, _bytes(row.sealed)) for row in rows]
    return Batch(dev, inc, ops[0].seq, ops[-1].seq, [shared[n] for n in numbers], ops)


def seal_ids(batch: Batch) -> list[bytes]:
    """The ids of the small keys that a batch's sealed ops need, each once."""
    return list(dict.fromkeys(op.seal_id or op.entity_id for op in batch.ops if op.sealed is not None))


def small_keys(connection: sa.Connection, ids: Iterable[bytes]) -> dict[bytes, list[bytes]]:
    """The small keys that are here, by id; two where two laptops made one each."""
    wanted, found = list(ids), dict[bytes, list[bytes]]()
    for begin in range(0, len(wanted), _AT_ONCE):
        part = wanted[begin : begin + _AT_ONCE]
        for query in ("select id, key from seal where id in ({marks})", "select id, key from seal_also where id in ({marks})"):
            for row in _of(connection, query, part):
                found.setdefault(bytes(row[0]), []).append(bytes(row[1]))
    return found


def take_in(store: Store, batches: Iterable[Batch], *, keys: Mapping[bytes, Iterable[bytes]] | None = None, judge: Judge | None = None,
            also: Callable[[Session], None] | None = None) -> Taken:
    """Takes batches and small keys into the store, in one transaction; the same again changes nothing.

    judge: (device, incarnation, number, table, fields) -> None, or why it may not count; a deletion has the field "x".
    also: a last write in the same transaction (the segment's own bytes).
    Trouble when the disk says no: then nothing was changed.
    """
    arrived, learned = _Arrived(), set[bytes]()
    own: list[int] = []
    with store.change(store.desk.owner, "sync") as session:
        connection = session.connection()
        with arrival.OpenDoor(session):
            learned = _learn(connection, keys or {})
            for batch in batches:
                own += _file(connection, batch, judge, arrived)
            arrived.touched.update(_awaiting(connection, learned))
            moved = refold(connection, arrived.touched, arrived.stamps, store.hidden)
            _hear(connection, arrived.stamps)
            is_unready = arrival.tell(session, moved)
            if also is not None:
                also(session)
        ids = moved.ids()
    store._own_txns.update(own)
    return Taken(arrived.ops, Changes(None, frozenset(table.partition("_")[0] for table in ids), ids), arrived.withheld, is_unready)


def rejudge(store: Store, judge: Judge, devices: Iterable[bytes] | None = None) -> Taken:
    """After the team changed: what may not count any more is set aside, what may is let in, and what that touches is folded anew."""
    only = None if devices is None else set(devices)
    touched: dict[bytes, str] = {}
    number = 0
    with store.change(store.desk.owner, "sync") as session:
        connection = session.connection()
        with arrival.OpenDoor(session):
            for dev, in connection.exec_driver_sql("select distinct dev from txn").all():
                if only is None or bytes(dev) in only:
                    number += _rejudge(connection, judge, bytes(dev), touched)
            moved = refold(connection, touched, (), store.hidden)
            is_unready = arrival.tell(session, moved)
        ids = moved.ids()
    return Taken(0, Changes(None, frozenset(table.partition("_")[0] for table in ids), ids), number, is_unready)


def rehome(store: Store, after: int, inc: bytes) -> int:
    """A fork was found: own ops after a number, which nobody has, move to a new incarnation under new numbers; answers how many.

    Their ids and stamps stay, so that whoever has one of them already passes it over. The store writes on under the new incarnation.
    """
    dev, old = store.desk.device, store.desk.incarnation
    with store.engine.connect() as connection, connection.execution_options(write=True).begin():
        door = connection.connection.info["door"]
        door["rehoming"] = True
        try:
            rows = connection.exec_driver_sql(
                "select op.op_id, op.txn from txn join op on op.txn = txn.n where txn.dev = ? and txn.inc = ? and op.seq > ?"
                " order by op.seq, op.txn", (dev, old, after)).all()
            last: dict[int, int] = {}
            for seq, row in enumerate(rows, 1):
                connection.exec_driver_sql("update op set seq = ? where op_id = ?", (seq, row.op_id))
                last[row.txn] = seq
            for n, seq in last.items():
                connection.exec_driver_sql("update txn set inc = ?, last_seq = ? where n = ?", (inc, seq, n))
            desk = replace(store.desk, incarnation=inc)
            desk.save(connection)
        finally:
            door["rehoming"] = False
    store.desk = desk
    return len(rows)


def refold_newer(store: Store) -> Taken:
    """After an update of the program: what waited for it is folded anew."""
    with store.change(store.desk.owner, "sync") as session:
        connection = session.connection()
        rows = connection.exec_driver_sql("select entity_id, entity from waiting where why = 'newer'").all()
        with arrival.OpenDoor(session):
            moved = refold(connection, {bytes(row[0]): row[1] for row in rows}, (), store.hidden)
            is_unready = arrival.tell(session, moved)
        ids = moved.ids()
    return Taken(0, Changes(None, frozenset(table.partition("_")[0] for table in ids), ids), 0, is_unready)


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)


def _of(connection: sa.Connection, query: str, part: list[Any]) -> Iterable[Any]:
    return connection.exec_driver_sql(query.format(marks=",".join("?" * len(part))), tuple(part))


def _learn(connection: sa.Connection, keys: Mapping[bytes, Iterable[bytes]]) -> set[bytes]:
    """Keeps small keys; answers the ids of those that were new."""
    learned: set[bytes] = set()
    known = small_keys(connection, keys)
    first: list[tuple[bytes, bytes]] = []
    also: list[tuple[bytes, bytes]] = []
    for id, some in keys.items():
        for key in some:
            if key in known.get(id, ()):
                continue
            (also if known.get(id) else first).append((id, key))
            known.setdefault(id, []).append(key)
            learned.add(id)
    if first:
        connection.exec_driver_sql("insert into seal (id, key) values (?, ?)", first)
    if also:
        connection.exec_driver_sql("insert into seal_also (id, key) values (?, ?)", also)
    return learned


def _awaiting(connection: sa.Connection, learned: set[bytes]) -> dict[bytes, str]:
    """The records that waited for one of these small keys."""
    wanted, found = list(learned), dict[bytes, str]()
    for begin in range(0, len(wanted), _AT_ONCE):
        query = "select entity_id, entity from waiting where why = 'key' and for_id in ({marks})"
        found.update((bytes(row[0]), row[1]) for row in _of(connection, query, wanted[begin : begin + _AT_ONCE]))
    return found


def _file(connection: sa.Connection, batch: Batch, judge: Judge | None, arrived: _Arrived) -> list[int]:
    """Writes a batch's unknown ops into the log; answers the local numbers of its new transactions."""
    known: set[bytes] = set()
    for begin in range(0, len(batch.ops), _AT_ONCE):
        part = [op.op_id for op in batch.ops[begin : begin + _AT_ONCE]]
        known.update(bytes(row[0]) for row in _of(connection, "select op_id from op where op_id in ({marks})", part))
    fresh = [op for op in batch.ops if op.op_id not in known]
    if not fresh:
        return []
    numbers, own = _transactions(connection, batch, {op.txn for op in fresh})
    connection.exec_driver_sql(
        "insert or ignore into op (op_id, txn, seq, ms, counter, kind, entity, entity_id, seal_id, head, sealed)"
        " values (?,?,?,?,?,?,?,?,?,?,?)",
        [(op.op_id, numbers[op.txn], op.seq, op.ms, op.counter, op.kind, op.entity, op.entity_id, op.seal_id, op.head, op.sealed)
         for op in fresh])
    aside = [] if judge is None else [
        (op.op_id, why) for op in fresh if (why := judge(batch.dev, batch.inc, op.seq, op.entity, _fields(op.head))) is not None]
    if aside:
        connection.exec_driver_sql("insert or ignore into withheld (op_id, why) values (?, ?)", aside)
    arrived.ops += len(fresh)
    arrived.withheld += len(aside)
    arrived.touched.update((op.entity_id, op.entity) for op in fresh)
    arrived.stamps += [stamp_text((op.ms, op.counter, op.op_id.hex())) for op in fresh]
    return own


def _transactions(connection: sa.Connection, batch: Batch, places: set[int]) -> tuple[dict[int, int], list[int]]:
    """The local numbers of a batch's transactions, by place; those that are new are written."""
    wanted = {place: batch.txns[place] for place in sorted(places)}
    there: dict[bytes, int] = {}
    ids = [txn.txn_id for txn in wanted.values()]
    for begin in range(0, len(ids), _AT_ONCE):
        rows = _of(connection, "select txn_id, n from txn where txn_id in ({marks})", ids[begin : begin + _AT_ONCE])
        there.update((bytes(row[0]), int(row[1])) for row in rows)
    number: int = connection.exec_driver_sql("select coalesce(max(n), 0) from txn").scalar_one()
    rows, numbers = [], {}
    space = connection.exec_driver_sql("select value from desk where name = 'space'").scalar_one()
    for place, txn in wanted.items():
        if txn.txn_id not in there:
            number += 1
            there[txn.txn_id] = number
            rows.append((number, txn.txn_id, batch.dev, batch.inc, txn.last_seq, txn.ms, txn.counter, txn.actor, txn.reason, txn.undoes,
                         txn.lasting, bytes.fromhex(msgspec.json.decode(space)), txn.schema, txn.min_reader, txn.seen_at))
        numbers[place] = there[txn.txn_id]
    if rows:
        connection.exec_driver_sql(
            "insert into txn (n, txn_id, dev, inc, last_seq, ms, counter, actor, reason, undoes, lasting, space, schema,"
            " min_reader, seen_at) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", rows)
    return numbers, [row[0] for row in rows]


def _fields(head: str) -> frozenset[str]:
    told = msgspec.json.decode(head)
    return frozenset({"x"} if "x" in told else {*told.get("v", ()), *told.get("s", ())})


def _rejudge(connection: sa.Connection, judge: Judge, dev: bytes, touched: dict[bytes, str]) -> int:
    """Judges one device's ops again; answers how many changed sides."""
    aside: list[tuple[bytes, str]] = []
    back: list[tuple[bytes]] = []
    for row in connection.exec_driver_sql(
        "select op.op_id, txn.inc, op.seq, op.entity, op.entity_id, op.head, withheld.why from txn join op on op.txn = txn.n"
        " left join withheld on withheld.op_id = op.op_id where txn.dev = ?", (dev,)).all():
        why = judge(dev, bytes(row.inc), row.seq, row.entity, _fields(row.head))
        if (why is None) != (row.why is None):
            if why is None:
                back.append((row.op_id,))
            else:
                aside.append((row.op_id, why))
            touched[bytes(row.entity_id)] = row.entity
    if aside:
        connection.exec_driver_sql("insert into withheld (op_id, why) values (?, ?)", aside)
    if back:
        connection.exec_driver_sql("delete from withheld where op_id = ?", back)
    return len(aside) + len(back)


def _hear(connection: sa.Connection, stamps: list[str]) -> None:
    """Our own clock goes on from the latest stamp that came in, unless that lies more than an hour ahead."""
    limit = f"{wall_milliseconds() + _AN_HOUR:012x}"
    heard = max((stamp[:17] for stamp in stamps if stamp < limit), default="")
    if heard:
        connection.exec_driver_sql(
            "insert into sync_fact (name, value) values ('heard', ?)"
            " on conflict (name) do update set value = max(value, excluded.value)", (heard,))
