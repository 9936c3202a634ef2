"""What may be done in the activity room."""

from __future__ import annotations

from coachdesk.activity.actions import candidates, deeds, evidence, jobs, loans
from coachdesk.activity.actions.candidates import find_candidate, move_candidate, record_hired_job, remove_candidate
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
    file_at,
    keep_evidence,
    put_file,
    refuse_evidence,
    remove_evidence,
    verify_evidence,
)
from coachdesk.activity.actions.jobs import (
    begin_break,
    change_break,
    change_in_job,
    correct_earnings,
    correct_job_change,
    end_break,
    end_job,
    record_earnings,
    remove_break,
    remove_earnings,
    remove_job_change,
    reopen_job,
)
from coachdesk.activity.actions.loans import change_loan, give_back, lend

DOORS = (*deeds.DOORS, *loans.DOORS, *evidence.DOORS, *jobs.DOORS, *candidates.DOORS)

__all__ = [
    "DOORS", "File", "add_evidence", "attend", "begin_break", "book_appointment", "cancel_appointment", "change_break",
    "change_evidence", "change_in_job", "change_intervention", "change_job", "change_loan", "correct_earnings",
    "correct_job_change", "end_break", "end_job", "file_at", "find_candidate", "give_back", "keep_evidence", "lend",
    "log_intervention", "miss", "move_candidate", "put_file", "rebook", "record_earnings", "record_hired_job",
    "record_job", "refuse_evidence", "remove_break", "remove_candidate", "remove_earnings", "remove_evidence",
    "remove_intervention", "remove_job", "remove_job_change", "reopen_job", "sign_off", "verify_evidence",
]
