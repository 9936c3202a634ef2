"""A picture of every screen, for the eye and for the sample programme's folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Trouble
from coachdesk.ui.shell.main_window import MainWindow

_ROUNDS = 3          # a page may ask the store again with what the first answer said


def take_pictures(window: MainWindow, folder: Path, others: Mapping[str, QWidget] | None = None) -> list[Path]:
    """PNG of each page of the window, named after its key, and of `others` by name. The window is shown while it lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    window.furnish()
    window.show()
    taken = []
    for spec in window.pages:
        window.go(spec.key)
        _settle(window)
        taken.append(_grab(window, folder / f"{spec.key}.png"))
    for name, widget in (others or {}).items():
        widget.show()
        _settle(window)
        taken.append(_grab(widget, folder / f"{name}.png"))
    return taken


def _settle(window: MainWindow) -> None:
    """Let the page ask the store, answer, lay out and paint."""
    for _round in range(_ROUNDS):
        QCoreApplication.processEvents()
        while window.work is not None and window.work.busy():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def _grab(widget: QWidget, path: Path) -> Path:
    if not widget.grab().save(str(path)):
        raise Trouble(f"The picture {path.name} could not be written. Nothing was lost.", "Choose another folder.")
    return path
