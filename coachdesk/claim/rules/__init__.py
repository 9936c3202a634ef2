"""The claim's rules, plain Python: terms in, deeds in, pence out. Nothing here reads a store or a clock.

`values` prices what was done, `figures` drafts a lot's month against what was sent, `explain` opens a line, `rerun` checks a sent month.
"""

from __future__ import annotations

from coachdesk.claim.rules.answers import (
    AGAIN,
    ANSWERS,
    NOT_ANSWERED,
    PAID,
    QUERIED,
    REJECTED,
    Refused,
    Rejection,
    Said,
    Standing,
    chase_day,
    rejections,
    standing,
)
from coachdesk.claim.rules.chain import explain
from coachdesk.claim.rules.draft import figures, rerun, top_up_line
from coachdesk.claim.rules.floor import divide, top_up_claimable, work_floor
from coachdesk.claim.rules.ledger import claimable_id, meaningful_progress, values
from coachdesk.claim.rules.shapes import (
    DIVISORS,
    DOWN,
    HALF_EVEN,
    HALF_UP,
    INTERVENTION,
    INTERVENTIONS,
    JOB,
    JOB_ENTRY,
    MILESTONE_KINDS,
    MONTHS_IN_WINDOW,
    MONTHS_WITH_A_CLAIM,
    ROUNDINGS,
    START,
    TOP_UP,
    ClaimFigures,
    Deed,
    Difference,
    Floor,
    FloorWorking,
    Line,
    Milestone,
    Person,
    Progress,
    Rerun,
    SentClaim,
    SentLine,
    Step,
    Terms,
    Unpaid,
    Value,
)
from coachdesk.claim.rules.terms import by_code, check_terms, floor_in, terms_from, version_on
from coachdesk.claim.rules.words import number, pounds

__all__ = [
    "AGAIN", "ANSWERS", "NOT_ANSWERED", "PAID", "QUERIED", "REJECTED", "Refused", "Rejection", "Said", "Standing", "chase_day",
    "rejections", "standing",
    "DIVISORS", "DOWN", "HALF_EVEN", "HALF_UP", "INTERVENTION", "INTERVENTIONS", "JOB", "JOB_ENTRY", "MILESTONE_KINDS", "MONTHS_IN_WINDOW",
    "MONTHS_WITH_A_CLAIM", "ROUNDINGS", "START", "TOP_UP", "ClaimFigures", "Deed", "Difference", "Floor", "FloorWorking", "Line",
    "Milestone", "Person", "Progress", "Rerun", "SentClaim", "SentLine", "Step", "Terms", "Unpaid", "Value", "by_code", "check_terms",
    "claimable_id", "divide", "explain", "figures", "floor_in", "meaningful_progress", "number", "pounds", "rerun", "terms_from",
    "top_up_claimable", "top_up_line", "values", "version_on", "work_floor",
]
