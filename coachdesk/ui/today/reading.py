"""Everything that Today shows, gathered in one read: what is due, the figures and their rows, today's sessions, the last deeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from coachdesk.activity import queries as activity_queries
from coachdesk.casework import queries as casework_queries
from coachdesk.casework.standing import LeftBehind, left_behind
from coachdesk.clock import day_text, first_day, month_of
from coachdesk.outreach import queries as outreach_queries
from coachdesk.programme import queries as programme_queries
from coachdesk.referral import queries as referral_queries
from coachdesk.referral import rules as referral_rules
from coachdesk.ui.parts.row_model import BLOCK
from coachdesk.ui.today.shown import (
    DUE,
    JOBS,
    MEANINGFUL,
    OVERDUE,
    PEOPLE,
    WAITING,
    WEEK,
    LeftToday,
    SessionToday,
    TodayList,
    TodayRow,
    TodayShown,
    due_words,
    whole,
)

_SESSIONS = 200
_LOGGED = 40
_LAST = 3


def read_today(session: Any, day: date, me: UUID, *, lot: UUID | None, is_mine: bool | None = None) -> TodayShown:
    """One read. is_mine: my work or everybody's; None: mine if there is any. lot: only that lot; me: whose last deeds are told."""
    found = _read(session, day, me, lot, me if is_mine is not False else None)
    if is_mine is None and not (found.sessions or any(len(each) for each in found.lists.values())):
        return _read(session, day, me, lot, None)
    return found


def _read(session: Any, day: date, me: UUID, lot: UUID | None, coach: UUID | None) -> TodayShown:
    members = programme_queries.member_names(session)
    due = casework_queries.due(session, coach=coach, until=day + timedelta(days=casework_queries.DUE_AHEAD_DAYS), lot=lot)
    needed = activity_queries.needed(session, day) or casework_queries.NEEDED
    people = casework_queries.caseload_keys(session, lot=lot, coach=coach)
    waiting = referral_queries.referral_keys(session, lot=lot, coach=coach, states=referral_rules.WAITING)

    def by_day(rows: list[outreach_queries.DueRow]) -> TodayList:
        return TodayList(rows, tuple(_due(row, day, members) for row in rows[:BLOCK]),
                         lambda _session, keys: [_due(row, day, members) for row in keys])

    lists = {
        DUE: by_day(due),
        OVERDUE: by_day([row for row in due if row.due_on < day]),
        WEEK: by_day([row for row in due if row.due_on >= day]),
        PEOPLE: TodayList(people, tuple(_people(session, people[:BLOCK], day)), lambda session, keys: _people(session, keys, day)),
        WAITING: TodayList(waiting, tuple(_waiting(session, waiting[:BLOCK])), _waiting),
        MEANINGFUL: whole(_reached(session, day, lot, coach, needed)),
        JOBS: whole(_jobs(session, day, lot, coach)),
    }
    left = tuple(LeftToday(row.id, _left_words(row)) for row in left_behind(session))
    return TodayShown(day, lists, _sessions(session, day, coach, lot), _last(session, members.get(me, "")), needed, coach is not None, left)


def _left_words(row: LeftBehind) -> str:
    people = f"{row.people:,} {'person' if row.people == 1 else 'people'}" if row.people else ""
    plural = "" if row.others == 1 else "s"
    others = f"{row.others:,} {'other ' if people else ''}open thing{plural}" if row.others else ""
    verb = "is" if row.people + row.others == 1 else "are"
    return f"{' and '.join(part for part in (people, others) if part)} {verb} still with {row.name}, who left on {day_text(row.left_on)}."


def _people(session: Any, keys: Sequence[int], day: date) -> list[TodayRow]:
    return [
        TodayRow(
            row.id,
            "participant",
            row.id,
            due_words(row.next_on, day) if row.next_on else "nothing planned",
            f"{row.reference} · {row.meaningful} meaningful{', has a job' if row.has_job else ''}"
            f"{f' · next: {row.next_what}' if row.next_what else ''}",
            row.name,
            row.lot,
            row.coach,
        )
        for row in casework_queries.caseload_rows(session, keys)
    ]


def _waiting(session: Any, keys: Sequence[int]) -> list[TodayRow]:
    return [
        TodayRow(
            row.id,
            "referral",
            row.id,
            f"{row.days_waiting or 0} days waiting",
            f"{row.partner}: {row.says}",
            row.participant,
            row.lot,
            row.coach,
        )
        for row in referral_queries.referral_rows(session, keys)
    ]


def _due(row: outreach_queries.DueRow, day: date, members: dict[UUID, str]) -> TodayRow:
    kind, opens = (row.kind, row.id) if row.kind != "participant.follow_up" or row.about is None else ("participant", row.about)
    return TodayRow(row.id, kind, opens, due_words(row.due_on, day), row.what, row.who, row.lot, members.get(row.coach_id, ""))


def _reached(session: Any, day: date, lot: UUID | None, coach: UUID | None, needed: int) -> list[TodayRow]:
    """Who of the caseload reached the milestone this month, by name."""
    found = casework_queries.reached(session, since=first_day(month_of(day)), until=day, needed=needed, lot=lot, coach=coach)
    rows = casework_queries.caseload_rows(session, [key for key, _ in found])
    return [
        TodayRow(row.id, "participant", row.id, day_text(on), f"{row.reference} · {row.meaningful} meaningful", row.name, row.lot,
                 row.coach)
        for row, (_, on) in zip(rows, found, strict=True)
    ]


def _jobs(session: Any, day: date, lot: UUID | None, coach: UUID | None) -> list[TodayRow]:
    """Who of the caseload started a job this month."""
    people = casework_queries.on_caseload(session, lot=lot, coach=coach)
    return [
        TodayRow(
            row.id,
            "activity.job",
            row.id,
            day_text(row.started_on),
            f"{row.title} at {row.employer}, {row.hours_a_week} hours a week",
            row.participant,
            row.lot,
            row.coach,
        )
        for row in activity_queries.jobs(session, lot=lot, since=first_day(month_of(day)), until=day, people=people)
    ]


def _sessions(session: Any, day: date, coach: UUID | None, lot: UUID | None) -> tuple[SessionToday, ...]:
    found = [
        row
        for row in outreach_queries.sessions(session, lot=lot, limit=_SESSIONS, since=day, until=day)
        if coach in (None, row.covered_by_id or row.coach_id) and row.status != "cancelled"
    ]
    return tuple(
        SessionToday(row.id, row.starts_at or "", row.venue, row.lot, row.people)
        for row in sorted(found, key=lambda row: row.starts_at or "")
    )


def _last(session: Any, me: str) -> tuple[str, ...]:
    """My latest deeds, the last one first, each by its reason and its time; the same deed over and over is told once."""
    told: list[str] = []
    logged: Iterable[casework_queries.ChangeRow] = casework_queries.audit(session, limit=_LOGGED)
    before = ""
    for row in logged:
        if row.who == me and row.reason != before:
            before = row.reason
            told.append(f"{row.reason}, {moment_words(row.at)}")
        if len(told) == _LAST:
            break
    return tuple(told)


def moment_words(at: str) -> str:
    """An instant of the log as people read it: day and local time."""
    local = datetime.fromisoformat(at).astimezone()
    return f"{day_text(local.date())}, {local:%H:%M}"
