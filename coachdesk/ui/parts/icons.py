"""Icons that only accompany words. The icon font is loaded after the first paint; until then a button simply has none."""

from __future__ import annotations

import weakref
from typing import Any

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QApplication

# our words → Phosphor's names
_NAMES = {
    "today": "sun-horizon", "outreach": "map-pin-line", "participant": "users-three", "referral": "arrows-left-right",
    "partner": "storefront", "activity": "calendar-check", "claim": "currency-gbp", "governance": "gear-six",
    "programme": "clipboard-text", "lock": "lock-simple", "find": "magnifying-glass", "help": "question", "public": "eye-slash",
    "print": "printer", "add": "plus", "back": "arrow-left", "settings": "gear-six", "sync": "arrows-clockwise",
}


class _Icons:
    """The one loaded font, and who wears an icon of it (anything with setIcon)."""

    def __init__(self) -> None:
        self.font: Any = None
        self.worn: list[tuple[weakref.ref[Any], str]] = []


_icons = _Icons()


def load() -> None:
    """Load the icon font (one of qtawesome's) and dress everything that waits; call after the first paint."""
    if _icons.font is None:
        from qtawesome.iconic_font import IconicFont

        _icons.font = IconicFont(("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"))
    recolour()


def recolour() -> None:
    """Dress everybody again, in the colours of the palette now."""
    _icons.worn = [(who, name) for who, name in _icons.worn if _alive(who())]
    for who, name in _icons.worn:
        wearer = who()
        if wearer is not None:
            wearer.setIcon(icon(name))


def wear(wearer: Any, name: str) -> None:
    """Give a button, action or list item an icon, now or as soon as the font is there."""
    _icons.worn.append((weakref.ref(wearer), name))
    if _icons.font is not None:
        wearer.setIcon(icon(name))


def icon(name: str) -> QIcon:
    """The icon by our word; an empty one before load() or for a word that has none."""
    if _icons.font is None or name not in _NAMES:
        return QIcon()
    made: QIcon = _icons.font.icon(f"ph.{_NAMES[name]}", color=QApplication.palette().color(QPalette.ColorRole.Text))
    return made


def _alive(wearer: Any) -> bool:
    return wearer is not None and (not isinstance(wearer, QObject) or shiboken6.isValid(wearer))
