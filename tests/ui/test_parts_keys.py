"""Keys of buttons, choices, lists and previews do one thing each, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.pdf_preview import PdfPreview
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.suggestions import close_with_their_box
from coachdesk.ui.parts.theme import Theme
from tests.ui.accessibility import assert_whole_words
from tests.ui.conftest import FakeDialogs

MODES = (("face", "Face to face"), ("phone", "Phone"), ("text", "Text message"))
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class NameRow:
    id: int
    name: str


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> Iterator[QWidget]:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    yield made


def shown(qtbot: QtBot, window: QWidget, *widgets: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    window.resize(700, 500)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_a_shortcut_stands_beside_the_letter_and_outlives_new_words(qtbot: QtBot, window: QWidget) -> None:
    pressed: list[str] = []
    button, box = Button("Sa&ve", lambda: pressed.append("pressed"), keys="Ctrl+N"), QLineEdit()
    shown(qtbot, window, box, button)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_N, CTRL)
    assert pressed == ["pressed"]                       # at once, not 100 ms later
    qtbot.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(pressed) == 2)
    button.setText("&Keep…")
    qtbot.keyClick(box, Qt.Key.Key_N, CTRL)
    assert len(pressed) == 3
    assert button.toolTip() == "Keep (Ctrl+N)"
    button.setEnabled(False)
    qtbot.keyClick(box, Qt.Key.Key_N, CTRL)
    button.setEnabled(True)
    button.hide()
    qtbot.keyClick(box, Qt.Key.Key_N, CTRL)
    assert len(pressed) == 3


def test_half_typed_words_that_fit_one_choice_are_that_choice(qtbot: QtBot, window: QWidget) -> None:
    form = Form()
    mode = form.add("Mode", ChoiceField(MODES), required=True)
    shown(qtbot, window, form)
    mode.setFocus()
    qtbot.keyClicks(mode, "pho")
    assert (mode.value(), mode.problem()) == ("phone", "")
    assert form.check()
    assert mode.currentText() == "Phone"
    mode.setEditText("e")
    assert mode.value() is None and "not in the list" in mode.problem()
    assert not form.check()
    assert mode.currentText() == "e"


def test_a_list_that_gets_the_keyboard_shows_where_it_stands(qtbot: QtBot, window: QWidget) -> None:
    table, box = RowTable("People", [Column("Name", "name", 0)]), QLineEdit()
    shown(qtbot, window, box, table)
    box.setFocus()
    table.show_rows([NameRow(1, "Zoë"), NameRow(2, "Łukasz")])
    chosen = table.view.selectionModel()
    assert not chosen.hasSelection()
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    qtbot.waitUntil(table.view.hasFocus)
    assert [index.row() for index in chosen.selectedRows()] == [0]
    table.show_rows([NameRow(3, "Amir")])
    assert [index.row() for index in chosen.selectedRows()] == [0]


def test_ctrl_p_prints_the_preview_while_the_keyboard_is_in_it_and_is_the_windows_elsewhere(
    qtbot: QtBot, window: QWidget, dialogs: FakeDialogs
) -> None:
    printed: list[str] = []
    heard: list[str] = []
    preview, box = PdfPreview(dialogs), QLineEdit()
    preview.print_button.clicked.disconnect()
    preview.print_button.clicked.connect(lambda: printed.append("printed"))
    for keys in ("Ctrl+P", "Ctrl+Shift+S"):
        shortcut = QShortcut(QKeySequence(keys), window)
        shortcut.activated.connect(lambda keys=keys: heard.append(keys))
        shortcut.activatedAmbiguously.connect(lambda keys=keys: heard.append(f"{keys} is ambiguous"))
    shown(qtbot, window, box, preview)
    preview.back_button.setFocus()
    qtbot.keyClick(preview.back_button, Qt.Key.Key_P, CTRL)
    assert (printed, heard) == (["printed"], [])
    qtbot.keyClick(preview.back_button, Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert dialogs.asked == ["print.pdf"] and heard == []
    with qtbot.waitSignal(preview.closed):
        qtbot.keyClick(preview.back_button, Qt.Key.Key_Escape)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_P, CTRL)
    assert (printed, heard) == (["printed"], ["Ctrl+P"])


def test_actions_go_below_the_title_when_they_do_not_fit_beside_it(qtbot: QtBot, window: QWidget, theme: Theme) -> None:
    page: Any = Page("Claims", "Batchley, July 2020: worked out now, not drafted")
    buttons = [page.add_action(words, lambda: None) for words in ("All claims", "Print schedule", "Paid…", "Send…")]
    page.body.addStretch(1)
    shown(qtbot, window, page)
    window.resize(1100, 500)
    QApplication.processEvents()
    assert buttons[0].mapTo(page, buttons[0].rect().topLeft()).x() > page.title.geometry().right()
    theme.set_scale(200)
    window.resize(700, 700)
    qtbot.waitUntil(lambda: buttons[0].mapTo(page, buttons[0].rect().topLeft()).y() > page.subtitle.geometry().bottom())
    QApplication.processEvents()
    assert window.minimumSizeHint().width() < 700
    assert_whole_words(page)


def test_suggestions_close_with_the_box_that_is_left_and_do_not_take_the_next_letter(
        qtbot: QtBot, window: QWidget, qapp: QApplication) -> None:
    close_with_their_box(qapp)
    form = Form()
    kind, day = form.add("&Kind", ChoiceField(MODES)), form.add("&Day", LineField("day"))
    shown(qtbot, window, form)
    kind.setFocus()
    qtbot.keyClick(kind, "p")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert QApplication.activePopupWidget() is None and day.hasFocus()
    assert kind.value() == "phone" and kind.currentText() == "Phone"


def test_typing_replaces_a_choice_that_the_form_led_to(qtbot: QtBot, window: QWidget) -> None:
    form = Form()
    form.add("&Day", LineField("day"))
    kind = form.add("&Kind", ChoiceField(MODES))
    kind.set_value("face")
    shown(qtbot, window, form)
    kind.setFocus()
    qtbot.keyClicks(kind, "phone")
    assert kind.value() == "phone"
