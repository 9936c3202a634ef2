"""How partners are tended on the screen, over a real store, by keys: touches, trust, introductions, connectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTabBar
from pytestqt.qtbot import QtBot

from coachdesk.partner import actions, queries
from coachdesk.referral import queries as derived
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.partner.detail import UPKEEP
from coachdesk.ui.partner.page import PartnerPage
from coachdesk.ui.partner.tabs import HOLDERS, ORGANISATIONS, TENDED
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from tests.rooms.conftest import TODAY
from tests.ui.accessibility import assert_whole_words, unnamed

Enter, Tab, Escape = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape


@pytest.fixture
def bank(desk: Desk) -> UUID:
    def furnish(session: Any) -> UUID:
        made = actions.add_partner(session, name="Shard End Food Bank", kind="food bank", lots=["Shard End"])
        actions.set_upkeep(session, made, cadence_days=30)
        ann = actions.add_contact(session, partner=made, name="Ann Lee", role="manager")
        actions.set_key(session, ann, is_key=True, cadence_days=14)
        actions.log_touch(session, partner=made, on_day=TODAY - timedelta(days=50), how="visit", contacts=["Ann Lee"],
                          remark="tea and a tour")
        actions.set_trust(session, made, stage="too business-like", on_day=TODAY - timedelta(days=40), said_by="Ann Lee")
        return made

    return UUID(str(desk.store.act(desk.owner, "test", furnish).result))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, bank: UUID, stage: Callable[[Any], MessageBar]) -> PartnerPage:
    made = PartnerPage(desk)
    stage(made)
    made.window().activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def view(qtbot: QtBot, desk: Desk, page: PartnerPage, bank: UUID) -> Any:
    """The Upkeep view of the food bank, read."""
    page.open("partner.upkeep", bank)
    qtbot.waitUntil(lambda: page.organisations.detail.upkeep.sheet is not None)
    rest(qtbot, desk)
    return page.organisations.detail.upkeep


def rest(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


def seen(desk: Desk, query: Callable[[Any], Any]) -> Any:
    with desk.store.read() as session:
        return query(session)


def bar_text(page: PartnerPage) -> str:
    bar = page.bar()
    assert bar is not None
    return bar.text()


def facts(view: Any) -> str:
    return " | ".join(label.text() for label in view.facts.findChildren(QLabel) if not label.isHidden())


def test_today_opens_the_upkeep_of_an_organisation_with_its_clock_and_its_history(qtbot: QtBot, view: Any, page: PartnerPage) -> None:
    assert page.organisations.detail.views.key() == UPKEEP
    for words in ("overdue by 20 days", "visit, 23 March 2020, with Ann Lee", "every 30 days", "too business-like",
                  "Ann Lee: overdue by 36"):
        assert words in facts(view)
    assert [view.table.text(at, 1) for at in range(2)] == ["trust: too business-like", "visit"]
    assert "Came before it, within 60 days: visit, 23 March 2020" in view.words.text()
    assert page.organisations.table.text(0, 5) == "overdue by 20 days"
    assert page.organisations.table.text(0, 6) == "too business-like, since 2 Apr 2020"


def test_a_touch_is_logged_by_keys_and_both_clocks_begin_again(qtbot: QtBot, desk: Desk, page: PartnerPage, view: Any) -> None:
    view.touch_button.setFocus()
    qtbot.keyClick(view.touch_button, Enter)
    form = page.organisations.tending.touch
    qtbot.waitUntil(form.how.hasFocus)
    form.people.set_value(["Ann Lee"])
    qtbot.keyClick(form.how, Enter)
    qtbot.waitUntil(lambda: page.organisations.detail.isVisible() and view.table.count() == 3)
    rest(qtbot, desk)
    qtbot.waitUntil(view.table.view.hasFocus)
    assert "its clock begins again" in bar_text(page)
    qtbot.waitUntil(lambda: "due in 30 days" in facts(view) and "Ann Lee: due in 14 days" in facts(view))
    assert page.organisations.table.text(0, 5) == "due in 30 days"


def test_a_touch_is_changed_and_taken_away_from_the_history(qtbot: QtBot, desk: Desk, page: PartnerPage, view: Any) -> None:
    view.table.go_to(1)
    qtbot.keyClick(view.table.view, Enter)
    form = page.organisations.tending.touch
    qtbot.waitUntil(form.isVisible)
    assert (form.how.value(), form.people.value(), form.remark.value()) == ("visit", ["Ann Lee"], "tea and a tour")
    form.remove_button.click()
    qtbot.waitUntil(lambda: view.table.count() == 1)
    rest(qtbot, desk)
    assert seen(desk, queries.touches) == []


def test_a_word_on_trust_is_written_with_what_came_before_it(qtbot: QtBot, desk: Desk, page: PartnerPage, view: Any) -> None:
    view.trust_button.click()
    form = page.organisations.tending.trust
    qtbot.waitUntil(form.stage.hasFocus)
    form.stage.set_value("listens")
    form.preceded_by.set_value("we left the forms at home")
    qtbot.keyClick(form.said_by, Enter)
    qtbot.waitUntil(lambda: view.table.count() == 3)
    rest(qtbot, desk)
    assert view.table.text(0, 1) == "trust: listens (up)"
    (row,) = seen(desk, derived.upkeep)
    assert row.trust_words == "listens, up since 12 May 2020"


def test_an_introduction_is_written_down_by_a_connector(qtbot: QtBot, desk: Desk, page: PartnerPage, view: Any, bank: UUID) -> None:
    desk.store.act(desk.owner, "test", lambda s: actions.add_connector(s, name="Yusuf Rahman", role="imam", known_by=desk.owner))
    view.door_button.click()
    form = page.organisations.tending.introduction
    qtbot.waitUntil(lambda: form.by.count() == 2)
    qtbot.keyClicks(form.by.lineEdit(), "yusuf")
    qtbot.keyClick(form.told_by, Enter)
    qtbot.waitUntil(lambda: view.table.count() == 3)
    rest(qtbot, desk)
    assert (view.table.text(0, 0), view.table.text(0, 1), view.table.text(0, 2)) == ("", "could introduce us", "Yusuf Rahman")
    view.table.go_to(0)
    qtbot.keyClick(view.table.view, Enter)
    qtbot.waitUntil(form.isVisible)
    form.day.set_value(TODAY)
    form.save()
    qtbot.waitUntil(lambda: "introduced us" in [view.table.text(at, 1) for at in range(view.table.count())])
    qtbot.waitUntil(lambda: "Ann Lee, Yusuf Rahman" in facts(view))


def test_how_often_and_by_whom_it_is_tended_is_set(qtbot: QtBot, desk: Desk, page: PartnerPage, view: Any) -> None:
    view.upkeep_button.click()
    form = page.organisations.tending.upkeep
    qtbot.waitUntil(form.days.hasFocus)
    assert form.days.value() == 30
    form.none.set_value(True)
    qtbot.keyClick(form.days, Enter)
    qtbot.waitUntil(lambda: "no upkeep wanted" in facts(view))
    rest(qtbot, desk)


def test_the_view_of_what_is_tended_begins_with_the_most_overdue_and_logs_a_touch(qtbot: QtBot, desk: Desk, page: PartnerPage) -> None:
    desk.store.act(desk.owner, "test", lambda s: actions.add_partner(s, name="A new library", kind="library", lots=["Shard End"]))
    page.show_tab(TENDED)
    view = page._made[TENDED]
    qtbot.waitUntil(lambda: view.table.count() == 2)
    assert [view.table.text(at, 0) for at in range(2)] == ["Shard End Food Bank", "A new library"]
    assert [view.people.text(0, at) for at in range(3)] == ["Ann Lee", "Shard End Food Bank", "overdue by 36 days"]
    view.people.go_to(0)
    view.people.view.setFocus()
    view.log()
    qtbot.waitUntil(lambda: view.form.isVisible() and view.form.people.value() == ["Ann Lee"])
    qtbot.keyClick(view.form.how, Enter)
    qtbot.waitUntil(lambda: view.isVisible() and view.people.text(0, 2) == "due in 14 days")
    view.whose.set_value("late")
    qtbot.waitUntil(lambda: view.table.count() == 0)
    rest(qtbot, desk)


def test_one_takes_on_what_nobody_tends_by_a_letter(qtbot: QtBot, desk: Desk, page: PartnerPage, bank: UUID) -> None:
    desk.store.act(desk.owner, "test", lambda s: actions.set_upkeep(s, bank, is_untended=True))
    page.show_tab(TENDED)
    view = page._made[TENDED]
    view.whose.set_value("nobody")
    qtbot.waitUntil(lambda: view.table.count() == 1 and view.table.current() is not None)
    view.table.view.setFocus()
    qtbot.keyClicks(view.table.view, "m")
    qtbot.waitUntil(lambda: view.table.count() == 0)
    rest(qtbot, desk)
    (row,) = seen(desk, derived.upkeep)
    assert row.tended_by_id == desk.owner


def test_a_connector_is_added_and_found_and_changed(qtbot: QtBot, desk: Desk, page: PartnerPage) -> None:
    page.show_tab(HOLDERS)
    view = page._made[HOLDERS]
    qtbot.waitUntil(lambda: view.table.count() == 1)
    assert [view.table.text(0, at) for at in (0, 3)] == ["Ann Lee", "Shard End Food Bank"]
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(view.form.name.hasFocus)
    view.form.name.set_value("Yusuf Rahman")
    view.form.role.set_value("imam")
    qtbot.keyClick(view.form.name, Enter)
    qtbot.waitUntil(lambda: view.isVisible() and view.table.count() == 2)
    rest(qtbot, desk)
    assert view.table.current().name == "Yusuf Rahman"
    (row,) = seen(desk, queries.connectors)
    assert row.known_by_id == desk.owner
    page.open("partner.connector", row.id)
    qtbot.keyClick(view.table.view, Enter)
    qtbot.waitUntil(view.form.isVisible)
    view.form.leaves_on.set_value(TODAY)
    view.form.save()
    qtbot.waitUntil(lambda: view.isVisible() and view.table.count() == 1)
    rest(qtbot, desk)


def test_who_holds_what_is_seen_on_paper(qtbot: QtBot, desk: Desk, page: PartnerPage) -> None:
    page.show_tab(HOLDERS)
    view = page._made[HOLDERS]
    qtbot.waitUntil(lambda: view.table.count() == 1)
    view.paper_button.click()
    qtbot.waitUntil(lambda: page.title.text() == "Who holds our relationships")
    rest(qtbot, desk)


def test_a_key_person_is_ticked_and_dated_on_the_contact(qtbot: QtBot, desk: Desk, page: PartnerPage, bank: UUID) -> None:
    page.open("partner", bank)
    detail = page.organisations.detail
    qtbot.waitUntil(lambda: detail.contacts.count() == 1)
    assert detail.contacts.text(0, 1) == "manager, key person"
    qtbot.keyClick(detail.contacts.view, Enter)
    form = page.organisations.contact
    qtbot.waitUntil(form.isVisible)
    assert (form.is_key.value(), form.days.value()) == (True, 14)
    form.leaves_on.set_value(TODAY + timedelta(days=30))
    qtbot.keyClick(form.name, Enter)
    qtbot.waitUntil(lambda: detail.contacts.text(0, 1) == "manager, key person, last day 11 June 2020")
    rest(qtbot, desk)
    (row,) = seen(desk, queries.contacts)
    assert row.is_key and row.leaves_on == TODAY + timedelta(days=30)
    assert "Only they hold the relationship with Shard End Food Bank" in bar_text(page)
    assert detail.leaving_button.isVisible()
    detail.leaving_button.click()
    qtbot.waitUntil(lambda: not detail.leaving_button.isVisible())
    rest(qtbot, desk)


def test_in_public_no_name_of_a_person_is_shown(qtbot: QtBot, desk: Desk, page: PartnerPage, view: Any) -> None:
    try:
        set_in_public(True)
        page.set_public_place(True)
        shown = [facts(view), view.words.text(), *(view.table.text(at, column) for at in range(view.table.count()) for column in range(3))]
        page.show_tab(TENDED)
        tended = page._made[TENDED]
        qtbot.waitUntil(lambda: tended.people.count() == 1)
        page.show_tab(HOLDERS)
        holders = page._made[HOLDERS]
        qtbot.waitUntil(lambda: holders.table.count() == 1)
        for table in (tended.table, tended.people, holders.table, holders.organisations):
            shown += [table.text(at, column) for at in range(table.count()) for column in range(len(table.model.columns))]
        assert not [words for words in shown if "Ann" in words or "Lee" in words.split()]
    finally:
        set_in_public(False)


def letters(page: PartnerPage) -> Counter[str]:
    """The mnemonics that can be seen."""
    words = [each.text() for each in page.findChildren(QAbstractButton) if each.isVisible()]
    words += [bar.tabText(at) for bar in page.findChildren(QTabBar) if bar.isVisible() for at in range(bar.count())]
    words += [each.text() for each in page.findChildren(QLabel) if each.isVisible() and each.buddy() is not None]
    return Counter(text.replace("&&", "").split("&")[1][0].lower() for text in words if "&" in text.replace("&&", ""))


def test_no_letter_does_two_things_and_every_control_has_a_name(
    qtbot: QtBot, desk: Desk, page: PartnerPage, view: Any, theme: Theme
) -> None:
    def whole() -> None:
        twice = {letter: number for letter, number in letters(page).items() if number > 1}
        assert not twice and not unnamed(page)

    whole()
    for what in ("touch", "trust", "introduction", "upkeep"):
        view.asked.emit(what, None)
        rest(qtbot, desk)
        whole()
        page.organisations.below.currentWidget().left.emit()
    for key in (TENDED, HOLDERS):
        page.show_tab(key)
        rest(qtbot, desk)
        whole()
        assert_whole_words(page)
    page._begin()
    whole()
    qtbot.keyClick(QApplication.focusWidget(), Escape)
    page.show_tab(ORGANISATIONS)
    rest(qtbot, desk)
