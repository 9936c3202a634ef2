"""The claim's rules, plain Python: terms in, deeds in, pence out. Nothing here reads a store or a clock.

`values` prices what was done, `figures` drafts a lot's month against what was sent, `explain` opens a line, `rerun` checks a sent month.
"""

from __future__ import annotations

from coachdesk.activity.rules import Manner
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
from coachdesk.claim.rules.caps import crosses_lots
from coachdesk.claim.rules.chain import explain
from coachdesk.claim.rules.checks import by_code, check_terms
from coachdesk.claim.rules.claimables import claimable_id
from coachdesk.claim.rules.closing import CHASING, CHOICES, GOING_AHEAD, MOST_PAY_DAYS, PAY_DAYS, WAITING
from coachdesk.claim.rules.contract import (
    CAP_SCOPES,
    DIVISORS,
    DOWN,
    HALF_EVEN,
    HALF_UP,
    INTERVENTIONS,
    JOB_ENTRY,
    MILESTONE_KINDS,
    MONTHS_IN_WINDOW,
    MONTHS_WITH_A_CLAIM,
    PER_PERSON,
    PROGRESSION,
    ROUNDINGS,
    SERVICE_FEE,
    START,
    SUSTAINED,
    TOP_UP,
    Cap,
    Floor,
    Lateness,
    Milestone,
    Need,
    Terms,
    Wording,
)
from coachdesk.claim.rules.draft import figures, rerun, top_up_line
from coachdesk.claim.rules.evidence import OTHER_WORDING, fault, missing_on, needs_on, phrase_kept
from coachdesk.claim.rules.floor import base_begins, base_notes, divide, top_up_claimable, work_floor
from coachdesk.claim.rules.lateness import last_claim, lateness_on
from coachdesk.claim.rules.ledger import earned, meaningful_progress, values
from coachdesk.claim.rules.meaning import Judgement, judge
from coachdesk.claim.rules.shapes import (
    BREAK,
    CHANGE,
    EARNINGS,
    IN_WORK,
    INTERVENTION,
    JOB,
    PERIODS,
    ClaimFigures,
    Deed,
    Difference,
    FloorWorking,
    Line,
    Period,
    Person,
    Progress,
    Proof,
    Rerun,
    SentClaim,
    SentLine,
    Spell,
    Step,
    Unpaid,
    Value,
)
from coachdesk.claim.rules.terms import floor_in, terms_from, version_on
from coachdesk.claim.rules.words import number, pounds
from coachdesk.claim.rules.worth import Helped, Worth, is_plain, joined_up, of_help, of_jobs

__all__ = [
    "CHASING", "CHOICES", "GOING_AHEAD", "MOST_PAY_DAYS", "PAY_DAYS", "WAITING",
    "AGAIN", "ANSWERS", "BREAK", "CAP_SCOPES", "CHANGE", "DIVISORS", "DOWN", "EARNINGS", "HALF_EVEN", "HALF_UP", "INTERVENTION",
    "INTERVENTIONS", "IN_WORK", "JOB", "JOB_ENTRY", "MILESTONE_KINDS", "MONTHS_IN_WINDOW", "MONTHS_WITH_A_CLAIM", "NOT_ANSWERED",
    "OTHER_WORDING", "PAID", "PERIODS", "PROGRESSION", "QUERIED", "REJECTED", "ROUNDINGS", "SERVICE_FEE", "START", "SUSTAINED",
    "TOP_UP", "Cap", "ClaimFigures", "Deed", "Difference", "Floor", "FloorWorking", "Judgement", "Lateness", "Line", "Manner",
    "Milestone", "Need", "Period", "Person", "Progress", "Proof", "Refused", "Rejection", "Rerun", "Said", "SentClaim", "SentLine",
    "Spell", "Standing", "Step", "Terms", "Unpaid", "Value", "Wording", "by_code", "chase_day", "check_terms", "claimable_id",
    "crosses_lots", "divide", "explain", "fault", "figures", "floor_in", "judge", "last_claim", "lateness_on",
    "meaningful_progress", "missing_on", "needs_on", "number", "phrase_kept", "pounds", "rejections", "rerun", "standing",
    "Helped", "PER_PERSON", "base_begins", "base_notes", "Worth", "earned", "is_plain", "joined_up", "of_help", "of_jobs",
    "terms_from", "top_up_claimable", "top_up_line", "values", "version_on", "work_floor",
]
