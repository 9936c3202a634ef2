"""What the network can do: contracts and funding, who can give what in a lot on a day, what is lacking, and ends that warn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework import queries as casework
from coachdesk.errors import Refusal
from coachdesk.partner import actions, queries
from coachdesk.partner.rules.capability import BOTH, NOBODY, OWN, PARTNER, SUPPORT_KINDS
from tests.rooms.conftest import TODAY, RoomDesk


@pytest.fixture
def college(desk: RoomDesk) -> UUID:
    return desk.act(lambda s: actions.add_partner(s, name="Castle Vale College", kind="college or training provider", lots=["Shard End"]))


def add(desk: RoomDesk, **given: Any) -> UUID:
    whole = {"funding": "Adult Education Budget", "kinds": ["English, maths & ESOL"], **given}
    return desk.act(lambda s: actions.add_capability(s, **whole))


def able(desk: RoomDesk, kind: str, lot: str = "Shard End", on: date | None = None) -> list[tuple[str, bool]]:
    return [(row.holder, row.is_own) for row in desk.see(lambda s: queries.capability_for(s, desk.lots[lot], kind, on))]


def states(desk: RoomDesk, lot: str, on: date | None = None) -> dict[str, str]:
    (found,) = desk.see(lambda s: queries.lot_capability(s, lot=desk.lots[lot], on=on))
    assert [square.kind for square in found.squares] == list(SUPPORT_KINDS)
    assert found.gaps == tuple(square.kind for square in found.squares if square.state == NOBODY)
    return {square.kind: square.state for square in found.squares}


def body(desk: RoomDesk, lot: str) -> str:
    from coachdesk.programme import queries as programme

    return desk.see(lambda s: programme.own_bodies(s, desk.lots[lot], TODAY))[0]


def test_who_can_give_a_kind_of_support_is_told_with_outside_options_first(desk: RoomDesk, college: UUID) -> None:
    own = body(desk, "Shard End")
    add(desk, body=own, kinds=["ESOL", "CV"])
    add(desk, partner=college, lots=["Shard End"])
    assert able(desk, "English, maths & ESOL") == [("Castle Vale College", False), (own, True)]
    assert able(desk, "CV & job search") == [(own, True)]
    assert able(desk, "English, maths & ESOL", "Camp Hill") == [(own, True)], "the college’s money is for Shard End only"
    assert able(desk, "housing") == []
    (outside,) = [row for row in desk.see(lambda s: queries.capability_for(s, desk.shard_end, "English, maths & ESOL")) if not row.is_own]
    assert (outside.partner_id, outside.funding, outside.reply_days) == (college, "Adult Education Budget", 14)


def test_own_provision_of_a_partner_counts_as_own(desk: RoomDesk) -> None:
    theirs = desk.act(lambda s: actions.add_partner(s, name="Lead’s Own Gym", kind="other", is_own_provision=True))
    add(desk, partner=theirs, kinds=["health & wellbeing"])
    assert able(desk, "health & wellbeing") == [("Lead’s Own Gym", True)]
    assert states(desk, "Shard End")["health & wellbeing"] == OWN


def test_the_map_says_own_partner_both_or_nobody_on_the_day(desk: RoomDesk, college: UUID) -> None:
    add(desk, body=body(desk, "Shard End"), kinds=["CV", "ESOL"])
    add(desk, partner=college, kinds=["ESOL", "training"], from_day=date(2020, 1, 1), ends_on=date(2020, 7, 31), lots=["shard end"])
    now = states(desk, "Shard End")
    kinds = ("CV & job search", "English, maths & ESOL", "vocational training", "housing")
    assert [now[kind] for kind in kinds] == [OWN, BOTH, PARTNER, NOBODY]
    assert states(desk, "Shard End", date(2020, 7, 31))["vocational training"] == PARTNER, "its last day counts"
    assert states(desk, "Shard End", date(2020, 8, 1))["vocational training"] == NOBODY
    assert states(desk, "Shard End", date(2019, 12, 31))["vocational training"] == NOBODY
    assert states(desk, "Camp Hill")["vocational training"] == NOBODY
    (found,) = desk.see(lambda s: queries.lot_capability(s, lot=desk.shard_end))
    assert {square.kind: square.ends_on for square in found.squares}["vocational training"] == date(2020, 7, 31)
    assert {square.kind: square.ends_on for square in found.squares}["English, maths & ESOL"] is None, "the own contract has no end"


@pytest.mark.parametrize(("given", "said"), [
    ({}, "is held by one"),
    ({"body": "Nobody Known"}, "no lead provider or delivery partner"),
    ({"kinds": []}, "no kind of support"),
    ({"kinds": ["juggling"]}, "not a kind of support"),
    ({"funding": " "}, "needs a name"),
    ({"from_day": date(2020, 2, 1), "ends_on": date(2020, 1, 1)}, "before it begins"),
    ({"places": 0}, "from 1 to"),
    ({"amount_pence": -1}, "does not look right"),
    ({"lots": ["Atlantis"]}, "Atlantis"),
])
def test_what_cannot_be_is_refused_and_nothing_is_kept(desk: RoomDesk, college: UUID, given: dict[str, Any], said: str) -> None:
    holder = {} if not given or "body" in given else {"partner": college}
    with pytest.raises(Refusal, match=said):
        add(desk, **holder, **given)
    with pytest.raises(Refusal, match="is held by one"):
        add(desk, partner=college, body=body(desk, "Shard End"))
    assert desk.see(queries.capabilities) == []


def test_an_end_warns_in_today_until_somebody_looked_and_again_thirty_days_before(desk: RoomDesk, college: UUID) -> None:
    made = add(desk, partner=college, ends_on=TODAY + timedelta(days=60), lots=["Shard End"])
    own = add(desk, body=body(desk, "Shard End"), kinds=["CV"], funding="Lead’s contract", ends_on=TODAY + timedelta(days=10))

    def due(until: date = TODAY) -> list[tuple[str, UUID]]:
        return [(row.kind, row.id) for row in desk.see(lambda s: casework.due(s, until=until)) if row.kind == "partner.capability"]

    assert sorted(due()) == sorted([("partner.capability", made), ("partner.capability", own)])
    (row,) = [row for row in desk.see(lambda s: casework.due(s, until=TODAY)) if row.id == own]
    assert (row.what, row.who) == ("Lead’s contract ends on 22 May 2020, in 10 days", body(desk, "Shard End"))
    desk.act(lambda s: actions.see_capability_end(s, made))
    assert due() == [("partner.capability", own)]
    assert ("partner.capability", made) in due(TODAY + timedelta(days=30)), "thirty days before it ends"
    desk.act(lambda s: actions.change_capability(s, made, ends_on=TODAY + timedelta(days=50)))
    assert ("partner.capability", made) in due(), "a new end is warned of anew"
    desk.act(lambda s: actions.change_capability(s, made, is_open_ended=True))
    assert desk.see(lambda s: queries.capabilities(s, id=made))[0].state == "no end"
    with pytest.raises(Refusal, match="has no end"):
        desk.act(lambda s: actions.see_capability_end(s, made))


def test_a_contract_goes_over_to_another_holder_and_has_one_at_a_time(desk: RoomDesk, college: UUID) -> None:
    made = add(desk, partner=college)
    desk.act(lambda s: actions.change_capability(s, made, body="Stonecross Training"))
    (row,) = desk.see(queries.capabilities)
    assert (row.holder, row.partner_id, row.is_own) == ("Stonecross Training", None, True)
    desk.act(lambda s: actions.change_capability(s, made, partner=college))
    (row,) = desk.see(queries.capabilities)
    assert (row.partner_id, row.body, row.is_own) == (college, None, False)
    with pytest.raises(Refusal, match="is held by one"):
        desk.act(lambda s: actions.change_capability(s, made, partner=college, body="Lead Ltd"))


def test_a_change_keeps_what_is_not_given(desk: RoomDesk, college: UUID) -> None:
    made = add(desk, partner=college, places=12, amount_pence=2_500_000, source="their letter", lots=["Shard End"])
    desk.act(lambda s: actions.change_capability(s, made, kinds=["digital", "ESOL"], note="two classes"))
    (row,) = desk.see(queries.capabilities)
    assert (row.places, row.amount_pence, row.source, row.lots, row.note) == (12, 2_500_000, "their letter", ("Shard End",), "two classes")
    assert row.kinds == ("digital skills & kit", "English, maths & ESOL")
    desk.act(lambda s: actions.change_capability(s, made, is_unlimited=True, lots=[]))
    (row,) = desk.see(queries.capabilities)
    assert (row.places, row.amount_pence, row.lots) == (None, None, ())
    desk.act(lambda s: actions.remove_capability(s, made))
    assert desk.see(queries.capabilities) == []
