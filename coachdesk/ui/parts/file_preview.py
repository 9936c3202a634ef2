"""A kept file, page by page: a PDF as it is, a picture on a page of paper. Save as… writes the file as it came, not what is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, Qt
from PySide6.QtGui import QImageReader, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QWidget

from coachdesk.errors import Trouble
from coachdesk.ui.parts.dialogs import Dialogs
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.pdf_preview import PdfPreview

_MOST_MEGABYTES = 256           # of a picture, unpacked
_DPI = 150
_MARGIN_MM = 10


class FilePreview(PdfPreview):
    """`saved(path)` after Save as…, `closed()` on Back or Esc. Import this module only when something is to be shown."""

    def __init__(self, dialogs: Dialogs, parent: QWidget | None = None) -> None:
        super().__init__(dialogs, parent)
        self._dialogs_of_files = dialogs
        self._original, self._came_as = b"", ""

    def show_file(self, pages: bytes, original: bytes, title: str, file_name: str) -> None:
        """Show `pages` (see pages_of) of a file whose own bytes are `original`; `file_name` is how it came."""
        self._original, self._came_as = original, file_name
        self.show_pdf(pages, title, file_name)

    def save(self) -> None:
        """Ask where, then write the file as it came. It is no longer encrypted there, and the bar says so."""
        path: Path | None = self._dialogs_of_files.save_file(self, "Save the file", self._came_as, "All files (*)")
        if path is None:
            return
        bar = MessageBar.near(self)
        try:
            path.write_bytes(self._original)
        except OSError:
            if bar is not None:
                bar.say(Trouble("The file could not be written there. Nothing was lost.", "Choose another folder."))
            return
        if bar is not None:
            bar.done(f"Saved as {path.name}. There it is not encrypted: delete it when you are done.")
        self.saved.emit(path)


def pages_of(data: bytes, media: str) -> bytes:
    """What is shown of a file, as PDF; may run off the window's thread. media: PDF, JPEG or PNG.

    Trouble for a picture that cannot be read.
    """
    if media == "PDF":
        return data
    source = QBuffer()
    source.setData(data)
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(_MOST_MEGABYTES)
    reader = QImageReader(source, QByteArray(media.lower().encode()))
    reader.setAutoTransform(True)                       # a telephone held upright says so beside the picture
    picture = reader.read()
    if picture.isNull():
        raise Trouble("That picture cannot be shown: it is damaged, or too large to unpack.",
                      "Ask for it again, or take it out with “evidence get”. The record of it is safe.")
    return _on_paper(picture)


def _on_paper(picture: Any) -> bytes:
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(target)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    turned = picture.width() > picture.height()
    writer.setPageOrientation(QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait)
    writer.setPageMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM), QPageLayout.Unit.Millimeter)
    painter = QPainter(writer)
    room = QRect(0, 0, writer.width(), writer.height())
    size: QSize = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRect(room.topLeft(), size), picture)
    painter.end()
    return bytes(target.data().data())
