"""The outreach page, driven by keys over a real encrypted store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from coachdesk.outreach import actions, queries, rules
from coachdesk.partner import actions as partner_actions
from coachdesk.partner import queries as partner_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.outreach.counting import QUICK_TOPICS, follow_up_words, last_standing
from coachdesk.ui.outreach.page import OutreachPage
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from tests.ui.accessibility import unnamed

Key = Qt.Key
Stage = Callable[[Any], MessageBar]


def act(desk: Desk, action: Callable[[Any], Any]) -> Any:
    return desk.store.act(desk.owner, "test", action).result


def see(desk: Desk, query: Callable[[Any], Any]) -> Any:
    with desk.store.read() as session:
        return query(session)


def settle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


@pytest.fixture
def hall(desk: Desk) -> UUID:
    """A place of the food bank in Shard End."""
    bank = act(desk, lambda s: partner_actions.add_partner(s, name="Shard End Food Bank", kind="food bank", lots=["Shard End"]))
    made: UUID = act(desk, lambda s: partner_actions.add_venue(s, name="St Thomas Hall", partner=bank, postcode="B34 7AA"))
    return made


@pytest.fixture
def met(desk: Desk, hall: UUID) -> UUID:
    """A session of today."""
    made: UUID = act(desk, lambda s: actions.open_session(s, venue=hall, kind="food bank", starts_at="09:30", ends_at="12:00"))
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, stage: Stage, met: UUID) -> OutreachPage:
    """The page with that session's desk in front and the counting keys under the hand."""
    made = OutreachPage(desk)
    stage(made)
    made.open("outreach.session", met)
    settle(qtbot, desk)
    assert made.session.pad.hasFocus()
    return made


