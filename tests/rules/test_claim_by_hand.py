"""Months worked by hand on paper, to the penny: each test's comments are the paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from coachdesk.activity.rules import JOB_STARTED, Manner
from coachdesk.claim.rules import (
    BREAK,
    CHANGE,
    EARNINGS,
    IN_WORK,
    Cap,
    ClaimFigures,
    Deed,
    Floor,
    Lateness,
    Milestone,
    Need,
    Period,
    Person,
    Proof,
    SentClaim,
    SentLine,
    Spell,
    Terms,
    Wording,
    claimable_id,
    explain,
    figures,
    top_up_line,
    values,
)
from coachdesk.claim.rules.caps import Place, held_back
from coachdesk.clock import last_day, month_from_text, month_text

BEGIN = date(2018, 10, 1)
A, B = "lot a", "lot b"
FEE = Milestone("fee", "service_fee", 0, "1.1", "1", BEGIN, None, title="Service fee", amounts={A: 100_000, B: 150_050})
START = Milestone("start", "start", 25_000, "2.1", "1", BEGIN, None)
JOB = Milestone("job", "job_entry", 90_000, "2.3", "1", BEGIN, None)
WEEKS = Milestone("weeks", "sustained", 100_000, "2.4", "1", BEGIN, None, weeks=4, hours_a_week=16, break_days=7, title="Four weeks")
EARNED = Milestone("earned", "sustained", 120_000, "2.5", "1", BEGIN, None, earnings_pence=152_000, of="person", within_days=365)
MORE = Milestone("more", "progression", 50_000, "2.6", "1", BEGIN, None, hours_more=8, pay_bands=(0, 900, 1100))


def help_(id: str, who: str, on: date, lot: str = A, **more: object) -> Deed:
    return Deed(id, who, lot, "intervention", on, True, "", "help", **more)  # type: ignore[arg-type]


def job(id: str, who: str, on: date, lot: str = A, **more: object) -> Deed:
    return Deed(id, who, lot, "job", on, True, "", "Job", **{"hours_a_week": 20, **more})  # type: ignore[arg-type]


def known(kind: str, first: date, last: date | None = None, pence: int = 0, **more: int) -> Period:
    return Period(f"{kind} {first}", kind, first, last or first, pence, **more)  # type: ignore[arg-type]


def people(*names: str, **more: object) -> dict[str, Person]:
    return {name: Person(name, name.upper(), A, True, "eligible by residence", **more) for name in names or "pqrs"}  # type: ignore[arg-type]


class Book:
    """A contract's claims as they are sent one after the other."""

    def __init__(self, *milestones: Milestone, **more: object) -> None:
        self.terms = Terms("by hand", milestones, **more)  # type: ignore[arg-type]
        self.lines: list[SentLine] = []
        self.claims: list[SentClaim] = []
        self.people = people()

    def month(self, month: str, deeds: Iterable[Deed], lot: str = A) -> ClaimFigures:
        """A lot's month, worked out now."""
        return figures(self.terms, lot, lot, month_from_text(month), self.people, deeds, self.lines, self.claims)

    def send(self, month: str, deeds: Iterable[Deed], lot: str = A) -> ClaimFigures:
        """The same, sent."""
        shown = self.month(month, deeds, lot)
        claim = SentClaim(f"{lot} {month}", lot, shown.month, shown.payable_pence)
        top_up = top_up_line(lot, shown.month, shown.floor) if shown.floor else None
        self.lines += [SentLine(line.claimable, line.amount_pence, shown.month, claim.id, line.milestone, line.subject, line.person,
                                line.earned_month, line.rule, line.clause, line.title, line.deeds)
                       for line in (*shown.lines, *([top_up] if top_up else []))]
        self.claims.append(claim)
        return shown


def rows(shown: ClaimFigures) -> list[tuple[str, str, int, str]]:
    """(milestone, month earned, pence, how it came: "", late, adjustment, reversal)."""
    return [(line.milestone, month_text(line.earned_month), line.amount_pence, line.reason.partition(":")[0]) for line in shown.lines]


