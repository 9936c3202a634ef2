"""Reports about people, from the rooms to paper: what `reports` offers by name, of one person or of a coach's people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework import brief as brief_queries
from coachdesk.casework.silence import no_contact
from coachdesk.casework.timeline import EVERYTHING, KINDS, narrowed, timeline
from coachdesk.clock import day_text
from coachdesk.documents.brief import briefs
from coachdesk.documents.edition_review import edition_review_sheet
from coachdesk.documents.no_contact import no_contact_sheet
from coachdesk.documents.style import Paper, Printed
from coachdesk.documents.timeline import timeline_sheet
from coachdesk.errors import Refusal
from coachdesk.participant import queries as participant_queries


@dataclass(frozen=True)
class Chosen:
    """What a report is of. kind: a word of the timeline's kinds."""

    lot: UUID | None = None
    coach: UUID | None = None
    person: UUID | None = None
    kind: str = EVERYTHING
    since: date | None = None
    until: date | None = None


def brief_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """One person on one page."""
    return briefs([brief_queries.brief(session, _person(chosen, "A brief"))], printed, out)


def handover_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """One page for everybody on a coach's caseload; of a coach who has handed over, for those whom they had last."""
    if chosen.coach is None:
        raise Refusal("Briefs for a handover are of one coach's people.", "Choose the coach. Nothing was printed.")
    return briefs_of(session, brief_queries.of_caseload(session, chosen.coach, chosen.lot), printed, out)


def briefs_of(session: Session, people: list[UUID], printed: Printed, out: Path | BinaryIO) -> Paper:
    """One page for each of these people, in this order."""
    return briefs([brief_queries.brief(session, each) for each in people], printed, out)


def timeline_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """Everything that happened with one person, or some of it."""
    person = _person(chosen, "A timeline")
    if chosen.kind not in KINDS:
        raise Refusal(f"“{chosen.kind}” is no kind of the timeline.", f"Kinds: {', '.join(KINDS)}. Nothing was printed.")
    if chosen.since is not None and chosen.until is not None and chosen.since > chosen.until:
        raise Refusal(
            f"The last day, {day_text(chosen.until)}, comes before the first, {day_text(chosen.since)}.", "Check both; nothing was printed."
        )
    return timeline_of(session, person, (chosen.kind, chosen.since, chosen.until), printed, out)


def timeline_of(session: Session, person: UUID, chosen: tuple[str, date | None, date | None], printed: Printed,
                out: Path | BinaryIO) -> Paper:
    """The rows that the screen shows of a kind and a stretch of time."""
    known = participant_queries.participant(session, participant_queries.leader(session, person))
    if known is None:
        raise Refusal("There is no such participant.", "Take the reference from the caseload. Nothing was printed.")
    events = narrowed(timeline(session, known.id), *chosen)
    return timeline_sheet(known.person.name, known.person.reference, events, chosen, printed, out)


def no_contact_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """Whom nobody has met, helped or spoken with for four weeks, the longest first: a list to travel with."""
    return no_contact_sheet(no_contact(session, lot=chosen.lot, coach=chosen.coach), printed, out)


def _person(chosen: Chosen, what: str) -> UUID:
    if chosen.person is None:
        raise Refusal(f"{what} is of one person.", "Choose the person. Nothing was printed.")
    return chosen.person


def edition_review_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """Whose verdict the newest postcode edition on this device would give otherwise."""
    return edition_review_of(session, None, printed, out, chosen.lot)


def edition_review_of(session: Session, edition: str | None, printed: Printed, out: Path | BinaryIO,
                      lot: UUID | None = None) -> Paper:
    """The same by one edition."""
    judge = participant_queries.by_edition(session, edition)
    if judge is None:
        raise Refusal("There is no postcode edition on this device.", "Import one first. Nothing was printed.")
    rows = participant_queries.edition_reviews(session, lot=lot, edition=judge.edition.name)
    return edition_review_sheet(rows, judge.edition.title, printed, out)


PERSON_REPORTS: dict[str, Callable[[Session, Printed, Path | BinaryIO, Chosen], Paper]] = {
    "brief": brief_report,
    "handover-briefs": handover_report,
    "timeline": timeline_report,
    "no-contact": no_contact_report,
    "edition-review": edition_review_report,
}
