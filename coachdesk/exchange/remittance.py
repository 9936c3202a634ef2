"""A commissioner's remittance as csv: what was paid, queried or rejected, by claim or by line. Tried first, then taken in one transaction.

Columns, in any order and spelling: claim (its number, or its id), lot, month, line (its number on the schedule, or its id), amount, answer,
reason, paid on. A row without a line is the payment of a whole claim. What was told before is passed over, so a file can come twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.claim import actions, queries
from coachdesk.claim.rules import pounds
from coachdesk.clock import month_from_text, month_text
from coachdesk.errors import Refusal
from coachdesk.exchange.csv_in.cells import bare, day_of, spoken
from coachdesk.exchange.csv_in.reading import Table, read_file
from coachdesk.programme import queries as programme
from coachdesk.store.session import Changes, today

TAKEN, AS_BEFORE, REFUSED = "taken", "as before", "refused"
_COLUMNS = {
    "claim": ("claim", "claim number", "claim no", "claim no.", "claim id", "claim reference", "invoice", "invoice number"),
    "lot": ("lot", "lot name", "area"),
    "month": ("month", "claim month", "period"),
    "line": ("line", "line number", "line no", "line reference", "line id", "reference"),
    "amount": ("amount", "paid", "amount paid", "paid amount", "value", "payment"),
    "answer": ("answer", "status", "outcome", "decision"),
    "reason": ("reason", "comment", "comments", "note", "remarks"),
    "on": ("paid on", "date", "payment date", "date paid", "on"),
}
_MEANS = {word: field for field, words in _COLUMNS.items() for word in words}
_ANSWERS = {"paid": "paid", "approved": "paid", "accepted": "paid", "query": "queried", "queried": "queried", "on hold": "queried",
            "rejected": "rejected", "reject": "rejected", "declined": "rejected", "disallowed": "rejected", "not paid": "rejected"}
_MONEY = re.compile(r"\(?\s*([-−+]?)\s*£?\s*([-−]?)(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?\s*\)?")


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one row of the file. number: the line in the file; pence: what it says was paid."""

    number: int
    state: str
    says: str
    pence: int | None = None


@dataclass(frozen=True)
class Report:
    """What a remittance came to."""

    file: str
    rows: tuple[Told, ...]
    notes: tuple[str, ...]
    changes: Changes = Changes()

    def count(self, state: str) -> int:
        """Rows of a state."""
        return sum(row.state == state for row in self.rows)

    def sentence(self, *, is_trial: bool) -> str:
        """The whole in a sentence."""
        pence = sum(row.pence or 0 for row in self.rows if row.state == TAKEN)
        verb = "would be taken" if is_trial else "taken"
        return (f"{self.count(TAKEN):,} {verb}, {pounds(pence)} of it paid; {self.count(AS_BEFORE):,} as before, "
                f"{self.count(REFUSED):,} refused.")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, understood."""

    claim: queries.ClaimRow
    line: int | None
    pence: int | None
    answer: str
    reason: str
    on: date


class _OnlyTried(Exception):
    """Ends the transaction of a trial, so that nothing stays."""


def read(file: Path) -> Table:
    """A remittance as rows. Refusal where it has no column for the claim, or neither amount nor answer."""
    table = read_file(file, lambda cell: _folded(cell) in _MEANS)
    found = {_MEANS[_folded(name)] for name in table.header if _folded(name) in _MEANS}
    if not found & {"claim", "month"} or not found & {"amount", "answer"}:
        raise Refusal(f"{file.name} has no column for the claim, or none for what was paid.",
                      "Name the columns claim (or lot and month), line, amount, answer, reason and paid on. Nothing was changed.")
    return table


def take(store: Any, actor: UUID, file: Path, *, lot: str | None = None, is_trial: bool = False) -> Report:
    """Takes a remittance in, or says what would become of it. Rows that cannot be right are refused, each with its reason."""
    table = read(file)
    told: list[Told] = []
    try:
        with store.change(actor, f"Take in the remittance {file.name}") as session:
            told = _take(session, table, file.name, lot)
            if is_trial:
                raise _OnlyTried
    except _OnlyTried:
        return Report(file.name, tuple(told), table.notes)
    return Report(file.name, tuple(told), table.notes, session.info["changes"])


def _take(session: Session, table: Table, name: str, lot: str | None) -> list[Told]:
    fields = {field: at for at, column in enumerate(table.header) if (field := _MEANS.get(_folded(column)))}
    claims, told = queries.claims(session), []
    touched: dict[UUID, date] = {}
    for line in table.lines:
        cells = {field: line.cells[at].strip() for field, at in fields.items()}
        try:
            row = _understood(session, cells, claims, lot)
            state = _write(session, row, name)
            touched[row.claim.id] = max(row.on, touched.get(row.claim.id, row.on))
            told.append(Told(line.number, state, _words(row), row.pence if row.answer == "paid" else None))
        except Refusal as refusal:
            told.append(Told(line.number, REFUSED, spoken(refusal)))
        except ValueError as wrong:
            told.append(Told(line.number, REFUSED, f"{wrong}."))
    for id, on in touched.items():
        _settle(session, id, on)
    return told


def _understood(session: Session, cells: dict[str, str], claims: list[queries.ClaimRow], lot: str | None) -> _Row:
    """A row's cells as a claim, a line and an answer. ValueError or Refusal in a sentence."""
    claim = _claim(session, cells, claims, lot)
    pence = _pence(cells["amount"]) if cells.get("amount") else None
    typed = _folded(cells.get("answer", ""))
    answer = _ANSWERS.get(typed) if typed else ("paid" if pence else None)
    if answer is None:
        raise ValueError(f"“{cells.get('answer', '')}” is not an answer: write paid, queried or rejected" if typed
                         else "neither an amount nor an answer stands here")
    on = day_of(cells["on"], today(session)) if cells.get("on") else today(session)
    return _Row(claim, _line(session, cells.get("line", ""), claim), pence, answer, cells.get("reason", ""), on)


