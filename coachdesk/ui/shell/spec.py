"""What the window is made of, as app hands it over: pages, commands, hits of the search, and the words of the status bar.

Named tuples, as everything on the way to the first filled list: a dataclass costs four times as much to define (GOALS 1).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class PageSpec(NamedTuple):
    """One page of the rail. `make` runs when the page is first shown; `kinds` are the records that it opens.

    The widget may have reload(changes), open(kind, id), first_focus(), set_public_place(on), furnish()
    (make what the first paint of the window did without) and a signal open_requested(kind, id).
    """

    key: str
    title: str
    icon: str
    make: Callable[[], QWidget]
    kinds: tuple[str, ...] = ()


class Hit(NamedTuple):
    """Something found: the palette opens it by kind and id. `private` titles are initials in a public place, and `also` is not shown there.

    alike: only spelt alike. also: another name of the same person, by which they were found.
    """

    kind: str
    id: Any
    title: str
    detail: str = ""
    private: bool = False
    alike: bool = False
    also: str = ""


class Command(NamedTuple):
    """A verb that works from anywhere, by its words in the palette and by its keys."""

    title: str
    run: Callable[[], object]
    keys: str = ""


# Keys that the window itself takes; pages choose others.
WINDOW_KEYS = (
    ("Ctrl+1 to Ctrl+9", "Go to a page of the rail"),
    ("F6", "Between the rail and the page"),
    ("F7", "Another lot, or all of them; Enter goes back to where you were"),
    ("Alt+Left", "Back to the page before"),
    ("Ctrl+K", "Find any person, partner, session or command"),
    ("F8 or Esc", "Dismiss the message above the page"),
    ("Ctrl+Shift+P", "Public place: initials instead of names"),
    ("F9, held", "In a public place: show names while the key is down"),
    ("Ctrl+L", "Lock the desk"),
    ("Ctrl++ and Ctrl+-", "Larger and smaller text; Ctrl+0 as it was"),
    ("Ctrl+Shift+D", "Dark or light"),
    ("F1", "This page"),
    ("Enter", "In a list: open the row. In a form: save"),
    ("Alt with an underlined letter", "Go to that field or press that button"),
    ("Ctrl+C", "In a list: copy the row"),
)
