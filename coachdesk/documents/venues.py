"""Paper about places: what the closing of one touches, the order in which places start again, and how much hangs on each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO

from coachdesk import clock
from coachdesk.casework.closing import Closing, RestartRow
from coachdesk.casework.dependency import DependencyRow, loss_words, share_text
from coachdesk.documents.listing import Section, listing
from coachdesk.documents.style import Paper, Printed, counted, day_short


def closing_list(found: Closing, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print what is to be done when a place closes: sessions to move, people to tell with how, partners to speak to."""
    outreach = found.outreach
    sessions = [(f"{row.held_on:%A} {day_short(row.held_on)}", row.starts_at or "", row.kind, row.coach, ", ".join(row.hosts), "")
                for row in outreach.sessions]
    people = [(each.name, each.phone or "–", each.reach, each.why, each.coach, "") for each in found.people]
    partners = [(each.name, each.why, "; ".join(" ".join(part for part in (one.name, one.phone or one.email or "") if part)
                                                for one in each.people) or "nobody is known there", "") for each in found.partners]
    status = f"closed from {clock.day_text(outreach.from_day)}"
    sections = [
        Section(f"People to tell: {len(people):,}", (("Name", 110, False), ("Telephone", 72, False), ("How", 92, False),
                ("Why", 130, False), ("Coach", 70, False), ("Told on", 48, False)), people,
                "Whoever is not safe to ring is told another way.",
                "Nobody is booked, waits, or was met here within a year."),
        Section(f"Sessions to move: {len(sessions):,}", (("Day", 110, False), ("Time", 34, False), ("Kind", 84, False),
                ("Coach", 84, False), ("With", 110, False), ("Moved to", 90, False)), sessions,
                f"{counted(len(outreach.series), 'series', 'series')} {'plans' if len(outreach.series) == 1 else 'plan'} here.",
                "No session is planned here."),
        Section(f"Partners who met people here with us: {len(partners):,}", (("Partner", 130, False), ("Why", 110, False),
                ("Whom to ring", 190, False), ("Told on", 60, False)), partners, "", "None is known."),
    ]
    return listing("When a place closes", " · ".join((found.venue.name, status, found.venue.lot)), sections, printed, out, landscape=True)


def restart_sheet(rows: Sequence[RestartRow], printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print the proposed order in which places start again, with why each stands where it stands."""
    lines = [(str(row.number), row.venue, row.partner, row.lot, f"{row.status} since {day_short(row.since)}", row.reason or "", row.why,
              day_short(row.review_on)) for row in rows]
    section = Section("Proposed order", (("No.", 22, False), ("Place", 92, False), ("Partner", 88, False), ("Lot", 66, False),
                      ("Status", 76, False), ("Reason", 86, False), ("Why here in the order", 190, False), ("Review on", 52, False)), lines,
                      "Own premises first; then places whose risk was assessed since they closed; then those through which most people "
                      "came. It is a proposal: you decide.", "Every place is open.")
    return listing("Starting again", printed.lot or "All lots", [section], printed, out, landscape=True)


def dependency_sheet(rows: Sequence[DependencyRow], since: date | None, until: date | None, printed: Printed,
                     out: Path | BinaryIO) -> Paper:
    """Print the share of starts and referrals that came through each place."""
    lines = [(row.venue, row.partner, row.status, f"{row.starts:,}", share_text(row.starts_share), f"{row.referrals:,}",
              share_text(row.referrals_share)) for row in rows]
    lines.append(("All", "", "", f"{sum(row.starts for row in rows):,}", share_text(sum(row.starts_share for row in rows)),
                  f"{sum(row.referrals for row in rows):,}", share_text(sum(row.referrals_share for row in rows))))
    section = Section("Starts and referrals by place", (("Place", 140, False), ("Partner", 120, False), ("Status", 60, False),
                      ("Starts", 44, True), ("Share", 44, True), ("Referrals", 50, True), ("Share", 44, True)), lines,
                      loss_words(rows[0]) if rows else "")
    return listing("What hangs on each place", f"{printed.lot or 'All lots'} · {period_words(since, until)}", [section], printed, out)


def period_words(since: date | None, until: date | None) -> str:
    """`1 May 2019 to 12 May 2020`; `from the beginning` where there is no first day."""
    first = clock.day_text(since) if since else "from the beginning"
    return f"{first} to {clock.day_text(until)}" if until else first
