"""Reports about referrals, from the rooms to paper: what `reports` offers by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.clock import first_day, last_day, month_from_text, month_of, month_words
from coachdesk.documents.connectors import connectors_sheet
from coachdesk.documents.person_reports import Chosen
from coachdesk.documents.reciprocity import ledger, own_provision, partner_sheet
from coachdesk.documents.referral_sheet import ReferralPaper, referral_sheet
from coachdesk.documents.style import Paper, Printed
from coachdesk.errors import Refusal
from coachdesk.participant import queries as participant_queries
from coachdesk.programme import queries as programme_queries
from coachdesk.referral import queries, rules


def sheet_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """The sheet that goes with a person who was sent. Refusal for a draft, for what came in, or without a referral."""
    row = queries.referral(session, chosen.person) if chosen.person is not None else None
    if row is None:
        raise Refusal("A referral sheet is of one referral.", "Choose the referral. Nothing was printed.")
    if row.direction != rules.OUT or row.participant_id is None:
        raise Refusal("The sheet goes with somebody whom we send; this referral came in.", "Nothing was printed.")
    if row.state == rules.DRAFT or row.reply_code is None:
        raise Refusal("This referral is a draft: it has no code to answer by yet.", "Send it first. Nothing was printed.")
    detail = participant_queries.participant(session, row.participant_id)
    person = detail.person if detail is not None else None
    reach, needs = [], []
    if person is not None:
        reach.append(f"Best by {person.preferred_contact}." if person.preferred_contact else "")
        if person.is_safe_to_call is not None:
            reach.append("Safe to ring." if person.is_safe_to_call else "Do NOT ring.")
        reach.append("Leave NO message." if person.is_safe_to_leave_message is False else "")
        needs.append(f"Needs an interpreter{f' ({person.language})' if person.language else ''}." if person.needs_interpreter else "")
        needs.append(person.access_needs or "")
    paper = ReferralPaper(
        to_partner=row.partner,
        from_coach=row.coach,
        name=row.participant,
        reference=row.reference or "",
        phone="" if person is not None and person.is_safe_to_call is False else row.person_phone or "",
        reach=" ".join(part for part in reach if part),
        needs=" ".join(part for part in needs if part),
        need=row.need,
        return_condition=row.return_condition or "",
        sent_on=row.asked_on or row.made_on,
        answer_by=row.reply_due_on,
        code=row.reply_code,
        coach_reach=programme_queries.reach_of(session, row.coach_id),
    )
    return referral_sheet(paper, replace(printed, lot=row.lot), out)


def connectors_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """Who holds our relationships, of a lot or of all."""
    return connectors_sheet(queries.holders(session, lot=chosen.lot), queries.relationships(session, lot=chosen.lot), printed, out)


def ledger_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """What went both ways with every partner, and what was kept in-house."""
    span = _span(session, chosen)
    some: Any = {"lot": chosen.lot, "since": span[0], "until": span[1]}
    rows = queries.reciprocity_rows(session, **some)
    months = queries.every_month(queries.together(queries.months(session, **some)), *span)
    return ledger(rows, months, queries.in_house_months(session, **some), queries.in_house(session, **some),
                  queries.one_way_answers(session, lot=chosen.lot), printed, _period(span, months), out)


def own_provision_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """The share kept in-house by month, and the reasons."""
    span = _span(session, chosen)
    some: Any = {"lot": chosen.lot, "since": span[0], "until": span[1]}
    months = queries.in_house_months(session, **some)
    return own_provision(months, queries.in_house(session, **some), printed, _period(span, months[::-1]), out)


def partner_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """One partner's own figures, to be shown to them. Refusal without a partner, or where nothing went either way."""
    if chosen.person is None:
        raise Refusal("This sheet is of one partner.", "Choose the partner. Nothing was printed.")
    span = _span(session, chosen)
    some: Any = {"partner": chosen.person, "lot": chosen.lot, "since": span[0], "until": span[1]}
    row = next(iter(queries.reciprocity_rows(session, **some)), None)
    if row is None:
        raise Refusal("No referral went either way with this partner in this time.", "Choose another time, or another partner.")
    months = queries.every_month(queries.months(session, **some), *span)
    return partner_sheet(row, months, printed, _period(span, months), out)


def _span(session: Session, chosen: Chosen) -> tuple[int, int]:
    return queries.window(session, month_of(chosen.since) if chosen.since else None, month_of(chosen.until) if chosen.until else None)


def _period(span: tuple[int, int], months: Sequence[queries.MonthRow | queries.InHouseMonth]) -> str:
    """From the first month that is told, where there was none before."""
    first = max(span[0], min((month_from_text(row.month) for row in months), default=span[0]))
    return month_words(first) if first == span[1] else f"{month_words(first)} to {month_words(span[1])}"


def of_months(chosen: Chosen, month: int | None, partner: UUID | None) -> Chosen:
    """What is chosen for the ledger: twelve months up to that month, unless days are said; and the partner."""
    until = last_day(month) if month is not None and chosen.until is None else chosen.until
    since = chosen.since or (first_day(month - queries.MONTHS + 1) if month is not None else None)
    return replace(chosen, person=partner, since=since, until=until)


Report = Callable[[Session, Printed, Path | BinaryIO, Chosen], Paper]
LEDGERS: dict[str, Report] = {"reciprocity": ledger_report, "own-provision": own_provision_report, "reciprocity-partner": partner_report}
REFERRAL_REPORTS: dict[str, Report] = {"referral-sheet": sheet_report, "connectors": connectors_report, **LEDGERS}
