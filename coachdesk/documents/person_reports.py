"""Reports about people, from the rooms to paper: what `reports` offers by name, of one person or of a coach's people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework import brief as brief_queries
from coachdesk.documents.brief import briefs
from coachdesk.documents.style import Paper, Printed
from coachdesk.errors import Refusal

Chosen = tuple[UUID | None, UUID | None, UUID | None]        # lot, coach, person


def brief_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """One person on one page."""
    if chosen[2] is None:
        raise Refusal("A brief is of one person.", "Choose the person. Nothing was printed.")
    return briefs([brief_queries.brief(session, chosen[2])], printed, out)


def handover_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """One page for everybody on a coach's caseload; of a coach who has handed over, for those whom they had last."""
    lot, coach, _person = chosen
    if coach is None:
        raise Refusal("Briefs for a handover are of one coach's people.", "Choose the coach. Nothing was printed.")
    return briefs_of(session, brief_queries.of_caseload(session, coach, lot), printed, out)


def briefs_of(session: Session, people: list[UUID], printed: Printed, out: Path | BinaryIO) -> Paper:
    """One page for each of these people, in this order."""
    return briefs([brief_queries.brief(session, each) for each in people], printed, out)


PERSON_REPORTS: dict[str, Callable[[Session, Printed, Path | BinaryIO, Chosen], Paper]] = {
    "brief": brief_report,
    "handover-briefs": handover_report,
}
