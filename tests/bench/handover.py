"""A caseload of 300 people handed over as one act, against the same rows written and logged in one act without looking anything up."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from coachdesk.casework import every_room, handover
from coachdesk.clock import SystemClock
from coachdesk.participant.record import Assignment, FollowUp, Participant
from coachdesk.programme.record import Contract, Lot, TeamMember
from coachdesk.store import keys, opening
from coachdesk.store.ids import new_id
from coachdesk.store.session import Store, actor_of, moment
from tests.bench import Row

PEOPLE, RUNS = 300, 5


def furnished(store: Store, people: int) -> tuple[UUID, UUID]:
    """Two coaches; the first has the people, each with two follow-ups. Answers both ids."""
    owner, other, lot, day = store.desk.owner, new_id(), new_id(), date(2019, 1, 7)

    def furnish(session: Any) -> None:
        session.add_all([Contract(name="Bench", contract="Bench", controller="A", processor="B", retention_years=6, starts_on=day),
                         Lot(id=lot, name="Shard End", aliases=[], district_code="E08000025", district_name="Birmingham"),
                         TeamMember(id=owner, name="Ann Archer", role="coach", lots=[], from_day=day),
                         TeamMember(id=other, name="Dee Dunn", role="coach", lots=[], from_day=day)])
        for number in range(people):
            own = new_id()
            session.add_all([Participant(id=own, seal_id=own, reference=f"SE-{number:05d}", lot_id=lot, coach_id=owner, registered_on=day,
                                         name=f"Zoë Kowalska {number}"),
                             Assignment(participant_id=own, coach_id=owner, from_day=day, written_by=owner, written_at=moment(session)),
                             *(FollowUp(participant_id=own, coach_id=owner, due_on=day + timedelta(days=more), what="ring about the CV")
                               for more in (700, 800))])

    store.act(owner, "furnish", furnish)
    return owner, other


def plainly(session: Any, old: UUID, new: UUID) -> None:
    """The floor: every row that has to change, read at once, changed and logged."""
    for person in session.execute(sa.select(Participant).where(Participant.coach_id == old)).scalars():
        person.coach_id = new
        session.add(Assignment(participant_id=person.id, coach_id=new, from_day=date.today(), reason="leaves", written_by=actor_of(session),
                               written_at=moment(session)))
    for task in session.execute(sa.select(FollowUp).where(FollowUp.coach_id == old)).scalars():
        task.coach_id = new


def rows() -> list[Row]:
    """There by the floor, back by the handover, in turns."""
    assert every_room.RECORDS
    floors: list[float] = []
    ours: list[float] = []
    with TemporaryDirectory() as folder:
        store, _ = opening.make_store(Path(folder) / "bench.coachdesk", "four plain words here", "Ann Archer", SystemClock(),
                                      furnish=lambda _store: None, cost=keys.Cost(1, 8192))
        try:
            one, two = furnished(store, PEOPLE)
            for _ in range(RUNS):
                begun = perf_counter()
                store.act(one, "floor", lambda session: plainly(session, one, two))
                middle = perf_counter()
                done = store.act(one, "hand over", lambda session: handover.hand_over(session, two, to=one, reason="leaves")).result
                ours.append(perf_counter() - middle)
                floors.append(middle - begun)
                assert (done.people, done.left) == (PEOPLE, 0)
        finally:
            store.close()
    return [Row("handover", f"{PEOPLE} people with two follow-ups each, one act", median(floors), median(ours), 4.0)]
