"""Outcomes that come after a job began, from real records in an encrypted store."""

from __future__ import annotations

from datetime import date
from typing import Any

from coachdesk.activity import actions as activity
from coachdesk.claim import queries
from tests.rooms.people import enrol
from tests.rooms.test_claim import APRIL, MARCH, MAY, hired, send_month, shown


def test_sustained_work_is_paid_from_real_records_job_break_check_and_end(desk: Any) -> None:
    # 26 weeks = 182 days. First day 30 September 2019: 62 days to 30 November; away 1 to 10 December (10 of 28 days allowed); then
    # 21 + 31 + 29 + 31 = 112 days to 31 March = 174, and 8 in April: the 182nd day in work is 8 April 2020.
    person = desk.act(lambda s: enrol(s, desk.shard_end, registered_on=date(2019, 9, 1)))
    job = desk.act(hired(person, date(2019, 9, 30)))
    desk.act(lambda s: activity.begin_break(s, job=job, from_day=date(2019, 12, 1), to_day=date(2019, 12, 10)))
    (waits,) = (item for item in shown(desk, MARCH)["waiting"] if item["milestone"] == "sustained")
    assert waits["reason"].startswith("Sustained work: 26 weeks: 1 of 182 days in work of at least 16 hours a week known up to 30")
    desk.act(lambda s: activity.keep_evidence(s, None, job=job, proves="still in work", how="telephone call, noted",
                                              dated=date(2020, 4, 30)))
    april = shown(desk, APRIL)
    (line,) = (each for each in april["lines"] if each["milestone"] == "sustained")
    assert (line["amount_pence"], line["earned"], line["activities"]) == (100_000, "2020-04", [str(job)])
    assert line["arithmetic"].startswith("182 days in work of 182 from 30 September 2019 to 8 April 2020, 10 days between not counted")
    steps = desk.see(lambda s: queries.explain(s, line["id"]))["steps"]
    assert [step["source"].partition(" ")[0] for step in steps] == ["activity", "participant", "jobs,", "terms"]
    send_month(desk, APRIL)
    desk.act(lambda s: activity.end_job(s, job, ended_on=date(2020, 3, 31), end_reason="not known", changed_why="the employer says so"))
    (back,) = (each for each in shown(desk, MAY)["lines"] if each["milestone"] == "sustained")
    assert (back["amount_pence"], back["reason"].partition(":")[0]) == (-100_000, "reversal")
    again = desk.see(lambda s: queries.rerun(s, next(row.id for row in queries.claims(s))))
    assert again.differences == () and again.since != ()
