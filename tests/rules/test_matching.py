"""Who may be one person: what speaks for it, what families share, and that nobody is compared with everybody."""

from __future__ import annotations

import string
from collections import Counter
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.participant.queries import in_latin
from coachdesk.participant.rules.matching import FULLEST, LIKELY, Crowd, Person, candidates, keys, known, likeness, pairs
from coachdesk.participant.rules.matching.reading import born_signs, ni_signs, phone_signs, postcode_signs
from tests.rules import registers
from tests.rules.neighbourhood import made

_BORN = "1984-03-05"
_ONE = Person("Robert", "Whitehouse", _BORN, "B34 7AG", "07700 900123", "AB123456C")


def alike(one: Person, other: Person) -> bool:
    """A likely pair that is also found: they share a key."""
    return bool(likeness(one, other)) and bool(keys(one) & keys(other))


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (Person("Bob", "Whitehouse", _BORN, "B34 7AG"), "Bob may be Robert"),
        (Person("Robert", "Whitehouse", "1984-05-03", "B34 7AG"), "day and month of birth changed about"),
        (Person("Robert", "Whitehosue", _BORN, "B8 2AA"), "a surname that is nearly the same"),
        (Person("Rboert", "Whitehouse", _BORN), "Rboert is nearly Robert"),
        (Person("Whitehouse", "Robert", _BORN), "given name and surname changed about"),
        (Person("Robert", "Whitehouse", "05/03/1984"), "the same name and date of birth"),
        (Person("Robert", "Whitehouse", "", "b347ga", "+44 7700 900123"), "the same telephone"),
        (Person("R", "Whitehouse", _BORN, "B34 7AG"), "the same initial"),
        (Person("Rob James", "White-House", _BORN, "B34 7AG"), "Robert may be Rob James"),
        (Person("Roberta", "Smith", "", "", "", "AB 12 34 56 D"), "the same National Insurance number"),
        (Person("Robert", "Whitehouse", "1984-03-06", "B34 7AG"), "a date of birth with one digit different"),
    ],
)
def test_one_person_written_down_twice_is_found_and_the_reason_is_said(other: Person, says: str) -> None:
    found = likeness(_ONE, other)
    assert alike(_ONE, other), found
    assert says.casefold() in " ".join(found.reasons).casefold()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Person("Mohammed", "Hussain", _BORN), Person("Muhammad", "Hossein", _BORN)),
        (Person("Łukasz", "Wiśniewski", _BORN), Person("Lukasz", "Wisniewska", _BORN)),
        (Person("Yusuf", "Al-Masri", _BORN), Person("Youssef", "Almasri", _BORN)),
        (Person("Siân", "O’Brien", _BORN), Person("Sian", "OBrien", _BORN)),
        (Person.named("Mr John Smith", date_of_birth=_BORN), Person("Jonny", "Smith", _BORN)),
    ],
)
def test_spellings_of_one_name_in_other_tongues_and_boxes_are_one_name(one: Person, other: Person) -> None:
    assert alike(one, other), likeness(one, other)


@pytest.mark.parametrize(
    "other",
    [
        Person("Susan", "Whitehouse", _BORN, "B34 7AG", "07700 900123"),  # his twin sister
        Person("Gary", "Whitehouse", "1986-11-20", "B34 7AG", "07700 900123"),  # his brother
        Person("Robert", "Whitehouse", "2005-09-17", "B34 7AG", "07700 900123"),  # his son, who has his name
        Person("Linda", "Whitehouse", "1983-01-30", "B34 7AG", "07700 900123"),  # his wife
        Person("Robert", "Whitehouse", "1961-12-24", "B8 2AA"),  # his namesake
        Person("Robert", "Whitehouse", _BORN, "B8 2AA", "07911 000000", "CE987654A"),  # another number says: another person
        Person("", "Whitehouse", "", "B34 7AG"),  # a household
        Person("", "", _BORN, "B34 7AG"),  # no name at all
    ],
)
def test_families_namesakes_and_households_are_not_called_one_person(other: Person) -> None:
    assert not likeness(_ONE, other), likeness(_ONE, other)


