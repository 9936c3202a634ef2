"""The life of a candidate and the short list for a vacancy: every step, legal or not, and every reason."""

from __future__ import annotations

import ast
import inspect
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.activity.queries import fitting as gathering
from coachdesk.activity.rules import candidates as life
from coachdesk.activity.rules import fitting
from coachdesk.activity.rules.fitting import Asked, Facts, fit, short_list
from coachdesk.activity.rules.vacancy_jobs import pay_an_hour
from coachdesk.errors import Refusal

DAY = date(2020, 5, 12)
BEGIN = datetime(2020, 5, 12, 9, tzinfo=UTC)
ALL = [(stage, wanted, is_training) for is_training in (False, True) for stage in life.moves_of(is_training)
       for wanted in life.moves_of(is_training) if wanted]


def moves(*stages: str) -> list[life.CandidateMove]:
    return [life.CandidateMove(stage, DAY, BEGIN + timedelta(minutes=at), f"{at:02}") for at, stage in enumerate(stages)]


@pytest.mark.parametrize(("stage", "wanted", "is_training"), ALL)
def test_every_step_is_either_allowed_or_refused_in_a_sentence_that_says_what_can_follow(
    stage: str, wanted: str, is_training: bool
) -> None:
    possible = life.moves_of(is_training)[stage]
    if wanted in possible:
        life.check_candidate_move(stage, wanted, is_training)
        return
    with pytest.raises(Refusal) as said:
        life.check_candidate_move(stage, wanted, is_training)
    assert wanted in said.value.sentence and stage in said.value.sentence
    assert all(word in said.value.next_step for word in possible)


@given(st.lists(st.sampled_from([stage for stage in life.JOB_MOVES if stage]), max_size=10), st.randoms())
def test_the_fold_hangs_on_what_was_written_not_on_the_order_of_reading_and_drops_nothing(stages: list[str], dice: object) -> None:
    written = moves(*stages)
    shuffled = list(written)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    folded = life.came(written)
    assert life.came(shuffled) == folded
    legal = len(written) - len(folded.illegal)
    assert (folded.stage == "") == (legal == 0)
    if folded.reached:
        assert all(life.got_to(folded.reached, earlier) for earlier in life.WAY_TO_JOB[: life.WAY_TO_JOB.index(folded.reached) + 1])


def test_a_funnel_counts_who_got_at_least_so_far() -> None:
    one = life.came(moves(life.FOUND, life.TOLD, life.INTERVIEW, life.NOT_HIRED))
    assert (one.stage, one.reached, one.is_open) == (life.NOT_HIRED, life.INTERVIEW, False)
    assert [life.got_to(one.reached, stage) for stage in life.FUNNEL] == [True, True, True, True, False]
    taken = life.came(moves(life.FOUND, life.TOLD, life.PLACE_BOOKED, life.STARTED), is_training=True)
    assert (taken.stage, taken.is_open) == (life.STARTED, True)


@pytest.mark.parametrize(("typed", "meant"), [("told", life.TOLD), ("Interviewed", life.INTERVIEW), ("not", life.NOT_HIRED),
                                              ("offer", life.OFFERED), ("withdrawn", life.WITHDREW)])
def test_a_step_is_known_by_its_beginning(typed: str, meant: str) -> None:
    assert life.stage_of(typed) == meant
    with pytest.raises(Refusal, match="is not a step"):
        life.stage_of("promoted")


def test_without_consent_no_name_goes_to_an_employer() -> None:
    life.check_name_goes_out("Parcels Ltd", "given")
    for answer, said in ((None, "Nobody asked"), ("refused", "said no"), ("withdrawn", "took their consent back")):
        with pytest.raises(Refusal, match=said):
            life.check_name_goes_out("Parcels Ltd", answer)


# --- the short list ---------------------------------------------------------------------------------------------------


def who(**given: object) -> Facts:
    return Facts(UUID(int=1), "SE-00001", **given)  # type: ignore[arg-type]


WAREHOUSE = Asked("Warehouse operative", 30, 930, "level 1", "everyday English", ("early mornings",), True, True)


