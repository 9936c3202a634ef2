"""The upkeep clock in a real store: what sets it back, what does not, and who hears of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework import handover
from coachdesk.casework import queries as casework
from coachdesk.casework.standing import standing
from coachdesk.errors import Refusal
from coachdesk.outreach import actions as outreach
from coachdesk.participant import actions as participant
from coachdesk.partner import actions, queries
from coachdesk.partner.record import Partner
from coachdesk.referral import actions as referral
from coachdesk.referral import queries as derived
from coachdesk.store.undo import undo_last
from tests.rooms.conftest import SHARD_END, TODAY, RoomDesk
from tests.rooms.people import enrol

DAY = timedelta(days=1)
LONG_AGO = date(2020, 2, 3)


@pytest.fixture
def bank(desk: RoomDesk) -> UUID:
    """A food bank that Carl tends, every thirty days, known since long."""
    def add(session: Any) -> UUID:
        made = actions.add_partner(session, name="Food bank", kind="food bank", lots=["Shard End"])
        actions.set_upkeep(session, made, cadence_days=30, tended_by=desk.coach)
        actions.log_touch(session, partner=made, on_day=LONG_AGO, how="letter")
        return made

    return desk.act(add)


@pytest.fixture
def hall(desk: RoomDesk, bank: UUID) -> UUID:
    return desk.act(lambda s: actions.add_venue(s, name="The Hall", partner=bank, lot=desk.shard_end, postcode=SHARD_END))


def row_of(desk: RoomDesk, bank: UUID) -> derived.UpkeepRow:
    (row,) = desk.see(lambda s: derived.upkeep(s, partner=bank))
    (same,) = (each for each in desk.see(derived.upkeep) if each.id == bank)
    assert row == same, "read for one or for all"
    return row


def add_ann(desk: RoomDesk, bank: UUID, **key: Any) -> UUID:
    def add(session: Any) -> UUID:
        made = actions.add_contact(session, partner=bank, name="Ann Lee", role="manager")
        actions.set_key(session, made, is_key=True, **key)
        return made

    return desk.act(add)


def test_an_old_letter_leaves_it_overdue_and_a_touch_sets_it_back(desk: RoomDesk, bank: UUID) -> None:
    before = row_of(desk, bank)
    assert (before.cadence_days, before.is_usual, before.tended_by) == (30, False, "Carl Coach")
    desk.act(lambda s: actions.log_touch(s, partner=bank, on_day=TODAY - 2 * DAY, how="call", remark="Tuesdays again from June"))
    after = row_of(desk, bank)
    assert (after.last_on, after.last, after.days, after.is_overdue) == (TODAY - 2 * DAY, "call, 10 May 2020", 2, False)
    assert (after.state, after.ratio) == ("due in 28 days", 0.07)


def test_the_clock_of_a_new_organisation_begins_when_it_was_added(desk: RoomDesk) -> None:
    made = desk.act(lambda s: actions.add_partner(s, name="Library", kind="library", lots=["Shard End"]))
    row = row_of(desk, made)
    assert (row.last, row.state, row.tended_by, row.is_usual) == ("no contact since 12 May 2020", "due in 42 days", "Olive Owner", True)


def test_a_touch_that_is_taken_back_sets_nothing_back(desk: RoomDesk, hall: UUID, bank: UUID) -> None:
    before = row_of(desk, bank)
    made = desk.act(lambda s: actions.log_touch(s, partner=bank, how="visit"))
    assert row_of(desk, bank).days == 0
    undo_last(desk.store, desk.owner)
    assert row_of(desk, bank) == before
    made = desk.act(lambda s: actions.log_touch(s, partner=bank, how="visit"))
    desk.act(lambda s: actions.remove_touch(s, made))
    assert row_of(desk, bank) == before


def test_a_session_counts_when_it_was_held_with_them_or_at_their_place(desk: RoomDesk, bank: UUID, hall: UUID) -> None:
    met = desk.act(lambda s: outreach.open_session(s, venue=hall, kind="job club", held_on=TODAY - DAY))
    assert row_of(desk, bank).last == "session at The Hall, 11 May 2020"
    desk.act(lambda s: outreach.set_hosts(s, met, hosts=["Food bank"]))
    assert row_of(desk, bank).last == "joint session, The Hall, 11 May 2020"


def test_a_further_host_counts_as_the_first_one_does(desk: RoomDesk, bank: UUID, hall: UUID) -> None:
    other = desk.act(lambda s: actions.add_partner(s, name="Advice desk", kind="debt or advice service", lots=["Shard End"]))
    desk.act(lambda s: outreach.open_session(s, venue=hall, kind="job club", held_on=TODAY - DAY, hosts=["Food bank", "Advice desk"]))
    assert row_of(desk, other).last == "joint session, The Hall, 11 May 2020"
    assert row_of(desk, bank).days == 1


def test_a_session_that_is_only_planned_or_was_cancelled_is_no_contact(desk: RoomDesk, bank: UUID, hall: UUID) -> None:
    before = row_of(desk, bank)
    planned = desk.act(lambda s: outreach.open_session(s, venue=hall, kind="job club", held_on=TODAY + DAY, hosts=["Food bank"]))
    assert row_of(desk, bank) == before
    desk.act(lambda s: outreach.cancel_session(s, planned, why="no room"))
    assert row_of(desk, bank) == before


@pytest.fixture
def person(desk: RoomDesk) -> UUID:
    made: UUID = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(lambda s: participant.record_consent(s, made, answer="given"))
    return made


def test_a_referral_counts_when_it_goes_when_it_comes_and_when_it_is_answered(desk: RoomDesk, bank: UUID, person: UUID) -> None:
    before = row_of(desk, bank)
    made = desk.act(lambda s: referral.draft_referral(s, participant=person, partner=bank, need="food"))
    assert row_of(desk, bank) == before, "a draft is ours alone"
    desk.act(lambda s: referral.send(s, made, on=TODAY))
    assert row_of(desk, bank).last == "referral sent, 12 May 2020"


def test_an_answer_to_a_referral_sets_the_clock_back_and_our_withdrawal_does_not(desk: RoomDesk, bank: UUID, person: UUID) -> None:
    made = desk.act(lambda s: referral.send_referral(s, participant=person, partner=bank, need="food", made_on=TODAY - 9 * DAY))
    desk.act(lambda s: referral.accept(s, made, on=TODAY - 4 * DAY, told_by="telephone"))
    assert row_of(desk, bank).last == "their answer to a referral: accepted, 8 May 2020"
    desk.act(lambda s: referral.withdraw(s, made, reason="moved away", on=TODAY))
    assert row_of(desk, bank).last_on == TODAY - 4 * DAY


def test_somebody_sent_to_us_is_a_real_contact(desk: RoomDesk, bank: UUID) -> None:
    desk.act(lambda s: referral.receive_referral(s, partner=bank, person_name="Amir Khan", need="work", made_on=TODAY - DAY))
    assert row_of(desk, bank).last == "referral received, 11 May 2020"


def test_a_touch_with_a_key_person_sets_both_clocks_back_and_one_without_only_the_organisations(desk: RoomDesk, bank: UUID) -> None:
    ann = add_ann(desk, bank, cadence_days=14)
    desk.act(lambda s: actions.log_touch(s, partner=bank, on_day=TODAY - 20 * DAY, how="visit", contacts=["ann lee"]))
    desk.act(lambda s: actions.log_touch(s, partner=bank, on_day=TODAY - DAY, how="call"))
    (person,) = desk.see(derived.key_people)
    assert (person.id, person.last_on, person.last) == (ann, TODAY - 20 * DAY, "visit, 22 April 2020")
    assert row_of(desk, bank).days == 1
    desk.act(lambda s: actions.log_touch(s, partner=bank, contacts=[str(ann)]))
    (person,) = desk.see(derived.key_people)
    assert (person.days, person.state) == (0, "due in 14 days")
    assert (row_of(desk, bank).last, row_of(desk, bank).last_with) == ("call, 12 May 2020", ("Ann Lee",))


def test_an_introduction_that_came_to_pass_sets_the_clock_back_until_it_is_taken_away(desk: RoomDesk, bank: UUID) -> None:
    imam = desk.act(lambda s: actions.add_connector(s, name="Yusuf Rahman", role="imam"))
    ann = add_ann(desk, bank)
    made = desk.act(lambda s: actions.add_introduction(s, partner=bank, by_connector=imam, contact=ann))
    assert row_of(desk, bank).last_on == LONG_AGO, "one who only could introduce us has not"
    desk.act(lambda s: actions.change_introduction(s, made, on_day=TODAY - DAY))
    row = row_of(desk, bank)
    assert (row.last_on, row.last, row.last_with, row.is_overdue) == (TODAY - DAY, "introduction, 11 May 2020", ("Ann Lee",), False)
    (first, *_) = desk.see(lambda s: derived.real_contacts(s, partner=bank))
    assert (first.kind, first.id, first.coach) == ("partner.introduction", made, "Olive Owner")
    desk.act(lambda s: actions.remove_introduction(s, made))
    assert row_of(desk, bank).last_on == LONG_AGO


def test_a_vacancy_passed_on_and_a_councils_answer_are_contacts_and_its_silence_is_not(desk: RoomDesk) -> None:
    def live(s: Any) -> tuple[UUID, UUID, UUID]:
        shop, council = (actions.add_partner(s, name=name, kind=kind, lots=["Shard End"])
                         for name, kind in (("Parcels", "employer"), ("City Council", "council")))
        ask = actions.ask_council(s, lot=desk.shard_end, kind="venue", what="The hall", partner=council, asked_on=TODAY - 9 * DAY)
        actions.add_vacancy(s, partner=shop, title="Picker", passed_on=TODAY - 2 * DAY)
        return shop, council, ask

    shop, council, ask = desk.act(live)
    assert (row_of(desk, shop).last_on, row_of(desk, shop).last) == (TODAY - 2 * DAY, "vacancy passed on, 10 May 2020")
    assert row_of(desk, council).last_on is None
    desk.act(lambda s: actions.answer_ask(s, ask, answer="no answer"))
    assert row_of(desk, council).last_on is None
    desk.act(lambda s: actions.answer_ask(s, ask, answer="declined", answered_on=TODAY - DAY))
    assert row_of(desk, council).last == "their answer to what we asked for: declined, 11 May 2020"
    assert [(row.kind, row.coach) for row in desk.see(derived.real_contacts)] == [
        ("partner.council_support", "Olive Owner"), ("partner.vacancy", "Olive Owner")]


def test_the_list_begins_with_the_most_overdue_and_ends_without_upkeep(desk: RoomDesk, bank: UUID) -> None:
    def add(session: Any) -> None:
        for name, days in (("Late a little", 35), ("Late a lot", 90), ("In time", 3)):
            made = actions.add_partner(session, name=name, kind="library", lots=["Shard End"])
            actions.set_upkeep(session, made, cadence_days=30)
            actions.log_touch(session, partner=made, on_day=TODAY - days * DAY)
        quiet = actions.add_partner(session, name="Left in peace", kind="library", lots=["Shard End"])
        actions.set_upkeep(session, quiet, cadence_days=0)
        never = actions.add_partner(session, name="From a feed", kind="library", lots=["Shard End"])
        session.flush()
        session.get(Partner, never).upkeep_from = None

    desk.act(add)
    rows = desk.see(derived.upkeep)
    assert [row.partner for row in rows] == ["From a feed", "Food bank", "Late a lot", "Late a little", "In time", "Left in peace"]
    assert rows[0].ratio is None and rows[0].is_overdue and rows[-1].state == "no upkeep wanted"


def test_what_is_overdue_stands_in_today_of_whoever_tends_it(desk: RoomDesk) -> None:
    bank = desk.act(lambda s: actions.add_partner(s, name="Food bank", kind="food bank", lots=["Shard End"]), who=desk.coach)
    ann = add_ann(desk, bank, cadence_days=2)
    desk.act(lambda s: actions.set_upkeep(s, bank, cadence_days=5))
    rows = [row for row in desk.see(lambda s: casework.due(s, coach=desk.coach, until=TODAY + 7 * DAY)) if "Be in touch" in row.what]
    assert [(row.id, row.kind, row.due_on) for row in rows] == [
        (ann, "partner.contact", TODAY + 2 * DAY), (bank, "partner.upkeep", TODAY + 5 * DAY)]
    assert not desk.see(lambda s: casework.due(s, coach=desk.owner, until=TODAY + 7 * DAY))
    desk.act(lambda s: actions.set_upkeep(s, bank, is_untended=True))
    assert not desk.see(lambda s: casework.due(s, until=TODAY + 7 * DAY))


def test_an_organisation_of_several_lots_stands_in_today_of_each(desk: RoomDesk, bank: UUID) -> None:
    desk.act(lambda s: actions.change_partner(s, bank, lots=["Shard End", "Camp Hill"]))
    desk.act(lambda s: actions.add_agreement(s, partner=bank, what="A desk on Mondays", ends_on=TODAY + 9 * DAY))
    add_ann(desk, bank, cadence_days=1)

    def seen(lot: UUID | None) -> set[str]:
        return {row.kind for row in desk.see(lambda s: casework.due(s, until=TODAY + 7 * DAY, lot=lot))}

    every = {"partner.upkeep", "partner.contact", "partner.agreement"}
    assert seen(desk.shard_end) == seen(desk.camp_hill) == seen(None) == every
    desk.act(lambda s: actions.change_partner(s, bank, lots=["Camp Hill"]))
    assert (seen(desk.shard_end), seen(desk.camp_hill)) == (set(), every)


def test_people_come_before_partners_in_today_however_late_a_partner_is(desk: RoomDesk, bank: UUID) -> None:
    person = desk.act(lambda s: participant.register(s, lot=desk.shard_end, name="Zoë Kowalska", postcode=SHARD_END))
    desk.act(lambda s: participant.add_follow_up(s, participant=person, due_on=TODAY + 30 * DAY, what="ring"))
    desk.act(lambda s: actions.set_upkeep(s, bank, cadence_days=1))
    rows = desk.see(lambda s: casework.due(s, until=TODAY + 30 * DAY))
    assert [row.kind for row in rows] == ["participant.follow_up", "partner.upkeep"] and rows[1].due_on < rows[0].due_on


def test_who_tends_goes_over_with_the_caseload(desk: RoomDesk, bank: UUID) -> None:
    desk.act(lambda s: actions.add_connector(s, name="Yusuf Rahman", role="imam", known_by=desk.coach))
    done = desk.act(lambda s: handover.hand_over(s, desk.coach, to=desk.owner, reason="leaves the team"))
    assert (done.things, done.left) == (2, 0)
    assert row_of(desk, bank).tended_by == "Olive Owner"
    assert [row.known_by for row in desk.see(queries.connectors)] == ["Olive Owner"]
    assert not desk.see(lambda s: standing(s, members=[desk.coach]))
    (touch,) = desk.see(queries.touches)
    assert touch.coach == "Olive Owner", "who was in touch stays as it was: the owner logged it"


def test_a_person_who_leaves_is_dated_warned_of_and_kept(desk: RoomDesk, bank: UUID) -> None:
    ann = add_ann(desk, bank)
    desk.act(lambda s: actions.log_touch(s, partner=bank, contacts=["Ann Lee"]))
    desk.act(lambda s: actions.leave(s, ann, on_day=TODAY + 20 * DAY))
    due = desk.see(lambda s: casework.due(s, coach=desk.coach, until=TODAY))
    assert [(row.kind, row.who, row.what) for row in due] == [
        ("partner.contact", "Ann Lee", "Key person at Food bank leaves on 1 June 2020: see what rests on them")]
    assert desk.see(lambda s: derived.resting(s, ann)) == ["Food bank"]
    desk.act(lambda s: actions.see_leaving(s, ann))
    assert not desk.see(lambda s: casework.due(s, coach=desk.coach, until=TODAY))
    with pytest.raises(Refusal, match="stands in 1 touch"):
        desk.act(lambda s: actions.remove_contact(s, ann))
    desk.act(lambda s: actions.leave(s, ann, on_day=TODAY - DAY))
    assert not desk.see(derived.key_people)
    with pytest.raises(Refusal, match="left Food bank on 11 May 2020"):
        desk.act(lambda s: actions.log_touch(s, partner=bank, contacts=["Ann Lee"]))
    with pytest.raises(Refusal, match="left on 11 May 2020"):
        desk.act(lambda s: actions.set_key(s, ann, is_key=True))
    desk.act(lambda s: actions.leave(s, ann, is_staying=True))
    assert [row.id for row in desk.see(derived.key_people)] == [ann]


def test_nobody_writes_or_rings_somebody_who_has_left(desk: RoomDesk, bank: UUID) -> None:
    ann = add_ann(desk, bank)
    for day, there in ((TODAY + DAY, 1), (TODAY, 0)):
        desk.act(lambda s, day=day: actions.leave(s, ann, on_day=day))
        assert len(desk.see(lambda s: queries.contacts(s, partner=bank, is_there=True))) == there
    assert len(desk.see(lambda s: queries.contacts(s, partner=bank))) == 1, "dated, not taken away"


def test_odd_touches_are_refused(desk: RoomDesk, bank: UUID) -> None:
    for given, says in (({"on_day": TODAY + DAY}, "still to come"), ({"contacts": ["Nobody Here"]}, "Nobody at Food bank"),
                        ({"how": "pigeon"}, "a way to be in touch")):
        with pytest.raises(Refusal, match=says):
            desk.act(lambda s, given=given: actions.log_touch(s, partner=bank, **given))


def test_a_touch_can_be_put_right(desk: RoomDesk, bank: UUID) -> None:
    add_ann(desk, bank)
    made = desk.act(lambda s: actions.log_touch(s, partner=bank, how="call", contacts=["Ann Lee"]))
    desk.act(lambda s: actions.change_touch(s, made, on_day=TODAY - DAY, how="visit", contacts=[], remark="at the counter"))
    (row, _letter) = desk.see(queries.touches)
    assert (row.on_day, row.how, row.contacts, row.remark) == (TODAY - DAY, "visit", (), "at the counter")
