"""The shared folder: OneDrive, a network share, a stick. No locks, no database, nobody edits another's file (SYNC.md 5).

Written: beside the target under a name that ends in .tmp, flushed, fsynced, then put in its place in one step. Windows says "in use" now
and then while a virus scanner or OneDrive looks (WinError 5, 32, 33): then again, for about two and a half seconds.
Read: names are hints. Files of our endings are listed whatever else is in their names; everything else is not ours and is left alone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from coachdesk.errors import Trouble
from coachdesk.sync.carrier import FORMAT, Entry, Gone, NotHereYet, Unwilling

ENDINGS = (".cdx", ".cda", ".cdm", ".cdk", ".cdb", ".cds", ".cdj", ".cdp")
LARGEST = 32 * 1024 * 1024          # bytes of any file of ours: evidence has 25 MiB at most
_IN_USE = (5, 32, 33)               # what Windows answers while somebody else has the file open
_WAITS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
_CLOUD_ONLY = 0x00400000 | 0x00001000   # RECALL_ON_DATA_ACCESS, OFFLINE: Windows' marks of a file that is not on the disk
_DEEPEST = 6
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_AWAY = {errno.ENODEV, errno.ENXIO, getattr(errno, "ESTALE", errno.ENXIO), getattr(errno, "EHOSTDOWN", errno.ENXIO)}


class Files:
    """The few things that a folder asks of the system. Tests hand in one that fails."""

    def scan(self, folder: str) -> Iterator[tuple[str, bool, int, int]]:
        """(name, is it a folder, size, when changed in nanoseconds) of what stands in a folder."""
        with os.scandir(folder) as found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    yield entry.name, True, 0, 0
                else:
                    told = entry.stat(follow_symlinks=False)
                    yield entry.name, False, told.st_size, told.st_mtime_ns

    def is_there(self, path: str) -> bool:
        return os.path.isdir(path)

    def is_cloud_only(self, path: str) -> bool:
        """Whether Windows holds no more of a file than its name."""
        return bool(getattr(os.stat(path), "st_file_attributes", 0) & _CLOUD_ONLY)

    def read(self, path: str, most: int) -> bytes:
        with open(path, "rb") as file:
            return file.read(most)

    def write(self, path: str, data: bytes) -> None:
        with open(path, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def replace(self, old: str, new: str) -> None:
        os.replace(old, new)

    def remove(self, path: str) -> None:
        os.unlink(path)

    def make_folder(self, path: str) -> None:
        os.makedirs(path, exist_ok=True)

    def settle(self, folder: str) -> None:
        """The folder's own entry reaches the disk, where a system can be asked for that."""
        if os.name == "posix":
            handle = os.open(folder, os.O_RDONLY)
            try:
                with contextlib.suppress(OSError):      # network shares do not know this
                    os.fsync(handle)
            finally:
                os.close(handle)


