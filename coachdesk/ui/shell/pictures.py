"""A picture of every screen, for the eye and for the sample programme's folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Trouble
from coachdesk.ui.cards.views import Views
from coachdesk.ui.shell.main_window import MainWindow

_ROUNDS = 3          # a page may ask the store again with what the first answer said


def take_pictures(window: MainWindow, folder: Path, others: Mapping[str, QWidget] | None = None) -> list[Path]:
    """PNG of each page of the window and of each of its views, named after their keys, and of `others` by name.

    The window is shown while it lasts.
    """
    folder.mkdir(parents=True, exist_ok=True)
    window.furnish()
    window.show()
    taken = []
    for spec in window.pages:
        window.go(spec.key)
        _settle(window)
        taken.append(_grab(window, folder / f"{spec.key}.png"))
        taken += _views(window, spec.key, folder)
    for name, widget in (others or {}).items():
        widget.show()
        _settle(window)
        taken.append(_grab(widget, folder / f"{name}.png"))
    return taken


def _views(window: MainWindow, key: str, folder: Path) -> list[Path]:
    """The further views of a page that has a row of them, named after page and view; the first one is in front again afterwards."""
    views = getattr(window.page(key), "views", None)
    if not isinstance(views, Views):
        return []
    first, taken = views.key(), []
    for view in views.every_key():
        if view != first:
            views.go(view)
            _settle(window)
            taken.append(_grab(window, folder / f"{key}-{view}.png"))
    views.go(first)
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
