"""From a vacancy to a job: a short list with reasons, steps that are kept, consent before a name goes out, funnels that add up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from coachdesk.activity import actions, queries
from coachdesk.casework import timeline
from coachdesk.errors import Refusal
from coachdesk.participant import actions as people
from coachdesk.partner import actions as partner
from coachdesk.partner import queries as partner_queries
from tests.rooms.conftest import CAMP_HILL, SHARD_END, TODAY, RoomDesk


@pytest.fixture
def job(desk: RoomDesk) -> UUID:
    def furnish(s: Any) -> UUID:
        of = partner.add_partner(s, name="Kingsbury Parcels", kind="employer", lots=["Shard End"])
        return partner.add_vacancy(s, partner=of, title="Warehouse operative", hours_a_week=30, pay_pence_an_hour=930, postcode=SHARD_END,
                                   contract="permanent", lots=["Shard End"], places=2, passed_on=TODAY - timedelta(days=8))

    return desk.act(furnish)


def enrol(desk: RoomDesk, name: str, lot: str = "Shard End", **more: Any) -> UUID:
    postcode = SHARD_END if lot == "Shard End" else CAMP_HILL
    return desk.act(lambda s: people.register(s, name=name, lot=desk.lots[lot], postcode=postcode, coach=desk.coach,
                                              registered_on=TODAY - timedelta(days=20), **more))


def put(desk: RoomDesk, person: UUID, job: UUID, *stages: str) -> UUID:
    made = desk.act(lambda s: actions.find_candidate(s, participant=person, vacancy=job))
    for stage in stages:
        desk.act(lambda s, stage=stage: actions.move_candidate(  # type: ignore[misc]
            s, made, stage=stage, reason="not told" if stage == "not hired" else None))
    return made


def likely(desk: RoomDesk, job: UUID) -> list[queries.FitRow]:
    return desk.see(lambda s: queries.likely_candidates(s, job))


def test_the_short_list_is_of_the_vacancys_lots_with_reasons(desk: RoomDesk, job: UUID) -> None:
    near, far = enrol(desk, "Ann Near"), enrol(desk, "Bob Elsewhere", "Camp Hill")
    desk.act(lambda s: actions.log_intervention(s, participant=near, kind="CV & job search", minutes=40, mode="phone"))
    found = likely(desk, job)
    assert [row.id for row in found] == [near]
    assert found[0].fits == "worked on CV & job search (1×), less than 1 km from home"
    assert found[0].consent is None
    put(desk, near, job)
    assert likely(desk, job) == [], "whoever is a candidate already is not proposed again"
    assert far not in {row.id for row in found}


def test_the_plan_counts_by_its_kinds_and_never_by_health(desk: RoomDesk, job: UUID) -> None:
    person = enrol(desk, "Ann Near")
    desk.act(lambda s: partner.change_vacancy(s, job, needs_transport=True))
    for kind in ("travel", "health & wellbeing"):
        desk.act(lambda s, kind=kind: actions.add_plan_item(s, participant=person, kind=kind, need="in her words"))  # type: ignore[misc]
    (row,) = likely(desk, job)
    assert "transport stands in the way" in row.against
    assert "health" not in row.fit.sentence and "in her words" not in row.fit.sentence


def test_nobody_who_left_or_rests_is_proposed(desk: RoomDesk, job: UUID) -> None:
    gone, rests = enrol(desk, "Gone Girl"), enrol(desk, "Resting Ray")
    desk.act(lambda s: people.end_spell(s, gone, reason="found work"))
    desk.act(lambda s: people.pause(s, rests, reason="at home with a baby"))
    assert likely(desk, job) == []


def test_matching_reads_no_table_that_is_kept_apart(desk: RoomDesk, job: UUID) -> None:
    enrol(desk, "Ann Near")
    said: list[str] = []
    with desk.store.read() as session:
        connection = session.connection()

        def hear(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
            said.append(statement)

        sa.event.listen(connection, "before_cursor_execute", hear)
        queries.likely_candidates(session, job)
    assert said
    assert not [words for words in said if any(table in words for table in ("equality", "sensitive", "offence", "participant_look"))]


def test_every_step_is_kept_and_the_next_one_must_follow(desk: RoomDesk, job: UUID) -> None:
    made = put(desk, enrol(desk, "Ann Near"), job, "told", "applied")
    with pytest.raises(Refusal, match="“told” cannot follow"):
        desk.act(lambda s: actions.move_candidate(s, made, stage="told"))
    with pytest.raises(Refusal, match="needs the reason"):
        desk.act(lambda s: actions.move_candidate(s, made, stage="not hired"))
    with pytest.raises(Refusal, match="step before was on"):
        desk.act(lambda s: actions.move_candidate(s, made, stage="interview", on=TODAY - timedelta(days=1)))
    desk.act(lambda s: actions.move_candidate(s, made, stage="not hired", reason="somebody with a licence was taken"))
    (row,) = desk.see(queries.candidates)
    assert (row.stage, row.reached, row.is_open, row.reason) == ("not hired", "applied", False, "somebody with a licence was taken")
    assert [step.stage for step in desk.see(lambda s: queries.candidate_steps(s, candidate=made))][::-1] == [
        "found", "told", "applied", "not hired"]
    with pytest.raises(Refusal, match="at the end"):
        desk.act(lambda s: actions.move_candidate(s, made, stage="hired"))


def test_a_name_goes_to_the_employer_only_with_consent(desk: RoomDesk, job: UUID) -> None:
    person = enrol(desk, "Ann Near")
    made = put(desk, person, job, "told")
    with pytest.raises(Refusal, match="may not go to Kingsbury Parcels"):
        desk.act(lambda s: actions.move_candidate(s, made, stage="applied", is_name_sent=True))
    desk.act(lambda s: people.record_consent(s, person, matter="contact with an employer", answer="given"))
    desk.act(lambda s: actions.move_candidate(s, made, stage="applied", is_name_sent=True))
    assert desk.see(queries.candidates)[0].is_name_sent


def test_hired_proposes_the_job_and_links_it(desk: RoomDesk, job: UUID) -> None:
    person = enrol(desk, "Ann Near")
    made = put(desk, person, job, "told", "interview")
    with pytest.raises(Refusal, match="no job to record"):
        desk.act(lambda s: actions.record_hired_job(s, made, started_on=TODAY))
    desk.act(lambda s: actions.move_candidate(s, made, stage="hired"))
    recorded = desk.act(lambda s: actions.record_hired_job(s, made, started_on=TODAY, proof="offer letter seen"))
    (row,) = desk.see(queries.jobs)
    assert (row.id, row.employer, row.title, row.hours_a_week, row.pay_pence_an_hour, row.contract) == (
        recorded, "Kingsbury Parcels", "Warehouse operative", 30, 930, "permanent")
    assert desk.see(queries.candidates)[0].job_id == recorded
    with pytest.raises(Refusal, match="recorded already"):
        desk.act(lambda s: actions.record_hired_job(s, made, started_on=TODAY))


def test_a_funnel_counts_who_got_at_least_so_far_and_every_number_has_its_people(desk: RoomDesk, job: UUID) -> None:
    for at, stages in enumerate(((), ("told",), ("told", "applied"), ("told", "applied", "interview", "not hired"),
                                 ("told", "interview", "hired"), ("withdrew",))):
        put(desk, enrol(desk, f"Person {at}"), job, *stages)
    (funnel,) = desk.see(queries.vacancy_funnels)
    assert funnel.words == "6 found, 4 told, 3 applied, 2 interview, 1 hired"
    assert (funnel.open, funnel.ended) == (3, 2)
    for stage, number in funnel.counts.items():
        assert len(desk.see(lambda s, stage=stage: queries.candidates(s, vacancy=job, reached=stage))) == number  # type: ignore[misc]
    (employer,) = desk.see(queries.employer_funnels)
    assert (employer.title, employer.partner, employer.places, employer.counts) == ("1 vacancy", "Kingsbury Parcels", 2, funnel.counts)
    assert len(desk.see(lambda s: queries.candidates(s, employer=employer.id, reached="interview"))) == 2


def test_a_training_has_its_own_way(desk: RoomDesk) -> None:
    person = enrol(desk, "Ann Near")
    college = desk.act(lambda s: partner.add_partner(s, name="College", kind="college or training provider"))
    course = desk.act(lambda s: partner.add_training(s, partner=college, title="Fork-lift in a fortnight", places=8))
    made = desk.act(lambda s: actions.find_candidate(s, participant=person, training=course))
    with pytest.raises(Refusal, match="not a step"):
        desk.act(lambda s: actions.move_candidate(s, made, stage="hired"))
    for stage in ("told", "booked", "started"):
        desk.act(lambda s, stage=stage: actions.move_candidate(s, made, stage=stage))  # type: ignore[misc]
    (funnel,) = desk.see(queries.training_funnels)
    assert funnel.words == "1 found, 1 told, 1 booked, 1 started, 0 finished"
    assert desk.see(queries.vacancy_funnels) == []


def test_nobody_stands_twice_for_one_vacancy_nor_for_a_closed_one(desk: RoomDesk, job: UUID) -> None:
    person, other = enrol(desk, "Ann Near"), enrol(desk, "Bea Near")
    put(desk, person, job)
    with pytest.raises(Refusal, match="candidate for Warehouse operative already"):
        put(desk, person, job)
    with pytest.raises(Refusal, match="one of the two"):
        desk.act(lambda s: actions.find_candidate(s, participant=other))
    desk.act(lambda s: partner.close_vacancy(s, job, why="filled"))
    with pytest.raises(Refusal, match="is closed: filled"):
        put(desk, other, job)
    assert desk.see(partner_queries.vacancies)[0].state == "closed"


def test_steps_stand_in_the_persons_timeline(desk: RoomDesk, job: UUID) -> None:
    person = enrol(desk, "Ann Near")
    put(desk, person, job, "told", "withdrew")
    told = [(event.what, event.detail) for event in desk.see(lambda s: timeline.timeline(s, person)) if event.kind == "activity.candidate"]
    assert ("Candidate: told", "Warehouse operative, Kingsbury Parcels") in told
    assert ("Candidate: withdrew", "Warehouse operative, Kingsbury Parcels") in told
    assert date(2020, 5, 12) == TODAY


def test_somebody_who_was_only_found_may_be_taken_away_and_one_who_was_told_stays(desk: RoomDesk, job: UUID) -> None:
    only_found = put(desk, enrol(desk, "Ann Near"), job)
    told = put(desk, enrol(desk, "Bea Near"), job, "told")
    desk.act(lambda s: actions.remove_candidate(s, only_found))
    assert [row.id for row in desk.see(queries.candidates)] == [told]
    with pytest.raises(Refusal, match="what was said stays"):
        desk.act(lambda s: actions.remove_candidate(s, told))
