"""Capture: every changed mapped attribute becomes part of an op in the same transaction, at the session's flush.

Rooms write ordinary SQLAlchemy inside `Store.change`; bulk, Core and raw writes meet the guard triggers. Ops carry base stamps, so
that an edit always outranks what it replaced (SYNC.md section 3). Values: columns as they stand in SQLite, JSON-ready.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.state import InstanceState

from coachdesk.store.ids import new_id
from coachdesk.store.kinds import APPEND_ONLY, SET, Kept, instant_text
from coachdesk.store.seals import Ring, Seals, close

_ENCODER = msgspec.json.Encoder()
Stamp = tuple[int, int, str]  # milliseconds, counter, op id in hex; sorts as the text form does


def stamp_text(stamp: Stamp) -> str:
    """`hlc milliseconds . counter . op id`, sortable as text."""
    return f"{stamp[0]:012x}.{stamp[1]:04x}.{stamp[2]}"


def stamp_from(text: str) -> Stamp:
    """The three parts of a stamp's text."""
    ms, counter, op_id = text.split(".")
    return int(ms, 16), int(counter, 16), op_id


def after(ms: int, counter: int) -> tuple[int, int]:
    """The next moment of a clock that stands still; the counter has four hex digits in a stamp's text."""
    return (ms, counter + 1) if counter < 0xFFFF else (ms + 1, 0)


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
    restoring: set[UUID] = field(default_factory=set)  # deleted records that come back: their heads are known
    retold: frozenset[str] = frozenset()               # fields in which what is written stands only where nothing else is known


@dataclass(frozen=True, slots=True)
class _Attribute:
    """What capture needs to know of one mapped column."""

    name: str
    is_set: bool
    is_personal: bool
    is_append_only: bool


@cache
def _attributes(known: type[Kept]) -> dict[str, _Attribute]:
    """The captured attributes of a class, in the table's order."""
    found = {}
    for attribute in sa.inspect(known).column_attrs:
        info = attribute.columns[0].info
        if not info.get("local"):
            found[attribute.key] = _Attribute(
                attribute.key, info.get("kind") == SET, bool(info.get("personal")), info.get("kind") in APPEND_ONLY
            )
    return found


def capture(session: Session) -> None:
    """Writes the ops of all pending changes. Called before each flush; the door is open from here to the flush's end."""
    now: Open | None = session.info.get("open")
    made = [thing for thing in session.new if isinstance(thing, Kept)]
    pending: list[tuple[Kept, dict[str, Any] | None, bool]] = [(thing, None, False) for thing in session.deleted if isinstance(thing, Kept)]
    pending += [(thing, _all_values(thing), True) for thing in made]
    pending += [(thing, moved, False) for thing in session.dirty if isinstance(thing, Kept) and (moved := _changed_values(thing))]
    if not pending:
        return
    if now is None:
        raise RuntimeError("a write outside Store.change")
    _ask_the_gate(session, {thing.__tablename__ for thing, _values, _new in pending})
    now.seal_of.update((thing.id, thing.seal_id) for thing in made if hasattr(thing, "seal_id"))
    connection = session.connection()
    written = _Written()
    drafts = [
        _deleted(connection, now, written, thing) if values is None else _set(connection, now, written, thing, values, new=new)
        for thing, values, new in pending
    ]
    _write(connection, now, drafts, written)


def _ask_the_gate(session: Session, tables: set[str]) -> None:
    """Refuses what this device's role in the team may not write: every other laptop would set it aside (sync.membership)."""
    gate = session.info.get("gate")
    if gate is None:
        return
    for table in sorted(tables):
        refusal = gate(table)
        if refusal is not None:
            raise refusal


@dataclass
class _Written:
    """Rows for `version`, gathered so that they go out together."""

    heads: dict[bytes, tuple[bytes, str, str]] = field(default_factory=dict)

    def move(self, thing: Kept, heads: dict[str, Any]) -> None:
        self.heads[thing.id.bytes] = (thing.id.bytes, thing.__tablename__, _json(heads))


@dataclass(slots=True)
class _Draft:
    """One op before its payload is sealed."""

    thing: Kept
    kind: str
    op_id: UUID
    stamp: Stamp
    head: dict[str, Any]
    secret: dict[str, Any]


