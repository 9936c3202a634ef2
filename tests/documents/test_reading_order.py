"""Letters stand in the order in which people of each script read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.documents import reading_order


def shown(text: str) -> str:
    return "".join(reading_order.in_order(text, reading_order.levels(text)))


# Capitals stand for Hebrew letters below, as in the examples of UAX #9: what is told in capitals is read from the right.
def hebrew(text: str) -> str:
    return "".join(chr(0x05D0 + ord(char) - ord("A")) if "A" <= char <= "Z" else char for char in text)


@pytest.mark.parametrize(("said", "seen"), [
    ("car is a word", "car is a word"),
    ("ABC", "CBA"),
    ("car means CAR.", "car means RAC."),
    ("ABC DEF", "FED CBA"),
    ("ABC 123", "123 CBA"),
    ("ABC 45-47", "45-47 CBA"),
    ("ABC 10,50 DEF", "FED 10,50 CBA"),
    ("ann (ABC) lee", "ann (CBA) lee"),
    ("ABC (ann)", ")ann( CBA"),               # brackets are mirrored when they are drawn
    ("5 ABC", "CBA 5"),
    ("£5 a week", "£5 a week"),
    ("", ""),
])
def test_examples_of_the_standard(said: str, seen: str) -> None:
    assert shown(hebrew(said)) == hebrew(seen)


def test_digits_after_arabic_letters_keep_their_own_order() -> None:
    assert shown("رقم ١٢") == "١٢ " + "رقم"[::-1]
    assert shown("رقم 12") == "12 " + "رقم"[::-1]


@given(st.text(max_size=60))
def test_no_letter_is_lost_or_doubled(text: str) -> None:
    assert sorted(shown(text)) == sorted(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x02AF, categories=("Lu", "Ll", "Nd", "Zs", "Po")), max_size=60))
def test_what_is_read_from_the_left_stays_as_it_is(text: str) -> None:
    assert shown(text) == text
