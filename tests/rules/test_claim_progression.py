"""Progression in work: what a dated change in a job says, and what is said when it is not enough yet."""

from __future__ import annotations

from datetime import date

from coachdesk.claim.rules import CHANGE, Deed, Milestone, Period, Spell
from coachdesk.claim.rules.work import known_until, progression

BEGIN = date(2018, 10, 1)
HOURS = Milestone("more", "progression", 50_000, "2.6", "1", BEGIN, None, hours_more=8)
BANDS = Milestone("more", "progression", 50_000, "2.6", "1", BEGIN, None, pay_bands=(0, 900, 1100))
BASELINE = Spell("", BEGIN, 10, 850)
RAISED = Deed("j1", "p", "a", "job", date(2020, 3, 20), True, "", "Job", hours_a_week=17, pay_pence_an_hour=880, periods=(
    Period("c", CHANGE, date(2020, 4, 20), date.max, hours_a_week=18),))


def test_a_change_in_a_job_shows_that_it_went_on_until_that_day_and_no_further() -> None:
    # 10 hours at the start. 17 hours from 20 March: 7 more, 8 needed. 18 hours from 20 April: 8 more → earned on 20 April, with no check or
    # pay beside it: somebody whose hours change on a day is at work on that day.
    enough = progression(HOURS, RAISED, BASELINE, date(2020, 4, 30))
    assert (enough.on, enough.words) == (date(2020, 4, 20), "18 − 10 = 8 hours a week more than at the start, 8 needed")
    assert known_until(RAISED, date(2020, 6, 30)) == date(2020, 4, 20)
    # up to a day before the change, what is known later says that the job went on, and not yet at which hours
    assert known_until(RAISED, date(2020, 3, 31)) == date(2020, 3, 31)
    assert progression(HOURS, RAISED, BASELINE, date(2020, 4, 19)).on is None


def test_the_reason_says_how_much_more_is_needed_and_never_that_more_is_not_more() -> None:
    assert progression(HOURS, RAISED, BASELINE, date(2020, 3, 31)).words == (
        "not enough more than at the start: 17 hours a week (10 at the start, 18 needed)")
    assert progression(BANDS, RAISED, BASELINE, date(2020, 3, 31)).words == (
        "not enough more than at the start: pay band 1 (1 at the start, a higher one needed)")
