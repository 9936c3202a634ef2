"""From nothing to the open desk, in a process of its own: what is there at the first filled list, what is not yet, and what comes after."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from coachdesk.participant import actions as participant
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from tests.rooms.people import enrol
from tests.ui.conftest import PASSPHRASE

# Opens the desk as `coachdesk` does and tells what it finds at the first paint of the list, and again when the store has answered.
_START = """
import gc, json, sys
from datetime import date
from pathlib import Path
from coachdesk import app as root
own, path = root.parts().on(date(2020, 5, 12)), Path(sys.argv[1])
at_hand = root.begin_start(own, path, sys.argv[2])
start = root.window_modules()
import PySide6.QtWidgets
from PySide6.QtCore import QEvent, QObject, QThread, QTimer
app = start._application()
program = start.Program(app, own, path)
program.open(at_hand())
table, told = program.main.page("today").table, {}
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not told:
            told.update(modules=sorted(sys.modules), rows=table.count(), widgets=sorted(vars(PySide6.QtWidgets)),
                        main_thread=QThread.isMainThread() and app.thread() is QThread.currentThread())
            QTimer.singleShot(0, look)
        return False
def look():
    if program.main._made_status is None or program.work.busy() or program.main.page("today")._around is None:
        return QTimer.singleShot(10, look)
    told.update(collects=program._sweeper is not None and not gc.isenabled(), later=sorted(sys.modules), words=program.main.status.words(),
                caseload=program.main.page("today").figures["people"].value(), still=table.count())
    print(json.dumps(told))
    program.main.close()
painted = Painted()
table.view.viewport().installEventFilter(painted)
sys.exit(app.exec())
"""


@pytest.fixture
def told(desk: Desk) -> dict[str, Any]:
    """What a start over a store with one overdue thing says of itself."""
    with desk.store.read() as session:
        lot = next(iter(programme_queries.lot_names(session)))
    person = desk.store.act(desk.owner, "test", lambda s: enrol(s, lot)).result
    desk.store.act(desk.owner, "test", lambda s: participant.add_follow_up(s, participant=person, due_on=date(2020, 5, 9), what="Ring"))
    words = [sys.executable, "-c", _START, str(desk.store.path), PASSPHRASE]
    run = subprocess.run(words, check=False, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr[-2000:]
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer


def test_the_list_is_filled_before_anything_heavy_is_imported(told: dict[str, Any]) -> None:
    heavy = {"sqlalchemy", "alembic", "reportlab", "openpyxl", "numpy", "qtawesome", "concurrent.futures.thread", "PySide6.QtPdf",
             "coachdesk.ui.shell.unlock", "coachdesk.ui.shell.palette", "coachdesk.ui.parts.fields", "coachdesk.ui.today.around"}
    assert told["rows"] == 1 and told["main_thread"]
    assert "coachdesk.ui.today.page" in told["modules"] and heavy.isdisjoint(told["modules"])


def test_python_knows_only_the_widgets_that_are_used_then(told: dict[str, Any]) -> None:
    """A plain widget asked of Qt, such as viewport(), makes PySide6 set up the types of them all: 11 ms (see RowView)."""
    assert "QTableView" in told["widgets"] and {"QWizard", "QMessageBox", "QCalendarWidget"}.isdisjoint(told["widgets"])


def test_right_after_it_the_desk_is_whole(told: dict[str, Any]) -> None:
    assert told["still"] == 1 and told["caseload"] == "1" and "Saved here" in told["words"]
    assert told["collects"] and {"sqlalchemy", "coachdesk.ui.shell.palette"} <= set(told["later"])
