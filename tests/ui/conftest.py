"""Real windows without a screen; file dialogs and questions are answered in advance."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.ui.parts.privacy import set_in_public
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.work import Work


class FakeDialogs:
    """Obeys ui.parts.dialogs.Dialogs: set the next answers, read what was asked."""

    def __init__(self) -> None:
        self.next_file: Path | None = None
        self.next_folder: Path | None = None
        self.next_yes = True
        self.asked: list[str] = []

    def open_file(self, owner: QWidget, title: str, kinds: str) -> Path | None:
        self.asked.append(title)
        return self.next_file

    def save_file(self, owner: QWidget, title: str, suggested: str, kinds: str) -> Path | None:
        self.asked.append(suggested)
        return self.next_file

    def choose_folder(self, owner: QWidget, title: str) -> Path | None:
        self.asked.append(title)
        return self.next_folder

    def ask(self, owner: QWidget, title: str, sentence: str, yes: str, no: str = "Cancel") -> bool:
        self.asked.append(sentence)
        return self.next_yes


@pytest.fixture
def dialogs() -> FakeDialogs:
    """File dialogs and questions that answer what the test says."""
    return FakeDialogs()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The desk's own look; taken off again afterwards."""
    worn = Theme(qapp, dark=False)
    worn.apply()
    yield worn
    worn.set_scale(100)
    worn.set_dark(False)
    qapp.setStyleSheet("")


@pytest.fixture
def work(qapp: QApplication) -> Iterator[Work]:
    """A worker without a store; a bug in an action fails the test."""
    bugs: list[Any] = []
    made = Work(crashed=lambda *bug: bugs.append(bug))
    yield made
    made.shutdown()
    assert not bugs, bugs


@pytest.fixture(autouse=True)
def _not_in_public(qapp: QApplication) -> Iterator[None]:
    yield
    set_in_public(False)
