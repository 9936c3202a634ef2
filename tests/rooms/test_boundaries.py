"""Ward boundaries from GeoJSON: every year and layout in, hostile files refused by member with nothing changed, wards found again."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal, Trouble
from coachdesk.place.boundaries import Boundaries, missing_words
from coachdesk.place.boundary_import import Imported, import_boundaries
from coachdesk.place.editions import Shelf
from coachdesk.place.geojson import MAX_TEXT, simplified
from coachdesk.place.grid import to_grid
from coachdesk.settings import resources

SQUARE = [[410_000, 280_000], [412_000, 280_000], [412_000, 282_000], [410_000, 282_000], [410_000, 280_000]]
HOLE = [[410_500, 280_500], [411_000, 280_500], [411_000, 281_000], [410_500, 281_000], [410_500, 280_500]]
ISLE = [[414_000, 280_000], [415_000, 280_000], [415_000, 281_000], [414_000, 281_000], [414_000, 280_000]]
DEGREES = [[-1.85, 52.50], [-1.80, 52.50], [-1.80, 52.53], [-1.85, 52.53], [-1.85, 52.50]]


def ward(code: str = "E05000001", name: str = "Abbey", kind: str = "Polygon", shape: Any = None, year: str = "13") -> dict[str, Any]:
    return {"type": "Feature", "properties": {f"WD{year}CD": code, f"WD{year}NM": name, f"LAD{year}CD": "E08000025"},
            "geometry": {"type": kind, "coordinates": [SQUARE] if shape is None else shape}}


def collection(*wards: Any, **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", **more, "features": list(wards)})


def finish(steps: Generator[Any, None, Imported]) -> Imported:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def take(folder: Path, text: str | bytes, name: str = "wards.geojson") -> Imported:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return finish(import_boundaries(path, folder / "editions"))


def test_the_wards_of_a_file_are_found_again_by_code_in_metres(tmp_path: Path) -> None:
    made = take(tmp_path, collection(ward(), ward("E05000002", "Bablake", shape=[ISLE])))
    assert (made.year, made.wards, made.total) == (2013, 2, 2)
    here = Boundaries(tmp_path / "editions")
    found = here.find("E05000001", 2020)
    assert found is not None
    assert (found.name, found.box, here.years()) == ("Abbey", (410_000, 280_000, 412_000, 282_000), [2013])
    assert [each.code for each in here.near((411_000, 281_000, 411_100, 281_100), 2013)] == ["E05000001"]
    assert here.find("E05011165", 2020) is None
    assert missing_words("E05011165", 2018, here.years()) == \
        "no boundary in what was imported for E05011165 (2018); boundaries here are of 2013"


def test_degrees_and_metres_a_bom_and_several_polygons_with_holes_are_read(tmp_path: Path) -> None:
    take(tmp_path, b"\xef\xbb\xbf" + collection(ward(shape=[DEGREES]), crs={"type": "name", "properties": {}}).encode())
    take(tmp_path, collection(ward("W05000003", "Cae", "MultiPolygon", [[SQUARE, HOLE], [ISLE]], year="24")))
    here = Boundaries(tmp_path / "editions")
    first, second = here.find("E05000001", 2024), here.find("W05000003", 2024)
    assert first is not None and second is not None
    west, south, east, north = first.box
    assert abs(west - 410_280) < 60 and abs(south - 289_150) < 150 and 3_200 < east - west < 3_600 and 3_200 < north - south < 3_500
    assert (len(second.rings), second.box) == (3, (410_000, 280_000, 415_000, 282_000))
    assert here.years() == [2013, 2024]


def test_two_files_of_one_year_stand_together_and_a_ward_that_comes_again_is_replaced(tmp_path: Path) -> None:
    take(tmp_path, collection(ward(), ward("E05000002", "Bablake")))
    made = take(tmp_path, collection(ward("E05000002", "Bablake", shape=[ISLE]), ward("E05000003", "Cheylesmore")))
    assert (made.wards, made.total) == (2, 3)
    here = Boundaries(tmp_path / "editions")
    found = here.find("E05000002", 2013)
    assert found is not None and found.box[0] == 414_000


def test_a_zip_of_several_files_is_one_import_and_the_same_wards_are_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "wards.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.json", collection(ward()))
        archive.writestr("b.geojson", collection(ward("E05000002", "Bablake")))
        archive.writestr("read me.txt", "hello")
    one = finish(import_boundaries(path, tmp_path / "editions")).path.read_bytes()
    take(tmp_path, collection(ward("E05000002", "Bablake")))
    take(tmp_path, collection(ward()))
    assert (tmp_path / "editions" / "wards-2013.cdwb").read_bytes() == one


def test_the_newest_boundaries_up_to_the_year_are_drawn_else_the_oldest(tmp_path: Path) -> None:
    for year, shape in (("13", SQUARE), ("24", ISLE)):
        take(tmp_path, collection(ward(shape=[shape], year=year)))
    here = Boundaries(tmp_path / "editions")
    assert [found.year for year in (2010, 2013, 2020, 2024, 2030) if (found := here.find("E05000001", year))] == \
        [2013, 2013, 2013, 2024, 2024]


BAD = {
    "nothing": ("", "empty"),
    "no json": ("hello", "not GeoJSON"),
    "cut short": (collection(ward())[:-40], "cut short"),
    "a list": ("[1, 2]", "does not begin with an object"),
    "no collection": (json.dumps(ward()), "not a FeatureCollection"),
    "no wards": (collection(), "no wards"),
    "features that are none": ('{"type": "FeatureCollection", "features": 7}', "not a list"),
    "not text": (b"\xff\xfe\x00{", "UTF-8"),
    "bottomless": ('{"type":"FeatureCollection","features":' + "[" * 200_000, "nested deeper|cut short"),
    "no number": (collection(ward()).replace("410000", "NaN", 1), "cut short|not whole"),
    "too large a number": (collection(ward()).replace("410000", "1e999", 1), "not closed|neither"),
    "half a ring": (collection(ward(shape=[SQUARE[:-1]])), "not closed"),
    "a line": (collection(ward(shape=[SQUARE[:2]])), "fewer than four points"),
    "points of words": (collection(ward(shape=[[["a", "b"]] * 4])), "pair of numbers"),
    "points of truth": (collection(ward(shape=[[[True, False]] * 4])), "pair of numbers"),
    "no geometry": (collection({**ward(), "geometry": None}), "no polygon"),
    "a point": (collection(ward(kind="Point", shape=[1, 2])), "no polygon"),
    "no area": (collection(ward(shape=[[[410_000, 280_000]] * 4])), "no area"),
    "no code": (collection({**ward(), "properties": {"name": "Abbey"}}), "ward code"),
    "a strange code": (collection(ward(code="<b>")), "is not a ward code"),
    "no name": (collection(ward(name=" ")), "name"),
    "twice": (collection(ward(), ward()), "second time"),
    "two years": (collection(ward(), ward("E05000002", year="24")), "it is of 2024"),
    "the wrong way round": (collection(ward(shape=[[[y, x] for x, y in DEGREES]])), "British Isles"),
    "Web Mercator": (collection(ward(shape=[[[x - 600_000, y + 6_000_000] for x, y in SQUARE]])), "neither in degrees"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_is_not_fit_is_refused_in_one_sentence_and_nothing_changes(tmp_path: Path, what: str) -> None:
    take(tmp_path, collection(ward("E05000009", "Kept")), "good.geojson")
    before = {path: path.read_bytes() for path in (tmp_path / "editions").iterdir()}
    text, why = BAD[what]
    with pytest.raises(Refusal, match=why) as refused:
        take(tmp_path, text, "bad.geojson")
    assert refused.value.sentence.startswith("bad.geojson")
    assert "Nothing was changed." in refused.value.sentence and "\n" not in refused.value.sentence
    assert {path: path.read_bytes() for path in (tmp_path / "editions").iterdir()} == before


def test_a_file_larger_than_any_boundaries_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.geojson"
    with path.open("wb") as file:
        file.truncate(MAX_TEXT + 1)
    with pytest.raises(Refusal, match=r"huge\.geojson: it has .* bytes, more than") as refused:
        finish(import_boundaries(path, tmp_path / "editions"))
    assert "generalised" in refused.value.next_step


def test_the_feature_and_the_member_are_named(tmp_path: Path) -> None:
    path = tmp_path / "wards.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.json", collection(ward()))
        archive.writestr("b.json", collection(ward("E05000002"), ward("E05000003", shape=[SQUARE[:-1]])))
    with pytest.raises(Refusal, match=r"b\.json, feature 2 \(E05000003\): a ring of its boundary is not closed"):
        finish(import_boundaries(path, tmp_path / "editions"))
    assert not (tmp_path / "editions").exists()


def test_an_import_that_is_cancelled_or_finds_no_file_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "wards.json"
    path.write_text(collection(ward()))
    steps = import_boundaries(path, tmp_path / "editions")
    next(steps)
    steps.close()
    with pytest.raises(Trouble):
        finish(import_boundaries(tmp_path / "none.json", tmp_path / "editions"))
    assert not (tmp_path / "editions").exists()


def test_a_packed_file_that_rots_is_passed_over_and_said(tmp_path: Path) -> None:
    target = take(tmp_path, collection(ward())).path
    whole = target.read_bytes()
    here = Boundaries(tmp_path / "editions")
    assert here.find("E05000001", 2013) is not None
    for at in range(0, len(whole), 7):
        target.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:] + b"x" * (at % 2))
        rotten = Boundaries(tmp_path / "editions")
        reserved = 10 <= at < 12 or 40 <= at < 48
        assert (rotten.find("E05000001", 2013) is None and len(rotten.damaged) == 1) or reserved, at
    take(tmp_path, collection(ward()))
    assert here.find("E05000001", 2013) is not None, "the same object sees that the file is new"


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(0, 900)), min_size=4, max_size=40), st.floats(0.5, 50))
def test_simplifying_keeps_every_point_within_the_tolerance(points: list[tuple[float, float]], tolerance: float) -> None:
    ring = [*points, points[0]]
    kept = simplified(ring, tolerance)
    assert kept[0] == ring[0] and kept[-1] == ring[-1] and set(kept) <= set(ring)

    def off(point: tuple[float, float]) -> float:
        best = float("inf")
        for (ax, ay), (bx, by) in zip(kept, kept[1:], strict=False):
            dx, dy = bx - ax, by - ay
            part = max(0.0, min(1.0, ((point[0] - ax) * dx + (point[1] - ay) * dy) / (dx * dx + dy * dy or 1.0)))
            best = min(best, ((ax + part * dx - point[0]) ** 2 + (ay + part * dy - point[1]) ** 2) ** 0.5)
        return best

    assert all(off(point) <= tolerance * 1.5 + 1e-6 for point in ring)


def test_degrees_come_out_where_the_survey_has_them() -> None:
    east, north = to_grid(1.716038, 52.657977)             # the worked example of the survey's guide, in WGS84
    assert abs(east - 651_409.8) < 5 and abs(north - 313_177.4) < 5


def test_the_boundaries_that_ship_hold_the_wards_of_the_lots_and_their_postcodes() -> None:
    here, shelf = Boundaries(resources() / "editions"), Shelf(resources() / "editions")
    edition = shelf.edition("2021.4.0")
    assert edition is not None and here.damaged == () and here.years() == [2013]
    for code in ("E05001287", "E05001219", "E05007480", "E05007070", "E05006904", "E05007870"):
        outline = here.find(code, 2020)
        assert outline is not None
        west, south, east, north = outline.box
        inside = [west - 150 <= found.easting <= east + 150 and south - 150 <= found.northing <= north + 150
                  for postcode in edition.postcodes_in(code)
                  if (found := edition.lookup(postcode)) and found.easting is not None and found.northing is not None]
        assert sum(inside) >= 0.98 * len(inside)
    shelf.close()


def test_the_real_files_give_the_boundaries_that_ship(shared_data: Path, tmp_path: Path) -> None:
    for path in sorted((shared_data / "ward-boundaries").glob("*.json")):
        finish(import_boundaries(path, tmp_path / "editions"))
    assert (tmp_path / "editions" / "wards-2013.cdwb").read_bytes() == (resources() / "editions" / "wards-2013.cdwb").read_bytes()
