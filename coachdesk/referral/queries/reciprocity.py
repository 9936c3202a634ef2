"""The reciprocity ledger, counted by the store: what went to each partner and came from it, month by month, and what came of it.

A referral counts in the month in which it was first sent; a draft does not count. What was kept in-house is what was sent to the
provider's own as the sending knew it: it needed a reason then, and the reason is kept.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import first_day, last_day, month_from_text, month_of, month_text
from coachdesk.partner.record import Partner
from coachdesk.referral.queries.one_way import Standing, one_way_alerts
from coachdesk.referral.queries.standing import standing
from coachdesk.referral.record import Referral
from coachdesk.referral.rules import COMPLETED, IN, OUT, reciprocity
from coachdesk.store import windows
from coachdesk.store.session import today

MONTHS = 12         # a ledger of so many months, this one with them, unless said otherwise
EVERYTHING, GIVEN, RECEIVED, IN_HOUSE = "everything", "given", "received", "kept in-house"
BEHIND = (EVERYTHING, GIVEN, "given and taken on", "given and done", RECEIVED, "received and taken on", "received and done", IN_HOUSE)


@dataclass(frozen=True, slots=True)
class ReciprocityRow:
    """What went both ways with one partner; id is the partner's. reply_days: the median until they answered; our_reply_days: until we did.

    balance: -1 (we only give) to 1 (we only receive), None for too few; says: the same in words. alert: months in a row that went one
    way, in words; answer: what will be done about it, where that was written and still counts.
    """

    id: UUID
    partner: str
    kind: str
    is_own_provision: bool
    given: int
    given_accepted: int
    given_completed: int
    given_helped: int
    received: int
    received_accepted: int
    received_completed: int
    received_helped: int
    kept_in_house: int
    reply_days: float | None
    our_reply_days: float | None
    balance: float | None
    says: str
    alert: str
    answer: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One partner's month; id is the partner's. month: as YYYY-MM; reply_days: the median until they answered what was sent then."""

    id: UUID
    partner: str
    month: str
    given: int
    given_accepted: int
    given_completed: int
    received: int
    received_accepted: int
    received_completed: int
    reply_days: float | None
    our_reply_days: float | None


_COUNTED = ("given", "given_accepted", "given_completed", "received", "received_accepted", "received_completed")


def _count(*conditions: Any) -> Any:
    return sa.func.count(sa.case((sa.and_(*conditions), 1)))


def sent_in(kept: Any, since: int | None, until: int | None) -> sa.ColumnElement[bool]:
    """That a referral was first sent in these months (both with them; None: no end)."""
    begin = first_day(since).isoformat() if since is not None else ""
    found: sa.ColumnElement[bool] = kept.c.sent_on >= begin
    return found if until is None else sa.and_(found, kept.c.sent_on <= last_day(until).isoformat())


def window(session: Session, since: int | None = None, until: int | None = None) -> tuple[int, int]:
    """The months of a ledger: twelve up to this one, unless said otherwise."""
    end = until if until is not None else month_of(today(session))
    return (since if since is not None else end - MONTHS + 1), end


def _figures(kept: Any) -> list[Any]:
    out, came = Referral.direction == OUT, Referral.direction == IN
    took, done, helped = kept.c.was_accepted == 1, kept.c.state == COMPLETED, kept.c.was_helped == 1
    return [_count(way, *more) for way in (out, came) for more in ((), (took,), (took, done), (took, done, helped))]


def reciprocity_rows(session: Session, *, lot: UUID | None = None, since: int | None = None, until: int | None = None,
                     partner: UUID | None = None, limit: int | None = None) -> list[ReciprocityRow]:
    """What went both ways with each partner in these months: alerts without an answer first, then the busiest.

    Partners without any traffic are left out. The alert is as of today, of the lot where one is chosen, else of all together.
    """
    kept, (begin, end) = standing(session), window(session, since, until)
    figures = _figures(kept)
    chosen: Any = (sa.select(Partner.id, Partner.name, Partner.kind, Partner.is_own_provision, *figures,
                             _count(Referral.direction == OUT, Referral.own_provision_reason.is_not(None)))
                   .select_from(Referral).join(Partner, Partner.id == Referral.partner_id).join(kept, kept.c.key == Referral.row)
                   .where(sent_in(kept, begin, end)).group_by(Partner.id))
    if lot is not None:
        chosen = chosen.where(Referral.lot_id == lot)
    if partner is not None:
        chosen = chosen.where(Referral.partner_id == partner)
    days = {known: by for (known, by) in _medians(session, kept, lot, partner, begin, end).items()}
    alerts = {each.partner_id: each for each in one_way_alerts(session, partner=partner, lot=lot)}
    rows = [_row(each, days, alerts.get(each[0])) for each in session.execute(chosen)]
    rows.sort(key=lambda row: (not row.alert or bool(row.answer), -(row.given + row.received), row.partner.casefold(), row.id.bytes))
    return rows[:limit]


