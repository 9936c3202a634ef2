"""The draft of one lot's month: what everything is worth now, less what sent claims already took for it (SYNC.md 8.3 to 8.7).

No second claim for the same thing is possible here: a claimable's delta is taken against *all* its sent lines, and exactly one lot
(its home: where it was earned; once worthless, the lot that took it last) may put a line for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coachdesk.claim.rules.answers import Rejection, again_words, aim, held_words, undone_words
from coachdesk.claim.rules.caps import Cut, Place, cut, held_back, limit_words
from coachdesk.claim.rules.claimables import unpaid_deed
from coachdesk.claim.rules.contract import TOP_UP, Terms
from coachdesk.claim.rules.floor import work_floor
from coachdesk.claim.rules.lateness import in_good_time, too_late
from coachdesk.claim.rules.ledger import cut_off, earned, in_order
from coachdesk.claim.rules.meaning import judged
from coachdesk.claim.rules.shapes import (
    INTERVENTION,
    ClaimFigures,
    Deed,
    Difference,
    FloorWorking,
    Line,
    Person,
    Rerun,
    SentClaim,
    SentLine,
    Unpaid,
    Value,
)
from coachdesk.claim.rules.terms import floor_in
from coachdesk.claim.rules.words import pounds
from coachdesk.clock import first_day, last_day, month_of, month_words


def figures(terms: Terms, lot_id: str, lot_name: str, month: int, people: Mapping[str, Person], deeds: Iterable[Deed],
            sent_lines: Iterable[SentLine], sent_claims: Iterable[SentClaim],
            rejected: Mapping[str, Rejection] | None = None) -> ClaimFigures:
    """The draft claim of a lot for a month: all that was earned up to the month's last day and not yet taken by sent claims.

    Give all deeds of every person who has anything in the lot (deeds in other lots too: they count toward the three; of every lot where
    `crosses_lots` says so), all sent lines of the contract (or at least of those people) and the sent claims they belong to, of every
    lot. Lines come in the order of the terms, then by month earned. A month that was already sent is read from the stored claim by the
    caller; recomputed here with that claim among the sent ones, it answers what is still to be claimed. `lot_name` finds the lot's base
    total in the floor rule. `rejected` names the claimables of which a line was rejected (see `answers`); the rejected lines themselves
    are not given as sent. Refusal only where the terms carry a word that is not known (see `check_terms`).
    """
    deeds, sent_lines, sent_claims = judged(terms, deeds), list(sent_lines), list(dict.fromkeys(sent_claims))
    known = {deed.id: deed for deed in deeds}
    taken, refused = _taken(sent_lines), rejected or {}
    worked = _work(terms, lot_id, month, people, deeds, taken, sent_claims, refused)
    lot_of = {claim.id: claim.lot for claim in sent_claims}
    lines, waits = _lines(terms, worked, lot_id, month, taken, lot_of, people, known, refused)
    actual = sum(line.amount_pence for line in lines)
    rule = floor_in(terms, month)
    working = work_floor(rule, lot_id, lot_name, month, actual, sent_claims) if rule else None
    mine = [item for item in (*worked.unpaid, *waits) if item.lot == lot_id]
    mine += _already_claimed(worked.now, taken, lines, known, lot_id, month)
    mine += _held_items(worked, taken, refused, lot_id, month)
    mine, expired = too_late(terms, mine, worked.expired, lot_id, month)
    own = sorted((i for i in mine if month_of(i.on) == month and not i.is_pending),
                 key=lambda i: (i.on, i.person, i.deed or "", i.milestone))
    still = tuple(i for i in mine if (i.is_pending or i.on < first_day(month)) and _may_still_pay(i))
    return ClaimFigures(lot=lot_id, month=month, lines=tuple(lines), actual_pence=actual, floor=working,
                        payable_pence=actual + (working.top_up_pence if working else 0),
                        unpaid=tuple(own), waiting=still, expired=tuple(expired),
                        deeds={deed: known[deed] for line in lines for deed in line.deeds if deed in known},
                        people={line.person: people[line.person] for line in lines if line.person in people})


@dataclass(frozen=True, slots=True)
class _Worked:
    """What everything is worth now (`raw`: before caps and lateness), and what is not paid and why."""

    raw: list[Value]
    now: list[Value]
    unpaid: list[Unpaid]
    expired: list[Unpaid]


def _work(terms: Terms, lot: str, month: int, people: Mapping[str, Person], deeds: Sequence[Deed], taken: Mapping[str, list[SentLine]],
          sent_claims: Sequence[SentClaim], refused: Mapping[str, Rejection]) -> _Worked:
    """Values at the cut, first without what came too late, then as the caps leave them; what was rejected takes no place under a cap."""
    # a later month of this lot may have gone first: what it took must not look as if it had vanished
    upto = max([month, *(claim.month for claim in sent_claims if claim.lot == lot)])
    begun = {lot: month}
    for claim in sent_claims:
        begun[claim.lot] = min(begun.get(claim.lot, claim.month), claim.month)
    raw, unpaid = earned(terms, people, deeds, last_day(upto), begun, is_judged=True)
    if upto != month:
        unpaid = earned(terms, people, deeds, last_day(month), begun, is_judged=True)[1]
    had = {key: sum(s.amount_pence for s in theirs) for key, theirs in taken.items()}
    in_time, expired = in_good_time(terms, raw, month, had, refused)
    aims = {value.claimable: aim(value.amount_pence, had.get(value.claimable, 0), refused.get(value.claimable)) for value in in_time}
    out = [value for value in in_time if not aims[value.claimable]]
    now, cuts = cut(terms.caps, (replace(value, amount_pence=aims[value.claimable]) for value in in_time if aims[value.claimable]))
    unpaid += [cut_off(each) for each in cuts if month_of(each.value.earned_on) <= month]
    return _Worked(raw, in_order([*now, *out]), unpaid, expired)


def _lines(terms: Terms, worked: _Worked, lot: str, month: int, taken: Mapping[str, list[SentLine]], lot_of: Mapping[str, str],
           people: Mapping[str, Person], known: Mapping[str, Deed], refused: Mapping[str, Rejection]
           ) -> tuple[list[Line], list[Unpaid]]:
    """The claim's lines in the order of the terms, and what has to wait because another lot still holds what a cap allows."""
    lines = [line for value in worked.now if value.lot == lot and month_of(value.earned_on) <= month
             and (line := _line(value, month, taken.get(value.claimable, []), refused.get(value.claimable)))]
    worth = {value.claimable for value in worked.now}
    why = {item.claimable: item.reason for item in worked.unpaid if item.claimable}
    for claimable, theirs in taken.items():
        if claimable not in worth and _home(theirs, lot_of) == lot and (
                back := _reversal(theirs, lot, month, why.get(claimable) or _why_gone(theirs[-1], month, people, known), known)):
            lines.append(back)
    waits: list[Unpaid] = []
    if terms.caps:
        held = _held(terms, worked, lines, taken, lot_of)
        lines = [line for line in lines if line.claimable not in held]
        waits = [cut_off(held[value.claimable]) for value in worked.now if value.claimable in held]
    place = {milestone.code: index for index, milestone in reversed(list(enumerate(terms.milestones)))}
    lines.sort(key=lambda line: (place.get(line.milestone, len(place)), line.earned_month, line.person, line.subject, line.claimable))
    return lines, waits