def test_a_service_fee_of_each_lot_and_month_with_a_skipped_month_as_late() -> None:
    # lot a £1,000.00 a month. March sent: 1 × £1,000.00. April is not sent. May: April £1,000.00 late + May £1,000.00 = £2,000.00.
    # lot b £1,500.50 a month, its first claim is May: 1 × £1,500.50 (what was before it began to claim here is not its fee).
    book = Book(FEE)
    assert rows(book.send("2020-03", [])) == [("fee", "2020-03", 100_000, "")]
    may = book.send("2020-05", [])
    assert rows(may) == [("fee", "2020-04", 100_000, "late"), ("fee", "2020-05", 100_000, "")]
    assert may.payable_pence == 200_000
    assert rows(book.send("2020-05", [], B)) == [("fee", "2020-05", 150_050, "")]
    assert book.month("2020-05", []).lines == ()
    assert may.lines[0].claimable == claimable_id("fee", "lot a/2020-04")


def test_sustained_work_by_days_with_a_break_and_hours_below_the_threshold() -> None:
    # 4 weeks = 28 days of at least 16 hours, breaks of up to 7 days. First day Monday 2 March; break 9 to 13 March (5 days).
    # Days in work: 2-8 March = 7; 14 March … the 28th day is 7 + 21: 14 March + 20 days = 3 April. So it is earned on 3 April.
    # Seen to go on: 31 March (25 days known), then 20 April.
    at_work = job("j", "p", date(2020, 3, 2), periods=(
        known(BREAK, date(2020, 3, 9), date(2020, 3, 13)), known(IN_WORK, date(2020, 3, 31))))
    book = Book(WEEKS)
    march = book.send("2020-03", [at_work])
    assert march.lines == ()
    assert march.waiting[0].reason == ("Four weeks: 25 of 28 days in work of at least 16 hours a week known up to 31 March 2020, 5 days "
                                       "between not counted (7 allowed): 3 more needed")
    seen = replace(at_work, periods=(*at_work.periods, known(IN_WORK, date(2020, 4, 20))))
    april = book.send("2020-04", [seen])
    assert rows(april) == [("weeks", "2020-04", 100_000, "")]
    assert april.lines[0].arithmetic == ("28 days in work of 28 from 2 March 2020 to 3 April 2020, 5 days between not counted (7 allowed): "
                                         "1 × £1,000.00 = £1,000.00")
    # it turns out that from 16 March it was 12 hours a week: 7 + 2 days, and the break no longer saves it: −£1,000.00 in May
    fewer = replace(seen, periods=(*seen.periods, known(CHANGE, date(2020, 3, 16), hours_a_week=12)))
    assert rows(book.send("2020-05", [fewer])) == [("weeks", "2020-04", -100_000, "reversal")]


def test_a_break_longer_than_allowed_begins_the_count_again_and_an_end_ends_it() -> None:
    # 2-8 March = 7 days; break of 8 days (9-16) > 7 allowed: the count begins again on 17 March; 28 days later is 13 April.
    seen = known(IN_WORK, date(2020, 5, 1))
    began_again = job("j", "p", date(2020, 3, 2), periods=(known(BREAK, date(2020, 3, 9), date(2020, 3, 16)), seen))
    found = values(Terms("c", (WEEKS,)), people(), [began_again], date(2020, 5, 31))[0]
    assert [value.earned_on for value in found] == [date(2020, 4, 13)]
    # ended after 27 days, on 28 March: never
    short = job("j", "p", date(2020, 3, 2), ended_on=date(2020, 3, 28))
    earned, unpaid = values(Terms("c", (WEEKS,)), people(), [short], date(2020, 5, 31))
    assert earned == [] and unpaid[0].is_final and "27 of 28 days" in unpaid[0].reason and "it has ended" in unpaid[0].reason
    # the 28th day itself is enough: 29 March
    assert values(Terms("c", (WEEKS,)), people(), [replace(short, ended_on=date(2020, 3, 29))], date(2020, 5, 31))[0][0].earned_on == date(
        2020, 3, 29)


