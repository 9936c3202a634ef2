"""A new version of the contract's terms comes into a running store: checked, logged, and never touching what was sent."""

from __future__ import annotations

from sqlalchemy.orm import Session

from coachdesk.claim import queries
from coachdesk.claim.actions.gate import only_lead
from coachdesk.claim.queries import TermsBrought, preview_terms
from coachdesk.errors import Refusal
from coachdesk.programme import actions as programme


def bring_terms(session: Session, *, text: str, name: str) -> TermsBrought:
    """Brings a file of terms in: new versions are added, versions may end, and before the first claim goes out all of it may be replaced.

    Sent months keep the terms that they were worked out under; where a change reaches back, the next claims say so line by line.
    Refusal for anybody but a lead, for a file that is not right (line and field), one that changes nothing, or one that rewrites a version
    that priced claims. What stands afterwards is read once more as every claim reads it, before any of it is kept.
    """
    only_lead(session, "bring in the contract's terms")
    found = preview_terms(session, text, name)
    if found.change.is_nothing:
        raise Refusal(f"{name} says what stands in the store already.", "Nothing was changed.")
    programme.change_terms(session, found.change)
    queries.terms(session)  # as the store has them now, read and checked: a Refusal here takes all of it back
    return found
