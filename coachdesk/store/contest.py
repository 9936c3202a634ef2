"""The conflict desk's list: what two laptops wrote without knowing of each other, and somebody's choice between them.

Three kinds, in order of weight: a field with two values (both are kept; the later stamp stands until somebody chooses), a record that was
deleted while somebody else wrote on it (it stays), and edits of different fields side by side (only a note). A choice is an ordinary change
that names both as its base: it is logged, travels, and can be undone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from coachdesk.errors import Refusal
from coachdesk.store import kinds, log
from coachdesk.store.seals import Ring
from coachdesk.store.story import Story


@dataclass(frozen=True)
class Said:
    """One of the values of a torn field. who: the team member who wrote it; at: when, by their laptop's clock; stands: shown now."""

    stamp: str
    value: Any
    who: UUID
    device: bytes
    at: datetime
    reason: str
    stands: bool


@dataclass(frozen=True)
class Contested:
    """One record for the desk. torn: by field, what was said. is_kept: it was deleted and written on. beside: edits that are only noted."""

    entity: str
    id: UUID
    torn: dict[str, list[Said]]
    is_kept: bool
    deleted_by: Said | None
    beside: list[tuple[Said, Said]]


def note(connection: sa.Connection, stories: dict[bytes, Story], new_stamps: set[str], writer: dict[str, bytes]) -> None:
    """Writes what is contested in some records, as their stories have it now. The door does not matter: the table is this device's own."""
    rows, settled = [], []
    for id, story in stories.items():
        torn, is_kept = story.torn(), story.was_deleted_unseen and (story.is_live or _stands(connection, story.entity, id))
        beside = story.beside(new_stamps, writer) if new_stamps and len(story.edits) > 1 else []
        if torn or is_kept or beside:
            rows.append((id, story.entity, json.dumps(torn), int(is_kept), json.dumps(beside)))
        elif len(story.edits) > 1 or story.dead:
            settled.append((id,))
    if rows:
        connection.exec_driver_sql(
            "insert into contested (entity_id, entity, torn, is_kept, beside) values (?,?,?,?,?) on conflict (entity_id) do update"
            " set torn = excluded.torn, is_kept = excluded.is_kept,"
            " beside = case when excluded.beside = '[]' then contested.beside else excluded.beside end", rows)
    if settled:
        connection.exec_driver_sql("update contested set torn = '[]', is_kept = 0 where entity_id = ?", settled)
        connection.exec_driver_sql("delete from contested where torn = '[]' and is_kept = 0 and beside = '[]'")


def _stands(connection: sa.Connection, entity: str, id: bytes) -> bool:
    """Whether a record stands in its table (as one that a live record names does, though it was deleted)."""
    known = {str(table.name) for table in kinds.synced_tables()}
    query = f"select 1 from {entity} where id = ?"  # noqa: S608  sql: a table of ours
    return entity in known and connection.exec_driver_sql(query, (id,)).first() is not None


def keep(connection: sa.Connection, touched: Iterable[UUID]) -> list[tuple[bytes, str]]:
    """After a change made here: what it touched and was contested is looked at anew, for it may have settled it.

    Answers the records that stand although they were deleted: the change may have taken away what kept them (arrival.look_again).
    """
    if connection.exec_driver_sql("select 1 from contested limit 1").first() is None:
        return []
    ids = [one.bytes for one in touched]
    for begin in range(0, len(ids), 400):
        part = tuple(ids[begin : begin + 400])
        marks = ",".join("?" * len(part))
        query = f"select entity_id from contested where entity_id in ({marks})"  # noqa: S608  question marks only
        found = [bytes(row[0]) for row in connection.exec_driver_sql(query, part)]
        note(connection, {id: story for id in found if (story := _story(connection, id)) is not None}, set(), {})
    return [(bytes(row[0]), row[1]) for row in connection.exec_driver_sql("select entity_id, entity from contested where is_kept")]


