"""The usual cadence and the scale of trust are the programme's: changed once, they hold in every list."""

from __future__ import annotations

from uuid import UUID

import pytest

from coachdesk.errors import Refusal
from coachdesk.partner import actions
from coachdesk.programme import actions as programme
from coachdesk.programme import queries as programme_queries
from coachdesk.referral import queries as derived
from coachdesk.store import replay
from tests.rooms.conftest import RoomDesk


@pytest.fixture
def bank(desk: RoomDesk) -> UUID:
    return desk.act(lambda s: actions.add_partner(s, name="Food bank", kind="food bank", lots=["Shard End"]))


def change(desk: RoomDesk, **given: object) -> None:
    (row,) = desk.see(programme_queries.networks)
    desk.act(lambda s: programme.change_network(s, row.id, **given))  # type: ignore[arg-type]


def test_another_usual_cadence_moves_every_clock_that_has_none_of_its_own(desk: RoomDesk, bank: UUID) -> None:
    other = desk.act(lambda s: actions.add_partner(s, name="Library", kind="library", lots=["Shard End"]))
    desk.act(lambda s: actions.set_upkeep(s, other, cadence_days=90))
    change(desk, cadence_days=21)
    assert {row.id: row.cadence_days for row in desk.see(derived.upkeep)} == {bank: 21, other: 90}
    with desk.store.engine.connect() as connection:
        assert replay.digest(replay.live(connection)) == replay.digest(replay.replayed(connection).records())


def test_another_scale_of_trust_is_asked_for_and_old_words_keep_theirs(desk: RoomDesk, bank: UUID) -> None:
    desk.act(lambda s: actions.set_trust(s, bank, stage="too business-like"))
    (row,) = desk.see(derived.relationships)
    assert row.is_cold
    change(desk, trust=["strangers", "on terms", "friends"], cold_to="strangers", warm_from="friends")
    (row,) = desk.see(derived.relationships)
    assert not row.is_cold and row.trust == "too business-like"
    with pytest.raises(Refusal, match="not a stage of trust"):
        desk.act(lambda s: actions.set_trust(s, bank, stage="shares the work"))
    desk.act(lambda s: actions.set_trust(s, bank, stage="strangers"))
    (row,) = desk.see(derived.relationships)
    assert row.is_cold and row.trust == "strangers"
    assert [each.direction for each in desk.see(derived.trust_changes)] == ["in other words", "first word"]


def test_a_scale_that_does_not_hold_together_changes_nothing(desk: RoomDesk) -> None:
    before = desk.see(programme_queries.networks)
    with pytest.raises(Refusal, match="is not one of the steps of trust"):
        change(desk, cadence_days=7, trust=["a", "b"])
    assert desk.see(programme_queries.networks) == before
