"""Capture: every changed mapped attribute becomes part of an op in the same transaction, at the session's flush.

Rooms write ordinary SQLAlchemy inside `Store.change`; bulk, Core and raw writes meet the guard triggers. Ops carry base stamps, so
that an edit always outranks what it replaced (SYNC.md section 3). Values: columns as they stand in SQLite, JSON-ready.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.state import InstanceState

from coachdesk.store.ids import new_id
from coachdesk.store.kinds import APPEND_ONLY, SET, Kept
from coachdesk.store.seals import Seals, close

Stamp = tuple[int, int, str]            # milliseconds, counter, op id in hex; sorts as the text form does


def stamp_text(stamp: Stamp) -> str:
    """`hlc milliseconds . counter . op id`, sortable as text."""
    return f"{stamp[0]:012x}.{stamp[1]:04x}.{stamp[2]}"


def stamp_from(text: str) -> Stamp:
    """The three parts of a stamp's text."""
    ms, counter, op_id = text.split(".")
    return int(ms, 16), int(counter, 16), op_id


@dataclass
class Open:
    """One open transaction: what its ops share, and what it has touched so far."""

    txn: int
    txn_id: UUID
    ms: int
    counter: int
    seq: int
    seals: Seals
    ops: int = 0
    touched: dict[str, set[UUID]] = field(default_factory=dict)
    seal_of: dict[UUID, UUID] = field(default_factory=dict)
    restoring: set[UUID] = field(default_factory=set)       # deleted records that come back: their heads are known


def capture(session: Session) -> None:
    """Writes the ops of all pending changes. Called before each flush; the door is open from here to the flush's end."""
    now: Open | None = session.info.get("open")
    pending = [(thing, "del") for thing in session.deleted if isinstance(thing, Kept)]
    pending += [(thing, "new") for thing in session.new if isinstance(thing, Kept)]
    pending += [(thing, "set") for thing in session.dirty if isinstance(thing, Kept) and session.is_modified(thing)]
    if not pending:
        return
    if now is None:
        raise RuntimeError("a write outside Store.change")
    for thing in session.new:
        if isinstance(thing, Kept) and hasattr(thing, "seal_id"):
            now.seal_of[thing.id] = thing.seal_id
    connection = session.connection()
    rows = []
    for thing, verb in pending:
        row = _delete(connection, now, thing) if verb == "del" else _set(connection, now, thing, new=verb == "new")
        if row:
            rows.append(row)
            now.touched.setdefault(type(thing).__tablename__, set()).add(thing.id)
    if rows:
        connection.exec_driver_sql("insert into op (op_id, txn, seq, ms, counter, kind, entity, entity_id, seal_id, head, sealed, payload_hash)"
                                   " values (?,?,?,?,?,?,?,?,?,?,?,?)", rows)


def _set(connection: sa.Connection, now: Open, thing: Kept, *, new: bool) -> tuple[Any, ...] | None:
    state: InstanceState[Any] = sa.inspect(thing)
    changes: dict[str, tuple[sa.Column[Any], Any, Any]] = {}
    for attribute in state.mapper.column_attrs:
        column = attribute.columns[0]
        if column.info.get("local"):
            continue
        history = state.attrs[attribute.key].history
        if new:
            value = getattr(thing, attribute.key)
            if value is not None and value != []:
                changes[attribute.key] = (column, None, value)
        elif history.has_changes():
            changes[attribute.key] = (column, history.deleted[0] if history.deleted else None, getattr(thing, attribute.key))
    if not changes:
        return None
    if not new and thing.id not in now.restoring and any(column.info.get("kind") in APPEND_ONLY for column, _, _ in changes.values()):
        raise RuntimeError(f"{type(thing).__tablename__} rows are never changed; write a correcting row")
    new = new and thing.id not in now.restoring
    heads = {} if new else heads_of(connection, thing.__tablename__, thing.id)
    heads.pop("x", None)
    op_id = new_id()
    bases = {name: heads.get("f", {}).get(name, []) for name in changes}
    stamp = _stamp(now, op_id, [base for stamps in bases.values() for base in stamps])
    plain, secret = _payload(op_id.hex, changes, heads)
    if not new:
        _move_heads(heads, changes, stamp, plain, secret)
        connection.exec_driver_sql("insert into version (entity_id, entity, stamps) values (?,?,?) on conflict (entity_id) do update set stamps = excluded.stamps",
                                   (thing.id.bytes, thing.__tablename__, _json(heads)))
    head: dict[str, Any] = {key: part for key, part in plain.items() if part}
    if any(bases.values()):
        head["b"] = {name: stamps for name, stamps in bases.items() if stamps}
    return _row(connection, now, op_id, stamp, "set", thing, head, {key: part for key, part in secret.items() if part})