def _claim(session: Session, cells: dict[str, str], claims: list[queries.ClaimRow], lot: str | None) -> queries.ClaimRow:
    """The sent claim that a row means: by id, or by lot and number, or by lot and month."""
    typed = bare(cells.get("claim", ""))
    sent = [claim for claim in claims if claim.status in queries.GONE_OUT]
    found = [claim for claim in sent if str(claim.id) == typed.casefold()]
    if not found:
        place = cells.get("lot") or lot
        if place:
            sent = [claim for claim in sent if claim.lot_id == programme.lot_id(session, place)]
        number = re.sub(r"^(?:claim|no\.?|#)\s*", "", typed.casefold())
        month = _month(cells.get("month", ""))
        found = [claim for claim in sent if (not number or number == str(claim.number)) and (month is None or claim.month == month)]
        if not number and month is None:
            raise ValueError("no claim is named here")
    if len(found) != 1:
        raise ValueError("no claim that was sent fits this row" if not found else "several claims fit this row: name the lot as well")
    return found[0]


def _month(text: str) -> str | None:
    """A month as YYYY-MM; None where none stands. ValueError for another word."""
    if not text:
        return None
    try:
        return month_text(month_from_text(bare(text)))
    except ValueError:
        raise ValueError(f"“{text}” is not a month: write it as 2020-05") from None


def _line(session: Session, text: str, claim: queries.ClaimRow) -> int | None:
    """A line's number, from its number (7, 3/7) or its id."""
    typed = bare(text)
    if not typed:
        return None
    if "@" in typed or len(typed) >= 32:
        rows = queries.lines(session, claim=claim.id)
        places = queries.line_numbers(session, [claim.id])
        found = next((row.id for row in rows if typed.casefold() in (row.line, row.claimable, str(row.id))), None)
        if found is None:
            raise ValueError(f"claim {claim.number} of {claim.lot} has no line {typed}")
        return places[found]
    number = typed.rpartition("/")[2].removesuffix(".0")
    if not number.isdigit() or len(number) > 7:
        raise ValueError(f"“{typed}” is not the number of a line")
    return int(number)


def _pence(text: str) -> int:
    """An amount in pence: £1,234.56, -12.00, (12.00)."""
    typed = bare(text)
    found = _MONEY.fullmatch(typed)
    if not found:
        raise ValueError(f"“{typed[:40]}” is not an amount such as 400.00")
    minus = found[1] in ("-", "−") or found[2] in ("-", "−") or typed.startswith("(")
    pence = int(found[3].replace(",", "")) * 100 + int((found[4] or "0").ljust(2, "0"))
    return -pence if minus else pence


def _write(session: Session, row: _Row, name: str) -> str:
    """Writes an answer down; passed over where the same was told before."""
    claim, line = row.claim, row.line
    if line is None and row.answer == "paid" and row.pence is not None:
        kept = next(each for each in queries.claims(session, lot=claim.lot_id) if each.id == claim.id)
        if (kept.paid_pence, kept.paid_on) == (row.pence, row.on):
            return AS_BEFORE
        actions.mark_paid(session, claim.id, amount=row.pence, on=row.on)
        return TAKEN
    before = next((each for each in queries.answers(session, claim=claim.id) if each.line == line), None)
    amount = row.pence if row.answer == "paid" else None
    if before and (before.answer, before.amount, before.on, before.reason or "") == (row.answer, amount, row.on, _reason(row)):
        return AS_BEFORE
    if row.answer == "paid":
        actions.answer_paid(session, claim.id, line=line, amount=amount, on=row.on, source=name)
    elif row.answer == "queried":
        actions.query(session, claim.id, line=line, reason=_reason(row), on=row.on, source=name)
    else:
        actions.reject(session, claim.id, line=line, reason=_reason(row), on=row.on, source=name)
    return TAKEN


def _reason(row: _Row) -> str:
    return row.reason or ("" if row.answer == "paid" else "no reason was given")


def _settle(session: Session, id: UUID, on: date) -> None:
    """A claim of which every line is answered, and none queried, is paid: the sum of what was paid for its lines."""
    claim = next(each for each in queries.claims(session) if each.id == id)
    lines = queries.lines(session, claim=id)
    stands = queries.standings(session, [id])
    if claim.status != queries.SENT or any(line.id not in stands or stands[line.id].answer == "queried" for line in lines):
        return
    paid = 0
    for line in lines:
        said = stands[line.id].said
        if stands[line.id].answer == "paid" and said is not None:
            paid += line.amount_pence if said.amount_pence is None else said.amount_pence
    actions.mark_paid(session, id, amount=paid, on=on)


def _words(row: _Row) -> str:
    where = f"{row.claim.lot} {row.claim.month}, claim {row.claim.number}" + (f", line {row.line}" if row.line else "")
    money = f" {pounds(row.pence)}" if row.pence is not None and row.answer == "paid" else ""
    return f"{where}: {row.answer}{money}"


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())


__all__ = ["AS_BEFORE", "REFUSED", "TAKEN", "Report", "Told", "read", "take"]
