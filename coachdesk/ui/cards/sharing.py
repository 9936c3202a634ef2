"""Sync as the window has it: turns on a worker of its own, by a timer, after saving, when the folder changes, and when asked.

The worker has its own connections to the store, so that neither reading nor saving waits for a slow folder; where both write, the store
itself lets one wait for the other, as between two windows. What is watched in the folder is a hint only: the timer does not rely on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from coachdesk.errors import Spoken
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.work import Task, Work, beside, look_again

if TYPE_CHECKING:
    from PySide6.QtCore import QFileSystemWatcher

EVERY_MS = 5 * 60_000
WAITING_MS = 30_000          # while we wait to be let in, or something stands here only
AFTER_SAVE_MS = 8_000
AFTER_FOLDER_MS = 3_000
_FIRST_MS = 4_000
_MOST_WATCHED = 200


def sharing_of(desk: Desk) -> Sharing:
    """The one of a desk, made when it is first asked for."""
    found = desk.findChild(Sharing)
    return found if isinstance(found, Sharing) else Sharing(desk)


class Sharing(QObject):
    """`stood(begun.Where or None)` whenever it was asked where the work stands; `began()`, `stepped(words, done, of)` and `ended(Report or
    None, Spoken or None)` of a turn. `report` and `trouble` are the last one's; `where` is None where nothing is shared.
    """

    stood = Signal(object)
    began = Signal()
    stepped = Signal(str, int, int)
    ended = Signal(object, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.where: Any = None
        self.report: Any = None
        self.trouble: Spoken | None = None
        self.is_shared = False
        self._own: Work | None = None
        self._store: Any = None
        self.task: Task | None = None          # the turn under way
        self._watcher: QFileSystemWatcher | None = None
        self._watched = ""
        self._soon = self._timer(self.turn, single=True)
        self._often = self._timer(self.turn, single=False)
        self._look = self._timer(self.look, single=True)
        desk.work.changed.connect(self._on_changed)
        desk.work.closing.connect(self.stop)

    def _timer(self, does: Any, *, single: bool) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(single)
        made.timeout.connect(does)
        return made

    def begin(self) -> None:
        """Once the window is there: say where the work stands, and go on by timer where the desk belongs to a team."""
        self.look()
        if self._desk.sample_day is None:
            self._often.start(EVERY_MS)
            self._soon.start(_FIRST_MS)

    # where the work stands

    def look(self) -> None:
        """Asks the store; `stood` follows. Costs one small question where nothing is shared."""
        store = self._desk.store

        def ask() -> Any:
            from coachdesk.sync import begun

            return begun.where(store)

        self._desk.work.read(ask, self, self._on_stood, lambda _spoken: None)

    def _on_stood(self, found: Any) -> None:
        self.where, self.is_shared = found, found is not None
        if self.is_shared:
            self._watch(found.place)
        self.stood.emit(found)

    # turns

    def is_busy(self) -> bool:
        """Is a turn, or a deed of the team, under way?"""
        return self._own is not None and self._own.busy()

    def is_running(self) -> bool:
        """Is a turn under way?"""
        return self.task is not None

    def turn(self, where: str = "", *, asked: bool = False) -> None:
        """One turn, unless one is under way or the desk shares with nobody. asked: by a person, who hears a refusal too."""
        if self.task is not None or not (asked or self.is_shared):
            return
        own = self._worker()

        def make() -> Any:
            from coachdesk.sync import begun

            if self._store is None:
                self._store = beside(self._desk.store)
            return begun.steps(self._store, where)

        self._soon.stop()
        self.task = own.long(make, self, self._on_step, self._on_done, self._on_failed)
        self.began.emit()

    def cancel(self) -> None:
        """Stops after the step under way; what was done stays, and the next turn goes on from there."""
        if self.task is not None:
            self.task.cancel()
            self.task = None                           # whose answer is dropped
            self._settle(None, None)

    def run(self, job: Any, owner: QObject, done: Any, failed: Any = None) -> None:
        """Something else over the shared place (`job(store)`): after the turn under way, on the same worker."""
        def with_store() -> Any:
            if self._store is None:
                self._store = beside(self._desk.store)
            return job(self._store)

        self._worker().do(with_store, owner=owner, done=done, failed=failed)

    def _worker(self) -> Work:
        if self._own is None:
            self._own = Work(close=self._close, crashed=self._desk.work.crash, parent=self)
        return self._own

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()

    def _on_step(self, step: Any) -> None:
        self.stepped.emit(step.doing, step.done, step.of)

    def _on_done(self, report: Any) -> None:
        self.task = None
        self.report, self.trouble = report or self.report, None
        if report is not None and (report.received or report.changes.rooms or report.state != "done"):
            self.refresh()
        if report is not None and report.changes.rooms:
            self._desk.work.changed.emit(report.changes)
        self._settle(report, None)

    def _on_failed(self, spoken: Spoken) -> None:
        self.task, self.trouble = None, spoken
        self._settle(None, spoken)

    def _settle(self, report: Any, spoken: Spoken | None) -> None:
        is_waiting = report is not None and report.state == "joining"
        self._often.setInterval(WAITING_MS if is_waiting or spoken is not None else EVERY_MS)
        self.look()
        self.ended.emit(report, spoken)

    def refresh(self) -> None:
        """The desk's own facts may be others now: who it belongs to, once a joining laptop was let in."""
        self._desk.work.read(lambda: look_again(self._desk.store), self, self._on_owner)

    def _on_owner(self, owner: Any) -> None:
        self._desk.owner = owner

    # hints

    def _on_changed(self, _changes: Any) -> None:
        self._look.start(400)
        if self.is_shared and self._desk.sample_day is None:
            self._soon.start(AFTER_SAVE_MS)

    def _watch(self, where: str) -> None:
        """Folders of others below the shared one: a change there is a reason to look, its absence is none not to."""
        if where == self._watched or self._desk.sample_day is not None:
            return
        from pathlib import Path

        from PySide6.QtCore import QFileSystemWatcher

        self._watched = where
        if self._watcher is not None:
            self._watcher.deleteLater()
        self._watcher = QFileSystemWatcher(self)
        try:
            below = [str(path) for path in sorted((Path(where) / "dev").iterdir()) if path.is_dir()][:_MOST_WATCHED]
        except OSError:
            below = []
        self._watcher.addPaths([where, str(Path(where) / "dev"), *below])
        self._watcher.directoryChanged.connect(self._on_folder_changed)

    def _on_folder_changed(self, _path: str) -> None:
        if self.task is None:
            self._soon.start(AFTER_FOLDER_MS)

    def stop(self) -> None:
        """The desk closes: no turn begins any more, and the one under way ends after its step."""
        for timer in (self._soon, self._often, self._look):
            timer.stop()
        if self._own is not None:
            self._own.shutdown(wait=False)
