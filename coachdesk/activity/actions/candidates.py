"""People put down for a vacancy or a training, every step of theirs, and the job that comes of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries
from coachdesk.activity.actions.deeds import record_job
from coachdesk.activity.record import Candidate, CandidateStep
from coachdesk.activity.rules import candidates as life
from coachdesk.activity.rules.vacancy_jobs import pay_an_hour
from coachdesk.errors import Refusal
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Participant
from coachdesk.participant.rules import TO_EMPLOYER
from coachdesk.partner import queries as partner_queries
from coachdesk.partner.actions import held
from coachdesk.partner.record import TrainingOffer, Vacancy
from coachdesk.programme.queries import days
from coachdesk.programme.rules import lines_of
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import actor_of, moment_after, today

Person = Annotated[UUID, Ref("participant", "participant")]
OfVacancy = Annotated[UUID | None, Ref("partner.vacancy", "vacancy; or say training")]
OfTraining = Annotated[UUID | None, Ref("partner.training", "training; or say vacancy")]
Day = Annotated[date | None, "day; today when not said"]


def find_candidate(session: Session, *, participant: Person, vacancy: OfVacancy = None, training: OfTraining = None,
                   why: Annotated[str | None, "why they were found for it"] = None) -> UUID:
    """Puts somebody down as found for a vacancy or a training; nobody is told yet. Refusal without one of the two, or twice for one."""
    if (vacancy is None) == (training is None):
        raise Refusal("A candidate is for a vacancy or for a training, one of the two.", "Name one of them. Nothing was changed.")
    person = held(session, Participant, participant, "participant")
    title = _title(session, vacancy, training)
    leads = participant_queries.leaders(session)
    c = Candidate
    of_it = c.vacancy_id == vacancy if vacancy is not None else c.training_id == training
    there = session.execute(sa.select(c.participant_id).where(of_it))
    if leads.get(person.id, person.id) in {leads.get(each, each) for each in there.scalars()}:
        raise Refusal(f"{person.reference} is a candidate for {title} already.", "Go on from there. Nothing was changed.")
    made = Candidate(participant_id=person.id, vacancy_id=vacancy, training_id=training, why=lines_of(why))
    session.add(made)
    _write(session, made, life.FOUND, today(session), None, None)
    return made.id


def move_candidate(session: Session, id: UUID, *, stage: Annotated[str, "told, applied, interview, offered, hired, not hired, withdrew; "
                                                                       "of a training told, booked, started, finished or not taken up"],
                   on: Day = None, reason: Annotated[str | None, "why, where it did not come to it"] = None,
                   is_name_sent: Annotated[bool | None, "yes: we give their name to the employer; needs their consent"] = None) -> None:
    """The next step of a candidate. Refusal for one that cannot follow, a day that cannot be, no reason where one is needed, or a name
    that may not go to the employer."""
    found = held(session, Candidate, id, "candidate")
    (row,) = queries.candidates(session, id=id)
    is_training = found.training_id is not None
    wanted, day = life.stage_of(stage, is_training), on or today(session)
    life.check_candidate_move(row.stage, wanted, is_training)
    days(session).check_possible(day)
    life.check_step_day(day, row.since, today(session))
    why = life.reason_of(wanted, reason)
    if is_name_sent:
        life.check_name_goes_out(row.partner, participant_queries.consent(session, found.participant_id, TO_EMPLOYER))
    _write(session, found, wanted, day, why, is_name_sent)


def record_hired_job(session: Session, id: UUID, *, started_on: Annotated[date, "first day"],
                     hours_a_week: Annotated[int | None, "hours: hours a week; as in the vacancy when not said"] = None,
                     pay_pence_an_hour: Annotated[int | None, "pence: pay an hour; as in the vacancy when not said"] = None,
                     title: Annotated[str | None, "job title; as in the vacancy when not said"] = None,
                     employer: Annotated[str | None, "employer; as in the vacancy when not said"] = None,
                     contract: Annotated[str | None, "kind of contract"] = None,
                     proof: Annotated[str | None, "how it is known"] = None) -> UUID:
    """Records the job of a candidate who was hired, and links the two. Refusal when they were not hired, or it is recorded already."""
    found = held(session, Candidate, id, "candidate")
    (row,) = queries.candidates(session, id=id)
    if row.stage != life.HIRED or found.vacancy_id is None:
        raise Refusal(f"This candidate stands at “{row.stage}”, so there is no job to record.", "Say that they were hired first.")
    if found.job_id is not None:
        raise Refusal("The job of this candidate is recorded already.", "Open it among the jobs to correct it. Nothing was changed.")
    (vacancy,) = partner_queries.vacancies(session, id=found.vacancy_id)
    hours = hours_a_week if hours_a_week is not None else vacancy.hours_a_week
    if hours is None:
        raise Refusal("How many hours a week the job has is not known from the vacancy.", "Say the hours. Nothing was changed.")
    pay = pay_pence_an_hour if pay_pence_an_hour is not None else pay_an_hour(vacancy.pay_pence_an_hour, vacancy.pay_pence_a_year, hours)
    job = record_job(session, participant=found.participant_id, started_on=started_on, employer=employer or vacancy.partner,
                     title=title or vacancy.title, hours_a_week=hours, pay_pence_an_hour=pay, contract=contract or vacancy.contract,
                     proof=proof)
    found.job_id = job
    return job


def remove_candidate(session: Session, id: UUID) -> None:
    """Takes away somebody who was only found and told of nothing. Refusal once they were told: then they withdrew, or it goes on."""
    found = held(session, Candidate, id, "candidate")
    (row,) = queries.candidates(session, id=id)
    if row.stage != life.FOUND:
        raise Refusal(f"This candidate stands at “{row.stage}”; what was said stays.", "Say “withdrew” if it does not go on.")
    # The step stays in the log with its day; the candidate itself goes, so it counts nowhere.
    for step in session.execute(sa.select(CandidateStep).where(CandidateStep.candidate_id == id)).scalars():
        session.delete(step)
    session.delete(found)


def _write(session: Session, of: Candidate, stage: str, on: date, reason: str | None, is_name_sent: bool | None) -> None:
    known = session.scalar(sa.select(sa.func.max(CandidateStep.moved_at)).where(CandidateStep.candidate_id == of.id))
    session.add(CandidateStep(candidate_id=of.id, stage=stage, on_day=on, reason=reason, is_name_sent=is_name_sent,
                              entered_by=actor_of(session), moved_at=moment_after(session, known)))


def _title(session: Session, vacancy: UUID | None, training: UUID | None) -> str:
    if vacancy is not None:
        of = held(session, Vacancy, vacancy, "vacancy")
        if of.closed_on is not None:
            raise Refusal(f"{of.title} is closed: {of.closed_why}.", "Open it again first, if people are still looked for.")
        return of.title
    assert training is not None
    course = held(session, TrainingOffer, training, "training")
    if course.closed_on is not None:
        raise Refusal(f"{course.title} is closed: {course.closed_why}.", "Choose another training. Nothing was changed.")
    return course.title


DOORS = (
    Door("candidate", "people for vacancies and training, and how far they came", queries.candidates, find_candidate,
         {"move": move_candidate, "record job": record_hired_job, "remove": remove_candidate}, names=("reference", "participant")),
    Door("candidate_step", "every step of candidates, as it was written down", queries.candidate_steps, None, names=("stage",)),
)
