"""From one version of the store to the next: back the file up, check it, run frozen steps, hang the guards again.

alembic is imported only when the stored revision differs from HEAD (its import costs a quarter of a second; a test holds HEAD to the
script folder's own head).
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from coachdesk.clock import Clock
from coachdesk.errors import Spoken, Trouble
from coachdesk.store import kinds, tables

HEAD = "0005"


def migrations_folder() -> Path:
    """Where the frozen steps are: inside the installed package, else in the source tree."""
    packaged = Path(__file__).resolve().parent.parent / "_migrations"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent.parent / "migrations"


def revision(connection: sa.Connection) -> str | None:
    """The stored revision; None in an empty file."""
    known = connection.exec_driver_sql("select 1 from sqlite_master where name = 'alembic_version'").scalar()
    return connection.exec_driver_sql("select version_num from alembic_version").scalar() if known else None


def needs_upgrade(engine: sa.Engine) -> bool:
    """Whether the stored revision is not this program's."""
    with engine.connect() as connection:
        return revision(connection) != HEAD


def upgrade(path: Path, key: bytes, engine: sa.Engine, clock: Clock) -> Path | None:
    """Brings a store to HEAD in one transaction; answers the backup it made first (None for an empty file).

    Trouble when the store is newer than this program, or when a step fails: then nothing was changed.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from coachdesk.store import backup

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    with engine.connect() as connection:
        old = revision(connection)
    if old is not None and old not in known:
        raise Trouble("This store was made by a newer CoachDesk.", "Update this program first. Nothing was changed.")
    kept = None
    if old is not None:
        kept = _free_name(path, clock)
        backup.write_backup(path, key, kept)
    with engine.connect() as connection:
        # Inside a transaction the pragma does nothing, and with it on a batch step deletes child rows (DEPENDENCIES.md, trap 1).
        connection.connection.driver_connection.execute("pragma foreign_keys=off")  # type: ignore[union-attr]
        try:
            with connection.execution_options(write=True).begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                if connection.exec_driver_sql("pragma foreign_key_check").first():
                    raise Trouble(
                        "The upgrade would have left records without what they belong to.", "Nothing was changed; the store is as it was."
                    )
                tables.hang_guards(connection, [table.name for table in kinds.synced_tables()])
        except Spoken:
            raise
        except sa.exc.DBAPIError as problem:
            if old is None or "full" in str(problem.orig).lower() or "locked" in str(problem.orig).lower():
                raise
            raise _failed(kept) from problem
        except Exception as problem:
            raise _failed(kept) from problem
        finally:
            connection.connection.driver_connection.execute("pragma foreign_keys=on")  # type: ignore[union-attr]
    return kept


def _failed(kept: Path | None) -> Trouble:
    where = f" A backup was made before: {kept.name}." if kept else ""
    return Trouble(
        "The store could not be brought to this version.",
        f"Nothing was changed; the store is as it was.{where} Go on with the older program.",
    )


def _free_name(path: Path, clock: Clock) -> Path:
    """A name for the backup that is not taken: a sample store's clock may say the same second twice."""
    start = f"{path.name}.before-{HEAD}.{clock.now():%Y%m%dT%H%M%S}"
    names = (path.with_name(f"{start}{end}.backup") for end in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(name for name in names if not name.exists())
