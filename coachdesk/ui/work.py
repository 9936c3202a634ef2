"""Runs actions off the main thread: one worker owns the database; answers come back on the main thread, and only to who still lives."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Spoken
from coachdesk.ui import keep_singletons

keep_singletons()
if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor
    from uuid import UUID

SPEAKER_NAME = "message_bar"          # the object name of the bar to which a refusal goes by default
ALL_ROOMS = frozenset({"place", "programme", "partner", "outreach", "participant", "referral", "activity", "claim", "governance",
                       "commissioning", "casework", "exchange", "sync", "settings", "store"})
_POLL_MS = 1000
_PROGRESS_MS = 50


@runtime_checkable
class Changes(Protocol):
    """Which rooms and ids a transaction changed."""

    @property
    def rooms(self) -> frozenset[str]: ...
    @property
    def ids(self) -> Any: ...


class AnyChange:
    """Somebody else wrote to the store: every room may have changed."""

    def __init__(self, rooms: frozenset[str] = ALL_ROOMS) -> None:
        self.rooms, self.ids = rooms, frozenset[Any]()


def touches(changes: Changes, *rooms: str) -> bool:
    """Did any of these rooms change?"""
    return not changes.rooms.isdisjoint(rooms)


class Task:
    """One piece of work asked for; cancel() stops a long one at its next yield and drops the answer of a short one."""

    def __init__(self) -> None:
        self.cancelled = False
        self.writes = False
        self.polls = False

    def cancel(self) -> None:
        """Stop. What a long action had written so far is unwound by its own transaction."""
        self.cancelled = True


class _Answer(NamedTuple):
    owner: QObject
    call: Callable[..., Any] | None
    value: Any
    kind: str                              # done · failed · progress · crash · settled
    task: Task


class Work(QObject):
    """`changed(Changes)` after each write and when `poll` says that someone else wrote. `busy_changed(bool)` around the queue,
    `saving_changed(bool)` around its writes.

    `poll` and `close` run on the worker: it alone touches the database. `crashed(type, value, traceback)` hears of bugs.
    """

    changed = Signal(object)
    busy_changed = Signal(bool)
    saving_changed = Signal(bool)
    closing = Signal()                     # the last chance to ask for something: the store is closed after it
    _answered = Signal(object)

    def __init__(self, *, poll: Callable[[], bool] | None = None, close: Callable[[], None] | None = None,
                 crashed: Callable[..., Any] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool_made: ThreadPoolExecutor | None = None
        self._poll, self._close, self.crash = poll, close, crashed
        self._waiting = 0
        self._polling = False
        self._tasks: set[Task] = set()
        self._shut = False
        self._held: list[Callable[[], None]] | None = None
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self.look)
        if poll is not None:
            self._timer.start()

    def do(self, action: Callable[[], Any], *, owner: QObject, done: Callable[[Any], Any] | None = None,
           failed: Callable[[Spoken], Any] | None = None) -> Task:
        """A write. `done(result)` on the main thread; a result that is Changes (or a tuple holding one) is told to everybody after it."""
        return self._start(action, owner, done, failed, tell=True)

    def read(self, query: Callable[[], Any], owner: QObject, done: Callable[[Any], Any],
             failed: Callable[[Spoken], Any] | None = None) -> Task:
        """A question to the store; `done(rows)` on the main thread."""
        return self._start(query, owner, done, failed, tell=False)

    def long(self, make: Callable[[], Iterator[Any]], owner: QObject, progress: Callable[[Any], Any] | None = None,
             done: Callable[[Any], Any] | None = None, failed: Callable[[Spoken], Any] | None = None, *, tell: bool = True) -> Task:
        """A generator action: what it yields goes to `progress` (at most 20 a second), what it returns to `done`. tell: it writes."""
        task = Task()

        def run() -> Any:
            steps, since = make(), QElapsedTimer()
            while not task.cancelled:
                try:
                    step = next(steps)
                except StopIteration as end:
                    return end.value
                if progress is not None and (not since.isValid() or since.elapsed() >= _PROGRESS_MS):
                    since.start()
                    self._answer(_Answer(owner, progress, step, "progress", task))
            if hasattr(steps, "close"):
                steps.close()
            return None

        return self._start(run, owner, done, failed, tell=tell, task=task)

    def look(self) -> None:
        """Ask now whether someone else has written; nothing while the worker is busy (the next second will do)."""
        if self._poll is None or self._polling or self._waiting or self._shut:
            return
        self._polling = True
        self._start(self._poll, self, self._on_polled, lambda _spoken: self._on_polled(False), tell=False, quiet=True).polls = True

    def aside(self, job: Callable[[], Any], owner: QObject) -> Task:
        """Something small that nobody waits for, such as keeping an unfinished line: no busy sign, no answer, no complaint."""
        return self._start(job, owner, None, lambda _spoken: None, tell=False, quiet=True)

    def busy(self) -> bool:
        """Is anything under way?"""
        return self._waiting > 0

    def saving(self) -> bool:
        """Is anything being written, or waiting to be?"""
        return any(task.writes for task in self._tasks)

    def shutdown(self, *, wait: bool = True) -> None:
        """Stop long work, finish what was begun, close the store on its own thread. Answers that come later are dropped.

        wait: until that is done; else it goes on by itself (a shared folder may be slow to answer).
        """
        if self._shut:
            return
        self.closing.emit()
        self._shut = True
        self._timer.stop()
        for task in tuple(self._tasks):
            task.cancelled = True
        if self._close is not None:
            self._pool().submit(self._close)
        if self._pool_made is not None:
            self._pool_made.shutdown(wait=wait)

    def _start(self, run: Callable[[], Any], owner: QObject, done: Callable[[Any], Any] | None, failed: Callable[[Spoken], Any] | None, *,
               tell: bool, task: Task | None = None, quiet: bool = False) -> Task:
        made = task or Task()
        if self._shut:
            made.cancelled = True
            return made
        made.writes = tell
        if tell and not self.saving():
            self.saving_changed.emit(True)
        self._tasks.add(made)
        if not quiet:
            self._waiting += 1
            if self._waiting == 1:
                self.busy_changed.emit(True)

        def ended(future: Future[Any]) -> None:
            wrong = future.exception()
            if wrong is None:
                self._answer(_Answer(owner, done, (future.result(), tell), "done", made))
            elif isinstance(wrong, Spoken):
                self._answer(_Answer(owner, failed, wrong, "failed", made))
            else:
                self._answer(_Answer(owner, None, wrong, "crash", made))
            self._answer(_Answer(owner, None, quiet, "settled", made))

        def begin() -> None:
            self._pool().submit(run).add_done_callback(ended)

        if self._held is None:
            begin()
        else:
            self._held.append(begin)
        return made

    def _pool(self) -> ThreadPoolExecutor:
        """The one worker, made when there is work: neither its imports nor its thread belong before the first paint."""
        if self._pool_made is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool_made = ThreadPoolExecutor(1, "desk")
        return self._pool_made

    def hold(self) -> None:
        """Keep what is asked from now on until release(): nothing heavy before the first paint."""
        self._held = []

    def release(self) -> None:
        """Begin what was kept, in order, and hold nothing any more."""
        held, self._held = self._held or [], None
        for begin in held:
            begin()

    def _answer(self, answer: _Answer) -> None:
        if shiboken6.isValid(self):
            self._answered.emit(answer)

    def _on_answered(self, answer: _Answer) -> None:
        if self._shut:
            return
        if answer.kind == "settled":
            self._settle(answer)
        elif answer.kind == "crash":
            wrong = answer.value
            (self.crash or sys.excepthook)(type(wrong), wrong, wrong.__traceback__)
        elif answer.kind == "done":
            self._deliver(answer)
        elif shiboken6.isValid(answer.owner) and not (answer.task.cancelled and answer.kind == "progress"):
            (answer.call or (lambda spoken: speak(answer.owner, spoken)))(answer.value)

    def _deliver(self, answer: _Answer) -> None:
        result, tell = answer.value
        if answer.call is not None and not answer.task.cancelled and shiboken6.isValid(answer.owner):
            answer.call(result)
        changes = _changes_in(result) if tell else None
        if changes is not None and changes.rooms:
            self.changed.emit(changes)

    def _settle(self, answer: _Answer) -> None:
        self._tasks.discard(answer.task)
        if answer.task.writes and not self.saving():
            self.saving_changed.emit(False)
        if answer.value:
            self._polling = self._polling and not answer.task.polls
            return
        self._waiting -= 1
        if self._waiting == 0:
            self.busy_changed.emit(False)

    def _on_polled(self, someone_wrote: Any) -> None:
        if someone_wrote:
            self.changed.emit(AnyChange())


def beside(store: Any) -> Any:
    """The same store once more, with connections of its own: for long work that must not hold up the desk's. For the other worker."""
    from coachdesk.store.session import Store

    real = store.opened() if hasattr(store, "opened") else store
    made = Store(real.path, real.key, real.clock, real.dice)
    made.world, made.gate = real.world, real.gate
    return made


