"""The shared folder under faults: a clear sentence, nothing torn, nothing lost, and the next time it goes through."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coachdesk.errors import Trouble
from coachdesk.sync.carrier import Gone, NotHereYet, Unwilling
from coachdesk.sync.folder import Files, Folder

NAME = "dev/ab/cd/1-2.0123456789abcdef.cdx"


class Faulty(Files):
    """A system that says no: at the next `times` calls of one kind."""

    def __init__(self) -> None:
        self.fail: dict[str, list[OSError]] = {}
        self.calls: list[str] = []
        self.cloud = False

    def _maybe(self, what: str) -> None:
        self.calls.append(what)
        if self.fail.get(what):
            raise self.fail[what].pop(0)

    def scan(self, folder: str) -> Any:
        self._maybe("scan")
        return super().scan(folder)

    def is_there(self, path: str) -> bool:
        self._maybe("is_there")
        return super().is_there(path)

    def is_cloud_only(self, path: str) -> bool:
        return self.cloud or super().is_cloud_only(path)

    def read(self, path: str, most: int) -> bytes:
        self._maybe("read")
        return super().read(path, most)

    def write(self, path: str, data: bytes) -> None:
        if self.fail.get("write"):
            with open(path, "wb") as file:
                file.write(data[: len(data) // 2])
        self._maybe("write")
        super().write(path, data)

    def replace(self, old: str, new: str) -> None:
        self._maybe("replace")
        super().replace(old, new)

    def make_folder(self, path: str) -> None:
        self._maybe("make_folder")
        super().make_folder(path)


def windows(number: int) -> OSError:
    """What Windows raises; elsewhere the number is put on by hand."""
    problem = PermissionError(errno.EACCES, "in use") if number != 33 else OSError(errno.EACCES, "locked")
    problem.winerror = number       # type: ignore[attr-defined,unused-ignore]
    return problem


@pytest.fixture
def files() -> Faulty:
    return Faulty()


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def folder(tmp_path: Path, files: Faulty, slept: list[float]) -> Folder:
    return Folder(tmp_path, files=files, sleep=slept.append, patience=0.05)


def everything(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_what_was_put_is_listed_and_read_again(folder: Folder, tmp_path: Path) -> None:
    folder.put(NAME, b"one")
    folder.put(NAME, b"three")
    [entry] = folder.entries()
    assert (entry.name, entry.size) == (NAME, 5)
    assert folder.get(NAME) == b"three"
    folder.remove(NAME)
    folder.remove(NAME)
    assert everything(tmp_path) == []
    with pytest.raises(FileNotFoundError):
        folder.get(NAME)


def test_other_programs_files_are_not_ours(folder: Folder, tmp_path: Path) -> None:
    for name in ("desktop.ini", "notes.docx", "dev/x.cdx.tmp", "~$plan.xlsx", ".hidden/x.cdx", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert folder.entries() == []


@pytest.mark.parametrize("name", ["1-2.aa-DESKTOP-7.cdx", "1-2.aa (1).cdx", "1-2.AA.CDX", "Copy of 1-2.aa.cdx", "ünï.cdx"])
def test_renamed_and_copied_files_are_welcome(name: str, folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / name).write_bytes(b"x")
    assert [entry.name for entry in folder.entries()] == [f"dev/{name}"]
    assert folder.get(f"dev/{name}") == b"x"


@pytest.mark.parametrize("name", ["../x.cdx", "dev/../../x.cdx", "C:/x.cdx", "dev\\x.cdx", "/etc/x.cdx", "a:b.cdx", ""])
def test_no_name_leads_out_of_the_folder(name: str, folder: Folder) -> None:
    with pytest.raises(ValueError, match="not a name"):
        folder.put(name, b"x")


@pytest.mark.parametrize("number", [5, 32, 33])
@pytest.mark.parametrize("what", ["write", "replace", "read"])
def test_a_file_in_use_is_tried_again_for_a_while(number: int, what: str, folder: Folder, files: Faulty, slept: list[float]) -> None:
    folder.put(NAME, b"old")
    files.fail[what] = [windows(number) for _ in range(6)]
    folder.put(NAME, b"new")
    assert folder.get(NAME) == b"new"
    assert len(slept) == 6
    files.fail[what] = [windows(number) for _ in range(30)]
    with pytest.raises(Unwilling):
        folder.get(NAME) if what == "read" else folder.put(NAME, b"newer")
    assert sum(slept) < 5.5
    files.fail.clear()
    assert folder.get(NAME) == b"new"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO, errno.EINVAL, errno.ENOENT])
@pytest.mark.parametrize("what", ["write", "replace", "make_folder"])
def test_a_write_that_fails_leaves_the_old_file_whole(code: int, what: str, folder: Folder, files: Faulty, tmp_path: Path) -> None:
    folder.put(NAME, b"old bytes")
    files.fail[what] = [OSError(code, os.strerror(code))]
    with pytest.raises(Trouble) as said:
        folder.put(NAME, b"new bytes")
    assert said.value.sentence.endswith(".") and said.value.next_step
    assert everything(tmp_path) == [NAME.replace("/", os.sep)]
    assert folder.get(NAME) == b"old bytes"
    folder.put(NAME, b"new bytes")
    assert folder.get(NAME) == b"new bytes"


def test_a_full_folder_says_so(folder: Folder, files: Faulty) -> None:
    files.fail["write"] = [OSError(errno.ENOSPC, "No space left on device")]
    with pytest.raises(Unwilling, match="full"):
        folder.put(NAME, b"x")


@pytest.mark.parametrize("act", [
    lambda folder: folder.entries(), lambda folder: folder.format_text(), lambda folder: folder.put(NAME, b"x"),
    lambda folder: folder.get(NAME),
])
def test_a_folder_that_vanished_is_never_made_anew(act: Callable[[Folder], object], tmp_path: Path) -> None:
    folder = Folder(tmp_path / "stick")
    with pytest.raises(Gone, match="not there"):
        act(folder)
    assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize("code", [errno.ENOENT, errno.ENODEV, errno.ENOTDIR, errno.ESTALE])
def test_a_folder_that_vanishes_midway_is_said_to_be_gone(code: int, folder: Folder, files: Faulty) -> None:
    files.fail["scan"] = [OSError(code, os.strerror(code))]
    with pytest.raises(Gone):
        folder.entries()


def test_a_file_that_the_cloud_does_not_deliver_is_left_for_later(folder: Folder, files: Faulty) -> None:
    folder.put(NAME, b"x")
    files.cloud = True
    files.fail["read"] = [OSError(errno.EINVAL, "Invalid argument")]
    with pytest.raises(NotHereYet, match="not on this computer"):
        folder.get(NAME)
    assert folder.get(NAME) == b"x"


def test_a_file_that_never_comes_does_not_hold_up_the_rest(tmp_path: Path) -> None:
    import threading

    let_go = threading.Event()

    class Stuck(Files):
        def is_cloud_only(self, path: str) -> bool:
            return True

        def read(self, path: str, most: int) -> bytes:
            let_go.wait(20)
            return b""

    (tmp_path / "x.cdx").write_bytes(b"x")
    with pytest.raises(NotHereYet):
        Folder(tmp_path, files=Stuck(), patience=0.05).get("x.cdx")
    let_go.set()


def test_a_subfolder_that_goes_while_it_is_listed_is_no_trouble(folder: Folder, files: Faulty) -> None:
    folder.put(NAME, b"x")
    folder.put("team/a.cdm", b"x")

    class Vanishing(Faulty):
        def scan(self, path: str) -> Any:
            if path.endswith("dev"):
                raise FileNotFoundError(errno.ENOENT, "gone")
            return Files.scan(self, path)

    gone = Folder(folder.root, files=Vanishing())
    assert [entry.name for entry in gone.entries()] == ["team/a.cdm"]
