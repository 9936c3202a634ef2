"""The outreach page: sessions and follow-ups, the session desk, its forms, and the register to print. One of them is in front."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from coachdesk.outreach import queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.outreach.contact_editor import ContactEditor
from coachdesk.ui.outreach.counting import best_session, session_line
from coachdesk.ui.outreach.session_desk import ContactShown, SessionDesk
from coachdesk.ui.outreach.session_editor import SessionEditor
from coachdesk.ui.outreach.sessions_view import SessionsView, WaitingShown
from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.sides import Front
from coachdesk.ui.work import touches

TITLE = "Outreach"


class OutreachPage(Page):
    """Opens outreach.session and outreach.contact; takes "session at" with a venue's id."""

    TAKES = ("session at",)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, parent=parent)
        self._desk = desk
        self._totals = ""
        self._is_stale = False
        self.sessions = SessionsView(desk, self.new_session)
        self.session = SessionDesk(desk)
        self.editor = SessionEditor(desk)
        self.contact = ContactEditor(desk)
        self._preview: Any = None
        self._build()
        desk.lot_changed.connect(self._read_sessions)
        self.show_sessions()

    def _build(self) -> None:
        self.title.setWordWrap(True)
        self._stack = Front()
        for view in (self.sessions, self.session, self.editor, self.contact):
            self._stack.addWidget(view)
        self.body.addWidget(self._stack, 1)
        self.back_button = self.add_action("&Back", self.show_sessions)
        self.change_button = self.add_action("&Change", self.change_session)
        self.print_button = self.add_action("&Print register", self.print_register)
        self.new_button = self.add_action("New &session", self.new_session, primary=True)
        self.new_button.setToolTip("Ctrl+N, also from a session’s desk")
        again = QShortcut(QKeySequence("Ctrl+N"), self)
        again.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        again.activated.connect(self.new_session)
        self.sessions.told.connect(self._on_sessions_told)
        self.sessions.session_chosen.connect(lambda row: self.open_session(row.id))
        self.sessions.waiting_chosen.connect(self._on_waiting_chosen)
        self.session.left.connect(self.show_sessions)
        self.session.shown.connect(self._on_session_shown)
        self.session.edit_requested.connect(self.change_session)
        self.session.print_requested.connect(self.print_register)
        self.session.contact_opened.connect(self.open_contact)
        self.editor.saved.connect(self._on_session_saved)
        self.editor.left.connect(self._on_editor_left)
        self.contact.saved.connect(self._back_to_desk)
        self.contact.left.connect(self._back_to_desk)

    # what the shell calls

    def reload(self, changes: Any = None) -> None:
        """Read again what is in front; the list behind follows."""
        if changes is None or touches(changes, "outreach", "partner", "programme", "participant"):
            self._is_stale = True
            if self._stack.currentWidget() is self.sessions:
                self._read_sessions()
            self.session.reload(changes)

    def open(self, kind: str, id: Any) -> None:
        """A session at its desk; a contact in the list of its session."""
        if kind == "outreach.session":
            self.open_session(id)
        elif kind == "outreach.contact":
            self._desk.read(lambda session: queries.contacts(session, id=id), self, self._on_contact_found)

    def first_focus(self) -> None:
        """Where work goes on in the view that is in front."""
        front = self._stack.currentWidget()
        if front is self.sessions:
            self.sessions.sessions.setFocus()
        elif front is self.session:
            self.session.focus_pad()
        elif front is self.editor:
            self.editor.form.first_focus()
        elif front is self.contact:
            self.contact.form.first_focus()

    def set_public_place(self, on: bool) -> None:
        """Names become initials, or come back."""
        self.session.redraw_names()

    def take(self, what: str, value: Any) -> None:
        """Another page asks for a session at a venue."""
        if what == "session at":
            self.new_session(value)

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
            self._desk.read(lambda session: queries.sessions(session, limit=60), self, arrived)

    # going about

    def show_sessions(self) -> None:
        """The lists."""
        self._front(self.sessions, TITLE, self._totals)
        if self._is_stale:
            self._read_sessions()

    def _read_sessions(self) -> None:
        self._is_stale = False
        self.sessions.read()

    def open_session(self, id: UUID, stand_on: UUID | None = None) -> None:
        """The desk of a session, with the counting keys under the hand."""
        self.session.open_session(id, stand_on=stand_on)
        self._front(self.session, self.title.text(), self.subtitle.text())

    def new_session(self, venue: UUID | None = None) -> None:
        """The form for a new session."""
        self._front(self.editor, "New session", "Enter saves and opens its desk. Esc goes back.")
        self.editor.begin(venue)

    def change_session(self) -> None:
        """The form for the session in front."""
        if self.session.row is not None:
            self._front(self.editor, "Change session", session_line(self.session.row))
            self.editor.begin_change(self.session.row)

    def open_contact(self, contact: ContactShown) -> None:
        """The fields of a contact."""
        self._front(self.contact, "Contact", "Enter saves. Esc goes back to the session.")
        self.contact.begin_change(contact)

    def print_register(self) -> None:
        """The register of the session in front, to be looked at, printed or saved."""
        row, desk = self.session.row, self._desk
        if row is None:
            return

        def draw(session: Any) -> bytes:
            from coachdesk.documents import reports

            out = BytesIO()
            reports.write(session, "session-register", out, reports.By(desk.owner_name, bool(desk.sample_day)), chosen=row.id)
            return out.getvalue()

        desk.read(draw, self, lambda content: self._show_register(row, content))

    def _show_register(self, row: queries.SessionRow, content: bytes) -> None:
        if self._preview is None:
            from coachdesk.ui.parts.pdf_preview import PdfPreview

            self._preview = PdfPreview(self._desk.dialogs)
            self._preview.closed.connect(self._back_to_desk)
            self._stack.addWidget(self._preview)
        self._front(self._preview, "Session register", session_line(row))
        self._preview.show_pdf(content, f"Session register, {row.venue}", f"session-register-{row.held_on.isoformat()}.pdf")
        self._preview.back_button.setFocus()

    def _front(self, view: QWidget, title: str, subtitle: str) -> None:
        self._stack.setCurrentWidget(view)
        self.title.setText(title)
        self.set_subtitle(subtitle)
        at_desk = view is self.session
        for button in (self.back_button, self.change_button, self.print_button):
            button.setVisible(at_desk)
        self.new_button.setVisible(view is self.sessions)
        self.first_focus()

    # what comes back

    def _on_sessions_told(self, totals: str) -> None:
        self._totals = totals
        if self._stack.currentWidget() is self.sessions:
            self.set_subtitle(totals)

    def _on_session_shown(self, row: queries.SessionRow) -> None:
        if self._stack.currentWidget() is self.session:
            self.title.setText(row.venue)
            self.set_subtitle(session_line(row))

    def _on_session_saved(self, id: UUID) -> None:
        self.open_session(id)

    def _on_editor_left(self) -> None:
        if self.title.text() == "Change session":
            self._back_to_desk()
        else:
            self.show_sessions()

    def _back_to_desk(self) -> None:
        if self.session.session_id is None:
            self.show_sessions()
        else:
            current = self.session.current_contact()
            self.open_session(self.session.session_id, current.id if current else None)

    def _on_waiting_chosen(self, row: WaitingShown) -> None:
        self.open_session(row.session_id, row.id)

    def _on_contact_found(self, rows: list[queries.ContactRow]) -> None:
        if rows:
            self.open_session(rows[0].session_id, rows[0].id)
