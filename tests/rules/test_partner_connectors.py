"""Who opens doors: the shortest warm path, and what rests on one person."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.partner.rules.connectors import Door, Map, Person, check_introduction, is_cold
from coachdesk.programme.rules import USUAL_TRUST


def an_id(number: int) -> UUID:
    return UUID(int=number)


IMAM, ANN, BEN, COUNCILLOR = (an_id(number) for number in range(1, 5))
MOSQUE, FOOD_BANK, LIBRARY, SURGERY = (an_id(number) for number in range(11, 15))
PARTNERS = {MOSQUE: "Mosque", FOOD_BANK: "Food bank", LIBRARY: "Library", SURGERY: "Surgery"}


def the_map(*doors: Door, left: UUID | None = None) -> Map:
    people = [Person(IMAM, "Imam Rahman", MOSQUE, is_warm=True), Person(ANN, "Ann Lee", FOOD_BANK), Person(BEN, "Ben Hall", LIBRARY),
              Person(COUNCILLOR, "Cllr Begum", None)]
    return Map(PARTNERS, [replace(each, has_left=each.id == left) for each in people], doors)


def names(network: Map, partner: UUID) -> tuple[str, ...]:
    path = network.paths().get(partner)
    return network.names(path.ids) if path else ()


def test_the_warm_path_goes_by_introductions_and_by_who_works_where() -> None:
    network = the_map(Door(IMAM, FOOD_BANK, ANN), Door(ANN, LIBRARY, BEN), Door(BEN, SURGERY))
    assert names(network, FOOD_BANK) == ("Imam Rahman", "Ann Lee", "Food bank")
    assert names(network, SURGERY) == ("Imam Rahman", "Ann Lee", "Ben Hall", "Surgery")


def test_the_shorter_way_wins() -> None:
    network = the_map(Door(IMAM, FOOD_BANK, ANN), Door(ANN, LIBRARY, BEN), Door(BEN, SURGERY), Door(IMAM, SURGERY, is_made=False))
    assert names(network, SURGERY) == ("Imam Rahman", "Surgery")


def test_nobody_walks_by_somebody_who_has_left() -> None:
    network = the_map(Door(IMAM, FOOD_BANK, ANN), Door(ANN, LIBRARY, BEN), left=ANN)
    assert names(network, LIBRARY) == ()
    assert names(the_map(Door(IMAM, FOOD_BANK, ANN), left=IMAM), FOOD_BANK) == ()


def test_a_relationship_rests_on_whoever_is_there_and_whoever_introduced_us() -> None:
    network = the_map(Door(COUNCILLOR, SURGERY), Door(IMAM, LIBRARY, BEN), Door(COUNCILLOR, FOOD_BANK, is_made=False))
    assert network.rests_on(COUNCILLOR) == [SURGERY]
    assert network.rests_on(ANN) == [FOOD_BANK], "who only could introduce us holds nothing"
    assert network.holders()[LIBRARY] == {BEN, IMAM}
    assert network.rests_on(BEN) == []


def test_when_one_of_two_leaves_it_rests_on_the_other() -> None:
    doors = (Door(IMAM, LIBRARY, BEN),)
    assert LIBRARY in the_map(*doors, left=BEN).rests_on(IMAM)


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[Person], list[Door]]:
    partners = [*PARTNERS]
    people = [Person(an_id(number), f"P{number}", draw(st.none() | st.sampled_from(partners)), draw(st.booleans()), draw(st.booleans()))
              for number in range(1, draw(st.integers(1, 6)) + 1)]
    doors = []
    for _ in range(draw(st.integers(0, 8))):
        by, to = draw(st.sampled_from(people)), draw(st.none() | st.sampled_from(people))
        if to is not None and (to.partner is None or to.id == by.id):
            to = None
        doors.append(Door(by.id, to.partner if to and to.partner else draw(st.sampled_from(partners)), to.id if to else None,
                          draw(st.booleans())))
    return people, doors


@given(networks())
def test_no_path_is_longer_than_it_need_be_and_none_is_missed(network: tuple[list[Person], list[Door]]) -> None:
    people, doors = network
    there = {each.id for each in people if not each.has_left} | set(PARTNERS)
    edges = [(each.id, each.partner) for each in people if each.partner] + [(door.by, door.person or door.partner) for door in doors]
    far = {(a, b): 0 if a == b else 99 for a, b in product(there, there)}
    for a, b in edges:
        if a in there and b in there:
            far[a, b] = far[b, a] = min(1, far[a, b])
    for via, a, b in product(there, there, there):
        far[a, b] = min(far[a, b], far[a, via] + far[via, b])
    warm = [each.id for each in people if each.is_warm and not each.has_left]
    paths = Map(PARTNERS, people, doors).paths()
    for partner in PARTNERS:
        least = min((far[each, partner] for each in warm), default=99)
        assert (paths[partner].steps if partner in paths else 99) == min(least, 99)
        if partner in paths:
            steps = paths[partner].ids
            assert steps[0] in warm and steps[-1] == partner
            assert all(far[a, b] == 1 for a, b in zip(steps, steps[1:], strict=False))


@given(networks())
def test_what_rests_on_one_is_held_by_one_who_is_there(network: tuple[list[Person], list[Door]]) -> None:
    people, doors = network
    made = Map(PARTNERS, people, doors)
    for person in people:
        for partner in made.rests_on(person.id):
            assert not person.has_left
            assert made.holders()[partner] == {person.id}


def test_cold_is_by_word_or_by_silence() -> None:
    assert is_cold("too business-like", 0.1, USUAL_TRUST) and is_cold(None, 2.0, USUAL_TRUST) and is_cold("listens", 5.0, USUAL_TRUST)
    assert not is_cold("listens", 1.9, USUAL_TRUST) and not is_cold(None, None, USUAL_TRUST)


def test_one_person_introduces_and_not_to_themselves() -> None:
    for by, to in (((None, None), None), ((IMAM, ANN), None), ((None, ANN), ANN)):
        with pytest.raises(Refusal):
            check_introduction(by, to)
    check_introduction((IMAM, None), ANN)
