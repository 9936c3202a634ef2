"""What goes out of a referral, and who comes home, by keys: sheet, e-mail draft, appointment and its calendar file, outside options."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.partner import actions as partners
from coachdesk.referral import actions, queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.referral.page import ReferralPage
from tests.ui.accessibility import assert_whole_words, unnamed
from tests.ui.test_referral_page import World, choose, page, said, sent, state, world  # noqa: F401  fixtures


def rows(desk: Desk, query: Callable[[Any], Any]) -> Any:
    with desk.store.read() as session:
        return query(session)


def press(qtbot: QtBot, page: ReferralPage, key: Qt.Key) -> None:  # noqa: F811
    page.first_focus()
    qtbot.keyClick(page.table.view, key)


def test_the_sheet_is_printed_from_the_list(qtbot: QtBot, page: ReferralPage, sent: UUID) -> None:  # noqa: F811
    press(qtbot, page, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: page.paper.preview is not None and page.paper.preview.isVisible())
    assert page.paper.preview.page_count() == 1 and not page.views.isVisible()
    qtbot.keyClick(page.paper.preview, Qt.Key.Key_Escape)
    assert page.split.isVisible() and page.table.current().id == sent


def test_a_sheet_that_goes_out_is_filed_once_and_can_be_seen_as_it_was(
    qtbot: QtBot, desk: Desk, page: ReferralPage, sent: UUID, dialogs: Any, tmp_path: Path  # noqa: F811
) -> None:
    press(qtbot, page, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: "No sheet of this referral is filed yet" in said(page))
    press(qtbot, page, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: page.paper.preview is not None and page.paper.preview.isVisible())
    assert rows(desk, queries.filed) == [], "looking at it files nothing"
    dialogs.next_file = tmp_path / "sheet.pdf"
    for _ in range(2):
        page.paper.preview.save()
    qtbot.waitUntil(lambda: len(rows(desk, queries.filed)) == 1)
    (filed,) = rows(desk, queries.filed)
    assert (filed.printed_on, filed.printed_by, filed.pages, filed.what) == (date(2020, 5, 12), "Olive Owner", 1, "referral sheet")
    assert rows(desk, lambda s: queries.filed_pages(s, sent))[1] == (tmp_path / "sheet.pdf").read_bytes()
    qtbot.keyClick(page.paper.preview, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: ("Sheet filed", "12 May 2020 by Olive Owner") in page.detail._more)
    press(qtbot, page, Qt.Key.Key_L)
    qtbot.waitUntil(page.paper.preview.isVisible)
    page.paper.preview.save()
    qtbot.waitUntil(lambda: not desk.work.busy())
    assert len(rows(desk, queries.filed)) == 1, "what is filed is not filed again"


def test_an_email_draft_is_saved_and_opened_and_names_nobody(
    qtbot: QtBot, desk: Desk, page: ReferralPage, sent: UUID, dialogs: Any, tmp_path: Path  # noqa: F811
) -> None:
    dialogs.next_file = tmp_path / "mail"
    press(qtbot, page, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: dialogs.shown == [tmp_path / "mail.eml"])
    message = email.message_from_bytes((tmp_path / "mail.eml").read_bytes(), policy=email.policy.default)
    words = message.get_content()                                                       # type: ignore[attr-defined]
    code = rows(desk, lambda s: queries.referral(s, sent)).reply_code
    assert message["X-Unsent"] == "1" and code in str(message["Subject"])
    assert f"Code: {code}" in words and "A   Accepted" in words and "a plan" in words
    assert "Zoë" not in words and "Kowalska" not in words and "Z.K." in words
    assert said(page).startswith("Done: Saved as mail.eml.")


def test_an_appointment_is_made_moved_put_into_a_calendar_and_called_off(
    qtbot: QtBot, desk: Desk, page: ReferralPage, sent: UUID, dialogs: Any, tmp_path: Path  # noqa: F811
) -> None:
    press(qtbot, page, Qt.Key.Key_K)
    form = page.visit
    qtbot.keyClicks(form.day.line if hasattr(form.day, "line") else form.day.focusProxy(), "20 5 2020")
    qtbot.keyClicks(form.at, "9.30")
    qtbot.keyClicks(form.place, "2 Church Road")
    qtbot.keyClick(form.place, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(rows(desk, queries.visits)) == 1)
    (visit,) = rows(desk, queries.visits)
    assert (visit.on_day, visit.at, visit.minutes, visit.place, visit.changes) == (date(2020, 5, 20), "09:30", 60, "2 Church Road", 0)
    qtbot.waitUntil(lambda: not form.isVisible())
    press(qtbot, page, Qt.Key.Key_K)
    qtbot.waitUntil(form.file_button.isVisible)
    dialogs.next_file = tmp_path / "visit.ics"
    form.file_button.click()
    qtbot.waitUntil(lambda: dialogs.shown == [tmp_path / "visit.ics"])
    content = (tmp_path / "visit.ics").read_text(encoding="utf-8")
    assert "DTSTART;TZID=Europe/London:20200520T093000" in content and "Zoë" not in content and "Kowalska" not in content
    form.at.setText("10:15")
    form.save()
    qtbot.waitUntil(lambda: rows(desk, queries.visits)[0].changes == 1)
    qtbot.waitUntil(lambda: not form.isVisible())
    press(qtbot, page, Qt.Key.Key_K)
    qtbot.waitUntil(form.off_button.isVisible)
    form.off_button.click()
    qtbot.waitUntil(lambda: rows(desk, queries.visits)[0].is_off)


def test_the_condition_is_met_and_the_person_comes_home(qtbot: QtBot, desk: Desk, page: ReferralPage, sent: UUID) -> None:  # noqa: F811
    desk.store.act(desk.owner, "test", lambda s: actions.accept(s, sent))
    page.reload()
    qtbot.waitUntil(lambda: not desk.work.busy())
    page.views.go("all")
    qtbot.waitUntil(lambda: page.table.current() is not None and page.table.current().state == "accepted")
    press(qtbot, page, Qt.Key.Key_M)
    qtbot.keyClicks(page.answer.condition, "plan agreed")
    qtbot.keyClick(page.answer.condition, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state(desk, sent) == "ready to return")
    qtbot.waitUntil(lambda: page.table.current() is not None and page.table.current().state == "ready to return")
    press(qtbot, page, Qt.Key.Key_H)
    assert page.home.met.value() == "plan agreed"
    qtbot.keyClick(page.home.met, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state(desk, sent) == "completed")
    qtbot.waitUntil(lambda: "comes home from Debt Project" in said(page))


def test_an_outside_option_is_taken_with_one_key(qtbot: QtBot, desk: Desk, world: World, page: ReferralPage) -> None:  # noqa: F811
    desk.store.act(desk.owner, "test", lambda s: partners.change_partner(s, world.debt, reply_days=5))
    page.new_referral(world.zoe)
    form = page.sending
    qtbot.waitUntil(lambda: form.person.value() == world.zoe)
    choose(qtbot, form.partner, "pioneer")
    qtbot.waitUntil(form.outside.isVisible)
    form.help.set_value("money & debt")
    words = "Debt Project: is a debt or advice service; nobody sent there yet"
    qtbot.waitUntil(lambda: form.outside.sentences[0].text().startswith(words) and not form.outside.buttons[1].isVisible())
    qtbot.keyClick(form.need, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: form.partner.value() == world.debt)
    qtbot.waitUntil(lambda: not form.outside.isVisible() and not form.own.isVisible())
    qtbot.keyClicks(form.need, "a plan for three debts")
    qtbot.keyClick(form.need, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.count() == 1)
    (row,) = rows(desk, queries.referrals)
    assert (row.partner, row.kind_of_help, row.own_provision_reason, row.outside) == ("Debt Project", "money & debt", None, "")


@pytest.mark.parametrize("scale", [100, 200])
def test_every_box_has_a_name_and_whole_words(
    qtbot: QtBot, theme: Theme, page: ReferralPage, sent: UUID, scale: int  # noqa: F811
) -> None:
    theme.set_scale(scale)
    press(qtbot, page, Qt.Key.Key_K)
    assert page.visit.isVisible() and unnamed(page) == []
    assert_whole_words(page)
