"""A referral's whole life in a real encrypted store: drafts, parking, handing back, opening again, and answers by code."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from coachdesk.documents import reports
from coachdesk.errors import Refusal
from coachdesk.referral import actions, queries, rules
from coachdesk.store import replay
from tests.rooms.people import enrol
from tests.rooms.test_referral import add_partner, agree

MAY_4, MAY_12 = date(2020, 5, 4), date(2020, 5, 12)


@pytest.fixture
def person(desk: Any) -> UUID:
    made: UUID = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(lambda s: agree(s, made, "given", date(2020, 5, 1)))
    return made


@pytest.fixture
def money(desk: Any) -> UUID:
    return add_partner(desk, "Shard End Money Advice")


def row_of(desk: Any, id: UUID) -> queries.ReferralRow:
    (row,) = [row for row in desk.see(queries.referrals) if row.id == id]
    return row


@pytest.fixture
def sent(desk: Any, person: UUID, money: UUID) -> UUID:
    made: UUID = desk.act(lambda s: actions.send_referral(s, participant=person, partner=money, need="debts with three lenders",
                                                          made_on=MAY_4, return_condition="money plan agreed"))
    return made


def test_a_draft_waits_for_nobody_and_is_sent_when_consent_is_there(desk: Any, money: UUID) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    made = desk.act(lambda s: actions.draft_referral(s, participant=person, partner=money, need="debts"))
    assert [row.id for row in desk.see(queries.drafts)] == [made]
    assert desk.see(queries.awaiting_reply) == []
    assert desk.see(queries.traffic)[0].given == 0
    with pytest.raises(Refusal, match="has not been asked"):
        desk.act(lambda s: actions.send(s, made))
    assert row_of(desk, made).reply_code is None
    desk.act(lambda s: agree(s, person, "given", date(2020, 5, 12)))
    desk.act(lambda s: actions.send(s, made))
    row = row_of(desk, made)
    assert (row.state, row.days_waiting, row.reply_due_on) == ("sent", 0, date(2020, 5, 26))
    assert rules.code_of(row.reply_code or "") == row.reply_code
    with pytest.raises(Refusal, match="is sent, so it cannot be sent again"):
        desk.act(lambda s: actions.send(s, made))


def test_seen_still_waits_and_the_reply_clock_goes_on(desk: Any, sent: UUID) -> None:
    desk.act(lambda s: actions.seen(s, sent, on=date(2020, 5, 6), told_by="phone"))
    row = row_of(desk, sent)
    assert (row.state, row.days_waiting, row.reply_due_on, row.replied_on) == ("seen", 8, date(2020, 5, 18), None)
    assert [each.id for each in desk.see(queries.awaiting_reply)] == [sent]


def test_parked_until_the_condition_agreed_at_sending_and_home_again(desk: Any, sent: UUID) -> None:
    desk.act(lambda s: actions.park(s, sent, review_on=date(2020, 6, 30), on=date(2020, 5, 8), told_by="telephone"))
    row = row_of(desk, sent)
    assert (row.state, row.condition, row.review_on) == ("parked", "money plan agreed", date(2020, 6, 30))
    assert row.says == "parked until money plan agreed"
    assert desk.see(queries.awaiting_reply) == []
    assert desk.see(lambda s: queries.due(s, coach=None, until=date(2020, 6, 29))) == []
    (due,) = desk.see(lambda s: queries.due(s, coach=None, until=date(2020, 6, 30)))
    assert due.what == "Look again: parked at Shard End Money Advice until money plan agreed"
    desk.act(lambda s: actions.complete(s, sent, was_helped=True, reason="plan agreed with all three"))
    assert row_of(desk, sent).says == "completed: helped"
    assert desk.see(lambda s: queries.due(s, coach=None, until=date(2020, 12, 1))) == []


def test_handed_back_is_no_failure_and_can_be_opened_again(desk: Any, sent: UUID) -> None:
    with pytest.raises(Refusal, match="cannot be handed back yet"):
        desk.act(lambda s: actions.hand_back(s, sent, reason="too many debts for us"))
    desk.act(lambda s: actions.accept(s, sent, on=date(2020, 5, 6)))
    desk.act(lambda s: actions.hand_back(s, sent, reason="needs a specialist", on=date(2020, 5, 8)))
    assert row_of(desk, sent).state == "handed back"
    with pytest.raises(Refusal, match="A note on why it goes on is needed"):
        desk.act(lambda s: actions.reopen(s, sent, reason=" "))
    desk.act(lambda s: actions.reopen(s, sent, reason="their specialist is back", on=date(2020, 5, 10)))
    row = row_of(desk, sent)
    assert (row.state, row.days_waiting, row.reply_due_on, row.was_accepted) == ("reopened", 2, date(2020, 5, 24), True)
    assert [step.status for step in desk.see(lambda s: queries.steps(s, referral=sent))] == [
        "reopened", "handed back", "accepted", "sent"]


def test_the_code_and_an_answer_are_all_it_takes_and_who_said_it_stays_to_be_seen(desk: Any, sent: UUID) -> None:
    code = row_of(desk, sent).reply_code or ""
    desk.act(lambda s: actions.reply(s, code=code.lower().replace("-", " "), answer="A", told_by="phone"))
    (row,) = desk.see(queries.replies)
    assert (row.code, row.answer, row.told_by, row.entered_by, row.partner) == (
        code, "accepted", "telephone", "Olive Owner", "Shard End Money Advice")
    step = desk.see(lambda s: queries.steps(s, referral=sent))[0]
    assert (step.status, step.told_by, step.entered_by) == ("accepted", "telephone", "Olive Owner")


def test_one_wrong_sign_finds_nobody_elses_referral(desk: Any, sent: UUID) -> None:
    code = row_of(desk, sent).reply_code or ""
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(Refusal, match="a sign is wrong or two are swapped"):
        desk.act(lambda s: actions.reply(s, code=wrong, answer="accepted"))
    with pytest.raises(Refusal, match="No referral on this desk has the code"):
        desk.act(lambda s: actions.reply(s, code=rules.reply_code([1, 2, 3, 4, 5]), answer="accepted"))
    assert row_of(desk, sent).state == "sent"


def test_an_answer_by_code_that_needs_words_asks_for_them(desk: Any, sent: UUID) -> None:
    code = row_of(desk, sent).reply_code or ""
    with pytest.raises(Refusal, match="The reason is needed"):
        desk.act(lambda s: actions.reply(s, code=code, answer="no place"))
    desk.act(lambda s: actions.reply(s, code=code, answer="parked", told_by="paper"))      # the condition was agreed when it was sent
    assert row_of(desk, sent).condition == "money plan agreed"
    with pytest.raises(Refusal, match="is parked, so it cannot be seen any more"):
        desk.act(lambda s: actions.reply(s, code=code, answer="seen"))


def test_what_comes_in_has_the_same_life(desk: Any, money: UUID) -> None:
    made = desk.act(lambda s: actions.receive_referral(s, partner=money, person_name="Amir Khan", need="work", lot=desk.shard_end))
    desk.act(lambda s: actions.seen(s, made))
    desk.act(lambda s: actions.accept(s, made))
    desk.act(lambda s: actions.park(s, made, condition="childcare found"))
    desk.act(lambda s: actions.accept(s, made))
    desk.act(lambda s: actions.hand_back(s, made, reason="moved away"))
    assert row_of(desk, made).state == "handed back"


def test_every_move_through_the_store_is_legal_or_refused_with_nothing_written(desk: Any, person: UUID, money: UUID) -> None:
    acts: dict[str, Any] = {
        rules.SENT: actions.send,
        rules.SEEN: actions.seen,
        rules.ACCEPTED: actions.accept,
        rules.DECLINED: lambda s, id: actions.decline(s, id, said_by="client", reason="no"),
        rules.PARKED: lambda s, id: actions.park(s, id, condition="plan"),
        rules.READY: lambda s, id: actions.ready(s, id, condition="plan agreed"),
        rules.HANDED_BACK: lambda s, id: actions.hand_back(s, id, reason="no"),
        rules.COMPLETED: lambda s, id: actions.complete(s, id, was_helped=True),
        rules.WITHDRAWN: lambda s, id: actions.withdraw(s, id, reason="no"),
        rules.REOPENED: lambda s, id: actions.reopen(s, id, reason="goes on"),
    }
    roads: dict[str, tuple[str, ...]] = {"draft": ()}
    while len(roads) < len(rules.STATES):
        for state, road in list(roads.items()):
            for after in rules.MOVES[state]:
                roads.setdefault(after, (*road, after))
    for state, road in roads.items():
        for wanted, act in acts.items():
            made: UUID = desk.act(lambda s: actions.draft_referral(s, participant=person, partner=money, need="debts"))
            for step in road:
                desk.act(partial(acts[step], id=made))
            if wanted in rules.MOVES[state]:
                desk.act(partial(act, id=made))
                assert row_of(desk, made).state == wanted
            else:
                with pytest.raises(Refusal) as said:
                    desk.act(partial(act, id=made))
                assert said.value.sentence and said.value.next_step, f"{wanted} from {state} says what to do next"
                assert row_of(desk, made).state == state


def test_a_whole_life_replays_to_the_same_digest(desk: Any, sent: UUID) -> None:
    code = row_of(desk, sent).reply_code or ""
    for answer, more in (("seen", {}), ("accepted", {}), ("parked", {"review_on": date(2020, 6, 1)}), ("handed back", {"reason": "full"})):
        desk.act(lambda s, answer=answer, more=more: actions.reply(s, code=code, answer=answer, **more))
    with desk.store.engine.connect() as connection:
        assert replay.digest(replay.live(connection)) == replay.digest(replay.replayed(connection).records())


def test_the_sheet_is_printed_for_what_was_sent_and_for_nothing_else(
    desk: Any, person: UUID, money: UUID, sent: UUID, tmp_path: Path
) -> None:
    by = reports.By("Olive Owner", False)
    with desk.store.read() as session:
        paper = reports.write(session, "referral-sheet", tmp_path / "sheet.pdf", by, chosen=sent)
    assert paper.pages == 1 and (tmp_path / "sheet.pdf").stat().st_size > 5000
    draft = desk.act(lambda s: actions.draft_referral(s, participant=person, partner=money, need="debts"))
    came = desk.act(lambda s: actions.receive_referral(s, partner=money, person_name="Amir Khan", need="work", lot=desk.shard_end))
    for wrong, words in ((draft, "is a draft"), (came, "came in"), (None, "of one referral")):
        with desk.store.read() as session, pytest.raises(Refusal, match=words):
            reports.write(session, "referral-sheet", tmp_path / "no.pdf", by, chosen=wrong)
    assert not (tmp_path / "no.pdf").exists()
