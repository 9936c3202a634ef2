"""What a claim may rest on: help and jobs without names or employers; all of it, or only what can count or is looked at.

A lot's history may be long, and most help in it comes after the third meaningful one and pays nothing: `Narrowed` reads past it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coachdesk.activity import rules
from coachdesk.activity.record import Intervention, Job
from coachdesk.participant.record import Participant


@dataclass(frozen=True, slots=True)
class DeedRow:
    """One thing that was done, as the claim wants it: no name in it. kind: intervention or job."""

    id: UUID
    participant_id: UUID
    lot_id: UUID
    kind: str
    on: date
    is_meaningful: bool
    why: str
    label: str
    changed_why: str | None
    mode: str = ""
    minutes: int = 0
    help_kind: str = ""
    judged_by: str = ""
    hours_a_week: int = 0
    pay_pence_an_hour: int | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which help is read of a lot: of each person the first `most` that count in each span of days (a span for each change of the terms),
    all of the days from `since` to `until`, and in any case what has one of the `ids` and all help of those of its people named in `whole`.

    `manners`: the versions of the contract's definition, by which help counts; none: as recorded.
    """

    spans: tuple[tuple[date, date], ...]
    most: int
    since: date
    until: date
    manners: tuple[rules.Manner, ...] = ()
    ids: frozenset[UUID] = frozenset()
    whole: frozenset[UUID] = frozenset()


def deeds(session: Session, *, lot: UUID | None = None, also: Collection[UUID] = (), until: date | None = None,
          narrowed: Narrowed | None = None, only: Collection[UUID] | None = None, is_help_wanted: bool = True) -> list[DeedRow]:
    """Help and jobs, oldest first, without names or employers: what a claim may rest on.

    lot: of its participants, and of those `also` named (people who have moved); None: of everybody. narrowed: of the lot's own people
    only the help that it says, of those `also` named all. only: of these people and nobody else. is_help_wanted: jobs alone, where not.
    """
    theirs: list[sa.ColumnElement[bool]] = [sa.true()] if lot is None else [Participant.lot_id == lot]
    if only is not None:
        theirs = [Participant.id.in_(some) for some in portions(only)]
    named = [] if lot is None else [Participant.id.in_(some) for some in portions(also)]
    before = [] if until is None else [Intervention.happened_on <= until]
    rows: dict[UUID, DeedRow] = {}
    wanted: Iterable[Any] = [sa.and_(each, *before) for each in (*theirs, *named)] if is_help_wanted else ()
    if narrowed is not None:
        own = [each for condition in theirs for each in _narrow(session, condition, narrowed)]
        wanted = [*own, *(sa.and_(each, *before) for each in named)]
    for condition in wanted:
        for id, person, of, on, counts_, why, kind, minutes, mode, changed, judged in session.execute(_HELPED.where(condition)):
            label = rules.intervention_label(kind, minutes, mode)
            rows[id] = DeedRow(id, person, of, "intervention", on, counts_, why or "", label, changed, mode, minutes, kind, judged or "")
    for condition in (*theirs, *named):
        begun = _BEGUN.where(condition) if until is None else _BEGUN.where(condition, Job.started_on <= until)
        for id, person, of, on, title, hours, changed, pay, ended in session.execute(begun):
            rows[id] = DeedRow(id, person, of, "job", on, True, "", rules.job_label(title, hours), changed, hours_a_week=hours,
                               pay_pence_an_hour=pay, ended_on=ended)
    return sorted(rows.values(), key=lambda row: (row.on, row.id.bytes))


def first_help(session: Session, wanted: Narrowed, among: Any) -> list[tuple[bytes, bytes, tuple[str, ...]]]:
    """Of each participant whom `among` (a condition on Participant) lets in: id, lot and, in order, the days (ISO) of the help that can
    count (the first `most` of each span). It is read from the index alone, person by person; who has none is left out."""
    days = [sa.select(_first_of(span, wanted, "happened_on")).scalar_subquery() for span in wanted.spans]
    raw = sa.types.NullType()           # as the file has it: there are thousands, and nothing of a mapped object is wanted
    chosen = sa.select(sa.type_coerce(Participant.id, raw), sa.type_coerce(Participant.lot_id, raw), *days).where(among)
    found = []
    for id, lot, *texts in session.connection().execute(chosen):
        if any(texts):
            found.append((id, lot, tuple(sorted(day for text in texts if text for day in text.split(",")))))
    return found


