"""Closing a month in a real store: the board, the lead's choices, the cash of the months ahead, and what-if."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from coachdesk.activity import actions as activity
from coachdesk.activity import queries as activity_queries
from coachdesk.claim import actions, queries
from coachdesk.claim.queries.cash import FLOOR, ONE_MORE, QUERIED, UNPAID, WORKED_OUT
from coachdesk.clock import month_from_text
from coachdesk.errors import Refusal
from tests.rooms.people import enrol
from tests.rooms.test_claim import APRIL, JOB, MARCH, MAY, START, THREE, helped, hired, send_month


@pytest.fixture
def person(desk: Any) -> UUID:
    made: UUID = desk.act(lambda s: enrol(s, desk.shard_end))
    for day in (3, 10):
        desk.act(helped(made, date(2020, 3, day)), who=desk.coach)
    return made


def board(desk: Any, month: str = MARCH) -> queries.Board:
    found: queries.Board = desk.see(lambda s: queries.board(s, lot=desk.shard_end, month=month))
    return found


def coach_of(desk: Any) -> queries.CoachRow:
    return next(row for row in board(desk).coaches if row.coach == "Carl Coach")


def sign(desk: Any) -> None:
    desk.act(lambda s: activity.sign_off(s, lot=desk.shard_end, month=MARCH), who=desk.coach)


def test_a_coachs_word_holds_until_something_changes_and_the_change_is_named(desk: Any, person: UUID) -> None:
    assert (coach_of(desk).state, coach_of(desk).help_now) == ("not signed off", 2)
    sign(desk)
    row = coach_of(desk)
    assert (row.state, row.help_then, row.jobs_then, row.words) == ("signed off", 2, 0, "")
    one, two = (each.id for each in desk.see(lambda s: activity_queries.interventions(s, lot=desk.shard_end)))
    late = desk.act(helped(person, date(2020, 3, 17)), who=desk.coach)
    desk.act(lambda s: activity.change_intervention(s, one, minutes=50, changed_why="read again"), who=desk.coach)
    row = coach_of(desk)
    assert row.state == "changed since"
    assert {(each.id, each.how) for each in row.changes} == {(late, "entered"), (one, "changed")}
    desk.act(lambda s: activity.remove_intervention(s, two, why="entered twice"), who=desk.coach)
    assert coach_of(desk).words == "1 entered, 1 changed, 1 removed"
    sign(desk)
    assert coach_of(desk).state == "signed off"


def test_what_is_missing_stands_on_the_board_and_goes_when_it_comes(desk: Any, person: UUID) -> None:
    other = desk.act(lambda s: enrol(s, desk.shard_end, name="Ali Hussain", verdict="check by hand"))
    desk.act(helped(other, date(2020, 3, 4)))
    met = desk.act(lambda s: activity.book_appointment(s, participant=person, due_on=date(2020, 5, 20)))
    kinds = [row.kind for row in board(desk).missing]
    assert kinds == ["verdict", "privacy notice", "privacy notice"]
    assert "by hand" in board(desk).missing[0].what
    assert [row.id for row in board(desk, MAY).missing if row.kind == "appointment without an answer"] == [met]
    told = desk.see(lambda s: queries.board_told(s, desk.shard_end, MARCH))
    assert not told["is_complete"] and "Ali" not in str(told) and "Zoë" not in str(told)


def test_the_leads_choices_stand_with_their_reasons_newest_first(desk: Any, person: UUID) -> None:
    for choice, reason in (("chasing", "rang Carl"), ("going ahead", "the rest comes late")):
        desk.act(lambda s, choice=choice, reason=reason: actions.choose(s, lot=desk.shard_end, month=MARCH, choice=choice, reason=reason,
                                                                        coach=desk.coach))
    assert [(row.choice, row.reason, row.coach) for row in board(desk).choices] == [
        ("going ahead", "the rest comes late", "Carl Coach"), ("chasing", "rang Carl", "Carl Coach")]
    for wrong in ({"choice": "perhaps"}, {"reason": " "}, {"month": "2021-05"}):
        with pytest.raises(Refusal):
            desk.act(lambda s, wrong=wrong: actions.choose(s, **({"lot": desk.shard_end, "month": MARCH, "choice": "waiting",
                                                                  "reason": "x"} | wrong)))
    with pytest.raises(Refusal, match="Only a lead"):
        desk.act(lambda s: actions.choose(s, lot=desk.shard_end, month=MARCH, choice="waiting", reason="x"), who=desk.coach)


def test_the_cash_of_the_months_ahead_by_the_month_it_is_expected_in(desk: Any, person: UUID) -> None:
    desk.act(lambda s: actions.set_pay_term(s, days=45, clause="9.1"))
    march = send_month(desk, MARCH)
    desk.act(hired(person, date(2020, 4, 2)))

    def rows() -> list[tuple[str, str, int, int]]:
        found = desk.see(lambda s: queries.cash_told(s, desk.shard_end))["rows"]
        return [(row["kind"], row["month"], row["pence"], row["items"]) for row in found]

    found = rows()
    assert (UNPAID, MARCH, START, 1) in found
    april = next(row for row in found if row[:2] == (WORKED_OUT, APRIL))
    assert april[2] == desk.see(lambda s: queries.show(s, desk.shard_end, APRIL))["payable_pence"] > JOB
    may = next(row for row in found if row[:2] == (WORKED_OUT, MAY))
    assert may[3] == 0 and may[2] > 0, "the job counts with April, and May is all top-up"
    assert (ONE_MORE, MAY, THREE, 1) in found
    assert [row[1] for row in found if row[0] == FLOOR] == ["2020-06", "2020-07"]
    sent = next(row for row in desk.see(lambda s: queries.cash(s, lot=desk.shard_end)) if row.kind == UNPAID)
    assert (sent.on, sent.expected, sent.is_overdue) == (date(2020, 6, 26), month_from_text("2020-06"), False)
    desk.act(lambda s: actions.query(s, march, line=1, reason="which day?"))
    assert (QUERIED, MARCH, START, 1) in rows()
    desk.act(lambda s: actions.reject(s, march, line=1, reason="no slip"))
    assert not [row for row in rows() if row[1] == MARCH]


def test_what_if_shows_both_sides_and_saves_nothing(desk: Any, person: UUID) -> None:
    def ask(**more: Any) -> dict[str, Any]:
        found: dict[str, Any] = desk.see(lambda s: queries.what_if_told(s, desk.shard_end, MARCH, queries.Suppose(**more)))
        return found

    before = desk.see(lambda s: queries.show(s, desk.shard_end, MARCH))
    found = ask(helped={str(person): 1}, on=date(2020, 3, 20))
    assert (found["now"]["payable_pence"], found["then"]["payable_pence"]) == (START, START + THREE)
    assert found["suppose"] == [f"{before['lines'][0]['reference']} has one more meaningful intervention"]
    assert ask(starts=2, on=date(2020, 3, 30))["difference_pence"] == 2 * START
    assert ask(jobs=frozenset({str(person)}), on=date(2020, 3, 30))["difference_pence"] == JOB
    assert ask(amounts={"start": 30_000})["difference_pence"] == 5_000
    assert "later claim" in ask(starts=1, on=date(2020, 4, 2))["suppose"][-1]
    assert desk.see(lambda s: queries.show(s, desk.shard_end, MARCH)) == before
    barred = desk.act(lambda s: enrol(s, desk.shard_end, name="Ali Hussain", verdict="check by hand"))
    desk.act(helped(barred, date(2020, 3, 4)))
    assert ask(eligible=frozenset({str(barred)}))["difference_pence"] == START
    for wrong in ({"starts": 999}, {"amounts": {"nothing": 1}}, {"helped": {"x": 1}}, {"evidence": frozenset({"x"})}):
        with pytest.raises(Refusal):
            ask(**wrong)
    send_month(desk, MARCH)
    with pytest.raises(Refusal, match="went out"):
        ask(starts=1)
