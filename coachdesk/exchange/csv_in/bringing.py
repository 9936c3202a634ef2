"""A file tried first, told line by line, then brought in through the rooms' own actions as one act that can be taken back.

A trial runs in a transaction that is never kept, so that it says exactly what the real one will do. What is refused stays outside.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.exchange.csv_in import cells
from coachdesk.exchange.csv_in.columns import (
    CONTACTS,
    FAMILY,
    GIVEN,
    NAME,
    NOTE,
    PARTNERS,
    PEOPLE,
    TARGETS,
    Unreadable,
    is_header_word,
    reader,
    suggested,
    target,
)
from coachdesk.exchange.csv_in.lines import bringer
from coachdesk.exchange.csv_in.reading import Line, Table, read_file
from coachdesk.exchange.csv_in.report import REFUSED, TAKEN, LineReport, NothingTaken, Report
from coachdesk.programme.record import Import
from coachdesk.store import remembered
from coachdesk.store.session import Store, newest, stay_steady, today

KINDS = {PEOPLE: "participants", CONTACTS: "contacts", PARTNERS: "partners"}
_LONGEST_WHO, _LONGEST_SAYS = 200, 1000  # characters
_TOGETHER = 50  # rows that are written together where nothing asks for them sooner
_EVERY = 10  # rows between two words on progress
_DAYS = (cells.day_of, cells.born_of, cells.near_day_of)


@dataclass(frozen=True)
class Plan:
    """What is to come in and how it is read. lot: for rows that name none; session: the outreach session of all contacts."""

    kind: str
    table: Table
    mapping: Mapping[str, str]
    file: str
    lot: UUID | None = None
    session: UUID | None = None
    takes_known: bool = False

    def fingerprint(self) -> str:
        """The same for the same rows; it holds nothing of them."""
        return hashlib.sha256(repr((self.kind, self.table.header, [line.cells for line in self.table.lines])).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is."""

    what: str
    done: int
    total: int


def plan(
    store: Store,
    kind: str,
    file: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    lot: UUID | None = None,
    session: UUID | None = None,
    takes_known: bool = False,
) -> Plan:
    """Reads a file and decides what its columns mean: as said, else as the same header was read before, else by its words.

    Refusal for a kind that cannot come in, or a column or field that does not exist.
    """
    if kind not in TARGETS:
        raise Refusal(f"“{kind}” cannot be brought in from a file.", f"Choose {', '.join(TARGETS)}.")
    table = read_file(file, lambda cell: is_header_word(kind, cell))
    meant = suggested(kind, table.header)
    meant.update(_remembered(store, kind, table.header))
    found = Plan(kind, table, meant, file.name, lot, session, takes_known)
    for column, name in (mapping or {}).items():
        found = mapped(found, column, name)
    return found


def mapped(plan: Plan, column: str, name: str) -> Plan:
    """The plan with a column that means another field ("": left out); a field is filled by one column, but notes by several."""
    wanted = next((each for each in plan.table.header if each.casefold() == column.casefold()), None)
    if wanted is None:
        raise Refusal(f"The file has no column “{column}”.", f"Its columns: {', '.join(plan.table.header)}. Nothing was changed.")
    field = target(plan.kind, name) if name else None
    if name and field is None:
        raise Refusal(f"“{name}” is not something that can come in.", f"Fields: {', '.join(each.name for each in TARGETS[plan.kind])}.")
    meant = dict(plan.mapping)
    if field is not None and field.name != NOTE:
        meant = {known: "" if means == field.name else means for known, means in meant.items()}
    meant[wanted] = field.name if field else ""
    return replace(plan, mapping=meant)


def check(plan: Plan) -> None:
    """Refusal when no column says a name."""
    names = (NAME,) if plan.kind == PARTNERS else (NAME, GIVEN, FAMILY)
    if not any(name in names for name in plan.mapping.values()):
        raise Refusal(
            f"No column of {plan.file} is a name.",
            f"Say which of them is: {', '.join(plan.table.header[:12])}. If there is no header, write one. Nothing was changed.",
        )


def notes(store: Store, plan: Plan) -> tuple[str, ...]:
    """What was odd about the file, a sentence each: what is not read, dates that cannot be day-first, whether it came before."""
    left_out = [column for column in plan.table.header if not plan.mapping.get(column)]
    said = [*plan.table.notes]
    if left_out:
        said.append(f"Not read: {', '.join(left_out[:20])}{' and more' if left_out[20:] else ''}.")
    for at, column in enumerate(plan.table.header):
        field = target(plan.kind, plan.mapping[column]) if plan.mapping.get(column) else None
        if field is not None and field.read in _DAYS:
            odd = sum(cells.is_month_first(line.cells[at]) for line in plan.table.lines)
            if odd:
                said.append(
                    f"{column}: {odd} date{'s' if odd > 1 else ''} can only be month-first. The others may be too, and would be read "
                    "wrongly: ask whoever made the file before you bring it in."
                )
    kept = remembered.remembered(store, f"file {plan.fingerprint()}")
    if kept is not None:
        with store.read() as session:
            came = session.execute(
                sa.select(Import.came_on).where(Import.id == UUID(json.loads(kept.value)["import"]), Import.taken_back_on.is_(None))
            ).scalar()
        if came is not None:
            said.append(f"The same rows were brought in before, on {day_text(came)}.")
    return tuple(said)


