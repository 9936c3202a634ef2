"""A job after its first day: other hours and pay, times away, what was earned, its end."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from coachdesk.activity import actions, queries
from coachdesk.errors import Refusal
from coachdesk.store import replay
from tests.rooms.people import enrol


@pytest.fixture
def job(desk: Any) -> UUID:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    return desk.act(lambda s: actions.record_job(s, participant=person, started_on=date(2020, 3, 2), employer="Northgate Foods",
                                                 title="picker", hours_a_week=16, pay_pence_an_hour=872))


def test_more_hours_in_the_same_job_are_a_dated_change_and_the_first_hours_stay(desk: Any, job: UUID) -> None:
    desk.act(lambda s: actions.change_in_job(s, job=job, from_day=date(2020, 4, 6), hours_a_week=24, proof="payslip"))
    (row,) = desk.see(lambda s: queries.job_changes(s, job=job))
    assert (row.from_day, row.hours_a_week, row.pay_pence_an_hour, row.lot, row.job) == (
        date(2020, 4, 6), 24, None, "Shard End", "Job: picker, 16 hours a week")
    assert desk.see(queries.jobs)[0].hours_a_week == 16
    with pytest.raises(Refusal, match="says what is different"):
        desk.act(lambda s: actions.change_in_job(s, job=job))
    with pytest.raises(Refusal, match="before the first day of the job, 2 March 2020"):
        desk.act(lambda s: actions.change_in_job(s, job=job, from_day=date(2020, 3, 1), hours_a_week=20))


def test_a_time_away_ends_when_they_are_back_and_two_never_meet(desk: Any, job: UUID) -> None:
    away = desk.act(lambda s: actions.begin_break(s, job=job, from_day=date(2020, 4, 1), reason="place closed"))
    with pytest.raises(Refusal, match="away from 1 April 2020 and are not back yet"):
        desk.act(lambda s: actions.begin_break(s, job=job, from_day=date(2020, 5, 1)))
    desk.act(lambda s: actions.end_break(s, away, to_day=date(2020, 4, 14)))
    desk.act(lambda s: actions.begin_break(s, job=job, from_day=date(2020, 4, 15)))
    assert [(row.from_day.day, row.to_day and row.to_day.day) for row in desk.see(queries.job_breaks)] == [(15, None), (1, 14)]


def test_a_month_has_one_figure_in_pence_which_is_corrected_with_a_reason(desk: Any, job: UUID) -> None:
    made = desk.act(lambda s: actions.record_earnings(s, job=job, month="2020-04", pence=55_808, proof="payslip"))
    with pytest.raises(Refusal, match="has a figure already"):
        desk.act(lambda s: actions.record_earnings(s, job=job, month="2020-04", pence=1))
    for month in ("2020-02", "2020-06"):
        with pytest.raises(Refusal, match="outside this job|still to come"):
            desk.act(lambda s, month=month: actions.record_earnings(s, job=job, month=month, pence=1))
    desk.act(lambda s: actions.correct_earnings(s, made, pence=60_000, changed_why="the second payslip"))
    (row,) = desk.see(queries.earnings)
    assert (row.month, row.pence, row.changed_why) == ("2020-04", 60_000, "the second payslip")


def test_what_a_claim_may_rest_on_is_corrected_with_a_reason_once_its_month_is_over(desk: Any, job: UUID) -> None:
    change = desk.act(lambda s: actions.change_in_job(s, job=job, from_day=date(2020, 4, 6), hours_a_week=24))
    away = desk.act(lambda s: actions.begin_break(s, job=job, from_day=date(2020, 4, 20), to_day=date(2020, 4, 21)))
    paid = desk.act(lambda s: actions.record_earnings(s, job=job, month="2020-04", pence=55_808))
    for wrong in (lambda s: actions.correct_job_change(s, change, hours_a_week=20),
                  lambda s: actions.correct_job_change(s, change, from_day=date(2020, 5, 4)),
                  lambda s: actions.change_break(s, away, to_day=date(2020, 5, 8)),
                  lambda s: actions.correct_earnings(s, paid, pence=1)):
        with pytest.raises(Refusal, match="Say why it changes"):
            desk.act(wrong)
    desk.act(lambda s: actions.correct_job_change(s, change, proof="letter"))
    desk.act(lambda s: actions.correct_earnings(s, paid, pence=55_808, proof="payslip"))
    desk.act(lambda s: actions.change_break(s, away, to_day=date(2020, 4, 22), changed_why="one day more"))
    new = desk.act(lambda s: actions.record_earnings(s, job=job, month="2020-05", pence=1))
    desk.act(lambda s: actions.correct_earnings(s, new, pence=2))
    late = desk.act(lambda s: actions.change_in_job(s, job=job, from_day=date(2020, 4, 27), hours_a_week=25, changed_why="told late"))
    assert {row.id: row.changed_why for row in desk.see(queries.job_changes)}[late] == "told late"


def test_a_job_that_ended_ends_the_time_away_and_can_be_reopened_with_a_reason(desk: Any, job: UUID) -> None:
    desk.act(lambda s: actions.begin_break(s, job=job, from_day=date(2020, 5, 4)))
    desk.act(lambda s: actions.end_job(s, job, ended_on=date(2020, 5, 8), end_reason="redund"))
    (row,) = desk.see(queries.jobs)
    assert (row.ended_on, row.end_reason) == (date(2020, 5, 8), "redundancy")
    assert desk.see(queries.job_breaks)[0].to_day == date(2020, 5, 8)
    with pytest.raises(Refusal, match="ended on 8 May 2020 already"):
        desk.act(lambda s: actions.end_job(s, job, end_reason="other"))
    with pytest.raises(Refusal, match="after the job ended"):
        desk.act(lambda s: actions.change_in_job(s, job=job, from_day=date(2020, 5, 9), hours_a_week=20))
    desk.act(lambda s: actions.reopen_job(s, job, changed_why="taken on again the same week"))
    assert desk.see(queries.jobs)[0].ended_on is None


def test_removing_a_job_removes_what_was_written_about_it_and_the_log_replays(desk: Any, job: UUID) -> None:
    desk.act(lambda s: actions.change_in_job(s, job=job, hours_a_week=24))
    desk.act(lambda s: actions.begin_break(s, job=job, from_day=date(2020, 4, 1)))
    desk.act(lambda s: actions.record_earnings(s, job=job, month="2020-04", pence=1))
    desk.act(lambda s: actions.remove_job(s, job, why="entered twice"))
    assert not any(desk.see(each) for each in (queries.jobs, queries.job_changes, queries.job_breaks, queries.earnings))
    with desk.store.engine.connect() as connection:
        assert replay.digest(replay.live(connection)) == replay.digest(replay.replayed(connection).records())


def test_a_job_with_evidence_is_not_removed_before_its_evidence(desk: Any, job: UUID) -> None:
    (row,) = desk.see(queries.jobs)
    desk.act(lambda s: actions.record_earnings(s, job=job, month="2020-04", pence=1))
    proof = desk.act(lambda s: actions.add_evidence(s, participant=row.participant_id, job=job, proves="pay", how="original seen, no copy",
                                                    obtained_on=date(2020, 5, 1)))
    with pytest.raises(Refusal, match="A proof of this is kept here"):
        desk.act(lambda s: actions.remove_job(s, job, why="entered twice"))
    assert len(desk.see(queries.earnings)) == 1, "nothing was removed"
    desk.act(lambda s: actions.remove_evidence(s, proof, why="of the wrong job"))
    desk.act(lambda s: actions.remove_job(s, job, why="entered twice"))
    assert desk.see(queries.jobs) == []
