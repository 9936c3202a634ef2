"""What the activity room keeps. Whether something was claimed is never stored here."""

from __future__ import annotations

from coachdesk.activity.record.deeds import Appointment, Intervention, Job, Loan, SignOff

__all__ = ["Appointment", "Intervention", "Job", "Loan", "SignOff"]
