"""The dated history of a person as lines: from, to, what, how it stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from coachdesk.clock import day_text

if TYPE_CHECKING:
    from coachdesk.ui.participant.reading import Known

SPELL, BENEFIT, PAUSE, COACH, LOAN = "spell", "benefit", "pause", "coach", "loan"


@dataclass(frozen=True, slots=True)
class Line:
    """One stretch of time. to_day None: it goes on."""

    id: UUID
    kind: str
    from_day: date
    to_day: date | None
    what: str
    detail: str


def lines(known: Known) -> list[Line]:
    """Everything dated about a person, the latest first."""
    return sorted(_lines(known), key=lambda line: (line.from_day, line.to_day is None, line.what), reverse=True)


def _lines(known: Known) -> Iterator[Line]:
    for spell in known.spells:
        detail = ", ".join(part for part in (spell.lot, spell.end_reason and f"left: {spell.end_reason}", spell.job_title,
                                             spell.qualifications, *spell.barriers) if part)
        yield Line(spell.id, SPELL, spell.started_on, spell.ended_on, "On the programme", detail)
    until: date | None = None
    for benefit in known.benefits:      # the latest first: each stands until the one before it in this list
        detail = ", ".join(part for part in (benefit.benefit, benefit.conditionality, benefit.note) if part)
        yield Line(benefit.id, BENEFIT, benefit.from_day, until, "Benefit", detail)
        until = benefit.from_day
    for rest in known.pauses:
        back = f", expected back on {day_text(rest.expected_back_on)}" if rest.expected_back_on and rest.to_day is None else ""
        yield Line(rest.id, PAUSE, rest.from_day, rest.to_day, "Paused", rest.reason + back)
    until = None
    for turn in known.assignments:
        yield Line(turn.id, COACH, turn.from_day, until, "Coach", ", ".join(part for part in (turn.coach, turn.reason) if part))
        until = turn.from_day
    for loan in known.loans:
        what = f"{loan.what} {loan.tag or ''}".strip()
        yield Line(loan.id, LOAN, loan.lent_on, loan.returned_on, "Lent", f"{what}{f', {loan.condition}' if loan.condition else ''}")
