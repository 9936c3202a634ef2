"""Importing Code-Point Open: the real zips of three years, and small ones in the publisher's layout."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from coachdesk.errors import Refusal
from coachdesk.place.actions import Imported, import_postcodes
from coachdesk.place.editions import Edition, Shelf
from coachdesk.settings import resources
from tests.rooms.place_zips import LICENCE, METADATA, B, finish, members, zipped


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Imported]:
    folder = tmp_path_factory.mktemp("editions")
    zips = sorted((shared_data / "codepoint-open").glob("codepo_west_midlands_*.zip"))
    return {path.stem[-4:]: finish(import_postcodes(path, folder))[0] for path in zips}


@pytest.mark.parametrize(("year", "title", "count", "without_ward"), [
    ("2014", "Code-Point Open 2014.3.0, 29 July 2014", 115_598, 0), ("2021", "Code-Point Open 2021.4.0, 20 September 2021", 118_765, 107),
    ("2025", "Code-Point Open 2025.2.0, 22 April 2025", 120_031, 158),
])
def test_the_real_zips_import_whole(year: str, title: str, count: int, without_ward: int, real: dict[str, Imported]) -> None:
    imported = real[year]
    assert (imported.title, imported.count, imported.without_ward) == (title, count, without_ward)
    assert imported.bytes == imported.path.stat().st_size <= 12 * count


@pytest.mark.parametrize("year", ["2021", "2025"])
def test_a_fresh_import_is_the_shipped_edition_byte_for_byte(year: str, real: dict[str, Imported]) -> None:
    imported = real[year]
    assert imported.path.read_bytes() == (resources() / "editions" / imported.path.name).read_bytes()


@pytest.mark.parametrize(("name", "count", "ward"), [
    ("Cannock North", 118, "E05006904"), ("Glascote", 76, "E05007070"), ("Camp Hill", 140, "E05007480"),
    ("Batchley & Brockhill", 146, "E05007870"), ("Shard End", 540, "E05001203"), ("Washwood Heath", 437, "E05001216"),
    ("Binley and Willenhall", 529, "E05001219"), ("Chelmsley Wood", 260, "E05001287"), ("Birchills Leamore", 284, "E05001304"),
])
def test_the_wards_of_2014_are_named_from_the_old_code_list(name: str, count: int, ward: str, real: dict[str, Imported]) -> None:
    edition = Edition(real["2014"].path)
    assert edition.ward_name(ward) == name
    assert sum(1 for _ in edition.postcodes_in(ward)) == count
    edition.close()


def test_every_ward_of_every_edition_has_a_name_and_a_district(real: dict[str, Imported]) -> None:
    for imported in real.values():
        edition = Edition(imported.path)
        for code, (name, district) in edition.wards().items():
            assert name != code
            assert not name.endswith((" Ward", " ED", ")"))
            assert district.startswith("E0")
        edition.close()


def test_three_editions_stand_side_by_side(real: dict[str, Imported]) -> None:
    shelf = Shelf(real["2014"].path.parent)
    postcode = next(iter(shelf.editions()[0].postcodes_in("E05001216")))
    days = [date(2015, 1, 1), date(2021, 9, 19), date(2021, 9, 20), date(2026, 1, 1)]
    found = [shelf.lookup(postcode, day) for day in days]
    assert [located.edition for located in found if located] == ["2014.3.0", "2014.3.0", "2021.4.0", "2025.2.0"]
    assert [located.ward_name for located in found if located][:2] == ["Washwood Heath", "Washwood Heath"]
    assert "Washwood Heath" not in [located.ward_name for located in found if located][2:]
    shelf.close()


def test_some_areas_alone_are_taken_when_asked(shared_data: Path, tmp_path: Path) -> None:
    path = shared_data / "codepoint-open" / "codepo_west_midlands_2025.zip"
    imported, steps = finish(import_postcodes(path, tmp_path / "new folder", areas=["cv", " TF "]))
    edition = Edition(imported.path)
    assert edition.areas == ("CV", "TF")
    assert (imported.count, edition.covers("B37 5TX"), edition.lookup("B37 5TX")) == (21_096 + 7_197, False, None)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert steps[0].done == 0
    assert steps[-1].done == steps[-1].total
    assert "Data/CSV/cv.csv" in {step.what for step in steps}
    assert [path.name for path in (tmp_path / "new folder").iterdir()] == [imported.path.name]
    edition.close()


def test_a_small_zip_imports_with_all_that_it_says(tmp_path: Path) -> None:
    imported, _ = finish(import_postcodes(zipped(tmp_path / "codepo.zip", members()), tmp_path))
    edition = Edition(imported.path)
    assert (imported.name, imported.count, imported.without_ward) == ("2021.4.0", 5, 1)
    assert edition.attribution.splitlines() == [line for line in LICENCE.splitlines() if line]
    far, bare = edition.lookup("CV10 1AB"), edition.lookup("B99 1AA")
    assert far is not None
    assert bare is not None
    assert (far.ward_name, far.easting, far.northing) == ("Camp Hill", 434_050, 292_950)
    assert (bare.ward_code, bare.ward_name, bare.district_code, bare.easting, bare.northing) == (None,) * 5
    edition.close()


def test_a_ward_that_the_code_list_does_not_name_is_called_by_its_code(tmp_path: Path) -> None:
    path = zipped(tmp_path / "codepo.zip", members(b=B.replace("E05001287", "E05015999")))
    edition = Edition(finish(import_postcodes(path, tmp_path))[0].path)
    located = edition.lookup("B37 5TX")
    assert located is not None
    assert (located.ward_code, located.ward_name, edition.ward_name("E05015999")) == ("E05015999", None, "E05015999")
    edition.close()


@pytest.mark.parametrize("licence", [None, "nothing of use", LICENCE.encode("cp1252")])
def test_the_attribution_is_never_missing(licence: str | bytes | None, tmp_path: Path) -> None:
    edition = Edition(finish(import_postcodes(zipped(tmp_path / "codepo.zip", members(licence=licence)), tmp_path))[0].path)
    assert "Contains Ordnance Survey data © Crown copyright and database right 2021." in edition.attribution
    edition.close()


def test_the_order_of_rows_and_the_folder_around_them_change_nothing(tmp_path: Path) -> None:
    plain, _ = finish(import_postcodes(zipped(tmp_path / "one.zip", members()), tmp_path / "one"))
    turned = members(b="".join(reversed(B.splitlines(keepends=True))).replace("B1  1AY", "B1 1AY").replace('"', ""))
    nested = {f"codepo_gb/{name.replace('Data', 'DATA')}": content for name, content in turned.items()}
    other, _ = finish(import_postcodes(zipped(tmp_path / "two.zip", nested), tmp_path / "two"))
    assert other.path.read_bytes() == plain.path.read_bytes()


def test_importing_an_edition_again_replaces_its_file_whole(tmp_path: Path) -> None:
    path = zipped(tmp_path / "codepo.zip", members())
    first, _ = finish(import_postcodes(path, tmp_path / "shelf", areas=["B"]))
    held = Edition(first.path)
    second, _ = finish(import_postcodes(path, tmp_path / "shelf", areas=["CV"]))
    assert second.path == first.path
    assert [path.name for path in (tmp_path / "shelf").iterdir()] == ["code-point-open-2021.4.0.cdpe"]
    again = Edition(second.path)
    assert (again.areas, held.areas) == (("CV",), ("B",))
    assert held.lookup("B37 5TX") is not None
    held.close()
    again.close()


@pytest.mark.parametrize(("areas", "edition", "words"), [
    (["B", "ZZ"], None, "no postcodes of the area ZZ"), (["B37"], None, "“B37” is not a postcode area"),
    ([], "2021", "“2021” is not a month"), ([], "2021-13", "“2021-13” is not a month"), ([], "2020-01", "2021.4.0 of 2021-09, not 2020-01"),
])
def test_what_was_asked_for_and_is_not_there_is_refused(areas: list[str], edition: str | None, words: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "codepo.zip", members())
    with pytest.raises(Refusal) as refused:
        finish(import_postcodes(path, tmp_path / "shelf", areas=areas, edition=edition))
    assert words in refused.value.sentence
    assert refused.value.sentence.endswith("Nothing was changed.")
    assert not (tmp_path / "shelf").exists()


def test_the_month_may_be_said_where_the_file_says_the_same(tmp_path: Path) -> None:
    path = zipped(tmp_path / "codepo.zip", members(metadata=METADATA))
    assert finish(import_postcodes(path, tmp_path, edition="2021-09"))[0].name == "2021.4.0"


HEADERS = {
    "ONSPD_FEB_2023_UK": ("pcds", "doterm", "oslaua", "osward", "usertype", "oseast1m", "osnrth1m"),
    "NSPL_AUG_2020_UK": ("pcds", "doterm", "laua", "ward", "usertype", "oseast1m", "osnrth1m"),
    "NSPL_MAY_2026_UK": ("pcds", "doterm", "lad26cd", "wd26cd", "usrtypind", "east1m", "north1m"),
}
ROWS = (("B37 5TX", "", "E08000029", "E05001287", "0", "417899", "286833"),
        ("B37 5TY", "201904", "E08000029", "E05001287", "0", "417899", "286833"),
        ("CV1 1ZZ", "", "E08000026", "E05001219", "1", "433000", "0279000"), ("IM1 1AA", "", "M99999999", "M99999999", "0", "", ""),
        ("GIR 0AA", "198904", "E08000012", "E05000891", "1", "335000", "394000"),
        ("W1M 1AA", "200010", "E09000033", "E05000630", "0", "1", "1"),
        ("BT1 1AA", "", "N09000003", "N08000313", "0", "333600", "374200"), ("JE2 3AB", "", "L99999999", "L99999999", "0", "", ""))


def _directory(name: str, rows: tuple[tuple[str, ...], ...] = ROWS) -> bytes:
    text = io.StringIO()
    text.write("\ufeffpcd,dointr," + ",".join(HEADERS[name]) + ",lat\r\n")
    for row in rows:
        text.write(f'"{row[0]}","198001",' + ",".join(f'"{value}"' for value in row) + ",52.4\r\n")
    return text.getvalue().encode()


@pytest.mark.parametrize(("name", "source", "month"), [
    ("ONSPD_FEB_2023_UK", "ONSPD", "2023-02"), ("NSPL_AUG_2020_UK", "NSPL", "2020-08"), ("NSPL_MAY_2026_UK", "NSPL", "2026-05"),
])
@pytest.mark.parametrize("as_zip", [False, True])
def test_a_directory_is_read_by_its_header(as_zip: bool, name: str, source: str, month: str, tmp_path: Path) -> None:
    path, names = tmp_path / f"{name}.csv", b"WD25CD,WD25NM\nE05001287,Chelmsley Wood\n"
    path.write_bytes(_directory(name))
    if as_zip:
        path = zipped(tmp_path / "download.zip", {f"Data/{name}.csv": path.read_bytes(), f"Data/multi_csv/{name}_B.csv": b"x" * 10_000,
                                                  "Documents/Ward names and codes.csv": names})
    imported, _ = finish(import_postcodes(path, tmp_path / "shelf"))
    edition = Edition(imported.path)
    assert (edition.source, edition.name, imported.count, imported.without_ward) == (source, month, 6, 2)
    live, ended, large, none = (edition.lookup(postcode) for postcode in ("B37 5TX", "B37 5TY", "CV1 1ZZ", "IM1 1AA"))
    assert live and ended and large and none
    assert (live.terminated_on, ended.terminated_on) == (None, "2019-04")
    assert (live.large_user, large.large_user) == (False, True)
    assert (live.ward_name, none.ward_code, none.easting, large.northing) == ("Chelmsley Wood" if as_zip else None, None, None, 279_050)
    north, island = edition.lookup("BT1 1AA"), edition.lookup("JE2 3AB")
    assert north and island
    assert (north.ward_code, north.district_code, north.easting) == ("N08000313", "N09000003", None)      # the Irish grid is not ours
    assert (island.ward_code, island.district_code, island.easting) == (None, None, None)
    assert list(edition.postcodes_in("E05001287")) == ["B37 5TX"]
    assert "Open Government Licence" in edition.attribution
    edition.close()


def test_a_directory_that_does_not_say_its_month_needs_it_said(tmp_path: Path) -> None:
    path = tmp_path / "postcodes.csv"
    path.write_bytes(_directory("NSPL_AUG_2020_UK"))
    with pytest.raises(Refusal, match="does not say in its name which month"):
        finish(import_postcodes(path, tmp_path / "shelf"))
    assert finish(import_postcodes(path, tmp_path / "shelf", edition="2020-08", areas=["B"]))[0].title == "NSPL, August 2020"


@pytest.mark.parametrize(("change", "words"), [
    ((b",lat", b""), "line 2: the line has 10 columns"), ((b"B37 5TY", b"B37 5T!"), "line 3: “B37 5T!” is not a postcode"),
    ((b"201904", b"201913"), "line 3: “201913” is not a month of ending"), ((b"433000", b"east"), "line 4: the easting “east”"),
    ((b"433000", b"9" * 12), "line 4: the position lies off"), ((b"B37 5TY", b"B37 5TX"), "line 3: B37 5TX stands here for the second"),
    ((b"E05001219", b"E0500 121"), "line 4: “E0500 121” is not a ward code"), ((b"B37 5TY", b"\xff\xfe"), "line 3: the line holds bytes"),
    ((b"doterm", b"ended"), "line 1: the header has no column for the month of ending (doterm)"),
    ((b'"1","1",52.4', b'"1","1,52.4'), "line 7: the line's quotation marks do not close"),
])
def test_a_wrong_directory_is_refused_by_line(change: tuple[bytes, bytes], words: str, tmp_path: Path) -> None:
    path, content = tmp_path / "ONSPD_FEB_2023.csv", _directory("ONSPD_FEB_2023_UK")
    path.write_bytes(content.replace(*change))
    with pytest.raises(Refusal) as refused:
        finish(import_postcodes(path, tmp_path / "shelf"))
    assert f"ONSPD_FEB_2023.csv, {words}" in refused.value.sentence
    assert not (tmp_path / "shelf").exists()


def test_the_headers_of_six_real_directories_are_understood(shared_data: Path, tmp_path: Path) -> None:
    import csv

    with (shared_data / "postcode-directory-headers.csv").open(newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            header = row["header"].split(",")
            line = {"pcds": "B37 5TX", "doterm": "201904"}
            for name in header:
                if name.startswith("wd") and name.endswith("cd") and len(name) == 6 or name in ("osward", "ward"):
                    line[name] = "E05001287"
                elif name.endswith(("east1m", "north1m", "osnrth1m")):
                    line[name] = "400000"
            path = tmp_path / f"{number}.csv"
            path.write_text(row["header"] + "\n" + ",".join(line.get(name, "") for name in header) + "\n")
            edition = Edition(finish(import_postcodes(path, tmp_path / str(number), edition="2024-02"))[0].path)
            located = edition.lookup("B37 5TX")
            assert located is not None
            assert (located.ward_code, located.terminated_on, located.easting) == ("E05001287", "2019-04", 400_050), row["edition"]
            assert edition.source == row["edition"].split()[0]
            edition.close()
