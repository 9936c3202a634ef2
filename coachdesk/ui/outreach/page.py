"""The outreach page: a row of views, the session desk, its forms, and the register to print. One of them is in front."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from coachdesk.outreach import actions, queries
from coachdesk.outreach.rules import CANCELLED, HELD, PLANNED
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.paper import PaperFront
from coachdesk.ui.cards.views import Views
from coachdesk.ui.outreach.contact_editor import ContactEditor
from coachdesk.ui.outreach.counting import best_session, session_line
from coachdesk.ui.outreach.session_desk import SessionDesk
from coachdesk.ui.outreach.session_editor import SessionEditor
from coachdesk.ui.outreach.session_reading import ContactShown
from coachdesk.ui.outreach.sessions_view import SessionsView, WaitingShown
from coachdesk.ui.outreach.small_forms import ReasonForm, RegisterForm
from coachdesk.ui.outreach.tabs import CALENDAR, SERIES, SESSIONS, TABS, Tab
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.sides import Front
from coachdesk.ui.work import touches

TITLE = "Outreach"


class OutreachPage(Page):
    """Opens outreach.session, outreach.contact and outreach.series; takes "session at" with a venue's id."""

    TAKES = ("session at", "turn away")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, parent=parent)
        self._desk = desk
        self._made: dict[str, Any] = {}
        self._told: dict[str, str] = {}
        self._stale: set[str] = set()          # the shell asks for the first reading
        self.sessions = SessionsView(desk, self.new_session)
        self.session = SessionDesk(desk)
        self.editor = SessionEditor(desk)
        self.contact = ContactEditor(desk)
        self.paper = RegisterForm()
        self.reason = ReasonForm(desk)
        self.paper_front = PaperFront(desk, self, self._put_paper, self._back_to_desk)
        self._build()
        desk.lot_changed.connect(self._on_lot_changed)
        self.show_sessions()

    def _build(self) -> None:
        self.title.setWordWrap(True)
        self.views = Views("Views of outreach", tuple((tab.key, tab.words) for tab in TABS))
        self.views.moved.connect(self.show_tab)
        self.body.addWidget(self.views)
        self._stack = Front()
        for view in (self.session, self.editor, self.contact, self.paper, self.reason):
            self._stack.addWidget(view)
        self.body.addWidget(self._stack, 1)
        self.back_button = self.add_action("&Back", self.show_lists)
        self.change_button = self.add_action("&Change", self.change_session)
        self.print_button = self.add_action("&Print register…", self.print_register)
        self.again_button = self.add_action("Plan it &again", self.plan_again)
        self.cancel_button = self.add_action("Cance&l it…", self.cancel_session)
        self.held_button = self.add_action("&Held", self.hold_session)
        self.file_button = self.add_action("&Bring in a file…", lambda: self._desk.offered.emit("bring in", "outreach.contact"))
        self.new_button = self.add_action("New &session", self.new_session, primary=True)
        self.new_button.setToolTip("Ctrl+N, also from a session’s desk")
        again = QShortcut(QKeySequence("Ctrl+N"), self)
        again.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        again.activated.connect(self.new_session)
        self.sessions.session_chosen.connect(lambda row: self.open_session(row.id))
        self.sessions.waiting_chosen.connect(self._on_waiting_chosen)
        self.session.left.connect(self.show_lists)
        self.session.shown.connect(self._on_session_shown)
        self.session.edit_requested.connect(self.change_session)
        self.session.print_requested.connect(self.print_register)
        verbs = {"H": self.held_button, "X": self.cancel_button, "A": self.again_button}
        for letter, button in (("E", self.change_button), ("R", self.print_button), *verbs.items()):
            button.tell_keys(letter)
        self.session.verb_requested.connect(lambda letter: self._press(verbs[letter]))
        self.session.contact_opened.connect(self.open_contact)
        self.session.person_chosen.connect(lambda person: self.open_requested.emit("participant", person))
        self.editor.saved.connect(self._on_session_saved)
        self.editor.planned.connect(self.say_planned)
        self.editor.left.connect(self._on_editor_left)
        self.contact.saved.connect(self._back_to_desk)
        self.contact.left.connect(self._back_to_desk)
        self.paper.left.connect(self._back_to_desk)
        self.paper.blank_wanted.connect(self.print_blank)
        self.paper.keyed_wanted.connect(lambda: self._draw_register("session-register-keyed"))
        self.reason.left.connect(self._on_reason_left)

    # what the shell calls

    def reload(self, changes: Any = None) -> None:
        """Read again what is in front; the list behind follows."""
        self._stale |= {tab.key for tab in TABS if changes is None or touches(changes, *tab.rooms)}
        self._read_stale()
        self.session.reload(changes)

    def open(self, kind: str, id: Any) -> None:
        """A session at its desk; a contact in the list of its session."""
        if kind == "outreach.session":
            self.open_session(id)
        elif kind == "outreach.series":
            self._show_series(id)
        elif kind == "outreach.contact":
            self._desk.read(lambda session: queries.contacts(session, id=id), self, self._on_contact_found)

    def first_focus(self) -> None:
        """Where work goes on in the view that is in front."""
        front: Any = self._stack.currentWidget()
        if front is self.session:
            self.session.first_focus()
        elif front is self.editor:
            self.editor.form.first_focus()
        elif front is self.contact:
            self.contact.form.first_focus()
        elif hasattr(front, "first_focus"):
            front.first_focus()

    def set_public_place(self, on: bool) -> None:
        """Names become initials, or come back."""
        self.session.redraw_names()
        for view in self._made.values():
            if hasattr(view, "redraw_names"):
                view.redraw_names()

    def take(self, what: str, value: Any) -> None:
        """Another page asks for a session at a venue, or to count somebody who was turned away."""
        if what == "session at":
            self.new_session(value)
        elif what == "turn away":
            self.show_tab("unmet")
            self._made["unmet"].count(*value)

    def new_contact(self) -> None:
        """The line of today's session, else of the latest one; a new session when there is none."""
        owner, today = self._desk.owner, self._desk.today()

        def arrived(rows: list[queries.SessionRow]) -> None:
            found = best_session(rows, owner, today)
            if found is None:
                self.new_session()
                return
            self.open_session(found.id)
            self.session.focus_line()
            if found.held_on != today:
                self.say_done("No session is open today, so this is the latest one.", "Ctrl+N opens a session of today.")

        if self._stack.currentWidget() is self.session and self.session.row is not None and self.session.row.held_on == today:
            self.session.focus_line()
        else:
            self._desk.read(lambda session: queries.sessions(session, limit=60, until=today), self, arrived)

    # going about

    def show_sessions(self) -> None:
        """The lists of sessions and follow-ups."""
        self.show_tab(SESSIONS)

    def show_lists(self) -> None:
        """The view that was looked at before a session, a form or a print."""
        self.show_tab(self.views.key())

    def show_calendar(self) -> None:
        """The month with its sessions."""
        self.show_tab(CALENDAR)

    def show_tab(self, key: str) -> None:
        """One of the views; it is made when it is first asked for, and read again when something changed since."""
        if key != self.views.key():
            self.views.go(key)                  # comes back here
            return
        if key not in self._made:
            self._make(next(tab for tab in TABS if tab.key == key))
        self._front(self._made[key], TITLE, self._told.get(key, ""))
        self._read_stale()

    def show_form(self, form: QWidget, title: str, subtitle: str) -> None:
        """A form of one of the views, in front of everything; back by show_tab(key)."""
        if self._stack.indexOf(form) < 0:
            self._stack.addWidget(form)
        self._front(form, title, subtitle)

    def _make(self, tab: Tab) -> None:
        view: Any = tab.make(self._desk, self)
        self._made[tab.key] = view
        self._stack.addWidget(view)
        view.told.connect(lambda words: self._on_told(tab.key, words))
        if hasattr(view, "open_requested"):
            view.open_requested.connect(self._on_open_requested)

    def _on_open_requested(self, kind: str, id: Any) -> None:
        if kind in ("outreach.session", "outreach.contact", "outreach.series"):
            self.open(kind, id)
        else:
            self.open_requested.emit(kind, id)

    def _on_lot_changed(self) -> None:
        self._stale |= {tab.key for tab in TABS}
        self._read_stale()

    def _read_stale(self) -> None:
        """Ask again for the view in front, where something changed since it was read."""
        key = self.views.key()
        if key in self._stale and key in self._made and self._stack.currentWidget() is self._made[key]:
            self._stale.discard(key)
            self._made[key].read()

    def open_session(self, id: UUID, stand_on: UUID | None = None) -> None:
        """The desk of a session, with the counting keys under the hand."""
        self.session.open_session(id, stand_on=stand_on)
        self._front(self.session, self.title.text(), self.subtitle.text())

    def new_session(self, venue: UUID | None = None) -> None:
        """The form for a new session."""
        self._front(self.editor, "New session", "Enter saves and opens its desk. Esc goes back.")
        self.editor.begin(venue)

    def new_session_on(self, day: date) -> None:
        """The form for a session on a day of the calendar."""
        self.new_session()
        self.editor.day.set_value(day)

    def change_session(self) -> None:
        """The form for the session in front."""
        if self.session.row is not None:
            self._front(self.editor, "Change session", session_line(self.session.row))
            self.editor.begin_change(self.session.row)

    def open_contact(self, contact: ContactShown) -> None:
        """The fields of a contact."""
        self._front(self.contact, "Contact", "Enter saves. Esc goes back to the session.")
        self.contact.begin_change(contact)

    def hold_session(self) -> None:
        """Say that the session in front took place."""
        id = self.session.session_id
        if id is not None:
            self._desk.act("Mark a session as held", lambda session: actions.hold_session(session, id), self)

    def plan_again(self) -> None:
        """Take the cancellation of the session in front back."""
        id = self.session.session_id
        if id is not None:
            self._desk.act("Plan a cancelled session again", lambda session: actions.plan_again(session, id), self)

    def cancel_session(self) -> None:
        """Cancel the session in front, with the reason."""
        row = self.session.row
        if row is None:
            return

        def cancel(why: str, _day: Any) -> None:
            self._desk.act("Cancel a session", lambda session: actions.cancel_session(session, row.id, why=why), self,
                           lambda _none: self._back_to_desk())

        self.ask_reason("Cancel the session", session_line(row), "It stays in the lists with its reason, and can be planned again.",
                        "Cancel the session", cancel)

    def ask_reason(self, title: str, subtitle: str, words: str, button: str, does: Any, last_day: date | None = None) -> None:
        """The form that asks why; `does(why, last day)` on Enter."""
        self._front(self.reason, title, subtitle)
        self.reason.begin(words, button, does, last_day=last_day)

    def say_planned(self, id: UUID) -> None:
        """Show a series, and say how far it is planned and which days are bank holidays."""
        from coachdesk.ui.outreach.series_view import planned_words

        def arrived(found: tuple[queries.SeriesRow | None, list[tuple[date, str]]]) -> None:
            if found[0] is not None:
                self.say_done(*planned_words(found[0], found[1]))

        self._show_series(id)
        self._desk.read(lambda session: (queries.series_row(session, id), queries.series_holidays(session, id)), self, arrived)

    def _show_series(self, id: UUID) -> None:
        self.show_tab(SERIES)
        self._made[SERIES].stand_on(id)

    def print_register(self) -> None:
        """How many rows the register of the session in front has on paper; then it is shown."""
        if self.session.row is not None:
            self._front(self.paper, "Paper register", session_line(self.session.row))
            self.paper.begin(self.session.row)

    def print_blank(self, rows: int) -> None:
        """Remember how many rows are printed, and show them."""
        row = self.session.row
        if row is not None:
            self._desk.act("Print a session register", lambda session: actions.print_register(session, row.id, rows=rows), self,
                           lambda _none: self._draw_register("session-register"))

    def _draw_register(self, report: str) -> None:
        row = self.session.row
        if row is not None:
            self.paper_front.report(report, f"Session register, {row.venue}", f"session-register-{row.held_on.isoformat()}.pdf",
                                    chosen=row.id)

    def _put_paper(self, preview: QWidget) -> None:
        if self._stack.indexOf(preview) < 0:
            self._stack.addWidget(preview)
        self._front(preview, "Session register", session_line(self.session.row) if self.session.row is not None else "")

    def _front(self, view: QWidget, title: str, subtitle: str) -> None:
        self._stack.setCurrentWidget(view)
        self.title.setText(title)
        self.set_subtitle(subtitle)
        at_desk, is_list = view is self.session, view in self._made.values()
        self.views.setVisible(is_list and len(TABS) > 1)
        for button in (self.back_button, self.change_button, self.print_button):
            button.setVisible(at_desk)
        self._show_verbs()
        self.new_button.setVisible(is_list)
        self.file_button.setVisible(is_list)
        self.first_focus()

    def _press(self, button: Button) -> None:
        """A key of the session's desk, where its button is to be seen."""
        if button.isVisible():
            button.click()

    def _show_verbs(self) -> None:
        """What can be said of the session in front: held on its day, cancelled while nobody came, planned again."""
        row = self.session.row if self._stack.currentWidget() is self.session else None
        status = row.status if row is not None else ""
        self.held_button.setVisible(row is not None and status == PLANNED and row.held_on <= self._desk.today())
        self.cancel_button.setVisible(row is not None and status in (PLANNED, HELD) and not row.people)
        self.again_button.setVisible(status == CANCELLED)

    # what comes back

    def _on_told(self, key: str, words: str) -> None:
        self._told[key] = words
        if self._stack.currentWidget() is self._made.get(key):
            self.set_subtitle(words)

    def _on_session_shown(self, row: queries.SessionRow) -> None:
        if self._stack.currentWidget() is self.session:
            self.title.setText(row.venue)
            self.set_subtitle(session_line(row))
            self._show_verbs()

    def _on_session_saved(self, id: UUID) -> None:
        self.open_session(id)

    def _on_editor_left(self) -> None:
        if self.title.text() == "Change session":
            self._back_to_desk()
        else:
            self.show_lists()

    def _on_reason_left(self) -> None:
        if self.title.text() == "End the series":
            self.show_lists()
        else:
            self._back_to_desk()

    def _back_to_desk(self) -> None:
        if self.session.session_id is None:
            self.show_lists()
        else:
            current = self.session.current_contact()
            self.open_session(self.session.session_id, current.id if current else None)

    def _on_waiting_chosen(self, row: WaitingShown) -> None:
        self.open_session(row.session_id, row.id)

    def _on_contact_found(self, rows: list[queries.ContactRow]) -> None:
        if rows:
            self.open_session(rows[0].session_id, rows[0].id)
