"""A second process that reads part of a big file beside this one, and what it hands over.

It is the same program, started with one word; it imports neither Qt nor the store. What it shall read comes through its standard input;
through its standard output come, again and again, how far it is, and last its rows. It never says what is wrong with a file: whenever
it fails, the whole file is read again here. It ends with us: on cancelling it is stopped, and once nobody listens it stops itself.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import IO

import coachdesk
from coachdesk.place.packing import Rows
from coachdesk.settings import READS_BESIDE

HEAD = struct.Struct("<QII")             # bytes read so far, length of the JSON and of the rows that follow (0: this is progress only)
_MOST = 1 << 30
BIG = 48 << 20                           # bytes of tables from which another process saves more than its start takes


class Reader:
    """The other process. `close` it, whatever happens."""

    def __init__(self, path: Path, names: Sequence[str], start: int, areas: Collection[str]) -> None:
        """Starts it on some members of an archive, or on one from a byte on. Raises OSError where no process can be started."""
        self.done = 0
        self._outcome: tuple[bytes, bytearray] | None = None
        self._process = subprocess.Popen(
            _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
        task = json.dumps([str(path.resolve()), list(names), start, sorted(areas)]).encode()
        self._ear = Thread(target=self._listen, args=(task,), daemon=True)
        self._ear.start()

    def _listen(self, task: bytes) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            with self._process.stdin as mouth:
                mouth.write(task)
            while len(head := self._process.stdout.read(HEAD.size)) == HEAD.size:
                self.done, words, rows = HEAD.unpack(head)
                if words and words + rows < _MOST:
                    said, content = self._process.stdout.read(words), bytearray(rows)
                    if self._process.stdout.readinto(content) == rows:  # type: ignore[attr-defined]
                        self._outcome = said, content
        except (OSError, ValueError):
            self._outcome = None

    def wait(self, seconds: float) -> bool:
        """Waits a while; whether it has ended."""
        self._ear.join(seconds)
        return not self._ear.is_alive()

    def give(self, rows: Rows) -> bool:
        """Adds what it read; False where it could not finish."""
        if self._outcome is None or self._process.wait() != 0:
            return False
        try:
            wards, outcodes = json.loads(self._outcome[0])
            rows.take_over([(str(code), str(district)) for code, district in wards], outcodes, self._outcome[1])
        except (ValueError, TypeError, OverflowError, IndexError):
            return False
        finally:
            self._outcome = None
        return True

    def close(self) -> None:
        """Stops it where it still runs, and waits until it is gone."""
        self._process.kill()
        self._process.wait()
        self._ear.join()
        if self._process.stdout is not None:
            self._process.stdout.close()


def started(path: Path, names: Sequence[str], areas: Collection[str], start: int = 0) -> Reader | None:
    """A reader, or None where this machine starts no second process: then everything is read here."""
    try:
        return Reader(path, names, start, areas)
    except (OSError, ValueError):
        return None


def worth_it(size: int, big: int) -> bool:
    """Whether there is so much to read, and a processor to spare, that another process helps."""
    return size >= big and (os.cpu_count() or 1) > 1


def both(own: Iterable[tuple[str, int]], reader: Reader) -> Iterator[tuple[str, int]]:
    """This process's own share, then the other's end: (what is read, bytes of both)."""
    what, mine = "", 0
    for what, mine in own:
        yield what, mine + reader.done
    while not reader.wait(0.05):
        yield what, mine + reader.done


def _command() -> list[str]:
    """The same program again: a frozen one is its own interpreter."""
    return [sys.executable, READS_BESIDE] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", "coachdesk", READS_BESIDE]


def _environment() -> dict[str, str]:
    """Ours, without the passphrase, and with this very program first on the path."""
    kept = {name: value for name, value in os.environ.items() if name != "COACHDESK_PASSPHRASE"}
    return {**kept, "PYTHONPATH": str(Path(coachdesk.__file__).parent.parent)}


def hand_over(rows: Rows, done: int, out: IO[bytes]) -> None:
    """The rows, as the other side takes them over."""
    endings = [rows.endings.get(outcode, array("I")) for outcode in rows.buckets]
    counted = [(outcode, len(bucket), len(ended)) for (outcode, bucket), ended in zip(rows.buckets.items(), endings, strict=True)]
    words = json.dumps([list(rows.wards), counted]).encode()
    out.write(HEAD.pack(done, len(words), len(rows) * 8 + sum(map(len, endings)) * 4) + words)
    for column in (*rows.buckets.values(), *endings):
        out.write(column)
    out.flush()
