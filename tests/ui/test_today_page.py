"""The first page, driven by keys over a real encrypted store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.activity import actions as activity
from coachdesk.outreach import actions as outreach
from coachdesk.outreach import queries as outreach_queries
from coachdesk.participant import actions as participant
from coachdesk.partner import actions as partner
from coachdesk.programme import queries as programme_queries
from coachdesk.referral import actions as referral
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.today.page import TodayPage
from coachdesk.ui.today.shown import DUE, JOBS, MEANINGFUL, OVERDUE, PEOPLE, WAITING, WEEK, due_words
from tests.rooms.people import enrol
from tests.ui.accessibility import unnamed

Key = Qt.Key
Stage = Callable[[Any], MessageBar]


def act(desk: Desk, action: Callable[[Any], Any], reason: str = "test") -> Any:
    return desk.store.act(desk.owner, reason, action).result


def settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


def help_on(person: UUID, day: date) -> Callable[[Any], UUID]:
    """Meaningful help on a day."""
    return lambda session: activity.log_intervention(session, participant=person, minutes=40, mode="face to face", kind="CV & job search",
                                                     happened_on=day, is_meaningful=True, why="an hour's work")


@pytest.fixture
def lots(desk: Desk) -> dict[str, UUID]:
    with desk.store.read() as session:
        return {name: id for id, name in programme_queries.lot_names(session).items()}


@pytest.fixture
def zoe(desk: Desk, lots: dict[str, UUID]) -> UUID:
    """One person of mine: a reply awaited, a follow-up that is late, an appointment tomorrow, three pieces of help, a job in May."""
    person: UUID = act(desk, lambda s: enrol(s, lots["Shard End"]))
    bank = act(desk, lambda s: partner.add_partner(s, name="Debt Advice", kind="debt or advice service", lots=["Shard End"]))
    act(desk, lambda s: participant.record_consent(s, person, answer="given"))
    act(desk, lambda s: referral.send_referral(s, participant=person, partner=bank, need="debt", made_on=date(2020, 5, 11)))
    act(desk, lambda s: participant.add_follow_up(s, participant=person, due_on=date(2020, 5, 9), what="Ring about the CV"))
    act(desk, lambda s: activity.book_appointment(s, participant=person, due_on=date(2020, 5, 13), at="10:00"))
    for day in (date(2020, 4, 28), date(2020, 5, 5), date(2020, 5, 6)):
        act(desk, help_on(person, day))
    act(desk, lambda s: activity.record_job(
        s, participant=person, started_on=date(2020, 5, 11), employer="A bakery", title="Baker", hours_a_week=20))
    return person


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, stage: Stage, zoe: UUID) -> TodayPage:
    made = TodayPage(desk)
    stage(made)
    return made


def test_what_is_late_stands_first_and_enter_opens_it(qtbot: QtBot, page: TodayPage, zoe: UUID) -> None:
    assert [page.table.text(at, 0) for at in range(page.table.count())] == ["3 days late", "tomorrow"]
    assert page.table.view.hasFocus()
    with qtbot.waitSignal(page.open_requested) as opened:
        qtbot.keyClick(page.table.view, Key.Key_Return)
    assert opened.args == ["participant", zoe]


def test_an_appointment_opens_as_itself(qtbot: QtBot, page: TodayPage) -> None:
    qtbot.keyClick(page.table.view, Key.Key_Down)
    with qtbot.waitSignal(page.open_requested) as opened:
        qtbot.keyClick(page.table.view, Key.Key_Return)
    assert opened.args[0] == "activity.appointment"


def test_each_figure_shows_exactly_its_rows(qtbot: QtBot, page: TodayPage) -> None:
    for name, count in ((PEOPLE, 1), (OVERDUE, 1), (WEEK, 1), (WAITING, 1), (MEANINGFUL, 1), (JOBS, 1)):
        assert page.figures[name].value() == str(count), name
        page.figures[name].setFocus()
        qtbot.keyClick(page.figures[name], Key.Key_Return)
        assert page.table.count() == count, name
    qtbot.keyClick(page.table.view, Key.Key_D)
    assert page._list == DUE and page.table.count() == 2


def test_help_of_last_month_does_not_reach_the_milestone_twice(qtbot: QtBot, desk: Desk, stage: Stage, lots: dict[str, UUID]) -> None:
    person = act(desk, lambda s: enrol(s, lots["Shard End"]))
    for day in (date(2020, 4, 20), date(2020, 4, 21), date(2020, 4, 22), date(2020, 5, 5)):
        act(desk, help_on(person, day))
    page = TodayPage(desk)
    stage(page)
    assert page.figures[MEANINGFUL].value() == "0"


def test_mine_and_everyones_turn_by_one_key(qtbot: QtBot, desk: Desk, page: TodayPage, lots: dict[str, UUID]) -> None:
    with desk.store.read() as session:
        coach = next(row.id for row in programme_queries.members(session) if row.role == "coach")
    desk.store.act(coach, "test", lambda s: enrol(s, lots["Camp Hill"], name="Ann Lee"))
    page.reload()
    settle(qtbot, desk)
    assert page.figures[PEOPLE].value() == "1" and page.table.view.isColumnHidden(4)
    qtbot.keyClick(page.table.view, Key.Key_M)
    settle(qtbot, desk)
    assert page.figures[PEOPLE].value() == "2" and not page.table.view.isColumnHidden(4)


def test_a_lead_without_a_caseload_sees_everyones(qtbot: QtBot, desk: Desk, stage: Stage, lots: dict[str, UUID]) -> None:
    with desk.store.read() as session:
        coach = next(row.id for row in programme_queries.members(session) if row.role == "coach")
    desk.store.act(coach, "test", lambda s: enrol(s, lots["Camp Hill"], name="Ann Lee"))
    page = TodayPage(desk)
    stage(page)
    assert page.figures[PEOPLE].value() == "1" and "everyone’s work" in page.subtitle.text()


def test_one_lot_shows_only_its_own(qtbot: QtBot, desk: Desk, page: TodayPage, lots: dict[str, UUID]) -> None:
    desk.choose_lot(lots["Camp Hill"])
    settle(qtbot, desk)
    assert all(figure.value() == "0" for figure in page.figures.values())


@pytest.mark.parametrize(("key", "what"), [(Key.Key_C, "new contact"), (Key.Key_R, "new participant"), (Key.Key_H, "new intervention")])
def test_one_key_begins_the_commonest_things(qtbot: QtBot, desk: Desk, page: TodayPage, key: Qt.Key, what: str) -> None:
    with qtbot.waitSignal(desk.offered) as offered:
        qtbot.keyClick(page.table.view, key)
    assert offered.args == [what, None]


def test_todays_session_opens_with_enter(qtbot: QtBot, desk: Desk, page: TodayPage, lots: dict[str, UUID]) -> None:
    hall = act(desk, lambda s: partner.add_venue(s, name="St Thomas Hall", lot=lots["Shard End"]))
    met = act(desk, lambda s: outreach.open_session(s, venue=hall, kind="food bank", starts_at="09:30"))
    page.reload()
    settle(qtbot, desk)
    page.foot.sessions.setFocus()
    with qtbot.waitSignal(page.open_requested) as opened:
        qtbot.keyClick(page.foot.sessions.view, Key.Key_Return)
    assert opened.args == ["outreach.session", met]


def test_what_i_did_last_is_told_and_undone(qtbot: QtBot, desk: Desk, page: TodayPage, lots: dict[str, UUID]) -> None:
    hall = act(desk, lambda s: partner.add_venue(s, name="St Thomas Hall", lot=lots["Shard End"]))
    act(desk, lambda s: outreach.open_session(s, venue=hall, kind="food bank"), "Open a session")
    page.reload()
    settle(qtbot, desk)
    assert page.foot.last.text().startswith("Open a session, 12 May 2020")
    page.foot.undo_button.setFocus()
    qtbot.keyClick(page.foot.undo_button, Key.Key_Return)
    settle(qtbot, desk)
    with desk.store.read() as session:
        assert outreach_queries.sessions(session) == []
    bar = page.bar()
    assert bar is not None and "Undone: Open a session" in bar.text()


def test_an_empty_desk_says_what_to_do_next(qtbot: QtBot, desk: Desk, stage: Stage) -> None:
    page = TodayPage(desk)
    stage(page)
    assert page.table.count() == 0 and "R registers somebody" in page.table._empty.text()


def test_in_a_public_place_names_are_initials(page: TodayPage) -> None:
    set_in_public(True)
    assert page.table.text(0, 1) == "Z. K."


@pytest.mark.parametrize("scale", [100, 200])
def test_every_control_has_a_name(page: TodayPage, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    assert unnamed(page) == []


def test_days_are_told_as_seen_from_today() -> None:
    today = date(2020, 5, 12)
    assert [due_words(day, today) for day in (date(2020, 5, 11), today, date(2020, 5, 13), date(2020, 5, 15), date(2020, 7, 1))] == [
        "1 day late", "today", "tomorrow", "Friday 15 May 2020", "1 July 2020"]
