"""GOALS row 9: the caseload summary against a plain reportlab canvas that draws the same strings, interleaved, medians."""

from __future__ import annotations

import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from coachdesk.documents import lettering
from coachdesk.documents.caseload import CaseloadLine, CaseloadTotals, caseload_summary
from coachdesk.documents.style import LANDSCAPE, Printed, day_short
from tests.bench import Row

GIVEN = ("Amina", "Świętosława", "Nguyễn", "Þórður", "Margaret", "Zoë", "Łukasz", "Sinéad", "Chinwe", "Olúwaṣeun", "Mary", "Dev")
FAMILY = ("Okafor", "Brzęczyszczykiewicz", "O’Brien", "Smith", "Jones", "Featherstonehaugh-Cholmondeley", "Patel", "Khan", "Müller")
LOTS = ("Shard End", "Washwood Heath", "Batchley & Brockhill", "Chelmsley Wood", "Binley & Willenhall")
NEXT = ("Follow-up call", "Interview practice at the library", "Appointment: CV and job search",
        "Second reading of distance travelled is due")
PRINTED = Printed("Hannah Whitfield", datetime(2020, 7, 15, 13, 5, tzinfo=UTC), "Connecting Communities", "", "", None, True)
EACH_PAGE = 24


def caseload(people: int) -> tuple[list[CaseloadLine], CaseloadTotals]:
    """Invented people, the same each time, and the totals that go with them."""
    dice = random.Random(9)
    lines = []
    for number in range(people):
        begun = date(2019, 1, 1) + timedelta(dice.randrange(500))
        lines.append(CaseloadLine(
            f"SE-{number:05d}", f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}", dice.choice(LOTS),
            dice.choice(("Hannah Whitfield", "Imran Qureshi")), begun, "eligible by residence", f"{number % 4} of 3",
            begun + timedelta(dice.randrange(90)), dice.choice(NEXT),
            date(2020, 7, 1) + timedelta(dice.randrange(40)), dice.choice(("overdue", "due", "", ""))))
    states = [line.state for line in lines]
    return lines, CaseloadTotals(people, states.count("overdue"), states.count("due"), people, 0, 0,
                                 sum(line.meaningful == "3 of 3" for line in lines), 0)


def floor_strings(lines: Sequence[CaseloadLine]) -> list[list[str]]:
    """The strings of each row, made ready before the floor's time is taken."""
    return [[*filter(None, [line.state.capitalize()]), line.reference, *lettering.wrap(line.name, 7.6, 118, 3), line.lot, line.coach,
             line.verdict, line.meaningful, day_short(line.registered_on), day_short(line.last_contact_on), day_short(line.next_on),
             *lettering.wrap(line.next_what, 7.6, 112, 2)] for line in lines]


def draw_floor(rows: Sequence[Sequence[str]]) -> int:
    """Nothing but drawString, one font, rows of one height."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=LANDSCAPE, pageCompression=1, invariant=1)
    for begin in range(0, len(rows), EACH_PAGE):
        canvas.setFont(lettering.FONT, 7.6)
        for at, row in enumerate(rows[begin:begin + EACH_PAGE]):
            for column, text in enumerate(row):
                canvas.drawString(36 + column * 60, 520 - at * 18, text)
        canvas.drawString(36, 30, f"Page {begin // EACH_PAGE + 1} of {len(rows) // EACH_PAGE}")
        canvas.showPage()
    canvas.save()
    return len(out.getvalue())


def draw_ours(lines: Sequence[CaseloadLine], totals: CaseloadTotals) -> int:
    """The caseload summary as the window prints it: sorted, wrapped, checked, drawn."""
    out = BytesIO()
    caseload_summary(lines, totals, PRINTED, out)
    return len(out.getvalue())


def peak(run: Callable[[], int]) -> float:
    """Largest memory, in MB, that Python held while it ran."""
    tracemalloc.start()
    run()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def rows() -> list[Row]:
    """Both sizes by time, the larger by memory (its two figures are MB, not seconds)."""
    lettering.register()
    done: list[Row] = []
    for people, limit, runs in ((500, 1.5, 9), (5000, 1.1, 5)):
        lines, totals = caseload(people)
        strings = floor_strings(lines)
        floors: list[float] = []
        ours: list[float] = []
        for _ in range(runs):
            begun = time.perf_counter()
            draw_floor(strings)
            middle = time.perf_counter()
            draw_ours(lines, totals)
            floors.append(middle - begun)
            ours.append(time.perf_counter() - middle)
        done.append(Row("9 PDF", f"caseload summary of {people:,} people", statistics.median(floors), statistics.median(ours), limit))
    floor_peak, our_peak = peak(lambda: draw_floor(strings)), peak(lambda: draw_ours(lines, totals))
    done.append(Row("9 PDF", "memory for 5,000 people (MB)", floor_peak, our_peak, 2.0))
    return done
