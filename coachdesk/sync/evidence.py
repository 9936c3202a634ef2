"""Kept files (evidence, agreements) on their way: the sealed bytes as they stand beside the store, under the same name, both ways.

They are sealed under the person's small key and named by it, so that they need nothing more to travel, and are the same on every laptop.
"""

from __future__ import annotations

from collections.abc import Iterator

from coachdesk.errors import Trouble
from coachdesk.store import blobs
from coachdesk.store.session import Store
from coachdesk.sync import shelf
from coachdesk.sync.carrier import Carrier, Entry, NotHereYet


def name(kept: str) -> str:
    """Where a kept file stands in the shared place."""
    return f"blob/{kept[:2]}/{kept}.cdb"


def exchange(store: Store, carrier: Carrier, entries: list[Entry]) -> Iterator[tuple[int, int]]:
    """Puts what only we have and fetches what we miss; yields (put, fetched). What cannot be read yet waits for the next turn."""
    with shelf.reading(store) as connection:
        wanted = blobs.wanted(connection)
    if not wanted:
        return
    there = {entry.name: entry.size for entry in entries if entry.name.startswith("blob/")}
    here = set(store.blobs.names())
    put = got = 0
    for kept in wanted:
        place = name(kept)
        if kept in here:
            if there.get(place) == store.blobs.path(kept).stat().st_size:
                continue
            try:
                sealed = store.blobs.read(kept)
            except Trouble:
                continue            # `check` tells of it
            if blobs.is_whole(sealed):
                carrier.put(place, sealed)
                put += 1
        elif place in there:
            got += _fetch(store, carrier, place, kept)
        yield put, got


def _fetch(store: Store, carrier: Carrier, place: str, kept: str) -> int:
    try:
        sealed = carrier.get(place)
    except (FileNotFoundError, NotHereYet):
        return 0
    if not blobs.is_whole(sealed):
        return 0
    store.blobs.write(kept, sealed)
    return 1


def missing(store: Store) -> int:
    """How many kept files that records speak of are not on this laptop."""
    with shelf.reading(store) as connection:
        wanted = blobs.wanted(connection)
    try:
        here = set(store.blobs.names()) if wanted else set()
    except OSError:
        raise Trouble("The folder of kept files cannot be read.", "Check the disk; nothing was changed.") from None
    return len(set(wanted) - here)
