"""What a lot's claim would come to if some things came true: side by side with what it comes to now. Nothing is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from coachdesk.activity.rules import FACE_TO_FACE, KINDS, month_number
from coachdesk.claim import rules
from coachdesk.claim.queries import answered, feed, shown
from coachdesk.clock import day_text, last_day, month_of, month_text, month_words
from coachdesk.errors import Refusal
from coachdesk.programme import queries as programme
from coachdesk.store.session import today

_SUPPOSED = UUID("5f0d6f6b-6a83-5a50-9a57-5a8f1c6b0a11")
MOST = 200
_NAMED = 4      # so many people are named one by one


@dataclass(frozen=True, slots=True)
class Suppose:
    """What is supposed. evidence: activities that count after all; eligible: people whose address is found to count; helped: person → how
    many more meaningful interventions; starts: new people who start; jobs: people who start a job; amounts: milestone → pence instead.

    on: the day on which what is new happens; today, or the month's last day where that is earlier, unless it is given.
    """

    evidence: frozenset[str] = frozenset()
    eligible: frozenset[str] = frozenset()
    helped: Mapping[str, int] = field(default_factory=dict)
    starts: int = 0
    jobs: frozenset[str] = frozenset()
    amounts: Mapping[str, int] = field(default_factory=dict)
    on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is supposed."""
        return not (self.evidence or self.eligible or self.helped or self.starts or self.jobs or self.amounts)


@dataclass(frozen=True, slots=True)
class Moved:
    """A line that would be another one: amounts in pence, 0 where there is none."""

    claimable: str
    title: str
    reference: str
    now_pence: int
    then_pence: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A lot's month as it is and as it would be, and each line that differs."""

    lot: str
    month: int
    now: rules.ClaimFigures
    then: rules.ClaimFigures
    moved: tuple[Moved, ...]
    says: tuple[str, ...]


def what_if(session: Session, *, lot: UUID, month: int | str, suppose: Suppose) -> Compared:
    """A lot's claim of a month, as it comes to now and as it would. Refusal for what is not here, or a month that was sent."""
    number = month_number(month)
    name = programme.lot_name(session, lot)
    last = shown.last_sent(session, lot)
    if last is not None and last.month >= number:
        raise Refusal(f"The claim of {name} for {month_words(last.month)} went out, so what comes now goes into the next one.",
                      f"Ask for {month_words(last.month + 1)} or later.")
    worked = shown.fresh(session, lot, number)
    on = suppose.on or min(today(session), last_day(number))
    terms, people, deeds, says = _supposed(worked, suppose, str(lot), on, number)
    out = answered.rejected_lines(session)
    then = rules.figures(terms, str(lot), name, number, people, deeds, feed.sent_lines(session, worked.people, lot, out),
                         feed.sent_claims(session), answered.rejections(session, out))
    return Compared(name, number, worked.figures, then, _moved(worked.figures, then, people), tuple(says))


def _supposed(worked: shown.Worked, suppose: Suppose, lot: str, on: date, month: int
              ) -> tuple[rules.Terms, dict[str, rules.Person], list[rules.Deed], list[str]]:
    """Terms, people and deeds as they would be, and what is supposed in words."""
    _check(worked, suppose)
    says: list[str] = []
    people = {id: replace(person, eligible=True) if id in suppose.eligible else person for id, person in worked.people.items()}
    deeds = [_proved(worked.terms, deed, on) if deed.id in suppose.evidence else deed for deed in worked.deeds]
    if suppose.evidence:
        says.append(f"the missing evidence of {_many(len(suppose.evidence), 'activity', 'activities')} arrives")
    says += [f"{people[id].reference} is found to be eligible" for id in sorted(suppose.eligible)]
    if len(suppose.helped) > _NAMED:
        says.append(f"{len(suppose.helped)} people have the meaningful interventions that they still need")
    for person, more in suppose.helped.items():
        if len(suppose.helped) <= _NAMED:
            says.append(f"{people[person].reference} has {_many(more, 'more meaningful intervention', 'more meaningful interventions')}")
        deeds += [_help(person, lot, on, f"{person} {at}") for at in range(more)]
    for person in sorted(suppose.jobs):
        says.append(f"{people[person].reference} starts a job")
        deeds.append(rules.Deed(_id(f"job {person}"), person, lot, rules.JOB, on, True, "", "a job that is supposed"))
    for at in range(suppose.starts):
        person = _id(f"person {at}")
        people[person] = rules.Person(person, f"new {at + 1}", lot, True, "supposed to be eligible", on)
        deeds.append(_help(person, lot, on, f"start {at}"))
    if suppose.starts:
        says.append(f"{_many(suppose.starts, 'more person starts', 'more people start')} on {day_text(on)}")
    if month_of(on) > month and (suppose.helped or suppose.starts or suppose.jobs):
        says.append(f"{day_text(on)} is after {month_words(month)}: it belongs to a later claim")
    terms = worked.terms
    if suppose.amounts:
        changed = [replace(each, amount_pence=suppose.amounts[each.code], amounts={}) if each.code in suppose.amounts else each
                   for each in terms.milestones]
        terms = replace(terms, milestones=tuple(changed))
        says += [f"{code} pays {rules.pounds(pence)}" for code, pence in suppose.amounts.items()]
    return terms, people, deeds, says


