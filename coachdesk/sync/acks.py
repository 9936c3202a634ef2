"""What a laptop says of itself in the shared place: what it holds of everybody's log, its clock, its program, which files it misses.

One small file for each laptop, sealed under the epoch key, since when somebody works is nobody else's business. It is written anew when
something changed; its number counts up, so that an old one that was put back is known for what it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from coachdesk.store.ids import Dice
from coachdesk.sync import envelope
from coachdesk.sync.wire import Malformed

MAGIC = b"CDA1"
MOST_WANTED = 200
_NAME = re.compile(r"dev/([0-9a-f]{32})/ack\.([0-9]{1,12})\.cda")


class Holds(msgspec.Struct, array_like=True, frozen=True):
    """Everything of an incarnation from 1 up to a number, and the hash of the segment in which that stands."""

    dev: bytes
    inc: bytes
    seq: int
    hash: bytes


class Ack(msgspec.Struct, array_like=True, frozen=True):
    """What a laptop says. at: an instant by its own clock. wants: beginnings of hashes of segments that it cannot read."""

    n: int
    at: str
    version: str
    holds: tuple[Holds, ...]
    wants: tuple[str, ...] = ()


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Ack).decode


def seal(ack: Ack, *, space: bytes, seed: bytes, epoch: bytes, epoch_key: bytes, dice: Dice) -> bytes:
    """The file of an ack."""
    return envelope.seal(MAGIC, space, epoch, epoch_key, seed, b"", _encode(ack), dice)


def read(data: bytes) -> envelope.Sealed:
    """An ack's cover, signature checked. Malformed for anything else."""
    return envelope.read(MAGIC, data, 1024 * 1024)


def open_(cover: envelope.Sealed, epoch_key: bytes) -> Ack:
    """What an ack says. Malformed when it says nothing of the kind."""
    try:
        told = _decode(envelope.open_(cover, epoch_key))
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise Malformed("what a laptop says of itself") from None
    if any(len(one.dev) != 16 or len(one.inc) != 8 or len(one.hash) != 32 or not 0 <= one.seq < 2**63 for one in told.holds):
        raise Malformed("what a laptop holds")
    if len(told.at) > 40 or len(told.version) > 40 or not 0 <= told.n < 10**12 or len(told.wants) > MOST_WANTED:
        raise Malformed("what a laptop says of itself")
    return told


def name(dev: bytes, n: int) -> str:
    """Where a laptop's ack stands."""
    return f"dev/{dev.hex()}/ack.{n}.cda"


def hint(told: str) -> tuple[bytes, int] | None:
    """The device and number in an ack's name; None for any other name."""
    found = _NAME.fullmatch(told)
    return (bytes.fromhex(found[1]), int(found[2])) if found else None


def coverage(runs: Iterable[tuple[bytes, bytes, int, int, bytes]]) -> dict[tuple[bytes, bytes], tuple[int, bytes]]:
    """From (device, incarnation, first, last, hash) of segments: up to which number each incarnation is here without a gap."""
    by_home: dict[tuple[bytes, bytes], list[tuple[int, int, bytes]]] = defaultdict(list)
    for dev, inc, first, last, digest in runs:
        by_home[dev, inc].append((first, last, digest))
    found = {}
    for home, spans in by_home.items():
        end, mark = 0, bytes(32)
        for first, last, digest in sorted(spans):
            if first > end + 1:
                break
            if last > end:
                end, mark = last, digest
        found[home] = (end, mark)
    return found