def _held(terms: Terms, worked: _Worked, lines: Sequence[Line], taken: Mapping[str, list[SentLine]], lot_of: Mapping[str, str]
          ) -> dict[str, Cut]:
    """Claimable → what of this claim must wait, so that no cap is passed by the sum of all that was sent, at no time."""
    deltas = {line.claimable: line.amount_pence for line in lines}
    held = {claimable: sum(sent.amount_pence for sent in theirs) for claimable, theirs in taken.items()}
    new = [(value, held.get(value.claimable, 0)) for value in worked.now if deltas.get(value.claimable, 0) > 0]
    asked = {value.claimable for value, _ in new}
    places = {value.claimable: Place.of(value) for value in worked.raw}
    others = {claimable: (places.get(claimable) or _place(theirs[-1], lot_of), held[claimable] + deltas.get(claimable, 0))
              for claimable, theirs in taken.items() if claimable not in asked}
    by_id = {value.claimable: value for value, _ in new}
    return {claimable: Cut(by_id[claimable], cap, deltas[claimable], f"waits: {cap.title or cap.code}, {limit_words(cap)}, is still held "
                           f"by what another claim took; the next claim of its lot gives it back ({cap.clause})")
            for claimable, cap in held_back(terms.caps, new, others).items()}


def _held_items(worked: _Worked, taken: Mapping[str, list[SentLine]], refused: Mapping[str, Rejection], lot: str, month: int
                ) -> list[Unpaid]:
    """What was rejected and stays out until it is claimed again."""
    return [Unpaid(value.deeds[-1] if value.deeds else None, value.person, held_words(refused[value.claimable]), value.title,
                   value.earned_on, lot, "" if value.deeds else value.claimable)
            for value in worked.raw if value.claimable in refused and value.lot == lot and month_of(value.earned_on) <= month
            and _is_held(value, taken, refused[value.claimable])]