def test_cumulative_earnings_over_two_jobs_of_one_person() -> None:
    # £1,520.00 needed within 365 days. Job one: March £600.00, April £519.99. Job two: April £400.00 → £1,519.99 at the end of April: a
    # penny short. May £0.01 → £1,520.00 on 31 May: earned in May.
    one = job("j1", "p", date(2020, 3, 2), ended_on=date(2020, 4, 30), periods=(
        known(EARNINGS, date(2020, 3, 2), date(2020, 3, 31), 60_000), known(EARNINGS, date(2020, 4, 1), date(2020, 4, 30), 51_999)))
    two = job("j2", "p", date(2020, 4, 20), periods=(known(EARNINGS, date(2020, 4, 20), date(2020, 4, 30), 40_000),
                                                     known(EARNINGS, date(2020, 5, 1), date(2020, 5, 31), 1)))
    book = Book(EARNED)
    april = book.send("2020-04", [one, two])
    assert april.lines == () and april.waiting[0].reason == "earned: £1,519.99 of £1,520.00 earned up to 1 March 2021: £0.01 more needed"
    may = book.send("2020-05", [one, two])
    assert rows(may) == [("earned", "2020-05", 120_000, "")]
    assert may.lines[0].subject == "p" and set(may.lines[0].deeds) == {"j1", "j2"}
    # a payslip corrected down to £399.99: £1,519.99 again, so −£1,200.00
    wrong = replace(two, periods=(known(EARNINGS, date(2020, 4, 20), date(2020, 4, 30), 39_999), two.periods[1]))
    assert rows(book.send("2020-06", [one, wrong])) == [("earned", "2020-05", -120_000, "reversal")]


def test_progression_by_hours_or_by_pay_band_against_the_baseline_of_the_spell() -> None:
    # p was at 12 hours and £8.50 at the start (band 1: below £9.00). A job of 20 hours: 20 − 12 = 8 more → earned on its first day.
    # q was at 30 hours: 20 is not more; a rise to £9.00 on 4 May is band 2 → earned on 4 May.
    book = Book(MORE)
    book.people = {**people("p", spells=(Spell("", BEGIN, 12, 850),)), **people("q", spells=(Spell("", BEGIN, 30, 850),)),
                   **people("r", spells=(Spell("", BEGIN, 0, None, 40),)), **people("s")}
    paid = {"pay_pence_an_hour": 880}
    work = [job("j1", "p", date(2020, 4, 6), **paid), job("j2", "q", date(2020, 4, 6), **paid), job("j3", "r", date(2020, 4, 6), **paid),
            job("j4", "s", date(2020, 4, 6), **paid)]
    april = book.send("2020-04", work)
    assert [(line.subject, line.amount_pence) for line in april.lines] == [("j1", 50_000)]
    assert "20 − 12 = 8 hours a week more than at the start, 8 needed" in april.lines[0].arithmetic
    assert sorted(item.reason for item in april.waiting) == [
        "more: no baseline of hours and pay was taken at the start",
        "more: not enough more than at the start: 20 hours a week (30 at the start, 38 needed), "
        "pay band 1 (1 at the start, a higher one needed)"]
    work[1] = replace(work[1], periods=(known(CHANGE, date(2020, 5, 4), pay_pence_an_hour=900), known(IN_WORK, date(2020, 5, 10))))
    may = book.send("2020-05", work)
    assert [(line.subject, line.arithmetic.partition(":")[0]) for line in may.lines] == [
        ("j2", "£9.00 an hour is in pay band 2, £8.50 at the start in band 1")]