@pytest.mark.parametrize(("facts", "words"), [
    ({"earlier": ("Warehouse packer",)}, "did this work before: Warehouse packer"),
    ({"helped": {"CV & job search": 2, "interview": 1}}, "worked on CV & job search (2×) and interview (1×)"),
    ({"settled": ("vocational training",)}, "took up vocational training of the plan"),
    ({"hours_a_week": 12}, "more hours than the 12 at the start"),
    ({"pay_pence_an_hour": 872}, "better paid than at the start"),
    ({"km": 1.4}, "about 1 km from home"),
    ({"digital_skills": "confident"}, "digital skills: confident"),
    ({"qualification": "level 3"}, "level 1 is asked for; has level 3"),
])
def test_what_fits_is_said_in_words(facts: dict[str, object], words: str) -> None:
    assert words in fit(WAREHOUSE, who(**facts)).fits


@pytest.mark.parametrize(("facts", "words"), [
    ({"barriers": ("childcare",)}, "early mornings beside childcare"),
    ({"waiting": ("caring & childcare",)}, "early mornings beside caring, which the plan has"),
    ({"waiting": ("travel",)}, "own transport is needed, and transport stands in the way"),
    ({"waiting": ("digital skills & kit",)}, "works with a computer; digital skills: stand in the way"),
    ({"waiting": ("English, maths & ESOL",)}, "everyday English is asked for; English stands in the way"),
    ({"barriers": ("transport",)}, "own transport is needed, and transport stands in the way"),
    ({"barriers": ("English",), "helped": {"English, maths & ESOL": 3}},
     "everyday English is asked for; English stands in the way (helped 3×)"),
    ({"barriers": ("right to work papers",)}, "papers for work are still missing"),
    ({"km": 22.0}, "about 22 km from home"),
    ({"hours_a_week": 35}, "no more hours than the 35 at the start"),
    ({"digital_skills": "none"}, "works with a computer; digital skills: none"),
    ({"qualification": "none"}, "level 1 is asked for; has none"),
    ({"in_work_as": "Cook"}, "has a job: Cook"),
])
def test_what_stands_against_it_is_said_in_words(facts: dict[str, object], words: str) -> None:
    assert words in fit(WAREHOUSE, who(**facts)).against


def test_school_hours_go_with_caring_and_nothing_is_said_of_those_without_it() -> None:
    cook = Asked("School cook", times=("school hours",))
    assert fit(cook, who(barriers=("caring", "childcare"))).fits == ("school hours go with caring and childcare",)
    assert fit(cook, who()).fits == ()


def test_a_general_word_of_a_title_is_no_experience() -> None:
    assert not fit(WAREHOUSE, who(earlier=("Sales assistant, part time",))).fits
    assert fit(Asked("Kitchen assistant"), who(earlier=("Kitchens porter",))).fits


def test_the_list_is_short_explained_and_leaves_out_those_for_whom_nothing_speaks() -> None:
    people = [Facts(UUID(int=at), f"SE-{at:05}", km=1.0, barriers=("childcare",) if at % 2 else ()) for at in range(30)]
    people.append(Facts(UUID(int=99), "SE-00099"))
    found = short_list(WAREHOUSE, people)
    assert len(found) == fitting.MOST_SHORT
    assert all(one.fits and one.sentence for one in found)
    assert all(not one.against for one in found), "those against whom something stands come after"
    assert UUID(int=99) not in {one.id for one in found}


def test_neither_equality_nor_offences_nor_health_can_be_looked_at() -> None:
    """The rule has no field for them, and what gathers names no table that is kept apart."""
    fields = set(inspect.signature(Facts).parameters)
    assert not fields & {"sex", "gender", "ethnic_group", "religion", "disability", "orientation", "born_on", "language", "offence", "name"}
    assert "health" not in gathering._LOOKED_AT
    assert not {kind for kind in fitting.PLAN_KINDS if kind.split(" ")[0] in ("health", "housing", "money")}
    names = {each.id for each in ast.walk(ast.parse(inspect.getsource(gathering))) if isinstance(each, ast.Name)}
    assert not names & {"Equality", "Sensitive", "Offence"}


def test_pay_by_the_year_becomes_pay_by_the_hour() -> None:
    assert pay_an_hour(930, None, 30) == 930
    assert pay_an_hour(None, 1_950_000, 37) == 1014
    assert pay_an_hour(None, 1_950_000, None) is None
    assert pay_an_hour(None, None, 30) is None