def _payload(op_id: str, changes: dict[str, tuple[sa.Column[Any], Any, Any]], heads: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Splits values into what may stand in the head and what is sealed; sets become adds and removals."""
    plain: dict[str, Any] = {"v": {}, "s": {}}
    secret: dict[str, Any] = {"v": {}, "s": {}}
    for name, (column, _, value) in changes.items():
        part = secret if column.info.get("personal") else plain
        if column.info.get("kind") == SET:
            seen: dict[str, str] = heads.get("s", {}).get(name, {})
            wanted = sorted(set(value or []))
            adds = [[f"{op_id}.{i}", word] for i, word in enumerate(word for word in wanted if word not in seen.values())]
            part["s"][name] = {"add": adds, "rem": [uid for uid, word in seen.items() if word not in wanted]}
        else:
            part["v"][name] = jsonable(value)
    return plain, secret


def _move_heads(heads: dict[str, Any], changes: dict[str, Any], stamp: Stamp, plain: dict[str, Any], secret: dict[str, Any]) -> None:
    for name in changes:
        heads.setdefault("f", {})[name] = [stamp_text(stamp)]
    for part in (plain, secret):
        for name, moved in part["s"].items():
            live = heads.setdefault("s", {}).setdefault(name, {})
            for uid in moved["rem"]:
                live.pop(uid, None)
            live.update({uid: word for uid, word in moved["add"]})


def _delete(connection: sa.Connection, now: Open, thing: Kept) -> tuple[Any, ...]:
    heads = heads_of(connection, thing.__tablename__, thing.id)
    seen = sorted({stamp for stamps in heads.get("f", {}).values() for stamp in stamps})
    op_id = new_id()
    stamp = _stamp(now, op_id, seen)
    heads["x"] = stamp_text(stamp)
    connection.exec_driver_sql("insert into version (entity_id, entity, stamps) values (?,?,?) on conflict (entity_id) do update set stamps = excluded.stamps",
                               (thing.id.bytes, thing.__tablename__, _json(heads)))
    return _row(connection, now, op_id, stamp, "del", thing, {"x": seen}, {})


def heads_of(connection: sa.Connection, entity: str, entity_id: UUID) -> dict[str, Any]:
    """The record's heads: {"f": {field: [stamps]}, "s": {field: {uid: word}}}, from `version`, else from the op that made it."""
    found = connection.exec_driver_sql("select stamps from version where entity_id = ?", (entity_id.bytes,)).scalar()
    if found is not None:
        return dict(msgspec.json.decode(found))
    made = connection.exec_driver_sql("select op_id, ms, counter, seal_id, head, sealed from op where entity_id = ? and kind = 'set'", (entity_id.bytes,)).first()
    if made is None:
        return {}
    from coachdesk.store.seals import open_

    head = msgspec.json.decode(made.head)
    secret: dict[str, Any] = {}
    if made.sealed is not None:
        key = connection.exec_driver_sql("select key from seal where id = ?", (made.seal_id,)).scalar()
        secret = open_(key, made.op_id, entity_id.bytes, made.sealed) if key else {}
    return fresh_heads(stamp_text((made.ms, made.counter, made.op_id.hex())), head, secret)


def fresh_heads(stamp: str, head: dict[str, Any], secret: dict[str, Any]) -> dict[str, Any]:
    """The heads of a record that one op made and none has edited."""
    fields: dict[str, Any] = {}
    sets: dict[str, Any] = {}
    for part in (head, secret):
        fields.update({name: [stamp] for name in [*part.get("v", {}), *part.get("s", {})]})
        sets.update({name: dict(moved["add"]) for name, moved in part.get("s", {}).items()})
    return {"f": fields, "s": sets} if sets else {"f": fields}


def _stamp(now: Open, op_id: UUID, bases: list[str]) -> Stamp:
    """Greater than every base it replaces, whatever the wall clock says."""
    ms, counter = now.ms, now.counter
    for base in bases:
        base_ms, base_counter, _ = stamp_from(base)
        if (base_ms, base_counter) >= (ms, counter):
            ms, counter = base_ms, base_counter + 1
    if ms == now.ms:
        now.counter = max(now.counter, counter)
    return ms, counter, op_id.hex


def _row(connection: sa.Connection, now: Open, op_id: UUID, stamp: Stamp, kind: str, thing: Kept, head: dict[str, Any], secret: dict[str, Any]) -> tuple[Any, ...]:
    now.seq += 1
    now.ops += 1
    seal_id = sealed = None
    if secret:
        seal_id = seal_for(connection, now, thing)
        key = now.seals.key(connection, seal_id, make=True)
        assert key is not None
        sealed = close(key, op_id.bytes, thing.id.bytes, secret)
    return (op_id.bytes, now.txn, now.seq, stamp[0], stamp[1], kind, thing.__tablename__, thing.id.bytes, seal_id and seal_id.bytes, _json(head), sealed,
            hashlib.blake2b(sealed, digest_size=16).digest() if sealed else None)


def seal_for(connection: sa.Connection, now: Open, thing: Kept) -> UUID:
    """Which small key protects this record: its own, or the person's whose record it is part of."""
    owner: UUID = getattr(thing, thing.__sealed_by__) or thing.id
    if thing.__sealed_by__ in ("id", "seal_id"):
        return owner
    if owner not in now.seal_of:
        column = sa.inspect(type(thing)).column_attrs[thing.__sealed_by__].columns[0]
        table = column.info["to"] or "participant"
        found = connection.exec_driver_sql(f"select seal_id from {table} where id = ?", (owner.bytes,)).scalar()   # noqa: S608  table from our own metadata
        now.seal_of[owner] = UUID(bytes=found) if found else owner
    return now.seal_of[owner]


def jsonable(value: Any) -> Any:
    """A value as the log holds it: dates and instants as text, ids as hex, the rest as it is. No floats."""
    if isinstance(value, float):
        raise TypeError("no floats in the log: integer pence, decimals as text")
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [jsonable(item) for item in value]
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    return value


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
