"""Who may be one person: what speaks for it, what families share, and that nobody is compared with everybody."""

from __future__ import annotations

import string
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.participant.rules.matching import FULLEST, LIKELY, Person, candidates, keys, likeness, pairs
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
