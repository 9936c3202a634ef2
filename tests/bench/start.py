"""GOALS 1: process start to the first painted window, and memory there, against a bare PySide6 window with a table.

Each run is a process of its own that writes nanoseconds since it was spawned and its memory; floor and ours take turns.
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

ROUNDS = 9
TIME_LIMIT = 1.15
MEMORY_LIMIT = 1.25
_ROOT = Path(__file__).resolve().parents[2]

_TELL = """
import os, time
def tell():
    with open("/proc/self/statm") as memory:
        resident = int(memory.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    with open(os.environ["BENCH_OUT"], "w") as out:
        out.write(f"{time.monotonic_ns() - int(os.environ['BENCH_BEGUN'])} {resident}")
    os._exit(0)
"""
FLOOR = _TELL + """
from PySide6.QtCore import QAbstractTableModel, QEvent, QObject, QTimer, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
class Model(QAbstractTableModel):
    def rowCount(self, parent=None): return 200
    def columnCount(self, parent=None): return 6
    def data(self, index, role):
        return f"{index.row()} {index.column()}" if role == Qt.ItemDataRole.DisplayRole else None
class Seen(QObject):
    seen = False
    def eventFilter(self, watched, event):
        if not self.seen and event.type() == QEvent.Type.Paint:
            self.seen = True
            QTimer.singleShot(0, tell)
        return False
app = QApplication([])
window, view, model, seen = QMainWindow(), QTableView(), Model(), Seen()
view.setModel(model)
window.setCentralWidget(view)
view.viewport().installEventFilter(seen)
window.resize(1000, 700)
window.show()
app.exec()
"""
OURS = _TELL + """
from coachdesk.ui.parts.theme import Theme, make_application
from coachdesk.ui.shell.first_paint import on_first_paint
from coachdesk.ui.shell.unlock import UnlockWindow
app = make_application()
Theme(app).apply()
window = UnlockWindow("desk", lambda passphrase: None, lambda code, passphrase: None)
on_first_paint(window, tell)
window.show()
app.exec()
"""


def painted(source: str) -> tuple[float, float]:
    """Seconds from spawning to the first paint, and megabytes resident then, of one process that runs `source`."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        begun = time.monotonic_ns()
        told = {"QT_QPA_PLATFORM": "offscreen", "BENCH_OUT": str(out), "BENCH_BEGUN": str(begun), "PYTHONPATH": str(_ROOT)}
        subprocess.run([sys.executable, "-c", source], env=os.environ | told, check=True, capture_output=True, timeout=60)
        took, resident = out.read_text().split()
    return int(took) / 1e9, int(resident) / 1e6


def rows() -> list[Row]:
    """Time and memory of the unlock window. The rows after Enter (filled Today) hang on app.py: add them here."""
    for source in (FLOOR, OURS):
        painted(source)                                 # the disk's cache and the byte code
    floor, ours = [], []
    for _round in range(ROUNDS):
        floor.append(painted(FLOOR))
        ours.append(painted(OURS))
    middle = [[statistics.median(run[at] for run in runs) for at in (0, 1)] for runs in (floor, ours)]
    return [
        Row("1 start", "process start to the first painted unlock window", middle[0][0], middle[1][0], TIME_LIMIT),
        Row("1 start", "memory at the first paint (megabytes in place of seconds)", middle[0][1], middle[1][1], MEMORY_LIMIT),
    ]
