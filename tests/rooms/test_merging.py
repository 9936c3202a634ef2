"""One person of two records: shown once, helped once, paid once; and two again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coachdesk.activity import actions as activity
from coachdesk.casework import queries as casework
from coachdesk.claim import actions as claim
from coachdesk.claim import queries as claims
from coachdesk.errors import Refusal
from coachdesk.participant import actions, queries
from coachdesk.participant.record import SameAs
from coachdesk.participant.rules.joining import leaders_of
from coachdesk.store import undo
from tests.rooms.conftest import SHARD_END, RoomDesk
from tests.rooms.people import enrol

BORN = date(1984, 3, 5)


def registered(desk: RoomDesk, name: str, **more: Any) -> UUID:
    wanted = {"postcode": SHARD_END, "born_on": BORN, "lot": desk.shard_end, "is_known_duplicate": True} | more
    made: UUID = desk.act(lambda s: actions.register(s, name=name, **wanted))
    return made


def helped(person: UUID, on: date, **more: Any) -> Callable[[Session], UUID]:
    wanted = {"minutes": 40, "mode": "face to face", "kind": "CV & job search"} | more
    return lambda session: activity.log_intervention(session, participant=person, happened_on=on, **wanted)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30), st.randoms())
def test_whatever_the_order_of_joining_the_lowest_id_leads_and_everybody_has_one_leader(pairs: list[tuple[int, int]], dice: Any) -> None:
    ids = [UUID(int=number + 1) for number in range(13)]
    joined = [(ids[one], ids[other]) for one, other in pairs]
    found = leaders_of(joined)
    shuffled = [pair[:: dice.choice((1, -1))] for pair in dice.sample(joined, len(joined))]
    assert leaders_of(shuffled) == found
    assert all(led > first and first not in found for led, first in found.items())
    assert all(found.get(one, one) == found.get(other, other) for one, other in joined)


def test_a_merged_record_leaves_the_lists_and_its_person_is_told_by_the_leading_one(desk: RoomDesk) -> None:
    first = registered(desk, "Robert Whitehouse", phone=None)
    later = registered(desk, "Bob Whitehouse", phone="07700 900123", email="bob@example.org")
    desk.act(lambda s: actions.merge(s, later, other=first, reason="he said so", take=["name"]))
    (row,) = desk.see(queries.participants)
    assert (row.id, row.name, row.email) == (first, "Bob Whitehouse", "bob@example.org")
    assert desk.see(lambda s: queries.records(s, later)) == (first, later)
    assert desk.see(queries.likely_pairs) == []
    (hit,) = desk.see(lambda s: queries.likely_duplicates(s, name="Bob Whitehouse", born_on=BORN))
    assert hit.id == first
    with pytest.raises(Refusal, match="one person already"):
        desk.act(lambda s: actions.merge(s, first, other=later))
    with pytest.raises(Refusal, match="one record"):
        desk.act(lambda s: actions.merge(s, first, other=first))


def test_undoing_a_merge_puts_back_what_was_taken_over(desk: RoomDesk) -> None:
    first, later = registered(desk, "Robert Whitehouse"), registered(desk, "Bob Whitehouse", phone="07700 900123")
    desk.act(lambda s: actions.merge(s, later, other=first, take=["name"]))
    undo.undo_last(desk.store, desk.owner)
    names = {row.id: (row.name, row.phone) for row in desk.see(queries.participants)}
    assert names[first] == ("Robert Whitehouse", None)
    assert names[later][0] == "Bob Whitehouse"


def test_people_who_were_told_apart_are_not_suggested_again_until_they_are_merged_after_all(desk: RoomDesk) -> None:
    first, later = registered(desk, "Robert Whitehouse"), registered(desk, "Bob Whitehouse")
    assert len(desk.see(queries.likely_pairs)) == 1
    desk.act(lambda s: actions.say_two_people(s, later, other=first))
    assert desk.see(queries.likely_pairs) == []
    desk.act(lambda s: actions.merge(s, first, other=later))
    with pytest.raises(Refusal, match="said to be one person"):
        desk.act(lambda s: actions.say_two_people(s, first, other=later))
    (join,) = desk.see(queries.joins)
    desk.act(lambda s: actions.part(s, join.id))
    assert len(desk.see(queries.likely_pairs)) == 1


def test_the_index_of_keys_follows_edits_and_is_made_anew_when_it_is_not_there(desk: RoomDesk) -> None:
    first = registered(desk, "Robert Whitehouse")
    look = lambda name: [row.id for row in desk.see(lambda s: queries.likely_duplicates(s, name=name, born_on=BORN))]  # noqa: E731
    assert look("Robert Whitehouse") == [first]
    desk.act(lambda s: actions.change_details(s, first, name="Katarzyna Nowak"))
    assert look("Robert Whitehouse") == []
    assert look("Kasia Nowak") == [first]
    with desk.store.engine.connect() as connection:
        connection = connection.execution_options(write=True)
        with connection.begin():
            connection.exec_driver_sql("delete from likeness")
            connection.exec_driver_sql("delete from remembered where name = 'derived.likeness'")
    assert look("Kasia Nowak") == [first]
    registered(desk, "Kate Novak")
    with desk.store.read() as session:
        held = set(session.connection().exec_driver_sql("select distinct entity_id from likeness").scalars())
    assert len(held) == 2
    assert first.bytes in {bytes(each) for each in held}


def test_one_person_is_paid_for_once_and_the_later_claimable_is_given_back(desk: RoomDesk) -> None:
    people = [desk.act(lambda s, name=name: enrol(s, desk.shard_end, name=name)) for name in ("Robert Whitehouse", "Bob Whitehouse")]
    for one in people:
        desk.act(helped(one, date(2020, 3, 4)))
    march = desk.act(lambda s: claim.draft(s, lot=desk.shard_end, month="2020-03"))
    desk.store.act(desk.owner, "send", lambda s: claim.send(s, march), lasting=True)
    sent = desk.see(lambda s: claims.show(s, desk.shard_end, "2020-03"))
    assert [line["amount_pence"] for line in sent["lines"]] == [25_000, 25_000]
    desk.act(lambda s: actions.merge(s, people[1], other=people[0]))
    after = desk.see(lambda s: claims.show(s, desk.shard_end, "2020-04"))
    (back,) = [line for line in after["lines"] if line["amount_pence"] < 0]
    assert back["amount_pence"] == -25_000
    assert "one person" in back["reason"]
    (join,) = desk.see(queries.joins)
    desk.act(lambda s: actions.part(s, join.id))
    again = desk.see(lambda s: claims.show(s, desk.shard_end, "2020-04"))
    assert [line for line in again["lines"] if line["milestone"] == "start"] == []


def test_an_unknown_record_cannot_be_merged(desk: RoomDesk) -> None:
    first = registered(desk, "Robert Whitehouse")
    with pytest.raises(Refusal):
        desk.act(lambda s: actions.merge(s, first, other=uuid4()))
    later = registered(desk, "Bob Whitehouse")
    with pytest.raises(Refusal, match="not something that can be taken over"):
        desk.act(lambda s: actions.merge(s, first, other=later, take=["reference"]))


def test_parted_again_each_record_says_what_it_said_before_but_a_correction_made_since_stays(desk: RoomDesk) -> None:
    first = registered(desk, "Robert Whitehouse", phone=None, ni_number="AB123456C")
    later = registered(desk, "Bob Whitehouse", phone="07700 900123", born_on=date(1984, 5, 3), email="bob@example.org", ni_number=None)
    joining = desk.act(lambda s: actions.merge(s, later, other=first, take=["name", "born_on"]))
    row = desk.see(lambda s: queries.participant(s, first)).person
    assert (row.name, row.born_on, row.phone, row.email) == ("Bob Whitehouse", date(1984, 5, 3), "07700 900123", "bob@example.org")
    desk.act(lambda s: actions.change_details(s, first, email="robert@example.org"))
    desk.act(lambda s: actions.part(s, joining))
    row, other = (desk.see(lambda s, one=one: queries.participant(s, one)).person for one in (first, later))
    assert (row.name, row.born_on, row.phone, row.email) == ("Robert Whitehouse", BORN, None, "robert@example.org")
    assert (other.name, other.born_on, other.phone, other.email) == ("Bob Whitehouse", date(1984, 5, 3), "07700 900123", "bob@example.org")
    undo.undo_last(desk.store, desk.owner)
    assert desk.see(lambda s: queries.participant(s, first)).person.name == "Bob Whitehouse"


def test_what_a_coach_types_finds_nickname_slip_and_wrong_age_the_likeliest_first_and_says_what_speaks_against_it(desk: RoomDesk) -> None:
    robert = registered(desk, "Robert Whitehouse", phone="07700 900123", ni_number="AB123456C")
    father = registered(desk, "Robert Whitehouse", born_on=date(1955, 9, 17), phone="07700 900123", ni_number=None)
    registered(desk, "Susan Whitehouse", phone="07700 900123")  # his twin

    def typed(name: str, **more: Any) -> list[queries.DuplicateRow]:
        return desk.see(lambda s: queries.likely_duplicates(s, name=name, **more))

    assert [row.id for row in typed("Bob Whitehouse", born_on=BORN)] == [robert]
    assert [row.id for row in typed("Robrt Whitehosue", born_on=BORN)] == [robert]
    assert [row.id for row in typed("WHITEHOUSE, Rob", phone="+44 7700 900123", born_on=BORN)][0] == robert
    first, second = typed("Robert Whitehouse", born_on=BORN, phone="07700 900123")
    assert (first.id, second.id) == (robert, father)
    assert second.score < 0.5 < first.score
    assert second.why.endswith(", but another date of birth")
    (wrong_age,) = [row for row in typed("Robert Whitehouse", born_on=date(1974, 11, 30), phone="07700900123") if row.id == robert]
    assert not wrong_age.is_surely
    assert typed("Gary Whitehouse", born_on=date(1990, 1, 2), postcode=SHARD_END, phone="07700 900123") == []


def test_of_three_records_of_one_person_two_that_were_joined_leave_one_pair(desk: RoomDesk) -> None:
    one, two, three = (registered(desk, name, phone="07700 900123") for name in ("Robert Whitehouse", "Bob Whitehouse", "Rob Whitehouse"))
    assert len(desk.see(queries.likely_pairs)) == 3
    desk.act(lambda s: actions.merge(s, two, other=one))
    (pair,) = desk.see(queries.likely_pairs)
    assert three in (pair.a, pair.b)
    desk.act(lambda s: actions.say_two_people(s, pair.a, other=pair.b))
    assert desk.see(queries.likely_pairs) == []


def test_two_records_that_are_one_person_only_through_a_third_stand_once(desk: Any) -> None:
    first, second, third = (desk.act(lambda s: enrol(s, desk.shard_end)) for _ in range(3))
    assert first < second < third

    def join(session: Any) -> None:
        for one in (first, second):
            session.add(SameAs(one_id=one, other_id=third, joined_on=date(2020, 5, 12), joined_by=desk.owner))

    desk.act(join)                                   # as two laptops may do it, neither knowing of the other
    with desk.store.read() as session:
        assert set(session.execute(queries.is_led()).scalars()) == {second, third}
        assert [row.id for row in casework.caseload(session)] == [first]
