"""What jobs come to be worth after they began (sustained work, progression), and the service fee of a lot and month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from coachdesk.claim.rules.claimables import claimable_id, subject_of, value_of
from coachdesk.claim.rules.contract import OF_PERSON, PROGRESSION, SERVICE_FEE, Milestone
from coachdesk.claim.rules.shapes import Deed, Person, Step, Unpaid, Value
from coachdesk.claim.rules.terms import version_on
from coachdesk.claim.rules.words import pounds
from coachdesk.claim.rules.work import Measure, progression, sustained
from coachdesk.clock import day_text, first_day, month_of, month_text, month_words


def earn_outcomes(dated: Sequence[Milestone], jobs: Sequence[Deed], person: Person | None, upto: date) -> tuple[list[Value], list[Unpaid]]:
    """One person's values of a sustained or progression milestone, and how far each outcome that is not there yet has come."""
    earned: list[Value] = []
    waiting: list[Unpaid] = []
    known = {job.id: job for job in jobs}
    for subject, group in _outcomes(dated[0], jobs, person):
        best = _earliest(dated, group, person, upto)
        if best is not None:
            version, measure = best
            deeds = [known[id] for id in measure.deeds]
            assert measure.on is not None
            step = Step(f"{version.title or version.code} on {day_text(measure.on)}", "jobs, and what is known of them since", version.rule,
                        version.clause, measure.words)
            earned.append(value_of(version, subject, deeds, measure.words, measure.on, (step,)))
            continue
        speaks = version_on(dated, upto) or version_on(dated, group[-1].on)
        if speaks is None:
            continue
        measure = _measure(speaks, group, person, upto)
        if not measure.words:
            continue
        name, ended = speaks.title or speaks.code, max((job.ended_on or job.on for job in group), default=upto)
        waiting.append(Unpaid(deed=group[-1].id, person=group[-1].person, reason=f"{name}: {measure.words}", label=group[-1].label,
                              on=ended if measure.is_over else group[-1].on, lot=group[-1].lot,
                              claimable=claimable_id(speaks.code, subject), milestone=speaks.code,
                              rule=speaks.rule, clause=speaks.clause, amount_pence=speaks.price(group[-1].lot), is_final=measure.is_over))
    return earned, waiting


def _outcomes(kind: Milestone, jobs: Sequence[Deed], person: Person | None) -> list[tuple[str, list[Deed]]]:
    """Subject → the jobs that are measured together: each by itself, or all of the person's (of each spell)."""
    if kind.of != OF_PERSON or kind.kind == PROGRESSION:
        return [(job.id, [job]) for job in jobs]
    groups: dict[str, list[Deed]] = {}
    for job in jobs:
        spell = person.spell_on(job.on) if person and kind.each_spell else None
        groups.setdefault(subject_of(job.person, spell), []).append(job)
    return list(groups.items())


def _measure(version: Milestone, group: Sequence[Deed], person: Person | None, upto: date) -> Measure:
    if version.kind == PROGRESSION:
        return progression(version, group[0], person.spell_on(group[0].on) if person else None, upto)
    return sustained(version, group, upto)


def _earliest(dated: Iterable[Milestone], group: Sequence[Deed], person: Person | None, upto: date) -> tuple[Milestone, Measure] | None:
    """The version under which these jobs were enough first, on a day on which it was in force."""
    found = [(version, measure) for version in dated if (measure := _measure(version, group, person, upto)).on is not None]
    return min(found, key=lambda each: (each[1].on or date.max, each[0].from_)) if found else None


def fees(versions: Iterable[Sequence[Milestone]], lots: Mapping[str, int], upto: date) -> list[Value]:
    """The service fee of each lot's months, from the month given for the lot on: by the version in force on the month's first day."""
    found: list[Value] = []
    for dated in versions:
        if dated[0].kind != SERVICE_FEE:
            continue
        for lot, first in lots.items():
            for month in range(first, month_of(upto) + 1):
                version = version_on(dated, first_day(month))
                if version is None or not version.price(lot):
                    continue
                subject, pence = f"{lot}/{month_text(month)}", version.price(lot)
                found.append(Value(claimable=claimable_id(version.code, subject), milestone=version.code, subject=subject, person="",
                                   lot=lot, earned_on=first_day(month), amount_pence=pence, deeds=(), rule=version.rule,
                                   clause=version.clause, arithmetic=f"{month_words(month)}: 1 × {pounds(pence)} = {pounds(pence)}",
                                   title=version.title or version.code))
    return found
