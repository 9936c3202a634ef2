"""`import`: a csv file into the rooms, tried or done; the list of what came in; taking one back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from coachdesk.cli import catalogue
from coachdesk.cli.answer import Answer
from coachdesk.cli.opened import owner
from coachdesk.errors import Refusal
from coachdesk.exchange.csv_in import bringing, report, taking_back

T = TypeVar("T")
_PLURALS = {
    "participants": "participant",
    "people": "participant",
    "contacts": "outreach.contact",
    "contact": "outreach.contact",
    "outreach": "outreach.contact",
    "partners": "partner",
    "organisations": "partner",
}


def bring(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    """list, undo ID, or a room and a file."""
    if options.what == "list":
        with store.read() as session:
            answer.give(taking_back.imports(session))
    elif options.file is None:
        raise Refusal("Say which file, or which import.", "Such as `coachdesk import participant people.csv --dry-run`.")
    elif options.what == "undo":
        _take_back(options, store, answer)
    else:
        _bring(options, store, answer)


def _bring(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    plan = _plan(options, store)
    try:
        told = run_through((bringing.trial if options.dry_run else bringing.bring_in)(store, owner(store), plan))
    except report.NothingTaken as nothing:
        _tell(options, answer, nothing.report, plan, is_trial=True)
        answer.exit_code = answer.say_error(str(nothing), 1)
        return
    _tell(options, answer, told, plan, is_trial=options.dry_run)


def _tell(options: argparse.Namespace, answer: Answer, told: report.Report, plan: bringing.Plan, *, is_trial: bool) -> None:
    for note in told.notes:
        answer.note(note)
    if options.report is not None:
        report.write_report(options.report, told.lines)
    answer.give(_document(told, plan, is_trial=is_trial), "\n".join(_lines(told, is_trial=is_trial)))


def _take_back(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    receipt = run_through(taking_back.undo_import(store, owner(store), _id(options.file)))
    if options.report is not None:
        report.write_table(options.report, ("what", "name", "reference"), [(each.what, each.name, each.reference) for each in receipt.went])
    row = receipt.row
    said = [f"{each.what}: {f'{each.reference} ' if each.reference else ''}{each.name}" for each in receipt.went]
    if receipt.already_gone:
        said.append(f"{receipt.already_gone} had been taken away before.")
    answer.give(
        {
            "undone": str(row.id),
            "kind": row.kind,
            "file": row.file,
            "taken_back": row.taken,
            "already_gone": receipt.already_gone,
            "went": [{"what": each.what, "name": each.name, "reference": each.reference} for each in receipt.went],
        },
        "\n".join([*said, f"Taken back: {row.taken} {row.kind if row.taken != 1 else row.kind.removesuffix('s')} from {row.file}."]),
    )


def _plan(options: argparse.Namespace, store: Any) -> bringing.Plan:
    mapping: dict[str, str] = {}
    for given in options.map:
        column, found, field = given.rpartition("=")
        if not found:
            raise Refusal(f"“{given}” does not say what a column means.", "Write it as COLUMN=FIELD.")
        mapping[column] = field
    with store.read() as session:
        from coachdesk.programme import queries

        lot = queries.lot_id(session, options.lot) if options.lot is not None else None
        chosen = catalogue.resolved(session, "outreach.session", options.session) if options.session is not None else None
    kind = _PLURALS.get(options.what.lower(), options.what.lower())
    return bringing.plan(store, kind, Path(options.file), mapping=mapping, lot=lot, session=chosen, takes_known=options.take_known)


def run_through(work: Generator[Any, None, T]) -> T:
    """A long action to its end, with how far it is for whoever sits at a terminal; Ctrl+C unwinds it."""
    shown = sys.stderr.isatty()
    try:
        while True:
            try:
                step = next(work)
            except StopIteration as end:
                found: T = end.value
                return found
            if shown:
                print(f"\r{step.what}: {step.done} of {step.total}   ", end="", file=sys.stderr, flush=True)
    finally:
        work.close()
        if shown:
            print(file=sys.stderr)


def _document(told: report.Report, plan: bringing.Plan, *, is_trial: bool) -> dict[str, Any]:
    return {
        "id": None if told.import_id is None else str(told.import_id),
        "dry_run": is_trial,
        "kind": told.kind,
        "file": told.file,
        "taken": told.count(report.TAKEN),
        "refused": told.count(report.REFUSED),
        "known": told.count(report.KNOWN),
        "columns": dict(plan.mapping),
        "notes": list(told.notes),
        "lines": [{"line": line.line, "state": line.state, "name": line.who, "says": line.says} for line in told.lines],
    }


def _lines(told: report.Report, *, is_trial: bool) -> list[str]:
    said = [
        f"Line {line.line}: {line.state}{f', {line.who}' if line.who else ''}{f': {line.says}' if line.says else ''}"
        for line in told.lines
        if line.says
    ]
    would = "would be taken" if is_trial else "taken"
    said.append(
        f"{told.file}: {told.count(report.TAKEN)} {would}, {told.count(report.REFUSED)} refused, "
        f"{told.count(report.KNOWN)} known already." + ("" if is_trial else f" Take it back: coachdesk import undo {told.import_id}")
    )
    return said


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal(f"“{text}” is not the id of an import.", "Take it from `coachdesk import list`.") from None
