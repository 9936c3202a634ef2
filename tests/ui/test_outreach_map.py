"""The map of wards on the outreach page: by keys, in words, down to those behind a number, on paper, and with what is missing said."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from coachdesk.outreach import actions
from coachdesk.partner import actions as partner_actions
from coachdesk.place.picture import Panel, WardShape
from coachdesk.programme import actions as programme_actions
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.outreach.page import OutreachPage
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.parts.ward_map import WardMap
from tests.rooms.conftest import CAMP_HILL, SHARD_END, TODAY
from tests.ui.accessibility import assert_whole_words, unnamed
from tests.whole.keys import letters_of

Key = Qt.Key
Stage = Callable[[Any], MessageBar]
SHARD_END_WARD, CAMP_HILL_WARD = "E05011165", "E05007480"
SQUARE = ((0, 0), (2_000, 0), (2_000, 2_000), (0, 2_000))


def act(desk: Desk, action: Callable[[Any], Any]) -> Any:
    return desk.store.act(desk.owner, "test", action).result


def settle(qtbot: QtBot, desk: Desk) -> None:
    for _round in range(3):
        qtbot.waitUntil(lambda: not desk.work.busy())


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, stage: Stage) -> OutreachPage:
    """Three people of Camp Hill and one of Shard End were met last week."""
    bank = act(desk, lambda s: partner_actions.add_partner(s, name="Food Bank", kind="food bank", lots=["Camp Hill"]))
    hall = act(desk, lambda s: partner_actions.add_venue(s, name="Hall", partner=bank, postcode=CAMP_HILL))
    met = act(desk, lambda s: actions.open_session(s, venue=hall, kind="food bank", held_on=TODAY - timedelta(weeks=1)))
    for name, postcode in (("Ana Bell", CAMP_HILL), ("Bea Cox", CAMP_HILL), ("Cem Dal", CAMP_HILL), ("Dai Evans", SHARD_END)):
        act(desk, lambda s, name=name, postcode=postcode: actions.log_contact(s, session_id=met, name=name, postcode=postcode))
    act(desk, lambda s: programme_actions.add_ward_count(s, ward_code=CAMP_HILL_WARD, residents=1_000, as_of=TODAY, source="ONS"))
    made = OutreachPage(desk)
    stage(made)
    made.window().activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def show(qtbot: QtBot, desk: Desk, page: OutreachPage) -> Any:
    page.show_tab("map")
    settle(qtbot, desk)
    return page._made["map"]


def test_the_map_says_its_wards_and_what_it_cannot_draw(qtbot: QtBot, desk: Desk, page: OutreachPage) -> None:
    view = show(qtbot, desk, page)
    assert view.map.keys() == [CAMP_HILL_WARD]
    assert view.table.view.hasFocus()
    assert view.map.accessibleDescription() == (
        "Camp Hill in Camp Hill, E05007480: 3 contacts, 3.0 in 1,000 residents; 0 starts, 0.0 in 1,000; 0 turned away.")
    assert "Shard End: no boundary in what was imported for E05011165 (2018); boundaries here are of 2013." in view.notes.text()
    assert "No resident count, so no rate: Shard End (E05011165); enter it." in view.notes.text()
    assert [view.table.text(at, 0) for at in range(view.table.count())] == ["Camp Hill", "Shard End", "another ward", "ward not known"]
    assert page.subtitle.text().startswith("4 contacts and 0 starts in the last 12 months")
    assert unnamed(page.window()) == []


def test_enter_on_a_ward_goes_to_those_behind_its_number_and_opens_them(qtbot: QtBot, desk: Desk, page: OutreachPage) -> None:
    view = show(qtbot, desk, page)
    qtbot.keyClick(view.map, Key.Key_Return)
    settle(qtbot, desk)
    assert view.behind.view.hasFocus()
    assert {view.behind.text(at, 1) for at in range(view.behind.count())} == {"Ana Bell", "Bea Cox", "Cem Dal"}
    set_in_public(True)
    assert {view.behind.text(at, 1) for at in range(view.behind.count())} == {"A. B.", "B. C.", "C. D."}
    set_in_public(False)
    qtbot.keyClick(view.behind.view, Key.Key_Return)
    settle(qtbot, desk)
    assert page.session.isVisible()
    page.show_lists()
    view.table.go_to(1)
    settle(qtbot, desk)
    assert (view.words.text(), view.behind.count()) == ("Shard End: 1 contacts; residents: enter them", 1)


def test_a_resident_count_is_entered_by_keys(qtbot: QtBot, desk: Desk, page: OutreachPage) -> None:
    view = show(qtbot, desk, page)
    view.table.go_to(1)
    view.enter_residents()
    settle(qtbot, desk)
    form = view.form
    assert form.ward.value() == SHARD_END_WARD and form.residents.hasFocus()
    assert (form.source.value(), form.as_of.value()) == ("ONS", TODAY), "as of the same list as the count before"
    qtbot.keyClicks(form.residents, "2000")
    qtbot.keyClick(form.residents, Key.Key_Return)
    settle(qtbot, desk)
    assert page._stack.currentWidget() is view
    assert view.table.text(1, 2) == "0.5" and "enter it" not in view.notes.text()
    with desk.store.read() as session:
        assert {row.ward_code: row.residents for row in programme_queries.ward_counts(session)} == {
            CAMP_HILL_WARD: 1_000, SHARD_END_WARD: 2_000}


def test_boundaries_are_imported_in_the_window_and_the_ward_appears(
    qtbot: QtBot, desk: Desk, page: OutreachPage, dialogs: Any, tmp_path: Any
) -> None:
    view = show(qtbot, desk, page)
    ring = [[414_000, 288_000], [416_000, 288_000], [416_000, 290_000], [414_000, 288_000]]
    path = tmp_path / "wards.geojson"
    path.write_text("{}")
    dialogs.next_file = path
    view.import_boundaries()
    settle(qtbot, desk)
    assert view.map.keys() == [CAMP_HILL_WARD], "a file that is not fit changes nothing"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"WD18CD": SHARD_END_WARD, "WD18NM": "Shard End"},
         "geometry": {"type": "Polygon", "coordinates": [ring]}}]}))
    view.import_boundaries()
    qtbot.waitUntil(lambda: len(view.map.keys()) == 2)
    assert "no boundary" not in view.notes.text()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("scale", [100, 200])
def test_it_is_whole_at_every_size_and_looks_and_its_letters_do_not_clash(
    qtbot: QtBot, desk: Desk, page: OutreachPage, theme: Theme, dark: bool, scale: int
) -> None:
    theme.wear_noto()
    theme.set_dark(dark)
    theme.set_scale(scale)
    view = show(qtbot, desk, page)
    assert {letter: words for letter, words in letters_of(page.window()).items() if len(words) > 1} == {}
    if scale == 100:
        assert_whole_words(view)
    picture = view.map.grab().toImage()
    assert len({QColor(picture.pixel(x, y)).name() for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)}) > 8


def test_the_sheet_is_previewed_and_esc_comes_back(qtbot: QtBot, desk: Desk, page: OutreachPage) -> None:
    view = show(qtbot, desk, page)
    view.measure.set_value("turned_away")
    view.print_sheet()
    settle(qtbot, desk)
    qtbot.waitUntil(lambda: page.title.text() == "Saturation by ward")
    qtbot.keyClick(page._stack.currentWidget(), Key.Key_Escape)
    assert page._stack.currentWidget() is view


def test_arrows_go_from_ward_to_ward_and_the_mouse_finds_them(qtbot: QtBot, theme: Theme) -> None:
    made = WardMap("Map", "Nothing to draw.")
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    assert made.accessibleDescription() == "Nothing to draw."
    qtbot.keyClick(made, Key.Key_Right)
    panels = [Panel(f"Lot {at}", (WardShape(str(at), "7", at % 4, (SQUARE,)),)) for at in range(4)]
    made.show_wards(panels, [(0, "up to 4")], {str(at): f"ward {at}" for at in range(4)})
    gone: list[str] = []
    opened: list[str] = []
    made.current_changed.connect(gone.append)
    made.opened.connect(opened.append)
    for key in (Key.Key_End, Key.Key_Home, Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Up, Key.Key_Up, Key.Key_Return):
        qtbot.keyClick(made, key)
    assert gone[:3] == ["3", "0", "1"] and opened == [made.key] and set(gone) == {"0", "1", "2", "3"}
    spot = made.made().spots["2"]
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=made.rect().topLeft() + QPoint(round(spot[0]), round(spot[1])))
    assert made.key == "2"
    assert made.accessibleDescription() == "ward 2"
