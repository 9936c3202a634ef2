"""The session desk: used standing, with a queue. One key counts, one line writes somebody down, the list of contacts stands between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QPainter, QPaintEvent, QPalette, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Refusal, Spoken
from coachdesk.outreach import actions, queries
from coachdesk.outreach.rules import CONTACT, LEAFLET, TURNED_AWAY, RegisterLine
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.unfinished import kept_words
from coachdesk.ui.outreach.counting import REASONS, SAID, take_back_last
from coachdesk.ui.outreach.line_entry import LineEntry
from coachdesk.ui.outreach.session_reading import ContactShown, SessionShown, read_session, register_words, state_words
from coachdesk.ui.outreach.topic_keys import TopicKeys
from coachdesk.ui.parts.figure import Figure, FigureRow
from coachdesk.ui.parts.message_bar import announce
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sight import keep_in_sight
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL
from coachdesk.ui.work import speak, touches

KEYS = "Enter opens a contact · P registers · F followed up · N the line · R paper register, K keys it · E change the session · Esc back"
_PAD = "Space or T counts a contact, L a leaflet, U someone turned away; Backspace takes the last one back."
_EMPTY = "Nobody is written down yet. Type a name in the line below, or press Space to count somebody without one."


class _Pad(FigureRow):
    """The counters, with a bar under them while their keys are heard."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.fillRect(0, self.height() - SMALL, self.width(), SMALL, self.palette().brush(QPalette.ColorRole.Accent))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class SessionDesk(QWidget):
    """One session. `left` is Esc; `shown(SessionRow)` after each reading; `contact_opened(ContactShown)` on Enter;
    `person_chosen(id)` where P stands on somebody who is a participant already.

    An unfinished line is kept by session, also over a crash and the lock.
    """

    left = Signal()
    shown = Signal(object)
    contact_opened = Signal(object)
    person_chosen = Signal(object)
    edit_requested = Signal()
    print_requested = Signal()
    verb_requested = Signal(str)          # H held, X cancel, A plan again: the page knows which of them can be said

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.session_id: UUID | None = None
        self.row: queries.SessionRow | None = None
        self._wants_keying = False
        self._registers = False                        # whether somebody of the list is being registered
        self._saved: Counter[str] = Counter()
        self._under_way: Counter[str] = Counter()      # counted, not yet known to be saved: one worker, so each answer comes in its turn
        self._stand_on: UUID | None = None
        self._goes_along = False                       # whether the keyboard goes to that contact, too
        self._build()
        self._build_keys()

    # building

    def _build(self) -> None:
        self.counted = Figure("Counted", note="Space or T")
        self.named = Figure("Written down", note="the line below")
        self.leaflets = Figure("Leaflets", note="L")
        self.turned_away = Figure("Turned away", note="U")
        self._figures = {CONTACT: self.counted, LEAFLET: self.leaflets, TURNED_AWAY: self.turned_away}
        for what, figure in self._figures.items():
            figure.drilled.connect(partial(self.count, what))
        self.named.drilled.connect(self.focus_line)
        for figure in (*self._figures.values(), self.named):
            figure.setFocusPolicy(Qt.FocusPolicy.NoFocus)          # Space must count a contact, wherever one stands
        self.pad = _Pad(self.counted, self.named, self.leaflets, self.turned_away)
        self.pad.setContentsMargins(0, 0, 0, MEDIUM)
        self.pad.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pad.setAccessibleName("Counting keys")
        self.pad.setAccessibleDescription(_PAD)
        self.topics = TopicKeys()
        self.last = PlainLabel("", "label", wrap=True)
        self.state = PlainLabel("", "label", wrap=True)
        self.paper = PlainLabel("", "muted", wrap=True)
        for label in (self.state, self.paper):
            label.hide()
        self.contacts = RowTable("Contacts of this session", (
            Column("Time", "at", 6), Column("Name", "name", 0, private=True), Column("Telephone", "phone", 14, private=True),
            Column("Postcode", "postcode", 10), Column("About", "about", 0), Column("Follow up", "follow_up", 25),
            Column("Now", "state", 11), Column("Row", "number", 5, "right")), empty=_EMPTY, least_rows=2)
        self.line = LineEntry(lambda: self._desk.shelf, self._desk.today)
        self.keys = PlainLabel(KEYS, "muted", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        for widget in (self.state, self.pad, self.topics, self.last):
            layout.addWidget(widget)
        layout.addWidget(self.contacts, 1)
        layout.addWidget(self.paper)
        layout.addWidget(self.line)
        layout.addWidget(self.keys)
        layout.setSpacing(MEDIUM + SMALL)
        self.contacts.row_chosen.connect(self.contact_opened)
        keep_in_sight(self.line)
        self.line.submitted.connect(self._on_line_submitted)
        self.line.counted.connect(partial(self.count, CONTACT))
        self.line.escaped.connect(self._on_line_escaped)
        self.line.typed.connect(self._on_line_typed)
        self.line.box.left.connect(self._desk.remember_now)

    def _build_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "T": partial(self.count, CONTACT), "L": partial(self.count, LEAFLET), "U": partial(self.count, TURNED_AWAY),
            "Backspace": self.take_back, "N": self.focus_line, "K": self.key_register, "P": self.begin_registration, "F": self.follow_up,
            "R": self.print_requested.emit, "E": self.edit_requested.emit, "0": self.topics.clear}
        keys |= {letter: partial(self.verb_requested.emit, letter) for letter in "HXA"}
        keys |= {str(digit): partial(self.topics.toggle, digit) for digit in range(1, 10)}
        for letter, does in keys.items():
            self._on_key(self, letter, does)
        for widget in (self.pad, self.contacts):
            self._on_key(widget, "Space", partial(self.count, CONTACT))
        for arrow, step in (("Up", -1), ("Down", 1)):
            self._on_key(self.pad, arrow, partial(self.focus_list, step))
        QShortcut(QKeySequence("Esc"), self, self.left.emit)             # from the buttons above the desk, too

    def _on_key(self, widget: QWidget, keys: str, does: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)                    # a key leant on counts once
        shortcut.activated.connect(does)

    # showing

    def open_session(self, id: UUID, *, stand_on: UUID | None = None) -> None:
        """Show a session; `stand_on` a contact of it."""
        if id != self.session_id:
            self._desk.remember_now()
            self.session_id = id
            self.topics.clear()
            self.last.setText("")
            self._under_way.clear()
            self._saved.clear()
            self.contacts.show_rows([])
            self.line.show_register(None)
            self._wants_keying = False
            self.line.set_text("")
            self._bring_back(id)
        self._stand_on, self._goes_along = stand_on, True
        self.read()

    def reload(self, changes: Any) -> None:
        """Read again when outreach or the people changed."""
        if self.session_id is not None and (changes is None or touches(changes, "outreach", "participant", "partner")):
            self.read()

    def read(self) -> None:
        """One read of the session in front."""
        id, today = self.session_id, self._desk.today()
        if id is not None:
            self._desk.read(lambda session: (id, read_session(session, id, today)), self, self._on_read)

    def _on_read(self, answer: tuple[UUID, SessionShown]) -> None:
        id, found = answer
        if id != self.session_id:
            return
        self.row = found.row
        if found.row is None:
            speak(self, Refusal("This session was removed.", "Choose another one; nothing else was changed."))
            self.session_id = None
            self.left.emit()
            return
        self.contacts.show_rows(found.contacts)
        if not self.contacts.view.selectionModel().hasSelection():
            self.contacts.go_to(0)
        if self._stand_on is not None:
            at = next((place for place, each in enumerate(found.contacts) if each.id == self._stand_on), None)
            self._stand_on = None
            if at is not None:
                self.contacts.go_to(at)
                if self._goes_along:
                    self.contacts.setFocus()
        self.topics.show_counts(found.topics)
        self._saved = Counter({CONTACT: found.row.tallied, LEAFLET: found.row.leaflets, TURNED_AWAY: found.row.turned_away})
        self._draw_counters()
        self._show_state(found)
        self.shown.emit(found.row)

    def _show_state(self, found: SessionShown) -> None:
        """Planned or cancelled, and how its paper register stands."""
        row = found.row
        state = state_words(row, self._desk.today()) if row else ""
        for label, words in ((self.state, state), (self.paper, register_words(found.register))):
            label.setText(words)
            label.setVisible(bool(words))
        self.contacts.view.setColumnHidden(7, not any(contact.number for contact in found.contacts))
        self.line.show_register(found.register)
        if row is not None:
            self.line.show_lot(found.lot, row.held_on)
        if self._wants_keying:
            self.key_register()

    def _draw_counters(self) -> None:
        row = self.row
        if row is None:
            return
        for what, note in ((CONTACT, "Space or T"), (LEAFLET, "L"), (TURNED_AWAY, "U")):
            self._figures[what].show_value(f"{self._saved[what] + self._under_way[what]:,}", note)
        self.named.show_value(f"{row.contacts:,}", f"{row.follow_ups} to follow up" if row.follow_ups else "the line below")

    def redraw_names(self) -> None:
        """After public place was turned on or off."""
        self.line.redraw()

    def focus_line(self) -> None:
        """The keyboard into the line."""
        self.line.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> None:
        """The counting keys; the list for whoever comes back from registering somebody of it."""
        if self._registers:
            self._registers = False
            self.focus_list()
        else:
            self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_list(self, step: int = 0) -> None:
        """The keyboard to the contacts, on the one where one stands or beside it."""
        at = self.contacts.view.currentIndex().row() + step
        if self.contacts.count():
            self.contacts.go_to(min(max(at, 0), self.contacts.count() - 1))
        self.contacts.setFocus(Qt.FocusReason.OtherFocusReason)

    # counting

    def count(self, what: str) -> None:
        """One more; the counter goes up at once and the store follows."""
        id = self.session_id
        if id is None:
            return
        topics = self.topics.chosen() if what == CONTACT else []
        self._under_way[what] += 1
        self._draw_counters()
        self.topics.clear()
        about = f" about {', '.join(topics)}" if topics else ""
        self._say(f"Counted {SAID[what]}{about}. Backspace takes it back.")

        def settled(_answer: Any) -> None:
            self._settle(id, what, 1)

        def failed(spoken: Spoken) -> None:
            self._settle(id, what, 0)
            self._say("")
            speak(self, spoken)

        self._desk.act(REASONS[what], lambda session: actions.tally(session, session_id=id, what=what, topics=topics),
                       self, settled, failed)

    def _settle(self, id: UUID, what: str, saved: int) -> None:
        if id == self.session_id:
            self._under_way[what] -= 1
            self._saved[what] += saved
            self._draw_counters()

    def take_back(self) -> None:
        """The last count goes back by a row of its own."""
        id = self.session_id
        if id is not None:
            self._desk.act("Take back the last count", lambda session: take_back_last(session, id), self,
                           lambda what: self._say(f"Took back {SAID[what]}. The correction stands in the log."))

    def _say(self, sentence: str) -> None:
        self.last.setText(sentence)
        announce(self.last, sentence)

    # contacts

    def key_register(self) -> None:
        """The rows of the paper register, one line after the other: the next missing number stands there already."""
        self._wants_keying = self.line.register() is None and self.row is None
        if self._wants_keying:
            return                              # the session is on its way
        if self.line.register() is None:
            speak(self, Refusal("No register was printed for this session.", "R prints it, with numbered rows. Nothing was changed."))
        else:
            self.focus_line()
            self.line.begin_keying()

    def _on_line_escaped(self) -> None:
        if not self.line.end_keying():
            self.pad.setFocus()

    def _on_line_submitted(self, text: str, read: RegisterLine) -> None:
        id = self.session_id
        if id is None:
            return

        def write(session: Any) -> UUID | None:
            if read.is_blank and read.number is not None:
                actions.blank_rows(session, id, first=read.number, last=read.last)
                return None
            who = read.contact
            return actions.log_contact(
                session, session_id=id, name=who.name if who else "", phone=who.phone if who else None,
                postcode=who.postcode if who else None, topics=list(who.topics) if who else [], note=who.note if who else None,
                follow_up_on=who.follow_up_on if who else None, register_number=read.number)

        self._desk.act("Key blank rows" if read.is_blank else "Log a contact", write, self, self._on_logged,
                       lambda spoken: self.line.put_back(text, spoken), forgets=self._line_name(id))

    def _on_logged(self, contact: UUID | None) -> None:
        if contact is None:
            self._say("Marked as blank.")
            return
        self._stand_on, self._goes_along = contact, False
        self._say("Written down at the top of the list. Esc and then P begins a registration.")

    # an unfinished line

    def _line_name(self, id: UUID) -> str:
        return f"outreach line {id}"

    def _on_line_typed(self, text: str) -> None:
        if self.session_id is not None:
            self._desk.remember(self._line_name(self.session_id), text)

    def _bring_back(self, id: UUID) -> None:
        """What was half typed at this session before a crash, the lock, or another session."""
        def arrived(text: str, at: datetime) -> None:
            if id == self.session_id and not self.line.text().strip():
                self.line.set_text(text)
                self._say(f"{kept_words('line', at)} It stands in the line below; Enter saves it.")

        self._desk.remembered(self._line_name(id), self, arrived)

    def current_contact(self) -> ContactShown | None:
        """The contact one stands on."""
        found: ContactShown | None = self.contacts.current()
        return found

    def begin_registration(self) -> None:
        """Hand the contact over to be registered; whoever is a participant already is opened."""
        contact = self.current_contact()
        if contact is None:
            speak(self, Refusal("There is no contact in the list to register.", "Write somebody down first; nothing was changed."))
        elif contact.participant_id is not None:
            self.person_chosen.emit(contact.participant_id)
        else:
            self._registers = True
            self._desk.offered.emit("register contact", contact.id)

    def follow_up(self) -> None:
        """Say that the contact was followed up."""
        contact = self.current_contact()
        if contact is not None:
            self._desk.act("Mark as followed up", lambda session: actions.mark_followed_up(session, contact.id), self,
                           lambda _none: self._say("Marked as followed up today."))
