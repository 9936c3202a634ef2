"""One person at a glance: verdict, how to reach them, baseline, notice and consent, what is next, and everything that happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.participant import actions
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.record_standing import RecordStanding
from coachdesk.ui.cards.verdict_card import VerdictCard
from coachdesk.ui.participant import deeds, wording
from coachdesk.ui.participant.deeds import Deed
from coachdesk.ui.participant.reading import Known, known
from coachdesk.ui.participant.timeline_card import TimelineCard
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Card, Facts, Scrolled
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel, Tag
from coachdesk.ui.parts.theme import MEDIUM, SMALL

_TO_DO = (Column("To do", "what", 0, private=True), Column("By", "due_on", 12))


class PersonView(QWidget):
    """`shown(Known)` whenever a person was read, `missing()` when there is no such record, `left` on Esc, `said(sentence)` after a deed.

    `print_wanted(id, (kind, since, until))`: the timeline as it is shown, on paper.
    """

    shown = Signal(object)
    missing = Signal()
    left = Signal()
    said = Signal(str)
    open_requested = Signal(str, object)
    print_wanted = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.id: UUID | None = None
        self.known: Known | None = None
        self.deed: Deed | None = None
        self.verdict_card = VerdictCard(desk, "Belongs to the lot?")
        self.contact, self.baseline, self.consents = Facts(), Facts(), Facts()
        self.call_tag, self.message_tag, self.alone_tag = Tag(), Tag(), Tag()
        self.alone_tag.setWordWrap(True)
        self.standing = RecordStanding(desk)
        self.standing.open_requested.connect(self.open_requested)
        self.coming = PlainLabel("", wrap=True)
        self.follow_ups = RowTable("Follow-ups to do", _TO_DO, empty="Nothing to follow up.")
        self.timeline = TimelineCard()
        self._build()
        self.follow_ups.row_chosen.connect(self._on_follow_up_chosen)
        self.timeline.open_requested.connect(self.open_requested)
        self.timeline.print_wanted.connect(lambda kind, since, until: self.print_wanted.emit(self.id, (kind, since, until)))

    # building

    def _build(self) -> None:
        self._across = across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(MEDIUM + SMALL)
        self._left = QVBoxLayout()
        self._left.setSpacing(MEDIUM + SMALL)
        self._left.addWidget(self.verdict_card)
        self._left.addWidget(self.timeline, 1)
        across.addLayout(self._left, 5)
        cards = QWidget()
        cards.setProperty("role", "clear")
        down = QVBoxLayout(cards)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM + SMALL)
        for card in (self._build_contact(), self._build_next(), self._build_consents(), self._build_baseline()):
            down.addWidget(card)
        self._cards = Scrolled(cards)
        across.addWidget(self._cards, 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window, or with large text, the cards go on below the timeline, all of them in sight."""
        super().resizeEvent(event)
        cards = self._cards.inside
        is_narrow = cards.minimumSizeHint().width() + 3 * MEDIUM > self.width() * 3 // 8
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._cards.setMinimumHeight(cards.heightForWidth(self.width()) + MEDIUM if is_narrow else 0)
        if way != self._across.direction():
            self._across.setDirection(way)

    def _build_contact(self) -> Card:
        card = Card("How to reach them")
        card.body.addWidget(self.standing)
        for tag in (self.alone_tag, self.call_tag, self.message_tag):
            card.body.addWidget(tag, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self.contact)
        return card

    def _build_baseline(self) -> Card:
        card = Card("At the start")
        card.body.addWidget(self.baseline)
        return card

    def _build_consents(self) -> Card:
        card = Card("Notice and consent")
        card.body.addWidget(self.consents)
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        self.notice_button = Button("Give &notice…", lambda: self.begin(deeds.give_notice), keys="Ctrl+Shift+N")
        self.consent_button = Button("Re&cord consent…", lambda: self.begin(deeds.record_consent), keys="Ctrl+Shift+O")
        row.addWidget(self.notice_button)
        row.addWidget(self.consent_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _build_next(self) -> Card:
        card = Card("What is next")
        card.body.addWidget(self.coming)
        self.follow_ups.setFixedHeight(104)
        card.body.addWidget(self.follow_ups)
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        self.follow_up_button = Button("Add &follow-up…", lambda: self.begin(deeds.add_follow_up), keys="Ctrl+Shift+F")
        self.done_button = Button("&Mark done", self._on_done_pressed)
        row.addWidget(self.follow_up_button)
        row.addWidget(self.done_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    # showing

    def show_person(self, id: UUID) -> None:
        """Read and show somebody."""
        if id != self.id:
            self.end_deed()
        self.id = id
        self.read()

    def read(self) -> None:
        """Ask the store again."""
        wanted = self.id
        if wanted is not None:
            self._desk.read(lambda session: (wanted, known(session, wanted)), self, self._on_read)

    def _on_read(self, found: tuple[UUID, Known | None]) -> None:
        if found[0] != self.id:
            return
        self.known = found[1]
        if self.known is None:
            self.id = None
            self.missing.emit()
            return
        self.standing.show_record(found[0])
        self.show_words()

    def show_words(self) -> None:
        """Say everything again: names and details, or what may be seen in a public place."""
        if self.known is None:
            return
        detail, row = self.known.detail, self.known.detail.person
        self.verdict_card.show_kept(row.verdict, wording.verdict_sentence(detail), wording.verdict_source(detail))
        self.alone_tag.say(f"Before meeting alone: {wording.private(row.lone_working_note)}" if row.lone_working_note else "", "bad")
        self.alone_tag.setVisible(bool(row.lone_working_note))
        self.call_tag.say(*wording.safe_to_call(row))
        self.message_tag.say(*wording.safe_to_leave(row))
        self.contact.show_pairs(wording.contact_pairs(row))
        self.baseline.show_pairs(wording.baseline_pairs(self.known))
        self.consents.show_pairs(wording.consent_pairs(detail))
        self.coming.setText(wording.coming_words(self.known.coming, self.known))
        self.follow_ups.show_rows([each for each in detail.follow_ups if each.done_on is None])
        self.done_button.setEnabled(self.follow_ups.count() > 0)
        self.timeline.show_events(self.known.events, self.known.today)
        self.shown.emit(self.known)

    def first_focus(self) -> None:
        """The form that is open, else the timeline."""
        if self.deed is not None:
            self.deed.form.first_focus()
        else:
            self.timeline.table.setFocus()

    # deeds

    def begin(self, make: Callable[[Desk, Known], Deed]) -> None:
        """Open a small form in the place of the timeline."""
        if self.known is None:
            return
        self.end_deed()
        self.deed = make(self._desk, self.known)
        self.deed.saved.connect(self._on_deed_saved)
        self.deed.left.connect(self._on_deed_left)
        self._left.insertWidget(1, self.deed, 1)
        self.timeline.hide()
        self.deed.show()
        self.deed.form.first_focus()

    def end_deed(self) -> None:
        """Take the small form away; what was typed in it is gone."""
        if self.deed is not None:
            deed, self.deed = self.deed, None
            self._left.removeWidget(deed)
            deed.hide()
            deed.deleteLater()
        self.timeline.show()

    def _on_deed_saved(self, sentence: str) -> None:
        self.end_deed()
        self.first_focus()
        self.said.emit(sentence)

    def _on_deed_left(self) -> None:
        self.end_deed()
        self.first_focus()

    def _on_done_pressed(self) -> None:
        row: Any = self.follow_ups.current()
        if row is not None:
            self._on_follow_up_chosen(row)

    def _on_follow_up_chosen(self, row: Any) -> None:
        done = row.id
        self._desk.act("Complete a follow-up", lambda session: actions.complete_follow_up(session, done), self,
                       lambda _none: self.said.emit("The follow-up is done. Ctrl+Z takes that back."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
