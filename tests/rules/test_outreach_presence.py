"""Presence by weeks, shares that come to a hundred, and the order of a restart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.casework.dependency import share_text, shares
from coachdesk.errors import Refusal
from coachdesk.outreach import rules

TODAY = date(2020, 5, 12)


@given(st.lists(st.integers(0, 10_000), max_size=40))
def test_shares_come_to_a_hundred_percent_exactly(counts: list[int]) -> None:
    found = shares(counts)
    assert sum(found) == (1000 if sum(counts) else 0)
    assert all(part >= 0 and (part == 0 or count) for part, count in zip(found, counts, strict=True))
    assert share_text(314) == "31.4 %"


def test_a_gap_is_counted_in_whole_weeks_that_are_over_and_since_the_first_time() -> None:
    weeks = rules.weeks_between(TODAY - timedelta(weeks=9), TODAY)
    assert len(weeks) == 10 and all(week.weekday() == 0 for week in weeks)
    there = {weeks[2], weeks[7]}
    assert rules.longest_gap(weeks, there, weeks[2], TODAY) == (4, weeks[3])
    assert rules.longest_gap(weeks, there, None, TODAY) == (0, None)
    assert rules.longest_gap(weeks, {weeks[0]}, weeks[0], TODAY)[0] == 8       # the week of today is not over yet
    assert rules.gap_words(4, weeks[3], 1).startswith("4 weeks from ")
    assert rules.gap_words(4, weeks[3], 6) == "nobody for 6 weeks"
    assert rules.gap_words(3, weeks[3], 3) == ""
    assert rules.gap_words(0, None, None) == "nobody was there yet"


def test_being_there_counts_more_than_cover_and_cover_more_than_a_word() -> None:
    weeks = rules.weeks_between(TODAY - timedelta(weeks=4), TODAY)
    signs = rules.signs_of(weeks, there=weeks[:1], covered=weeks[:2], called_off=weeks[:3], expected=[*weeks[:4], date(2000, 1, 3)])
    assert signs == ("P", "C", "X", "–", "·")


def test_own_premises_start_first_then_what_is_risk_assessed_then_where_most_came_from() -> None:
    shut = date(2020, 3, 23)
    hall = rules.Restart("Hall", False, None, shut, 50, 90)
    church = rules.Restart("Church", False, date(2020, 5, 1), shut, 3, 10)
    library = rules.Restart("Library", False, date(2020, 5, 1), shut, 30, 40)
    own = rules.Restart("Our centre", True, None, shut, 0, 1)
    old = rules.Restart("Old paper", False, date(2019, 5, 1), shut, 60, 90)
    order = sorted([hall, church, library, own, old], key=rules.restart_key)
    assert [each.name for each in order] == ["Our centre", "Library", "Church", "Old paper", "Hall"]
    assert "own premises" in rules.restart_words(own) and "risk assessment still to do" in rules.restart_words(own)
    assert "older than the closing" in rules.restart_words(old) and "60 registered people" in rules.restart_words(old)


def test_what_becomes_of_sessions_is_said_once() -> None:
    assert rules.becomes_of(None, None) == "leave" and rules.becomes_of(" Cancel ", None) == "cancel"
    assert rules.becomes_of(None, object()) == "move"
    for words, place in (("move", None), ("cancel", object()), ("burn", None)):
        with pytest.raises(Refusal):
            rules.becomes_of(words, place)
