"""One-file checked backup, restore, and the check itself.

A backup is one file: a line of magic, the key header, a line that says what follows, the encrypted database, the kept files (evidence) as
they stand encrypted beside the store, and a SHA-256 over it all. It is as secret as the store: the same passphrase and the same recovery
code open it. The first format, without kept files and without the line of contents, is still read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from coachdesk.clock import Clock
from coachdesk.errors import Refusal, Trouble
from coachdesk.store import blobs, keys, meta, private, raw, replay
from coachdesk.store.engine import make_engine

_FIRST, _MAGIC = b"CoachDesk backup 1\n", b"CoachDesk backup 2\n"
_LONGEST_LIST = 64 << 20        # bytes of the line of contents


@dataclass(frozen=True)
class Checked:
    """What `coachdesk check` found: integrity is "ok" or a sentence; the two digests agree in a sound store."""

    integrity: str
    ops: int
    digest: str
    replay_digest: str

    @property
    def is_sound(self) -> bool:
        return self.integrity == "ok" and self.digest == self.replay_digest


@dataclass(frozen=True)
class _Contents:
    """What a backup holds: the key header, where the database begins, its bytes, and the kept files behind it with their bytes."""

    header: dict[str, object]
    pages_at: int
    pages: int
    files: tuple[tuple[str, int], ...]


def check(engine: sa.Engine, kept: blobs.Blobs | None = None) -> Checked:
    """Every page's HMAC, SQLite's own check, foreign keys, every sealed payload, every kept file, and replay against the live tables."""
    from nacl.exceptions import CryptoError

    try:
        with engine.connect() as connection:
            bad = [row[0] for row in connection.exec_driver_sql("pragma cipher_integrity_check")]
            bad += [row[0] for row in connection.exec_driver_sql("pragma integrity_check") if row[0] != "ok"]
            bad += [f"a record in {row[0]} has lost what it belongs to" for row in connection.exec_driver_sql("pragma foreign_key_check")]
            bad += blobs.amiss(connection, kept) if kept is not None else []
            ops = connection.exec_driver_sql("select count(*) from op").scalar_one()
            return Checked(
                "; ".join(bad[:3]) or "ok",
                ops,
                replay.digest(replay.live(connection)),
                replay.digest(replay.replayed(connection).records()),
            )
    except CryptoError:
        return Checked("a sealed entry of the log was changed from outside", 0, "", "unreadable")
    except sa.exc.DBAPIError as problem:
        said = str(problem.orig).lower()
        if "malformed" in said or "not a database" in said:
            return Checked("the file is damaged: some of its pages cannot be read", 0, "", "unreadable")
        raise raw.trouble(problem.orig or problem) from None


def write_backup(path: Path, key: bytes, to: Path) -> int:
    """Writes and checks a backup while the store may be in use; answers its size in bytes. A kept file that is gone cannot be in it.

    Refusal when the target is there already; Trouble when the disk says no: then nothing is left behind.
    """
    pages, beside = _places_for(to)
    try:
        source, target = raw.connect(path, key), raw.connect(pages, key, create=True)
        try:
            target.execute("pragma journal_mode=delete")
            source.backup(target)
            target.execute("pragma journal_mode=delete")
        finally:
            source.close()
            target.close()
        files = _files_of(pages, key, blobs.Blobs(path))
        header = json.dumps(keys.read(path)).encode() + b"\n"
        listed = json.dumps({"pages": pages.stat().st_size, "files": [(file.stem, file.stat().st_size) for file in files]}).encode() + b"\n"
        total = hashlib.sha256()
        with open(beside, "wb", opener=private.opener) as out:
            for part in (_MAGIC, header, listed, *_parts(pages), *(part for file in files for part in _parts(file))):
                out.write(part)
                total.update(part)
            out.write(total.digest())
            out.flush()
            os.fsync(out.fileno())
        _prove(pages, key)
        _read(beside)
        os.replace(beside, to)
        return to.stat().st_size
    except raw.errors() as problem:
        raise raw.trouble(problem) from None
    except OSError as problem:
        raise Trouble(
            f"The backup could not be written to {to.parent}: {problem.strerror or 'the disk said no'}.",
            "Nothing was changed; choose another place.",
        ) from None
    finally:
        for left in (pages, beside, *(pages.with_name(pages.name + end) for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)


def _files_of(pages: Path, key: bytes, kept: blobs.Blobs) -> list[Path]:
    """The kept files that the copied database speaks of and that stand here."""
    engine = make_engine(pages, key)
    try:
        with engine.connect() as connection:
            return [path for name in blobs.wanted(connection) if (path := kept.path(name)).is_file()]
    finally:
        engine.dispose()


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            yield part


def _places_for(to: Path) -> tuple[Path, Path]:
    """Where a backup grows until it gets its name, the first one made. Refusal when it is there, Trouble when it cannot be."""
    try:
        if to.is_dir():
            raise Refusal(f"{to} is a folder.", "Give the name of a file for the backup; nothing was changed.")
        if to.exists():
            raise Refusal(f"There is a file called {to.name} already.", "Choose another name; nothing was overwritten.")
        if not to.parent.is_dir():
            raise Trouble(f"There is no folder {to.parent} for the backup.", "Make it, or choose another place; nothing was changed.")
        pages = to.with_name(to.name + ".pages.tmp")
        private.touch(pages)
    except (OSError, ValueError) as problem:
        said = getattr(problem, "strerror", None) or "no file can have that name"
        raise Trouble(f"The backup cannot be written to {to.parent}: {said}.", "Choose another place; nothing was changed.") from None
    return pages, to.with_name(to.name + ".tmp")


def _prove(pages: Path, key: bytes) -> None:
    engine = make_engine(pages, key)
    try:
        found = check(engine)
    finally:
        engine.dispose()
    if not found.is_sound:
        raise Trouble("The backup did not pass its check and was not kept.", "Run `coachdesk check` on the store.")


def restore(backup: Path, to: Path, secret: str, clock: Clock) -> Checked:
    """Makes a store from a backup, under the backup's passphrase or recovery code, checked before it gets its name.

    Refusal when a store is there already; Trouble when the file is not a backup, is cut short or damaged: then nothing was made.
    """
    if any(to.with_name(to.name + end).exists() for end in ("", ".key", "-wal", "-shm")):  # a stray WAL would be taken for this store's own
        raise Refusal(f"There is a store called {to.name} already, or a part of one.", "Restore to another name; nothing was overwritten.")
    inside = _read(backup)
    key = keys.unlock_header(inside.header, secret)
    beside = to.with_name(to.name + ".restoring")
    try:
        with backup.open("rb") as file, open(beside, "wb", opener=private.opener) as out:
            file.seek(inside.pages_at)
            left = inside.pages
            while left:
                part = file.read(min(left, 1 << 20))
                out.write(part)
                left -= len(part)
            out.flush()
            os.fsync(out.fileno())
        engine = make_engine(beside, key)
        try:
            found = check(engine)
        finally:
            engine.dispose()
        if not found.is_sound:
            raise Trouble("The backup is damaged inside.", "Take an older one; nothing was changed.")
        _files_back(backup, inside, blobs.Blobs(to))
        keys.write(to, inside.header)
        try:
            os.replace(beside, to)
        except OSError:
            keys.header_path(to).unlink(missing_ok=True)
            raise
        meta.lineage_path(to).unlink(missing_ok=True)  # so that the first opening takes a new incarnation
        return found
    except OSError as problem:
        raise Trouble(
            f"The store could not be restored: {problem.strerror or 'the disk said no'}.", "Nothing was changed; choose another place."
        ) from None
    finally:
        for end in ("", "-wal", "-shm"):
            beside.with_name(beside.name + end).unlink(missing_ok=True)


def _files_back(backup: Path, inside: _Contents, kept: blobs.Blobs) -> None:
    """Puts the kept files beside the new store. One that is there already, as after an earlier try, is the same: its name says so."""
    with backup.open("rb") as file:
        file.seek(inside.pages_at + inside.pages)
        for name, size in inside.files:
            kept.write(name, file.read(size))


def _read(backup: Path) -> _Contents:
    """What a backup holds whose sum is right. Trouble when it is none, is cut short or damaged."""
    damaged = Trouble(f"{backup.name} is cut short or damaged.", "Take an older backup; nothing was changed.")
    try:
        size = backup.stat().st_size
        with backup.open("rb") as file:
            total = hashlib.sha256()
            magic = file.read(len(_MAGIC))
            if magic not in (_FIRST, _MAGIC):
                raise Trouble(f"{backup.name} is not a CoachDesk backup.", "Nothing was changed.")
            line = file.readline(65536)
            listed = file.readline(_LONGEST_LIST) if magic == _MAGIC else b""
            pages_at = file.tell()
            total.update(magic + line + listed)
            left = size - pages_at - 32
            while left > 0:
                part = file.read(min(left, 1 << 20))
                total.update(part)
                left -= len(part)
            if left < 0 or file.read(33) != total.digest():
                raise damaged
    except OSError as problem:
        raise Trouble(f"{backup.name} cannot be read: {problem.strerror}.", "Nothing was changed.") from None
    behind = size - pages_at - 32
    try:
        told: Any = json.loads(listed) if listed else {"pages": behind, "files": []}
        files = tuple((str(name), int(length)) for name, length in told["files"])
        pages = int(told["pages"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise damaged from None
    if pages < 0 or any(length < 0 for _name, length in files) or pages + sum(length for _name, length in files) != behind:
        raise damaged
    return _Contents(keys.parse(line), pages_at, pages, files)