class HelpRow(NamedTuple):
    """One piece of help in few words: whether it counts, and the label by which the same help is known again in another record."""

    participant_id: bytes
    id: bytes
    on: str
    counts: bool
    label: str


def help_of(session: Session, people: Collection[UUID], manners: Collection[rules.Manner]) -> list[HelpRow]:
    """All help of these people by record and id, from the index alone."""
    raw, own, label = sa.types.NullType(), Intervention, cache(rules.intervention_label)
    chosen = sa.select(sa.type_coerce(own.id, raw), sa.type_coerce(own.participant_id, raw), sa.type_coerce(own.happened_on, raw),
                       counts_by(own, manners), own.kind, own.minutes, own.mode)
    door = session.connection()
    return sorted(HelpRow(person, id, on, bool(counts_), label(kind, minutes, mode)) for some in portions(people)
                  for id, person, on, counts_, kind, minutes, mode in door.execute(chosen.where(own.participant_id.in_(some))))


def portions(ids: Collection[UUID], size: int = 500) -> Iterator[list[UUID]]:
    """SQLite takes so many values in one statement and no more."""
    every = list(ids)
    for start in range(0, len(every), size):
        yield every[start : start + size]


def _numbers(rows: list[int], size: int = 900) -> Iterator[list[int]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


_FIRST = "early"
_HELPED = sa.select(Intervention.id, Intervention.participant_id, Participant.lot_id, Intervention.happened_on, Intervention.is_meaningful,
                    Intervention.why, Intervention.kind, Intervention.minutes, Intervention.mode, Intervention.changed_why,
                    Intervention.judged_by).join(Participant, Participant.id == Intervention.participant_id)
_BEGUN = sa.select(Job.id, Job.participant_id, Participant.lot_id, Job.started_on, Job.title, Job.hours_a_week, Job.changed_why,
                   Job.pay_pence_an_hour, Job.ended_on).join(Participant, Participant.id == Job.participant_id)


def _narrow(session: Session, theirs: Any, wanted: Narrowed) -> Iterator[Any]:
    """The conditions under which help of the lot's own people is read. The first help of each person is found by key, person by person."""
    row = Intervention.__table__.c.row
    for span in wanted.spans:
        each = sa.select(_first_of(span, wanted, "row")).scalar_subquery()
        rows = [int(one) for text in session.execute(sa.select(each).select_from(Participant).where(theirs)).scalars() if text
                for one in text.split(",")]
        for numbers in _numbers(rows):
            yield row.in_(numbers)
    yield sa.and_(theirs, Intervention.happened_on.between(wanted.since, wanted.until))
    for some in portions(wanted.ids):
        yield Intervention.id.in_(some)
    for some in portions(wanted.whole):
        yield sa.and_(theirs, Participant.id.in_(some))


def _first_of(span: tuple[date, date], wanted: Narrowed, field: str) -> Any:
    """One field of the first help of a participant that counts in a span, joined to one text: to be asked beside each participant."""
    first = aliased(Intervention, name=_FIRST)
    early: sa.Select[Any] = sa.select(sa.literal_column(f"{_FIRST}.{field}").label("it"))       # the mapper does not know the row
    early = early.select_from(first).where(
        first.participant_id == Participant.id, first.happened_on.between(*span), counts_by(first, wanted.manners))
    kept = early.order_by(first.happened_on, first.id).limit(wanted.most).correlate(Participant).subquery()
    return sa.func.group_concat(kept.c.it)


def counts_by(help: Any, manners: Collection[rules.Manner]) -> Any:
    """Whether help counts as meaningful, as the claim judges it, in the words of the store."""
    if not manners:
        return help.is_meaningful
    recorded = help.is_meaningful
    if rules.says_what_was_recorded(manners):
        return recorded
    then = sa.case(*((help.judged_by == each.version, _proposed(help, each)) for each in manners), else_=_proposed(help, rules.Manner()))
    words = []
    for each in sorted(manners, key=lambda manner: (manner.from_, manner.version), reverse=True):
        now = _proposed(help, each)
        own = sa.and_(then != recorded, sa.literal(each.coach_may_differ))
        words.append((help.happened_on.between(each.from_, each.to or date.max), sa.case((own, recorded), else_=now)))
    return sa.case(*words, else_=recorded)


def _proposed(help: Any, manner: rules.Manner) -> Any:
    asked = [help.mode.not_in(manner.reminders_only), help.minutes >= manner.at_least_minutes]
    return sa.and_(*asked, *([help.kind.in_(manner.kinds)] if manner.kinds else []))