def _write(connection: sa.Connection, now: Open, drafts: list[_Draft], written: _Written) -> None:
    seal_ids = {draft.thing.id: seal_for(connection, now, draft.thing) for draft in drafts if draft.secret}
    keys = now.seals.ready(connection, seal_ids.values()) if seal_ids else {}
    rows = []
    for draft in drafts:
        now.seq += 1
        now.ops += 1
        thing_id, table, op_id = draft.thing.id, draft.thing.__tablename__, draft.op_id.bytes
        seal_id = seal_ids.get(thing_id) if draft.secret else None
        sealed = close(keys[seal_id], op_id, thing_id.bytes, draft.secret) if seal_id else None
        rows.append(
            (
                op_id,
                now.txn,
                now.seq,
                draft.stamp[0],
                draft.stamp[1],
                draft.kind,
                table,
                thing_id.bytes,
                seal_id.bytes if seal_id and seal_id != thing_id else None,
                _json(draft.head),
                sealed,
            )
        )
        now.touched.setdefault(table, set()).add(thing_id)
    if written.heads:
        connection.exec_driver_sql(
            "insert into version (entity_id, entity, stamps) values (?,?,?) on conflict (entity_id) do update set stamps = excluded.stamps",
            list(written.heads.values()),
        )
    connection.exec_driver_sql(
        "insert into op (op_id, txn, seq, ms, counter, kind, entity, entity_id, seal_id, head, sealed) values (?,?,?,?,?,?,?,?,?,?,?)", rows
    )


def _all_values(thing: Kept) -> dict[str, Any]:
    held = sa.inspect(thing).dict
    values = {name: value for name in _attributes(type(thing)) if (value := held.get(name)) is not None and value != []}
    if not values:
        raise RuntimeError(f"a {type(thing).__tablename__} row with nothing in it")
    return values


def _changed_values(thing: Kept) -> dict[str, Any]:
    state: InstanceState[Any] = sa.inspect(thing)
    known = _attributes(type(thing))
    return {name: getattr(thing, name) for name in list(state.committed_state) if name in known and state.attrs[name].history.has_changes()}


def _set(connection: sa.Connection, now: Open, written: _Written, thing: Kept, values: dict[str, Any], *, new: bool) -> _Draft:
    known = _attributes(type(thing))
    restored = thing.id in now.restoring
    if not new and not restored and any(known[name].is_append_only for name in values):
        raise RuntimeError(f"{type(thing).__tablename__} rows are never changed; write a correcting row")
    heads = {} if new and not restored else heads_of(connection, thing.__tablename__, thing.id)
    newest = _newest(heads)
    heads.pop("x", None)
    op_id = new_id()
    had = heads.get("f", {})
    bases = {name: had[name] for name in values if had.get(name)}
    stamp = _stamp(now, op_id, [base for stamps in bases.values() for base in stamps])
    plain, secret = _payload(values, known, heads)
    if not new or restored:
        _move_heads(heads, values, stamp, plain, secret)
        written.move(thing, heads)
    if bases:
        plain["b"] = bases
    if newest and newest not in (stamp for stamps in bases.values() for stamp in stamps):
        plain["r"] = newest       # what its writer knew of the record: edits that did not are shown side by side (store.contest)
    if again := sorted(now.retold & values.keys()):
        plain["w"] = again
    return _Draft(thing, "set", op_id, stamp, plain, secret)


def _newest(heads: dict[str, Any]) -> str:
    """The newest stamp among a record's heads, its tombstone's included; empty for a new record."""
    stamps: list[str] = [heads.get("x", ""), heads.get("k", ""), *(stamp for some in heads.get("f", {}).values() for stamp in some)]
    return max(stamps)


