"""Simulated histories of laptops that meet in a folder, over the real stores, the real reducer and the real folder carrier.

`python -m tests.sync.simulate --histories N --seed S` runs any number and exits 1 where one fails; each failure prints its seed, which
runs again alone with `--histories 1 --seed S`. A history: two to seven laptops whose clocks are up to two days wrong, three versions of the
program, 120 steps of work, turns, crashes, faults of the folder, laptops restored from a backup or copied, a laptop reported lost. Then
everybody syncs without writing, and after at most three rounds all must hold the same state, with nothing lost that was acknowledged and
that any disk still has.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coachdesk.errors import Spoken
from coachdesk.sync import team
from tests.sync.devices import Device, Failure
from tests.sync.disk import Disk, readable
from tests.sync.stage import Stage, set_the_stage, wall_of

STEPS = 120
ROUNDS = 3


class History:
    """One history. `said` counts what happened, for the closing figures."""

    def __init__(self, stage: Stage, seed: int, folder: Path) -> None:
        self.stage, self.seed, self.folder = stage, seed, folder
        self.dice = random.Random(seed)
        self.disk = Disk()
        self.disk.files = dict(stage.files)
        self.said: Counter[str] = Counter()
        self.old: dict[str, tuple[bytes, int]] | None = None
        self.acknowledged: set[bytes] = set()
        number = self.dice.randint(2, len(stage.stores))
        self.devices = [Device(stage, place, folder / str(place), self.disk, self.dice, self.said, self.acknowledged)
                        for place in range(number)]

    def run(self) -> None:
        """Raises Failure, or an exception that nobody should ever see."""
        try:
            for _step in range(STEPS):
                self._step()
            self._settle()
        finally:
            for device in self.devices:
                device.close()

    def _step(self) -> None:
        dice = self.dice
        self.stage.forward(dice.choice([1, 50, 60_000, 3_600_000, 8 * 3_600_000, 86_400_000]) if dice.random() < 0.5 else 5_000)
        device = dice.choice(self.devices)
        what = dice.random()
        if what < 0.62:
            device.works()
        elif what < 0.82:
            device.syncs()
        elif what < 0.88:
            self._folder_suffers()
        elif what < 0.91:
            device.keeps_a_backup()
        elif what < 0.935:
            self._goes_back(device)
        elif what < 0.945:
            self._is_lost(device)
        elif what < 0.96:
            device.updates()
        else:
            device.looks_at_its_standing(self._holders)

    def _folder_suffers(self) -> None:
        name = self.dice.choice(["keep", "back", "lose", "copy", "rename", "rot", "tear", "empty"])
        self.said[f"folder: {name}"] += 1
        if name == "keep":
            self.old = self.disk.saved()
        elif name == "back" and self.old is not None:
            self.disk.files = dict(self.old)
        elif name == "lose":
            self.disk.lose(self.dice, 0.2)
        elif name == "copy":
            self.disk.copy_some(self.dice)
        elif name == "rename":
            self.disk.rename_some(self.dice)
        elif name == "rot" and self.disk.files:
            self.disk.rot(self.dice)
        elif name == "tear" and self.disk.files:
            self.disk.tear(self.dice)
        elif name == "empty" and self.dice.random() < 0.3:
            self.disk.files.clear()
        self._count_what_is_gone()

    def _goes_back(self, device: Device) -> None:
        if device.goes_back():
            self._count_what_is_gone()

    def _count_what_is_gone(self) -> None:
        """What no disk holds any more is not asked for: the world destroyed it, not the program."""
        self.acknowledged &= {op for device in self.devices for op in device.held()} | self._in_folders()

    def _in_folders(self) -> set[bytes]:
        whole = self.disk.whole() | readable(self.old or {})
        return {op for device in self.devices for data, ops in device.sealed.items() if data in whole for op in ops}

    def _holders(self, op: bytes, but: Device) -> bool:
        return any(op in device.held() for device in self.devices if device is not but)

    def _is_lost(self, device: Device) -> None:
        lead = self.devices[0]
        if device is lead or device.is_lost or not lead.is_well():
            return
        self.said["laptops lost"] += 1
        with lead.at_work():
            try:
                team.lost(lead.store, lead.carrier(), device.dev.hex())
            except Spoken:
                return
        device.is_lost = True

    def _settle(self) -> None:
        self.old = None
        self._count_what_is_gone()
        team_now = [device for device in self.devices if not device.is_lost]
        for device in self.devices:
            device.wakes()
        for round_ in range(ROUNDS + 1):
            if round_ and len({device.digest() for device in team_now}) == 1:
                self.said[f"rounds: {round_}"] += 1
                break
            for device in team_now:
                device.syncs(quietly=True)
        found = {device.digest() for device in team_now}
        if len(found) != 1:
            raise Failure("laptops disagree after three rounds without a fault")
        for device in team_now:
            device.must_be_sound(may_wait=len(team_now) < len(self.devices))
        missing = self._wanted() - team_now[0].held()
        if missing:
            raise Failure(f"{len(missing)} acknowledged operations are lost")
        for device in team_now:
            device.updates()
        if len({device.digest() for device in team_now}) != 1:
            raise Failure("laptops disagree once all have the newest program")
        team_now[-1].must_be_as_the_oracle_says(may_wait=len(team_now) < len(self.devices))
        self.said["operations"] += len(team_now[0].held())
        self.said["laptops"] += len(self.devices)

    def _wanted(self) -> set[bytes]:
        """What the team must hold: everything acknowledged, but what only a lost laptop has and never gave."""
        lost = {op for device in self.devices if device.is_lost for op in device.own()}
        return self.acknowledged - lost


@contextmanager
def the_stage() -> Iterator[Stage]:
    """The laptops of a team that has just met, from which every history begins."""
    with tempfile.TemporaryDirectory(prefix="simulate") as root, wall_of() as clock:
        yield set_the_stage(Path(root), clock)


def history(stage: Stage, seed: int) -> Counter[str]:
    """Runs one history; raises what went wrong."""
    folder = stage.root / f"history-{seed}"
    stage.begin(seed)
    one = History(stage, seed, folder)
    try:
        one.run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return one.said


def main(words: list[str]) -> int:
    """Runs histories and prints the figures; 1 where any failed."""
    options = argparse.ArgumentParser(prog="python -m tests.sync.simulate", description="simulated histories of laptops in a team")
    options.add_argument("--histories", type=int, default=50)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--broken", default="", help="name of a rule to break on purpose (tests/sync/broken.py)")
    told = options.parse_args(words)
    from tests.sync import broken

    said: Counter[str] = Counter()
    failed: list[tuple[int, str]] = []
    began = time.monotonic()
    with the_stage() as stage, broken.broken(told.broken):
        for seed in range(told.seed, told.seed + told.histories):
            try:
                said.update(history(stage, seed))
            except Exception as problem:
                failed.append((seed, f"{type(problem).__name__}: {problem}"))
                print(f"seed {seed}: {type(problem).__name__}: {str(problem)[:200]}", flush=True)
                if told.histories == 1:
                    raise
    took = time.monotonic() - began
    print(f"{told.histories} histories from seed {told.seed}, {said['operations']:,} operations in the end, {took:.0f} s:"
          f" {len(failed)} failed")
    for name, number in sorted(said.items()):
        print(f"  {name}: {number:,}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
