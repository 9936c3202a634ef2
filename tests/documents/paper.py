"""What the tests of paper share: invented people, a print at a known minute, and reading a PDF back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import BinaryIO

from pypdf import PdfReader

from coachdesk.documents.caseload import CaseloadLine, CaseloadTotals
from coachdesk.documents.style import Paper, Printed

PRINTED = Printed("Hannah Whitfield", datetime(2020, 7, 15, 14, 5).astimezone(), "Connecting Communities", "", "", "2020-07", False)


def person(number: int, name: str = "Amina Okafor", state: str = "", next_on: date | None = date(2020, 8, 1),
           meaningful: str = "2 of 3", verdict: str = "eligible by residence") -> CaseloadLine:
    """One row of a caseload."""
    return CaseloadLine(f"SE-{number:05d}", name, "Shard End", "Dev Patel", date(2020, 1, 6), verdict, meaningful, date(2020, 7, 2),
                        "Follow-up call",
                        next_on, state)


def totals(lines: Sequence[CaseloadLine]) -> CaseloadTotals:
    """Totals that agree with the rows."""
    verdicts, states = [line.verdict for line in lines], [line.state for line in lines]
    return CaseloadTotals(len(lines), states.count("overdue"), states.count("due"), sum(words.startswith("eligible") for words in verdicts),
                          verdicts.count("check by hand"), verdicts.count("not eligible"),
                          sum(line.meaningful == "3 of 3" for line in lines), 4)


def printed(job: Callable[[BinaryIO], Paper]) -> tuple[Paper, bytes, list[str]]:
    """Run a print: what it answered, the bytes, and the text of each page."""
    out = BytesIO()
    paper = job(out)
    return paper, out.getvalue(), [page.extract_text() for page in PdfReader(BytesIO(out.getvalue())).pages]
