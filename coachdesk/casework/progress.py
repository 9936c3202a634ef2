"""How far somebody has come: their start and why it is that day, which help counted, jobs as they stand, outcomes by the contract's terms.

Nothing is stored here and no threshold is written here: the definition of meaningful help, the weeks, the allowed days away and the pay
bands are the contract's, as the claim reads them. Where the terms name none, the plain facts stand alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity_queries
from coachdesk.activity.queries import Distance, InterventionRow, JobBreakRow, JobChangeRow, JobRow
from coachdesk.casework.job_events import JobEvent, is_sent, job_events
from coachdesk.claim import queries as claim_queries
from coachdesk.claim import rules as claim_rules
from coachdesk.claim.queries import feed
from coachdesk.claim.rules.work import progression, sustained
from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.queries import SpellRow
from coachdesk.store.session import today

NOBODY = UUID(int=0)            # a lot without people: with it, the claim's own queries read only whom we name
_AHEAD = timedelta(days=3_650)


@dataclass(frozen=True, slots=True)
class Counted:
    """One piece of help: whether it counted as meaningful, and why. rule: the version of the definition, with its clause."""

    id: UUID
    on: date
    what: str
    coach: str
    counts: bool
    why: str
    rule: str
    is_start: bool


@dataclass(frozen=True, slots=True)
class JobStanding:
    """A job today, or on its last day. break_id: of the time away that is still open; since_start: against the baseline, in words.

    events: what became known of it, the newest first; sent_until: the month of the last claim of the person's lot that went out.
    """

    id: UUID
    title: str
    employer: str
    started_on: date
    ended_on: date | None
    end_reason: str | None
    hours_a_week: int
    pay_pence_an_hour: int | None
    contract: str | None
    weeks: int
    days_away: int
    break_id: UUID | None
    earned_pence: int
    since_start: str
    events: tuple[JobEvent, ...] = ()
    sent_until: int | None = None

    @property
    def is_sent(self) -> bool:
        """Whether a claim that went out may rest on it."""
        return is_sent(self.started_on, self.sent_until)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far work has come toward an outcome of the contract. on: reached; expected_on: if the job goes on without another day away."""

    title: str
    words: str
    on: date | None
    expected_on: date | None
    rule: str


@dataclass(frozen=True, slots=True)
class Progress:
    """One person's progress; start_words: sentences, the start first, then what came before it and did not count."""

    start_on: date | None
    start_words: tuple[str, ...]
    counted: tuple[Counted, ...]
    milestones: tuple[str, ...]
    jobs: tuple[JobStanding, ...]
    outcomes: tuple[Outcome, ...]
    missed: str
    distance: Distance | None


def progress(session: Session, participant: UUID) -> Progress:
    """Of one person, under all of their records."""
    known, day = participant_queries.leader(session, participant), today(session)
    records = participant_queries.records(session, known)
    terms = terms_of(session)
    people, deeds = fed(session, NOBODY, records)
    theirs = [row for one in records for row in activity_queries.interventions(session, participant=one)]
    counted = counted_of(theirs, terms, {deed.id: deed for deed in deeds})
    start = next((each for each in counted if each.is_start), None)
    spells = [row for one in records for row in participant_queries.spells(session, participant=one)]
    outcomes = outcomes_of(terms, deeds, people.get(str(known)), day) if terms else ()
    return Progress(start.on if start else None, start_words(counted, start), tuple(reversed(counted)),
                    _milestones(terms, counted, day),
                    _jobs(session, records, spells, day, claim_queries.sent_until(session, known)), outcomes, _missed(session, records),
                    activity_queries.distance(session, records, day))


def terms_of(session: Session) -> claim_rules.Terms | None:
    """The contract's terms; None where they cannot be worked with: the claim says so, a person's page still opens."""
    try:
        return feed.terms(session)
    except Refusal:
        return None


def fed(session: Session, lot: UUID | None, records: Sequence[UUID] = ()) -> tuple[dict[str, claim_rules.Person], list[claim_rules.Deed]]:
    """People and deeds as the claim is fed them: of a lot (None: of all) and of these records."""
    return feed.people(session, lot, records), feed.deeds(session, lot, records)


