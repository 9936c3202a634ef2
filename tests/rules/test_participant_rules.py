"""National Insurance numbers, ages, names and consents."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.participant import rules

TODAY = date(2020, 5, 12)


@pytest.mark.parametrize("typed", ["ab 12 34 56 c", "AB123456C", "ab-12-34-56-c", " AB 123456 C "])
def test_a_number_is_read_however_it_is_spaced_and_shown_in_pairs(typed: str) -> None:
    assert rules.ni_number_of(typed) == "AB123456C"
    assert rules.ni_shown(rules.ni_number_of(typed)) == "AB 12 34 56 C"


@pytest.mark.parametrize("typed", ["BG123456A", "AO123456A", "DA123456A", "AB123456E", "AB12345C", "AB123456", "ZZ123456A", "AB١٢٣٤٥٦C"])
def test_a_number_that_cannot_be_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.ni_number_of(typed)
    assert typed not in str(refused.value)


def test_qq_numbers_are_for_samples_only() -> None:
    with pytest.raises(Refusal, match="sample people only"):
        rules.ni_number_of("QQ 12 34 56 C")
    assert rules.ni_number_of("QQ 12 34 56 C", is_sample=True) == "QQ123456C"
    assert rules.ni_number_of("  ") is None


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_a_refusal(text: str) -> None:
    try:
        number = rules.ni_number_of(text)
    except Refusal:
        return
    assert number is None or rules.ni_number_of(rules.ni_shown(number)) == number


@pytest.mark.parametrize(("born", "said"), [
    (date(2020, 5, 13), "still to come"), (date(2004, 5, 13), "was 15"), (date(1919, 5, 12), "was 101"),
])
def test_an_impossible_date_of_birth_is_refused(born: date, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        rules.check_born(born, TODAY)


@pytest.mark.parametrize("born", [date(2004, 5, 12), date(1919, 5, 13), None])
def test_sixteen_and_a_hundred_are_welcome(born: date | None) -> None:
    rules.check_born(born, TODAY)


@given(st.dates(min_value=date(1920, 1, 1), max_value=date(2004, 1, 1)))
def test_age_grows_by_one_on_the_birthday(born: date) -> None:
    assert rules.age_on(born, date(2020, 12, 31)) == 2020 - born.year


@pytest.mark.parametrize(("one", "other"), [
    ("Zoë Kowalska", "ZOE  KOWALSKA"), ("Siân O’Neill", "sian oneill"), ("Łukasz Żak", "lukasz zak"),
                                            ("Anne-Marie Groß", "anne marie gross")])
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert rules.name_key(one) == rules.name_key(other)


@pytest.mark.parametrize(("name", "short"), [("Zoë Kowalska", "ZK"), ("Ann Marie van Dyck", "AD"), ("Prince", "P"), ("  ", ""),
                                            ("(Bob) 李", "B李")])
def test_initials_stand_for_a_name_in_public_places(name: str, short: str) -> None:
    assert rules.initials(name) == short


def test_the_latest_answer_stands_and_a_withdrawal_wins_its_day() -> None:
    first, later = date(2020, 5, 1), date(2020, 5, 2)
    assert rules.standing([]) is None
    assert rules.standing([(first, "refused"), (later, "given")]) == "given"
    assert rules.standing([(later, "withdrawn"), (later, "given"), (first, "given")]) == "withdrawn"
    assert rules.standing([(first, "withdrawn"), (later, "given")]) == "given"


@pytest.mark.parametrize("baseline", [(-1, None, None), (None, 169, None), (None, None, 60_000)])
def test_an_impossible_baseline_is_refused(baseline: tuple[int | None, int | None, int | None]) -> None:
    with pytest.raises(Refusal):
        rules.check_baseline(*baseline)


def test_words_are_read_by_their_short_forms() -> None:
    assert rules.benefit_of("uc") == "Universal Credit"
    assert rules.benefit_of("universal credit: searching for work") == "Universal Credit: searching for work"
    assert rules.contact_way_of("Email") == "e-mail"
    assert rules.heard_through_of("facebook") == "social media"
    assert rules.situation_of("nfa") == "no fixed abode"
    assert rules.benefit_of("") is None
    with pytest.raises(Refusal):
        rules.contact_way_of("pigeon")
