"""The box one stands in is in sight, however the keyboard got there: Qt scrolls by itself only for Tab."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from coachdesk.ui.parts.theme import LARGE

_SETTLED_MS = 120


def bring_into_sight(widget: QWidget, above_and_below: int = LARGE * 4) -> None:
    """Scroll whatever a widget stands in until it is seen, with some pixels around it."""
    at = widget.parentWidget()
    while at is not None:
        if isinstance(at, QScrollArea):
            at.ensureWidgetVisible(widget, 0, above_and_below)
        at = at.parentWidget()


def keep_in_sight(form: QWidget) -> None:
    """From now on, whatever in `form` gets the keyboard is brought into sight once what was just shown is laid out."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.focusChanged.connect(_Watch(form).look)


class _Watch(QObject):
    """Lives and dies with the form."""

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form

    def look(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Only what is not wholly seen is moved: nothing slides away under a mouse."""
        if now is not None and self._form.isAncestorOf(now):
            for pause in (0, _SETTLED_MS):         # large text takes a few rounds of the layout to find its height
                QTimer.singleShot(pause, now, partial(_bring_if_hidden, now))


def _bring_if_hidden(widget: QWidget) -> None:
    if widget.isVisible() and widget.visibleRegion().boundingRect() != widget.rect():
        bring_into_sight(widget)