def test_half_typed_and_senseless_values_are_compared_as_text_and_never_refused() -> None:
    for text in ("", "-", "31/02/1990", "1984", "99999999", "x" * 500, "﷽", "=1+1", "\x00"):
        odd = Person(text, text, text, text, text, text)
        assert 0 <= likeness(odd, _ONE).score <= 1
        assert isinstance(keys(odd), frozenset)
    assert alike(Person("Robert", "Whitehouse", "1984-02-31", "B34 7AG"), Person("Robert", "Whitehouse", "1984-02-31", "B34 7AG"))


_TEXT = st.text(alphabet=string.ascii_letters + "0123456789 -'łÉπع", max_size=14)
_PEOPLE = st.builds(Person, _TEXT, _TEXT, _TEXT, _TEXT, _TEXT, _TEXT)


@given(_PEOPLE, _PEOPLE)
def test_likeness_does_not_depend_on_who_comes_first(one: Person, other: Person) -> None:
    there, back = likeness(one, other), likeness(other, one)
    assert there.score == back.score
    assert 0 <= there.score <= 1


@given(st.lists(st.builds(Person, st.sampled_from(["Ali", "Bob", "Rob"]), st.sampled_from(["Khan", "Kahn"]), st.just(_BORN)), max_size=30))
@settings(max_examples=40)
def test_every_pair_is_told_once_and_nobody_is_paired_with_themselves(people: list[Person]) -> None:
    told = [(one, other) for one, other, _ in pairs(dict(enumerate(people)))]
    assert len(told) == len({frozenset(pair) for pair in told})
    assert all(one < other for one, other in told)


def test_a_key_that_too_many_share_is_passed_over_so_that_no_list_is_compared_all_with_all() -> None:
    many = {number: Person("Mohammed", "Khan", "", "B34 7AG") for number in range(3_000)}
    assert not list(candidates((one, keys(person)) for one, person in many.items()))
    rows, _ = made(7, 4_000)
    shared = Counter(key for person in rows.values() for key in keys(person))
    compared = sum(1 for _ in candidates((one, keys(person)) for one, person in rows.items()))
    assert compared <= sum(min(number, FULLEST) ** 2 / 2 for number in shared.values())
    assert compared < 30 * len(rows)


@pytest.mark.parametrize("seed", range(4))
def test_in_a_neighbourhood_of_families_nearly_all_are_found_and_hardly_anybody_wrongly(seed: int) -> None:
    rows, same = made(seed, 1_500)
    found = {frozenset((one, other)) for one, other, _ in pairs(rows)}
    right = len(found & same)
    assert right / len(same) >= 0.97
    assert right / len(found) >= 0.96


def test_a_likely_pair_has_a_reason_and_a_score_from_the_line_on() -> None:
    rows, _ = made(3, 400)
    for _, _, found in pairs(rows):
        assert found.score >= LIKELY
        assert found.reasons


def in_latin_letters(people: dict[str, Person]) -> dict[str, Person]:
    """As every list is read (exchange.duplicates, queries.likeness)."""
    return {one: Person(*(in_latin(value) for value in vars(person).values())) for one, person in people.items()}


# The rules were set on the seeds below a hundred; these were not looked at.
@pytest.mark.parametrize("seed", [101, 102])
@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (registers.service, 0.97),
        (partial(registers.service, numbers=False), 0.95),
        (registers.tongues, 0.97),
        (registers.strangers, 0.92),  # where two whole values of four are wrong little is left to see
    ],
    ids=("service", "service without numbers", "tongues", "strangers"),
)
def test_on_lists_of_kinds_that_the_rules_were_not_set_on_recall_and_precision_hold(kind: Any, least: float, seed: int) -> None:
    people, same = kind(seed)
    found = {frozenset((one, other)) for one, other, _ in pairs(in_latin_letters(people))}
    assert len(found & same) / len(same) >= least
    assert len(found & same) / len(found) >= 0.97


