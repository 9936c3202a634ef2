"""A laptop whose program is killed in the middle of saving or syncing, again and again: what it acknowledged is there, and everywhere."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from coachdesk.store import opening
from tests.sync.conftest import World

WORKER = Path(__file__).with_name("worker.py")


@pytest.mark.timeout(3600)
def test_a_program_killed_while_it_syncs_loses_nothing_it_acknowledged(world: World, request: pytest.FixtureRequest) -> None:
    kills, dice = request.config.getoption("kills", 6), random.Random(11)
    lead = world.founded()
    coach = world.joins("Amina")
    held = lead.hold()
    world.settle()
    path, key = coach.store.path, coach.store.key
    coach.store.close()
    said: set[str] = set()
    for _ in range(kills):
        process = subprocess.Popen([sys.executable, str(WORKER), str(path), key.hex(), str(world.shared), held.hex],
                                   stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        threading.Timer(dice.uniform(0.02, 0.6), process.kill).start()
        lines = process.stdout.read().split("\n")
        process.stdout.close()
        process.wait()
        said.update(id for line in lines[:-1] for id in line.split())
        lead.sync()             # while the other one lies dead, whatever it left half done
    coach.store = opening.open_store(path, key, world.clock)
    world.settle()
    with lead.store.engine.connect() as connection:
        there = {bytes(id).hex() for id in connection.exec_driver_sql("select id from outreach_contact").scalars()}
    assert len(said) > kills and said <= there
    assert coach.sync().parked == lead.sync().parked == 0
    world.agree()
