"""The views of the network over a real store, by keys: capability, council support, vacancies with their candidates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.partner import actions, queries
from coachdesk.programme import queries as programme
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.partner.page import PartnerPage
from coachdesk.ui.parts.message_bar import MessageBar
from tests.rooms.conftest import SHARD_END, TODAY

Enter, Escape = Qt.Key.Key_Return, Qt.Key.Key_Escape
Control = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def lots(desk: Desk) -> dict[str, UUID]:
    with desk.store.read() as session:
        return {name: id for id, name in programme.lot_names(session).items()}


@pytest.fixture
def employer(desk: Desk) -> UUID:
    return do(desk, lambda s: actions.add_partner(s, name="Kingsbury Parcels", kind="employer", lots=["Shard End"]))


@pytest.fixture
def job(desk: Desk, employer: UUID) -> UUID:
    return do(desk, lambda s: actions.add_vacancy(s, partner=employer, title="Warehouse operative", hours_a_week=30, pay_pence_an_hour=930,
                                                  postcode=SHARD_END, lots=["Shard End"], closes_on=TODAY + timedelta(days=9)))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, stage: Callable[[Any], MessageBar]) -> PartnerPage:
    made = PartnerPage(desk)
    stage(made)
    made.window().activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def do(desk: Desk, action: Callable[[Any], UUID]) -> UUID:
    return UUID(str(desk.store.act(desk.owner, "test", action).result))


def rest(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


def look(qtbot: QtBot, desk: Desk, page: PartnerPage, key: str) -> Any:
    page.show_tab(key)
    page.reload()
    rest(qtbot, desk)
    return page._made[key]


def seen(desk: Desk, query: Callable[[Any], Any]) -> Any:
    with desk.store.read() as session:
        return query(session)


def bar_text(page: PartnerPage) -> str:
    bar = page.bar()
    return bar.text() if bar is not None else ""


# --- going about ------------------------------------------------------------------------------------------------------


def test_control_page_down_goes_through_the_views_and_inside_an_organisation_through_its_own(
    qtbot: QtBot, desk: Desk, page: PartnerPage, employer: UUID
) -> None:
    page.reload()
    qtbot.waitUntil(lambda: page.organisations.table.count() == 1)
    rest(qtbot, desk)
    page.organisations.detail.contact_button.setFocus()
    inner, outer = page.organisations.views, page.views.key()
    before = inner.key()
    qtbot.keyClick(page.organisations.detail.contact_button, Qt.Key.Key_PageDown, Control)
    assert (inner.key() != before, page.views.key()) == (True, outer)
    page.organisations.table.setFocus()
    qtbot.keyClick(page.organisations.table.view, Qt.Key.Key_PageDown, Control)
    assert page.views.key() != outer


@pytest.mark.parametrize(("kind", "key"), [("partner.capability", "capability"), ("partner.council_support", "council"),
                                           ("partner.vacancy", "vacancies")])
def test_a_record_of_the_network_is_opened_from_elsewhere(
    qtbot: QtBot, desk: Desk, page: PartnerPage, job: UUID, lots: dict[str, UUID], kind: str, key: str
) -> None:
    made = {
        "partner.capability": lambda s: actions.add_capability(s, partner=queries.partners(s)[0].id, funding="Grant", kinds=["CV"]),
        "partner.council_support": lambda s: actions.ask_council(s, lot=lots["Camp Hill"], kind="venue", what="The hall"),
        "partner.vacancy": lambda _s: job,
    }[kind]
    id = do(desk, made)
    page.open(kind, id)
    rest(qtbot, desk)
    assert page.views.key() == key
    view = page._made[key]
    table = {"capability": "held", "council": "asks", "vacancies": "jobs"}[key]
    qtbot.waitUntil(lambda: getattr(view, table).current() is not None and getattr(view, table).current().id == id)
    rest(qtbot, desk)


# --- capability -------------------------------------------------------------------------------------------------------


def test_a_contract_is_written_down_by_keys_and_fills_the_map(qtbot: QtBot, desk: Desk, page: PartnerPage) -> None:
    view = look(qtbot, desk, page, "capability")
    assert view.kinds.count() == 16 and {view.kinds.text(at, 3) for at in range(16)} == {"all 2 lots"}
    qtbot.keyClick(page, Qt.Key.Key_N, Control)
    form = view.form
    qtbot.waitUntil(form.funding.hasFocus)
    qtbot.keyClicks(form.funding, "Adult Education Budget")
    form.holder.set_value(view._bodies[0])
    form.kinds.set_value(["vocational training"])
    form.lots.set_value(["Shard End"])
    form.ends_on.set_value(date(2020, 6, 1))
    qtbot.keyClick(form.funding, Enter)
    qtbot.waitUntil(lambda: view.held.count() == 1)
    rest(qtbot, desk)
    (row,) = seen(desk, queries.capabilities)
    assert (row.is_own, row.kinds, row.lots) == (True, ("vocational training",), ("Shard End",))
    at = [view.kinds.text(place, 0) for place in range(16)].index("vocational training")
    assert [view.kinds.text(at, column) for column in (1, 3)] == ["Shard End", "Camp Hill"]
    qtbot.waitUntil(view.seen_button.isVisible)
    view.seen_button.click()
    qtbot.waitUntil(lambda: not view.seen_button.isVisible())
    rest(qtbot, desk)


def test_one_lot_shows_who_and_a_kind_drills_down_to_its_contracts(
    qtbot: QtBot, desk: Desk, page: PartnerPage, employer: UUID, lots: dict[str, UUID]
) -> None:
    do(desk, lambda s: actions.add_capability(s, partner=employer, funding="Own reserves", kinds=["work trial"], lots=["Shard End"]))
    do(desk, lambda s: actions.add_capability(s, partner=employer, funding="Other money", kinds=["travel"], lots=["Shard End"]))
    view = look(qtbot, desk, page, "capability")
    desk.choose_lot(lots["Shard End"])
    rest(qtbot, desk)
    kinds = [view.kinds.text(place, 0) for place in range(16)]
    at = kinds.index("work trial")
    assert view.kinds.text(at, 2) == "Kingsbury Parcels"
    assert view.kinds.text(kinds.index("housing"), 3) == "nobody"
    assert "housing" in view.gaps.text() and "work trial" not in view.gaps.text()
    view.kinds.go_to(at)
    qtbot.keyClick(view.kinds.view, Enter)
    assert [view.held.text(place, 0) for place in range(view.held.count())] == ["Own reserves"]
    view.all_button.click()
    assert view.held.count() == 2
    view.day.set_value(date(2019, 1, 1))
    rest(qtbot, desk)


def test_a_contract_of_another_organisation_needs_the_organisation(qtbot: QtBot, desk: Desk, page: PartnerPage) -> None:
    view = look(qtbot, desk, page, "capability")
    view.new()
    view.form.funding.set_value("Grant")
    view.form.holder.set_value("another organisation")
    view.form.kinds.set_value(["travel"])
    view.form.save()
    assert "Which organisation holds it is needed" in view.form.partner.accessibleDescription()
    rest(qtbot, desk)
    assert seen(desk, queries.capabilities) == []


# --- council support --------------------------------------------------------------------------------------------------


def test_a_council_is_asked_and_answers_and_the_lots_stand_beside_each_other(
    qtbot: QtBot, desk: Desk, page: PartnerPage, lots: dict[str, UUID]
) -> None:
    desk.choose_lot(lots["Shard End"])
    view = look(qtbot, desk, page, "council")
    qtbot.keyClick(page, Qt.Key.Key_N, Control)
    qtbot.waitUntil(view.form.kind.hasFocus)
    view.form.kind.set_value("venue")
    qtbot.keyClicks(view.form.what, "The hall on Tuesdays")
    qtbot.keyClick(view.form.what, Enter)
    qtbot.waitUntil(lambda: view.asks.count() == 1)
    rest(qtbot, desk)
    assert "1 asked for; no answer yet." in view.about.text()
    qtbot.keyClick(view.asks.view, Enter)
    qtbot.waitUntil(view.came.answer.hasFocus)
    view.came.answer.set_value("declined")
    qtbot.keyClick(view.came.worth, Enter)
    qtbot.waitUntil(lambda: "1 declined" in view.about.text())
    rest(qtbot, desk)
    desk.choose_lot(None)
    rest(qtbot, desk)
    said = {view.lots.text(at, 0): view.lots.text(at, 7) for at in range(view.lots.count())}
    assert said == {"Camp Hill": "never asked", "Shard End": "too few to compare (1 answered)"}
    view.answer.set_value("given")
    assert view.asks.count() == 0


def test_information_on_people_is_not_asked_for_without_its_basis(
    qtbot: QtBot, desk: Desk, page: PartnerPage, lots: dict[str, UUID]
) -> None:
    view = look(qtbot, desk, page, "council")
    view.new()
    form = view.form
    form.lot.set_value(lots["Shard End"])
    assert not form.basis.isVisible()
    form.kind.set_value("information on possible participants")
    assert form.basis.isVisible()
    form.what.set_value("Tenants who are out of work")
    form.save()
    assert "without its lawful basis" in form.basis.accessibleDescription()
    form.basis.set_value("public task")
    form.save()
    rest(qtbot, desk)
    assert seen(desk, queries.council_asks)[0].lawful_basis == "public task"