def _row(found: Any, days: dict[tuple[UUID, str, str], float], alert: Standing | None) -> ReciprocityRow:
    known, name, kind, is_own, *figures, in_house = found
    given, received = figures[0], figures[4]
    told: Any = (known, name, kind, is_own, *figures, in_house, days.get((known, OUT, "")), days.get((known, IN, "")),
                 reciprocity.balance_between(given, received), reciprocity.balance_words(given, received),
                 alert.run.says() if alert is not None else "", alert.answer if alert is not None else "")
    return ReciprocityRow(*told)


def months(session: Session, *, partner: UUID | None = None, lot: UUID | None = None, since: int | None = None,
           until: int | None = None, limit: int | None = None) -> list[MonthRow]:
    """The months in which there was any traffic, by partner, the newest first; of one partner, or of every one."""
    kept, (begin, end) = standing(session), window(session, since, until)
    month = sa.func.substr(kept.c.sent_on, 1, 7)
    out, came, took, done = (Referral.direction == OUT, Referral.direction == IN, kept.c.was_accepted == 1, kept.c.state == COMPLETED)
    chosen: Any = (sa.select(Partner.id, Partner.name, month, *(_count(way, *more) for way in (out, came)
                                                               for more in ((), (took,), (took, done))))
                   .select_from(Referral).join(Partner, Partner.id == Referral.partner_id).join(kept, kept.c.key == Referral.row)
                   .where(sent_in(kept, begin, end)).group_by(Partner.id, month).order_by(month.desc(), Partner.name, Partner.id))
    for column, wanted in ((Referral.lot_id, lot), (Referral.partner_id, partner)):
        if wanted is not None:
            chosen = chosen.where(column == wanted)
    days = _medians(session, kept, lot, partner, begin, end, by_month=True)
    rows: Iterable[Any] = session.execute(chosen.limit(limit))
    found: Iterable[Any] = ((*row, days.get((row[0], OUT, row[2])), days.get((row[0], IN, row[2]))) for row in rows)
    return [MonthRow(*each) for each in found]


def together(rows: Iterable[MonthRow]) -> list[MonthRow]:
    """The months of several partners added up, each month once; no medians."""
    sums: dict[str, list[int]] = {}
    for row in rows:
        kept = sums.setdefault(row.month, [0] * 6)
        for at, name in enumerate(_COUNTED):
            kept[at] += getattr(row, name)
    found: Iterable[Any] = ((UUID(int=0), "", month, *counts, None, None) for month, counts in sums.items())
    return [MonthRow(*each) for each in found]


def every_month(rows: Iterable[MonthRow], since: int, until: int) -> list[MonthRow]:
    """The months of one partner without a gap, the oldest first; a month without traffic has noughts."""
    known = {month_from_text(row.month): row for row in rows}
    if not known:
        return []
    some = next(iter(known.values()))
    first = max(since, min(known))
    return [known.get(month) or MonthRow(some.id, some.partner, month_text(month), 0, 0, 0, 0, 0, 0, None, None)
            for month in range(first, until + 1)]


def _medians(session: Session, kept: Any, lot: UUID | None, partner: UUID | None, since: int, until: int, *,
             by_month: bool = False) -> dict[tuple[UUID, str, str], float]:
    """The median number of days until an answer, by partner, direction and (where asked for) month, from days counted by the store."""
    wait = sa.cast(sa.func.julianday(kept.c.replied_on) - sa.func.julianday(kept.c.asked_on), sa.Integer).label("days")
    month = (sa.func.substr(kept.c.sent_on, 1, 7) if by_month else sa.literal("")).label("month")
    chosen: Any = (sa.select(Referral.partner_id, Referral.direction, month, wait, sa.func.count())
                   .join(kept, kept.c.key == Referral.row).where(sent_in(kept, since, until), kept.c.replied_on.is_not(None))
                   .group_by(Referral.partner_id, Referral.direction, "month", "days"))
    for column, wanted in ((Referral.lot_id, lot), (Referral.partner_id, partner)):
        if wanted is not None:
            chosen = chosen.where(column == wanted)
    days: dict[tuple[UUID, str, str], list[int]] = defaultdict(list)
    for known, way, when, took, count in session.execute(chosen):
        days[(known, way, when)] += [took] * count
    return {key: float(median(each)) for key, each in days.items()}


def behind(session: Session, what: str, *, partner: UUID | None = None, lot: UUID | None = None, since: int | None = None,
           until: int | None = None) -> array[int]:
    """The referrals behind a number of the ledger, by local key, the last sent first. what: one of BEHIND."""
    kept, (begin, end) = standing(session), window(session, since, until)
    chosen: Any = sa.select(Referral.row).join(kept, kept.c.key == Referral.row).where(sent_in(kept, begin, end))
    if what != EVERYTHING:
        chosen = chosen.where(Referral.direction == (IN if what.startswith(RECEIVED) else OUT))
    if what == IN_HOUSE:
        chosen = chosen.where(Referral.own_provision_reason.is_not(None))
    if what.endswith(("taken on", "done")):
        chosen = chosen.where(kept.c.was_accepted == 1)
    if what.endswith("done"):
        chosen = chosen.where(kept.c.state == COMPLETED)
    for column, wanted in ((Referral.lot_id, lot), (Referral.partner_id, partner)):
        if wanted is not None:
            chosen = chosen.where(column == wanted)
    return windows.keys_of(session, chosen.order_by(kept.c.sent_on.desc(), Referral.row.desc()))
