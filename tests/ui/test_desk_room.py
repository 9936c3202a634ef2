"""The whole window over a real store: nothing is out of sight sideways, and in a public place nobody is named on any page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTableView,
)
from pytestqt.qtbot import QtBot

from coachdesk.activity import actions as activity
from coachdesk.outreach import actions as outreach
from coachdesk.participant import actions as participant
from coachdesk.partner import actions as partner
from coachdesk.programme import queries as programme
from coachdesk.referral import actions as referral
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.shell import desk_window
from coachdesk.ui.shell.main_window import MainWindow
from tests.rooms.conftest import TODAY
from tests.whole.keys import letters_of

KEYS = ("today", "outreach", "participant", "referral", "partner", "activity", "claim", "programme", "settings", "sync")
NAMES = ("Zoë Kowalska", "Łukasz Brzęczyszczykiewicz", "Amir Wright-Khan", "Tracey Uddin")
SURNAMES = ("Kowalska", "Brzęczyszczykiewicz", "Khan", "Uddin")


@pytest.fixture
def known(desk: Desk) -> dict[str, UUID]:
    """A session, a contact, a participant with one of everything, a partner with somebody to ring, a stranger who was sent here."""

    def furnish(session: Any) -> dict[str, UUID]:
        lot = next(iter(programme.lot_names(session)))
        there = [programme.lot_name(session, lot)]
        library = partner.add_partner(session, name="Shard End Library and Learning Centre", kind="library", lots=there, reply_days=3)
        rung = partner.add_contact(session, partner=library, name=NAMES[3], role="manager", phone="0121 496 0214")
        venue = partner.add_venue(session, partner=library, lot=lot, name="Shard End Library", postcode="B34 7AA")
        met = outreach.open_session(session, venue=venue, kind="food bank")
        outreach.log_contact(session, session_id=met, name=NAMES[0], follow_up_on=TODAY)
        person = participant.register(session, name=NAMES[1], lot=lot, postcode="B34 7AA")
        participant.add_follow_up(session, participant=person, due_on=TODAY, what="Ring about the interview")
        participant.record_consent(session, person, answer="given")
        sent = referral.send_referral(session, participant=person, partner=library, need="English conversation group")
        referral.receive_referral(session, partner=library, lot=lot, person_name=NAMES[2], need="help to find work")
        booked = activity.book_appointment(session, participant=person, due_on=TODAY, at="10:00")
        helped = activity.log_intervention(session, participant=person, kind="CV & job search", minutes=45, mode="face to face",
                                           is_meaningful=True, happened_on=TODAY)
        return {"participant": person, "outreach.session": met, "partner.contact": rung, "referral": sent, "activity.appointment": booked,
                "activity.intervention": helped}

    found: dict[str, UUID] = desk.store.act(desk.owner, "Furnish", furnish).result
    return found


@pytest.fixture
def window(desk: Desk, known: dict[str, UUID], theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    theme.wear_noto()
    made = desk_window.make_window(desk, theme)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    qtbot.waitUntil(lambda: not desk.work.busy())


def settled(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(3):
        QApplication.processEvents()
        qtbot.waitUntil(lambda: window.work is None or not window.work.busy())


def views(qtbot: QtBot, window: MainWindow, key: str) -> Iterator[str]:
    """Each view of a page, one after the other."""
    window.go(key)
    settled(qtbot, window)
    page = window.page(key)
    assert page is not None
    tabs = next((bar for bar in page.findChildren(QTabBar) if bar.isVisible()), None)
    yield key
    for at in range(1, tabs.count() if tabs is not None else 0):
        assert tabs is not None
        tabs.setCurrentIndex(at)
        settled(qtbot, window)
        yield f"{key}, {tabs.tabText(at)}"


def wider_than_seen(window: MainWindow) -> list[str]:
    """What has to be scrolled sideways now: names of lists, classes of anything else."""
    areas = [area for area in window.findChildren(QAbstractScrollArea) if area.isVisible() and area.horizontalScrollBar().maximum() > 0]
    return [area.accessibleName() if isinstance(area, QTableView) else f"not a list: {type(area).__name__}" for area in areas]


def words_seen(window: MainWindow) -> Iterator[str]:
    """Every word that can be read in the window now."""
    for kind in (QLabel, QAbstractButton, QLineEdit):
        yield from (each.text() for each in window.findChildren(kind) if each.isVisible())
    yield from (each.toPlainText() for each in window.findChildren(QPlainTextEdit) if each.isVisible())
    for table in (each for each in window.findChildren(QTableView) if each.isVisible()):
        model = table.model()
        for row in range(model.rowCount()):
            yield from (str(model.index(row, column).data() or "") for column in range(model.columnCount()))


def named(window: MainWindow) -> list[str]:
    return [words for words in words_seen(window) if any(surname in words for surname in SURNAMES)]


@pytest.mark.parametrize("key", KEYS)
def test_nothing_has_to_be_scrolled_sideways_and_no_letter_means_two_things(window: MainWindow, qtbot: QtBot, key: str) -> None:
    for view in views(qtbot, window, key):
        assert wider_than_seen(window) == [], view
        assert {letter: said for letter, said in letters_of(window).items() if len(said) > 1} == {}, view


def test_a_caseload_that_is_scrolled_down_is_not_scrolled_sideways(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    def many(session: Any) -> None:
        lot = next(iter(programme.lot_names(session)))
        for at in range(30):
            participant.register(session, name=f"Person {at}", lot=lot, postcode="B34 7AA")

    desk.store.act(desk.owner, "Register many", many)
    window.go("participant")
    settled(qtbot, window)
    people = next(each for each in window.findChildren(QTableView) if each.isVisible())
    assert people.verticalScrollBar().maximum() > 0
    assert wider_than_seen(window) == []


@pytest.mark.parametrize("key", KEYS)
def test_at_twice_the_text_size_only_lists_are_scrolled_sideways(window: MainWindow, qtbot: QtBot, theme: Theme, key: str) -> None:
    theme.set_scale(200)
    for view in views(qtbot, window, key):
        assert [wide for wide in wider_than_seen(window) if wide.startswith("not a list")] == [], view


@pytest.mark.parametrize("key", KEYS)
def test_in_a_public_place_no_page_names_anybody(window: MainWindow, qtbot: QtBot, key: str) -> None:
    window.set_public_place(True)
    for view in views(qtbot, window, key):
        assert named(window) == [], view


def test_records_that_are_open_lose_their_names_as_the_place_becomes_public(
    window: MainWindow, qtbot: QtBot, known: dict[str, UUID]
) -> None:
    for kind, id in known.items():
        window.set_public_place(False)
        window.open(kind, id)
        settled(qtbot, window)
        assert named(window), f"nobody is named at {kind}: this test sees nothing"
        window.set_public_place(True)
        assert named(window) == [], kind


def test_a_picture_is_taken_of_every_page_and_of_every_view_of_outreach(window: MainWindow, tmp_path: Path) -> None:
    from coachdesk.ui.shell.pictures import take_pictures

    taken = {path.name for path in take_pictures(window, tmp_path)}
    assert {f"{key}.png" for key in KEYS} | {"outreach-calendar.png", "outreach-venues.png", "outreach-map.png"} <= taken


def test_at_twice_the_text_size_a_form_that_opens_is_in_sight(window: MainWindow, qtbot: QtBot, theme: Theme) -> None:
    theme.set_scale(200)
    for key, verb in (("partner", "new_organisation"), ("referral", "new_referral"), ("participant", "new_participant")):
        window.go(key)
        settled(qtbot, window)
        getattr(window.page(key), verb)()
        settled(qtbot, window)
        box = QApplication.focusWidget()
        assert isinstance(box, QLineEdit), key
        qtbot.waitUntil(lambda box=box: box.visibleRegion().boundingRect() == box.rect())
