"""Undo: a new transaction that sets the values of the base stamps back; refused, with a reason, if somebody built on it since."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.store import kinds
from coachdesk.store.kinds import revived
from coachdesk.store.log import added, heads_of, secret_of, stamp_from
from coachdesk.store.session import Changes, Orphaned, Store

_AT_ONCE = 200  # ops that are looked at together
_OPEN, _NOTHING, _UNKNOWN = -1, -2, -3  # written by the open transaction (whose own row comes last); no value stood there; not to be told


def undo_last(store: Store, actor: UUID) -> tuple[str, Changes]:
    """Takes back the actor's last action on this device that still stands; answers its reason and what changed.

    Refusal when there is none, when it lasts (a claim was sent), or when something was built on it since.
    """
    with store.read() as session:
        last = (
            session.connection()
            .exec_driver_sql(
                "select n, txn_id, reason, lasting from txn where actor = ? and dev = ? and undoes is null"
                " and txn_id not in (select undoes from txn where undoes is not null) order by n desc limit 1",
                (actor.bytes, store.desk.device),
            )
            .first()
        )
    if last is None:
        raise Refusal("There is nothing to undo.", "")
    changes = _all_of(_undoing(store, actor, last))
    return last.reason, changes


def undoing(
    store: Store,
    actor: UUID,
    txn_id: UUID,
    *,
    keeps: frozenset[UUID] = frozenset(),
    spares_gone: bool = False,
    then: Callable[[Session], None] | None = None,
) -> Generator[tuple[int, int], None, Changes]:
    """Takes back a chosen transaction, however long ago and whatever was done since elsewhere; yields (done, total), answers what changed.

    keeps: records that stay as they are. spares_gone: what it made and somebody deleted since is passed over. then: a last change in
    the same transaction. Refusal when it is not known, lasts, was taken back already, or when something was built on it since.
    """
    with store.read() as session:
        connection = session.connection()
        chosen = connection.exec_driver_sql("select n, txn_id, reason, lasting from txn where txn_id = ?", (txn_id.bytes,)).first()
        again = chosen and connection.exec_driver_sql("select seen_at from txn where undoes = ?", (txn_id.bytes,)).first()
    if chosen is None:
        raise Refusal("There is no such action.", "Nothing was changed.")
    if again:
        raise Refusal(f"“{chosen.reason}” was taken back already.", "Nothing was changed.")
    return (yield from _undoing(store, actor, chosen, keeps, spares_gone, then))


def transaction_of(session: Session, record: UUID) -> UUID | None:
    """The transaction that made a record."""
    query = "select txn.txn_id from op join txn on txn.n = op.txn where op.entity_id = ? order by op.txn, op.seq limit 1"
    found = session.connection().exec_driver_sql(query, (record.bytes,)).scalar()
    return UUID(bytes=bytes(found)) if found else None


def made_by(session: Session, txn_id: UUID) -> dict[str, set[UUID]]:
    """What a transaction wrote, by table: the ids of its records."""
    query = "select distinct op.entity, op.entity_id from op join txn on txn.n = op.txn where txn.txn_id = ?"
    found: dict[str, set[UUID]] = {}
    for table, record in session.connection().exec_driver_sql(query, (txn_id.bytes,)):
        found.setdefault(table, set()).add(UUID(bytes=bytes(record)))
    return found


def value_of(session: Session, table: str, record: UUID, column: str) -> UUID | None:
    """The id that stands in a record's column; None where the table has no such column, or nothing stands there."""
    known = next((each for each in kinds.synced_tables() if each.name == table), None)
    if known is None or column not in known.columns:
        return None
    found: UUID | None = session.execute(sa.select(known.c[column]).where(known.c.id == record)).scalar()
    return found


