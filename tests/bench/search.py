"""GOALS row 4: people found at every keystroke in an encrypted store, in order of name, against the rawest question to the same index.

The floor asks FTS5 for the numbers of fifty rows with the beginning of a word, by plain DB-API, in no order and without what is shown of
them. Ours is the participants' own query in a session of its own, as the window asks: parsed, in order, titles and details, whoever was
merged once. Both run in turns on every beginning of names of people in the store, slips of the keys among them.
`python -m tests.bench search` takes 100,000 people; with COACHDESK_BENCH_PEOPLE=1000000 in the environment a million.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

import coachdesk.activity.record
import coachdesk.claim.record
import coachdesk.referral.record  # noqa: F401  every room's tables, as in the program
from coachdesk.casework import every_room  # noqa: F401
from coachdesk.casework import queries as casework
from coachdesk.clock import SystemClock
from coachdesk.participant import queries
from coachdesk.participant.rules.matching.spellings import ONE_NAME
from coachdesk.partner.rules import folded
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.store import keys, opening, raw
from coachdesk.store.ids import new_id
from coachdesk.store.session import Store
from tests.bench import Row

_PEOPLE = int(os.environ.get("COACHDESK_BENCH_PEOPLE", "100000"))
_ASKED, _HITS = 80, 50
_DAY = date(2020, 5, 12)
_BEGIN = ("B", "Br", "C", "Ch", "D", "F", "G", "H", "J", "K", "Kh", "L", "M", "Mc", "N", "O", "P", "R", "S", "Sh", "St", "T", "V", "W", "Z")
_MIDDLE = ("a", "e", "i", "o", "u", "ai", "ee", "ou")
_END = ("n", "r", "s", "l", "t", "m", "ng", "rt", "ski", "son", "ton", "sh", "d", "k", "x", "llo", "wicz", "ov", "ez", "")
_POSTCODES = ("B", "CV", "WS", "WV", "DY")


def _surnames(dice: random.Random) -> list[str]:
    def part() -> str:
        return dice.choice(_BEGIN) + dice.choice(_MIDDLE) + dice.choice(_END)

    made = sorted({"".join(part() for _ in range(dice.choice((1, 2, 2, 3)))).capitalize() for _ in range(40_000)})
    dice.shuffle(made)
    return made


def _often(dice: random.Random, names_: list[str]) -> str:
    """A few names are borne by many, most by few."""
    return names_[min(len(names_) - 1, int(len(names_) ** dice.random()) - 1)] if dice.random() < 0.6 else dice.choice(names_)


def _people(dice: random.Random, lot: bytes, coach: bytes) -> Iterator[tuple[object, ...]]:
    given = [word.capitalize() for word in ONE_NAME.replace("|", " ").split()]
    surnames = _surnames(dice)
    for number in range(_PEOPLE):
        own = new_id().bytes
        name = f"{_often(dice, given)} {_often(dice, surnames)}"
        phone = f"07{dice.randrange(10**9):09}"
        place = f"{dice.choice(_POSTCODES)}{dice.randint(1, 90)} {dice.randint(1, 9)}{dice.choice('ABDEFGHJLN')}{dice.choice('PQRSTUWXYZ')}"
        reference = f"CW-{number // 1000:03X}-{number % 1000:03}"
        yield own, own, reference, lot, coach, str(_DAY), name, 0, place, "address", f"{phone[:5]} {phone[5:]}"


_INSERT = (
    "insert into participant (id, seal_id, reference, lot_id, coach_id, registered_on, name, is_sample, postcode, situation, phone)"
    " values (?,?,?,?,?,?,?,?,?,?,?)"
)


@contextmanager
def _bench(folder: Path) -> Iterator[Store]:
    """A store with the people in the room's own table, the index filled as after an upgrade."""
    store, _ = opening.make_store(
        folder / "bench.coachdesk", "bench passphrase", "Owner", SystemClock(), furnish=lambda store: None, cost=keys.Cost(1, 8192)
    )
    lot, coach = new_id(), store.desk.owner
    with store.change(coach, "Furnished the bench") as session:
        session.add(Lot(id=lot, name="Shard End", aliases=[], district_code="E08000025", district_name="Birmingham"))
        session.add(TeamMember(id=coach, name="Owner", role="coach", lots=["Shard End"], from_day=_DAY))
    begun = perf_counter()
    with store.engine.connect() as connection, connection.execution_options(write=True).begin():
        door = connection.connection.info["door"]
        door["open"] = True
        connection.connection.driver_connection.executemany(_INSERT, _people(random.Random(4), lot.bytes, coach.bytes))  # type: ignore[union-attr]
        connection.exec_driver_sql("delete from remembered where name like 'derived.search.%'")
        door["open"] = False
    print(f"{_PEOPLE:,} people written in {perf_counter() - begun:.1f} s", file=sys.stderr)
    begun = perf_counter()
    store.prepare()
    size = store.path.stat().st_size + store.path.with_name(store.path.name + "-wal").stat().st_size
    print(f"index filled in {perf_counter() - begun:.1f} s; file {size / 1e6:.0f} MB", file=sys.stderr)
    try:
        yield store
    finally:
        store.close()