@pytest.mark.parametrize("nothing", ["unknown", "N/A", "n/a", "None", "-", "not known", "NULL", "nan", "Unknown.", "TBC"])
def test_two_unknown_values_are_no_agreement(nothing: str) -> None:
    one, other = Person("Robert", "Whitehouse", *[nothing] * 4), Person("Gary", "Whitehouse", *[nothing] * 4)
    assert not likeness(one, other)
    assert likeness(one, other).score == likeness(Person("Robert", "Whitehouse"), Person("Gary", "Whitehouse")).score
    assert not likeness(Person(nothing, nothing, _BORN, "B34 7AG"), Person(nothing, nothing, _BORN, "B34 7AG"))


@pytest.mark.parametrize(
    "written",
    [
        "19840305",
        "1984-03-05",
        "05/03/1984",
        "5/3/1984",
        "05.03.84",
        "5 Mar 1984",
        "5th March 1984",
        "March 5, 1984",
        "05-MAR-84",
        "1984-03-05T00:00:00",
        "05/03/1984 00:00",
        "19840305.0",
        "1984/03/05",
    ],
)
def test_a_date_is_one_date_whatever_way_it_is_written(written: str) -> None:
    assert born_signs(written) == "19840305"


def test_the_same_telephone_and_postcode_are_known_in_any_dress() -> None:
    phones = ("07700 900123", "+44 7700 900123", "0044 (0)7700-900123", "7700900123", "07700900123 / 0121 496 0000", "7700900123.0")
    assert {phone_signs(phone) for phone in phones} == {"700900123"}
    assert {postcode_signs(postcode) for postcode in ("B34 7AG", "b347ag", "B34-7AG", "B34 7AG ")} == {"b347ag"}
    assert {postcode_signs(postcode) for postcode in ("0837", "837", "837.0")} == {"0837"}
    assert {ni_signs(number) for number in ("AB123456C", "ab 12 34 56 d", "AB123456")} == {"ab123456"}


def test_what_many_share_weighs_little_and_what_is_rare_weighs_much() -> None:
    hostel = {number: Person(f"{chr(97 + number % 26)}x{number}", f"y{number}q", "", "B8 2AA", "0121 496 0000") for number in range(200)}
    assert not list(pairs(hostel))
    crowd = Crowd(map(known, hostel.values()))
    assert crowd.rarity("postcode", "b82aa") < -3
    assert crowd.rarity("surname", "y7q") > 0


def test_three_records_of_one_person_are_three_pairs_though_two_of_them_share_little() -> None:
    people = {
        1: Person("Robert", "Whitehouse", _BORN, "B34 7AG"),
        2: Person("Robert", "Whitehouse", _BORN, "", "07700 900123"),
        3: Person("R", "Whitehouse", "", "", "07700 900123"),
    }
    assert {(one, other) for one, other, _ in pairs(people)} == {(1, 2), (2, 3), (1, 3)}


def test_two_whole_numbers_tell_twins_apart_even_in_a_list_of_strangers() -> None:
    twin = Person("Susan", "Whitehouse", _BORN, "B34 7AG", "07700 900123", "CE987654A")
    strangers = Crowd(map(known, (_ONE, twin)))
    strangers.are_strangers = True
    one = Person("Robert", "Whitehouse", _BORN, "B34 7AG", "07700 900123", "AB123456C")
    assert not likeness(one, twin, strangers), likeness(one, twin, strangers)


def test_twins_whose_records_come_twice_turned_about_make_no_list_of_strangers() -> None:
    people: dict[int, Person] = {}
    surnames = ["Abbott", "Barker", "Clements", "Dalton", "Ellis", "Foster", "Greaves", "Hopkins", "Ingram", "Jukes", "Kendrick", "Lowe",
                "Millward", "Naylor", "Overton", "Perks"]
    for number, surname in enumerate(surnames):
        born, place = f"19{58 + 2 * number}-{number % 12 + 1:02d}-{28 - number:02d}", f"B{30 + number} {number % 9}A{surname[0]}"
        home = [Person("Robert", surname, born, place), Person(surname, "Robert", born, place), Person("Susan", surname, born, place)]
        people |= {number * 3 + which: who for which, who in enumerate(home)}
    assert {(one, other) for one, other, _ in pairs(people)} == {(number * 3, number * 3 + 1) for number in range(len(surnames))}
