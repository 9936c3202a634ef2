"""What councils were asked for and gave; lots are compared only where it is fair, and never asked is not refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.partner import actions, queries
from coachdesk.partner.rules.council import ASK_STATES, LEAST_COMPARED, count_asks, lot_words, share_words
from tests.rooms.conftest import TODAY, RoomDesk


def ask(desk: RoomDesk, lot: str = "Shard End", kind: str = "venue", what: str = "The hall on Tuesdays", **more: Any) -> UUID:
    return desk.act(lambda s: actions.ask_council(s, lot=desk.lots[lot], kind=kind, what=what, **more))


def answer(desk: RoomDesk, id: UUID, word: str, **more: Any) -> None:
    desk.act(lambda s: actions.answer_ask(s, id, answer=word, **more))


def lots(desk: RoomDesk) -> dict[str, queries.LotSupport]:
    return {row.lot: row for row in desk.see(queries.council_support)}


def test_what_was_asked_stands_with_its_answer_and_how_long_it_took(desk: RoomDesk) -> None:
    made = ask(desk, asked_on=TODAY - timedelta(days=12))
    (row,) = desk.see(queries.council_asks)
    assert (row.council, row.answer, row.days, row.asked_by) == ("Birmingham", "waiting", 12, "Olive Owner")
    answer(desk, made, "partly", answered_on=TODAY - timedelta(days=5), answer_note="mornings only", value_hours=40)
    (row,) = desk.see(queries.council_asks)
    assert (row.answer, row.days, row.answer_note, row.value_hours) == ("partly given", 7, "mornings only", 40)


def test_information_on_people_is_refused_without_its_lawful_basis(desk: RoomDesk) -> None:
    with pytest.raises(Refusal, match="may not be asked for without its lawful basis"):
        ask(desk, kind="information", what="Tenants who are out of work")
    with pytest.raises(Refusal, match="not a lawful basis"):
        ask(desk, kind="information", what="Tenants who are out of work", lawful_basis="because we asked")
    made = ask(desk, kind="information", what="Tenants who are out of work", lawful_basis="public task")
    (row,) = desk.see(queries.council_asks)
    assert row.lawful_basis == "public task"
    with pytest.raises(Refusal, match="lawful basis"):
        desk.act(lambda s: actions.change_ask(s, made, lawful_basis=""))


@pytest.mark.parametrize(("word", "more", "said"), [
    ("declined", {"value_pence": 100}, "nothing was given"),
    ("given", {"answered_on": date(2020, 5, 1)}, "before that"),
    ("given", {"answered_on": date(2020, 6, 1)}, "still to come"),
    ("perhaps", {}, "not what came of it"),
    ("given", {"value_hours": -1}, "cannot be"),
])
def test_an_answer_that_cannot_be_is_refused(desk: RoomDesk, word: str, more: dict[str, Any], said: str) -> None:
    made = ask(desk, asked_on=date(2020, 5, 4))
    with pytest.raises(Refusal, match=said):
        answer(desk, made, word, **more)
    assert desk.see(queries.council_asks)[0].answer == "waiting"


def test_a_council_is_a_council_and_nothing_is_asked_tomorrow(desk: RoomDesk) -> None:
    library = desk.act(lambda s: actions.add_partner(s, name="Library", kind="library"))
    council = desk.act(lambda s: actions.add_partner(s, name="Birmingham City Council", kind="council"))
    with pytest.raises(Refusal, match="not as a council"):
        ask(desk, partner=library)
    with pytest.raises(Refusal, match="still to come"):
        ask(desk, asked_on=TODAY + timedelta(days=1))
    ask(desk, partner=council)
    assert desk.see(queries.council_asks)[0].council == "Birmingham City Council"


def test_a_lot_that_never_asked_is_told_apart_from_one_that_was_refused(desk: RoomDesk) -> None:
    for _ in range(LEAST_COMPARED):
        answer(desk, ask(desk), "declined")
    found = lots(desk)
    assert (found["Shard End"].share, found["Shard End"].says) == ("0 % of 5", "5 asked for and nothing given: 5 declined.")
    assert found["Camp Hill"].share == "never asked"
    assert "nothing can be said about the council" in found["Camp Hill"].says


def test_a_share_is_told_with_its_number_and_never_of_too_few(desk: RoomDesk) -> None:
    for word in ("given", "given", "given", "partly"):
        answer(desk, ask(desk), word)
    ask(desk, kind="publicity")
    assert lots(desk)["Shard End"].share == "too few to compare (4 answered)", "what waits is no answer"
    answer(desk, ask(desk, kind="brokering"), "no answer")
    found = lots(desk)["Shard End"]
    assert found.share == "60 % of 5, and 1 partly"
    assert [(kind, count.asked) for kind, count in found.by_kind] == [("brokering", 1), ("publicity", 1), ("venue", 4)]


@given(st.lists(st.sampled_from(ASK_STATES), max_size=12))
def test_no_share_rests_on_fewer_than_the_least_and_every_count_adds_up(answers: list[str]) -> None:
    count = count_asks(answers)
    assert count.asked == count.given + count.partly + count.declined + count.no_answer + count.waiting == len(answers)
    words = share_words(count)
    assert ("%" in words) == (count.settled >= LEAST_COMPARED)
    assert (words == "never asked") == (not answers)
    assert lot_words(count)
