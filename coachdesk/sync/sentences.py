"""What sync says to people: of a turn, and of how safe the work is. Plain Python, so that the window may say it at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coachdesk.clock import day_text

if TYPE_CHECKING:
    from coachdesk.sync.standing import Standing
    from coachdesk.sync.turn import Report

_JOINING = "This laptop is not in the team yet. The team's lead has to let it in."
_OUT = "This laptop was reported lost or its place in the team was ended. What stands here stays, and is shared with nobody any more."


def of_turn(report: Report) -> str:
    """`Synced: 12 changes sent, 3 received. 2 things to choose.`"""
    if report.state in ("joining", "out"):
        return _JOINING if report.state == "joining" else _OUT
    moved = [f"{_many(report.sent, 'change')} sent"] if report.sent else []
    moved += [f"{_many(report.received, 'change')} received" if not moved else f"{report.received:,} received"] if report.received else []
    files = report.files_in + report.files_out
    moved += [f"{_many(files, 'kept file')} exchanged"] if files else []
    said = [f"Synced: {', '.join(moved)}." if moved else "Synced: nothing new on either side."]
    said += [f"{_many(report.conflicts, 'thing')} to choose."] if report.conflicts else []
    said += [f"{_many(report.parked, 'file')} could not be taken in and {'waits' if report.parked == 1 else 'wait'} in the tray."
             ] if report.parked else []
    said += [f"{_many(report.newer, 'record')} will show after an update of CoachDesk."] if report.newer else []
    said += [f"{_many(report.missing_files, 'kept file')} not here yet."] if report.missing_files else []
    return " ".join(said)


def of_standing(found: Standing, now: datetime) -> str:
    """Where the work stands, in one sentence or two."""
    if not found.in_team:
        return "Saved here. This desk shares its work with nobody; keep backups on another disk."
    if found.only_here:
        since = f", the oldest since {moment(found.since)}" if found.since else ""
        late = " That is more than a day: sync now, or make a backup." if found.is_red else ""
        return f"Saved here: {_many(found.only_here, 'change')} only on this laptop{since}.{late}"
    last = f" Last sync {moment(found.last_turn)}." if found.last_turn else ""
    if found.not_safe:
        alone = " Nobody else is in the team yet." if found.is_alone else ""
        return f"In the shared place: no other laptop says yet that it holds the last {_many(found.not_safe, 'change')}.{alone}{last}"
    return f"Safe: another laptop of the team holds everything.{last}"


def short(found: Standing) -> str:
    """The same for the line at the foot, in a few words."""
    if not found.in_team:
        return "Saved here"
    if found.only_here:
        return f"Only on this laptop since {moment(found.since)}" if found.is_red else f"Saved here, {found.only_here:,} to send"
    return "In the shared place" if found.not_safe else "Safe"


def moment(at: datetime | None) -> str:
    """`3 May 2020, 14:05`, by this computer's clock."""
    if at is None:
        return "never"
    local = at.astimezone()
    return f"{day_text(local.date())}, {local:%H:%M}"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
