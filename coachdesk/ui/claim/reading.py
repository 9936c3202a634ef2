"""What the claims screen reads in one go: a month's claim with names beside the references, and every claim by month and lot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from coachdesk.claim import queries as claim_queries
from coachdesk.claim import rules as claim_rules
from coachdesk.clock import day_text, month_from_text, month_of, month_text, month_words
from coachdesk.errors import Refusal
from coachdesk.participant import queries as participant_queries
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.parts.privacy import shown_name

STATUS_WORDS = {
    claim_queries.NOT_SAVED: "worked out now, not drafted",
    claim_queries.DRAFT: "drafted",
    claim_queries.SENT: "sent",
    claim_queries.PAID: "paid",
}


@dataclass(frozen=True, slots=True)
class LineShown:
    """One payable line as the table shows it; `id` is the claimable. amount in pence."""

    id: str
    person: str
    reference: str
    name: str
    title: str
    earned: str
    rule: str
    amount_pence: int
    reason: str

    @property
    def who(self) -> str:
        """The name, in public initials and reference."""
        return shown_name(self.name, self.reference) or self.reference


@dataclass(frozen=True, slots=True)
class UnpaidShown:
    """One activity that pays nothing (yet); `when` is the month's own, or waiting from an earlier one."""

    id: str
    person: str
    reference: str
    name: str
    on: date
    what: str
    reason: str
    when: str

    @property
    def who(self) -> str:
        """The name, in public initials and reference."""
        return shown_name(self.name, self.reference) or self.reference


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A lot's month with everything that the screen says of it."""

    view: claim_queries.ClaimView
    lines: tuple[LineShown, ...]
    unpaid: tuple[UnpaidShown, ...]
    names: Mapping[str, str]
    before_sending: tuple[str, ...] = ()

    @property
    def actual_pence(self) -> int:
        """The sum of the lines."""
        return self.view.figures.actual_pence

    @property
    def payable_pence(self) -> int:
        """The lines and the top-up."""
        return self.view.figures.payable_pence


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be looked at: lots by name, months newest first."""

    lots: tuple[tuple[UUID, str], ...]
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Every claim that was drafted, sent or paid, by month and lot; ledger: what was earned in each month, by today's terms."""

    lots: tuple[tuple[UUID, str], ...]
    months: tuple[int, ...]
    claims: Mapping[tuple[int, UUID], claim_queries.ClaimRow]
    ledger: Mapping[tuple[int, UUID], claim_queries.LedgerRow] = field(default_factory=dict)

    @property
    def open_pence(self) -> int:
        """What was earned and no claim that went out has taken."""
        return sum(max(0, row.open_pence) for row in self.ledger.values())


def read_choices(session: Any, today: date) -> Choices:
    """Lots of the programme, and its months from the first to the one of today."""
    contract = programme_queries.contract(session)
    first, last = month_of(contract.starts_on), month_of(today)
    if contract.ends_on is not None:
        last = min(last, month_of(contract.ends_on))
    return Choices(tuple(programme_queries.lot_names(session).items()), tuple(range(max(first, last), first - 1, -1)))


def read_claim(session: Any, lot: UUID, month: int) -> ClaimShown:
    """A lot's claim of a month, with the names of its people."""
    view = claim_queries.figures(session, lot=lot, month=month)
    names = {str(row.id): row.name for row in participant_queries.participants(session, ids=[UUID(id) for id in view.references])}
    return ClaimShown(view, _lines(view, names), _unpaid(view, names), names, _before_sending(session, view))


