"""Tables hold a hundred thousand rows by looking at a few, and are worked by keyboard."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from coachdesk.ui.parts.privacy import set_in_public, shown_name
from coachdesk.ui.parts.row_table import Column, RowTable, money
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.work import Work
from tests.ui.accessibility import unnamed

COLUMNS = [Column("Name", "name", 0, sort="name", private=True), Column("Born", "born"), Column("Paid", "pence", 10, "right", show=money)]


@dataclass(frozen=True)
class PersonRow:
    id: int
    name: str
    born: date | None
    pence: int | None


def person(number: int) -> PersonRow:
    return PersonRow(number, f"Zoë Łuka-{number}", date(1984, 6, 5), number * 100)


class Asked:
    """Remembers which ids were asked for."""

    def __init__(self) -> None:
        self.ids: list[int] = []

    def __call__(self, ids: Sequence[Any]) -> list[PersonRow]:
        self.ids.extend(ids)
        return [person(number) for number in ids]


def shown(qtbot: QtBot, **more: Any) -> RowTable:
    table = RowTable("People", COLUMNS, empty="Nobody yet. Register the first person.", **more)
    qtbot.addWidget(table)
    table.resize(700, 400)
    with qtbot.waitExposed(table):
        table.show()
    return table


def test_a_hundred_thousand_rows_cost_the_blocks_that_are_seen(qtbot: QtBot, theme: Theme) -> None:
    table, asked = shown(qtbot), Asked()
    table.show_ids(array("q", range(100_000)), asked)
    table.grab()
    assert table.count() == 100_000
    assert len(asked.ids) == 128
    table.view.scrollToBottom()
    table.grab()
    assert table.text(99_999, 0) == "Zoë Łuka-99999"
    assert len(asked.ids) <= 4 * 128


def test_rows_may_come_from_the_worker_and_fill_in(qtbot: QtBot, theme: Theme, work: Work) -> None:
    table, asked = shown(qtbot), Asked()
    table.show_ids(array("q", range(1000)), asked, work)
    assert table.text(0, 0) == "…"
    with qtbot.waitSignal(table.model.dataChanged):
        pass
    assert table.text(0, 0) == "Zoë Łuka-0"


def test_a_first_page_that_is_at_hand_is_shown_without_asking(qtbot: QtBot, theme: Theme) -> None:
    table, asked = shown(qtbot), Asked()
    table.show_ids(array("q", range(1000)), asked, first_rows=[person(number) for number in range(128)])
    assert table.text(5, 2) == "£5.00"
    assert asked.ids == []


def test_enter_opens_the_row_and_ctrl_c_copies_it(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot)
    table.show_rows([person(1), person(2)])
    qtbot.keyClick(table.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.row_chosen) as chosen:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert chosen.args == [person(2)]
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Zoë Łuka-2\t5 Jun 1984\t£2.00"


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot)
    table.show_rows([person(number) for number in range(300)])
    table.view.setFocus()
    for key, row in ((Qt.Key.Key_End, 299), (Qt.Key.Key_Home, 0)):
        qtbot.keyClick(table.view, key)
        assert table.current() == person(row)


def test_one_stays_on_the_same_record_when_the_list_is_shown_again(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot)
    table.show_rows([person(number) for number in range(10)])
    table.go_to(4)
    table.show_rows([person(number) for number in range(2, 12)])
    assert table.current() == person(4)


def test_an_empty_list_says_what_to_do_next(qtbot: QtBot, theme: Theme) -> None:
    pressed: list[bool] = []
    table = shown(qtbot, empty_button="Register a person", on_empty=lambda: pressed.append(True))
    table.show_rows([])
    assert table.empty_button is not None and table.empty_button.isVisible()
    table.empty_button.click()
    assert pressed == [True]
    table.show_rows([person(1)])
    assert not table.empty_button.isVisible()


def test_a_header_asks_for_another_order_and_then_for_its_reverse(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot)
    heard: list[tuple[str, bool]] = []
    table.sort_requested.connect(lambda name, rising: heard.append((name, rising)))
    header = table.view.horizontalHeader()
    for column in (0, 0, 1):
        header.sectionClicked.emit(column)
    assert heard == [("name", True), ("name", False)]


def test_a_screen_reader_hears_the_column_and_the_cell(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot)
    table.show_rows([PersonRow(1, "Imran", None, None)])
    said = [table.model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(3)]
    assert said == ["Name: Imran", "Born: empty", "Paid: empty"]
    assert unnamed(table) == []


def test_in_a_public_place_names_are_initials(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot)
    table.show_rows([person(1)])
    set_in_public(True)
    assert table.text(0, 0) == "Z. Ł."
    assert shown_name("Zoë Łuka", "P-12") == "Z. Ł. P-12"
    set_in_public(False)
    assert table.text(0, 0) == "Zoë Łuka-1"


def test_a_long_list_begins_with_what_is_seen_and_goes_on_without_a_blink(qtbot: QtBot, theme: Theme) -> None:
    table, asked = shown(qtbot), Asked()
    keys = array("q", range(1000))
    table.begin(keys[:128], [person(number) for number in keys[:128]], 1000)
    assert (table.count(), table.text(5, 0), table.text(500, 0)) == (1000, "Zoë Łuka-5", "…")
    table.go_to(7)
    blinked: list[bool] = []
    table.model.modelReset.connect(lambda: blinked.append(True))
    table.show_ids(keys, asked)
    assert (blinked, asked.ids, table.current()) == ([], [], person(7))
    assert table.text(500, 0) == "Zoë Łuka-500"
    assert asked.ids == [*range(384, 512)]


def test_a_list_that_changed_while_its_order_was_read_is_shown_anew(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot)
    table.begin(array("q", range(128)), [person(number) for number in range(128)], 1000)
    table.go_to(3)
    table.show_ids(array("q", range(2, 999)), Asked())
    assert (table.count(), table.text(0, 0), table.current()) == (997, "Zoë Łuka-2", person(3))


def test_who_stands_further_down_is_not_sent_back_by_a_list_that_begins_again(qtbot: QtBot, theme: Theme) -> None:
    table, keys = shown(qtbot), array("q", range(1000))
    table.show_ids(keys, Asked())
    table.go_to(600)
    table.begin(keys[:128], [person(number) for number in keys[:128]], 1000)
    assert table.current() == person(600)
    table.go_to(3)
    table.begin(array("q", range(10, 138)), [person(number) for number in range(10, 138)], 1000)
    assert table.current() == person(3)


def test_a_short_list_may_begin_whole(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot)
    table.begin(array("q", [4, 5]), [person(4), person(5)], 2)
    assert [table.text(at, 0) for at in range(table.count())] == ["Zoë Łuka-4", "Zoë Łuka-5"]
    table.begin(array("q"), [], 0)
    assert table.count() == 0


def picture(table: RowTable) -> QImage:
    return table.view.viewport().grab().toImage()


def test_words_are_drawn_as_they_are_and_never_as_rich_text(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot)
    table.show_rows([PersonRow(1, "<b></b><i></i>", None, None)])
    marked = picture(table)
    table.show_rows([PersonRow(1, "", None, None)])
    assert marked != picture(table)                     # as rich text it would be nothing at all


def test_a_picture_of_the_list_follows_selection_columns_letters_and_public_place(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot)
    table.show_rows([PersonRow(number, f"A name that is long-{number}", None, 5) for number in range(20)])
    seen = [picture(table)]

    def changed() -> bool:
        seen.append(picture(table))
        return seen[-1] not in seen[:-1]

    table.go_to(2)
    assert changed()
    accent = table.view.palette().color(QPalette.ColorRole.Accent)
    high = table.view.verticalHeader().defaultSectionSize()
    assert [seen[-1].pixelColor(1, high * at + high // 2) == accent for at in range(4)] == [False, False, True, False]
    table.view.horizontalHeader().resizeSection(0, 90)
    assert changed()
    theme.set_scale(150)
    assert changed()
    set_in_public(True)
    assert changed()
    set_in_public(False)


def test_right_aligned_words_end_before_the_edge_of_their_column_and_long_ones_are_cut(qtbot: QtBot, theme: Theme) -> None:
    table = shown(qtbot)
    table.show_rows([PersonRow(0, "", None, None), PersonRow(1, "Wherever " * 60, None, 123_456)])
    drawn, header = picture(table), table.view.horizontalHeader()
    ground = table.view.palette().color(QPalette.ColorRole.AlternateBase)
    high = table.view.verticalHeader().defaultSectionSize()

    def inked(column: int) -> list[int]:
        left = header.sectionViewportPosition(column)
        return [at for at in range(header.sectionSize(column))
                if any(drawn.pixelColor(left + at, row) != ground for row in range(high + 2, 2 * high - 2))]

    inset = round(table.view.fontMetrics().lineSpacing() * 0.44)
    for column in (0, 2):
        assert header.sectionSize(column) - 3 * inset < inked(column)[-1] < header.sectionSize(column) - inset + 2
    assert inked(2)[0] > inset + 4
    assert inked(1) == []


def test_a_column_may_be_drawn_by_another_hand(qtbot: QtBot, theme: Theme) -> None:
    rows: list[tuple[int, int, int]] = []

    class Hand(QStyledItemDelegate):
        def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
            rows.append((index.row(), index.column(), cast(Any, option).rect.width()))

    table = shown(qtbot)
    table.view.setItemDelegateForColumn(1, Hand(table))
    table.show_rows([person(1), person(2)])
    table.grab()
    assert set(rows) == {(at, 1, table.view.columnWidth(1)) for at in range(2)}