def press(qtbot: QtBot, widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(widget, key)


def write(qtbot: QtBot, page: OutreachPage, desk: Desk, line: str) -> None:
    page.session.focus_line()
    page.session.line.box.insert(line)
    qtbot.keyClick(page.session.line.box, Key.Key_Return)
    settle(qtbot, desk)


def row(desk: Desk, met: UUID) -> queries.SessionRow:
    found: queries.SessionRow = see(desk, lambda s: queries.session_row(s, met))
    return found


def test_one_key_counts_and_the_counter_goes_up_at_once(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    pad = page.session.pad
    press(qtbot, pad, Key.Key_Space, Key.Key_T, Key.Key_L, Key.Key_U)
    assert [figure.value() for figure in (page.session.counted, page.session.leaflets, page.session.turned_away)] == ["2", "1", "1"]
    settle(qtbot, desk)
    found = row(desk, met)
    assert (found.tallied, found.leaflets, found.turned_away) == (2, 1, 1)
    assert page.session.counted.value() == "2"


def test_digits_choose_topics_for_the_next_count_only(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    press(qtbot, page.session.pad, Key.Key_1, Key.Key_4, Key.Key_2, Key.Key_4, Key.Key_Space, Key.Key_Space)
    settle(qtbot, desk)
    latest, first = see(desk, lambda s: queries.tallies(s, session_id=met))
    assert (first.topics, latest.topics) == (("CV and job search", "benefits"), ())


def test_backspace_takes_the_last_count_back_by_a_row_of_its_own(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    press(qtbot, page.session.pad, Key.Key_Space, Key.Key_Space, Key.Key_L, Key.Key_Backspace, Key.Key_Backspace)
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: page.session.counted.value() == "1")
    assert page.session.leaflets.value() == "0"
    assert sorted(each.count for each in see(desk, lambda s: queries.tallies(s, session_id=met))) == [-1, -1, 1, 1, 1]


def test_taking_back_from_nothing_is_said_in_words(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    press(qtbot, page.session.pad, Key.Key_Backspace)
    settle(qtbot, desk)
    bar = page.bar()
    assert bar is not None and "Nothing is counted at this session" in bar.text()


def test_one_line_writes_somebody_down_and_is_empty_again(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    page.session.focus_line()
    page.session.line.box.insert("Zoë Kowalska 07400 123456 b34 7aa cv, benefits f/u 19/5")
    assert page.session.line.chip_words() == [
        "Name: Zoë Kowalska", "Telephone: 07400 123456", "B34 7AA: Shard End", "CV and job search", "benefits",
        "Follow up: Tuesday 19 May 2020"]
    qtbot.keyClick(page.session.line.box, Key.Key_Return)
    assert page.session.line.text() == "" and page.session.line.box.hasFocus()
    settle(qtbot, desk)
    found, = see(desk, lambda s: queries.contacts(s, session_id=met))
    assert (found.name, found.phone, found.postcode, found.follow_up_on) == ("Zoë Kowalska", "07400 123456", "B34 7AA", date(2020, 5, 19))
    assert page.session.contacts.count() == 1 and page.session.named.value() == "1"


def test_a_postcode_outside_the_lot_of_the_session_is_said_as_such(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    page.session.focus_line()
    page.session.line.box.insert("Zoë Kowalska CV10 0HJ")
    assert page.session.line.chip_words() == ["Name: Zoë Kowalska", "CV10 0HJ: Camp Hill, not in Shard End"]


def test_a_line_without_a_name_stays_and_says_so(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    write(qtbot, page, desk, "07400 123456 cv")
    assert page.session.line.text() == "07400 123456 cv"
    assert "no name" in page.session.line.box.accessibleDescription()
    assert row(desk, met).contacts == 0


def test_a_line_that_cannot_be_saved_comes_back(qtbot: QtBot, desk: Desk, page: OutreachPage, hall: UUID) -> None:
    later = act(desk, lambda s: actions.open_session(s, venue=hall, kind="job club", held_on=date(2020, 6, 30)))
    page.open("outreach.session", later)
    settle(qtbot, desk)
    page.session.focus_line()
    page.session.line.box.insert("Ann Lee f/u 20/5")
    qtbot.keyClick(page.session.line.box, Key.Key_Return)
    page.session.line.box.insert("Bob")
    settle(qtbot, desk)
    assert page.session.line.text() == "Ann Lee f/u 20/5 ; Bob"
    assert "before the session" in page.session.line.box.accessibleDescription()


def test_space_counts_in_the_empty_line_and_parts_words_in_a_full_one(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    page.session.focus_line()
    box = page.session.line.box
    press(qtbot, box, Key.Key_Space)
    qtbot.keyClicks(box, "Ann Lee t")
    settle(qtbot, desk)
    assert box.text() == "Ann Lee t" and row(desk, met).tallied == 1


def test_an_unfinished_line_waits_for_its_session(qtbot: QtBot, desk: Desk, page: OutreachPage, hall: UUID, met: UUID) -> None:
    other = act(desk, lambda s: actions.open_session(s, venue=hall, kind="job club"))
    page.session.focus_line()
    page.session.line.box.insert("Ann Lee 07400")
    page.show_sessions()
    page.open("outreach.session", other)
    settle(qtbot, desk)
    assert page.session.line.text() == ""
    page.open("outreach.session", met)
    settle(qtbot, desk)
    assert page.session.line.text() == "Ann Lee 07400"


def test_a_name_with_a_figure_in_it_is_pointed_out(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    page.session.focus_line()
    page.session.line.box.insert("Ann Lee 07400")
    assert page.session.line.chip_words() == ["Name: Ann Lee 07400, with a figure in it"]


def test_esc_on_a_button_above_the_desk_goes_back_to_the_list(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    page.back_button.setFocus()
    press(qtbot, page.back_button, Key.Key_Escape)
    qtbot.waitUntil(page.sessions.isVisible)


def test_p_hands_the_contact_just_written_to_registration(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    write(qtbot, page, desk, "Ann Lee cv")
    write(qtbot, page, desk, "Bo Park cv")
    press(qtbot, page.session.line.box, Key.Key_Escape)
    with qtbot.waitSignal(desk.offered) as offered:
        press(qtbot, page.session.pad, Key.Key_P)
    found = {each.name: each.id for each in see(desk, lambda s: queries.contacts(s, session_id=met))}
    assert offered.args == ["register contact", found["Bo Park"]]


def test_enter_opens_a_contact_and_enter_saves_the_change(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    write(qtbot, page, desk, "Ann Lee cv")
    page.session.contacts.setFocus()
    press(qtbot, page.session.contacts.view, Key.Key_Return)
    assert page.contact.name.hasFocus()
    page.contact.name.setText("Anna Lee")
    page.contact.topics.setText("benefits, debt")
    press(qtbot, page.contact.name, Key.Key_Return)
    settle(qtbot, desk)
    found, = see(desk, lambda s: queries.contacts(s, session_id=met))
    assert (found.name, found.topics) == ("Anna Lee", ("benefits", "money and debt"))
    assert page.session.isVisible()


def test_a_wrong_number_is_said_under_its_field_and_nothing_is_written(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    write(qtbot, page, desk, "Ann Lee cv")
    page.open_contact(page.session.contacts.model.row(0))
    page.contact.phone.setText("12")
    press(qtbot, page.contact.phone, Key.Key_Return)
    settle(qtbot, desk)
    assert "not a telephone number" in page.contact.phone.accessibleDescription()
    assert see(desk, lambda s: queries.contacts(s, session_id=met))[0].phone is None


def test_f_marks_a_follow_up_in_the_list_of_those_who_wait(qtbot: QtBot, desk: Desk, stage: Stage, met: UUID) -> None:
    act(desk, lambda s: actions.log_contact(s, session_id=met, name="Ann Lee", follow_up_on=date(2020, 5, 12)))
    page = OutreachPage(desk)
    stage(page)
    assert page.sessions.waiting.text(0, 0) == "12 May 2020, today"
    page.sessions.waiting.setFocus()
    press(qtbot, page.sessions.waiting.view, Key.Key_F)
    settle(qtbot, desk)
    assert see(desk, queries.contacts)[0].followed_up_on == date(2020, 5, 12)
    assert page.sessions.waiting.count() == 0


def test_opening_a_contact_stands_on_it_in_its_session(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    ids = [act(desk, lambda s, name=name: actions.log_contact(s, session_id=met, name=name)) for name in ("Ann Lee", "Bo Park")]
    page.show_sessions()
    page.open("outreach.contact", ids[0])
    settle(qtbot, desk)
    assert page.session.current_contact() is not None and page.session.current_contact().name == "Ann Lee"
    assert page.session.contacts.view.hasFocus()


def test_a_new_session_brings_its_new_place_along(qtbot: QtBot, desk: Desk, stage: Stage) -> None:
    page = OutreachPage(desk)
    stage(page)
    page.new_session()
    settle(qtbot, desk)
    editor = page.editor
    qtbot.keyClicks(editor.venue, "Kingshurst Food Bank")
    assert editor.postcode.isVisible()
    press(qtbot, editor.venue, Key.Key_Tab)
    assert editor.postcode.hasFocus() and editor.kind.value() == "food bank"
    qtbot.keyClicks(editor.postcode, "b34 7rd")
    editor.lot.set_value(next(id for id, name in editor._offered.lots.items() if name == "Shard End"))
    editor.starts.setText("930")
    press(qtbot, editor.postcode, Key.Key_Return)
    settle(qtbot, desk)
    found, = see(desk, queries.sessions)
    place, = see(desk, partner_queries.venues)
    assert (found.venue, found.kind, found.held_on, found.starts_at) == ("Kingshurst Food Bank", "food bank", date(2020, 5, 12), "09:30")
    assert (place.postcode, place.lot) == ("B34 7RD", "Shard End")
    assert page.session.pad.hasFocus() and page.title.text() == "Kingshurst Food Bank"


def test_a_place_proposes_what_was_usual_there(qtbot: QtBot, desk: Desk, page: OutreachPage, hall: UUID) -> None:
    page.take("session at", hall)
    settle(qtbot, desk)
    assert (page.editor.kind.value(), page.editor.starts.value(), page.editor.ends.value()) == ("food bank", "09:30", "12:00")


def test_what_is_missing_is_said_under_its_field(qtbot: QtBot, desk: Desk, page: OutreachPage) -> None:
    page.new_session()
    settle(qtbot, desk)
    press(qtbot, page.editor.venue, Key.Key_Return)
    assert "Venue is needed" in page.editor.venue.accessibleDescription()
    page.editor.starts.setText("25:00")
    press(qtbot, page.editor.starts, Key.Key_Return)
    assert "not a time of day" in page.editor.starts.accessibleDescription()


def test_a_contact_from_anywhere_goes_to_the_line_of_todays_session(qtbot: QtBot, desk: Desk, stage: Stage, met: UUID) -> None:
    page = OutreachPage(desk)
    stage(page)
    page.new_contact()
    settle(qtbot, desk)
    assert page.session.session_id == met and page.session.line.box.hasFocus()


def test_from_the_latest_desk_a_session_of_today_is_one_key_away(qtbot: QtBot, desk: Desk, stage: Stage, hall: UUID) -> None:
    act(desk, lambda s: actions.open_session(s, venue=hall, kind="food bank", held_on=date(2020, 5, 5)))
    page = OutreachPage(desk)
    bar = stage(page)
    page.new_contact()
    settle(qtbot, desk)
    assert "No session is open today" in bar.text() and page.session.line.box.hasFocus()
    qtbot.keyClick(page.session.line.box, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, desk)
    assert page.editor.isVisible()


def test_without_any_session_a_contact_begins_with_a_new_one(qtbot: QtBot, desk: Desk, stage: Stage) -> None:
    page = OutreachPage(desk)
    stage(page)
    page.new_contact()
    settle(qtbot, desk)
    assert page.editor.isVisible()


def test_the_register_is_shown_before_it_is_printed(qtbot: QtBot, desk: Desk, page: OutreachPage) -> None:
    press(qtbot, page.session.pad, Key.Key_R)
    press(qtbot, page.paper.rows, Key.Key_Return)
    qtbot.waitUntil(lambda: page.paper_front.preview is not None)
    settle(qtbot, desk)
    assert page.paper_front.preview is not None and page.paper_front.preview.page_count() >= 1
    page.paper_front.preview.closed.emit()
    settle(qtbot, desk)
    assert page.session.isVisible()


def test_a_session_is_changed_from_its_desk(qtbot: QtBot, desk: Desk, page: OutreachPage, met: UUID) -> None:
    press(qtbot, page.session.pad, Key.Key_E)
    settle(qtbot, desk)
    page.editor.headcount.setText("42")
    press(qtbot, page.editor.headcount, Key.Key_Return)
    settle(qtbot, desk)
    assert row(desk, met).headcount == 42


def test_in_a_public_place_names_are_initials(qtbot: QtBot, desk: Desk, page: OutreachPage) -> None:
    write(qtbot, page, desk, "Ann Lee cv")
    page.session.line.box.insert("Bo Park")
    set_in_public(True)
    page.set_public_place(True)
    assert page.session.contacts.text(0, 1) == "A. L." and page.session.line.chip_words() == ["Name: B. P."]


@pytest.mark.parametrize("scale", [100, 200])
def test_every_control_has_a_name(qtbot: QtBot, desk: Desk, page: OutreachPage, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    write(qtbot, page, desk, "Ann Lee cv")
    assert unnamed(page) == []
    page.open_contact(page.session.contacts.model.row(0))
    assert unnamed(page) == []
    page.new_session()
    settle(qtbot, desk)
    assert unnamed(page) == []
    page.show_sessions()
    settle(qtbot, desk)
    assert unnamed(page) == []


def test_every_topic_with_a_digit_is_a_topic_of_the_room() -> None:
    assert len(QUICK_TOPICS) == 9 and set(QUICK_TOPICS) <= set(rules.TOPICS)


def test_a_late_follow_up_says_by_how_much() -> None:
    today = date(2020, 5, 12)
    assert follow_up_words(date(2020, 5, 11), None, today) == "11 May 2020, 1 day late"
    assert follow_up_words(date(2020, 5, 11), date(2020, 5, 12), today) == "followed up 12 May 2020"
    assert follow_up_words(None, None, today) == ""


@given(st.lists(st.one_of(st.none(), st.tuples(st.sampled_from(rules.TALLIED), st.sampled_from([(), ("benefits",), ("housing",)])))))
def test_counts_are_taken_back_in_the_order_in_which_they_were_made(keys: list[tuple[str, tuple[str, ...]] | None]) -> None:
    rows: list[queries.TallyRow] = []          # newest first
    standing: list[tuple[str, tuple[str, ...]]] = []

    def add(key: tuple[str, tuple[str, ...]], count: int) -> None:
        rows.insert(0, queries.TallyRow(uuid4(), uuid4(), "", date(2020, 5, 12), key[0], count, key[1], datetime(2020, 5, 12, tzinfo=UTC)))

    for key in keys:
        if key is not None:
            add(key, 1)
            standing.append(key)
            continue
        found = last_standing(rows)
        assert (found is None) == (not standing)
        if found is not None:
            assert (found[0].what, found[0].topics, found[1]) == (*standing.pop(), 1)
            add((found[0].what, found[0].topics), -1)