def _payload(values: dict[str, Any], known: dict[str, _Attribute], heads: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Splits values into what may stand in the head and what is sealed; sets become adds and removals."""
    plain: dict[str, Any] = {}
    secret: dict[str, Any] = {}
    for name, value in values.items():
        part = secret if known[name].is_personal else plain
        if known[name].is_set:
            seen: dict[str, str] = heads.get("s", {}).get(name, {})
            wanted = set(value or [])
            moved: dict[str, list[str]] = {"add": sorted(wanted.difference(seen.values()))}
            if gone := [uid for uid, word in seen.items() if word not in wanted]:
                moved["rem"] = gone
            part.setdefault("s", {})[name] = moved
        else:
            part.setdefault("v", {})[name] = value if type(value) is str else jsonable(value)
    return plain, secret


def added(op_id: str, moved: dict[str, Any]) -> dict[str, str]:
    """The words that an op adds to a set, by uid: the op's id in hex, a dot, and the word's place in the op."""
    return {f"{op_id}.{place}": word for place, word in enumerate(moved.get("add", ()))}


def _move_heads(heads: dict[str, Any], values: dict[str, Any], stamp: Stamp, plain: dict[str, Any], secret: dict[str, Any]) -> None:
    for name in values:
        heads.setdefault("f", {})[name] = [stamp_text(stamp)]
    for part in (plain, secret):
        for name, moved in part.get("s", {}).items():
            live = heads.setdefault("s", {}).setdefault(name, {})
            for uid in moved.get("rem", ()):
                live.pop(uid, None)
            live.update(added(stamp[2], moved))


def _deleted(connection: sa.Connection, now: Open, written: _Written, thing: Kept) -> _Draft:
    heads = heads_of(connection, thing.__tablename__, thing.id)
    seen = sorted({stamp for stamps in heads.get("f", {}).values() for stamp in stamps})
    op_id = new_id()
    stamp = _stamp(now, op_id, seen)
    heads["x"] = stamp_text(stamp)
    written.move(thing, heads)
    return _Draft(thing, "del", op_id, stamp, {"x": seen}, {})


def heads_of(connection: sa.Connection, entity: str, entity_id: UUID) -> dict[str, Any]:
    """The record's heads: {"f": {field: [stamps]}, "s": {field: {uid: word}}}, from `version`, else from the op that made it."""
    found = connection.exec_driver_sql("select stamps from version where entity_id = ?", (entity_id.bytes,)).scalar()
    if found is not None:
        return dict(msgspec.json.decode(found))
    made = connection.exec_driver_sql(
        "select op_id, ms, counter, seal_id, entity_id, head, sealed from op where entity_id = ? and kind = 'set'", (entity_id.bytes,)
    ).first()
    if made is None:
        return {}
    return fresh_heads(stamp_text((made.ms, made.counter, made.op_id.hex())), msgspec.json.decode(made.head), secret_of(connection, made))


def secret_of(connection: sa.Connection, row: Any) -> dict[str, Any]:
    """The opened payload of an op row (op_id, entity_id, seal_id, sealed); empty where there is none or its small key is not here."""
    if row.sealed is None:
        return {}
    return Ring.some(connection, [bytes(row.seal_id or row.entity_id)]).opened(row) or {}


def fresh_heads(stamp: str, head: dict[str, Any], secret: dict[str, Any]) -> dict[str, Any]:
    """The heads of a record that one op made and none has edited."""
    fields: dict[str, Any] = {}
    sets: dict[str, Any] = {}
    for part in (head, secret):
        fields.update({name: [stamp] for name in [*part.get("v", {}), *part.get("s", {})]})
        sets.update({name: added(stamp_from(stamp)[2], moved) for name, moved in part.get("s", {}).items()})
    return {"f": fields, "s": sets} if sets else {"f": fields}


def _stamp(now: Open, op_id: UUID, bases: list[str]) -> Stamp:
    """Greater than every base it replaces, whatever the wall clock says."""
    ms, counter = now.ms, now.counter
    for base in bases:
        base_ms, base_counter, _ = stamp_from(base)
        if (base_ms, base_counter) >= (ms, counter):
            ms, counter = after(base_ms, base_counter)
    if ms == now.ms:
        now.counter = max(now.counter, counter)
    return ms, counter, op_id.hex


def seal_for(connection: sa.Connection, now: Open, thing: Kept) -> UUID:
    """Which small key protects this record: its own, or the person's whose record it is part of."""
    owner: UUID | None = getattr(thing, thing.__sealed_by__)
    if owner is None or thing.__sealed_by__ in ("id", "seal_id"):
        return owner or thing.id
    if owner not in now.seal_of:
        column = sa.inspect(type(thing)).column_attrs[thing.__sealed_by__].columns[0]
        table = column.info["to"] or "participant"
        query = f"select seal_id from {table} where id = ?"  # noqa: S608  sql: identifiers from the models
        found = connection.exec_driver_sql(query, (owner.bytes,)).scalar()
        now.seal_of[owner] = UUID(bytes=found) if found else owner
    return now.seal_of[owner]


def jsonable(value: Any) -> Any:
    """A value as the log holds it: dates and instants as text, ids as hex, the rest as it is. No floats."""
    if isinstance(value, float):
        raise TypeError("no floats in the log: integer pence, decimals as text")
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [jsonable(item) for item in value]
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    return value


def _json(value: Any) -> str:
    return _ENCODER.encode(value).decode()
