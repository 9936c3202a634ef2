"""What a postcode looks like, however it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.place.rules import area_of, postcode_of


@pytest.mark.parametrize(("typed", "postcode"), [
    ("b375tx", "B37 5TX"), ("B37 5TX", "B37 5TX"), ("  b 3 7 5 t x ", "B37 5TX"), ("B1  1AY", "B1 1AY"), ("M11AE", "M1 1AE"),
    ("cv31aa", "CV3 1AA"), ("CR26XH", "CR2 6XH"), ("DN551PT", "DN55 1PT"), ("w1a1hq", "W1A 1HQ"), ("EC1A1BB", "EC1A 1BB"),
    ("n1p 3aa", "N1P 3AA"), ("B37\u00a05TX", "B37 5TX"), ("b37\t5tx\n", "B37 5TX"),
])
def test_any_case_and_spacing_comes_in_and_one_form_goes_out(typed: str, postcode: str) -> None:
    assert postcode_of(typed) == postcode


@pytest.mark.parametrize("typed", [
    "", " ", "B37", "5TX", "B37 5T", "B37 5TXX", "B37-5TX", "QB1 1AA", "V1 1AA", "X1 1AA", "AI1 1AA", "B37 5CX", "B37 5TI", "B37 OTX",
    "GIR 0AA", "12345", "Chelmsley Wood", "B37 5TX; drop table", "Ｂ37 5TX", "B3７ 5TX", "B37 5TX" + " " * 10_000,
])
def test_what_has_not_the_shape_is_no_postcode(typed: str) -> None:
    assert postcode_of(typed) is None


@pytest.mark.parametrize(("postcode", "area"), [("B37 5TX", "B"), ("CV3 1AA", "CV"), ("W1A 1HQ", "W"), ("WC1A 1AA", "WC")])
def test_the_area_is_the_letters_in_front(postcode: str, area: str) -> None:
    assert area_of(postcode) == area


@given(st.text(max_size=60))
def test_the_written_form_is_stable_whatever_is_typed(text: str) -> None:
    postcode = postcode_of(text)
    if postcode is not None:
        assert postcode_of(postcode) == postcode
        assert postcode == postcode.upper()
        assert postcode.count(" ") == 1
        assert postcode[-4] == " "
