"""What may be done in the claim room, by a lead alone."""

from __future__ import annotations

from coachdesk.claim import queries
from coachdesk.claim.actions import answers, closing, months
from coachdesk.claim.actions.answers import answer_paid, claim_again, query, reject
from coachdesk.claim.actions.closing import choose, set_pay_term
from coachdesk.claim.actions.months import draft, mark_paid, send
from coachdesk.claim.actions.receipts import load_receipt
from coachdesk.claim.actions.terms import bring_terms
from coachdesk.store.doors import Door

DOORS = (
    Door("", "claims: a lot's month, drafted, sent or paid", queries.claims, draft, {**months.VERBS, **answers.VERBS}),
    *months.DOORS,
    *answers.DOORS,
    *closing.DOORS,
)

__all__ = ["DOORS", "answer_paid", "bring_terms", "choose", "claim_again", "draft", "load_receipt", "mark_paid", "query", "reject",
           "send", "set_pay_term"]
