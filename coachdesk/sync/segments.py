"""A segment: one run of a device's log as it travels, for ever the same bytes, named by their hash (SYNC.md 5)."""

from __future__ import annotations

import re
from typing import NamedTuple

from coachdesk.store.ids import Dice
from coachdesk.store.travel import Batch
from coachdesk.sync import envelope, wire
from coachdesk.sync.wire import Malformed

MAGIC = b"CDX1"
NO_PREV = bytes(32)             # the first segment of an incarnation follows nothing
_EXTRA = 8 + 8 + 8 + 32
_NAME = re.compile(r"dev/([0-9a-f]{32})/([0-9a-f]{16})/([0-9]{1,19})-([0-9]{1,19})\.([0-9a-f]{16})\.cdx")


class Segment(NamedTuple):
    """A segment whose signature holds: whose it is, which numbers, what it follows. Its operations are still shut."""

    hash: bytes
    dev: bytes
    inc: bytes
    first: int
    last: int
    prev: bytes
    space: bytes
    epoch: bytes
    cover: envelope.Sealed


def seal(batch: Batch, *, space: bytes, seed: bytes, prev: bytes, epoch: bytes, epoch_key: bytes, dice: Dice) -> bytes:
    """The bytes of a segment. Malformed when the batch breaks a bound, or is too large for one file."""
    extra = batch.inc + batch.first.to_bytes(8, "big") + batch.last.to_bytes(8, "big") + prev
    data = envelope.seal(MAGIC, space, epoch, epoch_key, seed, extra, wire.pack(batch), dice)
    if len(data) > wire.LARGEST_FILE:
        raise Malformed("too large a file")
    return data


def read(data: bytes) -> Segment:
    """What a segment says of itself, its signature checked. Malformed for anything else."""
    cover = envelope.read(MAGIC, data)
    if len(cover.extra) != _EXTRA:
        raise Malformed("the header of a segment")
    inc, first, last, prev = cover.extra[:8], cover.extra[8:16], cover.extra[16:24], cover.extra[24:]
    numbers = int.from_bytes(first, "big"), int.from_bytes(last, "big")
    if not 1 <= numbers[0] <= numbers[1] < 2**63 or numbers[1] - numbers[0] >= wire.MOST_OPS:
        raise Malformed("the numbers of a segment")
    return Segment(envelope.hash_of(data), cover.dev, inc, *numbers, prev, cover.space, cover.epoch, cover)


def open_(segment: Segment, epoch_key: bytes) -> Batch:
    """The operations of a segment, checked whole. Malformed when they are not what the header says."""
    batch = wire.unpack(envelope.open_(segment.cover, epoch_key))
    if (batch.dev, batch.inc, batch.first, batch.last) != (segment.dev, segment.inc, segment.first, segment.last):
        raise Malformed("operations of another segment")
    return batch


def name(dev: bytes, inc: bytes, first: int, last: int, digest: bytes) -> str:
    """Where a segment stands in the shared place. A hint only: what counts is what is in it."""
    return f"dev/{dev.hex()}/{inc.hex()}/{first:06d}-{last:06d}.{digest[:8].hex()}.cdx"


def key_name(digest: bytes) -> str:
    """Where the small keys of a segment stand."""
    return f"seal/{digest[:8].hex()}.cdk"


class Hint(NamedTuple):
    """What the name of a file says of the segment in it."""

    dev: bytes
    inc: bytes
    first: int
    last: int
    mark: str               # 16 hex digits: the beginning of its hash


def hint(told: str) -> Hint | None:
    """The hint in a name that we would have given; None for any other name."""
    found = _NAME.fullmatch(told)
    if found is None:
        return None
    return Hint(bytes.fromhex(found[1]), bytes.fromhex(found[2]), int(found[3]), int(found[4]), found[5])
