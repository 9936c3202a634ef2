"""Registering somebody at a food bank: the form, the verdict beside it as the postcode is typed, and who might be known already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.clock import month_of, month_text
from coachdesk.outreach import queries as outreach_queries
from coachdesk.participant import actions, queries, rules
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.rules import BY_RESIDENCE, NOT_ELIGIBLE, Verdict
from coachdesk.referral import actions as referral_actions
from coachdesk.referral import queries as referral_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.unfinished import Unfinished, kept_words
from coachdesk.ui.cards.verdict_card import Question, VerdictCard
from coachdesk.ui.participant.duplicates_card import DuplicatesCard
from coachdesk.ui.participant.registration_form import RegistrationForm
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.page import Card, Scrolled
from coachdesk.ui.parts.sight import bring_into_sight
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import LARGE, MEDIUM
from coachdesk.ui.work import speak


@dataclass(frozen=True, slots=True)
class Usual:
    """What the form offers: lots, accepted connections, the notice used last (version, how), the coach's own lot."""

    lots: tuple[tuple[UUID, str], ...]
    connections: tuple[str, ...]
    notice: tuple[str, str]
    own_lot: UUID | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the person comes from: what ("contact", "referral" or nothing), its id, words to show, and the fields known already."""

    what: str = ""
    id: UUID | None = None
    words: str = ""
    known: tuple[tuple[str, Any], ...] = ()


def usual(session: Any, owner: UUID, month: str) -> Usual:
    """Read what the form offers; a programme without any notice yet begins with this month's as its version."""
    lots = programme_queries.lot_names(session)
    mine: Sequence[str] = next((row.lots for row in programme_queries.members(session) if row.id == owner), ())
    own = [known for known, name in lots.items() if name in mine]
    last = queries.notices(session, limit=1)
    return Usual(tuple(lots.items()), programme_queries.connections(session),
                 (last[0].version, last[0].how) if last else (month, rules.NOTICE_WAYS[0]),
                 own[0] if own else next(iter(lots), None))


def origin(session: Any, what: str, value: UUID) -> Origin:
    """What a contact's line or a referral in says already."""
    if what == "register contact":
        contact = next(iter(outreach_queries.contacts(session, id=value)), None)
        if contact is not None:
            known = {"name": contact.name, "phone": contact.phone, "postcode": contact.postcode, "lot": contact.lot_id,
                     "heard_through": "food bank" if "food bank" in contact.session else "outreach event"}
            return Origin("contact", value, f"Met at {contact.session}", tuple(known.items()))
    if what == "register referral":
        row = referral_queries.referral(session, value)
        if row is not None:
            known = {"name": row.participant, "phone": row.person_phone, "lot": row.lot_id, "heard_through": "partner"}
            return Origin("referral", value, f"Sent to us by {row.partner}: {row.need}", tuple(known.items()))
    return Origin()


