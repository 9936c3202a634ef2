"""A shared folder in memory, with every fault of a real one: what the real folder carrier is run over in the simulation."""

from __future__ import annotations

import errno
import random
from collections.abc import Iterator

from coachdesk.sync.folder import Files

ROOT = "/shared"


class Crash(BaseException):
    """The laptop dies here: nobody catches it."""


class Disk(Files):
    """The files of one shared folder; all laptops see the same ones, each through its own moods."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, int]] = {}
        self.mark = 0

    def saved(self) -> dict[str, tuple[bytes, int]]:
        return dict(self.files)

    def whole(self) -> set[bytes]:
        """What stands in files that somebody reads."""
        return readable(self.files)

    def store(self, path: str, data: bytes) -> None:
        self.mark += 1
        self.files[path] = (data, self.mark)

    def scan(self, folder: str) -> Iterator[tuple[str, bool, int, int]]:
        before = folder.rstrip("/") + "/"
        folders: set[str] = set()
        for path, (data, mark) in list(self.files.items()):
            if path.startswith(before):
                name, slash, _rest = path[len(before):].partition("/")
                if not slash:
                    yield name, False, len(data), mark
                elif name not in folders:
                    folders.add(name)
                    yield name, True, 0, 0

    def is_there(self, path: str) -> bool:
        return True

    def is_cloud_only(self, path: str) -> bool:
        return False

    def read(self, path: str, most: int) -> bytes:
        if path not in self.files:
            raise FileNotFoundError(errno.ENOENT, "gone")
        return self.files[path][0][:most]

    def write(self, path: str, data: bytes) -> None:
        self.store(path, data)

    def replace(self, old: str, new: str) -> None:
        if old not in self.files:
            raise FileNotFoundError(errno.ENOENT, "gone")
        data, _mark = self.files.pop(old)
        self.store(new, data)

    def remove(self, path: str) -> None:
        if path not in self.files:
            raise FileNotFoundError(errno.ENOENT, "gone")
        del self.files[path]

    def make_folder(self, path: str) -> None:
        return

    def settle(self, folder: str) -> None:
        return

    # What happens to a folder while nobody looks ------------------------------------------------------------------------

    def lose(self, dice: random.Random, share: float) -> None:
        """Some files vanish."""
        for path in sorted(self.files):
            if dice.random() < share:
                del self.files[path]

    def copy_some(self, dice: random.Random) -> None:
        """OneDrive makes copies under other names."""
        for path in sorted(self.files):
            if dice.random() < 0.1 and "." in path:
                stem, _dot, end = path.rpartition(".")
                self.store(f"{stem}{dice.choice(['-DESKTOP-7', ' (1)', ' - Copy'])}.{end}", self.files[path][0])

    def rename_some(self, dice: random.Random) -> None:
        for path in sorted(self.files):
            if dice.random() < 0.05 and path.endswith(".cdx"):
                data, _mark = self.files.pop(path)
                self.store(f"{path[:-4]}-DESKTOP-7.cdx", data)

    def rot(self, dice: random.Random) -> None:
        """One bit of one file."""
        path = dice.choice(sorted(self.files))
        data = bytearray(self.files[path][0])
        if data:
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            self.files[path] = (bytes(data), self.files[path][1])

    def tear(self, dice: random.Random) -> None:
        """One file ends early, as when a laptop went to sleep while it was copied."""
        path = dice.choice(sorted(self.files))
        data, _mark = self.files[path]
        self.store(path, data[: dice.randrange(len(data) + 1)])


def readable(files: dict[str, tuple[bytes, int]]) -> set[bytes]:
    """The contents of files that are not left half-done by a laptop that died."""
    return {data for path, (data, _mark) in files.items() if not path.endswith(".tmp")}


class Moody(Files):
    """One laptop's view of the disk during one turn: what is hidden from it, what fails, and after which write it dies."""

    def __init__(self, disk: Disk, dice: random.Random, *, hides: float = 0, fails: float = 0, dies_after: int | None = None) -> None:
        self._disk, self._dice, self._hides, self._fails, self._left = disk, dice, hides, fails, dies_after
        self.failures = 0

    def scan(self, folder: str) -> Iterator[tuple[str, bool, int, int]]:
        found = list(self._disk.scan(folder))
        self._dice.shuffle(found)
        for each in found:
            if each[1] or self._dice.random() >= self._hides or each[0] == "FORMAT.txt":
                yield each

    def is_there(self, path: str) -> bool:
        return True

    def is_cloud_only(self, path: str) -> bool:
        return False

    def read(self, path: str, most: int) -> bytes:
        self._maybe(errno.EACCES, errno.EIO, errno.EINVAL)
        return self._disk.read(path, most)

    def write(self, path: str, data: bytes) -> None:
        self._maybe(errno.ENOSPC, errno.EACCES, errno.EROFS)
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                self._disk.store(path, data[: self._dice.randrange(len(data) + 1)])
                raise Crash
        self._disk.write(path, data)

    def replace(self, old: str, new: str) -> None:
        if self._left is not None and self._dice.random() < 0.1:
            raise Crash
        self._disk.replace(old, new)

    def remove(self, path: str) -> None:
        self._disk.remove(path)

    def make_folder(self, path: str) -> None:
        return

    def settle(self, folder: str) -> None:
        return

    def _maybe(self, *numbers: int) -> None:
        if self._dice.random() < self._fails:
            self.failures += 1
            raise OSError(self._dice.choice(numbers), "made up")
