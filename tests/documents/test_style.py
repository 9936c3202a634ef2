"""The look of every page: contrast, and rows that never go missing between pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.documents import style

PAPERS = {"white": (1.0, 1.0, 1.0), "tint": style.TINT, "alert tint": style.ALERT_TINT}


def luminance(colour: style.Colour) -> float:
    """Relative luminance, WCAG 2.2."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ink", ["INK", "MUTED", "ACCENT", "ALERT", "NOTICE"])
@pytest.mark.parametrize("paper", PAPERS)
def test_text_can_be_read_on_every_paper(ink: str, paper: str) -> None:
    assert (luminance(PAPERS[paper]) + 0.05) / (luminance(getattr(style, ink)) + 0.05) >= 4.5


@given(st.lists(st.tuples(st.floats(5, 60), st.booleans()), max_size=80), st.floats(70, 300), st.floats(70, 300))
def test_every_row_stands_on_one_page_in_order_and_fits(rows: list[tuple[float, bool]], first: float, later: float) -> None:
    heights, keeps = [height for height, _ in rows], [keep for _, keep in rows]
    pages = style.paginate(heights, keeps, first, later)
    assert [index for page in pages for index in page] == list(range(len(rows)))
    assert len(pages) == 1 or all(len(page) for page in pages)
    assert all(sum(heights[page.start:page.stop]) <= (later if number else first) + 0.01 for number, page in enumerate(pages))


def test_a_heading_is_never_left_at_the_foot_of_a_page() -> None:
    assert style.paginate([40, 40, 20, 40], [False, False, True, False], 100, 100) == [range(0, 2), range(2, 4)]


def test_months_are_words_on_paper() -> None:
    assert style.month_shown("2020-05") == "May 2020" and style.month_shown("this month") == "this month"
