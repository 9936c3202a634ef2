"""SQLAlchemy over SQLCipher: a real pool, the key never in an address, begin statements ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import QueuePool

from coachdesk.store import raw


def _casefold(text: str | None) -> str | None:
    return text if text is None else text.casefold()


def squeezed(text: Any) -> str:
    """A value for comparing with what somebody typed: no case, single blanks; nothing is empty."""
    return "" if text is None else " ".join(str(text).casefold().split())


def make_engine(path: Path, key: bytes, *, create: bool = False) -> sa.Engine:
    """An engine whose write transactions begin immediate (option `write`), whose connections each carry a door for the log."""
    from sqlcipher3 import dbapi2

    engine = sa.create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: raw.connect(path, key, create=create),
        poolclass=QueuePool,
        pool_size=3,
        max_overflow=3,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _hang_the_door(connection: Any, record: Any) -> None:
        door = {"open": False}
        record.info["door"] = door
        connection.create_function("door_open", 0, lambda: 1 if door["open"] else 0)
        connection.create_function("rehoming", 0, lambda: 1 if door.get("rehoming") else 0)
        connection.create_function("squeezed", 1, squeezed, deterministic=True)
        connection.create_function("casefold", 1, _casefold, deterministic=True)      # SQLite's own lower() knows only A to Z

    @event.listens_for(engine, "checkin")
    def _leave_nothing_open(connection: Any, record: Any) -> None:
        # SQLite keeps a transaction open whose COMMIT failed (a deferred reference), and SQLAlchemy believes it over.
        record.info["door"]["open"] = False
        if connection is not None and connection.in_transaction:
            connection.rollback()

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
