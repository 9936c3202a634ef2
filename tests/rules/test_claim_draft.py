"""A month's claim against what was sent: own work, late work, adjustments, reversals, the top-up, and the chain behind each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from coachdesk.claim.rules import (
    ClaimFigures,
    Deed,
    Floor,
    Milestone,
    Person,
    SentClaim,
    SentLine,
    Terms,
    claimable_id,
    explain,
    figures,
    rerun,
    top_up_claimable,
    top_up_line,
)
from coachdesk.clock import month_from_text
from coachdesk.errors import Refusal

MARCH, APRIL, MAY = (month_from_text(f"2020-0{n}") for n in (3, 4, 5))
FLOOR = Floor("7.4", "v1", APRIL, month_from_text("2020-07"), month_from_text("2019-11"), month_from_text("2020-01"), "months in window",
              {"Camp Hill": 600_000})
MILESTONES = (Milestone("start", "start", 50_000, "3.1", "v1", date(2018, 10, 1), None, title="Start"),
              Milestone("meaningful", "interventions", 80_000, "3.2", "v1", date(2018, 10, 1), None, 3, "Three meaningful interventions"),
              Milestone("job", "job_entry", 120_000, "3.3", "v1", date(2018, 10, 1), None, title="Job entry"))
TERMS = Terms("Sample contract", MILESTONES)
WITH_FLOOR = Terms("Sample contract", MILESTONES, (FLOOR,))
PEOPLE = {name: Person(name, f"P-{name}", "camp-hill", True, "eligible by residence: CV10 9AA is in Camp Hill", None) for name in "ABC"}


def helped(name: str, person: str, on: date, lot: str = "camp-hill") -> Deed:
    """One meaningful intervention."""
    return Deed(name, person, lot, "intervention", on, True, "agreed a next step", "CV & job search, 40 min")


def hired(name: str, person: str, on: date) -> Deed:
    """One job outcome."""
    return Deed(name, person, "camp-hill", "job", on, False, "", "Warehouse operative")


class Ledger:
    """The sent claims of a small contract, as the claim room would store them."""

    def __init__(self) -> None:
        self.lines: list[SentLine] = []
        self.claims: list[SentClaim] = []

    def draft(self, month: int, deeds: Sequence[Deed], terms: Terms = TERMS, people: dict[str, Person] = PEOPLE,
              lot: str = "camp-hill") -> ClaimFigures:
        """The draft of that month."""
        return figures(terms, lot, "Camp Hill", month, people, deeds, self.lines, self.claims)

    def send(self, drafted: ClaimFigures) -> SentClaim:
        """Store a draft as sent."""
        claim = SentClaim(f"claim {len(self.claims) + 1}", drafted.lot, drafted.month, drafted.payable_pence)
        extra = top_up_line(drafted.lot, drafted.month, drafted.floor) if drafted.floor else None
        self.lines += [SentLine(line.claimable, line.amount_pence, line.month, claim.id, line.milestone, line.subject, line.person,
                                line.earned_month, line.rule, line.clause, line.title, line.deeds)
                       for line in (*drafted.lines, *([extra] if extra else []))]
        self.claims.append(claim)
        return claim


def told(drafted: ClaimFigures) -> list[tuple[str, str, int, str]]:
    """Milestone, person, amount, reason of each line."""
    return [(line.milestone, line.person, line.amount_pence, line.reason) for line in drafted.lines]


def test_a_month_claims_its_own_work_in_the_order_of_the_terms() -> None:
    deeds = [hired("j", "B", date(2020, 3, 3)), *(helped(f"a{n}", "A", date(2020, 3, n)) for n in (1, 2, 3))]
    drafted = Ledger().draft(MARCH, deeds)
    assert told(drafted) == [("start", "A", 50_000, ""), ("meaningful", "A", 80_000, ""), ("job", "B", 120_000, "")]
    assert (drafted.actual_pence, drafted.payable_pence, drafted.floor, drafted.unpaid) == (250_000, 250_000, None, ())


def test_the_worked_example_of_the_design_late_corrected_and_deleted() -> None:
    """SYNC.md 8: A deleted, B corrected, C late, all after the claim of March was sent; the sums tell the truth."""
    ledger = Ledger()
    a, b, c = hired("a", "A", date(2020, 3, 10)), hired("b", "B", date(2020, 3, 12)), hired("c", "C", date(2020, 3, 24))
    ledger.send(ledger.draft(MARCH, [a, b]))
    half = replace(MILESTONES[2], amount_pence=60_000, version="v2", clause="3.3a", from_=date(2020, 3, 20))
    dated = Terms("c", (*MILESTONES[:2], replace(MILESTONES[2], to=date(2020, 3, 19)), half))
    b_later = replace(b, on=date(2020, 3, 21))
    april = ledger.draft(APRIL, [b_later, c, hired("own", "A", date(2020, 4, 2))], dated)
    assert told(april) == [
        ("job", "A", -120_000, "reversal: an activity it rested on was removed"),
        ("job", "B", -60_000, "adjustment: worth £600.00 now, £1,200.00 taken up to the claim of March 2020"),
        ("job", "C", 60_000, "late: March 2020"),
        ("job", "A", 60_000, "")]
    ledger.send(april)
    sums = {name: sum(s.amount_pence for s in ledger.lines if s.claimable == claimable_id("job", name)) for name in ("a", "b", "c")}
    assert sums == {"a": 0, "b": 60_000, "c": 60_000}
    assert ledger.draft(MAY, [b_later, c, hired("own", "A", date(2020, 4, 2))], dated).lines == ()


def test_what_was_given_back_can_count_again() -> None:
    ledger, a = Ledger(), hired("a", "A", date(2020, 3, 10))
    ledger.send(ledger.draft(MARCH, [a]))
    ledger.send(ledger.draft(APRIL, []))
    assert told(ledger.draft(MAY, [a])) == [
        ("job", "A", 120_000, "adjustment: counts again, after the claim of April 2020 had given it back")]


def test_a_verdict_corrected_after_sending_is_reversed_without_putting_the_address_into_the_ledger() -> None:
    ledger, a = Ledger(), hired("a", "A", date(2020, 3, 10))
    ledger.send(ledger.draft(MARCH, [a]))
    outside = PEOPLE | {"A": replace(PEOPLE["A"], eligible=False, verdict_sentence="not in Camp Hill")}
    line, = ledger.draft(APRIL, [a], people=outside).lines
    assert (line.amount_pence, line.reason) == (-120_000, "reversal: the participant is not eligible")


def test_the_three_are_reversed_when_one_of_them_stops_being_meaningful() -> None:
    ledger = Ledger()
    deeds = [helped(f"a{n}", "A", date(2020, 3, n)) for n in (1, 2, 3)]
    ledger.send(ledger.draft(MARCH, deeds))
    april = ledger.draft(APRIL, [*deeds[:1], replace(deeds[1], is_meaningful=False, why="reminder text only"), deeds[2]])
    assert told(april) == [("meaningful", "A", -80_000, "reversal: an activity it rested on is not meaningful any more")]


def test_a_person_who_moves_lots_is_never_paid_for_twice() -> None:
    ledger, here = Ledger(), helped("a", "A", date(2020, 3, 10))
    ledger.send(ledger.draft(MARCH, [here]))
    there = replace(here, lot="glascote")
    assert ledger.draft(APRIL, [there], lot="glascote").lines == () and ledger.draft(APRIL, [there]).lines == ()
    assert told(ledger.draft(APRIL, [])) == [("start", "A", -50_000, "reversal: an activity it rested on was removed")]
    assert ledger.draft(APRIL, [], lot="glascote").lines == ()


def test_help_in_two_lots_adds_up_and_the_lot_of_the_third_claims() -> None:
    deeds = [helped("a1", "A", date(2020, 3, 1)), helped("a2", "A", date(2020, 3, 2), "glascote"), helped("a3", "A", date(2020, 3, 3))]
    assert [line.milestone for line in Ledger().draft(MARCH, deeds).lines] == ["start", "meaningful"]
    assert Ledger().draft(MARCH, deeds, lot="glascote").lines == ()


def test_a_month_skipped_does_not_undo_the_later_one_that_was_sent_first() -> None:
    ledger, deeds = Ledger(), [hired("may", "A", date(2020, 5, 5))]
    ledger.send(ledger.draft(MAY, deeds))
    assert told(ledger.draft(APRIL, [*deeds, hired("april", "B", date(2020, 4, 5))])) == [("job", "B", 120_000, "")]


def test_an_earlier_month_never_claims_work_of_a_later_one() -> None:
    ledger = Ledger()
    ledger.send(ledger.draft(MAY, []))
    late = [hired("may", "A", date(2020, 5, 5))]
    assert ledger.draft(APRIL, late).lines == ()
    assert told(ledger.draft(MAY + 1, late)) == [("job", "A", 120_000, "late: May 2020")]


def test_the_lot_that_took_it_last_gives_it_back() -> None:
    ledger, there = Ledger(), helped("a", "A", date(2020, 4, 10), "glascote")
    ledger.send(ledger.draft(MARCH, [helped("a", "A", date(2020, 3, 10))]))
    ledger.send(ledger.draft(APRIL, []))
    ledger.send(ledger.draft(APRIL, [there], lot="glascote"))
    assert ledger.draft(MAY, []).lines == ()
    assert told(ledger.draft(MAY, [], lot="glascote")) == [("start", "A", -50_000, "reversal: an activity it rested on was removed")]


def test_a_month_sent_already_has_nothing_left_and_says_where_it_went() -> None:
    ledger, deeds = Ledger(), [hired("a", "A", date(2020, 3, 10))]
    ledger.send(ledger.draft(MARCH, deeds))
    again = ledger.draft(MARCH, deeds)
    assert again.lines == () and [(u.deed, u.reason) for u in again.unpaid] == [("a", "already claimed: in the claim of March 2020")]


def test_unpaid_items_of_the_month_stand_apart_from_those_still_waiting() -> None:
    deeds = [helped("a1", "A", date(2020, 3, 1)), helped("a2", "A", date(2020, 3, 2)),
             replace(helped("b1", "B", date(2020, 4, 2)), is_meaningful=False, why="reminder text only"),
             replace(helped("b0", "B", date(2020, 3, 2)), is_meaningful=False, why="reminder text only"),
             helped("c1", "C", date(2020, 5, 1))]
    april = Ledger().draft(APRIL, deeds)
    assert [(u.deed, u.reason) for u in april.unpaid] == [("b1", "not meaningful: reminder text only")]
    assert [(u.deed, u.reason) for u in april.waiting] == [("a2", "two of three: 1 more needed")]


def test_the_floor_tops_up_a_thin_month_and_late_work_counts_as_its_own_claim() -> None:
    ledger = Ledger()
    deeds = [hired("late", "A", date(2020, 3, 10)), helped("own", "B", date(2020, 5, 10))]
    may = ledger.draft(MAY, deeds, WITH_FLOOR)
    assert may.floor is not None
    assert (may.actual_pence, may.floor.floor_pence, may.floor.top_up_pence, may.floor.won, may.payable_pence) == (
        170_000, 200_000, 30_000, "floor", 200_000)
    ledger.send(may)
    assert ledger.lines[-1].claimable == top_up_claimable("camp-hill", MAY) and ledger.lines[-1].amount_pence == 30_000
    assert sum(line.amount_pence for line in ledger.lines) == may.payable_pence
    # the top-up is frozen: a correction later moves only the work itself
    june = ledger.draft(MAY + 1, deeds[:1], WITH_FLOOR)
    assert told(june) == [("start", "B", -50_000, "reversal: an activity it rested on was removed")]


def test_no_floor_is_worked_outside_its_months() -> None:
    assert Ledger().draft(MARCH, [], WITH_FLOOR).floor is None


def test_a_line_opens_down_to_activity_verdict_rule_and_arithmetic() -> None:
    deeds = [helped(f"a{n}", "A", date(2020, 3, n)) for n in (1, 2, 3)]
    drafted = Ledger().draft(MARCH, deeds)
    steps = explain(drafted, claimable_id("meaningful", "A"))
    assert [step.source for step in steps] == ["activity a1", "activity a2", "activity a3", "participant A", "terms of the contract"]
    assert steps[2].what == "3 March 2020: CV & job search, 40 min" and steps[2].arithmetic == "three of three: agreed a next step"
    assert "eligible by residence" in steps[3].what
    assert (steps[4].rule, steps[4].clause) == ("meaningful v1", "3.2")
    assert steps[4].arithmetic == "three of three meaningful interventions reached on 3 March 2020: 1 × £800.00 = £800.00"


def test_a_reversal_opens_to_what_earlier_claims_took() -> None:
    ledger = Ledger()
    ledger.send(ledger.draft(MARCH, [hired("a", "A", date(2020, 3, 10))]))
    last = explain(ledger.draft(APRIL, []), claimable_id("job", "a"))[-1]
    assert last.arithmetic == "£0.00 − £1,200.00 = −£1,200.00" and last.what.startswith("reversal: ")


def test_the_top_up_opens_to_both_figures_and_which_won() -> None:
    may = Ledger().draft(MAY, [helped("own", "B", date(2020, 5, 10))], WITH_FLOOR)
    own, average, larger = explain(may, top_up_claimable("camp-hill", MAY))
    assert own.arithmetic == "£500.00 = £500.00" and average.arithmetic == "£6,000.00 ÷ 3 = £2,000.00"
    assert larger.what == "The larger is paid: the floor" and "£1,500.00 top-up" in larger.arithmetic


def test_an_unpaid_item_opens_to_its_reason_and_a_stranger_is_refused() -> None:
    drafted = Ledger().draft(MARCH, [helped("a1", "A", date(2020, 3, 1))])
    assert explain(drafted, "a1")[0].arithmetic == "one of three: 2 more needed"
    with pytest.raises(Refusal, match="no such line"):
        explain(drafted, "nothing")


def test_a_sent_month_runs_again_to_the_same_penny_and_names_what_changed_since() -> None:
    ledger = Ledger()
    deeds = [hired("late", "A", date(2020, 3, 10)), helped("own", "B", date(2020, 5, 10))]
    sent = ledger.send(ledger.draft(MAY, deeds, WITH_FLOOR))
    ledger.send(ledger.draft(MAY + 1, deeds, WITH_FLOOR))
    same = rerun(WITH_FLOOR, "Camp Hill", sent, PEOPLE, deeds, ledger.lines, ledger.claims)
    assert same.differences == () and same.now_pence == same.sent_pence == 200_000
    changed = rerun(WITH_FLOOR, "Camp Hill", sent, PEOPLE, deeds[:1], ledger.lines, ledger.claims)
    assert sorted((d.milestone, d.sent_pence, d.now_pence) for d in changed.differences) == [
        ("start", 50_000, 0), ("top_up", 30_000, 80_000)]