def _place(sent: SentLine, lot_of: Mapping[str, str]) -> Place:
    """Where a sent line stands for the caps when its claimable is gone."""
    month = sent.month if sent.earned_month is None else sent.earned_month
    return Place(sent.kind, sent.person, lot_of.get(sent.claim, ""), first_day(month))


def rerun(terms: Terms, lot_name: str, claim: SentClaim, people: Mapping[str, Person], deeds: Iterable[Deed],
          sent_lines: Iterable[SentLine], sent_claims: Iterable[SentClaim],
          rejected: Mapping[str, Rejection] | None = None) -> Rerun:
    """A sent claim worked out again from the people and deeds given (those of its day: the same to the penny; today's: what changed since).

    Only what was sent before it counts as taken: claims of earlier months, and of other lots in the same month. The claim itself and
    all later ones may stand in `sent_lines` and `sent_claims`; they are left out.
    """
    sent_lines, sent_claims = list(sent_lines), list(sent_claims)
    before = [c for c in sent_claims if c.month < claim.month or (c.month == claim.month and c.lot != claim.lot)]
    ids = {c.id for c in before}
    again = figures(terms, claim.lot, lot_name, claim.month, people, deeds, [s for s in sent_lines if s.claim in ids], before,
                    rejected)
    own = [s for s in sent_lines if s.claim == claim.id]
    sent = {s.claimable: s.amount_pence for s in own}
    fresh = {line.claimable: line.amount_pence for line in again.lines}
    if again.floor and again.floor.top_up_pence:
        fresh[again.floor.claimable] = again.floor.top_up_pence
    names = {s.claimable: s.kind for s in own} | {line.claimable: line.milestone for line in again.lines}
    apart = tuple(Difference(c, names.get(c, TOP_UP), sent.get(c, 0), fresh.get(c, 0))
                  for c in sorted(sent.keys() | fresh.keys()) if sent.get(c, 0) != fresh.get(c, 0))
    return Rerun(again, apart, claim.payable_pence, again.payable_pence)


def top_up_line(lot: str, month: int, working: FloorWorking) -> Line | None:
    """The top-up as a line of its own, for a claim that is being stored or printed; None where it is 0."""
    if not working.top_up_pence:
        return None
    return Line(claimable=working.claimable, milestone=TOP_UP, subject=lot, person="", lot=lot, month=month, earned_month=month,
                amount_pence=working.top_up_pence, value_pence=working.top_up_pence, taken_pence=0, deeds=(),
                rule=f"floor {working.version}" if working.version.startswith("v") else f"floor v{working.version}",
                clause=working.clause, arithmetic=working.arithmetic, reason="", title="Floor top-up")


def _taken(sent_lines: Sequence[SentLine]) -> dict[str, list[SentLine]]:
    """Claimable → its sent lines, oldest first; a line given twice counts once. Top-ups are no one's work and stay out."""
    found: dict[str, list[SentLine]] = {}
    for line in dict.fromkeys(sent_lines):
        if line.kind != TOP_UP:
            found.setdefault(line.claimable, []).append(line)
    for theirs in found.values():
        theirs.sort(key=lambda s: (s.month, s.claim))
    return found


def _home(theirs: Sequence[SentLine], lot_of: Mapping[str, str]) -> str | None:
    """The one lot that reverses a claimable which is worth nothing any more: the lot of its last sent line."""
    return lot_of.get(theirs[-1].claim)


def _is_held(value: Value, taken: Mapping[str, list[SentLine]], rejection: Rejection) -> bool:
    own = sum(sent.amount_pence for sent in taken.get(value.claimable, ()))
    return aim(value.amount_pence, own, rejection) < value.amount_pence


