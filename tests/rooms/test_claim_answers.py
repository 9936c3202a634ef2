"""The commissioner's answers in a real store: paid, queried, rejected, claimed again; every month still re-runs to the penny."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from coachdesk.activity import actions as activity
from coachdesk.activity import queries as activity_queries
from coachdesk.casework import first_page
from coachdesk.casework import queries as casework
from coachdesk.claim import actions, queries
from coachdesk.errors import Refusal
from coachdesk.store import raw
from tests.rooms.conftest import TODAY
from tests.rooms.people import enrol
from tests.rooms.test_claim import APRIL, JOB, MARCH, MAY, START, THREE, helped, hired, send_month, shown, sums


@pytest.fixture
def person(desk: Any) -> UUID:
    made: UUID = desk.act(lambda s: enrol(s, desk.shard_end))
    for day in (3, 10, 17):
        desk.act(helped(made, date(2020, 3, day)))
    desk.act(hired(made, date(2020, 3, 30)))
    return made


def test_a_rejected_line_leaves_the_count_and_is_told_until_it_is_claimed_again(desk: Any, person: UUID) -> None:
    march = send_month(desk, MARCH)
    desk.act(lambda s: actions.reject(s, march, line=2, reason="slip of 10 March not signed"))
    april = shown(desk, APRIL)
    assert april["lines"] == []
    assert any("rejected by the commissioner in the claim of March 2020" in item["reason"] for item in april["waiting"])
    desk.act(lambda s: actions.claim_again(s, march, line=2, reason="signed slip found"))
    assert sums(shown(desk, APRIL)) == [("meaningful", THREE, "claimed again: rejected in the claim of March 2020")]
    again = send_month(desk, APRIL)
    assert shown(desk, MAY)["lines"] == []
    for claim in (march, again):
        told = desk.see(lambda s, claim=claim: queries.rerun(s, claim))
        assert told.differences == () and told.since == ()
    rows = desk.see(queries.answers)
    assert [(row.line, row.answer) for row in rows] == [(2, "claimed again"), (2, "rejected")]


def test_a_rejection_taken_back_after_it_was_claimed_again_is_given_back(desk: Any, person: UUID) -> None:
    march = send_month(desk, MARCH)
    desk.act(lambda s: actions.reject(s, march, line=3, reason="no proof of the job"))
    desk.act(lambda s: actions.claim_again(s, march, line=3, reason="payslip"))
    send_month(desk, APRIL)
    desk.act(lambda s: actions.answer_paid(s, march, line=3, amount=JOB))
    assert [(line["milestone"], line["amount_pence"]) for line in shown(desk, MAY)["lines"]] == [("job", -JOB)]


def test_a_rejected_claim_stays_out_whole_and_what_is_removed_then_is_not_given_back(desk: Any, person: UUID) -> None:
    march = send_month(desk, MARCH)
    desk.act(lambda s: actions.reject(s, march, reason="sent on the wrong form"))
    assert shown(desk, APRIL)["lines"] == []
    (job,) = desk.see(activity_queries.jobs)
    desk.act(lambda s: activity.remove_job(s, job.id, why="entered twice"))
    assert shown(desk, APRIL)["lines"] == []
    assert [item["reason"] for item in shown(desk, APRIL)["waiting"] if "rejected" in item["reason"]]
    for line in (1, 2):
        desk.act(lambda s, line=line: actions.claim_again(s, march, line=line, reason="right form"))
    assert [line["amount_pence"] for line in shown(desk, APRIL)["lines"]] == [START, THREE]


def test_a_query_stands_in_today_until_it_is_answered_and_the_first_page_knows(desk: Any, person: UUID) -> None:
    march = send_month(desk, MARCH)
    desk.act(lambda s: actions.query(s, march, line=2, reason="which day?"))
    desk.act(lambda s: actions.query(s, march, reason="no cover sheet", chase_on=date(2020, 5, 15)))

    def told(**more: Any) -> list[tuple[str, date, str]]:
        rows = desk.see(lambda s: casework.due(s, until=TODAY + timedelta(first_page.AHEAD_DAYS), **more))
        connection = raw.connect(desk.store.path, desk.store.key)
        try:
            first = first_page.first_rows(connection, TODAY, 100)
        finally:
            connection.close()
        claims = [(row.kind, row.due_on, row.what) for row in rows if row.kind.startswith("claim")]
        if not more:
            assert claims == [(row.kind, row.due_on, row.what) for row in first if row.kind.startswith("claim")]
        return claims

    assert told() == [("claim", date(2020, 5, 15), "Queried by the commissioner: claim no. 1")]
    assert told(coach=desk.coach) == []
    desk.act(lambda s: actions.query(s, march, line=2, reason="which day, once more?"))
    assert [row[0] for row in told(coach=desk.owner)] == ["claim", "claim.line"]
    desk.act(lambda s: actions.answer_paid(s, march))
    assert told() == []


def test_answers_are_refused_where_they_cannot_be(desk: Any, person: UUID) -> None:
    draft = desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=MARCH))
    for wrong in (lambda s: actions.reject(s, draft, line=1, reason="x"), lambda s: actions.query(s, draft, reason="why?")):
        with pytest.raises(Refusal, match="has not been sent"):
            desk.act(wrong)
    march = send_month(desk, MARCH)
    wrongs = (
        lambda s: actions.reject(s, march, line=9, reason="x"), lambda s: actions.reject(s, march, line=1, reason=" "),
        lambda s: actions.claim_again(s, march, line=1, reason="x"), lambda s: actions.answer_paid(s, march, amount=5),
        lambda s: actions.query(s, march, reason="x", on=date(2030, 1, 1)),
        lambda s: actions.query(s, march, reason="x", chase_on=date(2020, 1, 1)),
    )
    for action in wrongs:
        with pytest.raises(Refusal):
            desk.act(action)
    with pytest.raises(Refusal, match="Only a lead"):
        desk.act(lambda s: actions.reject(s, march, line=1, reason="x"), who=desk.coach)
    desk.act(lambda s: actions.reject(s, march, line=1, reason="x"))
    desk.act(lambda s: actions.claim_again(s, march, line=1, reason="x"))
    with pytest.raises(Refusal, match="again already"):
        desk.act(lambda s: actions.claim_again(s, march, line=1, reason="x"))


def test_a_line_rejected_and_claimed_again_in_base_months_is_in_the_base_twice_and_the_floor_says_so(desk: Any) -> None:
    someone = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(helped(someone, date(2019, 11, 5)))
    before = desk.see(lambda s: queries.show(s, desk.shard_end, "2019-11"))["remarks"]
    assert any("no longer on the terms' base total of £21,050.00" in each for each in before)
    claim = send_month(desk, "2019-11")
    desk.act(lambda s: actions.reject(s, claim, line=1, reason="slip not signed"))
    desk.act(lambda s: actions.claim_again(s, claim, line=1, reason="slip found"))
    assert desk.see(lambda s: queries.show(s, desk.shard_end, "2019-12"))["remarks"] == []
    send_month(desk, "2019-12")
    send_month(desk, "2020-01")
    april = shown(desk, APRIL)
    assert april["floor"]["base_total_pence"] == 2 * START and april["floor"]["floor_pence"] == 16_667
    words = "£250.00 of it was rejected, and £250.00 of that was claimed again and is in it a second time"
    assert words in april["floor"]["arithmetic"] and any(words in each for each in april["remarks"])
    top_up = april["top_up"]["id"]
    assert any(words in step["arithmetic"] for step in desk.see(lambda s: queries.explain(s, top_up))["steps"])
