"""Scales in a template, and the distance between two readings: every wrong field is named with its line, and low may be the better end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.activity.rules import BETTER, SAME, WORSE, Travelled, read_answers, travelled
from coachdesk.errors import Refusal
from coachdesk.programme.rules import BUNDLED, Question, read_programme
from coachdesk.settings import resources

TEMPLATE = (resources() / "programmes" / "connecting-communities.toml").read_text(encoding="utf-8")
ONS4 = '[[scales]]\ncode = "ons4"\nagain_after_days = 91\nfrom = 2018-10-01\n'
OWN = '''[[scales]]
code = "steps"
title = "Steps toward work"
low = 1
high = 5
again_after_days = 60
from = 2018-10-01
questions = [
  { code = "ready", text = "How ready for work do you feel?", low_words = "not at all", high_words = "very" },
  { code = "worry", text = "How much do you worry about money?", falls = true },
]
'''
QUESTIONS = BUNDLED["ons4"][4]


def test_a_scale_of_the_contracts_own_is_read_with_its_questions() -> None:
    (scale,) = read_programme(TEMPLATE.replace(ONS4, OWN), "own.toml").scales
    assert (scale.code, scale.low, scale.high, scale.again_after_days) == ("steps", 1, 5, 60)
    assert [(each.code, each.falls) for each in scale.questions] == [("ready", False), ("worry", True)]


@pytest.mark.parametrize(("before", "after", "said"), [
    ("again_after_days = 60", "again_after_days = 0", "“again_after_days”: a whole number from 1 to"),
    ("high = 5", "high = 1", "“high”: a whole number from 2 to"),
    ('code = "worry"', 'code = "ready"', "there are two questions called ready"),
    ('title = "Steps toward work"\n', "", "“title”: this is missing"),
    ("low = 1", "low = 1\nlowest = 0", "“lowest”: this field is not known"),
])
def test_a_wrong_scale_names_line_and_field(before: str, after: str, said: str) -> None:
    with pytest.raises(Refusal, match="own.toml, line [0-9]+: scales 1") as refused:
        read_programme(TEMPLATE.replace(ONS4, OWN.replace(before, after)), "own.toml")
    assert said in refused.value.sentence


def test_a_contract_asks_by_one_scale_at_a_time() -> None:
    with pytest.raises(Refusal, match="the scale ons4 is still asked on some of these days"):
        read_programme(TEMPLATE.replace(ONS4, ONS4 + OWN), "own.toml")


@given(st.integers(0, 10), st.integers(0, 10))
def test_the_other_way_round_is_the_other_word_and_a_falling_scale_turns_it(first: int, latest: int) -> None:
    turned = {BETTER: WORSE, WORSE: BETTER, SAME: SAME}
    rising, falling = Question("a", "?"), Question("a", "?", falls=True)
    word = Travelled(rising, first, latest).word
    assert Travelled(rising, latest, first).word == turned[word]
    assert Travelled(falling, first, latest).word == turned[word]


@given(st.dictionaries(st.sampled_from([each.code for each in QUESTIONS]), st.integers(0, 10), min_size=1))
def test_answers_that_were_typed_are_read_back_as_they_were(answers: dict[str, int]) -> None:
    assert read_answers([f" {code} = {number} " for code, number in answers.items()], QUESTIONS, 0, 10) == answers


def test_without_a_second_reading_nothing_is_compared() -> None:
    assert {each.word for each in travelled(QUESTIONS, {"happy": 3}, None)} == {""}
