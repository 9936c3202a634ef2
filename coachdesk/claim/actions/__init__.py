"""What may be done in the claim room, by a lead alone."""

from __future__ import annotations

from coachdesk.claim.actions import months
from coachdesk.claim.actions.months import draft, mark_paid, send

DOORS = (*months.DOORS,)

__all__ = ["DOORS", "draft", "mark_paid", "send"]
