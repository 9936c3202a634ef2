"""What the tables must hold, worked out once more from the log by other means: no line of it comes from the program's own folding.

For every record: the ops that count, in order of their stamps. A field shows the latest value that no other edit was made on; a word is
in a set if one of its adds was not removed; a record is there if something on it was unseen by every deletion, or if one that is there
names it.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coachdesk.store import kinds
from coachdesk.store.seals import Ring

Rows = dict[str, dict[str, dict[str, Any]]]        # by table and id: the fields that stand


def expected(connection: sa.Connection) -> Rows:
    """What the log says that the tables hold."""
    records = _read(connection)
    references = {str(table.name): [str(c.name) for c in table.columns if c.info.get("to")] for table in kinds.synced_tables()}
    shown = {id: _shown(ops) for (_table, id), ops in records.items()}
    there = {id for (_table, id), ops in records.items() if shown[id] and not _is_deleted(ops)}
    grew = True
    while grew:
        grew = False
        for (table, id), _ops in records.items():
            named = [shown[id].get(column) for column in references.get(table, ()) if id in there]
            for other in named:
                if other and other in shown and shown[other] and other not in there:
                    there.add(other)
                    grew = True
    found: Rows = {}
    for (table, id), _ops in records.items():
        if id in there:
            found.setdefault(table, {})[id] = shown[id]
    return found


def standing(connection: sa.Connection) -> Rows:
    """What the tables hold, in the log's words; empty fields are left out."""
    found: Rows = {}
    for table in kinds.synced_tables():
        columns = [c for c in table.columns if not c.info.get("local")]
        for row in connection.execute(sa.select(table.c.id, *columns)):
            values = {str(c.name): _plain(row._mapping[c.name]) for c in columns}
            filled = {name: value for name, value in values.items() if value not in (None, [])}
            found.setdefault(str(table.name), {})[row._mapping["id"].hex] = filled
    return found


def _read(connection: sa.Connection) -> dict[tuple[str, str], list[tuple[str, str, dict[str, Any], dict[str, Any]]]]:
    ring = Ring.whole(connection)
    held = {bytes(row[0]) for row in connection.exec_driver_sql("select op_id from withheld")}
    found: dict[tuple[str, str], list[tuple[str, str, dict[str, Any], dict[str, Any]]]] = {}
    for row in connection.exec_driver_sql("select op_id, ms, counter, entity, entity_id, seal_id, head, sealed from op"):
        if bytes(row.op_id) not in held:
            stamp = f"{row.ms:012x}.{row.counter:04x}.{bytes(row.op_id).hex()}"
            op = (stamp, bytes(row.op_id).hex(), json.loads(row.head), ring.opened(row) or {})
            found.setdefault((row.entity, bytes(row.entity_id).hex()), []).append(op)
    return {key: sorted(ops, key=lambda op: op[0]) for key, ops in found.items()}


def _shown(ops: list[tuple[str, str, dict[str, Any], dict[str, Any]]]) -> dict[str, Any]:
    built_on = {(name, base) for _stamp, _id, head, _secret in ops for name, bases in head.get("b", {}).items() for base in bases}
    removed = {uid for _stamp, _id, *parts in ops for part in parts for moved in part.get("s", {}).values() for uid in moved.get("rem", ())}
    values: dict[str, Any] = {}
    words: dict[str, set[str]] = {}
    for stamp, op_id, *parts in ops:                # in order: what comes later stands
        for part in parts:
            for name, value in part.get("v", {}).items():
                if (name, stamp) not in built_on:
                    values[name] = value
            for name, moved in part.get("s", {}).items():
                mine = words.setdefault(name, set())
                mine |= {word for place, word in enumerate(moved.get("add", ())) if f"{op_id}.{place}" not in removed}
    values.update({name: sorted(mine) for name, mine in words.items()})
    return {name: value for name, value in values.items() if value not in (None, [])}


def _is_deleted(ops: list[tuple[str, str, dict[str, Any], dict[str, Any]]]) -> bool:
    built_on = {(name, base) for _stamp, _id, head, _secret in ops for name, bases in head.get("b", {}).items() for base in bases}
    tips = {stamp for stamp, _id, *parts in ops for part in parts for kind in "vs" for name in part.get(kind, {})
            if (name, stamp) not in built_on}
    return any("x" in head and tips <= set(head["x"]) for _stamp, _id, head, _secret in ops)


def _plain(value: Any) -> Any:
    if hasattr(value, "hex") and not isinstance(value, (float, bytes)):
        return value.hex
    if hasattr(value, "isoformat"):
        return kinds.instant_text(value) if isinstance(value, datetime) else value.isoformat()
    return sorted(value) if isinstance(value, list) else value