def test_a_cap_in_items_pays_the_first_by_day_and_what_is_deleted_makes_room() -> None:
    # At most two starts a lot and month. March: p on 2, q on 3, r on 4 March → p and q, 2 × £250.00 = £500.00; r is cut off (clause 6.1).
    # In April p's help is deleted: p −£250.00, r +£250.00 as late. Sum of March's starts is again 2 × £250.00.
    cap = Cap("starts", "lot and month", "6.1", "1", BEGIN, None, ("start",), 2, title="Starts in a lot and month")
    book = Book(START, caps=(cap,))
    work = [help_("1", "p", date(2020, 3, 2)), help_("2", "q", date(2020, 3, 3)), help_("3", "r", date(2020, 3, 4))]
    march = book.send("2020-03", work)
    assert [line.person for line in march.lines] == ["p", "q"] and march.payable_pence == 50_000
    (off,) = march.unpaid
    assert off.reason == "over the cap: Starts in a lot and month, at most two a lot and month in March 2020 (6.1)"
    assert (off.person, off.clause, off.amount_pence) == ("r", "6.1", 25_000)
    assert [step.clause for step in explain(march, off.key)] == ["6.1", "2.1", "6.1"]
    april = book.send("2020-04", work[1:])
    assert [(line.person, line.amount_pence, line.reason.partition(":")[0]) for line in april.lines] == [
        ("p", -25_000, "reversal"), ("r", 25_000, "late")]
    assert april.payable_pence == 0


def test_a_cap_in_pence_pays_a_part_and_an_earlier_arrival_moves_it_on() -> None:
    # At most £2,000.00 of job entries in the contract. £900.00 + £900.00 + £200.00 of the third; £700.00 of it is cut off.
    # Then one earned before all of them arrives late: +£900.00; the third comes to £200.00 − £200.00 = 0, the second to £900.00 … in order:
    # new £900.00, first £900.00, second £200.00 (−£700.00), third £0.00 (−£200.00). Sum stays £2,000.00.
    book = Book(JOB, caps=(Cap("value", "contract", "6.2", "1", BEGIN, None, most_pence=200_000),))
    work = [job("1", "p", date(2020, 3, 2)), job("2", "q", date(2020, 3, 9)), job("3", "r", date(2020, 3, 16))]
    march = book.send("2020-03", work)
    assert [line.amount_pence for line in march.lines] == [90_000, 90_000, 20_000]
    assert march.unpaid[0].reason == "£700.00 of £900.00 over the cap: value, at most £2,000.00 in the contract (6.2)"
    april = book.send("2020-04", [job("0", "s", date(2020, 2, 3)), *work])
    assert {line.subject: line.amount_pence for line in april.lines} == {"0": 90_000, "2": -70_000, "3": -20_000}
    assert april.payable_pence == 0


def test_a_cap_over_two_lots_is_never_passed_while_the_other_lot_has_not_given_back() -> None:
    # One start in the whole contract. Lot b claims q (5 March). Then p of lot a, 2 March, arrives: p comes first, but b still holds
    # £250.00: a's claim waits. April in b: −£250.00. Then a: +£250.00. At no time do the lots hold more than one start.
    book = Book(START, caps=(Cap("one", "contract", "6.3", "1", BEGIN, None, ("start",), 1),))
    late, first = help_("1", "p", date(2020, 3, 2)), help_("2", "q", date(2020, 3, 5), B)
    assert rows(book.send("2020-03", [first], B)) == [("start", "2020-03", 25_000, "")]
    held = book.send("2020-03", [late, first])
    assert held.lines == () and "is still held by what another claim took" in held.unpaid[0].reason
    assert rows(book.send("2020-04", [late, first], B)) == [("start", "2020-03", -25_000, "reversal")]
    assert "over the cap" in book.month("2020-05", [late, first], B).waiting[0].reason
    assert rows(book.send("2020-04", [late, first])) == [("start", "2020-03", 25_000, "late")]


