"""Both palettes can be read, and text grows to twice its size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import DARK, EDGE_PAIRS, LIGHT, READ_PAIRS, SCALES, Colours, Theme, contrast, style_sheet


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ_PAIRS)
def test_text_can_be_read_on_its_ground(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_borders_and_focus_rings_can_be_seen(colours: Colours, edge: str, ground: str) -> None:
    assert contrast(getattr(colours, edge), getattr(colours, ground)) >= 3


def test_no_placeholder_is_left_in_the_sheet() -> None:
    assert "@" not in style_sheet(LIGHT, 10, 150, dark=False)


def test_text_grows_and_shrinks_in_steps_and_stops_at_both_ends(theme: Theme, qapp: QApplication) -> None:
    before = qapp.font().pointSizeF()
    for _step in range(10):
        theme.bigger()
    assert theme.scale == SCALES[-1]
    assert qapp.font().pointSizeF() == pytest.approx(2 * before)
    for _step in range(10):
        theme.smaller()
    assert theme.scale == SCALES[0]


def test_markup_in_a_name_stays_text(theme: Theme) -> None:
    label = PlainLabel("<b>Zoë</b>")
    assert label.textFormat() == Qt.TextFormat.PlainText