def built_on(session: Session, txn_id: UUID) -> list[tuple[str, str, UUID]]:
    """What stands in the way of taking a transaction back: (table of the later record, table and id of the record that it refers to)."""
    connection = session.connection()
    wrote = "select op.entity_id from op join txn on txn.n = op.txn where txn.txn_id = ?"
    # what it only changed was there before it, with all that refers to it
    made = wrote + " and not exists (select 1 from op as old where old.entity_id = op.entity_id and old.txn < op.txn)"  # noqa: S608  literals
    found: list[tuple[str, str, UUID]] = []
    for table in kinds.synced_tables():
        for key in table.foreign_keys:
            own, column = table.name, key.parent.name
            theirs = f"select distinct {column} from {own} where {column} in ({made}) and id not in ({wrote})"  # noqa: S608  sql: from the models
            rows = connection.exec_driver_sql(theirs, (txn_id.bytes, txn_id.bytes))
            found += [(own, key.column.table.name, UUID(bytes=bytes(row[0]))) for row in rows]
    return found


def edited_since(session: Session, txn_id: UUID) -> dict[str, set[UUID]]:
    """Records of a transaction that hold a value of a later one, by table; those deleted since are not among them."""
    connection = session.connection()
    later = (
        "select distinct mine.txn, mine.entity, mine.entity_id from op as mine join txn on txn.n = mine.txn"
        " join op as later on later.entity_id = mine.entity_id and later.txn > mine.txn where txn.txn_id = ?"
    )
    found: dict[str, set[UUID]] = {}
    for number, table, record in connection.exec_driver_sql(later, (txn_id.bytes,)).all():
        heads = heads_of(connection, table, UUID(bytes=bytes(record)))
        stamps = [(stamp, name) for name, each in heads.get("f", {}).items() for stamp in each]
        if "x" not in heads and any(_origin(connection, stamp, name) not in (number, _NOTHING) for stamp, name in stamps):
            found.setdefault(table, set()).add(UUID(bytes=bytes(record)))
    return found


def _all_of(steps: Generator[tuple[int, int], None, Changes]) -> Changes:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            changes: Changes = end.value
            return changes


def _undoing(
    store: Store,
    actor: UUID,
    last: Any,
    keeps: frozenset[UUID] = frozenset(),
    spares_gone: bool = False,
    then: Callable[[Session], None] | None = None,
) -> Generator[tuple[int, int], None, Changes]:
    if last.lasting:
        raise Refusal(f"“{last.reason}” cannot be undone.", "Correct it with an entry of its own; the correction will stand beside it.")
    try:
        with store.change(actor, f"Undo: {last.reason}", undoes=UUID(bytes=last.txn_id)) as session:
            yield from _take_back(session, last.n, last.reason, keeps, spares_gone)
            if then is not None:
                then(session)
    except Orphaned:
        raise Refusal(
            f"“{last.reason}” cannot be undone: something was added to it since.",
            "Undo that first, or correct it by hand. Nothing was changed.",
        ) from None
    changes: Changes = session.info["changes"]
    return changes


def _take_back(session: Session, txn: int, reason: str, keeps: frozenset[UUID], spares_gone: bool) -> Iterator[tuple[int, int]]:
    connection = session.connection()
    rows = connection.exec_driver_sql(
        "select op_id, txn, seq, ms, counter, kind, entity, entity_id, head, seal_id, sealed from op where txn = ? order by seq desc",
        (txn,),
    ).all()
    classes = {
        mapper.class_.__tablename__: mapper.class_ for mapper in kinds.Record.registry.mappers if issubclass(mapper.class_, kinds.Kept)
    }
    waiting: set[UUID] = set()  # deleted but not flushed yet
    near: list[Any] = []
    for number, row in enumerate(rows):
        if number % _AT_ONCE == 0:
            yield number, len(rows)
            near = _together(session, classes, rows[number : number + _AT_ONCE])
        known = classes[row.entity]
        entity_id = UUID(bytes=bytes(row.entity_id))
        if entity_id in keeps:
            continue
        # steps that cancel each other out still have to stand in the log: only first deletes of different records go out together
        made = row.kind != "del" and _made_it(connection, row)
        if not made or entity_id in waiting:
            session.flush()
            waiting.clear()
        head = msgspec.json.decode(row.head)
        with session.no_autoflush:
            thing = session.get(known, entity_id)
        if row.kind == "del":
            if thing is not None:       # what another laptop wrote names it: it was kept (store.contest)
                raise Refusal(f"“{reason}” cannot be undone: it stands again already, for a colleague's work belongs to it.",
                              "Sync has the two ways side by side: choose there. Nothing was changed.")
            session.info["open"].restoring.add(entity_id)
            session.add(_restored(connection, known, entity_id, head["x"]))
        elif thing is None:
            if spares_gone and _is_deleted(connection, row):
                continue
            raise Refusal(f"“{reason}” cannot be undone: what it changed is gone since.", "Nothing was changed.")
        elif made:
            _refuse_if_edited(connection, row, None, reason)
            session.delete(thing)
            waiting.add(entity_id)
            continue
        else:
            _set_back(connection, thing, row, head, reason)
        session.flush()
    del near
    session.flush()


