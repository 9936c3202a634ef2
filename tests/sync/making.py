"""What the tests of sync make: batches as the log would write them, laptops with keys, dice that repeat."""

from __future__ import annotations

import hashlib
import json
import random
from typing import Any

from hypothesis import strategies as st

from coachdesk.store.travel import Batch, Op, Txn
from coachdesk.sync import envelope

SPACE = bytes(range(16))
SEEN = "2020-05-12T12:00:00.000000Z"


class Dice:
    """Bytes that are the same at every run."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)

    def __call__(self, count: int) -> bytes:
        return self._random.randbytes(count)


def seed_of(number: int) -> bytes:
    """A laptop's signing seed."""
    return hashlib.blake2b(bytes([number]), digest_size=32).digest()


def device(number: int) -> bytes:
    return envelope.device_of(envelope.public_key(seed_of(number)))


def stamp(ms: int, counter: int, op_id: bytes) -> str:
    return f"{ms:012x}.{counter:04x}.{op_id.hex()}"


def json_text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def batch_of(count: int, *, dev: bytes = bytes(16), inc: bytes = bytes(8), first: int = 1, dice: Dice | None = None) -> Batch:
    """Operations in actions of three, as a coach's afternoon would leave them."""
    dice = dice or Dice()
    ops, txns = [], []
    for at in range(count):
        if at % 3 == 0:
            last = first + min(at + 2, count - 1)
            txns.append(Txn(dice(16), last, 1_589_000_000_000 + at * 60_000, 0, bytes(16), "Logged a contact", None, 0, 1, 1, SEEN))
        txn = txns[-1]
        head = json_text({"v": {"kind": "food bank", "minutes": at}})
        ops.append(Op(dice(16), len(txns) - 1, first + at, txn.ms, 0, "set", "outreach_contact", dice(16), None, head, dice(60)))
    return Batch(dev, inc, first, first + count - 1, txns, ops)


ids = st.binary(min_size=16, max_size=16)
moments = st.tuples(st.integers(0, 2**48 - 1), st.integers(0, 0xFFFF))
stamps = st.builds(lambda moment, op: stamp(*moment, op), moments, ids)
fields = st.sampled_from(["name", "phone", "minutes", "kind", "barriers"])
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=[chr(n) for n in range(32)] + ["\x7f"]), max_size=20)
values = st.recursive(st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | texts,
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=6)
heads = st.fixed_dictionaries(
    {"v": st.dictionaries(fields, values, max_size=3)},
    optional={
        "s": st.dictionaries(fields, st.fixed_dictionaries({"add": st.lists(texts, max_size=3)}), max_size=2),
        "b": st.dictionaries(fields, st.lists(stamps, min_size=1, max_size=2), max_size=2),
    },
).map(lambda head: ("set", json_text(head))) | st.lists(stamps, max_size=3).map(lambda seen: ("del", json_text({"x": seen})))


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    """Any batch that a log could hold."""
    counts = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    first = draw(st.integers(1, 2**40))
    txns, ops, seq = [], [], first
    txn_ids = draw(st.lists(ids, min_size=len(counts), max_size=len(counts), unique=True))
    op_ids = draw(st.lists(ids, min_size=sum(counts), max_size=sum(counts), unique=True))
    for place, count in enumerate(counts):
        ms, counter = draw(moments)
        more = draw(st.integers(0, 5)) if place == len(counts) - 1 else 0
        schema = draw(st.integers(1, 9))
        txns.append(Txn(txn_ids[place], seq + count - 1 + more, ms, counter, draw(ids), draw(texts), draw(st.none() | ids),
                        draw(st.integers(0, 1)), schema, draw(st.integers(1, schema)), SEEN))
        for _ in range(count):
            kind, head = draw(heads)
            op_ms, op_counter = draw(moments)
            ops.append(Op(op_ids[seq - first], place, seq, op_ms, op_counter, kind, draw(st.sampled_from(["participant", "claim_line"])),
                          draw(ids), draw(st.none() | ids), head, draw(st.none() | st.binary(min_size=16, max_size=80))))
            seq += 1
    return Batch(draw(ids), draw(st.binary(min_size=8, max_size=8)), first, seq - 1, txns, ops)
