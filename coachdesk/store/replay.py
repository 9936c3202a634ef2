"""Replay and digest: the log folded in any order gives the same state as the live tables, and a number proves it.

Each record is folded by itself (store.story); then one rule looks across records: a record that a live one names is alive, even though
somebody deleted it, since whoever deleted it cannot have seen the one that names it (the store refuses to delete what is named).
The digest is a sum modulo 2^256 over SHA-256 of each record's id, heads and values, so that neither order nor table layout matters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa

from coachdesk.store import kinds
from coachdesk.store.log import fresh_heads, jsonable, stamp_text
from coachdesk.store.seals import Ring
from coachdesk.store.story import Story, Values

_MODULUS = 2**256
_AN_ID = 32     # hex digits


@cache
def references() -> dict[str, dict[str, str]]:
    """By table, its columns that name another record, with that record's table. Filled once: every room's records have to be imported."""
    return {
        str(table.name): {str(column.name): str(column.info["to"]) for column in table.columns if column.info.get("to")}
        for table in kinds.synced_tables()
    }


@cache
def columns_of(table: str) -> frozenset[str]:
    """The fields of a table that the log knows; none of a table that this program does not know."""
    return frozenset(str(column.name) for known in kinds.synced_tables() if known.name == table
                     for column in known.columns if not column.info.get("local"))


def seem_named(story: Story, known: Collection[str]) -> Iterator[bytes]:
    """What the fields of a newer program name, as far as an older one can tell: whatever looks like an id, a small key's left out.

    Every program has to find the same records alive; a column that names no record must not hold 32 hex digits (house rule).
    """
    for name in story.values:
        if name not in known and name != "seal_id" and name not in story.sets:
            value = story.value(name)
            if type(value) is str and len(value) == _AN_ID and not value.strip("0123456789abcdef"):
                yield bytes.fromhex(value)


class Fold:
    """A state folded from ops: a pure function of the set of ops, whatever order they arrive in, however often."""

    def __init__(self) -> None:
        self.stories: dict[bytes, Story] = {}
        self._seen: set[bytes] = set()

    def apply(self, op_id: bytes, stamp: str, entity: str, entity_id: bytes, head: dict[str, Any], secret: dict[str, Any] | None) -> None:
        """Takes one op. secret: the opened payload; None when its small key is gone (then only heads count)."""
        if op_id in self._seen:
            return
        self._seen.add(op_id)
        story = self.stories.get(entity_id)
        if story is None:
            story = self.stories[entity_id] = Story(entity)
        story.apply(op_id, stamp, head, secret)

    def live(self) -> set[bytes]:
        """The ids of all records that are alive, by their own edits or because a live one names them."""
        known = references()
        alive = {entity_id for entity_id, story in self.stories.items() if story.is_live}
        if all(not story.dead for story in self.stories.values()):
            return alive
        waiting = list(alive)
        while waiting:
            story = self.stories[waiting.pop()]
            named = [story.value(name) for name in known.get(story.entity, ()) if name in story.values]
            for parent in [*(bytes.fromhex(id) for id in named if id), *seem_named(story, columns_of(story.entity))]:
                if parent in self.stories and parent not in alive and self.stories[parent].values:
                    alive.add(parent)
                    waiting.append(parent)
        return alive

    def records(self) -> Iterator[tuple[str, bytes, Values | None]]:
        """Every record with its values; None for a dead one."""
        alive = self.live()
        for entity_id, story in self.stories.items():
            if not story.values and not story.dead:
                continue                # its small key is not here: nothing is known of it
            yield story.entity, entity_id, story.all_values() if entity_id in alive else None


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


def folded(connection: sa.Connection, ring: Ring, chosen: str = "", ids: tuple[Any, ...] = ()) -> Fold:
    """Folds what the log says, withheld ops left out. chosen: the end of a `where op…` clause. Rows and small keys as they stand here."""
    fold = Fold()
    held = "" if not _has(connection, "withheld") else "op_id not in (select op_id from withheld)"
    where = " and ".join(part for part in (held, chosen) if part)
    query = "select op_id, ms, counter, entity, entity_id, seal_id, head, sealed from op" + (f" where {where}" if where else "")  # noqa: S608  our own words
    for row in connection.exec_driver_sql(query, ids):
        fold.apply(
            bytes(row.op_id),
            stamp_text((row.ms, row.counter, bytes(row.op_id).hex())),
            row.entity,
            bytes(row.entity_id),
            msgspec.json.decode(row.head),
            ring.opened(row),
        )
    return fold


def replayed(connection: sa.Connection) -> Fold:
    """Folds the whole log of a store into an empty state. Raises nacl's CryptoError if a sealed payload was tampered with."""
    return folded(connection, Ring.whole(connection))


def live(connection: sa.Connection) -> Iterator[tuple[str, bytes, Values | None]]:
    """Every record as the live tables have it, with the heads that `version` (or the making op) names.

    What waits (for its parent, its small key or a newer program) stands in no table: its values are those of the log.
    """
    edited = {
        bytes(row.entity_id): (row.entity, msgspec.json.decode(row.stamps))
        for row in connection.exec_driver_sql("select entity_id, entity, stamps from version")
    }
    made = _made(connection)
    waiting, stale = _waiting(connection)
    dead = {entity_id for entity_id, (_entity, heads) in edited.items() if "x" in heads}
    for entity_id in dead:
        yield edited[entity_id][0], entity_id, None
    for table in kinds.synced_tables():
        # A store of an older version (in a backup) lacks what was added since.
        there = {row[1] for row in connection.exec_driver_sql(f"pragma table_info({table.name})")}  # sql: a table of ours
        columns = [column for column in table.columns if column.name in there and not column.info.get("local")]
        for row in connection.execute(sa.select(table.c.id, *columns)) if there else ():
            entity_id = row._mapping["id"].bytes
            if entity_id in stale:
                continue
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
    yield from (each for each in waiting if each[1] not in dead)


def _waiting(connection: sa.Connection) -> tuple[list[tuple[str, bytes, Values | None]], set[bytes]]:
    """The records that wait, as the log has them, and their ids."""
    if not _has(connection, "waiting"):
        return [], set()
    ids = {bytes(row[0]) for row in connection.exec_driver_sql("select distinct entity_id from waiting")}
    if not ids:
        return [], set()
    fold = folded(connection, Ring.whole(connection), "entity_id in (select entity_id from waiting)")
    return [(story.entity, entity_id, story.all_values()) for entity_id, story in fold.stories.items()
            if story.values], ids


def _has(connection: sa.Connection, table: str) -> bool:
    return connection.exec_driver_sql("select 1 from sqlite_master where name = ?", (table,)).first() is not None


def _made(connection: sa.Connection) -> dict[bytes, dict[str, list[str]]]:
    """The heads of every record that no op has touched but the one that made it."""
    ring = Ring.whole(connection)
    found = {}
    for row in connection.exec_driver_sql(
        "select op_id, ms, counter, entity_id, seal_id, head, sealed from op"
        " where kind = 'set' and not exists (select 1 from version where version.entity_id = op.entity_id)"
    ):
        found[bytes(row.entity_id)] = fresh_heads(
            stamp_text((row.ms, row.counter, bytes(row.op_id).hex())), msgspec.json.decode(row.head), ring.opened(row) or {}
        )["f"]
    return found


def _value(column: sa.Column[Any], value: Any) -> Any:
    return sorted(set(value or [])) if column.info.get("kind") == kinds.SET else jsonable(value)
