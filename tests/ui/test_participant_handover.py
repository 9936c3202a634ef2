"""A caseload handed over by keyboard: looked at, split, handed over, printed, taken back; nobody named in public."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from coachdesk.casework.standing import standing
from coachdesk.outreach import actions as outreach
from coachdesk.participant import queries
from coachdesk.partner import actions as partner
from coachdesk.programme import actions as programme
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.handover_view import HandoverView
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.shell import desk_window
from tests.rooms.conftest import TODAY
from tests.ui.accessibility import unnamed
from tests.ui.participants import Tried, act, lot, page_on_its_stage, three_people

__all__ = ["page_on_its_stage", "three_people"]
Key = Qt.Key
WEEK = timedelta(days=7)


@pytest.fixture(name="handing")
def the_owners_caseload(tried: Tried) -> HandoverView:
    """The three people are the owner's; there is a session ahead, too, and a second coach beside Carl."""
    def furnish(session: object) -> None:
        venue = partner.add_venue(session, name="The Hall", lot=lot(tried.desk), postcode="B34 7AA")      # type: ignore[arg-type]
        outreach.open_session(session, venue=venue, kind="job club", held_on=TODAY + WEEK)                # type: ignore[arg-type]
        programme.add_member(session, name="Dee Dunn", role="coach")                                      # type: ignore[arg-type]

    act(tried.desk, furnish)
    tried.page.hand_over(tried.desk.owner)
    tried.settle()
    return tried.page.handover


def coach(tried: Tried, person: UUID) -> str:
    return str(tried.see(lambda s: queries.participant(s, person).person.coach))


def fill(tried: Tried, view: HandoverView, reason: str, taker: str) -> None:
    view.form.reason.setFocus()
    tried.write(reason)
    view.form.taker.setFocus()
    tried.write(taker)
    tried.press(Key.Key_Tab)


def test_everything_under_a_name_is_shown_before_anything_is_saved(tried: Tried, handing: HandoverView) -> None:
    assert [handing.people.text(at, 1) for at in range(3)] == ["Amara Okafor", "Sam O'Neill", "Zoë Kowalska"]
    assert handing.people.text(0, 0) == "stays"
    assert handing.people.text(0, 3) == "1 follow-up"
    assert handing.others.text(0, 1) == "job club at The Hall"
    assert handing.chosen.text() == "bus timetable, 15 May 2020"
    assert unnamed(handing) == []


def test_a_caseload_is_handed_over_by_keys_and_nothing_is_left(tried: Tried, handing: HandoverView, people: dict[str, UUID]) -> None:
    fill(tried, handing, "leaves the team", "Carl")
    assert {handing.people.text(at, 0) for at in range(3)} == {"Carl Coach"}
    handing.form.reason.setFocus()
    tried.press(Key.Key_Return)
    assert "3 people and 3 other open things handed over; nothing open is left." in tried.bar.text()
    assert {coach(tried, person) for person in people.values()} == {"Carl Coach"}
    assert tried.see(lambda s: standing(s, members=[tried.desk.owner])) == []
    assert handing.people.count() == 0


def test_space_lets_somebody_stay_or_gives_them_to_somebody_else(tried: Tried, handing: HandoverView, people: dict[str, UUID]) -> None:
    fill(tried, handing, "evens out", "Carl")
    handing.people.setFocus()
    tried.press(Key.Key_Space)
    assert handing.people.text(0, 0) == "stays"
    handing.form.taker.set_value(next(id for id, name in tried.see(programme_queries.member_names).items() if name == "Dee Dunn"))
    handing.people.setFocus()
    tried.press(Key.Key_Down)
    tried.press(Key.Key_Space)
    assert handing.people.text(1, 0) == "Dee Dunn"
    handing.form.save()
    tried.settle()
    assert [coach(tried, people[name]) for name in ("soon", "far", "late")] == ["Olive Owner", "Dee Dunn", "Carl Coach"]


def test_without_a_reason_or_somebody_who_takes_over_nothing_happens(tried: Tried, handing: HandoverView,
                                                                     people: dict[str, UUID]) -> None:
    handing.form.reason.setFocus()
    tried.press(Key.Key_Return)
    assert handing.form.form.row_of(handing.form.reason)._said.startswith("Why is needed")
    tried.write("leaves")
    tried.press(Key.Key_Return)
    assert "Choose who takes over" in handing.form.form.row_of(handing.form.taker)._said
    assert {coach(tried, person) for person in people.values()} == {"Olive Owner"}


def test_briefs_are_shown_one_page_each_and_esc_comes_back(tried: Tried, handing: HandoverView) -> None:
    handing.form.briefs_button.click()
    tried.settle()
    assert tried.page.printing.preview.page_count() == 3
    tried.press(Key.Key_Escape)
    assert tried.page.stack.currentWidget() is handing


def test_in_a_public_place_nobody_is_named_and_nothing_private_is_said(tried: Tried, handing: HandoverView) -> None:
    set_in_public(True)
    tried.page.set_public_place(True)
    assert handing.people.text(0, 1) == "A. O."
    assert handing.chosen.text() == ""


def test_today_says_who_left_people_behind_and_leads_to_the_handover(desk: Desk, theme: Theme, qtbot: object,
                                                                     people: dict[str, UUID]) -> None:
    act(desk, lambda s: programme.end_member(s, desk.owner, to_day=TODAY - WEEK))
    window = desk_window.make_window(desk, theme)
    qtbot.addWidget(window)                                                                               # type: ignore[attr-defined]
    window.show()
    window.go("today")
    page = window.page("today")
    qtbot.waitUntil(lambda: not desk.work.busy() and page._found is not None)                             # type: ignore[attr-defined]
    qtbot.waitUntil(page.left_behind.isVisible)                                                           # type: ignore[attr-defined]
    assert "3 people and 2 other open things are still with Olive Owner, who left on 5 May 2020." in page.left_behind.words.text()
    page.left_behind.button.click()
    participants = window.page("participant")
    qtbot.waitUntil(lambda: participants.handover.people.count() == 3)                                    # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not desk.work.busy())                                                         # type: ignore[attr-defined]
