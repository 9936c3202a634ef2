"""What stands open under a coach's name, in every room: what a handover moves, and what would be left behind without one.

What is history (who helped, who decided, who wrote it down) stays under the name that it has. A test holds the two lists below against
every column of every room that names a member of the team, so that a new one cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity.record import Appointment, Loan
from coachdesk.outreach.queries.contacts import is_open
from coachdesk.outreach.queries.due import follows_up, reviews_it
from coachdesk.outreach.record import Contact, Series
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.rules import PLANNED
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import FollowUp, MetAt, Participant
from coachdesk.partner.queries import latest_status
from coachdesk.partner.record import Agreement, Capability, Partner, Venue, VenueStatus
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import TeamMember
from coachdesk.referral.queries import states
from coachdesk.referral.record import Referral
from coachdesk.referral.rules import OPEN as OPEN_STATES
from coachdesk.referral.rules import OUT
from coachdesk.store.session import today

MOVES = frozenset({
    "participant.coach_id",
    "participant_follow_up.coach_id",
    "activity_appointment.coach_id",
    "activity_loan.coach_id",
    "referral.coach_id",
    "outreach_session.coach_id",
    "outreach_session.covered_by_id",
    "outreach_series.coach_id",
    "outreach_contact.follow_up_by_id",
    "partner_venue_status.review_by_id",
    "partner_agreement.kept_by",
    "partner.funding_kept_by",
    "partner_capability.kept_by",
})
HISTORY = frozenset({
    "activity_candidate_step.entered_by",
    "partner_council_ask.asked_by",
    "partner_training.told_by",
    "partner_vacancy.told_by",
