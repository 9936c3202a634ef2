"""What each claimable is worth at a cut: derived from the deeds, never from the order in which they arrived (SYNC.md 8.0, 8.3).

A claimable is (milestone code, subject): the person for a start or the Nth meaningful intervention (one spell a person, thin), the
job for a job entry. The version in force on the day it was earned prices it; a deed on a day without a version does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID, uuid5

from coachdesk.claim.rules.shapes import (
    INTERVENTION,
    INTERVENTIONS,
    JOB,
    JOB_ENTRY,
    START,
    Deed,
    Milestone,
    Person,
    Progress,
    Terms,
    Unpaid,
    Value,
)
from coachdesk.claim.rules.terms import by_code, version_on
from coachdesk.claim.rules.words import number, pounds
from coachdesk.clock import day_text, month_of, month_words

_CLAIMABLES = UUID("6f9d3a52-1c0e-5b7a-9a63-2d5f4e8b7c10")   # fixed for ever: every laptop must derive the same ids
_Versions = Mapping[str, tuple[Milestone, ...]]


def claimable_id(milestone: str, subject: str) -> str:
    """The id (UUIDv5, 32 hex digits) of what can be claimed for this milestone code and subject, equal on every device."""
    return uuid5(_CLAIMABLES, f"{milestone}\x1f{subject}").hex


def values(terms: Terms, people: Mapping[str, Person], deeds: Iterable[Deed], upto: date) -> tuple[list[Value], list[Unpaid]]:
    """Everything earned up to and including `upto`, and every deed that pays nothing, with its reason.

    Each deed is in a value, or in an unpaid item, or both (it paid a start and is the latest of "one of three").
    Sorted by day, person and id; the order of `deeds` is irrelevant, a deed given twice counts once.
    """
    versions = by_code(terms)
    earned: list[Value] = []
    unpaid: list[Unpaid] = []
    for person_id, theirs in _by_person(deeds).items():
        usable: list[Deed] = []
        for deed in theirs:
            why = _barred(deed, people.get(person_id), upto)
            if why:
                unpaid.append(_unpaid(deed, why))
            else:
                usable.append(deed)
        _earn(versions, usable, earned, unpaid)
    earned.sort(key=lambda v: (v.earned_on, v.person, v.milestone, v.subject))
    unpaid.sort(key=lambda u: (u.on, u.person, u.deed or ""))
    return earned, unpaid


def meaningful_progress(terms: Terms, deeds_of_person: Iterable[Deed], on: date) -> Progress:
    """How far one person is toward the meaningful interventions on a day: what counted, what did not and why.

    Looks at interventions only; eligibility is the claim's question and is not asked here. Where the contract has several such
    milestones, the smallest not yet reached is meant. `needed` is 0 where no such rule is in force on the day.
    """
    theirs = [deed for group in _by_person(deeds_of_person).values() for deed in group if deed.kind == INTERVENTION]
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


def _earn(versions: _Versions, usable: Sequence[Deed], earned: list[Value], unpaid: list[Unpaid]) -> None:
    """One person's values and unpaid items from the deeds that may count, in order of day."""
    paying: set[str] = set()
    waiting: dict[str, str] = {}
    over: dict[str, str] = {}
    for dated in _single_first(versions):
        kind = dated[0].kind
        if kind == INTERVENTIONS:
            _earn_interventions(dated, usable, earned, paying, waiting, over)
            continue
        wanted = INTERVENTION if kind == START else JOB
        for deed in usable:
            version = version_on(dated, deed.on) if deed.kind == wanted else None
            if version is None:
                continue
            paying.add(deed.id)
            if kind == START:
                earned.append(_value(version, deed.person, (deed,), f"first meaningful help on {day_text(deed.on)}"))
                break
            if kind == JOB_ENTRY:
                earned.append(_value(version, deed.id, (deed,), f"job on {day_text(deed.on)}"))
    for deed in usable:
        if deed.id in waiting:
            unpaid.append(_unpaid(deed, waiting[deed.id]))
        elif deed.id not in paying:
            unpaid.append(_unpaid(deed, over.get(deed.id) or f"no rule of the contract pays this on {day_text(deed.on)}"))


def _single_first(versions: _Versions) -> list[tuple[Milestone, ...]]:
    """Milestones that one deed earns, then the counting ones, smallest count first: so reasons do not hang on the terms' order."""
    return sorted(versions.values(), key=lambda vs: (vs[0].kind == INTERVENTIONS, vs[0].count if vs[0].kind == INTERVENTIONS else 0))


def _earn_interventions(dated: Sequence[Milestone], usable: Sequence[Deed], earned: list[Value],
                        paying: set[str], waiting: dict[str, str], over: dict[str, str]) -> None:
    """The Nth meaningful intervention, or how many are still needed; surplus ones say that the number was reached."""
    track = _track(dated, usable, usable[-1].on if usable else date.min)
    if track.reached is not None and track.version is not None:
        what = f"{number(track.needed)} of {number(track.needed)} meaningful interventions reached on {day_text(track.reached.on)}"
        earned.append(_value(track.version, track.reached.person, track.counted, what))
        paying.update(deed.id for deed in track.counted)
        for deed in usable:
            if deed.kind == INTERVENTION and deed.id not in paying:
                over.setdefault(deed.id, track.why_left(deed))
        return
    more = max(1, track.needed - len(track.counted))
    for place, deed in enumerate(track.counted, 1):
        if deed.id not in paying or place == len(track.counted):
            waiting.setdefault(deed.id, f"{number(place)} of {number(track.needed)}: {more} more needed")


def _value(version: Milestone, subject: str, deeds: Sequence[Deed], what: str) -> Value:
    """The value of a claimable; the last of `deeds` is the one that earned it."""
    last = deeds[-1]
    return Value(claimable=claimable_id(version.code, subject), milestone=version.code, subject=subject, person=last.person, lot=last.lot,
                 earned_on=last.on, amount_pence=version.amount_pence, deeds=tuple(deed.id for deed in deeds), rule=version.rule,
                 clause=version.clause, arithmetic=f"{what}: 1 × {pounds(version.amount_pence)} = {pounds(version.amount_pence)}",
                 title=version.title or version.code)


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


def _unpaid(deed: Deed, reason: str) -> Unpaid:
    return Unpaid(deed=deed.id, person=deed.person, reason=reason, label=deed.label, on=deed.on)


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


def _state(deed: Deed) -> tuple[date, str, str, str, bool, bool, str, str, str]:
    return (deed.on, deed.person, deed.lot, deed.kind, deed.is_meaningful, deed.counts, deed.why, deed.label, deed.why_not)
