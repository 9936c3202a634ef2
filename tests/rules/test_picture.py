"""The picture of wards: panels in one scale, hatching inside its ward, round figures in the legend, a label in every ward."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.place.picture import Area, Frame, Panel, WardShape, Words, hatching, picture, shown, step_of, step_words, steps, ward_at

SQUARE = ((410_000, 280_000), (412_000, 280_000), (412_000, 282_000), (410_000, 282_000))
LONG = ((420_000, 280_000), (426_000, 280_000), (426_000, 281_000), (420_000, 281_000))


def measure(words: str, size: float) -> float:
    return len(words) * size * 0.6


@given(st.lists(st.floats(0.001, 1e6), min_size=1))
def test_steps_are_four_of_one_height_in_round_figures_and_hold_every_value(values: list[float]) -> None:
    ends = steps(values)
    assert len(ends) == 4 and ends[-1] >= max(values) * (1 - 1e-6)
    assert ends[-1] <= max(values) * 2.01, "not more than half of them may stay empty"
    assert {step_of(value, ends) for value in values} <= {0, 1, 2, 3}
    assert all(value <= ends[step_of(value, ends)] * (1 + 1e-6) for value in values)


def test_the_legend_reads_as_people_say_it() -> None:
    assert step_words(steps([9.4, 13.9]), shown) == ["up to 4", "4 to 8", "8 to 12", "12 to 16"]
    assert step_words(steps([9.4]), shown)[0] == "up to 2.5"


@pytest.mark.parametrize(("wide", "high"), [(500.0, 400.0), (900.0, 260.0), (160.0, 700.0), (40.0, 30.0)])
def test_every_ward_has_its_place_in_its_frame_at_one_scale(wide: float, high: float) -> None:
    panels = [Panel(f"Lot {at}", (WardShape(f"w{at}", "12.4", at % 4, (SQUARE,)), WardShape(f"x{at}", "7", None, (LONG,))))
              for at in range(5)]
    made = picture(panels, wide, high, 10, measure, [(0, "up to 4"), (None, "no figure")])
    assert set(made.spots) == {f"{kind}{at}" for kind in "wx" for at in range(5)}
    frames = [thing for thing in made.things if isinstance(thing, Frame)]
    areas = [thing for thing in made.things if isinstance(thing, Area) and thing.key.startswith("w")]
    sides = {round(max(x for x, _ in each.rings[0]) - min(x for x, _ in each.rings[0]), 3) for each in areas}
    assert len(frames) == 5 and len(sides) == 1
    if wide > 100:
        assert all(ward_at(made, *made.spots[key]) == key for key in made.spots)
        assert all(frame.x >= -1 and frame.x + frame.wide <= wide + 1 and frame.y + frame.high <= high for frame in frames)


def test_labels_of_wards_that_lie_together_are_moved_apart() -> None:
    near = tuple((x + 100, y + 20) for x, y in SQUARE)
    made = picture([Panel("Lot", (WardShape("a", "Alum Rock 12.4", 1, (SQUARE,)), WardShape("b", "Ward End 3.9", 2, (near,))))], 400, 300,
                   10, measure)
    one, other = (thing for thing in made.things if isinstance(thing, Words))
    assert abs(one.y - other.y) >= 13


def test_nothing_to_draw_is_no_picture() -> None:
    assert picture([], 300, 200, 10, measure).things == ()


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=3, max_size=12, unique=True), st.integers(0, 3))
def test_hatching_stays_inside(points: list[tuple[int, int]], step: int) -> None:
    ring = tuple((float(x), float(y)) for x, y in points)
    lines = hatching((ring,), step, 10)
    assert step > 0 or lines == ()
    low_x, high_x = min(x for x, _ in ring) - 1, max(x for x, _ in ring) + 1
    low_y, high_y = min(y for _, y in ring) - 1, max(y for _, y in ring) + 1
    for x1, y1, x2, y2 in lines:
        assert low_x <= min(x1, x2) and max(x1, x2) <= high_x and low_y <= min(y1, y2) and max(y1, y2) <= high_y
    assert hatching((ring,), None, 10) == ()