def test_what_comes_too_late_is_listed_and_a_correction_downwards_is_never_too_late() -> None:
    # Claimed at the latest two months after. A March start that arrives in time for May's claim is paid; one that comes for June's is not.
    book = Book(START, JOB, lateness=(Lateness(2, "5.1", "1", BEGIN, None),))
    one, two = help_("1", "p", date(2020, 3, 2)), help_("2", "q", date(2020, 3, 3))
    book.send("2020-04", [])
    assert rows(book.send("2020-05", [one])) == [("start", "2020-03", 25_000, "late")]
    june = book.send("2020-06", [one, two])
    assert june.lines == () and june.unpaid == ()
    (gone,) = june.expired
    assert gone.reason == "can no longer be paid: earned in March 2020, the last claim for it was that of May 2020 (5.1)"
    assert (gone.amount_pence, gone.is_final, gone.clause) == (25_000, True, "5.1")
    assert book.month("2021-06", [one, two]).expired == (gone,)
    assert rows(book.send("2020-07", [two])) == [("start", "2020-03", -25_000, "reversal")]


def test_a_proof_with_the_set_phrase_of_its_day_is_needed_before_a_job_is_paid() -> None:
    # From 1 April 2020 the form has to bear a phrase. The proof of 30 March needs none; one of 2 April without it is refused.
    phrase = "I confirm the start of work"
    need = Need("job", JOB_STARTED, "9.1", "1", BEGIN, None, "Proof of the job start", verified=True,
                wordings=(Wording(phrase, "9.2", date(2020, 4, 1)),))
    book = Book(JOB, needs=(need,))
    bare = job("j", "p", date(2020, 3, 16))
    march = book.send("2020-03", [bare])
    assert march.lines == () and march.unpaid[0].reason == "evidence is missing: Proof of the job start (9.1)"
    old = Proof("e", JOB_STARTED, date(2020, 3, 30), "sent by the employer", "", "m")
    assert book.month("2020-04", [replace(bare, evidence=(old,))]).payable_pence == 90_000
    unchecked = replace(old, verified_by="")
    assert "has not been checked by anybody" in book.month("2020-04", [replace(bare, evidence=(unchecked,))]).waiting[0].reason
    new = replace(old, id="f", obtained_on=date(2020, 4, 2))
    refused = book.month("2020-04", [replace(bare, evidence=(new,))])
    assert refused.lines == () and ("does not bear the words “I confirm the start of work”, which are asked for since 1 April 2020 (9.2)"
                                    in refused.waiting[0].reason)
    good = replace(new, wording=phrase)
    april = book.send("2020-04", [replace(bare, evidence=(new, good))])
    assert rows(april) == [("job", "2020-03", 90_000, "late")]
    steps = explain(april, april.lines[0].claimable)
    assert [step.source for step in steps[:3]] == ["activity j", "participant p", "evidence f"]
    assert steps[2].arithmetic == "obtained on 2 April 2020, sent by the employer, checked, words “I confirm the start of work”"
    # the proof is found not good enough in May, so it is no longer among them: the £900.00 go back
    assert book.send("2020-05", [bare]).lines[0].reason == "reversal: evidence is missing: Proof of the job start (9.1)"


def test_the_version_of_the_definition_in_force_on_its_day_judges_each_piece_of_help() -> None:
    # Until 31 March: 10 minutes or more, no text message. From 1 April: 20 minutes, not online; the coach cannot decide otherwise.
    old = Manner(version="1", clause="1.4", to=date(2020, 3, 31))
    new = Manner(("text", "online"), 20, coach_may_differ=False, version="2", clause="1.4a", from_=date(2020, 4, 1))
    three = Milestone("three", "interventions", 40_000, "2.2", "1", BEGIN, None, 3)
    book = Book(three, meaningful=(old, new))
    work = [
        help_("1", "p", date(2020, 3, 30), mode="phone", minutes=12, judged_by="1"),        # counts under version 1
        help_("2", "p", date(2020, 4, 2), mode="phone", minutes=12, judged_by="1"),         # proposed under version 1; version 2 says no
        help_("3", "p", date(2020, 4, 3), mode="online", minutes=60, judged_by="2"),        # the coach said yes; version 2 says no
        help_("4", "p", date(2020, 4, 6), mode="phone", minutes=20, judged_by="2"),
    ]
    april = book.month("2020-04", work)
    assert april.lines == ()
    assert [(item.deed, item.reason, item.rule, item.clause) for item in april.unpaid if "not meaningful" in item.reason] == [
        ("2", "not meaningful: a short contact of 12 minutes", "definition v2", "1.4a"),
        ("3", "not meaningful: help by online does not count", "definition v2", "1.4a")]
    may = book.send("2020-04", [*work, help_("5", "p", date(2020, 4, 8), mode="face to face", minutes=45, judged_by="2")])
    assert rows(may) == [("three", "2020-04", 40_000, "")] and may.lines[0].deeds == ("1", "4", "5")
    assert [step.rule for step in may.lines[0].steps] == ["definition v1", "definition v2", "definition v2"]


