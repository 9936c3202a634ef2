"""A document in front of a page: drawn on the worker, then looked at, printed or saved; Esc or Back goes to where one was.

Every page that prints has one. Nothing of PDF is imported before something is to be printed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Refusal, Spoken
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.work import speak

_MOST_WARNINGS = 3
Draw = Callable[[Any, BytesIO, Any], Any]           # (session, out, by): writes the PDF, answers its Paper
Sheet = Callable[[Any, Any, BytesIO], Any]          # (session, printed, out): the same for a view that draws itself


class Drawn(NamedTuple):
    """A document that is ready to be shown."""

    content: bytes
    warnings: Sequence[str]
    title: str
    file_name: str


class PaperFront(QObject):
    """`put(preview)` is asked to bring the pages to the front; `back()` to bring back what was there; `shown(drawn)` once they are."""

    def __init__(self, desk: Desk, owner: QWidget, put: Callable[[QWidget], object], back: Callable[[], object],
                 shown: Callable[[Drawn], object] | None = None) -> None:
        super().__init__(owner)
        self._desk, self._owner, self._put, self._back, self._shown = desk, owner, put, back, shown
        self.preview: Any = None                    # made when something is shown for the first time
        self._out: Callable[[bytes, int], object] | None = None
        self._content = b""

    def report(self, name: str, title: str, file_name: str, *, failed: Callable[[Spoken], object] | None = None,
               out: Callable[[bytes, int], object] | None = None, **chosen: Any) -> None:
        """One of the reports by its name, with what is chosen: lot, coach, month, chosen.

        out: told the bytes and how many pages they are, once they were printed or saved.
        """

        def draw(session: Any, file: BytesIO, by: Any) -> Any:
            from coachdesk.documents import reports

            return reports.write(session, name, file, by, **chosen)

        self.show_drawn(title, file_name, draw, failed=failed, out=out)

    def sheet(self, title: str, file_name: str, draw: Sheet, lot: UUID | None = None, *,
              failed: Callable[[Spoken], object] | None = None) -> None:
        """A document that a view draws itself: `draw(session, printed, out)`."""

        def run(session: Any, out: BytesIO, by: Any) -> Any:
            from coachdesk.documents import reports

            return draw(session, reports.printed_for(session, by, lot), out)

        self.show_drawn(title, file_name, run, failed=failed)

    def show_drawn(self, title: str, file_name: str, draw: Draw, *, failed: Callable[[Spoken], object] | None = None,
                   out: Callable[[bytes, int], object] | None = None) -> None:
        """A document that `draw(session, out, by)` writes. out: as in report."""
        name, is_sample = self._desk.owner_name, self._desk.sample_day is not None

        def run(session: Any) -> Drawn:
            from coachdesk.documents import reports

            file = BytesIO()
            paper = draw(session, file, reports.By(name, is_sample))
            return Drawn(file.getvalue(), getattr(paper, "warnings", ()), title, file_name)

        self._desk.read(run, self._owner, lambda drawn: self._on_drawn(drawn, out), failed or self._on_failed)

    def show_pages(self, content: bytes, title: str, file_name: str) -> None:
        """Pages that are at hand already."""
        self._on_drawn(Drawn(content, (), title, file_name), None)

    def _on_failed(self, spoken: Spoken) -> None:
        speak(self._owner, spoken)

    def _on_gone_out(self, *_how: Any) -> None:
        """Printed or saved: told once, however often it is done."""
        told, self._out = self._out, None
        if told is not None and self._content:
            told(self._content, self.preview.page_count())

    def _on_drawn(self, drawn: Drawn, out: Callable[[bytes, int], object] | None) -> None:
        if self.preview is None:
            from coachdesk.ui.parts.pdf_preview import PdfPreview

            self.preview = PdfPreview(self._desk.dialogs)
            self.preview.closed.connect(self._back)
            self.preview.printed.connect(self._on_gone_out)
            self.preview.saved.connect(self._on_gone_out)
        self._out, self._content = out, drawn.content
        self._put(self.preview)
        self.preview.show_pdf(drawn.content, drawn.title, drawn.file_name)
        self.preview.back_button.setFocus(Qt.FocusReason.OtherFocusReason)
        bar = MessageBar.near(self._owner)
        if drawn.warnings and bar is not None:
            more = len(drawn.warnings) - _MOST_WARNINGS
            bar.say(Refusal(" ".join(drawn.warnings[:_MOST_WARNINGS]),
                            f"{f'And {more} more. ' if more > 0 else ''}The pages are ready all the same."))
        if self._shown is not None:
            self._shown(drawn)


def show_paper(desk: Desk, page: Any, owner: QWidget, key: str, title: str, file_name: str, draw: Sheet, lot: UUID | None) -> None:
    """A paper of one of the views of a page: `draw(session, printed, out)` writes it; Esc goes back to the view `key`."""

    def back() -> None:
        page.show_tab(key)
        front.preview.deleteLater()
        front.deleteLater()

    front = PaperFront(desk, owner, lambda preview: page.show_form(preview, title, "Esc goes back."), back)
    front.sheet(title, file_name, draw, lot)
