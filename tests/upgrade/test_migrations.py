"""The frozen steps build exactly what today's records describe; an older store is kept, then upgraded whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

import coachdesk.activity.record
import coachdesk.claim.record
import coachdesk.participant.record
import coachdesk.referral.record  # noqa: F401  every room's tables
from coachdesk.clock import FixedDay
from coachdesk.errors import Trouble
from coachdesk.outreach.record import Contact
from coachdesk.store import backup, keys, kinds, opening, tables, upgrade
from coachdesk.store.session import Store
from tests.store.conftest import CHEAP, DAY, PASSPHRASE, furnish, hold, meet

CLOCK = FixedDay(DAY)

LAST = upgrade.HEAD
NEXT, AFTER = f"{int(LAST) + 1:04}", f"{int(LAST) + 2:04}"
STEP = f'''"""A made-up later step."""
from alembic import op
import sqlalchemy as sa
revision, down_revision = "{NEXT}", "{LAST}"

def upgrade() -> None:
    with op.batch_alter_table("outreach_session", recreate="always") as batch:
        batch.add_column(sa.Column("weather", sa.Text))
'''
FAILS = STEP.replace(f'"{NEXT}", "{LAST}"', f'"{AFTER}", "{NEXT}"').replace("weather", "mood")
FAILS += "    raise RuntimeError('a bug in the step')\n"
ORPHANS = f'''"""A step that would lose what contacts belong to."""
from alembic import op
revision, down_revision = "{NEXT}", "{LAST}"

def upgrade() -> None:
    op.execute("drop table outreach_session")
    op.execute("create table outreach_session (id blob unique)")
'''


def shape(connection: sa.Connection) -> dict[str, object]:
    """Columns, indexes, uniques and references of every table, and the text of the view."""
    names = (
        connection.exec_driver_sql("select name from sqlite_master where type = 'table' and name not in ('alembic_version')")
        .scalars()
        .all()
    )
    found: dict[str, object] = {}
    for name in names:
        indexes = connection.exec_driver_sql(f"pragma index_list({name})").all()
        found[name] = (
            [tuple(row) for row in connection.exec_driver_sql(f"pragma table_xinfo({name})")],
            sorted(
                (row[2], row[3], tuple(part[2] for part in connection.exec_driver_sql(f"pragma index_info({row[1]})"))) for row in indexes
            ),
            sorted(tuple(row)[2:] for row in connection.exec_driver_sql(f"pragma foreign_key_list({name})")),
            "WITHOUT ROWID" in connection.exec_driver_sql("select sql from sqlite_master where name = ?", (name,)).scalar_one().upper(),
            connection.exec_driver_sql("select upper(sql) from sqlite_master where name = ?", (name,)).scalar_one().count("DEFERR"),
        )
    found["view"] = " ".join(connection.exec_driver_sql("select sql from sqlite_master where type = 'view'").scalar_one().split()).lower()
    return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    store, _ = opening.make_store(tmp_path / "desk.coachdesk", PASSPHRASE, "Ola", CLOCK, furnish=furnish, cost=CHEAP)
    yield store
    store.close()


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of frozen steps, copied, so that a test can add later ones; HEAD follows."""
    folder = tmp_path / "migrations"
    shutil.copytree(upgrade.migrations_folder(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(upgrade, "migrations_folder", lambda: folder)
    monkeypatch.setattr(upgrade, "HEAD", NEXT)
    return folder / "versions"


def test_the_steps_build_exactly_what_the_records_describe(desk: Store, tmp_path: Path) -> None:
    plain = sa.create_engine("sqlite://")
    with plain.begin() as connection:
        kinds.Record.metadata.create_all(connection)
        for statement in (tables.OP_ROW, *tables.VIRTUAL):
            connection.exec_driver_sql(statement)
        wanted = shape(connection)
    plain.dispose()
    with desk.engine.connect() as connection:
        assert shape(connection) == wanted


def test_every_guard_hangs_after_the_steps(desk: Store) -> None:
    with desk.engine.connect() as connection:
        hung = dict(connection.exec_driver_sql("select name, sql from sqlite_master where type = 'trigger'").all())
    assert {name: " ".join(sql.lower().split()) for name, sql in hung.items()} == {
        name: " ".join(sql.lower().split()) for name, sql in tables.guards([table.name for table in kinds.synced_tables()])
    }


def test_the_head_constant_is_the_last_step() -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrade.migrations_folder()))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == upgrade.HEAD


def _refill(desk: Store) -> str:
    meet(desk, hold(desk))
    digest = backup.check(desk.engine).digest
    desk.close()
    return digest


