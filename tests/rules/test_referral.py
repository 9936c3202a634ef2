"""The life of a referral: every legal and illegal move, and what is said about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.referral import rules
from coachdesk.referral.rules.codes import SIGNS

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


@pytest.mark.parametrize(("state", "wanted", "says"), [
    ("sent", "sent", "is sent, so it cannot be sent again"), ("parked", "parked", "is parked, so it cannot be parked again"),
    ("accepted", "sent", "is accepted, so it cannot be sent again"), ("draft", "completed", "is a draft, so it cannot be completed yet"),
    ("sent", "handed back", "is sent, so it cannot be handed back yet"), ("parked", "seen", "so it cannot be seen any more"),
    ("accepted", "declined", "so it cannot be declined any more"), ("completed", "completed", "is its end; it cannot be completed again"),
    ("declined", "accepted", "is its end; it cannot be accepted any more"), ("draft", "reopened", "is a draft: it is open"),
])
def test_a_refused_move_says_whether_it_was_made_already_comes_later_or_never(state: str, wanted: str, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        rules.check_move(state, wanted)


@pytest.mark.parametrize("state", [each for each in rules.STATES if each not in ("accepted", "parked", "ready to return")])
def test_coming_home_refused_speaks_of_coming_home(state: str) -> None:
    with pytest.raises(Refusal) as said:
        rules.check_home("out", state)
    assert "come home" in said.value.sentence and "cannot be completed" not in said.value.sentence


def test_a_move_that_cannot_follow_is_listed_and_not_dropped() -> None:
    folded = rules.fold(moves("sent", "declined", "accepted", "completed"))
    assert folded.state == "declined"
    assert [why for _, why in folded.illegal] == ["“accepted” on 14 May 2020 could not follow “declined”",
                                                  "“completed” on 15 May 2020 could not follow “declined”"]


@given(st.lists(st.sampled_from([*rules.STATES, "lost"]), max_size=10), st.randoms())
def test_the_order_of_arrival_is_irrelevant_and_no_move_is_lost(states: list[str], chance: object) -> None:
    every = moves(*states)
    shuffled = list(every)
    chance.shuffle(shuffled)                        # type: ignore[attr-defined]
    folded = rules.fold(every)
    assert rules.fold(shuffled) == folded
    legal = [move for move in every if move not in [bad for bad, _ in folded.illegal]]
    assert len(legal) + len(folded.illegal) == len(every)
    if not any(bad.status in ("accepted", "declined") for bad, _ in folded.illegal):       # no answer was disputed on the way
        assert rules.fold(legal).state == folded.state and rules.fold(legal).illegal == ()


def test_two_answers_that_did_not_know_of_each_other_are_a_dispute_until_somebody_decides() -> None:
    folded = rules.fold(moves("sent", "accepted", "declined"))
    assert folded.state == "accepted" and folded.dispute is not None and folded.dispute.status == "declined"
    assert rules.state_text("out", folded, DAY, DAY) == "disputed: accepted and declined"
    assert rules.may_move("accepted", "declined", is_disputed=True) and not rules.may_move("accepted", "declined")
    for decision in ("accepted", "declined"):
        decided = rules.fold(moves("sent", "accepted", "declined", decision))
        assert (decided.state, decided.dispute) == (decision, None)
    assert rules.fold(moves("sent", "accepted", "declined", "completed")).dispute is None, "whoever completes it has decided"


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


@pytest.mark.parametrize("life", [
    ("draft", "sent", "seen", "accepted", "completed"),
    ("sent", "parked", "accepted", "completed"),
    ("sent", "accepted", "parked", "handed back", "reopened", "accepted", "completed"),
    ("sent", "declined", "reopened", "seen", "declined"),
    ("draft", "withdrawn", "reopened", "accepted"),
    ("sent", "accepted", "handed back"),
    ("sent", "parked", "completed"),
])
def test_lives_that_happen(life: tuple[str, ...]) -> None:
    folded = rules.fold(moves(*life))
    assert (folded.state, folded.illegal) == (life[-1], ())
    assert folded.was_accepted == ("accepted" in life)


@pytest.mark.parametrize("end", ["declined", "completed", "withdrawn", "handed back"])
def test_what_ended_can_only_be_opened_again(end: str) -> None:
    assert rules.MOVES[end] == ("reopened",)
    with pytest.raises(Refusal, match=f"is {end}, which is its end"):
        rules.check_move(end, "accepted")
    with pytest.raises(Refusal, match="it is open"):
        rules.check_move("accepted", "reopened")


def test_opened_again_it_waits_anew_for_as_long_as_at_first() -> None:
    folded = rules.fold(moves("sent", "declined", "reopened"))
    assert (folded.asked_on, folded.replied_on) == (DAY + timedelta(days=2), None)
    due = rules.due_on(DAY, DAY + timedelta(days=14), folded)
    assert due == DAY + timedelta(days=16)
    assert rules.days_waiting(folded.state, folded.asked_on or DAY, DAY + timedelta(days=5)) == 3
    assert rules.state_text("out", folded, due, due + timedelta(days=1)) == "no reply"


def test_parked_says_until_what_and_when_to_look_again() -> None:
    until = rules.Move("parked", DAY, NOON + timedelta(days=1), "1", condition="money plan agreed", review_on=DAY + timedelta(days=30))
    folded = rules.fold([*moves("sent"), until])
    assert rules.state_text("out", folded, DAY, DAY) == "parked until money plan agreed"
    assert rules.state_text("out", folded, DAY, DAY + timedelta(days=30)) == "parked until money plan agreed: look again"
    gone_on = rules.fold([*moves("sent"), until, rules.Move("accepted", DAY, NOON + timedelta(days=9), "2")])
    assert (gone_on.condition, gone_on.review_on) == (None, None)


def test_nobody_is_parked_without_an_end() -> None:
    with pytest.raises(Refusal, match="without an end"):
        rules.check_parking("  ", None, DAY)
    with pytest.raises(Refusal, match="is not after"):
        rules.check_parking(None, DAY, DAY)
    assert rules.check_parking(" money plan  agreed ", None, DAY) == "money plan agreed"


numbers = st.lists(st.integers(0, 31), min_size=5, max_size=5)


@given(numbers)
def test_a_code_is_read_in_any_case_with_or_without_its_dashes(drawn: list[int]) -> None:
    code = rules.reply_code(drawn)
    plain = code.replace("-", "")
    for typed in (code, code.lower(), plain, plain[1:], f" {code[2:]} ", plain.replace("0", "O").replace("1", "l")):
        assert rules.code_of(typed) == code


@given(numbers, st.integers(0, 5), st.integers(1, 31))
def test_every_single_wrong_sign_is_found(drawn: list[int], place: int, by: int) -> None:
    signs = list(rules.reply_code(drawn).replace("-", "")[1:])
    signs[place] = SIGNS[(SIGNS.index(signs[place]) + by) % 32]
    with pytest.raises(Refusal, match="a sign is wrong or two are swapped"):
        rules.code_of("".join(signs))


@given(numbers, st.integers(0, 4), st.integers(1, 5))
def test_every_swap_of_two_signs_is_found(drawn: list[int], one: int, further: int) -> None:
    signs = list(rules.reply_code(drawn).replace("-", "")[1:])
    other = min(one + further, 5)
    if signs[one] == signs[other]:
        return
    signs[one], signs[other] = signs[other], signs[one]
    with pytest.raises(Refusal, match="wrong or two are swapped"):
        rules.code_of("".join(signs))


@pytest.mark.parametrize("typed", ["", "R", "R-7K3", "R-7K3-Q9D-0", "R-7U3-Q9D", "hello there", "７K3Q9D"])
def test_what_is_no_code_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(Refusal):
        rules.code_of(typed)


def test_answers_are_known_by_words_and_by_letters() -> None:
    assert rules.answer_of(" Accepted ") == rules.answer_of("a") == "accepted"
    assert len(rules.LETTERS) == len(rules.ANSWERS)
    with pytest.raises(Refusal, match="not one of the answers"):
        rules.answer_of("maybe")


def test_ways_of_telling_are_known_by_everyday_words() -> None:
    assert [rules.told_by_of(each) for each in ("phone", "Paper", "email", "in person", "", None)] == [
        "telephone", "paper", "e-mail", "in person", None, None]
    with pytest.raises(Refusal, match="is not a way"):
        rules.told_by_of("pigeon")
