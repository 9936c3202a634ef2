"""Small keys on their way: which person's (or record's) key opens which sealed values, in a file beside each segment.

They stand outside the segments, which are for ever: a key that is destroyed is left out when the file is written anew, by whoever holds the
segment, and then nothing anywhere opens what it had sealed. SYNC.md draws one file for each id; thousands of tiny files are what OneDrive
is worst at, so here it is one for each segment, `seal/<16 hex of its hash>.cdk`, with the keys that this segment's operations need.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coachdesk.store.ids import Dice
from coachdesk.sync import envelope
from coachdesk.sync.wire import MOST_OPS, Malformed

MAGIC = b"CDS1"
_ONE = 16 + 32


def seal(
    segment: bytes, keys: Mapping[bytes, Iterable[bytes]], *, space: bytes, seed: bytes, epoch: bytes, epoch_key: bytes, dice: Dice
) -> bytes:
    """The key file of a segment (its whole hash), under the epoch key; signed by whoever writes it."""
    told = b"".join(sorted({one + key for one, some in keys.items() for key in some}))
    return envelope.seal(MAGIC, space, epoch, epoch_key, seed, segment, told, dice)


def read(data: bytes) -> envelope.Sealed:
    """A key file with its signature checked; its `extra` is the hash of the segment. Malformed for anything else."""
    cover = envelope.read(MAGIC, data)
    if len(cover.extra) != 32 or (len(cover.secret) - 16) % _ONE or len(cover.secret) > _ONE * MOST_OPS * 2 + 16:
        raise Malformed("a file of small keys")
    return cover


def open_(cover: envelope.Sealed, epoch_key: bytes) -> dict[bytes, list[bytes]]:
    """Small keys by id, two where two laptops made one each. Malformed when one stands twice or out of order."""
    told = envelope.open_(cover, epoch_key)
    pairs = [told[at : at + _ONE] for at in range(0, len(told), _ONE)]
    if any(one >= after for one, after in zip(pairs, pairs[1:], strict=False)):
        raise Malformed("the order of small keys")
    found: dict[bytes, list[bytes]] = {}
    for pair in pairs:
        found.setdefault(pair[:16], []).append(pair[16:])
    return found
