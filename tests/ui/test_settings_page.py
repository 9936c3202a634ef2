"""The settings screen over a real store: looks, backup, check, passphrase, log and undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.errors import Trouble
from coachdesk.programme import actions, queries
from coachdesk.store import backup, keys
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.settings.page import SettingsPage
from tests.ui.accessibility import unnamed
from tests.ui.conftest import PASSPHRASE, FakeDialogs

Stage = Callable[[Any], MessageBar]
NEW = "quite another set of words"


@pytest.fixture
def page(desk: Desk, theme: Theme) -> SettingsPage:
    return SettingsPage(desk, theme)


def settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy(), timeout=30_000)
    QApplication.processEvents()                       # what was put into a layout is shown with the next events


def words(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(PlainLabel) if not label.isHidden())


def take_in(desk: Desk) -> None:
    desk.store.act(
        desk.owner,
        "Take in a postcode",
        lambda session: actions.add_inclusion(session, lot=queries.lot_id(session, "Shard End"), postcode="B37 5TX", reason="agreed"),
    )


def test_dark_and_large_are_chosen_by_typing(qtbot: QtBot, page: SettingsPage, stage: Stage, theme: Theme) -> None:
    stage(page)
    for field, typed in ((page.own.look, "Dark"), (page.own.text_size, "150 %")):
        field.setFocus()
        field.lineEdit().selectAll()
        qtbot.keyClicks(field.lineEdit(), typed)
        qtbot.keyClick(field.lineEdit(), Qt.Key.Key_Return)
    assert (theme.dark, theme.scale) == (True, 150)
    theme.bigger()
    assert page.own.text_size.value() == 175


def test_a_backup_is_written_where_it_was_said_and_opens_again(
    qtbot: QtBot, desk: Desk, page: SettingsPage, stage: Stage, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    bar = stage(page)
    take_in(desk)
    dialogs.next_file = tmp_path / "stick" / "monday.coachbackup"
    dialogs.next_file.parent.mkdir()
    page.own.backup_button.setFocus()
    qtbot.keyClick(page.own.backup_button, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert bar.kind == "done" and "monday.coachbackup" in bar.text()
    assert dialogs.asked == ["desk-2020-05-12.coachbackup"]
    assert backup.restore(dialogs.next_file, tmp_path / "again.coachdesk", PASSPHRASE, desk.store.clock).is_sound


def test_a_backup_that_cannot_be_written_is_said(
    qtbot: QtBot, desk: Desk, page: SettingsPage, stage: Stage, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    bar = stage(page)
    dialogs.next_file = tmp_path / "no such folder" / "x.coachbackup"
    page.back_up()
    settled(qtbot, desk)
    assert bar.kind == "trouble"
    assert page.own.backup_button.isEnabled() and page.own.busy.isHidden()


def test_the_check_says_that_the_store_is_sound(qtbot: QtBot, desk: Desk, page: SettingsPage, stage: Stage) -> None:
    bar = stage(page)
    page.own.check_button.setFocus()
    qtbot.keyClick(page.own.check_button, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert bar.kind == "done" and "sound" in bar.text()
    assert "gives the same records" in words(page.own.facts)


def change_passphrase(qtbot: QtBot, page: SettingsPage, old: str, new: str, again: str) -> None:
    page.own.old.setFocus()
    for field, typed in ((page.own.old, old), (page.own.new, new), (page.own.again, again)):
        assert field.hasFocus()
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    qtbot.keyClick(page.own.again, Qt.Key.Key_Return)


def test_the_passphrase_is_changed_and_leaves_no_trace_on_the_screen(qtbot: QtBot, desk: Desk, page: SettingsPage, stage: Stage) -> None:
    bar = stage(page)
    change_passphrase(qtbot, page, PASSPHRASE, NEW, NEW)
    settled(qtbot, desk)
    assert bar.kind == "done"
    assert page.own.old.is_empty() and page.own.new.is_empty() and page.own.again.is_empty()
    assert keys.unlock(desk.store.path, NEW) == desk.store.key
    with pytest.raises(Trouble):
        keys.unlock(desk.store.path, PASSPHRASE)


def test_two_new_passphrases_that_differ_are_said_under_the_field(qtbot: QtBot, desk: Desk, page: SettingsPage, stage: Stage) -> None:
    stage(page)
    change_passphrase(qtbot, page, PASSPHRASE, NEW, NEW + "!")
    assert "not what was typed above" in words(page.own.form)
    assert page.own.again.hasFocus()
    assert not desk.work.busy()
    assert keys.unlock(desk.store.path, PASSPHRASE) == desk.store.key


def test_a_wrong_passphrase_is_said_and_nothing_changes(qtbot: QtBot, desk: Desk, page: SettingsPage, stage: Stage) -> None:
    bar = stage(page)
    change_passphrase(qtbot, page, "not this one at all", NEW, NEW)
    settled(qtbot, desk)
    assert bar.kind == "trouble"
    assert keys.unlock(desk.store.path, PASSPHRASE) == desk.store.key


def test_the_log_shows_an_action_in_words_and_undo_takes_it_back(qtbot: QtBot, desk: Desk, page: SettingsPage, stage: Stage) -> None:
    take_in(desk)
    bar = stage(page)
    page.tabs.setCurrentWidget(page.changes)
    log = page.changes.changes
    assert [log.text(0, at) for at in (1, 2, 3)] == ["Olive Owner", "Take in a postcode", "programme inclusion made"]
    page.changes.undo_button.setFocus()
    qtbot.keyClick(page.changes.undo_button, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert "Undone: Take in a postcode" in bar.text()
    with desk.store.read() as session:
        assert "B37 5TX" not in [row.postcode for row in queries.inclusions(session)]


def test_about_names_the_licences_and_whose_postcodes_they_are(page: SettingsPage, stage: Stage) -> None:
    stage(page)
    said = words(page.about)
    for part in ("BSD 3-clause", "LGPL 3", "SIL Open Font License", "Crown copyright", "Royal Mail"):
        assert part in said


@pytest.mark.parametrize("scale", [100, 200])
def test_everything_has_a_name(qtbot: QtBot, page: SettingsPage, stage: Stage, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    stage(page)
    for at in range(page.tabs.count()):
        page.tabs.setCurrentIndex(at)
        QApplication.processEvents()
        assert unnamed(page) == []
