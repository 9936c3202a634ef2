"""The short list for a vacancy of one lot of the big store, against plainly reading what it looks at: people, help, jobs and spells."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import sqlalchemy as sa

from coachdesk.activity import queries
from coachdesk.activity.record import Intervention, Job
from coachdesk.casework import every_room
from coachdesk.participant.record import Participant, Spell
from coachdesk.partner import actions
from coachdesk.place.editions import Shelf
from coachdesk.programme import queries as programme
from coachdesk.settings import resources
from tests.bench import Row
from tests.bench._big_store import make_big_store

RUNS = 7


def plainly(session: Any, lot: Any) -> int:
    """The floor: the same columns of the same people, read once and counted by the store, nothing made of them."""
    whose = sa.select(Participant.id).where(Participant.lot_id == lot)
    p, i = Participant, Intervention
    people = session.execute(sa.select(p.id, p.reference, p.name, p.lot_id, p.coach_id, p.postcode, p.hours_a_week, p.pay_pence_an_hour,
                                       p.digital_skills).where(p.lot_id == lot)).all()
    helped = sa.select(i.participant_id, i.kind, sa.func.count()).where(i.participant_id.in_(whose))
    for statement in (helped.group_by(i.participant_id, i.kind),
                      sa.select(Job.participant_id, Job.title).where(Job.participant_id.in_(whose)),
                      sa.select(Spell.participant_id, Spell.job_title, Spell.qualifications, Spell.barriers).where(
                          Spell.participant_id.in_(whose))):
        session.execute(statement).all()
    return len(people)


def rows() -> list[Row]:
    """Both in turns, each in a reading of its own."""
    assert every_room.RECORDS
    floors: list[float] = []
    ours: list[float] = []
    with TemporaryDirectory() as folder:
        store = make_big_store(Path(folder) / "bench.coachdesk")
        store.world["shelf"] = Shelf(resources() / "editions")
        try:
            with store.read() as session:
                lots = programme.lot_names(session)
            lot, name = next((id, name) for id, name in lots.items() if name == "Shard End")

            def furnish(session: Any) -> Any:
                of = actions.add_partner(session, name="Kingsbury Parcels", kind="employer", lots=[name])
                return actions.add_vacancy(session, partner=of, title="Warehouse operative", hours_a_week=30, pay_pence_an_hour=930,
                                           postcode="B34 7AA", lots=[name])

            vacancy = store.act(store.desk.owner, "furnish", furnish).result
            people = 0
            for _ in range(RUNS):
                with store.read() as session:
                    begun = perf_counter()
                    people = plainly(session, lot)
                    floors.append(perf_counter() - begun)
                with store.read() as session:
                    begun = perf_counter()
                    assert queries.likely_candidates(session, vacancy)
                    ours.append(perf_counter() - begun)
        finally:
            store.close()
    return [Row("matching", f"a short list with reasons from {people:,} people of a lot", median(floors), median(ours), 2.0)]
