"""Files that only their owner may read: the store and all that belongs to it. Where a system knows no such rights, nothing changes."""

from __future__ import annotations

import os
from pathlib import Path


def opener(path: str, flags: int) -> int:
    """For `open(..., opener=)`: a new file is readable and writable by its owner alone."""
    return os.open(path, flags, 0o600)


def touch(path: Path) -> None:
    """Makes an empty file of the owner's own, where there is none; SQLite gives its -wal and -shm the same rights. OSError as open()."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def make_folder(path: Path) -> None:
    """Makes a folder of the owner's own, where there is none; one that stands keeps its rights. OSError as mkdir()."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
