"""What the participant room knows."""

from __future__ import annotations

from coachdesk.participant.queries.people import (
    MOST_DUPLICATES,
    ConsentRow,
    DuplicateRow,
    FollowUpRow,
    NoticeRow,
    ParticipantDetail,
    ParticipantRow,
    VerdictRow,
    consent,
    consents,
    counts,
    due,
    find,
    follow_ups,
    likely_duplicates,
    met_at,
    notices,
    participant,
    participants,
    verdicts,
)

__all__ = [
    "ConsentRow",
    "DuplicateRow",
    "FollowUpRow",
    "MOST_DUPLICATES",
    "NoticeRow",
    "ParticipantDetail",
    "ParticipantRow",
    "VerdictRow",
    "consent",
    "consents",
    "counts",
    "due",
    "find",
    "follow_ups",
    "likely_duplicates",
    "met_at",
    "notices",
    "participant",
    "participants",
    "verdicts",
]
