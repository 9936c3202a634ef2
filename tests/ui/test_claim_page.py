"""The claims screen, driven by keys over a real store: what is worked out, drafted, sent, paid, and what is said when it may not be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.activity import actions as activity
from coachdesk.claim import queries
from coachdesk.clock import month_from_text
from coachdesk.programme import queries as programme
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.claim.page import ClaimPage
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from tests.rooms.people import enrol
from tests.ui.accessibility import assert_whole_words, unnamed
from tests.ui.conftest import FakeDialogs

Stage = Callable[[Any], MessageBar]
MARCH, MAY = month_from_text("2020-03"), month_from_text("2020-05")
START, THREE, JOB = 25_000, 40_000, 90_000
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def lot(desk: Desk) -> UUID:
    """Shard End with one person who had three meaningful interventions, a reminder, and a job in March 2020."""

    def fill(session: Any) -> UUID:
        place = programme.lot_id(session, "Shard End")
        person = enrol(session, place)
        for day in (3, 10, 17):
            activity.log_intervention(
                session, participant=person, minutes=40, mode="face to face", kind="CV & job search", happened_on=date(2020, 3, day)
            )
        activity.log_intervention(
            session, participant=person, minutes=2, mode="text", kind="CV & job search", happened_on=date(2020, 3, 18)
        )
        activity.record_job(
            session, participant=person, started_on=date(2020, 3, 30), employer="Brook & Co", title="Packer", hours_a_week=20
        )
        return place

    found: UUID = desk.store.act(desk.owner, "fill", fill).result
    desk.lot = found
    return found


@pytest.fixture
def page(desk: Desk, lot: UUID) -> Iterator[ClaimPage]:
    made = ClaimPage(desk)
    yield made


def settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


def march(qtbot: QtBot, desk: Desk, page: ClaimPage) -> None:
    """Two months back by the keyboard."""
    for _step in range(2):
        qtbot.keyClick(page.month_view.lot, Qt.Key.Key_PageUp, CTRL)
        settled(qtbot, desk)


def press(qtbot: QtBot, desk: Desk, page: ClaimPage, keys: str) -> None:
    """A shortcut, wherever the keyboard is."""
    pressed = QKeySequence(keys)[0]
    qtbot.keyClick(QApplication.focusWidget() or page, pressed.key(), pressed.keyboardModifiers())
    settled(qtbot, desk)


def see(desk: Desk, lot: UUID, month: int = MARCH) -> queries.ClaimView:
    with desk.store.read() as session:
        return queries.figures(session, lot=lot, month=month)


def test_a_month_shows_its_lines_and_what_is_not_paid_with_the_reason(qtbot: QtBot, desk: Desk, page: ClaimPage, stage: Stage) -> None:
    stage(page)
    march(qtbot, desk, page)
    lines, unpaid = page.month_view.lines, page.month_view.unpaid
    assert [lines.text(at, 5) for at in range(lines.count())] == ["£250.00", "£400.00", "£900.00"]
    assert (unpaid.text(0, 0), unpaid.text(0, 3)) == ("18 Mar 2020", "not meaningful: a text message only")
    assert [unpaid.text(at, 3).partition(",")[0] for at in range(1, unpaid.count())] == [
        "Progression in work: no baseline of hours and pay was taken at the start",
        "Sustained work: 26 weeks: 1 of 182 days in work of at least 16 hours a week known up to 30 March 2020: 181 more needed",
    ]
    assert page.month_view.payable.value() == "£1,550.00"
    assert "March 2020: worked out now, not drafted" in page.subtitle.text()


def test_the_floor_shows_both_figures_and_which_won(qtbot: QtBot, desk: Desk, page: ClaimPage, stage: Stage) -> None:
    stage(page)
    view = page.month_view
    assert page.month == MAY
    floor = see(desk, page.lot or UUID(int=0), MAY).figures.floor
    assert floor is not None and floor.won == "floor"
    assert "this won" in view.floor.accessibleName() and "this won" not in view.actual.accessibleName()
    qtbot.keyClick(view.floor, Qt.Key.Key_Space)
    assert "The larger is paid: the floor" in view.chain.text()


def test_enter_on_a_line_goes_into_the_chain_and_escape_comes_back(qtbot: QtBot, desk: Desk, page: ClaimPage, stage: Stage) -> None:
    stage(page)
    march(qtbot, desk, page)
    view = page.month_view
    view.first_focus()
    qtbot.keyClick(view.lines.view, Qt.Key.Key_Down)
    assert "£400.00" in view.chain.text() and "one of three" in view.chain.text()
    qtbot.keyClick(view.lines.view, Qt.Key.Key_Return)
    link = QApplication.focusWidget()
    assert link is not None and link.accessibleName() == "Open this activity, step 1"
    with qtbot.waitSignal(page.open_requested) as heard:
        qtbot.keyClick(link, Qt.Key.Key_Return)
    assert heard.args[0] == "activity.intervention"
    qtbot.keyClick(link, Qt.Key.Key_Escape)
    assert view.lines.view.hasFocus()


def test_what_is_not_paid_opens_its_person(qtbot: QtBot, desk: Desk, page: ClaimPage, stage: Stage) -> None:
    stage(page)
    march(qtbot, desk, page)
    with qtbot.waitSignal(page.open_requested) as heard:
        qtbot.keyClick(page.month_view.unpaid.view, Qt.Key.Key_Return)
    assert heard.args[0] == "participant" and isinstance(heard.args[1], UUID)


def test_draft_send_and_paid_by_the_keyboard(
    qtbot: QtBot, desk: Desk, page: ClaimPage, stage: Stage, dialogs: FakeDialogs, lot: UUID
) -> None:
    bar = stage(page)
    march(qtbot, desk, page)
    press(qtbot, desk, page, "Ctrl+D")
    assert see(desk, lot).status == "draft"
    press(qtbot, desk, page, "Ctrl+Return")
    assert "cannot be undone" in dialogs.asked[-1]
    assert see(desk, lot).status == "sent"
    assert not page.draft_button.isEnabled()
    press(qtbot, desk, page, "Ctrl+M")
    form = page.month_view.payment
    qtbot.keyClicks(form.amount, "1500.50")
    qtbot.keyClick(form.amount, Qt.Key.Key_Return)
    settled(qtbot, desk)
    found = see(desk, lot)
    assert (found.status, found.paid_pence, found.paid_on) == ("paid", 150_050, date(2020, 5, 12))
    assert "£1,500.50" in bar.text()


def test_a_question_answered_with_no_sends_nothing(
    qtbot: QtBot, desk: Desk, page: ClaimPage, stage: Stage, dialogs: FakeDialogs, lot: UUID
) -> None:
    stage(page)
    march(qtbot, desk, page)
    press(qtbot, desk, page, "Ctrl+D")
    dialogs.next_yes = False
    press(qtbot, desk, page, "Ctrl+Return")
    assert see(desk, lot).status == "draft"


def test_sending_before_drafting_is_said(qtbot: QtBot, desk: Desk, page: ClaimPage, stage: Stage) -> None:
    bar = stage(page)
    press(qtbot, desk, page, "Ctrl+Return")
    assert bar.kind == "refused" and "not drafted" in bar.text()


def test_somebody_who_is_no_lead_is_told_so_in_the_bar(qtbot: QtBot, desk: Desk, page: ClaimPage, stage: Stage, lot: UUID) -> None:
    with desk.store.read() as session:
        desk.owner = next(row.id for row in programme.members(session) if row.role == "coach")
    bar = stage(page)
    press(qtbot, desk, page, "Ctrl+D")
    assert bar.kind == "refused" and "Only a lead" in bar.text()
    assert see(desk, lot, MAY).claim_id is None


def test_all_claims_at_a_glance_and_enter_opens_a_month(qtbot: QtBot, desk: Desk, page: ClaimPage, stage: Stage, lot: UUID) -> None:
    stage(page)
    march(qtbot, desk, page)
    press(qtbot, desk, page, "Ctrl+D")
    press(qtbot, desk, page, "Ctrl+O")
    grid = page.overview
    assert grid.view.hasFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(grid.view, key)
    assert "Shard End, March 2020: drafted; 3 lines, own claim £1,550.00" in grid.below()
    assert "Earned in it: worth £1,550.00 today, £0.00 taken by claims, £1,550.00 is open." in grid.below()
    assert "£1,550.00 earned and in no claim that went out" in page.subtitle.text()
    qtbot.keyClick(grid.view, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert (page.lot, page.month) == (lot, MARCH) and page.month_view.isVisible()


def test_a_line_found_elsewhere_is_shown_in_its_month(qtbot: QtBot, desk: Desk, page: ClaimPage, stage: Stage) -> None:
    stage(page)
    march(qtbot, desk, page)
    press(qtbot, desk, page, "Ctrl+D")
    page.look_at(page.lot, MAY)
    with desk.store.read() as session:
        line = next(row for row in queries.lines(session) if row.milestone == "job")
    page.open("claim.line", line.id)
    settled(qtbot, desk)
    assert page.month == MARCH
    assert page.month_view.lines.current().title == "Job entry"


def test_the_schedule_is_previewed_and_escape_comes_back(qtbot: QtBot, desk: Desk, page: ClaimPage, stage: Stage) -> None:
    stage(page)
    march(qtbot, desk, page)
    press(qtbot, desk, page, "Ctrl+Shift+T")
    assert page.paper.preview is not None and page.paper.preview.page_count() >= 1
    qtbot.keyClick(page.paper.preview, Qt.Key.Key_Escape)
    assert page.month_view.isVisible()


def test_in_a_public_place_nobody_is_named(qtbot: QtBot, desk: Desk, page: ClaimPage, stage: Stage) -> None:
    stage(page)
    march(qtbot, desk, page)
    set_in_public(True)
    page.set_public_place(True)
    view = page.month_view
    shown = [view.lines.text(0, 1), view.unpaid.text(0, 1), view.chain.text()]
    assert not any("Kowalska" in words for words in shown)
    assert shown[1].startswith("Z. K. CW-")


@pytest.mark.parametrize("scale", [100, 200])
def test_everything_has_a_name_and_room(desk: Desk, page: ClaimPage, stage: Stage, theme: Theme, qtbot: QtBot, scale: int) -> None:
    theme.set_scale(scale)
    stage(page)
    march(qtbot, desk, page)
    assert unnamed(page) == []
    if scale == 100:
        assert_whole_words(page)
    page.switch()
    settled(qtbot, desk)
    assert unnamed(page) == []
