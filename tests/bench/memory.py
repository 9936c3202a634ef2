"""GOALS 11: memory of the desk at rest, on a store of 10,000 people with 42 months of work, against a bare PySide6 window with a table.

Both are processes of their own that are left alone for a while once they are painted, ours once Today is filled: what is imported or
made ready in the background is counted too. The key is at hand: deriving it takes memory for a moment, as much as its cost says.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import Row
from tests.bench._big_store import LAST, PASSPHRASE, make_big_store
from tests.bench.start import AT_HAND, FLOOR, surroundings

ROUNDS = 3
LIMIT = 2.2
REST = 15_000       # milliseconds; on a busy machine it takes ten seconds until everything is imported
_RESTING = f"""
from PySide6.QtCore import QTimer as Later
told = tell
def tell():
    Later.singleShot({REST}, told)
"""
_DAY = f"""
from coachdesk.clock import FixedDay
from datetime import date
own.clock = FixedDay(date.fromisoformat("{LAST}"))
"""


def _resting(source: str, before: str) -> str:
    """The source, but it tells only after a rest; `before`: the line from which on it may."""
    assert before in source
    return source.replace(before, _RESTING + before, 1)


BARE = _resting(FLOOR, "app = QApplication([])")
OURS = _resting(AT_HAND, "program = start.Program").replace('"demo desk"', repr(PASSPHRASE))
OURS = OURS.replace("at_hand = root", _DAY + "at_hand = root")


def at_rest(source: str, *arguments: str) -> float:
    """Megabytes resident."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        told = {"BENCH_OUT": str(out), "BENCH_BEGUN": str(time.monotonic_ns()), "COACHDESK_HOME": folder}
        subprocess.run([sys.executable, "-c", source, *arguments], env=surroundings() | told, check=True, capture_output=True, timeout=180)
        return int(out.read_text().split()[1]) / 1e6


def rows() -> list[Row]:
    """In turns; medians."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.coachdesk"
        make_big_store(path).close()
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        runs = [(at_rest(BARE), at_rest(OURS, str(path))) for _round in range(ROUNDS)]
    bare, ours = (statistics.median(run[at] for run in runs) for at in (0, 1))
    return [Row("11 memory", "the desk at rest with 10,000 people (megabytes in place of seconds)", bare, ours, LIMIT)]
