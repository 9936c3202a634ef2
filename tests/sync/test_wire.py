"""What travels comes out as it went in, and whatever else comes in is Malformed: never a crash, never half taken."""

from __future__ import annotations

import random
import sys
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.store.travel import Batch
from coachdesk.sync import wire
from coachdesk.sync.wire import Malformed
from tests.sync.making import batch_of, batches, ids, stamp

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

STAMP = stamp(5, 0, bytes(16))


@given(batches())
@settings(max_examples=150, deadline=None)
def test_a_batch_comes_out_as_it_went_in(batch: Batch) -> None:
    assert wire.unpack(wire.pack(batch)) == batch


def test_a_changed_row_costs_few_bytes() -> None:
    batch = batch_of(3_000)
    assert len(wire.pack(batch)) / 3_000 < 110       # 92 of them are ids and sealed values, which cannot be pressed


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_noise_is_malformed(noise: bytes) -> None:
    for data in (noise, zstd.compress(noise)):
        with pytest.raises(Malformed):
            wire.unpack(data)


@given(st.recursive(st.none() | st.integers() .filter(lambda n: -(2**63) <= n < 2**64) | st.binary(max_size=9) | st.text(max_size=5)
                    | st.floats(), lambda inner: st.lists(inner, max_size=31) | st.dictionaries(st.text(max_size=3), inner, max_size=3)))
@settings(max_examples=200, deadline=None)
def test_well_formed_nonsense_is_malformed(told: Any) -> None:
    with pytest.raises(Malformed):
        wire.unpack(zstd.compress(msgspec.msgpack.encode(told)))


def test_mutated_pages_are_malformed_or_whole_batches() -> None:
    """The page itself is mutated, behind its seal and its press: what a member with valid keys could send."""
    dice = random.Random(4)
    plain = zstd.decompress(wire.pack(batch_of(12)))
    whole = 0
    for _ in range(4_000):
        page = bytearray(plain)
        for _ in range(dice.randint(1, 4)):
            match dice.randrange(3):
                case 0:
                    page[dice.randrange(len(page))] = dice.randrange(256)
                case 1:
                    del page[dice.randrange(len(page))]
                case _:
                    page.insert(dice.randrange(len(page)), dice.randrange(256))
        try:
            batch = wire.unpack(zstd.compress(bytes(page)))
        except Malformed:
            continue
        wire.check(batch)
        assert wire.unpack(wire.pack(batch)) == batch
        whole += 1
    assert 0 < whole < 4_000


