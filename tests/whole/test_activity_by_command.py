"""Plans, what happens in jobs, and readings by command, down to the papers that a participant takes home."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pypdf import PdfReader


def test_a_plan_is_made_answered_and_printed_by_command(desk: Any, tmp_path: Path) -> None:
    ann = desk("add", "participant", "lot=Shard End", "name=Ann Archer", "postcode=B34 7AA")["id"]
    line = desk("add", "activity.plan", f"participant={ann}", "kind=volunteering", "need=to be among people", "by_whom=both",
                "step=meet the organiser", "review_on=2020-05-20")["id"]
    desk("do", "activity.plan", "not taken up", line, "reason=no bus on Sundays")
    desk("do", "activity.plan", "open again", line)
    desk("add", "activity.volunteering", f"participant={ann}", "role=sorts donations", "place=Food bank", "from_day=2020-05-12",
         f"plan={line}")
    (row,) = desk("list", "activity.plan", "--where", "state=taken up")
    assert (row["need"], row["take_up"]) == ("to be among people", "taken up on 12 May 2020")
    told = desk("report", "action-plan", "--participant", ann, "--out", tmp_path / "plan.pdf")
    assert told["pages"] == 1
    assert "to be among people" in PdfReader(tmp_path / "plan.pdf").pages[0].extract_text()
    booked = desk("add", "activity.appointment", f"participant={ann}", "due_on=2020-05-18", "at=9.30", "place=Library")["id"]
    assert desk("report", "appointment-slip", "--appointment", booked, "--out", tmp_path / "slip.pdf")["pages"] == 1


def test_a_job_goes_on_and_ends_and_a_reading_is_taken_by_command(desk: Any) -> None:
    ann = desk("add", "participant", "lot=Shard End", "name=Ann Archer", "postcode=B34 7AA")["id"]
    job = desk("add", "activity.job", f"participant={ann}", "started_on=2020-05-12", "employer=Foods", "title=picker",
               "hours_a_week=16")["id"]
    desk("add", "activity.job_change", f"job={job}", "hours_a_week=24")
    away = desk("add", "activity.job_break", f"job={job}", "reason=place closed")["id"]
    desk("do", "activity.job_break", "back", away, "to_day=2020-05-12")
    desk("add", "activity.earnings", f"job={job}", "month=2020-05", "pence=30000")
    desk("do", "activity.job", "end", job, "end_reason=contract")
    (row,) = desk("list", "activity.job")
    assert (row["ended_on"], row["end_reason"], row["hours_a_week"]) == ("2020-05-12", "contract came to its end", 16)
    (outcome,) = [row for row in desk("list", "activity.outcome") if row["outcome"].startswith("Sustained")]
    assert outcome["reached_on"] is None
    assert "of 182 days" in outcome["words"]
    desk("add", "activity", f"participant={ann}", "minutes=5", "mode=phone", "kind=travel")
    desk("add", "activity", f"participant={ann}", "minutes=45", "mode=phone", "kind=interview")
    (start,) = desk("list", "activity.start")
    assert start["start_on"] == "2020-05-12"
    assert "Travel, 5 min, phone on 12 May 2020 did not count: a short contact of 5 minutes." in start["why"]
    assert [row["counts"] for row in desk("list", "activity.counted")] == [False, True]
    assert desk("list", "activity.scale")[0]["code"] == "ons4"
    desk("add", "activity.reading", f"participant={ann}", "answers=satisfied=3; happy=5")
    assert desk("list", "activity.reading")[0]["answers"] == ["satisfied=3", "happy=5"]
