"""The ground that every test stands on keeps what it promises: strays fail, expectations are kept, nobody's own folders are touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coachdesk.settings import user_places
from tests.shape.tree import ROOT

SAMPLE = '''
import logging, warnings
import pytest
log = logging.getLogger("coachdesk.sample")

def test_quiet(): log.info("nothing")
def test_stray(): log.warning("stray line")
@pytest.mark.says_in_the_log("disk is")
def test_expected(): log.warning("the disk is full")
@pytest.mark.says_in_the_log("disk is")
def test_kept_silent(): pass
def test_warns(): warnings.warn("old way", DeprecationWarning)
def test_qt_grumbles():
    from PySide6.QtCore import qWarning
    qWarning("a layout that is already there")
def test_qt_is_content():
    from PySide6.QtCore import qDebug
    qDebug("fine")
'''


def test_stray_log_lines_warnings_and_grumbles_of_qt_fail_a_test(tmp_path: Path) -> None:
    (tmp_path / "test_sample.py").write_text(SAMPLE, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path), "-p", "tests.conftest",
               "-p", "no:cacheprovider", "--tb=no", "-q", "-rA", str(tmp_path / "test_sample.py")]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(ROOT)})
    lines = answer.stdout.splitlines()

    def outcome(name: str) -> set[str]:
        return {line.split()[0] for line in lines if line.split()[1:2] and line.split()[1].endswith(f"::{name}")}

    assert outcome("test_quiet") == outcome("test_expected") == outcome("test_qt_is_content") == {"PASSED"}, answer.stdout
    assert "ERROR" in outcome("test_stray") and "ERROR" in outcome("test_kept_silent"), answer.stdout
    assert outcome("test_warns") == outcome("test_qt_grumbles") == {"FAILED"}, answer.stdout


def test_the_folders_of_the_person_at_the_keyboard_are_left_alone(coachdesk_home: Path) -> None:
    assert user_places().data == coachdesk_home


def test_windows_are_made_where_nobody_sees_them() -> None:
    if os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        pytest.skip("somebody wants to watch")
    assert os.environ["QT_SCALE_FACTOR"] == "1"
