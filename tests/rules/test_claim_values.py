"""What was done becomes what it is worth: starts, the three, jobs, and a plain reason for everything that pays nothing."""

from __future__ import annotations

from datetime import date

import pytest

from coachdesk.claim.rules import (
    Deed,
    Milestone,
    Person,
    Terms,
    Unpaid,
    check_terms,
    claimable_id,
    meaningful_progress,
    pounds,
    values,
)
from coachdesk.errors import Refusal

START = Milestone("start", "start", 50_000, "3.1", "v1", date(2018, 10, 1), None, title="Start")
THREE = Milestone("meaningful", "interventions", 80_000, "3.2", "v1", date(2018, 10, 1), None, 3, "Three meaningful interventions")
WORK = Milestone("job", "job_entry", 120_000, "3.3", "v1", date(2018, 10, 1), None, title="Job entry")
TERMS = Terms("Sample contract", (START, THREE, WORK))
ANNA = Person("anna", "P-0001", "camp-hill", True, "eligible by residence", None)
BEN = Person("ben", "P-0002", "camp-hill", False, "CV11 4AA is in Abbey, not in Camp Hill", None)
PEOPLE = {"anna": ANNA, "ben": BEN}
END = date(2020, 12, 31)


def helped(name: str, on: date, person: str = "anna", *, meaningful: bool = True, counts: bool = True, why_not: str = "") -> Deed:
    """An intervention in Camp Hill."""
    return Deed(name, person, "camp-hill", "intervention", on, meaningful, "agreed a next step" if meaningful else "reminder text only",
                "CV & job search, 40 min, face to face", counts, why_not)


def hired(name: str, on: date, person: str = "anna") -> Deed:
    """A job outcome in Camp Hill."""
    return Deed(name, person, "camp-hill", "job", on, False, "", "Warehouse operative, 30 hours")


def reasons(unpaid: list[Unpaid]) -> dict[str | None, str]:
    """Deed → reason."""
    return {item.deed: item.reason for item in unpaid}


def test_the_first_meaningful_help_earns_the_start_and_not_the_text_before_it() -> None:
    text, first = helped("d1", date(2020, 5, 1), meaningful=False), helped("d2", date(2020, 5, 4))
    earned, unpaid = values(TERMS, PEOPLE, [first, text], END)
    assert [(v.milestone, v.earned_on, v.amount_pence, v.deeds, v.rule, v.clause) for v in earned] == [
        ("start", date(2020, 5, 4), 50_000, ("d2",), "start v1", "3.1")]
    assert reasons(unpaid) == {"d1": "not meaningful: reminder text only", "d2": "one of three: 2 more needed"}
    assert earned[0].arithmetic == "first meaningful help on 4 May 2020: 1 × £500.00 = £500.00"


def test_the_third_meaningful_intervention_earns_the_three_on_its_own_day() -> None:
    days = (date(2020, 3, 2), date(2020, 4, 9), date(2020, 5, 12), date(2020, 5, 20))
    deeds = [helped(f"d{n}", day) for n, day in enumerate(days, 1)]
    earned, unpaid = values(TERMS, PEOPLE, deeds, END)
    three = next(v for v in earned if v.milestone == "meaningful")
    assert (three.earned_on, three.amount_pence, three.deeds) == (date(2020, 5, 12), 80_000, ("d1", "d2", "d3"))
    assert reasons(unpaid) == {"d4": "already counted: the three meaningful interventions were reached on 12 May 2020"}


def test_two_of_three_says_how_many_more_are_needed() -> None:
    _, unpaid = values(TERMS, PEOPLE, [helped("d1", date(2020, 3, 2)), helped("d2", date(2020, 4, 9))], END)
    assert reasons(unpaid) == {"d2": "two of three: 1 more needed"}


def test_each_job_is_a_claimable_of_its_own() -> None:
    earned, _ = values(TERMS, PEOPLE, [hired("j1", date(2020, 1, 6)), hired("j2", date(2020, 6, 1))], END)
    assert [(v.subject, v.amount_pence) for v in earned] == [("j1", 120_000), ("j2", 120_000)]
    assert earned[0].claimable == claimable_id("job", "j1") != earned[1].claimable


def test_an_ineligible_person_pays_nothing_and_the_verdict_says_why() -> None:
    earned, unpaid = values(TERMS, PEOPLE, [helped("d1", date(2020, 3, 2), "ben"), hired("j1", date(2020, 3, 9), "ben")], END)
    assert earned == []
    assert set(reasons(unpaid).values()) == {"person is not eligible: CV11 4AA is in Abbey, not in Camp Hill"}


def test_work_without_its_evidence_is_unpaid_and_says_what_is_missing() -> None:
    unproven = helped("d1", date(2020, 3, 2), counts=False, why_not="evidence missing: signed action plan")
    earned, unpaid = values(TERMS, PEOPLE, [unproven], END)
    assert earned == [] and reasons(unpaid) == {"d1": "evidence missing: signed action plan"}


