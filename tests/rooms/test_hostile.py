"""What a careless or hostile hand types into the rooms: odd signs, impossible days, ids of nothing; each is refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.activity import actions as activity
from coachdesk.claim import actions as claim
from coachdesk.claim.record import Claim
from coachdesk.clock import FixedDay
from coachdesk.errors import Refusal
from coachdesk.outreach import actions as outreach
from coachdesk.participant import actions as participant
from coachdesk.participant.record import Verdict
from coachdesk.partner import actions as partner
from coachdesk.partner.actions import organisations
from coachdesk.programme import actions as programme
from coachdesk.programme import queries as programme_queries
from coachdesk.referral import actions as referral
from coachdesk.store.doors import fields_of
from coachdesk.store.ids import new_id
from coachdesk.store.undo import undo_last
from tests.rooms.conftest import TODAY, RoomDesk
from tests.rooms.people import enrol

NOBODY = new_id()
Action = Callable[[Any], Any]
SPOILT = ("\x00", "\x1b", "\u202e", "\u2067", "\ud83d")


@pytest.fixture
def person(desk: RoomDesk) -> UUID:
    """A participant of Shard End who agreed to referrals."""
    def begin(session: Any) -> UUID:
        made = enrol(session, desk.shard_end)
        participant.record_consent(session, made, answer="given")
        return made

    return desk.act(begin)


@pytest.fixture
def food_bank(desk: RoomDesk) -> UUID:
    """An organisation of Shard End."""
    return desk.act(lambda s: partner.add_partner(s, name="All Saints", kind="food bank", lots=["Shard End"]))


@pytest.fixture
def venue(desk: RoomDesk, food_bank: UUID) -> UUID:
    """Its hall."""
    return desk.act(lambda s: partner.add_venue(s, name="Hall", partner=food_bank))


def refused(desk: RoomDesk, action: Callable[[Any], Any], said: str) -> None:
    """The action is refused with these words, and nothing is changed."""
    with pytest.raises(Refusal, match=said):
        desk.act(action)


@pytest.mark.parametrize("sign", SPOILT)
def test_no_room_keeps_a_sign_that_cannot_be_seen(desk: RoomDesk, person: UUID, food_bank: UUID, venue: UUID, sign: str) -> None:
    odd = f"Amina {sign}Begum"
    session_id = desk.act(lambda s: outreach.open_session(s, venue=venue, kind="food bank"))
    help_: dict[str, Any] = {"participant": person, "minutes": 30, "mode": "phone", "kind": "housing"}
    job: dict[str, Any] = {"participant": person, "started_on": TODAY, "employer": "Depot", "title": "Packer", "hours_a_week": 20}
    actions: tuple[Action, ...] = (
        lambda s: partner.add_partner(s, name=odd, kind="library", lots=["Shard End"]),
        lambda s: partner.change_partner(s, food_bank, note=odd),
        lambda s: partner.add_venue(s, name="Annexe", partner=food_bank, address=odd),
        lambda s: partner.add_contact(s, partner=food_bank, name="Ann", role=odd),
        lambda s: partner.add_contact(s, partner=food_bank, name="Ann", email=f"a{sign}b@example.org"),
        lambda s: outreach.open_session(s, venue=venue, kind="food bank", note=odd),
        lambda s: outreach.log_contact(s, session_id=session_id, name=odd),
        lambda s: outreach.log_line(s, session_id, line=f"{odd} 07700 900123"),
        lambda s: outreach.log_contact(s, session_id=session_id, name="Ann", note=odd),
        lambda s: participant.register(s, name=odd, lot=desk.shard_end, postcode="B34 7AA"),
        lambda s: participant.change_details(s, person, note=odd),
        lambda s: participant.add_follow_up(s, participant=person, due_on=TODAY, what=odd),
        lambda s: participant.give_notice(s, person, version=odd),
        lambda s: participant.give_notice(s, person, version="1", language=odd),
        lambda s: participant.decide_again(s, person, verdict="not eligible", reason=odd),
        lambda s: referral.send_referral(s, participant=person, partner=food_bank, need=odd),
        lambda s: referral.receive_referral(s, partner=food_bank, need="food", person_name=odd),
        lambda s: activity.log_intervention(s, **help_, place=odd),
        lambda s: activity.log_intervention(s, **help_, why=odd),
        lambda s: activity.log_intervention(s, **help_, note=odd),
        lambda s: activity.record_job(s, **{**job, "employer": odd}),
        lambda s: activity.record_job(s, **job, proof=odd),
        lambda s: activity.book_appointment(s, participant=person, due_on=TODAY, place=odd),
        lambda s: programme.add_inclusion(s, lot=desk.shard_end, postcode="B34 7QX", reason=odd),
        lambda s: programme.add_member(s, name=odd, role="coach"),
        lambda s: programme.add_member(s, name="Ann", role="coach", employer=odd),
        lambda s: programme.change_provider(s, lot=desk.shard_end, body=odd, from_day=TODAY),
    )
    for action in actions:
        refused(desk, action, "cannot be seen or kept")


def test_a_slip_in_the_year_is_refused_in_every_room(desk: RoomDesk, person: UUID, food_bank: UUID, venue: UUID) -> None:
    held = desk.act(lambda s: outreach.open_session(s, venue=venue, kind="food bank", held_on=date(2021, 5, 12)))
    cases: tuple[tuple[Action, str], ...] = (
        (lambda s: outreach.open_session(s, venue=venue, kind="food bank", held_on=date(2021, 5, 13)), "more than a year ahead"),
        (lambda s: outreach.open_session(s, venue=venue, kind="food bank", held_on=date(2018, 9, 30)), "before the programme began"),
        (lambda s: outreach.change_session(s, held, held_on=date(202, 5, 1)), "before the programme began"),
        (lambda s: outreach.log_contact(s, session_id=held, name="Ann", follow_up_on=date(2202, 5, 1)), "three years ahead"),
        (lambda s: participant.register(s, name="Ann", lot=desk.shard_end, registered_on=date(2018, 9, 30)), "before the programme began"),
        (lambda s: participant.add_follow_up(s, participant=person, due_on=date(2202, 5, 1), what="Ring"), "three years ahead"),
        (lambda s: participant.add_follow_up(s, participant=person, due_on=date(202, 5, 1), what="Ring"), "ten years before"),
        (lambda s: participant.give_notice(s, person, version="1", given_on=date(202, 5, 1)), "ten years before"),
        (lambda s: participant.record_consent(s, person, answer="given", said_on=date(202, 5, 1)), "ten years before"),
        (lambda s: activity.book_appointment(s, participant=person, due_on=date(2023, 5, 13)), "three years ahead"),
        (lambda s: activity.log_intervention(s, participant=person, minutes=9, mode="phone", kind="housing", happened_on=date(2018, 9, 1)),
         "registered on"),
        (lambda s: activity.sign_off(s, lot=desk.shard_end, month="2018-09"), "before the programme began"),
        (lambda s: referral.receive_referral(s, partner=food_bank, need="food", person_name="Bo", made_on=date(2018, 9, 30)),
         "before the programme began"),
        (lambda s: programme.add_inclusion(s, lot=desk.shard_end, postcode="B34 7QX", reason="agreed", from_day=TODAY,
                                           to_day=date(2020, 5, 11)), "would be before the first"),
        (lambda s: programme.add_ward(s, lot=desk.shard_end, ward_code="E05011165", edition="2021.4.0", from_day=TODAY,
                                      to_day=date(2020, 5, 11)), "would be before the first"),
    )
    for action, said in cases:
        refused(desk, action, said)


def test_an_id_of_nothing_is_refused_by_name(desk: RoomDesk, person: UUID, food_bank: UUID, venue: UUID) -> None:
    cases: tuple[tuple[Action, str], ...] = (
        (lambda s: activity.log_intervention(s, participant=person, minutes=9, mode="text", kind="housing", coach=NOBODY), "of the team"),
        (lambda s: activity.book_appointment(s, participant=person, due_on=TODAY, coach=NOBODY), "member of the team"),
        (lambda s: referral.send_referral(s, participant=person, partner=food_bank, need="food", coach=NOBODY), "member of the team"),
        (lambda s: referral.send_referral(s, participant=person, partner=NOBODY, need="food"), "no such partner"),
        (lambda s: referral.receive_referral(s, partner=food_bank, need="food", person_name="Bo", coach=NOBODY), "member of the team"),
        (lambda s: outreach.open_session(s, venue=NOBODY, kind="food bank"), "no such venue"),
        (lambda s: outreach.open_session(s, venue=venue, kind="food bank", lot=NOBODY), "no such lot"),
        (lambda s: partner.add_venue(s, name="Annexe", lot=NOBODY), "no such lot"),
        (lambda s: participant.register(s, name="Ann", lot=NOBODY), "no such lot"),
        (lambda s: participant.register(s, name="Ann", lot=desk.shard_end, coach=NOBODY), "member of the team"),
        (lambda s: programme.add_inclusion(s, lot=NOBODY, postcode="B34 7QX", reason="agreed"), "no such lot"),
        (lambda s: programme.add_ward(s, lot=NOBODY, ward_code="E05011165", edition="2021.4.0", from_day=TODAY), "no such lot"),
        (lambda s: programme.change_provider(s, lot=NOBODY, body="Somebody", from_day=TODAY), "no such lot"),
        (lambda s: claim.draft(s, lot=NOBODY, month="2020-05"), "no such lot"),
    )
    for action, said in cases:
        refused(desk, action, said)


def test_two_people_of_one_name_are_never_on_the_team_together(desk: RoomDesk) -> None:
    refused(desk, lambda s: programme.add_member(s, name="carl  coach", role="coach"), "Carl Coach is on the team already")
    desk.act(lambda s: programme.end_member(s, desk.coach, to_day=TODAY))
    refused(desk, lambda s: programme.add_member(s, name="Carl Coach", role="coach", from_day=TODAY), "already")
    desk.act(lambda s: programme.add_member(s, name="Carl Coach", role="coach", from_day=date(2020, 5, 13)))


def test_what_describes_a_change_of_provider_says_that_a_new_name_is_added(desk: RoomDesk) -> None:
    assert "added" in next(field.says for field in fields_of(programme.change_provider) if field.name == "body")
    desk.act(lambda s: programme.change_provider(s, lot=desk.shard_end, body="New Hands", from_day=TODAY))
    assert desk.see(lambda s: [row.body for row in programme_queries.tenures(s, lot=desk.shard_end)])[-1] == "New Hands"


def test_nothing_is_claimed_for_a_month_outside_the_contract(desk: RoomDesk) -> None:
    refused(desk, lambda s: claim.draft(s, lot=desk.shard_end, month="2018-09"), "The contract begins on 1 October 2018")
    for month in ("0000-05", "9999-12", "²020-05", -1, 10**9):
        refused(desk, partial(claim.draft, lot=desk.shard_end, month=month), "is not a month")


def test_nothing_is_claimed_for_a_month_after_the_contract(desk: RoomDesk) -> None:
    desk.store.clock = FixedDay(date(2022, 5, 1))
    refused(desk, lambda s: claim.draft(s, lot=desk.shard_end, month="2022-04"), "The contract ended on 31 March 2022")
    desk.act(lambda s: claim.draft(s, lot=desk.shard_end, month="2022-03"))


def test_a_payment_that_is_undone_leaves_the_claim_sent(desk: RoomDesk) -> None:
    made = desk.act(lambda s: claim.draft(s, lot=desk.shard_end, month="2020-04"))
    desk.act(lambda s: claim.send(s, made))
    desk.act(lambda s: claim.mark_paid(s, made, amount=12345), reason="Mark as paid")
    undo_last(desk.store, desk.owner)
    found: Any = desk.see(lambda s: s.get(Claim, made))
    assert (found.status, found.paid_on, found.paid_pence) == ("sent", None, None)
    desk.act(lambda s: claim.mark_paid(s, made, amount=12300))


def test_a_decision_by_hand_needs_a_reason_and_keeps_who_decided(desk: RoomDesk, person: UUID) -> None:
    for reason in (None, "  ", "\u200b"):
        deed = partial(participant.decide_again, id=person, verdict="not eligible", reason=reason)
        refused(desk, deed, "needs a reason")
    made = desk.act(lambda s: participant.decide_again(s, person, verdict="not eligible", reason="Seen by Carl"), who=desk.coach)
    found: Any = desk.see(lambda s: s.get(Verdict, made))
    assert (found.decided_by, found.method) == (desk.coach, "by hand")


@given(st.from_regex(r"07[0-9]{9}", fullmatch=True))
def test_the_quick_way_for_mobile_numbers_says_what_the_long_way_says(number: str) -> None:
    if organisations._PLAIN_MOBILE.fullmatch(number):
        parsed = phonenumbers.parse(number, "GB")
        assert phonenumbers.is_valid_number(parsed) or number.startswith("07700900")
        assert partner.phone_of(f" {number[:4]} {number[4:]}") == f"{number[:5]} {number[5:]}"
