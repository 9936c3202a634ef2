"""The participants' page by keys, over a real encrypted store: caseload, registration with its verdict, one person, print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from coachdesk.casework import queries as casework
from coachdesk.outreach import actions as outreach
from coachdesk.participant import actions, queries
from coachdesk.partner import actions as partner
from coachdesk.programme import queries as programme
from coachdesk.referral import actions as referral
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.boxes import read_weeks, weeks_words
from coachdesk.ui.participant.caseload_view import totals_words
from coachdesk.ui.participant.page import ParticipantPage
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from tests.rooms.conftest import CAMP_HILL, ELSEWHERE, SHARD_END, TODAY
from tests.ui.accessibility import cut_off, unnamed

Key = Qt.Key
Mod = Qt.KeyboardModifier
Stage = Callable[[Any], MessageBar]


class Tried:
    """The page on its stage, and what a test does with it."""

    def __init__(self, qtbot: QtBot, desk: Desk, page: ParticipantPage, bar: MessageBar) -> None:
        self.qtbot, self.desk, self.page, self.bar = qtbot, desk, page, bar

    def settle(self) -> None:
        """A button pressed by its letter stays down for a moment before it acts."""
        self.qtbot.waitUntil(lambda: not any(button.isDown() for button in self.page.findChildren(QPushButton)))
        for _ in range(2):
            self.qtbot.waitUntil(lambda: not self.desk.work.busy())
            QApplication.processEvents()

    def see(self, query: Callable[[Any], Any]) -> Any:
        with self.desk.store.read() as session:
            return query(session)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget() or self.page.window(), key, modifier)
        self.settle()

    def write(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.page, text)
        self.settle()

    def judged(self) -> str:
        card = self.page.registration.verdict_card
        self.qtbot.waitUntil(lambda: card.verdict is not None)
        self.settle()
        return card.verdict.verdict if card.verdict else ""

    def shows_person(self) -> None:
        self.qtbot.waitUntil(lambda: self.page.stack.currentWidget() is self.page.person and self.page.person.known is not None)
        self.settle()


def act(desk: Desk, action: Callable[[Any], Any]) -> Any:
    return desk.store.act(desk.owner, "test", action).result


def lot(desk: Desk, name: str = "Shard End") -> UUID:
    with desk.store.read() as session:
        return programme.lot_id(session, name)


def enrol(desk: Desk, name: str, **more: Any) -> UUID:
    fields: dict[str, Any] = {"lot": lot(desk), "postcode": SHARD_END, "notice_version": "2020-05", "notice_how": "paper"} | more
    made: UUID = act(desk, lambda session: actions.register(session, name=name, **fields))
    return made


@pytest.fixture
def people(desk: Desk) -> dict[str, UUID]:
    """Three people: one overdue, one with something next week, one in the other lot who is not eligible there."""
    known = {"late": enrol(desk, "Zoë Kowalska", born_on=date(1984, 6, 5), ni_number="AB123456C", phone="07400 123456"),
             "soon": enrol(desk, "Amara Okafor", phone="0121 496 0123", is_safe_to_call=True, is_safe_to_leave_message=False),
             "far": enrol(desk, "Sam O'Neill", lot=lot(desk, "Camp Hill"))}
    act(desk, lambda session: actions.add_follow_up(session, participant=known["late"], due_on=date(2020, 5, 8), what="ring about the CV"))
    act(desk, lambda session: actions.add_follow_up(session, participant=known["soon"], due_on=date(2020, 5, 15), what="bus timetable"))
    return known


@pytest.fixture
def tried(qtbot: QtBot, desk: Desk, theme: Theme, stage: Stage, people: dict[str, UUID]) -> Tried:
    desk.choose_lot(None)
    page = ParticipantPage(desk)
    made = Tried(qtbot, desk, page, stage(page))
    made.settle()
    return made


@pytest.fixture
def registering(tried: Tried) -> Tried:
    """An empty registration for Shard End."""
    tried.desk.choose_lot(lot(tried.desk))
    tried.page.new_participant()
    tried.settle()
    return tried


def names(tried: Tried) -> list[str]:
    table = tried.page.caseload.table
    return [table.text(at, 0) for at in range(table.count())]


# the list


def test_overdue_people_stand_first_and_the_totals_are_those_of_the_summary(tried: Tried) -> None:
    assert names(tried) == ["Zoë Kowalska", "Amara Okafor", "Sam O'Neill"]
    total = tried.see(lambda session: casework.totals(casework.caseload(session)))
    assert tried.page.subtitle.text() == totals_words(total)
    assert tried.page.subtitle.text().startswith("3 people: 1 overdue, 1 due · 2 eligible, 0 to check by hand, 1 not eligible")


@pytest.mark.parametrize(("typed", "found"), [
    ("kowal", ["Zoë Kowalska"]), ("zoe", ["Zoë Kowalska"]), ("o'n", ["Sam O'Neill"]), ("07400", ["Zoë Kowalska"]),
    ("0121496", ["Amara Okafor"]), ("B34 7AA", ["Zoë Kowalska", "Amara Okafor", "Sam O'Neill"]), ("nobody", []),
])
def test_somebody_is_found_by_part_of_the_name_telephone_or_postcode(tried: Tried, typed: str, found: list[str]) -> None:
    tried.page.first_focus()
    tried.write(typed)
    assert names(tried) == found


def test_the_list_is_narrowed_to_a_lot_to_my_people_and_to_what_a_total_counts(tried: Tried, people: dict[str, UUID]) -> None:
    view = tried.page.caseload
    tried.desk.choose_lot(lot(tried.desk, "Camp Hill"))
    tried.settle()
    assert names(tried) == ["Sam O'Neill"]
    tried.desk.choose_lot(None)
    tried.settle()
    view.show_only.set_value("overdue")
    assert names(tried) == ["Zoë Kowalska"]
    view.show_only.set_value("everybody")
    with tried.desk.store.read() as session:
        carl = next(row.id for row in programme.members(session) if row.name == "Carl Coach")
    act(tried.desk, lambda session: actions.change_details(session, people["late"], coach=carl))
    view.show_mine(True)
    tried.settle()
    assert names(tried) == ["Amara Okafor", "Sam O'Neill"]


def test_enter_opens_a_person_and_escape_goes_back_to_the_list(tried: Tried) -> None:
    tried.page.first_focus()
    tried.write("amara")
    tried.press(Key.Key_Return)
    tried.shows_person()
    assert tried.page.title.text() == "Amara Okafor"
    tried.press(Key.Key_Escape)
    assert tried.page.stack.currentWidget() is tried.page.caseload
    assert tried.page.caseload.table.view.hasFocus()


# registration


def test_the_verdict_appears_as_the_postcode_is_typed(registering: Tried) -> None:
    form, card = registering.page.registration.form, registering.page.registration.verdict_card
    registering.press(Key.Key_Tab)
    registering.write("b34 7a")
    registering.qtbot.waitUntil(lambda: "not a whole postcode yet" in card.sentence.text())
    registering.write("a")
    assert registering.judged() == "eligible by residence"
    assert card.words.text() == "Eligible by residence" and "Shard End" in card.sentence.text()
    assert form.row_of(form.connection).isHidden()


def test_somebody_from_elsewhere_hears_the_nearest_lot_and_may_have_a_connection(registering: Tried) -> None:
    form, card = registering.page.registration.form, registering.page.registration.verdict_card
    registering.write("Ola Nowak")
    registering.press(Key.Key_Tab)
    registering.write(CAMP_HILL)
    assert registering.judged() == "not eligible"
    assert "It counts for the Camp Hill lot" in card.sentence.text()
    assert not form.row_of(form.connection).isHidden()
    registering.press(Key.Key_Y, Mod.AltModifier)
    registering.write("works in")
    registering.press(Key.Key_Tab)
    registering.qtbot.waitUntil(lambda: card.verdict is not None and card.verdict.verdict == "eligible by connection")
    registering.write("Bakery on the High Street")
    registering.press(Key.Key_Return, Mod.ControlModifier)
    registering.shows_person()
    detail = registering.see(lambda session: queries.find(session, "Ola Nowak"))[0]
    assert (detail.verdict, detail.postcode) == ("eligible by connection", CAMP_HILL)
    assert "Bakery on the High Street" in registering.page.person.verdict_card.sentence.text()


def test_of_a_refuge_no_address_is_asked_or_kept(registering: Tried) -> None:
    form = registering.page.registration.form
    registering.write("Ada Byrne")
    registering.press(Key.Key_Tab)
    registering.write("B34 7AA")
    registering.press(Key.Key_U, Mod.AltModifier)
    assert registering.judged() == "check by hand"
    assert form.postcode.text() == "" and not form.postcode.isEnabled()
    registering.press(Key.Key_Return, Mod.ControlModifier)
    registering.shows_person()
    [row] = registering.see(lambda session: queries.find(session, "Ada Byrne"))
    assert (row.situation, row.postcode, row.verdict) == ("refuge", None, "check by hand")


def test_after_saving_the_person_stands_there_with_the_verdict_in_words(registering: Tried) -> None:
    registering.write("Ola Nowak")
    registering.press(Key.Key_Tab)
    registering.write("b347aa")
    registering.press(Key.Key_Return, Mod.ControlModifier)
    registering.shows_person()
    assert registering.page.title.text() == "Ola Nowak"
    assert registering.bar.kind == "done" and "B34 7AA is in Shard End ward" in registering.bar.text()


def test_a_likely_duplicate_shows_while_typing_and_one_key_opens_that_person(registering: Tried, people: dict[str, UUID]) -> None:
    form, card = registering.page.registration.form, registering.page.registration.duplicates_card
    form.name.set_value("zoe kowalska")
    form.born_on.setFocus()
    registering.write("5 6 1984")
    registering.qtbot.waitUntil(card.isVisible)
    assert "the same name and date of birth" in card.words.text()
    registering.press(Key.Key_O, Mod.AltModifier)
    registering.shows_person()
    assert registering.page.person.id == people["late"]


def test_another_person_with_the_same_name_and_day_can_be_registered_all_the_same(registering: Tried) -> None:
    form, card = registering.page.registration.form, registering.page.registration.duplicates_card
    form.name.set_value("Zoë Kowalska")
    form.born_on.setFocus()
    registering.write("5 6 1984")
    registering.qtbot.waitUntil(card.isVisible)
    registering.press(Key.Key_Return, Mod.ControlModifier)
    registering.qtbot.waitUntil(lambda: registering.bar.kind == "refused")
    assert form.name.value() == "Zoë Kowalska"
    registering.press(Key.Key_D, Mod.AltModifier)
    registering.press(Key.Key_Return, Mod.ControlModifier)
    registering.shows_person()
    assert len(registering.see(lambda session: queries.find(session, "Kowalska"))) == 2


def test_what_cannot_be_read_is_said_under_its_box_and_nothing_is_saved(registering: Tried) -> None:
    form = registering.page.registration.form
    form.ni_number.setFocus()
    registering.write("qq123456c")
    form.weeks_out_of_work.setFocus()
    registering.write("ages")
    registering.press(Key.Key_Return, Mod.ControlModifier)
    assert "Full name is needed" in form.row_of(form.name)._said
    assert "sample people" in form.row_of(form.ni_number)._said
    assert "not a time out of work" in form.row_of(form.weeks_out_of_work)._said
    assert form.name.hasFocus()
    assert len(registering.see(queries.participants)) == 3


def test_a_registration_begun_is_not_lost_without_asking(registering: Tried, dialogs: Any) -> None:
    dialogs.next_yes = False
    registering.write("Ola Nowak")
    registering.press(Key.Key_Escape)
    assert "will be gone" in dialogs.asked[-1] and registering.page.stack.currentWidget() is registering.page.registration
    registering.page.new_participant()
    assert registering.page.registration.form.name.value() == "Ola Nowak"
    dialogs.next_yes = True
    registering.press(Key.Key_Escape)
    assert registering.page.stack.currentWidget() is registering.page.caseload


def test_hours_and_pay_are_asked_of_people_in_work(registering: Tried) -> None:
    form = registering.page.registration.form
    for typed, is_asked in (("30", False), ("in work", True), ("2 years", False), ("", True)):
        form.weeks_out_of_work.setText(typed)
        assert form.row_of(form.pay_pence_an_hour).isHidden() != is_asked


@pytest.mark.parametrize(("typed", "weeks"), [("30", 30), ("in work", 0), ("6 months", 26), ("2y", 104), ("1 week", 1), ("", None)])
def test_time_out_of_work_is_read_as_people_say_it(typed: str, weeks: int | None) -> None:
    assert read_weeks(typed) == weeks


def test_time_out_of_work_is_said_in_words() -> None:
    assert [weeks_words(weeks) for weeks in (None, 0, 1, 30, 104, 110)] == [
        "", "in work", "1 week", "30 weeks", "104 weeks (2 years)", "110 weeks (over 2 years)"]


def test_an_outreach_contact_becomes_a_participant(tried: Tried) -> None:
    def meet(session: Any) -> UUID:
        library = partner.add_partner(session, name="Shard End Library", kind="library", lots=["Shard End"])
        venue = partner.add_venue(session, partner=library, lot=programme.lot_id(session, "Shard End"), name="Library", postcode=SHARD_END)
        met = outreach.open_session(session, venue=venue, kind="food bank")
        return outreach.log_contact(session, session_id=met, name="Ola Nowak", phone="07400 654321", postcode="B34 7AA", follow_up_on=TODAY)

    contact = act(tried.desk, meet)
    tried.page.take("register contact", contact)
    tried.settle()
    form = tried.page.registration.form
    assert (form.name.value(), form.postcode.value(), form.heard_through.value()) == ("Ola Nowak", "B34 7AA", "food bank")
    assert tried.judged() == "eligible by residence"
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.shows_person()
    assert tried.see(queries.met_at) == {contact: tried.page.person.id}


def test_the_stranger_of_a_referral_in_becomes_a_participant(tried: Tried) -> None:
    def receive(session: Any) -> UUID:
        debt = partner.add_partner(session, name="Debt Advice", kind="debt or advice service", lots=["Shard End"])
        return referral.receive_referral(session, partner=debt, lot=programme.lot_id(session, "Shard End"), person_name="Ola Nowak",
                                         person_phone="07400 654321", need="work")

    came = act(tried.desk, receive)
    tried.page.take("register referral", came)
    tried.settle()
    assert "Debt Advice" in tried.page.registration.origin_words.text()
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.shows_person()
    [row] = tried.see(lambda session: queries.find(session, "Ola Nowak"))
    assert (row.phone, row.id) == ("07400 654321", tried.page.person.id)


# one person


@pytest.fixture
def zoe(tried: Tried, people: dict[str, UUID]) -> Tried:
    tried.page.open("participant", people["late"])
    tried.shows_person()
    return tried


def test_a_decision_by_hand_is_written_beside_the_old_one(zoe: Tried, people: dict[str, UUID]) -> None:
    zoe.press(Key.Key_D, Mod.ControlModifier)
    deed = zoe.page.person.deed
    assert deed is not None
    deed.boxes["verdict"].setFocus()
    zoe.write("not el")
    zoe.press(Key.Key_Tab)
    zoe.press(Key.Key_Return)
    zoe.qtbot.waitUntil(lambda: "needs a reason" in zoe.bar.text())
    deed.boxes["reason"].setFocus()
    zoe.write("moved away, said the landlord")
    zoe.press(Key.Key_Return)
    zoe.qtbot.waitUntil(lambda: zoe.page.person.deed is None)
    zoe.settle()
    detail = zoe.see(lambda session: queries.participant(session, people["late"]))
    assert [row.verdict for row in detail.verdicts] == ["not eligible", "eligible by residence"]
    assert zoe.page.person.verdict_card.words.text() == "Not eligible"
    assert "moved away" in zoe.page.person.verdict_card.source.text()


def test_a_follow_up_is_added_and_done_by_key(zoe: Tried, people: dict[str, UUID]) -> None:
    zoe.press(Key.Key_F, Mod.AltModifier)
    zoe.write("send the form")
    zoe.press(Key.Key_Tab)
    zoe.write("+7")
    zoe.press(Key.Key_Return)
    zoe.qtbot.waitUntil(lambda: zoe.page.person.follow_ups.count() == 2)
    zoe.page.person.follow_ups.setFocus()
    zoe.press(Key.Key_Return)
    zoe.qtbot.waitUntil(lambda: zoe.page.person.follow_ups.count() == 1)
    rows = zoe.see(lambda session: queries.follow_ups(session, participant=people["late"]))
    assert [(row.what, row.due_on, row.done_on) for row in rows] == [("send the form", date(2020, 5, 19), None),
                                                                     ("ring about the CV", date(2020, 5, 8), TODAY)]


def test_a_notice_and_a_withdrawn_consent_are_recorded_by_key(zoe: Tried, people: dict[str, UUID]) -> None:
    zoe.press(Key.Key_N, Mod.AltModifier)
    zoe.press(Key.Key_Return)
    zoe.qtbot.waitUntil(lambda: zoe.page.person.deed is None)
    zoe.settle()
    zoe.press(Key.Key_C, Mod.AltModifier)
    zoe.press(Key.Key_Tab)
    zoe.write("with")
    zoe.press(Key.Key_Return)
    zoe.qtbot.waitUntil(lambda: zoe.page.person.deed is None)
    zoe.settle()
    detail = zoe.see(lambda session: queries.participant(session, people["late"]))
    assert len(detail.notices) == 2 and detail.consent_partners == "withdrawn"


def test_changed_details_are_kept_and_a_new_postcode_leaves_the_decision_standing(zoe: Tried, people: dict[str, UUID]) -> None:
    zoe.press(Key.Key_E, Mod.AltModifier)
    box = zoe.page.details.boxes["postcode"]
    box.setFocus()
    box.selectAll()
    zoe.write(ELSEWHERE)
    zoe.press(Key.Key_Return, Mod.ControlModifier)
    zoe.shows_person()
    zoe.qtbot.waitUntil(lambda: ELSEWHERE in zoe.page.person.verdict_card.sentence.text())
    [row] = zoe.see(lambda session: queries.find(session, "Kowalska"))
    assert (row.postcode, row.verdict, row.ni_number, row.phone) == (ELSEWHERE, "eligible by residence", "AB 12 34 56 C", "07400 123456")
    assert "a new decision may be asked for" in zoe.page.person.verdict_card.sentence.text()


def test_the_timeline_is_narrowed_to_a_kind(zoe: Tried) -> None:
    timeline = zoe.page.person.timeline
    assert timeline.table.count() == 4
    timeline.kind.set_value("follow-ups")
    assert [timeline.table.text(0, 1), timeline.table.text(0, 2)] == ["Follow-up to do", "ring about the CV"]


def test_help_appointments_and_referrals_are_offered_to_their_screens(zoe: Tried, people: dict[str, UUID]) -> None:
    heard: list[tuple[str, Any]] = []
    zoe.desk.offered.connect(lambda what, value: heard.append((what, value)))
    for key in (Key.Key_L, Key.Key_B, Key.Key_R):
        zoe.press(key, Mod.AltModifier)
    assert heard == [(what, people["late"]) for what in ("log help for", "book for", "refer")]


def test_a_follow_up_opens_the_page_of_its_person(tried: Tried, people: dict[str, UUID]) -> None:
    [row] = tried.see(lambda session: queries.follow_ups(session, participant=people["soon"]))
    tried.page.open("participant.follow_up", row.id)
    tried.shows_person()
    assert tried.page.person.id == people["soon"]
    assert [tried.page.person.call_tag.text(), tried.page.person.message_tag.text()] == ["Safe to call", "Leave no message"]


def test_in_a_public_place_neither_name_nor_address_can_be_read(zoe: Tried) -> None:
    from PySide6.QtWidgets import QLabel

    set_in_public(True)
    zoe.page.set_public_place(True)
    shown = " ".join(label.text() for label in zoe.page.findChildren(QLabel) if label.isVisible())
    table = zoe.page.person.timeline.table
    shown += " ".join(table.text(row, column) for row in range(table.count()) for column in range(4))
    assert zoe.page.title.text().startswith("Z. K. CW-")
    assert not [word for word in ("Kowalska", "B34 7AA", "07400", "AB 12", "1984", "CV") if word in shown]
    set_in_public(False)
    zoe.page.set_public_place(False)
    assert zoe.page.title.text() == "Zoë Kowalska"


# paper, and everybody's eyes


def test_the_summary_is_previewed_and_saved_with_the_totals_of_the_screen(tried: Tried, dialogs: Any, tmp_path: Path) -> None:
    dialogs.next_file = tmp_path / "caseload.pdf"
    tried.page.print_caseload()
    tried.settle()
    tried.press(Key.Key_Return)
    tried.qtbot.waitUntil(lambda: tried.page.printing.preview is not None)
    assert tried.page.printing.preview.page_count() == 1
    tried.press(Key.Key_S, Mod.ControlModifier)
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "caseload.pdf").pages)
    assert "Zoë Kowalska" in text and "Sam O" in text and "Printed by Olive Owner" in text
    tried.press(Key.Key_Escape)
    assert tried.page.stack.currentWidget() is tried.page.caseload


@pytest.mark.parametrize("scale", [100, 200])
def test_every_control_has_a_name_and_no_word_is_cut(zoe: Tried, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    page = zoe.page
    for show in (page.show_list, lambda: page.open("participant", page.person.id), lambda: page.person.begin(deeds_of("decide_again")),
                 page.edit_details, page.new_participant, page.print_caseload):
        show()
        zoe.settle()
        width = max(page.minimumSizeHint().width() + 40, 1180)
        page.window().resize(width, max(page.heightForWidth(width - 40) + 120, 760))
        zoe.settle()
        assert unnamed(page) == []
        assert cut_off(page) == []


def deeds_of(name: str) -> Any:
    from coachdesk.ui.participant import deeds

    return getattr(deeds, name)
