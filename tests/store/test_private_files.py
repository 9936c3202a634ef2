"""The store's files are their owner's alone, and a file that is no store says so."""

from __future__ import annotations

import os
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from coachdesk.clock import FixedDay
from coachdesk.errors import Refusal, Trouble
from coachdesk.store import backup, keys, opening
from coachdesk.store.session import Store
from tests.store.conftest import CHEAP, DAY, PASSPHRASE, furnish, hold, meet

rights = pytest.mark.skipif(os.name != "posix", reason="this system knows no such rights")


def _rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@rights
def test_only_the_owner_may_read_what_belongs_to_a_store(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store, _ = opening.make_store(tmp_path / "data" / "desk.coachdesk", PASSPHRASE, "Ola", FixedDay(DAY), furnish=furnish, cost=CHEAP)
        meet(store, hold(store))
        beside = sorted(each.name for each in (tmp_path / "data").iterdir())
        keys.change_passphrase(store.path, PASSPHRASE, "another good one", cost=CHEAP)
        store.backup_to(tmp_path / "kept.backup")
        backup.restore(tmp_path / "kept.backup", tmp_path / "again.coachdesk", "another good one", FixedDay(DAY))
        opening.open_store(tmp_path / "again.coachdesk", store.key, FixedDay(DAY)).close()
        assert [name for name in beside if name.endswith("-wal")]
        files = [each for each in tmp_path.rglob("*") if each.is_file()]
        assert {each.name: oct(_rights(each)) for each in files} == {each.name: "0o600" for each in files}
        assert _rights(tmp_path / "data") == 0o700
        store.close()
    finally:
        os.umask(before)


def test_a_file_that_is_no_store_says_so(tmp_path: Path, desk: Store) -> None:
    (tmp_path / "letter.txt").write_text("Dear all, " * 500, encoding="utf-8")
    (tmp_path / "small.txt").write_text("Dear all")
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04" + bytes(4096))
    (tmp_path / "noise").write_bytes(os.urandom(8192))
    desk.backup_to(tmp_path / "kept.backup")
    for name in ("letter.txt", "small.txt", "sheet.xlsx"):
        with pytest.raises(Trouble, match=f"{name} is not a CoachDesk store"):
            keys.read(tmp_path / name)
    with pytest.raises(Trouble, match=r"kept.backup is a backup, not a store.*coachdesk restore"):
        keys.read(tmp_path / "kept.backup")
    with pytest.raises(Trouble, match="key file noise.key is missing"):
        keys.read(tmp_path / "noise")


def test_a_backup_that_cannot_be_written_names_the_place(desk: Store, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    for place in (tmp_path / "letter.txt" / "x.backup", tmp_path / "missing" / "x.backup"):
        with pytest.raises(Trouble) as said:
            desk.backup_to(place)
        assert str(place.parent) in said.value.sentence
    for place in (tmp_path / ("n" * 300), tmp_path / "a\x00b"):
        with pytest.raises(Trouble) as said:
            desk.backup_to(place)
        assert str(tmp_path) in said.value.sentence
    with pytest.raises(Refusal, match="is a folder"):
        desk.backup_to(tmp_path)


@rights
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(desk: Store, tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o500)
    with pytest.raises(Trouble) as said:
        desk.backup_to(tmp_path / "shut" / "x.backup")
    assert str(tmp_path / "shut") in said.value.sentence


def test_a_day_typed_far_ahead_does_not_carry_the_log_with_it(desk: Store) -> None:
    held: UUID = hold(desk)
    desk.clock = FixedDay(date(2199, 1, 1))
    meet(desk, held)
    desk.clock = FixedDay(DAY)
    meet(desk, held, "Zoë")
    with desk.engine.connect() as connection:
        stamps = [row[0] for row in connection.exec_driver_sql("select ms from op order by seq")]
        seen = connection.exec_driver_sql("select max(seen_at) from txn").scalar_one()
    assert stamps == sorted(stamps)
    assert datetime.fromtimestamp(stamps[-1] / 1000, UTC) < datetime.now(UTC) + timedelta(days=2)
    assert seen.startswith("2199-01-01")  # what was typed is still what the trail says
    assert desk.check().is_sound
