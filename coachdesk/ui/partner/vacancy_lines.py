"""What the view of vacancies reads in one go: vacancies, employers or training, each with its funnel, ready to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coachdesk.activity import queries as activity
from coachdesk.activity.queries import FunnelRow
from coachdesk.activity.rules.candidates import FUNNEL, TAKEN_UP
from coachdesk.clock import day_text
from coachdesk.partner import queries as partners
from coachdesk.partner.queries import TrainingRow, VacancyRow
from coachdesk.partner.rules.vacancies import OPEN_VACANCY
from coachdesk.programme import queries as programme

OPEN, EVERY, EMPLOYERS, TRAINING = "open", "all", "employers", "training"
SHOWN = ((OPEN, "open vacancies"), (EVERY, "all vacancies"), (EMPLOYERS, "employers"), (TRAINING, "training"))


@dataclass(frozen=True, slots=True)
class VacancyLine:
    """One line of the list: a vacancy, an employer or a training. when: until or from when; first to fifth: how many got so far."""

    id: UUID
    of: str
    title: str
    partner: str
    when: str
    places: str
    first: int
    second: int
    third: int
    fourth: int
    fifth: int
    row: VacancyRow | TrainingRow | None = None

    @property
    def way(self) -> tuple[str, ...]:
        """The stages that are counted."""
        return TAKEN_UP if self.of == TRAINING else FUNNEL


@dataclass(frozen=True, slots=True)
class VacancySheet:
    """Everything that the list shows, and what the forms choose from."""

    lines: dict[str, tuple[VacancyLine, ...]]
    lots: Mapping[UUID, str]
    vacancies: tuple[VacancyRow, ...]


def read_vacancies(session: Any, lot: UUID | None, today: date) -> VacancySheet:
    """One read of the store; lot None shows every lot's."""
    funnels = {row.id: row for row in activity.vacancy_funnels(session, lot=lot)}
    rows = partners.vacancies(session, lot=lot)
    every = tuple(_of_vacancy(row, funnels.get(row.id)) for row in rows)
    taken = {row.id: row for row in activity.training_funnels(session, lot=lot)}
    courses = tuple(_of_training(row, taken.get(row.id)) for row in partners.trainings(session, lot=lot))
    here = {row.partner_id for row in rows}
    employers = tuple(_line(row.id, EMPLOYERS, row.partner, row.title, "", f"{row.places or 0:,}", row, FUNNEL)
                      for row in activity.employer_funnels(session, lot=lot) if row.id in here)
    open_ones = tuple(line for line in every if isinstance(line.row, VacancyRow) and line.row.state == OPEN_VACANCY)
    return VacancySheet({OPEN: open_ones, EVERY: every, EMPLOYERS: employers, TRAINING: courses}, programme.lot_names(session), tuple(rows))


def _of_vacancy(row: VacancyRow, funnel: FunnelRow | None) -> VacancyLine:
    return _line(row.id, EVERY, row.title, row.partner, row.closes, f"{row.places:,}", funnel, FUNNEL, row)


def _of_training(row: TrainingRow, funnel: FunnelRow | None) -> VacancyLine:
    when = day_text(row.starts_on) if row.starts_on else "no day yet"
    return _line(row.id, TRAINING, row.title, row.partner, when, f"{row.places:,}" if row.places else "–", funnel, TAKEN_UP, row)


def _line(id: UUID, of: str, title: str, partner: str, when: str, places: str, funnel: FunnelRow | None, way: tuple[str, ...],
          row: VacancyRow | TrainingRow | None = None) -> VacancyLine:
    first, second, third, fourth, fifth = ((funnel.counts if funnel is not None else {}).get(stage, 0) for stage in way)
    return VacancyLine(id, of, title, partner, when, places, first, second, third, fourth, fifth, row)
