"""A person's action plan and progress, by keys over a real store: need and take-up, jobs as they stand, the distance travelled."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from coachdesk.activity import actions, queries
from coachdesk.claim import actions as claims
from coachdesk.participant import queries as participants
from coachdesk.participant.record import Participant
from coachdesk.programme.record import Scale
from coachdesk.ui.participant import plan_deeds, progress_deeds
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import Theme
from tests.rooms.conftest import TODAY
from tests.ui.accessibility import assert_whole_words, unnamed
from tests.ui.participants import Key, Mod, Tried, act, page_on_its_stage, three_people  # noqa: F401
from tests.whole.keys import letters_of


def on_view(tried: Tried, person: UUID, view: str) -> None:
    tried.page.show_person(person)
    tried.shows_person()
    tried.page.person_views.go(view)
    tried.settle()


def add(tried: Tried, person: UUID, kind: str = "volunteering", **more: object) -> UUID:
    made: UUID = act(tried.desk, lambda s: actions.add_plan_item(s, participant=person, kind=kind, need="to be among people", **more))
    return made


def test_a_need_is_written_down_and_taken_up_by_keys(tried: Tried, people: dict[str, UUID]) -> None:
    on_view(tried, people["late"], "plan")
    view = tried.page.plan
    view.add_need()
    assert view.deed is not None
    view.deed.boxes["kind"].set_value("volunteering")
    view.deed.boxes["need"].set_value("something to get out for")
    view.deed.boxes["review_on"].set_value(TODAY + timedelta(28))
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.qtbot.waitUntil(lambda: view.deed is None and view.table.count() == 1)
    assert view.total.text() == "1 need, 0 taken up, 1 open."
    view.table.setFocus()
    view.table.go_to(0)
    tried.press(Key.Key_X)
    tried.write("no bus on Sundays")
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.qtbot.waitUntil(lambda: view.deed is None)
    tried.settle()
    (row,) = tried.see(lambda s: queries.plan_items(s, participant=people["late"]))
    assert row.take_up == "not taken up: no bus on Sundays"
    tried.press(Key.Key_O)
    tried.press(Key.Key_D)
    (row,) = tried.see(lambda s: queries.plan_items(s, participant=people["late"]))
    assert row.take_up == "done on 12 May 2020"


def test_volunteering_begins_from_its_need_and_the_need_is_taken_up(tried: Tried, people: dict[str, UUID]) -> None:
    line = add(tried, people["late"])
    on_view(tried, people["late"], "plan")
    view = tried.page.plan
    tried.qtbot.waitUntil(lambda: view.table.count() == 1)
    view.begin(plan_deeds.add_volunteering(view._open()))
    assert view.deed is not None
    view.deed.boxes["role"].set_value("sorts donations")
    view.deed.boxes["plan"].set_value(line)
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.qtbot.waitUntil(lambda: view.deed is None and view.courses.count() == 1)
    assert tried.see(queries.plan_items)[0].take_up == "taken up on 12 May 2020"


def test_a_line_that_is_due_opens_the_plan_of_its_person_and_stands_there(tried: Tried, people: dict[str, UUID]) -> None:
    add(tried, people["soon"], "travel")
    line = add(tried, people["soon"], review_on=TODAY)
    tried.page.open("activity.plan", line)
    tried.qtbot.waitUntil(lambda: tried.page.stack.currentWidget() is tried.page.plan and tried.page.plan.table.count() == 2)
    tried.settle()
    assert tried.page.plan.table.current().id == line
    tried.page.plan.print_plan()
    tried.qtbot.waitUntil(lambda: tried.page.printing.preview is not None)
    tried.settle()


def test_the_progress_says_why_the_start_is_that_day_and_takes_what_happens_in_a_job(tried: Tried, people: dict[str, UUID]) -> None:
    late = people["late"]
    for minutes in (5, 45):
        act(tried.desk, lambda s, m=minutes: actions.log_intervention(s, participant=late, minutes=m, mode="phone", kind="interview"))
    job = act(tried.desk, lambda s: actions.record_job(s, participant=late, started_on=TODAY, employer="Foods", title="picker",
                                                       hours_a_week=16))
    on_view(tried, late, "progress")
    view = tried.page.progress
    tried.qtbot.waitUntil(lambda: view.counted.count() == 2 and view.jobs.count() == 1)
    assert view.start.text().startswith("Start: 12 May 2020, the first meaningful help: interview, 45 min, phone.")
    assert "did not count: a short contact of 5 minutes" in view.before.text()
    assert view.shown is not None
    view.begin(progress_deeds.change_in_job(view.shown.jobs[0]))
    assert view.deed is not None
    view.deed.boxes["hours_a_week"].set_value(24)
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.qtbot.waitUntil(lambda: view.deed is None)
    tried.settle()
    tried.qtbot.waitUntil(lambda: view.jobs.text(0, 2) == "24")
    assert tried.see(lambda s: queries.job_changes(s, job=job))[0].hours_a_week == 24


def test_what_a_sent_claim_rests_on_is_marked_and_asks_for_a_reason(tried: Tried, people: dict[str, UUID]) -> None:
    late, begun = people["late"], date(2020, 3, 2)
    act(tried.desk, lambda s: setattr(s.get(Participant, late), "registered_on", date(2020, 2, 3)))
    job = act(tried.desk, lambda s: actions.record_job(s, participant=late, started_on=begun, employer="Foods", title="picker",
                                                       hours_a_week=16))
    act(tried.desk, lambda s: actions.begin_break(s, job=job, from_day=date(2020, 3, 9), to_day=date(2020, 3, 10)))
    lot = tried.see(lambda s: participants.participant(s, late)).person.lot_id
    claim = act(tried.desk, lambda s: claims.draft(s, lot=lot, month="2020-03"))
    tried.desk.store.act(tried.desk.owner, "send", lambda s: claims.send(s, claim), lasting=True)
    on_view(tried, late, "progress")
    view = tried.page.progress
    tried.qtbot.waitUntil(lambda: view.jobs.count() == 1 and view.events.count() == 1)
    assert "Claims up to March 2020 went out: a change before then needs a reason." in view.since_start.text()
    assert view.events.text(0, 2) == "sent"
    view.begin(progress_deeds.end_job(view.jobs.current()))
    assert view.deed is not None
    why = view.deed.form.row_of(view.deed.boxes["changed_why"])
    assert why.isHidden(), "May has not been claimed"
    view.deed.boxes["ended_on"].set_value(date(2020, 3, 20))
    assert not why.isHidden()
    view.deed.boxes["end_reason"].set_value("other")
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.settle()
    assert view.deed is not None and tried.see(queries.jobs)[0].ended_on is None, "it has to say why"
    view.deed.boxes["changed_why"].set_value("the employer’s letter came late")
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.qtbot.waitUntil(lambda: view.deed is None)
    assert (tried.see(queries.jobs)[0].ended_on, tried.see(queries.jobs)[0].changed_why) == (
        date(2020, 3, 20), "the employer’s letter came late")
    tried.settle()
    view.events.setFocus()
    tried.press(Key.Key_K)
    assert view.deed is not None and unnamed(view.deed) == []
    view.deed.boxes["to_day"].set_value(date(2020, 3, 11))
    view.deed.boxes["changed_why"].set_value("one day more")
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.qtbot.waitUntil(lambda: view.deed is None)
    (away,) = tried.see(queries.job_breaks)
    assert (away.to_day, away.changed_why) == (date(2020, 3, 11), "one day more")
    tried.settle()
    tried.press(Key.Key_K)
    remove = next(button for button in view.deed.findChildren(Button) if button.text() == "Remove")
    remove.click()
    assert "Say why it is removed" in "".join(label.text() for label in view.deed.findChildren(PlainLabel))
    view.deed.boxes["changed_why"].set_value("typed for somebody else")
    remove.click()
    tried.qtbot.waitUntil(lambda: view.deed is None)
    assert tried.see(queries.job_breaks) == []


def test_a_reading_is_taken_and_the_second_stands_beside_the_first(tried: Tried, people: dict[str, UUID]) -> None:
    late = people["late"]
    on_view(tried, late, "progress")
    view = tried.page.progress
    tried.qtbot.waitUntil(lambda: view.travelled.count() == 4)
    for on, happy in ((date(2020, 5, 12), 3),):
        view.take_reading()
        assert view.deed is not None
        view.deed.boxes["happy"].set_value(happy)
        view.deed.boxes["read_on"].set_value(on)
        tried.press(Key.Key_Return, Mod.ControlModifier)
        tried.qtbot.waitUntil(lambda: view.deed is None)
        tried.settle()
    assert "first on 12 May 2020; the second is due on 11 August 2020" in view.readings.text()
    assert view.travelled.text(2, 1) == "3"


def test_a_contract_without_a_scale_is_offered_the_one_that_comes_with_the_desk(tried: Tried, people: dict[str, UUID]) -> None:
    act(tried.desk, lambda s: [s.delete(each) for each in s.query(Scale)])
    on_view(tried, people["late"], "progress")
    view = tried.page.progress
    tried.qtbot.waitUntil(lambda: view.readings.text() == "This contract asks by no scale yet.")
    view.reading_button.click()
    tried.qtbot.waitUntil(lambda: view.travelled.count() == 4)
    assert [row.code for row in tried.see(queries.scales)] == ["ons4"]


def test_plan_and_progress_have_names_whole_words_and_letters_of_their_own(tried: Tried, people: dict[str, UUID], theme: Theme) -> None:
    late = people["late"]
    add(tried, late, review_on=TODAY)
    act(tried.desk, lambda s: actions.record_job(s, participant=late, started_on=TODAY, employer="Foods", title="picker", hours_a_week=16))
    on_view(tried, late, "plan")
    for scale in (100, 200):
        theme.scale = scale
        theme.apply()
        for view in ("plan", "progress"):
            tried.page.person_views.go(view)
            tried.settle()
            assert unnamed(tried.page) == []
            assert_whole_words(tried.page)
            assert {letter: said for letter, said in letters_of(tried.page.window()).items() if len(said) > 1} == {}, view


def test_the_progress_of_a_person_opens_by_name(tried: Tried, people: dict[str, UUID]) -> None:
    tried.page.open("activity.progress", people["soon"])
    tried.qtbot.waitUntil(lambda: tried.page.stack.currentWidget() is tried.page.progress and tried.page.person.known is not None)
    tried.settle()
    assert tried.page.progress.start.text() == "No start yet: no help has been written down."
