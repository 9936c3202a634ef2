"""The chain from activity to money: activity → evidence and counting → rule version and clause → arithmetic (issue 5, "Explain")."""

from __future__ import annotations

from coachdesk.claim.rules.shapes import ClaimFigures, FloorWorking, Line, Step, Unpaid
from coachdesk.claim.rules.words import added, less, number, pounds
from coachdesk.clock import day_text, month_words
from coachdesk.errors import Refusal


def explain(figures: ClaimFigures, claimable: str) -> list[Step]:
    """The steps behind one line, by its claimable; behind the top-up, by `figures.floor.claimable`; behind an unpaid item, by its deed.

    Refusal when the claim has none of these. Steps hold no person's name: a participant is shown by reference.
    """
    for line in figures.lines:
        if line.claimable == claimable:
            return _line_steps(figures, line)
    if figures.floor is not None and claimable == figures.floor.claimable:
        return _floor_steps(figures, figures.floor)
    for item in (*figures.unpaid, *figures.waiting, *figures.expired):
        if item.key == claimable:
            return _unpaid_steps(item)
    for item in (*figures.unpaid, *figures.waiting, *figures.expired):
        if item.deed == claimable:
            return _unpaid_steps(item)
    raise Refusal(f"The claim for {month_words(figures.month)} has no such line.", "Open the claim again and choose one of its lines.")


def _line_steps(figures: ClaimFigures, line: Line) -> list[Step]:
    """Activities, the person's verdict, the milestone's worth, and what earlier claims took."""
    steps: list[Step] = []
    for place, deed_id in enumerate(line.deeds, 1):
        deed = figures.deeds.get(deed_id)
        if deed is None:
            steps.append(Step("an activity that is no longer here", f"activity {deed_id}", line.rule, line.clause, ""))
            continue
        if not deed.counts:
            counting = f"does not count: {deed.why_not}" if deed.why_not else "does not count"
        elif deed.kind == "intervention" and not deed.is_meaningful:
            counting = f"not meaningful: {deed.why}"
        else:
            counting = f"{number(place)} of {number(len(line.deeds))}" + (f": {deed.why}" if deed.why else "")
        steps.append(Step(f"{day_text(deed.on)}: {deed.label}", f"activity {deed.id}", line.rule, line.clause, counting))
    person = figures.people.get(line.person)
    if person is not None:
        may = "may be claimed" if person.eligible else "may not be claimed"
        what = f"Participant {person.reference}: {person.verdict_sentence}"
        steps.append(Step(what, f"participant {person.id}", "eligibility", line.clause, may))
    steps += line.steps
    earned = f"{line.title or line.milestone}, earned in {month_words(line.earned_month)}"
    steps.append(Step(earned, "terms of the contract", line.rule, line.clause, line.arithmetic))
    if line.taken_pence or line.reason:
        difference = f"{less(line.value_pence, line.taken_pence)} = {pounds(line.amount_pence)}"
        steps.append(Step(line.reason or "earlier claims", "claims already sent", "value now less what sent claims took", line.clause,
                          difference))
    return steps


def _floor_steps(figures: ClaimFigures, floor: FloorWorking) -> list[Step]:
    """Own claim, base average, and the comparison; said in full even when the top-up is 0."""
    rule = f"floor {floor.version}" if floor.version.startswith("v") else f"floor v{floor.version}"
    window = f"{month_words(floor.base_from)} to {month_words(floor.base_to)}"
    own = added(line.amount_pence for line in figures.lines) if 0 < len(figures.lines) <= 12 else f"{len(figures.lines)} lines"
    divided = f"{pounds(floor.base_total_pence)} ÷ {floor.divide_by} = {pounds(floor.floor_pence)}" if floor.divide_by else \
        f"{pounds(floor.base_total_pence)}, nothing to divide by: {pounds(0)}"
    return [
        Step(f"Own claim of {month_words(figures.month)}", "lines of this claim", "late work and adjustments included", floor.clause,
             f"{own} = {pounds(floor.actual_pence)}"),
        Step(f"Average claim of {window} ({floor.divisor})", "claims of the base months, or the terms", rule, floor.clause, divided),
        Step(f"The larger is paid: {'the floor' if floor.won == 'floor' else 'the own claim'}", "the two figures above", rule,
             floor.clause, floor.arithmetic),
    ]


def _unpaid_steps(item: Unpaid) -> list[Step]:
    """The activity, then what was worked out of it as far as it goes, then the reason with its rule and clause."""
    source = f"activity {item.deed}" if item.deed else "terms of the contract"
    if not item.steps:
        return [Step(f"{day_text(item.on)}: {item.label}", source, item.rule or "not paid in this claim", item.clause, item.reason)]
    return [Step(f"{day_text(item.on)}: {item.label}", source, "not paid in this claim", item.clause, item.reason), *item.steps]
