"""What the activity room keeps. Whether something was claimed is never stored here."""

from __future__ import annotations

from coachdesk.activity.record.candidates import Candidate, CandidateStep
from coachdesk.activity.record.deeds import Appointment, Intervention, Job, Loan, SignOff
from coachdesk.activity.record.evidence import Evidence

__all__ = ["Appointment", "Candidate", "CandidateStep", "Evidence", "Intervention", "Job", "Loan", "SignOff"]
