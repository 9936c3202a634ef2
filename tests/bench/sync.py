"""GOALS row 7: a turn with nothing to do in a folder of 10,000 files against listing that folder once, and the bytes of a changed row.

The floor of the idle turn is what any program has to do to know that nothing came: one walk over the folder with the sizes. The rows that
go out and come in are measured without a floor of our own; their peer is Anki's incremental sync (`SYNC_PEER`, a Python that has `anki`).
`python -m tests.bench.sync` prints what it measured of both, whatever is there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import coachdesk.casework.every_room  # noqa: F401  every room's tables, as in the program
from coachdesk.outreach.record import Contact, Session
from coachdesk.sync.folder import Files, Folder
from tests.bench import Row, Share
from tests.sync.conftest import LOT, VENUE, Laptop, World, template

_FILES = 10_000
_PEOPLE = 30            # contacts of a session
_PEER = Path(__file__).with_name("_anki_peer.py")


def _work(laptop: Laptop, rows: int) -> int:
    """Sessions with thirty contacts each, as coaches log them; answers how many rows."""
    made, store = 0, laptop.store
    while made < rows:
        with store.change(store.desk.owner, "Opened a session") as session:
            held = Session(venue_id=VENUE, lot_id=LOT, coach_id=store.desk.owner, kind="food bank", held_on=date(2020, 5, 12))
            session.add(held)
            session.add_all(Contact(session_id=held.id, name=f"Person {made} {number}", phone="07700 900123", met_at=laptop.clock.now())
                            for number in range(_PEOPLE))
        made += _PEOPLE + 1
    return made


def _world(root: Path) -> World:
    (root / "made").mkdir()
    (root / "world").mkdir()
    world = World(root / "world", *template(root / "made", "Ola", "Shard End"))
    world.founded()
    world.joins("Amina")
    world.settle()
    return world


def _close(world: World) -> None:
    for laptop in world.laptops:
        laptop.store.close()


def _walk(folder: str) -> int:
    """How many files stand in a folder, with their sizes: the least that anybody has to look at."""
    count, below = 0, [folder]
    while below:
        with os.scandir(below.pop()) as found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    below.append(entry.path)
                else:
                    count += entry.stat(follow_symlinks=False).st_size >= 0
    return count


def _timed(act: Callable[[], object], times: int = 9) -> float:
    spent = []
    for _ in range(times):
        begun = perf_counter()
        act()
        spent.append(perf_counter() - begun)
    return median(spent)


class _Quick(Files):
    """Writes without waiting for the disk: only what is measured afterwards has to be real."""

    def write(self, path: str, data: bytes) -> None:
        Path(path).write_bytes(data)

    def settle(self, folder: str) -> None:
        pass


def idle() -> Row:
    """A turn with nothing to do, 10,000 real files in the folder."""
    with TemporaryDirectory() as place:
        world = _world(Path(place))
        lead, coach = world.laptops
        coach.folder = Folder(world.shared, files=_Quick())
        while _walk(str(world.shared)) < _FILES:        # a segment and its key file for each session
            for _ in range(500):
                coach.hold()
                coach.close_only()
            coach.sync()
        for _ in range(3):
            world.settle(1)
        count = _walk(str(world.shared))
        floors, ours = [], []
        for _ in range(9):
            floors.append(_timed(lambda: _walk(str(world.shared)), 1))
            ours.append(_timed(lead.sync, 1))
        _close(world)
    return Row("7 sync", f"a turn with nothing to do, {count:,} files", median(floors), median(ours), 3.0)


def moved(rows: int) -> tuple[float, float, float]:
    """(rows a second out, rows a second in, bytes a row) of so many new rows."""
    with TemporaryDirectory() as place:
        world = _world(Path(place))
        lead, coach = world.laptops
        before = _bytes(world)
        made = _work(lead, rows)
        begun = perf_counter()
        sent = lead.sync().sent
        out = perf_counter() - begun
        size = _bytes(world) - before
        begun = perf_counter()
        received = coach.sync().received
        into = perf_counter() - begun
        _close(world)
    if sent != made or received != made:
        raise AssertionError(f"{made} rows made, {sent} sent, {received} received")
    return made / out, made / into, size / made


def _bytes(world: World) -> int:
    return sum(path.stat().st_size for path in world.shared.rglob("*.cdx"))


def rows() -> list[Row | Share]:
    """The idle turn, and the bytes of a changed row on the wire."""
    return [idle(), Share("7 sync", "bytes a changed row, sealed and signed", moved(10_000)[2], 128, at_least=False)]


def main() -> None:
    """Prints rows a second out and in, ours and the peer's in turns."""
    for count in (10_000, 100_000):
        out, into, size = moved(count)
        print(f"ours  {count:8,} rows: {out:10,.0f} out, {into:10,.0f} in a second, {size:.0f} bytes a row")
        if peer := os.environ.get("SYNC_PEER"):
            answer = subprocess.run([peer, str(_PEER), str(count // 2)], capture_output=True, text=True, check=True)
            print(f"Anki  {count:8,} rows: {answer.stdout.strip()}")


if __name__ == "__main__":
    sys.exit(main())
