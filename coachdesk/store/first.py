"""The store before SQLAlchemy: key, facts and first rows by plain DB-API, so that a desk whose key is at hand shows itself at once.

`FirstStore` stands in for the open Store: it knows the path, the clock and the desk's facts, and opens the real one at the first
question that needs it (on the worker, after the first paint).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from coachdesk.clock import Clock, FixedDay
from coachdesk.store import raw


class Facts(NamedTuple):
    """What the window needs to know of the desk: a part of store.meta.Desk."""

    owner: UUID
    owner_name: str
    sample_day: date | None


class FirstStore:
    """A store that is opened when it is first asked. rows: what `first_rows` answered at once."""

    def __init__(
        self,
        path: Path,
        key: bytes,
        clock: Clock,
        *,
        open: Callable[[], Any],
        first_rows: Callable[[Any, date], Any],
        keep_day: bool = False,
    ) -> None:
        """Reads facts and rows over one raw connection. keep_day: the clock stays as it is, also for a sample store.

        Trouble when the file is missing, plaintext or damaged, or the key is not its own.
        """
        self.path, self.key = path, key
        connection = raw.connect(path, key)
        try:
            found = {name: json.loads(value) for name, value in connection.execute("select name, value from desk")}
            day = date.fromisoformat(found["sample_day"]) if found.get("sample_day") else None
            self.desk: Any = Facts(UUID(found["owner"]), found["owner_name"], day)
            self.clock: Clock = FixedDay(day) if day and not keep_day else clock
            self.rows = first_rows(connection, self.clock.today())
        finally:
            connection.close()
        self._open = open
        self._store: Any = None
        self._opening = threading.Lock()

    def opened(self) -> Any:
        """The real store."""
        with self._opening:
            if self._store is None:
                self._store = self._open()
                self.desk = self._store.desk  # all of its facts: undo asks for the device
            return self._store

    def changed_outside(self) -> bool:
        """As the real store says; no, while it has not been opened."""
        return self._store is not None and bool(self._store.changed_outside())

    def close(self) -> None:
        """Closes the real store, if it was ever opened."""
        with self._opening:
            if self._store is not None:
                self._store.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.opened(), name)
