"""The conflict desk in the window: what two laptops wrote, choosing by keys, taking it back, and no names in a public place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.participant import queries
from coachdesk.sync import desk as rules
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.sync.choices_view import OPENS, ChoicesView
from coachdesk.ui.sync.page import CHOOSE, TeamPage
from tests.ui.accessibility import assert_whole_words, unnamed
from tests.ui.team import NAME, Other


@pytest.fixture
def other(desk: Desk, tmp_path: Path) -> Iterator[Other]:
    made = Other(desk, tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def page(desk: Desk, other: Other, stage: Callable[[Any], Any], qtbot: QtBot) -> TeamPage:
    other.tear()
    made = TeamPage(desk)
    made.show_tab(CHOOSE)
    stage(made)
    qtbot.waitUntil(lambda: not desk.work.busy())
    return made


def choices(page: TeamPage) -> ChoicesView:
    found: ChoicesView = page.view(CHOOSE)
    return found


def said(page: TeamPage) -> str:
    bar = page.bar()
    return bar.text() if bar is not None else ""


def settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


def phone(store: Any, other: Other) -> str | None:
    with store.read() as session:
        return queries.participants(session, ids=[other.person])[0].phone


def test_each_thing_to_choose_says_who_wrote_what_and_when(page: TeamPage, desk: Desk) -> None:
    view = choices(page)
    rows = [view.list.model.row(at) for at in range(view.list.count())]
    assert [(row.title, row.matter) for row in rows] == [
        ("Łukasz Nowak", "Telephone"), ("Zoë Kowalska", "Deleted or not")]
    assert view.card is not None
    shown = {(voice.value, voice.who) for voice in view.card.choice.voices}
    assert shown == {("0121 496 0202", NAME), ("0121 496 0303", desk.owner_name)}
    assert page.views.tabs.tabText(page.views.every_key().index(CHOOSE)).endswith("(2)")
    assert not unnamed(page)
    assert_whole_words(page)


def test_a_choice_by_keys_stands_on_both_laptops_and_undo_brings_it_back(
    page: TeamPage, desk: Desk, other: Other, qtbot: QtBot
) -> None:
    view = choices(page)
    qtbot.keyClick(view.list.view, Qt.Key.Key_Return)
    assert view.card is not None and view.card.buttons[0].hasFocus()
    other_value = view.card.choice.voices[1].value
    qtbot.keyClick(view.card.buttons[1], Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert phone(desk.store, other) == other_value and view.list.count() == 1
    assert "Telephone" in said(page) and "Ctrl+Z" in said(page)
    other.meet()
    assert phone(other.store, other) == other_value
    desk.undo(page, lambda _reason: None)
    settled(qtbot, desk)
    assert phone(desk.store, other) != other_value


def test_another_value_may_be_written_and_the_room_s_own_rules_are_heard(
    page: TeamPage, desk: Desk, other: Other, qtbot: QtBot
) -> None:
    card = choices(page).card
    assert card is not None and card.form is not None
    card.box.set_value("not a number")
    qtbot.keyClick(card.box, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert said(page) and choices(page).list.count() == 2
    card = choices(page).card
    assert card is not None
    card.box.set_value("0121 496 0555")
    qtbot.keyClick(card.box, Qt.Key.Key_Return)
    settled(qtbot, desk)
    assert (phone(desk.store, other) or "").replace(" ", "") == "01214960555" and choices(page).list.count() == 1


def test_a_record_that_was_deleted_stays_or_goes_as_somebody_says(page: TeamPage, desk: Desk, other: Other, qtbot: QtBot) -> None:
    view = choices(page)
    view.list.go_to(1)
    assert view.card is not None and view.card.choice.what == rules.KEPT
    qtbot.mouseClick(view.card.buttons[0], Qt.MouseButton.LeftButton)
    settled(qtbot, desk)
    assert view.list.count() == 1 and "stays" in said(page)


def test_in_a_public_place_neither_names_nor_telephones_are_shown(page: TeamPage, desk: Desk, qtbot: QtBot) -> None:
    set_in_public(True)
    page.set_public_place(True)
    view = choices(page)
    row = view.list.model.row(0)
    assert row.title == "Ł. N." and "0121" not in row.now
    assert view.card is not None and "Nowak" not in view.card.accessibleName()


def test_what_opens_from_the_desk_has_a_page(desk: Desk, theme: Any) -> None:
    from coachdesk.ui.shell.desk_window import pages

    assert {kind for spec in pages(desk, theme) for kind in spec.kinds} >= OPENS


def test_a_person_s_page_says_how_safe_the_record_is_and_leads_to_the_choice(
    desk: Desk, other: Other, theme: Any, qtbot: QtBot
) -> None:
    from coachdesk.ui.shell.desk_window import make_window

    other.tear()
    window = make_window(desk, theme)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.open("participant", other.person)
    page: Any = window.page("participant")
    line = page.person.standing
    qtbot.waitUntil(line.isVisible)
    assert line.tag.text() == "Safe" and line.choose_button.isVisible()
    qtbot.waitUntil(lambda: window.rail.item(window.rail.count() - 1).text() == "Team (2)")
    line.choose_button.click()
    settled(qtbot, desk)
    team: Any = window.page("sync")
    assert window.current_key() == "sync" and choices(team).list.current().choice.id == other.person
    card = choices(team).card
    assert card is not None
    card.buttons[0].click()
    qtbot.waitUntil(lambda: window.rail.item(window.rail.count() - 1).text() == "Team (1)")
    window.open("participant", other.person)
    qtbot.waitUntil(lambda: line.isVisible() and line.tag.text() == "Only on this laptop yet" and not line.choose_button.isVisible())
