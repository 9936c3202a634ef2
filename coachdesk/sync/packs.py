"""Packs: a laptop's own segments of a month ago in one file, so that a shared folder does not grow to ten thousands of small ones.

A pack holds the segments' own bytes, each still sealed and signed as it was: whoever reads it reads segments. Only the laptop that wrote
them packs them, once everybody in the team has said to hold them, and takes the single files away when the pack lies there whole. Nobody
keeps packs: where one is lost or spoilt, its segments are missing, and are put back one by one from any laptop like all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from coachdesk.errors import Spoken
from coachdesk.store import travel
from coachdesk.store.kinds import instant_text
from coachdesk.store.session import Store
from coachdesk.sync import envelope, segments, shelf, smallkeys
from coachdesk.sync.carrier import Carrier, Entry, NotHereYet
from coachdesk.sync.shelf import HELD, Ring
from coachdesk.sync.wire import LARGEST_FILE, Malformed

MAGIC = b"CDP1"
OLD = timedelta(days=30)
FEWEST = 20                         # segments worth a pack
FULL = 6 * 1024 * 1024              # bytes of segments in a pack
_LARGEST = FULL + LARGEST_FILE + 65_536
_NAME = re.compile(r"pack/([0-9a-f]{32})/([0-9a-f]{16})\.cdp")
_FACT = "pack "


class Pack(NamedTuple):
    """A pack whose signature holds. parts: the bytes of its segments."""

    hash: bytes
    dev: bytes
    parts: list[bytes]


class Known(NamedTuple):
    """A pack that was read once. marks: the beginnings of the hashes of its segments."""

    name: str
    hash: bytes
    size: int
    marks: list[str]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[bytes]).decode


def name(dev: bytes, digest: bytes) -> str:
    """Where a pack stands."""
    return f"pack/{dev.hex()}/{digest[:8].hex()}.cdp"


def read(data: bytes, space: bytes) -> Pack:
    """A pack with its signature checked. Malformed for anything else."""
    cover = envelope.read_signed(MAGIC, data, _LARGEST)
    try:
        parts = _decode(cover.content)
    except (msgspec.MsgspecError, RecursionError):
        raise Malformed("a pack") from None
    if cover.space != space:
        raise Malformed("a pack of another team")
    return Pack(envelope.hash_of(data), cover.dev, parts)


def known(connection: sa.Connection, entries: list[Entry]) -> list[Known]:
    """The packs that were read once and lie in the shared place as they did then; what is gone is forgotten."""
    there = {entry.name: entry.size for entry in entries if entry.name.startswith("pack/")}
    found = []
    rows = connection.exec_driver_sql("select name from sync_fact where name >= ? and name < ?", (_FACT, _FACT + "\uffff")).scalars().all()
    for fact in rows:
        told = shelf.fact(connection, fact)
        if there.get(fact.removeprefix(_FACT)) == told["size"]:
            found.append(Known(fact.removeprefix(_FACT), bytes.fromhex(told["hash"]), told["size"], told["marks"]))
    return found


def forget(store: Store, pack: str) -> None:
    """A pack that is not what it was: its segments count as missing from now on."""
    with shelf.writing(store) as connection:
        shelf.set_fact(connection, _FACT + pack, None)
        shelf.set_fact(connection, "quiet", None)


def unread(store: Store, carrier: Carrier, ring: Ring, entries: list[Entry], wants: set[str]) -> Iterator[tuple[Entry, Pack]]:
    """Reads the packs that are not known yet; what is no pack of one of the team is passed over."""
    with shelf.reading(store) as connection:
        read_once = {one.name for one in known(connection, entries)}
    for entry in entries:
        if not entry.name.lower().endswith(".cdp") or entry.name in read_once:
            continue
        hint = _NAME.fullmatch(entry.name)
        try:
            pack = read(carrier.get(entry.name), ring.space)
        except Malformed:
            if hint is not None:
                wants.add(hint[2])
            continue
        except (FileNotFoundError, NotHereYet):
            continue
        if pack.dev not in ring.members.devices:
            continue
        yield entry, pack


def remember(store: Store, entry: Entry, pack: Pack) -> None:
    """A pack was taken in whole: while it lies there, its segments are not missing."""
    marks = [envelope.hash_of(part)[:8].hex() for part in pack.parts]
    with shelf.writing(store) as connection:
        shelf.set_fact(connection, _FACT + entry.name, {"hash": pack.hash.hex(), "size": entry.size, "marks": marks})


def make(store: Store, carrier: Carrier, ring: Ring, covered: set[str]) -> int:
    """Packs own old segments that everybody holds, one pack a turn; answers how many segments went into it."""
    with shelf.reading(store) as connection:
        parts = _ripe(connection, store, ring, covered)
        keys = _keys(connection, ring, parts)
    epoch = ring.newest()
    if len(parts) < FEWEST or epoch is None:
        return 0
    data = envelope.sign(MAGIC, ring.space, store.desk.device_seed, _encode(parts))
    digest = envelope.hash_of(data)
    carrier.put(segments.key_name(digest), smallkeys.seal(
        digest, keys, space=ring.space, seed=store.desk.device_seed, epoch=epoch[1], epoch_key=ring.keys[epoch[1]], dice=store.dice))
    carrier.put(name(store.desk.device, digest), data)
    return len(parts)


def _ripe(connection: sa.Connection, store: Store, ring: Ring, covered: set[str]) -> list[bytes]:
    """The bytes of own segments that are old and that every laptop of the team says to hold, as many as one pack takes."""
    others = {one.dev for one in ring.members.active()} - {store.desk.device}
    said = shelf.witnesses(connection)
    before = instant_text(store.clock.now() - OLD)
    parts: list[bytes] = []
    size = 0
    for digest, inc, last in connection.exec_driver_sql(
        "select hash, inc, last from segment where dev = ? and state = ? and got_at < ? order by inc, first",
        (store.desk.device, HELD, before),
    ).all():
        holders = said.get((store.desk.device, bytes(inc)), {})
        if bytes(digest)[:8].hex() in covered or any(holders.get(dev, 0) < last for dev in others):
            continue
        parts.append(shelf.segment_bytes(connection, bytes(digest)))
        size += len(parts[-1])
        if size >= FULL:
            break
    return parts


def _keys(connection: sa.Connection, ring: Ring, parts: list[bytes]) -> dict[bytes, list[bytes]]:
    """The small keys that the segments of a pack need, as this laptop has them now."""
    ids: set[bytes] = set()
    for part in parts:
        told = segments.read(part)
        if told.epoch in ring.keys:
            ids.update(travel.seal_ids(segments.open_(told, ring.keys[told.epoch])))
    return travel.small_keys(connection, sorted(ids))


def tidy(store: Store, carrier: Carrier, packed: list[Known], entries: list[Entry]) -> int:
    """Takes away own single files whose pack lies there whole; answers how many."""
    own = [one for one in packed if one.name.startswith(f"pack/{store.desk.device.hex()}/")]
    pack_of = {mark: one for one in own for mark in one.marks}
    single = [(entry.name, told.mark) for entry in entries if (told := segments.hint(entry.name)) is not None
              and told.dev == store.desk.device and told.mark in pack_of]
    names = {entry.name for entry in entries}
    keys = {segments.key_name(one.hash) for one in own}
    whole: dict[str, bool] = {}
    gone = 0
    for path, mark in single:
        pack = pack_of[mark]
        if pack.name not in whole:
            whole[pack.name] = keys <= names and _is_whole(carrier, pack)
            if not whole[pack.name]:
                forget(store, pack.name)
        if whole[pack.name]:
            carrier.remove(path)
            carrier.remove(f"seal/{mark}.cdk")
            gone += 1
    return gone


def _is_whole(carrier: Carrier, pack: Known) -> bool:
    try:
        return envelope.hash_of(carrier.get(pack.name)) == pack.hash
    except (FileNotFoundError, Spoken):
        return False


def check_one(store: Store, carrier: Carrier, pack: Known) -> bool:
    """Whether a pack is what it was when it was read; one that is not is forgotten."""
    if _is_whole(carrier, pack):
        return True
    forget(store, pack.name)
    return False


def mend_keys(store: Store, carrier: Carrier, ring: Ring, packed: list[Known], there: set[str]) -> int:
    """Key files of packs that went missing are written anew by whoever holds the segments; answers how many."""
    done = 0
    epoch = ring.newest()
    for pack in packed:
        if segments.key_name(pack.hash) in there or epoch is None:
            continue
        with shelf.reading(store) as connection:
            rows = {row.hash[:8].hex(): row for row in shelf.segments(connection)}
            held = [rows[mark] for mark in pack.marks if mark in rows and rows[mark].state == HELD]
            if len(held) < len(pack.marks):
                continue
            keys = _keys(connection, ring, [shelf.segment_bytes(connection, row.hash) for row in held])
        carrier.put(segments.key_name(pack.hash), smallkeys.seal(
            pack.hash, keys, space=ring.space, seed=store.desk.device_seed, epoch=epoch[1], epoch_key=ring.keys[epoch[1]], dice=store.dice))
        done += 1
    return done
