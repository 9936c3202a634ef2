"""The upkeep clocks of all organisations and who holds them, over a big store, against reading each step and session once by SQL."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from coachdesk.casework import queries as casework
from coachdesk.referral import queries
from coachdesk.store.session import today
from tests.bench import Row
from tests.bench._big_store import make_big_store

RUNS = 7
# What has to be looked at whatever one does: the last step and the last session of each organisation.
_FLOOR = (
    "select referral.partner_id, max(step.on_day) from referral_step step join referral on referral.id = step.referral_id"
    " where step.status not in ('draft', 'withdrawn', 'reopened') group by 1",
    "select joint_partner_id, max(held_on) from outreach_session where joint_partner_id is not null and status = 'held' group by 1",
    "select venue.partner_id, max(met.held_on) from outreach_session met join partner_venue venue on venue.id = met.venue_id"
    " where met.status = 'held' group by 1",
)


def plainly(session: Any) -> int:
    """The floor: three statements, nothing made of their rows."""
    return sum(len(session.connection().exec_driver_sql(statement).all()) for statement in _FLOOR)


def rows() -> list[Row]:
    """In turns, each first warmed once."""
    with TemporaryDirectory() as folder:
        store = make_big_store(Path(folder) / "big.coachdesk")
        try:
            asked = {"floor": plainly, "clocks": queries.upkeep, "holders": queries.relationships,
                     "today": lambda session: casework.due(session, until=today(session))}
            took: dict[str, list[float]] = {name: [] for name in asked}
            for turn in range(RUNS + 1):
                for name, query in asked.items():
                    with store.read() as session:
                        begun = perf_counter()
                        answer = query(session)
                        if turn:
                            took[name].append(perf_counter() - begun)
                    assert name == "today" or answer
        finally:
            store.close()
    middle = {name: median(times) for name, times in took.items()}
    return [Row("upkeep", "the clocks of 150 organisations, with trust and key people", middle["floor"], middle["clocks"], 3.0),
            Row("upkeep", "who holds each relationship, with the warm paths", middle["floor"], middle["holders"], 4.0)]
