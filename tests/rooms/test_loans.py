"""Laptops, telephones and data that are lent and come back; and who stands on the caseload."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from coachdesk.activity import actions, queries
from coachdesk.casework import queries as casework
from coachdesk.errors import Refusal
from coachdesk.participant import actions as people
from tests.rooms.conftest import SHARD_END, TODAY, RoomDesk


@pytest.fixture
def zoe(desk: RoomDesk) -> UUID:
    made: UUID = desk.act(lambda s: people.register(s, lot=desk.shard_end, name="Zoë Kowalska", postcode=SHARD_END))
    return made


def test_a_lent_laptop_is_asked_for_on_its_day_and_comes_back(desk: RoomDesk, zoe: UUID) -> None:
    back = TODAY + timedelta(14)
    lent = desk.act(lambda s: actions.lend(s, participant=zoe, what="laptop", tag="CC-07", due_back_on=back))
    with pytest.raises(Refusal, match="cc-07 is lent already"):
        desk.act(lambda s: actions.lend(s, participant=zoe, what="laptop", tag="cc-07"))
    with pytest.raises(Refusal, match="laptop; tablet; telephone"):
        desk.act(lambda s: actions.lend(s, participant=zoe, what="bicycle"))
    assert desk.see(casework.due) == []
    (row,) = desk.see(lambda s: casework.due(s, until=back))
    assert (row.kind, row.what, row.about) == ("activity.loan", "To give back: laptop CC-07", zoe)
    desk.act(lambda s: actions.give_back(s, lent, condition="scratched"))
    assert desk.see(lambda s: casework.due(s, until=back)) == []
    with pytest.raises(Refusal, match="came back on 12 May 2020"):
        desk.act(lambda s: actions.give_back(s, lent))
    (kept,) = desk.see(lambda s: queries.loans(s, participant=zoe))
    assert (kept.returned_on, kept.condition) == (TODAY, "scratched")
    desk.act(lambda s: actions.lend(s, participant=zoe, what="laptop", tag="CC-07"))


def test_who_is_paused_stands_last_and_who_has_left_is_not_on_the_caseload(desk: RoomDesk, zoe: UUID) -> None:
    other = desk.act(lambda s: people.register(s, lot=desk.shard_end, name="Amina Begum", postcode=SHARD_END))
    desk.act(lambda s: people.add_follow_up(s, participant=zoe, due_on=TODAY - timedelta(1), what="ring"))
    assert [(row.id, row.state) for row in desk.see(casework.caseload)] == [(zoe, "overdue"), (other, "")]
    desk.act(lambda s: people.pause(s, zoe, reason="in hospital"))
    assert [(row.id, row.state) for row in desk.see(casework.caseload)] == [(other, ""), (zoe, casework.PAUSED)]
    desk.act(lambda s: people.end_spell(s, other, reason="moved away"))
    assert [row.id for row in desk.see(casework.caseload)] == [zoe]


def test_help_noted_under_two_records_of_one_person_is_counted_together(desk: RoomDesk, zoe: UUID) -> None:
    other = desk.act(lambda s: people.register(s, lot=desk.shard_end, name="Zoe Kowalski", postcode=SHARD_END, is_known_duplicate=True))
    for one in (zoe, other):
        desk.act(lambda s, one=one: actions.log_intervention(s, participant=one, minutes=40, mode="face to face", kind="CV & job search"))
    desk.act(lambda s: people.merge(s, other, other=zoe))
    (row,) = desk.see(casework.caseload)
    assert (row.id, row.meaningful, row.last_contact_on) == (zoe, 2, TODAY)
