"""What came from other laptops becomes rows: the records that it touches are folded anew from the log, whatever order it arrived in.

A record that was made by one op and never touched again is written straight from it. A record waits (table `waiting`) as long as what it
names has not arrived, its small key is missing, not enough is known of it to stand in its table, or a newer program is needed to read it.
Rows go in with their parents first; a deleted record that a live one names stays (replay.Fold.live has the same rule).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa

from coachdesk.store import kinds, replay
from coachdesk.store.contest import note
from coachdesk.store.kinds import revived
from coachdesk.store.log import stamp_text
from coachdesk.store.seals import Ring
from coachdesk.store.story import Story
from coachdesk.store.tables import NEWER

_AT_ONCE = 400
_Reason = tuple[bytes, str]     # what a record waits for, and why: parent, key, more, newer


@dataclass
class Moved:
    """What refolding changed, by table."""

    new: dict[str, set[bytes]] = field(default_factory=dict)
    edited: dict[str, set[bytes]] = field(default_factory=dict)
    gone: dict[str, set[bytes]] = field(default_factory=dict)

    def ids(self) -> dict[str, frozenset[UUID]]:
        """Every id whose row is new, changed or gone."""
        tables = {*self.new, *self.edited, *self.gone}
        parts = (self.new, self.edited, self.gone)
        return {table: frozenset(UUID(bytes=id) for part in parts for id in part.get(table, ())) for table in tables}


@dataclass
class _Reading:
    """One refolding: what is read of the records in hand."""

    connection: sa.Connection
    moved: Moved
    new_stamps: set[str]
    hidden: frozenset[str]                                              # tables and columns that this program is taken not to know
    stories: dict[bytes, Story] = field(default_factory=dict)
    count: dict[bytes, int] = field(default_factory=dict)               # ops of a record, withheld ones too
    unread: dict[bytes, set[bytes]] = field(default_factory=dict)       # record -> small keys that are not here
    writer: dict[str, bytes] = field(default_factory=dict)              # stamp -> device
    alive: set[bytes] = field(default_factory=set)


def refold(connection: sa.Connection, touched: dict[bytes, str], new_stamps: Iterable[str] = (),
           hidden: frozenset[str] = frozenset()) -> Moved:
    """Makes the rows of the touched records (id -> table) what the log says of them. The door must be open. Answers what moved."""
    moved = Moved()
    stamps = set(new_stamps)
    pending = dict(touched)
    while pending:
        batch = dict(list(pending.items())[:20_000])
        for id in batch:
            del pending[id]
        reading = _Reading(connection, moved, stamps, hidden)
        _read(reading, list(batch))
        again = _write(reading, batch)
        pending.update(again)
        pending.update(_woken(connection, list(batch)))
    return moved


def _chunks(ids: Iterable[bytes]) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    wanted = list(ids)
    for begin in range(0, len(wanted), _AT_ONCE):
        part = tuple(wanted[begin : begin + _AT_ONCE])
        yield ",".join("?" * len(part)), part


def _read(reading: _Reading, ids: list[bytes]) -> None:
    """The stories of some records, withheld ops left out."""
    rows: list[Any] = []
    for marks, part in _chunks(ids):
        query = ("select op.op_id, ms, counter, entity, entity_id, seal_id, head, sealed, op.txn,"  # noqa: S608  question marks only
                 " (select 1 from withheld where withheld.op_id = op.op_id) as is_held"
                 f" from op where entity_id in ({marks})")
        rows += reading.connection.exec_driver_sql(query, part).all()
    ring = Ring.some(reading.connection, {bytes(row.seal_id or row.entity_id) for row in rows if row.sealed is not None})
    decode = msgspec.json.decode
    for row in rows:
        id = bytes(row.entity_id)
        reading.count[id] = reading.count.get(id, 0) + 1
        if row.is_held:
            continue
        story = reading.stories.get(id)
        if story is None:
            story = reading.stories[id] = Story(row.entity)
        op_id = bytes(row.op_id)
        secret = ring.opened(row)
        if secret is None and row.sealed is not None:
            reading.unread.setdefault(id, set()).add(bytes(row.seal_id or row.entity_id))
        story.apply(op_id, stamp_text((row.ms, row.counter, op_id.hex())), decode(row.head), secret)
    edited = [id for id, number in reading.count.items() if number > 1]
    for marks, part in _chunks(edited):
        query = ("select op.ms, op.counter, op.op_id, txn.dev from op join txn on txn.n = op.txn"  # noqa: S608  question marks only
                 f" where op.entity_id in ({marks})")
        reading.writer.update({stamp_text((row.ms, row.counter, bytes(row.op_id).hex())): bytes(row.dev)
                               for row in reading.connection.exec_driver_sql(query, part)})


def _write(reading: _Reading, batch: dict[bytes, str]) -> dict[bytes, str]:
    """Writes what the stories say, parents first; answers the records that have to be looked at again because of it."""
    known = {str(table.name): table for table in kinds.synced_tables() if str(table.name) not in reading.hidden}
    by_table: dict[str, list[bytes]] = {}
    for id, table in batch.items():
        by_table.setdefault(table, []).append(id)
    again: dict[bytes, str] = {}
    for name in [*known, *(name for name in by_table if name not in known)]:
        ids = by_table.get(name, [])
        if not ids:
            continue
        if name not in known:
            live = [id for id in ids if id in reading.stories and reading.stories[id].is_live]
            reading.alive.update(live)
            again.update(_settle(reading, name, ids, {id: {(NEWER, "newer"), *_parents(reading.stories[id])} for id in live}))
        else:
            again.update(_write_table(reading, known[name], ids))
    for name in reversed(list(known)):
        if name in by_table:
            again.update(_bury(reading, known[name], by_table[name]))
    _versions(reading, batch)
    note(reading.connection, reading.stories, reading.new_stamps, reading.writer)
    return again


def _write_table(reading: _Reading, table: sa.Table, ids: list[bytes]) -> dict[bytes, str]:
    """Inserts and updates the live records of one table; answers those that have to be looked at again because of it."""
    name = str(table.name)
    refs = {column: to for column, to in replay.references()[name].items() if f"{name}.{column}" not in reading.hidden}
    columns = {str(c.name): c for c in table.columns if not c.info.get("local") and f"{name}.{c.name}" not in reading.hidden}
    there = _there(reading.connection, name, ids)
    live = [id for id in ids if id in reading.stories and (reading.stories[id].is_live or _is_named(reading.connection, name, id))]
    facts = {id: _row(reading.stories[id], columns) for id in live}
    reading.alive.update(live)
    missing, again = _missing(reading, name, refs, facts)
    waits: dict[bytes, set[_Reason]] = {id: _keys(reading, id) for id in ids if id in reading.unread}
    fresh: list[tuple[bytes, dict[str, Any]]] = []
    changed: list[tuple[bytes, dict[str, Any]]] = []
    for id, (row, is_whole, has_more) in facts.items():
        reasons = _keys(reading, id) | ({(NEWER, "newer"), *_parents(reading.stories[id], columns)} if has_more else set())
        if id in missing or not is_whole:
            # all that it names: a deleted record must not go while this one waits
            reasons |= {(row[column].bytes, "parent") for column in refs if row[column] is not None}
            reasons |= set() if is_whole else {(id, "more")}
            if id in there and _is_adrift(reading.connection, name, refs, id):
                again.update(_take_out(reading, name, id))
        else:
            (changed if id in there else fresh).append((id, row))
        if reasons:
            waits[id] = reasons
    again.update(_settle(reading, name, ids, waits))
    if fresh:
        reading.connection.execute(sa.insert(table), [{"id": UUID(bytes=id), **row} for id, row in fresh])
        reading.moved.new.setdefault(name, set()).update(id for id, _row in fresh)
    if changed:
        bound = {column: sa.bindparam(f"v_{column}", type_=columns[column].type) for column in columns}
        statement = sa.update(table).where(table.c.id == sa.bindparam("v__id", type_=table.c.id.type)).values(bound)
        rows = [{"v__id": UUID(bytes=id), **{f"v_{column}": value for column, value in row.items()}} for id, row in changed]
        reading.connection.execute(statement, rows)
        reading.moved.edited.setdefault(name, set()).update(id for id, _row in changed)
    return again


def _keys(reading: _Reading, id: bytes) -> set[_Reason]:
    return {(seal_id, "key") for seal_id in reading.unread.get(id, ())}


def _parents(story: Story, columns: Collection[str] = ()) -> set[_Reason]:
    """What the fields that this program does not know seem to name."""
    return {(id, "parent") for id in replay.seem_named(story, columns)}


def _row(story: Story, columns: dict[str, sa.Column[Any]]) -> tuple[dict[str, Any], bool, bool]:
    """The values of a row; whether the table takes it; whether the log has fields that this program does not know."""
    row: dict[str, Any] = {}
    is_whole = True
    for name, column in columns.items():
        value = revived(column, story.value(name)) if name in story.values else None
        if value is None and isinstance(column.type, kinds.Words) and not column.nullable:
            value = []
        if value is None and not column.nullable:
            fresh = column.info.get("fresh")
            value = fresh() if callable(fresh) else fresh      # a field that an older program did not know
            is_whole = is_whole and value is not None
        row[name] = value
    return row, is_whole, any(name not in columns for name in story.values)


def _missing(reading: _Reading, name: str, refs: dict[str, str], facts: dict[bytes, Any]) -> tuple[set[bytes], dict[bytes, str]]:
    """Which records name something that is not there; and which of what they name was deleted and has to come back."""
    named: dict[bytes, set[tuple[str, bytes]]] = {}
    wanted: dict[str, set[bytes]] = {}
    for id, (row, _whole, _more) in facts.items():
        named[id] = {(to, row[column].bytes) for column, to in refs.items() if row[column] is not None and row[column].bytes != id}
        for to, parent in named[id]:
            wanted.setdefault(to, set()).add(parent)
    absent = {(to, id) for to, ids in wanted.items() for id in ids - _there(reading.connection, to, ids)}
    coming = {(name, id) for id, (_row, is_whole, _more) in facts.items() if is_whole}      # they go in together with those that name them
    while True:
        missing = {id for id in facts if named[id] & (absent - coming)}
        if not any((name, id) in coming for id in missing):
            break
        coming -= {(name, id) for id in missing}
    revive = {}
    for to in wanted:
        for marks, part in _chunks(id for table, id in absent - coming if table == to):
            query = f"select distinct entity_id from op where kind = 'del' and entity_id in ({marks})"  # noqa: S608  question marks only
            revive.update({bytes(row[0]): to for row in reading.connection.exec_driver_sql(query, part)})
    return missing, revive


def _there(connection: sa.Connection, table: str, ids: Iterable[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for marks, part in _chunks(ids):
        query = f"select id from {table} where id in ({marks})"  # noqa: S608  sql: a table of ours, question marks only
        found.update(bytes(row[0]) for row in connection.exec_driver_sql(query, part))
    return found


def _namers(connection: sa.Connection, table: str, id: bytes) -> Iterator[tuple[str, bytes]]:
    """The records that stand in their tables and name this one."""
    for name, refs in replay.references().items():
        for column, to in refs.items():
            if to == table:
                query = f"select id from {name} where {column} = ? and id <> ?"  # noqa: S608  sql: names of ours
                yield from ((name, bytes(row[0])) for row in connection.exec_driver_sql(query, (id, id)))


def _is_named(connection: sa.Connection, table: str, id: bytes) -> bool:
    """Whether a live record names this one: one that stands in its table, or waits."""
    if connection.exec_driver_sql("select 1 from waiting where for_id = ? and why = 'parent' and entity_id <> ?", (id, id)).first():
        return True
    return next(_namers(connection, table, id), None) is not None


def _is_adrift(connection: sa.Connection, name: str, refs: dict[str, str], id: bytes) -> bool:
    """Whether the row as it stands names something that is gone."""
    for column, to in refs.items():
        query = f"select 1 from {name} as a where id = ? and {column} is not null"  # noqa: S608  sql: names of ours
        query += f" and not exists (select 1 from {to} as b where b.id = a.{column})"  # noqa: S608  sql: names of ours
        if connection.exec_driver_sql(query, (id,)).first():
            return True
    return False


def _take_out(reading: _Reading, name: str, id: bytes) -> dict[bytes, str]:
    """Deletes one row; answers what named it (which now waits) and what it named (which may have stood only for its sake)."""
    refs = replay.references()[name]
    query = f"select {', '.join(['id', *refs])} from {name} where id = ?"  # noqa: S608  sql: names of ours
    row = reading.connection.exec_driver_sql(query, (id,)).one()
    again = {child: table for table, child in _namers(reading.connection, name, id)}
    reading.connection.exec_driver_sql(f"delete from {name} where id = ?", (id,))  # sql: a table of ours  # noqa: S608
    reading.moved.gone.setdefault(name, set()).add(id)
    for to, parent in zip(refs.values(), row[1:], strict=True):
        if parent is not None and bytes(parent) != id and _was_deleted(reading.connection, bytes(parent)):
            again[bytes(parent)] = to
    return again


def _bury(reading: _Reading, table: sa.Table, ids: list[bytes]) -> dict[bytes, str]:
    """Takes out the rows of dead records, children first, and of those of which nothing counts any more."""
    name = str(table.name)
    dead = [id for id in ids if id not in reading.stories or not reading.stories[id].is_live]
    again: dict[bytes, str] = {}
    for id in _there(reading.connection, name, dead):
        if id not in reading.stories or not _is_named(reading.connection, name, id):
            again.update(_take_out(reading, name, id))
        elif id not in reading.alive:       # what names it came in the same go, after it was looked at
            reading.alive.add(id)
            again[id] = name
    return again


def _was_deleted(connection: sa.Connection, id: bytes) -> bool:
    return connection.exec_driver_sql("select 1 from op where entity_id = ? and kind = 'del'", (id,)).first() is not None


def _settle(reading: _Reading, name: str, ids: list[bytes], waits: dict[bytes, set[_Reason]]) -> dict[bytes, str]:
    """Writes anew what the records of one table wait for; answers deleted records that may have stood only for one that waited."""
    before: set[bytes] = set()
    read = reading.connection.exec_driver_sql
    for marks, part in _chunks(ids):
        query = f"select entity_id, for_id from waiting where why = 'parent' and entity_id in ({marks})"  # noqa: S608  question marks only
        before |= {bytes(row[1]) for row in read(query, part) if (bytes(row[1]), "parent") not in waits.get(bytes(row[0]), ())}
        read(f"delete from waiting where entity_id in ({marks})", part)  # noqa: S608  question marks only
    rows = [(id, for_id, why, name) for id, reasons in waits.items() for for_id, why in sorted(reasons)]
    if rows:
        read("insert into waiting (entity_id, for_id, why, entity) values (?, ?, ?, ?)", rows)
    again: dict[bytes, str] = {}
    newly = {for_id for reasons in waits.values() for for_id, why in reasons if why == "parent"}
    for marks, part in _chunks((before | newly) - set(ids)):
        query = f"select distinct entity_id, entity from op where kind = 'del' and entity_id in ({marks})"  # noqa: S608  question marks only
        for row in read(query, part).all():
            is_there = row[1] in replay.references() and bool(_there(reading.connection, row[1], [bytes(row[0])]))
            if is_there == (bytes(row[0]) in before):       # one that comes back, or one that nothing may keep any more
                again[bytes(row[0])] = row[1]
    return again


def _woken(connection: sa.Connection, arrived: list[bytes]) -> dict[bytes, str]:
    """The records that waited for one of these and can be looked at again, since it stands in its table now."""
    found: dict[bytes, str] = {}
    if connection.exec_driver_sql("select 1 from waiting limit 1").first() is None:
        return found
    for marks, part in _chunks(arrived):
        query = ("select waiting.entity_id, waiting.entity, waiting.for_id, op.entity from waiting"  # noqa: S608  question marks only
                 " join op on op.entity_id = waiting.for_id"
                 f" where waiting.why = 'parent' and waiting.for_id in ({marks}) group by 1, 3")
        for id, entity, for_id, parent in connection.exec_driver_sql(query, part).all():
            is_there = parent in replay.references() and _there(connection, parent, [bytes(for_id)])
            if is_there and not _stands_by(connection, bytes(id)):
                found[bytes(id)] = entity
    return found


def _stands_by(connection: sa.Connection, id: bytes) -> bool:
    """Whether a waiting record waits for something else than parents that are there by now."""
    rows = connection.exec_driver_sql(
        "select waiting.for_id, op.entity from waiting left join op on op.entity_id = waiting.for_id"
        " where waiting.why = 'parent' and waiting.entity_id = ? group by 1", (id,)).all()
    return any(row[1] not in replay.references() or not _there(connection, row[1], [bytes(row[0])]) for row in rows)


def _versions(reading: _Reading, batch: dict[bytes, str]) -> None:
    """Heads of every record that more than one op speaks of; the others' follow from the op that made them (log.heads_of)."""
    rows = []
    for id, table in batch.items():
        story = reading.stories.get(id)
        if story is None or (reading.count[id] == 1 and not story.dead):
            continue
        stamps = story.stamps()
        if story.dead and id not in reading.alive:
            stamps["x"] = max(story.dead)
        rows.append((id, table, msgspec.json.encode(stamps).decode()))
    if rows:
        reading.connection.exec_driver_sql(
            "insert into version (entity_id, entity, stamps) values (?,?,?)"
            " on conflict (entity_id) do update set stamps = excluded.stamps", rows)
    withheld = [(id,) for id in batch if id not in reading.stories]
    if withheld:
        reading.connection.exec_driver_sql("delete from version where entity_id = ?", withheld)
