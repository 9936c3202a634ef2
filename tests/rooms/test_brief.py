"""What stands on a person's one page: enough to begin with, and nothing of what is kept apart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from coachdesk.activity import actions as activity
from coachdesk.casework import brief as briefs
from coachdesk.casework import handover
from coachdesk.errors import Refusal
from coachdesk.participant import actions
from coachdesk.programme import actions as programme
from tests.rooms.conftest import SHARD_END, TODAY, RoomDesk

WEEK = timedelta(days=7)


@pytest.fixture
def person(desk: RoomDesk) -> UUID:
    return desk.act(lambda s: actions.register(
        s, name="Zoë Kowalska", lot=desk.shard_end, postcode=SHARD_END, coach=desk.coach, registered_on=TODAY - 4 * WEEK,
        phone="07400 123456", ni_number="AB123456C", is_safe_to_call=False, weeks_out_of_work=30, benefit="Universal Credit"))


def page(desk: RoomDesk, person: UUID) -> briefs.Brief:
    return desk.see(lambda s: briefs.brief(s, person))


def words(found: briefs.Brief) -> str:
    return "\n".join([found.name, found.under, *(" ".join(line) for line in found.warnings),
                      *(" ".join(line) for part in found.parts for line in part.lines)])


def test_a_page_says_how_to_reach_somebody_safely_and_what_is_promised(desk: RoomDesk, person: UUID) -> None:
    desk.act(lambda s: actions.change_needs(s, person, needs_interpreter=True, language="Polish", lone_working_note="Meet at the library"))
    desk.act(lambda s: actions.add_follow_up(s, participant=person, due_on=TODAY + WEEK, what="bring the bus times"))
    desk.act(lambda s: activity.lend(s, participant=person, what="laptop", tag="L-7"))
    found = page(desk, person)
    assert ("Before meeting alone", "Meet at the library") in found.warnings
    assert ("Calling", "Do NOT ring.") in found.warnings
    told = words(found)
    for said in ("Polish, needs an interpreter", "bring the bus times", "laptop, L-7", "Universal Credit", "30 weeks", "07400 123456"):
        assert said in told


def test_only_the_three_last_contacts_stand_there(desk: RoomDesk, person: UUID) -> None:
    for days in range(5):
        desk.act(lambda s, days=days: activity.log_intervention(
            s, participant=person, kind="CV & job search", minutes=30, mode="phone", is_meaningful=True,
            happened_on=TODAY - timedelta(days=days), note=f"note {days}"))
    (last,) = [part for part in page(desk, person).parts if part.heading == "The last three contacts"]
    assert [line[1][-6:] for line in last.lines] == ["note 0", "note 1", "note 2"]


def test_nothing_that_is_kept_apart_and_no_number_or_address_stands_there(desk: RoomDesk, person: UUID) -> None:
    def tell(s: Any) -> None:
        actions.record_sensitive(s, person, category="health", detail="SECRET-HEALTH", basis="explicit consent")
        actions.record_offence(s, person, detail="SECRET-OFFENCE", basis="safeguarding")
        actions.record_equality(s, person, religion="Hindu")

    desk.act(tell)
    told = words(page(desk, person))
    assert "SECRET" not in told
    assert "Hindu" not in told
    assert "AB123456C" not in told.replace(" ", "")
    assert SHARD_END not in told


def test_briefs_are_of_the_caseload_and_after_a_handover_of_those_who_were_on_it(desk: RoomDesk, person: UUID) -> None:
    dee = desk.act(lambda s: programme.add_member(s, name="Dee Dunn", role="coach"))
    assert desk.see(lambda s: briefs.of_caseload(s, desk.coach)) == [person]
    desk.act(lambda s: handover.hand_over(s, desk.coach, to=dee, reason="leaves"))
    assert desk.see(lambda s: briefs.of_caseload(s, desk.coach)) == desk.see(lambda s: briefs.of_caseload(s, dee)) == [person]
    assert "coach Dee Dunn, until 12 May 2020 Carl Coach" in page(desk, person).under


def test_nobody_has_no_page(desk: RoomDesk) -> None:
    with pytest.raises(Refusal, match="no such participant"):
        page(desk, desk.owner)
