"""The team in the window: creating one, the code that is shown once, a laptop that asks with six words, syncing by hand, a lost laptop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.participant import actions as participant
from coachdesk.sync import joining, sentences, standing
from coachdesk.sync.folder import Folder
from coachdesk.sync.turn import turn
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.sharing import sharing_of
from coachdesk.ui.sync.page import PLACE, TEAM, TeamPage
from coachdesk.ui.sync.place_view import PlaceView
from coachdesk.ui.sync.team_cards import AdmitCard, LostCard, PeopleCard
from coachdesk.ui.sync.team_view import TeamView
from tests.ui.accessibility import assert_whole_words, unnamed
from tests.ui.team import NAME, PASSPHRASE, Other

Stage = Callable[[Any], Any]


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    made = tmp_path / "meeting place"
    made.mkdir()
    return made


def settled(qtbot: QtBot, desk: Desk) -> None:
    sharing = sharing_of(desk)
    for _ in range(3):
        qtbot.waitUntil(lambda: not desk.work.busy() and not sharing.is_busy(), timeout=20_000)


def page_of(desk: Desk, stage: Stage, qtbot: QtBot, key: str) -> tuple[TeamPage, Any]:
    page = TeamPage(desk)
    stage(page)
    page.show_tab(key)
    settled(qtbot, desk)
    return page, page.view(key)


def said(page: TeamPage) -> str:
    bar = page.bar()
    return bar.text() if bar is not None else ""


def press(qtbot: QtBot, button: Any) -> None:
    qtbot.keyClick(button, Qt.Key.Key_Return)


@pytest.fixture
def other(desk: Desk, tmp_path: Path) -> Iterator[Other]:
    made = Other(desk, tmp_path)
    yield made
    sharing_of(desk).stop()
    made.store.close()


def test_a_desk_that_shares_with_nobody_says_so_and_how_to_begin(desk: Desk, stage: Stage, qtbot: QtBot) -> None:
    _page, view = page_of(desk, stage, qtbot, PLACE)
    assert isinstance(view, PlaceView) and view.create_button.isVisible() and not view.sync_button.isVisible()
    assert sharing_of(desk).where is None


def test_a_team_is_created_in_a_folder_and_its_code_is_shown_once(
    desk: Desk, stage: Stage, qtbot: QtBot, dialogs: Any, shared: Path
) -> None:
    page, view = page_of(desk, stage, qtbot, PLACE)
    dialogs.next_folder = shared
    press(qtbot, view.create_button)
    qtbot.waitUntil(view.code_card.isVisible)
    settled(qtbot, desk)
    code = view.code
    assert len(code) > 20 and view.code_label.text() == code and (shared / "FORMAT.txt").exists()
    assert view.state.text() == "In the shared place" and "Nobody else is in the team yet" in view.sentence.text()
    assert "Synced:" in said(page)
    assert not unnamed(page)
    press(qtbot, view.code_button)
    assert not view.code and view.code_label.text() == "" and not view.code_card.isVisible()
    dialogs.next_folder = shared
    view.create_team()
    settled(qtbot, desk)
    assert "in a team already" in said(page)


def test_a_laptop_asks_with_six_words_and_is_let_in_with_the_same_words_on_screen(
    desk: Desk, stage: Stage, qtbot: QtBot, dialogs: Any, shared: Path, tmp_path: Path
) -> None:
    page, place = page_of(desk, stage, qtbot, PLACE)
    dialogs.next_folder = shared
    place.create_team()
    settled(qtbot, desk)
    joined = joining.join(Folder(shared), tmp_path / "b" / "b.coachdesk", PASSPHRASE, NAME, desk.parts.clock, cost=desk.parts.cost)
    try:
        page.show_tab(TEAM)
        page.view(TEAM).read()
        settled(qtbot, desk)
        view: TeamView = page.view(TEAM)
        assert isinstance(view.card, AdmitCard) and view.card.words.text() == joined.words and view.card.name.value() == NAME
        assert not unnamed(page)
        assert_whole_words(page)
        press(qtbot, view.card.button)
        settled(qtbot, desk)
        assert "is in the team" in said(page) or "Synced" in said(page)
        turn(joined.store, Folder(shared))
        assert joining.words(joined.store) == "" and standing.standing(joined.store).in_team
        view.read()
        settled(qtbot, desk)
        assert [row.name for row in (view.list.model.row(at) for at in range(view.list.count()))] == [desk.owner_name, NAME]
    finally:
        joined.store.close()


def test_sync_by_hand_takes_in_what_others_wrote_and_pages_hear_of_it(desk: Desk, stage: Stage, qtbot: QtBot, other: Other) -> None:
    page, view = page_of(desk, stage, qtbot, PLACE)
    other.act(lambda session: participant.change_details(session, other.person, phone="0121 496 0999"))
    turn(other.store, other.folder)
    heard: list[Any] = []
    desk.work.changed.connect(heard.append)
    press(qtbot, view.sync_button)
    settled(qtbot, desk)
    assert any("participant" in changes.rooms for changes in heard) and "1 change received" in said(page)
    assert_whole_words(page)


def test_what_waits_in_the_tray_is_named_with_its_reason_and_holds_up_nothing(
    desk: Desk, stage: Stage, qtbot: QtBot, other: Other
) -> None:
    (other.shared / "dev" / "noise.cdx").write_bytes(b"not ours" * 500)
    other.act(lambda session: participant.change_details(session, other.person, phone="0121 496 0999"))
    turn(other.store, other.folder)
    page, view = page_of(desk, stage, qtbot, PLACE)
    press(qtbot, view.sync_button)
    settled(qtbot, desk)
    row = view.tray.model.row(0)
    assert row.name == "dev/noise.cdx" and "damaged" in row.why and "1 change received" in said(page)


def test_a_folder_that_is_gone_is_said_and_nothing_is_lost(desk: Desk, stage: Stage, qtbot: QtBot, other: Other) -> None:
    other.shared.rename(other.shared.with_name("elsewhere"))
    page, view = page_of(desk, stage, qtbot, PLACE)
    press(qtbot, view.sync_button)
    settled(qtbot, desk)
    assert "folder" in said(page).lower() and view.sync_button.isEnabled()
    other.shared.with_name("elsewhere").rename(other.shared)
    press(qtbot, view.sync_button)
    settled(qtbot, desk)
    assert "Synced" in said(page)


def test_a_lost_laptop_is_cut_off_after_its_consequences_were_read(desk: Desk, stage: Stage, qtbot: QtBot, other: Other) -> None:
    page, view = page_of(desk, stage, qtbot, TEAM)
    view.list.go_to(1)
    assert view.list.current().name == NAME and view.lost_button.isVisible()
    press(qtbot, view.lost_button)
    assert isinstance(view.card, LostCard) and view.card.code.hasFocus()
    assert_whole_words(page)
    qtbot.keyClick(view.card, Qt.Key.Key_Escape)
    assert view.card is None
    press(qtbot, view.lost_button)
    press(qtbot, view.card.button)
    qtbot.waitUntil(lambda: isinstance(view.card, PeopleCard), timeout=20_000)
    settled(qtbot, desk)
    assert [row.name for row in view.card._people] == ["Łukasz Nowak"]
    assert any(row.state == "reported lost" for row in (view.list.model.row(at) for at in range(view.list.count())))
    assert turn(other.store, other.folder).state == "out"
    assert not unnamed(page)


def test_work_that_stays_on_one_laptop_is_red_after_a_day_in_words_too(desk: Desk, other: Other) -> None:
    other.here(lambda session: participant.change_details(session, other.person, phone="0121 496 0999"))
    now = standing.standing(desk.store)
    assert now.state == "saved here" and not now.is_red and sentences.short(now) == "Saved here, 1 to send"
    assert now.since is not None

    class Later:
        def now(self) -> Any:
            return now.since + timedelta(hours=25) if now.since else None

    clock, desk.store.clock = desk.store.clock, Later()
    try:
        late = standing.standing(desk.store)
    finally:
        desk.store.clock = clock
    assert late.is_red and sentences.short(late).startswith("Only on this laptop since 12 May 2020")
    assert "more than a day" in sentences.of_standing(late, now.since + timedelta(hours=25))


def test_saving_is_followed_by_a_turn_of_its_own(desk: Desk, qtbot: QtBot, other: Other, monkeypatch: pytest.MonkeyPatch) -> None:
    from coachdesk.ui.cards import sharing as module

    monkeypatch.setattr(module, "AFTER_SAVE_MS", 1)
    sharing = sharing_of(desk)
    sharing.look()
    settled(qtbot, desk)
    with qtbot.waitSignal(sharing.ended, timeout=20_000):
        desk.act("Correct details", lambda session: participant.change_details(session, other.person, phone="0121 496 0999"), desk)
    settled(qtbot, desk)
    assert sharing.report.sent == 1 and sharing.where.standing.state == "in the shared place"
    turn(other.store, other.folder)
    sharing.turn(asked=True)
    settled(qtbot, desk)
    assert sharing.where.standing.state == "safe"


def test_what_appears_in_the_folder_is_a_reason_to_look(desk: Desk, qtbot: QtBot, other: Other, monkeypatch: pytest.MonkeyPatch) -> None:
    from coachdesk.ui.cards import sharing as module

    monkeypatch.setattr(module, "AFTER_FOLDER_MS", 1)
    sharing = sharing_of(desk)
    sharing.look()
    settled(qtbot, desk)
    other.act(lambda session: participant.change_details(session, other.person, phone="0121 496 0999"))
    with qtbot.waitSignal(sharing.ended, timeout=20_000):
        turn(other.store, other.folder)
    qtbot.waitUntil(lambda: sharing.report is not None and not sharing.is_busy(), timeout=20_000)
    settled(qtbot, desk)
    if not sharing.report.received:             # it looked between two files; the next hint or the timer brings the rest
        sharing.turn(asked=True)
        settled(qtbot, desk)
    assert sharing.report.received == 1


def test_a_turn_that_is_stopped_loses_nothing_and_the_next_goes_on(desk: Desk, stage: Stage, qtbot: QtBot, other: Other) -> None:
    page, view = page_of(desk, stage, qtbot, PLACE)
    other.here(lambda session: participant.change_details(session, other.person, phone="0121 496 0999"))
    press(qtbot, view.sync_button)
    assert view.strip.isVisible()
    view.strip.cancel()
    settled(qtbot, desk)
    assert not view.strip.isVisible() and view.sync_button.isEnabled()
    press(qtbot, view.sync_button)
    settled(qtbot, desk)
    assert "Synced" in said(page) and sharing_of(desk).where.standing.only_here == 0


def test_the_window_stays_usable_while_a_turn_waits_for_a_slow_folder(desk: Desk, qtbot: QtBot, other: Other) -> None:
    slow, gate = threading.Event(), threading.Event()

    class Slow(Folder):
        def entries(self) -> Any:
            slow.set()
            assert gate.wait(20)
            return super().entries()

    sharing = sharing_of(desk)
    sharing.run(lambda store: turn(store, Slow(other.shared)), desk, lambda _report: None)
    qtbot.waitUntil(slow.is_set, timeout=20_000)
    with qtbot.waitSignal(desk.work.changed, timeout=20_000):
        desk.act("Correct details", lambda session: participant.change_details(session, other.person, phone="0121 496 0999"), desk)
    assert sharing.is_busy()
    gate.set()
    settled(qtbot, desk)
