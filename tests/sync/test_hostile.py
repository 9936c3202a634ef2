"""A member's laptop that was tampered with: what it signs and seals rightly is nonsense. Nothing crashes, nothing is held up."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from coachdesk.store.seals import close
from coachdesk.store.travel import Batch, Op, Txn
from coachdesk.sync import acks, keyring, membership, segments, shelf, smallkeys
from coachdesk.sync.membership import Said
from tests.sync.conftest import Laptop, World
from tests.sync.making import SEEN, Dice, json_text

INC = b"hostile!"


class Liar:
    """Writes into the shared place what a laptop in the team could: all signatures and seals are right."""

    def __init__(self, laptop: Laptop, world: World) -> None:
        self.laptop, self.world, self.dice = laptop, world, Dice(7)
        with shelf.reading(laptop.store) as connection:
            self.ring = shelf.ring(connection)
        epoch = self.ring.newest()
        assert epoch is not None
        self.epoch, self.seed = epoch[1], laptop.store.desk.device_seed
        self.seq, self.prev = 0, bytes(32)

    def tell(self, *ops: dict[str, Any], keys: dict[bytes, list[bytes]] | None = None) -> None:
        """A segment of operations, each in an action of its own."""
        first = self.seq + 1
        txns, made = [], []
        for told in ops:
            self.seq += 1
            txns.append(Txn(self.dice(16), self.seq, 1_589_300_000_000, 0, bytes(16), "Lied", None, 0, told.pop("schema", 1), 1, SEEN))
            usual = {"op_id": self.dice(16), "txn": len(txns) - 1, "seq": self.seq, "ms": 1_589_300_000_000, "counter": 0, "kind": "set",
                     "entity": "outreach_contact", "entity_id": self.dice(16), "seal_id": None, "head": "{}", "sealed": None}
            made.append(Op(**{**usual, **told}))
        batch = Batch(self.laptop.store.desk.device, INC, first, self.seq, txns, made)
        data = segments.seal(batch, space=self.ring.space, seed=self.seed, prev=self.prev, epoch=self.epoch,
                             epoch_key=self.ring.keys[self.epoch], dice=self.dice)
        told = segments.read(data)
        self.prev = told.hash
        self.laptop.folder.put(segments.name(told.dev, told.inc, told.first, told.last, told.hash), data)
        file = smallkeys.seal(told.hash, keys or {}, space=self.ring.space, seed=self.seed, epoch=self.epoch,
                              epoch_key=self.ring.keys[self.epoch], dice=self.dice)
        self.laptop.folder.put(segments.key_name(told.hash), file)


@pytest.fixture
def team(world: World) -> tuple[Laptop, Laptop, Liar]:
    lead = world.founded()
    coach = world.joins("Amina")
    world.settle()
    return lead, coach, Liar(coach, world)


HEADS: list[dict[str, Any]] = [
    {"v": {"session_id": 7}}, {"v": {"session_id": "not an id"}}, {"v": {"met_at": "yesterday"}}, {"v": {"met_at": 5}},
    {"v": {"name": ["a"]}},
    {"v": {"nothing_like_it": {"deep": [1, [2, [3]]]}}}, {"v": {"id": "00"}}, {"v": {"row": 1}}, {"v": {}}, {"s": {"name": {"add": ["x"]}}},
    {"v": {"met_at": "9999-99-99T99:99:99.999999Z"}}, {"v": {"name": None, "session_id": None}}, {"v": {"session_id": "0" * 33}},
    {"b": {"name": ["0" * 12 + ".0000." + "0" * 32]}},
]


def test_nonsense_in_a_head_changes_no_row_and_holds_up_nothing(team: tuple[Laptop, Laptop, Liar]) -> None:
    lead, coach, liar = team
    held = coach.hold()
    met = coach.meet(held, "Qasim Rahman")
    coach.sync()
    for head in HEADS:
        for more in ({}, {"entity": "no_such_table"}, {"entity_id": met.bytes}, {"entity": "participant"}, {"kind": "sing"}):
            liar.tell({"head": json_text(head), **more})
        lead.sync()
        later = coach.meet(held, f"Met beside {head}")
        coach.rename(met, f"Qasim beside {head}")
        coach.sync()
        lead.sync()
        assert lead.name_of(later) == f"Met beside {head}"
    lead.digest()


PAYLOADS: list[Any] = [
    [], 5, "text", None, {"v": 5}, {"v": {"name": 1.5}}, {"v": {"name": {"a": [1]}}}, {"s": 3}, {"x": []}, {"s": {"name": 3}},
    {"v": {"row": 1}}, {"v": {"met_at": "never"}},
]


@pytest.mark.parametrize("is_late", [False, True], ids=["with its key", "before its key"])
def test_nonsense_under_a_seal_holds_up_nothing(is_late: bool, team: tuple[Laptop, Laptop, Liar]) -> None:
    lead, coach, liar = team
    held = coach.hold()
    for payload in PAYLOADS:
        op_id, entity_id, key = liar.dice(16), liar.dice(16), liar.dice(32)
        sealed = close(key, op_id, entity_id, payload)
        liar.tell({"op_id": op_id, "entity_id": entity_id, "sealed": sealed}, keys={} if is_late else {entity_id: [key]})
        lead.sync()
        if is_late:
            liar.tell({"head": '{"v":{"kind":"x"}}', "sealed": liar.dice(40), "seal_id": entity_id}, keys={entity_id: [key]})
            lead.sync()
        met = coach.meet(held, f"Met beside {payload}")
        coach.sync()
        lead.sync()
        assert lead.name_of(met) == f"Met beside {payload}"


def test_bytes_under_a_seal_that_no_key_opens_wait_and_hold_up_nothing(team: tuple[Laptop, Laptop, Liar]) -> None:
    lead, coach, liar = team
    met = coach.meet(coach.hold(), "Bilal Khan")
    coach.sync()
    liar.tell({"entity_id": met.bytes, "sealed": liar.dice(90)}, {"sealed": liar.dice(90)})
    lead.sync()
    coach.rename(met, "Bilal K")
    coach.sync()
    lead.sync()
    assert lead.name_of(met) == "Bilal K"
    lead.digest()


def test_a_stamp_at_the_end_of_time_bends_one_field_and_no_clock(team: tuple[Laptop, Laptop, Liar]) -> None:
    lead, coach, liar = team
    met = coach.meet(held := coach.hold(), "Bilal Khan")
    coach.sync()
    lead.sync()
    liar.tell({"entity_id": met.bytes, "ms": 2**48 - 1, "counter": 0xFFFF, "head": '{"v":{"kind":"x"}}'})
    lead.sync()
    other = lead.meet(held, "Qasim Rahman")
    with lead.store.engine.connect() as connection:
        newest = connection.exec_driver_sql("select max(ms) from txn where dev = ?", (lead.store.desk.device,)).scalar_one()
    assert newest < 2_000_000_000_000
    assert lead.name_of(other) == "Qasim Rahman"


@pytest.mark.parametrize("make", [
    lambda liar: membership.state(Said("revoke", 99, "now", dev=bytes.fromhex(liar.world.lead.dev)), liar.ring.space, liar.seed),
    lambda liar: membership.state(Said("add", 99, "now", key=bytes(32), role="lead", member=bytes(16)), liar.ring.space, liar.seed),
    lambda liar: membership.state(Said("role", 99, "now", dev=liar.laptop.store.desk.device, role="lead"), liar.ring.space, liar.seed),
    lambda liar: membership.state(Said("retired", 99, "now", hashes=(bytes(32),)), liar.ring.space, liar.seed),
    lambda liar: membership.state(Said("epoch", 99, "now", epoch=bytes(16), number=2**31 - 1), liar.ring.space, liar.seed),
    lambda liar: membership.state(Said("", 2**62, "\0", key=b"", dev=b""), liar.ring.space, liar.seed),
])
def test_a_coachs_words_about_the_team_count_for_nothing(make: Callable[[Liar], bytes], team: tuple[Laptop, Laptop, Liar]) -> None:
    lead, coach, liar = team
    data = make(liar)
    coach.folder.put(membership.name(membership.read(data).hash), data)
    before = lead.digest()
    assert lead.sync().state == coach.sync().state == "done"
    assert lead.digest() == before
    met = lead.meet(lead.hold(), "Bilal Khan")
    lead.sync()
    coach.sync()
    assert coach.name_of(met) == "Bilal Khan"


def test_mutated_files_of_every_kind_change_nothing(team: tuple[Laptop, Laptop, Liar], world: World) -> None:
    lead, coach, _ = team
    before = lead.digest()
    dice = random.Random(3)
    files = [path for path in world.shared.rglob("*.cd?") if path.is_file()]
    for number in range(300):
        path = dice.choice(files)
        data = bytearray(path.read_bytes())
        for _ in range(dice.randint(1, 3)):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        if dice.random() < 0.3:
            del data[dice.randrange(len(data)) :]
        path.with_name(f"{path.stem}-{number}{path.suffix}").write_bytes(bytes(data))
    for _ in range(3):
        lead.sync()
        coach.sync()
    assert lead.digest() == coach.digest() == before


def test_an_ack_that_claims_the_moon_makes_nothing_safe_that_is_not_there(team: tuple[Laptop, Laptop, Liar]) -> None:
    from coachdesk.sync import standing

    lead, coach, liar = team
    holds = (acks.Holds(lead.store.desk.device, lead.store.desk.incarnation, 2**60, bytes(32)),)
    data = acks.seal(acks.Ack(10**11, "not a time", "9" * 40, holds), space=liar.ring.space, seed=liar.seed, epoch=liar.epoch,
                     epoch_key=liar.ring.keys[liar.epoch], dice=liar.dice)
    coach.folder.put(acks.name(coach.store.desk.device, 10**11), data)
    lead.hold()
    lead.sync()
    assert standing.standing(lead.store).state in (standing.SHARED, standing.SAFE)
    lead.hold()
    assert standing.standing(lead.store).state == standing.HERE
    assert [one.last_seen for one in standing.seen(lead.store)] == [None]


def test_a_wrong_epoch_key_handed_over_by_a_member_is_not_taken(team: tuple[Laptop, Laptop, Liar], world: World) -> None:
    lead, coach, liar = team
    from coachdesk.sync.envelope import public_key

    wrong = keyring.hand_over(liar.ring.space, b"w" * 32, 5, public_key(lead.store.desk.device_seed), liar.seed)
    coach.folder.put(keyring.key_name(b"x" * 16, lead.store.desk.device), wrong)
    lead.sync()
    met = lead.meet(lead.hold(), "Bilal Khan")
    world.settle()
    assert coach.name_of(met) == "Bilal Khan"
