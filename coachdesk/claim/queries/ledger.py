"""The whole contract in one table: what every lot's months are worth now, what sent claims took for them, what is open; and its proof."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.claim import rules
from coachdesk.claim.queries import answered, feed, shown, worth
from coachdesk.claim.queries.feed import GONE_OUT
from coachdesk.claim.record import Claim, Line
from coachdesk.clock import last_day, month_of, month_text
from coachdesk.programme import queries as programme
from coachdesk.store.session import today


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A lot's month, by when things were earned. Pence; worth: today, under the caps; taken: by sent claims of whatever month, top-ups
    and rejected lines apart; open: what is left to claim, or to give back where it is less than nothing."""

    lot_id: UUID
    lot: str
    month: int
    items: int
    worth_pence: int
    taken_pence: int
    top_up_pence: int

    @property
    def open_pence(self) -> int:
        """What no claim has taken yet, or took too much of."""
        return self.worth_pence - self.taken_pence


def ledger(session: Session, *, lot: UUID | None = None) -> list[LedgerRow]:
    """Every lot and month in which something was earned or taken, up to this month; all of it priced anew."""
    return _rows(session, worth.worth(session, last_day(month_of(today(session))), lot=lot), lot)


def _rows(session: Session, found: list[rules.Worth], lot: UUID | None) -> list[LedgerRow]:
    earned: Counter[tuple[str, int]] = Counter()
    items: Counter[tuple[str, int]] = Counter()
    for each in found:
        at = each.lot, month_of(each.on)
        earned[at] += each.pence
        items[at] += 1
    taken: Counter[tuple[str, int]] = Counter()
    top_ups: Counter[tuple[str, int]] = Counter()
    out = answered.rejected_lines(session)
    chosen = sa.select(Line.id, Claim.lot_id, Line.earned_month, Line.milestone, Line.amount_pence).join(Claim, Claim.id == Line.claim_id)
    for line, of, month, milestone, pence in session.execute(chosen.where(Claim.status.in_(GONE_OUT))):
        if line not in out:
            (top_ups if milestone == rules.TOP_UP else taken)[str(of), month] += pence
    names = programme.lot_names(session)
    return [LedgerRow(id, name, month, items[at], earned[at], taken[at], top_ups[at])
            for id, name in names.items() if lot in (None, id)
            for at in sorted(key for key in earned.keys() | taken.keys() | top_ups.keys() if key[0] == str(id)) for month in at[1:]]


def ledger_told(session: Session, lot: UUID | None = None) -> dict[str, Any]:
    """The ledger as `claim ledger` prints it."""
    rows = ledger(session, lot=lot)
    return {
        "rows": [{"lot": row.lot, "month": month_text(row.month), "items": row.items, "worth_pence": row.worth_pence,
                  "taken_pence": row.taken_pence, "open_pence": row.open_pence, "top_up_pence": row.top_up_pence} for row in rows],
        "worth_pence": sum(row.worth_pence for row in rows),
        "taken_pence": sum(row.taken_pence for row in rows),
        "open_pence": sum(row.open_pence for row in rows),
        "top_up_pence": sum(row.top_up_pence for row in rows),
    }


def ledger_checked(session: Session) -> dict[str, Any]:
    """The proof of the ledger as `claim check` prints it: `holds`, and a sentence for whatever does not.

    Everything is priced twice, by the quick way and from every activity there is; the lines of each claim that went out are added up
    again; and each is worked out again from the activities of its day.
    """
    upto = last_day(month_of(today(session)))
    quick, full = Counter(worth.worth(session, upto)), Counter(worth.worth_in_full(session, upto))
    says = [f"{each.milestone} of {each.subject}: {rules.pounds(each.pence)} {how}"
            for odd, how in ((quick - full, "only by the quick way"), (full - quick, "only from all activities")) for each in odd]
    names = programme.lot_names(session)
    claims = session.execute(sa.select(Claim).where(Claim.status.in_(GONE_OUT)).order_by(Claim.lot_id, Claim.number)).scalars().all()
    sums = dict(session.execute(sa.select(Line.claim_id, sa.func.sum(Line.amount_pence)).group_by(Line.claim_id)).all())
    for claim in claims:
        name = f"{names.get(claim.lot_id, '')}, {month_text(claim.month)}"
        if sums.get(claim.id, 0) != claim.payable_pence:
            says.append(f"{name}: lines come to {rules.pounds(sums.get(claim.id, 0))}, the claim to {rules.pounds(claim.payable_pence)}")
        if not claim.basis.get("from_receipt"):
            apart = shown.rerun(session, claim.id).differences
            says += [f"{name}: {each.milestone} was sent as {rules.pounds(each.sent_pence)}, works out at {rules.pounds(each.now_pence)}"
                     for each in apart]
    taken = feed.sent_lines(session, without=answered.rejected_lines(session))
    return {"holds": not says, "claims": len(claims), "priced": sum(full.values()),
            "worth_pence": sum(each.pence for each in full.elements()),
            "taken_pence": sum(line.amount_pence for line in taken if line.kind != rules.TOP_UP), "says": says}
