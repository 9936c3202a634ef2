"""Registering somebody by keys, over a real encrypted store: the verdict as it is typed, duplicates, and where people come from."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from coachdesk.outreach import actions as outreach
from coachdesk.participant import queries
from coachdesk.partner import actions as partner
from coachdesk.programme import queries as programme
from coachdesk.referral import actions as referral
from coachdesk.ui.participant.boxes import read_weeks, weeks_words
from tests.rooms.conftest import CAMP_HILL, SHARD_END, TODAY
from tests.ui.participants import Key, Mod, Tried, act, empty_registration, enrol, lot, page_on_its_stage, three_people  # noqa: F401


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
    registering.press(Key.Key_C, Mod.AltModifier)
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
    registering.press(Key.Key_Y, Mod.AltModifier)
    registering.shows_person()
    assert registering.page.person.id == people["late"]


def test_of_several_that_are_likely_any_can_be_opened_by_its_number(registering: Tried, people: dict[str, UUID]) -> None:
    again = enrol(registering.desk, "Zoe Kowalski", born_on=date(1984, 6, 5), is_known_duplicate=True)
    form, card = registering.page.registration.form, registering.page.registration.duplicates_card
    form.name.set_value("zoe kowalska")
    form.born_on.setFocus()
    registering.write("5 6 1984")
    registering.qtbot.waitUntil(card.isVisible)
    assert [row.id for row in card.found()] == [people["late"], again]
    assert card.words.text().startswith("1  ")
    assert [button.isVisible() for button in card.more_buttons] == [True, False, False, False]
    registering.press(Key.Key_2, Mod.AltModifier)
    registering.shows_person()
    assert registering.page.person.id == again


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


def test_what_was_refused_is_no_news_any_more_when_the_registration_is_left(registering: Tried) -> None:
    registering.page.registration.form.name.set_value("Zoë Kowalska")
    registering.page.registration.form.born_on.setFocus()
    registering.write("5 6 1984")
    registering.press(Key.Key_Return, Mod.ControlModifier)
    registering.qtbot.waitUntil(lambda: registering.bar.kind == "refused")
    registering.press(Key.Key_Escape)
    assert registering.page.stack.currentWidget() is registering.page.caseload
    assert registering.bar.text() == ""


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
