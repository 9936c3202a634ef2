"""Others' work on its way in: read a file, prove it, take it into the log together with its bytes; what cannot be taken waits in the tray.

One bad file never holds up the rest. Names are hints: what counts is what is in a file. Each group of segments is one transaction of the
store, so that a laptop that dies in between has either all of a group or nothing of it, and the next turn goes on from there.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy.orm import Session

from coachdesk.errors import Spoken
from coachdesk.store import raw, travel
from coachdesk.store.session import Changes, Store
from coachdesk.store.travel import Batch
from coachdesk.sync import envelope, segments, shelf, smallkeys
from coachdesk.sync.carrier import Carrier, Entry, NotHereYet
from coachdesk.sync.packs import Pack
from coachdesk.sync.segments import Segment
from coachdesk.sync.shelf import HELD, KEYLESS, KNOWN, Parked, Ring, Row
from coachdesk.sync.wire import Malformed

OPS_AT_ONCE = 12_000        # operations taken in by one transaction
FILES_AT_ONCE = 60
MOST_TRIED = 50             # files of the tray that one turn looks at again
_log = logging.getLogger(__name__)

# Why a file waits, as the tray says it.
BROKEN = "It is damaged or not whole yet. The laptop that wrote it puts it back at its next sync."
FOREIGN = "It belongs to another team."
STRANGER = "It was written by a laptop that is not in the team, or not yet."
KEY = "Its key has not arrived yet."
AWAY = "It is in the cloud and not on this computer yet."
ODD = "It could not be taken in. Everything else was."


@dataclass
class Arrivals:
    """What a turn took in."""

    ops: int = 0
    files: int = 0
    changes: list[Changes] = field(default_factory=list)
    withheld: int = 0
    is_unready: bool = False
    wants: set[str] = field(default_factory=set)
    tray: list[tuple[str, int, str, bytes | None]] = field(default_factory=list)    # parked, and not written down yet
    pack_of: dict[str, bytes] = field(default_factory=dict)     # beginning of a segment's hash -> hash of the pack that holds it


@dataclass
class _Proved:
    told: Segment
    data: bytes
    batch: Batch
    name: str
    size: int
    keys: dict[bytes, list[bytes]]
    state: str


class _Passed(Exception):
    """A file that is whole and is passed over."""

    def __init__(self, why: str, digest: bytes) -> None:
        super().__init__(why)
        self.why, self.digest = why, digest


def unread(entries: list[Entry], held: list[Row], parked: dict[str, Parked]) -> list[Entry]:
    """The listed segments to be looked at: not held by their name's hint, not a known copy; of the tray those tried least often."""
    marks = {row.hash[:8].hex() for row in held}
    found, again = [], []
    for entry in entries:
        if not entry.name.lower().endswith(".cdx"):
            continue
        if entry.name[-21:-20] == "." and entry.name[-20:-4] in marks and segments.hint(entry.name):
            continue
        tray = parked.get(entry.name)
        if tray is None or tray.size != entry.size:
            found.append(entry)
        elif tray.why != KNOWN:
            again.append((tray.tried, entry))
    again.sort(key=lambda pair: pair[0])
    return [*sorted(found, key=_order), *(entry for _, entry in again[:MOST_TRIED])]


def _order(entry: Entry) -> tuple[int, str]:
    told = segments.hint(entry.name)
    return (told.first if told else 2**63, entry.name)


def take(store: Store, carrier: Carrier, ring: Ring, wanted: list[Entry], there: set[str], into: Arrivals) -> Iterator[int]:
    """Reads, proves and takes in segments group by group; yields how many of the wanted files are done."""
    held = {row.hash for row in _rows(store)}
    group: list[_Proved] = []
    for number, entry in enumerate(wanted, 1):
        proved = _fetched(carrier, ring, entry, held, there, into)
        if proved is not None:
            held.add(proved.told.hash)
            group.append(proved)
        if group and (sum(len(one.batch.ops) for one in group) >= OPS_AT_ONCE or len(group) >= FILES_AT_ONCE):
            _take_in(store, ring, group, into)
            group = []
        yield number
    if group:
        _take_in(store, ring, group, into)
        yield len(wanted)
    _write_tray(store, into)


def take_pack(store: Store, carrier: Carrier, ring: Ring, entry: Entry, pack: Pack, there: set[str], into: Arrivals) -> bool:
    """Takes in those segments of a pack that are not here; answers whether all of them are here now."""
    held = {row.hash for row in _rows(store)}
    group: list[_Proved] = []
    is_whole = True
    for data in pack.parts:
        into.pack_of[envelope.hash_of(data)[:8].hex()] = pack.hash
        try:
            told, batch = _opened(ring, data, held)
        except _Passed as passed:
            is_whole = is_whole and passed.why == KNOWN
            continue
        except Malformed:
            is_whole = False
            continue
        keys, state = _keys_of(carrier, ring, told, batch, there, into)
        group.append(_Proved(told, data, batch, entry.name, entry.size, keys, state))
        held.add(told.hash)
    for begin in range(0, len(group), FILES_AT_ONCE):
        _take_in(store, ring, group[begin : begin + FILES_AT_ONCE], into)
    is_whole = is_whole and not any(name == entry.name for name, *_ in into.tray)
    _write_tray(store, into)
    return is_whole


def _write_tray(store: Store, into: Arrivals) -> None:
    if not into.tray:
        return
    with shelf.writing(store) as connection:
        for name, size, why, digest in into.tray:
            shelf.park(connection, name, size, why, shelf.now(store), digest)
    into.tray.clear()