def count(session: Session) -> int:
    """How many records somebody has to choose about (notes do not count)."""
    return int(session.connection().exec_driver_sql("select count(*) from contested where torn <> '[]' or is_kept").scalar_one())


def contested(session: Session, limit: int = 200, *, of: UUID | None = None) -> list[Contested]:
    """The desk's list, what has to be chosen first, at most `limit` records; or what is contested in one of them."""
    connection = session.connection()
    if of is not None:
        rows = connection.exec_driver_sql(
            "select entity_id, entity, torn, is_kept, beside from contested where entity_id = ?", (of.bytes,)).all()
    else:
        rows = connection.exec_driver_sql(
            "select entity_id, entity, torn, is_kept, beside from contested order by torn = '[]' and not is_kept, entity_id desc limit ?",
            (limit,)).all()
    found = []
    for row in rows:
        id = bytes(row.entity_id)
        story = _story(connection, id)
        if story is None:
            continue
        said = _writers(connection, id)
        torn = {name: [_said(said, stamp, story.values[name][stamp], stands=place == 0)
                       for place, stamp in enumerate(reversed(story.heads(name)))] for name in json.loads(row.torn)}
        deleted = _said(said, max(story.dead), None) if row.is_kept and story.dead else None
        beside = [(_said(said, one, None), _said(said, other, None)) for one, other in json.loads(row.beside)]
        found.append(Contested(row.entity, UUID(bytes=id), torn, bool(row.is_kept), deleted, beside))
    return found


def is_torn(session: Session, id: UUID, field: str) -> bool:
    """Whether two values stand in a field, as it is in the open transaction."""
    story = _story(session.connection(), id.bytes)
    return story is not None and field in story.torn()


def settle(session: Session, thing: Any, field: str, value: Any) -> None:
    """Chooses (or writes anew) what stands in a torn field, inside a change; logged even where the value that stands already is chosen.

    Refusal when nothing is contested in that field any more.
    """
    story = _story(session.connection(), thing.id.bytes)
    if story is None or field not in story.torn():
        raise Refusal("Somebody has chosen already.", "Look at the record again; nothing was changed.")
    if getattr(thing, field) == value:
        flag_modified(thing, field)
    else:
        setattr(thing, field, value)


def stay(session: Session, thing: Any) -> None:
    """Says that a record which somebody deleted is to stay, inside a change. Refusal when that was said already."""
    story = _story(session.connection(), thing.id.bytes)
    if story is None or not story.was_deleted_unseen:
        raise Refusal("Somebody has said already that it stays.", "Look at the record again; nothing was changed.")
    flag_modified(thing, min(name for name in story.values if name not in story.sets))


def seen(session: Session, id: UUID) -> None:
    """The notes of a record were read; nothing is written but that (inside a change)."""
    session.connection().exec_driver_sql("update contested set beside = '[]' where entity_id = ?", (id.bytes,))
    session.connection().exec_driver_sql("delete from contested where torn = '[]' and is_kept = 0 and beside = '[]'")


def _story(connection: sa.Connection, id: bytes) -> Story | None:
    from coachdesk.store.replay import folded

    rows = connection.exec_driver_sql("select distinct coalesce(seal_id, entity_id) from op where entity_id = ?", (id,)).all()
    return folded(connection, Ring.some(connection, [bytes(row[0]) for row in rows]), "entity_id = ?", (id,)).stories.get(id)


def _writers(connection: sa.Connection, id: bytes) -> dict[str, Any]:
    rows = connection.exec_driver_sql(
        "select op.ms, op.counter, op.op_id, txn.actor, txn.dev, txn.reason from op join txn on txn.n = op.txn where op.entity_id = ?",
        (id,))
    return {log.stamp_text((row.ms, row.counter, bytes(row.op_id).hex())): row for row in rows}


def _said(writers: dict[str, Any], stamp: str, value: Any, *, stands: bool = False) -> Said:
    row = writers[stamp]
    return Said(stamp, value, UUID(bytes=bytes(row.actor)), bytes(row.dev), datetime.fromtimestamp(row.ms / 1000, UTC), row.reason, stands)


