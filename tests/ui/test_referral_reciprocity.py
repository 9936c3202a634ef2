"""The view of the traffic both ways, by keys: from a partner to its months, to the referrals behind a number, to one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.participant import actions as participants
from coachdesk.referral import actions, queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.partner_record import PartnerRecord
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.referral.page import ReferralPage
from coachdesk.ui.referral.reciprocity_view import ReciprocityView, days_words
from tests.ui.accessibility import assert_whole_words, unnamed
from tests.ui.test_referral_page import World, world  # noqa: F401  a fixture


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, world: World, stage: Callable[[Any], MessageBar]) -> ReferralPage:  # noqa: F811
    """Ann went to the debt project in February, March and April; Amir came from it in January."""

    def make(session: Any) -> None:
        ann = participants.register(session, name="Ann Archer", lot=world.lot, postcode="B34 7AA", consent_partners="given",
                                    registered_on=date(2020, 1, 2))
        for month in (2, 3, 4):
            actions.send_referral(session, participant=ann, partner=world.debt, need="a plan", made_on=date(2020, month, 3))
        actions.receive_referral(session, partner=world.debt, participant=world.amir, need="work", made_on=date(2020, 1, 7))

    desk.store.act(desk.owner, "test", make)
    made = ReferralPage(desk)
    stage(made)
    made.window().activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.views.go("reciprocity")
    qtbot.waitUntil(lambda: made.ledger.table.count() == 1 and made.ledger.behind.count() == 4)
    return made


def view_of(page: ReferralPage) -> ReciprocityView:
    return page.ledger


def test_a_partner_stands_with_both_ways_in_words_and_its_alert(page: ReferralPage) -> None:
    table = view_of(page).table
    assert [table.text(0, column) for column in range(7)] == [
        "Debt Project", "3 given, 1 received", "0 of 3", "0 of 1", "", "too few to tell", "⚠ one way"]
    assert page.subtitle.text() == "3 given and 1 received; 0 % of what was given stayed in-house; 1 partner one way and not answered"
    assert "Say what will be done about it" in view_of(page).words.text()


def test_every_number_leads_to_its_referrals_and_a_month_narrows_them(qtbot: QtBot, page: ReferralPage) -> None:
    view = view_of(page)
    view.what.set_value("received")
    qtbot.waitUntil(lambda: view.behind.count() == 1)
    assert view.behind.text(0, 0) == "Amir Khan"
    view.what.set_value(queries.GIVEN)
    qtbot.waitUntil(lambda: view.behind.count() == 3)
    view.table.setFocus()
    qtbot.keyClick(view.table.view, Qt.Key.Key_Return)
    assert view.chart.hasFocus()
    qtbot.keyClick(view.chart, Qt.Key.Key_Home)
    assert view.chart.said() == "January 2020: 0 given, 0 of them taken on; 1 received, 0 of them taken on"
    qtbot.waitUntil(lambda: view.behind.count() == 0)
    qtbot.keyClick(view.chart, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: view.behind.count() == 1)
    qtbot.keyClick(view.chart, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is view.behind.view
    qtbot.keyClick(view.behind.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.split.isVisible() and page.table.current() is not None and page.table.current().made_on.month == 2)


def test_the_alert_goes_only_by_saying_what_will_be_done(qtbot: QtBot, desk: Desk, page: ReferralPage) -> None:
    view = view_of(page)
    view.first_focus()
    qtbot.keyClick(view.table.view, Qt.Key.Key_W)
    assert view.form.isVisible()
    qtbot.keyClick(view.form.what, Qt.Key.Key_Return)
    assert view.form.what.accessibleDescription().endswith("is needed. Nothing was saved yet.")
    qtbot.keyClicks(view.form.what, "ask what we can send them")
    qtbot.keyClick(view.form.what, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.table.text(0, 6) == "answered")
    assert "What will be done: ask what we can send them. It comes back" in view.words.text()
    assert not view.answer_button.isVisible()


def test_papers_are_previewed_and_esc_comes_back(qtbot: QtBot, page: ReferralPage) -> None:
    view = view_of(page)
    for letter, pages in ((Qt.Key.Key_P, 2), (Qt.Key.Key_K, 1), (Qt.Key.Key_F, 1)):
        view.first_focus()
        qtbot.keyClick(view.table.view, letter)
        qtbot.waitUntil(lambda: page.paper.preview is not None and page.paper.preview.isVisible())
        assert page.paper.preview.page_count() == pages
        qtbot.keyClick(page.paper.preview, Qt.Key.Key_Escape)
        assert view.isVisible() and page.views.isVisible()


def test_a_form_comes_to_the_front_from_this_view_and_today_leads_here(qtbot: QtBot, world: World, page: ReferralPage) -> None:  # noqa: F811
    page.new_referral()
    assert page.sending.isVisible() and page.views.key() == "awaiting"
    page.open("referral.one_way", world.debt)
    qtbot.waitUntil(lambda: view_of(page).isVisible() and view_of(page).table.count() == 1)


@pytest.mark.parametrize("scale", [100, 200])
def test_everything_has_a_name_and_whole_words(qtbot: QtBot, theme: Theme, page: ReferralPage, scale: int) -> None:
    theme.set_scale(scale)
    assert unnamed(page) == []
    assert_whole_words(page)


@pytest.mark.parametrize(("days", "words"), [
    (None, ""), (0.0, "the same day"), (0.5, "½ day"), (1.0, "1 day"), (6.5, "6½ days"), (9.0, "9 days")])
def test_days_in_words(days: float | None, words: str) -> None:
    assert days_words(days) == words


@pytest.mark.parametrize(("days", "words"), [(None, "accepted 2."), (0, "an answer comes the same day."), (1, "an answer takes 1 day.")])
def test_how_long_an_answer_takes_in_the_record_of_a_partner(days: int | None, words: str) -> None:
    assert words in PartnerRecord(given=2, accepted=2, reply_days=days).sentence()
