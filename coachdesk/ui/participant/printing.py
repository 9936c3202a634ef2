"""Printing the caseload, the no-contact list or one-page briefs: what and whose, then the pages as they will come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Refusal
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.page import Card
from coachdesk.ui.work import speak

_ALL_LOTS, _EVERYBODY = "all lots", "everybody"
_PAPERS = {"caseload": "Caseload summary", "no-contact": "No contact for 28 days", "handover-briefs": "One-page briefs"}


class Drawn(NamedTuple):
    """A paper that is ready to be shown."""

    content: bytes
    warnings: Sequence[str]
    title: str
    file_name: str


class PrintView(QWidget):
    """Choose, then preview. `closed` on Esc or Back."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.preview: Any = None
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
        lot, coach = self.lot.value(), self.coach.value()
        lot_id = lot if isinstance(lot, UUID) else None
        coach_id = coach if isinstance(coach, UUID) else None
        name, is_sample = self._desk.owner_name, self._desk.sample_day is not None
        what = self.what.value()

        def draw(session: Any) -> Drawn:
            from coachdesk.documents import reports

            out = BytesIO()
            paper = reports.write(session, what, out, reports.By(name, is_sample), lot=lot_id, coach=coach_id)
            return Drawn(out.getvalue(), paper.warnings, _PAPERS[what], f"{what}-{self._desk.today().isoformat()}.pdf")

        self._desk.read(draw, self, self._on_drawn)

    def show_drawn(self, title: str, file_name: str, draw: Callable[[Any, Any, BytesIO], Any], lot: UUID | None = None) -> None:
        """A paper that another view draws, `draw(session, printed, out)`, in place of the choice."""
        self._close_preview()
        self.card.hide()
        name, is_sample = self._desk.owner_name, self._desk.sample_day is not None

        def run(session: Any) -> Drawn:
            from coachdesk.documents import reports

            out = BytesIO()
            paper = draw(session, reports.printed_for(session, reports.By(name, is_sample), lot), out)
            return Drawn(out.getvalue(), paper.warnings, title, file_name)

        self._desk.read(run, self, self._on_drawn, self._on_not_drawn)

    def _on_not_drawn(self, spoken: Any) -> None:
        speak(self, spoken)
        self.closed.emit()

    def print_again(self) -> None:
        """Ctrl+P a second time: the pages go to a printer."""
        if self.preview is not None:
            self.preview.print_pages()
        else:
            self.show_pages()

    def _on_drawn(self, drawn: Drawn) -> None:
        from coachdesk.ui.parts.pdf_preview import PdfPreview

        self._close_preview()
        warnings = drawn.warnings
        self.preview = PdfPreview(self._desk.dialogs)
        self.preview.closed.connect(self.closed)
        self.card.hide()
        self._layout.insertWidget(0, self.preview, 1)
        self.preview.show_pdf(drawn.content, drawn.title, drawn.file_name)
        self.preview.print_button.setFocus()
        bar = MessageBar.near(self)
        if warnings and bar is not None:
            bar.say(Refusal(" ".join(warnings[:3]), "The pages are ready all the same." if len(warnings) <= 3
                            else f"And {len(warnings) - 3} more. The pages are ready all the same."))

    def _close_preview(self) -> None:
        if self.preview is not None:
            self.preview.hide()
            self.preview.deleteLater()
            self.preview = None
        self.card.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
