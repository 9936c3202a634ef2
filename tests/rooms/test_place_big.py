"""Big files: read by the block and by two processes, with the same bytes as line by line; cancelled without a trace."""

from __future__ import annotations

import os
import random
import sys
import zipfile
from pathlib import Path

import pytest

from coachdesk.errors import Refusal
from coachdesk.place import beside
from coachdesk.place.actions import import_postcodes
from coachdesk.place.archive import BLOCK
from coachdesk.place.packed import INWARDS
from tests.rooms.place_zips import B, finish, members, zipped

NEVER = 1 << 60
needs_two = pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="a machine with one processor reads everything in one process")


def _lines(count: int) -> list[list[str]]:
    """Rows of a directory: live, closed, large users, without position, pseudo codes, old outcodes, the Irish grid."""
    dice = random.Random(count)
    rows = []
    for number in range(count):
        outcode = ("AB10", "B37", "BT1", "CV1", "EC1A", "W1M", "ZE1")[number * 7 // count]
        ward, district = (("E05001287", "E08000029"), ("S13002843", "S12000033"), ("L99999999", "L99999999"), ("", "E08000025"))[number % 4]
        east, north = ("", "") if number % 11 == 0 else (str(dice.randrange(100, 600_000)), f"{dice.randrange(100, 1_200_000):07d}")
        ended = "" if number % 3 else f"{dice.randrange(1980, 2023)}{dice.randrange(1, 13):02d}"
        rows.append([f"{outcode} {INWARDS[number % 4000]}", ended, district, ward, str(int(number % 13 == 0)), east, north, "52.48"])
    return rows


def _directory(path: Path, rows: list[list[str]], mark: str = '"', end: str = "\r\n") -> Path:
    head = "pcds,doterm,oslaua,osward,usertype,oseast1m,osnrth1m,lat"
    text = "".join(",".join(f"{mark}{word}{mark}" for word in row) + end for row in rows)
    path.write_bytes((head + end + text).encode())
    return path


def _bytes(path: Path, into: Path, *, big: int = NEVER, areas: tuple[str, ...] = ()) -> bytes:
    return finish(import_postcodes(path, into, big=big, areas=areas))[0].path.read_bytes()


def _children() -> set[int]:
    task = Path("/proc/self/task")
    return {int(word) for each in task.glob("*/children") for word in each.read_text().split()}


def test_a_directory_read_by_the_column_is_the_same_as_line_by_line(tmp_path: Path) -> None:
    rows = _lines(5_000)
    quoted, bare = (_directory(tmp_path / f"ONSPD_FEB_2023{sign}.csv", rows, sign and '"', "\r\n" if sign else "\n") for sign in ("x", ""))
    odd = [[f" {row[0]}", *row[1:]] for row in rows]                  # spelt so that every line is looked at by itself
    slow = _directory(tmp_path / "ONSPD_FEB_2023_slow.csv", odd)
    whole = _bytes(quoted, tmp_path / "quoted")
    assert _bytes(bare, tmp_path / "bare") == _bytes(slow, tmp_path / "slow") == whole
    turned = random.Random(1).sample(rows, len(rows))
    assert _bytes(_directory(tmp_path / "ONSPD_FEB_2023_turned.csv", turned), tmp_path / "turned") == whole
    assert len(_bytes(quoted, tmp_path / "some", areas=("B", "ZE"))) < len(whole) / 2


@needs_two
@pytest.mark.parametrize("as_zip", [False, True])
def test_two_processes_give_the_same_bytes_as_one(as_zip: bool, tmp_path: Path) -> None:
    path = _directory(tmp_path / "NSPL_MAY_2025.csv", _lines(9_000))
    assert path.stat().st_size > 4 * BLOCK
    if as_zip:
        path = zipped(tmp_path / "NSPL.zip", {"Data/NSPL_MAY_2025_UK.csv": path.read_bytes()})
    assert _bytes(path, tmp_path / "two", big=1) == _bytes(path, tmp_path / "one")
    assert _bytes(path, tmp_path / "two", big=1, areas=("CV",)) == _bytes(path, tmp_path / "one", areas=("CV",))


@needs_two
def test_two_processes_read_the_tables_of_a_zip(shared_data: Path, tmp_path: Path) -> None:
    path = shared_data / "codepoint-open" / "codepo_west_midlands_2021.zip"
    imported, steps = finish(import_postcodes(path, tmp_path / "two", big=1))
    assert imported.path.read_bytes() == _bytes(path, tmp_path / "one")
    assert imported.count == 118_765
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[-1].done == steps[-1].total


@needs_two
def test_what_is_wrong_in_the_other_half_is_said_with_its_line(tmp_path: Path) -> None:
    rows = _lines(9_000)
    rows[8_500][5] = "east"
    with pytest.raises(Refusal, match=r"line 8,502: the easting “east”"):
        finish(import_postcodes(_directory(tmp_path / "NSPL_MAY_2025.csv", rows), tmp_path / "shelf", big=1))
    with pytest.raises(Refusal, match=r"Data/CSV/b\.csv, line 2: .*counts 3"):
        finish(import_postcodes(zipped(tmp_path / "a.zip", members(b=B[:B.rindex('"B99')])), tmp_path / "shelf", big=1))
    assert not (tmp_path / "shelf").exists()


@needs_two
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="this system does not list a process's children")
@pytest.mark.parametrize("steps", [1, 2, 5, 7])
def test_cancelling_ends_the_other_process_and_leaves_nothing(steps: int, tmp_path: Path) -> None:
    before = _children()
    importing = import_postcodes(_directory(tmp_path / "NSPL_MAY_2025.csv", _lines(27_000)), tmp_path / "shelf", big=1)
    for _ in range(steps):
        next(importing)
    alive = len(_children() - before)
    assert alive == 1 or (steps > 2 and not alive)          # it may have read its half by then
    importing.close()
    assert _children() == before
    assert [path.name for path in tmp_path.iterdir()] == ["NSPL_MAY_2025.csv"]


