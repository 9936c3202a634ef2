"""Who is on the no-contact list: only real contact counts, and whoever is paused is left in peace."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from coachdesk.activity import actions as activity
from coachdesk.casework.silence import NoContactRow, no_contact
from coachdesk.documents import reports
from coachdesk.participant import actions
from tests.rooms.conftest import SHARD_END, TODAY, RoomDesk


def ago(days: int) -> Any:
    return TODAY - timedelta(days=days)


@pytest.fixture
def person(desk: RoomDesk) -> UUID:
    return desk.act(lambda s: actions.register(s, name="Zoë Kowalska", lot=desk.shard_end, postcode=SHARD_END, registered_on=ago(90),
                                               phone="07400 123456", is_safe_to_call=False))


def listed(desk: RoomDesk) -> list[NoContactRow]:
    return desk.see(no_contact)


def help_(desk: RoomDesk, person: UUID, days: int, mode: str, *, good: bool) -> None:
    desk.act(lambda s: activity.log_intervention(s, participant=person, kind="CV & job search", minutes=20, mode=mode, is_meaningful=good,
                                                 why="talked it through" if good else "reminder only", happened_on=ago(days)))


def test_whoever_had_no_contact_is_counted_from_registration(desk: RoomDesk, person: UUID) -> None:
    (row,) = listed(desk)
    assert (row.days, row.last_contact_on, row.reach) == (90, None, "do NOT ring")


@pytest.mark.parametrize(("mode", "good", "counts"), [
    ("phone", False, True), ("face to face", True, True), ("text", True, True), ("text", False, False)])
def test_a_call_and_help_are_contact_and_a_reminder_by_text_is_not(desk: RoomDesk, person: UUID, mode: str, good: bool,
                                                                   counts: bool) -> None:
    help_(desk, person, 40, "face to face", good=True)
    help_(desk, person, 3, mode, good=good)
    assert [row.days for row in listed(desk)] == ([] if counts else [40])


@pytest.mark.parametrize(("outcome", "counts"), [(activity.attend, True), (activity.miss, False), (activity.cancel_appointment, False)])
def test_only_an_appointment_that_was_kept_is_contact(desk: RoomDesk, person: UUID, outcome: Any, counts: bool) -> None:
    booked = desk.act(lambda s: activity.book_appointment(s, participant=person, due_on=TODAY, at="09:00"))
    desk.act(lambda s: outcome(s, booked))
    assert bool(listed(desk)) is not counts


def test_ticking_off_a_follow_up_is_no_contact_and_a_pause_is_left_in_peace(desk: RoomDesk, person: UUID) -> None:
    to_do = desk.act(lambda s: actions.add_follow_up(s, participant=person, due_on=TODAY, what="ring"))
    desk.act(lambda s: actions.complete_follow_up(s, to_do))
    assert len(listed(desk)) == 1
    desk.act(lambda s: actions.pause(s, person, reason="in hospital"))
    assert listed(desk) == []


def test_the_list_travels_on_paper_with_what_is_not_safe(desk: RoomDesk, person: UUID) -> None:
    out = BytesIO()
    desk.see(lambda s: reports.write(s, "no-contact", out, reports.By("Olive Owner", False)))
    text = PdfReader(out).pages[0].extract_text()
    for words in ("Zoë Kowalska", "07400 123456", "do NOT ring", "1 person without help", "Page 1 of 1"):
        assert words in text
