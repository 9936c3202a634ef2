"""What everything is worth, without its working: the quick way to sums over very many people.

It knows starts and counted interventions alone, and those only where each person is paid for once and no proof is asked; all the rest is
worked out by the ledger, which stays the one that is right: `tests/rules/test_claim_worth.py` holds the two against each other in
random histories, `claim check` in the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from coachdesk.claim.rules.caps import cut
from coachdesk.claim.rules.checks import by_code
from coachdesk.claim.rules.claimables import claimable_id
from coachdesk.claim.rules.contract import INTERVENTIONS, JOB_ENTRY, PROGRESSION, SERVICE_FEE, START, SUSTAINED, Cap, Milestone, Terms
from coachdesk.claim.rules.ledger import earned
from coachdesk.claim.rules.shapes import Deed, Person, Value
from coachdesk.claim.rules.terms import version_on

COUNTING = (START, INTERVENTIONS)


class Worth(NamedTuple):
    """A claimable by its milestone and subject, and what it is worth. `on`: the day on which it was earned."""

    milestone: str
    subject: str
    person: str
    lot: str
    on: date
    pence: int


class Helped(NamedTuple):
    """Somebody who is eligible, and the days of the help that counts, in order: at least the first of each stretch of the terms."""

    person: str
    lot: str
    days: tuple[date, ...]


def is_plain(terms: Terms) -> bool:
    """Whether starts and interventions hang on nothing but the days of a person's meaningful help."""
    counting = {each.code for each in terms.milestones if each.kind in COUNTING}
    if any(each.each_spell for each in terms.milestones if each.kind in COUNTING):
        return False
    return not any(need.milestone in counting for need in terms.needs)


def of_help(terms: Terms, helped: Iterable[Helped], upto: date) -> list[Worth]:
    """What starts and counted interventions come to, before any cap, under terms that are plain."""
    starts, counts = _versions(terms, START), _versions(terms, INTERVENTIONS)
    known: dict[tuple[int, date], Milestone | None] = {}

    def on(at: int, versions: Sequence[Milestone], day: date) -> Milestone | None:
        if (at, day) not in known:
            known[at, day] = version_on(versions, day)
        return known[at, day]

    found = []
    for person, lot, days in helped:
        for at, versions in enumerate(starts):
            for day in days:
                if day <= upto and (version := on(at, versions, day)) is not None:
                    found.append(Worth(version.code, person, person, lot, day, version.price(lot)))
                    break
        for at, versions in enumerate(counts, len(starts)):
            counted = 0
            for day in days:
                if day > upto or (version := on(at, versions, day)) is None:
                    continue
                counted += 1
                if counted >= version.count:
                    found.append(Worth(version.code, person, person, lot, day, version.price(lot)))
                    break
    return found


def of_jobs(terms: Terms, people: Mapping[str, Person], jobs: Iterable[Deed], upto: date) -> tuple[list[Worth], list[Value]]:
    """What jobs come to, before any cap: at once where only their first day can pay, the others by the ledger.

    Only that can: of somebody's only job, of which nothing is known after its first day, where nothing was known of hours at the start.
    """
    theirs: dict[str, list[Deed]] = {}
    for job in jobs:
        theirs.setdefault(job.person, []).append(job)
    rest = tuple(each for each in terms.milestones if each.kind not in (*COUNTING, SERVICE_FEE))
    is_open = any(need.milestone in {each.code for each in rest} for need in terms.needs) or any(
        each.kind == PROGRESSION and not each.in_work_at_start or each.kind == SUSTAINED and each.weeks < 1 and not each.earnings_pence
        for each in rest)
    entries, found, known = _versions(terms, JOB_ENTRY), [], list[Deed]()
    for person, each in theirs.items():
        job = each[0]
        is_fresh = len(each) == 1 and not job.periods and (job.ended_on is None or job.ended_on <= job.on)
        if is_open or not is_fresh or person not in people or any(spell.hours_a_week for spell in people[person].spells):
            known.extend(each)
        elif job.counts and job.on <= upto and people[person].eligible:
            found += [Worth(version.code, job.id, person, job.lot, job.on, version.price(job.lot)) for versions in entries
                      if (version := version_on(versions, job.on)) is not None]
    return found, earned(replace(terms, milestones=rest), people, known, upto, is_judged=True)[0] if known else []


def joined_up(terms: Terms, counted: Sequence[Worth], worked: Sequence[Value]) -> list[Worth]:
    """What came of both ways, as the caps leave it. Caps that are about none of what was counted are asked of the worked alone."""
    if _concern(terms.caps, {each.milestone for each in counted}):
        every = [*worked, *(_value(each) for each in counted)]
        return [_worth(value) for value in cut(terms.caps, every)[0]]
    return [*counted, *(_worth(value) for value in cut(terms.caps, worked)[0])]


def _concern(caps: Iterable[Cap], milestones: set[str]) -> bool:
    return any(not cap.milestones or milestones & set(cap.milestones) for cap in caps)


def _versions(terms: Terms, kind: str) -> list[tuple[Milestone, ...]]:
    return [versions for versions in by_code(terms).values() if versions[0].kind == kind]


def _worth(value: Value) -> Worth:
    return Worth(value.milestone, value.subject, value.person, value.lot, value.earned_on, value.amount_pence)


def _value(worth: Worth) -> Value:
    return Value(claimable=claimable_id(worth.milestone, worth.subject), milestone=worth.milestone, subject=worth.subject,
                 person=worth.person, lot=worth.lot, earned_on=worth.on, amount_pence=worth.pence, deeds=(), rule="", clause="",
                 arithmetic="")
