"""What happens in a job after its first day. A correction of what was claimed says why; the claim makes an adjustment of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries, rules
from coachdesk.activity.record import Earnings, Job, JobBreak, JobChange
from coachdesk.clock import day_text, first_day
from coachdesk.errors import Refusal
from coachdesk.partner.actions import held
from coachdesk.programme.record import TeamMember
from coachdesk.programme.rules import line_of, needed_line
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import actor_of, today

L = TypeVar("L", JobChange, JobBreak, Earnings)

JobRef = Annotated[UUID, Ref("activity.job", "job")]
Coach = Annotated[UUID | None, Ref("programme.member", "coach; you, unless said otherwise")]
Hours = Annotated[int | None, "hours: hours a week"]
Pay = Annotated[int | None, "pence: pay an hour"]
Contract = Annotated[str | None, "kind of contract"]
Proof = Annotated[str | None, "how it is known"]
ChangedWhy = Annotated[str | None, "reason for the change; asked for when its month was sent"]
Why = Annotated[str, "why it is removed"]


def end_job(session: Session, id: UUID, *, ended_on: Annotated[date | None, "last day; today, unless said otherwise"] = None,
            end_reason: Annotated[str, "why it ended"], changed_why: ChangedWhy = None) -> None:
    """The job came to its end; a time away that was open ends with it. Refusal when it has ended, or for a day that cannot be."""
    job, on = held(session, Job, id, "job"), ended_on or today(session)
    if job.ended_on is not None:
        raise Refusal(f"This job ended on {day_text(job.ended_on)} already.", "Reopen it first if that was wrong; nothing was changed.")
    rules.check_came(on, today(session))
    rules.check_in_job(on, job.started_on, None, "The last day")
    for away in _of(session, JobBreak, id):
        if away.to_day is None or away.to_day > on:
            away.to_day = max(on, away.from_day)
    job.ended_on, job.end_reason = on, rules.job_end_of(end_reason)
    job.changed_why = line_of(changed_why, "The reason") or job.changed_why


def reopen_job(session: Session, id: UUID, *, changed_why: Annotated[str, "why: it goes on after all"]) -> None:
    """The job goes on after all. Refusal when it has not ended, or without a reason."""
    job = held(session, Job, id, "job")
    if job.ended_on is None:
        raise Refusal("This job has not ended.", "Nothing was changed.")
    job.changed_why = needed_line(changed_why, "the reason why it goes on")
    job.ended_on = job.end_reason = None


def change_in_job(session: Session, *, job: JobRef, from_day: Annotated[date | None, "from; today, unless said otherwise"] = None,
                  hours_a_week: Hours = None, pay_pence_an_hour: Pay = None, contract: Contract = None, proof: Proof = None,
                  coach: Coach = None, changed_why: ChangedWhy = None) -> UUID:
    """Writes down other hours, pay or contract in the same job from a day. Refusal for a day outside the job, or when nothing changes."""
    of, on, kind = held(session, Job, job, "job"), from_day or today(session), line_of(contract, "The kind of contract")
    rules.check_came(on, today(session))
    rules.check_in_job(on, of.started_on, of.ended_on, "The change")
    rules.check_job_change(hours_a_week, pay_pence_an_hour, kind)
    made = JobChange(job_id=job, participant_id=of.participant_id, coach_id=_coach(session, coach), from_day=on,
                     hours_a_week=hours_a_week, pay_pence_an_hour=pay_pence_an_hour, contract=kind, proof=line_of(proof, "The proof"),
                     changed_why=line_of(changed_why, "The reason"))
    session.add(made)
    return made.id


def correct_job_change(session: Session, id: UUID, *, from_day: Annotated[date | None, "from"] = None, hours_a_week: Hours = None,
                       pay_pence_an_hour: Pay = None, contract: Contract = None, proof: Proof = None,
                       changed_why: ChangedWhy = None) -> None:
    """Corrects a change; what is left out stays as it is. Refusal as when writing it down, or without a reason once its month is over."""
    thing = held(session, JobChange, id, "change in a job")
    of = held(session, Job, thing.job_id, "job")
    before = thing.from_day, thing.hours_a_week, thing.pay_pence_an_hour
    if from_day is not None:
        rules.check_came(from_day, today(session))
        rules.check_in_job(from_day, of.started_on, of.ended_on, "The change")
        thing.from_day = from_day
    hours = thing.hours_a_week if hours_a_week is None else hours_a_week
    pay = thing.pay_pence_an_hour if pay_pence_an_hour is None else pay_pence_an_hour
    kind = thing.contract if contract is None else line_of(contract, "The kind of contract")
    rules.check_job_change(hours, pay, kind)
    thing.hours_a_week, thing.pay_pence_an_hour, thing.contract = hours, pay, kind
    if (thing.from_day, thing.hours_a_week, thing.pay_pence_an_hour) != before:
        rules.check_changed_why(min(before[0], thing.from_day), today(session), changed_why)
    thing.proof = thing.proof if proof is None else line_of(proof, "The proof")
    thing.changed_why = line_of(changed_why, "The reason") or thing.changed_why


def begin_break(session: Session, *, job: JobRef, from_day: Annotated[date | None, "first day away; today, unless said otherwise"] = None,
                to_day: Annotated[date | None, "last day away, where it is known"] = None,
                reason: Annotated[str | None, "why"] = None, coach: Coach = None, changed_why: ChangedWhy = None) -> UUID:
    """Writes down a time away from a job that goes on. Refusal for days outside the job, or that meet another time away."""
    of, on = held(session, Job, job, "job"), from_day or today(session)
    rules.check_came(on, today(session))
    _check_break(session, of, on, to_day)
    made = JobBreak(job_id=job, participant_id=of.participant_id, coach_id=_coach(session, coach), from_day=on, to_day=to_day,
                    reason=line_of(reason, "The reason"), changed_why=line_of(changed_why, "The reason"))
    session.add(made)
    return made.id


def end_break(session: Session, id: UUID, *, to_day: Annotated[date | None, "last day away; yesterday, unless said otherwise"] = None,
              changed_why: ChangedWhy = None) -> None:
    """They are back at work: the last day away. Refusal for a day before the first."""
    thing = held(session, JobBreak, id, "time away")
    last = to_day or max(date.fromordinal(today(session).toordinal() - 1), thing.from_day)
    _check_break(session, held(session, Job, thing.job_id, "job"), thing.from_day, last, but=id)
    thing.to_day = last
    thing.changed_why = line_of(changed_why, "The reason") or thing.changed_why


def change_break(session: Session, id: UUID, *, from_day: Annotated[date | None, "first day away"] = None,
                 to_day: Annotated[date | None, "last day away"] = None, reason: Annotated[str | None, "why"] = None,
                 changed_why: ChangedWhy = None) -> None:
    """Corrects a time away; what is left out stays as it is. Refusal as when writing it down, or without a reason once its month is over.
    """
    thing = held(session, JobBreak, id, "time away")
    begun, ended = from_day or thing.from_day, to_day or thing.to_day
    rules.check_came(begun, today(session))
    _check_break(session, held(session, Job, thing.job_id, "job"), begun, ended, but=id)
    moved = [day for was, day in ((thing.from_day, begun), (thing.to_day, ended)) if was != day for day in (was, day) if day is not None]
    if moved:
        rules.check_changed_why(min(moved), today(session), changed_why)
    thing.from_day, thing.to_day = begun, ended
    thing.reason = thing.reason if reason is None else line_of(reason, "The reason")
    thing.changed_why = line_of(changed_why, "The reason") or thing.changed_why


def record_earnings(session: Session, *, job: JobRef, month: Annotated[str, "YYYY-MM: month in which it was earned"] | int,
                    pence: Annotated[int, "pence: earned in the month, before tax"], proof: Proof = None, coach: Coach = None,
                    changed_why: ChangedWhy = None) -> UUID:
    """Writes down what was earned in a month. Refusal for a month outside the job, a second figure, or a sum that cannot be."""
    of, number = held(session, Job, job, "job"), rules.month_number(month)
    rules.check_earnings(number, pence, of.started_on, of.ended_on, today(session))
    if any(each.month == number for each in _of(session, Earnings, job)):
        raise Refusal("This month has a figure already.", "Correct that one instead; nothing was saved.")
    made = Earnings(job_id=job, participant_id=of.participant_id, coach_id=_coach(session, coach), month=number, pence=pence,
                    proof=line_of(proof, "The proof"), changed_why=line_of(changed_why, "The reason"))
    session.add(made)
    return made.id


def correct_earnings(session: Session, id: UUID, *, pence: Annotated[int | None, "pence: earned in the month, before tax"] = None,
                     proof: Proof = None, changed_why: ChangedWhy = None) -> None:
    """Corrects what was earned in a month; what is left out stays as it is. Refusal without a reason once the month is over."""
    thing = held(session, Earnings, id, "earnings of a month")
    of = held(session, Job, thing.job_id, "job")
    if pence is not None:
        rules.check_earnings(thing.month, pence, of.started_on, of.ended_on, today(session))
        if pence != thing.pence:
            rules.check_changed_why(first_day(thing.month), today(session), changed_why)
        thing.pence = pence
    thing.proof = thing.proof if proof is None else line_of(proof, "The proof")
    thing.changed_why = line_of(changed_why, "The reason") or thing.changed_why


def remove_job_change(session: Session, id: UUID, *, why: Why) -> None:
    """Removes a change that should not stand here; the reason stays in the log. Refusal without a reason."""
    remove(session, held(session, JobChange, id, "change in a job"), why)


def remove_break(session: Session, id: UUID, *, why: Why) -> None:
    """Removes a time away that should not stand here; the reason stays in the log. Refusal without a reason."""
    remove(session, held(session, JobBreak, id, "time away"), why)


def remove_earnings(session: Session, id: UUID, *, why: Why) -> None:
    """Removes the earnings of a month that should not stand here; the reason stays in the log. Refusal without a reason."""
    remove(session, held(session, Earnings, id, "earnings of a month"), why)


def remove(session: Session, thing: JobChange | JobBreak | Earnings, why: str) -> None:
    """Takes away a line about a job; the reason is written before the tombstone, in the same transaction: the log keeps both."""
    thing.changed_why = f"removed: {needed_line(why, 'a reason for removing it')}"
    session.flush()
    session.delete(thing)


def remove_with_job(session: Session, job: UUID, why: str) -> None:
    """Everything written down about a job goes with it."""
    everything: list[JobChange | JobBreak | Earnings] = [*_of(session, JobChange, job), *_of(session, JobBreak, job)]
    for thing in (*everything, *_of(session, Earnings, job)):
        remove(session, thing, why)


def _check_break(session: Session, job: Job, from_day: date, to_day: date | None, but: UUID | None = None) -> None:
    rules.check_in_job(from_day, job.started_on, job.ended_on, "The time away")
    if to_day is not None and job.ended_on is not None:
        rules.check_in_job(to_day, job.started_on, job.ended_on, "The time away")
    rules.check_break(from_day, to_day, [(each.from_day, each.to_day) for each in _of(session, JobBreak, job.id) if each.id != but])


def _of(session: Session, kind: type[L], job: UUID) -> list[L]:
    return list(session.execute(sa.select(kind).where(kind.job_id == job)).scalars())


def _coach(session: Session, id: UUID | None) -> UUID:
    return held(session, TeamMember, id or actor_of(session), "member of the team").id


DOORS = (
    Door("job_change", "other hours, pay or contract in the same job", queries.job_changes, change_in_job,
         {"change": correct_job_change, "remove": remove_job_change}, names=("reference", "participant")),
    Door("job_break", "times away from a job that goes on", queries.job_breaks, begin_break,
         {"back": end_break, "change": change_break, "remove": remove_break}, names=("reference", "participant")),
    Door("earnings", "what was earned in a month", queries.earnings, record_earnings,
         {"change": correct_earnings, "remove": remove_earnings}, names=("reference", "participant")),
)
