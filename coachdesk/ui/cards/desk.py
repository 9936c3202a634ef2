"""The open desk as a screen sees it: ask, act, the day, whose view it is. Screens never touch the store themselves.

A screen reads with `desk.read(lambda session: queries.things(session), self, self._on_things)` and acts with
`desk.act("Log a contact", lambda session: actions.log_contact(session, …), self, self._on_logged)`; both run on the one worker.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Spoken
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.work import Task, Work, begun, forget_with, remember, remembered, take_back

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from coachdesk.ui.parts.dialogs import Dialogs


_TYPING_MS = 250          # after the last key
_UNFINISHED = "unfinished "       # store.remembered lets these go after a month


class Desk(QObject):
    """One open store in one window. `lot_changed` fires when the person looks at another lot (None: all of them)."""

    lot_changed = Signal()
    offered = Signal(str, object)  # (what, value): one screen hands another something to begin with, by way of the shell

    def __init__(self, store: Any, work: Work, dialogs: Dialogs, parts: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store, self.work, self.dialogs, self.parts = store, work, dialogs, parts
        self.lot: UUID | None = None
        self.owner: UUID = store.desk.owner
        self.owner_name: str = store.desk.owner_name
        self.sample_day: date | None = store.desk.sample_day
        self.first_rows: Any = getattr(store, "rows", ())      # what is due, at hand before the store is open (store.first)
        self._typed: dict[str, str] = {}                       # unfinished, and not yet kept
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.remember_now)
        work.closing.connect(self.remember_now)

    @property
    def shelf(self) -> Any:
        """The postcode editions at hand."""
        return self.store.world["shelf"]

    def today(self) -> date:
        """The day on the coach's calendar."""
        found: date = self.store.clock.today()
        return found

    def choose_lot(self, lot: UUID | None) -> None:
        """Looks at another lot from now on."""
        if lot != self.lot:
            self.lot = lot
            self.lot_changed.emit()

    def read(
        self, query: Callable[[Any], Any], owner: QObject, done: Callable[[Any], Any], failed: Callable[[Spoken], Any] | None = None
    ) -> Task:
        """Asks the store on the worker; `done(answer)` on the main thread while `owner` lives."""

        def ask() -> Any:
            with self.store.read() as session:
                return query(session)

        return self.work.read(ask, owner, done, failed)

    def rows_of(self, query: Callable[[Any, Sequence[Any]], Sequence[Any]]) -> Callable[[Sequence[Any]], Sequence[Any]]:
        """For a long list (RowTable.show_ids): `query(session, keys)` reads the rows that are looked at, in a session of its own."""

        def fetch(keys: Sequence[Any]) -> Sequence[Any]:
            with self.store.read() as session:
                return query(session, keys)

        return fetch

    def act(
        self,
        reason: str,
        action: Callable[[Any], Any],
        owner: QObject,
        done: Callable[[Any], Any] | None = None,
        failed: Callable[[Spoken], Any] | None = None,
        *,
        lasting: bool = False,
        forgets: str = "",
    ) -> Task:
        """One action in one transaction in the owner's name; `done(its answer)`, and every page hears what changed.

        forgets: the unfinished line or form that this saves (see remember), thrown away in the same transaction.
        """
        forgotten = f"{_UNFINISHED}{forgets}" if forgets else ""
        self._typed.pop(forgotten, None)

        def deed(session: Any) -> Any:
            answer = action(session)
            if forgotten:
                forget_with(session, forgotten)
            return answer

        warnings: list[str] = []

        def run() -> tuple[Any, Any]:
            made = self.store.act(self.owner, reason, deed, lasting=lasting)
            warnings.extend(made.warnings)
            return made.result, made.changes

        def finished(pair: tuple[Any, Any]) -> None:
            if done is not None:
                done(pair[0])
            bar = MessageBar.near(owner) if warnings and isinstance(owner, QWidget) else None
            if bar is not None:
                bar.also(" ".join(warnings))

        return self.work.do(run, owner=owner, done=finished, failed=failed)

    def undo(self, owner: QObject, done: Callable[[str], Any]) -> Task:
        """Takes back the owner's last action; `done(its reason)`."""
        return self.work.do(lambda: take_back(self.store, self.owner), owner=owner, done=lambda pair: done(pair[0]))

    # what is half typed

    def remember(self, name: str, text: str) -> None:
        """Keeps what is half typed under a name, a moment after typing stops; it outlives a crash and the lock. No text forgets it."""
        self._typed[f"{_UNFINISHED}{name}"] = text
        self._typing.start()

    def remember_now(self) -> None:
        """Keeps what was typed at once: when the keyboard leaves, and before the desk closes."""
        self._typing.stop()
        typed, self._typed = self._typed, {}
        store = self.store

        def keep() -> None:
            for name, text in typed.items():
                remember(store, name, text)

        if typed:
            self.work.aside(keep, self)

    def remembered(self, name: str, owner: QObject, done: Callable[[str, datetime], Any]) -> None:
        """`done(text, at)` on the main thread, if something is kept under a name."""
        self.remember_now()
        store = self.store

        def arrived(kept: Any) -> None:
            if kept is not None:
                done(kept.value, kept.at)

        self.work.read(lambda: remembered(store, f"{_UNFINISHED}{name}"), owner, arrived)

    def begun(self, query: Callable[[Any, list[tuple[str, datetime]]], Any], owner: QObject, done: Callable[[Any], Any]) -> None:
        """Asks the store about what is half typed: `query(session, [(name, at), …])` on the worker, the latest first."""
        store = self.store

        def ask() -> Any:
            with store.read() as session:
                return query(session, begun(store))

        self.work.read(ask, owner, done)

    def forget(self, name: str) -> None:
        """Throws away what was kept under a name."""
        self._typed[f"{_UNFINISHED}{name}"] = ""
        self.remember_now()
