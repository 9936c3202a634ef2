"""What the activity room keeps. Whether something was claimed is never stored here."""

from __future__ import annotations

from coachdesk.activity.record.candidates import Candidate, CandidateStep
from coachdesk.activity.record.deeds import Appointment, Intervention, Job, Loan, SignOff
from coachdesk.activity.record.evidence import Evidence
from coachdesk.activity.record.jobs import Earnings, JobBreak, JobChange
from coachdesk.activity.record.plan import PlanItem, Reading, Training, Volunteering

__all__ = [
    "Appointment", "Candidate", "CandidateStep", "Earnings", "Evidence", "Intervention", "Job", "JobBreak", "JobChange",
    "Loan", "PlanItem", "Reading", "SignOff", "Training", "Volunteering",
]
