"""One-file checked backup, restore, check; and nothing is left behind where they fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from coachdesk.clock import FixedDay
from coachdesk.errors import Refusal, Trouble
from coachdesk.store import backup, keys, opening
from coachdesk.store.session import Store
from tests.store.conftest import CHEAP, DAY, PASSPHRASE, furnish, meet

CLOCK = FixedDay(DAY)


@pytest.fixture
def kept(desk: Store, held, tmp_path: Path) -> Path:
    meet(desk, held)
    backup.write_backup(desk.path, desk.key, tmp_path / "kept.backup")
    return tmp_path / "kept.backup"


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_a_restored_store_says_what_the_old_one_said_under_a_new_incarnation(desk: Store, kept: Path, tmp_path: Path) -> None:
    found = backup.restore(kept, tmp_path / "new.coachdesk", PASSPHRASE, CLOCK)
    assert found.is_sound and found.digest == backup.check(desk.engine).digest
    store = opening.open_store(tmp_path / "new.coachdesk", desk.key, CLOCK)
    assert store.desk.incarnation != desk.desk.incarnation and store.desk.device == desk.desk.device and store.desk.space == desk.desk.space
    meet(store, next(iter(_sessions(store))))
    assert backup.check(store.engine).is_sound
    store.close()
    again = opening.open_store(tmp_path / "new.coachdesk", desk.key, CLOCK)
    assert again.desk == store.desk
    again.close()


def _sessions(store: Store):
    from uuid import UUID

    with store.engine.connect() as connection:
        return [UUID(bytes=found) for found in connection.exec_driver_sql("select id from outreach_session").scalars()]


def test_the_recovery_code_opens_a_backup_too(kept: Path, tmp_path: Path, template) -> None:
    assert backup.restore(kept, tmp_path / "new.coachdesk", template[2].lower(), CLOCK).is_sound


def test_a_backup_is_one_file_and_leaves_nothing_beside_it(kept: Path, tmp_path: Path) -> None:
    assert {name for name in names(tmp_path) if name.startswith("kept")} == {"kept.backup"}


def test_a_copied_store_takes_a_new_incarnation(desk: Store, held, tmp_path: Path) -> None:
    import shutil

    desk.close()
    for end in ("", ".key"):
        shutil.copy(f"{desk.path}{end}", tmp_path / f"copy.coachdesk{end}")
    store = opening.open_store(tmp_path / "copy.coachdesk", desk.key, CLOCK)
    assert store.desk.incarnation != desk.desk.incarnation
    store.close()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda data: data[:-1], "cut short or damaged"),
        (lambda data: data[: len(data) // 2], "cut short or damaged"),
        (lambda data: data + b"x", "cut short or damaged"),
        (lambda data: b"", "not a CoachDesk backup"),
        (lambda data: data[:30], "cut short or damaged"),
        (lambda data: b"PK" + data[2:], "not a CoachDesk backup"),
        *[
            (
                lambda data, at=at: data[: int(len(data) * at)] + bytes([data[int(len(data) * at)] ^ 1]) + data[int(len(data) * at) + 1 :],
                "cut short or damaged",
            )
            for at in (0.001, 0.3, 0.7, 0.9999)
        ],
    ],
)
def test_a_spoiled_backup_is_refused_and_nothing_is_made(kept: Path, tmp_path: Path, spoil, sentence: str) -> None:
    kept.write_bytes(spoil(kept.read_bytes()))
    before = names(tmp_path)
    with pytest.raises(Trouble, match=sentence):
        backup.restore(kept, tmp_path / "new.coachdesk", PASSPHRASE, CLOCK)
    assert names(tmp_path) == before


def test_a_wrong_passphrase_makes_nothing(kept: Path, tmp_path: Path) -> None:
    before = names(tmp_path)
    with pytest.raises(Trouble, match="does not open"):
        backup.restore(kept, tmp_path / "new.coachdesk", "not this one", CLOCK)
    assert names(tmp_path) == before


@pytest.mark.parametrize("end", ["", ".key", "-wal"])
def test_nothing_that_is_there_is_overwritten(kept: Path, tmp_path: Path, end: str) -> None:
    there = tmp_path / f"new.coachdesk{end}"
    there.write_bytes(b"somebody's")
    with pytest.raises(Refusal, match="already"):
        backup.restore(kept, tmp_path / "new.coachdesk", PASSPHRASE, CLOCK)
    with pytest.raises(Refusal, match="already"):
        opening.make_store(tmp_path / "new.coachdesk", PASSPHRASE, "Ola", CLOCK, furnish=furnish, cost=CHEAP)
    assert there.read_bytes() == b"somebody's"


def test_a_backup_does_not_replace_a_file(desk: Store, kept: Path) -> None:
    before = kept.read_bytes()
    with pytest.raises(Refusal, match=r"kept\.backup already"):
        backup.write_backup(desk.path, desk.key, kept)
    assert kept.read_bytes() == before


def test_a_folder_that_is_not_there_is_said_by_name(desk: Store, kept: Path, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no folder .*stick for the backup"):
        backup.write_backup(desk.path, desk.key, tmp_path / "stick" / "x.backup")
    with pytest.raises(Trouble, match="cannot be read"):
        backup.restore(tmp_path / "stick" / "x.backup", tmp_path / "new.coachdesk", PASSPHRASE, CLOCK)


def test_a_store_with_a_changed_page_does_not_pass_and_is_not_backed_up(desk: Store, held, tmp_path: Path) -> None:
    for i in range(200):
        meet(desk, held, f"Person {i}", note="x" * 400)
    desk.close()
    data = bytearray(desk.path.read_bytes())
    data[len(data) * 9 // 10] ^= 1
    desk.path.write_bytes(data)
    before = names(tmp_path)
    with pytest.raises(Trouble):
        backup.write_backup(desk.path, desk.key, tmp_path / "bad.backup")
    assert "bad.backup" not in names(tmp_path) and names(tmp_path) - before <= {"desk.coachdesk-wal", "desk.coachdesk-shm"}
    assert not backup.check(desk.engine).is_sound


def test_a_row_changed_past_the_log_does_not_pass(desk: Store, held) -> None:
    meet(desk, held)
    with desk.engine.connect() as connection, connection.execution_options(write=True).begin():
        connection.connection.info["door"]["open"] = True
        connection.exec_driver_sql("update outreach_contact set phone = '1', name = 'Eve'")
        connection.connection.info["door"]["open"] = False
    found = backup.check(desk.engine)
    assert found.integrity == "ok" and found.digest != found.replay_digest and not found.is_sound


def test_a_sealed_entry_that_was_swapped_is_said(desk: Store, held) -> None:
    meet(desk, held)
    with desk.engine.connect() as connection, connection.execution_options(write=True).begin():
        connection.exec_driver_sql("drop trigger guard_op_update")
        connection.exec_driver_sql("update op set sealed = zeroblob(length(sealed)) where sealed is not null")
    found = backup.check(desk.engine)
    assert not found.is_sound and "changed from outside" in found.integrity


@pytest.mark.parametrize("problem", [Refusal("No."), Trouble("No."), RuntimeError("a bug"), KeyboardInterrupt()])
def test_a_store_that_could_not_be_furnished_leaves_nothing(tmp_path: Path, problem: BaseException) -> None:
    def furnish_badly(store: Store) -> None:
        furnish(store)
        raise problem

    with pytest.raises(type(problem)):
        opening.make_store(tmp_path / "new.coachdesk", PASSPHRASE, "Ola", CLOCK, furnish=furnish_badly, cost=CHEAP)
    assert names(tmp_path) == set()


@pytest.mark.parametrize(("passphrase", "owner"), [("short", "Ola"), (PASSPHRASE, "  ")])
def test_a_refused_store_leaves_nothing(tmp_path: Path, passphrase: str, owner: str) -> None:
    with pytest.raises(Refusal):
        opening.make_store(tmp_path / "new.coachdesk", passphrase, owner, CLOCK, furnish=furnish, cost=CHEAP)
    assert names(tmp_path) == set()


def test_the_printed_code_opens_a_new_store(tmp_path: Path) -> None:
    store, code = opening.make_store(tmp_path / "new.coachdesk", PASSPHRASE, "Ola", CLOCK, furnish=furnish, cost=CHEAP)
    assert keys.unlock(store.path, code) == store.key and backup.check(store.engine).is_sound
    store.close()
