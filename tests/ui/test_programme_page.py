"""The programme screen over a real store and the editions that ship: lots, wards, providers, terms, imports and look-ups, by keys."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.programme import queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.programme.page import ProgrammePage
from tests.ui.accessibility import unnamed
from tests.ui.conftest import FakeDialogs

Stage = Callable[[Any], MessageBar]


@pytest.fixture
def page(desk: Desk) -> ProgrammePage:
    return ProgrammePage(desk)


def settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


def press(qtbot: QtBot, desk: Desk, page: ProgrammePage, keys: str) -> None:
    """A key, wherever the keyboard is."""
    pressed = QKeySequence(keys)[0]
    qtbot.keyClick(QApplication.focusWidget() or page, pressed.key(), pressed.keyboardModifiers())
    settled(qtbot, desk)


def words(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(PlainLabel) if not label.isHidden())


def go_to(qtbot: QtBot, desk: Desk, page: ProgrammePage, name: str) -> None:
    """Down the list until the lot is under the keyboard."""
    page.first_focus()
    while page.lots.lots.current().name != name:
        qtbot.keyClick(page.lots.lots.view, Qt.Key.Key_Down)
    settled(qtbot, desk)


def test_lots_show_their_wards_today_and_who_leads(qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage) -> None:
    stage(page)
    lots = page.lots.lots
    assert [(lots.text(at, 0), lots.text(at, 1)) for at in range(lots.count())] == [("Camp Hill", "Camp Hill"), ("Shard End", "Shard End")]
    assert "2 lots; every ward is as its own edition has it" in page.subtitle.text()
    go_to(qtbot, desk, page, "Shard End")
    said = words(page.lots.wards)
    assert "Shard End, E05011165, as in 2021.4.0" in said and "✓ as its edition has it" in said
    assert "Olive Owner, lead" in words(page.lots.team)


def test_a_postcode_is_taken_in_by_the_keyboard_with_its_reason(qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage) -> None:
    bar = stage(page)
    go_to(qtbot, desk, page, "Shard End")
    qtbot.keyClick(page.lots.lots.view, Qt.Key.Key_Return)
    qtbot.keyClick(page.lots.inclusion.button, Qt.Key.Key_Return)
    typing = QApplication.focusWidget()
    assert typing is not None
    qtbot.keyClicks(typing, "b375tx")
    qtbot.keyClick(typing, Qt.Key.Key_Return)
    assert "Why it counts is needed" in words(page.lots.inclusion)
    qtbot.keyClicks(QApplication.focusWidget(), "agreed with the commissioner")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert bar.kind == "done"
    with desk.store.read() as session:
        assert ("B37 5TX", "agreed with the commissioner") in [(row.postcode, row.reason) for row in queries.inclusions(session)]
    qtbot.waitUntil(lambda: "B37 5TX: agreed with the commissioner" in words(page.lots.included))


def test_what_is_no_postcode_is_refused_in_the_bar_and_what_was_typed_stays(
    qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage
) -> None:
    bar = stage(page)
    page.lots.inclusion.unfold()
    page.lots.inclusion.form._rows[0].box.set_value("nonsense")
    page.lots.inclusion.form._rows[1].box.set_value("because")
    qtbot.keyClick(page.lots.inclusion.form._rows[1].box, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert bar.kind == "refused" and "nonsense" in bar.text()
    assert page.lots.inclusion.form.isVisible()


def test_a_new_provider_ends_the_one_before(qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage) -> None:
    stage(page)
    go_to(qtbot, desk, page, "Camp Hill")
    page.lots.provider.button.setFocus()
    qtbot.keyClick(page.lots.provider.button, Qt.Key.Key_Return)
    for typed in ("Riverside Works", "1/6/2020"):
        qtbot.keyClicks(QApplication.focusWidget(), typed)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settled(qtbot, desk)
    with desk.store.read() as session:
        held = [row for row in queries.tenures(session, lot=queries.lot_id(session, "Camp Hill")) if row.role == "lead provider"]
    assert (held[-1].body, held[-1].from_day) == ("Riverside Works", date(2020, 6, 1))
    assert held[-2].to_day == date(2020, 5, 31)


def test_terms_are_cards_with_clause_and_days_and_samples_are_said(desk: Desk, page: ProgrammePage, stage: Stage) -> None:
    stage(page)
    page.tabs.setCurrentWidget(page.contract)
    said = words(page.contract)
    assert "Sample figures" in said
    assert "Job entry: £900.00" in said and "1 October 2019 to 31 March 2022" in said
    assert "November 2019 to January 2020" in said


START = ('title = "Start: first meaningful help"\namount_pence = 25000\nclause = "Schedule 3, 2.1 (sample)"\nversion = "1"\n'
         "from = 2018-10-01\nto = 2022-03-31\n")


def test_terms_go_out_to_a_file_are_tried_with_a_report_and_come_in_by_keys(
    qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    bar = stage(page)
    page.tabs.setCurrentWidget(page.contract)
    dialogs.next_file = file = tmp_path / "terms.toml"
    qtbot.keyClick(page.contract.write_button, Qt.Key.Key_Space)
    settled(qtbot, desk)
    assert "The terms stand in terms.toml" in bar.text()
    elsewhere = [line for line in file.read_text("utf-8").splitlines() if line.startswith('"') and line.split('"')[1] not in (
        "Camp Hill", "Shard End")]          # the template's other lots, which this small store does not have
    text = "".join(f"{line}\n" for line in file.read_text("utf-8").splitlines() if line not in elsewhere)
    file.write_text(text, "utf-8")
    file.write_text(text.replace("amount_pence = 25000", "amount_pence = 250.00", 1), "utf-8")
    qtbot.keyClick(page.contract.bring_button, Qt.Key.Key_Space)
    settled(qtbot, desk)
    assert "line 8: terms, milestones 1 (start): “amount_pence”: a whole number" in bar.text() and not page.terms.isVisible()
    assert START in text
    second = START.replace("25000", "26000").replace('version = "1"', 'version = "2"').replace("2018-10-01", "2020-03-01")
    newer = START.replace("to = 2022-03-31", "to = 2020-02-29") + '\n[[terms.milestones]]\ncode = "start"\nkind = "start"\n' + second
    file.write_text(text.replace(START, newer), "utf-8")
    qtbot.keyClick(page.contract.bring_button, Qt.Key.Key_Space)
    settled(qtbot, desk)
    assert page.terms.isVisible() and unnamed(page.terms) == []
    assert "Start: first meaningful help: £260.00" in words(page.terms) and "1 October 2018 to 29 February 2020" in words(page.terms)
    qtbot.keyClick(page.terms, Qt.Key.Key_Escape)
    assert not page.terms.isVisible()
    with desk.store.read() as session:
        assert [row.version for row in queries.terms(session) if row.code == "start"] == ["1"]
    qtbot.keyClick(page.contract.bring_button, Qt.Key.Key_Space)
    settled(qtbot, desk)
    assert page.terms.take_button.hasFocus()
    qtbot.keyClick(page.terms.take_button, Qt.Key.Key_Space)
    settled(qtbot, desk)
    assert "are in force as they are dated" in bar.text() and page.contract.isVisible()
    with desk.store.read() as session:
        assert [row.version for row in queries.terms(session) if row.code == "start"] == ["1", "2"]
    desk.undo(page, bar.setAccessibleName)
    settled(qtbot, desk)
    with desk.store.read() as session:
        assert [row.version for row in queries.terms(session) if row.code == "start"] == ["1"]


def test_how_partners_are_tended_is_changed_by_keys(qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage) -> None:
    bar = stage(page)
    page.tabs.setCurrentWidget(page.contract)
    page.first_focus()
    assert "at least every 42 days" in words(page.contract) and "2 too business-like" in words(page.contract)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    form = page.network
    assert unnamed(form) == [] and form.days.hasFocus()
    form.days.selectAll()
    qtbot.keyClicks(form.days, "21")
    form.steps.set_value("strangers\non speaking terms\nfriends")
    assert form.cold_to.value() is None
    form.cold_to.set_value("strangers")
    form.warm_from.set_value("friends")
    qtbot.keyClick(form.days, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert "was changed" in bar.text() and "at least every 21 days" in words(page.contract)
    with desk.store.read() as session:
        now = queries.network(session)
    assert (now.cadence_days, now.trust.steps, now.trust.warm_from) == (21, ("strangers", "on speaking terms", "friends"), "friends")
    assert page.contract.network_button is not None and page.contract.network_button.hasFocus()


def test_a_postcode_is_looked_up_in_every_edition_with_the_verdict(qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage) -> None:
    stage(page)
    page.tabs.setCurrentWidget(page.postcodes)
    page.first_focus()
    with desk.store.read() as session:
        page.postcodes.lot.set_value(queries.lot_id(session, "Shard End"))
    qtbot.keyClicks(page.postcodes.postcode, "b34 7aa")
    settled(qtbot, desk)
    assert page.postcodes.verdict_text().startswith("Eligible by residence")
    said = words(page.postcodes.answers)
    assert "2021.4.0" in said and "2025.2.0" in said and said.count("E05011165") == 2
    qtbot.keyClicks(page.postcodes.postcode, "x")
    qtbot.keyClick(page.postcodes.postcode, Qt.Key.Key_Return)
    assert "not a whole postcode" in words(page.postcodes.form)


def test_a_file_that_is_no_edition_is_refused_and_nothing_changes(
    qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    bar = stage(page)
    page.tabs.setCurrentWidget(page.postcodes)
    page.first_focus()
    dialogs.next_file = tmp_path / "holiday.zip"
    with zipfile.ZipFile(dialogs.next_file, "w") as made:
        made.writestr("photo.txt", "sunshine")
    press(qtbot, desk, page, "Ctrl+I")
    assert bar.kind == "refused" and "holiday.zip" in bar.text()
    assert page.postcodes.strip.isHidden()
    assert page.postcodes.editions.count() == 2


def test_a_real_edition_is_imported_and_its_wards_can_be_looked_up(
    qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage, dialogs: FakeDialogs, shared_data: Path
) -> None:
    bar = stage(page)
    page.tabs.setCurrentWidget(page.postcodes)
    page.first_focus()
    dialogs.next_file = shared_data / "codepoint-open" / "codepo_west_midlands_2014.zip"
    page.postcodes.areas.set_value("WS")
    press(qtbot, desk, page, "Ctrl+I")
    qtbot.waitUntil(lambda: page.postcodes.editions.count() == 3)
    assert bar.kind == "done" and "2014.3.0" in bar.text()
    assert desk.shelf.edition("2014.3.0").areas == ("WS",)


def test_a_cancelled_import_leaves_the_shelf_as_it_was(
    qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage, dialogs: FakeDialogs, shared_data: Path
) -> None:
    stage(page)
    page.tabs.setCurrentWidget(page.postcodes)
    dialogs.next_file = shared_data / "codepoint-open" / "codepo_west_midlands_2014.zip"
    page.import_postcodes([])
    assert page.postcodes.strip.isVisible()
    page.postcodes.strip.cancel()
    settled(qtbot, desk)
    assert page.postcodes.strip.isHidden()
    assert desk.shelf.edition("2014.3.0") is None
    page.import_postcodes(["WS"])
    qtbot.waitUntil(lambda: page.postcodes.editions.count() == 3)


def test_the_address_sheet_is_previewed_and_escape_comes_back(qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage) -> None:
    stage(page)
    go_to(qtbot, desk, page, "Shard End")
    press(qtbot, desk, page, "Ctrl+Shift+T")
    assert page.paper.preview is not None and page.paper.preview.page_count() == 1
    qtbot.keyClick(page.paper.preview, Qt.Key.Key_Escape)
    assert page.lots.isVisible()


def test_with_large_text_the_panes_stand_below_each_other(
    qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage, theme: Theme
) -> None:
    stage(page)
    sides = page.lots.findChild(Sides)
    assert sides is not None and sides.orientation() == Qt.Orientation.Horizontal
    theme.set_scale(200)
    qtbot.waitUntil(lambda: sides.orientation() == Qt.Orientation.Vertical)


@pytest.mark.parametrize("scale", [100, 200])
def test_everything_has_a_name(qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    stage(page)
    page.lots.inclusion.unfold()
    page.lots.provider.unfold()
    for at in range(page.tabs.count()):
        page.tabs.setCurrentIndex(at)
        settled(qtbot, desk)
        assert unnamed(page) == []
