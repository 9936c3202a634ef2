"""The command line with real parts: real stores, real editions; only the day, the folders and the cost of a guess are the test's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coachdesk import cli, settings
from coachdesk.app import Parts
from coachdesk.clock import FixedDay
from coachdesk.store import keys

PASSPHRASE = "heron beside the lock"


@dataclass
class Said:
    """What one command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return Parts(settings.Places(tmp_path / "home", tmp_path / "home" / "editions"), FixedDay(date(2020, 5, 12)), cost=keys.Cost(1, 8192),
                 ask_passphrase=lambda _question: PASSPHRASE)


@pytest.fixture
def run(parts: Parts, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """run("list", "partner") runs one command as a person would."""

    def command(*words: object) -> Said:
        code = cli.main([str(word) for word in words], parts)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return command


@pytest.fixture
def desk(run: Callable[..., Said], tmp_path: Path) -> Callable[..., Any]:
    """A fresh store of the programme that ships, owned by a lead; desk("add", "partner", …) answers JSON and insists on success."""
    store = tmp_path / "desk.coachdesk"
    assert run("--store", store, "init", "--programme", "connecting-communities", "--owner", "Robin Ashdown").code == 0

    def command(*words: object, today: str = "2020-05-12") -> Any:
        said = run("--store", store, "--today", today, "--json", *words)
        assert said.code == 0, said.err
        return said.json

    command.store = store  # type: ignore[attr-defined]
    return command


@pytest.fixture
def month(qtbot: Any, qapp: Any, tmp_path: Path) -> Iterator[Any]:
    """The locked program on 12 May 2020 over a fresh store of the programme that ships, owned by a lead; no mouse is used."""
    from tests.whole.at_the_window import opened

    yield from opened(qtbot, qapp, tmp_path)