# help


def counted_of(rows: Sequence[InterventionRow], terms: claim_rules.Terms | None, deeds: dict[str, claim_rules.Deed]) -> list[Counted]:
    """Oldest first, each with the word of the definition in force on its day."""
    found: list[Counted] = []
    for row in sorted(rows, key=lambda each: (each.happened_on, each.id.bytes)):
        deed = deeds.get(str(row.id))
        word = claim_rules.judge(terms, deed) if terms and deed else None
        counts = (word.is_meaningful if word else row.is_meaningful) and (deed is None or deed.counts)
        why = (deed.why_not if deed and not deed.counts else "") or (word.why if word else row.why) or ""
        rule = f"{word.rule}, {word.clause}" if word and word.version else ""
        is_start = counts and not any(each.is_start for each in found)
        found.append(Counted(row.id, row.happened_on, f"{row.kind}, {row.minutes} min, {row.mode}", row.coach, counts,
                             why + (" (the coach’s word)" if word and word.by_coach else ""), rule, is_start))
    return found


def start_words(counted: Sequence[Counted], start: Counted | None) -> tuple[str, ...]:
    """`Start: 4 March 2020, the first meaningful help: CV & job search, 45 min, face to face.`, then what did not count before it."""
    if not counted:
        return ("No start yet: no help has been written down.",)
    before = [each for each in counted if not each.counts and (start is None or each.on <= start.on)]
    passed = [f"{each.what[:1].upper()}{each.what[1:]} on {day_text(each.on)} did not count: {each.why or 'no reason was given'}."
              for each in before]
    if start is None:
        return ("No start yet: nothing that was done counts as meaningful.", *passed)
    return (f"Start: {day_text(start.on)}, the first meaningful help: {start.what}.", *passed)


def _milestones(terms: claim_rules.Terms | None, counted: Sequence[Counted], day: date) -> tuple[str, ...]:
    """`Three meaningful interventions: 2 of 3, the last on 11 March 2020; one more.` for each such milestone in force today."""
    days = [each.on for each in counted if each.counts]
    found: list[str] = []
    for milestone in terms.milestones if terms else ():
        if milestone.kind != claim_rules.INTERVENTIONS or not milestone.in_force(day):
            continue
        title, needed = milestone.title or milestone.code, milestone.count
        if len(days) >= needed:
            found.append(f"{title}: reached on {day_text(days[needed - 1])}.")
        else:
            last = f", the last on {day_text(days[-1])}" if days else ""
            left = needed - len(days)
            found.append(f"{title}: {len(days)} of {needed}{last}; {'one' if left == 1 else left} more.")
    return tuple(found)


def _missed(session: Session, records: Sequence[UUID]) -> str:
    """Appointments that did not come about, as a fact."""
    count, again = activity_queries.missed(session, records)
    if not count:
        return ""
    times = "once" if count == 1 else "twice" if count == 2 else f"{count} times"
    return f"Did not attend {times}" + (f"; booked again {'after it' if count == 1 else f'after {again} of them'}." if again else ".")


# work


def _jobs(session: Session, records: Sequence[UUID], spells: Sequence[SpellRow], day: date, sent_until: int | None
          ) -> tuple[JobStanding, ...]:
    found: list[JobStanding] = []
    for one in records:
        changes = activity_queries.job_changes(session, participant=one)
        breaks = activity_queries.job_breaks(session, participant=one)
        earned = activity_queries.earnings(session, participant=one)
        for job in activity_queries.jobs(session, participant=one):
            paid: dict[str, int] = {}
            for row in reversed(earned):                # the last one written for a month counts
                if row.job_id == job.id:
                    paid[row.month] = row.pence
            turns, away = [each for each in changes if each.job_id == job.id], [each for each in breaks if each.job_id == job.id]
            events = job_events(turns, away, [each for each in earned if each.job_id == job.id], sent_until)
            standing = _standing(job, turns, away, sum(paid.values()), spells, day)
            found.append(replace(standing, events=events, sent_until=sent_until))
    return tuple(sorted(found, key=lambda each: (each.started_on, each.id.bytes), reverse=True))


