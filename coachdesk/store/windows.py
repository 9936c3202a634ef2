"""Long lists without the whole table in memory: the order as local keys, eight bytes each, and rows for some keys at a time."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session


def keys_of(session: Session, chosen: sa.Select[Any]) -> array[int]:
    """The first column of a selection, local keys, in its order."""
    return array("q", session.execute(chosen).scalars())


def key_of(session: Session, table: Any, id: UUID | None) -> int | None:
    """The local key of a record; None when there is none, or no id."""
    if id is None:
        return None
    found: int | None = session.execute(sa.select(table.row).where(table.id == id)).scalar()
    return found


def once(chosen: sa.Select[Any], name: str = "each_once") -> sa.CTE:
    """A selection worked out once, however often its columns are named: SQLite would work out each mention again."""
    return chosen.cte(name).prefix_with("MATERIALIZED")


def among(column: Any, keys: Sequence[int]) -> sa.ColumnElement[bool]:
    """That a local key is one of these, however many: they go over as one value."""
    each = sa.func.json_each(sa.bindparam(None, json.dumps([*keys]), unique=True)).table_valued("value")
    found: sa.ColumnElement[bool] = column.in_(sa.select(each.c.value))
    return found
