"""One person's progress: the start and why it is that day, which help counted, jobs as they stand, outcomes by the contract's terms."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from coachdesk.activity import actions, queries
from coachdesk.casework import caseload
from coachdesk.casework.progress import progress
from coachdesk.casework.starts import started
from coachdesk.participant import actions as people
from coachdesk.programme.record import Term
from tests.rooms.conftest import TODAY
from tests.rooms.people import enrol


@pytest.fixture
def person(desk: Any) -> UUID:
    return desk.act(lambda s: enrol(s, desk.shard_end))


def helped(desk: Any, person: UUID, on: date, minutes: int, mode: str = "face to face", **more: Any) -> UUID:
    return desk.act(lambda s: actions.log_intervention(s, participant=person, minutes=minutes, mode=mode, kind="CV & job search",
                                                       happened_on=on, **more))


def test_the_start_is_the_first_meaningful_help_and_says_what_did_not_count_before(desk: Any, person: UUID) -> None:
    assert desk.see(lambda s: progress(s, person)).start_words == ("No start yet: no help has been written down.",)
    helped(desk, person, date(2020, 2, 20), 5)
    assert desk.see(lambda s: progress(s, person)).start_on is None
    helped(desk, person, date(2020, 3, 4), 45)
    helped(desk, person, date(2020, 3, 11), 30)
    found = desk.see(lambda s: progress(s, person))
    assert found.start_on == date(2020, 3, 4)
    assert found.start_words == ("Start: 4 March 2020, the first meaningful help: CV & job search, 45 min, face to face.",
                                 "CV & job search, 5 min, face to face on 20 February 2020 did not count: a short contact of 5 minutes.")
    assert [(each.on.day, each.counts, each.is_start) for each in found.counted] == [(11, True, False), (4, True, True), (20, False, False)]
    assert found.milestones == ("Three meaningful interventions: 2 of 3, the last on 11 March 2020; one more.",)
    helped(desk, person, date(2020, 5, 4), 20)
    assert desk.see(lambda s: progress(s, person)).milestones == ("Three meaningful interventions: reached on 4 May 2020.",)
    assert all(each.rule for each in found.counted), "each names the version of the definition and its clause"


def test_every_list_goes_by_the_contract_s_word_of_the_day_and_not_by_what_was_recorded(desk: Any, person: UUID) -> None:
    helped(desk, person, date(2020, 3, 4), 15)
    helped(desk, person, date(2020, 3, 11), 45)
    helped(desk, person, date(2020, 3, 12), 5, is_meaningful=True, why="agreed the next step")

    def from_march(session: Any) -> None:
        term = session.execute(sa.select(Term).where(Term.kind == "definition")).scalar_one()
        old = {name: getattr(term, name) for name in ("kind", "code", "clause", "to_day")}
        term.to_day, term.details = date(2020, 2, 29), {**term.details, "to": "2020-02-29"}
        session.add(Term(**old, version="2", from_day=date(2020, 3, 1),
                         details={**term.details, "least_minutes": 20, "version": "2", "from": "2020-03-01", "to": None}))

    assert desk.see(started)[0].on == date(2020, 3, 4)
    desk.act(from_march)
    assert desk.see(started)[0].on == date(2020, 3, 11), "a quarter of an hour is not enough any more"
    assert desk.see(lambda s: queries.progress(s, [person])) == {person: 2}, "the coach's own word stands"
    assert desk.see(queries.progress) == {person: 2}
    assert [row.meaningful for row in desk.see(caseload.caseload)] == [2]
    assert desk.see(lambda s: queries.help_totals(s, since=date(2020, 3, 1), until=date(2020, 3, 12))).meaningful == 2
    since = {"since": date(2020, 3, 10), "until": date(2020, 3, 31)}
    assert desk.see(lambda s: caseload.reached(s, needed=2, **since)) and not desk.see(lambda s: caseload.reached(s, needed=3, **since))


def test_a_job_tells_its_weeks_days_away_and_the_day_on_which_the_contract_calls_it_sustained(desk: Any, person: UUID) -> None:
    desk.act(lambda s: people.complete_baseline(s, person, hours_a_week=10, pay_pence_an_hour=872))
    job = desk.act(lambda s: actions.record_job(s, participant=person, started_on=date(2020, 3, 2), employer="Foods", title="picker",
                                                hours_a_week=16, pay_pence_an_hour=872))
    desk.act(lambda s: actions.begin_break(s, job=job, from_day=date(2020, 4, 1)))
    away = desk.see(queries.job_breaks)[0].id
    desk.act(lambda s: actions.end_break(s, away, to_day=date(2020, 4, 14)))
    desk.act(lambda s: actions.change_in_job(s, job=job, from_day=date(2020, 5, 4), hours_a_week=24))
    for month, pence in (("2020-03", 55_808), ("2020-04", 27_904), ("2020-05", 20_000)):
        desk.act(lambda s, month=month, pence=pence: actions.record_earnings(s, job=job, month=month, pence=pence))
    found = desk.see(lambda s: progress(s, person))
    (row,) = found.jobs
    assert ((TODAY - date(2020, 3, 2)).days + 1 - 14) // 7 == 8
    assert (row.weeks, row.days_away, row.hours_a_week, row.earned_pence) == (8, 14, 24, 103_712)
    assert row.since_start == "24 hours a week, 10 at the start; £8.72 an hour, £8.72 at the start"
    sustained = next(each for each in found.outcomes if each.title.startswith("Sustained work"))
    assert sustained.on is None
    assert sustained.expected_on == date(2020, 9, 13), "182 days from 2 March without 14 days away"
    assert "14 days between not counted (28 allowed)" in sustained.words
    progressed = next(each for each in found.outcomes if each.title.startswith("Progression"))
    assert progressed.words == "24 − 10 = 14 hours a week more than at the start, 8 needed"
    assert progressed.on == date(2020, 5, 4)


def test_appointments_that_were_missed_are_a_fact_not_a_judgement(desk: Any, person: UUID) -> None:
    assert desk.see(lambda s: progress(s, person)).missed == ""
    for day in (4, 5):
        made = desk.act(lambda s, day=day: actions.book_appointment(s, participant=person, due_on=date(2020, 5, day)))
        desk.act(lambda s, made=made: actions.miss(s, made))
    desk.act(lambda s: actions.rebook(s, made, due_on=date(2020, 5, 20)))
    assert desk.see(lambda s: progress(s, person)).missed == "Did not attend twice; booked again after 1 of them."
