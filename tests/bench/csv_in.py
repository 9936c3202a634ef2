"""PEERS 21: a file of people comes in at the same pace however long it is, with duplicates looked for at every line; undo too."""

from __future__ import annotations

import random
from collections.abc import Generator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from coachdesk.clock import FixedDay
from coachdesk.exchange.csv_in import bringing, taking_back
from coachdesk.exchange.csv_in.columns import PEOPLE
from coachdesk.participant import actions as participant
from coachdesk.place.editions import Shelf
from coachdesk.programme import actions as programme
from coachdesk.programme import queries, rules
from coachdesk.settings import resources
from coachdesk.store import keys, opening
from coachdesk.store.session import Store
from tests.bench import Row

_SHORT, _LONG = 400, 2_400
_GIVEN = ("Ann", "Bob", "Carol", "Dipak", "Eve", "Farah", "Gita", "Hamid", "Ines", "Jo", "Karim", "Lena", "Mo", "Nadia", "Omar", "Priya",
          "Rosa", "Sam", "Tariq", "Uma", "Vera", "Will")
_PARTS = ["ka", "le", "mo", "ri", "so", "tu", "van", "ber", "din", "gor", "hal", "jen"]


def _store(folder: Path) -> Store:
    whole = rules.read_programme((resources() / "programmes" / "connecting-communities.toml").read_text(encoding="utf-8"), "bench")

    def furnish(store: Store) -> None:
        store.world["shelf"] = Shelf(resources() / "editions")
        owner = store.desk.owner
        store.act(owner, "begin", lambda session: programme.begin_programme(session, whole, owner, "Olive Owner"))

    made, _ = opening.make_store(folder / "desk.coachdesk", "four plain words here", "Olive Owner", FixedDay(date(2020, 5, 12)),
                                 furnish=furnish, cost=keys.Cost(1, 8192))
    return made


def _people(count: int, dice: random.Random) -> list[tuple[str, str, date, str, str]]:
    return [(dice.choice(_GIVEN), "".join(dice.choice(_PARTS) for _ in range(4)).title(),
             date(dice.randint(1955, 2001), dice.randint(1, 12), dice.randint(1, 28)), f"07400 {dice.randint(0, 999_999):06}",
             f"B34 7{dice.choice('ABDEFG')}{dice.choice('ABDEFG')}") for _ in range(count)]


def _file(folder: Path, people: list[tuple[str, str, date, str, str]]) -> Path:
    lines = [f"{given},{family},{born:%d/%m/%Y},{phone},{postcode},Shard End" for given, family, born, phone, postcode in people]
    file = folder / f"people-{len(people)}.csv"
    file.write_text("\n".join(["First name,Surname,DOB,Phone,Postcode,Lot", *lines]), encoding="utf-8")
    return file


def _spent(steps: Generator[Any, None, Any]) -> tuple[float, Any]:
    begun = process_time()
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return process_time() - begun, end.value


def rows() -> list[Row]:
    """A line of a long file against one of a short file (all with all would be six times as slow), and against saving one by one."""
    dice = random.Random(21)
    with TemporaryDirectory() as name:
        folder, found = Path(name), []
        store = _store(folder)
        owner = store.desk.owner
        lot = next(id for id, called in _lots(store).items() if called == "Shard End")
        by_size: dict[int, tuple[float, float, float]] = {}
        for size in (_SHORT, _LONG):
            plan = bringing.plan(store, PEOPLE, _file(folder, _people(size, dice)))
            tried, report = _spent(bringing.trial(store, owner, plan))
            came, done = _spent(bringing.bring_in(store, owner, plan, report))
            back, _ = _spent(taking_back.undo_import(store, owner, done.import_id))
            by_size[size] = (tried / size, came / size, back / size)
        begun = process_time()
        for given, family, born, phone, postcode in _people(_SHORT, dice):
            store.act(owner, "one", lambda session, each=(given, family, born, phone, postcode): participant.register(
                session, name=f"{each[0]} {each[1]}", lot=lot, born_on=each[2], phone=each[3], postcode=each[4]))
        single = (process_time() - begun) / _SHORT
        for at, what in enumerate(("tried", "brought in", "taken back")):
            found.append(Row("PEERS 21", f"a line {what}, of {_LONG:,} against of {_SHORT}", by_size[_SHORT][at], by_size[_LONG][at], 2))
        found.append(Row("PEERS 21", "a line brought in against a person saved alone", single, by_size[_LONG][1], 0.8))
        store.close()
    return found


def _lots(store: Store) -> dict[Any, str]:
    with store.read() as session:
        return queries.lot_names(session)
