"""The referrals' page: what waits for a reply, what came in, and all of them; one key writes down an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.errors import Spoken
from coachdesk.referral import actions, queries, rules
from coachdesk.referral.queries import ReferralRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.find_field import FindField
from coachdesk.ui.cards.letter_keys import LetterKeys
from coachdesk.ui.cards.paper import PaperFront
from coachdesk.ui.cards.views import Views
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.parts.row_table import RowTable
from coachdesk.ui.parts.sides import Front
from coachdesk.ui.parts.theme import MEDIUM, SMALL
from coachdesk.ui.referral.answer_form import AnswerForm
from coachdesk.ui.referral.deeds import DEEDS, EMAIL, FILED, HOME, PERSON, REGISTER, SHEET, VISIT
from coachdesk.ui.referral.detail import ReferralDetail
from coachdesk.ui.referral.handing import Outgoing
from coachdesk.ui.referral.home_form import HomeForm
from coachdesk.ui.referral.lines import ALL, AWAITING, COLUMNS, EMPTY, IN, ONE_WAY, RECIPROCITY, Book, read_book
from coachdesk.ui.referral.receive_form import ReceiveForm
from coachdesk.ui.referral.reply_form import ReplyForm
from coachdesk.ui.referral.send_form import SendForm
from coachdesk.ui.referral.visit_form import VisitForm
from coachdesk.ui.work import touches

if TYPE_CHECKING:
    from coachdesk.ui.referral.reciprocity_view import ReciprocityView

_TAKEN = "tilnvoyc"
_SIZES, _FORM_SIZES = [285, 345], [130, 500]      # of the list and what stands below it


class ReferralPage(Page):
    """In the list: a letter for each verb (see deeds), R register a stranger, O open the person. Ctrl+R: an answer by code."""

    TAKES = ("refer",)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Referrals", parent=parent)
        self.desk = desk
        self.book: Book | None = None
        self._wanted: UUID | None = None
        self._is_to_focus = False
        self.add_action("A repl&y by code…", self.new_reply, keys="Ctrl+R")
        self.add_action("Recei&ve a referral…", self.new_received, keys="Ctrl+Shift+N")
        self.add_action("Se&nd a referral…", self.new_referral, primary=True, keys="Ctrl+N")
        self.views = Views("Views of the referrals", ((AWAITING, "Awai&ting a reply"), (IN, "&In"), (ALL, "A&ll"),
                                                      (RECIPROCITY, "Re&ciprocity")))
        self.views.moved.connect(lambda _key: self._on_view_moved())
        self.body.addWidget(self.views)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(MEDIUM + SMALL)
        self.split.addWidget(self._build_list())
        self.split.addWidget(self._build_below())
        self.split.setSizes(_SIZES)
        self.front = Front()
        self.front.addWidget(self.split)
        self._ledger: ReciprocityView | None = None
        self.paper = PaperFront(desk, self, self._put_paper, self._leave_paper)
        self.outgoing = Outgoing(desk, self, self.paper)
        self.body.addWidget(self.front, 1)
        desk.lot_changed.connect(lambda: self.reload(None))

    @property
    def ledger(self) -> ReciprocityView:
        """The view of the traffic both ways, made when it is first looked at."""
        if self._ledger is None:
            from coachdesk.ui.referral.reciprocity_view import ReciprocityView

            made = self._ledger = ReciprocityView(self.desk, _TAKEN)
            self.front.addWidget(made)
            made.told.connect(self._on_ledger_told)
            made.told_done.connect(self.say_done)
            made.open_requested.connect(self.open)
            made.paper_wanted.connect(lambda name, partner: self.outgoing.print_ledger(name, partner, made.span()))
        return self._ledger

    def _build_list(self) -> QWidget:
        above = QWidget()
        layout = QVBoxLayout(above)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        self.table = RowTable("Referrals", COLUMNS, empty=EMPTY[AWAITING], least_rows=4)
        layout.addWidget(self.table, 1)
        deeds: dict[str, Callable[[], None]] = {deed.letter: partial(self._move, deed.status) for deed in DEEDS if deed.status}
        deeds |= {"A": self.accept, "X": self.send_draft, REGISTER: self.register, PERSON: self.open_person, HOME: self.come_home,
                  SHEET: self.print_sheet, EMAIL: self.write_email, VISIT: self.book_visit, FILED: self.show_filed}
        self.buttons = {deed.letter: Button(deed.words, deeds[deed.letter]) for deed in DEEDS}
        self.verbs = ButtonRow(list(self.buttons.values()))
        layout.addWidget(self.verbs)
        LetterKeys(self.table, deeds)
        self.table.current_changed.connect(self._on_row_looked_at)
        self.table.row_chosen.connect(lambda _row: self.detail.steps.setFocus(Qt.FocusReason.OtherFocusReason))
        return above

    def _build_below(self) -> QWidget:
        self.detail = ReferralDetail(self.desk)
        self.sending, self.receiving = SendForm(self.desk, _TAKEN), ReceiveForm(self.desk, _TAKEN)
        self.answer, self.replying = AnswerForm(self.desk, _TAKEN), ReplyForm(self.desk, _TAKEN)
        self.home, self.visit = HomeForm(self.desk, _TAKEN), VisitForm(self.desk, _TAKEN)
        self.visit.file_wanted.connect(self._write_calendar)
        self.below = QStackedWidget()
        self._forms = (self.sending, self.receiving, self.answer, self.replying, self.home, self.visit)
        for widget in (QWidget(), self.detail, *self._forms):
            self.below.addWidget(widget)
        for form in self._forms:
            form.left.connect(self._on_form_left)
            form.saved.connect(self._on_saved)
        self.sending.person_asked.connect(lambda person: self.open_requested.emit("participant", person))
        return self.below

    # what the shell calls

    def reload(self, changes: Any = None) -> None:
        if changes is None or touches(changes, "referral", "participant", "partner", "programme"):
            lot, wanted = self.desk.lot, self._wanted
            self.desk.read(lambda session: read_book(session, lot, wanted), self, self._on_book)
            if self.views.key() == RECIPROCITY:
                self.ledger.read()

    def open(self, kind: str, id: Any) -> None:
        if kind == ONE_WAY:
            self.ledger.stand_on(id)
            self.views.go(RECIPROCITY)
            self.ledger.read()
            return
        if self.views.key() == RECIPROCITY:
            self.views.go(ALL)
        self._wanted = id
        self._leave_form()
        self.reload()
        self.first_focus()

    def take(self, what: str, value: UUID) -> None:
        """Somebody whom another screen has at hand is to be referred."""
        if what == "refer":
            self.new_referral(value)

    def first_focus(self) -> None:
        if self.front.currentWidget() is not self.split:
            if self.front.currentWidget() is self._ledger:
                self.ledger.first_focus()
            return
        self._is_to_focus = not self.table.count()  # the rows may still be on their way
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_public_place(self, on: bool) -> None:
        for box in self.findChildren(FindField):
            box.show_again()
        self.detail.show_again()

    # showing

    def _on_book(self, book: Book) -> None:
        self.book = book
        if self.views.key() != RECIPROCITY:
            self.set_subtitle(book.sentence())
        for key in (AWAITING, IN, ALL):
            self.views.count(key, len(book.of(key)))
        wanted, self._wanted = self._wanted, None
        if book.wanted is not None and book.wanted[0] not in book.of(self.views.key()):
            if book.wanted[0] in book.of(ALL):
                self.views.go(ALL)
            elif self.desk.lot is not None:
                self._wanted = wanted
                self.desk.choose_lot(None)  # it belongs to another lot: look at all of them
                return
        self._show_rows()
        if book.wanted is not None:
            self.table.stand_on(book.wanted[0])
        if self._is_to_focus and self.table.count() and not self._is_form_open():
            self.first_focus()

    def _on_view_moved(self) -> None:
        if self.views.key() == RECIPROCITY:
            was_on_tabs = self.views.tabs.hasFocus()
            self._leave_form()
            self.front.setCurrentWidget(self.ledger)
            self.ledger.read()
            if not was_on_tabs:
                self.ledger.first_focus()
            return
        self.front.setCurrentWidget(self.split)
        if self.book is not None:
            self.set_subtitle(self.book.sentence())
        self._show_rows()

    def _on_ledger_told(self, words: str) -> None:
        if self.views.key() == RECIPROCITY:
            self.set_subtitle(words)

    def _is_form_open(self) -> bool:
        return self.below.currentWidget() in self._forms

    def _show_rows(self) -> None:
        key = self.views.key()
        if key == RECIPROCITY:
            return
        self.table.set_empty(EMPTY[key])
        if self.book is not None:
            self.table.show_ids(self.book.of(key), self.desk.rows_of(queries.referral_rows), self.desk.work, self.book.first[key])
        self._on_row_looked_at(self.table.current())

    def _on_row_looked_at(self, row: ReferralRow | None) -> None:
        for deed in DEEDS:
            self.buttons[deed.letter].setVisible(row is not None and deed.can(row))
        if row is None:
            self.buttons[PERSON].setVisible(True)
        self.buttons[PERSON].setEnabled(row is not None)
        if self._is_form_open():
            return  # a form that is being filled in is not taken away
        if row is None:
            self.below.setCurrentIndex(0)
        else:
            self.detail.show_row(row)
            self.below.setCurrentWidget(self.detail)

    # answers

    def accept(self) -> None:
        """They took the person on."""
        row: ReferralRow | None = self.table.current()
        if row is not None:
            known, name, self._wanted = row.id, shown_name(row.participant, row.reference or ""), row.id
            self.desk.act(
                "Accepted: a referral",
                lambda session: actions.accept(session, known),
                self,
                lambda _none: self.say_done(f"Accepted: {name}, {row.partner}.", "Press C when it is completed."),
            )

    def send_draft(self) -> None:
        """What was written down is sent now."""
        row: ReferralRow | None = self.table.current()
        if row is None or not self._can(row, rules.SENT):
            return
        known, name, self._wanted = row.id, shown_name(row.participant, row.reference or ""), row.id
        self.desk.act("Send a referral", lambda session: actions.send(session, known), self,
                      lambda _none: self.say_done(f"Sent: {name} to {row.partner}."))

    def _move(self, status: str) -> None:
        row: ReferralRow | None = self.table.current()
        if row is not None and self._can(row, status):
            self._to_forms()
            self.below.setCurrentWidget(self.answer)
            self.answer.begin(row, status)

    def _can(self, row: ReferralRow, status: str) -> bool:
        try:
            rules.check_move(row.state, status)
        except Spoken as spoken:
            self.say(spoken)
            return False
        return True

    def come_home(self) -> None:
        """Somebody comes back from the partner with what was agreed."""
        row: ReferralRow | None = self.table.current()
        if row is None:
            return
        try:
            rules.check_home(row.direction, row.state)
        except Spoken as spoken:
            self.say(spoken)
            return
        self._to_forms()
        self.below.setCurrentWidget(self.home)
        self.home.begin(row)

    def register(self) -> None:
        """The stranger of a referral in becomes a participant: on the participants' screen."""
        row: ReferralRow | None = self.table.current()
        if row is not None and row.participant_id is None:
            self.desk.offered.emit("register referral", row.id)

    def open_person(self) -> None:
        """The participant of this referral."""
        row: ReferralRow | None = self.table.current()
        if row is not None and row.participant_id is not None:
            self.open_requested.emit("participant", row.participant_id)

    # paper

    def print_sheet(self) -> None:
        """The sheet that goes with the person."""
        row: ReferralRow | None = self.table.current()
        if row is not None and row.direction == rules.OUT:
            self._wanted = row.id
            self.outgoing.print_sheet(row)

    def show_filed(self) -> None:
        """The sheet as it went out."""
        row: ReferralRow | None = self.table.current()
        if row is not None and row.direction == rules.OUT:
            self.outgoing.show_filed(row)

    def write_email(self) -> None:
        """A draft to the partner with the code and how to answer."""
        row: ReferralRow | None = self.table.current()
        if row is not None and row.direction == rules.OUT:
            self.outgoing.write_email(row)

    def _write_calendar(self, visit: UUID) -> None:
        self.outgoing.write_calendar(visit)

    def book_visit(self) -> None:
        """An appointment at the partner: a first one, or the one there is, to be moved or called off."""
        row: ReferralRow | None = self.table.current()
        if row is None:
            return
        try:
            rules.check_visit(row.direction, row.state)
        except Spoken as spoken:
            self.say(spoken)
            return
        self._to_forms()
        self.below.setCurrentWidget(self.visit)
        self.visit.begin(row)

    def _put_paper(self, preview: QWidget) -> None:
        if self.front.indexOf(preview) < 0:
            self.front.addWidget(preview)
        self.views.hide()
        self.front.setCurrentWidget(preview)

    def _leave_paper(self) -> None:
        self.views.show()
        self.front.setCurrentWidget(self.ledger if self.views.key() == RECIPROCITY else self.split)
        self.first_focus()

    # forms

    def _to_forms(self) -> None:
        """The list with the forms below it, whichever view is in front; a form has more room than the facts."""
        self.split.setSizes(_FORM_SIZES)
        self.verbs.hide()
        self.table.view.scrollTo(self.table.view.currentIndex())
        if self.front.currentWidget() is not self.split:
            self.views.show()
            self.front.setCurrentWidget(self.split)
            if self.views.key() == RECIPROCITY:
                self.views.go(AWAITING)

    def new_referral(self, person: UUID | None = None) -> None:
        """The form that sends somebody."""
        self._to_forms()
        self.below.setCurrentWidget(self.sending)
        self.sending.begin(person)

    def new_received(self) -> None:
        """The form for somebody whom a partner sends."""
        self._to_forms()
        self.below.setCurrentWidget(self.receiving)
        self.receiving.begin(self.book.lots if self.book is not None else ())

    def new_reply(self) -> None:
        """A partner answers by the code on the sheet."""
        self._to_forms()
        self.below.setCurrentWidget(self.replying)
        self.replying.begin()

    def _leave_form(self) -> None:
        if self._is_form_open():
            self.split.setSizes(_SIZES)
            self.verbs.show()
        self.below.setCurrentIndex(0)
        self._on_row_looked_at(self.table.current())

    def _on_form_left(self) -> None:
        self._leave_form()
        self.first_focus()

    def _on_saved(self, id: UUID, sentence: str) -> None:
        self._wanted = id
        self._leave_form()
        self.first_focus()
        self.say_done(sentence)
