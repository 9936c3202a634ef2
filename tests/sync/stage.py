"""The stage of every simulated history: a team of laptops that has just met, made once and copied; one clock and one dice for all."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from coachdesk.casework import every_room
from coachdesk.outreach.record import Session
from coachdesk.participant.record import Participant
from coachdesk.partner.record import Partner, Venue
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.store import ids, keys, opening, session, travel
from coachdesk.store.ids import new_id
from coachdesk.store.session import Store
from coachdesk.sync import joining, team
from coachdesk.sync.folder import Folder
from coachdesk.sync.turn import turn
from tests.sync.disk import ROOT, Disk

assert every_room.RECORDS       # every room's tables are mapped
MOST_LAPTOPS = 7
BEGINNING = 1_589_284_800_000   # 12 May 2020, noon, in milliseconds
DAY = date(2020, 5, 12)
LOT, VENUE, MET, PARTNER = (UUID(f"01712b3c-0000-7000-8000-00000000000{number}") for number in range(1, 5))
PASSPHRASE = "correct horse battery"
CHEAP = keys.Cost(1, 8192)


@dataclass
class Wall:
    """The world's clock, and by how much the laptop that is at work now is wrong; both in milliseconds."""

    now: int = BEGINNING
    skew: int = 0
    dice: random.Random = field(default_factory=lambda: random.Random(0))

    def read(self) -> int:
        return self.now + self.skew

    def throw(self, count: int) -> bytes:
        return self.dice.randbytes(count)


class LaptopClock:
    """A laptop's clock: the world's, and how wrong it is; each look takes a millisecond."""

    def __init__(self, wall: Wall, skew: int) -> None:
        self._wall, self._skew = wall, skew

    def now(self) -> datetime:
        self._wall.now += 1
        return datetime.fromtimestamp((self._wall.now + self._skew) / 1000, UTC)

    def today(self) -> date:
        return self.now().date()


@dataclass
class Stage:
    """root: a folder for histories; stores: a store file for each laptop; files: what stands in the shared folder."""

    root: Path
    wall: Wall
    stores: list[Path]
    key: list[bytes]
    files: dict[str, tuple[bytes, int]]

    def begin(self, seed: int) -> None:
        """The same seed gives the same history."""
        self.wall.now, self.wall.skew = BEGINNING, 0
        self.wall.dice.seed(seed)
        ids._last = (0, 0)

    def forward(self, milliseconds: int) -> None:
        self.wall.now += milliseconds

    def copy(self, place: int, folder: Path) -> Path:
        shutil.copytree(self.stores[place].parent, folder)
        return folder / self.stores[place].name


@contextmanager
def wall_of() -> Iterator[Wall]:
    """Replaces the machine's milliseconds and the dice of ids by the simulation's."""
    wall = Wall()
    places = (ids, session, travel)
    before = [place.wall_milliseconds for place in places]
    dice = ids._dice
    try:
        for place in places:
            place.wall_milliseconds = wall.read
        ids.use_dice(wall.throw)
        yield wall
    finally:
        for place, real in zip(places, before, strict=True):
            place.wall_milliseconds = real
        ids.use_dice(dice)


def _furnish(store: Store) -> None:
    with store.change(store.desk.owner, "Set the desk up") as work:
        work.add(Lot(id=LOT, name="Shard End", aliases=[], district_code="E08000025", district_name="Birmingham"))
        work.add(TeamMember(id=store.desk.owner, name="Ola", role="lead", lots=["Shard End"], from_day=date(2020, 1, 6)))
        work.add(Venue(id=VENUE, lot_id=LOT, name="All Saints food bank"))
        work.add(Partner(id=PARTNER, name="Heartlands CAB", kind="advice", lots=["Shard End"]))
        work.add(Session(id=MET, venue_id=VENUE, lot_id=LOT, coach_id=store.desk.owner, kind="food bank", held_on=DAY))
        work.add(Participant(seal_id=new_id(), reference="CW-1", lot_id=LOT, coach_id=store.desk.owner, registered_on=DAY, name="Amina"))


def set_the_stage(root: Path, wall: Wall) -> Stage:
    """A lead's laptop, and six more that joined it."""
    disk = Disk()
    folder = Folder(Path(ROOT), files=disk, sleep=lambda _seconds: None)
    clock = LaptopClock(wall, 0)
    path = root / "laptop-0" / "desk.coachdesk"
    lead, _code = opening.make_store(path, PASSPHRASE, "Ola", clock, furnish=_furnish, dice=wall.throw, cost=CHEAP)
    team.create(lead, folder)
    stores = [lead]
    for number in range(1, MOST_LAPTOPS):
        path = root / f"laptop-{number}" / "desk.coachdesk"
        joined = joining.join(folder, path, PASSPHRASE, f"Coach {number}", clock, dice=wall.throw, cost=CHEAP)
        turn(lead, folder)
        team.admit(lead, folder, joined.words, name=f"Coach {number}", role="lead" if number == 1 else "coach")
        stores.append(joined.store)
    for _round in range(2):
        for store in stores:
            turn(store, folder)
    assert len({store.check().digest for store in stores}) == 1
    stage = Stage(root, wall, [store.path for store in stores], [store.key for store in stores], disk.saved())
    for store in stores:
        store.close()
    return stage
