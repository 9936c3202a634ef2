"""What every test stands on: no screen, a home of its own, silence in the log, and the shared data where it is at hand."""

from __future__ import annotations

import atexit
import gc
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from coachdesk.ui import keep_singletons

REPOSITORY = Path(__file__).resolve().parent.parent

# Qt reads these once, when it is loaded: before pytest-qt makes the application, so here and not in a fixture.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ.pop("COACHDESK_PASSPHRASE", None)
if sys.platform == "linux":
    if not any(os.environ.get(name, "").upper().replace("-", "").endswith("UTF8") for name in ("LC_ALL", "LC_CTYPE", "LANG")):
        os.environ["LC_ALL"] = "C.UTF-8"
    if not os.environ.get("XDG_RUNTIME_DIR"):
        os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="coachdesk-tests-")
        atexit.register(shutil.rmtree, os.environ["XDG_RUNTIME_DIR"], ignore_errors=True)
keep_singletons()                 # pytest-qt calls Qt before any window of ours does

# A noisy machine is no reason to fail; on CI the same examples are drawn each time, so that red means a change made it red.
settings.register_profile("desk", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(scope="session", autouse=True)
def coachdesk_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The user's folders of this run: never those of the person at the keyboard."""
    home = tmp_path_factory.mktemp("home")
    before = os.environ.get("COACHDESK_HOME")
    os.environ["COACHDESK_HOME"] = str(home)
    yield home
    if before is None:
        del os.environ["COACHDESK_HOME"]
    else:
        os.environ["COACHDESK_HOME"] = before


@pytest.fixture(autouse=True)
def _garbage_is_collected_on_this_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Windows that are garbage are met by the collector here and never on a worker's thread, which Qt would not survive."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.enable()


@pytest.fixture(autouse=True)
def _nothing_stray_in_the_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A record at WARNING or above that no `says_in_the_log` mark expects fails the test; an expected one that stays away does too."""
    yield
    expected = [str(mark.args[0]) for mark in request.node.iter_markers("says_in_the_log")]
    said = [record for phase in ("setup", "call") for record in caplog.get_records(phase) if record.levelno >= logging.WARNING]
    stray = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in said
             if not any(re.search(pattern, record.getMessage()) for pattern in expected)]
    assert not stray, "the log holds lines that no test asked for:\n" + "\n".join(stray)
    silent = [pattern for pattern in expected if not any(re.search(pattern, record.getMessage()) for record in said)]
    assert not silent, f"the log was to say {silent}, and did not"


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the source tree."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The project's real data (postcode editions, boundaries) beside the source tree; the test is skipped where it is not at hand."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data folder does not stand beside the source tree")
    return folder
