"""Small files in the publishers' layouts, right ones and wrong ones, for the tests of `place`."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Generator, Mapping
from pathlib import Path

import openpyxl

from coachdesk.place.actions import Imported, Progress

METADATA = ("ORDNANCE SURVEY\r\nPRODUCT: OS CODE-POINT_03.02\r\nDATASET VERSION NUMBER: 2021.4.0\r\nCOPYRIGHT DATE: 20210920\r\n"
            "RM UPDATE DATE: 20210917\r\n       B\t3\r\n      CV\t2\r\n      AB\t17194\r\n")
LICENCE = "Your use of data is subject to terms.\r\n\r\nContains Ordnance Survey data © Crown copyright and database right 2021.\r\n"
B = ('"B37 5TX",10,417899,286833,"E92000001","E19000001","E18000005","","E08000029","E05001287"\r\n'
     '"B1  1AY",10,406523,286448,"E92000001","E19000001","E18000005","","E08000025","E05011151"\r\n'
     '"B99 1AA",90,0,0,"E92000001","E19000001","E18000005","","",""\r\n')
CV = ('"CV3 1AA",10,435000,278000,"E92000001","E19000001","E18000005","","E08000026","E05001219"\r\n'
      '"CV101AB",10,434000,292999,"E92000001","E19000001","E18000005","","E07000219","E05007480"\r\n')


def code_list() -> bytes:
    """A Codelist.xlsx with the wards of the small tables."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet("MTW")
    for row in (("Chelmsley Wood Ward", "E05001287"), ("Ladywood Ward", "E05011151"), ("Binley and Willenhall Ward", "E05001219"),
                ("Camp Hill Ward (DET)", "E05007480"), ("Birmingham District (B)", "E08000025")):
        sheet.append(row)
    book.save(content)
    return content.getvalue()


CODE_LIST = code_list()


def members(**changes: bytes | str | None) -> dict[str, bytes]:
    """The members of a good small Code-Point Open zip with some changed: b, cv, metadata, codelist, licence; None leaves one out."""
    parts: dict[str, bytes | str | None] = {"b": B, "cv": CV, "metadata": METADATA, "codelist": CODE_LIST, "licence": LICENCE, **changes}
    names = {"b": "Data/CSV/b.csv", "cv": "Data/CSV/cv.csv", "metadata": "Doc/metadata.txt", "codelist": "Doc/Codelist.xlsx",
             "licence": "Doc/licence.txt"}
    return {names[key]: part.encode() if isinstance(part, str) else part for key, part in parts.items() if part is not None}


def zipped(path: Path, content: Mapping[str, bytes]) -> Path:
    """A zip with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return path


def finish(importing: Generator[Progress, None, Imported]) -> tuple[Imported, list[Progress]]:
    """Runs an import to its end."""
    steps = []
    while True:
        try:
            steps.append(next(importing))
        except StopIteration as end:
            return end.value, steps
