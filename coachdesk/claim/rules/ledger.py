"""What each claimable is worth at a cut: derived from the deeds, never from the order in which they arrived (SYNC.md 8.0, 8.3).

The version in force on the day it was earned prices it; a deed on a day without a version does not count; what is not proved as the terms
ask waits; caps cut off what comes last by day and id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from coachdesk.claim.rules.caps import Cut, cut
from coachdesk.claim.rules.checks import by_code
from coachdesk.claim.rules.claimables import subject_of, unpaid_deed, unpaid_value, value_of
from coachdesk.claim.rules.contract import INTERVENTIONS, JOB_ENTRY, PROGRESSION, SERVICE_FEE, START, SUSTAINED, Milestone, Terms
from coachdesk.claim.rules.evidence import proved
from coachdesk.claim.rules.meaning import judge, judged
from coachdesk.claim.rules.outcomes import earn_outcomes, fees
from coachdesk.claim.rules.shapes import INTERVENTION, JOB, Deed, Person, Progress, Step, Unpaid, Value
from coachdesk.claim.rules.terms import version_on
from coachdesk.claim.rules.words import number
from coachdesk.clock import day_text, month_of, month_words

_Versions = Mapping[str, tuple[Milestone, ...]]


def values(terms: Terms, people: Mapping[str, Person], deeds: Iterable[Deed], upto: date,
           fee_lots: Mapping[str, int] | None = None) -> tuple[list[Value], list[Unpaid]]:
    """Everything earned up to and including `upto` as the caps leave it, and every deed and claimable that pays nothing, with its reason.

    Each deed is in a value, or in an unpaid item, or both (it paid a start and is the latest of "one of three").
    Sorted by day, person and id; the order of `deeds` is irrelevant, a deed given twice counts once.
    fee_lots: lot → the first month whose service fee counts.
    """
    found, unpaid = earned(terms, people, deeds, upto, fee_lots)
    kept, cuts = cut(terms.caps, found)
    return in_order(kept), unpaid_in_order([*unpaid, *(cut_off(each) for each in cuts)])


def earned(terms: Terms, people: Mapping[str, Person], deeds: Iterable[Deed], upto: date,
           fee_lots: Mapping[str, int] | None = None, *, is_judged: bool = False) -> tuple[list[Value], list[Unpaid]]:
    """As `values`, before any cap. is_judged: the deeds bear the definition's word already."""
    versions = by_code(terms)
    found: list[Value] = fees(versions.values(), fee_lots or {}, upto)
    unpaid: list[Unpaid] = []
    for person_id, theirs in _by_person(deeds if is_judged else judged(terms, deeds)).items():
        person = people.get(person_id)
        usable: list[Deed] = []
        for deed in theirs:
            why = _barred(deed, person, upto)
            if why:
                unpaid.append(_unpaid(terms, deed, why))
            else:
                usable.append(deed)
        if usable:
            _earn(terms, versions, usable, person, upto, found, unpaid)
    return in_order(found), unpaid_in_order(unpaid)


def in_order(found: Iterable[Value]) -> list[Value]:
    """Values by day, person and milestone."""
    return sorted(found, key=lambda v: (v.earned_on, v.person, v.milestone, v.subject))


def unpaid_in_order(unpaid: Iterable[Unpaid]) -> list[Unpaid]:
    """Unpaid items by day, person and activity."""
    return sorted(unpaid, key=lambda u: (u.on, u.person, u.deed or "", u.milestone, u.claimable))


def cut_off(each: Cut) -> Unpaid:
    """What a cap took, as an unpaid item with the cap's clause."""
    last = Step(f"Cap: {each.cap.title or each.cap.code}", "terms of the contract", each.cap.rule, each.cap.clause, each.reason)
    return unpaid_value(each.value, each.reason, each.value.title or each.value.milestone, each.cap.rule, each.cap.clause, each.pence,
                        last=last)


def meaningful_progress(terms: Terms, deeds_of_person: Iterable[Deed], on: date) -> Progress:
    """How far one person is toward the meaningful interventions on a day: what counted, what did not and why.

    Looks at interventions only; eligibility is the claim's question and is not asked here. Where the contract has several such
    milestones, the smallest not yet reached is meant. `needed` is 0 where no such rule is in force on the day.
    """
    theirs = [deed for group in _by_person(judged(terms, deeds_of_person)).values() for deed in group if deed.kind == INTERVENTION]
    theirs.sort(key=_by_day)
    barred = {deed.id: _barred(deed, None, on, ask_person=False) for deed in theirs}
    usable = [deed for deed in theirs if not barred[deed.id]]
    codes = [vs for vs in by_code(terms).values() if vs[0].kind == INTERVENTIONS]
    tracks = [track for track in (_track(vs, usable, on) for vs in codes) if track.needed]
    if not tracks:
        return Progress(0, 0, (), tuple((d, barred[d.id] or "no rule asks for meaningful interventions") for d in theirs),
                        "no meaningful interventions are asked for")
    track = min(tracks, key=lambda t: (t.reached is not None, t.needed if t.reached is None else -t.needed))
    counted = {deed.id for deed in track.counted}
    left = tuple((deed, barred[deed.id] or track.why_left(deed)) for deed in theirs if deed.id not in counted)
    count = track.needed if track.reached else min(len(track.counted), track.needed)
    return Progress(count, track.needed, tuple(track.counted), left, f"{number(count)} of {number(track.needed)} meaningful")


