"""What may be done in the activity room."""

from __future__ import annotations

from coachdesk.activity.actions import deeds, evidence, loans
from coachdesk.activity.actions.deeds import (
    attend,
    book_appointment,
    cancel_appointment,
    change_intervention,
    change_job,
    log_intervention,
    miss,
    rebook,
    record_job,
    remove_intervention,
    remove_job,
    sign_off,
)
from coachdesk.activity.actions.evidence import (
    File,
    add_evidence,
    change_evidence,
    keep_evidence,
    put_file,
    refuse_evidence,
    remove_evidence,
    verify_evidence,
)
from coachdesk.activity.actions.loans import change_loan, give_back, lend

DOORS = (*deeds.DOORS, *loans.DOORS, *evidence.DOORS)

__all__ = [
    "DOORS",
    "File",
    "add_evidence",
    "change_evidence",
    "keep_evidence",
    "put_file",
    "refuse_evidence",
    "remove_evidence",
    "verify_evidence",
    "attend",
    "book_appointment",
    "cancel_appointment",
    "change_intervention",
    "change_job",
    "change_loan",
    "give_back",
    "lend",
    "log_intervention",
    "miss",
    "rebook",
    "record_job",
    "remove_intervention",
    "remove_job",
    "sign_off",
]
