"""What the views of the network work out, as rows for the command line: what each lot can give and lacks, councils side by side, funnels,

and who might fit an open vacancy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity_queries
from coachdesk.casework.capability import waiting_by_kind
from coachdesk.partner import queries as partner_queries
from coachdesk.partner.rules.vacancies import OPEN_VACANCY
from coachdesk.store.doors import Door


@dataclass(frozen=True, slots=True)
class LotKindRow:
    """One kind of support in one lot; id is the lot's. state: own provision, partner, both or nobody. people: whose plan waits for it."""

    id: UUID
    lot: str
    kind: str
    state: str
    own: tuple[str, ...]
    partners: tuple[str, ...]
    ends_on: date | None
    people: int


@dataclass(frozen=True, slots=True)
class LotSupportRow:
    """What one lot asked its council for and was given; id is the lot's. share and says: words that are fair to print."""

    id: UUID
    lot: str
    councils: tuple[str, ...]
    asked: int
    given: int
    partly: int
    declined: int
    no_answer: int
    waiting: int
    share: str
    says: str


@dataclass(frozen=True, slots=True)
class FunnelLine:
    """How far candidates came. of: vacancy, training or employer; id is that one's. counts: how many got at least so far."""

    id: UUID
    of: str
    title: str
    partner: str
    places: int | None
    counts: dict[str, int]
    open: int
    ended: int
    says: str


@dataclass(frozen=True, slots=True)
class FitLine:
    """Somebody of the caseload who might fit an open vacancy, with reasons; id is the person's."""

    id: UUID
    vacancy_id: UUID
    vacancy: str
    partner: str
    participant: str
    reference: str
    lot: str
    coach: str
    fits: str
    against: str
    consent: str | None


def lot_kinds(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[LotKindRow]:
    """Every kind of support by lot, as of today."""
    waiting = waiting_by_kind(session)
    return [LotKindRow(each.lot_id, each.lot, square.kind, square.state, square.own, square.partners, square.ends_on,
                       waiting.get((each.lot_id, square.kind), 0))
            for each in partner_queries.lot_capability(session, lot=lot) for square in each.squares][:limit]


def lot_support(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[LotSupportRow]:
    """Lots side by side, of all time; a lot that never asked is told apart from one that was refused."""
    return [LotSupportRow(each.id, each.lot, each.councils, **asdict(each.count), share=each.share, says=each.says)
            for each in partner_queries.council_support(session, lot=lot)][:limit]


def funnels(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[FunnelLine]:
    """Vacancies, the latest first; then employers by name, then training. lot: candidates of that lot only."""
    found: Iterable[tuple[str, list[activity_queries.FunnelRow]]] = (
        ("vacancy", activity_queries.vacancy_funnels(session, lot=lot)), ("employer", activity_queries.employer_funnels(session, lot=lot)),
        ("training", activity_queries.training_funnels(session, lot=lot)))
    return [FunnelLine(row.id, of, row.title, row.partner, row.places, row.counts, row.open, row.ended, row.words)
            for of, rows in found for row in rows][:limit]


def fits(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[FitLine]:
    """The short list of each open vacancy, those that close first before the others; whoever is a candidate already is left out."""
    return [FitLine(row.id, job.id, job.title, job.partner, row.participant, row.reference, row.lot, row.coach, row.fits, row.against,
                    row.consent)
            for job in partner_queries.vacancies(session, lot=lot, state=OPEN_VACANCY)
            for row in activity_queries.likely_candidates(session, job.id, lot=lot)][:limit]


PARTNER_DOORS = (
    Door("lot_capability", "what each lot can give, by whom, and what it lacks, today", lot_kinds, names=("kind",)),
    Door("lot_support", "what each lot's council was asked for and gave, side by side", lot_support, names=("lot",)),
)
ACTIVITY_DOORS = (
    Door("funnel", "how far candidates came, by vacancy, employer and training", funnels, names=("title",)),
    Door("fit", "people of the caseload who might fit an open vacancy, with reasons", fits, names=("reference",)),
)
