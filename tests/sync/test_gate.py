"""A coach's laptop refuses at once what every other laptop would set aside."""

from __future__ import annotations

from functools import partial

import pytest

from coachdesk.errors import Refusal
from coachdesk.programme import actions as programme
from coachdesk.sync import gate, team
from tests.sync.conftest import Laptop, World


def _add_member(laptop: Laptop, name: str) -> None:
    laptop.store.gate = partial(gate.refusal, laptop.store)
    laptop.store.act(laptop.store.desk.owner, "Added somebody", lambda session: programme.add_member(session, name=name, role="coach"))


def test_a_coach_may_not_write_what_is_the_leads_and_a_lead_may(world: World) -> None:
    _add_member(world.lead, "Zed")                     # shares with nobody yet
    lead = world.founded()
    coach = world.joins("Amina")
    with pytest.raises(Refusal, match="written on a lead's laptop only"):
        _add_member(coach, "Yan")
    coach.meet(coach.hold())
    team.change_role(lead.store, lead.folder, coach.dev, "lead")
    coach.sync()
    _add_member(coach, "Yan")
    world.settle()
    world.agree()
