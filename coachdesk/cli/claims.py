"""`claim`: the ledger, its month's close, the commissioner's answers, and the pack."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from coachdesk.cli import catalogue
from coachdesk.cli.answer import Answer
from coachdesk.cli.opened import owner
from coachdesk.clock import month_words
from coachdesk.errors import Refusal, Trouble


def claim(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """Runs one of the deeds below."""
    _DEEDS[options.deed](options, store, answer)


def _show(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.claim import actions, queries
    from coachdesk.programme import queries as programme_queries

    if options.deed == "draft":
        store.act(
            owner(store),
            f"Draft the claim for {month_words(options.month)}",
            lambda session: actions.draft(session, lot=programme_queries.lot_id(session, options.lot), month=options.month),
        )
    with store.read() as session:
        shown = queries.show(session, programme_queries.lot_id(session, options.lot), options.month)
    answer.give(shown, _claim_text(shown))


def _explain(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.claim import queries

    with store.read() as session:
        told = queries.explain(session, options.line)
    steps = (f"{step['what']}\n   {step['source']} · {step['rule']} · {step['clause']}\n   {step['arithmetic']}" for step in told["steps"])
    answer.give(told, "\n".join(steps))


def _send(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.claim import actions, queries

    id = _claim_id(options.id)
    with store.read() as session:
        remarks = queries.before_sending(session, id)
    store.act(owner(store), "Record a claim as sent",
              lambda session: actions.send(session, id, on=options.on, last_receipt=options.last_receipt), lasting=True)
    with store.read() as session:
        made = queries.receipt(session, id)
    for remark in remarks:
        answer.note(remark)
    told = {"id": options.id, "status": "sent", "receipt": made["sha256"], "number": made["number"]}
    answer.give(told, f"Recorded as sent. Receipt no. {made['number']}: {made['sha256']}")


def _paid(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.claim import actions

    id = _claim_id(options.id)
    store.act(owner(store), "Record what was paid", lambda session: actions.mark_paid(session, id, amount=options.amount, on=options.on))
    answer.give({"id": options.id, "status": "paid"}, "Recorded as paid.")


def _remittance(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.exchange import remittance

    told = remittance.take(store, owner(store), options.file, lot=options.lot, is_trial=options.dry_run)
    for note in told.notes:
        answer.note(note)
    rows = [{"line": row.number, "state": row.state, "says": row.says} for row in told.rows]
    counts = {state.replace(" ", "_"): told.count(state) for state in (remittance.TAKEN, remittance.AS_BEFORE, remittance.REFUSED)}
    lines = [f"line {row.number}: {row.state}: {row.says}" for row in told.rows]
    answer.give({"file": told.file, "dry_run": options.dry_run, **counts, "rows": rows},
                "\n".join([*lines, told.sentence(is_trial=options.dry_run)]))


def _pack(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    answer.give({"files": pack_files(store, _claim_id(options.id), options.out)})


def pack_files(store: Any, id: UUID, folder: Path) -> list[Path]:
    """Writes a claim's whole pack into a folder: PDF, workbook, and the receipt once it was sent; answers the files."""
    from coachdesk.claim.queries.pack import pack
    from coachdesk.documents import reports
    from coachdesk.exchange import claim_book
    from coachdesk.store.session import moment

    with store.read() as session:
        found = pack(session, id)
        files = reports.claim_pack(session, id, folder, reports.printed_by(store))
        return [*files, *claim_book.write_files(found, folder, files[0].stem, moment(session))]


