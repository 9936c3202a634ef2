"""The printed pages of the network: what a lot can give and lacks, and what councils were asked for and gave."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

from coachdesk.casework.capability import KindLine, gap_words
from coachdesk.clock import day_text
from coachdesk.documents.listing import Section, listing
from coachdesk.documents.style import Paper, Printed
from coachdesk.partner.queries import AskRow, CapabilityRow, LotSupport
from coachdesk.partner.rules.council import LEAST_COMPARED, VENUE

INTERNAL = "For the partnership. It holds no participant’s name."
_FAIR = (f"A share is told only of at least {LEAST_COMPARED} answers, with the number that it rests on. Where nothing was asked for, "
         "nothing can be said about the council. What lots need differs, and so does what they asked for; this is no ranking.")


def capability_sheet(lines: list[KindLine], held: list[CapabilityRow], on: date, is_one_lot: bool, printed: Printed, out: Path | BinaryIO,
                     ) -> Paper:
    """One page of a lot (or all lots): every kind of support and who can give it, then the contracts and funding behind it."""
    subtitle = f"{printed.lot or 'All lots'} · on {day_text(on)}"
    wide = 118.0 if is_one_lot else 96.0
    shares = [("Kind of support", 104.0, False), ("Own provision", wide, False), ("Partners", wide, False),
              ("Nobody", 44.0 if is_one_lot else 96.0, False), ("Ends", 62.0 if is_one_lot else 1.0, False), ("Plans waiting", 44.0, True)]
    rows: list[tuple[str, ...]] = [
            (line.kind, line.words(line.own), line.words(line.partners),
             ("nobody" if is_one_lot else line.words(line.nobody)) if line.is_gap else "–",
             day_text(line.ends_on) if line.ends_on else "", f"{line.people:,}" if line.people else "–") for line in lines]
    if not is_one_lot:
        shares, rows = [*shares[:4], shares[5]], [(*row[:4], row[5]) for row in rows]
    map_of = Section("Who can give what", shares, rows, gap_words(lines))
    funded = [(row.funding, row.holder, "; ".join(row.kinds), ", ".join(row.lots) or "every lot", row.state, extent_words(row))
              for row in held]
    contracts = Section("Contracts and funding", [("What", 96.0, False), ("Held by", 92.0, False), ("It adds", 124.0, False),
                                                  ("For", 66.0, False), ("End", 78.0, False), ("Places, amount", 64.0, False)], funded,
                        "", "None is written down.")
    return listing("What the network can give", subtitle, [map_of, contracts], printed, out, landscape=not is_one_lot, keeping=INTERNAL)


def council_sheet(lots: list[LotSupport], asks: list[AskRow], since: date | None, until: date, printed: Printed, out: Path | BinaryIO,
                  ) -> Paper:
    """Lots beside each other, each with the number that its share rests on, then every request."""
    period = f"{day_text(since)} to {day_text(until)}" if since else f"to {day_text(until)}"
    shares = [("Lot", 90.0, False), ("Council", 76.0, False), ("Asked", 34.0, True), ("Given", 34.0, True), ("Partly", 34.0, True),
              ("Declined", 42.0, True), ("No answer", 46.0, True), ("Waiting", 40.0, True), ("", 8.0, False), ("Share given", 104.0, False)]
    rows = [(row.lot, ", ".join(row.councils) or "–", *(f"{number:,}" if number else "–" for number in (
        row.count.asked, row.count.given, row.count.partly, row.count.declined, row.count.no_answer, row.count.waiting)), "", row.share)
        for row in lots]
    beside = Section("Lots beside each other", shares, rows, _FAIR)
    told = [(row.lot, day_text(row.asked_on), row.kind, _with_basis(row), _came(row), value_words(row)) for row in asks]
    each = Section("What was asked for", [("Lot", 74.0, False), ("Asked on", 62.0, False), ("Kind", 74.0, False), ("What", 128.0, False),
                                          ("What came of it", 118.0, False), ("Worth", 54.0, False)], told, "",
                   f"Nothing was asked for. A {VENUE}, publicity, brokering, networking or information may be.")
    return listing("Support of councils", f"{printed.lot or 'All lots'} · {period}", [beside, each], printed, out, landscape=True,
                   keeping=INTERNAL)


def extent_words(row: CapabilityRow) -> str:
    """`12 places, £25,000`; nothing where neither is known."""
    parts = []
    if row.places is not None:
        parts.append(f"{row.places:,} place{'' if row.places == 1 else 's'}")
    if row.amount_pence is not None:
        parts.append(f"£{row.amount_pence / 100:,.0f}")
    return ", ".join(parts)


def value_words(row: AskRow) -> str:
    """`£300, 40 hours`; nothing where it was not told."""
    parts = [f"£{row.value_pence / 100:,.0f}"] if row.value_pence is not None else []
    parts += [f"{row.value_hours:,} hour{'' if row.value_hours == 1 else 's'}"] if row.value_hours is not None else []
    return ", ".join(parts)


def _with_basis(row: AskRow) -> str:
    return f"{row.what} (lawful basis: {row.lawful_basis})" if row.lawful_basis else row.what


def _came(row: AskRow) -> str:
    on = f", {day_text(row.answered_on)}" if row.answered_on else f", {row.days} days so far"
    return f"{row.answer}{on}{f': {row.answer_note}' if row.answer_note else ''}"
