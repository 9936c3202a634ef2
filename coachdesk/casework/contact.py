"""What is real contact with somebody: help given or a call logged, not a reminder by text; of appointments only those that were kept."""

from __future__ import annotations

import sqlalchemy as sa

from coachdesk.activity.record import Intervention
from coachdesk.activity.rules import TEXT


def was_contact() -> sa.ColumnElement[bool]:
    """That a piece of help reached somebody: a text message counts only where it was meaningful help."""
    return sa.or_(Intervention.mode != TEXT, Intervention.is_meaningful)