class _Track:
    """One person's way toward one "interventions" milestone."""

    __slots__ = ("counted", "needed", "reached", "version")

    def __init__(self, counted: list[Deed], needed: int, reached: Deed | None, version: Milestone | None) -> None:
        self.counted, self.needed, self.reached, self.version = counted, needed, reached, version

    def why_left(self, deed: Deed) -> str:
        """Why a meaningful deed that is not among the counted ones does not count here."""
        if self.reached is not None and _by_day(deed) > _by_day(self.reached):
            return f"already counted: the {number(self.needed)} meaningful interventions were reached on {day_text(self.reached.on)}"
        return f"no rule for meaningful interventions was in force on {day_text(deed.on)}"


def _track(versions: Sequence[Milestone], usable: Sequence[Deed], on: date) -> _Track:
    """Walk a person's meaningful interventions in order; reached on the first day whose own version's count is met."""
    counted: list[Deed] = []
    for deed in usable:
        if deed.kind != INTERVENTION or (version := version_on(versions, deed.on)) is None:
            continue
        counted.append(deed)
        if len(counted) >= version.count:
            return _Track(counted, version.count, deed, version)
    last = counted[-1].on if counted else on
    current = version_on(versions, on) or version_on(versions, last)
    return _Track(counted, current.count if current else 0, None, None)


@dataclass(slots=True)
class _Book:
    """What one person's deeds came to: values, what pays, and what waits or is surplus, by deed."""

    values: list[Value] = field(default_factory=list)
    outcomes: list[Unpaid] = field(default_factory=list)
    paying: set[str] = field(default_factory=set)
    waiting: dict[str, str] = field(default_factory=dict)
    over: dict[str, str] = field(default_factory=dict)


def _earn(terms: Terms, versions: _Versions, usable: Sequence[Deed], person: Person | None, upto: date, found: list[Value],
          unpaid: list[Unpaid]) -> None:
    """One person's values and unpaid items from the deeds that may count, in order of day."""
    book = _Book()
    for dated in _single_first(versions):
        kind = dated[0].kind
        if kind in (SUSTAINED, PROGRESSION):
            _earn_later(dated, usable, person, upto, book)
        elif kind != SERVICE_FEE:
            for subject, theirs in _spells(dated[0], usable, person).items():
                _earn_once(terms, dated, subject, theirs, book)
    known = {deed.id: deed for deed in usable}
    for value in book.values:
        steps, missing = proved(terms, value, [known[id] for id in value.deeds], person) if terms.needs else ((), None)
        value = replace(value, steps=(*value.steps, *steps)) if steps else value
        if missing is None:
            found.append(value)
        else:
            unpaid.append(unpaid_value(value, f"{missing.arithmetic} ({missing.clause})", known[value.deeds[-1]].label, missing.rule,
                                       missing.clause, last=missing))
    unpaid += book.outcomes
    spoken = book.paying | {item.deed for item in book.outcomes}
    for deed in usable:
        if deed.id in book.waiting:
            unpaid.append(unpaid_deed(deed, book.waiting[deed.id]))
        elif deed.id not in spoken:
            unpaid.append(unpaid_deed(deed, book.over.get(deed.id) or f"no rule of the contract pays this on {day_text(deed.on)}"))


def _single_first(versions: _Versions) -> list[tuple[Milestone, ...]]:
    """Milestones that one deed earns, then the counting ones, smallest count first: so reasons do not hang on the terms' order."""
    return sorted(versions.values(), key=lambda vs: (vs[0].kind == INTERVENTIONS, vs[0].count if vs[0].kind == INTERVENTIONS else 0))


def _spells(kind: Milestone, usable: Sequence[Deed], person: Person | None) -> dict[str, Sequence[Deed]]:
    """Subject → the deeds that may earn it: all of the person's, or those of each spell where the contract pays each."""
    if not kind.each_spell or person is None or kind.kind == JOB_ENTRY:
        return {usable[0].person: usable}
    groups: dict[str, list[Deed]] = {}
    for deed in usable:
        groups.setdefault(subject_of(deed.person, person.spell_on(deed.on)), []).append(deed)
    return dict(groups)


