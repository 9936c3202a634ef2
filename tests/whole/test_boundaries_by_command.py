"""Ward boundaries, resident counts and the saturation map by command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from tests.whole.conftest import Said

Run = Callable[..., Said]
RING = [[414_000, 288_000], [416_000, 288_000], [416_000, 290_000], [414_000, 288_000]]


def geojson(code: str, year: str) -> str:
    shape = {"type": "Polygon", "coordinates": [RING]}
    ward = {"type": "Feature", "properties": {f"WD{year}CD": code, f"WD{year}NM": "Shard End"}, "geometry": shape}
    return json.dumps({"type": "FeatureCollection", "features": [ward]})


def test_boundaries_are_imported_and_listed_without_a_store(run: Run, tmp_path: Path) -> None:
    (tmp_path / "wards.json").write_text(geojson("E05011165", "18"))
    said = run("--json", "boundaries", "import", tmp_path / "wards.json")
    assert (said.code, said.json["year"], said.json["wards"], said.json["total"]) == (0, 2018, 1, 1)
    assert [(row["year"], row["ships"]) for row in run("--json", "boundaries", "list").json] == [(2018, False), (2013, True)]
    assert "of 1 wards of 2018" in run("boundaries", "import", tmp_path / "wards.json").out
    (tmp_path / "wards.json").write_text(geojson("E05009999", "13"))
    shipped = run("--json", "boundaries", "list").json[1]["wards"]
    run("boundaries", "import", tmp_path / "wards.json")
    rows = run("--json", "boundaries", "list").json
    assert [(row["year"], row["ships"], row["imported"]) for row in rows] == [(2018, False, True), (2013, True, True)], "a year stands once"
    assert rows[1]["wards"] == shipped + 1


def test_a_broken_file_is_refused_in_one_line_with_exit_code_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "wards.json").write_text(geojson("E05011165", "18")[:-30])
    said = run("boundaries", "import", tmp_path / "wards.json")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1) and "Nothing was changed" in said.err
    assert run("boundaries", "import", tmp_path / "none.json").code == 3


def test_counts_rates_and_the_printed_map(desk: Any, run: Run, tmp_path: Path) -> None:
    made = desk("add", "programme.ward_count", "ward_code=Camp Hill", "residents=6000", "as_of=2019-06-30", "source=ONS")["id"]
    desk("do", "programme.ward_count", "change", made, "residents=2000")
    owner = desk("add", "partner", "name=Food Bank", "kind=food bank", "lots=Camp Hill")["id"]
    hall = desk("add", "partner.venue", "name=Hall", f"partner={owner}", "postcode=CV10 0HJ")["id"]
    met = desk("add", "outreach.session", f"venue={hall}", "kind=food bank")["id"]
    for number in range(7):
        desk("add", "outreach.contact", f"session_id={met}", f"name=Person {number}", "postcode=CV10 0HJ")
    (row,) = desk("list", "outreach.saturation", "--where", "id=E05007480")
    assert (row["contacts"], row["residents"], row["contacts_rate"]) == (7, 2000, 35)
    assert {row["id"] for row in desk("list", "outreach.saturation", "--lot", "Shard End")} == {"E05011165", "elsewhere", "not known"}
    desk("report", "saturation", "--out", tmp_path / "map.pdf")
    words = " ".join(page.extract_text() for page in PdfReader(tmp_path / "map.pdf").pages)
    assert "3.5" in words and "no boundary in what was imported for E05011165 (2018); boundaries here are of 2013" in words
    desk("report", "saturation", "--lot", "camp hill", "--month", "2020-04", "--out", tmp_path / "april.pdf")
    assert "1 April 2020 to 30 April 2020" in PdfReader(tmp_path / "april.pdf").pages[0].extract_text()
    desk("do", "programme.ward_count", "remove", made)
    assert desk("list", "programme.ward_count") == []
