"""GOALS row 3: postcode lookups against SQLite SELECTs on the same rows, indexed by postcode, in a file as ours are."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from coachdesk.place.editions import Edition
from coachdesk.settings import resources
from tests.bench import Row

_ROUNDS = 9
_ONE_BY_ONE = "select ward_code, ward_name, district_code, easting, northing from postcode where postcode = ?"
_MANY = "select ward_code from postcode where postcode = ?"


def _all_rows(edition: Edition) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for code in edition.wards():
        for postcode in edition.postcodes_in(code):
            one = edition.lookup(postcode)
            assert one is not None
            found.append((one.postcode, one.ward_code, one.ward_name, one.district_code, one.easting, one.northing))
    return found


def _seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def _interleaved(floor: Callable[[], object], ours: Callable[[], object]) -> tuple[float, float]:
    pairs = [(_seconds(floor), _seconds(ours)) for _ in range(_ROUNDS)]
    return median(one for one, _ in pairs), median(other for _, other in pairs)


def rows() -> list[Row]:
    """A single lookup, everything about the postcode; and the ward codes of 100,000 postcodes (a tenth of them unknown)."""
    edition = Edition(max((resources() / "editions").glob("*.cdpe")))
    data, dice = _all_rows(edition), random.Random(3)
    known = [str(row[0]) for row in data]
    single = dice.sample(known, 5_000)
    many = [dice.choice(known) if dice.random() < 0.9 else f"B{dice.randrange(1, 99)} {dice.randrange(10)}ZZ" for _ in range(100_000)]
    with TemporaryDirectory() as folder:
        store = sqlite3.connect(Path(folder) / "floor.sqlite")
        store.execute("create table postcode (postcode text primary key, ward_code text, ward_name text, district_code text, "
                      "easting integer, northing integer) without rowid")
        store.executemany("insert into postcode values (?, ?, ?, ?, ?, ?)", data)
        store.commit()
        try:
            one = _interleaved(lambda: [store.execute(_ONE_BY_ONE, (postcode,)).fetchone() for postcode in single],
                               lambda: [edition.lookup(postcode) for postcode in single])
            hundred = _interleaved(lambda: [store.execute(_MANY, (postcode,)).fetchone() for postcode in many],
                                   lambda: edition.ward_codes(many))
        finally:
            store.close()
            edition.close()
    return [Row("3 verdict", "single lookup", one[0] / len(single), one[1] / len(single), 0.35),
            Row("3 verdict", "100,000 postcodes", *hundred, 8, at_least=True)]
