"""Messages are lines above the page; figures drill down; what is printed is seen first."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.errors import Refusal
from coachdesk.ui.parts.dialogs import Question
from coachdesk.ui.parts.figure import Figure, FigureRow
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.pdf_preview import PdfPreview
from coachdesk.ui.parts.progress import ProgressStrip
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.work import Task
from tests.ui.accessibility import cut_off, unnamed
from tests.ui.conftest import FakeDialogs


def test_a_message_says_its_kind_in_words_and_f8_takes_it_away(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = MessageBar(window)
    with qtbot.waitExposed(window):
        window.show()
    bar.say(Refusal("That month is sent. Nothing was changed.", "Correct it by an adjustment."))
    assert bar.text() == "Not done: That month is sent. Nothing was changed. Correct it by an adjustment."
    assert unnamed(bar) == []
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert bar.text() == ""


def test_a_figure_is_read_with_its_label_and_drills_down_by_key(qtbot: QtBot, theme: Theme) -> None:
    figure = Figure("Overdue", "2", "since 3 July")
    qtbot.addWidget(figure)
    with qtbot.waitExposed(figure):
        figure.show()
    assert figure.accessibleName() == "Overdue: 2 since 3 July"
    with qtbot.waitSignal(figure.drilled):
        qtbot.keyClick(figure, Qt.Key.Key_Space)


def test_figures_go_on_below_when_the_text_is_large(qtbot: QtBot, theme: Theme) -> None:
    row = FigureRow(*(Figure(f"Awaiting a reply {at}", "£4,120.00", "three for over a week") for at in range(4)))
    qtbot.addWidget(row)
    row.resize(900, 100)
    with qtbot.waitExposed(row):
        row.show()
    tops = {figure.y() for figure in row.findChildren(Figure)}
    theme.set_scale(200)
    row.resize(899, 600)
    qtbot.waitUntil(lambda: len({figure.y() for figure in row.findChildren(Figure)}) > len(tops))
    row.resize(901, 700)
    qtbot.waitUntil(lambda: cut_off(row) == [])


def pdf(pages: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out)
    for at in range(pages):
        canvas.drawString(100, 700, f"page {at + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_a_document_is_seen_saved_and_printed(qtbot: QtBot, theme: Theme, dialogs: FakeDialogs, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    bar, preview = MessageBar(), PdfPreview(dialogs)
    layout.addWidget(bar)
    layout.addWidget(preview)
    with qtbot.waitExposed(window):
        window.show()
    content = pdf(2)
    preview.show_pdf(content, "Caseload summary", "caseload.pdf")
    assert preview.page_count() == 2
    dialogs.next_file = tmp_path / "out"
    preview.save()
    assert (tmp_path / "out.pdf").read_bytes() == content
    assert bar.kind == "done"
    dialogs.next_file = tmp_path / "nowhere" / "out.pdf"
    preview.save()
    assert bar.kind == "trouble" and "Nothing was lost" in bar.text()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.print_on(printer)
    assert (tmp_path / "printed.pdf").stat().st_size > 1000
    assert unnamed(window) == []


def test_a_question_names_its_buttons_by_their_deeds(qtbot: QtBot, theme: Theme) -> None:
    question = Question(None, "Erase", "Erase this draft? It cannot be brought back.", "Erase it", "Keep it")
    qtbot.addWidget(question)
    with qtbot.waitExposed(question):
        question.show()
    assert unnamed(question) == []
    with qtbot.waitSignal(question.rejected):
        qtbot.keyClick(question, Qt.Key.Key_Escape)


def test_cancel_stops_the_task_and_takes_the_strip_away(qtbot: QtBot, theme: Theme) -> None:
    strip, task = ProgressStrip(), Task()
    qtbot.addWidget(strip)
    strip.follow(task, "Reading postcodes")
    strip.step((5, 10, "Reading postcodes: 5 of 10"))
    assert unnamed(strip) == []
    strip.cancel()
    assert task.cancelled and strip.isHidden()
