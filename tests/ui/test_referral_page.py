"""The referrals' screen over a real store, by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.participant import actions as participants
from coachdesk.partner import actions as partners
from coachdesk.programme import queries as programme
from coachdesk.referral import actions, queries, rules
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.referral.page import ReferralPage
from tests.ui.accessibility import assert_whole_words, unnamed


@dataclass
class World:
    """Zoë (who agreed) and Amir (who was not asked), a debt project and the provider's own training."""

    zoe: UUID
    amir: UUID
    debt: UUID
    own: UUID
    lot: UUID


@pytest.fixture
def world(desk: Desk) -> World:
    def make(session: Any) -> World:
        lot = programme.lot_id(session, "Shard End")
        zoe = participants.register(
            session, name="Zoë Kowalska", lot=lot, postcode="B34 7AA", consent_partners="given", notice_version="2",
            registered_on=date(2020, 3, 2)
        )
        amir = participants.register(session, name="Amir Khan", lot=lot, postcode="B34 7AA", registered_on=date(2020, 3, 2))
        debt = partners.add_partner(session, name="Debt Project", kind="debt or advice service", lots=["Shard End"], reply_days=7)
        own = partners.add_partner(session, name="Pioneer Training", kind="employer", lots=["Shard End"], is_own_provision=True)
        return World(zoe, amir, debt, own, lot)

    made = desk.store.act(desk.owner, "test", make).result
    assert isinstance(made, World)
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, world: World, stage: Callable[[Any], MessageBar]) -> ReferralPage:
    made = ReferralPage(desk)
    stage(made)
    made.window().activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def sent(qtbot: QtBot, desk: Desk, world: World, page: ReferralPage) -> UUID:
    """Zoë was sent to the debt project on 1 May; an answer was expected by 8 May."""
    made = desk.store.act(
        desk.owner,
        "test",
        lambda s: actions.send_referral(s, participant=world.zoe, partner=world.debt, need="a plan", made_on=date(2020, 5, 1)),
    )
    page.reload()
    qtbot.waitUntil(lambda: page.table.count() == 1)
    page.first_focus()
    return UUID(str(made.result))


def choose(qtbot: QtBot, box: Any, words: str) -> None:
    """Type and press Enter at once, as people do; the first that fits is taken when it has been found."""
    qtbot.keyClicks(box, words)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box.value() is not None)


def state(desk: Desk, id: UUID) -> str:
    with desk.store.read() as session:
        return queries.state_of(session, id).state


def said(page: ReferralPage) -> str:
    bar = page.bar()
    assert bar is not None
    return bar.text()


def test_somebody_is_sent_by_keys_with_consent_and_record_in_sight(qtbot: QtBot, desk: Desk, page: ReferralPage) -> None:
    page.new_referral()
    form = page.sending
    choose(qtbot, form.person, "kowal")
    choose(qtbot, form.partner, "debt")
    qtbot.waitUntil(lambda: "given" in form.word.text() and "Debt Project: No referrals with them yet." in form.word.text())
    qtbot.keyClicks(form.need, "a plan for three debts")
    qtbot.keyClick(form.need, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.count() == 1)
    assert said(page) == "Done: Sent: Zoë Kowalska to Debt Project."
    assert page.table.current().says == "sent" and page.detail.isVisible()
    qtbot.waitUntil(lambda: page.detail.steps.count() == 1)


def test_without_consent_nothing_is_sent_and_the_way_to_the_person_is_offered(
    qtbot: QtBot, desk: Desk, world: World, page: ReferralPage
) -> None:
    page.new_referral(world.amir)
    form = page.sending
    qtbot.waitUntil(lambda: "not asked yet" in form.word.text())
    choose(qtbot, form.partner, "debt")
    qtbot.keyClicks(form.need, "a plan")
    qtbot.keyClick(form.need, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "has not been asked" in said(page))
    with qtbot.waitSignal(page.open_requested) as asked:
        qtbot.mouseClick(form.open_button, Qt.MouseButton.LeftButton)
    assert asked.args == ["participant", world.amir]
    with desk.store.read() as session:
        assert queries.referrals(session) == []


def test_own_provision_asks_why(qtbot: QtBot, desk: Desk, world: World, page: ReferralPage) -> None:
    page.new_referral(world.zoe)
    form = page.sending
    qtbot.waitUntil(lambda: form.person.value() == world.zoe)
    choose(qtbot, form.partner, "pioneer")
    qtbot.waitUntil(form.own.isVisible)
    qtbot.keyClicks(form.need, "forklift licence")
    qtbot.keyClick(form.need, Qt.Key.Key_Return)
    assert form.own.accessibleDescription().endswith("is needed. Nothing was saved yet.")
    qtbot.keyClicks(form.own, "only course in reach")
    qtbot.keyClick(form.own, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.count() == 1)
    assert page.table.current().own_provision_reason == "only course in reach"


