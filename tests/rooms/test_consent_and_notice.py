"""Consent counts for what people were told: without a privacy notice it is taken down, and whoever takes it down is warned."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from coachdesk.participant import actions
from coachdesk.participant.rules import NOT_TOLD
from coachdesk.referral import actions as referrals
from tests.rooms.conftest import SHARD_END, TODAY, RoomDesk
from tests.rooms.people import enrol
from tests.rooms.test_referral import add_partner


def warned(desk: RoomDesk, action: Any) -> tuple[str, ...]:
    return desk.store.act(desk.owner, "try", action).warnings


@pytest.fixture
def person(desk: RoomDesk) -> UUID:
    made: UUID = desk.act(lambda s: enrol(s, desk.shard_end))
    return made


def test_consent_given_before_any_notice_is_kept_with_a_warning(desk: RoomDesk, person: UUID) -> None:
    assert warned(desk, lambda s: actions.record_consent(s, person, answer="given")) == (NOT_TOLD,)
    assert warned(desk, lambda s: actions.record_consent(s, person, answer="refused")) == ()
    desk.act(lambda s: actions.give_notice(s, person, version="2", given_on=date(2020, 5, 10)))
    assert warned(desk, lambda s: actions.record_consent(s, person, answer="given", said_on=date(2020, 5, 9))) == (NOT_TOLD,)
    assert warned(desk, lambda s: actions.record_consent(s, person, answer="given")) == ()


def test_a_notice_in_the_same_registration_counts(desk: RoomDesk) -> None:
    def register(session: Session, **more: Any) -> UUID:
        return actions.register(session, name="Ann Lee", lot=desk.shard_end, postcode=SHARD_END, consent_partners="given", **more)

    assert warned(desk, lambda s: register(s, notice_version="2")) == ()
    assert warned(desk, lambda s: register(s, is_known_duplicate=True)) == (NOT_TOLD,)


def test_sending_somebody_who_was_never_told_warns_and_sends(desk: RoomDesk, person: UUID) -> None:
    library = add_partner(desk, "Shard End Library")
    desk.act(lambda s: actions.record_consent(s, person, answer="given"))
    assert warned(desk, lambda s: referrals.send_referral(s, participant=person, partner=library, need="ESOL")) == (NOT_TOLD,)
    desk.act(lambda s: actions.give_notice(s, person, version="2", given_on=TODAY))
    assert warned(desk, lambda s: referrals.send_referral(s, participant=person, partner=library, need="ESOL")) == ()
