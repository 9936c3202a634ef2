"""Making a store and opening one: header, file, schema, lineage; nothing half-made is left behind."""

from __future__ import annotations

import contextlib
import os
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from coachdesk.clock import Clock
from coachdesk.errors import Refusal, Trouble
from coachdesk.store import keys, meta, private, raw, travel, upgrade
from coachdesk.store.engine import make_engine
from coachdesk.store.ids import Dice
from coachdesk.store.session import Store, is_bug

BESIDE = ("", ".key", ".lineage", "-wal", "-shm")


def make_store(
    path: Path,
    passphrase: str,
    owner: str,
    clock: Clock,
    *,
    furnish: Callable[[Store], None],
    dice: Dice = os.urandom,
    cost: keys.Cost = keys.STRONG,
    sample_day: date | None = None,
) -> tuple[Store, str]:
    """A new encrypted store, furnished by the caller's first action; answers it open, with the recovery code to be printed once.

    Refusal when a store of that name is there, the owner has no name, or the passphrase is too short; then nothing was made.
    """
    owner = " ".join(unicodedata.normalize("NFC", owner).split())
    if not owner:
        raise Refusal("A store needs its owner's name.", "Give the name that will stand in the log of changes.")
    if any(path.with_name(path.name + end).exists() for end in BESIDE):
        raise Refusal(
            f"There is a store called {path.name} already, or a part of one.", "Choose another name, or open that one; nothing was changed."
        )
    if sample_day is None:                    # the sample's passphrase is printed in the README
        keys.check_passphrase(passphrase)
    try:
        private.make_folder(path.parent)
    except OSError as problem:
        raise Trouble(f"The folder for the store could not be made: {problem.strerror}.", "Choose another folder.") from None
    store, engine = None, None
    try:
        made = keys.create(path, passphrase, dice, cost)
        engine = make_engine(path, made.key, create=True)
        upgrade.upgrade(path, made.key, engine, clock)
        desk = meta.Desk.fresh(owner, dice, sample_day)
        with engine.connect() as connection, connection.execution_options(write=True).begin():
            desk.save(connection)
        engine.dispose()
        _write_lineage(path, desk.lineage)
        store = Store(path, made.key, clock, dice)
        store.prepare()
        furnish(store)
    except BaseException as problem:
        if store is not None:
            store.close()
        if engine is not None:
            engine.dispose()
        for end in BESIDE:
            with contextlib.suppress(OSError):
                path.with_name(path.name + end).unlink(missing_ok=True)
        if isinstance(problem, sa.exc.DBAPIError) and not is_bug(problem):
            raise raw.trouble(problem.orig or problem) from None
        raise
    return store, made.recovery_code


def open_store(path: Path, key: bytes, clock: Clock, dice: Dice = os.urandom) -> Store:
    """Opens a store with its key: upgrades it first when it is older, takes a new incarnation when the file was copied or restored.

    Trouble when the file is missing, plaintext, damaged, newer than this program, or the key is not its own.
    """
    engine, is_newer = make_engine(path, key), False
    try:
        if upgrade.needs_upgrade(engine):
            upgrade.upgrade(path, key, engine, clock)
            is_newer = True
        _check_lineage(path, engine, dice)
    except sa.exc.DBAPIError as problem:
        if is_bug(problem):
            raise
        raise raw.trouble(problem.orig or problem) from None
    finally:
        engine.dispose()
    store = Store(path, key, clock, dice)
    if is_newer:
        travel.refold_newer(store)      # what other laptops wrote with a newer program, and waited for this
    with contextlib.suppress(Trouble):  # a full or write-protected disk: the desk opens, and what is derived is looked up the long way
        store.prepare()
    return store


def _check_lineage(path: Path, engine: sa.Engine, dice: Dice) -> None:
    beside = meta.lineage_path(path)
    with engine.connect() as connection:
        desk = meta.Desk.load(connection)
    if beside.exists() and beside.read_text().strip() == desk.lineage:
        return
    desk = desk.reborn(dice)
    with engine.connect() as connection, connection.execution_options(write=True).begin():
        desk.save(connection)
    _write_lineage(path, desk.lineage)


def _write_lineage(path: Path, lineage: str) -> None:
    try:
        with open(meta.lineage_path(path), "w", encoding="ascii", opener=private.opener) as file:
            file.write(lineage)
    except OSError as problem:
        raise Trouble(f"The store's folder cannot be written: {problem.strerror}.", "Nothing was lost; check the folder.") from None
