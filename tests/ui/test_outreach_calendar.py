"""Calendar, series, cover, cancelled sessions and the paper register, driven by keys over a real encrypted store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from coachdesk.outreach import actions, queries
from coachdesk.partner import actions as partner_actions
from coachdesk.programme import queries as programme
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.outreach.page import OutreachPage
from coachdesk.ui.parts.calendar_grid import CalendarGrid, Mark
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from tests.rooms.conftest import TODAY
from tests.ui.accessibility import cut_off, unnamed

Key = Qt.Key
Stage = Callable[[Any], MessageBar]
WEEK = timedelta(weeks=1)


def act(desk: Desk, action: Callable[[Any], Any]) -> Any:
    return desk.store.act(desk.owner, "test", action).result


def see(desk: Desk, query: Callable[[Any], Any]) -> Any:
    with desk.store.read() as session:
        return query(session)


def settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


def press(qtbot: QtBot, widget: QWidget, *keys: Any) -> None:
    for key in keys:
        qtbot.keyClick(widget, key)


def row(desk: Desk, id: UUID) -> queries.SessionRow:
    found: queries.SessionRow = see(desk, lambda s: queries.session_row(s, id))
    return found


@pytest.fixture
def hall(desk: Desk) -> UUID:
    bank = act(desk, lambda s: partner_actions.add_partner(s, name="Shard End Food Bank", kind="food bank", lots=["Shard End"]))
    act(desk, lambda s: partner_actions.add_partner(s, name="Library Service", kind="library", lots=["Shard End"]))
    made: UUID = act(desk, lambda s: partner_actions.add_venue(s, name="St Thomas Hall", partner=bank, postcode="B34 7AA"))
    return made


@pytest.fixture
def planned(desk: Desk, hall: UUID) -> UUID:
    """A session in two days."""
    made: UUID = act(desk, lambda s: actions.open_session(s, venue=hall, kind="food bank", held_on=TODAY + timedelta(days=2)))
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, stage: Stage, hall: UUID) -> OutreachPage:
    made = OutreachPage(desk)
    stage(made)
    settle(qtbot, desk)
    return made


def calendar(qtbot: QtBot, desk: Desk, page: OutreachPage) -> Any:
    page.show_tab("calendar")
    settle(qtbot, desk)
    view = page._made["calendar"]
    assert view.grid.hasFocus()
    return view


# the calendar

def test_the_calendar_is_walked_by_arrows_and_says_each_day(qtbot: QtBot, desk: Desk, page: OutreachPage, planned: UUID) -> None:
    view = calendar(qtbot, desk, page)
    press(qtbot, view.grid, Key.Key_Right, Key.Key_Right)
    assert view.grid.day == TODAY + timedelta(days=2)
    assert view.grid.accessibleDescription() == "Thursday 14 May 2020. food bank at St Thomas Hall, planned, Olive Owner."
    assert view.day.text(0, 5) == "○ planned"
    press(qtbot, view.grid, Key.Key_Return)
    settle(qtbot, desk)
    assert page.session.session_id == planned
    page.show_lists()
    assert view.grid.hasFocus()


def test_page_up_and_down_go_by_months_and_t_comes_back(qtbot: QtBot, desk: Desk, page: OutreachPage, planned: UUID) -> None:
    view = calendar(qtbot, desk, page)
    press(qtbot, view.grid, Key.Key_PageDown)
    settle(qtbot, desk)
    assert view.month_label.text() == "June 2020"
    assert page.subtitle.text() == "June 2020: 0 held, 0 planned"
    press(qtbot, view.grid, Key.Key_T)
    settle(qtbot, desk)
    assert page.subtitle.text() == "May 2020: 0 held, 1 planned"
    press(qtbot, view.grid, Key.Key_W)
    settle(qtbot, desk)
    assert view.grid.is_week and view.month_label.text() == "Week of 11 May 2020"


def test_n_opens_a_session_on_that_day(qtbot: QtBot, desk: Desk, page: OutreachPage, hall: UUID) -> None:
    view = calendar(qtbot, desk, page)
    press(qtbot, view.grid, Key.Key_Down, Key.Key_N)
    settle(qtbot, desk)
    assert page.editor.isVisible() and page.editor.day.value() == TODAY + WEEK
    page.editor.venue.set_value(hall)
    page.editor.kind.set_value("food bank")
    press(qtbot, page.editor.starts, Key.Key_Return)
    qtbot.waitUntil(lambda: page.session.session_id is not None)
    settle(qtbot, desk)
    assert row(desk, page.session.session_id or UUID(int=0)).status == "planned"


def test_a_bank_holiday_is_said(qtbot: QtBot, desk: Desk, page: OutreachPage) -> None:
    view = calendar(qtbot, desk, page)
    view.go(date(2020, 5, 25))
    assert view.grid.accessibleDescription() == "Monday 25 May 2020, Spring bank holiday. nothing on this day."


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.booleans())
def test_the_days_in_sight_are_whole_weeks_with_the_day_among_them(day: date, is_week: bool) -> None:
    grid = CalendarGrid("Days", day)
    grid.show_week(is_week)
    days = grid.days()
    assert day in days and days[0].weekday() == 0 and len(days) % 7 == 0
    assert all(two - one == timedelta(days=1) for one, two in zip(days, days[1:], strict=False))
    assert is_week or {on for on in days if on.month == day.month} >= {day.replace(day=1)}
    for by in (1, -1, 12):
        grid.step(by)
        assert date(1900, 1, 1) <= grid.day <= date(2199, 12, 31)


def test_many_sessions_on_a_day_are_drawn_and_counted(qtbot: QtBot, theme: Theme) -> None:
    grid = CalendarGrid("Days", TODAY)
    qtbot.addWidget(grid)
    grid.show_marks({TODAY: [Mark("○", f"{hour:02d}:00 " + "محمد 👩‍🚒 " * 9) for hour in range(24)]}, {})
    for scale in (100, 200):
        theme.set_scale(scale)
        grid.resize(grid.minimumSizeHint())
        assert not grid.grab().isNull()


# series, cover, cancelled

def test_a_series_is_planned_in_the_form_of_a_session(qtbot: QtBot, desk: Desk, page: OutreachPage, hall: UUID) -> None:
    page.new_session()
    settle(qtbot, desk)
    page.editor.venue.set_value(hall)
    page.editor.kind.set_value("job club")
    page.editor.weeks.setText("1")
    page.editor.second.set_value(next(each.id for each in page.editor._offered.partners if each.name == "Library Service"))
    page.editor.last.set_value(date(2020, 6, 2))
    assert page.editor.save_button.text() == "Plan the series"
    press(qtbot, page.editor.starts, Key.Key_Return)
    qtbot.waitUntil(lambda: page.views.key() == "series")
    settle(qtbot, desk)
    rows = see(desk, queries.sessions)
    assert [each.held_on.day for each in rows] == [2, 26, 19, 12]
    assert {each.hosts for each in rows} == {("Library Service",)}
    qtbot.waitUntil(lambda: page.bar().text() != "")
    assert "4 sessions are planned, every Tuesday, up to 2 June 2020." in page.bar().text()
    view = page._made["series"]
    assert (view.table.text(0, 0), view.table.text(0, 7)) == ("every Tuesday", "until 2 June 2020")


def test_a_series_is_ended_with_a_reason_and_changed_from_a_day(qtbot: QtBot, desk: Desk, page: OutreachPage, hall: UUID) -> None:
    made = act(desk, lambda s: actions.plan_series(s, venue=hall, kind="food bank", to_day=TODAY + 3 * WEEK))
    page.open("outreach.series", made)
    settle(qtbot, desk)
    view = page._made["series"]
    press(qtbot, view.table.view, Key.Key_G)
    settle(qtbot, desk)
    view.form.later.setText("1")
    press(qtbot, view.form.starts, Key.Key_Return)
    qtbot.waitUntil(view.isVisible)
    settle(qtbot, desk)
    assert [each.held_on for each in see(desk, queries.sessions)][-1] == TODAY + timedelta(days=1)
    press(qtbot, view.table.view, Key.Key_N)
    page.reason.why.setText("hall closed")
    press(qtbot, page.reason.why, Key.Key_Return)
    qtbot.waitUntil(view.isVisible)
    settle(qtbot, desk)
    assert {each.status for each in see(desk, queries.sessions)} == {"cancelled"}
    assert view.table.text(0, 7) == "ended: hall closed"


def test_a_session_is_held_cancelled_and_planned_again_by_keys(qtbot: QtBot, desk: Desk, page: OutreachPage, planned: UUID) -> None:
    page.open("outreach.session", planned)
    settle(qtbot, desk)
    assert page.session.state.text().startswith("○ This session is planned")
    assert page.cancel_button.isVisible() and not page.held_button.isVisible()
    press(qtbot, page.session.pad, Key.Key_H)          # its day is still to come
    press(qtbot, page.session.pad, Key.Key_X)
    page.reason.why.setText("coach ill")
    press(qtbot, page.reason.why, Key.Key_Return)
    qtbot.waitUntil(lambda: page.session.state.text().startswith("✕"))
    press(qtbot, page.session.pad, Key.Key_Space)
    settle(qtbot, desk)
    assert "cancelled: coach ill" in page.bar().text() and row(desk, planned).people == 0
    press(qtbot, page.session.pad, Key.Key_A)
    settle(qtbot, desk)
    assert row(desk, planned).status == "planned"
    act(desk, lambda s: actions.change_session(s, planned, held_on=TODAY))
    page.open("outreach.session", planned)
    settle(qtbot, desk)
    press(qtbot, page.session.pad, Key.Key_H)
    settle(qtbot, desk)
    assert row(desk, planned).status == "held" and not page.session.state.isVisible()


def test_hosts_and_cover_are_chosen_and_taken_away(qtbot: QtBot, desk: Desk, page: OutreachPage, planned: UUID) -> None:
    members = {each.name: each.id for each in see(desk, programme.members)}
    page.open("outreach.session", planned)
    settle(qtbot, desk)
    page.change_session()
    settle(qtbot, desk)
    names = {each.name: each.id for each in page.editor._offered.partners}
    page.editor.joint.set_value(names["Shard End Food Bank"])
    page.editor.third.set_value(names["Library Service"])
    page.editor.cover.set_value(members["Carl Coach"])
    page.editor.save()
    qtbot.waitUntil(page.session.isVisible)
    settle(qtbot, desk)
    assert row(desk, planned).hosts == ("Shard End Food Bank", "Library Service")
    assert "Olive Owner, covered by Carl Coach · with Shard End Food Bank, Library Service" in page.subtitle.text()
    page.change_session()
    settle(qtbot, desk)
    page.editor.joint.set_value(None)
    page.editor.cover.set_value(None)
    page.editor.save()
    qtbot.waitUntil(page.session.isVisible)
    settle(qtbot, desk)
    assert (row(desk, planned).hosts, row(desk, planned).covered_by) == (("Library Service",), None)


def test_the_list_shows_what_is_still_to_come_when_asked(qtbot: QtBot, desk: Desk, page: OutreachPage, planned: UUID, hall: UUID) -> None:
    of_today = act(desk, lambda s: actions.plan_series(s, venue=hall, kind="job club", to_day=TODAY))
    page.reload(None)
    settle(qtbot, desk)
    assert (page.sessions.sessions.count(), page.sessions.sessions.text(0, 5)) == (1, "○ planned")      # that of today
    assert of_today
    page.sessions.shown.set_value("planned")
    settle(qtbot, desk)
    assert (page.sessions.sessions.count(), page.sessions.sessions.text(1, 5)) == (2, "○ planned")
    page.sessions.sessions.go_to(1)
    press(qtbot, page.sessions.sessions.view, Key.Key_Return)
    settle(qtbot, desk)
    assert page.session.session_id == planned


def test_a_long_list_reads_its_rows_as_they_are_looked_at(qtbot: QtBot, desk: Desk, page: OutreachPage, hall: UUID) -> None:
    def fill(session: Any) -> None:
        for at in range(400):
            actions.open_session(session, venue=hall, kind="food bank", held_on=TODAY - timedelta(days=at), headcount=1)

    act(desk, fill)
    page.reload(None)
    settle(qtbot, desk)
    table = page.sessions.sessions
    assert table.count() == 400 and page.subtitle.text().startswith("400 sessions")
    assert table.text(399, 0) == "…"
    qtbot.waitUntil(lambda: table.text(399, 0) == "9 Apr 2019")


def test_a_place_that_is_shut_is_said_in_the_form(qtbot: QtBot, desk: Desk, page: OutreachPage, hall: UUID) -> None:
    act(desk, lambda s: partner_actions.set_venue_status(s, hall, status="closed", from_day=date(2020, 3, 23), reason="lockdown"))
    page.new_session(hall)
    settle(qtbot, desk)
    assert page.editor._new.text() == "⚠ St Thomas Hall is closed since 23 March 2020: lockdown."


# the paper register

def line(qtbot: QtBot, page: OutreachPage, desk: Desk, text: str) -> None:
    page.session.line.box.insert(text)
    press(qtbot, page.session.line.box, Key.Key_Return)
    settle(qtbot, desk)


def test_a_register_is_printed_and_keyed_by_the_keyboard_alone(qtbot: QtBot, desk: Desk, page: OutreachPage, hall: UUID) -> None:
    met = act(desk, lambda s: actions.open_session(s, venue=hall, kind="food bank"))
    page.open("outreach.session", met)
    settle(qtbot, desk)
    press(qtbot, page.session.pad, Key.Key_K)
    assert "No register was printed" in page.bar().text()
    press(qtbot, page.session.pad, Key.Key_R)
    qtbot.keyClicks(page.paper.rows, "6")
    press(qtbot, page.paper.rows, Key.Key_Return)
    qtbot.waitUntil(lambda: page.paper_front.preview is not None and page.paper_front.preview.isVisible())
    page.paper_front.preview.closed.emit()
    settle(qtbot, desk)
    assert page.session.paper.text() == "Paper register of 6 rows, 0 keyed, 0 blank. Still to key: 1–6."
    press(qtbot, page.session.pad, Key.Key_K)
    box = page.session.line.box
    assert box.text() == "1 "
    line(qtbot, page, desk, "Zoë Kowalska cv")
    assert box.text() == "2 "                      # the next number stands there already
    box.clear()
    line(qtbot, page, desk, "4-5 -")
    assert box.text() == "6 "
    line(qtbot, page, desk, "Ana Bell")
    assert page.session.paper.text().endswith("2 keyed, 2 blank. Still to key: 2, 3.")
    box.clear()
    line(qtbot, page, desk, "1 Bo Park")
    assert "Row 1 is keyed already: Zoë Kowalska stands there" in page.session.line._problem.text()
    set_in_public(True)
    press(qtbot, box, Key.Key_Return)
    assert "Row 1 is keyed already: Z. K. stands there" in page.session.line._problem.text()
    set_in_public(False)
    box.clear()
    line(qtbot, page, desk, "Bo Park")              # without a number: the next one that is missing
    line(qtbot, page, desk, "Cy Day")
    assert page.session.paper.text().endswith("4 keyed, 2 blank. Every row is keyed or blank.")
    assert box.text() == ""
    assert row(desk, met).still_to_key == ()
    assert [(each.register_number, each.name) for each in see(desk, lambda s: queries.contacts(s, session_id=met))[::-1]] == [
        (1, "Zoë Kowalska"), (6, "Ana Bell"), (2, "Bo Park"), (3, "Cy Day")]


def test_escape_ends_the_keying_and_takes_the_number_away(qtbot: QtBot, desk: Desk, page: OutreachPage, hall: UUID) -> None:
    met = act(desk, lambda s: actions.open_session(s, venue=hall, kind="food bank"))
    act(desk, lambda s: actions.print_register(s, met, rows=3))
    page.open("outreach.session", met)
    settle(qtbot, desk)
    press(qtbot, page.session.pad, Key.Key_K)
    press(qtbot, page.session.line.box, Key.Key_Escape)
    assert page.session.line.box.text() == ""
    line(qtbot, page, desk, "Ana Bell")
    assert row(desk, met).still_to_key == (1, 2, 3) and row(desk, met).contacts == 1


# for everybody

@pytest.mark.parametrize("scale", [100, 200])
def test_every_view_and_form_is_named_and_keeps_its_words(qtbot: QtBot, desk: Desk, page: OutreachPage, theme: Theme, planned: UUID,
                                                          hall: UUID, scale: int) -> None:
    act(desk, lambda s: actions.plan_series(s, venue=hall, kind="job club"))
    act(desk, lambda s: actions.print_register(s, planned, rows=40))
    page.reload(None)
    theme.set_scale(scale)
    page.window().resize(1180, 760 if scale == 100 else 2600)         # the shell lets what is too tall be scrolled

    def look(what: str) -> None:
        settle(qtbot, desk)
        assert unnamed(page) == [], what
        with suppress(qtbot.TimeoutError):          # wrapped lines find their height over a few rounds of the layout
            qtbot.waitUntil(lambda: cut_off(page) == [], timeout=3000)
        assert cut_off(page) == [], what

    for key in ("sessions", "calendar", "series"):
        page.show_tab(key)
        look(key)
    page._made["series"].change()
    look("change the series")
    page.show_tab("series")
    page._made["series"].end()
    look("end the series")
    page.new_session()
    page.editor.weeks.setText("1")
    look("plan a series")
    page.open("outreach.session", planned)
    look("session desk")
    page.change_session()
    look("change the session")
    page.show_lists()
    page.open("outreach.session", planned)
    settle(qtbot, desk)
    page.print_register()
    look("paper register")
