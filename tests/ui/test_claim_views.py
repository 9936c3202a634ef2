"""The views of the claims screen by keys over a real store: the board, the agreement, what if, cash, the pack and a remittance."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.activity import actions as activity
from coachdesk.claim import actions, queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.views import Views
from coachdesk.ui.claim.page import AGREE, BOARD, CASH, MONTH, WHAT_IF, ClaimPage
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.theme import Theme
from tests.ui.accessibility import assert_whole_words, unnamed
from tests.ui.conftest import FakeDialogs
from tests.ui.test_claim_page import MARCH, START, lot, march, page, press, settled  # noqa: F401

Stage = Callable[[Any], MessageBar]
ALT = Qt.KeyboardModifier.AltModifier


def look(qtbot: QtBot, desk: Desk, page: ClaimPage, key: str) -> Any:  # noqa: F811
    page.show_view(key)
    settled(qtbot, desk)
    return page._stack.currentWidget()


def send(desk: Desk, lot: UUID) -> UUID:  # noqa: F811
    made: UUID = desk.store.act(desk.owner, "draft", lambda s: actions.draft(s, lot=lot, month=MARCH)).result
    desk.store.act(desk.owner, "send", lambda s: actions.send(s, made), lasting=True)
    return made


def test_the_board_names_what_changed_and_a_decision_is_kept_with_its_reason(qtbot: QtBot, desk: Desk, page: ClaimPage, lot: UUID,  # noqa: F811
                                                                            stage: Stage) -> None:
    desk.store.act(desk.owner, "sign", lambda s: activity.sign_off(s, lot=lot, month=MARCH))
    bar = stage(page)
    march(qtbot, desk, page)
    view = look(qtbot, desk, page, BOARD)
    assert view.coaches.count() and view.missing.count() == 1 and "privacy notice" in view.missing.text(0, 0)
    with qtbot.waitSignal(page.open_requested) as heard:
        qtbot.keyClick(view.missing.view, Qt.Key.Key_Return)
    assert heard.args[0] == "participant"
    view.form.choice.set_value("going ahead")
    view.form.reason.setText("the notice follows")
    view.form.save()
    settled(qtbot, desk)
    assert "Kept: going ahead." in bar.text()
    assert (view.chosen.text(0, 0), view.chosen.text(0, 1)) == ("going ahead", "the notice follows")


def test_a_line_is_rejected_from_the_agreement_and_opens_from_there(qtbot: QtBot, desk: Desk, page: ClaimPage, lot: UUID,  # noqa: F811
                                                                    stage: Stage) -> None:
    claim = send(desk, lot)
    stage(page)
    march(qtbot, desk, page)
    view = look(qtbot, desk, page, AGREE)
    assert "Desk £1,550.00, sent £1,550.00, paid £0.00" in page.subtitle.text()
    view.gaps.setFocus()
    view.gaps.go_to(1)
    number = view.gaps.current().number
    assert view.form.line.value() == number
    view.form.answer.set_value("rejected")
    view.form.reason.setText("slip not signed")
    view.form.save()
    settled(qtbot, desk)
    with desk.store.read() as session:
        (row,) = queries.answers(session, claim=claim)
    assert (row.line, row.answer, row.reason) == (number, "rejected", "slip not signed")
    settled(qtbot, desk)
    assert any("slip not signed" in view.gaps.text(at, 5) for at in range(view.gaps.count()))
    view.gaps.setFocus()
    qtbot.keyClick(view.gaps.view, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert page._stack.currentWidget() is page.month_view


def test_a_remittance_is_tried_told_and_taken(qtbot: QtBot, desk: Desk, page: ClaimPage, lot: UUID, stage: Stage, tmp_path: Path) -> None:  # noqa: F811
    send(desk, lot)
    bar = stage(page)
    march(qtbot, desk, page)
    view = look(qtbot, desk, page, AGREE)
    dialogs = desk.dialogs
    assert isinstance(dialogs, FakeDialogs)
    file = tmp_path / "paid.csv"
    file.write_text(f"claim,lot,line,amount\n1,Shard End,1,{START / 100}\n1,Shard End,77,1.00\n", encoding="utf-8")
    dialogs.next_file = file
    view.file_button.click()
    settled(qtbot, desk)
    settled(qtbot, desk)
    assert "1 would be taken, £250.00 of it paid" in dialogs.asked[-1] and "Line 3" in dialogs.asked[-1]
    assert "1 taken, £250.00 of it paid; 0 as before, 1 refused." in bar.text()


def test_the_pack_is_three_files_in_the_folder_that_was_chosen(qtbot: QtBot, desk: Desk, page: ClaimPage, lot: UUID, stage: Stage,  # noqa: F811
                                                              tmp_path: Path) -> None:
    send(desk, lot)
    bar = stage(page)
    march(qtbot, desk, page)
    dialogs = desk.dialogs
    assert isinstance(dialogs, FakeDialogs)
    dialogs.next_folder = tmp_path
    press(qtbot, desk, page, "Ctrl+Shift+S")
    assert sorted(path.name for path in tmp_path.glob("claim-*")) == [
        "claim-shard-end-2020-03-receipt.json", "claim-shard-end-2020-03.pdf", "claim-shard-end-2020-03.xlsx"]
    assert "3 files are in" in bar.text()


def test_what_if_shows_both_sides_and_cash_opens_its_claim(qtbot: QtBot, desk: Desk, page: ClaimPage, lot: UUID, stage: Stage) -> None:  # noqa: F811
    stage(page)
    march(qtbot, desk, page)
    view = look(qtbot, desk, page, WHAT_IF)
    assert view.sums.text(view.sums.count() - 1, 3) == "£0.00"
    view.form.starts.setText("2")
    view.form.save()
    settled(qtbot, desk)
    assert view.sums.text(0, 3) == "£500.00" and "two more people start" in view.says.text()
    cash = look(qtbot, desk, page, CASH)
    assert cash.rows.count()
    cash.rows.setFocus()
    qtbot.keyClick(cash.rows.view, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert page._stack.currentWidget() is page.month_view


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("dark", [False, True])
def test_every_view_is_named_and_whole_in_light_and_dark_and_large(qtbot: QtBot, desk: Desk, page: ClaimPage, lot: UUID, stage: Stage,  # noqa: F811
                                                                  theme: Theme, scale: int, dark: bool) -> None:
    send(desk, lot)
    theme.scale, theme.dark = scale, dark
    theme.apply()
    stage(page)
    march(qtbot, desk, page)
    for key in (BOARD, AGREE, WHAT_IF, CASH, MONTH):
        look(qtbot, desk, page, key)
        QApplication.processEvents()
        assert unnamed(page) == []
        assert_whole_words(page)


def test_with_large_text_the_tabs_stand_closer_before_any_hides_behind_arrows(qtbot: QtBot, theme: Theme) -> None:
    theme.set_scale(200)
    views = Views("Views of the claims", (("a", "O&ne claim"), ("b", "&Before sending"), ("c", "A&greement"), ("d", "&What if")))
    qtbot.addWidget(views)
    views.resize(2_000, 60)
    views.show()
    wanted = views.tabs.sizeHint().width()
    views.resize(wanted - 60, views.sizeHint().height())
    qtbot.waitUntil(lambda: views.tabs.sizeHint().width() <= views.width())
    assert views.tabs.tabRect(3).right() <= views.width() and views.tabs.tabText(3) == "&What if"
    views.resize(wanted + 60, views.height())
    qtbot.waitUntil(lambda: views.tabs.sizeHint().width() == wanted)
    theme.set_scale(100)
    qtbot.waitUntil(lambda: views.tabs.sizeHint().width() < wanted)
    views.count("a", 1_234)
    assert views.tabs.tabText(0) == "O&ne claim (1,234)"
