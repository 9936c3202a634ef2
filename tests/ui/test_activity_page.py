"""The activity screen over a real store, by keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.activity import actions, queries
from coachdesk.claim import actions as claims
from coachdesk.participant import actions as participants
from coachdesk.programme import queries as programme
from coachdesk.programme.record import Term
from coachdesk.ui.activity.page import ActivityPage
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from tests.ui.accessibility import assert_whole_words, unnamed

NAMES = ("Zoë Kowalska", "Zoë Kowal", "Amir Khan")


@pytest.fixture
def people(desk: Desk) -> list[UUID]:
    def make(session: Any) -> list[UUID]:
        lot = programme.lot_id(session, "Shard End")
        return [participants.register(session, name=name, lot=lot, postcode="B34 7AA", registered_on=date(2020, 2, 3)) for name in NAMES]

    return list(desk.store.act(desk.owner, "test", make).result)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, people: list[UUID], stage: Callable[[Any], MessageBar]) -> ActivityPage:
    made = ActivityPage(desk)
    stage(made)
    made.window().activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.first_focus()
    return made


def done(desk: Desk, action: Callable[[Any], Any]) -> Any:
    return desk.store.act(desk.owner, "test", action).result


def helped(desk: Desk, person: UUID, on: date, **more: Any) -> UUID:
    given = {"minutes": 40, "mode": "phone", "kind": "travel", "happened_on": on, **more}
    return UUID(str(done(desk, lambda s: actions.log_intervention(s, participant=person, **given))))


def all_help(desk: Desk) -> list[queries.InterventionRow]:
    with desk.store.read() as session:
        return queries.interventions(session)


def said(page: ActivityPage) -> str:
    bar = page.bar()
    assert bar is not None
    return bar.text()


def choose(qtbot: QtBot, box: Any, words: str) -> None:
    qtbot.keyClicks(box, words)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: box.value() is not None)


def test_help_is_logged_as_a_line_and_the_progress_is_said(qtbot: QtBot, desk: Desk, page: ActivityPage, people: list[UUID]) -> None:
    for days in (3, 9):
        helped(desk, people[2], desk.today() - timedelta(days=days))
    form = page.help.form
    assert form.person.hasFocus()
    choose(qtbot, form.person, "amir")
    qtbot.waitUntil(lambda: "two of three meaningful" in form.standing.text())
    form.kind.setFocus()
    qtbot.keyClicks(form.kind.lineEdit(), "money")
    qtbot.keyClick(form.kind.completer().popup(), Qt.Key.Key_Tab)  # the list of proposals holds the keyboard while it is open
    assert form.kind.value() == "money & debt" and form.minutes.hasFocus()
    qtbot.keyClicks(form.minutes, "45")
    assert form.meaningful.value() and "45 minutes of help, face to face" in form.proposal.text()
    qtbot.keyClick(form.minutes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Three of three meaningful." in said(page))
    assert "money & debt, 45 min, face to face, for Amir Khan on 12 May 2020" in said(page)
    assert page.window().focusWidget() is form.person and form.person.is_empty()
    qtbot.waitUntil(lambda: page.help.table.count() == 3)
    assert page.help.total.text().startswith("Today 1, meaningful 1; in these days 3")


def test_the_contract_s_definition_of_the_day_proposes_and_where_it_decides_the_tick_is_not_the_coach_s(qtbot: QtBot, desk: Desk,
                                                                                                       page: ActivityPage) -> None:
    def stricter(session: Any) -> None:
        for term in session.execute(sa.select(Term).where(Term.kind == "definition")).scalars():
            term.details = {**term.details, "least_minutes": 20, "coach_may_differ": False, "clause": "Annex A, 5"}

    done(desk, stricter)
    page.help.reload()
    form = page.help.form
    qtbot.waitUntil(lambda: bool(form.manners) and not form.manners[0].coach_may_differ)
    form.kind.set_value("interview")
    form.mode.set_value("phone")
    qtbot.keyClicks(form.minutes, "12")
    assert not form.meaningful.value() and not form.meaningful.isEnabled() and not form.why.isVisible()
    assert form.proposal.text() == "By the contract’s definition not meaningful: a short contact of 12 minutes (Annex A, 5)."


def test_the_proposal_may_be_overruled_with_a_reason_only(qtbot: QtBot, desk: Desk, page: ActivityPage, people: list[UUID]) -> None:
    form = page.help.form
    choose(qtbot, form.person, "amir")
    form.kind.set_value("interview")
    form.mode.set_value("text")
    qtbot.keyClicks(form.minutes, "5")
    assert not form.meaningful.value() and not form.why.isVisible()
    qtbot.keyClick(form.meaningful, Qt.Key.Key_Space)
    assert form.why.isVisible()
    qtbot.keyClick(form.minutes, Qt.Key.Key_Return)
    assert "is needed" in form.why.accessibleDescription() and all_help(desk) == []
    qtbot.keyClicks(form.why, "sent the whole interview plan")
    qtbot.keyClick(form.why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(all_help(desk)) == 1)
    assert (all_help(desk)[0].is_meaningful, all_help(desk)[0].why) == (True, "sent the whole interview plan")


def test_the_picker_finds_without_accents_and_arrows_choose(qtbot: QtBot, desk: Desk, page: ActivityPage, people: list[UUID]) -> None:
    box = page.help.form.person
    qtbot.keyClicks(box, "zoe")
    qtbot.waitUntil(lambda: box.suggestions.isVisible() and box.suggestions.count() == 2)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "Zoë Kowalska" and not box.suggestions.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    assert box.value() is None


def test_two_namesakes_are_never_chosen_by_tab(qtbot: QtBot, page: ActivityPage) -> None:
    box = page.help.form.person
    qtbot.keyClicks(box, "zoe")
    qtbot.waitUntil(lambda: box.suggestions.count() == 2)
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert box.value() is None and box.problem().startswith("Nobody was chosen.")


def test_help_of_a_month_that_may_be_claimed_changes_with_a_reason(
    qtbot: QtBot, desk: Desk, page: ActivityPage, people: list[UUID]
) -> None:
    made = helped(desk, people[0], date(2020, 3, 20))
    page.open("activity.intervention", made)
    form = page.help.form
    qtbot.waitUntil(lambda: form.heading.text() == "Change help")
    form.minutes.set_value(25)
    qtbot.keyClick(form.minutes, Qt.Key.Key_Return)
    assert "may have been claimed" in form.changed_why.accessibleDescription()
    qtbot.keyClicks(form.changed_why, "minutes typed wrongly")
    qtbot.keyClick(form.changed_why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(page).startswith("Done: Changed: travel, 25 min"))
    assert (all_help(desk)[0].minutes, all_help(desk)[0].changed_why) == (25, "minutes typed wrongly")
    assert form.heading.text() == "Log help" and form.day.value() == desk.today()


def test_help_corrected_to_a_short_contact_no_longer_counts(qtbot: QtBot, desk: Desk, page: ActivityPage, people: list[UUID]) -> None:
    page.open("activity.intervention", helped(desk, people[0], desk.today()))
    form = page.help.form
    qtbot.waitUntil(lambda: form.heading.text() == "Change help")
    assert form.meaningful.value()
    form.minutes.set_value(5)
    qtbot.waitUntil(lambda: not form.meaningful.value())
    qtbot.keyClick(form.minutes, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(page).startswith("Done: Changed: travel, 5 min"))
    assert (all_help(desk)[0].is_meaningful, all_help(desk)[0].why) == (False, "a short contact of 5 minutes")


def test_what_a_sent_claim_may_rest_on_is_marked_when_it_is_opened(qtbot: QtBot, desk: Desk, page: ActivityPage,
                                                                   people: list[UUID]) -> None:
    before, after = helped(desk, people[0], date(2020, 3, 3)), helped(desk, people[0], desk.today())
    job = done(desk, lambda s: actions.record_job(s, participant=people[0], started_on=date(2020, 3, 9), employer="Foods", title="picker",
                                                  hours_a_week=16))
    lot = done(desk, lambda s: programme.lot_id(s, "Shard End"))
    claim = done(desk, lambda s: claims.draft(s, lot=lot, month="2020-03"))
    desk.store.act(desk.owner, "send", lambda s: claims.send(s, claim), lasting=True)
    words = "Claims up to March 2020 went out: the next one shows the difference, with the reason."
    page.open("activity.intervention", before)
    qtbot.waitUntil(lambda: page.help.form.sent.isVisible() and page.help.form.sent.text() == words)
    page.open("activity.intervention", after)
    qtbot.waitUntil(lambda: page.help.form.day.value() == desk.today() and not desk.work.busy())
    assert not page.help.form.sent.isVisible()
    page.open("activity.job", job)
    qtbot.waitUntil(lambda: page.jobs.form.sent.isVisible() and page.jobs.form.sent.text() == words)


def test_help_is_removed_with_a_reason(qtbot: QtBot, desk: Desk, page: ActivityPage, people: list[UUID]) -> None:
    page.open("activity.intervention", helped(desk, people[0], desk.today()))
    form = page.help.form
    qtbot.waitUntil(form.remove_button.isVisible)
    qtbot.mouseClick(form.remove_button, Qt.MouseButton.LeftButton)
    assert "Nothing was removed yet" in form.changed_why.accessibleDescription()
    qtbot.keyClicks(form.changed_why, "wrong person")
    qtbot.mouseClick(form.remove_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: all_help(desk) == [])
    qtbot.waitUntil(lambda: "Removed: help for Zoë Kowalska." in said(page))


def test_another_screen_hands_over_a_person(qtbot: QtBot, page: ActivityPage, people: list[UUID]) -> None:
    page.take("log help for", people[2])
    qtbot.waitUntil(lambda: page.help.form.person.value() == people[2])
    assert page.help.form.kind.lineEdit().hasFocus() or page.help.form.kind.hasFocus()
    page.take("book for", people[0])
    qtbot.waitUntil(lambda: page.appointments.form.person.value() == people[0])
    assert page.views.key() == "appointments"


def appointment(desk: Desk, person: UUID, on: date) -> UUID:
    return UUID(str(done(desk, lambda s: actions.book_appointment(s, participant=person, due_on=on, at="14:00", place="Library"))))


def outcomes(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.read() as session:
        return [(row.participant, row.outcome) for row in queries.appointments(session)]


def test_one_key_each_answers_an_appointment(qtbot: QtBot, desk: Desk, page: ActivityPage, people: list[UUID]) -> None:
    for person in people:
        appointment(desk, person, desk.today())
    page.views.go("appointments")
    view = page.appointments
    for key, outcome in ((Qt.Key.Key_A, "attended"), (Qt.Key.Key_D, "did not attend"), (Qt.Key.Key_C, "cancelled")):
        qtbot.waitUntil(lambda: view.table.count() == 3 and not desk.work.busy())
        view.table.go_to(0)
        view.first_focus()
        name = view.table.current().participant
        qtbot.keyClick(view.table.view, key)
        qtbot.waitUntil(lambda name=name, outcome=outcome: (name, outcome) in outcomes(desk))
    qtbot.waitUntil(lambda: view.total.text() == "0 open, 0 today.")


def test_a_missed_appointment_is_rebooked_by_key(qtbot: QtBot, desk: Desk, page: ActivityPage, people: list[UUID]) -> None:
    page.open("activity.appointment", appointment(desk, people[0], desk.today()))
    view = page.appointments
    qtbot.waitUntil(lambda: view.table.count() == 1 and not desk.work.busy())
    qtbot.keyClick(view.table.view, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: view.table.current().outcome == "did not attend")
    qtbot.keyClick(view.table.view, Qt.Key.Key_R)
    qtbot.keyClicks(view.form.day.box, "+7")
    qtbot.keyClick(view.form.day.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(page) == "Done: Rebooked: Zoë Kowalska on Tuesday 19 May 2020 at 14:00.")
    assert outcomes(desk) == [("Zoë Kowalska", "booked"), ("Zoë Kowalska", "did not attend")]


def test_an_appointment_is_booked_and_a_wrong_time_is_said_under_its_field(qtbot: QtBot, desk: Desk, page: ActivityPage) -> None:
    page.views.go("appointments")
    page.new()
    form = page.appointments.form
    choose(qtbot, form.person, "amir")
    qtbot.keyClicks(form.day.box, "tomorrow")
    qtbot.keyClicks(form.at, "25")
    qtbot.keyClick(form.at, Qt.Key.Key_Return)
    assert "is not a time of day" in form.at.accessibleDescription()
    form.at.set_value("9.30")
    qtbot.keyClick(form.at, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(page) == "Done: Booked: Amir Khan on Wednesday 13 May 2020 at 09:30.")


def test_a_job_is_recorded_in_pounds_and_corrected(qtbot: QtBot, desk: Desk, page: ActivityPage) -> None:
    page.views.go("jobs")
    page.first_focus()
    form = page.jobs.form
    choose(qtbot, form.person, "amir")
    for box, words in (
        (form.day.box, "1 5"),
        (form.employer, "Aldi"),
        (form.title, "Store assistant"),
        (form.hours, "16"),
        (form.pay, "8.72"),
    ):
        qtbot.keyClicks(box, words)
    qtbot.keyClick(form.pay, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.jobs.table.count() == 1)
    assert [page.jobs.table.text(0, at) for at in (0, 1, 4, 5)] == ["1 May 2020", "Amir Khan", "16", "£8.72"]
    qtbot.keyClick(page.jobs.table.view, Qt.Key.Key_Return)
    form.hours.set_value(30)
    qtbot.keyClick(form.hours, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.jobs.table.text(0, 4) == "30")


def test_a_month_is_signed_off_with_its_counts(qtbot: QtBot, desk: Desk, page: ActivityPage, people: list[UUID]) -> None:
    helped(desk, people[0], date(2020, 4, 20))
    with desk.store.read() as session:
        desk.choose_lot(programme.lot_id(session, "Shard End"))
    page.views.go("months")
    form = page.months.form
    qtbot.waitUntil(lambda: "have not signed" in form.word.text())
    assert form.month.currentText() == "April 2020"
    qtbot.keyClick(form.month.lineEdit(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.months.table.count() == 1)
    assert [page.months.table.text(0, at) for at in (0, 1, 3, 4)] == ["April 2020", "Shard End", "1", "0"]
    qtbot.waitUntil(lambda: "with the same figures" in form.word.text())
    helped(desk, people[0], date(2020, 4, 21))
    page.reload()
    qtbot.waitUntil(lambda: "It has changed since" in form.word.text())


def test_in_a_public_place_a_chosen_person_is_initials(qtbot: QtBot, page: ActivityPage) -> None:
    choose(qtbot, page.help.form.person, "amir")
    set_in_public(True)
    page.set_public_place(True)
    assert page.help.form.person.text().startswith("A. K. CW-")


@pytest.mark.parametrize("scale", [100, 200])
def test_every_control_has_a_name_and_no_words_are_cut_off(qtbot: QtBot, desk: Desk, page: ActivityPage, theme: Theme, scale: int) -> None:
    theme.set_scale(scale)
    for key in ("help", "appointments", "jobs", "months"):
        page.views.go(key)
        qtbot.waitUntil(lambda: not desk.work.busy())
        QApplication.processEvents()
        assert unnamed(page) == []
        if scale == 100:
            assert_whole_words(page)


def test_a_slip_is_shown_in_front_of_the_list_and_esc_goes_back(qtbot: QtBot, desk: Desk, page: ActivityPage, people: list[UUID]) -> None:
    first = appointment(desk, people[0], desk.today())
    done(desk, lambda s: actions.miss(s, first))
    second = UUID(str(done(desk, lambda s: actions.rebook(s, first, due_on=desk.today() + timedelta(7)))))
    page.open("activity.appointment", second)
    view = page.appointments
    qtbot.waitUntil(lambda: view.table.count() == 2 and not desk.work.busy())
    qtbot.waitUntil(lambda: view.told.text() == "Instead of 12 May 2020 (did not attend).")
    qtbot.keyClick(view.table.view, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: page._slip is not None)
    page._slip.closed.emit()
    assert page.stack.currentWidget() is view


def test_plans_of_everybody_are_narrowed_and_counted_and_open_at_the_person(qtbot: QtBot, desk: Desk, page: ActivityPage,
                                                                           people: list[UUID]) -> None:
    for kind in ("volunteering", "travel"):
        done(desk, lambda s, kind=kind: actions.add_plan_item(s, participant=people[0], kind=kind, need="to be among people"))
    line = UUID(str(done(desk, lambda s: actions.add_plan_item(s, participant=people[1], kind="volunteering", need="a start"))))
    done(desk, lambda s: actions.finish(s, line))
    page.views.go("plans")
    view = page.plans
    qtbot.waitUntil(lambda: view.table.count() == 2)
    assert view.total.text() == "2 shown. In all 3 needs, 1 taken up."
    assert [view.totals.text(0, column) for column in range(4)] == ["volunteering", "2", "1", "0"]
    view.state.set_value("all")
    view.kind.set_value("volunteering")
    view.reload()
    qtbot.waitUntil(lambda: view.table.count() == 2 and view.total.text().startswith("2 shown") and not desk.work.busy())
    with qtbot.waitSignal(page.open_requested) as asked:
        view.table.row_chosen.emit(view.table.model.row(0))
    assert asked.args[0] == "activity.plan"


def test_what_happened_in_a_job_since_opens_at_the_person(qtbot: QtBot, desk: Desk, page: ActivityPage, people: list[UUID]) -> None:
    done(desk, lambda s: actions.record_job(s, participant=people[2], started_on=desk.today(), employer="Aldi", title="picker",
                                            hours_a_week=16))
    page.views.go("jobs")
    view = page.jobs
    qtbot.waitUntil(lambda: view.table.count() == 1)
    view.table.setFocus()
    view.table.go_to(0)
    with qtbot.waitSignal(page.open_requested) as asked:
        qtbot.keyClick(view.table.view, Qt.Key.Key_W)
    assert asked.args == ["activity.progress", people[2]]
