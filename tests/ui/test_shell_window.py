"""The main window goes from page to page, finds, hides names, locks, and tells pages what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.errors import Refusal
from coachdesk.ui.parts import icons
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.page import Page, Scrolled
from coachdesk.ui.parts.privacy import in_public
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.shell.crash import CrashHook, report
from coachdesk.ui.shell.crash_dialog import CrashDialog
from coachdesk.ui.shell.idle import IdleLock
from coachdesk.ui.shell.main_window import MainWindow
from coachdesk.ui.shell.pictures import take_pictures
from coachdesk.ui.shell.spec import Command, Hit, PageSpec
from coachdesk.ui.work import Work
from tests.ui.accessibility import cut_off, unnamed

CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class FakeChanges:
    rooms: frozenset[str]
    ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class PersonRow:
    id: int
    name: str


class ListPage(Page):
    """A page with a table, which writes down what the shell says."""

    def __init__(self, title: str) -> None:
        super().__init__(title, "two people")
        self.heard: list[Any] = []
        self.table = RowTable(title, [Column("Name", "name", 0, private=True)])
        self.table.show_rows([PersonRow(1, "Zoë Łuka"), PersonRow(2, "Imran Khan")])
        self.table.row_chosen.connect(lambda row: self.open_requested.emit("participant", row.id))
        self.add_action("New", lambda: self.heard.append("new"), primary=True, keys="Ctrl+N")
        self.body.addWidget(self.table)

    def reload(self, changes: Any = None) -> None:
        self.heard.append(None if changes is None else changes.rooms)

    def open(self, kind: str, id: Any) -> None:
        self.heard.append((kind, id))

    def first_focus(self) -> None:
        self.table.setFocus()


class FormPage(Page):
    """A page with more fields than fit."""

    def __init__(self) -> None:
        super().__init__("Partners")
        self.form = Form()
        for at in range(8):
            self.form.add(f"Field {at}", LineField(), hint="A hint that is long enough to need a second line when letters are large")
        self.body.addWidget(Scrolled(self.form))

    def first_focus(self) -> None:
        self.form.first_focus()


def pages() -> list[PageSpec]:
    return [PageSpec("today", "Today", "today", lambda: ListPage("Today")),
            PageSpec("participant", "Participants", "participant", lambda: ListPage("Participants"), ("participant",)),
            PageSpec("partner", "Partners", "partner", FormPage, ("partner",))]


def shown(qtbot: QtBot, **more: Any) -> MainWindow:
    window = MainWindow(more.pop("pages", None) or pages(), **more)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def heard(window: MainWindow, key: str) -> list[Any]:
    page = window.page(key)
    assert isinstance(page, ListPage)
    return page.heard


def test_pages_are_made_when_first_shown_and_take_the_keyboard(qtbot: QtBot, theme: Theme) -> None:
    window = shown(qtbot)
    assert window.page("participant") is None
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert window.current_key() == "participant"
    page = window.page("participant")
    assert isinstance(page, ListPage) and page.table.view.hasFocus()
    assert window.windowTitle().startswith("Participants")
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current_key() == "today"


def test_a_row_opens_on_the_page_that_shows_its_kind(qtbot: QtBot, theme: Theme) -> None:
    window = shown(qtbot)
    today = window.page("today")
    assert isinstance(today, ListPage)
    qtbot.keyClick(today.table.view, Qt.Key.Key_Return)
    assert window.current_key() == "participant"
    assert heard(window, "participant") == [None, ("participant", 1)]
    window.open("unicorn", 1)
    bar = window.bar()
    assert bar is not None and "no page for that record" in bar.text()


def test_a_page_in_front_hears_changes_at_once_and_others_when_they_are_shown(qtbot: QtBot, theme: Theme, work: Work) -> None:
    window = shown(qtbot, work=work)
    window.go("participant")
    for room in ("claim", "activity"):
        with qtbot.waitSignal(work.changed):
            work.do(lambda room=room: FakeChanges(frozenset({room})), owner=window)     # type: ignore[misc]
    assert heard(window, "participant") == [None, {"claim"}, {"activity"}]
    assert heard(window, "today") == [None]
    window.go("today")
    assert heard(window, "today") == [None, {"claim", "activity"}]


def test_a_page_that_refuses_says_so_in_its_bar(qtbot: QtBot, theme: Theme) -> None:
    def refuse() -> Page:
        raise Refusal("Claims need a programme. Nothing was changed.", "Load a template first.")

    window = shown(qtbot, pages=[PageSpec("claim", "Claims", "claim", refuse)])
    bar = window.bar()
    assert bar is not None and bar.kind == "refused"


def test_the_palette_finds_records_and_commands_by_keyboard(qtbot: QtBot, theme: Theme, work: Work) -> None:
    done: list[str] = []
    window = shown(qtbot, work=work, commands=[Command("Log a contact", lambda: done.append("logged"), "Ctrl+T")],
                   find=lambda text: [Hit("participant", 7, "Zoë Łuka", "Shard End", True)] if "zo" in text.casefold() else [])
    palette = window._palette
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert palette.isVisible() and unnamed(palette) == []
    qtbot.keyClicks(palette.box, "zo")
    qtbot.waitUntil(lambda: palette.found.count() == 1)
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert ("participant", 7) in heard(window, "participant")
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(palette.box, "contact log")
    qtbot.waitUntil(lambda: palette.found.count() == 1)
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert done == ["logged"]
    qtbot.keyClick(window, Qt.Key.Key_T, CONTROL)
    assert done == ["logged", "logged"]
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClick(palette.box, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_the_palette_says_what_is_only_similar_and_another_name_but_not_in_a_public_place(qtbot: QtBot, theme: Theme, work: Work) -> None:
    window = shown(qtbot, work=work, find=lambda text: [Hit("participant", 7, "Ewa Łuka", "CW-1", True, True, "Ewa Nowak")])
    palette = window._palette
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(palette.box, "lkua")
    qtbot.waitUntil(lambda: palette.found.count() == 1)
    assert palette.found.item(0).text() == "Ewa Łuka   ·   CW-1   ·   also Ewa Nowak   ·   similar"
    assert "similar" in palette._hint.text()
    qtbot.keyClick(palette.box, Qt.Key.Key_Escape)
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(palette.box, "lkua")
    qtbot.waitUntil(lambda: palette.found.count() == 1)
    assert palette.found.item(0).text() == "E. Ł.   ·   CW-1   ·   similar"


def test_what_was_typed_before_is_not_looked_for_once_more_is_typed(qtbot: QtBot, theme: Theme, work: Work) -> None:
    looked: list[str] = []
    gate = Event()
    window = shown(qtbot, work=work, find=lambda text: looked.append(text) or [Hit("participant", 7, text)])  # type: ignore[func-returns-value]
    work.read(lambda: gate.wait(20), window, lambda _answer: None)
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(window._palette.box, "kowal")
    gate.set()
    qtbot.waitUntil(lambda: window._palette.found.count() == 1)
    assert looked == ["kowal"]
    assert window._palette.found.item(0).text() == "kowal"


def test_in_a_public_place_names_hide_and_show_while_a_key_is_held(qtbot: QtBot, theme: Theme) -> None:
    window = shown(qtbot)
    with qtbot.waitSignal(window.public_place):
        qtbot.keyClick(window, Qt.Key.Key_P, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    today = window.page("today")
    assert isinstance(today, ListPage)
    assert today.table.text(0, 0) == "Z. Ł."
    assert "Public place: initials only" in window.status.words()
    qtbot.keyPress(today.table.view, Qt.Key.Key_F9)
    assert today.table.text(0, 0) == "Zoë Łuka"
    qtbot.keyRelease(today.table.view, Qt.Key.Key_F9)
    assert today.table.text(0, 0) == "Z. Ł."


def test_lock_drops_the_pages_and_empties_the_clipboard(qtbot: QtBot, theme: Theme) -> None:
    window = shown(qtbot)
    window.set_public_place(True)
    today = window.page("today")
    assert isinstance(today, ListPage)
    qtbot.keyClick(today.table.view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "Z. Ł."
    with qtbot.waitSignal(window.locked):
        qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)
    assert window.isHidden() and window.page("today") is None
    assert QGuiApplication.clipboard().text() == ""
    assert not in_public()
    window.go("today")
    window.show()
    assert heard(window, "today") == [None]


def test_a_desk_that_nobody_touches_locks(qtbot: QtBot, theme: Theme) -> None:
    window, locked = shown(qtbot), []
    clock = [datetime(2020, 7, 15, 12, tzinfo=UTC)]
    idle = IdleLock(window, 10, lambda: clock[0], lambda: locked.append(True))
    clock[0] += timedelta(minutes=9)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Down)
    clock[0] += timedelta(minutes=9)
    idle.look()
    assert locked == []
    clock[0] += timedelta(hours=8)
    idle.look()
    assert locked == [True]


def test_status_banner_and_keys_page(qtbot: QtBot, theme: Theme) -> None:
    window = shown(qtbot, sample_notice="This is a sample programme on 15 July 2020.", theme=theme)
    window.set_status(claim="July claim £4,120.00", venue="Shard End food bank")
    assert window.status.words() == ["Saved here", "Shard End food bank", "July claim £4,120.00"]
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.current_key() == "help" and window.rail.currentRow() == -1
    assert unnamed(window) == []
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.rail.hasFocus()


@pytest.mark.parametrize("dark", [False, True])
def test_every_page_is_named_and_nothing_is_cut_off_at_twice_the_text_size(qtbot: QtBot, theme: Theme, dark: bool) -> None:
    window = shown(qtbot, theme=theme)
    theme.set_dark(dark)
    theme.set_scale(200)
    for spec in window.pages:
        window.go(spec.key)
        assert unnamed(window) == []
        page = window.page(spec.key)
        assert page is not None
        qtbot.waitUntil(lambda page=page: cut_off(page) == [])                          # type: ignore[misc]


def test_a_picture_of_every_page_is_named_after_it(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    icons.load()
    window = shown(qtbot, theme=theme)
    taken = take_pictures(window, tmp_path / "pictures")
    assert [path.name for path in taken] == ["today.png", "participant.png", "partner.png"]
    assert all(QImage(str(path)).width() >= 1000 for path in taken)
    assert not icons.icon("today").isNull()


def test_a_crash_is_reported_without_a_word_that_anyone_typed(qtbot: QtBot, theme: Theme) -> None:
    logged: list[str] = []
    hook = CrashHook(logged.append, show=lambda words: None)
    try:
        raise ValueError("Zoë Łuka, QQ 12 34 56 C")
    except ValueError as wrong:
        hook(type(wrong), wrong, wrong.__traceback__)
    qtbot.waitUntil(lambda: bool(logged))
    assert "ValueError" in logged[0] and "test_shell_window.py" in logged[0]
    assert "Zoë" not in logged[0] and "/" not in logged[0].split("test_shell_window")[0].split("\n")[-1]
    dialog = CrashDialog(report(ValueError, None))
    qtbot.addWidget(dialog)
    dialog.show()
    assert unnamed(dialog) == []


def test_a_refusal_that_nobody_caught_is_said_in_the_page_in_front(qtbot: QtBot, theme: Theme) -> None:
    window = shown(qtbot)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    shown_dialogs: list[str] = []
    hook = CrashHook(show=shown_dialogs.append)
    refusal = Refusal("That month is sent. Nothing was changed.")
    hook(Refusal, refusal, None)
    bar = window.bar()
    assert bar is not None
    qtbot.waitUntil(lambda: bar.kind == "refused")
    assert shown_dialogs == []
