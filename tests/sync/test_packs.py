"""After a month a laptop's many small files become one, and nothing else changes: newcomers, healing and erased folders work as before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coachdesk.sync import packs
from tests.sync.conftest import Laptop, World
from tests.sync.making import SPACE


def files(world: World, pattern: str) -> list[Path]:
    return sorted(world.shared.rglob(pattern))


@pytest.fixture
def busy(world: World) -> tuple[Laptop, Laptop]:
    """A coach who synced thirty times a month ago."""
    lead = world.founded()
    coach = world.joins("Amina")
    held = coach.hold()
    for number in range(30):
        coach.meet(held, f"Person {number}")
        coach.close_only()
    world.settle(2)
    world.clock.forward(days=31)
    world.settle(3)
    return lead, coach


def test_old_files_become_one_once_everybody_holds_them(busy: tuple[Laptop, Laptop], world: World) -> None:
    lead, coach = busy
    mine = [path for path in files(world, "*.cdx") if path.parent.parent.name == coach.dev]
    assert len(files(world, "*.cdp")) == 1 and len(mine) < 5
    assert len(files(world, "seal/*.cdk")) < 12
    for _ in range(2):
        assert [laptop.sync().warnings for laptop in world.laptops] == [(), ()]
    before = sorted((path, path.stat().st_mtime_ns) for path in world.shared.rglob("*"))
    world.settle(1)
    assert sorted((path, path.stat().st_mtime_ns) for path in world.shared.rglob("*")) == before
    world.agree()


def test_whoever_joins_later_reads_the_pack(busy: tuple[Laptop, Laptop], world: World) -> None:
    later = world.joins("Bilal")
    with later.store.engine.connect() as connection:
        names = set(connection.exec_driver_sql("select name from outreach_contact").scalars())
    assert names == {f"Person {number}" for number in range(30)}
    world.settle()
    assert not [path for path in files(world, "*.cdx") if path.parent.parent.name == busy[1].dev][5:]
    world.agree()


def test_nothing_is_packed_that_somebody_has_not_got(world: World) -> None:
    world.founded()
    coach = world.joins("Amina")
    for _ in range(25):
        coach.hold()
        coach.close_only()
    coach.sync()
    world.clock.forward(days=31)
    for _ in range(3):
        coach.sync()
    assert files(world, "*.cdp") == []
    world.settle(3)
    assert len(files(world, "*.cdp")) == 1


@pytest.mark.parametrize("harm", ["gone", "rotten", "short"])
def test_a_pack_that_is_lost_or_spoilt_is_put_back_in_single_files(harm: str, busy: tuple[Laptop, Laptop], world: World) -> None:
    lead, coach = busy
    [pack] = files(world, "*.cdp")
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 1
    if harm == "gone":
        pack.unlink()
    else:
        pack.write_bytes(bytes(data if harm == "rotten" else data[:1_000]))
    if harm == "rotten":                       # only whoever reads it sees that
        for path in files(world, "FORMAT.txt"):
            path.touch()
    later = world.joins("Bilal")
    for _ in range(3):
        world.clock.forward(hours=2)
        world.settle(1)
    with later.store.engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from outreach_contact").scalar() == 30
    world.agree()


def test_an_emptied_folder_is_filled_again_whatever_was_packed(busy: tuple[Laptop, Laptop], world: World) -> None:
    lead, _ = busy
    for thing in world.shared.iterdir():
        shutil.rmtree(thing) if thing.is_dir() else thing.unlink()
    lead.sync()
    later = world.joins("Bilal")
    with later.store.engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from outreach_contact").scalar() == 30
    world.settle()
    world.agree()


def test_keys_of_a_pack_that_went_missing_are_written_anew(busy: tuple[Laptop, Laptop], world: World) -> None:
    lead, coach = busy
    coach.store.close()
    world.laptops.remove(coach)
    shutil.rmtree(world.shared / "seal")
    lead.sync()
    later = world.joins("Bilal")
    with later.store.engine.connect() as connection:
        names = set(connection.exec_driver_sql("select name from outreach_contact").scalars())
    assert names == {f"Person {number}" for number in range(30)}


def test_every_bit_of_a_pack_counts(busy: tuple[Laptop, Laptop], world: World) -> None:
    [pack] = files(world, "*.cdp")
    data = pack.read_bytes()
    space = busy[0].store.desk.space.bytes
    assert len(packs.read(data, space).parts) >= 30
    for bit in range(0, len(data) * 8, 97):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(packs.Malformed):
            packs.read(bytes(changed), space)
    with pytest.raises(packs.Malformed):
        packs.read(data, SPACE)
