"""The printed register: numbered rows before, what was keyed after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from coachdesk.documents.session_register import PRIVACY, RegisterEntry, RegisterSheet, session_register
from coachdesk.errors import Refusal
from tests.documents.paper import PRINTED, printed

SHEET = RegisterSheet("Food bank", "St Thomas Hall", date(2020, 5, 19), "09:30–12:00", "Carl Coach, covered by Olive Owner",
                      "Library Service", "20200519-A3F2", 40)
ZOE = RegisterEntry(7, "Zoë Kowalska", "07400 123456", "B34 7AA", "CV and job search, benefits", "rings after five", date(2020, 5, 26))


def test_blank_rows_are_numbered_through_all_pages() -> None:
    paper, _bytes, pages = printed(lambda out: session_register(SHEET, PRINTED, out))
    assert paper.pages == len(pages) == 3
    words = "\n".join(pages)
    for number in (1, 15, 16, 40):
        assert f"\n{number}\n" in f"\n{words}\n"
    for page in pages:
        assert "St Thomas Hall" in page and "Tuesday 19 May 2020" in page and "20200519-A3F2" in page and PRIVACY.split(".")[0] in page
        assert "May we ring?" in page and "Counted without a name" in page
    assert paper.warnings == ()


def test_a_row_is_high_enough_to_be_written_in() -> None:
    """At least eight millimetres, 22.7 points: fifteen rows at most on a page, so that forty take three."""
    from coachdesk.documents import session_register as module

    assert module._ROW >= 22.7


def test_the_keyed_register_says_what_is_blank_and_what_is_missing() -> None:
    lines = (ZOE, RegisterEntry(8, "", "", "", "", "", None, "blank on paper"), RegisterEntry(9, "", "", "", "", "", None, "still to key"),
             RegisterEntry(None, "Met Without Paper", "", "", "", "", None))
    paper, _bytes, pages = printed(lambda out: session_register(replace(SHEET, lines=lines, counted="12 people"), PRINTED, out))
    assert paper.pages == 1
    words = pages[0]
    for said in ("Zoë Kowalska", "07400 123456", "B34 7AA", "26 May 2020", "blank on paper", "still to key", "Met Without Paper",
                 "12 people"):
        assert said in words


def test_hostile_names_do_not_break_the_page() -> None:
    lines = tuple(replace(ZOE, number=n, name=name, note="x" * 900) for n, name in enumerate(
        ["\u202eevil", "Ա" * 200, "👩‍🚒 Ann", "محمد", "a" * 5000, "Z" + "\u0335" * 80], 1))
    paper, content, _pages = printed(lambda out: session_register(replace(SHEET, lines=lines, rows=6), PRINTED, out))
    assert content.startswith(b"%PDF") and paper.pages >= 1


@pytest.mark.parametrize("rows", [0, 501])
def test_a_register_without_rows_is_refused(rows: int) -> None:
    with pytest.raises(Refusal, match="Nothing was printed"):
        session_register(replace(SHEET, rows=rows), PRINTED, BytesIO())