def _rows(store: Store) -> list[Row]:
    with shelf.reading(store) as connection:
        return shelf.segments(connection)


def _fetched(carrier: Carrier, ring: Ring, entry: Entry, held: set[bytes], there: set[str], into: Arrivals) -> _Proved | None:
    try:
        data = carrier.get(entry.name)
        told, batch = _opened(ring, data, held)
    except FileNotFoundError:
        return None
    except NotHereYet:
        into.tray.append((entry.name, entry.size, AWAY, None))
        return None
    except _Passed as passed:
        into.tray.append((entry.name, entry.size, passed.why, passed.digest))
        return None
    except Malformed:
        if (hint := segments.hint(entry.name)) is not None:
            into.wants.add(hint.mark)
        into.tray.append((entry.name, entry.size, BROKEN, None))
        return None
    keys, state = _keys_of(carrier, ring, told, batch, there, into)
    return _Proved(told, data, batch, entry.name, entry.size, keys, state)


def _opened(ring: Ring, data: bytes, held: set[bytes]) -> tuple[Segment, Batch]:
    told = segments.read(data)
    for is_so, why in ((told.hash in held, KNOWN), (told.space != ring.space, FOREIGN), (told.dev not in ring.members.devices, STRANGER),
                       (told.epoch not in ring.keys, KEY)):
        if is_so:
            raise _Passed(why, told.hash)
    return told, segments.open_(told, ring.keys[told.epoch])


def _keys_of(
    carrier: Carrier, ring: Ring, told: Segment, batch: Batch, there: set[str], into: Arrivals
) -> tuple[dict[bytes, list[bytes]], str]:
    """The small keys of a segment and the state it is then in: they may come later than the segment does."""
    if not travel.seal_ids(batch):
        return {}, HELD
    found = _any_keys(carrier, ring, told.hash, there, into)
    return (found, HELD) if found is not None else ({}, KEYLESS)


def _any_keys(carrier: Carrier, ring: Ring, digest: bytes, there: set[str], into: Arrivals) -> dict[bytes, list[bytes]] | None:
    """The keys of a segment from its own key file or that of its pack; where neither is to be had, they are asked for."""
    mark = digest[:8].hex()
    found = read_keys(carrier, ring, digest, there)
    if found is None and mark in into.pack_of:
        found = read_keys(carrier, ring, into.pack_of[mark], there)
    if found is None:
        into.wants.add(mark)
    return found


def read_keys(carrier: Carrier, ring: Ring, digest: bytes, there: set[str]) -> dict[bytes, list[bytes]] | None:
    """The small keys in a segment's key file; None where it is not there, not whole, or not by one of the team."""
    name = segments.key_name(digest)
    if name not in there:
        return None
    try:
        cover = smallkeys.read(carrier.get(name))
        if cover.extra != digest or cover.space != ring.space or cover.dev not in ring.members.devices or cover.epoch not in ring.keys:
            return None
        return smallkeys.open_(cover, ring.keys[cover.epoch])
    except (Malformed, FileNotFoundError, NotHereYet):
        return None


def _take_in(store: Store, ring: Ring, group: list[_Proved], into: Arrivals) -> None:
    try:
        taken = _one_transaction(store, ring, group)
    except Exception as problem:  # whatever one member's laptop sent: the rest must go on
        if _is_the_world(problem):
            raise
        if len(group) > 1:
            for one in group:
                _take_in(store, ring, [one], into)
            return
        _log.info("a segment could not be taken in: %s", type(problem).__name__)
        into.tray.append((group[0].name, group[0].size, ODD, group[0].told.hash))
        return
    into.ops += taken.ops
    into.files += len(group)
    into.withheld += taken.withheld
    into.is_unready = into.is_unready or taken.is_unready
    into.changes.append(taken.changes)


def _is_the_world(problem: Exception) -> bool:
    """Whether it is a full disk or the like, and not what was sent (which the store "did not accept")."""
    return isinstance(problem, Spoken) and problem.sentence != raw.trouble(Exception()).sentence


def _one_transaction(store: Store, ring: Ring, group: list[_Proved]) -> travel.Taken:
    keys: dict[bytes, list[bytes]] = {}
    for one in group:
        for id, some in one.keys.items():
            keys.setdefault(id, []).extend(some)
    at = shelf.now(store)

    def also(session: Session) -> None:
        connection = session.connection()
        for one in group:
            shelf.keep_segment(connection, one.told, one.data, one.state, at)
        shelf.unpark(connection, [one.name for one in group])

    with _uncollected():
        return travel.take_in(store, [one.batch for one in group], keys=keys, judge=ring.members.judge, also=also)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Ten thousands of objects that all stay until the end make Python's search for cycles go over them again and again for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def late_keys(store: Store, carrier: Carrier, ring: Ring, rows: list[Row], there: set[str], into: Arrivals) -> Iterator[int]:
    """Small keys that came after their segment: learned now; yields how many segments have theirs."""
    done = 0
    for row in rows:
        if row.state != KEYLESS:
            continue
        found = _any_keys(carrier, ring, row.hash, there, into)
        if found is None:
            continue
        try:
            taken = travel.take_in(store, [], keys=found, judge=ring.members.judge, also=partial(_came, row.hash))
        except Exception as problem:  # what they open is not what a laptop of ours would write
            if _is_the_world(problem):
                raise
            _log.info("small keys could not be taken in: %s", type(problem).__name__)
            continue
        into.changes.append(taken.changes)
        into.is_unready = into.is_unready or taken.is_unready
        done += 1
        yield done


def _came(digest: bytes, session: Session) -> None:
    shelf.set_state(session.connection(), digest, HELD)
