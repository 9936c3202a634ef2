"""When the fault is ours: what was saved is safe, and a report without a single word that anyone typed.

Light enough to be put in place before the first paint: what shows a fault is imported when there is one.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from coachdesk.errors import Spoken


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The kind of fault and where it was: file names, lines and functions, never the message, which may quote somebody."""
    import traceback

    lines = [f"{kind.__name__} on Python {sys.version_info.major}.{sys.version_info.minor}, {sys.platform}"]
    for frame in traceback.extract_tb(trace):
        place = Path(frame.filename)
        inside = place.parts[place.parts.index("coachdesk"):] if "coachdesk" in place.parts else (place.name,)
        lines.append(f"  {'/'.join(inside)}:{frame.lineno} {frame.name}")
    return "\n".join(lines)


class CrashHook(QObject):
    """install() puts itself where Python sends what nobody caught, on any thread. `log` gets the report as text.

    A Refusal or Trouble that nobody caught is said in the active page's message bar instead.
    """

    _heard = Signal(object, object)

    def __init__(self, log: Callable[[str], object] | None = None, show: Callable[[str], object] | None = None) -> None:
        super().__init__()
        self._log, self._show = log, show or self._show_dialog
        self._open = False
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on."""
        sys.excepthook = self
        threading.excepthook = lambda thrown: self(thrown.exc_type, thrown.exc_value, thrown.exc_traceback)

    def __call__(self, kind: type[BaseException], value: BaseException | None, trace: TracebackType | None) -> Any:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        spoken = value if isinstance(value, Spoken) else None
        self._heard.emit(report(kind, trace), spoken)

    def _on_heard(self, words: str, spoken: Spoken | None) -> None:
        if spoken is not None and _said(spoken):
            return
        if self._log is not None:
            self._log(words)
        if not self._open:                              # a fault that repeats must not bury the screen in dialogs
            self._open = True
            try:
                self._show(words)
            finally:
                self._open = False

    def _show_dialog(self, words: str) -> None:
        from coachdesk.ui.shell.crash_dialog import CrashDialog

        CrashDialog(words, QApplication.activeWindow()).exec()


def _said(spoken: Spoken) -> bool:
    """Say it in the message bar of the page in front; False when there is none."""
    from coachdesk.ui.parts.message_bar import MessageBar

    window = QApplication.activeWindow()
    for bar in window.findChildren(MessageBar) if window is not None else []:
        holder = bar.parentWidget()
        if holder is not None and holder.isVisible():
            bar.say(spoken)
            return True
    return False
