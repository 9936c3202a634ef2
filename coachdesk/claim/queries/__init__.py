"""What the claim room tells: one month's claim and its explanation, lists, and what the ledger is fed."""

from __future__ import annotations

from coachdesk.claim.queries.agreement import Agreement, GapShown, agreement, agreements
from coachdesk.claim.queries.answered import AnswerRow, answers, line_numbers, standings
from coachdesk.claim.queries.feed import DRAFT, GONE_OUT, PAID, SENT, deeds, people, sent_claims, sent_lines, terms
from coachdesk.claim.queries.lists import ClaimRow, LineRow, claims, lines
from coachdesk.claim.queries.receipt import document as receipt_document
from coachdesk.claim.queries.receipt import receipt
from coachdesk.claim.queries.shown import NOT_SAVED, ClaimView, RerunView, explain, figures, last_sent, line_id, rerun, show

__all__ = [
    "DRAFT",
    "GONE_OUT",
    "NOT_SAVED",
    "PAID",
    "SENT",
    "Agreement",
    "AnswerRow",
    "ClaimRow",
    "ClaimView",
    "GapShown",
    "LineRow",
    "RerunView",
    "agreement",
    "agreements",
    "answers",
    "claims",
    "deeds",
    "explain",
    "figures",
    "last_sent",
    "line_id",
    "line_numbers",
    "lines",
    "people",
    "receipt",
    "receipt_document",
    "rerun",
    "sent_claims",
    "sent_lines",
    "show",
    "standings",
    "terms",
]
