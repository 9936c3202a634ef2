"""Printing the caseload, the no-contact list or one-page briefs: what and whose, then the pages as they will come out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.paper import PaperFront, Sheet
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.page import Card
from coachdesk.ui.work import speak

_ALL_LOTS, _EVERYBODY = "all lots", "everybody"
_PAPERS = {"caseload": "Caseload summary", "no-contact": "No contact for 28 days", "handover-briefs": "One-page briefs"}


class PrintView(QWidget):
    """Choose, then preview. `closed` on Esc or Back."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_previewing = False
        self.paper = PaperFront(desk, self, self._put_paper, self.closed.emit, lambda _drawn: self.paper.preview.print_button.setFocus())
        self.card = Card("What, and whose people?")
        self.form = Form(taken="lkw")
        self.what = self.form.add("What to &print", ChoiceField([(key, words.lower()) for key, words in _PAPERS.items()]), required=True)
        self.lot = self.form.add("Lo&t", ChoiceField())
        self.coach = self.form.add("&Coach", ChoiceField(), beside=True)
        self.show_button = Button("Sho&w the pages", self.show_pages, role="primary")
        self.form.buttons(self.show_button, Button("Bac&k", self.closed.emit))
        self.form.submitted.connect(self.show_pages)
        self.card.body.addWidget(self.form)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.card, 0, Qt.AlignmentFlag.AlignTop)

    def begin(self, coach: UUID | None) -> None:
        """Offer the lots and the team, with the list's own choice first."""
        chosen = (self._desk.lot, coach)
        self._desk.read(lambda session: (programme_queries.lot_names(session), programme_queries.member_names(session), chosen), self,
                        self._on_begun)

    def _on_begun(self, found: tuple[dict[UUID, str], dict[UUID, str], tuple[Any, Any]]) -> None:
        self._close_preview()
        lots, members, (lot, coach) = found
        self.lot.set_choices([(_ALL_LOTS, _ALL_LOTS), *lots.items()])
        self.coach.set_choices([(_EVERYBODY, _EVERYBODY), *members.items()])
        self.what.set_value(self.what.value() or "caseload")
        self.lot.set_value(lot or _ALL_LOTS)
        self.coach.set_value(coach or _EVERYBODY)
        self.show_button.setFocus()

    def show_pages(self) -> None:
        """Draw the pages on the worker, then show them."""
        if not self.form.check():
            return
        lot, coach, what = self.lot.value(), self.coach.value(), self.what.value()
        self.paper.report(what, _PAPERS[what], f"{what}-{self._desk.today().isoformat()}.pdf",
                          lot=lot if isinstance(lot, UUID) else None, coach=coach if isinstance(coach, UUID) else None)

    def show_drawn(self, title: str, file_name: str, draw: Sheet, lot: UUID | None = None) -> None:
        """A paper that another view draws, `draw(session, printed, out)`, in place of the choice."""
        self._close_preview()
        self.card.hide()
        self.paper.sheet(title, file_name, draw, lot, failed=self._on_not_drawn)

    def _on_not_drawn(self, spoken: Any) -> None:
        speak(self, spoken)
        self.closed.emit()

    def print_again(self) -> None:
        """Ctrl+P a second time: the pages go to a printer."""
        if self.preview is not None:
            self.preview.print_pages()
        else:
            self.show_pages()

    @property
    def preview(self) -> Any:
        """The pages that are in front, or None."""
        return self.paper.preview if self._is_previewing else None

    def _put_paper(self, preview: QWidget) -> None:
        self._is_previewing = True
        if self._layout.indexOf(preview) < 0:
            self._layout.insertWidget(0, preview, 1)
        self.card.hide()
        preview.show()

    def _close_preview(self) -> None:
        if self._is_previewing:
            self._is_previewing = False
            self.paper.preview.hide()
        self.card.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
