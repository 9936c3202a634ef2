"""Work happens off the main thread and its answers come back on it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.errors import Refusal, Trouble
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.work import AnyChange, Changes, Work, touches


@dataclass(frozen=True)
class FakeChanges:
    rooms: frozenset[str]
    ids: frozenset[int] = frozenset()


def test_a_write_runs_elsewhere_and_is_told_to_everybody_on_the_main_thread(qtbot: QtBot, work: Work) -> None:
    seen: dict[str, Any] = {}
    owner = QWidget()
    qtbot.addWidget(owner)

    def action() -> tuple[int, Changes]:
        seen["ran"] = threading.current_thread()
        return 7, FakeChanges(frozenset({"outreach"}))

    with qtbot.waitSignal(work.changed) as heard:
        work.do(action, owner=owner, done=lambda result: seen.update(done=result[0], thread=threading.current_thread()))
    assert seen["ran"] is not threading.main_thread()
    assert seen["thread"] is threading.main_thread()
    assert seen["done"] == 7
    assert touches(heard.args[0], "outreach", "claim") and not touches(heard.args[0], "claim")


def test_an_answer_for_a_closed_screen_is_dropped(qtbot: QtBot, work: Work) -> None:
    owner, held, called = QWidget(), threading.Event(), []
    work.read(held.wait, owner, called.append)
    import shiboken6

    shiboken6.delete(owner)
    held.set()
    qtbot.waitUntil(lambda: not work.busy())
    assert called == []


@pytest.mark.parametrize(("spoken", "kind"), [(Refusal("That month is sent.", "Correct it by an adjustment."), "refused"),
                                              (Trouble("The disk is full. Nothing was lost."), "trouble")])
def test_a_refusal_goes_to_the_nearest_message_bar(qtbot: QtBot, work: Work, spoken: Exception, kind: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    bar, inner = MessageBar(), QWidget()
    layout.addWidget(bar)
    layout.addWidget(inner)

    def action() -> None:
        raise spoken

    work.do(action, owner=inner)
    qtbot.waitUntil(lambda: bar.kind == kind)
    assert str(spoken).split(".")[0] in bar.text()


def test_anything_else_goes_to_the_crash_hook(qtbot: QtBot) -> None:
    bugs: list[Any] = []
    work = Work(crashed=lambda *bug: bugs.append(bug))
    owner = QWidget()
    qtbot.addWidget(owner)
    work.do(lambda: 1 // 0, owner=owner)
    qtbot.waitUntil(lambda: bool(bugs))
    assert bugs[0][0] is ZeroDivisionError
    work.shutdown()


def test_long_work_shows_progress_and_answers(qtbot: QtBot, work: Work) -> None:
    owner, steps, ends = QWidget(), [], []
    qtbot.addWidget(owner)

    def count() -> Iterator[tuple[int, int]]:
        for at in range(1000):
            yield at, 1000
        return "finished"

    work.long(count, owner, steps.append, ends.append)
    qtbot.waitUntil(lambda: ends == ["finished"])
    assert steps[0] == (0, 1000)
    assert len(steps) < 1000


def test_cancel_unwinds_long_work_and_answers_nothing(qtbot: QtBot, work: Work) -> None:
    owner, unwound, ends = QWidget(), [], []
    qtbot.addWidget(owner)

    def for_ever() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            unwound.append(True)

    task = work.long(for_ever, owner, lambda _step: task.cancel(), ends.append)
    qtbot.waitUntil(lambda: not work.busy())
    assert unwound == [True]
    assert ends == []


def test_what_someone_else_wrote_is_noticed(qtbot: QtBot) -> None:
    wrote = [True]
    work = Work(poll=lambda: wrote.pop() if wrote else False)
    with qtbot.waitSignal(work.changed) as heard:
        work.look()
    assert isinstance(heard.args[0], AnyChange)
    assert "claim" in heard.args[0].rooms
    work.shutdown()


def test_shutdown_finishes_what_was_begun_and_closes_on_the_worker(qtbot: QtBot) -> None:
    order: list[str] = []
    owner = QWidget()
    qtbot.addWidget(owner)
    work = Work(close=lambda: order.append(f"closed {threading.current_thread() is not threading.main_thread()}"))
    work.do(lambda: order.append("saved"), owner=owner)
    work.shutdown()
    assert order == ["saved", "closed True"]
    assert work.do(lambda: order.append("late"), owner=owner).cancelled


def test_twenty_thousand_qt_calls_do_not_use_up_none() -> None:
    source = """
from PySide6.QtWidgets import QApplication, QWidget
import coachdesk.ui.work
app = QApplication([])
widget = QWidget()
for _call in range(20_000):
    widget.update()
print("still here")
"""
    told = subprocess.run([sys.executable, "-c", source], check=False, capture_output=True, text=True, timeout=60)
    assert told.stdout.strip() == "still here", told.stderr[-400:]


def test_reading_is_not_called_saving(qtbot: QtBot, work: Work) -> None:
    told: list[bool] = []
    work.saving_changed.connect(told.append)
    owner = QWidget()
    qtbot.addWidget(owner)
    work.read(lambda: 1, owner, lambda _answer: None)
    qtbot.waitUntil(lambda: not work.busy())
    assert told == []
    work.do(lambda: 1, owner=owner)
    assert work.saving()
    qtbot.waitUntil(lambda: not work.busy())
    assert told == [True, False]
