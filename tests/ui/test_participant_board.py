"""The board by keyboard: from stage to stage, who is chosen in words, and the person on Enter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coachdesk.ui.participant.board_view import BoardView
from coachdesk.ui.parts.privacy import set_in_public
from tests.ui.participants import Tried, page_on_its_stage, three_people

__all__ = ["page_on_its_stage", "three_people"]
Key = Qt.Key


def board(tried: Tried) -> BoardView:
    tried.page.list_views.go("board")
    tried.settle()
    tried.page.caseload.show_mine(False)
    tried.page.board.read()
    tried.settle()
    tried.page.board.first_focus()
    tried.settle()
    return tried.page.board


def test_whoever_is_chosen_is_said_in_a_line_and_opened_by_enter(tried: Tried) -> None:
    shown = board(tried)
    assert shown.chosen.text().startswith("Zoë Kowalska · ")
    assert "no help yet · help 0 of 3" in shown.chosen.text()
    assert shown.chosen.text().endswith("overdue: ring about the CV, 8 May 2020")
    tried.press(Key.Key_Down)
    assert shown.chosen.text().startswith("Amara Okafor · ")
    tried.press(Key.Key_Return)
    tried.shows_person()
    assert tried.page.title.text() == "Amara Okafor"


def test_left_and_right_go_round_the_stages(tried: Tried) -> None:
    shown = board(tried)
    for stage in (1, 2, 3, 4, 0):
        tried.press(Key.Key_Right)
        assert shown.lists[stage].isAncestorOf(QApplication.focusWidget())
    tried.press(Key.Key_Left)
    assert shown.lists[4].isAncestorOf(QApplication.focusWidget())
    assert shown.chosen.text().startswith("People move as help")


def test_in_a_public_place_the_line_names_nobody_and_says_nothing_private(tried: Tried) -> None:
    shown = board(tried)
    set_in_public(True)
    tried.page.set_public_place(True)
    assert "Kowalska" not in shown.chosen.text()
    assert "CV" not in shown.chosen.text()
    assert "Z. K." in shown.chosen.text()
