"""What became of every line of a file: for the screen, the command line, and a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from coachdesk.errors import Refusal, Trouble
from coachdesk.exchange.csv_in.cells import harmless

TAKEN, REFUSED, KNOWN = "taken", "refused", "known already"


@dataclass(frozen=True, slots=True)
class LineReport:
    """What became of one line. state: taken, refused or known already; says: why, or what to look at."""

    line: int
    state: str
    who: str
    says: str


@dataclass
class Report:
    """Everything that became of a file, or would. import_id: to take it back; None for a trial. as_of: the state of the store it was
    tried on (store.session.newest)."""

    kind: str
    file: str
    lines: list[LineReport] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    import_id: UUID | None = None
    changes: Any = None
    as_of: int | None = None

    def count(self, state: str) -> int:
        """How many lines are in a state."""
        return sum(1 for line in self.lines if line.state == state)

    def of(self, *states: str) -> list[LineReport]:
        """The lines in these states; all of them when none is named."""
        return [line for line in self.lines if not states or line.state in states]


class NothingTaken(Refusal):
    """No line of a file can be taken. report: why, line by line."""

    def __init__(self, report: Report) -> None:
        self.report = report
        known = report.count(KNOWN)
        said = (
            f"Everybody in {report.file} is known already."
            if known and known == len(report.lines)
            else (f"No line of {report.file} can be taken." if report.lines else f"There is no line below the header of {report.file}.")
        )
        super().__init__(said, "Look at what the report says of each line. Nothing was changed.")


def write_report(file: Path, lines: Iterable[LineReport]) -> None:
    """The report as a csv for a spreadsheet: no cell is taken for a formula. Trouble when it cannot be written."""
    _write(file, ("line", "state", "name", "says"), ((str(line.line), line.state, line.who, line.says) for line in lines))


def write_table(file: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A list as a csv for a spreadsheet, as write_report writes it."""
    _write(file, header, rows)


def _write(file: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    try:
        with file.open("w", newline="", encoding="utf-8-sig") as out:
            writer = csv.writer(out)
            writer.writerow(header)
            writer.writerows([harmless(cell) for cell in row] for row in rows)
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) and problem.strerror else "no file can have that name"
        raise Trouble(f"{file.name} could not be written: {why.lower()}.", "Choose another place for it.") from None
