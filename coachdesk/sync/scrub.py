"""Looking after what lies in the shared place: a few files a turn are read again, and what has rotted is put back from here.

Names and sizes, which every turn compares, do not show a file whose bytes went bad. Statements and keys, on which a laptop that joins has
to rely before it can ask for anything, are all read; of the many others a few, in order, so that in time each has its turn.
"""

from __future__ import annotations

from coachdesk.errors import Spoken
from coachdesk.store import blobs
from coachdesk.store.session import Store
from coachdesk.sync import envelope, keyring, membership, packs, publish, segments, shelf, smallkeys
from coachdesk.sync.carrier import Carrier, Entry
from coachdesk.sync.shelf import KEYLESS, NEW, Ring, Row
from coachdesk.sync.wire import Malformed

A_FEW = 30          # segments, key files and kept files that one turn reads again


def look(store: Store, carrier: Carrier, ring: Ring, entries: list[Entry]) -> int:
    """Reads some files again and puts back what is damaged; answers how many."""
    with shelf.reading(store) as connection:
        after = shelf.fact(connection, "scrubbed", "")
        rows = {row.hash[:8].hex(): row for row in shelf.segments(connection)}
        packed = {one.name: one for one in packs.known(connection, entries)}
    names = sorted(entry.name for entry in entries if entry.name.startswith(("dev/", "seal/", "blob/", "pack/")))
    few = [name for name in names if name > after][:A_FEW]
    mended = _mend_small(store, carrier, ring, {entry.name for entry in entries if entry.name.startswith(("team/", "keys/"))})
    mended += sum(_mend(store, carrier, ring, name, rows) for name in few)
    mended += sum(not packs.check_one(store, carrier, packed[name]) for name in few if name in packed)
    with shelf.writing(store) as connection:
        shelf.set_fact(connection, "scrubbed", few[-1] if few else "")
    return mended


def _mend_small(store: Store, carrier: Carrier, ring: Ring, names: set[str]) -> int:
    """Statements and handed-over keys that do not say what their names say."""
    with shelf.reading(store) as connection:
        files = {membership.name(digest): data for digest, data in shelf.statement_files(connection).items()}
    numbers = {epoch: number for number, epoch in ring.members.epochs}
    mended = 0
    for name in names & files.keys():
        if (data := _got(carrier, name)) is not None and data != files[name]:
            carrier.put(name, files[name])
            mended += 1
    for to in [*(one.key for one in ring.members.active()), ring.members.root]:
        dev = envelope.device_of(to)
        for epoch, key in ring.keys.items():
            name = keyring.key_name(epoch, dev)
            if name in names and epoch in numbers and (data := _got(carrier, name)) is not None and not _is_key(data, epoch):
                carrier.put(name, keyring.hand_over(ring.space, key, numbers[epoch], to, store.desk.device_seed))
                mended += 1
    return mended


def _is_key(data: bytes, epoch: bytes) -> bool:
    try:
        return keyring.read_key(data).epoch == epoch
    except Malformed:
        return False


def _mend(store: Store, carrier: Carrier, ring: Ring, name: str, rows: dict[str, Row]) -> bool:
    hint = segments.hint(name)
    row = rows.get(hint.mark if hint else name.removeprefix("seal/").removesuffix(".cdk"))
    if row is not None and row.state != NEW:
        return _mend_segment(store, carrier, name, row) if hint else _mend_keys(store, carrier, ring, name, row)
    if name.startswith("blob/"):
        return _mend_file(store, carrier, name)
    return False


def _mend_segment(store: Store, carrier: Carrier, name: str, row: Row) -> bool:
    data = _got(carrier, name)
    if data is None or envelope.hash_of(data) == row.hash:
        return False
    with shelf.reading(store) as connection:
        carrier.put(name, shelf.segment_bytes(connection, row.hash))
    return True


def _mend_keys(store: Store, carrier: Carrier, ring: Ring, name: str, row: Row) -> bool:
    data = _got(carrier, name)
    if data is None or row.state == KEYLESS:
        return False
    try:
        cover = smallkeys.read(data)
        if cover.extra == row.hash and cover.epoch in ring.keys:
            smallkeys.open_(cover, ring.keys[cover.epoch])
            return False
    except Malformed:
        pass
    with shelf.reading(store) as connection:
        anew = publish.key_file(connection, store, ring, shelf.segment_bytes(connection, row.hash))
    if anew is None:
        return False
    carrier.put(name, anew)
    return True


def _mend_file(store: Store, carrier: Carrier, name: str) -> bool:
    kept = name.rpartition("/")[2].removesuffix(".cdb")
    data = _got(carrier, name)
    if data is None or blobs.is_whole(data):
        return False
    try:
        own = store.blobs.read(kept)
    except (Spoken, ValueError):
        return False
    if not blobs.is_whole(own):
        return False
    carrier.put(name, own)
    return True


def _got(carrier: Carrier, name: str) -> bytes | None:
    try:
        return carrier.get(name)
    except (FileNotFoundError, Spoken):
        return None
