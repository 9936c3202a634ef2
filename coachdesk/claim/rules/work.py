"""How long somebody has been in work, what they earned, and whether they progressed: measured from jobs and what became known of them.

A job is known from its first day up to its last one; while it goes on, up to the latest day on which it was seen to (a check, pay, or the
first day of other hours or pay), and no further: silence is not work. A break, and days with fewer hours than the rule asks for, do not
count and use up allowed break days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coachdesk.claim.rules.contract import OF_JOB, Milestone
from coachdesk.claim.rules.shapes import BREAK, CHANGE, EARNINGS, IN_WORK, Deed, Period, Spell
from coachdesk.claim.rules.words import pounds
from coachdesk.clock import day_text

Span = tuple[date, date]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Measure:
    """How far work has come: the day on which it was enough (None: not yet), the jobs it rests on, its arithmetic, and whether it is over
    (no more can come of what is known now, because every job has ended). No words: the rule is not about somebody like this."""

    on: date | None
    deeds: tuple[str, ...]
    words: str
    is_over: bool = False


def known_until(job: Deed, upto: date) -> date:
    """The last day up to `upto` on which the job is known to have gone on; what was seen later says so of the days before."""
    if job.ended_on is not None:
        return min(job.ended_on, upto)
    seen = [p.to for p in job.periods if p.kind == IN_WORK or (p.kind == EARNINGS and p.pence > 0)]
    seen += [p.from_ for p in job.periods if p.kind == CHANGE]
    return max([job.on, *(min(day, upto) for day in seen)])


def terms_of_work(job: Deed, on: date) -> tuple[int, int | None]:
    """(hours a week, pay an hour) of a job on a day: as begun, then as changed."""
    hours, pay = job.hours_a_week, job.pay_pence_an_hour
    for change in sorted((p for p in job.periods if p.kind == CHANGE and p.from_ <= on), key=_by_day):
        hours = hours if change.hours_a_week is None else change.hours_a_week
        pay = pay if change.pay_pence_an_hour is None else change.pay_pence_an_hour
    return hours, pay


def days_in_work(job: Deed, least_hours: int, upto: date) -> list[Span]:
    """The spans in which the job counts, in order: known, no break, and enough hours a week."""
    until = known_until(job, upto)
    if until < job.on:
        return []
    turns = _turns(job, until)
    spans = [(first, until if place + 1 == len(turns) else turns[place + 1] - _DAY) for place, first in enumerate(turns)
             if terms_of_work(job, first)[0] >= least_hours]
    for pause in sorted((p for p in job.periods if p.kind == BREAK), key=_by_day):
        spans = [piece for span in spans for piece in _without(span, (pause.from_, pause.to))]
    return _merged(spans)


def sustained(version: Milestone, jobs: Sequence[Deed], upto: date) -> Measure:
    """How far these jobs (one, or all of a person's) have come toward a sustained outcome under one version of it."""
    return _by_earnings(version, jobs, upto) if version.earnings_pence else _by_weeks(version, jobs, upto)


def _by_weeks(version: Milestone, jobs: Sequence[Deed], upto: date) -> Measure:
    needed = version.weeks * 7
    theirs = {job.id: days_in_work(job, version.hours_a_week, upto) for job in jobs}
    spans = _merged([span for each in theirs.values() for span in each])
    is_over = _are_over(version, jobs, upto)
    begin, counted, gaps = 0, 0, 0
    for place, span in enumerate(spans):
        gaps += (span[0] - spans[place - 1][1]).days - 1 if place else 0
        while version.break_days is not None and gaps > version.break_days:
            counted -= _length(spans[begin])
            gaps -= (spans[begin + 1][0] - spans[begin][1]).days - 1
            begin += 1
        if counted + _length(span) >= needed:
            on = span[0] + timedelta(days=needed - counted - 1)
            if on < version.from_ and (still := _in_work_on(spans, version.from_)):
                on = still
            if version.in_force(on):
                window = (spans[begin][0], on)
                return Measure(on, _touching(theirs, window), f"{needed} days in work of {needed} from {day_text(window[0])} to "
                               f"{day_text(on)}{_gap_words(gaps, version)}")
        counted += _length(span)
    known = max((known_until(job, upto) for job in jobs), default=upto)
    short = f"of at least {version.hours_a_week} hours a week " if version.hours_a_week else ""
    if counted >= needed:
        return Measure(None, (), f"{counted} days in work, but no rule for it was in force when {needed} were reached", is_over)
    return Measure(None, _touching(theirs, (spans[begin][0], spans[-1][1])) if spans else (),
                   f"{counted} of {needed} days in work {short}known up to {day_text(known)}{_gap_words(gaps, version)}"
                   + (": it has ended" if is_over else f": {needed - counted} more needed"), is_over)


def _by_earnings(version: Milestone, jobs: Sequence[Deed], upto: date) -> Measure:
    first = min((job.on for job in jobs), default=upto)
    last = first + timedelta(days=version.within_days - 1) if version.within_days else date.max
    paid = sorted((max(p.to, job.on), p.id, p.pence, job.id) for job in jobs for p in job.periods
                   if p.kind == EARNINGS and p.to <= min(upto, last))
    total = 0
    deeds: dict[str, None] = {}
    for day, _, pence, job_id in paid:
        total += pence
        deeds[job_id] = None
        on = max(day, version.from_)
        if total >= version.earnings_pence and version.in_force(on) and on <= upto:
            return Measure(on, tuple(deeds), f"{pounds(total)} earned from {day_text(first)} to {day_text(day)}, "
                           f"{pounds(version.earnings_pence)} needed")
    is_over = last < upto or _are_over(version, jobs, upto)
    within = f" up to {day_text(last)}" if version.within_days else ""
    if total >= version.earnings_pence:
        return Measure(None, (), f"{pounds(total)} earned, but no rule for it was in force then", is_over)
    return Measure(None, tuple(deeds), f"{pounds(total)} of {pounds(version.earnings_pence)} earned{within}: "
                   + ("it has ended" if is_over else f"{pounds(version.earnings_pence - total)} more needed"), is_over)


def progression(version: Milestone, job: Deed, baseline: Spell | None, upto: date) -> Measure:
    """Whether a job, as begun or as changed since, is more than the baseline at the start: more hours a week, or a higher pay band."""
    if baseline is None or (baseline.hours_a_week is None and baseline.weeks_out_of_work in (None, 0)):
        return Measure(None, (), "no baseline of hours and pay was taken at the start")
    hours_then, pay_then = baseline.hours_a_week or 0, baseline.pay_pence_an_hour
    if version.in_work_at_start and not hours_then:
        return Measure(None, (), "", True)
    until = known_until(job, upto)
    turns = _turns(job, until)
    said = ""
    for place, turn in enumerate(turns):
        on = max(turn, version.from_)
        gone = place + 1 < len(turns) and turns[place + 1] <= on
        if gone or on > until or not version.in_force(on):
            continue
        hours, pay = terms_of_work(job, turn)
        if version.hours_more and hours - hours_then >= version.hours_more:
            return Measure(on, (job.id,), f"{hours} − {hours_then} = {hours - hours_then} hours a week more than at the start, "
                           f"{version.hours_more} needed")
        band, before = pay_band(version.pay_bands, pay), pay_band(version.pay_bands, pay_then)
        if band is not None and before is not None and band > before:
            return Measure(on, (job.id,), f"{pounds(pay or 0)} an hour is in pay band {band}, {pounds(pay_then or 0)} at the start in "
                           f"band {before}")
        said = _short_of(version, hours, hours_then, band, before)
    return Measure(None, (), f"not enough more than at the start: {said}" if said else "no rule for progression was in force then",
                   job.ended_on is not None and job.ended_on <= upto)


def _short_of(version: Milestone, hours: int, hours_then: int, band: int | None, before: int | None) -> str:
    """What a job has and what it would need, for each way in which the rule can be met."""
    said = [f"{hours} hours a week ({hours_then} at the start, {hours_then + version.hours_more} needed)"] if version.hours_more else []
    if band is not None and before is not None:
        said.append(f"pay band {band} ({before} at the start, a higher one needed)")
    elif version.pay_bands:
        said.append("the pay is not known" if band is None else "the pay at the start is not known")
    return ", ".join(said)


def pay_band(bands: Sequence[int], pence_an_hour: int | None) -> int | None:
    """1 for pay below the second band's lowest, and so on; None where there are no bands or the pay is not known."""
    if not bands or pence_an_hour is None:
        return None
    return max(1, sum(pence_an_hour >= lowest for lowest in bands))


def _turns(job: Deed, until: date) -> list[date]:
    """The first day, and every day on which hours or pay changed, up to a day."""
    return sorted({job.on, *(p.from_ for p in job.periods if p.kind == CHANGE and job.on < p.from_ <= until)})


def _by_day(period: Period) -> tuple[date, date, str]:
    return (period.from_, period.to, period.id)


def _are_over(version: Milestone, jobs: Iterable[Deed], upto: date) -> bool:
    """Whether every job has ended and no other can follow: where all jobs of a person count together, one always can."""
    return version.of == OF_JOB and all(job.ended_on is not None and job.ended_on <= upto for job in jobs)


def _length(span: Span) -> int:
    return (span[1] - span[0]).days + 1


def _without(span: Span, hole: Span) -> list[Span]:
    """What is left of a span beside a hole in it."""
    if hole[1] < span[0] or span[1] < hole[0] or hole[1] < hole[0]:
        return [span]
    left = [(span[0], hole[0] - _DAY)] if span[0] < hole[0] else []
    return left + ([(hole[1] + _DAY, span[1])] if hole[1] < span[1] else [])


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + _DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _in_work_on(spans: Iterable[Span], on: date) -> date | None:
    return on if any(first <= on <= last for first, last in spans) else None


def _touching(theirs: dict[str, list[Span]], window: Span) -> tuple[str, ...]:
    """The jobs with a day in work within the window, in order of that day."""
    first = {id: min((a for a, b in spans if a <= window[1] and b >= window[0]), default=None) for id, spans in theirs.items()}
    return tuple(id for _, id in sorted((day, id) for id, day in first.items() if day is not None))


def _gap_words(gaps: int, version: Milestone) -> str:
    if not gaps:
        return ""
    allowed = f" ({version.break_days} allowed)" if version.break_days is not None else ""
    return f", {gaps} day{'' if gaps == 1 else 's'} between not counted{allowed}"
