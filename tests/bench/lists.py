"""GOALS row 5: a list of 100,000 people, ours against QSqlTableModel and against a list of every ORM object, each in a process of its own.

All three show the same people of one plain SQLite file, ordered by name, in a window without a screen. Ours is the table of every screen
(ui.parts.row_table) with ids in an array and blocks by id. Times count from the question to the store to the first paint; a frame is one
step of the scroll bar, as a wheel makes it, and its paint; blocks that it comes to are read within. What had to be imported, and the
application itself, are ready before the clock starts.

Like with like: the same order of three columns, rows of one height and no numbers beside them. What is not needed for the first paint
comes after it for both windowed lists (QSqlTableModel's rows beyond the first 256; our order beyond the first block, as the pages read
it), and before memory is measured and frames begin.
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import Row
from tests.bench._big_store import FAMILY, GIVEN
from tests.bench.start import surroundings

PEOPLE, ROUNDS = 100_000, 3
PAINT_OF_ORM, PAINT_OF_QSQL, FRAME_OF_QSQL, MEMORY_OF_ORM = 0.08, 0.7, 1.0, 0.15

_HEAD = """
import json, os, sys, time
from PySide6.QtWidgets import QApplication, QTableView
app = QApplication([])
PEOPLE, HIGH = int(sys.argv[2]), 23
def go_on(): pass
COLUMNS = ("id", "given", "family", "postcode", "phone", "born_on", "ward", "status")
def resident():
    with open("/proc/self/statm") as memory:
        return int(memory.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
"""
_TAIL = """
table.verticalHeader().hide()
table.verticalHeader().setDefaultSectionSize(HIGH)
view.resize(1000, 700)
view.show()
app.processEvents()
table.viewport().repaint()
painted = time.perf_counter() - begun
go_on()
while table.model().canFetchMore(table.rootIndex()):
    table.model().fetchMore(table.rootIndex())
app.processEvents()
memory = resident() - before
assert table.model().rowCount() == PEOPLE, table.model().rowCount()
bar = table.verticalScrollBar()
def frame(value):
    start = time.perf_counter()
    bar.setValue(value)
    table.viewport().repaint()
    app.processEvents()
    return time.perf_counter() - start
frame(1)
frames = sorted(frame(step * 3) for step in range(1, 121))
print(json.dumps([painted, frames[round(len(frames) * 0.95)], memory]))
sys.stdout.flush()
os._exit(0)
"""
QSQL = _HEAD + """
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
base = QSqlDatabase.addDatabase("QSQLITE")
base.setDatabaseName(sys.argv[1])
base.open()
before, begun = resident(), time.perf_counter()
class InOrder(QSqlTableModel):
    def orderByClause(self): return "ORDER BY family, given, id"
model = InOrder(None, base)
model.setTable("person")
model.select()
view = table = QTableView()
table.setModel(model)
""" + _TAIL
ORM = _HEAD + """
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
class Base(DeclarativeBase): pass
class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    given: Mapped[str]
    family: Mapped[str]
    postcode: Mapped[str]
    phone: Mapped[str]
    born_on: Mapped[str]
    ward: Mapped[str]
    status: Mapped[str]
class Model(QAbstractTableModel):
    def __init__(self, rows):
        super().__init__()
        self.rows = rows
    def rowCount(self, parent=QModelIndex()): return len(self.rows)
    def columnCount(self, parent=QModelIndex()): return len(COLUMNS)
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return str(getattr(self.rows[index.row()], COLUMNS[index.column()])) if role == Qt.ItemDataRole.DisplayRole else None
session = Session(create_engine("sqlite:///" + sys.argv[1]))
session.execute(text("select 1"))
before, begun = resident(), time.perf_counter()
model = Model(session.scalars(select(Person).order_by(Person.family, Person.given, Person.id)).all())
view = table = QTableView()
table.setModel(model)
""" + _TAIL
OURS = _HEAD + """
import sqlite3
from array import array
from collections import namedtuple
from coachdesk.ui.parts.row_model import BLOCK
from coachdesk.ui.parts.row_table import Column, RowTable
base = sqlite3.connect(sys.argv[1])
base.execute("select 1").fetchall()
Person = namedtuple("Person", COLUMNS)
def rows(ids):
    asked = f"select {', '.join(COLUMNS)} from person where id in (select value from json_each(?))"
    found = {row[0]: Person(*row) for row in base.execute(asked, (json.dumps([*ids]),))}
    return [found[id] for id in ids]
before, begun = resident(), time.perf_counter()
IN_ORDER = "from person order by family, given, id"
first = [Person(*row) for row in base.execute(f"select {', '.join(COLUMNS)} {IN_ORDER} limit {BLOCK}")]
count = base.execute("select count(*) from person").fetchone()[0]
view = RowTable("People", [Column(name, name, 14) for name in COLUMNS])
table = view.view
view.begin(array("q", [row.id for row in first]), first, count)
def go_on():
    view.show_ids(array("q", (row[0] for row in base.execute(f"select id {IN_ORDER}"))), rows)
""" + _TAIL


def make_people(path: Path) -> None:
    """The plain file; no index by name, as in the store: whoever shows the list has it sorted."""
    dice = random.Random(5)
    with sqlite3.connect(path) as base:
        base.execute("create table person (id integer primary key, given text, family text, postcode text, phone text, born_on text,"
                     " ward text, status text)")
        base.executemany("insert into person (given, family, postcode, phone, born_on, ward, status) values (?, ?, ?, ?, ?, ?, ?)", (
            (dice.choice(GIVEN), f"{dice.choice(FAMILY)}-{dice.choice(FAMILY)}", f"B{dice.randrange(48)} {at % 10}AB",
             f"07700 9{at % 100_000:05d}", f"19{60 + at % 40}-03-11", "Shard End", ("eligible", "check by hand")[at % 2])
            for at in range(PEOPLE)))
    base.close()


def _run(source: str, path: Path) -> tuple[float, float, float]:
    made = subprocess.run([sys.executable, "-c", source, str(path), str(PEOPLE)], env=surroundings(), check=True, capture_output=True,
                          text=True, timeout=300)
    painted, frame, memory = json.loads(made.stdout.splitlines()[-1])
    return painted, frame, memory


def rows() -> list[Row]:
    """First paint against both, a frame against QSqlTableModel, memory against the ORM; in turns, medians."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.sqlite"
        make_people(path)
        sources = {"qsql": QSQL, "orm": ORM, "ours": OURS}
        found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in sources}
        for _round in range(ROUNDS):
            for name, source in sources.items():
                found[name].append(_run(source, path))
    middle = {name: [statistics.median(run[at] for run in runs) for at in range(3)] for name, runs in found.items()}
    ours, qsql, orm = middle["ours"], middle["qsql"], middle["orm"]
    return [
        Row("5 list", f"first paint of {PEOPLE:,} people against every ORM object", orm[0], ours[0], PAINT_OF_ORM),
        Row("5 list", f"first paint of {PEOPLE:,} people against QSqlTableModel", qsql[0], ours[0], PAINT_OF_QSQL),
        Row("5 list", "a frame while scrolling, p95, against QSqlTableModel", qsql[1], ours[1], FRAME_OF_QSQL),
        Row("5 list", "memory at the first paint against every ORM object (megabytes in place of seconds)", orm[2], ours[2],
            MEMORY_OF_ORM),
    ]
