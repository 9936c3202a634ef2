"""Files in, by keys, over a real store: choose, map, read the report, bring in, take back; cancelled half-way nothing is left."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.exchange.csv_in import taking_back
from coachdesk.outreach import actions as outreach
from coachdesk.participant import actions as participant
from coachdesk.participant import queries as people
from coachdesk.partner import actions as partner
from coachdesk.programme import queries as programme
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.settings.files_view import FilesView
from coachdesk.ui.settings.page import SettingsPage
from coachdesk.ui.shell import desk_window
from tests.rooms.conftest import TODAY
from tests.ui.accessibility import cut_off, unnamed
from tests.ui.conftest import FakeDialogs

Stage = Callable[[Any], MessageBar]
FOUR = (
    "First name,Surname,DOB,Known as,Phone\n"
    "Ann,Lee,5/6/1984,Annie,7400123456\nBob,Ode,31/02/1990,,\nCat,Poe,1/2/80,,\nAnn,Lee,5.6.84,,\n"
)


def settled(qtbot: QtBot, desk: Desk) -> None:
    for _ in range(3):
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not desk.work.busy(), timeout=30_000)


@pytest.fixture
def page(desk: Desk, theme: Theme, stage: Stage) -> SettingsPage:
    made = SettingsPage(desk, theme)
    made.bar_shown = stage(made)  # type: ignore[attr-defined]
    made.show_files()
    return made


@pytest.fixture
def chosen(qtbot: QtBot, desk: Desk, page: SettingsPage, dialogs: FakeDialogs, tmp_path: Path) -> Callable[..., FilesView]:
    """chosen(text, kind) writes a file and chooses it, with a lot for its lines."""

    def choose(text: str, kind: str = "participant") -> FilesView:
        dialogs.next_file = tmp_path / "theirs.csv"
        dialogs.next_file.write_text(text, encoding="utf-8")
        with desk.store.read() as session:
            desk.choose_lot(programme.lot_id(session, "Shard End"))
        page.files.buttons[kind].setFocus()
        qtbot.keyClick(page.files.buttons[kind], Qt.Key.Key_Return)
        settled(qtbot, desk)
        return page.files

    return choose


def names(desk: Desk) -> list[str]:
    with desk.store.read() as session:
        return sorted(row.name for row in people.participants(session))


def type_choice(qtbot: QtBot, box: Any, words: str) -> None:
    box.setFocus()
    box.lineEdit().selectAll()
    qtbot.keyClicks(box.lineEdit(), words)
    qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)


def test_a_file_is_chosen_looked_at_and_brought_in_by_keys(qtbot: QtBot, desk: Desk, page: SettingsPage, chosen: Any) -> None:
    files = chosen(FOUR)
    look = files.look
    assert files.stack.currentWidget() is look and look.columns.view.hasFocus() and not unnamed(page) and not cut_off(page)
    assert [look.lines.text(at, 1) for at in range(4)] == ["to be taken", "refused", "to be taken", "known already"]
    assert "Not read: Known as." in look.notes.text() and look.bring_button.text() == "Br&ing in 2 lines"
    look.filter.go("refused")
    assert look.lines.count() == 1 and "not a day of the calendar" in look.says.text()
    qtbot.keyClick(look.lines.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, desk)
    assert names(desk) == ["Ann Lee", "Cat Poe"]
    bar: MessageBar = page.bar_shown  # type: ignore[attr-defined]
    assert bar.kind == "done" and "2 participants are brought in from theirs.csv (1 refused, 1 known already)." in bar.text()
    assert files.imports.count() == 1 and files.imports.view.hasFocus() and files.imports.text(0, 5) == "stands; can be taken back"


def test_a_column_is_given_another_meaning_with_the_keyboard_and_the_next_file_is_read_so(qtbot: QtBot, desk: Desk, chosen: Any) -> None:
    files = chosen("Who,Says\nAnn Lee,likes tea\n")
    look = files.look
    assert "No column of theirs.csv is a name" in look.notes.text() and not look.bring_button.isEnabled() and look.try_button.isVisible()
    qtbot.keyClick(look.columns.view, Qt.Key.Key_Return)
    assert look.becomes.hasFocus() or look.becomes.lineEdit().hasFocus()
    type_choice(qtbot, look.becomes, "full name")
    settled(qtbot, desk)
    assert look.columns.view.hasFocus() and look.columns.current().id == "Says"
    type_choice(qtbot, look.becomes, "note")
    settled(qtbot, desk)
    assert [look.columns.text(at, 2) for at in range(2)] == ["full name", "note"] and look.bring_button.isEnabled()
    files.bring_in()
    settled(qtbot, desk)
    again = chosen("Who,Says\nBob Ode,\n").look
    assert [again.columns.text(at, 2) for at in range(2)] == ["full name", "note"]
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert files.stack.currentWidget() is not again and names(desk) == ["Ann Lee"]


def test_contacts_go_to_the_session_that_is_chosen(qtbot: QtBot, desk: Desk, chosen: Any) -> None:
    def furnish(session: Any) -> None:
        venue = partner.add_venue(session, name="St Giles", lot=programme.lot_id(session, "Shard End"))
        outreach.open_session(session, venue=venue, kind="food bank", held_on=TODAY)

    desk.store.act(desk.owner, "Furnish", furnish)
    look = chosen("Name,Phone\nAnn Lee,7400123456\n", "outreach.contact").look
    assert look.lines.text(0, 1) == "refused" and "choose one session for the whole file" in look.says.text()
    type_choice(qtbot, look.session, "St Giles")
    settled(qtbot, desk)
    assert look.lines.text(0, 1) == "to be taken"


def test_cancelled_half_way_nothing_is_left_and_it_is_said(qtbot: QtBot, desk: Desk, page: SettingsPage, chosen: Any) -> None:
    lines = "".join(f"P{chr(97 + at % 26)}{chr(97 + at // 26)} Q{chr(97 + at % 26)}x,1/1/{1950 + at % 50}\n" for at in range(120))
    files = chosen(f"Name,DOB\n{lines}")
    before = desk.store.check()
    files.bring_in()
    qtbot.waitUntil(lambda: "Bringing in:" in files.look.strip._words.text(), timeout=20_000)
    files.look.strip.cancel()
    settled(qtbot, desk)
    bar: MessageBar = page.bar_shown  # type: ignore[attr-defined]
    assert "Stopped. Nothing was changed." in bar.text() and desk.store.check() == before and names(desk) == []
    assert files.look.isEnabled() and files.look.bring_button.isEnabled()
    files.bring_in()
    settled(qtbot, desk)
    assert len(names(desk)) == files.imports.current().taken


def test_a_file_is_taken_back_with_a_receipt_that_can_be_saved(
    qtbot: QtBot, desk: Desk, page: SettingsPage, chosen: Any, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    files = chosen(FOUR)
    files.bring_in()
    settled(qtbot, desk)
    qtbot.keyClick(files.imports.view, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, desk)
    receipt = files.receipt
    assert "Everything that came in with theirs.csv goes: 2 lines" in dialogs.asked[-1]
    assert [receipt.went.text(at, 1) for at in range(2)] == ["Ann Lee", "Cat Poe"] and receipt.went.view.hasFocus() and names(desk) == []
    dialogs.next_file = tmp_path / "receipt"
    files.save_receipt()
    settled(qtbot, desk)
    rows = list(csv.reader((tmp_path / "receipt.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["what", "name", "reference"] and [row[1] for row in rows[1:]] == ["Ann Lee", "Cat Poe"]
    qtbot.keyClick(receipt, Qt.Key.Key_Escape)
    assert files.imports.text(0, 5) == "taken back on 12 May 2020" and not files.back_button.isEnabled() and not unnamed(page)


def test_what_stands_in_the_way_is_listed_and_opens(qtbot: QtBot, desk: Desk, page: SettingsPage, chosen: Any) -> None:
    files = chosen(FOUR)
    files.bring_in()
    settled(qtbot, desk)
    with desk.store.read() as session:
        ann = next(row for row in people.participants(session) if row.name == "Ann Lee")
    desk.store.act(desk.owner, "Consent", lambda session: participant.record_consent(session, ann.id, answer="given"))
    files.take_back()
    settled(qtbot, desk)
    stands = files.receipt.stands
    assert [stands.text(0, at) for at in range(4)] == ["participant", "Ann Lee", ann.reference, "consent was recorded"]
    with qtbot.waitSignal(page.open_requested) as asked:
        qtbot.keyClick(stands.view, Qt.Key.Key_Return)
    assert asked.args == ["participant", ann.id] and names(desk) == ["Ann Lee", "Cat Poe"]


def test_the_report_is_saved_and_a_wrong_file_is_said(
    qtbot: QtBot, desk: Desk, page: SettingsPage, chosen: Any, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    files = chosen("Name,DOB\n=cmd|x,31/02/1990\nAnn,1/1/1980\n")
    dialogs.next_file = tmp_path / "report.csv"
    files.save_report()
    settled(qtbot, desk)
    assert dialogs.asked[-1] == "theirs-report.csv"
    assert list(csv.reader((tmp_path / "report.csv").read_text(encoding="utf-8-sig").splitlines()))[1][2] == "'=cmd|x"
    files.leave()
    chosen("")
    bar: MessageBar = page.bar_shown  # type: ignore[attr-defined]
    assert "theirs.csv is empty." in bar.text() and files.stack.currentWidget() is not files.look


def test_in_a_public_place_nothing_of_the_file_is_read_over_a_shoulder(desk: Desk, page: SettingsPage, chosen: Any) -> None:
    files = chosen(FOUR)
    set_in_public(True)
    page.set_public_place(True)
    look = files.look
    look.lines.go_to(1)
    shown = [look.lines.text(at, column) for at in range(4) for column in range(4)] + [look.columns.text(at, 1) for at in range(5)]
    assert not any("Lee" in words or "Ann" in words or "1984" in words or "31/02" in words for words in [*shown, look.says.text()])


def test_every_page_and_the_palette_lead_to_the_file_of_its_kind(
    qtbot: QtBot, desk: Desk, theme: Theme, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    window = desk_window.make_window(desk, theme)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    dialogs.next_file = tmp_path / "theirs.csv"
    dialogs.next_file.write_text("Organisation\nAcme\n", encoding="utf-8")
    for key, kind in (("participant", "participants"), ("outreach", "contacts"), ("partner", "partners")):
        window.go(key)
        settled(qtbot, desk)
        button = next(each for each in window.page(key).findChildren(type(window.page(key)._actions._buttons[0]))  # type: ignore[union-attr]
                      if each.text().replace("&", "") == "Bring in a file…")
        button.click()
        settled(qtbot, desk)
        assert dialogs.asked[-1] == f"Bring in {kind}" and window.current_key() == "settings"
    assert {"Bring in partners from a file", "Files that were brought in, and taking one back"} <= {
        command.title for command in window._all_commands()}
    assert isinstance(window.page("settings"), SettingsPage)
    with desk.store.read() as session:
        assert taking_back.imports(session) == []
