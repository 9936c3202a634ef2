"""The one-page brief: exactly one page each, what was cut says so, names right or said, and nothing that is kept apart."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.casework.brief import Brief, Part
from coachdesk.documents import brief as drawing
from coachdesk.documents import style
from coachdesk.documents.brief import MORE, briefs
from coachdesk.errors import Refusal
from tests.documents.paper import PRINTED, printed

LONG = "She looks after her mother in the mornings and her two boys after school, and would like something near the tram. " * 12


def page(name: str = "Amina Okafor", note: str = "Kind", listed: int = 2, warned: str = "") -> Brief:
    """A page with every block."""
    things = tuple((f"{number} July 2020", f"thing {number}: {note}") for number in range(1, listed + 1))
    return Brief("SE-00001", name, "SE-00001 · Shard End · coach Dee Dunn", (("Before meeting alone", warned),) if warned else (), (
        Part("How to reach them safely", (("Telephone", "07400 123456"), ("Access needs", note), ("Safe to call", "NO"))),
        Part("Where they stand now", (("Benefit", note), ("What is asked", note), ("Programme", note), ("Job", note), ("Decision", note))),
        Part("At the start", tuple((label, note) for label in ("Age", "Out of work", "Work", "Benefit", "In the way", "Note"))),
        Part("The last three contacts", things[:3]), Part("Promised and next", things, True), Part("Referrals open", things, True),
        Part("Lent and still out", (), True, "Nothing."), Part("Notice and consent", (("Privacy notice", "given"),)),
    ))


def test_everybody_has_one_page_of_their_own() -> None:
    paper, _, pages = printed(lambda out: briefs([page("Amina Okafor"), page("Zoë Kowalska", LONG, 30), page("Łukasz Bąk")], PRINTED, out))
    assert paper.pages == len(pages) == 3
    for name, text in zip(("Amina Okafor", "Zoë Kowalska", "Łukasz Bąk"), pages, strict=True):
        assert name in text
        assert "Printed by Hannah Whitfield" in text
        assert "Confidential" in text


def test_what_fits_stands_whole_and_what_does_not_says_that_there_is_more() -> None:
    _, _, (short,) = printed(lambda out: briefs([page(listed=5)], PRINTED, out))
    assert "more in the record" not in short
    assert short.count("thing 5: Kind") == 2
    _, _, (long,) = printed(lambda out: briefs([page(note=LONG, listed=40)], PRINTED, out))
    assert MORE in long
    assert "… 39 more in the record" in long or "… 38 more in the record" in long


def test_a_warning_about_meeting_alone_is_cut_last() -> None:
    warned = "Only with a second person; his brother has threatened staff at the library and waits outside. Park in front."
    _, _, (text,) = printed(lambda out: briefs([page(note=LONG, listed=40, warned=warned)], PRINTED, out))
    assert "Park in front." in text


@pytest.mark.parametrize("name", ["محمد", "हरप्रीत सिंह", "Nguyễn Thị Hương", "W" * 300, "<b>&amp;", "", "x" + "\u0301" * 60])
def test_any_name_gives_a_page(name: str) -> None:
    paper, _, pages = printed(lambda out: briefs([page(name)], PRINTED, out))
    assert len(pages) == 1
    assert "SE-00001" in pages[0]
    assert all("محمد" not in warning for warning in paper.warnings)


@settings(max_examples=20, deadline=None)
@given(note=st.text(max_size=400), listed=st.integers(0, 60), warned=st.text(max_size=400))
def test_whatever_is_written_down_the_page_is_never_overfull(note: str, listed: int, warned: str) -> None:
    sheet = style.Sheet("Brief", "", PRINTED, 1)
    made = drawing._fitted(page("Ann", note, listed, warned), sheet)
    assert made.height <= sheet.top - sheet.bottom
    out = BytesIO()
    assert briefs([page("Ann", note, listed, warned)], PRINTED, out).pages == 1


def test_nobody_is_no_paper() -> None:
    with pytest.raises(Refusal, match="nobody to print"):
        briefs([], PRINTED, BytesIO())
