"""The participant's own papers: an action plan of two pages at most with two lines to sign on, and the slip of an appointment."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.activity.queries import PlanRow
from coachdesk.casework.action_plan import ActionPlan, Slip
from coachdesk.documents.action_plan import action_plan_sheet, appointment_slip
from tests.documents.paper import PRINTED, printed

ID = UUID(int=1)
LONG = "somebody who goes with me the first time, because the last place was loud and I did not know where to go. " * 12


def line(number: int, need: str = "a CV that I can send", state: str = "not yet", take_up: str = "not yet") -> PlanRow:
    """One line of a plan."""
    return PlanRow(ID, ID, "SE-00001", "Amina Okafor", "Shard End", ID, "Dev Patel", number, "CV & job search", need, date(2020, 7, 1),
                   f"thing {number}: write down the last three jobs", "both", date(2020, 7, 20), date(2020, 8, 3), state, None, None, None,
                   take_up, take_up)


def plan(name: str = "Amina Okafor", lines: int = 3, need: str = "a CV that I can send", settled: int = 1) -> ActionPlan:
    """A plan with open and settled lines."""
    return ActionPlan("SE-00001", name, "Dev Patel", date(2020, 7, 15), tuple(line(each, need) for each in range(1, lines + 1)),
                      tuple(line(each, need, "done", "done on 2 July 2020") for each in range(settled)), (), (), ())


def test_a_plan_says_who_does_what_by_when_and_has_room_for_two_signatures() -> None:
    paper, _, (text,) = printed(lambda out: action_plan_sheet(plan(), PRINTED, out))
    assert paper.pages == 1
    for words in ("Amina Okafor", "CV & job search", "“a CV that I can send”", "Next: thing 2: write down the last three jobs",
                  "Who: you and Dev Patel, by 20 July 2020, we look at it again on 3 August 2020", "done on 2 July 2020", "You", "Date",
                  "This paper is yours"):
        assert words in text
    assert "leave it at a venue" not in text


def test_a_long_plan_is_two_pages_at_most_and_says_what_is_left_out() -> None:
    paper, _, pages = printed(lambda out: action_plan_sheet(plan(lines=40, need=LONG, settled=30), PRINTED, out))
    assert paper.pages == len(pages) == 2
    assert "more. Ask your coach to show you all of them." in pages[1]
    assert "We agreed this together" in pages[1]


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=60), st.text(max_size=300), st.integers(0, 40))
def test_any_words_give_one_or_two_pages(name: str, need: str, lines: int) -> None:
    assert action_plan_sheet(plan(name, lines, need), PRINTED, BytesIO()).pages in (1, 2)


@pytest.mark.parametrize("name", ["محمد", "हरप्रीत सिंह", "Nguyễn Thị Hương", "W" * 300, ""])
def test_a_slip_is_one_small_page_with_any_name(name: str) -> None:
    where = "Shard End Library, the small room behind the desk"
    slip = Slip("SE-00001", name, "Dev Patel", date(2020, 9, 23), "09:30", where, date(2020, 7, 1))
    paper, content, (text,) = printed(lambda out: appointment_slip(slip, PRINTED, out))
    assert paper.pages == 1
    for words in ("Wednesday 23 September 2020 at 09:30", "Where: Shard End Library", "With: Dev Patel", "Instead of 1 July 2020"):
        assert words in text
    assert b"/MediaBox [ 0 0 419.53 297.64 ]" in content
