"""Referrals both ways in a real encrypted store."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from coachdesk.clock import FixedDay
from coachdesk.errors import Refusal
from coachdesk.participant.record import Consent, Participant
from coachdesk.participant.rules import TO_PARTNERS
from coachdesk.partner.record import Partner
from coachdesk.referral import actions, queries
from coachdesk.store import replay
from coachdesk.store.doors import fields_of
from tests.rooms.people import enrol


def agree(session: Session, person: UUID, answer: str, on: date) -> None:
    session.add(Consent(participant_id=person, matter=TO_PARTNERS, answer=answer, said_on=on, how="spoken"))


@pytest.fixture
def person(desk: Any) -> UUID:
    made: UUID = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(lambda s: agree(s, made, "given", date(2020, 5, 1)))
    return made


@pytest.fixture
def library(desk: Any) -> UUID:
    return add_partner(desk, "Shard End Library")


def add_partner(desk: Any, name: str, **more: Any) -> UUID:
    def add(session: Session) -> UUID:
        made = Partner(name=name, kind="library", lots=["Shard End"], **more)
        session.add(made)
        return made.id

    return desk.act(add)


def sent(desk: Any, person: UUID, partner: UUID, **more: Any) -> UUID:
    return desk.act(lambda s: actions.send_referral(s, participant=person, partner=partner, need="debt advice", **more))


def test_a_person_is_sent_and_the_reply_is_awaited(desk: Any, person: UUID, library: UUID) -> None:
    made = sent(desk, person, library, made_on=date(2020, 5, 4))
    (row,) = desk.see(queries.awaiting_reply)
    assert (row.id, row.partner, row.participant, row.state, row.days_waiting) == (made, "Shard End Library", "Zoë Kowalska", "sent", 8)
    assert (row.reply_due_on, row.is_overdue, row.lot) == (date(2020, 5, 18), False, "Shard End")


def test_without_consent_nothing_is_sent_and_a_withdrawal_wins(desk: Any, library: UUID) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    with pytest.raises(Refusal, match="has not been asked"):
        sent(desk, person, library)
    desk.act(lambda s: agree(s, person, "given", date(2020, 5, 2)))
    desk.act(lambda s: agree(s, person, "withdrawn", date(2020, 5, 2)))
    with pytest.raises(Refusal, match="is withdrawn, so nothing was sent"):
        sent(desk, person, library)
    desk.act(lambda s: agree(s, person, "given", date(2020, 5, 3)))
    sent(desk, person, library)
    assert len(desk.see(queries.referrals)) == 1


def test_own_provision_is_known_by_flag_or_by_the_lots_providers_and_needs_a_reason(desk: Any, person: UUID) -> None:
    from coachdesk.programme.queries import own_bodies

    provider = desk.see(lambda s: own_bodies(s, desk.shard_end, date(2020, 5, 12)))[0]
    for partner in (add_partner(desk, "Skills House", is_own_provision=True), add_partner(desk, provider)):
        with pytest.raises(Refusal, match="in-house"):
            sent(desk, person, partner)
        sent(desk, person, partner, own_provision_reason="the only ESOL course this month")
    assert {row.own_provision_reason for row in desk.see(queries.referrals)} == {"the only ESOL course this month"}


def test_silence_becomes_no_reply_and_is_due(desk: Any, person: UUID, library: UUID) -> None:
    made = sent(desk, person, library, made_on=date(2020, 4, 20))
    (row,) = desk.see(queries.referrals)
    assert (row.says, row.is_overdue, row.state) == ("no reply", True, "sent")
    (due,) = desk.see(lambda s: queries.due(s, coach=desk.owner, until=date(2020, 5, 12)))
    assert (due.id, due.kind, due.due_on, due.what, due.about) == (
        made, "referral", date(2020, 5, 4), "Reply from Shard End Library, asked on 20 April 2020", person)
    assert desk.see(lambda s: queries.due(s, coach=desk.coach, until=date(2020, 5, 12))) == []


def test_accepted_and_completed_with_what_came_of_it(desk: Any, person: UUID, library: UUID) -> None:
    made = sent(desk, person, library, made_on=date(2020, 5, 4))
    with pytest.raises(Refusal, match="cannot be completed yet"):
        desk.act(lambda s: actions.complete(s, made, was_helped=True))
    desk.act(lambda s: actions.accept(s, made, on=date(2020, 5, 6)))
    with pytest.raises(Refusal, match="why it did not help"):
        desk.act(lambda s: actions.complete(s, made, was_helped=False))
    desk.act(lambda s: actions.complete(s, made, was_helped=True, reason="a debt plan"))
    (row,) = desk.see(queries.referrals)
    assert (row.says, row.reason, row.replied_on, row.days_waiting) == ("completed: helped", "a debt plan", date(2020, 5, 6), None)
    with pytest.raises(Refusal, match="which is its end"):
        desk.act(lambda s: actions.withdraw(s, made, reason="late"))
    assert [step.status for step in desk.see(lambda s: queries.steps(s, referral=made))] == ["completed", "accepted", "sent"]


def test_declined_says_by_whom_and_why(desk: Any, person: UUID, library: UUID) -> None:
    made = sent(desk, person, library)
    with pytest.raises(Refusal, match="who declined"):
        desk.act(lambda s: actions.decline(s, made, said_by="somebody", reason="full"))
    with pytest.raises(Refusal, match="The reason is needed"):
        desk.act(lambda s: actions.decline(s, made, said_by="provider", reason=" "))
    desk.act(lambda s: actions.decline(s, made, said_by="Provider", reason="course is full"))
    (row,) = desk.see(queries.referrals)
    assert (row.says, row.said_by, row.reason) == ("declined by the provider", "provider", "course is full")


def test_an_answer_tomorrow_or_before_it_was_asked_is_refused(desk: Any, person: UUID, library: UUID) -> None:
    made = sent(desk, person, library, made_on=date(2020, 5, 4))
    for day in (date(2020, 5, 13), date(2020, 5, 3)):
        with pytest.raises(Refusal):
            desk.act(lambda s, day=day: actions.accept(s, made, on=day))


def test_a_stranger_is_sent_to_us_and_lives_the_same_life(desk: Any, library: UUID) -> None:
    made = desk.act(lambda s: actions.receive_referral(s, partner=library, need="wants work", person_name="Amélie Ångström"))
    (row,) = desk.see(queries.referrals)
    assert (row.direction, row.participant, row.participant_id) == ("in", "Amélie Ångström", None)
    assert (row.says, row.lot) == ("received", "Shard End")
    desk.act(lambda s: actions.accept(s, made))
    assert desk.see(queries.referrals)[0].state == "accepted"
    with pytest.raises(Refusal, match="name of the person"):
        desk.act(lambda s: actions.receive_referral(s, partner=library, need="wants work"))


def test_the_lot_must_be_clear_for_a_stranger(desk: Any) -> None:
    def add(session: Session) -> UUID:
        made = Partner(name="Food bank", kind="food bank", lots=[])
        session.add(made)
        return made.id

    wide = desk.act(add)
    with pytest.raises(Refusal, match="more than one lot"):
        desk.act(lambda s: actions.receive_referral(s, partner=wide, need="wants work", person_name="Ali"))
    desk.act(lambda s: actions.receive_referral(s, partner=wide, need="wants work", person_name="Ali", lot=desk.camp_hill))
    assert desk.see(queries.referrals)[0].lot == "Camp Hill"


def test_a_stranger_is_registered_from_the_referral_once(desk: Any, library: UUID) -> None:
    made = desk.act(lambda s: actions.receive_referral(s, partner=library, need="wants work", person_name="Amélie Ångström",
                                                       person_phone="07700 900123"))
    person = desk.act(lambda s: actions.register_person(s, made, postcode="B34 7AA", born_on=date(1990, 2, 3)))
    with desk.store.read() as session:
        found = session.get(Participant, person)
        assert (found.name, found.phone, found.lot_id) == ("Amélie Ångström", "07700 900123", desk.shard_end)
    (row,) = desk.see(queries.referrals)
    assert (row.participant_id, row.participant) == (person, "Amélie Ångström")
    with pytest.raises(Refusal, match="registered already"):
        desk.act(lambda s: actions.register_person(s, made))


def test_traffic_shows_one_way_partners(desk: Any, person: UUID, library: UUID) -> None:
    first = sent(desk, person, library, made_on=date(2020, 5, 4))
    desk.act(lambda s: actions.accept(s, first))
    sent(desk, person, library, made_on=date(2020, 4, 4))
    came = desk.act(lambda s: actions.receive_referral(s, partner=library, need="wants work", person_name="Ali"))
    desk.act(lambda s: actions.withdraw(s, came, reason="found work"))
    (row,) = desk.see(queries.traffic)
    assert (row.partner, row.given, row.given_accepted, row.given_completed, row.no_reply) == ("Shard End Library", 2, 1, 0, 1)
    assert (row.received, row.received_accepted, row.received_completed) == (1, 0, 0)


def test_what_waits_comes_first_the_longest_overdue_at_the_top(desk: Any, person: UUID, library: UUID) -> None:
    ended = sent(desk, person, library, made_on=date(2020, 5, 10))
    desk.act(lambda s: actions.withdraw(s, ended, reason="moved"))
    late = sent(desk, person, library, made_on=date(2020, 4, 1))
    new = sent(desk, person, library, made_on=date(2020, 5, 11))
    assert [row.id for row in desk.see(queries.referrals)] == [late, new, ended]
    assert [row.id for row in desk.see(lambda s: queries.referrals(s, limit=1))] == [late]


def test_every_door_can_be_described_and_the_log_replays(desk: Any, person: UUID, library: UUID) -> None:
    for door in actions.DOORS:
        for action in (door.add, *door.verbs.values()):
            if action is not None:
                fields_of(action)
        assert desk.see(lambda s, door=door: door.rows(s, lot=desk.shard_end, limit=5)) == []
    made = sent(desk, person, library)
    desk.store.clock = FixedDay(date(2020, 5, 13))
    desk.act(lambda s: actions.accept(s, made))
    with desk.store.read() as session:
        connection = session.connection()
        assert replay.digest(replay.live(connection)) == replay.digest(replay.replayed(connection).records())
