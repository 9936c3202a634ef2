"""What may be done in the activity room."""

from __future__ import annotations

from coachdesk.activity.actions import candidates, deeds, distance, evidence, jobs, loans, plan
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
from coachdesk.activity.actions.distance import choose_scale, correct_reading, record_reading, remove_reading
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
from coachdesk.activity.actions.plan import (
    add_plan_item,
    change_plan_item,
    change_training,
    change_volunteering,
    finish,
    not_taken_up,
    open_again,
    record_training,
    record_volunteering,
    remove_plan_item,
    remove_training,
    remove_volunteering,
    take_up,
)

DOORS = (*deeds.DOORS, *loans.DOORS, *evidence.DOORS, *jobs.DOORS, *candidates.DOORS, *plan.DOORS, *distance.DOORS)

__all__ = [
    "DOORS", "File", "add_evidence", "add_plan_item", "attend", "begin_break", "book_appointment", "cancel_appointment",
    "change_break", "change_evidence", "change_in_job", "change_intervention", "change_job", "change_loan",
    "change_plan_item", "change_training", "change_volunteering", "choose_scale", "correct_earnings", "correct_job_change",
    "correct_reading", "end_break", "end_job", "file_at", "find_candidate", "finish", "give_back", "keep_evidence", "lend",
    "log_intervention", "miss", "move_candidate", "not_taken_up", "open_again", "put_file", "rebook", "record_earnings",
    "record_hired_job", "record_job", "record_reading", "record_training", "record_volunteering", "refuse_evidence",
    "remove_break", "remove_candidate", "remove_earnings", "remove_evidence", "remove_intervention", "remove_job",
    "remove_job_change", "remove_plan_item", "remove_reading", "remove_training", "remove_volunteering", "reopen_job",
    "sign_off", "take_up", "verify_evidence",
]
