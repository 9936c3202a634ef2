"""What the claim room tells: one month's claim and its explanation, lists, and what the ledger is fed."""

from __future__ import annotations

from coachdesk.claim.queries.agreement import Agreement, GapShown, agreement, agreements
from coachdesk.claim.queries.answered import AnswerRow, answers, line_numbers, standings
from coachdesk.claim.queries.board import Board, ChoiceRow, CoachRow, MissingRow, board, board_told, choices
from coachdesk.claim.queries.cash import CashRow, PayTermRow, cash, cash_told, contract_from, pay_terms
from coachdesk.claim.queries.due import due
from coachdesk.claim.queries.feed import DRAFT, GONE_OUT, PAID, SENT, deeds, people, sent_claims, sent_lines, terms
from coachdesk.claim.queries.ledger import LedgerRow, ledger, ledger_checked, ledger_told
from coachdesk.claim.queries.lists import ClaimRow, LineRow, claims, kept_ids, lines, sent_until
from coachdesk.claim.queries.receipt import document as receipt_document
from coachdesk.claim.queries.receipt import receipt
from coachdesk.claim.queries.shown import NOT_SAVED, ClaimView, RerunView, before_sending, explain, figures, last_sent, line_id, rerun, show
from coachdesk.claim.queries.terms_brought import Effect, TermsBrought, preview_terms, terms_file, text_of_terms, write_terms
from coachdesk.claim.queries.what_if import Compared, Moved, Suppose, suppose_all, what_if, what_if_told
from coachdesk.claim.queries.worth import payable

__all__ = [
    "LedgerRow",
    "ledger",
    "ledger_checked",
    "ledger_told",
    "payable",
    "Effect",
    "TermsBrought",
    "preview_terms",
    "terms_file",
    "text_of_terms",
    "write_terms",
    "Compared",
    "Moved",
    "Suppose",
    "suppose_all",
    "what_if",
    "what_if_told",
    "Board",
    "CashRow",
    "ChoiceRow",
    "CoachRow",
    "MissingRow",
    "PayTermRow",
    "board",
    "board_told",
    "cash",
    "cash_told",
    "choices",
    "contract_from",
    "pay_terms",
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
    "before_sending",
    "claims",
    "deeds",
    "due",
    "explain",
    "figures",
    "kept_ids",
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
    "sent_until",
    "show",
    "standings",
    "terms",
]
