"""The claim schedule: subtotals by milestone, both floor figures, reasons, and figures that never contradict each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from coachdesk.documents.claim_schedule import FloorBlock, Schedule, ScheduleLine, UnpaidLine, claim_schedule
from coachdesk.documents.style import pounds
from coachdesk.errors import Refusal
from tests.documents.paper import PRINTED, printed


def line(number: int, milestone: str, pence: int, reason: str = "") -> ScheduleLine:
    return ScheduleLine(f"L{number:03d}", f"SE-{number:05d}", milestone, f"What was done {number}", "12 May 2020", "Once a person",
                        "clause 7.2", pence, reason)


LINES = (line(1, "Start", 31250), line(2, "Job entry", 123456), line(3, "Start", 31250),
         line(4, "Adjustment", -1200, "Found on file check"))
FLOOR = FloorBlock("2020-01", "2020-03", 3, 600000, 200000, 15244, "floor", "clause 12.1",
                   "January £1,800.00 + February £2,000.00 + March £2,200.00")
UNPAID = (UnpaidLine("SE-00009", date(2020, 5, 4), "Meaningful intervention", "The person has one of three meaningful interventions."),)
CLAIM = Schedule("Shard End", "2020-05", "draft", None, LINES, UNPAID, 184756, FLOOR, 200000, "Example Provider", "Terms of April 2020")


def text_of(schedule: Schedule) -> str:
    return "\n".join(printed(lambda out: claim_schedule(schedule, PRINTED, out))[2])


def test_lines_are_grouped_by_milestone_with_subtotals_that_add_up() -> None:
    text = text_of(CLAIM)
    assert text.index("L001") < text.index("L003") < text.index("Subtotal: Start (2 lines)") < text.index("L002") < text.index("L004")
    for figure in ("£625.00", "£1,234.56", "−£12.00", "£1,847.56"):
        assert figure in text
    assert "clause 7.2" in text and "Found on file check" in text


def test_both_floor_figures_stand_beside_each_other_with_the_arithmetic() -> None:
    text = text_of(CLAIM)
    assert "The floor is larger: £152.44 is added" in text and "This figure counts" in text
    assert "Base months January 2020 to March 2020: £6,000.00 ÷ 3 = £2,000.00." in text
    assert "February £2,000.00" in text and "clause 12.1" in text


def test_where_the_actual_claim_wins_nothing_is_added() -> None:
    won = replace(CLAIM, floor=replace(FLOOR, floor_pence=100000, top_up_pence=0, won="actual"), payable_pence=184756)
    assert "nothing is added" in text_of(won)


def test_without_a_floor_rule_the_page_says_so() -> None:
    assert "No floor rule is in force" in text_of(replace(CLAIM, floor=None, payable_pence=184756))


def test_what_is_not_paid_is_listed_with_its_reason_and_boxes_to_sign() -> None:
    text = text_of(CLAIM).replace("\n", " ")
    assert "SE-00009" in text and "4 May 2020" in text and "one of three meaningful interventions." in text
    assert "Sign-off by the lead provider" in text and "Signature" in text and "Example Provider" in text


def test_what_waits_and_what_came_too_late_is_counted_and_listed_apart() -> None:
    (own,) = UNPAID
    waiting = [replace(own, reference=f"SE-0010{at}", standing="waiting") for at in range(2)]
    late = replace(own, reference="SE-00200", standing="too late")
    text = text_of(replace(CLAIM, unpaid=(own, *waiting, late)))
    assert "1 item of this month, 2 waiting, 1 too late" in text
    places = [text.index(words) for words in ("SE-00009", "Waiting: from earlier months", "SE-00101", "Too late to be paid", "SE-00200")]
    assert places == sorted(places)
    text = text_of(replace(CLAIM, unpaid=tuple(waiting)))
    assert "0 items of this month, 2 waiting" in text and "Nothing of this month was left out." in text


@pytest.mark.parametrize("change", [{"actual_pence": 184755}, {"payable_pence": 184756}, {"floor": None}, {"lines": LINES[:3]}])
def test_figures_that_contradict_each_other_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(Refusal, match="Nothing was printed"):
        text_of(replace(CLAIM, **change))  # type: ignore[arg-type]


def test_a_long_claim_counts_its_pages_and_says_where_it_goes_on() -> None:
    lines = tuple(line(number, "Start", 100) for number in range(200))
    claim = replace(CLAIM, lines=lines, actual_pence=20000, payable_pence=35244)
    paper, _, pages = printed(lambda out: claim_schedule(claim, PRINTED, out))
    assert paper.pages == len(pages) > 6 and f"Page 2 of {len(pages)}" in pages[1] and "Start, continued" in pages[1]
    assert all(sum(f"L{number:03d}" in page for page in pages) == 1 for number in range(200))


def test_an_empty_claim_is_a_page_that_says_so() -> None:
    empty = replace(CLAIM, lines=(), unpaid=(), actual_pence=0, floor=None, payable_pence=0, number=7, status="sent")
    text = text_of(empty)
    assert "No line is payable for this month." in text and "Nothing of this month was left out." in text
    assert "Claim 7" in text and "£0.00" in text


def test_money_is_written_as_people_read_it() -> None:
    assert [pounds(pence) for pence in (0, 5, 123456, -1200, -123456789)] == ["£0.00", "£0.05", "£1,234.56", "−£12.00", "−£1,234,567.89"]
