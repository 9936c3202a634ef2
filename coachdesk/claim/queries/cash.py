"""The cash of the months ahead: what is sent and unpaid, drafted, worked out, and what waits, by the month in which money is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.claim import rules
from coachdesk.claim.queries import answered, feed, shown
from coachdesk.claim.queries.feed import SENT
from coachdesk.claim.record import Claim, Line, PayTerm
from coachdesk.claim.rules import closing
from coachdesk.clock import day_text, first_day, month_of, month_text, month_words
from coachdesk.programme import queries as programme
from coachdesk.store.session import today

UNPAID, QUERIED, DRAFTED, WORKED_OUT, FLOOR, ONE_MORE = (
    "sent, not yet paid", "sent, queried", "drafted", "worked out, not drafted", "floor of a month to come", "waiting for more help")
KINDS = (UNPAID, QUERIED, DRAFTED, WORKED_OUT, FLOOR, ONE_MORE)
SURE = (UNPAID, DRAFTED, WORKED_OUT)
_SENDS_ON, _LOOKS_AHEAD = 3, 12     # a month is taken to go out on the third of the next; months to come that are looked at


@dataclass(frozen=True, slots=True)
class PayTermRow:
    """Days from sending to payment, from a day on."""

    id: UUID
    days: int
    clause: str
    from_day: date


@dataclass(frozen=True, slots=True)
class CashRow:
    """One sum that is expected, or may come: in which month, for which lot's month, and why. `expected` is a month; pence."""

    kind: str
    expected: int
    on: date | None
    lot_id: UUID
    lot: str
    month: int
    claim_id: UUID | None
    pence: int
    items: int
    says: str
    is_overdue: bool = False


