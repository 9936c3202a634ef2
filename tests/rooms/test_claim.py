"""The claim in a real encrypted store: months worked by hand, to the penny.

The shipped terms: start £250.00, three meaningful interventions £400.00, job entry £900.00 from October 2019; a floor from April to July
2020 whose base is £21,050.00 in Shard End and £8,050.00 in Camp Hill over three months, until claims of the base months are sent here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from coachdesk.activity import actions as activity
from coachdesk.claim import actions, queries, rules
from coachdesk.clock import FixedDay
from coachdesk.errors import Refusal
from coachdesk.participant.record import Participant
from coachdesk.store import replay
from coachdesk.store.doors import fields_of
from tests.rooms.people import enrol, judge

NOVEMBER, MARCH, APRIL, MAY = "2019-11", "2020-03", "2020-04", "2020-05"
START, THREE, JOB = 25_000, 40_000, 90_000


def helped(person: UUID, on: date, **more: Any) -> Callable[[Session], UUID]:
    wanted = {"minutes": 40, "mode": "face to face", "kind": "CV & job search"} | more
    return lambda session: activity.log_intervention(session, participant=person, happened_on=on, **wanted)


def hired(person: UUID, on: date) -> Callable[[Session], UUID]:
    return lambda session: activity.record_job(session, participant=person, started_on=on, employer="Brook & Co", title="Packer",
                                               hours_a_week=20, pay_pence_an_hour=872)


def send_month(desk: Any, month: str, lot: UUID | None = None) -> UUID:
    made: UUID = desk.act(lambda s: actions.draft(s, lot=lot or desk.shard_end, month=month))
    desk.store.act(desk.owner, "send", lambda s: actions.send(s, made), lasting=True)
    return made


def shown(desk: Any, month: str, lot: UUID | None = None) -> dict[str, Any]:
    found: dict[str, Any] = desk.see(lambda s: queries.show(s, lot or desk.shard_end, month))
    json.dumps(found)
    assert sum(line["amount_pence"] for line in found["lines"]) == found["actual_pence"]
    assert found["payable_pence"] == found["actual_pence"] + (found["top_up"]["amount_pence"] if found["top_up"] else 0)
    return found


def sums(found: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(line["milestone"], line["amount_pence"], line["reason"]) for line in found["lines"]]


@pytest.fixture
def person(desk: Any) -> UUID:
    """Three meaningful interventions in March 2020, one reminder, and a job in the same month."""
    made: UUID = desk.act(lambda s: enrol(s, desk.shard_end))
    for day in (3, 10, 17):
        desk.act(helped(made, date(2020, 3, day)))
    desk.act(helped(made, date(2020, 3, 18), mode="text", minutes=2))
    desk.act(hired(made, date(2020, 3, 30)))
    return made


def test_a_month_by_hand_start_three_interventions_and_a_job(desk: Any, person: UUID) -> None:
    found = shown(desk, MARCH)
    assert (found["lot"], found["month"], found["status"]) == ("Shard End", "2020-03", "draft (not saved)")
    assert sums(found) == [("start", START, ""), ("meaningful", THREE, ""), ("job", JOB, "")]
    assert (found["actual_pence"], found["payable_pence"], found["floor"], found["top_up"]) == (155_000, 155_000, None, None)
    assert [line["rule"] for line in found["lines"]] == ["start v1", "meaningful v1", "job v2"]
    assert [item["reason"] for item in found["unpaid"]] == ["not meaningful: a text message only"]
    assert {line["reference"] for line in found["lines"]} == {found["unpaid"][0]["reference"]}


def test_two_of_three_pay_only_the_start_and_say_what_is_missing(desk: Any) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    for day in (3, 10):
        desk.act(helped(person, date(2020, 3, day)))
    found = shown(desk, MARCH)
    assert sums(found) == [("start", START, "")]
    assert any("1 more needed" in item["reason"] for item in found["unpaid"])


def test_somebody_not_eligible_is_listed_and_not_claimed(desk: Any) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end, verdict="check by hand"))
    deed = desk.act(helped(person, date(2020, 3, 3)))
    found = shown(desk, MARCH)
    assert found["lines"] == []
    (item,) = found["unpaid"]
    assert item["activity"] == str(deed)
    assert item["reason"] == "person is not eligible: the address has to be checked by hand, decided on 12 May 2020"
    assert "B34" not in json.dumps(found)


def test_another_lot_sees_nothing_of_it(desk: Any, person: UUID) -> None:
    assert shown(desk, MARCH, desk.camp_hill)["lines"] == []


def test_lines_keep_their_ids_when_drafted_and_sent(desk: Any, person: UUID) -> None:
    before = shown(desk, MARCH)
    claim = desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=MARCH))
    drafted = shown(desk, MARCH)
    assert drafted["status"] == "draft"
    desk.act(lambda s: actions.send(s, claim))
    sent = shown(desk, MARCH)
    assert sent["status"] == "sent"
    assert before["lines"] == drafted["lines"] == sent["lines"]
    assert before["unpaid"] == sent["unpaid"]


def test_every_line_and_unpaid_item_is_explained_the_same_before_and_after_sending(desk: Any, person: UUID) -> None:
    found = shown(desk, MARCH)
    ids = [each["id"] for each in (*found["lines"], *found["unpaid"])]
    before = {id: desk.see(lambda s, id=id: queries.explain(s, id)) for id in ids}
    send_month(desk, MARCH)
    for id in ids:
        after = desk.see(lambda s, id=id: queries.explain(s, id))
        assert after["steps"] == before[id]["steps"] and after["line"] == before[id]["line"]
        json.dumps(after)
    steps = before[ids[1]]["steps"]
    assert set(steps[0]) == {"what", "source", "rule", "clause", "arithmetic"}
    assert steps[0]["what"] == "3 March 2020: CV & job search, 40 min, face to face"
    assert any("£400.00" in step["arithmetic"] for step in steps)
    assert "Zoë" not in json.dumps(before) and "Brook" not in json.dumps(before)


def test_a_line_that_is_not_there_is_refused_kindly(desk: Any, person: UUID) -> None:
    for text in ("nonsense", "x@2020-13", "0123@2020-03", ""):
        with pytest.raises(Refusal):
            desk.see(lambda s, text=text: queries.explain(s, text))


def test_late_work_comes_into_the_next_claim_as_late(desk: Any, person: UUID) -> None:
    send_month(desk, MARCH)
    other = desk.act(lambda s: enrol(s, desk.shard_end, name="Ali Hussain"))
    desk.act(helped(other, date(2020, 3, 31)))
    assert sums(shown(desk, MARCH)) == [("start", START, ""), ("meaningful", THREE, ""), ("job", JOB, "")]
    april = shown(desk, APRIL)
    assert sums(april) == [("start", START, "late: March 2020")]
    assert april["remarks"] == []


def test_an_edit_and_a_removal_after_sending_are_given_back_with_their_reason(desk: Any) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    deeds = [desk.act(helped(person, date(2020, 3, day))) for day in (3, 10, 17)]
    job = desk.act(hired(person, date(2020, 3, 30)))
    claim = send_month(desk, MARCH)
    desk.act(lambda s: activity.change_intervention(s, deeds[2], is_meaningful=False, why="a reminder only",
                                                    changed_why="read the note again"))
    desk.act(lambda s: activity.remove_job(s, job, why="never began"))
    assert shown(desk, MARCH)["actual_pence"] == 155_000
    found = shown(desk, APRIL)
    assert [(line["milestone"], line["amount_pence"]) for line in found["lines"]] == [("meaningful", -THREE), ("job", -JOB)]
    assert all(line["reason"].startswith("reversal: an activity it rested on ") for line in found["lines"])
    told = desk.see(lambda s: queries.explain(s, found["lines"][0]["id"]))
    assert any("a reminder only (changed: read the note again)" in step["arithmetic"] for step in told["steps"])
    assert found["actual_pence"] == -130_000
    send_month(desk, APRIL)
    assert shown(desk, MAY)["lines"] == []
    again = desk.see(lambda s: queries.rerun(s, claim))
    assert (again.differences, again.now_pence) == ((), 155_000)
    assert sorted(each.milestone for each in again.since) == ["job", "meaningful"]


def test_help_corrected_to_a_short_contact_is_given_back(desk: Any) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    deed = desk.act(helped(person, date(2020, 3, 3)))
    send_month(desk, MARCH)
    desk.act(lambda s: activity.change_intervention(s, deed, minutes=5, changed_why="typed wrongly"))
    found = shown(desk, APRIL)
    assert [(line["milestone"], line["amount_pence"]) for line in found["lines"]] == [("start", -START)]


def test_a_correction_that_makes_it_count_again_is_paid_again_once(desk: Any) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    deed = desk.act(helped(person, date(2020, 3, 3)))
    claims = [send_month(desk, MARCH)]
    desk.act(lambda s: activity.change_intervention(s, deed, is_meaningful=False, why="a mistake", changed_why="read again"))
    claims.append(send_month(desk, APRIL))
    desk.act(lambda s: activity.change_intervention(s, deed, is_meaningful=True, why="it was help after all", changed_why="read again"))
    found = shown(desk, MAY)
    assert [(amount, reason.partition(":")[0]) for _, amount, reason in sums(found)] == [(START, "adjustment")]
    claims.append(send_month(desk, MAY))
    for claim in claims:
        assert desk.see(lambda s, claim=claim: queries.rerun(s, claim)).differences == ()


def test_a_verdict_that_turns_after_sending_is_given_back(desk: Any, person: UUID) -> None:
    first = send_month(desk, MARCH)
    desk.act(lambda s: judge(s, person, desk.shard_end, "not eligible"))
    assert sorted(amount for _, amount, _ in sums(shown(desk, APRIL))) == [-JOB, -THREE, -START]
    second = send_month(desk, APRIL)
    assert [desk.see(lambda s, c=c: queries.rerun(s, c)).differences for c in (first, second)] == [(), ()]


def test_the_floor_wins_over_a_small_month_from_the_terms_base(desk: Any, person: UUID) -> None:
    send_month(desk, MARCH)
    found = shown(desk, APRIL)
    floor = found["floor"]
    assert (floor["base_from"], floor["base_to"], floor["divisor"]) == ("2019-11", "2020-01", "months in window")
    assert (floor["floor_pence"], floor["won"]) == (701_667, "floor")        # £21,050.00 ÷ 3 = £7,016.666… → half up
    assert (found["actual_pence"], found["top_up"]["amount_pence"], found["payable_pence"]) == (0, 701_667, 701_667)
    told = desk.see(lambda s: queries.explain(s, found["top_up"]["id"]))
    assert told["line"]["amount_pence"] == 701_667
    assert "base total of the terms" in told["steps"][-1]["arithmetic"]
    send_month(desk, APRIL)
    assert desk.see(lambda s: queries.explain(s, found["top_up"]["id"], lot=desk.shard_end))["steps"] == told["steps"]
    assert shown(desk, APRIL)["top_up"] == found["top_up"]


def test_the_floor_is_worked_from_sent_base_claims_and_the_own_claim_may_win(desk: Any) -> None:
    desk.store.clock = FixedDay(date(2020, 2, 1))
    for name, day in (("A", date(2019, 11, 5)), ("B", date(2020, 1, 7))):
        someone = desk.act(lambda s, name=name: enrol(s, desk.shard_end, name=name))
        desk.act(helped(someone, day))
    for month in (NOVEMBER, "2019-12", "2020-01"):
        send_month(desk, month)
    desk.store.clock = FixedDay(date(2020, 5, 12))
    quiet = shown(desk, APRIL)
    assert (quiet["floor"]["base_total_pence"], quiet["floor"]["floor_pence"]) == (50_000, 16_667)    # (250 + 0 + 250) ÷ 3
    assert quiet["top_up"]["amount_pence"] == 16_667
    busy = desk.act(lambda s: enrol(s, desk.shard_end, name="C"))
    desk.act(helped(busy, date(2020, 4, 7)))
    found = shown(desk, APRIL)
    assert (found["actual_pence"], found["floor"]["floor_pence"], found["floor"]["won"]) == (START, 16_667, "actual")
    assert (found["top_up"]["amount_pence"], found["payable_pence"]) == (0, START)


def test_a_sent_month_does_not_move_whatever_is_done_since(desk: Any, person: UUID) -> None:
    claim = send_month(desk, MARCH)
    before = shown(desk, MARCH)
    desk.act(helped(person, date(2020, 3, 20)))
    desk.act(lambda s: judge(s, person, desk.shard_end, "not eligible"))
    desk.act(lambda s: actions.mark_paid(s, claim, amount=150_000))
    after = shown(desk, MARCH)
    changed = {"status", "paid_on", "paid_pence"}
    assert {key: after[key] for key in after if key not in changed} == {key: before[key] for key in before if key not in changed}
    assert (after["status"], after["paid_pence"], after["paid_on"]) == ("paid", 150_000, "2020-05-12")


def test_a_draft_says_when_it_is_out_of_date_and_is_replaced_by_the_next(desk: Any, person: UUID) -> None:
    first = desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=MARCH))
    desk.act(helped(desk.act(lambda s: enrol(s, desk.shard_end, name="Ali")), date(2020, 3, 4)))
    assert shown(desk, MARCH)["is_out_of_date"] and shown(desk, MARCH)["actual_pence"] == 155_000
    (said,) = shown(desk, MARCH)["remarks"]
    assert said.startswith("This draft is out of date: it comes to £1,550.00, and today it would be £1,800.00. Draft it again")
    assert desk.see(lambda s: queries.before_sending(s, first)) == (said,)
    second = desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=MARCH))
    assert shown(desk, MARCH)["actual_pence"] == 180_000 and not shown(desk, MARCH)["is_out_of_date"]
    assert [row.id for row in desk.see(queries.claims)] == [second]
    with pytest.raises(Refusal, match="no such claim"):
        desk.act(lambda s: actions.send(s, first))


def test_a_draft_that_does_not_know_of_the_last_sent_claim_cannot_be_sent(desk: Any, person: UUID) -> None:
    old = desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=APRIL))
    assert shown(desk, APRIL)["remarks"] == ["No claim of March 2020 was sent from here: its work is in this claim as late."]
    send_month(desk, MARCH)
    with pytest.raises(Refusal, match="does not know of it"):
        desk.act(lambda s: actions.send(s, old))
    new = desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=APRIL))
    desk.act(lambda s: actions.send(s, new))
    assert [(row.name, row.number, row.status, row.payable_pence) for row in desk.see(queries.claims)] == [
        ("Shard End 2020-04", 2, "sent", 701_667), ("Shard End 2020-03", 1, "sent", 155_000)]


def test_months_go_out_once_and_in_order(desk: Any, person: UUID) -> None:
    claim = send_month(desk, MARCH)
    with pytest.raises(Refusal, match="sent already"):
        desk.act(lambda s: actions.send(s, claim))
    with pytest.raises(Refusal, match="sent already"):
        desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=MARCH))
    with pytest.raises(Refusal, match="cannot follow it"):
        desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month="2020-02"))
    with pytest.raises(Refusal, match="has not begun"):
        desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month="2020-06"))


def test_only_a_lead_drafts_sends_and_marks_as_paid(desk: Any, person: UUID) -> None:
    with pytest.raises(Refusal, match="Only a lead can draft a claim, and you are here as a coach"):
        desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=MARCH), who=desk.coach)
    claim = desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=MARCH))
    with pytest.raises(Refusal, match="Only a lead"):
        desk.act(lambda s: actions.send(s, claim), who=desk.coach)
    desk.act(lambda s: actions.send(s, claim))
    with pytest.raises(Refusal, match="Only a lead can mark"):
        desk.act(lambda s: actions.mark_paid(s, claim, amount=1), who=desk.coach)


def test_payment_is_written_down_once_after_sending(desk: Any, person: UUID) -> None:
    claim = desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=MARCH))
    with pytest.raises(Refusal, match="has not been sent"):
        desk.act(lambda s: actions.mark_paid(s, claim, amount=155_000))
    desk.act(lambda s: actions.send(s, claim))
    with pytest.raises(Refusal, match="cannot be right"):
        desk.act(lambda s: actions.mark_paid(s, claim, amount=155_000, on=date(2020, 4, 1)))
    desk.act(lambda s: actions.mark_paid(s, claim, amount=155_000))
    with pytest.raises(Refusal, match="already: £1,550.00"):
        desk.act(lambda s: actions.mark_paid(s, claim, amount=155_000))


def test_frozen_lines_hold_no_name_postcode_or_employer_and_the_log_replays(desk: Any, person: UUID) -> None:
    send_month(desk, MARCH)
    send_month(desk, APRIL)
    desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=MAY))
    desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=MAY))
    with desk.store.read() as session:
        connection = session.connection()
        heads = connection.exec_driver_sql("select head from op where entity like 'claim%'").scalars().all()
        assert heads and not any(word in head for head in heads for word in ("Zoë", "Kowalska", "B34", "Brook"))
        assert replay.digest(replay.live(connection)) == replay.digest(replay.replayed(connection).records())
    assert len(desk.see(queries.lines)) == 3 + 1 + 1


@pytest.mark.parametrize("seed", range(6))
def test_random_months_of_work_corrections_and_removals_balance_to_the_penny(desk: Any, seed: int) -> None:
    chance = Random(seed)
    people = [desk.act(lambda s, n=n: enrol(s, desk.shard_end, name=f"Person {n}")) for n in range(4)]
    deeds: list[UUID] = []
    jobs: list[UUID] = []
    claims = []
    for month in range(10, 17):                                  # November 2019 to May 2020
        year, number = 2019 + month // 12, month % 12 + 1
        desk.store.clock = FixedDay(date(year, number, 28))
        for _ in range(chance.randint(1, 7)):
            _something_happens(desk, chance, people, deeds, jobs, date(year, number, chance.randint(1, 28)))
        if chance.random() < 0.85:
            claims.append(send_month(desk, f"{year}-{number:02d}"))
    taken: dict[str, int] = {}
    for row in desk.see(queries.lines):
        taken[row.claimable] = taken.get(row.claimable, 0) + row.amount_pence * (row.milestone != "top_up")
    left = {line["claimable"]: line["amount_pence"] for line in shown(desk, "2020-06")["lines"]}
    worth = desk.see(lambda s: rules.values(queries.terms(s), queries.people(s), queries.deeds(s), date(2020, 6, 30)))[0]
    assert {id: taken.get(id, 0) + left.get(id, 0) for id in taken.keys() | left.keys() if taken.get(id, 0) + left.get(id, 0)} == {
        value.claimable: value.amount_pence for value in worth}
    for claim in claims:
        again = desk.see(lambda s, claim=claim: queries.rerun(s, claim))
        assert (again.differences, again.now_pence) == ((), again.sent_pence)


def _something_happens(desk: Any, chance: Random, people: list[UUID], deeds: list[UUID], jobs: list[UUID], on: date) -> None:
    """Help, a job, a correction of day or meaning, a removal, or a verdict that turns."""
    what, person = chance.random(), chance.choice(people)
    if what < 0.55 or not deeds:
        late = on.replace(day=1) if chance.random() < 0.5 else date(2019, 11, 3)
        deeds.append(desk.act(helped(person, late, is_meaningful=chance.random() < 0.8, why="the coach's word")))
    elif what < 0.65:
        jobs.append(desk.act(hired(person, on)))
    elif what < 0.75:
        desk.act(lambda s: activity.change_intervention(s, chance.choice(deeds), is_meaningful=chance.random() < 0.5, why="looked again",
                                                        changed_why="looked again"))
    elif what < 0.85:
        desk.act(lambda s: activity.change_intervention(s, chance.choice(deeds), happened_on=on, changed_why="another day"))
    elif what < 0.92:
        desk.act(lambda s: activity.remove_intervention(s, deeds.pop(chance.randrange(len(deeds))), why="entered twice"))
    elif jobs:
        desk.act(lambda s: activity.remove_job(s, jobs.pop(), why="never began"))
    else:
        desk.act(lambda s: judge(s, person, desk.shard_end, chance.choice(["not eligible", "eligible by connection"])))


def test_somebody_who_moves_to_another_lot_is_neither_reversed_nor_claimed_twice(desk: Any, person: UUID) -> None:
    send_month(desk, MARCH)

    def move(session: Session) -> None:
        found = session.get(Participant, person)
        assert found is not None
        found.lot_id = desk.camp_hill

    desk.act(move)
    assert shown(desk, APRIL)["lines"] == []
    assert shown(desk, APRIL, desk.camp_hill)["lines"] == []
    desk.act(hired(person, date(2020, 5, 4)))
    assert [line["milestone"] for line in shown(desk, MAY, desk.camp_hill)["lines"]] == ["job"]
    assert shown(desk, MAY)["lines"] == []


def test_every_door_can_be_described_and_listed(desk: Any) -> None:
    for door in actions.DOORS:
        for action in (door.add, *door.verbs.values()):
            if action is not None:
                fields_of(action)
        assert desk.see(lambda s, door=door: door.rows(s, lot=desk.shard_end, limit=5)) == []
    assert [field.type for field in fields_of(actions.draft)] == ["id", "text"]
