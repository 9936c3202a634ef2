"""Counting at a session: what the keys are called in the log, which topics have a digit, and which count is taken back. Knows no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.outreach import actions, queries, rules
from coachdesk.ui.parts.entry import short_day

# The topics that come up most at a table in a food bank, by digit; always the same, so that fingers learn them.
QUICK_TOPICS = ("CV and job search", "benefits", "money and debt", "housing", "training", "digital skills and kit",
                "health and wellbeing", "ESOL", "food and essentials")
REASONS = {rules.CONTACT: "Count a contact", rules.LEAFLET: "Count a leaflet", rules.TURNED_AWAY: "Count someone turned away"}
SAID = {rules.CONTACT: "a contact", rules.LEAFLET: "a leaflet", rules.TURNED_AWAY: "someone turned away"}


def last_standing(rows: Sequence[queries.TallyRow]) -> tuple[queries.TallyRow, int] | None:
    """The latest count that was not taken back yet, and how many of it still stand. rows: newest first, corrections negative."""
    back: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for row in rows:
        key = (row.what, row.topics)
        if row.count < 0:
            back[key] -= row.count
            continue
        taken = min(back[key], row.count)
        back[key] -= taken
        if row.count > taken:
            return row, row.count - taken
    return None


def take_back_last(session: Any, session_id: UUID) -> str:
    """Takes the latest standing count of a session back by a negative row; answers what it counted. Refusal when nothing stands."""
    found = last_standing(queries.tallies(session, session_id=session_id))
    if found is None:
        raise Refusal("Nothing is counted at this session that could be taken back.", "Space or T counts a contact. Nothing was changed.")
    row, standing = found
    actions.correct_tally(session, row.id, count=standing)
    return row.what


def follow_up_words(due: date | None, done: date | None, today: date) -> str:
    """How a follow-up stands, in words for a list: "" when there is none."""
    if due is None:
        return ""
    if done is not None:
        return f"followed up {short_day(done)}"
    late = (today - due).days
    if late > 0:
        return f"{short_day(due)}, {late} day{'' if late == 1 else 's'} late"
    return f"{short_day(due)}, today" if late == 0 else short_day(due)


def best_session(rows: Sequence[queries.SessionRow], owner: UUID, today: date) -> queries.SessionRow | None:
    """The session at which one is writing: mine of today, anybody's of today, else the latest that is not to come. rows: latest first."""
    held = [row for row in rows if row.held_on <= today and row.status != rules.CANCELLED]
    of_today = [row for row in held if row.held_on == today]
    mine = [row for row in of_today if owner in (row.covered_by_id, row.coach_id)]
    return next(iter(mine or of_today or held), None)


def led_by(row: queries.SessionRow) -> str:
    """Whose session it is, and who covers: `Carl Coach, covered by Olive Owner`."""
    return f"{row.coach}, covered by {row.covered_by}" if row.covered_by else row.coach


def session_line(row: queries.SessionRow) -> str:
    """A session in one line: kind, day, times, lot, coach and cover, joint hosts."""
    times = "–".join(part for part in (row.starts_at, row.ends_at) if part)
    parts = [row.kind.capitalize(), f"{row.held_on:%A} {day_text(row.held_on)}" + (f", {times}" if times else ""), row.lot, led_by(row)]
    if row.hosts:
        parts.append(f"with {', '.join(row.hosts)}")
    return " · ".join(parts)
