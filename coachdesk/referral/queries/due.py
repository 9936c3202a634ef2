"""What is due of referrals: replies, days to look again, who is ready to come home, appointments, and traffic that goes one way."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.outreach.queries import DueRow
from coachdesk.programme import queries as programme
from coachdesk.referral import rules
from coachdesk.referral.queries.lists import ReferralRow, referral_keys, referral_rows
from coachdesk.referral.queries.one_way import KIND, one_way_alerts
from coachdesk.referral.queries.visits import visits_due
from coachdesk.store.session import today


def due(session: Session, *, coach: UUID | None, until: date, lot: UUID | None = None) -> list[DueRow]:
    """Everything due up to a day, the earliest first. coach None: everybody's. lot: whether traffic goes one way is asked of that lot."""
    rows = [found for row in referral_rows(session, referral_keys(session, coach=coach, until=until)) for found in _of(row, until)]
    rows += [*_one_way(session, coach, until, lot), *visits_due(session, coach, today(session), until)]
    return sorted(rows, key=lambda row: row.due_on)


def _of(row: ReferralRow, until: date) -> list[DueRow]:
    if row.state in rules.WAITING and row.reply_due_on <= until:
        whose = f"Reply from {row.partner}" if row.direction == rules.OUT else f"Our reply to {row.partner}"
        return [_due(row, row.reply_due_on, f"{whose}, asked on {day_text(row.made_on)}")]
    if row.state == rules.PARKED and row.review_on is not None and row.review_on <= until:
        return [_due(row, row.review_on, f"Look again: parked at {row.partner}{f' until {row.condition}' if row.condition else ''}")]
    if row.state == rules.READY:
        return [_due(row, row.since, f"Ready to come home from {row.partner}: {row.condition or 'what had to hold holds now'}")]
    return []


def _due(row: ReferralRow, on: date, what: str) -> DueRow:
    return DueRow(id=row.id, kind="referral", due_on=on, what=what, who=row.participant, coach_id=row.coach_id, lot=row.lot,
                  about=row.participant_id)


def _one_way(session: Session, coach: UUID | None, until: date, lot: UUID | None) -> list[DueRow]:
    """Partners with an alert that nobody has answered: for the coach of most of these referrals."""
    lots = programme.lot_names(session)
    return [DueRow(id=each.partner_id, kind=KIND, due_on=each.raised_on, who="", coach_id=each.coach_id, lot=lots.get(each.lot_id, ""),
                   what=f"One-way traffic with {each.partner}: {each.run.says()}. Say what will be done")
            for each in one_way_alerts(session, lot=lot) if not each.answer and coach in (None, each.coach_id) and each.raised_on <= until]
