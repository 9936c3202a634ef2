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
FILLED_LIMIT = 1.25
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
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView, QWidget
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
view.findChild(QWidget, "qt_scrollarea_viewport").installEventFilter(seen)
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


def surroundings() -> dict[str, str]:
    """The environment of every run: no screen, and byte code kept as an installed program has it, whatever this shell forbids."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    cache = Path(tempfile.gettempdir()) / f"coachdesk-bench-bytecode-{os.getuid() if hasattr(os, 'getuid') else 0}"
    return kept | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(_ROOT), "PYTHONPYCACHEPREFIX": str(cache)}


def painted(source: str) -> tuple[float, float]:
    """Seconds from spawning to the first paint, and megabytes resident then, of one process that runs `source`."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        begun = time.monotonic_ns()
        told = {"BENCH_OUT": str(out), "BENCH_BEGUN": str(begun)}
        subprocess.run([sys.executable, "-c", source], env=surroundings() | told, check=True, capture_output=True, timeout=60)
        took, resident = out.read_text().split()
    return int(took) / 1e9, int(resident) / 1e6


# A store with people, made once: the passphrase costs little, so that what is measured is the desk and not the key.
MAKE = """
import sys
from pathlib import Path
from coachdesk.app import parts
from coachdesk.demo import prepare
from coachdesk.store.keys import Cost
own = parts()
own.cost = Cost(1, 8192)
prepare(own, Path(sys.argv[1]), "demo desk", people=40, seed=1, note=lambda words: None)
"""
# The filter is there before the window is shown, so that the very first paint with rows counts.
_FILLED = """
class Filled(QObject):
    seen = False
    def eventFilter(self, watched, event):
        if not self.seen and event.type() == QEvent.Type.Paint and self.table.model().rowCount():
            self.seen = True
            QTimer.singleShot(0, tell)
        return False
filled = Filled()
def make_window(desk, theme):
    window = desk_window.made(desk, theme)
    filled.table = window.page("today").table.view
    filled.table.viewport().installEventFilter(filled)
    return window
def watch():
    global desk_window
    from coachdesk.ui.shell import desk_window
    desk_window.made, desk_window.make_window = desk_window.make_window, make_window
"""
AT_HAND = _TELL + """
import sys
from pathlib import Path
from coachdesk import app as root
own, path = root.parts(), Path(sys.argv[1])
at_hand = root.begin_start(own, path, "demo desk")
start = root.window_modules()
from PySide6.QtCore import QEvent, QObject, QTimer
app = start._application()
program = start.Program(app, own, path)
""" + _FILLED + """
watch()
program.open(at_hand())
app.exec()
"""
# Somebody types for a second and a half, then presses Enter; the clock runs from Enter, and the key's own time is measured beside it.
ENTER = """
import os, sys, time
from pathlib import Path
from coachdesk import app as root
from coachdesk.store import keys
start = root.window_modules()
from PySide6.QtCore import QEvent, QObject, QTimer
own, path = root.parts(), Path(sys.argv[1])
app = start._application()
program = start.Program(app, own, path)
begun = 0.0
def tell():
    took = time.perf_counter() - begun
    own_begun = time.perf_counter()
    keys.unlock(path, "demo desk")
    derived = time.perf_counter() - own_begun
    with open(os.environ["BENCH_OUT"], "w") as out:
        out.write(f"{int(took * 1e9)} {int(derived * 1e9)}")
    os._exit(0)
""" + _FILLED + """
def entered():
    global begun
    watch()
    begun = time.perf_counter()
    program.front.passphrase.set_value("demo desk")
    program.front.passphrase.submitted.emit()
program.begin()
QTimer.singleShot(1500, entered)
app.exec()
"""


def filled(source: str, store: Path) -> tuple[float, float]:
    """What `source` wrote, in seconds and (millions of) whatever else, of one process over a store."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        told = {"BENCH_OUT": str(out), "BENCH_BEGUN": str(time.monotonic_ns()), "COACHDESK_HOME": folder}
        subprocess.run([sys.executable, "-c", source, str(store)], env=surroundings() | told, check=True, capture_output=True, timeout=120)
        took, other = out.read_text().split()
    return int(took) / 1e9, int(other) / 1e9


def rows() -> list[Row]:
    """Time and memory of the unlock window; the first filled list with the key at hand; Enter to the filled Today page."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "sample.coachdesk"
        made = surroundings() | {"COACHDESK_HOME": folder}
        subprocess.run([sys.executable, "-c", MAKE, str(store)], env=made, check=True, capture_output=True, timeout=300)
        for source in (FLOOR, OURS):
            painted(source)                             # the disk's cache and the byte code
        for source in (AT_HAND, ENTER):
            filled(source, store)
        floor, ours, at_hand, enter = [], [], [], []
        for _round in range(ROUNDS):
            floor.append(painted(FLOOR))
            ours.append(painted(OURS))
            at_hand.append(filled(AT_HAND, store)[0])
            enter.append(filled(ENTER, store))
    middle = [[statistics.median(run[at] for run in runs) for at in (0, 1)] for runs in (floor, ours)]
    bare = middle[0][0]
    allowed = statistics.median(derived for _, derived in enter) + 0.5 * bare
    return [
        Row("1 start", "process start to the first painted unlock window", bare, middle[1][0], TIME_LIMIT),
        Row("1 start", "memory at the first paint (megabytes in place of seconds)", middle[0][1], middle[1][1], MEMORY_LIMIT),
        Row("1 start", "key at hand: process start to the first filled list", bare, statistics.median(at_hand), FILLED_LIMIT),
        Row("1 start", "Enter to the filled Today page, against key derivation + 0.5 bare window", allowed,
            statistics.median(took for took, _ in enter), 1.0),
    ]