def test_a_stranger_is_received_and_offered_for_registration(qtbot: QtBot, desk: Desk, page: ReferralPage) -> None:
    page.new_received()
    form = page.receiving
    choose(qtbot, form.partner, "debt")
    assert form.lot.currentText() == "Shard End"
    qtbot.keyClicks(form.name, "Amina Yusuf")
    qtbot.keyClicks(form.phone, "07700 900555")
    qtbot.keyClicks(form.need, "part-time work")
    qtbot.keyClick(form.need, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.table.count() == 1)
    row = page.table.current()
    assert (row.participant, row.direction, row.person_phone) == ("Amina Yusuf", "in", "07700 900555")
    with qtbot.waitSignal(desk.offered) as offer:
        qtbot.keyClick(page.table.view, Qt.Key.Key_R)
    assert offer.args == ["register referral", row.id]


def test_one_key_accepts_and_then_completion_says_whether_it_helped(qtbot: QtBot, desk: Desk, page: ReferralPage, sent: UUID) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: state(desk, sent) == "accepted")
    qtbot.waitUntil(lambda: page.views.key() == "all" and page.table.count() == 1)
    qtbot.keyClick(page.table.view, Qt.Key.Key_C)
    assert page.answer.isVisible()
    qtbot.keyClicks(page.answer.helped.lineEdit(), "not helped")
    qtbot.keyClick(page.answer.helped.lineEdit(), Qt.Key.Key_Return)
    assert page.answer.why.accessibleDescription() == "Why is needed. Nothing was saved yet."
    qtbot.keyClicks(page.answer.why, "moved away")
    qtbot.keyClick(page.answer.why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state(desk, sent) == "completed")
    qtbot.waitUntil(lambda: page.detail.steps.count() == 3)
    assert [page.detail.steps.text(0, at) for at in (1, 3)] == ["completed: not helped", "moved away"]


def test_one_key_declines_and_asks_who_and_why(qtbot: QtBot, desk: Desk, page: ReferralPage, sent: UUID) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_D)
    qtbot.keyClicks(page.answer.by.lineEdit(), "prov")
    qtbot.keyClick(page.answer.by.lineEdit(), Qt.Key.Key_Return)
    assert page.answer.why.hasFocus()
    qtbot.keyClicks(page.answer.why, "full until July")
    qtbot.keyClick(page.answer.why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state(desk, sent) == "declined")
    with desk.store.read() as session:
        found = queries.state_of(session, sent)
    assert (found.said_by, found.reason) == ("provider", "full until July")


def test_a_move_that_cannot_be_made_is_refused_in_the_bar(qtbot: QtBot, page: ReferralPage, sent: UUID) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_C)
    assert said(page).startswith("Not done: This referral is sent, so it cannot be completed yet.")


def test_silence_is_no_reply_and_the_overdue_stand_first(qtbot: QtBot, page: ReferralPage, sent: UUID) -> None:
    assert page.table.text(0, 6) == "no reply" and page.table.text(0, 5) == "11 days"
    assert page.subtitle.text().startswith("1 awaiting a reply, 0 of them from us, 1 overdue")


def test_views_go_by_key_and_a_record_from_elsewhere_is_found_in_any_lot(qtbot: QtBot, desk: Desk, page: ReferralPage, sent: UUID) -> None:
    with desk.store.read() as session:
        other = programme.lot_id(session, "Camp Hill")
    desk.choose_lot(other)
    qtbot.waitUntil(lambda: page.table.count() == 0)
    page.open("referral", sent)
    qtbot.waitUntil(lambda: page.table.count() == 1)
    assert desk.lot is None and page.table.current().id == sent
    qtbot.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.views.key() == "in" and page.table.count() == 0


def test_in_a_public_place_neither_name_nor_need_is_shown(qtbot: QtBot, page: ReferralPage, sent: UUID) -> None:
    qtbot.waitUntil(lambda: page.detail.row is not None)
    set_in_public(True)
    page.set_public_place(True)
    assert "Kowalska" not in page.detail.heading.text() and page.table.text(0, 0) == "Z. K."
    assert not any("a plan" in label.text() for label in page.detail.facts.findChildren(type(page.detail.heading)) if label.isVisible())


