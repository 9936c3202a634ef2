"""Hearing what the others say they hold, and saying what we hold: who has seen whose work, and files that somebody misses."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

import coachdesk
from coachdesk.store.kinds import instant_text
from coachdesk.store.session import Store
from coachdesk.sync import acks, shelf, team
from coachdesk.sync.acks import Ack, Holds
from coachdesk.sync.carrier import Carrier, Entry, NotHereYet
from coachdesk.sync.shelf import Ring
from coachdesk.sync.wire import Malformed

FRESH = timedelta(hours=1)              # an ack is written anew after this even if nothing changed, so that "last seen" is true
BACK = "The shared folder, or one laptop, went back to an earlier day. What this laptop knows is kept and put back."
FAST = timedelta(minutes=10)            # a clock that is farther ahead than that is told of


def is_due(connection: sa.Connection, store: Store) -> bool:
    """Whether the own ack is old enough to be written anew."""
    told = shelf.fact(connection, "ack")
    if not told:
        return True
    age = store.clock.now() - datetime.fromisoformat(told["at"])
    return not timedelta(0) <= age < FRESH


def kept_files(store: Store) -> int:
    """When the folder of kept files last changed, as a number: cheap to compare."""
    try:
        folders = [store.blobs.folder, *store.blobs.folder.iterdir()]
        return sum(folder.stat().st_mtime_ns % 2**40 for folder in folders)
    except OSError:
        return 0


def hear(store: Store, carrier: Carrier, ring: Ring, entries: list[Entry], warnings: list[str]) -> set[str]:
    """Reads the acks that are new; answers which files their writers miss. Clocks that run ahead and acks that went back are told."""
    with shelf.reading(store) as connection:
        seen: dict[str, Any] = shelf.fact(connection, "acks", {})
    newest: dict[bytes, tuple[int, Entry]] = {}
    for entry in entries:
        told = acks.hint(entry.name)
        if told is not None and told[0] in ring.members.devices and told[0] != store.desk.device:
            newest[told[0]] = max(newest.get(told[0], (told[1], entry)), (told[1], entry), key=lambda pair: pair[0])
    moved = False
    for dev, (n, entry) in newest.items():
        before = seen.get(dev.hex(), {})
        if before.get("mark") == [entry.name, entry.size, entry.mark]:
            continue
        ack = _opened(carrier, ring, entry, dev)
        if ack is None:
            continue
        moved = True
        if n < before.get("n", 0):
            warnings.append(BACK)
            continue
        if _note(store, ack, dev):
            warnings.append(BACK)
        seen[dev.hex()] = {"mark": [entry.name, entry.size, entry.mark], "n": ack.n, "at": ack.at, "version": ack.version,
                           "wants": list(ack.wants), "heard": shelf.now(store)}
        _check_clock(store, ack, dev, warnings)
    if moved:
        with shelf.writing(store) as connection:
            shelf.set_fact(connection, "acks", seen)
    return {mark for one in seen.values() for mark in one["wants"]} if moved else set()


def _opened(carrier: Carrier, ring: Ring, entry: Entry, dev: bytes) -> Ack | None:
    try:
        cover = acks.read(carrier.get(entry.name))
        if cover.dev != dev or cover.space != ring.space or cover.epoch not in ring.keys:
            return None
        return acks.open_(cover, ring.keys[cover.epoch])
    except (Malformed, FileNotFoundError, NotHereYet):
        return None


def _note(store: Store, ack: Ack, dev: bytes) -> bool:
    """Notes what a laptop says to hold; answers whether that is less than it said before."""
    with shelf.writing(store) as connection:
        said = shelf.witnesses(connection)
        for one in ack.holds:
            shelf.saw(connection, one.dev, one.inc, dev, one.seq, one.hash, ack.at)
    return any(one.seq < said.get((one.dev, one.inc), {}).get(dev, 0) for one in ack.holds)


def _check_clock(store: Store, ack: Ack, dev: bytes, warnings: list[str]) -> None:
    try:
        ahead = datetime.fromisoformat(ack.at) - store.clock.now()
    except (ValueError, TypeError):
        return
    if ahead > FAST:
        days, minutes = ahead.days, int(ahead.total_seconds() // 60)
        told = f"{days} day{'s' if days > 1 else ''}" if days else f"{minutes} minutes"
        whose = next((f"The laptop of {one.name}" for one in team.members(store) if one.device == dev.hex()), "Another laptop")
        warnings.append(f"{whose} has a clock that is {told} ahead of this one's. Check the date and time of both.")


def say(store: Store, carrier: Carrier, ring: Ring, entries: list[Entry], wants: set[str]) -> bool:
    """Writes the own ack anew when what it would say has changed, or it is old; answers whether it did."""
    epoch = ring.newest()
    if epoch is None:
        return False
    with shelf.reading(store) as connection:
        held = acks.coverage((row.dev, row.inc, row.first, row.last, row.hash) for row in shelf.segments(connection))
        told: dict[str, Any] = shelf.fact(connection, "ack", {})
        due = is_due(connection, store)
    holds = tuple(Holds(*home, *end) for home, end in sorted(held.items()))
    wanted = tuple(sorted(wants))[: acks.MOST_WANTED]
    says = [[one.dev.hex(), one.inc.hex(), one.seq] for one in holds] + [list(wanted)]
    own = [entry.name for entry in entries if (at := acks.hint(entry.name)) is not None and at[0] == store.desk.device]
    if not due and told.get("says") == says and acks.name(store.desk.device, told.get("n", 0)) in own:
        return False
    n = max([told.get("n", 0), *(found[1] for name in own if (found := acks.hint(name)))]) + 1
    ack = Ack(n, instant_text(store.clock.now()), coachdesk.__version__, holds, wanted)
    carrier.put(acks.name(store.desk.device, n), acks.seal(
        ack, space=ring.space, seed=store.desk.device_seed, epoch=epoch[1], epoch_key=ring.keys[epoch[1]], dice=store.dice))
    for name in own:
        carrier.remove(name)
    with shelf.writing(store) as connection:
        shelf.set_fact(connection, "ack", {"n": n, "at": ack.at, "says": says})
        for one in holds:
            shelf.saw(connection, one.dev, one.inc, store.desk.device, one.seq, one.hash, ack.at)
    return True