def test_two_records_of_one_person_the_later_start_is_given_back() -> None:
    # q turns out to be p: q's start (£250.00, sent in March) is worth 0 and goes back in April; p's stays.
    book = Book(START)
    work = [help_("1", "p", date(2020, 3, 2)), help_("2", "q", date(2020, 3, 3))]
    assert book.send("2020-03", work).payable_pence == 50_000
    april = book.send("2020-04", [work[0], replace(work[1], person="p")])
    assert [(line.person, line.amount_pence, line.reason) for line in april.lines] == [
        ("q", -25_000, "reversal: two records were found to be one person")]


def test_somebody_who_comes_back_is_claimed_for_again_only_where_the_terms_pay_each_spell() -> None:
    back = people("p", spells=(Spell("", BEGIN), Spell("s2", date(2020, 4, 1))))
    work = [help_("1", "p", date(2020, 3, 2)), help_("2", "p", date(2020, 4, 2))]
    once = values(Terms("c", (START,)), back, work, date(2020, 4, 30))[0]
    each = values(Terms("c", (replace(START, each_spell=True),)), back, work, date(2020, 4, 30))[0]
    assert [value.claimable for value in once] == [claimable_id("start", "p")]
    assert [value.claimable for value in each] == [claimable_id("start", "p"), claimable_id("start", "p/s2")]


def test_a_tariff_agreed_anew_from_an_earlier_day_becomes_adjustments_and_the_sent_month_stands() -> None:
    # March at £250.00 sent. In May a tariff of £260.00 from 1 March is agreed: +£10.00 for p in May's claim, as an adjustment.
    book = Book(replace(START, to=None))
    work = [help_("1", "p", date(2020, 3, 2))]
    book.send("2020-03", work)
    book.terms = Terms("by hand", (replace(START, to=date(2020, 2, 29)),
                                   replace(START, version="2", amount_pence=26_000, from_=date(2020, 3, 1))))
    may = book.send("2020-05", work)
    assert rows(may) == [("start", "2020-03", 1_000, "adjustment")]
    assert may.lines[0].reason == "adjustment: worth £260.00 now, £250.00 taken up to the claim of March 2020"


# April to July 2020. Base: November £1,000.01, December nothing sent, January £2,000.02; together £3,000.03.
#   months in window (3):      £3,000.03 ÷ 3 = £1,000.01 exactly
#   months with a claim (2):   £3,000.03 ÷ 2 = £1,500.015 → half up £1,500.02; half even £1,500.02 (150,002 is even); down £1,500.01
BASE = {"2019-11": 100_001, "2020-01": 200_002}
FLOORS = [
    ("months in window", "half up", 100_001), ("months in window", "half even", 100_001), ("months in window", "down", 100_001),
    ("months with a claim", "half up", 150_002), ("months with a claim", "half even", 150_002), ("months with a claim", "down", 150_001),
]