class Folder:
    """A shared place that is a folder. sleep and files are handed in by tests; patience: seconds for a file that the cloud has to fetch."""

    def __init__(
        self, root: Path, *, files: Files | None = None, sleep: Callable[[float], None] = time.sleep, patience: float = 20
    ) -> None:
        self.root = root
        self._files = files or Files()
        self._sleep = sleep
        self._patience = patience

    @property
    def where(self) -> str:
        return os.path.abspath(self.root)

    def format_text(self) -> str | None:
        self._must_be_there()
        try:
            return self.get(FORMAT)[:4_096].decode("utf-8", "replace")
        except FileNotFoundError:
            return None

    def entries(self) -> list[Entry]:
        self._must_be_there()
        found: list[Entry] = []
        try:
            self._scan(str(self.root), "", 0, found)
        except OSError as problem:
            raise self._said(problem, "looked at") from None
        return found

    def get(self, name: str) -> bytes:
        path = self._path(name)
        try:
            if self._files.is_cloud_only(path):
                data = self._patiently(path)
            else:
                data = self._again(lambda: self._files.read(path, LARGEST + 1))
        except FileNotFoundError:
            self._must_be_there()
            raise
        except OSError as problem:
            raise self._said(problem, "read") from None
        return data

    def put(self, name: str, data: bytes) -> None:
        path = self._path(name)
        beside, parent = path + ".tmp", os.path.dirname(path)
        self._must_be_there()
        try:
            self._files.make_folder(parent)
            self._again(lambda: self._files.write(beside, data))
            self._again(lambda: self._files.replace(beside, path))
            self._files.settle(parent)
        except OSError as problem:
            with contextlib.suppress(OSError):
                self._files.remove(beside)
            raise self._said(problem, "written to") from None

    def remove(self, name: str) -> None:
        path = self._path(name)
        try:
            self._again(lambda: self._files.remove(path))
        except FileNotFoundError:
            return
        except OSError as problem:
            raise self._said(problem, "written to") from None

    def _path(self, name: str) -> str:
        parts = name.split("/")
        if any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts):
            raise ValueError("not a name below the shared folder")
        return os.path.join(str(self.root), *parts)

    def _scan(self, folder: str, before: str, depth: int, found: list[Entry]) -> None:
        for name, is_folder, size, mark in self._files.scan(folder):
            if is_folder:
                if depth < _DEEPEST and not name.startswith("."):
                    with contextlib.suppress(FileNotFoundError):
                        self._scan(os.path.join(folder, name), f"{before}{name}/", depth + 1, found)
            elif name.lower().endswith(ENDINGS) and size <= LARGEST:
                found.append(Entry(before + name, size, mark))

    def _must_be_there(self) -> None:
        try:
            there = self._files.is_there(str(self.root))
        except OSError as problem:
            raise self._said(problem, "looked at") from None
        if not there:
            raise self._gone()

    def _gone(self) -> Gone:
        return Gone("The shared folder is not there.",
                    "Plug the stick in, connect the network drive or start OneDrive, then try again. Nothing was lost.")

    def _again(self, act: Callable[[], Any]) -> Any:
        for wait in _WAITS:
            try:
                return act()
            except OSError as problem:
                if getattr(problem, "winerror", None) not in _IN_USE:
                    raise
                self._sleep(wait)
        return act()

    def _patiently(self, path: str) -> bytes:
        """Reads in a thread of its own: what the cloud does not deliver in time is left for the next turn."""
        answer: queue.Queue[bytes | OSError] = queue.Queue()

        def read() -> None:
            try:
                answer.put(self._files.read(path, LARGEST + 1))
            except OSError as problem:
                answer.put(problem)

        threading.Thread(target=read, daemon=True).start()
        try:
            told = answer.get(timeout=self._patience)
        except queue.Empty:
            raise self._not_here() from None
        if isinstance(told, OSError):
            raise told
        return told

    def _not_here(self) -> NotHereYet:
        return NotHereYet("A file in the shared folder is not on this computer yet.",
                          "Is OneDrive running and signed in? It is tried again at the next sync.")

    def _said(self, problem: OSError, done: str) -> Trouble:
        if problem.errno in _FULL:
            return Unwilling("The shared folder is full.",
                             "Free some space there and sync again. Everything you saved is still on this laptop.")
        if problem.errno == errno.EINVAL:
            return self._not_here()
        if isinstance(problem, FileNotFoundError | NotADirectoryError) or problem.errno in _AWAY:
            return self._gone()
        if getattr(problem, "winerror", None) in (32, 33):
            return Unwilling("A file in the shared folder is in use by another program.",
                             "It is tried again at the next sync; nothing was lost.")
        if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return Unwilling(f"The shared folder cannot be {done}: this computer is not allowed to.",
                             "Ask whoever shared it for the right to change files. Everything you saved is still on this laptop.")
        return Unwilling(f"The shared folder cannot be {done}: {problem.strerror or 'the disk said no'}.",
                         "It is tried again at the next sync; nothing was lost.")