def _header_name(plan: Plan) -> str:
    return f"columns {plan.kind} {hashlib.sha256(repr(tuple(plan.table.header)).encode()).hexdigest()[:24]}"


def _remembered(store: Store, kind: str, header: Sequence[str]) -> dict[str, str]:
    table = Table(tuple(header), (), "", "")
    kept = remembered.remembered(store, _header_name(Plan(kind, table, {}, "")))
    known: dict[str, str] = json.loads(kept.value) if kept else {}
    return {column: name for column, name in known.items() if column in header and (not name or target(kind, name))}


def remember_mapping(store: Store, plan: Plan) -> None:
    """The columns of such a file are mapped once: the next one is read the same way."""
    remembered.remember(store, _header_name(plan), json.dumps(dict(plan.mapping)))


def trial(store: Store, actor: UUID, plan: Plan) -> Generator[Step, None, Report]:
    """Says what bringing the file in would do; changes nothing. The generator's answer is the Report. Refusal as in check."""
    check(plan)
    report = Report(plan.kind, plan.file, notes=notes(store, plan))
    with store.trial(actor) as session:
        report.as_of = newest(session)
        yield from _rows(session, plan, plan.table.lines, report, is_trial=True)
    return report


def bring_in(store: Store, actor: UUID, plan: Plan, tried: Report | None = None) -> Generator[Step, None, Report]:
    """Brings in what the trial takes, in one transaction; answers the Report with the id by which it is taken back.

    tried: the report of a trial of this plan that was looked at; without it the file is tried first. Closing the generator (cancel)
    unwinds everything. NothingTaken when no line can be; Refusal when a line that could be taken can not be any more.
    """
    report: Report = tried if tried is not None else (yield from trial(store, actor, plan))
    good = {line.line for line in report.lines if line.state == TAKEN}
    if not good:
        raise NothingTaken(report)
    again = Report(plan.kind, plan.file)
    with store.change(actor, f"Import {KINDS[plan.kind]} from {plan.file}") as session:
        before = newest(session)
        kept = Import(
            kind=KINDS[plan.kind], file=plan.file[:200], taken=len(good), refused=len(report.lines) - len(good), came_on=today(session)
        )
        session.add(kept)
        chosen = [line for line in plan.table.lines if line.number in good]
        yield from _rows(session, plan, chosen, again, is_trial=False, is_known=report.as_of == before)
    remember_mapping(store, plan)
    remembered.remember(store, f"file {plan.fingerprint()}", json.dumps({"import": str(kept.id)}))
    return Report(plan.kind, plan.file, report.lines, report.notes, kept.id, session.info["changes"])


def _rows(session: Session, plan: Plan, lines: Sequence[Line], report: Report, *, is_trial: bool,
          is_known: bool = False) -> Iterator[Step]:
    """is_known: nothing has changed since a trial of these lines, so that nobody has to be looked for again."""
    read, day = reader(plan.kind, plan.mapping, plan.table.header), today(session)
    bring = bringer(session, plan.kind, plan, is_known=is_known)
    stay_steady(session)
    for number, line in enumerate(lines):
        if number % _EVERY == 0:
            yield Step("Trying lines" if is_trial else "Bringing in", number, len(lines))
        if number % _TOGETHER == 0:
            session.flush()
        who = ""
        try:
            said = read(line.cells, day)
            who = str(said.values.get(NAME, ""))
            state, says = (_tried if is_trial else _brought)(session, bring, line.number, said.values)
            says = " ".join([*(f"{each}." for each in said.mended), says]).strip()
        except Unreadable as wrong:
            state, says, who = REFUSED, str(wrong), wrong.who
        except Refusal as refusal:
            if not is_trial:
                raise
            state, says = REFUSED, cells.spoken(refusal)
        if not is_trial and state != TAKEN:
            raise Refusal(
                f"Line {line.number} of {plan.file} cannot be taken any more: {says}",
                "Something was changed since the report was made. Try the file again. Nothing was brought in.",
            )
        report.lines.append(LineReport(line.number, state, who[:_LONGEST_WHO], says[:_LONGEST_SAYS]))
    yield Step("Done" if is_trial else "Saving", len(lines), len(lines))


def _brought(session: Session, bring: Any, number: int, values: dict[str, Any]) -> tuple[str, str]:
    found: tuple[str, str] = bring(number, values)
    return found


def _tried(session: Session, bring: Any, number: int, values: dict[str, Any]) -> tuple[str, str]:
    """What a line would do, with nothing of it left when it is refused half-way."""
    derived = set(session.info.get("derived", ()))
    spare = session.begin_nested()
    try:
        found: tuple[str, str] = bring(number, values)
    except BaseException:
        if spare.is_active:
            spare.rollback()
        session.info["derived"] = derived
        raise
    spare.commit()
    return found
