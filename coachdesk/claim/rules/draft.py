"""The draft of one lot's month: what everything is worth now, less what sent claims already took for it (SYNC.md 8.3 to 8.7).

No second claim for the same thing is possible here: a claimable's delta is taken against *all* its sent lines, and exactly one lot
(its home: where it was earned; once worthless, the lot that took it last) may put a line for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from coachdesk.claim.rules.answers import Rejection, again_words, aim, held_words, undone_words
from coachdesk.claim.rules.floor import work_floor
from coachdesk.claim.rules.ledger import values
from coachdesk.claim.rules.shapes import (
    INTERVENTION,
    TOP_UP,
    ClaimFigures,
    Deed,
    Difference,
    FloorWorking,
    Line,
    Person,
    Rerun,
    SentClaim,
    SentLine,
    Terms,
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

    Give all deeds of every person who has anything in the lot (deeds in other lots too: they count toward the three), all sent lines
    of the contract (or at least of those people) and the sent claims they belong to, of every lot. Lines come in the order of the
    terms, then by month earned. A month that was already sent is read from the stored claim by the caller; recomputed here with that
    claim among the sent ones, it answers what is still to be claimed. `lot_name` finds the lot's base total in the floor rule.
    `rejected` names the claimables of which a line was rejected (see `answers`); the rejected lines themselves are not given as sent.
    Refusal only where the terms carry a word that is not known (see `check_terms`).
    """
    deeds, sent_lines, sent_claims = list(deeds), list(sent_lines), list(dict.fromkeys(sent_claims))
    lot_of = {claim.id: claim.lot for claim in sent_claims}
    # a later month of this lot may have gone first: what it took must not look as if it had vanished
    cut = max([month, *(claim.month for claim in sent_claims if claim.lot == lot_id)])
    earned, unpaid = values(terms, people, deeds, last_day(month))
    now = earned if cut == month else values(terms, people, deeds, last_day(cut))[0]
    taken, refused = _taken(sent_lines), rejected or {}
    lines = [line for value in now if value.lot == lot_id and month_of(value.earned_on) <= month
             and (line := _line(value, month, taken.get(value.claimable, []), refused.get(value.claimable)))]
    worth = {value.claimable for value in now}
    known = {deed.id: deed for deed in deeds}
    for claimable, theirs in taken.items():
        if claimable not in worth and _home(theirs, lot_of) == lot_id and (back := _reversal(theirs, lot_id, month, people, known)):
            lines.append(back)
    place = {milestone.code: index for index, milestone in reversed(list(enumerate(terms.milestones)))}
    lines.sort(key=lambda line: (place.get(line.milestone, len(place)), line.earned_month, line.person, line.subject, line.claimable))
    actual = sum(line.amount_pence for line in lines)
    rule = floor_in(terms, month)
    working = work_floor(rule, lot_id, lot_name, month, actual, sent_claims) if rule else None
    mine = [item for item in unpaid if item.deed and known[item.deed].lot == lot_id]
    mine += _already_claimed(earned, taken, lines, known, lot_id, month)
    mine += [Unpaid(value.deeds[-1], value.person, held_words(refused[value.claimable]), value.title, value.earned_on) for value in earned
             if value.lot == lot_id and value.claimable in refused and _is_held(value, taken, refused[value.claimable])]
    return ClaimFigures(lot=lot_id, month=month, lines=tuple(lines), actual_pence=actual, floor=working,
                        payable_pence=actual + (working.top_up_pence if working else 0),
                        unpaid=tuple(sorted((i for i in mine if month_of(i.on) == month), key=lambda i: (i.on, i.person, i.deed or ""))),
                        waiting=tuple(i for i in mine if i.on < first_day(month) and _may_still_pay(known[i.deed or ""], i)),
                        deeds={deed: known[deed] for line in lines for deed in line.deeds if deed in known},
                        people={line.person: people[line.person] for line in lines if line.person in people})


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
        arithmetic += f"; less {pounds(taken)} taken by claims that were not rejected = {pounds(delta)}"
    elif not theirs:
        reason = f"late: {month_words(earned)}" if earned < month else ""
    else:
        last = month_words(theirs[-1].month)
        reason = (f"adjustment: counts again, after the claim of {last} had given it back" if not taken else
                  f"adjustment: worth {pounds(value.amount_pence)} now, {pounds(taken)} taken up to the claim of {last}")
        arithmetic += f"; less {pounds(taken)} taken by earlier claims = {pounds(delta)}"
    return Line(claimable=value.claimable, milestone=value.milestone, subject=value.subject, person=value.person, lot=value.lot,
                month=month, earned_month=earned, amount_pence=delta, value_pence=worth, taken_pence=taken, deeds=value.deeds,
                rule=value.rule, clause=value.clause, arithmetic=arithmetic, reason=reason, title=value.title)


def _reversal(theirs: Sequence[SentLine], lot: str, month: int, people: Mapping[str, Person], known: Mapping[str, Deed]) -> Line | None:
    """The line that gives back what was taken for a claimable worth nothing now; None when it was given back already."""
    taken = sum(sent.amount_pence for sent in theirs)
    if not taken:
        return None
    last = theirs[-1]
    return Line(claimable=last.claimable, milestone=last.kind, subject=last.subject, person=last.person, lot=lot, month=month,
                earned_month=last.month if last.earned_month is None else last.earned_month, amount_pence=-taken, value_pence=0,
                taken_pence=taken, deeds=tuple(deed for deed in last.deeds if deed in known), rule=last.rule, clause=last.clause,
                arithmetic=f"worth {pounds(0)} now; less {pounds(taken)} taken by earlier claims = {pounds(-taken)}",
                reason=f"reversal: {_why_gone(last, month, people, known)}", title=last.title or last.kind)


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


def _already_claimed(earned: Iterable[Value], taken: Mapping[str, list[SentLine]], lines: Iterable[Line], known: Mapping[str, Deed],
                     lot: str, month: int) -> list[Unpaid]:
    """Deeds of the month whose every value has been taken in full by sent claims (the month was sent already, or a later one was)."""
    open_now = {deed for line in lines for deed in line.deeds}
    said: dict[str, Unpaid] = {}
    for value in earned:
        for deed_id in value.deeds:
            deed = known[deed_id]
            if deed_id in open_now or deed.lot != lot or month_of(deed.on) != month or value.claimable not in taken:
                continue
            where = month_words(taken[value.claimable][-1].month)
            said.setdefault(deed_id, Unpaid(deed_id, deed.person, f"already claimed: in the claim of {where}", deed.label, deed.on))
    return list(said.values())


def _may_still_pay(deed: Deed, item: Unpaid) -> bool:
    """Whether an earlier month's unpaid deed can still come to pay: it waits for evidence, eligibility, a record, or more interventions."""
    return not item.reason.startswith(("not meaningful", "already c", "no rule"))
