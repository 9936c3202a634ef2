"""The partners' page: a row of views, the directory feed, and the forms and prints of the views. One of them is in front."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.views import Views
from coachdesk.ui.partner.feed_view import FeedView
from coachdesk.ui.partner.organisations_view import OrganisationsView
from coachdesk.ui.partner.tabs import ORGANISATIONS, TABS, Tab
from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.sides import Front
from coachdesk.ui.work import touches

TITLE = "Partners"


class PartnerPage(Page):
    """Goes from view to view; Ctrl+N adds what the view in front is a list of."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, parent=parent)
        self.desk = desk
        self.organisations = OrganisationsView(desk)
        self.feed = FeedView(desk)
        self._made: dict[str, Any] = {}
        self._told: dict[str, str] = {}
        self._stale: set[str] = set()          # the shell asks for the first reading
        self.feed_button = self.add_action("Director&y feed…", self.show_feed)
        self.file_button = self.add_action("&Bring in a file…", lambda: desk.offered.emit("bring in", "partner"))
        self.new_button = self.add_action("", self._begin, primary=True, keys="Ctrl+N")
        self.views = Views("Views of the partners", tuple((tab.key, tab.words) for tab in TABS))
        self.views.give_way(self.organisations.detail, self.organisations.views)
        self.body.addWidget(self.views)
        self.front = Front()
        self.front.addWidget(self.feed)
        self.body.addWidget(self.front, 1)
        self._connect()
        self.show_tab(ORGANISATIONS)

    def _connect(self) -> None:
        self.views.moved.connect(self.show_tab)
        self.organisations.in_front_wanted.connect(lambda: self.show_tab(ORGANISATIONS))
        self.feed.left.connect(lambda: self.show_tab(ORGANISATIONS))
        self.feed.said.connect(self.say_done)
        self.desk.lot_changed.connect(lambda: self.reload(None))

    # what the shell calls

    def reload(self, changes: Any = None) -> None:
        """Read the view in front again; another one when it is next looked at."""
        self._stale |= {tab.key for tab in TABS if changes is None or touches(changes, *tab.rooms)}
        self._read_stale()

    def open(self, kind: str, id: Any) -> None:
        """A record in the view that holds records of its kind."""
        for tab in TABS:
            if kind in tab.kinds:
                self.show_tab(tab.key)
                self._made[tab.key].open(kind, id)

    def first_focus(self) -> None:
        """Where work goes on in the view that is in front."""
        front: Any = self.front.currentWidget()
        if hasattr(front, "first_focus"):
            front.first_focus()

    def set_public_place(self, on: bool) -> None:
        """Names become initials, or come back."""
        for view in self._made.values():
            if hasattr(view, "redraw_names"):
                view.redraw_names()

    # going about

    def new_organisation(self) -> None:
        """The form for another organisation."""
        self.organisations.new()

    def show_feed(self) -> None:
        """A feed in, or ours out."""
        self._front(self.feed, TITLE, self._told.get(ORGANISATIONS, ""))
        self.feed.begin(self.organisations.sheet.lots)

    def show_tab(self, key: str) -> None:
        """One of the views; it is made when it is first asked for, and read again when something changed since."""
        if key != self.views.key():
            self.views.go(key)                  # comes back here
            return
        if key not in self._made:
            self._make(_tab(key))
        self._front(self._made[key], TITLE, self._told.get(key, ""))
        self._read_stale()

    def show_form(self, form: QWidget, title: str, subtitle: str) -> None:
        """A form or a print of one of the views, in front of everything; back by show_tab(key)."""
        if self.front.indexOf(form) < 0:
            self.front.addWidget(form)
        self._front(form, title, subtitle)

    def _begin(self) -> None:
        self._made[self.views.key()].new()

    def _make(self, tab: Tab) -> None:
        view: Any = tab.make(self.desk, self)
        self._made[tab.key] = view
        self.front.addWidget(view)
        view.told.connect(lambda words: self._on_told(tab.key, words))
        if hasattr(view, "said"):
            view.said.connect(self.say_done)
        if hasattr(view, "open_requested"):
            view.open_requested.connect(self._on_open_requested)

    def _front(self, view: QWidget, title: str, subtitle: str) -> None:
        is_new = self.front.currentWidget() is not view
        key = self.views.key()
        self.front.setCurrentWidget(view)
        self.title.setText(title)
        self.set_subtitle(subtitle)
        is_list = view is self._made.get(key)
        self.views.setVisible(is_list and len(TABS) > 1)
        for button in (self.feed_button, self.file_button):
            button.setVisible(is_list and key == ORGANISATIONS)
        words = getattr(self._made.get(key), "new_words", "") or _tab(key).new
        self.new_button.setVisible(is_list and bool(words))
        if words:
            self.new_button.setText(words)
        if is_new:
            self.first_focus()

    def _read_stale(self) -> None:
        """Ask again for the view in front, where something changed since it was read."""
        key = self.views.key()
        if key in self._stale and key in self._made and self.front.currentWidget() is self._made[key]:
            self._stale.discard(key)
            self._made[key].read()

    def _on_told(self, key: str, words: str) -> None:
        self._told[key] = words
        if self.front.currentWidget() is self._made.get(key):
            self.set_subtitle(words)

    def _on_open_requested(self, kind: str, id: Any) -> None:
        if any(kind in tab.kinds for tab in TABS):
            self.open(kind, id)
        else:
            self.open_requested.emit(kind, id)


def _tab(key: str) -> Tab:
    return next(tab for tab in TABS if tab.key == key)
