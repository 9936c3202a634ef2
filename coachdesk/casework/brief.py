"""One page about one person for whoever takes over: who, how to reach them safely, where they stand, what was done and promised.

Nothing that is kept apart (equality, special-category and offence data) is read here, and neither are number and address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity_queries
from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Assignment, Participant
from coachdesk.participant.rules import age_on
from coachdesk.referral import queries as referral_queries
from coachdesk.referral import rules as referral_rules
from coachdesk.store.session import today

CONTACTS = 3
Line = tuple[str, str]          # what it is, and how it stands


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the page. is_listed: its lines are things of one kind, of which the first are shown; empty: what it says without any."""

    heading: str
    lines: tuple[Line, ...]
    is_listed: bool = False
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """A page. under: the line under the name; warnings: what must be known before anything is done, each with its heading."""

    reference: str
    name: str
    under: str
    warnings: tuple[Line, ...]
    parts: tuple[Part, ...]


def brief(session: Session, participant: UUID) -> Brief:
    """The page of one person, under all of their records. Refusal when there is no such person."""
    known = participant_queries.leader(session, participant)
    detail = participant_queries.participant(session, known)
    if detail is None:
        raise Refusal("There is no such participant.", "Take the reference from the caseload. Nothing was printed.")
    records = participant_queries.records(session, known)
    row, day = detail.person, today(session)
    turns = participant_queries.assignments(session, participant=known)
    before = f", until {day_text(turns[0].from_day)} {turns[1].coach}" if len(turns) > 1 else ""
    under = f"{row.reference} · {row.lot} · coach {row.coach}{before} · registered {day_text(row.registered_on)}"
    warnings = [("Before meeting alone", row.lone_working_note or "")]
    warnings += [("Calling", "Do NOT ring.")] if row.is_safe_to_call is False else []
    warnings += [("Messages", "Leave NO message.")] if row.is_safe_to_leave_message is False else []
    parts = (_reach(row), _now(session, records, row, day), _start(session, records, row), _done(session, records, day),
             _plan(session, records), _next(session, records), _referrals(session, records), _lent(session, records), _papers(detail))
    return Brief(row.reference, row.name, under, tuple(line for line in warnings if line[1]), parts)


def of_caseload(session: Session, coach: UUID, lot: UUID | None = None) -> list[UUID]:
    """Whose briefs a handover needs: everybody on a coach's caseload, by name; of a coach who has nobody now, whom they had last."""
    p = Participant
    chosen = sa.select(p.id).where(p.id.not_in(participant_queries.is_led()), p.id.not_in(participant_queries.ended())).order_by(
        sa.func.lower(p.name), p.reference)
    if lot is not None:
        chosen = chosen.where(p.lot_id == lot)
    own = list(session.execute(chosen.where(p.coach_id == coach)).scalars())
    a = Assignment
    ranked = sa.select(a.participant_id, a.coach_id, sa.func.row_number().over(
        partition_by=a.participant_id, order_by=(a.from_day.desc(), a.written_at.desc(), a.id.desc())).label("n")).subquery()
    before = sa.select(ranked.c.participant_id).where(ranked.c.n == 2, ranked.c.coach_id == coach)
    return own or list(session.execute(chosen.where(p.id.in_(before))).scalars())


def _part(heading: str, *lines: Line, is_listed: bool = False, empty: str = "") -> Part:
    return Part(heading, tuple(line for line in lines if line[1]), is_listed, empty)