def _earn_once(terms: Terms, dated: Sequence[Milestone], subject: str, usable: Sequence[Deed], book: _Book) -> None:
    """The start, each job entry, or the Nth meaningful intervention."""
    kind = dated[0].kind
    if kind == INTERVENTIONS:
        _earn_interventions(terms, dated, subject, usable, book)
        return
    wanted = INTERVENTION if kind == START else JOB
    for deed in usable:
        version = version_on(dated, deed.on) if deed.kind == wanted else None
        if version is None:
            continue
        book.paying.add(deed.id)
        if kind == START:
            what = f"first meaningful help on {day_text(deed.on)}"
            book.values.append(value_of(version, subject, (deed,), what, steps=_judgements(terms, (deed,))))
            break
        book.values.append(value_of(version, deed.id, (deed,), f"job on {day_text(deed.on)}"))


def _earn_interventions(terms: Terms, dated: Sequence[Milestone], subject: str, usable: Sequence[Deed], book: _Book) -> None:
    """The Nth meaningful intervention, or how many are still needed; surplus ones say that the number was reached."""
    track = _track(dated, usable, usable[-1].on if usable else date.min)
    if track.reached is not None and track.version is not None:
        what = f"{number(track.needed)} of {number(track.needed)} meaningful interventions reached on {day_text(track.reached.on)}"
        book.values.append(value_of(track.version, subject, track.counted, what, steps=_judgements(terms, track.counted)))
        book.paying.update(deed.id for deed in track.counted)
        for deed in usable:
            if deed.kind == INTERVENTION and deed.id not in book.paying:
                book.over.setdefault(deed.id, track.why_left(deed))
        return
    more = max(1, track.needed - len(track.counted))
    for place, deed in enumerate(track.counted, 1):
        if deed.id not in book.paying or place == len(track.counted):
            book.waiting.setdefault(deed.id, f"{number(place)} of {number(track.needed)}: {more} more needed")


def _earn_later(dated: Sequence[Milestone], usable: Sequence[Deed], person: Person | None, upto: date, book: _Book) -> None:
    """Sustained work and progression, and how far they have come."""
    jobs = [deed for deed in usable if deed.kind == JOB]
    if not jobs:
        return
    found, waiting = earn_outcomes(dated, jobs, person, upto)
    book.values += found
    book.outcomes += waiting
    book.paying.update(id for value in found for id in value.deeds)


def _judgements(terms: Terms, deeds: Sequence[Deed]) -> tuple[Step, ...]:
    """Which version of the definition called each of these meaningful; nothing where the contract has no definition of their day."""
    steps = []
    for deed in deeds:
        word = judge(terms, deed)
        if word.version:
            steps.append(Step(f"Meaningful: {deed.label} on {day_text(deed.on)}", f"activity {deed.id}", word.rule, word.clause,
                              "the coach's own word" if word.by_coach else "by the definition"))
    return tuple(steps)


def _barred(deed: Deed, person: Person | None, upto: date, *, ask_person: bool = True) -> str:
    """Why a deed cannot count for anything at this cut, in plain words; empty when it may."""
    if deed.on > upto:
        return f"after the month: {day_text(deed.on)} belongs to the claim of {month_words(month_of(deed.on))}"
    if ask_person and person is None:
        return "the participant's record has not arrived here yet"
    if person is not None and not person.eligible:
        return f"person is not eligible: {person.verdict_sentence}"
    if not deed.counts:
        return deed.why_not or "does not count yet"
    if deed.kind == INTERVENTION and not deed.is_meaningful:
        return f"not meaningful: {deed.why}" if deed.why else "not meaningful"
    return ""


def _unpaid(terms: Terms, deed: Deed, reason: str) -> Unpaid:
    """A deed that cannot count; where the definition said so, with its version and clause."""
    word = judge(terms, deed) if reason.startswith("not meaningful") else None
    return unpaid_deed(deed, reason, word.rule, word.clause) if word and word.version else unpaid_deed(deed, reason)


def _by_day(deed: Deed) -> tuple[date, str]:
    return (deed.on, deed.id)


def _by_person(deeds: Iterable[Deed]) -> dict[str, list[Deed]]:
    """Person → deeds in order of day and id. Of two states of one deed the same one is kept in whatever order they come."""
    kept: dict[str, Deed] = {}
    for deed in deeds:
        other = kept.setdefault(deed.id, deed)
        if other is not deed and other != deed and _state(deed) > _state(other):
            kept[deed.id] = deed
    people: dict[str, list[Deed]] = {}
    for deed in kept.values():
        people.setdefault(deed.person, []).append(deed)
    for theirs in people.values():
        theirs.sort(key=_by_day)
    return people


def _state(deed: Deed) -> tuple[date, str, str, str, bool, bool, str]:
    return (deed.on, deed.person, deed.lot, deed.kind, deed.is_meaningful, deed.counts, repr(deed))
