"""A store that was copied, restored or set back must not give two operations one number: it goes on under a new incarnation.

Usually the lineage token beside the store tells (store.opening). Where it does not, our own directory in the shared place does: a segment
of our incarnation that we do not hold was written by another copy of us. What nobody has yet moves to the new incarnation; ids and stamps
of operations stay, so that nothing is there twice.
"""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from coachdesk.store import travel
from coachdesk.store.session import Store
from coachdesk.sync import segments, shelf
from coachdesk.sync.carrier import Carrier, Entry, NotHereYet
from coachdesk.sync.wire import Malformed


def was_copied(store: Store, carrier: Carrier, entries: list[Entry]) -> bool:
    """Whether the shared place holds a segment of our present incarnation that is not ours."""
    desk = store.desk
    with shelf.reading(store) as connection:
        marks = {row.hash[:8].hex() for row in shelf.segments(connection) if row.dev == desk.device}
    for entry in entries:
        hint = segments.hint(entry.name)
        if hint is None or (hint.dev, hint.inc) != (desk.device, desk.incarnation) or hint.mark in marks:
            continue
        try:
            told = segments.read(carrier.get(entry.name))
        except (Malformed, FileNotFoundError, NotHereYet):
            continue
        if (told.dev, told.inc) == (desk.device, desk.incarnation) and told.hash[:8].hex() not in marks:
            return True
    return False


def go_on(store: Store) -> None:
    """Takes a new incarnation; own operations that stand in no segment move to it."""
    with shelf.reading(store) as connection:
        after, _ = shelf.chain_end(connection, store.desk.device, store.desk.incarnation)
    travel.rehome(store, after, store.dice(8))


def gather(store: Store) -> int:
    """Own operations of earlier incarnations that stand in no segment move to fresh ones, which `homes` names; answers how many moved."""
    present, moved = store.desk, 0
    with shelf.reading(store) as connection:
        own = set(homes(connection, store))
        strays = [(inc, after) for inc, after in _open(connection, store) if inc not in own]
    for inc, after in strays:
        fresh = store.dice(8)
        with shelf.writing(store) as connection:
            shelf.set_fact(connection, "homes", [*shelf.fact(connection, "homes", []), fresh.hex()])
        store.desk = replace(present, incarnation=inc)
        try:
            moved += travel.rehome(store, after, fresh)
        finally:
            store.desk = present
            with shelf.writing(store) as connection:
                present.save(connection)
    return moved


def homes(connection: sa.Connection, store: Store) -> list[bytes]:
    """The incarnations that nobody but this store writes under: the present one, and those that strays moved to."""
    return [store.desk.incarnation, *(bytes.fromhex(inc) for inc in shelf.fact(connection, "homes", []))]


def _open(connection: sa.Connection, store: Store) -> list[tuple[bytes, int]]:
    """Own incarnations with operations in no segment, and the last number that is in one."""
    found = []
    for dev, inc in travel.heads(connection):
        if dev == store.desk.device:
            after, _ = shelf.chain_end(connection, dev, inc)
            if travel.outgoing(connection, dev, inc, after, 1) is not None:
                found.append((inc, after))
    return found