def _before_sending(session: Any, view: claim_queries.ClaimView) -> tuple[str, ...]:
    """What is asked of the lead before a claim goes out: whose word is wanting, and which receipt the commissioner should hold."""
    if view.status in claim_queries.GONE_OUT:
        return ()
    found = claim_queries.board(session, lot=view.lot_id, month=view.month)
    last = claim_queries.last_sent(session, view.lot_id)
    words = []
    if found.open_coaches:
        words.append(f"{found.open_coaches} of {len(found.coaches)} coaches have not signed it off as it stands.")
    if found.missing:
        words.append(f"{len(found.missing)} {'thing is' if len(found.missing) == 1 else 'things are'} missing: see Before sending.")
    held = f"no. {last.number} of {day_text(last.sent_on)}" if last is not None and last.sent_on else "none"
    return (*words, f"The last receipt from us that the commissioner holds should be {held}; if they hold a later one, "
            "load its file first, under Agreement.")


def _lines(view: claim_queries.ClaimView, names: Mapping[str, str]) -> tuple[LineShown, ...]:
    worked = view.figures
    lines = [
        LineShown(
            line.claimable,
            line.person,
            view.references.get(line.person, ""),
            names.get(line.person, ""),
            line.title or line.milestone,
            " · ".join(part for part in (month_words(line.earned_month), line.reason.partition(":")[0]) if part),
            line.rule,
            line.amount_pence,
            line.reason,
        )
        for line in worked.lines
    ]
    floor = worked.floor
    if floor is not None and floor.top_up_pence:
        rule = f"floor {floor.version}" if floor.version.startswith("v") else f"floor v{floor.version}"
        lines.append(LineShown(floor.claimable, "", "", "", "Floor top-up", month_words(view.month), rule, floor.top_up_pence, ""))
    return tuple(lines)


def _unpaid(view: claim_queries.ClaimView, names: Mapping[str, str]) -> tuple[UnpaidShown, ...]:
    worked = view.figures

    def shown(items: tuple[claim_rules.Unpaid, ...], when: str) -> list[UnpaidShown]:
        return [
            UnpaidShown(
                item.key,
                item.person,
                view.references.get(item.person, ""),
                names.get(item.person, ""),
                item.on,
                item.label,
                item.reason,
                "on its way" if item.is_pending else when,
            )
            for item in items
        ]

    return (*shown(worked.unpaid, "this month"), *shown(worked.waiting, "waiting"), *shown(worked.expired, "too late"))


def read_overview(session: Any, today: date) -> Overview:
    """All claims; where a month was drafted more than once, the newest counts, and one that went out before a draft."""
    choices = read_choices(session, today)
    found: dict[tuple[int, UUID], claim_queries.ClaimRow] = {}
    for row in claim_queries.claims(session):
        at = (month_from_text(row.month), row.lot_id)
        if at not in found or found[at].status == claim_queries.DRAFT:
            found.setdefault(at, row)
            if row.status in claim_queries.GONE_OUT:
                found[at] = row
    months = sorted({*choices.months, *(month for month, _lot in found)}, reverse=True)
    return Overview(choices.lots, tuple(months), found, _ledger(session))


def _ledger(session: Any) -> dict[tuple[int, UUID], claim_queries.LedgerRow]:
    try:
        return {(row.month, row.lot_id): row for row in claim_queries.ledger(session)}
    except Refusal:             # terms that cannot be worked with: the claim itself says so
        return {}


def place_of_claim(session: Any, id: UUID) -> tuple[UUID, int] | None:
    """(lot, month) of a claim by its id; None where it is gone."""
    return next(((row.lot_id, month_from_text(row.month)) for row in claim_queries.claims(session) if row.id == id), None)


def place_of_line(session: Any, id: Any) -> tuple[UUID, int, str] | None:
    """(lot, month, claimable) of a frozen line, by its own id or by the id that `claim explain` takes; None where it is gone."""
    row = next((each for each in claim_queries.lines(session) if id in (each.id, each.line)), None)
    if row is None:
        return None
    place = place_of_claim(session, row.claim_id)
    return None if place is None else (*place, row.claimable)


def file_name(lot: str, month: int) -> str:
    """What a printed schedule is called when it is saved."""
    words = "".join(sign if sign.isalnum() else "-" for sign in lot.lower())
    return f"claim-{'-'.join(part for part in words.split('-') if part)}-{month_text(month)}.pdf"
