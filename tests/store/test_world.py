"""Two windows on one store, a process that is killed, a disk that is full or gone: nothing acknowledged is lost."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest

from coachdesk.clock import FixedDay
from coachdesk.errors import Trouble
from coachdesk.store import backup, opening, raw
from coachdesk.store.session import Store
from tests.store.conftest import DAY, meet

SAVER = Path(__file__).with_name("saver.py")


def saver(store: Path, key: bytes, held: UUID, count: int) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, str(SAVER), str(store), key.hex(), held.hex, str(count)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def contacts(store: Store) -> set[str]:
    with store.engine.connect() as connection:
        return {bytes(found).hex() for found in connection.exec_driver_sql("select id from outreach_contact").scalars()}


def test_two_processes_write_one_store_at_once(desk: Store, held) -> None:
    process = saver(desk.path, desk.key, held, 40)
    mine = {meet(desk, held, f"Mine {i}").hex for i in range(40)}
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert contacts(desk) == mine | set(said.split()) and len(contacts(desk)) == 160
    assert backup.check(desk.engine).is_sound


def test_a_writer_waits_for_the_other_and_then_goes_on(desk: Store, held) -> None:
    with desk.change(desk.desk.owner, "Slow") as session:
        session.connection()
        process = saver(desk.path, desk.key, held, 1)
        assert process.poll() is None
    said, _ = process.communicate(timeout=60)
    assert set(said.split()) == contacts(desk)


def test_a_writer_that_waits_too_long_is_told_so(desk: Store, held, monkeypatch) -> None:
    monkeypatch.setattr(raw, "BUSY_SECONDS", 0.05)
    other = opening.open_store(desk.path, desk.key, FixedDay(DAY))
    with desk.change(desk.desk.owner, "Slow"), pytest.raises(Trouble, match="Another window is saving"):
        meet(other, held)
    meet(other, held)
    other.close()


def test_a_reader_sees_one_state_while_another_writes(desk: Store, held) -> None:
    other = opening.open_store(desk.path, desk.key, FixedDay(DAY))
    with desk.read() as session:
        count = lambda: session.connection().exec_driver_sql("select count(*) from outreach_contact").scalar()  # noqa: E731
        assert count() == 0
        meet(other, held)
        assert count() == 0
    assert len(contacts(desk)) == 1
    other.close()


def test_changes_from_outside_are_noticed_and_our_own_are_not(desk: Store, held) -> None:
    assert not desk.changed_outside()
    meet(desk, held)
    assert not desk.changed_outside()
    other = opening.open_store(desk.path, desk.key, FixedDay(DAY))
    meet(other, held)
    meet(desk, held)
    assert desk.changed_outside() and not desk.changed_outside()
    other.close()


def test_a_backup_is_made_while_another_process_writes(desk: Store, held, tmp_path: Path) -> None:
    process = saver(desk.path, desk.key, held, -1)
    try:
        backup.write_backup(desk.path, desk.key, tmp_path / "kept.backup")
    finally:
        process.kill()
        process.communicate()
    assert backup.restore(tmp_path / "kept.backup", tmp_path / "new.coachdesk", "correct horse battery", FixedDay(DAY)).is_sound


@pytest.mark.timeout(3600)
def test_a_process_killed_while_saving_loses_nothing_it_acknowledged(request, desk: Store, held, capsys) -> None:
    kills, dice = request.config.getoption("kills", 6), random.Random(5)
    acknowledged: set[str] = set()
    for _ in range(kills):
        process = saver(desk.path, desk.key, held, -1)
        time.sleep(dice.uniform(0.0, 0.12))
        process.kill()
        said, _ = process.communicate()
        acknowledged |= {word for line in said.splitlines(keepends=True) if line.endswith("\n") for word in line.split()}
        there = contacts(desk)
        assert acknowledged <= there, "an acknowledged save is gone"
        assert len(there) % 3 == 0, "half a transaction"
    found = backup.check(desk.engine)
    assert found.is_sound
    with capsys.disabled():
        if kills > 6:
            print(f"\n{kills} kills, {len(acknowledged) // 3} acknowledged, {len(contacts(desk)) // 3} there, integrity {found.integrity}")


# --- the disk ---------------------------------------------------------------------------------------------------------
def test_a_full_disk_is_a_plain_sentence_and_loses_nothing(desk: Store, held) -> None:
    meet(desk, held)
    with desk.engine.connect() as connection:
        pages = connection.exec_driver_sql("pragma page_count").scalar_one()
    limited = opening.open_store(desk.path, desk.key, FixedDay(DAY))
    from sqlalchemy import event

    event.listen(limited.engine, "connect", lambda connection, record: connection.execute(f"pragma max_page_count={pages + 4}"))
    limited.engine.dispose()
    with pytest.raises(Trouble, match="disk is full") as said:
        for _ in range(50):
            meet(limited, held, note="x" * 2000)
    assert "safe" in said.value.next_step
    assert backup.check(limited.engine).is_sound
    limited.close()
    meet(desk, held)


FULL = """
import resource, signal, sys
sys.path.insert(0, {root!r})
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
import coachdesk.activity.record, coachdesk.claim.record, coachdesk.participant.record, coachdesk.referral.record
from pathlib import Path
from datetime import date
from coachdesk.clock import FixedDay
from coachdesk.errors import Trouble
from coachdesk.store import backup, opening
store = opening.open_store(Path({path!r}), bytes.fromhex({key!r}), FixedDay(date(2020, 5, 12)))
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    backup.write_backup(store.path, store.key, Path({to!r}))
except Trouble as said:
    print(said.sentence, "|", said.next_step)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file size are not set this way on Windows")
def test_a_backup_that_does_not_fit_says_so_and_leaves_nothing(desk: Store, held, tmp_path: Path) -> None:
    meet(desk, held)
    code = FULL.format(
        root=str(Path(__file__).resolve().parents[2]), path=str(desk.path), key=desk.key.hex(), to=str(tmp_path / "kept.backup")
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == "" and ("disk" in done.stdout or "could not be written" in done.stdout)
    assert not [file.name for file in tmp_path.iterdir() if file.name.startswith("kept")]
    assert backup.check(desk.engine).is_sound


def test_a_vanished_store_is_said_and_not_written_into_nowhere(desk: Store, held, tmp_path: Path) -> None:
    meet(desk, held)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    for file in list(tmp_path.glob("desk.coachdesk*")):
        shutil.move(file, folder)
    with pytest.raises(Trouble, match="no longer where it was"):
        meet(desk, held)
    with pytest.raises(Trouble, match="There is no store"):
        opening.open_store(desk.path, desk.key, FixedDay(DAY))
    for file in list(folder.iterdir()):
        shutil.move(file, tmp_path)
    assert len(contacts(desk)) == 1


def test_a_store_that_may_not_be_written_is_a_plain_sentence(desk: Store, held) -> None:
    from sqlalchemy import event

    event.listen(desk.engine, "connect", lambda connection, record: connection.execute("pragma query_only=on"))
    desk.engine.dispose()
    with pytest.raises(Trouble, match="read-only"):
        meet(desk, held)
