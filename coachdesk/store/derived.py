"""What is derived from records and kept beside them for speed: looked up by key, never logged, never synced, made anew when in doubt.

A keeper names the class of record that it watches. After every flush it is told which of them are new or changed and which are gone, in
the same transaction, so that an undo, a merge or a restored record keeps it right like any save. A store that was upgraded, or filled by
an older keeper, is made right when it is opened (`prepare`), or else by the first change after that; until then `is_ready` says no and
readers go the long way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.store.kinds import Kept


@dataclass(frozen=True)
class Keeper:
    """name and version stand in the store once it is filled; another version means that it has to be filled anew.

    write: (connection, new records, changed ones, ids gone). fill: (session), writes everything from the rows as they stand.
    fields: the attributes that matter; a change of others is not told. is_for_new: whether it has to be told of new records.
    is_for_trials: whether actions ask for it, so that it has to be right even in a transaction that is not kept.
    """

    name: str
    version: int
    of: type[Kept]
    fields: frozenset[str]
    write: Callable[[sa.Connection, Sequence[Any], Sequence[Any], Sequence[UUID]], None]
    fill: Callable[[Session], None]
    is_for_new: bool = True
    is_for_trials: bool = True


_KEEPERS: list[Keeper] = []


def register(keeper: Keeper) -> None:
    """A room's keeper joins; called when the room is imported."""
    if all(known.name != keeper.name for known in _KEEPERS):
        _KEEPERS.append(keeper)


def keepers() -> list[Keeper]:
    """Every keeper that joined."""
    return list(_KEEPERS)


def forget(session: Session, keeper: Keeper) -> None:
    """What a keeper derives is not right any more: it is filled anew by `Store.prepare`, or by the first change after this."""
    session.connection().exec_driver_sql("delete from remembered where name = ?", (_mark(keeper),))
    session.info.setdefault("derived", set()).discard(keeper.name)


def keep(session: Session) -> None:
    """Tells every keeper what this flush has changed; fills those that are not ready. The rows stand in the store already."""
    made, gone_things, edited = list(session.new), list(session.deleted), list(session.dirty)
    touched = {type(thing) for things in (made, gone_things, edited) for thing in things}
    for keeper in _KEEPERS:
        if keeper.of not in touched or (session.info.get("trial") and not keeper.is_for_trials):
            continue
        new = [thing for thing in made if isinstance(thing, keeper.of)] if keeper.is_for_new else []
        gone = [thing.id for thing in gone_things if isinstance(thing, keeper.of)]
        moved = [thing for thing in edited if isinstance(thing, keeper.of) and keeper.fields & sa.inspect(thing).committed_state.keys()]
        if new or gone or moved:
            if is_ready(session, keeper):
                keeper.write(session.connection(), new, moved, gone)
            else:
                fill(session, keeper)


def is_ready(session: Session, keeper: Keeper) -> bool:
    """Whether the store holds what the keeper derives, in its present version."""
    known: set[str] = session.info.setdefault("derived", set())
    if keeper.name not in known:
        rows = session.connection().exec_driver_sql("select name, value from remembered where name >= 'derived.' and name < 'derived/'")
        marks = {name: value for name, value in rows}
        known.update(each.name for each in _KEEPERS if marks.get(_mark(each)) == str(each.version))
    return keeper.name in known


def unready(session: Session) -> list[Keeper]:
    """The keepers whose rows are missing, or older than their version."""
    return [keeper for keeper in _KEEPERS if not is_ready(session, keeper)]


def fill(session: Session, keeper: Keeper) -> None:
    """Writes anew what a keeper derives, and that it is there."""
    keeper.fill(session)
    session.connection().exec_driver_sql(
        "insert or replace into remembered (name, value, at) values (?, ?, '')", (_mark(keeper), str(keeper.version))
    )
    session.info.setdefault("derived", set()).add(keeper.name)


def _mark(keeper: Keeper) -> str:
    return f"derived.{keeper.name}"