@pytest.mark.parametrize("scale", [100, 200])
def test_every_control_has_a_name_and_no_words_are_cut_off(page: ReferralPage, sent: UUID, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    moves = [partial(page._move, status) for status in (rules.DECLINED, rules.PARKED, rules.SEEN)]
    for show in (lambda: None, page.new_referral, page.new_received, page.new_reply, *moves):
        show()
        QApplication.processEvents()
        assert unnamed(page) == []
        if scale == 100:
            assert_whole_words(page)
        page._on_form_left()


def test_a_code_and_a_letter_write_down_what_the_partner_said(qtbot: QtBot, desk: Desk, page: ReferralPage, sent: UUID) -> None:
    code = page.table.current().reply_code
    qtbot.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert page.replying.code.hasFocus()
    qtbot.keyClicks(page.replying.code, code.lower().replace("-", "") + "x")
    qtbot.keyClick(page.replying.code, Qt.Key.Key_Return)
    choose(qtbot, page.replying.answer, "a ")
    qtbot.keyClick(page.replying.answer.lineEdit(), Qt.Key.Key_Return)
    page.replying.save()
    qtbot.waitUntil(lambda: "is not a reply code" in said(page))
    assert state(desk, sent) == "sent"
    page.replying.code.setText(code.lower().replace("-", ""))
    page.replying.save()
    qtbot.waitUntil(lambda: state(desk, sent) == "accepted")
    qtbot.waitUntil(lambda: page.detail.steps.count() == 2)
    assert [page.detail.steps.text(0, at) for at in (1, 2, 3)] == ["accepted", "partner, telephone", "entered by Olive Owner"]


def test_a_whole_code_says_whose_it_is_and_a_wrong_one_says_so_at_once(qtbot: QtBot, page: ReferralPage, sent: UUID) -> None:
    code = page.table.current().reply_code
    page.new_reply()
    form = page.replying
    form.code.setText(code[:-1])
    assert form.whose.text() == ""
    form.code.setText(code.lower())
    qtbot.waitUntil(lambda: form.whose.text().startswith("Zoë Kowalska to Debt Project, sent on"))
    form.code.setText(f"{code[:-1]}{'A' if code[-1] != 'A' else 'B'}")
    assert "a sign is wrong or two are swapped" in form.whose.text()
    set_in_public(True)
    form.code.setText(code)
    qtbot.waitUntil(lambda: "to Debt Project" in form.whose.text())
    assert "Kowalska" not in form.whose.text()


def test_parked_until_money_plan_agreed_by_keys(qtbot: QtBot, desk: Desk, page: ReferralPage, sent: UUID) -> None:
    qtbot.keyClick(page.table.view, Qt.Key.Key_P)
    assert page.answer.condition.hasFocus()
    qtbot.keyClicks(page.answer.condition, "money plan agreed")
    page.answer.save()
    qtbot.waitUntil(lambda: state(desk, sent) == "parked")
    qtbot.waitUntil(lambda: page.table.count() == 1 and page.table.current().says == "parked until money plan agreed")


def test_a_draft_is_kept_without_consent_and_sent_later(qtbot: QtBot, desk: Desk, world: World, page: ReferralPage) -> None:
    page.new_referral(world.amir)
    form = page.sending
    qtbot.waitUntil(lambda: form.person.value() == world.amir)
    choose(qtbot, form.partner, "debt")
    qtbot.keyClicks(form.need, "a plan")
    qtbot.mouseClick(form.draft_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.views.key() == "all" and page.table.count() == 1 and page.table.current().state == "draft")
    page.first_focus()
    qtbot.keyClick(page.table.view, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: "has not been asked" in said(page))
    assert state(desk, page.table.current().id) == "draft"


def test_only_moves_that_can_be_made_have_a_button(qtbot: QtBot, page: ReferralPage, sent: UUID) -> None:
    shown = [button.text().split(" (")[0].rstrip("…") for button in page.buttons.values() if button.isVisible()]
    assert shown == ["Seen", "Accepted", "Declined", "Parked", "Withdrawn", "Print the sheet", "Filed sheet", "E-mail draft",
                     "Appointment", "Open the person"]


def test_the_keyboard_comes_to_the_list_when_its_rows_arrive(qtbot: QtBot, desk: Desk, page: ReferralPage, sent: UUID) -> None:
    fresh = ReferralPage(desk)
    qtbot.addWidget(fresh)
    fresh.show()
    fresh.activateWindow()
    fresh.reload(None)
    fresh.first_focus()
    qtbot.waitUntil(lambda: fresh.table.count() == 1)
    assert fresh.focusWidget() is fresh.table.view
