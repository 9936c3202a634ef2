"""Trust by stages: the word that counts, since when, and where it came from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.partner.rules.trust import DOWN, FIRST, UP, Word, came_before, direction, stage_of, standing
from coachdesk.programme.rules import USUAL_TRUST, TrustScale

DAY = date(2020, 3, 3)
STAGES = USUAL_TRUST.steps
WORDS = st.lists(st.tuples(st.dates(date(2018, 10, 1), date(2020, 7, 15)), st.sampled_from(STAGES)), min_size=1).map(
    lambda rows: [Word(*row) for row in sorted(rows)])


def test_a_word_said_again_does_not_begin_anew() -> None:
    said = [Word(DAY, STAGES[1]), Word(DAY + timedelta(days=30), STAGES[2]), Word(DAY + timedelta(days=60), STAGES[2])]
    now = standing(said, USUAL_TRUST)
    assert now is not None
    assert str(now) == "listens, up since 2 Apr 2020"


def test_a_first_word_and_a_fall_are_said_in_words() -> None:
    assert str(standing([Word(DAY, "listens")], USUAL_TRUST)) == "listens, since 3 Mar 2020"
    fell = standing([Word(DAY, "sends people to us"), Word(DAY + timedelta(days=1), "too business-like")], USUAL_TRUST)
    assert fell is not None
    assert (fell.direction, str(fell)) == (DOWN, "too business-like, down since 4 Mar 2020")
    assert standing([], USUAL_TRUST) is None


@given(WORDS)
def test_the_last_word_counts_and_its_direction_is_that_of_the_last_change(words: list[Word]) -> None:
    now = standing(words, USUAL_TRUST)
    assert now is not None
    assert now.stage == words[-1].stage
    others = [word.stage for word in words if word.stage != now.stage]
    if not others:
        assert now.direction == FIRST
    else:
        assert now.direction == (UP if USUAL_TRUST.level(now.stage) > USUAL_TRUST.level(others[-1]) else DOWN)


def test_stages_are_typed_by_their_words() -> None:
    assert stage_of("too business like", USUAL_TRUST) == "too business-like"
    assert stage_of("shares", USUAL_TRUST) == "shares the work"
    with pytest.raises(Refusal, match="a stage of trust"):
        stage_of("loves us", USUAL_TRUST)


def test_what_came_before_is_within_sixty_days() -> None:
    assert came_before(DAY, DAY) and came_before(DAY - timedelta(days=60), DAY)
    assert not came_before(DAY - timedelta(days=61), DAY) and not came_before(DAY + timedelta(days=1), DAY)


def test_no_stage_is_both_warm_and_cold() -> None:
    assert [USUAL_TRUST.is_cold(stage) for stage in STAGES] == [True, True, False, False, False, False]
    assert [USUAL_TRUST.is_warm(stage) for stage in STAGES] == [False, False, False, True, True, True]
    assert not USUAL_TRUST.is_warm(None) and not USUAL_TRUST.is_cold(None)


def test_a_programme_may_have_steps_of_its_own_and_old_words_are_neither_warm_nor_cold_on_them() -> None:
    own = TrustScale(("strangers", "on speaking terms", "friends"), "strangers", "friends")
    assert stage_of("friends", own) == "friends"
    with pytest.raises(Refusal, match="a stage of trust"):
        stage_of("business like", own)
    assert not own.is_cold("too business-like") and not own.is_warm("shares the work") and own.level("listens") == 0
    assert direction("listens", "friends", own) == "in other words" and direction("strangers", "friends", own) == UP
    now = standing([Word(DAY, "listens"), Word(DAY + timedelta(days=30), "friends")], own)
    assert str(now) == "friends, since 2 Apr 2020"
