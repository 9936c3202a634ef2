"""The life of a referral: every legal and illegal move, and what is said about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.referral import rules

DAY = date(2020, 5, 12)
NOON = datetime(2020, 5, 12, 12, tzinfo=UTC)


def moves(*states: str) -> list[rules.Move]:
    return [rules.Move(state, DAY + timedelta(days=n), NOON + timedelta(days=n), f"{n:03d}") for n, state in enumerate(states)]


def test_sent_accepted_completed_is_a_life() -> None:
    folded = rules.fold(moves("sent", "accepted", "completed"))
    assert (folded.state, folded.since, folded.replied_on, folded.illegal) == ("completed", date(2020, 5, 14), date(2020, 5, 13), ())


@pytest.mark.parametrize("state", rules.STATES)
@pytest.mark.parametrize("wanted", rules.STATES)
def test_every_move_is_possible_or_refused_with_a_sentence(state: str, wanted: str) -> None:
    if wanted in rules.MOVES[state]:
        rules.check_move(state, wanted)
        return
    with pytest.raises(Refusal) as said:
        rules.check_move(state, wanted)
    assert state in said.value.sentence and said.value.next_step


def test_a_move_that_cannot_follow_is_listed_and_not_dropped() -> None:
    folded = rules.fold(moves("sent", "declined", "accepted", "completed"))
    assert folded.state == "declined"
    assert [why for _, why in folded.illegal] == ["“accepted” on 14 May 2020 could not follow “declined”",
                                                  "“completed” on 15 May 2020 could not follow “declined”"]


@given(st.lists(st.sampled_from([*rules.STATES, "parked"]), max_size=8), st.randoms())
def test_the_order_of_arrival_is_irrelevant_and_no_move_is_lost(states: list[str], chance: object) -> None:
    every = moves(*states)
    shuffled = list(every)
    chance.shuffle(shuffled)                        # type: ignore[attr-defined]
    folded = rules.fold(every)
    assert rules.fold(shuffled) == folded
    legal = [move for move in every if move not in [bad for bad, _ in folded.illegal]]
    assert len(legal) + len(folded.illegal) == len(every)
    assert rules.fold(legal).state == folded.state and rules.fold(legal).illegal == ()


def test_consent_gates_sending_and_says_how_to_record_it() -> None:
    rules.check_consent("given")
    for answer in (None, "refused", "withdrawn"):
        with pytest.raises(Refusal, match="referral to partners"):
            rules.check_consent(answer)


def test_own_provision_needs_a_reason_and_others_keep_none() -> None:
    with pytest.raises(Refusal, match="keeps the person in-house"):
        rules.check_own_provision(True, "Skills House", " ")
    assert rules.check_own_provision(True, "Skills House", " only ESOL here ") == "only ESOL here"
    assert rules.check_own_provision(False, "Library", "whatever") is None


def test_silence_is_no_reply_and_never_declined() -> None:
    sent = rules.fold(moves("sent"))
    assert rules.state_text("out", sent, DAY, DAY) == "sent"
    assert rules.state_text("out", sent, DAY, DAY + timedelta(days=1)) == "no reply"
    assert rules.state_text("in", sent, DAY, DAY) == "received"
    assert rules.state_text("in", sent, DAY, DAY + timedelta(days=1)) == "waits for our reply"


def test_answers_are_said_with_who_and_whether_it_helped() -> None:
    answer = rules.Move("declined", DAY, NOON + timedelta(hours=1), "1", said_by="client", reason="moved away")
    declined = rules.fold([*moves("sent"), answer])
    assert rules.state_text("out", declined, DAY, DAY) == "declined by the client"
    done = rules.fold([*moves("sent", "accepted"), rules.Move("completed", DAY, NOON + timedelta(days=3), "9", was_helped=False)])
    assert rules.state_text("out", done, DAY, DAY) == "completed: not helped"


def test_days_of_waiting_end_with_the_answer() -> None:
    assert rules.days_waiting("sent", DAY, DAY + timedelta(days=9)) == 9
    assert rules.days_waiting("accepted", DAY, DAY + timedelta(days=9)) is None
    assert rules.reply_due(DAY, 14) == date(2020, 5, 26)