@needs_two
def test_where_no_process_can_be_started_everything_is_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _directory(tmp_path / "NSPL_MAY_2025.csv", _lines(3_000))
    whole = _bytes(path, tmp_path / "one")
    for program in (str(tmp_path / "there is no such program"), "/bin/false"):
        monkeypatch.setattr(sys, "executable", program)
        assert _bytes(path, tmp_path / "two", big=1) == whole
    if Path("/bin/false").exists():
        reader = beside.started(path, [], (), 0)
        assert reader is not None
        reader.close()


def test_the_other_process_imports_neither_window_nor_store(tmp_path: Path) -> None:
    import subprocess

    program = ("import sys; from coachdesk.app import main; code = main(['--reads-beside']);"
               "heavy = {'PySide6', 'sqlalchemy', 'openpyxl', 'reportlab'};"
               "print(code, sorted({name.partition('.')[0] for name in sys.modules} & heavy))")
    said = subprocess.run([sys.executable, "-c", program], input="nothing that can be read", capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["1", "[]"]


def test_a_zip_whose_directory_is_no_whole_one_is_refused_the_same_way(tmp_path: Path) -> None:
    content = _directory(tmp_path / "NSPL_MAY_2025.csv", _lines(9_000)).read_bytes()
    path = zipped(tmp_path / "NSPL.zip", {"Data/NSPL_MAY_2025_UK.csv": content})
    rotten = bytearray(path.read_bytes())
    rotten[len(rotten) * 3 // 4] ^= 255
    path.write_bytes(rotten)
    assert zipfile.is_zipfile(path)
    said = []
    for big in (1, NEVER):
        with pytest.raises(Refusal) as refused:
            finish(import_postcodes(path, tmp_path / "shelf", big=big))
        said.append(refused.value.sentence)
    assert said[0] == said[1]
