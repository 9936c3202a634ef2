"""Segments, key files and other covers: what was sealed opens again, and one bit changed anywhere is seen."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.store.travel import Batch
from coachdesk.sync import envelope, segments, smallkeys
from coachdesk.sync.wire import Malformed
from tests.sync.making import SPACE, Dice, batch_of, batches, ids, seed_of

EPOCH, EPOCH_KEY = b"e" * 16, b"k" * 32
PREV = b"p" * 32


def sealed(batch: Batch, dice: Dice | None = None) -> bytes:
    return segments.seal(batch, space=SPACE, seed=seed_of(1), prev=PREV, epoch=EPOCH, epoch_key=EPOCH_KEY, dice=dice or Dice())


def own(batch: Batch) -> Batch:
    """The same batch, written by laptop 1."""
    return batch._replace(dev=envelope.device_of(envelope.public_key(seed_of(1))))


@given(batches())
@settings(max_examples=40, deadline=None)
def test_a_segment_opens_as_it_was_sealed_and_says_whose_it_is(batch: Batch) -> None:
    batch = own(batch)
    data = sealed(batch)
    told = segments.read(data)
    assert (told.dev, told.inc, told.first, told.last, told.prev, told.space, told.epoch) == (
        batch.dev, batch.inc, batch.first, batch.last, PREV, SPACE, EPOCH)
    assert told.hash == envelope.hash_of(data)
    assert segments.open_(told, EPOCH_KEY) == batch
    hint = segments.hint(segments.name(told.dev, told.inc, told.first, told.last, told.hash))
    assert hint == segments.Hint(told.dev, told.inc, told.first, told.last, told.hash[:8].hex())


def test_every_bit_of_a_segment_counts() -> None:
    data = sealed(own(batch_of(4)))
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Malformed):
            segments.read(bytes(changed))


def test_every_length_of_a_segment_but_its_own_is_refused() -> None:
    data = sealed(own(batch_of(4)))
    for end in range(len(data)):
        with pytest.raises(Malformed):
            segments.read(data[:end])
    with pytest.raises(Malformed):
        segments.read(data + b"\0")
    torn = bytearray(data)
    torn[512:] = bytes(len(data) - 512)
    with pytest.raises(Malformed):
        segments.read(bytes(torn))


def test_a_segment_of_another_writer_or_key_does_not_open() -> None:
    batch = own(batch_of(4))
    told = segments.read(sealed(batch))
    with pytest.raises(Malformed):
        segments.open_(told, b"w" * 32)
    lying = segments.seal(batch_of(4), space=SPACE, seed=seed_of(1), prev=PREV, epoch=EPOCH, epoch_key=EPOCH_KEY, dice=Dice())
    with pytest.raises(Malformed):          # signed by 1, but the operations say that they are another's
        segments.open_(segments.read(lying), EPOCH_KEY)


def test_validly_signed_nonsense_is_malformed() -> None:
    dice = random.Random(9)
    for _ in range(500):
        extra = dice.randbytes(dice.choice([0, 55, 56, 56, 56, 57]))
        data = envelope.seal(segments.MAGIC, SPACE, EPOCH, EPOCH_KEY, seed_of(1), extra, dice.randbytes(dice.randrange(200)), Dice(1))
        with pytest.raises(Malformed):
            segments.open_(segments.read(data), EPOCH_KEY)


def test_a_batch_that_fills_more_than_a_file_is_refused_by_its_sender() -> None:
    batch = batch_of(90)
    batch = own(batch._replace(ops=[op._replace(sealed=Dice(op.seq)(60_000)) for op in batch.ops]))
    with pytest.raises(Malformed):
        sealed(batch)


def test_the_same_operations_sealed_twice_share_nothing() -> None:
    batch = own(batch_of(4))
    one, two = sealed(batch, Dice(1)), sealed(batch, Dice(2))
    assert one[150:-64] != two[150:-64]


@given(st.dictionaries(ids, st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=2, unique=True).map(sorted), max_size=30))
@settings(max_examples=40, deadline=None)
def test_small_keys_come_out_as_they_went_in(keys: dict[bytes, list[bytes]]) -> None:
    data = smallkeys.seal(b"s" * 32, keys, space=SPACE, seed=seed_of(2), epoch=EPOCH, epoch_key=EPOCH_KEY, dice=Dice())
    cover = smallkeys.read(data)
    assert cover.extra == b"s" * 32
    assert smallkeys.open_(cover, EPOCH_KEY) == keys
    assert all(key not in data for some in keys.values() for key in some)
    with pytest.raises(Malformed):
        smallkeys.open_(cover, b"w" * 32)


def test_every_bit_of_a_key_file_counts() -> None:
    data = smallkeys.seal(b"s" * 32, {bytes(16): [bytes(32)]}, space=SPACE, seed=seed_of(2), epoch=EPOCH, epoch_key=EPOCH_KEY, dice=Dice())
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Malformed):
            smallkeys.read(bytes(changed))


@pytest.mark.parametrize("name", [
    "dev/x/y/1-2.z.cdx", "team/" + "0" * 64 + ".cdm", "dev/" + "0" * 32 + "/" + "0" * 16 + "/1-2." + "0" * 16 + " (1).cdx",
    "dev/" + "0" * 32 + "/" + "0" * 16 + "/1-2." + "0" * 16 + "-DESKTOP-7.cdx", "../etc/passwd", "",
])
def test_other_names_give_no_hint(name: str) -> None:
    assert segments.hint(name) is None
