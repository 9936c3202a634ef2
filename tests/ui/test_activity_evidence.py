"""Evidence by keys over a real store: a file is chosen, kept encrypted, looked at, verified, refused with a reason, taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from coachdesk.activity import actions, queries
from coachdesk.participant import actions as participants
from coachdesk.programme import queries as programme
from coachdesk.ui.activity.page import ActivityPage
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from tests.ui.accessibility import assert_whole_words, unnamed


def photo() -> bytes:
    """A real JPEG of a payslip."""
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawText(40, 60, "Payslip, Corner Bakery, April 2020")
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")
    return bytes(buffer.data().data())


@pytest.fixture
def job(desk: Desk) -> UUID:
    def make(session: Any) -> UUID:
        person = participants.register(session, name="Zoë Kowalska", lot=programme.lot_id(session, "Shard End"), postcode="B34 7AA",
                                       registered_on=date(2020, 2, 3))
        actions.log_intervention(session, participant=person, minutes=40, mode="phone", kind="travel", happened_on=date(2020, 3, 3))
        return actions.record_job(session, participant=person, started_on=date(2020, 4, 12), employer="Corner Bakery", title="Baker",
                                  hours_a_week=20)

    return UUID(str(desk.store.act(desk.owner, "test", make).result))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, job: UUID, stage: Callable[[Any], MessageBar]) -> ActivityPage:
    made = ActivityPage(desk)
    stage(made)
    made.window().activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.views.go("evidence")
    made.first_focus()
    return made


def proofs(desk: Desk) -> list[queries.EvidenceRow]:
    with desk.store.read() as session:
        return queries.evidence(session)


def said(page: ActivityPage) -> str:
    bar = page.bar()
    assert bar is not None
    return bar.text()


def choose(qtbot: QtBot, box: Any, words: str) -> None:
    box.setFocus()
    qtbot.keyClicks(box, words)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box.value() is not None)


def add(qtbot: QtBot, page: ActivityPage, path: Path | None, dialogs: Any, how: str = "sent by the employer") -> None:
    form = page.evidence.form
    choose(qtbot, form.person, "zoe")
    qtbot.waitUntil(lambda: form.about.count() == 3)
    form.about.setEditText("Baker")
    form.about.settle()
    form.proves.set_value("job started")
    form.how.set_value(how)
    dialogs.next_file = path
    if path is not None:
        form.file_button.click()
    form.save()


def test_a_photo_is_added_to_a_job_kept_encrypted_and_looked_at(qtbot: QtBot, desk: Desk, page: ActivityPage, tmp_path: Path,
                                                                dialogs: Any) -> None:
    view = page.evidence
    (tmp_path / "payslip.jpg").write_bytes(photo())
    add(qtbot, page, tmp_path / "payslip.jpg", dialogs)
    qtbot.waitUntil(lambda: view.table.count() == 1 and "kept encrypted" in said(page))
    (row,) = proofs(desk)
    assert (row.media, row.proves, row.about) == ("JPEG", "job started", "Job: Baker, 20 hours a week, 12 April 2020")
    view.table.setFocus()
    qtbot.keyClick(view.table.view, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: view._preview is not None and view.currentWidget() is view._preview)
    assert view._preview.page_count() == 1
    dialogs.next_file = tmp_path / "out.jpg"
    qtbot.keyClick(view._preview, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (tmp_path / "out.jpg").read_bytes() == photo() and "not encrypted" in said(page)
    qtbot.keyClick(view._preview, Qt.Key.Key_Escape)
    assert view.currentWidget() is view.list and view.table.hasFocus()


def test_one_key_verifies_and_a_reason_is_asked_before_it_is_called_not_good_enough(qtbot: QtBot, desk: Desk, page: ActivityPage,
                                                                                    job: UUID) -> None:
    view = page.evidence
    desk.store.act(desk.owner, "test", lambda s: actions.add_evidence(s, job=job, proves="hours", how="telephone call, noted"))
    view.reload()
    qtbot.waitUntil(lambda: view.table.count() == 1)
    view.table.setFocus()
    assert not view.buttons["L"].isEnabled()
    qtbot.keyClick(view.table.view, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: proofs(desk)[0].state == "verified")
    qtbot.waitUntil(lambda: "verified by Olive Owner" in view.told.text())
    qtbot.keyClick(view.table.view, Qt.Key.Key_N)
    assert "Type why" in said(page) and proofs(desk)[0].state == "verified"
    qtbot.keyClicks(view.why, "no name of who was rung")
    view.table.setFocus()
    qtbot.keyClick(view.table.view, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: proofs(desk)[0].refused_why == "no name of who was rung")
    qtbot.waitUntil(view.why.is_empty)


def test_a_file_that_is_none_is_refused_and_what_was_typed_stays(qtbot: QtBot, desk: Desk, page: ActivityPage, tmp_path: Path,
                                                                 dialogs: Any) -> None:
    (tmp_path / "letter.docx").write_bytes(b"PK\x03\x04 something")
    add(qtbot, page, tmp_path / "letter.docx", dialogs)
    qtbot.waitUntil(lambda: "neither a PDF nor a JPEG" in said(page))
    assert page.evidence.form.proves.value() == "job started" and proofs(desk) == []
    dialogs.next_file = tmp_path / "gone.pdf"
    page.evidence.form.file_button.click()
    page.evidence.form.save()
    qtbot.waitUntil(lambda: "gone.pdf cannot be read" in said(page))


def test_a_proof_is_corrected_in_the_form(qtbot: QtBot, desk: Desk, page: ActivityPage, job: UUID) -> None:
    view = page.evidence
    desk.store.act(desk.owner, "test", lambda s: actions.add_evidence(s, job=job, proves="hours", how="telephone call, noted"))
    view.reload()
    qtbot.waitUntil(lambda: view.table.count() == 1)
    view.table.setFocus()
    qtbot.keyClick(view.table.view, Qt.Key.Key_C)
    assert view.form.isAncestorOf(page.focusWidget()) and view.form.proves.value() == "hours"
    view.form.dated.set_value(date(2020, 4, 14))
    view.form.proves.set_value("job started")
    view.form.save()
    qtbot.waitUntil(lambda: proofs(desk)[0].dated == date(2020, 4, 14))
    qtbot.waitUntil(lambda: "a checker will ask which is right" in view.told.text())


def test_everything_has_a_name_and_whole_words_and_names_hide_in_public(qtbot: QtBot, desk: Desk, page: ActivityPage, job: UUID,
                                                                        theme: Any) -> None:
    desk.store.act(desk.owner, "test", lambda s: actions.add_evidence(s, job=job, proves="hours", how="telephone call, noted"))
    page.evidence.reload()
    qtbot.waitUntil(lambda: page.evidence.table.count() == 1)
    assert unnamed(page) == []
    assert_whole_words(page)
    set_in_public(True)
    assert "Kowalska" not in page.evidence.table.model.data(page.evidence.table.model.index(0, 1))
