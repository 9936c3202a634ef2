"""The views of the network over a real store, by keys: vacancies with their candidates, from the short list to the job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.activity import actions as activity
from coachdesk.activity import queries as activity_queries
from coachdesk.participant import actions as people
from coachdesk.partner import actions, queries
from coachdesk.programme import queries as programme
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.partner.page import PartnerPage
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from tests.rooms.conftest import SHARD_END, TODAY
from tests.ui.accessibility import assert_whole_words, unnamed

Enter, Escape = Qt.Key.Key_Return, Qt.Key.Key_Escape
Control = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def lots(desk: Desk) -> dict[str, UUID]:
    with desk.store.read() as session:
        return {name: id for id, name in programme.lot_names(session).items()}


@pytest.fixture
def employer(desk: Desk) -> UUID:
    return do(desk, lambda s: actions.add_partner(s, name="Kingsbury Parcels", kind="employer", lots=["Shard End"]))


@pytest.fixture
def job(desk: Desk, employer: UUID) -> UUID:
    return do(desk, lambda s: actions.add_vacancy(s, partner=employer, title="Warehouse operative", hours_a_week=30, pay_pence_an_hour=930,
                                                  postcode=SHARD_END, lots=["Shard End"], closes_on=TODAY + timedelta(days=9)))


@pytest.fixture
def person(desk: Desk, lots: dict[str, UUID]) -> UUID:
    return do(desk, lambda s: people.register(s, name="Ann Near", lot=lots["Shard End"], postcode=SHARD_END))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, stage: Callable[[Any], MessageBar]) -> PartnerPage:
    made = PartnerPage(desk)
    stage(made)
    made.window().activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def do(desk: Desk, action: Callable[[Any], UUID]) -> UUID:
    return UUID(str(desk.store.act(desk.owner, "test", action).result))


def rest(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.work.busy())


def look(qtbot: QtBot, desk: Desk, page: PartnerPage, key: str) -> Any:
    page.show_tab(key)
    page.reload()
    rest(qtbot, desk)
    return page._made[key]


def seen(desk: Desk, query: Callable[[Any], Any]) -> Any:
    with desk.store.read() as session:
        return query(session)


def bar_text(page: PartnerPage) -> str:
    bar = page.bar()
    return bar.text() if bar is not None else ""


# --- vacancies --------------------------------------------------------------------------------------------------------


def test_a_vacancy_is_added_by_keys_for_an_employer(qtbot: QtBot, desk: Desk, page: PartnerPage, employer: UUID) -> None:
    view = look(qtbot, desk, page, "vacancies")
    qtbot.keyClick(page, Qt.Key.Key_N, Control)
    form = view.vacancy
    qtbot.waitUntil(form.employer.hasFocus)
    form.employer.set_value(employer)
    rest(qtbot, desk)
    qtbot.keyClicks(form.title, "Delivery sorter")
    form.times.set_value(["evenings"])
    qtbot.keyClick(form.title, Enter)
    qtbot.waitUntil(lambda: view.jobs.count() == 1)
    rest(qtbot, desk)
    (row,) = seen(desk, queries.vacancies)
    assert (row.title, row.times, row.places) == ("Delivery sorter", ("evenings",), 1)
    assert view.jobs.current().title == "Delivery sorter"


def test_from_the_short_list_to_the_job_with_consent_in_between(
    qtbot: QtBot, desk: Desk, page: PartnerPage, job: UUID, person: UUID
) -> None:
    view = look(qtbot, desk, page, "vacancies")
    view.detail.find_button.click()
    short = view.short_list
    qtbot.waitUntil(lambda: short.table.count() == 1)
    rest(qtbot, desk)
    assert (short.table.text(0, 0), short.table.text(0, 3)) == ("Ann Near", "not asked yet")
    assert short.table.text(0, 1) == "less than 1 km from home"
    qtbot.keyClick(short.table.view, Enter)
    qtbot.waitUntil(lambda: short.table.count() == 0)
    rest(qtbot, desk)
    qtbot.keyClick(short.table.view, Escape)
    qtbot.waitUntil(lambda: view.detail.table.count() == 1)
    rest(qtbot, desk)
    for stage in ("told", "applied"):
        step(qtbot, desk, view, stage)
    view._step(view.detail.table.current())
    view.step.stage.set_value("interview")
    view.step.name.set_value(True)
    view.step.save()
    qtbot.waitUntil(lambda: "may not go to Kingsbury Parcels" in bar_text(page))
    rest(qtbot, desk)
    do(desk, lambda s: people.record_consent(s, person, matter="contact with an employer", answer="given"))
    view.step.save()
    rest(qtbot, desk)
    step(qtbot, desk, view, "hired")
    form = view.hired
    qtbot.waitUntil(form.isVisible)
    assert (form.title.value(), form.employer.value(), form.hours.value(), form.pay.value()) == (
        "Warehouse operative", "Kingsbury Parcels", 30, 930)
    form.day.set_value(TODAY)
    form.save()
    qtbot.waitUntil(lambda: "was recorded" in bar_text(page))
    rest(qtbot, desk)
    (candidate,) = seen(desk, activity_queries.candidates)
    (started,) = seen(desk, activity_queries.jobs)
    assert candidate.job_id == started.id and candidate.is_name_sent
    assert view.detail.steps.text() == ("found 12 May 2020 · told 12 May 2020 · applied 12 May 2020 · "
                                        "interview 12 May 2020 (we gave their name) · hired 12 May 2020")
    assert [view.jobs.text(0, at) for at in range(4, 9)] == ["1", "1", "1", "1", "1"]


def step(qtbot: QtBot, desk: Desk, view: Any, stage: str) -> None:
    view.detail.table.go_to(0)
    view._step(view.detail.table.current())
    view.step.stage.set_value(stage)
    view.step.save()
    rest(qtbot, desk)
    if stage != "hired":
        qtbot.waitUntil(lambda: view.detail.table.count() and view.detail.table.text(0, 2) == stage)
        rest(qtbot, desk)


def test_only_steps_that_can_follow_are_offered_and_a_reason_is_asked_where_it_is_needed(
    qtbot: QtBot, desk: Desk, page: PartnerPage, job: UUID, person: UUID
) -> None:
    do(desk, lambda s: activity.find_candidate(s, participant=person, vacancy=job))
    view = look(qtbot, desk, page, "vacancies")
    qtbot.waitUntil(lambda: view.detail.table.count() == 1)
    rest(qtbot, desk)
    view._step(view.detail.table.current())
    assert [view.step.stage.itemText(at) for at in range(view.step.stage.count())] == ["told", "withdrew"]
    assert not view.step.name.isVisible()
    page.show_tab("vacancies")
    step(qtbot, desk, view, "told")
    view._step(view.detail.table.current())
    view.step.stage.set_value("not hired")
    view.step.save()
    assert "Reason is needed" in view.step.reason.accessibleDescription()


def test_every_number_of_a_funnel_has_its_people_and_employers_add_up(
    qtbot: QtBot, desk: Desk, page: PartnerPage, job: UUID, person: UUID, lots: dict[str, UUID]
) -> None:
    other = do(desk, lambda s: people.register(s, name="Bea Near", lot=lots["Shard End"], postcode=SHARD_END))
    made = do(desk, lambda s: activity.find_candidate(s, participant=person, vacancy=job))
    do(desk, lambda s: activity.find_candidate(s, participant=other, vacancy=job))
    desk.store.act(desk.owner, "test", lambda s: activity.move_candidate(s, made, stage="told"))
    view = look(qtbot, desk, page, "vacancies")
    view.detail.which.set_value("told")
    rest(qtbot, desk)
    assert [view.detail.table.text(at, 0) for at in range(view.detail.table.count())] == ["Ann Near"]
    view.shown.set_value("employers")
    rest(qtbot, desk)
    assert [view.employers.text(0, at) for at in (0, 1, 3, 4)] == ["Kingsbury Parcels", "1 vacancy", "2", "1"]
    assert view.detail.table.count() == 2
    assert not view.detail.change_button.isVisible()


def test_training_prepares_for_a_vacancy_and_has_its_own_way(
    qtbot: QtBot, desk: Desk, page: PartnerPage, job: UUID, person: UUID, employer: UUID
) -> None:
    view = look(qtbot, desk, page, "vacancies")
    view.detail.training_button.click()
    view.training.provider.set_value(employer)
    rest(qtbot, desk)
    view.training.title.set_value("Warehouse skills")
    view.training.places.set_value(8)
    view.training.save()
    qtbot.waitUntil(lambda: view.courses.isVisible() and view.courses.count() == 1)
    rest(qtbot, desk)
    assert seen(desk, queries.trainings)[0].vacancy == "Warehouse operative"
    assert page.new_button.text().replace("&", "") == "Add a training…"
    view.detail.put_button.click()
    view.put_down.person.set_value(person)
    rest(qtbot, desk)
    view.put_down.save()
    qtbot.waitUntil(lambda: view.detail.table.count() == 1)
    rest(qtbot, desk)
    for stage in ("told", "booked"):
        step(qtbot, desk, view, stage)
    assert [view.courses.text(0, at) for at in range(4, 9)] == ["1", "1", "1", "0", "0"]


def test_a_vacancy_is_closed_with_its_reason_and_opened_again(qtbot: QtBot, desk: Desk, page: PartnerPage, job: UUID) -> None:
    view = look(qtbot, desk, page, "vacancies")
    view.detail.close_button.click()
    qtbot.keyClicks(view.why.why, "filled")
    qtbot.keyClick(view.why.why, Enter)
    qtbot.waitUntil(lambda: view.jobs.count() == 0)
    rest(qtbot, desk)
    view.shown.set_value("all")
    rest(qtbot, desk)
    assert view.jobs.text(0, 2) == "closed: filled"
    view.detail.close_button.click()
    qtbot.waitUntil(lambda: seen(desk, queries.vacancies)[0].state == "open")
    rest(qtbot, desk)


def test_names_of_candidates_are_hidden_in_a_public_place(qtbot: QtBot, desk: Desk, page: PartnerPage, job: UUID, person: UUID) -> None:
    view = look(qtbot, desk, page, "vacancies")
    view._find()
    qtbot.waitUntil(lambda: view.short_list.table.count() == 1)
    rest(qtbot, desk)
    set_in_public(True)
    page.set_public_place(True)
    assert "Ann" not in view.short_list.table.text(0, 0)
    assert not any("Ann" in label.text() for label in view.short_list.facts.findChildren(type(page.title)) if label.isVisible())


@pytest.mark.parametrize("scale", [100, 200])
def test_every_control_of_the_network_has_a_name_and_no_words_are_cut_off(
    qtbot: QtBot, desk: Desk, page: PartnerPage, job: UUID, person: UUID, theme: Theme, scale: int
) -> None:
    do(desk, lambda s: activity.find_candidate(s, participant=person, vacancy=job))
    theme.set_scale(scale)
    made = {key: look(qtbot, desk, page, key) for key in ("capability", "council", "vacancies")}
    vacancies = made["vacancies"]
    for key, show in (
        ("capability", lambda: None), ("capability", made["capability"].new), ("council", lambda: None), ("council", made["council"].new),
        ("vacancies", lambda: None), ("vacancies", vacancies.new), ("vacancies", lambda: vacancies._new_training(None)),
        ("vacancies", vacancies._find), ("vacancies", vacancies._put), ("vacancies", vacancies._close),
        ("vacancies", lambda: vacancies._step(vacancies.detail.table.current())),
        ("vacancies", lambda: vacancies._job(vacancies.detail.table.current())),
    ):
        page.show_tab(key)
        rest(qtbot, desk)
        show()
        rest(qtbot, desk)
        QApplication.processEvents()
        assert unnamed(page) == []
        if scale == 100:
            assert_whole_words(page)


def test_a_candidate_is_opened_from_a_timeline_and_the_person_from_there(
    qtbot: QtBot, desk: Desk, page: PartnerPage, job: UUID, person: UUID
) -> None:
    made = do(desk, lambda s: activity.find_candidate(s, participant=person, vacancy=job))
    page.open("activity.candidate", made)
    view = page._made["vacancies"]
    qtbot.waitUntil(lambda: view.detail.table.current() is not None and view.detail.table.current().id == made)
    rest(qtbot, desk)
    with qtbot.waitSignal(page.open_requested) as asked:
        view.detail.person_button.click()
    assert asked.args == ["participant", person]
