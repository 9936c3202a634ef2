"""A claim as a workbook, and the files of its pack that are not paper: the workbook and the receipt."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from coachdesk.claim.queries.pack import Pack, not_paid
from coachdesk.claim.rules import receipts
from coachdesk.errors import Trouble
from coachdesk.exchange.xlsx import COUNT, DAY, MONEY, MONTH, TEXT, WRAPPED, Column, Fact, Facts, Sheet, book

_LINES = (
    Column("Line", COUNT, 6), Column("Reference", TEXT, 13), Column("Milestone", TEXT, 30), Column("Earned", MONTH, 11),
    Column("Rule", TEXT, 16), Column("Clause", TEXT, 16), Column("Working", WRAPPED, 60), Column("Value", MONEY, 13),
    Column("Taken before", MONEY, 13), Column("Amount", MONEY, 13), Column("Reason", WRAPPED, 44), Column("Proofs", COUNT, 8),
    Column("Line id", TEXT, 44),
)
_UNPAID = (Column("Reference", TEXT, 13), Column("Day", DAY, 13), Column("What", WRAPPED, 40), Column("Why it is not paid", WRAPPED, 60),
           Column("Standing", TEXT, 16))
_EVIDENCE = (
    Column("Line", COUNT, 6), Column("Reference", TEXT, 13), Column("Of", WRAPPED, 40), Column("Proves", TEXT, 22),
    Column("Obtained", DAY, 13), Column("How", TEXT, 22), Column("Dated", DAY, 13), Column("Kept", TEXT, 22), Column("State", TEXT, 14),
    Column("Verified by", TEXT, 22), Column("Verified", DAY, 13),
)
_WORDS = (Column("Coach", TEXT, 26), Column("State", TEXT, 18), Column("Signed", DAY, 13), Column("Help then", COUNT, 10),
          Column("Jobs then", COUNT, 10), Column("Help now", COUNT, 10), Column("Jobs now", COUNT, 10))


def workbook(pack: Pack, made_at: datetime) -> bytes:
    """The claim as a workbook: facts, lines, adjustments, what is not paid, the floor, evidence, sign-offs."""
    view = pack.view
    lines = [(line.number, line.reference, line.title, line.earned_month, line.rule, line.clause, line.working, line.value_pence,
              line.taken_pence, line.amount_pence, line.reason, line.evidence, line.id) for line in pack.lines]
    unpaid = [(view.references.get(item.person, ""), item.on, item.label, item.reason, standing) for standing, item in not_paid(view)]
    sheets: list[Sheet | Facts] = [
        Facts("Claim", _facts(pack)),
        Sheet("Lines", _LINES, lines, _total("Payable", view.figures.payable_pence)),
        Sheet("Adjustments", _LINES, [row for row, line in zip(lines, pack.lines, strict=True) if line.reason],
              _total("Sum", sum(line.amount_pence for line in pack.adjustments))),
        Sheet("Not paid", _UNPAID, unpaid),
        Facts("Floor", _floor(pack)),
        Sheet("Evidence", _EVIDENCE, [(each.line, each.reference, each.about, each.proves, each.obtained_on, each.how, each.dated,
                                       each.kept, each.state, each.verified_by, each.verified_on) for each in pack.evidence]),
        Sheet("Sign-off", _WORDS, [(each.coach, each.state, each.signed_at,
                                    *((each.help_then, each.jobs_then) if each.signed_at else (None, None)), each.help_now, each.jobs_now)
                                   for each in pack.sign_offs]),
    ]
    return book(sheets, f"Claim {view.number or ''} {view.lot}", made_at)


def _total(words: str, pence: int) -> tuple[object, ...]:
    return (None, words, None, None, None, None, None, None, None, pence, None, None, None)


def _facts(pack: Pack) -> list[Fact]:
    view, receipt = pack.view, pack.receipt
    found = [Fact("Lot", TEXT, view.lot), Fact("Month", MONTH, view.month), Fact("Claim number", COUNT, view.number),
             Fact("Status", TEXT, view.status), Fact("Sent", DAY, view.sent_on), Fact("Lead provider", TEXT, pack.provider),
             Fact("Terms", TEXT, pack.contract), Fact("Own claim", MONEY, view.figures.actual_pence),
             Fact("Top-up", MONEY, view.top_up_pence), Fact("Payable", MONEY, view.figures.payable_pence),
             Fact("Paid", MONEY, view.paid_pence), Fact("Paid on", DAY, view.paid_on)]
    if receipt is not None:
        before = receipt["previous"]
        found += [Fact("Receipt (SHA-256)", TEXT, receipt["sha256"]),
                  Fact("Receipt before", TEXT, f"no. {before['number']}: {before['sha256']}" if before else "none: this is the first")]
    return found


def _floor(pack: Pack) -> list[Fact]:
    floor = pack.view.figures.floor
    if floor is None:
        return [Fact("Floor", TEXT, "no floor rule is in force for this month")]
    return [Fact("Own claim", MONEY, floor.actual_pence), Fact("Average of the base months", MONEY, floor.floor_pence),
            Fact("Which counts", TEXT, "the average" if floor.won == "floor" else "the own claim"),
            Fact("Base from", MONTH, floor.base_from), Fact("Base to", MONTH, floor.base_to),
            Fact("Sum of the base months", MONEY, floor.base_total_pence), Fact("Divided by", COUNT, floor.divide_by),
            Fact("Divisor", TEXT, floor.divisor), Fact("Top-up", MONEY, floor.top_up_pence), Fact("Clause", TEXT, floor.clause),
            Fact("Working", WRAPPED, floor.arithmetic)]


def write_files(pack: Pack, folder: Path, stem: str, made_at: datetime) -> list[Path]:
    """The workbook and, once the claim was sent, its receipt, in a folder that is there; answers the files. Trouble when it cannot."""
    contents = {folder / f"{stem}.xlsx": workbook(pack, made_at)}
    if pack.receipt is not None:
        contents[folder / f"{stem}-receipt.json"] = receipts.file_bytes(pack.receipt)
    for path, content in contents.items():
        try:
            path.write_bytes(content)
        except OSError as problem:
            raise Trouble(f"{path.name} could not be written: {problem.strerror}.", "Choose another folder.") from None
    return list(contents)
