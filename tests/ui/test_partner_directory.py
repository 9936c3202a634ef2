"""Services, opening times, agreements and feeds on the partners' screen, over a real store, by keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.partner import actions, queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.partner.detail import AGREEMENTS, SERVICES
from coachdesk.ui.partner.page import PartnerPage
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.theme import Theme
from tests.rooms.conftest import TODAY
from tests.ui.accessibility import assert_whole_words, unnamed
from tests.ui.conftest import FakeDialogs

FEED = Path(__file__).parent.parent / "exchange" / "data" / "two_services.json"
Enter, Tab, Escape = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape


@pytest.fixture
def library(desk: Desk) -> UUID:
    def furnish(session: Any) -> UUID:
        made = actions.add_partner(session, name="Shard End Library", kind="library", lots=["Shard End"])
        actions.add_venue(session, name="Reading room", partner=made, postcode="B34 7AA")
        return made

    return UUID(str(desk.store.act(desk.owner, "test", furnish).result))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, library: UUID, stage: Callable[[Any], MessageBar]) -> PartnerPage:
    made = PartnerPage(desk)
    stage(made)
    made.window().activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def rest(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


def typed(qtbot: QtBot, words: str, *keys: Qt.Key) -> None:
    """Into the box that has the keyboard, then keys."""
    box = QApplication.focusWidget()
    assert box is not None
    qtbot.keyClicks(box, words)
    for key in keys:
        at = QApplication.focusWidget()
        assert at is not None
        qtbot.keyClick(at, key)


def seen(desk: Desk, query: Callable[[Any], Any]) -> Any:
    with desk.store.read() as session:
        return query(session)


def add_service(desk: Desk, library: UUID, **given: Any) -> UUID:
    return desk.store.act(desk.owner, "test", lambda s: actions.add_service(s, partner=library, name="English class", **given)).result


def bar_text(page: PartnerPage) -> str:
    bar = page.bar()
    assert bar is not None
    return bar.text()


def test_a_service_is_added_by_keys_with_languages_and_a_place(qtbot: QtBot, desk: Desk, page: PartnerPage) -> None:
    page.organisations.detail.go(SERVICES)
    rest(qtbot, desk)
    page.organisations.detail.services.add_button.setFocus()
    qtbot.keyClick(page.organisations.detail.services.add_button, Enter)
    qtbot.waitUntil(page.organisations.service.name.hasFocus)
    typed(qtbot, "English class", Tab, Tab)
    typed(qtbot, "Shut until June")
    page.organisations.service.languages.setFocus()
    typed(qtbot, "Urdu, English;Polish")
    page.organisations.service.places.set_value(["Reading room"])
    page.organisations.service.name.setFocus()
    typed(qtbot, "", Enter)
    qtbot.waitUntil(lambda: page.organisations.detail.services.table.count() == 1)
    rest(qtbot, desk)
    row, = seen(desk, queries.services)
    assert (row.name, row.languages, row.alert, row.status) == ("English class", ("English", "Polish", "Urdu"), "Shut until June", "active")
    assert [each.name for each in seen(desk, queries.service_places)] == ["Reading room"]
    qtbot.waitUntil(page.organisations.detail.services.table.view.hasFocus)
    assert page.organisations.detail.services.heading.text() == "English class"


def test_opening_times_are_written_changed_and_taken_away_in_one_form(
    qtbot: QtBot, desk: Desk, page: PartnerPage, library: UUID
) -> None:
    add_service(desk, library)
    page.open("partner", library)
    page.organisations.detail.go(SERVICES)
    qtbot.waitUntil(lambda: page.organisations.detail.services.table.count() == 1)
    page.organisations.detail.services.times_button.click()
    qtbot.waitUntil(page.organisations.times.days.hasFocus)
    typed(qtbot, "mon, thu", Tab)
    typed(qtbot, "9.30", Tab)
    typed(qtbot, "12", Enter)
    qtbot.waitUntil(lambda: page.organisations.times.table.count() == 1)
    assert page.organisations.times.table.text(0, 0) == "Mon, Thu 09:30–12:00"
    qtbot.waitUntil(page.organisations.times.days.hasFocus)
    typed(qtbot, "someday", Enter)
    assert "not a day of the week" in page.organisations.times.days.accessibleDescription()
    page.organisations.times.table.row_chosen.emit(page.organisations.times.table.model.row(0))
    assert (page.organisations.times.days.value(), page.organisations.times.opens.value()) == ("Mon, Thu", "09:30")
    page.organisations.times.closes.set_value("13:00")
    qtbot.keyClick(page.organisations.times.closes, Enter)
    qtbot.waitUntil(lambda: page.organisations.times.table.text(0, 0) == "Mon, Thu 09:30–13:00")
    qtbot.keyClick(page.organisations.times.days, Escape)
    qtbot.waitUntil(page.organisations.detail.services.table.view.hasFocus)
    rest(qtbot, desk)
    assert seen(desk, queries.services)[0].opening == "Mon, Thu 09:30–13:00"
    page.organisations.detail.services.times_button.click()
    qtbot.waitUntil(lambda: page.organisations.times.table.count() == 1)
    page.organisations.times.table.row_chosen.emit(page.organisations.times.table.model.row(0))
    page.organisations.times.remove_button.click()
    qtbot.waitUntil(lambda: page.organisations.times.table.count() == 0)


def test_a_service_is_checked_today_and_taken_off_the_list(qtbot: QtBot, desk: Desk, page: PartnerPage, library: UUID) -> None:
    add_service(desk, library, status="closed", assured_on=TODAY - timedelta(days=400))
    page.open("partner", library)
    page.organisations.detail.go(SERVICES)
    view = page.organisations.detail.services
    qtbot.waitUntil(lambda: view.table.count() == 1)
    assert view.table.text(0, 0) == "temporarily closed: English class"
    assert view.table.text(0, 1) == "8 Apr 2019"
    view.check_button.click()
    qtbot.waitUntil(lambda: view.table.text(0, 1) == "12 May 2020")
    assert "was checked today" in bar_text(page)
    view.change_button.click()
    qtbot.waitUntil(page.organisations.service.name.hasFocus)
    page.organisations.service.remove_button.click()
    qtbot.waitUntil(lambda: view.table.count() == 0)
    rest(qtbot, desk)


def test_an_agreement_is_added_and_its_end_is_looked_at(qtbot: QtBot, desk: Desk, page: PartnerPage) -> None:
    page.organisations.detail.go(AGREEMENTS)
    rest(qtbot, desk)
    page.organisations.detail.agreements.add_button.click()
    qtbot.waitUntil(page.organisations.agreement.what.hasFocus)
    typed(qtbot, "Back room on Tuesdays", Tab, Tab)
    typed(qtbot, "+30", Enter)
    view = page.organisations.detail.agreements
    qtbot.waitUntil(lambda: view.table.count() == 1)
    rest(qtbot, desk)
    assert view.table.text(0, 2) == "ends on 11 June 2020, in 30 days"
    qtbot.waitUntil(view.seen_button.isVisible)
    view.seen_button.click()
    qtbot.waitUntil(lambda: not view.seen_button.isVisible())
    rest(qtbot, desk)
    qtbot.keyClick(view.table.view, Enter)
    qtbot.waitUntil(page.organisations.agreement.what.hasFocus)
    page.organisations.agreement.ends_on.clear()
    typed(qtbot, " at nine", Enter)
    qtbot.waitUntil(lambda: view.table.count() == 1 and view.table.text(0, 2) == "no end")
    rest(qtbot, desk)
    assert seen(desk, queries.agreements)[0].what == "Back room on Tuesdays at nine"


def test_the_end_of_a_partners_funding_is_written_shown_and_looked_at(qtbot: QtBot, desk: Desk, page: PartnerPage) -> None:
    page.organisations.detail.change_button.click()
    qtbot.waitUntil(page.organisations.organisation.name.hasFocus)
    page.organisations.organisation.funding_ends.box.setFocus()
    typed(qtbot, "1 6 2020", Tab)
    typed(qtbot, "Lottery", Enter)
    qtbot.waitUntil(page.organisations.detail.funding_button.isVisible)
    rest(qtbot, desk)
    assert "Funding: ends on 1 June 2020, in 20 days (Lottery)" in [
        label.accessibleName() for label in page.organisations.detail.facts.findChildren(type(page.organisations.detail.heading))]
    page.organisations.detail.funding_button.click()
    qtbot.waitUntil(lambda: not page.organisations.detail.funding_button.isVisible())
    rest(qtbot, desk)
    page.organisations.detail.change_button.click()
    qtbot.waitUntil(page.organisations.organisation.name.hasFocus)
    page.organisations.organisation.funding_ends.clear()
    typed(qtbot, "", Enter)
    qtbot.waitUntil(lambda: not page.organisations._is_form_open())
    rest(qtbot, desk)
    assert seen(desk, queries.partners)[0].funding_ends_on is None


@pytest.mark.parametrize("kind", ["partner.service", "partner.agreement"])
def test_a_service_and_an_agreement_are_opened_from_elsewhere(
    qtbot: QtBot, desk: Desk, page: PartnerPage, library: UUID, kind: str
) -> None:
    made = {"partner.service": add_service(desk, library), "partner.agreement": desk.store.act(
        desk.owner, "test", lambda s: actions.add_agreement(s, partner=library, what="Room", ends_on=TODAY)).result}[kind]
    page.open(kind, made)
    view: Any = page.organisations.detail.services if kind == "partner.service" else page.organisations.detail.agreements
    qtbot.waitUntil(lambda: view.isVisible() and view.table.current() is not None and view.table.current().id == made)
    rest(qtbot, desk)


# --- a feed -----------------------------------------------------------------------------------------------------------


def test_a_feed_is_tried_then_brought_in_and_saved(
    qtbot: QtBot, desk: Desk, page: PartnerPage, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    page.feed_button.click()
    view, dialogs.next_file = page.feed, FEED
    qtbot.waitUntil(view.choose_button.hasFocus)
    qtbot.keyClick(view.choose_button, Enter)
    qtbot.waitUntil(view.bring_button.isVisible)
    rest(qtbot, desk)
    assert view.told.text() == "two_services.json: 1 organisation (1 new); 2 services (2 new) would come in."
    assert [view.table.text(at, 1) for at in range(view.table.count())] == ["Shard End Advice", "Welfare rights drop-in", "Debt clinic"]
    assert seen(desk, queries.services) == []
    view.works_in.set_value(("Camp Hill",))
    qtbot.waitUntil(view.bring_button.hasFocus)
    qtbot.keyClick(view.bring_button, Enter)
    qtbot.waitUntil(lambda: "came in" in bar_text(page))
    rest(qtbot, desk)
    assert len(seen(desk, queries.services)) == 2
    assert [row.lots for row in seen(desk, queries.partners) if row.name == "Shard End Advice"] == [("Camp Hill",)]
    dialogs.next_file = tmp_path / "ours"
    view.save_button.click()
    said = "ours.json holds 2 services with their organisations, and 1 organisation without any"
    qtbot.waitUntil(lambda: said in bar_text(page))
    assert len(json.loads((tmp_path / "ours.json").read_text("utf-8"))["contents"]) == 2
    qtbot.keyClick(view.back_button, Enter)
    qtbot.waitUntil(page.organisations.table.isVisible)


def test_a_broken_feed_shows_every_problem_by_its_path_and_offers_nothing(
    qtbot: QtBot, desk: Desk, page: PartnerPage, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    broken = json.loads(FEED.read_text("utf-8"))
    del broken["contents"][0]["status"], broken["contents"][0]["x_local_code"]
    broken["contents"][1]["name"] = 5
    dialogs.next_file = tmp_path / "broken.json"
    dialogs.next_file.write_text(json.dumps(broken), "utf-8")
    page.show_feed()
    page.feed.choose()
    qtbot.waitUntil(lambda: page.feed.table.count() == 2)
    rest(qtbot, desk)
    assert [page.feed.table.text(at, 1) for at in range(2)] == ["$.contents[0].status", "$.contents[1].name"]
    assert "broken.json cannot be taken in: $.contents[0].status is missing" in page.feed.told.text()
    assert not page.feed.bring_button.isVisible()
    dialogs.next_file = tmp_path / "missing.json"
    page.feed.choose()
    qtbot.waitUntil(lambda: "cannot be read" in bar_text(page))
    rest(qtbot, desk)
    qtbot.keyClick(page.feed.table.view, Escape)
    qtbot.waitUntil(page.organisations.table.isVisible)


def test_a_feed_that_says_nothing_new_offers_nothing(qtbot: QtBot, desk: Desk, page: PartnerPage, dialogs: FakeDialogs) -> None:
    from coachdesk.exchange.open_referral import coming_in, feed
    from tests.exchange.feeds import finished, small_feed

    finished(coming_in.bring_in(desk.store, desk.owner, feed.feed_of(small_feed(), "x.json"), ["Shard End"]))
    dialogs.next_file = FEED
    page.show_feed()
    page.feed.choose()
    qtbot.waitUntil(lambda: "everything is known already" in page.feed.told.text())
    rest(qtbot, desk)
    assert not page.feed.bring_button.isVisible()


@pytest.mark.parametrize("scale", [100, 200])
def test_every_control_of_the_directory_has_a_name_and_no_words_are_cut_off(
    qtbot: QtBot, desk: Desk, page: PartnerPage, library: UUID, theme: Theme, scale: int
) -> None:
    add_service(desk, library, languages=["Urdu"], fees="free")
    theme.set_scale(scale)
    for show in (
        lambda: page.organisations.detail.go(SERVICES),
        lambda: page.organisations.detail.go(AGREEMENTS),
        page.new_organisation,
        lambda: page.organisations._edit_service(None),
        lambda: page.organisations.detail.agreements.asked.emit(None),
        lambda: page.organisations._edit_times(seen(desk, queries.services)[0]),
        page.show_feed,
    ):
        show()
        rest(qtbot, desk)
        QApplication.processEvents()
        assert unnamed(page) == []
        if scale == 100:
            assert_whole_words(page)
        page.organisations._on_form_left()
