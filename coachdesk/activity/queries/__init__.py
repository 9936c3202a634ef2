"""What the activity room tells: help, jobs, appointments, sign-offs, how far a person is, what is due, and its long lists by keys."""

from __future__ import annotations

from coachdesk.activity.queries.candidates import (
    CandidateRow,
    CandidateStepRow,
    FunnelRow,
    candidate_steps,
    candidates,
    employer_funnels,
    training_funnels,
    vacancy_funnels,
)
from coachdesk.activity.queries.claimed import DeedRow, HelpRow, Narrowed, counts_by, deeds, first_help, help_of, portions
from coachdesk.activity.queries.distance import (
    Distance,
    ReadingRow,
    ScaleRow,
    distance,
    due_readings,
    readings,
    scale_of_code,
    scale_on,
    scales,
)
from coachdesk.activity.queries.evidence import (
    EvidenceRow,
    Kept,
    ProofRow,
    evidence,
    evidence_counts,
    evidence_key,
    evidence_keys,
    evidence_rows,
    evidence_with,
    kept_file,
    proofs,
    unverified_count,
)
from coachdesk.activity.queries.fitting import FitRow, likely_candidates
from coachdesk.activity.queries.jobs import (
    EarningsRow,
    JobBreakRow,
    JobChangeRow,
    KnownRow,
    earnings,
    job_breaks,
    job_changes,
    known_of_jobs,
)
from coachdesk.activity.queries.lists import (
    AppointmentRow,
    InterventionRow,
    JobRow,
    LoanRow,
    SignOffRow,
    appointments,
    counts,
    due,
    due_loans,
    interventions,
    jobs,
    last_contact,
    loans,
    needed,
    progress,
    sign_offs,
)
from coachdesk.activity.queries.long_lists import (
    AppointmentTotals,
    HelpTotals,
    appointment_chain,
    appointment_count,
    appointment_key,
    appointment_keys,
    appointment_rows,
    appointment_totals,
    help_totals,
    intervention,
    intervention_key,
    intervention_keys,
    intervention_rows,
    job,
    job_count,
    job_key,
    job_keys,
    job_rows,
    missed,
)
from coachdesk.activity.queries.meaning import DEFINITION, counting, manner, manner_then, manners
from coachdesk.activity.queries.plan import (
    KindTotal,
    PlanRow,
    TrainingRow,
    VolunteeringRow,
    due_plan,
    person_of_record,
    plan_item,
    plan_items,
    plan_key,
    plan_keys,
    plan_rows,
    plan_totals,
    trainings,
    volunteerings,
)

__all__ = [
    "Narrowed", "counting", "counts_by", "HelpRow", "first_help", "help_of", "portions",
    "AppointmentRow", "AppointmentTotals", "CandidateRow", "CandidateStepRow", "DEFINITION", "DeedRow", "Distance",
    "EarningsRow", "EvidenceRow", "FitRow", "FunnelRow", "HelpTotals", "InterventionRow", "JobBreakRow", "JobChangeRow",
    "JobRow", "Kept", "KindTotal", "KnownRow", "LoanRow", "PlanRow", "ProofRow", "ReadingRow", "ScaleRow", "SignOffRow",
    "TrainingRow", "VolunteeringRow", "appointment_chain", "appointment_count", "appointment_key", "appointment_keys",
    "appointment_rows", "appointment_totals", "appointments", "candidate_steps", "candidates", "counts", "deeds", "distance",
    "due", "due_loans", "due_plan", "due_readings", "earnings", "employer_funnels", "evidence", "evidence_counts",
    "evidence_key", "evidence_keys", "evidence_rows", "evidence_with", "help_totals", "intervention", "intervention_key",
    "intervention_keys", "intervention_rows", "interventions", "job", "job_breaks", "job_changes", "job_count", "job_key",
    "job_keys", "job_rows", "jobs", "kept_file", "known_of_jobs", "last_contact", "likely_candidates", "loans", "manner",
    "manner_then", "manners", "missed", "needed", "person_of_record", "plan_item", "plan_items", "plan_key", "plan_keys", "plan_rows",
    "plan_totals", "progress", "proofs", "readings", "scale_of_code", "scale_on", "scales", "sign_offs", "training_funnels",
    "trainings", "unverified_count", "vacancy_funnels", "volunteerings",
]
