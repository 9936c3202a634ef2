"""The team is what all signed statements together say, in whatever order they came."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.sync import membership
from coachdesk.sync.envelope import public_key
from coachdesk.sync.membership import COACH, LEAD, Cut, Members, Said, Statement
from coachdesk.sync.wire import Malformed
from tests.sync.making import SPACE, device, seed_of

ROOT = 0
INC = b"i" * 8


def say(signer: int, kind: str, n: int = 1, **more: Any) -> Statement:
    """A statement signed by a laptop (0 is the root)."""
    if "of" in more:
        more["dev"] = device(more.pop("of"))
    if kind in ("add", "create"):
        who = more.pop("who", ROOT)
        more = {"key": public_key(seed_of(who)), **({"member": bytes([who]) * 16} if kind == "add" else {}), **more}
    return membership.read(membership.state(Said(kind, n, "2020-05-12T12:00:00Z", **more), SPACE, seed_of(signer)))


CREATE = say(ROOT, "create")
FIRST = say(ROOT, "add", who=1, role=LEAD)
SECOND = say(1, "add", who=2, role=LEAD)
COACH3 = say(1, "add", 2, who=3, role=COACH)
TEAM = [CREATE, FIRST, SECOND, COACH3]


def team(*more: Statement) -> Members:
    return membership.evaluate([*TEAM, *more], SPACE, CREATE.hash)


def roles(members: Members) -> dict[int, str | None]:
    return {number: members.role_of(device(number)) for number in range(1, 6)}


def test_root_adds_the_first_lead_and_leads_add_others() -> None:
    assert roles(team()) == {1: LEAD, 2: LEAD, 3: COACH, 4: None, 5: None}
    assert team().role_of(device(ROOT)) is None         # the root is a code on paper, not a laptop


def test_a_coach_adds_nobody_and_revokes_nobody() -> None:
    members = team(say(3, "add", who=4, role=LEAD), say(3, "revoke", of=2), say(3, "role", of=3, role=LEAD),
                   say(3, "epoch", epoch=b"e" * 16, number=9), say(3, "retired", hashes=(b"h" * 32,)))
    assert roles(members) == roles(team())
    assert members.epochs == () and members.retired == frozenset()


def test_nobody_outside_the_team_is_heard() -> None:
    assert roles(team(say(5, "add", who=5, role=LEAD), say(5, "revoke", of=1))) == roles(team())


def test_a_team_needs_its_own_founding_statement() -> None:
    assert membership.evaluate(TEAM[1:], SPACE, CREATE.hash).devices == {}
    assert membership.evaluate(TEAM, bytes(16), CREATE.hash).devices == {}
    other = say(4, "create", who=4)
    assert membership.evaluate([*TEAM, other, say(4, "add", who=5, role=LEAD)], SPACE, CREATE.hash).role_of(device(5)) is None


def test_a_lost_laptop_counts_up_to_its_cut_and_stays_out() -> None:
    members = team(say(1, "revoke", 3, of=3, cuts=(Cut(INC, 40),)), say(2, "add", 5, who=3, role=COACH))
    assert members.role_of(device(3)) is None
    assert members.judge(device(3), INC, 40, "participant") is None
    assert "reported lost" in str(members.judge(device(3), INC, 41, "participant"))
    assert "reported lost" in str(members.judge(device(3), b"j" * 8, 1, "participant"))
    assert members.cut_of(device(3), INC) == 40


def test_what_came_after_the_cut_can_be_admitted() -> None:
    lost = say(1, "revoke", 3, of=3, cuts=(Cut(INC, 40),))
    members = team(lost, say(2, "admit", of=3, cuts=(Cut(INC, 55),)))
    assert members.judge(device(3), INC, 55, "participant") is None
    assert members.judge(device(3), INC, 56, "participant") is not None
    assert members.role_of(device(3)) is None


def test_what_a_stolen_leads_laptop_signs_afterwards_does_not_count() -> None:
    before, after = say(2, "add", 1, who=4, role=COACH), say(2, "add", 2, who=5, role=LEAD)
    lost = say(1, "revoke", 3, of=2, stands=(before.hash,))
    members = team(before, after, lost, say(2, "revoke", 3, of=1))
    assert roles(members) == {1: LEAD, 2: None, 3: COACH, 4: COACH, 5: None}
    assert after.hash not in members.counted


def test_a_junior_cannot_turn_a_senior_out_but_a_peer_can() -> None:
    peer = say(1, "add", 4, who=4, role=LEAD)
    assert team(peer, say(2, "revoke", of=1)).role_of(device(1)) == LEAD
    assert team(peer, say(2, "revoke", of=4)).role_of(device(4)) is None
    assert team(peer, say(4, "revoke", of=2)).role_of(device(2)) is None


def test_two_peers_who_turn_each_other_out_leave_one_of_them() -> None:
    peer = say(1, "add", 4, who=4, role=LEAD)
    members = team(peer, say(2, "revoke", of=4), say(4, "revoke", of=2))
    assert [members.role_of(device(2)), members.role_of(device(4))].count(LEAD) == 1
    settled = team(peer, say(2, "revoke", of=4), say(4, "revoke", of=2), say(ROOT, "revoke", 5, of=2))
    assert settled.role_of(device(2)) is None


def test_roles_change_by_the_last_word_of_the_most_senior() -> None:
    assert team(say(1, "role", 5, of=3, role=LEAD)).role_of(device(3)) == LEAD
    assert team(say(1, "role", 5, of=3, role=LEAD), say(1, "role", 6, of=3, role=COACH)).role_of(device(3)) == COACH
    assert team(say(1, "role", 5, of=3, role=LEAD), say(ROOT, "role", 1, of=3, role=COACH)).role_of(device(3)) == COACH


def test_coaches_write_their_work_and_leads_what_is_agreed() -> None:
    members = team()
    for entity in ("participant", "activity_sign_off", "outreach_contact", "referral_step", "programme_import"):
        assert members.judge(device(3), INC, 1, entity) is None
    for entity in ("claim", "claim_line", "programme_member", "programme_term", "programme_lot"):
        assert "lead" in str(members.judge(device(3), INC, 1, entity))
        assert members.judge(device(2), INC, 1, entity) is None
    assert "not in the team" in str(members.judge(device(5), INC, 1, "participant"))


def test_the_newest_epoch_is_the_last() -> None:
    members = team(say(1, "epoch", 4, epoch=b"b" * 16, number=2), say(2, "epoch", 9, epoch=b"a" * 16, number=1))
    assert members.epochs == ((1, b"a" * 16), (2, b"b" * 16))


people = st.integers(0, 5)
sayings = st.builds(
    lambda signer, kind, n, who, role, seq: say(signer, kind, n, **({"who": who, "role": role} if kind == "add" else
                                                                  {"epoch": bytes([who]) * 16, "number": seq} if kind == "epoch" else
                                                                  {"of": who, "role": role, "cuts": (Cut(INC, seq),)})),
    people, st.sampled_from(["add", "revoke", "role", "admit", "epoch"]), st.integers(1, 9), people, st.sampled_from([LEAD, COACH]),
    st.integers(0, 50),
)


@given(st.lists(sayings, max_size=14), st.randoms(use_true_random=False), st.data())
@settings(max_examples=200, deadline=None)
def test_the_order_of_arrival_changes_nothing(said: list[Statement], order: random.Random, data: st.DataObject) -> None:
    said = [one._replace(said=one.said) for one in said]
    if said:
        accepted = tuple(one.hash for one in data.draw(st.lists(st.sampled_from(said), max_size=3)))
        said.append(say(1, "revoke", 10, of=2, stands=accepted))
    first = team(*said)
    mixed = [*TEAM, *said, *said[:3]]
    order.shuffle(mixed)
    assert membership.evaluate(mixed, SPACE, CREATE.hash) == first
    revoked = {one.said.dev for one in said if one.said.kind == "revoke" and one.hash in first.counted}
    assert all(first.role_of(dev) is None for dev in revoked)


def test_a_statement_with_one_bit_changed_is_malformed() -> None:
    data = membership.state(Said("add", 1, "now", key=bytes(32), role=LEAD, member=bytes(16)), SPACE, seed_of(1))
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Malformed):
            membership.read(bytes(changed))


def test_a_statement_of_a_kind_that_is_not_known_here_is_kept_and_changes_nothing() -> None:
    newer = say(1, "anthem", 7)
    assert roles(team(newer)) == roles(team())
