"""The team's page: the shared place, what has to be chosen, and whose laptops belong to the team."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from coachdesk.sync.desk import count
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.views import Views
from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.sides import Front
from coachdesk.ui.sync.choices_view import ChoicesView
from coachdesk.ui.sync.place_view import PlaceView
from coachdesk.ui.sync.team_view import TeamView

PLACE, CHOOSE, TEAM = "place", "choose", "team"


class Tab(NamedTuple):
    """One view of the page. make: a widget with read(), first_focus(), redraw_names(), told(words) and said(sentence, next step)."""

    key: str
    words: str
    make: Callable[[Desk], QWidget]


TABS = (Tab(PLACE, "Shared &place", PlaceView), Tab(CHOOSE, "To &choose", ChoicesView), Tab(TEAM, "Laptops of the &team", TeamView))


class TeamPage(Page):
    """Goes from view to view; each is made when it is first looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Team", parent=parent)
        self.desk = desk
        self._made: dict[str, Any] = {}
        self._told: dict[str, str] = {}
        self._stale: set[str] = {tab.key for tab in TABS}
        self.views = Views("Views of the team", tuple((tab.key, tab.words) for tab in TABS))
        self.body.addWidget(self.views)
        self.front = Front()
        self.body.addWidget(self.front, 1)
        self.views.moved.connect(self.show_tab)
        self.show_tab(TABS[0].key)
        self.desk.read(count, self, lambda number: self.views.count(CHOOSE, number or None))

    # what the shell calls

    def reload(self, changes: Any = None) -> None:
        """Whatever changed may settle something: the view in front is read again, another one when it is next looked at."""
        self._stale = {tab.key for tab in TABS}
        self._read_stale()
        if changes is not None and CHOOSE in self._stale:
            self.desk.read(count, self, lambda number: self.views.count(CHOOSE, number or None))

    def open(self, kind: str, id: Any) -> None:
        """What has to be chosen in a record."""
        self.show_tab(CHOOSE)
        self.view(CHOOSE).open(kind, id)

    def first_focus(self) -> None:
        """Where work goes on in the view that is in front."""
        front: Any = self.front.currentWidget()
        front.first_focus()

    def set_public_place(self, on: bool) -> None:
        """Names become initials, or come back."""
        for view in self._made.values():
            view.redraw_names()

    # going about

    def view(self, key: str) -> Any:
        """A view by its key, made if need be."""
        if key not in self._made:
            self._make(next(tab for tab in TABS if tab.key == key))
        return self._made[key]

    def show_tab(self, key: str) -> None:
        """One of the views."""
        if key != self.views.key():
            self.views.go(key)                  # comes back here
            return
        self.front.setCurrentWidget(self.view(key))
        self.set_subtitle(self._told.get(key, ""))
        self._read_stale()

    def _make(self, tab: Tab) -> None:
        view: Any = tab.make(self.desk)
        self._made[tab.key] = view
        self.front.addWidget(view)
        view.told.connect(lambda words: self._on_told(tab.key, words))
        view.said.connect(self.say_done)
        if hasattr(view, "open_requested"):
            view.open_requested.connect(self.open_requested)
        if hasattr(view, "counted"):
            view.counted.connect(lambda number: self.views.count(tab.key, number or None))

    def _on_told(self, key: str, words: str) -> None:
        self._told[key] = words
        if key == self.views.key():
            self.set_subtitle(words)

    def _read_stale(self) -> None:
        key = self.views.key()
        if key in self._stale and key in self._made:
            self._stale.discard(key)
            self._made[key].read()
