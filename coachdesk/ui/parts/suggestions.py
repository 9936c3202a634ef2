"""Suggestions under a box close when the keyboard goes elsewhere: Qt leaves them open, and they would take the next letter."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget


def close_with_their_box(app: QApplication) -> None:
    """From now on, in every window of the program."""
    app.focusChanged.connect(_on_focus_changed)


def _on_focus_changed(_before: QWidget | None, now: QWidget | None) -> None:
    popup = QApplication.activePopupWidget()
    box = popup.focusProxy() if isinstance(popup, QAbstractItemView) else None      # a completer's list stands for the box it is of
    if popup is None or box is None or now is None or now is box or box.isAncestorOf(now) or popup.isAncestorOf(now):
        return
    popup.hide()
    settle = getattr(box, "settle", None)                                           # the completer has kept from it that it was left
    if settle is not None:
        settle()
