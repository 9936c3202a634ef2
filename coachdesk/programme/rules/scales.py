"""Scales by which a contract asks how far somebody has come: questions with whole numbers for answers, and when to ask again.

A template chooses one by `[[scales]]`: code, again_after_days, from, to? for a scale that comes with the desk; for the contract's own also
title, low, high and questions (code, text, low_words?, high_words?, falls?). Only scales that are free to use come with the desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from coachdesk.programme.rules.shapes import overlap
from coachdesk.programme.rules.source import Table

MOST_QUESTIONS, MOST_DAYS, MOST_ANSWER = 40, 1_000, 1_000
_CODE = r"[a-z][a-z0-9_-]{0,30}"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. low_words and high_words stand at the two ends; falls: a lower answer is the better one."""

    code: str
    text: str
    low_words: str = ""
    high_words: str = ""
    falls: bool = False


@dataclass(frozen=True, slots=True)
class ScalePlan:
    """A scale, the days on which it is asked, and after how many days it is asked again."""

    code: str
    title: str
    low: int
    high: int
    questions: tuple[Question, ...]
    again_after_days: int
    from_: date
    to: date | None = None
    source: str = ""


# Four questions on personal well-being of the Office for National Statistics, under the Open Government Licence v3.0.
_ENDS = ("not at all", "completely")
ONS4 = ("ons4", "How things are going (ONS4)", 0, 10, (
    Question("satisfied", "Overall, how satisfied are you with your life nowadays?", *_ENDS),
    Question("worthwhile", "Overall, to what extent do you feel that the things you do in your life are worthwhile?", *_ENDS),
    Question("happy", "Overall, how happy did you feel yesterday?", *_ENDS),
    Question("anxious", "Overall, how anxious did you feel yesterday?", *_ENDS, falls=True),
), "Office for National Statistics, Open Government Licence v3.0")
BUNDLED: Mapping[str, tuple[str, str, int, int, tuple[Question, ...], str]] = {ONS4[0]: ONS4}


def bundled_scale(code: str, again_after_days: int, from_: date, to: date | None = None) -> ScalePlan | None:
    """A scale that comes with the desk; None for another code."""
    known = BUNDLED.get(code.strip().casefold())
    if known is None:
        return None
    name, title, low, high, questions, source = known
    return ScalePlan(name, title, low, high, questions, again_after_days, from_, to, source)


def read_scales(top: Table) -> tuple[ScalePlan, ...]:
    """The `[[scales]]` of a template. Refusal at the first field that is missing, unknown or of the wrong kind."""
    found: list[ScalePlan] = []
    for table in top.tables("scales"):
        code = table.text("code", shape=_CODE, meant="a short name in small letters, like ons4,")
        days, (first, last) = table.whole("again_after_days", 1, MOST_DAYS), table.span()
        plan = bundled_scale(code, days, first, last)
        if plan is None:
            plan = _own(table, code, days, first, last)
        table.done()
        for other in found:
            if overlap(other, plan):
                table.refuse("from", f"the scale {other.code} is still asked on some of these days; a contract has one at a time")
        found.append(plan)
    return tuple(found)


def _own(table: Table, code: str, days: int, first: date, last: date | None) -> ScalePlan:
    title, low = table.text("title"), table.whole("low", 0, MOST_ANSWER)
    high = table.whole("high", low + 1, MOST_ANSWER)
    questions: list[Question] = []
    for one in table.tables("questions", needed=True):
        low_words, high_words = (one.text(name) if one.has(name) else "" for name in ("low_words", "high_words"))
        question = Question(one.text("code", shape=_CODE, meant="a short name in small letters"), one.text("text"), low_words, high_words,
                            one.flag("falls"))
        one.done()
        if any(other.code == question.code for other in questions):
            one.refuse("code", f"there are two questions called {question.code}")
        questions.append(question)
    if len(questions) > MOST_QUESTIONS:
        table.refuse("questions", f"at most {MOST_QUESTIONS} are asked at once")
    return ScalePlan(code, title, low, high, tuple(questions), days, first, last)


def questions_as_kept(questions: tuple[Question, ...]) -> dict[str, Any]:
    """Questions as the store keeps them, in their order."""
    return {"questions": [{"code": each.code, "text": each.text, "low_words": each.low_words, "high_words": each.high_words,
                           "falls": each.falls} for each in questions]}


def questions_from(details: Mapping[str, Any]) -> tuple[Question, ...]:
    """Questions out of the store."""
    return tuple(Question(each["code"], each["text"], each.get("low_words", ""), each.get("high_words", ""), bool(each.get("falls")))
                 for each in details.get("questions", ()))
