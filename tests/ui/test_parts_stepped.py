"""The stepped line: steps stand where their days are, as high as their level, and are told in words."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from coachdesk.ui.parts.stepped import Step, SteppedLine

DAY = date(2020, 7, 15)
LEVELS = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 6)), min_size=1, unique_by=lambda each: each[0])


def steps_of(rows: list[tuple[int, int]]) -> list[Step]:
    return [Step(DAY - timedelta(days=ago), level, f"step {level}") for ago, level in sorted(rows, reverse=True)]


def line(qtbot: QtBot) -> SteppedLine:
    made = SteppedLine("Trust")
    qtbot.addWidget(made)
    made.resize(300, made.sizeHint().height())
    return made


def test_it_is_told_in_words(qtbot: QtBot) -> None:
    made = line(qtbot)
    made.show_steps(steps_of([(100, 2), (40, 3)]), 6, DAY)
    assert made.accessibleDescription() == "6 Apr 2020: 2 of 6, step 2; 5 Jun 2020: 3 of 6, step 3"
    made.grab()


def test_nothing_is_drawn_for_nothing_and_what_is_to_come_is_left_out(qtbot: QtBot) -> None:
    made = line(qtbot)
    made.show_steps([Step(DAY + timedelta(days=1), 4, "later")], 6, DAY)
    assert made.points() == [] and made.said() == ""
    made.grab()


@given(LEVELS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_later_stands_further_right_and_more_stands_higher(qtbot: QtBot, rows: list[tuple[int, int]]) -> None:
    made, steps = line(qtbot), steps_of(rows)
    made.show_steps(steps, 6, DAY)
    points = made.points()
    assert len(points) == len(steps) + 1
    assert all(0 <= point.x() <= made.width() and 0 <= point.y() <= made.height() for point in points)
    for (one, here), (other, there) in pairwise(zip(steps, points, strict=False)):
        assert here.x() <= there.x()
        assert (other.level > one.level) == (there.y() < here.y())
    made.close()
