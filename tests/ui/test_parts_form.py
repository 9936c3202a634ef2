"""Forms ask in order, by keyboard, and say what is wrong in words under the field."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, MoneyField, NoteField, TickField, WholeNumberField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.page import Page, Scrolled
from coachdesk.ui.parts.sides import Front
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import Theme
from tests.ui.accessibility import cut_off, unnamed, walk


class Asked(Form):
    """One field of each kind."""

    def __init__(self) -> None:
        super().__init__()
        self.section("Who", "As they say it")
        self.name = self.add("Given name", LineField(), required=True)
        self.born = self.add("Date of birth", DateField(lambda: date(2020, 7, 15), past_only=True), beside=True)
        self.pay = self.add("Pay", MoneyField(), hint="Before tax")
        self.minutes = self.add("Minutes", WholeNumberField(1, 600), beside=True)
        self.mode = self.add("Mode", ChoiceField([("face", "Face to face"), ("phone", "Phone"), ("text", "Text message")]))
        self.safe = self.add("Safe", TickField("Safe to leave a message"))
        self.note = self.add("Note", NoteField())
        self.save = Button("Save", self.submitted.emit, role="primary")
        self.buttons(self.save)


def shown(qtbot: QtBot) -> Asked:
    form = Asked()
    qtbot.addWidget(form)
    form.resize(700, 700)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    return form


def test_a_form_is_filled_in_by_keyboard_alone(qtbot: QtBot, theme: Theme) -> None:
    form = shown(qtbot)
    form.first_focus()
    for keys in ("Imran", "5 6 84", "12.50", "45", "pho"):
        qtbot.keyClicks(QApplication.focusWidget(), keys)
        qtbot.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), Qt.Key.Key_Tab)   # as the window system does
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "Came with a friend")
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [form.name.value(), form.born.value(), form.pay.value(), form.minutes.value(), form.mode.value(), form.safe.value(),
            form.note.value()] == ["Imran", date(1984, 6, 5), 1250, 45, "phone", True, "Came with a friend"]
    assert form.check()


def test_enter_in_a_line_submits(qtbot: QtBot, theme: Theme) -> None:
    form = shown(qtbot)
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(form.born.box, Qt.Key.Key_Return)


def test_what_is_wrong_is_said_under_its_field_and_to_a_screen_reader(qtbot: QtBot, theme: Theme) -> None:
    form = shown(qtbot)
    form.pay.setText("12.345")
    assert not form.check()
    assert QApplication.focusWidget() is form.name
    said = [label.text() for label in form.findChildren(PlainLabel) if label.property("role") == "problem" and label.isVisible()]
    assert said == ["⚠ Given name is needed. Nothing was saved yet.", "⚠ “12.345” is not an amount. Type pounds and pence: 12.50."]
    assert "not an amount" in form.pay.accessibleDescription()
    form.pay.setText("12")
    assert form.pay.accessibleDescription() == "Before tax"


def test_a_choice_takes_any_part_of_its_words_and_refuses_others(qtbot: QtBot, theme: Theme) -> None:
    form = shown(qtbot)
    line = form.mode.lineEdit()
    qtbot.keyClicks(line, "mess")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert form.mode.value() == "text"
    line.setText("pigeon")
    assert form.mode.value() is None
    assert "not in the list" in form.mode.problem()


def test_choices_may_be_replaced_and_keep_the_value(qtbot: QtBot, theme: Theme) -> None:
    form = shown(qtbot)
    form.mode.set_value("phone")
    form.mode.set_choices([("post", "Post"), ("phone", "Telephone")])
    assert form.mode.value() == "phone"
    form.mode.set_choices([("post", "Post")])
    assert form.mode.value() is None


def test_a_day_that_was_understood_is_shown_in_words(qtbot: QtBot, theme: Theme) -> None:
    form = shown(qtbot)
    qtbot.keyClicks(form.born.box, "5/6/84")
    assert "Tuesday 5 June 1984" in [label.text() for label in form.born.findChildren(PlainLabel)]
    form.born.set_value(date(1990, 1, 2))
    assert form.born.value() == date(1990, 1, 2)


def test_every_field_has_a_name_and_a_letter_of_its_own(qtbot: QtBot, theme: Theme) -> None:
    form = shown(qtbot)
    assert unnamed(form) == []
    assert len(list(walk(form))) > 10
    marked = [label.text() for label in form.findChildren(PlainLabel) if "&" in label.text() and label.isVisible()] + [form.safe.text()]
    letters = [words[words.index("&") + 1].casefold() for words in marked]
    assert len(letters) == 7
    assert len(set(letters)) == len(letters)


def test_twice_the_text_size_cuts_nothing_off(qtbot: QtBot, theme: Theme) -> None:
    form = Asked()
    page = Scrolled(form)
    qtbot.addWidget(page)
    page.resize(700, 500)
    theme.set_scale(200)
    with qtbot.waitExposed(page):
        page.show()
    form.check()
    qtbot.waitUntil(lambda: cut_off(form) == [])


def test_what_is_wrong_in_a_narrow_form_is_read_whole_however_wide_the_window_is(theme: Theme, qtbot: QtBot) -> None:
    form = Form()
    first = form.add("Postcode of the new place", LineField("B34 7AA", 12), required=True)
    form.add("Lot of the new place", LineField("", 12), required=True, beside=True)
    for at in range(9):
        form.add(f"Field {at}", LineField("", 12))
    form.setMaximumWidth(360)
    scrolled = Scrolled(form)
    qtbot.addWidget(scrolled)
    scrolled.resize(1000, 300)
    with qtbot.waitExposed(scrolled):
        scrolled.show()
    tall = first.height()
    form.check()
    QApplication.processEvents()
    assert form.width() == 360
    assert form.x() == 0
    said = next(label for label in form.row_of(first).findChildren(QLabel) if "needed" in label.text())
    assert first.height() == tall
    assert said.height() >= said.heightForWidth(said.width()) > said.fontMetrics().lineSpacing() * 2


def test_the_letter_of_a_field_goes_to_its_box_a_day_and_a_note_too(theme: Theme, qtbot: QtBot) -> None:
    form = Form()
    boxes = [form.add("&Name", LineField()), form.add("&Born", DateField(lambda: date(2020, 5, 12))), form.add("&Lot", ChoiceField()),
             form.add("N&ote", NoteField(2))]
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    for box, letter in zip(boxes, (Qt.Key.Key_N, Qt.Key.Key_B, Qt.Key.Key_L, Qt.Key.Key_O), strict=True):
        qtbot.keyClick(form, letter, Qt.KeyboardModifier.AltModifier)
        assert (box.focusProxy() or box).hasFocus(), letter


def test_buttons_that_appear_beside_a_title_ask_for_one_line_where_one_is_enough(theme: Theme, qtbot: QtBot) -> None:
    page = Page("A person")
    buttons = [page.add_action(f"Button {at}", lambda: None) for at in range(6)]
    for each in buttons:
        each.hide()
    qtbot.addWidget(page)
    page.resize(1100, 600)
    with qtbot.waitExposed(page):
        page.show()
    for each in buttons:
        each.show()
    for _ in range(3):
        QApplication.processEvents()
    assert page.minimumSizeHint().height() < buttons[0].height() * 4


def test_a_view_behind_asks_for_no_height_however_many_words_it_wraps(theme: Theme, qtbot: QtBot) -> None:
    front, one, long = Front(), PlainLabel("One line", wrap=True), PlainLabel("Many words. " * 400, wrap=True)
    front.addWidget(one)
    front.addWidget(long)
    holder = QWidget()
    QVBoxLayout(holder).addWidget(front)
    qtbot.addWidget(holder)
    holder.resize(300, 200)
    with qtbot.waitExposed(holder):
        holder.show()
    assert holder.heightForWidth(300) < 100
    front.setCurrentWidget(long)
    assert front.currentWidget() is long and holder.heightForWidth(300) > 400
