"""Around rows that the log has already: the door is held open for them, and what is derived from them is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.store import derived, kinds
from coachdesk.store.refold import Moved, refold

_AT_ONCE = 400
_MANY = 3_000               # records of one class, beyond which what is derived from them is made anew in one go


class OpenDoor:
    """The log's door, held open while rows are written that the log has already."""

    def __init__(self, session: Session) -> None:
        self._door = session.info["door"]

    def __enter__(self) -> None:
        self._door["open"] = True

    def __exit__(self, *_what: object) -> None:
        self._door["open"] = False


def look_again(session: Session, kept: dict[bytes, str]) -> dict[str, frozenset[UUID]]:
    """Inside a change: folds some records anew; answers what moved."""
    session.flush()
    with OpenDoor(session):
        moved = refold(session.connection(), kept, (), session.info["hidden"])
        tell(session, moved)
    return moved.ids()


def tell(session: Session, moved: Moved) -> bool:
    """Tells every keeper of derived rows what moved; answers whether some have to be filled anew (Store.prepare), since too much did."""
    session.expire_all()
    is_unready = False
    for keeper in derived.keepers():
        table = keeper.of.__tablename__
        new, edited, gone = (part.get(table, set()) for part in (moved.new, moved.edited, moved.gone))
        if not (new or edited or gone):
            continue
        if (keeper.is_for_new and len(new) + len(edited) > _MANY) or not derived.is_ready(session, keeper):
            derived.forget(session, keeper)
            is_unready = True
            continue
        keeper.write(session.connection(), _things(session, keeper.of, new - gone) if keeper.is_for_new else [],
                     _things(session, keeper.of, edited - gone - new), [UUID(bytes=id) for id in gone - new])
    return is_unready


def _things(session: Session, of: type[kinds.Kept], ids: Iterable[bytes]) -> list[Any]:
    found: list[Any] = []
    wanted = [UUID(bytes=id) for id in ids]
    for begin in range(0, len(wanted), _AT_ONCE):
        found += session.scalars(sa.select(of).where(of.id.in_(wanted[begin : begin + _AT_ONCE])))
    return found