@pytest.mark.parametrize("month", ["2020-04", "2020-05", "2020-06", "2020-07"])
@pytest.mark.parametrize(("divisor", "rounding", "average"), FLOORS)
@pytest.mark.parametrize("beside", [-1, 0, 1, -50_000])
def test_the_floor_from_april_to_july_2020_at_above_and_below_the_average(month: str, divisor: str, rounding: str, average: int,
                                                                        beside: int) -> None:
    # Own claim = average + beside: one job entry worth exactly that. Below: top-up = average − own; at or above: none, own is paid.
    own = average + beside
    rule = Floor("7.4", "1", month_from_text("2020-04"), month_from_text("2020-07"), month_from_text("2019-11"), month_from_text("2020-01"),
                 divisor, rounding=rounding)
    book = Book(replace(JOB, amount_pence=own), floors=(rule,))
    book.claims = [SentClaim(text, A, month_from_text(text), pence) for text, pence in BASE.items()]
    at = last_day(month_from_text(month))
    shown = book.month(month, [job("j", "p", at)])
    assert shown.floor is not None and shown.floor.floor_pence == average and shown.actual_pence == own
    assert shown.floor.top_up_pence == max(0, average - own)
    assert shown.payable_pence == max(average, own)
    assert shown.floor.won == ("floor" if beside < 0 else "actual")


def test_half_even_differs_from_half_up_where_the_half_penny_lies_below_an_odd_penny() -> None:
    # £2,000.01 ÷ 2 = £1,000.005: half up £1,000.01, half even £1,000.00, down £1,000.00.
    for rounding, average in (("half up", 100_001), ("half even", 100_000), ("down", 100_000)):
        rule = Floor("7.4", "1", month_from_text("2020-04"), month_from_text("2020-07"), month_from_text("2019-11"),
                     month_from_text("2020-01"), "months with a claim", rounding=rounding)
        book = Book(JOB, floors=(rule,))
        book.claims = [SentClaim("n", A, month_from_text("2019-11"), 100_001), SentClaim("j", A, month_from_text("2020-01"), 100_000)]
        shown = book.month("2020-04", [])
        assert shown.floor is not None and (shown.floor.floor_pence, shown.payable_pence) == (average, average)


def test_the_own_claim_of_a_floor_month_holds_fees_late_work_and_reversals() -> None:
    # Average (£900.00 + £900.00 + £900.00) ÷ 3 = £900.00. May's own: fee £1,000.00 (April's, late) + fee £1,000.00 − start £250.00 reversed
    # = £1,750.00 > £900.00: no top-up. In March the start was £250.00; April was not claimed.
    rule = Floor("7.4", "1", month_from_text("2020-04"), month_from_text("2020-07"), month_from_text("2019-11"), month_from_text("2020-01"),
                 "months in window")
    book = Book(FEE, START, floors=(rule,))
    book.claims = [SentClaim(text, A, month_from_text(text), 90_000) for text in ("2019-11", "2019-12", "2020-01")]
    book.terms = replace(book.terms, milestones=(replace(FEE, from_=date(2020, 3, 1)), START))
    assert book.send("2020-03", [help_("1", "p", date(2020, 3, 2))]).payable_pence == 125_000
    may = book.send("2020-05", [])
    assert rows(may) == [("fee", "2020-04", 100_000, "late"), ("fee", "2020-05", 100_000, ""), ("start", "2020-03", -25_000, "reversal")]
    assert may.floor is not None and (may.actual_pence, may.floor.top_up_pence, may.payable_pence) == (175_000, 0, 175_000)


def test_what_a_claim_keeps_of_before_holds_its_place_although_it_asks_for_more() -> None:
    # At most one item. Held: y, £100.00, which asks for £150.00 now. New: x, an earlier day. x waits; y may rise (still one item).
    cap = Cap("one", "contract", "6", "1", BEGIN, None, most=1)
    work = [help_("1", "p", date(2020, 3, 2)), help_("2", "q", date(2020, 3, 3))]
    x, y = values(Terms("c", (START,)), people(), work, date(2020, 3, 31))[0]
    assert held_back([cap], [(x, 0), (y, 10_000)], {}) == {x.claimable: cap}
    # and in pence: at most £300.00, £200.00 held by another: y may not rise from £100.00 to £250.00, and x (£250.00) fits no more either
    money = replace(cap, most=None, most_pence=30_000)
    assert held_back([money], [(x, 0), (y, 10_000)], {"z": (Place.of(x), 20_000)}) == {x.claimable: money, y.claimable: money}
