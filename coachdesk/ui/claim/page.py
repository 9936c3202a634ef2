"""Claims: choose lot and month, read every line and everything not paid, draft, send, mark as paid, print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from coachdesk.claim import actions as claim_actions
from coachdesk.claim import queries as claim_queries
from coachdesk.clock import day_text, month_of, month_words
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.paper import PaperFront
from coachdesk.ui.cards.views import Views
from coachdesk.ui.claim import reading
from coachdesk.ui.claim.agreement_view import AgreementView
from coachdesk.ui.claim.board_view import BoardView
from coachdesk.ui.claim.cash_view import CashView
from coachdesk.ui.claim.files import Files
from coachdesk.ui.claim.month import MonthView
from coachdesk.ui.claim.overview import OverviewGrid
from coachdesk.ui.claim.what_if_view import WhatIfView
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.entry import pence_text
from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.sides import Stack
from coachdesk.ui.work import touches

_ROOMS = ("claim", "activity", "participant", "programme")
MONTH, BOARD, AGREE, WHAT_IF, CASH = "month", "board", "agree", "what_if", "cash"
_VIEWS = ((MONTH, "O&ne claim"), (BOARD, "&Before sending"), (AGREE, "A&greement"), (WHAT_IF, "&What if"), (CASH, "&Cash ahead"))
_TAKEN = "atpsdlmernbgwckoh"     # mnemonics of this page; the shell's Help is H


class ClaimPage(Page):
    """One lot's month, or all of them at a glance (Ctrl+O); Draft, Send and Paid are a lead's."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Claims", "", parent)
        self.desk = desk
        self.lot: UUID | None = desk.lot
        self.month = month_of(desk.today())
        self.shown: reading.ClaimShown | None = None
        self._choices: reading.Choices | None = None
        self._turn = 0
        self._wanted_line = ""
        self.paper = PaperFront(desk, self, self._put_paper, self._on_preview_closed)
        self.files = Files(desk, self)
        self._build_actions()
        self.month_view = MonthView(desk.today)
        self.overview = OverviewGrid()
        self._build_views()
        self.month_view.place_chosen.connect(self.look_at)
        self.month_view.open_requested.connect(self.open_requested)
        self.month_view.payment_entered.connect(self._on_payment_entered)
        self.overview.chosen.connect(self._on_overview_chosen)
        desk.lot_changed.connect(self._on_desk_lot_changed)

    def _build_views(self) -> None:
        """The views of a lot's month and, under the same head, the cash of all lots."""
        self.board, self.agreement = BoardView(self.desk, self._place, _TAKEN), AgreementView(self.desk, self._place, _TAKEN)
        self.what_if, self.cash = WhatIfView(self.desk, self._place, _TAKEN), CashView(self.desk)
        self._fronts: dict[str, Any] = {MONTH: self.month_view, BOARD: self.board, AGREE: self.agreement, WHAT_IF: self.what_if,
                                        CASH: self.cash}
        self.views = Views("Views of the claims", _VIEWS, keyed=False)
        self.views.moved.connect(self._on_view_moved)
        self._stack = Stack()
        for widget in (*self._fronts.values(), self.overview):
            self._stack.addWidget(widget)
        self.body.addWidget(self.views)
        self.body.addWidget(self.month_view.chooser)
        self.body.addWidget(self._stack, 1)
        for view in (self.board, self.agreement, self.what_if, self.cash):
            view.told.connect(partial(self._on_told, view))
        for view in (self.board, self.agreement):
            view.said.connect(self.say_done)
        self.board.open_requested.connect(self.open_requested)
        self.agreement.line_wanted.connect(self._on_line_wanted)
        self.agreement.file_wanted.connect(lambda: self.files.bring_remittance(self._read))
        self.agreement.receipt_wanted.connect(self.files.load_receipt)
        self.cash.place_chosen.connect(self._on_overview_chosen)
        self.files.done.connect(self.say_done)

    def _build_actions(self) -> None:
        self.all_button = self._verb("&All claims", self.switch, "Ctrl+O")
        self.pack_button = self._verb("Save the pac&k…", self.save_pack, "Ctrl+Shift+S")
        self.print_button = self._verb("Prin&t schedule", self.print_schedule, "Ctrl+Shift+T")
        self.paid_button = self._verb("&Paid…", self.begin_payment, "Ctrl+M")
        self.send_button = self._verb("&Send…", self.send, "Ctrl+Return")
        self.draft_button = self._verb("&Draft", self.draft, "Ctrl+D", primary=True)
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            self._key_does(keys, partial(self.step, step))

    def _verb(self, text: str, does: Callable[[], object], keys: str, *, primary: bool = False) -> Button:
        """A button with a mnemonic and a key. The key is the page's: it goes into a payment's form before it comes here."""
        button = self.add_action(text, does, primary=primary)
        button.tell_keys(keys)
        self._key_does(keys, button.click)
        return button

    def _key_does(self, keys: str, does: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(does)

    # what the shell calls

    def reload(self, changes: Any = None) -> None:
        """Read the month again, or the overview."""
        if changes is not None and not touches(changes, *_ROOMS):
            return
        if self._choices is None or (changes is not None and touches(changes, "programme")):
            today = self.desk.today()
            self.desk.read(lambda session: reading.read_choices(session, today), self, self._on_choices)
        else:
            self._read()

    def open(self, kind: str, id: Any) -> None:
        """Show a claim, or the claim that a line is in."""
        if kind == "claim.line":
            self.desk.read(lambda session: reading.place_of_line(session, id), self, self._on_line_placed)
        else:
            self.desk.read(lambda session: reading.place_of_claim(session, id), self, self._on_claim_placed)

    def first_focus(self) -> None:
        """The lines of the month, or the grid."""
        front: Any = self._stack.currentWidget()
        if front is self.overview:
            self.overview.setFocus(Qt.FocusReason.OtherFocusReason)
        elif hasattr(front, "first_focus"):
            front.first_focus()

    def set_public_place(self, on: bool) -> None:
        """Tables draw initials by themselves; the title beside the chain follows."""
        self.month_view.redraw()
        front: Any = self._stack.currentWidget()
        if hasattr(front, "redraw_names"):
            front.redraw_names()

    # going about

    def look_at(self, lot: UUID | None, month: int) -> None:
        """Another lot or month; a month outside the programme is left where it was."""
        if self._choices is None or lot is None:
            return
        if month in self._choices.months and (lot, month) != (self.lot, self.month):
            self.lot, self.month = lot, month
            self._read()

    def step(self, months: int) -> None:
        """So many months later, or earlier."""
        self.look_at(self.lot, self.month + months)

    def switch(self) -> None:
        """Between one month and all claims."""
        self._show(self._fronts[self.views.key()] if self._stack.currentWidget() is self.overview else self.overview)
        self._read()
        self.first_focus()

    def show_view(self, key: str) -> None:
        """One of the views: MONTH, BOARD, AGREE, WHAT_IF or CASH."""
        if self.views.key() != key:
            self.views.go(key)                  # comes back to _on_view_moved
            return
        self._show(self._fronts[key])
        self._read()

    def _place(self) -> tuple[UUID | None, int]:
        return self.lot, self.month

    def _on_view_moved(self, key: str) -> None:
        self._show(self._fronts[key])
        self._read()

    def _on_told(self, view: QWidget, words: str) -> None:
        if self._stack.currentWidget() is view:
            self.set_subtitle(words)

    def _on_line_wanted(self, claimable: str) -> None:
        self._wanted_line = claimable
        self.show_view(MONTH)
        self.first_focus()

    def _show(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        self.all_button.setText("&One month" if widget is self.overview else "&All claims")
        for button in (self.pack_button, self.print_button, self.paid_button):
            button.setVisible(widget is self.month_view)
        for button in (self.send_button, self.draft_button):
            button.setVisible(widget in (self.month_view, self.board))
        is_view = widget in self._fronts.values()
        self.all_button.setVisible(is_view or widget is self.overview)
        self.views.setVisible(is_view)
        self.month_view.chooser.setVisible(is_view and widget is not self.cash)

    def _read(self) -> None:
        if self._choices is None or self.lot is None:
            return
        self._turn += 1
        turn, lot, month, today = self._turn, self.lot, self.month, self.desk.today()
        if self._stack.currentWidget() is self.overview:
            self.desk.read(lambda session: reading.read_overview(session, today), self, self._on_overview)
            return
        front: Any = self._stack.currentWidget()
        if front in (self.board, self.agreement, self.what_if, self.cash):
            front.read()
        if front in (self.month_view, self.board, self.agreement, self.what_if):
            self.desk.read(lambda session: reading.read_claim(session, lot, month), self, lambda shown: self._on_claim(turn, shown))

    def _on_choices(self, choices: reading.Choices) -> None:
        self._choices = choices
        if self.lot not in [lot for lot, _name in choices.lots]:
            self.lot = choices.lots[0][0] if choices.lots else None
        if self.month not in choices.months:
            self.month = choices.months[0]
        self.month_view.show_choices(choices)
        self._read()

    def _on_claim(self, turn: int, shown: reading.ClaimShown) -> None:
        if turn != self._turn:
            return
        is_first, self.shown = self.shown is None, shown
        view = shown.view
        said = [f"{view.lot}, {month_words(view.month)}: " + (
            f"sent on {day_text(view.sent_on)}" if view.sent_on else reading.STATUS_WORDS[view.status])]
        if view.paid_on and view.paid_pence is not None:
            said.append(f"{pence_text(view.paid_pence)} paid on {day_text(view.paid_on)}")
        said.append(f"{_lines(view.figures.lines)}, {len(view.figures.unpaid)} not paid, {pence_text(shown.payable_pence)} payable")
        if self._stack.currentWidget() is self.month_view:
            self.set_subtitle("; ".join(said))
        gone = view.status in claim_queries.GONE_OUT
        self.draft_button.setText("&Draft again" if view.status == claim_queries.DRAFT else "&Draft")
        self.draft_button.setEnabled(not gone)
        self.send_button.setEnabled(not gone)
        self.paid_button.setEnabled(view.status != claim_queries.PAID)
        self.pack_button.setEnabled(view.claim_id is not None)
        self.month_view.show_claim(shown, self._wanted_line)
        self._wanted_line = ""
        if is_first and self.month_view.lot.hasFocus():
            self.first_focus()

    def _on_overview(self, overview: reading.Overview) -> None:
        rows = overview.claims.values()
        open_drafts = sum(row.status == claim_queries.DRAFT for row in rows)
        unpaid = sum(row.payable_pence for row in rows if row.status == claim_queries.SENT)
        self.set_subtitle(f"{len(overview.claims)} claims, {open_drafts} drafted and not sent, {pence_text(unpaid)} sent and not yet paid; "
                          f"{pence_text(overview.open_pence)} earned and in no claim that went out")
        self.overview.show_overview(overview)

    def _on_overview_chosen(self, lot: UUID, month: int) -> None:
        self.lot, self.month = lot, month
        self.show_view(MONTH)
        self.first_focus()

    def _on_desk_lot_changed(self) -> None:
        if self.desk.lot is not None:
            self.look_at(self.desk.lot, self.month)

    def _on_claim_placed(self, place: tuple[UUID, int] | None) -> None:
        bar = self.bar()
        if place is not None:
            self._on_overview_chosen(*place)
        elif bar is not None:
            bar.refused("That claim is not here any more; a draft that was drafted again has a new place.", "Choose it from all claims.")

    def _on_line_placed(self, place: tuple[UUID, int, str] | None) -> None:
        self._wanted_line = place[2] if place else ""
        self._on_claim_placed(place[:2] if place else None)

    # the verbs

    def draft(self) -> None:
        """Freeze the month as it stands."""
        lot, month = self.lot, self.month
        if lot is not None:
            self.desk.act(
                f"Draft the claim for {month_words(month)}",
                lambda session: claim_actions.draft(session, lot=lot, month=month),
                self,
                lambda _id: self.say_done(f"The claim for {month_words(month)} is drafted.", "Read it through, then send it."),
            )

    def send(self) -> None:
        """Record the draft as sent, after a question: it lasts."""
        id = self._saved("It has to be drafted before it is sent.")
        if id is None or self.shown is None:
            return
        view = self.shown.view
        words = [
            f"{view.lot}, {month_words(view.month)}: {_lines(view.figures.lines)}, {pence_text(self.shown.payable_pence)} payable.",
            *view.remarks,
            *self.shown.before_sending,
            "What is sent cannot be undone; later changes go into the next claim as adjustments.",
        ]
        if self.desk.dialogs.ask(self, "Send this claim?", " ".join(words), "Send"):
            self.desk.act(
                "Record a claim as sent",
                lambda session: claim_actions.send(session, id),
                self,
                lambda _none: self.say_done("The claim is recorded as sent.", "Save the pack for the commissioner."),
                lasting=True,
            )

    def begin_payment(self) -> None:
        """Ask what was paid, beside the lines."""
        if self._saved("It has to be drafted and sent before it can be paid.") is not None and self.shown is not None:
            self.month_view.begin_payment(self.shown.payable_pence)

    def _on_payment_entered(self, amount_pence: int, on: Any) -> None:
        id = self._saved("")
        if id is not None:
            self.desk.act(
                "Record what was paid",
                lambda session: claim_actions.mark_paid(session, id, amount=amount_pence, on=on),
                self,
                lambda _none: self._on_paid(amount_pence),
            )

    def _on_paid(self, amount_pence: int) -> None:
        self.month_view.end_payment()
        self.say_done(f"{pence_text(amount_pence)} is recorded as paid.")

    def _saved(self, why: str) -> UUID | None:
        id = self.shown.view.claim_id if self.shown else None
        bar = self.bar()
        if id is None and bar is not None:
            bar.refused(f"This month is worked out but not drafted. {why}", "Press Draft first. Nothing was changed.")
        return id


    # paper and files

    def print_schedule(self) -> None:
        """Preview the schedule of this lot and month."""
        lot = self.shown.view.lot if self.shown else ""
        self.paper.report("claim", f"Claim schedule, {lot}, {month_words(self.month)}", reading.file_name(lot, self.month), lot=self.lot,
                          month=self.month)

    def save_pack(self) -> None:
        """The PDF, the workbook and the receipt of this month's claim, in a folder."""
        id = self._saved("It has to be drafted before it has a pack.")
        if id is not None:
            self.files.save_pack(id)

    def _put_paper(self, preview: QWidget) -> None:
        if self._stack.indexOf(preview) < 0:
            self._stack.addWidget(preview)
        self._show(preview)

    def _on_preview_closed(self) -> None:
        self._show(self.month_view)
        self.first_focus()


def _lines(lines: Sequence[object]) -> str:
    return f"{len(lines)} line{'' if len(lines) == 1 else 's'}"
