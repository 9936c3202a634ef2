"""Own work on its way out: open operations are closed into segments in one local transaction, then put; what others lost is put back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from coachdesk.errors import Trouble
from coachdesk.store import travel
from coachdesk.store.session import Store
from coachdesk.sync import fork, segments, shelf, smallkeys
from coachdesk.sync.carrier import Carrier
from coachdesk.sync.shelf import NEW, Ring
from coachdesk.sync.wire import Malformed

OPS_AT_ONCE = 4_000         # operations in one segment, where its bytes allow


def open_ops(connection: sa.Connection, store: Store) -> int:
    """How many own operations stand in no segment yet."""
    held = travel.heads(connection)
    return sum(max(0, held.get((store.desk.device, inc), 0) - shelf.chain_end(connection, store.desk.device, inc)[0])
               for inc in fork.homes(connection, store))


def close(store: Store, ring: Ring) -> Iterator[int]:
    """Closes own open operations into segments, each in a transaction of its own; yields how many operations went into each."""
    epoch = ring.newest()
    if epoch is None:
        return
    with shelf.reading(store) as connection:
        homes = fork.homes(connection, store)
    for inc in homes:
        while True:
            with shelf.writing(store) as connection:
                data, count = _sealed(connection, store, ring, epoch[1], inc)
                if not data:
                    break
                shelf.keep_segment(connection, segments.read(data), data, NEW, shelf.now(store))
                shelf.set_fact(connection, "quiet", None)
            yield count


def _sealed(connection: sa.Connection, store: Store, ring: Ring, epoch: bytes, inc: bytes) -> tuple[bytes, int]:
    after, prev = shelf.chain_end(connection, store.desk.device, inc)
    limit = OPS_AT_ONCE
    while True:
        batch = travel.outgoing(connection, store.desk.device, inc, after, limit)
        if batch is None:
            return b"", 0
        try:
            return segments.seal(batch, space=ring.space, seed=store.desk.device_seed, prev=prev, epoch=epoch,
                                 epoch_key=ring.keys[epoch], dice=store.dice), len(batch.ops)
        except Malformed as problem:
            if limit == 1:
                raise Trouble(f"One entry is too large or too odd to be shared ({problem}).",
                              "Everything is still on this laptop; make a backup and tell whoever looks after CoachDesk.") from None
            limit = max(1, min(limit, len(batch.ops)) // 4)


def key_file(connection: sa.Connection, store: Store, ring: Ring, data: bytes) -> bytes | None:
    """The file of small keys for a held segment, as this laptop has them now; None where it has no epoch key to write one."""
    told = segments.read(data)
    epoch = ring.newest()
    if epoch is None or told.epoch not in ring.keys:
        return None
    batch = segments.open_(told, ring.keys[told.epoch])
    keys = travel.small_keys(connection, travel.seal_ids(batch))
    return smallkeys.seal(told.hash, keys, space=ring.space, seed=store.desk.device_seed, epoch=epoch[1], epoch_key=ring.keys[epoch[1]],
                          dice=store.dice)


def put(store: Store, carrier: Carrier, ring: Ring, digests: Iterable[bytes], there: set[str]) -> Iterator[bytes]:
    """Puts held segments with their small keys into the shared place, keys first; yields the hash of each that is there now."""
    for digest in digests:
        with shelf.reading(store) as connection:
            data = shelf.segment_bytes(connection, digest)
            told = segments.read(data)
            keys = None if segments.key_name(digest) in there else key_file(connection, store, ring, data)
        if keys is not None:
            carrier.put(segments.key_name(digest), keys)
        carrier.put(segments.name(told.dev, told.inc, told.first, told.last, digest), data)
        with shelf.writing(store) as connection:
            connection.exec_driver_sql("update segment set state = 'held' where hash = ? and state = ?", (digest, NEW))
        yield digest