def _together(session: Session, classes: dict[str, Any], rows: Sequence[Any]) -> list[Any]:
    """The records of some ops, read in one go, after what was waiting went out; as long as they are held the session finds them."""
    session.flush()
    wanted: dict[str, set[UUID]] = {}
    for row in rows:
        wanted.setdefault(row.entity, set()).add(UUID(bytes=bytes(row.entity_id)))
    found: list[Any] = []
    for table, ids in wanted.items():
        found += session.scalars(sa.select(classes[table]).where(classes[table].id.in_(ids)))
    return found


def _is_deleted(connection: sa.Connection, row: Any) -> bool:
    """Whether a later transaction deleted the record of an op."""
    return "x" in heads_of(connection, row.entity, UUID(bytes=bytes(row.entity_id)))


def _made_it(connection: sa.Connection, row: Any) -> bool:
    """Whether an op made its record: the first one, or the first after it was deleted."""
    before = connection.exec_driver_sql(
        "select kind from op where entity_id = ? and (txn < ? or (txn = ? and seq < ?)) order by txn desc, seq desc limit 1",
        (row.entity_id, row.txn, row.txn, row.seq),
    ).scalar()
    return before in (None, "del")


def _refuse_if_edited(connection: sa.Connection, row: Any, names: list[str] | None, reason: str) -> None:
    """Refusal unless every head of the fields (None: of all) is this action's own, or stands again where an undo has put it back."""
    heads = heads_of(connection, row.entity, UUID(bytes=bytes(row.entity_id))).get("f", {})
    own = bytes(row.op_id).hex()
    allowed = (row.txn, _OPEN, _NOTHING) if names is None else (row.txn, _OPEN)
    stamps = [(stamp, name) for name in (heads if names is None else names) for stamp in heads.get(name, [""])]
    if any(not (stamp and stamp.endswith(own)) and _origin(connection, stamp, name) not in allowed for stamp, name in stamps):
        raise Refusal(
            f"“{reason}” cannot be undone: it was edited since.", "Undo the later edit first, or correct it by hand. Nothing was changed."
        )


def _origin(connection: sa.Connection, stamp: str | None, name: str) -> int:
    """The transaction whose value stands under a head, undoes seen through; or _OPEN, _NOTHING, _UNKNOWN."""
    while stamp:
        found = connection.exec_driver_sql(
            "select op.txn, op.entity_id, txn.txn_id, txn.undoes from op left join txn on txn.n = op.txn where op_id = ?",
            (bytes.fromhex(stamp_from(stamp)[2]),),
        ).first()
        if found is None:
            return _UNKNOWN
        if found.txn_id is None:
            return _OPEN
        if found.undoes is None:
            return int(found.txn)
        stamp = _before(connection, found.undoes, found.entity_id, name)
    return _UNKNOWN if stamp is None else _NOTHING


