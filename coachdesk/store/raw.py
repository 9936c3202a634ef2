"""One SQLCipher connection, opened in the one right order. Plain DB-API: no SQLAlchemy, so that the first page can use it.

Recipe: DEPENDENCIES.md 2.1. There is no plaintext mode: a file that is not encrypted is refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coachdesk.errors import Trouble
from coachdesk.store import private

BUSY_SECONDS = 15


def connect(path: Path, key: bytes, *, create: bool = False) -> Any:
    """An open DB-API connection with foreign keys on, WAL, synchronous FULL.

    Trouble when the file is missing, plaintext, damaged, or the key is not its own.
    """
    from sqlcipher3 import dbapi2

    if not create:
        _refuse_plaintext(path)
    try:
        if create:
            private.touch(path)  # before SQLite does: it would ask the umask
        connection = dbapi2.connect(str(path), check_same_thread=False, timeout=BUSY_SECONDS, isolation_level=None)
    except dbapi2.Error as problem:
        raise trouble(problem) from None
    except OSError as problem:
        raise Trouble(f"{path.name} cannot be made: {problem.strerror}.", "Choose another place; nothing was changed.") from None
    try:
        if not connection.execute("pragma cipher_version").fetchone():
            raise Trouble("This computer's database library cannot encrypt.", "Install CoachDesk again; the store was not opened.")
        connection.execute("pragma cipher_log_level=none")
        connection.execute(f"pragma key=\"x'{key.hex()}'\"")  # sql: a pragma takes no parameters; hex digits only
        connection.execute("select count(*) from sqlite_master").fetchone()
        connection.execute("pragma foreign_keys=on")
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=full")
        connection.execute("pragma secure_delete=on")
        connection.execute("pragma wal_autocheckpoint=4000")
    except dbapi2.Error as problem:
        connection.close()
        raise trouble(problem) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_plaintext(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except FileNotFoundError:
        raise Trouble(f"There is no store called {path.name} here.", "Check the name, or make one with `coachdesk init`.") from None
    except OSError as problem:
        raise Trouble(f"The store {path.name} cannot be read: {problem.strerror}.", "Nothing was changed.") from None
    if len(start) < 16:
        raise Trouble(f"{path.name} is empty or cut short, so it cannot be opened.", "Nothing was changed. Restore the last backup.")
    if start == b"SQLite format 3\0":
        raise Trouble(f"{path.name} is not encrypted, so it is not a CoachDesk store.", "It was not opened. Restore a backup.")


def errors() -> type[Exception]:
    """What the database library raises, for `except`."""
    from sqlcipher3 import dbapi2

    error: type[Exception] = dbapi2.Error
    return error


def trouble(problem: Exception) -> Trouble:
    """The world's fault in a plain sentence, from what SQLite says."""
    name = getattr(problem, "sqlite_errorname", "") or ""
    said = str(problem).lower()
    table = (
        ("FULL", "disk is full", "The disk is full.", "Free some space and do it again; what was saved before is safe."),
        ("READONLY", "readonly", "The store cannot be written: it is read-only.", "Check the folder's permissions; nothing was lost."),
        ("BUSY", "locked", "Another window is saving just now.", "Wait a moment and do it again; nothing was lost."),
        ("CANTOPEN", "unable to open", "The store's file cannot be opened.", "Check that the disk or stick is there; nothing was changed."),
        (
            "NOTADB",
            "not a database",
            "The store did not open: its key does not fit, or the file is damaged.",
            "Nothing was changed. Restore a backup if this stays.",
        ),
        (
            "CORRUPT",
            "malformed",
            "The store's file is damaged.",
            "Do not write to it. Run `coachdesk check`, then restore the last backup.",
        ),
        ("IOERR", "i/o error", "The disk did not answer.", "Check the disk or stick; what was saved before is safe."),
    )
    for code, words, sentence, step in table:
        if code in name or words in said:
            return Trouble(sentence, step)
    return Trouble("The store did not accept that.", "Nothing was changed.")
