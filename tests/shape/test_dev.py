"""dev.py gets a computer ready and stays quiet when there is nothing to do."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.shape.tree import ROOT


@pytest.fixture
def dev(tmp_path: Path) -> ModuleType:
    """dev.py as it stands in a tree of its own, with nothing but what it reads."""
    for name in ("dev.py", "constraints.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    spec = importlib.util.spec_from_file_location("dev_of_a_copy", tmp_path / "dev.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_door_that_does_not_exist_is_refused_with_the_list_of_doors() -> None:
    answer = subprocess.run([sys.executable, str(ROOT / "dev.py"), "dance"], capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert all(door in answer.stderr for door in ("demo", "run", "test", "lint", "check", "bench"))


def test_a_changed_pin_asks_for_a_new_environment(dev: ModuleType) -> None:
    before = dev.made_for()
    pins = dev.ROOT / "constraints.txt"
    pins.write_text(pins.read_text(encoding="utf-8") + "one-more==1.0\n", encoding="utf-8")
    assert dev.made_for() != before


def test_a_changed_setting_of_a_tool_does_not(dev: ModuleType) -> None:
    before = dev.made_for()
    project = dev.ROOT / "pyproject.toml"
    project.write_text(project.read_text(encoding="utf-8").replace("line-length = 140", "line-length = 141"), encoding="utf-8")
    assert dev.made_for() == before


def test_an_environment_cut_short_is_not_taken_for_sound(dev: ModuleType) -> None:
    assert not dev.env_is_sound()
    Path(dev.env_python()).parent.mkdir(parents=True)
    Path(dev.env_python()).write_text("half", encoding="utf-8")
    assert not dev.env_is_sound()


def test_whoever_is_not_root_is_told_the_one_line_to_run(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("system parts are fetched on Linux only")
    dev.FOR_QT["libthereisnosuch.so.9"] = "libthereisnosuch9"
    monkeypatch.setattr(dev.shutil, "which", lambda name: name)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    with pytest.raises(dev.Stop, match="sudo apt-get install .*libthereisnosuch9"):
        dev.fetch_system_parts(on_a_screen=False)