def _receipt(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.claim import actions

    try:
        content = options.file.read_bytes()
    except OSError as problem:
        raise Trouble(f"{options.file.name} cannot be read: {problem.strerror}.", "Nothing was changed.") from None
    told = store.act(owner(store), "Load a receipt", lambda session: actions.load_receipt(session, content), lasting=True).result
    words = "agrees with what was sent from here" if told.state == "agrees" else "was not known here, and is taken in as sent"
    answer.give({"state": told.state, "claim_id": str(told.claim_id), "lot": told.lot, "number": told.number, "sha256": told.sha256},
                f"Receipt no. {told.number} of {told.lot} for {month_words(told.month)} {words}.")


def _agree(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.claim import queries
    from coachdesk.programme import queries as programme_queries

    with store.read() as session:
        told = queries.agreement(session, programme_queries.lot_id(session, options.lot), options.month)
    lines = [f"{told['lot']}, {told['month']}: {told['status']}", f"  {'':<22}{'desk':>20}{'sent':>20}{'paid':>20}"]
    for cell in (*told["cells"], told["total"]):
        sums = "".join(f"{cell[side]['count']:>6} {_pounds(cell[side]['pence']):>13}" for side in ("desk", "sent", "paid"))
        lines.append(f"  {cell['title'][:22]:<22}{sums}")
    for each in told["differences"]:
        what = f"{each['cause']}: {each['says']}" + (f" ({each['reason']})" if each["reason"] else "")
        lines.append(f"  {each['between']:<14} {_pounds(each['pence']):>12}  {each['reference']:<10} {what}")
    answer.give(told, "\n".join(lines))


def _board(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.claim import queries
    from coachdesk.programme import queries as programme_queries
    from coachdesk.sync.begun import arrivals

    with store.read() as session:
        told = queries.board_told(session, programme_queries.lot_id(session, options.lot), options.month)
        names = programme_queries.member_names(session)
    told["laptops"] = [{"coach": names.get(member, ""), "device": one.device, "missing": one.missing, "says": one.says}
                       for member, one in arrivals(store).items()]
    lines = [f"{told['lot']}, {told['month']}: {'complete' if told['is_complete'] else 'not complete'}"]
    lines += [f"  {row['coach']}: {row['state']}" for row in told["coaches"]]
    lines += [f"  laptop of {row['coach']}: {row['says']}" for row in told["laptops"]]
    lines += [f"  missing: {row['kind']}, {row['reference']}: {row['says']}" for row in told["missing"]]
    lines += [f"  {row['choice']}{' on ' + row['coach'] if row['coach'] else ''}: {row['reason']}" for row in told["choices"]]
    answer.give(told, "\n".join(lines))


def _cash(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.claim import queries
    from coachdesk.programme import queries as programme_queries

    with store.read() as session:
        told = queries.cash_told(session, programme_queries.lot_id(session, options.lot) if options.lot else None)
    lines = [f"{row['expected']}  {_pounds(row['pence']):>12}  {row['lot']:<20} {row['kind']}: {row['says']}" for row in told["rows"]]
    answer.give(told, "\n".join(lines) or "Nothing is expected.")


def _ledger(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.claim import queries
    from coachdesk.programme import queries as programme_queries

    with store.read() as session:
        told = queries.ledger_told(session, programme_queries.lot_id(session, options.lot) if options.lot else None)
    head = f"{'':<30}{'worth':>14}{'taken':>14}{'open':>14}{'top-up':>14}"
    sums = [(f"{row['month']}  {row['lot'][:20]}", row) for row in told["rows"]] + [("all", told)]
    lines = [f"{name:<30}" + "".join(f"{_pounds(row[key]):>14}" for key in ("worth_pence", "taken_pence", "open_pence", "top_up_pence"))
             for name, row in sums]
    answer.give(told, "\n".join([head, *lines]) if told["rows"] else "Nothing has been earned.")


def _check(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.claim import queries

    with store.read() as session:
        told = queries.ledger_checked(session)
    words = "holds to the penny" if told["holds"] else "does not hold"
    head = f"The ledger {words}: {told['priced']} things priced twice, {told['claims']} sent claims worked out again."
    answer.give(told, "\n".join([head, *(f"  {each}" for each in told["says"])]))


def _what_if(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.claim import queries
    from coachdesk.programme import queries as programme_queries

    def person(session: Any, text: str) -> str:
        return str(catalogue.resolved(session, "participant", text))

    with store.read() as session:
        helped = {person(session, who): _count(many) for who, many in map(_pair, options.interventions)}
        suppose = queries.Suppose(
            evidence=frozenset(options.evidence), eligible=frozenset(person(session, who) for who in options.eligible), helped=helped,
            starts=options.starts, jobs=frozenset(person(session, who) for who in options.job),
            amounts={code: _count(pence) for code, pence in map(_pair, options.amount)}, on=options.on,
        )
        told = queries.what_if_told(session, programme_queries.lot_id(session, options.lot), options.month, suppose)
    now, then = told["now"], told["then"]
    lines = [f"{told['lot']}, {told['month']}, if {'; '.join(told['suppose']) or 'nothing changed'}"]
    for label, key in (("own claim", "actual_pence"), ("floor", "floor_pence"), ("top-up", "top_up_pence"), ("payable", "payable_pence")):
        if now[key] is not None:
            lines.append(f"  {label:<10} {_pounds(now[key]):>13} → {_pounds(then[key]):>13}")
    for row in told["lines"]:
        lines.append(f"  {row['reference']:<10} {row['title']}: {_pounds(row['now_pence'])} → {_pounds(row['then_pence'])}")
    answer.give(told, "\n".join(lines))


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.rpartition("=")
    if not found:
        raise Refusal(f"“{text}” is not NAME=NUMBER.", "Such as --amount start=30000.")
    return name, value


def _count(text: str) -> int:
    if not text.strip().isascii() or not text.strip().isdigit():
        raise Refusal(f"“{text}” is not a whole number.", "Such as 3.")
    return int(text)


def _claim_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal(f"“{text}” is not the id of a claim.", "Take it from `coachdesk list claim`.") from None


def _claim_text(shown: dict[str, Any]) -> str:
    lines = [f"{shown['lot']}, {shown['month']}: {shown['status']}"]
    lines += [f"  {_pounds(line['amount_pence']):>12}  {line['milestone']:<14} {line['rule']:<18} {line['id']}" for line in shown["lines"]]
    lines.append(f"  {_pounds(shown['actual_pence']):>12}  actual")
    floor = shown["floor"]
    if floor:
        window = f"{floor['base_from']} to {floor['base_to']}, {floor['divisor']}"
        lines.append(f"  {_pounds(floor['floor_pence']):>12}  floor ({window}); {floor['won']} won")
        lines.append(f"  {_pounds(shown['top_up']['amount_pence']):>12}  top-up  {shown['top_up']['id']}")
    lines.append(f"  {_pounds(shown['payable_pence']):>12}  payable")
    for name, items in (("unpaid", shown["unpaid"]), ("waiting", shown["waiting"]), ("too late", shown["expired"])):
        lines += [f"  {name}: {item['reason']}" for item in items]
    return "\n".join(lines)


def _pounds(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


_DEEDS: dict[str, Callable[[argparse.Namespace, Any, Answer], None]] = {
    "show": _show, "draft": _show, "explain": _explain, "send": _send, "paid": _paid, "pack": _pack, "receipt": _receipt, "agree": _agree,
    "remittance": _remittance, "board": _board, "cash": _cash, "check": _check, "ledger": _ledger, "what-if": _what_if,
}
