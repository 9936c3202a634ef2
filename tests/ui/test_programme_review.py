"""Changed verdicts by keys: whom the edition of 2025 judges otherwise, and the lead's decision one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.participant import actions, queries
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.programme.page import ProgrammePage
from tests.ui.accessibility import unnamed
from tests.ui.conftest import FakeDialogs

Stage = Callable[[Any], MessageBar]
PEOPLE = (("Asha Out", "CV10 0HJ"), ("Bert In", "CV10 0GN"), ("Cleo New", "CV10 9HE"), ("Dora Same", "CV10 0AA"))


@pytest.fixture
def page(desk: Desk) -> ProgrammePage:
    def register(session: Any) -> None:
        lot = programme_queries.lot_id(session, "Camp Hill")
        for name, postcode in PEOPLE:
            actions.register(session, name=name, lot=lot, postcode=postcode)

    desk.store.act(desk.owner, "register", register)
    return ProgrammePage(desk)


def settled(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


def shown(qtbot: QtBot, desk: Desk, page: ProgrammePage) -> Any:
    page.open("changed_verdicts", None)
    settled(qtbot, desk)
    return page.review


def names(page: ProgrammePage) -> list[str]:
    return [page.review.rows.text(at, 0) for at in range(page.review.rows.count())]


def words(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(PlainLabel) if not label.isHidden())


def test_both_verdicts_of_everybody_judged_otherwise_are_shown(qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage) -> None:
    stage(page)
    review = shown(qtbot, desk, page)
    assert names(page)[:3] == ["Asha Out", "Bert In", "Cleo New"]
    said = words(review)
    assert "Eligible by residence" in said and "Not eligible" in said
    assert "by edition 2021.4.0 in Camp Hill ward" in said and "is in St. Mary's ward, which is not part of the Camp Hill lot" in said
    assert review.keep_button.isEnabled()


def test_the_lead_keeps_one_and_decides_another_again_by_keys(qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage) -> None:
    bar = stage(page)
    review = shown(qtbot, desk, page)
    qtbot.keyClick(review.rows.view, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "lived there at the start")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Asha Out" not in names(page))
    assert bar.kind == "done" and "stays as it was given" in bar.text()
    assert names(page)[0] == "Bert In"
    review.reason.set_value("the ward grew")
    qtbot.keyClick(review.again_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Bert In" not in names(page))
    review.shown.set_value("everybody")
    settled(qtbot, desk)
    assert "Kept on" in words(review) or "Decided again on" in words(review) or "Cleo New" in words(review)
    with desk.store.read() as session:
        decided = {row.name: row.decision for row in queries.edition_reviews(session)}
        assert decided["Asha Out"] == "kept" and decided["Bert In"] == "changed" and decided["Cleo New"] == "undecided"
        bert = next(row for row in queries.participants(session) if row.name == "Bert In")
        assert [row.verdict for row in queries.verdicts(session, participant=bert.id)] == ["eligible by residence", "not eligible"]


def test_without_a_reason_nothing_is_decided_and_the_field_says_so(qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage) -> None:
    stage(page)
    review = shown(qtbot, desk, page)
    qtbot.keyClick(review.again_button, Qt.Key.Key_Space)
    assert "Reason is needed" in words(review.form)
    assert "Asha Out" in names(page)


def test_a_public_place_hides_name_and_address(qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage) -> None:
    stage(page)
    review = shown(qtbot, desk, page)
    set_in_public(True)
    try:
        page.set_public_place(True)
        said = words(review)
        assert "Asha" not in said and "CV10 0HJ" not in said
    finally:
        set_in_public(False)


def test_the_list_is_previewed_and_saved(
    qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    stage(page)
    review = shown(qtbot, desk, page)
    qtbot.keyClick(review.print_button, Qt.Key.Key_Space)
    settled(qtbot, desk)
    qtbot.waitUntil(lambda: page.paper.preview is not None and page.paper.preview.isVisible())


def test_every_control_has_a_name(qtbot: QtBot, desk: Desk, page: ProgrammePage, stage: Stage) -> None:
    stage(page)
    shown(qtbot, desk, page)
    assert unnamed(page) == []