class RegistrationEditor(QWidget):
    """`registered(id)` after saving, `person_chosen(id)` when somebody known is opened instead, `left` on Esc or Cancel."""

    registered = Signal(object)
    person_chosen = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._origin = Origin()
        self._is_saving = False
        self._kept_as = "registration"
        self.form = RegistrationForm(desk)
        self.verdict_card = VerdictCard(desk)
        self.duplicates_card = DuplicatesCard(desk)
        self.origin_words = PlainLabel("", "muted", wrap=True)
        self.unfinished = Unfinished(desk, self.form, extra=lambda: self.form.situation, put_extra=self.form.set_situation)
        self.turn_away_button = Button("Count as turned away, keep nothing", self.turn_away, keys="Ctrl+Shift+T")
        self.turn_away_button.hide()
        self.save_button = Button("&Save", self.save, role="primary")
        self.save_button.setToolTip("Save (Ctrl+Enter, or Enter in the last field)")
        self.cancel_button = Button("Cancel", self.leave)
        self._build()
        self.form.changed.connect(self._on_form_changed)
        self.form.situation_changed.connect(self._on_form_changed)
        self.form.submitted.connect(self._on_form_submitted)
        self.verdict_card.judged.connect(self._on_verdict_judged)
        self.duplicates_card.chosen.connect(self._on_duplicate_chosen)
        self.duplicates_card.set_aside.connect(self._on_duplicate_set_aside)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    def _build(self) -> None:
        self._across = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(LARGE)
        card = Card()
        card.body.addWidget(self.origin_words)
        card.body.addWidget(self.form)
        self._scrolled = Scrolled(card)
        layout.addWidget(self._scrolled, 3)
        side = QVBoxLayout()
        side.setSpacing(MEDIUM + 4)
        side.addWidget(self.verdict_card)
        side.addWidget(self.turn_away_button)
        side.addWidget(self.duplicates_card)
        self._keys_words = PlainLabel("Enter goes to the next box, Ctrl+Enter saves from anywhere, Esc leaves. "
                                      "Empty boxes can be filled in later.", "muted", wrap=True)
        side.addWidget(self._keys_words)
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.addWidget(self.save_button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        side.addLayout(row)
        side.addStretch(1)
        layout.addLayout(side, 2)
        # No fixed abode and refuge are one Alt key away; Tab does not stop there on the way from box to box.
        after = (self.form.last, self.save_button, self.cancel_button, self.turn_away_button, self.form.no_abode_button,
                 self.form.refuge_button, self.duplicates_card.open_button, self.duplicates_card.other_button)
        for one, other in zip(after, after[1:], strict=False):
            QWidget.setTabOrder(one, other)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window, or with large text, the verdict stands above the form instead of beside it."""
        super().resizeEvent(event)
        needed = self._scrolled.inside.minimumSizeHint().width() + self.verdict_card.fontMetrics().averageCharWidth() * 42
        is_narrow = self.width() < needed
        way = QBoxLayout.Direction.BottomToTop if is_narrow else QBoxLayout.Direction.LeftToRight
        if way != self._across.direction():
            self._across.setDirection(way)
            self._across.setStretch(1, 0 if is_narrow else 2)
            self._keys_words.setVisible(not is_narrow)
            self._scrolled.setMinimumHeight(self.fontMetrics().lineSpacing() * 12 if is_narrow else 0)

    def begin(self, what: str = "", value: UUID | None = None) -> None:
        """An empty form, or one with what a contact or a referral says already."""
        self.unfinished.leave()
        self._kept_as = f"registration {what} {value}" if value else "registration"
        owner, month = self._desk.owner, month_text(month_of(self._desk.today()))

        def read(session: Any) -> tuple[Usual, Origin]:
            return usual(session, owner, month), origin(session, what, value) if value else Origin()

        self._desk.read(read, self, self._on_begun)

    def _on_begun(self, found: tuple[Usual, Origin]) -> None:
        offered, self._origin = found
        self.duplicates_card.clear()
        self.form.begin(offered.lots, offered.connections, offered.notice, self._desk.lot or offered.own_lot)
        self.form.fill(dict(self._origin.known))
        self._is_saving = False
        self.unfinished.begin(self._kept_as, self._on_kept)
        self.show_names()
        self.form.first_focus()

    def _on_kept(self, at: datetime) -> None:
        bar = MessageBar.near(self)
        if bar is not None:
            bar.done(f"{kept_words('registration', at)} It stands in the boxes.", "Go on, or throw it away with Esc.")

    def show_names(self) -> None:
        """Names, or initials in a public place."""
        self.origin_words.setText(self._origin.words)
        self.origin_words.setVisible(bool(self._origin.words))
        self.duplicates_card.show_names()

    def is_touched(self) -> bool:
        """Was anything about the person typed?"""
        form = self.form
        return any(not box.is_empty() for box in (form.name, form.postcode, form.born_on, form.ni_number, form.phone))

    def leave(self) -> None:
        """Leave without saving; asks when something was typed."""
        if self.is_touched() and not self._desk.dialogs.ask(
                self, "Leave the registration?", "This person is not saved yet. What was typed will be gone.",
                "Leave without saving", "Go on"):
            return
        self.unfinished.end()
        bar = MessageBar.near(self)
        if bar is not None:
            bar.dismiss()                      # what was wrong with it is no news on the list
        self.left.emit()

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The box one stands in is always in sight, however the keyboard got there."""
        if now is not None and self.form.isAncestorOf(now):
            QTimer.singleShot(0, now, partial(bring_into_sight, now))

    # while typing

    def _on_form_changed(self) -> None:
        form = self.form
        chosen = form.connection.value() if not form.row_of(form.connection).isHidden() else None
        self.verdict_card.ask(Question(form.lot.value(), form.postcode.text(), form.situation, chosen, form.connection_note.value()))
        self.duplicates_card.ask(form.name.value(), form.born_on.value(), form.ni_number.text(), form.postcode.text(), form.phone.text())

    def turn_away(self) -> None:
        """Leave without keeping anything of the person; outreach counts that somebody of this postcode's ward was turned away."""
        asked = (self.form.postcode.text(), self.form.lot.value())
        for box in (self.form.name, self.form.postcode, self.form.born_on, self.form.ni_number, self.form.phone):
            box.clear()
        self.left.emit()
        self._desk.offered.emit("turn away", asked)

    def _on_verdict_judged(self, verdict: Verdict | None) -> None:
        self.turn_away_button.setVisible(verdict is not None and verdict.verdict == NOT_ELIGIBLE)
        if verdict is not None:
            self.form.show_connection(verdict.verdict != BY_RESIDENCE and self.form.connection.count() > 0)
        elif self.form.connection.is_empty():
            self.form.show_connection(False)

    def _on_form_submitted(self) -> None:
        """Enter: on to the next box; in the last one it saves."""
        if self.form.last.isAncestorOf(self.focusWidget()) or self.form.last is self.focusWidget():
            self.save()
        else:
            self.focusNextChild()

    def _on_duplicate_chosen(self, id: UUID) -> None:
        """Somebody known is opened instead: what was half typed is theirs already, and so is the line at outreach."""
        self.unfinished.end()
        come = self._origin
        if come.what != "contact" or come.id is None:
            self.person_chosen.emit(id)
            return
        contact = come.id
        self._desk.act("Met again", lambda session: actions.met_again(session, id, contact=contact), self,
                       lambda _none: self.person_chosen.emit(id))

    def _on_duplicate_set_aside(self) -> None:
        self.form.phone.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    # saving

    def save(self) -> None:
        """Register, when every box can be read; a refusal stands in the message bar and nothing is lost."""
        if self._is_saving or not self.form.check():
            return
        self._is_saving = True
        given, come = self.form.given(), self._origin
        given["is_known_duplicate"] = self.duplicates_card.is_other or None
        given["is_sample"] = self._desk.sample_day is not None

        def register(session: Any) -> UUID:
            if come.what == "contact" and come.id:
                return actions.register_contact(session, come.id, **given)
            if come.what == "referral" and come.id:
                return referral_actions.register_person(session, come.id, **given)
            return actions.register(session, **given)

        self._desk.act("Register a participant", register, self, self._on_registered, self._on_refused,
                       forgets=self.unfinished.name)

    def _on_registered(self, made: UUID) -> None:
        self._is_saving = False
        self.unfinished.end(saved=True)
        self.registered.emit(made)

    def _on_refused(self, spoken: Any) -> None:
        self._is_saving = False
        speak(self, spoken)