def pay_terms(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[PayTermRow]:
    """Days to payment, the latest first; they hold for all lots."""
    chosen = sa.select(PayTerm.id, PayTerm.days, PayTerm.clause, PayTerm.from_day)
    return [PayTermRow(*row) for row in session.execute(chosen.order_by(PayTerm.from_day.desc(), PayTerm.id.desc()).limit(limit))]


def contract_from(session: Session) -> date:
    """The contract's first day."""
    return programme.contract(session).starts_on


def cash(session: Session, *, lot: UUID | None = None) -> list[CashRow]:
    """What may come in, by the month in which it is expected, of one lot or of all."""
    now = today(session)
    terms = [(row.from_day, row.days) for row in reversed(pay_terms(session))]
    names = programme.lot_names(session)
    lots = [lot] if lot is not None else list(names)
    rows = _sent(session, set(lots), names, terms, now)
    for each in lots:
        rows += _ahead(session, each, names[each], terms, now)
    return sorted(rows, key=lambda row: (row.expected, KINDS.index(row.kind), row.lot, row.month))


def _sent(session: Session, lots: set[UUID], names: dict[UUID, str], terms: list[tuple[date, int]], now: date) -> list[CashRow]:
    """Claims that went out and are not paid: their lines that are not rejected, those that are queried apart."""
    rows: list[CashRow] = []
    claims = [claim for claim in session.execute(sa.select(Claim).where(Claim.status == SENT)).scalars() if claim.lot_id in lots]
    stands = answered.standings(session, [claim.id for claim in claims])
    for claim in claims:
        on = claim.sent_on or now
        due = on + timedelta(days=closing.pay_days_on(terms, on))
        sums = {UNPAID: [0, 0], QUERIED: [0, 0]}
        for line, pence in session.execute(sa.select(Line.id, Line.amount_pence).where(Line.claim_id == claim.id)):
            answer = stands.get(line, rules.Standing()).answer
            if answer in (rules.NOT_ANSWERED, rules.QUERIED):
                own = sums[QUERIED if answer == rules.QUERIED else UNPAID]
                own[0], own[1] = own[0] + pence, own[1] + 1
        for kind, (pence, items) in sums.items():
            if items:
                late = due < now
                says = f"sent on {day_text(on)}, due on {day_text(due)}" + (", overdue" if late else "")
                rows.append(CashRow(kind, month_of(max(due, now)), max(due, now), claim.lot_id, names[claim.lot_id], claim.month, claim.id,
                                    pence, items, says, late))
    return rows


def _ahead(session: Session, lot: UUID, name: str, terms: list[tuple[date, int]], now: date) -> list[CashRow]:
    """The months that come next for a lot: drafts, what they come to so far, what waits, and floors of months that have not begun."""
    last = shown.last_sent(session, lot)
    ends_on = programme.contract(session).ends_on
    ends = min(month_of(now), month_of(ends_on)) if ends_on else month_of(now)
    first = ends if last is None else last.month + 1
    rows: list[CashRow] = []
    for month in range(first, ends + 1):
        view = shown.figures(session, lot=lot, month=month)
        on = _expected(month, terms, now)
        rows += _month(session, view, on, is_first=month == first, is_now=month == month_of(now))
        if month == ends:
            rows += _waiting(session, view, on)
    return rows + _floors(session, lot, name, max(first, ends + 1), ends_on, terms)


def _month(session: Session, view: shown.ClaimView, on: date, *, is_first: bool, is_now: bool) -> list[CashRow]:
    """A month's claim as it stands. Worked out, a later month holds an earlier one's work as late: that is counted with the earlier one."""
    lines, pence, top_up = view.figures.lines, view.figures.payable_pence, view.top_up_pence or 0
    if view.status == shown.NOT_SAVED and not is_first:
        lines = tuple(line for line in lines if line.earned_month == view.month)
        own = sum(line.amount_pence for line in lines)
        rule = rules.floor_in(feed.terms(session), view.month)
        working = rules.work_floor(rule, str(view.lot_id), view.lot, view.month, own, feed.sent_claims(session)) if rule else None
        top_up = working.top_up_pence if working else 0
        pence = own + top_up
    if not pence:
        return []
    says = f"{month_words(view.month)}{' so far' if is_now else ''}: "
    says += f"{len(lines)} line{'' if len(lines) == 1 else 's'}" if lines else "all of it top-up"
    says += f" and {rules.pounds(top_up)} top-up" if top_up and lines else ""
    kind = WORKED_OUT if view.status == shown.NOT_SAVED else DRAFTED
    return [CashRow(kind, month_of(on), on, view.lot_id, view.lot, view.month, view.claim_id, pence, len(lines), says)]


def _waiting(session: Session, view: shown.ClaimView, on: date) -> list[CashRow]:
    """What people on the way to a number of interventions would bring, at today's rates: not counted with what is sure."""
    now = today(session)
    prices = [each for each in feed.terms(session).milestones if each.kind == rules.INTERVENTIONS and each.in_force(now)]
    people = {item.person for item in (*view.figures.unpaid, *view.figures.waiting) if "more needed" in item.reason}
    best = max((each.amount_pence for each in prices), default=0)
    if not people or not best:
        return []
    says = (f"{len(people)} {'person is' if len(people) == 1 else 'people are'} on the way to "
            f"{', '.join(each.title or each.code for each in prices)}: {rules.pounds(best)} each, if all of them get there")
    return [CashRow(ONE_MORE, month_of(on), on, view.lot_id, view.lot, view.month, None, best * len(people), len(people), says)]


def _floors(session: Session, lot: UUID, name: str, first: int, ends_on: date | None, terms: list[tuple[date, int]]) -> list[CashRow]:
    """Months to come in which a floor is in force: that much is paid, however little is done."""
    found, sent = feed.terms(session), feed.sent_claims(session)
    rows = []
    for month in range(first, first + _LOOKS_AHEAD):
        rule = rules.floor_in(found, month)
        if rule is None or (ends_on is not None and month > month_of(ends_on)):
            continue
        working = rules.work_floor(rule, str(lot), name, month, 0, sent)
        if working.floor_pence:
            on = _expected(month, terms, first_day(month))
            rows.append(CashRow(FLOOR, month_of(on), on, lot, name, month, None, working.floor_pence, 1,
                                f"{month_words(month)}: at least the floor ({working.clause})"))
    return rows


def _expected(month: int, terms: list[tuple[date, int]], now: date) -> date:
    sends = max(first_day(month + 1) + timedelta(days=_SENDS_ON - 1), now)
    return closing.expected_on(sends, closing.pay_days_on(terms, sends), now)


def cash_told(session: Session, lot: UUID | None = None) -> dict[str, Any]:
    """The cash as `claim cash` prints it."""
    rows = cash(session, lot=lot)
    months: dict[int, dict[str, int]] = {}
    for row in rows:
        months.setdefault(row.expected, dict.fromkeys(KINDS, 0))[row.kind] += row.pence
    return {
        "months": [{"month": month_text(month), "sure_pence": sum(sums[kind] for kind in SURE), **{f"{_key(kind)}_pence": sums[kind]
                    for kind in KINDS}} for month, sums in months.items()],
        "rows": [{"kind": row.kind, "expected": month_text(row.expected), "on": row.on.isoformat() if row.on else None, "lot": row.lot,
                  "month": month_text(row.month), "claim_id": str(row.claim_id) if row.claim_id else None, "pence": row.pence,
                  "items": row.items, "says": row.says, "is_overdue": row.is_overdue} for row in rows],
    }


def _key(kind: str) -> str:
    return kind.replace(",", "").replace(" ", "_")
