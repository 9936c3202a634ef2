"""Registration, verdicts, duplicates, consent and follow-ups, on a real store and the postcode editions that ship."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.outreach import actions as outreach_actions
from coachdesk.outreach import queries as outreach_queries
from coachdesk.participant import actions, queries
from coachdesk.participant.record import Participant
from coachdesk.partner import actions as partner_actions
from coachdesk.store import backup
from coachdesk.store.doors import fields_of
from coachdesk.store.undo import undo_last
from tests.rooms.conftest import CAMP_HILL, ELSEWHERE, NOWHERE, SHARD_END, TODAY, RoomDesk

ZOE: dict[str, Any] = {"name": "Zoë Kowalska", "born_on": date(1988, 3, 9), "ni_number": "AB 12 34 56 C", "postcode": SHARD_END}


def register(desk: RoomDesk, **fields: Any) -> UUID:
    return desk.act(lambda s: actions.register(s, **{"lot": desk.shard_end, **fields}))


def row(desk: RoomDesk, person: UUID) -> queries.ParticipantRow:
    found, = desk.see(lambda s: queries.participants(s, ids=[person]))
    return found


def detail(desk: RoomDesk, person: UUID) -> queries.ParticipantDetail:
    found = desk.see(lambda s: queries.participant(s, person))
    assert found is not None
    return found


def test_a_person_is_registered_with_verdict_notice_and_consent_in_one_transaction(desk: RoomDesk) -> None:
    done = desk.store.act(desk.owner, "Register", lambda s: actions.register(
        s, lot=desk.shard_end, **ZOE, phone="07400123456", email="zoe@example.org", preferred_contact="text", is_safe_to_call=True,
        is_safe_to_leave_message=False, heard_through="food bank", weeks_out_of_work=60, benefit="uc", hours_a_week=0,
        notice_version="2020-1", notice_how="read aloud", consent_partners="given", coach=desk.coach))
    assert {"participant", "participant_verdict", "participant_notice", "participant_consent"} <= set(done.changes.ids)
    person = row(desk, done.result)
    assert (person.name, person.initials, person.lot, person.coach) == ("Zoë Kowalska", "ZK", "Shard End", "Carl Coach")
    assert (person.registered_on, person.ni_number, person.phone) == (TODAY, "AB 12 34 56 C", "07400 123456")
    assert (person.verdict, person.verdict_method, person.ward_name) == ("eligible by residence", "ward", "Shard End")
    assert person.edition == "2021.4.0"
    assert (person.is_safe_to_call, person.is_safe_to_leave_message, person.benefit) == (True, False, "Universal Credit")
    whole = detail(desk, done.result)
    assert (whole.consent_partners, whole.consent_employer, whole.moved) == ("given", None, "")
    assert whole.notices[0].version == "2020-1"
    assert whole.person == person
    undo_last(desk.store, desk.owner)
    assert desk.see(queries.participants) == []
    assert desk.see(queries.verdicts) == []


def test_somebody_who_lives_elsewhere_is_recorded_and_nothing_is_claimed(desk: RoomDesk) -> None:
    whole = detail(desk, register(desk, name="Bob", postcode=CAMP_HILL))
    assert whole.person.verdict == "not eligible"
    assert "Camp Hill" in whole.sentence
    assert "nothing is claimed for them" in whole.sentence
    assert desk.see(queries.counts)["not eligible"] == 1


def test_a_connection_counts_with_a_reason_and_is_refused_without(desk: RoomDesk) -> None:
    with pytest.raises(Refusal, match="not a connection that this programme accepts"):
        register(desk, name="Bob", postcode=ELSEWHERE, connection="likes the ward")
    whole = detail(desk, register(desk, name="Bob", postcode=ELSEWHERE, connection="WORKS in the ward", connection_note="at the bakery"))
    assert whole.person.verdict == "eligible by connection"
    assert whole.verdicts[0].reason == "works in the ward (at the bakery)"


@pytest.mark.parametrize(("situation", "postcode", "kept"), [("address", NOWHERE, NOWHERE), ("address", None, None),
                                                             ("no fixed abode", None, None), ("refuge", SHARD_END, None)])
def test_what_nobody_can_tell_is_checked_by_hand(desk: RoomDesk, situation: str, postcode: str | None, kept: str | None) -> None:
    person = row(desk, register(desk, name="Bob", situation=situation, postcode=postcode))
    assert (person.verdict, person.postcode, person.situation) == ("check by hand", kept, situation)


def test_the_note_of_a_connection_in_a_refuge_is_not_kept(desk: RoomDesk) -> None:
    whole = detail(desk, register(desk, name="Bob", situation="refuge", connection="works in the ward", connection_note="12 Hidden Lane"))
    assert whole.person.verdict == "eligible by connection"
    assert "Hidden" not in str(whole)


@pytest.mark.parametrize(("wrong", "said"), [
    ({"name": "  "}, "needs a name"), ({"born_on": date(2010, 1, 1)}, "was 10"), ({"born_on": date(2030, 1, 1)}, "still to come"),
    ({"ni_number": "QQ123456C"}, "sample people"), ({"postcode": "B3"}, "not a postcode"), ({"email": "zoe"}, "e-mail"),
    ({"phone": "12"}, "telephone"), ({"registered_on": date(2020, 5, 13)}, "still to come"), ({"hours_a_week": 200}, "Hours a week"),
    ({"benefit": "pension"}, "benefit"), ({"consent_partners": "maybe"}, "not an answer"), ({"notice_how": "paper"}, "has a version"),
])
def test_a_wrong_registration_is_refused_and_nothing_is_written(desk: RoomDesk, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        register(desk, **{**ZOE, **wrong})
    assert desk.see(queries.participants) == []


def test_the_same_person_is_not_registered_twice_unless_it_is_said(desk: RoomDesk) -> None:
    first = row(desk, register(desk, **ZOE))
    with pytest.raises(Refusal, match=f"same National Insurance number.* is registered already, as {first.reference}") as refused:
        register(desk, name="Z Kowalski", ni_number="ab123456d", postcode=SHARD_END)
    assert "Zoë" not in str(refused.value)
    with pytest.raises(Refusal, match="same name and date of birth"):
        register(desk, name="ZOE  KOWALSKA", born_on=date(1988, 3, 9), postcode=SHARD_END)
    register(desk, name="ZOE  KOWALSKA", born_on=date(1988, 3, 9), postcode=SHARD_END, is_known_duplicate=True)
    register(desk, name="Zoë Kowalska", born_on=date(1989, 3, 9), postcode=SHARD_END)


def test_likely_duplicates_show_while_typing(desk: RoomDesk) -> None:
    first = register(desk, **ZOE)
    look = queries.likely_duplicates
    assert desk.see(lambda s: look(s, name="Zo", born_on=None, ni_number="AB 12")) == []
    hit, = desk.see(lambda s: look(s, name="zoe kowalska", born_on=date(1988, 3, 9), ni_number="AB12 3456"))
    assert (hit.id, hit.why) == (first, "the same National Insurance number and the same name and date of birth")
    assert hit.is_surely
    hit, = desk.see(lambda s: look(s, name="Zoe Kowalski", born_on=date(1988, 9, 3), postcode=SHARD_END))
    assert (hit.id, hit.is_surely) == (first, False)
    assert hit.why == ("day and month of birth changed about, the same postcode, the same given name"
                       " and the surname spelt another way")
    assert desk.see(lambda s: look(s, name="zoe kowalska", born_on=date(1988, 3, 9), but=first)) == []


def test_at_most_five_duplicates_are_named(desk: RoomDesk) -> None:
    for _ in range(7):
        register(desk, name="Ann Lee", born_on=date(1990, 1, 1), is_known_duplicate=True)
    assert len(desk.see(lambda s: queries.likely_duplicates(s, name="ann LEE", born_on=date(1990, 1, 1)))) == 5


def contact_of_line(desk: RoomDesk, session: Session, line: str = "Zoë Kowalska 07400 123456 b34 7aa cv f/u 19/5") -> UUID:
    venue = partner_actions.add_venue(session, name="Church Hall", lot=desk.shard_end)
    met = outreach_actions.open_session(session, venue=venue, kind="food bank", coach=desk.coach)
    return outreach_actions.log_line(session, met, line=line)


def contact_of(desk: RoomDesk, line: str) -> UUID:
    return desk.act(lambda s: contact_of_line(desk, s, line))


def test_a_contact_becomes_a_participant_with_their_own_small_key(desk: RoomDesk) -> None:
    contact = contact_of(desk, "Zoë Kowalska 07400 123456 b34 7aa f/u 19/5")
    person = desk.act(lambda s: actions.register_contact(s, contact, born_on=date(1988, 3, 9)))
    whole = detail(desk, person)
    assert (whole.person.name, whole.person.phone, whole.person.postcode, whole.person.coach) == (
        "Zoë Kowalska", "07400 123456", SHARD_END, "Carl Coach")
    assert (whole.contact_id, whole.person.verdict, whole.person.heard_through) == (contact, "eligible by residence", "food bank")
    assert desk.see(queries.met_at) == {contact: person}
    assert desk.see(lambda s: outreach_queries.due(s, until=date(2021, 1, 1))) == []
    assert desk.see(lambda s: s.execute(sa.select(Participant.seal_id)).scalar_one()) == contact
    seals = desk.see(lambda s: {bytes(each) for each in s.connection().exec_driver_sql(
        "select coalesce(seal_id, entity_id) from op where sealed is not null"
        " and entity in ('participant', 'participant_verdict', 'outreach_contact')").scalars()})
    assert seals == {contact.bytes}
    with pytest.raises(Refusal, match=f"registered already, as {whole.person.reference}"):
        desk.act(lambda s: actions.register_contact(s, contact, is_known_duplicate=True))


def test_the_log_of_a_whole_story_replays_to_the_same_digest(desk: RoomDesk) -> None:
    person = desk.act(lambda s: actions.register_contact(s, contact_of_line(desk, s), born_on=date(1988, 3, 9), consent_partners="given"))
    desk.act(lambda s: actions.change_details(s, person, note="Quux", phone=""))
    desk.act(lambda s: actions.decide_again(s, person, postcode=CAMP_HILL))
    checked = backup.check(desk.store.engine)
    assert checked.integrity == "ok"
    assert checked.digest == checked.replay_digest


def test_what_is_typed_goes_before_what_the_contact_said(desk: RoomDesk) -> None:
    contact = contact_of(desk, "Zoe K 07400 123456")
    person = row(desk, desk.act(lambda s: actions.register_contact(s, contact, name="Zoë Kowalska", lot=desk.camp_hill)))
    assert (person.name, person.lot, person.phone) == ("Zoë Kowalska", "Camp Hill", "07400 123456")


def test_a_new_decision_stands_beside_the_old_one(desk: RoomDesk) -> None:
    person = register(desk, **ZOE)
    desk.act(lambda s: actions.change_details(s, person, postcode="cv10 0hj"))
    whole = detail(desk, person)
    assert whole.person.verdict == "eligible by residence"
    assert "a new decision may be asked for" in whole.moved
    desk.act(lambda s: actions.decide_again(s, person))
    whole = detail(desk, person)
    assert [each.verdict for each in whole.verdicts] == ["not eligible", "eligible by residence"]
    assert (whole.person.verdict, whole.moved) == ("not eligible", "")


def test_a_decision_by_hand_needs_a_reason_and_says_so(desk: RoomDesk) -> None:
    person = register(desk, name="Bob", situation="no fixed abode")
    with pytest.raises(Refusal, match="needs a reason"):
        desk.act(lambda s: actions.decide_again(s, person, verdict="eligible by residence"))
    desk.act(lambda s: actions.decide_again(s, person, verdict="eligible by residence", reason="sleeps at the church, seen by the lead"))
    latest = detail(desk, person).verdicts[0]
    assert (latest.verdict, latest.method, latest.reason) == ("eligible by residence", "by hand", "sleeps at the church, seen by the lead")
    assert latest.sentence == "Decided by hand on 12 May 2020: eligible by residence for the Shard End lot."


def test_an_address_found_later_ends_the_refuge_path(desk: RoomDesk) -> None:
    person = register(desk, name="Bob", situation="refuge")
    with pytest.raises(Refusal, match="no postcode is kept"):
        desk.act(lambda s: actions.change_details(s, person, postcode=SHARD_END))
    desk.act(lambda s: actions.decide_again(s, person, postcode=SHARD_END))
    after = row(desk, person)
    assert (after.situation, after.postcode, after.verdict) == ("address", SHARD_END, "eligible by residence")


def test_a_withdrawn_consent_stands(desk: RoomDesk) -> None:
    person = register(desk, **ZOE, consent_partners="given")
    desk.act(lambda s: actions.record_consent(s, person, answer="withdrawn", how="e-mail"))
    desk.act(lambda s: actions.record_consent(s, person, answer="no", matter="employer"))
    assert desk.see(lambda s: queries.consent(s, person)) == "withdrawn"
    assert detail(desk, person).consent_employer == "refused"


def test_a_follow_up_is_due_until_it_is_done(desk: RoomDesk) -> None:
    person = register(desk, **ZOE, coach=desk.coach)
    follow_up = desk.act(lambda s: actions.add_follow_up(s, participant=person, due_on=date(2020, 5, 10), what="Ring about the course"))
    due, = desk.see(lambda s: queries.due(s, coach=desk.coach, until=TODAY))
    assert (due.id, due.kind, due.who, due.what, due.about, due.lot) == (
        follow_up, "participant.follow_up", "Zoë Kowalska", "Ring about the course", person, "Shard End")
    desk.act(lambda s: actions.change_follow_up(s, follow_up, due_on=date(2020, 6, 1)))
    assert desk.see(lambda s: queries.due(s, until=TODAY)) == []
    desk.act(lambda s: actions.complete_follow_up(s, follow_up))
    with pytest.raises(Refusal, match="done on 12 May 2020 already"):
        desk.act(lambda s: actions.complete_follow_up(s, follow_up))
    assert desk.see(lambda s: queries.follow_ups(s, is_open=True)) == []


def test_details_change_and_clear(desk: RoomDesk) -> None:
    person = register(desk, **ZOE, phone="07400123456", note="x")
    desk.act(lambda s: actions.change_details(s, person, phone="", note="", name="Zoë Nowak", is_safe_to_call=False, coach=desk.coach))
    after = row(desk, person)
    assert (after.phone, after.note, after.name, after.is_safe_to_call, after.coach) == (None, None, "Zoë Nowak", False, "Carl Coach")
    assert after.ni_number == "AB 12 34 56 C"


@pytest.mark.parametrize("typed", ["kowal", "ZOE", "07400 123", "b34 7aa", "b347", "zoë kow", "reference"])
def test_a_person_is_found_by_name_phone_postcode_or_reference(desk: RoomDesk, typed: str) -> None:
    person = register(desk, **ZOE, phone="07400123456")
    register(desk, name="Bob Cratchit", postcode=CAMP_HILL)
    wanted = row(desk, person).reference if typed == "reference" else typed
    assert [each.id for each in desk.see(lambda s: queries.find(s, wanted))] == [person]


def test_nothing_personal_is_readable_in_the_log(desk: RoomDesk) -> None:
    person = register(desk, **ZOE, phone="07400123456", email="zoe@example.org", note="Quux")
    desk.act(lambda s: actions.add_follow_up(s, participant=person, due_on=TODAY, what="Ring about Quux"))
    heads = desk.see(lambda s: " ".join(each[0] for each in s.connection().exec_driver_sql("select head from op")))
    assert not any(word in heads for word in ("Kowalska", "07400 123456", "B34 7AA", "AB123456C", "zoe@", "Quux", "1988-03-09"))


def test_people_are_listed_by_lot_and_coach_with_the_latest_first(desk: RoomDesk) -> None:
    early = register(desk, name="Ann", registered_on=date(2020, 4, 1), coach=desk.coach)
    late = register(desk, name="Bob", registered_on=date(2020, 5, 1))
    other = register(desk, name="Cay", lot=desk.camp_hill)
    assert [each.id for each in desk.see(lambda s: queries.participants(s, lot=desk.shard_end))] == [late, early]
    assert [each.id for each in desk.see(lambda s: queries.participants(s, limit=1))] == [other]
    assert [each.id for each in desk.see(lambda s: queries.participants(s, coach=desk.coach))] == [early]


def test_every_door_describes_its_fields(desk: RoomDesk) -> None:
    for door in actions.DOORS:
        for action in [door.add, *door.verbs.values()] if door.add else door.verbs.values():
            assert all(field.says for field in fields_of(action))
        desk.see(lambda s, door=door: door.rows(s, lot=desk.shard_end, limit=1))