def _standing(job: JobRow, changes: Sequence[JobChangeRow], breaks: Sequence[JobBreakRow], earned: int, spells: Sequence[SpellRow],
              day: date) -> JobStanding:
    hours, pay, contract = job.hours_a_week, job.pay_pence_an_hour, job.contract
    for change in sorted(changes, key=lambda each: (each.from_day, each.id.bytes)):
        hours = hours if change.hours_a_week is None else change.hours_a_week
        pay = pay if change.pay_pence_an_hour is None else change.pay_pence_an_hour
        contract = change.contract or contract
    last = min(job.ended_on or day, day)
    away = sum(max(0, (min(each.to_day or last, last) - each.from_day).days + 1) for each in breaks)
    weeks = max(0, (last - job.started_on).days + 1 - away) // 7
    still = next((each.id for each in breaks if each.to_day is None), None)
    baseline = max((each for each in spells if each.started_on <= job.started_on), key=lambda each: each.started_on, default=None)
    return JobStanding(job.id, job.title, job.employer, job.started_on, job.ended_on, job.end_reason, hours, pay, contract, weeks, away,
                       still, earned, _since_start(hours, pay, baseline))


def _since_start(hours: int, pay: int | None, baseline: SpellRow | None) -> str:
    """Against the baseline, as facts: whether it is a progression is the contract's word, among the outcomes."""
    if baseline is None or (baseline.hours_a_week is None and baseline.weeks_out_of_work in (None, 0)):
        return "no baseline of hours and pay was taken at the start"
    then = baseline.hours_a_week or 0
    if not then:
        return f"out of work at the start, now {hours} hours a week"
    words = f"{hours} hours a week, {then} at the start"
    before = baseline.pay_pence_an_hour
    return words + (f"; {claim_rules.pounds(pay)} an hour, {claim_rules.pounds(before)} at the start" if pay and before else "")


def outcomes_of(terms: claim_rules.Terms, deeds: Sequence[claim_rules.Deed], person: claim_rules.Person | None,
              day: date) -> tuple[Outcome, ...]:
    """Every sustained or progression milestone in force today that says something about this person's jobs."""
    jobs = [deed for deed in deeds if deed.kind == claim_rules.JOB and deed.on <= day and deed.counts]
    found: list[Outcome] = []
    for milestone in terms.milestones:
        if not milestone.in_force(day) or milestone.kind not in (claim_rules.SUSTAINED, claim_rules.PROGRESSION):
            continue
        groups = [jobs] if milestone.kind == claim_rules.SUSTAINED and milestone.of == "person" else [[job] for job in jobs]
        for group in (each for each in groups if each):
            made = _outcome(milestone, group, person, day)
            found += [made] if made is not None else []
    return tuple(found)


def _outcome(milestone: claim_rules.Milestone, group: Sequence[claim_rules.Deed], person: claim_rules.Person | None,
             day: date) -> Outcome | None:
    expected: date | None = None
    if milestone.kind == claim_rules.PROGRESSION:
        measure = progression(milestone, group[0], person.spell_on(group[0].on) if person else None, day)
    else:
        measure = sustained(milestone, group, day)
        if measure.on is None and not measure.is_over and milestone.weeks:
            expected = sustained(milestone, [_going_on(job, day) for job in group], day + _AHEAD).on
    if not measure.words:
        return None
    title = milestone.title or milestone.code
    return Outcome(f"{title} ({group[0].label.removeprefix('Job: ')})" if len(group) == 1 else title, measure.words, measure.on, expected,
                   f"{milestone.rule}, {milestone.clause}")


def _going_on(job: claim_rules.Deed, day: date) -> claim_rules.Deed:
    """The job as it would stand if it goes on and whoever is away is back tomorrow."""
    if job.ended_on is not None:
        return job
    far = day + _AHEAD
    back = [replace(each, to=day) if each.kind == claim_rules.BREAK and each.to > day else each for each in job.periods]
    return replace(job, periods=(*back, claim_rules.Period("going on", claim_rules.IN_WORK, far, far, 0, None, None)))
