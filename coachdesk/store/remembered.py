"""What this device remembers between starts: unfinished lines and forms. Encrypted with the store; never logged, never synced.

A line is kept so that a crash, a flat battery or the lock costs nobody a sentence; whoever saves it or throws it away forgets it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from coachdesk.store import raw
from coachdesk.store.kinds import instant_text

LONGEST = 100_000         # characters of one value
UNFINISHED = "unfinished "        # begins the names of what was half typed, which is about people: it is not kept for ever
UNFINISHED_DAYS = 31


class Kept(NamedTuple):
    """Something that was remembered, and when it was last written down (an aware UTC instant)."""

    value: str
    at: datetime


def remember(store: Any, name: str, value: str) -> None:
    """Keeps a value under a name, in place of an older one. Trouble when the disk says no. Nothing longer than LONGEST is kept.

    What was half typed more than UNFINISHED_DAYS ago goes at the same time.
    """
    value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")      # half a sign, such as a broken paste, cannot be kept
    if len(value) <= LONGEST:
        oldest = instant_text(store.clock.now() - timedelta(days=UNFINISHED_DAYS))
        _write(store, "delete from remembered where name >= ? and name < ? and at < ?", (UNFINISHED, UNFINISHED + "\uffff", oldest))
        _write(store, "insert into remembered (name, value, at) values (?, ?, ?)"
                      " on conflict (name) do update set value = excluded.value, at = excluded.at",
               (name, value, instant_text(store.clock.now())))


def remembered(store: Any, name: str) -> Kept | None:
    """What is kept under a name."""
    with store.engine.connect() as connection:
        found = connection.exec_driver_sql("select value, at from remembered where name = ?", (name,)).first()
    return Kept(found[0], datetime.fromisoformat(found[1])) if found else None


def begun(store: Any) -> list[tuple[str, datetime]]:
    """What was half typed and is kept: names without their beginning, and when; the latest first."""
    with store.engine.connect() as connection:
        found = connection.exec_driver_sql(
            "select name, at from remembered where name >= ? and name < ? order by at desc", (UNFINISHED, UNFINISHED + "\uffff")).all()
    return [(name.removeprefix(UNFINISHED), datetime.fromisoformat(at)) for name, at in found]


def forget(store: Any, name: str) -> None:
    """Throws away what is kept under a name, if anything is."""
    if remembered(store, name) is not None:
        _write(store, "delete from remembered where name = ?", (name,))


def forget_with(session: Any, name: str) -> None:
    """Throws away what is kept under a name in the transaction of an open session, so that it goes when, and only when, that commits."""
    session.connection().exec_driver_sql("delete from remembered where name = ?", (name,))


def _write(store: Any, statement: str, values: tuple[str, ...]) -> None:
    try:
        with store.engine.connect() as connection, connection.execution_options(write=True).begin():
            connection.exec_driver_sql(statement, values)
    except Exception as problem:
        cause = getattr(problem, "orig", None)
        if cause is None:
            raise
        raise raw.trouble(cause) from None