def _check(worked: shown.Worked, suppose: Suppose) -> None:
    """Refusal for anything that is not here, or too much of it."""
    known, codes = {deed.id for deed in worked.deeds}, {each.code for each in worked.terms.milestones}
    if not suppose.evidence <= known:
        raise Refusal("There is no such activity in this lot.", "Take its id from what is not paid in `claim show`.")
    if not {*suppose.eligible, *suppose.helped, *suppose.jobs} <= worked.people.keys():
        raise Refusal("There is no such person in this lot.", "Choose somebody of the lot.")
    if not suppose.amounts.keys() <= codes:
        raise Refusal("The contract has no such milestone.", f"Milestones: {', '.join(sorted(codes))}.")
    if suppose.starts < 0 or suppose.starts > MOST or any(not 0 < more <= MOST for more in suppose.helped.values()):
        raise Refusal(f"A what-if takes up to {MOST} of each.", "Give a smaller number.")
    if any(pence < 0 for pence in suppose.amounts.values()):
        raise Refusal("An amount cannot be below nothing.", "Give it in pence.")


def _help(person: str, lot: str, on: date, what: str) -> rules.Deed:
    return rules.Deed(_id(what), person, lot, rules.INTERVENTION, on, True, "supposed", "help that is supposed", mode=FACE_TO_FACE,
                      minutes=60, help_kind=KINDS[0])


def _proved(terms: rules.Terms, deed: rules.Deed, on: date) -> rules.Deed:
    """An activity with every proof that the terms could ask of it, in the words of the day."""
    proofs = {}
    for need in terms.needs:
        wording = need.wording_on(on)
        proofs[need.proves, wording.phrase if wording else ""] = rules.Proof(
            _id(f"proof {deed.id} {need.proves}"), need.proves, on, "supposed", wording.phrase if wording else "", "supposed")
    return replace(deed, counts=True, why_not="", evidence=(*deed.evidence, *proofs.values()))


def _id(what: str) -> str:
    return str(uuid5(_SUPPOSED, what))


def _many(count: int, one: str, more: str) -> str:
    return f"{rules.number(count)} {one if count == 1 else more}"


def _moved(now: rules.ClaimFigures, then: rules.ClaimFigures, people: Mapping[str, rules.Person]) -> tuple[Moved, ...]:
    """Every line whose amount differs, what is new at the end."""
    before = {line.claimable: line for line in now.lines}
    after = {line.claimable: line for line in then.lines}
    found = []
    for claimable in dict.fromkeys((*before, *after)):
        line = after.get(claimable) or before[claimable]
        was = before[claimable].amount_pence if claimable in before else 0
        will = after[claimable].amount_pence if claimable in after else 0
        if was != will:
            person = people.get(line.person)
            found.append(Moved(claimable, line.title or line.milestone, person.reference if person else "", was, will))
    return tuple(found)


def what_if_told(session: Session, lot: UUID, month: int | str, suppose: Suppose) -> dict[str, Any]:
    """Both sides as `claim what-if` prints them."""
    found = what_if(session, lot=lot, month=month, suppose=suppose)

    def side(figures: rules.ClaimFigures) -> dict[str, Any]:
        floor = figures.floor
        return {"lines": len(figures.lines), "actual_pence": figures.actual_pence, "floor_pence": floor.floor_pence if floor else None,
                "won": floor.won if floor else None, "top_up_pence": floor.top_up_pence if floor else None,
                "payable_pence": figures.payable_pence}

    return {"lot": found.lot, "month": month_text(found.month), "suppose": list(found.says), "now": side(found.now),
            "then": side(found.then), "difference_pence": found.then.payable_pence - found.now.payable_pence,
            "lines": [{"claimable": each.claimable, "title": each.title, "reference": each.reference, "now_pence": each.now_pence,
                       "then_pence": each.then_pence} for each in found.moved]}


def suppose_all(session: Session, lot: UUID, month: int, evidence: bool, eligible: bool, helped: bool, *, starts: int = 0,
                amounts: Mapping[str, int] | None = None, on: date | None = None) -> Suppose:
    """Everything of a kind at once: all missing evidence arrives, all addresses to be checked count, all who are on the way get there."""
    worked = shown.fresh(session, lot, month)
    items = (*worked.figures.unpaid, *worked.figures.waiting)
    by_deed = {deed.id: deed for deed in worked.deeds}
    lacking = {item.deed for item in items if item.deed and "evidence" in item.reason}
    barred = {item.person for item in items if "not eligible" in item.reason and "by hand" in item.reason}
    more = {item.person: _more(item.reason) for item in items if "more needed" in item.reason and item.deed in by_deed
            and by_deed[item.deed].kind == rules.INTERVENTION}
    return Suppose(frozenset(lacking) if evidence else frozenset(), frozenset(barred) if eligible else frozenset(),
                   more if helped else {}, starts, frozenset(), amounts or {}, on)


def _more(reason: str) -> int:
    """"one of three: 2 more needed" → 2."""
    words = reason.partition(" more needed")[0].split()
    return int(words[-1]) if words and words[-1].isdigit() else 1
