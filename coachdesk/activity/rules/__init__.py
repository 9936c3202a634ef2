"""What may be written down as help, a job, an appointment, a loan or evidence."""

from __future__ import annotations

from coachdesk.activity.rules.deeds import (
    ATTENDED,
    BOOKED,
    CANCELLED,
    EARLIEST,
    FACE_TO_FACE,
    KINDS,
    LATEST,
    LENDABLE,
    MISSED,
    MODES,
    MOST_HOURS,
    MOST_MINUTES,
    MOST_PENCE_AN_HOUR,
    ONLINE,
    OUTCOMES,
    PHONE,
    TEXT,
    Manner,
    Proposal,
    check_day,
    check_job,
    check_minutes,
    check_outcome,
    check_sign_off,
    chosen,
    clock_time,
    decide_meaningful,
    intervention_label,
    job_label,
    lendable_of,
    month_number,
    progress_text,
    propose_meaningful,
)

__all__ = [
    "ATTENDED", "BOOKED", "CANCELLED", "EARLIEST", "FACE_TO_FACE", "KINDS", "LATEST", "LENDABLE", "MISSED", "MODES",
    "MOST_HOURS", "MOST_MINUTES", "MOST_PENCE_AN_HOUR", "Manner", "ONLINE", "OUTCOMES", "PHONE", "Proposal", "TEXT",
    "check_day", "check_job", "check_minutes", "check_outcome", "check_sign_off", "chosen", "clock_time",
    "decide_meaningful", "intervention_label", "job_label", "lendable_of", "month_number", "progress_text",
    "propose_meaningful",
]