def _line(value: Value, month: int, theirs: Sequence[SentLine], rejection: Rejection | None = None) -> Line | None:
    """The line of a claimable that is worth something; None when nothing is left to take or give back, or when it is held."""
    taken = sum(sent.amount_pence for sent in theirs)
    worth = aim(value.amount_pence, taken, rejection)
    delta = worth - taken
    if not delta:
        return None
    earned = month_of(value.earned_on)
    arithmetic = value.arithmetic
    if rejection is not None and delta > 0:
        reason = again_words(rejection) if worth else undone_words(rejection)
        arithmetic += f"; {_had(taken)} by claims that were not rejected = {pounds(delta)}"
    elif not theirs:
        reason = f"late: {month_words(earned)}" if earned < month else ""
    else:
        last = month_words(theirs[-1].month)
        reason = (f"adjustment: counts again, after the claim of {last} had given it back" if not taken else
                  f"adjustment: worth {pounds(value.amount_pence)} now, {pounds(taken)} taken up to the claim of {last}")
        arithmetic += f"; {_had(taken)} by earlier claims = {pounds(delta)}"
    return Line(claimable=value.claimable, milestone=value.milestone, subject=value.subject, person=value.person, lot=value.lot,
                month=month, earned_month=earned, amount_pence=delta, value_pence=worth, taken_pence=taken, deeds=value.deeds,
                rule=value.rule, clause=value.clause, arithmetic=arithmetic, reason=reason, title=value.title, steps=value.steps)


def _reversal(theirs: Sequence[SentLine], lot: str, month: int, why: str, known: Mapping[str, Deed]) -> Line | None:
    """The line that gives back what was taken for a claimable worth nothing now; None when it was given back already."""
    taken = sum(sent.amount_pence for sent in theirs)
    if not taken:
        return None
    last = theirs[-1]
    return Line(claimable=last.claimable, milestone=last.kind, subject=last.subject, person=last.person, lot=lot, month=month,
                earned_month=last.month if last.earned_month is None else last.earned_month, amount_pence=-taken, value_pence=0,
                taken_pence=taken, deeds=tuple(deed for deed in last.deeds if deed in known), rule=last.rule, clause=last.clause,
                arithmetic=f"worth {pounds(0)} now; {_had(taken)} by earlier claims = {pounds(-taken)}",
                reason=f"reversal: {why}", title=last.title or last.kind)


def _had(taken_pence: int) -> str:
    """What earlier claims took, or gave back on balance."""
    return f"less {pounds(taken_pence)} taken" if taken_pence >= 0 else f"plus {pounds(-taken_pence)} given back"


def _why_gone(last: SentLine, month: int, people: Mapping[str, Person], known: Mapping[str, Deed]) -> str:
    """Why a claimable that was paid is worth nothing now, in words that are the same for everyone.

    A line is kept for ever, so nothing that a person typed and no address goes into it (SYNC.md section 6).
    """
    if any(deed not in known for deed in last.deeds):
        return "an activity it rested on was removed"
    for deed in (known[name] for name in last.deeds):
        person = people.get(deed.person)
        if last.person and deed.person != last.person:
            return "two records were found to be one person"
        if person is None:
            return "the participant's record is not here any more"
        if not person.eligible:
            return "the participant is not eligible"
        if not deed.counts:
            return "an activity it rested on does not count any more"
        if deed.kind == INTERVENTION and not deed.is_meaningful:
            return "an activity it rested on is not meaningful any more"
        if month_of(deed.on) > month:
            return f"an activity it rested on has moved to {month_words(month_of(deed.on))}"
    return f"the activity taken for it up to the claim of {month_words(last.month)} no longer earns it"


def _already_claimed(found: Iterable[Value], taken: Mapping[str, list[SentLine]], lines: Iterable[Line], known: Mapping[str, Deed],
                     lot: str, month: int) -> list[Unpaid]:
    """Deeds of the month whose every value has been taken in full by sent claims (the month was sent already, or a later one was)."""
    open_now = {deed for line in lines for deed in line.deeds}
    said: dict[str, Unpaid] = {}
    for value in found:
        for deed_id in value.deeds:
            deed = known[deed_id]
            if deed_id in open_now or deed.lot != lot or month_of(deed.on) != month or value.claimable not in taken:
                continue
            where = month_words(taken[value.claimable][-1].month)
            said.setdefault(deed_id, unpaid_deed(deed, f"already claimed: in the claim of {where}"))
    return list(said.values())


def _may_still_pay(item: Unpaid) -> bool:
    """Whether an earlier month's unpaid item can still come to pay: it waits for evidence, eligibility, a record, or more of something."""
    return not item.is_final and not item.reason.startswith(("not meaningful", "already c", "no rule"))