def test_a_bomb_is_not_unpressed() -> None:
    for many in (wire.LARGEST_PAGE + 1, 300 * 1024 * 1024):
        press = zstd.ZstdCompressor(level=1)
        pieces = [press.compress(bytes(1024 * 1024)) for _ in range(many // 1024 // 1024)]
        bomb = b"".join([*pieces, press.compress(bytes(many % (1024 * 1024))), press.flush()])
        with pytest.raises(Malformed):
            wire.unpack(bomb)


@pytest.mark.parametrize("tail", [b"x", zstd.compress(b"more"), b"\0" * 40])
def test_bytes_after_the_end_are_malformed(tail: bytes) -> None:
    with pytest.raises(Malformed):
        wire.unpack(wire.pack(batch_of(3)) + tail)


def test_a_claim_of_very_many_rows_takes_no_memory() -> None:
    for size in (10_001, 2**31):
        with pytest.raises(Malformed):
            wire.unpack(zstd.compress(b"\xdc\x00\x1e" + b"\x01" + b"\xc4\x10" + bytes(16) + b"\xc4\x08" + bytes(8) + b"\x01\x01\xc4\x00"
                                      + b"\xdd" + size.to_bytes(4, "big")))


@pytest.mark.parametrize("head", [
    pytest.param('{"v":{"a":1},"v":{"a":2}}', id="a key twice"),
    pytest.param('{"v":{"a":1,"a":2}}', id="a field twice"),
    pytest.param('{"v":{"a":NaN}}', id="not a number"),
    pytest.param('{"v":{"a":1.5}}', id="a fraction"),
    pytest.param('{"v":{"a":[{"b":0.5}]}}', id="a fraction deep down"),
    pytest.param('{"v":{"a":1e3}}', id="an exponent"),
    pytest.param('{"v":{"a":9223372036854775808}}', id="a number too large for the store"),
    pytest.param('{"v":{"a":' + "9" * 400 + "}}", id="a number too large for anything"),
    pytest.param('{"v": {"a":1}}', id="a blank"),
    pytest.param('{"v":{"a":"\\u0041"}}', id="a letter written another way"),
    pytest.param("[1]", id="a list"),
    pytest.param("", id="nothing"),
    pytest.param('{"v":[1]}', id="values without names"),
    pytest.param('{"b":{"a":["yesterday"]}}', id="a base that is no stamp"),
    pytest.param('{"s":{"a":{"add":[1]}}}', id="a word that is no word"),
    pytest.param('{"s":{"a":{"rem":["x"]}}}', id="a removal of nothing"),
    pytest.param('{"x":[]}', id="a deletion that calls itself a change"),
    pytest.param('{"v":{"a":' + "[" * 17 + "]" * 17 + "}}", id="too deep"),
    pytest.param('{"v":{"a":' + "[" * 5_000 + "]" * 5_000 + "}}", id="far too deep"),
    pytest.param('{"v":{"a":"' + "x" * (1024 * 1024) + '"}}', id="too large"),
])
def test_a_head_that_the_log_would_not_write_is_malformed(head: str) -> None:
    with pytest.raises(Malformed):
        wire.check_head("set", head)


@pytest.mark.parametrize(("kind", "head"), [
    ("set", '{"v":{"a":-9223372036854775808,"b":"[[[[[[[[[[[[[[[[[[[[","c":null}}'),
    ("set", f'{{"v":{{"a":1}},"b":{{"a":["{STAMP}"]}}}}'),
    ("del", f'{{"x":["{STAMP}"]}}'),
    ("join", '{"anything":[{"new":1}]}'),
])
def test_a_head_that_the_log_would_write_is_taken(kind: str, head: str) -> None:
    wire.check_head(kind, head)


@given(batches(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_batch_whose_parts_do_not_fit_is_not_sent(batch: Batch, data: st.DataObject) -> None:
    op, txn = batch.ops[0], batch.txns[0]
    wrong = data.draw(st.sampled_from([
        batch._replace(dev=b"x"), batch._replace(inc=b""), batch._replace(first=batch.first - 1), batch._replace(last=batch.last + 1),
        batch._replace(ops=[]), batch._replace(ops=[*batch.ops, op]), batch._replace(txns=[*batch.txns, txn]),
        batch._replace(ops=[op._replace(ms=2**48), *batch.ops[1:]]), batch._replace(ops=[op._replace(counter=-1), *batch.ops[1:]]),
        batch._replace(ops=[op._replace(entity="a table; drop"), *batch.ops[1:]]), batch._replace(ops=[op._replace(txn=7), *batch.ops[1:]]),
        batch._replace(ops=[op._replace(op_id=b"short"), *batch.ops[1:]]), batch._replace(ops=[op._replace(sealed=b"x"), *batch.ops[1:]]),
        batch._replace(txns=[txn._replace(last_seq=0), *batch.txns[1:]]), batch._replace(txns=[txn._replace(lasting=2), *batch.txns[1:]]),
        batch._replace(txns=[txn._replace(seen_at="yesterday"), *batch.txns[1:]]),
        batch._replace(txns=[txn._replace(min_reader=txn.schema + 1), *batch.txns[1:]]),
        batch._replace(txns=[txn._replace(actor=data.draw(ids)[:3]), *batch.txns[1:]]),
    ]))
    with pytest.raises(Malformed):
        wire.pack(wrong)