def test_a_deed_whose_person_has_not_arrived_yet_waits() -> None:
    earned, unpaid = values(TERMS, {}, [helped("d1", date(2020, 3, 2))], END)
    assert earned == [] and reasons(unpaid) == {"d1": "the participant's record has not arrived here yet"}


def test_work_after_the_cut_is_named_with_the_month_it_belongs_to() -> None:
    earned, unpaid = values(TERMS, PEOPLE, [helped("d1", date(2020, 6, 3))], date(2020, 5, 31))
    assert earned == [] and reasons(unpaid) == {"d1": "after the month: 3 June 2020 belongs to the claim of June 2020"}


def test_the_version_in_force_on_the_day_prices_the_work() -> None:
    old = Milestone("start", "start", 40_000, "3.1", "1", date(2018, 10, 1), date(2020, 4, 30))
    new = Milestone("start", "start", 55_000, "3.1a", "2", date(2020, 5, 1), None)
    cleo = Person("cleo", "P-0003", "camp-hill", True, "", None)
    deeds = [helped("d1", date(2020, 4, 30)), helped("d2", date(2020, 5, 1), "cleo")]
    earned, _ = values(Terms("c", (new, old)), PEOPLE | {"cleo": cleo}, deeds, END)
    assert [(v.amount_pence, v.rule, v.clause) for v in earned] == [(40_000, "start v1", "3.1"), (55_000, "start v2", "3.1a")]


def test_help_before_the_contract_began_does_not_count_toward_it() -> None:
    deeds = [helped("d0", date(2018, 9, 30)), *(helped(f"d{n}", date(2018, 10, n)) for n in (1, 2, 3))]
    earned, unpaid = values(TERMS, PEOPLE, deeds, END)
    assert [(v.milestone, v.earned_on) for v in earned] == [("start", date(2018, 10, 1)), ("meaningful", date(2018, 10, 3))]
    assert reasons(unpaid) == {"d0": "no rule for meaningful interventions was in force on 30 September 2018"}


def test_two_of_three_is_visible_with_what_did_not_count_and_why() -> None:
    deeds = [helped("d1", date(2020, 3, 2)), helped("d2", date(2020, 3, 3), meaningful=False), helped("d3", date(2020, 3, 4)),
             helped("d4", date(2020, 7, 1)), hired("j", date(2020, 3, 5))]
    progress = meaningful_progress(TERMS, deeds, date(2020, 5, 31))
    assert (progress.count, progress.needed, progress.sentence) == (2, 3, "two of three meaningful")
    assert [d.id for d in progress.counted] == ["d1", "d3"]
    assert {d.id: why for d, why in progress.not_counted} == {
        "d2": "not meaningful: reminder text only", "d4": "after the month: 1 July 2020 belongs to the claim of July 2020"}


def test_progress_stops_at_three_of_three() -> None:
    progress = meaningful_progress(TERMS, [helped(f"d{n}", date(2020, 3, n)) for n in range(1, 6)], END)
    assert (progress.count, progress.needed, len(progress.counted), len(progress.not_counted)) == (3, 3, 3, 2)


def test_progress_without_any_help_is_none_of_three() -> None:
    assert meaningful_progress(TERMS, [], END).sentence == "none of three meaningful"


@pytest.mark.parametrize(("terms", "word"), [
    (Terms("c", (START, Milestone("start", "start", 1, "", "v2", date(2020, 1, 1), None))), "two versions in force on 1 January 2020"),
    (Terms("c", (Milestone("x", "promise", 1, "", "v1", date(2020, 1, 1), None),)), "kind “promise”"),
    (Terms("c", (Milestone("x", "sustained", 1, "", "v1", date(2020, 1, 1), None),)), "either weeks or earnings_pence"),
    (Terms("c", (Milestone("x", "start", -1, "", "v1", date(2020, 1, 1), None),)), "below zero"),
    (Terms("c", (Milestone("x", "interventions", 1, "", "v1", date(2020, 1, 1), None, 0),)), "at least 1"),
    (Terms("c", (Milestone("x", "start", 1, "", "v1", date(2020, 1, 2), date(2020, 1, 1)),)), "ends before it begins"),
    (Terms("c", (Milestone("top_up", "start", 1, "", "v1", date(2020, 1, 2), None),)), "top_up"),
])
def test_terms_that_cannot_be_worked_with_are_refused_by_name(terms: Terms, word: str) -> None:
    check_terms(TERMS)
    with pytest.raises(Refusal, match=word):
        check_terms(terms)


def test_money_is_written_with_pounds_pence_and_a_true_minus() -> None:
    assert [pounds(p) for p in (0, 5, 123_456, -1_200)] == ["£0.00", "£0.05", "£1,234.56", "−£12.00"]
