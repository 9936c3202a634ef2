"""Everything that a claim's pack says beside its figures: numbered lines, what was adjusted and why, evidence, sign-offs, the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity
from coachdesk.claim import rules
from coachdesk.claim.queries import shown
from coachdesk.claim.queries.board import board
from coachdesk.claim.queries.feed import GONE_OUT
from coachdesk.claim.queries.lists import kept_ids
from coachdesk.claim.queries.receipt import receipt
from coachdesk.claim.record import Claim
from coachdesk.clock import first_day
from coachdesk.errors import Refusal
from coachdesk.programme import queries as programme

THIS_MONTH, WAITING, TOO_LATE = "this month", "waiting", "too late"


@dataclass(frozen=True, slots=True)
class PackLine:
    """A line with its number in the claim and its id (the receipt's, once it is drafted). Months are integers, amounts pence.

    `evidence`: how many proofs the index has for it.
    """

    number: int
    id: str
    reference: str
    title: str
    earned_month: int
    rule: str
    clause: str
    working: str
    value_pence: int
    taken_pence: int
    amount_pence: int
    reason: str
    evidence: int


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One proof in the index, and the line that it stands for. kept: kind and size of the file, where there is one.

    No name, no words that somebody typed.
    """

    line: int
    reference: str
    about: str
    proves: str
    obtained_on: date
    how: str
    dated: date | None
    kept: str
    state: str
    verified_by: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class SignOffLine:
    """A coach's word for the month, or that it is wanting."""

    coach: str
    state: str
    signed_at: datetime | None
    help_then: int
    jobs_then: int
    help_now: int
    jobs_now: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A claim with all that goes to the commissioner. `receipt` is None until it was sent."""

    view: shown.ClaimView
    provider: str
    contract: str
    lines: tuple[PackLine, ...]
    evidence: tuple[EvidenceLine, ...]
    sign_offs: tuple[SignOffLine, ...]
    receipt: dict[str, Any] | None

    @property
    def adjustments(self) -> tuple[PackLine, ...]:
        """Lines that are not the month's own work."""
        return tuple(line for line in self.lines if line.reason)

    @property
    def without_evidence(self) -> tuple[int, ...]:
        """Numbers of lines of people for which no proof is kept."""
        return tuple(line.number for line in self.lines if line.reference and line.amount_pence > 0 and not line.evidence)


def pack(session: Session, claim_id: UUID) -> Pack:
    """The pack of a claim that was drafted or sent. Refusal when it is not here."""
    claim = session.get(Claim, claim_id)
    if claim is None:
        raise Refusal("There is no such claim.", "Take the id from the list of claims. Nothing was written.")
    return pack_of(session, claim.lot_id, claim.month)


def pack_of(session: Session, lot: UUID, month: int) -> Pack:
    """The pack of a lot's month, also where it is only worked out."""
    view = shown.figures(session, lot=lot, month=month)
    evidence = _evidence(session, view)
    counts: dict[int, int] = {}
    for each in evidence:
        counts[each.line] = counts.get(each.line, 0) + 1
    bodies = programme.own_bodies(session, lot, first_day(month))
    word = tuple(SignOffLine(row.coach, row.state, row.signed_at, row.help_then, row.jobs_then, row.help_now, row.jobs_now)
                 for row in board(session, lot=lot, month=month).coaches)
    sent = receipt(session, view.claim_id) if view.claim_id is not None and view.status in GONE_OUT else None
    lines = _lines(view, counts, kept_ids(session, view.claim_id))
    return Pack(view, bodies[0] if bodies else "", programme.contract(session).contract, lines, evidence, word, sent)


def not_paid(view: shown.ClaimView) -> list[tuple[str, rules.Unpaid]]:
    """Everything that a claim does not pay, each with how it stands: this month's own, waiting (of earlier months, or on its way), or too
    late. Paper and workbook list the same.
    """
    worked = view.figures
    return [(standing, item) for standing, items in ((THIS_MONTH, worked.unpaid), (WAITING, worked.waiting), (TOO_LATE, worked.expired))
            for item in items]


def all_lines(view: shown.ClaimView) -> list[rules.Line]:
    """A claim's lines in their order, the top-up last, as they are numbered."""
    floor = view.figures.floor
    top_up = rules.top_up_line(str(view.lot_id), view.month, floor) if floor else None
    return [*view.figures.lines, *([top_up] if top_up else [])]


def _lines(view: shown.ClaimView, evidence: dict[int, int], kept: dict[str, str]) -> tuple[PackLine, ...]:
    return tuple(
        PackLine(number, kept.get(line.claimable) or shown.line_id(line.claimable, view.month), view.references.get(line.person, ""),
                 line.title or line.milestone, line.earned_month, line.rule, line.clause, line.arithmetic, line.value_pence,
                 line.taken_pence, line.amount_pence, line.reason, evidence.get(number, 0))
        for number, line in enumerate(all_lines(view), 1)
    )


def _evidence(session: Session, view: shown.ClaimView) -> tuple[EvidenceLine, ...]:
    """Every proof of the activities and people that the lines rest on, in the order of the lines."""
    rows = activity.evidence(session, lot=view.lot_id)
    here = {str(row.participant_id) for row in rows}
    people = {line.person for line in view.figures.lines if line.person}
    for moved in sorted(people - here):
        rows += activity.evidence(session, participant=UUID(moved))
    of_deed: dict[str, list[activity.EvidenceRow]] = {}
    of_person: dict[str, list[activity.EvidenceRow]] = {}
    for row in rows:
        deed = row.job or row.intervention
        (of_deed if deed else of_person).setdefault(str(deed or row.participant_id), []).append(row)
    found: list[EvidenceLine] = []
    for number, line in enumerate(view.figures.lines, 1):
        own = [row for deed in line.deeds for row in of_deed.get(deed, ())] + of_person.get(line.person, [])
        found += [_one(number, row) for row in sorted(own, key=lambda row: (row.obtained_on, row.id.bytes))]
    return tuple(found)


def _one(number: int, row: activity.EvidenceRow) -> EvidenceLine:
    kept = f"{row.media}, {max(1, round((row.size or 0) / 1024)):,} kB" if row.media else ""    # then `how` says so
    return EvidenceLine(number, row.reference, row.about, row.proves, row.obtained_on, row.how, row.dated, kept, row.state, row.verified_by,
                        row.verified_on)
