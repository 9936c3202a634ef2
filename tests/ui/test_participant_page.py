"""The participants' page by keys, over a real encrypted store: caseload, one person, print."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from coachdesk.casework import queries as casework
from coachdesk.participant import actions, queries
from coachdesk.programme import queries as programme
from coachdesk.ui.participant.caseload_view import totals_words
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from tests.rooms.conftest import ELSEWHERE, TODAY
from tests.ui.accessibility import assert_whole_words, unnamed
from tests.ui.participants import Key, Mod, Tried, act, empty_registration, lot, page_on_its_stage, three_people  # noqa: F401


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
    tried.settle()
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
    for key in (Key.Key_G, Key.Key_B, Key.Key_R):
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
    assert zoe.page.title.text().startswith("Z. K.")
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
        assert_whole_words(page)


def deeds_of(name: str) -> Any:
    from coachdesk.ui.participant import deeds

    return getattr(deeds, name)
