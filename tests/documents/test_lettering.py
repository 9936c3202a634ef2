"""Names become letters: right with any diacritics, harmless if hostile, said if they cannot be drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.documents import faces, lettering

NAMES = ("Świętosława Brzęczyszczykiewicz", "Nguyễn Thị Minh Khai", "Þórður Ægisson", "Olúwaṣeun", "Đặng", "Ștefan Țurcanu",
         "Zoë O’Brien-Müller",
         "Ελένη", "Сергій Ґалаґан")
FROM_THE_RIGHT = ("محمد بن عبد الله الأنصاري", "عائشہ صدیقہ", "فاطمة", "گلناز")
lettering.register()


@pytest.fixture(autouse=True, scope="module")
def fonts_of_the_packages_alone() -> Iterator[None]:
    """What this computer happens to have must not decide."""
    faces.use_faces(faces.Faces(folders=(), name="LetteringTest"))
    yield
    faces.use_faces(None)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_latin_greek_or_cyrillic_is_drawn_as_it_is_written(name: str) -> None:
    assert lettering.spell(name, "SE-1") == (name, "")
    assert lettering.stretches(name) == name


@pytest.mark.parametrize("name", NAMES)
def test_a_decomposed_name_is_composed_first(name: str) -> None:
    assert lettering.spell(unicodedata.normalize("NFD", name), "SE-1") == (name, "")


def test_a_mark_without_a_composed_letter_is_placed_by_harfbuzz_over_its_letter() -> None:
    stretches = lettering.stretches(lettering.clean("x\u030cy"))
    assert not isinstance(stretches, str)
    drawn = "".join(stretch.letters for stretch in stretches)
    assert drawn[0] == "x" and drawn[-1] == "y"
    assert lettering.width("x\u030cy", 10) == pytest.approx(lettering.width("xy", 10))


def test_devanagari_is_shaped_and_needs_no_warning() -> None:
    spelt, warning = lettering.spell("हरप्रीत सिंह", "SE-1")
    assert (spelt, warning) == ("हरप्रीत सिंह", "")
    stretches = lettering.stretches(spelt)
    assert not isinstance(stretches, str) and lettering.width(spelt, 10) > 20


def test_a_name_beyond_the_font_is_said_with_its_script_its_letters_and_the_reference() -> None:
    spelt, warning = lettering.spell("রহিম", "SE-00007")
    assert spelt == "[name in Bengali script, which this page cannot print: 4 letters] SE-00007"
    assert "SE-00007" in warning and "রহিম" not in warning


@pytest.mark.parametrize("name", FROM_THE_RIGHT)
def test_a_name_in_arabic_or_urdu_is_joined_and_runs_from_the_right(name: str) -> None:
    assert lettering.spell(name, "SE-1") == (name, "")
    stretches = lettering.stretches(name)
    assert not isinstance(stretches, str)
    assert "".join(stretch.said or "" for stretch in stretches)[::-1] == name      # the first letter stands rightmost
    speaking = [stretch.x for stretch in stretches if stretch.said]
    assert speaking == sorted(speaking)
    assert lettering.width(name, 10) < sum(lettering.width(letter, 10) for letter in name)       # joined letters are narrower


def test_in_a_mixed_name_each_part_keeps_its_own_direction() -> None:
    stretches = lettering.stretches(lettering.clean("Ayesha (عائشہ) Siddiqa"))
    assert not isinstance(stretches, str)
    shown = "".join(stretch.letters if stretch.said is None else stretch.said for stretch in stretches)
    assert shown == "Ayesha (" + "عائشہ"[::-1] + ") Siddiqa"


def test_a_tamil_name_is_drawn_in_its_own_font() -> None:
    name = "இளையராஜா"
    assert lettering.spell(name, "SE-1") == (name, "")
    stretches = lettering.stretches(name)
    assert not isinstance(stretches, str)
    assert {stretch.font for stretch in stretches} != {lettering.register()}


def test_a_name_partly_beyond_the_font_keeps_what_can_be_read() -> None:
    spelt, warning = lettering.spell("李小龙 Wei", "SE-1")
    assert spelt == "[3 letters in Chinese or Japanese script this page cannot print] Wei SE-1" and warning


@pytest.mark.parametrize("name", ["", "   ", "\u202e\u200b", "\x00\x01"])
def test_an_empty_name_is_said_too(name: str) -> None:
    assert lettering.spell(name, "SE-1")[0] == "[no name] SE-1"


def test_missing_names_each_character_once() -> None:
    assert lettering.missing("Ann রহর") == "রহ"
    assert lettering.missing("Świętosława") == ""


def test_controls_and_overrides_leave_no_trace() -> None:
    assert lettering.clean("A\u202eevil\x00name\r\nx\u2066y\u00ad") == "Aevil name xy"


def test_a_pile_of_marks_is_cut_so_that_it_stays_in_its_row() -> None:
    assert len(lettering.clean("l" + "\u0301" * 60)) <= 4
    assert len(lettering.clean("م" + "\u064e" * 60)) <= 4


def test_a_private_or_unpaired_character_is_said_not_drawn() -> None:
    lettering.width("हरप्रीत क्षमता", 10)
    assert lettering.missing("\ue000é") == "\ue000" and lettering.missing("\uf04b") == "\uf04b"
    assert lettering.clean("\ud800é") == "\ufffdé" and not lettering.missing("\ufffd")


@given(st.text(max_size=60), st.floats(20, 300), st.integers(1, 3))
def test_whatever_is_written_fits_its_column(text: str, room: float, lines: int) -> None:
    shown = lettering.printable(text)
    assert not lettering.missing(shown)
    wrapped = lettering.wrap(shown, 8, room, lines)
    assert len(wrapped) <= lines
    assert all(lettering.width(line, 8) <= room + 0.01 or len(line) <= 2 for line in wrapped)


@given(st.text(alphabet="abc -é", max_size=80))
def test_wrapping_with_room_enough_loses_nothing(text: str) -> None:
    shown = lettering.printable(text)
    assert "".join(lettering.wrap(shown, 8, 60, 100)).replace(" ", "") == shown.replace(" ", "")


@given(st.text(max_size=40))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert lettering.clean(lettering.clean(text)) == lettering.clean(text)
    assert lettering.clean(text).isprintable() or any(unicodedata.category(char) in ("Cn", "Co", "Cf") for char in lettering.clean(text))
