"""Replay and digest: the log folded in any order gives the same state as the live tables, and a number proves it.

The fold follows SYNC.md section 3: heads are stamps that no other edit names as base; a tombstone names the heads it saw, and an edit it
had not seen keeps the record alive; set members are added by uid and removed by the uids that were seen.
The digest is a sum modulo 2^256 over SHA-256 of each record's id, heads and values, so that neither order nor table layout matters.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from coachdesk.store import kinds
from coachdesk.store.log import added, fresh_heads, jsonable, stamp_text
from coachdesk.store.seals import open_

_MODULUS = 2**256
Values = dict[str, tuple[tuple[str, ...], Any]]


class Fold:
    """A state folded from ops: a pure function of the set of ops, whatever order they arrive in, however often."""

    def __init__(self) -> None:
        self.entity: dict[bytes, str] = {}
        self._seen: set[bytes] = set()
        self._values: dict[tuple[bytes, str], dict[str, Any]] = defaultdict(dict)
        self._replaced: dict[tuple[bytes, str], set[str]] = defaultdict(set)
        self._sets: dict[tuple[bytes, str], dict[str, str]] = defaultdict(dict)
        self._removed: set[str] = set()
        self._dead: dict[bytes, list[frozenset[str]]] = defaultdict(list)
        self._fields: dict[bytes, set[str]] = defaultdict(set)

    def apply(self, op_id: bytes, stamp: str, entity: str, entity_id: bytes, head: dict[str, Any], secret: dict[str, Any] | None) -> None:
        """Takes one op. secret: the opened payload; None when its small key is gone (then only heads count)."""
        if op_id in self._seen:
            return
        self._seen.add(op_id)
        self.entity[entity_id] = entity
        if "x" in head:
            self._dead[entity_id].append(frozenset(head["x"]))
            return
        for part in (head, secret or {}):
            for name, value in part.get("v", {}).items():
                self._take(entity_id, name, stamp, value, head)
            for name, moved in part.get("s", {}).items():
                self._take(entity_id, name, stamp, None, head)
                self._sets[entity_id, name].update(added(op_id.hex(), moved))
                self._removed.update(moved.get("rem", ()))

    def _take(self, entity_id: bytes, name: str, stamp: str, value: Any, head: dict[str, Any]) -> None:
        self._fields[entity_id].add(name)
        self._values[entity_id, name][stamp] = value
        self._replaced[entity_id, name].update(head.get("b", {}).get(name, ()))

    def heads(self, entity_id: bytes, name: str) -> list[str]:
        """The stamps of a field that nothing replaces."""
        key = (entity_id, name)
        return sorted(self._values[key].keys() - self._replaced[key])

    def is_live(self, entity_id: bytes) -> bool:
        """Whether some head of the record was unseen by every tombstone."""
        heads = {stamp for name in self._fields[entity_id] for stamp in self.heads(entity_id, name)}
        return bool(heads) and not any(heads <= seen for seen in self._dead[entity_id])

    def records(self) -> Iterator[tuple[str, bytes, Values | None]]:
        """Every record with its values; None for a dead one."""
        for entity_id, entity in self.entity.items():
            if not self.is_live(entity_id):
                yield entity, entity_id, None
                continue
            values: Values = {}
            for name in self._fields[entity_id]:
                heads = self.heads(entity_id, name)
                key = (entity_id, name)
                value = (
                    sorted({word for uid, word in self._sets[key].items() if uid not in self._removed})
                    if key in self._sets
                    else self._values[key][heads[-1]]
                )
                values[name] = (tuple(heads), value)
            yield entity, entity_id, values


def digest(records: Iterator[tuple[str, bytes, Values | None]]) -> str:
    """The state's digest in hex."""
    total = 0
    for entity, entity_id, values in records:
        shape = [
            entity,
            entity_id.hex(),
            None if values is None else sorted([name, heads, value] for name, (heads, value) in values.items()),
        ]
        total += int.from_bytes(hashlib.sha256(msgspec.json.encode(shape)).digest(), "big")
    return f"{total % _MODULUS:064x}"


def replayed(connection: sa.Connection) -> Fold:
    """Folds the whole log of a store into an empty state. Raises nacl's CryptoError if a sealed payload was tampered with."""
    keys = {bytes(row.id): bytes(row.key) for row in connection.exec_driver_sql("select id, key from seal")}
    fold = Fold()
    for row in connection.exec_driver_sql("select op_id, ms, counter, entity, entity_id, seal_id, head, sealed from op"):
        secret = None
        key = keys.get(bytes(row.seal_id or row.entity_id))
        if row.sealed is not None and key is not None:
            secret = open_(key, bytes(row.op_id), bytes(row.entity_id), row.sealed)
        fold.apply(
            bytes(row.op_id),
            stamp_text((row.ms, row.counter, bytes(row.op_id).hex())),
            row.entity,
            bytes(row.entity_id),
            msgspec.json.decode(row.head),
            secret,
        )
    return fold


def live(connection: sa.Connection) -> Iterator[tuple[str, bytes, Values | None]]:
    """Every record as the live tables have it, with the heads that `version` (or the making op) names."""
    edited = {
        bytes(row.entity_id): (row.entity, msgspec.json.decode(row.stamps))
        for row in connection.exec_driver_sql("select entity_id, entity, stamps from version")
    }
    made = _made(connection)
    for entity_id, (entity, heads) in edited.items():
        if "x" in heads:
            yield entity, entity_id, None
    for table in kinds.synced_tables():
        # A store of an older version (in a backup) lacks what was added since.
        there = {row[1] for row in connection.exec_driver_sql(f"pragma table_info({table.name})")}  # sql: a table of ours
        columns = [column for column in table.columns if column.name in there and not column.info.get("local")]
        for row in connection.execute(sa.select(table.c.id, *columns)) if there else ():
            entity_id = row._mapping["id"].bytes
            fields = edited[entity_id][1].get("f", {}) if entity_id in edited else made.get(entity_id, {})
            yield (
                str(table.name),
                entity_id,
                {
                    str(column.name): (tuple(sorted(fields[column.name])), _value(column, row._mapping[column.name]))
                    for column in columns
                    if column.name in fields
                },
            )


def _made(connection: sa.Connection) -> dict[bytes, dict[str, list[str]]]:
    """The heads of every record that no op has touched but the one that made it."""
    keys = {bytes(row.id): bytes(row.key) for row in connection.exec_driver_sql("select id, key from seal")}
    found = {}
    for row in connection.exec_driver_sql(
        "select op_id, ms, counter, entity_id, seal_id, head, sealed from op"
        " where kind = 'set' and not exists (select 1 from version where version.entity_id = op.entity_id)"
    ):
        key = keys.get(bytes(row.seal_id or row.entity_id))
        secret = open_(key, bytes(row.op_id), bytes(row.entity_id), row.sealed) if row.sealed is not None and key is not None else {}
        found[bytes(row.entity_id)] = fresh_heads(
            stamp_text((row.ms, row.counter, bytes(row.op_id).hex())), msgspec.json.decode(row.head), secret
        )["f"]
    return found


def _value(column: sa.Column[Any], value: Any) -> Any:
    return sorted(set(value or [])) if column.info.get("kind") == kinds.SET else jsonable(value)
