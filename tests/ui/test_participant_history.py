"""A person's history, what is kept apart, the board and likely duplicates, by keys over a real store."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from coachdesk.activity import queries as activity
from coachdesk.casework import queries as casework
from coachdesk.participant import actions, queries
from coachdesk.ui.participant import history_deeds
from coachdesk.ui.parts import privacy
from coachdesk.ui.parts.theme import Theme
from tests.rooms.conftest import SHARD_END, TODAY
from tests.ui.accessibility import assert_whole_words, unnamed
from tests.ui.participants import Key, Mod, Tried, act, empty_registration, enrol, page_on_its_stage, three_people  # noqa: F401


def on_history(tried: Tried, person: UUID) -> None:
    tried.page.show_person(person)
    tried.shows_person()
    tried.page.person_views.go("history")
    tried.settle()


def test_somebody_is_paused_and_comes_back_by_keys(tried: Tried, people: dict[str, UUID]) -> None:
    on_history(tried, people["late"])
    tried.press(Key.Key_P, Mod.ControlModifier | Mod.ShiftModifier)
    tried.write("in hospital")
    tried.press(Key.Key_Tab)
    tried.press(Key.Key_Tab)
    tried.write("+14")
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.qtbot.waitUntil(lambda: tried.see(lambda s: queries.paused(s, people["late"])) is not None)
    tried.settle()
    assert "paused since 12 May 2020, expected back on 26 May 2020" in tried.page.subtitle.text()
    assert tried.page.history.state.text() == "Paused"
    tried.press(Key.Key_P, Mod.ControlModifier | Mod.ShiftModifier)
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.qtbot.waitUntil(lambda: tried.see(lambda s: queries.paused(s, people["late"])) is None)


def test_a_benefit_is_noted_and_corrected_by_enter_on_its_line(tried: Tried, people: dict[str, UUID]) -> None:
    on_history(tried, people["late"])
    view = tried.page.history
    view.begin(history_deeds.add_benefit)
    assert view.deed is not None
    view.deed.boxes["benefit"].set_value("Universal Credit")
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.qtbot.waitUntil(lambda: view.deed is None)
    tried.settle()
    tried.qtbot.waitUntil(lambda: view.table.count() == 3)
    at = next(at for at in range(3) if view.table.text(at, 2) == "Benefit")
    view.table.go_to(at)
    tried.press(Key.Key_Return)
    tried.qtbot.waitUntil(lambda: view.deed is not None)
    view.deed.boxes["from_day"].set_value(date(2020, 5, 4))
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.qtbot.waitUntil(lambda: view.deed is None)
    (row,) = tried.see(lambda s: queries.benefits(s, participant=people["late"]))
    assert (row.benefit, row.from_day) == ("Universal Credit", date(2020, 5, 4))


def test_a_laptop_is_lent_and_given_back_from_its_line(tried: Tried, people: dict[str, UUID]) -> None:
    on_history(tried, people["late"])
    view = tried.page.history
    view.begin(history_deeds.lend)
    view.deed.boxes["what"].set_value("laptop")
    view.deed.boxes["tag"].setText("CC-07")
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.qtbot.waitUntil(lambda: view.deed is None)
    tried.settle()
    view.table.go_to(next(at for at in range(view.table.count()) if view.table.text(at, 2) == "Lent"))
    tried.press(Key.Key_Return)
    tried.qtbot.waitUntil(lambda: view.deed is not None)
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.qtbot.waitUntil(lambda: view.deed is None)
    (row,) = tried.see(lambda s: activity.loans(s, participant=people["late"]))
    assert row.returned_on == TODAY


def test_what_is_kept_apart_opens_with_a_reason_and_hides_when_the_person_is_left(tried: Tried, people: dict[str, UUID]) -> None:
    act(tried.desk, lambda s: actions.record_sensitive(s, people["late"], category="health", detail="epilepsy", basis="explicit consent"))
    tried.page.show_person(people["late"])
    tried.shows_person()
    tried.page.person_views.go("apart")
    tried.settle()
    view = tried.page.apart
    assert view.opened.isHidden()
    view.open_sensitive.click()
    tried.write("placement")
    tried.press(Key.Key_Return)
    tried.qtbot.waitUntil(lambda: not view.opened.isHidden())
    tried.settle()
    assert view.looks.count() == 1
    tried.press(Key.Key_Escape)
    assert view.opened.isHidden()
    assert [row.why for row in tried.see(queries.looks)] == ["placement"]


def test_a_likely_pair_is_compared_and_joined_by_keys_and_parted_again(tried: Tried, people: dict[str, UUID]) -> None:
    enrol(tried.desk, "Zoe Kowalski", born_on=date(1984, 5, 6), postcode=SHARD_END, is_known_duplicate=True)
    view = tried.page.duplicates
    tried.page.list_views.go("duplicates")
    tried.qtbot.waitUntil(lambda: view.pairs.count() == 1)
    view.first_focus()
    tried.press(Key.Key_Return)
    tried.qtbot.waitUntil(lambda: view.form is not None)
    assert set(view.form.choices) == {"name", "born_on"}
    lines = view.form.lines
    said = {lines.text(at, 0): [lines.text(at, column) for column in (1, 2, 3)] for at in range(lines.count())}
    assert said["Born"] == ["5 June 1984", "6 May 1984", "differs: choose below"]
    assert said["Postcode"][:2] == [SHARD_END, SHARD_END]
    view.form.choices["born_on"].set_value("born_on")
    view.form.reason.setText("she said so")
    tried.press(Key.Key_Return, Mod.ControlModifier)
    tried.qtbot.waitUntil(lambda: view.pairs.count() == 0 and view.joined.count() == 1)
    row = tried.see(lambda s: queries.participant(s, people["late"])).person
    assert (row.name, row.born_on) == ("Zoë Kowalska", date(1984, 5, 6))
    assert len(tried.see(casework.caseload)) == 3
    view.part()
    tried.qtbot.waitUntil(lambda: view.pairs.count() == 1 and view.joined.count() == 0)


def test_looking_for_pairs_can_be_stopped_and_begun_anew_and_hides_names_in_a_public_place(tried: Tried, people: dict[str, UUID]) -> None:
    enrol(tried.desk, "Zoe Kowalski", born_on=date(1984, 5, 6), postcode=SHARD_END, is_known_duplicate=True)
    view = tried.page.duplicates
    tried.page.list_views.go("duplicates")
    view.strip.cancel()
    tried.settle()
    assert view.pairs.count() == 0
    assert "stopped" in tried.page.subtitle.text()
    view.again_button.click()
    tried.qtbot.waitUntil(lambda: view.pairs.count() == 1)
    assert not view.strip.isVisible()
    assert "Zoe" not in view.pairs.text(0, 5)
    assert view.why.text().endswith(".")
    enrol(tried.desk, "Robert Whitehouse", born_on=date(1984, 3, 5), postcode=SHARD_END, is_known_duplicate=True)
    enrol(tried.desk, "Bob Whitehouse", born_on=date(1984, 3, 5), postcode=SHARD_END, is_known_duplicate=True)
    view.again_button.click()
    tried.qtbot.waitUntil(lambda: view.pairs.count() == 2)
    shown = [view.pairs.text(at, 5) for at in range(2)]
    assert any("Bob may be Robert" in why for why in shown)
    privacy.set_in_public(True)
    try:
        tried.page.set_public_place(True)
        assert not any("Bob" in view.pairs.text(at, 5) for at in range(2))
    finally:
        privacy.set_in_public(False)


def test_everybody_stands_in_one_list_of_the_board_and_the_arrows_go_about(tried: Tried, people: dict[str, UUID]) -> None:
    act(tried.desk, lambda s: actions.pause(s, people["far"], reason="caring"))
    view = tried.page.board
    tried.page.list_views.go("board")
    tried.qtbot.waitUntil(lambda: [table.count() for table in view.lists] == [2, 0, 0, 0, 1])
    view.first_focus()
    tried.press(Key.Key_Left)
    assert view.lists[4].view.hasFocus()
    tried.press(Key.Key_Return)
    tried.shows_person()
    assert tried.page.person.id == people["far"]


def test_who_was_long_not_met_stands_first_on_the_no_contact_list(tried: Tried, people: dict[str, UUID]) -> None:
    old = enrol(tried.desk, "Bilal Khan", registered_on=date(2020, 2, 3))
    view = tried.page.caseload
    tried.page.reload()
    tried.settle()
    view.show_only.set_value("no contact for 28 days")
    tried.settle()
    assert view.table.count() == 1
    assert view.table.current().id == old
    assert view.table.current().silent_days == 99


def test_every_control_of_the_new_views_has_a_name_and_no_words_are_cut_off(tried: Tried, people: dict[str, UUID], theme: Theme) -> None:
    tried.page.window().resize(1280, 900)
    for key in ("board", "duplicates", "caseload"):
        tried.page.list_views.go(key)
        tried.settle()
        assert unnamed(tried.page) == []
    on_history(tried, people["late"])
    for make in (history_deeds.change_needs, history_deeds.complete_baseline, history_deeds.assign):
        tried.page.history.begin(make)
        tried.settle()
        assert unnamed(tried.page) == []
        assert_whole_words(tried.page.history)
        tried.page.history.end_deed()
    tried.page.person_views.go("apart")
    tried.settle()
    assert unnamed(tried.page) == []
    assert_whole_words(tried.page.apart)
