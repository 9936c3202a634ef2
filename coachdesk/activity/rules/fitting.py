"""Who of the caseload might fit a vacancy, and why: what fits, what stands against it, what is not known. The coach decides.

Looked at are only the vacancy, the baseline, what the person did before, the help given, and where they live. Never what is kept apart:
equality answers, health and other special categories, offences; nor anything that stands for them, such as a name or a language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from coachdesk.partner.rules.vacancies import (
    EARLY,
    ENGLISH_LEVELS,
    EVENINGS,
    NIGHTS,
    QUALIFICATION_LEVELS,
    SCHOOL_HOURS,
    SHIFTS,
    WEEKENDS,
)
from coachdesk.partner.rules.words import folded

MOST_SHORT = 8
NEAR_KM, FAR_KM = 3.0, 10.0
READY_KINDS = ("CV & job search", "interview", "work trial", "vocational training")
LANGUAGE = "English, maths & ESOL"
CARE, TRAVEL, DIGITAL = "caring & childcare", "travel", "digital skills & kit"
COUNTED_KINDS = (*READY_KINDS, LANGUAGE)
PLAN_KINDS = (*READY_KINDS, LANGUAGE, CARE, TRAVEL, DIGITAL)          # of a plan; never health, housing or debt
_HARD_TIMES = (EARLY, EVENINGS, NIGHTS, WEEKENDS, SHIFTS)
_CARE = {"caring": "caring", "childcare": "childcare"}
_SKILLED = ("basic", "confident")
_OF_NO_ACCOUNT = frozenset(("assistant", "operative", "worker", "manager", "officer", "team", "member", "staff", "senior", "junior", "part",
                            "time", "full", "trainee", "general"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a vacancy asks for, as far as it was told."""

    title: str
    hours_a_week: int | None = None
    pay_pence_an_hour: int | None = None
    qualification: str | None = None
    english: str | None = None
    times: tuple[str, ...] = ()
    needs_transport: bool | None = None
    needs_digital: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is looked at of a person. km: from home to the work, as the crow flies; helped: help given by kind; waiting, settled: kinds
    of the plan that still wait, and that were taken up or are done.
    """

    id: UUID
    reference: str
    hours_a_week: int | None = None
    pay_pence_an_hour: int | None = None
    qualification: str | None = None
    digital_skills: str | None = None
    barriers: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    helped: Mapping[str, int] = field(default_factory=dict)
    km: float | None = None
    waiting: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    in_work_as: str | None = None
    also_for: str | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """One person beside a vacancy: three lists of words, and the rank that follows from their lengths."""

    id: UUID
    reference: str
    fits: tuple[str, ...]
    against: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def rank(self) -> int:
        """What fits, less twice what stands against it."""
        return len(self.fits) - 2 * len(self.against)

    @property
    def sentence(self) -> str:
        """All three lists as one line, as it is kept with a candidate."""
        lists = (("Fits", self.fits), ("Against", self.against), ("Not known", self.unknown))
        parts = [f"{what}: {', '.join(words)}" for what, words in lists if words]
        return ". ".join(parts) + "." if parts else "Nothing speaks for or against it yet."


class _Words:
    """Collects the three lists."""

    def __init__(self) -> None:
        self.fits: list[str] = []
        self.against: list[str] = []
        self.unknown: list[str] = []


def fit(asked: Asked, person: Facts) -> Fit:
    """One person beside a vacancy."""
    words = _Words()
    _experience(asked, person, words)
    _readiness(person, words)
    _hours_and_pay(asked, person, words)
    _times(asked, person, words)
    _way(asked, person, words)
    _learning(asked, person, words)
    if "right to work papers" in person.barriers:
        words.against.append("papers for work are still missing")
    if person.in_work_as:
        words.against.append(f"has a job: {person.in_work_as}")
    if person.also_for:
        words.unknown.append(f"also put forward for {person.also_for}")
    return Fit(person.id, person.reference, tuple(words.fits), tuple(words.against), tuple(words.unknown))


def short_list(asked: Asked, people: Iterable[Facts], most: int = MOST_SHORT) -> list[Fit]:
    """The few for whom something speaks, best first; those for whom nothing does are left out rather than ranked."""
    found = [one for one in (fit(asked, person) for person in people) if one.fits]
    found.sort(key=lambda one: (-one.rank, len(one.unknown), one.reference))
    return found[:most]


def _experience(asked: Asked, person: Facts, words: _Words) -> None:
    wanted = _telling(asked.title)
    before = next((title for title in person.earlier if wanted & _telling(title)), None)
    if before is not None:
        words.fits.append(f"did this work before: {before}")
    elif not person.earlier:
        words.unknown.append("earlier work")


def _telling(title: str) -> frozenset[str]:
    """The words of a job title that tell one trade from another, without their endings."""
    return frozenset(word.rstrip("s") for word in folded(title).split() if len(word) > 3 and word not in _OF_NO_ACCOUNT)


def _readiness(person: Facts, words: _Words) -> None:
    ready = [f"{kind} ({person.helped[kind]}×)" for kind in READY_KINDS if person.helped.get(kind)]
    if ready:
        words.fits.append(f"worked on {' and '.join(ready)}")
    planned = [kind for kind in READY_KINDS if kind in person.settled and not person.helped.get(kind)]
    if planned:
        words.fits.append(f"took up {' and '.join(planned)} of the plan")


def _hours_and_pay(asked: Asked, person: Facts, words: _Words) -> None:
    if asked.hours_a_week is not None and person.hours_a_week:
        if asked.hours_a_week > person.hours_a_week:
            words.fits.append(f"more hours than the {person.hours_a_week} at the start")
        else:
            words.against.append(f"no more hours than the {person.hours_a_week} at the start")
    if asked.pay_pence_an_hour is not None and person.pay_pence_an_hour:
        if asked.pay_pence_an_hour > person.pay_pence_an_hour:
            words.fits.append("better paid than at the start")
        else:
            words.against.append("not better paid than at the start")


def _times(asked: Asked, person: Facts, words: _Words) -> None:
    care = [_CARE[word] for word in person.barriers if word in _CARE] or (["caring, which the plan has"] if CARE in person.waiting else [])
    hard = [time for time in asked.times if time in _HARD_TIMES]
    if not care or not asked.times:
        return
    if SCHOOL_HOURS in asked.times:
        words.fits.append(f"school hours go with {' and '.join(care)}")
    elif hard:
        words.against.append(f"{' and '.join(hard)} beside {' and '.join(care)}")


def _way(asked: Asked, person: Facts, words: _Words) -> None:
    is_hard = "transport" in person.barriers or TRAVEL in person.waiting
    if person.km is not None:
        far = f"about {person.km:.0f} km from home" if person.km >= 1 else "less than 1 km from home"
        if person.km <= NEAR_KM:
            words.fits.append(far)
        elif person.km > FAR_KM:
            words.against.append(far)
        elif is_hard:
            words.against.append(f"{far}, and transport stands in the way")
    else:
        words.unknown.append("how far it is")
    if asked.needs_transport:
        if is_hard:
            words.against.append("own transport is needed, and transport stands in the way")
        else:
            words.unknown.append("own transport")


def _learning(asked: Asked, person: Facts, words: _Words) -> None:
    if asked.needs_digital:
        if person.digital_skills in _SKILLED:
            words.fits.append(f"digital skills: {person.digital_skills}")
        elif person.digital_skills or "digital" in person.barriers or DIGITAL in person.waiting:
            words.against.append(f"works with a computer; digital skills: {person.digital_skills or 'stand in the way'}")
        else:
            words.unknown.append("digital skills")
    if asked.english in ENGLISH_LEVELS[1:] and ("English" in person.barriers or LANGUAGE in person.waiting):
        classes = person.helped.get(LANGUAGE, 0)
        words.against.append(f"{asked.english} is asked for; English stands in the way{f' (helped {classes}×)' if classes else ''}")
    if asked.qualification and asked.qualification != QUALIFICATION_LEVELS[0]:
        if person.qualification in QUALIFICATION_LEVELS:
            is_enough = QUALIFICATION_LEVELS.index(person.qualification) >= QUALIFICATION_LEVELS.index(asked.qualification)
            (words.fits if is_enough else words.against).append(f"{asked.qualification} is asked for; has {person.qualification}")
        else:
            words.unknown.append(f"qualification ({asked.qualification} is asked for)")
