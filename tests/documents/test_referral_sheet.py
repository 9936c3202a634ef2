"""The referral sheet: one page, what the partner needs and no more, a code that a machine reads as a person does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from coachdesk.documents.referral_sheet import ReferralPaper, referral_sheet, square_of
from coachdesk.referral.rules import LETTERS
from tests.documents.paper import PRINTED, printed

PAPER = ReferralPaper("Shard End Money Advice", "Priya Nair", "Ayesha Siddiqa", "CW-7K3-Q9D", "07700 900123",
                      "Best by telephone. Safe to ring. Leave NO message.", "Needs an interpreter (Urdu).",
                      "Debts with three lenders, wants a plan", "money plan agreed", date(2020, 7, 6), date(2020, 7, 20), "R-7K3-Q9D")


def test_one_page_says_who_what_for_and_how_to_answer() -> None:
    paper, _, pages = printed(lambda out: referral_sheet(PAPER, PRINTED, out))
    assert (paper.pages, paper.warnings) == (1, ())
    for words in ("Referral to Shard End Money Advice", "Ayesha Siddiqa", "07700 900123", "Leave NO message", "money plan agreed",
                  "20 July 2020", "R-7K3-Q9D", "Ring, write or hand this back to Priya Nair"):
        assert words in pages[0]


def test_where_the_answer_goes_stands_there_or_a_line_to_write_it() -> None:
    _, _, (page,) = printed(lambda out: referral_sheet(replace(PAPER, coach_reach="0121 496 0101, priya@example.org"), PRINTED, out))
    assert "0121 496 0101" in page and "priya@example.org" in page
    _, _, (page,) = printed(lambda out: referral_sheet(PAPER, PRINTED, out))
    assert "__________" in page


def test_every_answer_stands_there_with_its_letter() -> None:
    _, _, (page,) = printed(lambda out: referral_sheet(PAPER, PRINTED, out))
    begun = [line.split(" ")[0] for line in page.splitlines()]
    assert [word for word in begun if word in LETTERS] == list(LETTERS)


def test_long_and_empty_words_stay_on_one_page() -> None:
    long = replace(PAPER, need="a very long story " * 200, needs="x" * 900, reach="", return_condition="", name="Ann " * 60, phone="")
    paper, _, (page,) = printed(lambda out: referral_sheet(long, PRINTED, out))
    assert paper.pages == 1 and "not given" in page and "Comes back" not in page and "Name" in page


def test_the_square_has_its_three_corners_and_says_other_things_for_other_codes() -> None:
    square = square_of("CoachDesk referral R-7K3-Q9D")
    corner = [row[:7] for row in square[:7]]
    assert corner[0] == (True,) * 7 and corner[1] == (True, *(False,) * 5, True) and corner[3][2:5] == (True,) * 3
    assert [row[-7:] for row in square[:7]] == corner and [row[:7] for row in square[-7:]] == corner
    assert square != square_of("CoachDesk referral R-7K3-Q9E")