def _keystrokes(store: Store, dice: random.Random) -> list[str]:
    """Every beginning of names from the store, as typed: small letters, the surname first now and then."""
    with store.read() as session:
        many = session.connection().exec_driver_sql("select max(row) from participant").scalar_one()
        rows = [dice.randint(1, many) for _ in range(_ASKED)]
        told = [session.connection().exec_driver_sql("select name from participant where row = ?", (row,)).scalar_one() for row in rows]
    typed = []
    for number, name in enumerate(told):
        words = folded(name).split()
        text = " ".join(reversed(words) if number % 3 == 0 else words)
        typed += [text[:end] for end in range(1, len(text) + 1)]
    dice.shuffle(typed)
    return typed


def _slip(text: str) -> str:
    return text[:3] + text[4] + text[3] + text[5:]


def _seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def _turns(store: Store, typed: list[str], ours: Callable[[str], object], slip: Callable[[str], str] = str) -> tuple[float, float]:
    """The 95th percentile of the floor, and of ours, over the keystrokes; ours gets them with a slip.

    Each is asked three times in turns and the quickest counts, on both sides: what else the machine does is no keystroke.
    """
    connection = raw.connect(store.path, store.key)
    ask = f"select rowid from search_text where search_text match ? limit {_HITS}"

    def floor(text: str) -> None:
        connection.execute(ask, (" AND ".join(f'"{word}"*' for word in text.split()),)).fetchall()

    try:
        pairs = []
        for text in typed:
            turns = [(_seconds(lambda: floor(text)), _seconds(lambda: ours(slip(text)))) for _ in range(3)]  # noqa: B023  runs at once
            pairs.append(tuple(map(min, zip(*turns, strict=True))))
    finally:
        connection.close()
    one, other = (quantiles(times, n=20)[18] for times in zip(*pairs, strict=True))
    return one, other


def rows() -> list[Row]:
    """Ninety-five of a hundred keystrokes: people alone, whole names and first words, and everything at once as Ctrl+K asks."""
    many = f"{_PEOPLE:,} people"

    with TemporaryDirectory() as folder, _bench(Path(folder)) as store:

        def people(text: str) -> object:
            with store.read() as session:
                return queries.found(session, text, limit=_HITS)

        def everything(text: str) -> object:
            with store.read() as session:
                return casework.search(session, text, limit=_HITS)

        typed = _keystrokes(store, random.Random(5))
        first = [text for text in typed if " " not in text]
        long = [text for text in first if len(text) > 5]
        for text in typed[:50]:
            people(text)
        return [
            Row("4 search", f"{many}, every keystroke of a name, in order of name, 95 in 100", *_turns(store, typed, people), 3.0),
            Row("4 search", "the same, first words only", *_turns(store, first, people), 3.0),
            Row("4 search", "everything at once, as Ctrl+K asks", *_turns(store, typed, everything), 3.0),
            Row("4 search", "first words with two letters changed about (not for the floor)", *_turns(store, long, people, _slip), 3.0),
        ]
