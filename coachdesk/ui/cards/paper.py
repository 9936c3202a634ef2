"""A paper of one of the views, in front of it: drawn on the worker, shown, saved or printed; Esc goes back to the view."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from coachdesk.ui.cards.desk import Desk


def show_paper(desk: Desk, page: Any, owner: QWidget, key: str, title: str, file_name: str,
               draw: Callable[[Any, Any, BytesIO], Any], lot: UUID | None) -> None:
    """`draw(session, printed, out)` writes the PDF; afterwards it is in front of the view `key`."""

    def run(session: Any) -> bytes:
        from coachdesk.documents import reports

        out = BytesIO()
        draw(session, reports.printed_for(session, reports.By(desk.owner_name, bool(desk.sample_day)), lot), out)
        return out.getvalue()

    def show(content: bytes) -> None:
        from coachdesk.ui.parts.pdf_preview import PdfPreview

        preview = PdfPreview(desk.dialogs)
        preview.closed.connect(lambda: page.show_tab(key))
        preview.closed.connect(preview.deleteLater)
        page.show_form(preview, title, "Esc goes back.")
        preview.show_pdf(content, title, file_name)
        preview.back_button.setFocus()

    desk.read(run, owner, show)