def _words(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _reach(row: Any) -> Part:
    asked = {True: "yes", False: "NO", None: "not asked yet"}
    interpreter = {True: "needs an interpreter", False: "no interpreter needed", None: None}[row.needs_interpreter]
    return _part(
        "How to reach them safely",
        ("Telephone", row.phone or "none is known"),
        ("E-mail", row.email or ""),
        ("Likes", row.preferred_contact or ""),
        ("Safe to call", asked[row.is_safe_to_call]),
        ("Leave a message", asked[row.is_safe_to_leave_message]),
        ("Language", _words(row.language, interpreter)),
        ("Access needs", row.access_needs or ""),
        ("Internet", _words(row.device, row.data, f"digital skills: {row.digital_skills}" if row.digital_skills else None)),
    )


def _now(session: Session, records: Sequence[UUID], row: Any, day: date) -> Part:
    spells = [spell for one in records for spell in participant_queries.spells(session, participant=one)]
    ended = max((spell.ended_on for spell in spells if spell.ended_on), default=None) if all(spell.ended_on for spell in spells) else None
    rest = next((pause for one in records for pause in participant_queries.pauses(session, participant=one) if pause.to_day is None), None)
    stands = next((found for one in records if (found := participant_queries.benefit_on(session, one, day))), None)
    jobs = [job for one in records for job in activity_queries.jobs(session, participant=one, limit=1)]
    helped = sum(activity_queries.progress(session, set(records)).values())
    back = f", expected back on {day_text(rest.expected_back_on)}" if rest and rest.expected_back_on else ""
    return _part(
        "Where they stand now",
        ("Programme", f"left on {day_text(ended)}" if ended else f"paused since {day_text(rest.from_day)}{back}" if rest else "going on"),
        ("Benefit", f"{stands.benefit}, since {day_text(stands.from_day)}" if stands else row.benefit or "not known"),
        ("What is asked", (stands.conditionality or "not written down") if stands else "not written down"),
        ("Meaningful help", f"{helped} so far; {activity_queries.needed(session, day) or 3} make the milestone"),
        ("Distance", _distance(session, records, day)),
        ("Job", _words(jobs[0].title, jobs[0].employer, f"since {day_text(jobs[0].started_on)}") if jobs else ""),
        ("Decision", _words(row.verdict, row.ward_name, f"on {day_text(row.verdict_on)}" if row.verdict_on else None)),
    )


def _start(session: Session, records: Sequence[UUID], row: Any) -> Part:
    spells = [spell for one in records for spell in participant_queries.spells(session, participant=one)]
    spell = max(spells, key=lambda each: each.started_on)
    weeks = spell.weeks_out_of_work
    out = "" if weeks is None else "in work" if not weeks else f"{weeks} week{'s' if weeks != 1 else ''}"
    pence, hours = spell.pay_pence_an_hour, f"{spell.hours_a_week} hours a week" if spell.hours_a_week else None
    pay = f"£{pence // 100:,}.{pence % 100:02d} an hour" if pence is not None else None
    return _part(
        "At the start",
        ("Age", f"{age_on(row.born_on, spell.started_on)}" if row.born_on else ""),
        ("Out of work", out),
        ("Work", _words(spell.job_title, spell.employer, spell.contract, hours, pay)),
        ("Benefit", spell.benefit or ""),
        ("Qualifications", spell.qualifications or ""),
        ("In the way", _words(*spell.barriers)),
        ("Note", spell.note or row.note or ""),
        empty="Nothing was taken down at the start.",
    )


def _done(session: Session, records: Sequence[UUID], day: date) -> Part:
    found: list[tuple[date, str]] = []
    for one in records:
        found += [(row.happened_on, _words(row.kind, f"{row.minutes} minutes", row.mode, row.coach) + (f": {row.note}" if row.note else ""))
                  for row in activity_queries.interventions(session, participant=one, limit=CONTACTS)]
        found += [(row.due_on, _words("appointment kept", row.place, row.coach) + (f": {row.note}" if row.note else ""))
                  for row in activity_queries.appointments(session, participant=one, outcome="attended", until=day, limit=CONTACTS)]
    found.sort(key=lambda each: each[0], reverse=True)
    return _part("The last three contacts", *((day_text(on), what) for on, what in found[:CONTACTS]), empty="None since registration.")


def _plan(session: Session, records: Sequence[UUID]) -> Part:
    """What of the action plan is open: the need and the next step."""
    rows = [row for one in records for row in activity_queries.plan_items(session, participant=one, is_open=True)]
    return _part("Action plan, open", *((row.kind[:1].upper() + row.kind[1:], _words(row.need, row.step, row.by_whom)) for row in rows),
                 is_listed=True, empty="Nothing is open.")


def _distance(session: Session, records: Sequence[UUID], day: date) -> str:
    """First and latest answers side by side, or when the second reading is due."""
    found = activity_queries.distance(session, records, day)
    if found is None or found.first is None:
        return ""
    if found.latest is None:
        due = f"; the second reading is due on {day_text(found.due_on)}" if found.due_on else ""
        return f"first reading on {day_text(found.first.read_on)}{due}"
    pairs = (f"{each.question.code} {each.first} → {each.latest}" for each in found.lines if each.by is not None)
    return f"{', '.join(pairs)} ({day_text(found.first.read_on)} and {day_text(found.latest.read_on)})"


def _next(session: Session, records: Sequence[UUID]) -> Part:
    found: list[tuple[date, str]] = []
    for one in records:
        found += [(row.due_on, _words("appointment", row.at, row.place))
                  for row in activity_queries.appointments(session, participant=one, outcome="booked")]
        found += [(row.due_on, row.what) for row in participant_queries.follow_ups(session, participant=one, is_open=True)]
    found.sort(key=lambda each: each[0])
    return _part("Promised and next", *((day_text(on), what) for on, what in found), is_listed=True, empty="Nothing is planned.")


def _referrals(session: Session, records: Sequence[UUID]) -> Part:
    rows = [row for one in records for row in referral_queries.referrals(session, participant=one) if row.state in referral_rules.OPEN]
    return _part("Referrals open", *((day_text(row.made_on), f"{'to' if row.direction == referral_rules.OUT else 'from'} {row.partner}, "
                                      f"{row.says}: {row.need}") for row in rows), is_listed=True, empty="None.")


def _lent(session: Session, records: Sequence[UUID]) -> Part:
    def back(day: date | None) -> str:
        return f"due back on {day_text(day)}" if day else "no day to give it back"

    rows = [row for one in records for row in activity_queries.loans(session, participant=one, is_out=True)]
    lines = ((day_text(row.lent_on), _words(row.what, row.tag, back(row.due_back_on))) for row in rows)
    return _part("Lent and still out", *lines, is_listed=True, empty="Nothing.")


def _papers(detail: Any) -> Part:
    notice = detail.notices[0] if detail.notices else None
    return _part(
        "Notice and consent",
        ("Privacy notice", f"given on {day_text(notice.given_on)}, {notice.how}" if notice else "NOT given yet"),
        ("Talk to partners", detail.consent_partners or "not asked"),
        ("Talk to employers", detail.consent_employer or "not asked"),
    )


__all__ = ["Brief", "Part", "brief", "of_caseload"]