def test_an_older_store_is_backed_up_upgraded_and_guarded_again(desk: Store, steps: Path, tmp_path: Path) -> None:
    digest = _refill(desk)
    (steps / f"{NEXT}_weather.py").write_text(STEP)
    store = opening.open_store(desk.path, desk.key, CLOCK)
    with store.engine.connect() as connection:
        assert upgrade.revision(connection) == NEXT
        assert "weather" in [row[1] for row in connection.exec_driver_sql("pragma table_info(outreach_session)")]
        assert connection.exec_driver_sql("select count(*) from outreach_contact").scalar() == 1
        hung = set(connection.exec_driver_sql("select name from sqlite_master where type = 'trigger'").scalars())
        assert hung == {name for name, _ in tables.guards([table.name for table in kinds.synced_tables()])}
        assert connection.exec_driver_sql("pragma foreign_keys").scalar() == 1
    assert backup.check(store.engine).digest == digest
    with pytest.raises(sa.exc.DBAPIError, match="past the door"), store.change(store.desk.owner, "Slipped by") as session:
        session.execute(sa.delete(Contact))
    store.close()
    (kept,) = tmp_path.glob(f"desk.coachdesk.before-{NEXT}.*.backup")
    assert backup.restore(kept, tmp_path / "old.coachdesk", PASSPHRASE, CLOCK).digest == digest
    assert store.desk.incarnation == desk.desk.incarnation


@pytest.mark.parametrize(
    ("name", "files"), [("fails", {f"{NEXT}_weather.py": STEP, f"{AFTER}_fails.py": FAILS}), ("orphans", {f"{NEXT}_orphans.py": ORPHANS})]
)
def test_a_step_that_fails_changes_nothing_and_says_so(desk: Store, steps: Path, tmp_path: Path, name: str, files, monkeypatch) -> None:
    digest = _refill(desk)
    monkeypatch.setattr(upgrade, "HEAD", AFTER if name == "fails" else NEXT)
    for file, text in files.items():
        (steps / file).write_text(text)
    for _ in range(2):  # the second time the backup's name is taken
        with pytest.raises(Trouble, match="could not be brought to this version|without what they belong to") as said:
            opening.open_store(desk.path, desk.key, CLOCK)
        assert "Nothing was changed" in said.value.next_step
    assert len(list(tmp_path.glob("*.backup"))) == 2
    monkeypatch.setattr(upgrade, "HEAD", LAST)
    store = opening.open_store(desk.path, desk.key, CLOCK)
    found = backup.check(store.engine)
    assert found.is_sound and found.digest == digest
    store.close()


def test_a_newer_store_is_refused_with_a_sentence_and_not_touched(desk: Store) -> None:
    with desk.engine.connect() as connection, connection.execution_options(write=True).begin():
        connection.exec_driver_sql("update alembic_version set version_num = '0999'")
    desk.close()
    before = desk.path.read_bytes()
    with pytest.raises(Trouble, match="made by a newer CoachDesk"):
        opening.open_store(desk.path, desk.key, CLOCK)
    assert desk.path.read_bytes() == before and not list(desk.path.parent.glob("*.backup"))


def test_opening_a_store_of_this_version_does_not_import_alembic(desk: Store) -> None:
    import subprocess
    import sys

    desk.close()
    code = (
        "import sys; sys.path.insert(0, {root!r})\n"
        "import coachdesk.activity.record, coachdesk.claim.record, coachdesk.participant.record, coachdesk.referral.record\n"
        "from pathlib import Path; from datetime import date; from coachdesk.clock import FixedDay; from coachdesk.store import opening\n"
        "opening.open_store(Path({path!r}), bytes.fromhex({key!r}), FixedDay(date(2020, 5, 12))).close()\n"
        "print([name for name in sys.modules if name.startswith('alembic')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code.format(root=str(Path(__file__).resolve().parents[2]), path=str(desk.path), key=desk.key.hex())],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "[]", done.stderr


# --- a populated store of every released version ----------------------------------------------------------------------
DATA = Path(__file__).with_name("data")


def keep_populated_store(folder: Path) -> Path:
    """Writes the populated store of this version as one backup: `python -m tests.upgrade.test_migrations` (see the end of this file)."""
    import tempfile

    with tempfile.TemporaryDirectory() as work:
        store, _ = opening.make_store(Path(work) / "kept.coachdesk", PASSPHRASE, "Ola", CLOCK, furnish=furnish, cost=CHEAP)
        contact = meet(store, hold(store), "Amina Begum", phone="07700 900123", topics=["cv help", "childcare"])
        gone = meet(store, hold(store, "library"), "Gone Again")
        with store.change(store.desk.owner, "Edited") as session:
            session.get(Contact, contact).topics = ["cv help"]
        with store.change(store.desk.owner, "Removed") as session:
            session.delete(session.get(Contact, gone))
        folder.mkdir(exist_ok=True)
        to = folder / f"store-{upgrade.HEAD}.backup"
        to.unlink(missing_ok=True)
        backup.write_backup(store.path, store.key, to)
        store.close()
    return to


@pytest.mark.parametrize("kept", sorted(DATA.glob("store-*.backup")), ids=lambda path: path.stem)
def test_a_populated_store_of_every_version_opens_and_is_sound(kept: Path, tmp_path: Path) -> None:
    backup.restore(kept, tmp_path / "old.coachdesk", PASSPHRASE, CLOCK)
    store = opening.open_store(tmp_path / "old.coachdesk", keys.unlock(tmp_path / "old.coachdesk", PASSPHRASE), CLOCK)
    with store.read() as session:
        assert session.execute(sa.select(Contact.name, Contact.topics)).all() == [("Amina Begum", ["cv help"])]
    assert backup.check(store.engine).is_sound
    meet(store, hold(store))
    assert backup.check(store.engine).is_sound
    store.close()


if __name__ == "__main__":
    print(keep_populated_store(DATA))
