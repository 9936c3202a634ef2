"""The reciprocity ledger of all 42 months and all partners, among the referrals of 10,000 people, against the scan it stands on.

The floor reads direction, partner and what is kept of each referral's standing just once, in plain SQL over the same encrypted file,
before anything is grouped; medians, alerts and names come on top. Today asks for the alerts alone: they are held against the same scan.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import process_time
from typing import Any

from coachdesk.clock import month_of
from coachdesk.referral import queries
from coachdesk.referral.queries.standing import KEEPER
from coachdesk.store import derived, raw
from coachdesk.store.session import Store
from tests.bench import Row
from tests.bench._big_store import FIRST, LAST, Size, make_big_store

ROUNDS = 7
SCAN = ("select referral.partner_id, referral.direction, kept.sent_on, kept.replied_on, kept.asked_on, kept.was_accepted, kept.state"
        " from referral join referral_standing kept on kept.key = referral.row")


def rows() -> list[Row]:
    """The ledger whole, its months, and the alerts of Today."""
    with tempfile.TemporaryDirectory() as folder:
        store = make_big_store(Path(folder) / "big.coachdesk", Size(contacts=2_000, help=2_000, sessions=200))
        with store.change(store.desk.owner, "Fill") as session:
            derived.fill(session, KEEPER)
        try:
            return _measured(store)
        finally:
            store.close()


def _measured(store: Store) -> list[Row]:
    since, until = month_of(FIRST), month_of(LAST)
    asked: list[tuple[str, Callable[[Any], Any], float]] = [
        ("every partner, 42 months, balance and alerts", lambda s: queries.reciprocity_rows(s, since=since, until=until), 3.0),
        ("every partner's months", lambda s: queries.months(s, since=since, until=until), 6.0),
        ("one-way alerts, as Today asks", queries.one_way_alerts, 1.0),
    ]
    floors, times = [], {name: list[float]() for name, _, _ in asked}
    with closing(raw.connect(store.path, store.key)) as plain:
        for _ in range(ROUNDS):
            begun = process_time()
            plain.execute(SCAN).fetchall()
            floors.append(process_time() - begun)
            for name, ask, _ in asked:
                begun = process_time()
                with store.read() as session:
                    ask(session)
                times[name].append(process_time() - begun)
    floor = min(floors)
    return [Row("reciprocity", name, floor, min(times[name]), limit) for name, _, limit in asked]
