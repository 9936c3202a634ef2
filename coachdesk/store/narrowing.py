"""Which records of a kind hold what somebody asks for, worked out by the store: so that the rows of few need not be sought among all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.store.doors import Door
from coachdesk.store.engine import squeezed
from coachdesk.store.kinds import Id16

_MOST = 5_000       # of more than these all rows are read
_MOST_PEOPLE = 50   # each of whom is read for herself
_PLAIN = (sa.Text, sa.Date, sa.Integer)


def narrowed(session: Session, door: Door, wanted: Mapping[str, str]) -> list[UUID] | None:
    """The records whose columns hold these texts (in any case, spaces once); None where that narrows nothing, or to very many.

    A name that is no column of the record, or of a kind that is not written as it is shown, is left to whoever has the rows.
    """
    if door.of is None:
        return None
    conditions = [each for name, text in wanted.items() if (each := _holds(door, name, text)) is not None]
    if not conditions:
        return None
    chosen = sa.select(door.of.id).where(*conditions).limit(_MOST + 1)
    found = [*session.execute(chosen).scalars()]
    return found if len(found) <= _MOST else None


def of_people(session: Session, door: Door, wanted: Mapping[str, str]) -> list[UUID] | None:
    """The people whose rows are asked for by name or reference; None where that narrows nothing, or to very many."""
    for name, text in wanted.items():
        column = door.person.get(name)
        if column is not None and squeezed(text):
            who = column.class_
            found = [*session.scalars(sa.select(who.id).where(sa.func.squeezed(column) == squeezed(text)).order_by(who.id)
                                      .limit(_MOST_PEOPLE + 1))]
            return found if len(found) <= _MOST_PEOPLE else None
    return None


def _holds(door: Door, name: str, text: str) -> sa.ColumnElement[bool] | None:
    if name in door.through:
        reference, shown = door.through[name]
        there: sa.ColumnElement[bool] = reference.in_(sa.select(shown.class_.id).where(sa.func.squeezed(shown) == squeezed(text)))
        return there
    column: Any = door.of.__table__.c.get(name)
    if column is None or name in door.otherwise or isinstance(column.type, sa.Boolean):
        return None
    clean = squeezed(text)
    if isinstance(column.type, Id16):
        try:
            found: sa.ColumnElement[bool] = column == UUID(clean)
        except ValueError:
            return None
        return found
    return sa.func.squeezed(sa.type_coerce(column, sa.Text())) == clean if isinstance(column.type, _PLAIN) else None
