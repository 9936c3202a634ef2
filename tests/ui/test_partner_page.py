"""The partners' screen over a real store, by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.partner import actions, queries
from coachdesk.programme import queries as programme
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.partner.page import PartnerPage
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.theme import Theme
from tests.ui.accessibility import assert_whole_words, unnamed


@pytest.fixture
def food_bank(desk: Desk) -> UUID:
    made = desk.store.act(
        desk.owner, "test", lambda s: actions.add_partner(s, name="Shard End Food Bank", kind="food bank", lots=["Shard End"])
    )
    return UUID(str(made.result))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, food_bank: UUID, stage: Callable[[Any], MessageBar]) -> PartnerPage:
    made = PartnerPage(desk)
    stage(made)
    made.window().activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def typed(qtbot: QtBot, box: Any, words: str) -> None:
    qtbot.keyClicks(box, words)


def rest(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


def test_an_organisation_is_added_by_keys_and_stands_in_the_list(qtbot: QtBot, desk: Desk, page: PartnerPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = page.organisations.organisation
    qtbot.waitUntil(form.name.hasFocus)
    typed(qtbot, form.name, "Camp Hill Library")
    typed(qtbot, form.kind.lineEdit(), "library")
    form.lots.set_value(["Camp Hill"])
    qtbot.keyClick(form.days, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.organisations.table.count() == 2)
    rest(qtbot, desk)
    assert page.organisations.table.current().name == "Camp Hill Library"
    with desk.store.read() as session:
        (made,) = [row for row in queries.partners(session) if row.name == "Camp Hill Library"]
    assert (made.kind, made.lots, made.reply_days) == ("library", ("Camp Hill",), 14)


def test_a_second_organisation_of_that_name_is_refused_in_words_and_the_form_stays(qtbot: QtBot, desk: Desk, page: PartnerPage) -> None:
    page.new_organisation()
    typed(qtbot, page.organisations.organisation.name, "shard end FOOD bank")
    typed(qtbot, page.organisations.organisation.kind.lineEdit(), "food bank")
    page.organisations.organisation.lots.set_value(["Shard End"])
    qtbot.keyClick(page.organisations.organisation.name, Qt.Key.Key_Return)
    bar = page.bar()
    assert bar is not None
    qtbot.waitUntil(lambda: "already known" in bar.text())
    assert page.organisations.organisation.isVisible() and page.organisations.organisation.name.value() == "shard end FOOD bank"
    with desk.store.read() as session:
        assert len(queries.partners(session)) == 1


def test_a_field_left_empty_is_said_under_it(qtbot: QtBot, page: PartnerPage) -> None:
    page.new_organisation()
    qtbot.keyClick(page.organisations.organisation.name, Qt.Key.Key_Return)
    assert page.organisations.organisation.name.accessibleDescription() == "Name is needed. Nothing was saved yet."


def test_a_contact_is_added_changed_and_taken_off_the_list(qtbot: QtBot, desk: Desk, page: PartnerPage) -> None:
    qtbot.mouseClick(page.organisations.detail.contact_button, Qt.MouseButton.LeftButton)
    typed(qtbot, page.organisations.contact.name, "Beverley Akinwande")
    typed(qtbot, page.organisations.contact.phone, "07700900123")
    qtbot.keyClick(page.organisations.contact.phone, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.organisations.detail.contacts.count() == 1)
    assert page.organisations.detail.contacts.text(0, 2) == "07700 900123"
    qtbot.waitUntil(page.organisations.detail.contacts.view.hasFocus)            # the keyboard is where the next deed is
    qtbot.keyClick(page.organisations.detail.contacts.view, Qt.Key.Key_Return)
    typed(qtbot, page.organisations.contact.role, "manager")
    qtbot.keyClick(page.organisations.contact.role, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.organisations.detail.contacts.count() == 1 and page.organisations.detail.contacts.text(0, 1) == "manager")
    qtbot.keyClick(page.organisations.detail.contacts.view, Qt.Key.Key_Return)
    qtbot.mouseClick(page.organisations.contact.remove_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.organisations.detail.contacts.count() == 0)
    rest(qtbot, desk)


def test_a_place_takes_the_organisations_only_lot_and_a_wrong_postcode_is_refused(qtbot: QtBot, desk: Desk, page: PartnerPage) -> None:
    page.organisations.detail.venue_asked.emit(None)
    typed(qtbot, page.organisations.venue.name, "Hall")
    typed(qtbot, page.organisations.venue.postcode, "B34")
    qtbot.keyClick(page.organisations.venue.postcode, Qt.Key.Key_Return)
    bar = page.bar()
    assert bar is not None
    qtbot.waitUntil(lambda: "is not a postcode" in bar.text())
    typed(qtbot, page.organisations.venue.postcode, "7aa")
    qtbot.keyClick(page.organisations.venue.postcode, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.organisations.detail.venues.count() == 1)
    rest(qtbot, desk)
    assert [page.organisations.detail.venues.text(0, at) for at in range(3)] == ["Hall", "B34 7AA", "Shard End"]


def test_escape_leaves_a_form_and_goes_back_to_the_list(qtbot: QtBot, page: PartnerPage) -> None:
    page.new_organisation()
    qtbot.keyClick(page.organisations.organisation.name, Qt.Key.Key_Escape)
    assert page.organisations.detail.isVisible()
    assert QApplication.focusWidget() is page.organisations.table.view


def test_a_place_of_another_lot_is_opened_from_elsewhere(qtbot: QtBot, desk: Desk, page: PartnerPage, food_bank: UUID) -> None:
    with desk.store.read() as session:
        lots = {name: id for id, name in programme.lot_names(session).items()}
    venue = desk.store.act(desk.owner, "test", lambda s: actions.add_venue(s, name="Hall", partner=food_bank, lot=lots["Shard End"])).result
    desk.choose_lot(lots["Camp Hill"])
    qtbot.waitUntil(lambda: page.organisations.table.count() == 0)
    page.open("partner.venue", venue)
    qtbot.waitUntil(lambda: page.organisations.detail.venues.count() == 1 and page.organisations.detail.venues.current() is not None)
    rest(qtbot, desk)
    assert page.organisations.detail.venues.current().id == venue


def test_the_list_is_found_in_by_name_kind_and_contact(qtbot: QtBot, desk: Desk, page: PartnerPage, food_bank: UUID) -> None:
    desk.store.act(desk.owner, "test", lambda s: actions.add_contact(s, partner=food_bank, name="Siân Pugh"))
    page.reload()
    qtbot.waitUntil(lambda: len(page.organisations.sheet.contacts) == 1)
    for words, found in (("sian", 1), ("food shard", 1), ("library", 0)):
        page.organisations.finder.set_value(words)
        assert page.organisations.table.count() == found
    rest(qtbot, desk)


@pytest.mark.parametrize("scale", [100, 200])
def test_every_control_has_a_name_and_no_words_are_cut_off(qtbot: QtBot, page: PartnerPage, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    for show in (
        lambda: None,
        page.new_organisation,
        lambda: page.organisations.detail.contact_asked.emit(None),
        lambda: page.organisations.detail.venue_asked.emit(None),
    ):
        show()
        QApplication.processEvents()
        assert unnamed(page) == []
        if scale == 100:
            assert_whole_words(page)
        page.organisations._on_form_left()