def look_again(store: Any) -> UUID:
    """Reads the desk's own facts again (another worker may have changed them); answers whose desk it is now. For the worker."""
    from coachdesk.store.meta import Desk

    real = store.opened() if hasattr(store, "opened") else store
    with real.engine.connect() as connection:
        store.desk = real.desk = Desk.load(connection)
    owner: UUID = real.desk.owner
    return owner


def take_back(store: Any, actor: Any) -> tuple[str, Changes]:
    """Takes back the actor's last action on this device; answers its reason and what changed (store.undo). For the worker."""
    from coachdesk.store.undo import undo_last

    return undo_last(store, actor)


def remember(store: Any, name: str, value: str) -> None:
    """Keeps an unfinished line or form on this device; an empty value forgets it (store.remembered). For the worker."""
    from coachdesk.store import remembered

    if value:
        remembered.remember(store, name, value)
    else:
        remembered.forget(store, name)


def remembered(store: Any, name: str) -> Any:
    """What was kept: (value, at), or None. For the worker."""
    from coachdesk.store import remembered as kept

    return kept.remembered(store, name)


def begun(store: Any) -> Any:
    """What was half typed and is kept: (name, at), the latest first. For the worker."""
    from coachdesk.store import remembered as kept

    return kept.begun(store)


def forget_with(session: Any, name: str) -> None:
    """Forgets a line in the transaction that saves it: a crash leaves either the line or what it became. For the worker."""
    from coachdesk.store import remembered as kept

    kept.forget_with(session, name)


def _changes_in(result: Any) -> Changes | None:
    parts = result if isinstance(result, tuple) else (result,)
    return next((part for part in parts if isinstance(part, Changes)), None)


def speak(owner: QObject, spoken: Spoken) -> None:
    """Say a refusal or trouble in the message bar nearest to a widget; without one it is a bug, for nobody would hear it."""
    at: QObject | None = owner
    while at is not None:
        if isinstance(at, QWidget):
            bar: Any = at.findChild(QWidget, SPEAKER_NAME)
            if bar is not None:
                bar.say(spoken)
                return
        at = at.parent()
    raise spoken