def _before(connection: sa.Connection, txn_id: bytes, entity_id: bytes, name: str) -> str | None:
    """The head that a field had before a transaction touched it; empty where it had none, None where that transaction did not touch it."""
    for row in connection.exec_driver_sql(
        "select op.op_id, op.entity_id, op.seal_id, op.sealed, op.kind, op.head from op join txn on txn.n = op.txn"
        " where txn.txn_id = ? and entity_id = ? order by op.seq",
        (txn_id, entity_id),
    ):
        head = msgspec.json.decode(row.head)
        if row.kind == "del":
            return max((stamp for stamp in head["x"] if _names(connection, stamp, name)), default="")
        if _touches(head, name) or _touches(secret_of(connection, row), name):
            bases: list[str] = head.get("b", {}).get(name, [])
            return bases[-1] if bases else ""
    return None


def _names(connection: sa.Connection, stamp: str, name: str) -> bool:
    return any(_touches(part, name) for part in _op_parts(connection, bytes.fromhex(stamp_from(stamp)[2])))


def _touches(part: dict[str, Any], name: str) -> bool:
    return name in part.get("v", {}) or name in part.get("s", {})


def _set_back(connection: sa.Connection, thing: Any, row: Any, head: dict[str, Any], reason: str) -> None:
    secret = secret_of(connection, row)
    _refuse_if_edited(connection, row, [name for part in (head, secret) for kind in "vs" for name in part.get(kind, {})], reason)
    columns = sa.inspect(type(thing)).column_attrs
    for part in (head, secret):
        for name in part.get("v", {}):
            bases = head.get("b", {}).get(name, [])
            before = _value_at(connection, bases[-1], name) if bases else None
            setattr(thing, name, revived(columns[name].columns[0], before))
        for name, moved in part.get("s", {}).items():
            words = set(getattr(thing, name) or []) - set(moved.get("add", ()))
            setattr(thing, name, sorted(words | _removed_words(connection, name, moved.get("rem", []))))


def _removed_words(connection: sa.Connection, name: str, uids: list[str]) -> set[str]:
    words = set()
    for uid in uids:
        op_id = uid.partition(".")[0]
        for part in _op_parts(connection, bytes.fromhex(op_id)):
            words |= {word for found, word in added(op_id, part.get("s", {}).get(name, {})).items() if found == uid}
    return words


def _value_at(connection: sa.Connection, stamp: str, name: str) -> Any:
    for part in _op_parts(connection, bytes.fromhex(stamp_from(stamp)[2])):
        if name in part.get("v", {}):
            return part["v"][name]
    return None


def _op_parts(connection: sa.Connection, op_id: bytes) -> list[dict[str, Any]]:
    row = connection.exec_driver_sql("select op_id, entity_id, head, seal_id, sealed from op where op_id = ?", (op_id,)).first()
    return [] if row is None else [msgspec.json.decode(row.head), secret_of(connection, row)]


def _restored(connection: sa.Connection, known: type[kinds.Kept], entity_id: UUID, seen: list[str]) -> kinds.Kept:
    """A deleted record with the values that its heads had."""
    columns = sa.inspect(known).column_attrs
    values: dict[str, Any] = {}
    sets: dict[str, dict[str, str]] = {}
    removed: set[str] = set()
    for row in connection.exec_driver_sql(
        "select op_id, ms, counter, entity_id, head, seal_id, sealed from op where entity_id = ? and kind = 'set'"
        " order by ms, counter, op_id",
        (entity_id.bytes,),
    ):
        for part in (msgspec.json.decode(row.head), secret_of(connection, row)):
            values.update(part.get("v", {}))
            for name, moved in part.get("s", {}).items():
                sets.setdefault(name, {}).update(added(bytes(row.op_id).hex(), moved))
                removed.update(moved.get("rem", ()))
    values = {name: revived(columns[name].columns[0], value) for name, value in values.items()}
    values.update({name: sorted(word for uid, word in words.items() if uid not in removed) for name, words in sets.items()})
    return known(id=entity_id, **values)
