"""Public-place mode: names become initials wherever they are drawn. The shell turns it on and off; parts and pages only ask."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

_FLAG = "coachdesk_public_place"
_COPIED = "coachdesk_copied"


def in_public() -> bool:
    """Is the window in public-place mode now?"""
    app = QApplication.instance()
    return bool(app is not None and app.property(_FLAG))


def set_in_public(on: bool) -> None:
    """Only for the shell and for tests; whoever calls it repaints."""
    app = QApplication.instance()
    if app is not None:
        app.setProperty(_FLAG, on)


def initials(name: str) -> str:
    """`Z. Ł.` for `Zoë Łuka`."""
    return " ".join(f"{word[0].upper()}." for word in name.replace("-", " ").split() if word[0].isalpha()) or "…"


def shown_name(name: str, reference: str = "") -> str:
    """The name, or in public initials and the reference."""
    if not in_public():
        return name
    return f"{initials(name)} {reference}".strip() if name else reference


def copy(text: str) -> None:
    """Put a text on the clipboard and remember that it is ours."""
    app = QApplication.instance()
    if app is not None:
        app.setProperty(_COPIED, text)
        QGuiApplication.clipboard().setText(text)


def forget_copied() -> None:
    """When the desk locks: take what was copied here off the clipboard; what comes from elsewhere stays."""
    app, clipboard = QApplication.instance(), QGuiApplication.clipboard()
    if app is None:
        return
    ours = app.property(_COPIED)
    if clipboard.ownsClipboard() or (ours and clipboard.text() == ours):
        clipboard.clear()
    app.setProperty(_COPIED, "")
