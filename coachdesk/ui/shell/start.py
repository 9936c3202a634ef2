"""From nothing to the open desk: which window comes first, what is imported when, and which page shows which record.

The order is what makes the start quick (GOALS 1): the unlock window needs PySide6 alone; SQLAlchemy and the rooms are imported in a
thread after its first paint, while the passphrase is typed; pages are made when they are first shown.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.settings import Looks, keep_looks, read_looks
from coachdesk.ui.parts.suggestions import close_with_their_box
from coachdesk.ui.parts.theme import Theme, make_application
from coachdesk.ui.shell.first_paint import on_first_paint

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

IDLE_MINUTES = 5
_BETWEEN_MS = 15
_SETTLE_MS = 40          # the painted window reaches the screen before anything heavy is imported
_WINDOWS = (
    "coachdesk.ui.work",
    "coachdesk.ui.cards.desk",
    "coachdesk.ui.shell.main_window",
    "coachdesk.ui.shell.desk_window",
    "coachdesk.ui.today.page",
)


def run(parts: Any, path: Path, at_hand: Callable[[], Any] | None) -> int:
    """Shows the first window and runs until the last one is closed; answers the exit code.

    at_hand: answers a store whose key is at hand (the sample programme); then no passphrase is asked.
    """
    app = _application()
    program = Program(app, parts, path)
    if at_hand is not None:
        program.open(at_hand())
    else:
        program.begin()
    return int(app.exec())


def pictures(parts: Any, path: Path, store: Any, folder: Path) -> list[Path]:
    """A PNG of every screen of an open store, without anybody at the keyboard."""
    from PySide6.QtCore import qInstallMessageHandler

    from coachdesk.ui.shell.pictures import take_pictures
    from coachdesk.ui.shell.unlock import UnlockWindow

    qInstallMessageHandler(_quiet)
    app = _application()
    program = Program(app, parts, path)
    program.theme.changed.disconnect()         # pictures look the same on every machine, and leave the looks as they are
    program.theme.scale = 100
    program.theme.set_dark(False)
    program.theme.wear_noto()
    program.open(store)
    main = program.main
    assert main is not None
    main.resize(1280, 800)
    try:
        locked = UnlockWindow(path.name, lambda _words: None, lambda _code, _words: None)
        locked.resize(1280, 800)
        return take_pictures(main, folder, {"unlock": locked})
    finally:
        main.close()
        program.end()


def _quiet(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
    """The offscreen platform has no window manager and says so each time; anything else is still said."""
    if not words.startswith("This plugin does not support"):
        sys.stderr.write(words + "\n")


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = make_application(sys.argv[0])
    return app


class Program(QObject):
    """The windows of one run and the store behind them."""

    def __init__(self, app: QApplication, parts: Any, path: Path) -> None:
        super().__init__(app)
        self.app, self.parts, self.path = app, parts, path
        looks = read_looks(parts.places)
        self.theme = Theme(app, looks.dark, looks.scale)
        close_with_their_box(app)
        self.theme.apply()
        self.theme.changed.connect(lambda: keep_looks(parts.places, Looks(self.theme.chosen, self.theme.scale)))
        self.front: QWidget | None = None
        self.main: Any = None
        self.desk: Any = None
        self.work: Any = None
        self._crash: Any = None
        self._sweeper: Any = None

    # the first window

    def begin(self) -> None:
        """Unlock, or make the first store."""
        if self.path.exists() or self.path.with_name(self.path.name + ".key").exists():
            self.show_unlock()
        else:
            self.show_first_run()

    def show_unlock(self, word: str = "") -> None:
        """The passphrase; afterwards the desk."""
        from coachdesk.ui.shell.crash import CrashHook
        from coachdesk.ui.shell.unlock import UnlockWindow

        front = UnlockWindow(self.path.stem, self._unlock, self._recover)
        if word:
            front.say(word)
        front.unlocked.connect(self.open)
        on_first_paint(front, self._warm_up)
        self._show_front(front)
        if self._crash is None:
            self._crash = CrashHook()
            self._crash.install()

    def show_first_run(self) -> None:
        """A new store."""
        from coachdesk.ui.shell.first_run import FirstRunWindow

        front = FirstRunWindow(_templates(), self._create, choose_folder=_choose_folder)
        front.unlocked.connect(self.open)
        on_first_paint(front, self._warm_up)
        self._show_front(front)

    def _show_front(self, front: QWidget) -> None:
        old, self.front = self.front, front
        front.show()
        if old is not None:
            old.close()
            old.deleteLater()

    def _warm_up(self) -> None:
        self._collect_here()
        from coachdesk.ui.parts import icons

        threading.Thread(target=self.parts.warm_up, name="warm-up", daemon=True).start()
        icons.load()
        self._import_windows(list(_WINDOWS))

    def _import_windows(self, left: list[str]) -> None:
        """One module of the desk's window at a time, between keys, so that Enter finds them ready."""
        if left and self.main is None:
            import_module(left.pop(0))
            QTimer.singleShot(_BETWEEN_MS, lambda: self._import_windows(left))

    # opening (these run beside the window's thread)

    def _unlock(self, words: str) -> Any:
        return self.parts.first_store(self.path, words)

    def _recover(self, code: str, words: str) -> Any:
        return self.parts.open_store(self.path, code, new_passphrase=words)

    def _create(self, wanted: Any) -> Any:
        from coachdesk.ui.shell.first_run import Created

        path = self.path if wanted.name in ("My desk", self.path.stem) else self.path.with_name(f"{_file_name(wanted.name)}.coachdesk")
        words = ""
        if wanted.folder:
            code, words = self.parts.join_team(path, wanted.passphrase, wanted.owner, wanted.folder, wanted.code)
        else:
            code = self.parts.make_store(path, wanted.passphrase, wanted.owner, wanted.programme)[0]
        self.path = path
        return Created(code, self.parts.open_store(path, wanted.passphrase), words)

    # the desk

    def open(self, store: Any) -> None:
        """The desk, over an open store or one whose key is at hand."""
        from coachdesk.ui.cards.desk import Desk
        from coachdesk.ui.parts.dialogs import SystemDialogs
        from coachdesk.ui.shell.desk_window import make_window
        from coachdesk.ui.work import Work

        self.work = Work(poll=store.changed_outside, close=store.close)
        self.work.hold()                   # the first rows are at hand; everything else may wait for the first paint
        self.desk = Desk(store, self.work, SystemDialogs(), self.parts, self)
        self.main = make_window(self.desk, self.theme)
        self.main.locked.connect(self._on_locked)
        self.main.closed.connect(self._on_closed)
        on_first_paint(self.main, lambda: QTimer.singleShot(_SETTLE_MS, self._on_desk_painted))
        self.main.show()
        front, self.front = self.front, None
        if front is not None:
            front.hide()
            front.deleteLater()

    def _on_desk_painted(self) -> None:
        from coachdesk.ui.parts import icons

        if self.work is not None and self.main is not None:
            self._collect_here()
            self.main.furnish()
            self.work.release()
            icons.load()
            self._lock_when_idle()

    def _lock_when_idle(self) -> None:
        from coachdesk.ui.shell.idle import IdleLock

        if self.desk.sample_day is None:
            IdleLock(self.main, IDLE_MINUTES, self.parts.clock.now, self.main.lock)

    def _on_locked(self) -> None:
        main, self.main = self.main, None
        self.end()
        self.show_unlock()
        main.deleteLater()

    def _on_closed(self) -> None:
        self.end()
        self.app.quit()

    def _collect_here(self) -> None:
        """Garbage is looked for again, on this thread, but not among what the start has imported: that stays."""
        from coachdesk.ui.shell.sweeper import Sweeper

        if self._sweeper is None:
            gc.freeze()
            self._sweeper = Sweeper(self)

    def end(self) -> None:
        """Finishes what was begun and closes the store."""
        work, self.work = self.work, None
        if work is not None:
            work.shutdown()


def _templates() -> list[tuple[str, str]]:
    from coachdesk.settings import resources

    return [(str(each), each.stem.replace("-", " ").capitalize()) for each in sorted((resources() / "programmes").glob("*.toml"))]


def _choose_folder(owner: QWidget, title: str) -> Path | None:
    from coachdesk.ui.parts.dialogs import SystemDialogs

    return SystemDialogs().choose_folder(owner, title)


def _file_name(words: str) -> str:
    kept = "".join(sign if sign.isalnum() else "-" for sign in words.strip().lower()).strip("-")
    return kept[:60] or "desk"
