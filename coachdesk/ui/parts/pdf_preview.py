"""What will be printed, page by page, with Print… and Save as…. Bytes in; knows nothing of what they say.

While the keyboard is here Ctrl+P prints and Ctrl+S saves, whatever the window around it does by these keys: the preview
asks for them by ShortcutOverride, which is asked before any shortcut, so that none can be ambiguous with its own.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMarginsF, QRectF, QSize, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.errors import Trouble
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.dialogs import Dialogs
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

_PRINT_DPI = 300


class PdfPreview(QWidget):
    """`saved(path)` after Save as…, `printed()` after Print…, `closed()` on Back or Esc. Import it only when something is to be shown."""

    saved = Signal(object)
    printed = Signal()
    closed = Signal()

    def __init__(self, dialogs: Dialogs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dialogs = dialogs
        self._bytes = b""
        self._name = "print.pdf"
        self._document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self._view = QPdfView()
        self._view.setAccessibleName("Pages to print")
        self._view.setDocument(self._document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._title = PlainLabel("", "subheading", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        self.back_button = Button("Back", self.closed.emit)
        self.save_button = Button("Save as…", self.save)
        self.print_button = Button("Print…", self.print_pages, role="primary")
        self._deeds = {"Ctrl+P": self.print_button, "Ctrl+S": self.save_button, "Ctrl+Shift+S": self.save_button, "Esc": self.back_button}
        for keys, button in reversed(self._deeds.items()):
            button.tell_keys(keys)
        head.addWidget(self.back_button)
        head.addWidget(self._title, 1)
        head.addWidget(self.save_button)
        head.addWidget(self.print_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addLayout(head)
        layout.addWidget(self._view, 1)

    def show_pdf(self, content: bytes, title: str, file_name: str) -> None:
        """Show a document; `file_name` is suggested when it is saved."""
        self._bytes, self._name = content, file_name
        self._document.close()
        self._buffer = QBuffer(self)
        self._buffer.setData(content)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        pages = self._document.pageCount()
        self._title.setText(f"{title} · {pages} page{'' if pages == 1 else 's'}")
        self._view.setAccessibleDescription(self._title.text())

    def page_count(self) -> int:
        """Pages of the document shown."""
        return self._document.pageCount()

    def save(self) -> None:
        """Ask where, then write the bytes as they are."""
        path = self._dialogs.save_file(self, "Save as PDF", self._name, "PDF (*.pdf)")
        if path is None:
            return
        target = path if path.suffix.lower() == ".pdf" else Path(f"{path}.pdf")
        bar = MessageBar.near(self)
        try:
            target.write_bytes(self._bytes)
        except OSError:
            if bar is not None:
                bar.say(Trouble("The file could not be written there. Nothing was lost.", "Choose another folder."))
            return
        if bar is not None:
            bar.done(f"Saved as {target.name}.")
        self.saved.emit(target)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._deed(event) is not None:
            event.accept()                              # it comes as a key press then, and to nobody else
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = self._deed(event)
        if button is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            button.click()

    def _deed(self, event: QKeyEvent) -> Button | None:
        return self._deeds.get(QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText))

    def print_pages(self) -> None:
        """Ask which printer, then print every page."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer already chosen: pictures of the pages at 300 dots an inch."""
        printer.setFullPage(True)
        printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
        painter = QPainter(printer)
        for at in range(self._document.pageCount()):
            if at:
                printer.newPage()
            points = self._document.pagePointSize(at)
            size = QSize(round(points.width() / 72 * _PRINT_DPI), round(points.height() / 72 * _PRINT_DPI))
            painter.drawImage(QRectF(printer.pageLayout().paintRectPixels(printer.resolution())), self._document.render(at, size))
        painter.end()
        self.printed.emit()
