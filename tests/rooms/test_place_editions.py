"""Editions side by side: real lookups, the shelf, damaged files, and packed files of any rows."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.place.editions import Edition, Shelf, open_shelf
from coachdesk.place.packed import INWARDS, LARGE_USER, NO_POSITION, SUFFIX, TERMINATED, Damaged
from coachdesk.place.packing import Duplicate, Rows, pack, position_of, write_whole
from coachdesk.settings import Places, resources

SHIPPED = resources() / "editions"


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(SHIPPED)


def test_the_editions_of_2021_and_2025_ship(shelf: Shelf) -> None:
    assert [edition.title for edition in shelf.editions()] == [
        "Code-Point Open 2021.4.0, 20 September 2021", "Code-Point Open 2025.2.0, 22 April 2025"]
    assert [(edition.count, edition.areas) for edition in shelf.editions()] == [
        (118_765, ("B", "CV", "DY", "ST", "TF", "WS", "WV")), (120_031, ("B", "CV", "DY", "ST", "TF", "WS", "WV"))]
    assert shelf.damaged == ()


def test_each_shipped_edition_carries_its_attribution_and_so_does_the_page_beside_it(shelf: Shelf) -> None:
    page = (SHIPPED / "ATTRIBUTION.txt").read_text(encoding="utf-8")
    for edition in shelf.editions():
        assert f"Contains Royal Mail data © Royal Mail copyright and database right {edition.day.year}." in edition.attribution
        assert edition.title in page
        for line in edition.attribution.splitlines():
            assert line in page


def test_a_postcode_is_located_with_ward_district_and_square(shelf: Shelf) -> None:
    edition = shelf.edition("2021.4.0")
    assert edition is not None
    located = edition.lookup("B37 5TX")
    assert located is not None
    assert (located.ward_code, located.ward_name, located.district_code) == ("E05001287", "Chelmsley Wood", "E08000029")
    assert (located.postcode, located.edition, located.terminated_on, located.large_user) == ("B37 5TX", "2021.4.0", None, None)
    assert (located.easting, located.northing) == (417_850, 286_850)
    with pytest.raises(AttributeError):
        located.ward_code = "E05000000"  # type: ignore[misc]


@pytest.mark.parametrize("postcode", ["B37 5ZZ", "B999 1AA", "M1 1AE", "", "nonsense", "B37", "B37 OTX"])
def test_an_unknown_postcode_is_not_in_the_edition(postcode: str, shelf: Shelf) -> None:
    assert all(edition.lookup(postcode) is None for edition in shelf.editions())


def test_an_edition_says_which_areas_it_covers(shelf: Shelf) -> None:
    edition = shelf.editions()[0]
    assert edition.covers("B37 5ZZ")
    assert edition.covers("CV1 1AA")
    assert not edition.covers("M1 1AE")
    assert not edition.covers("")


@pytest.mark.parametrize(("edition", "count", "ward"), [
    ("2021.4.0", 118, "E05006904"), ("2021.4.0", 76, "E05007070"), ("2021.4.0", 161, "E05007480"), ("2021.4.0", 159, "E05007870"),
    ("2021.4.0", 219, "E05011165"), ("2021.4.0", 466, "E05001219"), ("2021.4.0", 259, "E05001287"), ("2021.4.0", 291, "E05001304"),
    ("2021.4.0", 328, "E05011120"), ("2021.4.0", 173, "E05011183"), ("2021.4.0", 0, "E05001216"),
    ("2025.2.0", 77, "E05007070"), ("2025.2.0", 454, "E05001219"), ("2025.2.0", 261, "E05001287"), ("2025.2.0", 297, "E05001304"),
    ("2025.2.0", 219, "E05011165"), ("2025.2.0", 180, "E05015616"), ("2025.2.0", 137, "E05015831"), ("2025.2.0", 0, "E05006904"),
])
def test_the_wards_of_the_lots_have_the_postcodes_that_were_published(edition: str, count: int, ward: str, shelf: Shelf) -> None:
    found = shelf.edition(edition)
    assert found is not None
    postcodes = list(found.postcodes_in(ward))
    assert len(postcodes) == count
    assert len(set(postcodes)) == count
    assert found.ward_codes(postcodes) == [ward] * count
    assert (found.ward_name(ward) is not None) == bool(count)


@pytest.mark.parametrize(("edition", "name", "ward"), [
    ("2021.4.0", "Batchley & Brockhill", "E05007870"), ("2021.4.0", "Alum Rock", "E05011120"), ("2021.4.0", "Ward End", "E05011183"),
    ("2025.2.0", "Binley and Willenhall", "E05001219"), ("2025.2.0", "Batchley & Brockhill", "E05015616"),
])
def test_wards_are_called_by_their_names_without_the_word_ward(edition: str, name: str, ward: str, shelf: Shelf) -> None:
    found = shelf.edition(edition)
    assert found is not None
    assert found.ward_name(ward) == name
    assert found.wards()[ward][0] == name


@pytest.mark.parametrize("name", ["2021.4.0", "2021.4", "2021-09", " 2021.4 "])
def test_an_edition_is_found_by_any_of_its_names(name: str, shelf: Shelf) -> None:
    found = shelf.edition(name)
    assert found is not None
    assert found.name == "2021.4.0"


@pytest.mark.parametrize("name", ["", "2014.3.0", "2021", "2021.", "2021.40", "2021-9", "2021.4.0.0"])
def test_an_edition_that_is_not_at_hand_is_none(name: str, shelf: Shelf) -> None:
    assert shelf.edition(name) is None


@pytest.mark.parametrize(("day", "name"), [
    (date(2018, 10, 1), "2021.4.0"), (date(2021, 9, 20), "2021.4.0"), (date(2025, 4, 21), "2021.4.0"),
    (date(2025, 4, 22), "2025.2.0"), (date(2030, 1, 1), "2025.2.0"),
])
def test_the_newest_edition_on_or_before_the_day_answers_else_the_oldest(day: date, name: str, shelf: Shelf) -> None:
    found, located = shelf.on(day), shelf.lookup("B37 5TX", day)
    assert found is not None
    assert located is not None
    assert found.name == located.edition == name


def test_an_edition_that_does_not_cover_the_area_leaves_the_answer_to_one_that_does(tmp_path: Path) -> None:
    _write(tmp_path, "2026.1.0", {"M1 1AE": ("E05011375", "E08000003", NO_POSITION)})
    both = Shelf(tmp_path, SHIPPED)
    near, far = both.lookup("B37 5TX", date(2027, 1, 1)), both.lookup("M1 1AE", date(2020, 1, 1))
    assert near is not None
    assert far is not None
    assert (near.edition, far.edition) == ("2025.2.0", "2026.1.0")


def test_the_users_own_copy_of_an_edition_wins_over_the_shipped_one(tmp_path: Path) -> None:
    path = _write(tmp_path, "2021.4.0", {"B37 5TX": ("E05999999", "E08000029", NO_POSITION)})
    found = open_shelf(Places(tmp_path, tmp_path)).edition("2021.4.0")
    assert found is not None
    assert (found.path, found.count) == (path, 1)


def test_folders_that_are_missing_are_empty(tmp_path: Path) -> None:
    empty = Shelf(tmp_path / "nowhere", tmp_path / "nor here")
    assert empty.editions() == ()
    assert empty.on(date(2020, 1, 1)) is None
    assert empty.lookup("B37 5TX", date(2020, 1, 1)) is None
    assert empty.damaged == ()


def test_a_new_edition_is_seen_after_a_refresh_and_the_old_one_keeps_answering(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    _write(tmp_path, "2021.4.0", {"B37 5TX": ("E05001287", "E08000029", NO_POSITION)})
    old = shelf.edition("2021.4.0")
    assert old is not None
    _write(tmp_path, "2021.4.0", {"B37 5TX": ("E05001288", "E08000029", NO_POSITION)})
    shelf.refresh()
    new = shelf.edition("2021.4.0")
    assert new is not None
    assert (old.ward_codes(["B37 5TX"]), new.ward_codes(["B37 5TX"])) == (["E05001287"], ["E05001288"])
    shelf.close()


@pytest.mark.parametrize(("what", "why"), [
    ("empty", "cut short"), ("half", "cut short"), ("longer", "longer than it says"), ("one bit", "checksum"),
    ("header", "not a packed edition"),
    ("version", "another version"), ("not an edition", "not a packed edition"), ("a folder", "cannot be read"),
])
def test_a_damaged_edition_is_passed_over_and_said(what: str, why: str, tmp_path: Path) -> None:
    good = _write(tmp_path, "2021.4.0", {"B37 5TX": ("E05001287", "E08000029", NO_POSITION)})
    content, bad = good.read_bytes(), tmp_path / f"bad{SUFFIX}"
    if what == "a folder":
        bad.mkdir()
    else:
        bad.write_bytes({"empty": b"", "half": content[:len(content) // 2], "longer": content + b" ", "header": b"X" + content[1:],
                         "one bit": content[:-9] + bytes([content[-9] ^ 1]) + content[-8:], "not an edition": b"?" * 500,
                         "version": content[:8] + b"\x63" + content[9:]}[what])
    shelf = Shelf(tmp_path, SHIPPED)
    assert [edition.name for edition in shelf.editions()] == ["2021.4.0", "2025.2.0"]
    assert len(shelf.damaged) == 1
    assert shelf.damaged[0].startswith(f"The postcode edition bad{SUFFIX} was passed over because")
    assert why in shelf.damaged[0]


def test_no_bit_of_an_edition_can_turn_unseen(tmp_path: Path) -> None:
    path = _write(tmp_path, "2021.4.0", {"B37 5TX": ("E05001287", "E08000029", NO_POSITION)})
    content = path.read_bytes()
    unseen = []
    for bit in range(8 * len(content)):
        rotten = bytearray(content)
        rotten[bit // 8] ^= 1 << bit % 8
        path.write_bytes(rotten)
        try:
            Edition(path).close()
        except Damaged:
            continue
        unseen.append(bit // 8)
    assert set(unseen) <= {10, 11, *range(44, 64)}         # the reserved bytes of the header say nothing


def test_an_edition_whose_words_are_missing_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / f"x{SUFFIX}"
    for about in ({}, {"name": "1", "source": "x", "day": "tomorrow", "areas": [], "attribution": [], "user_types": False}):
        write_whole(path, pack(Rows(), about, {}))
        with pytest.raises(Damaged, match="does not say"):
            Edition(path)


def test_nothing_heavy_is_imported_for_a_lookup_and_no_file_is_read_before_it() -> None:
    program = ("import sys; from datetime import date; from coachdesk.place.editions import Shelf; "
               "from coachdesk.settings import resources;"
               "shelf = Shelf(resources() / 'editions'); assert shelf._editions is None; assert shelf.lookup('B37 5TX', date(2020, 5, 12));"
               "heavy = {'sqlalchemy', 'openpyxl', 'xlrd', 'zipfile', 'PySide6', 'numpy'};"
               "print(sorted({name.partition('.')[0] for name in sys.modules} & heavy))")
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=resources().parent)
    assert said.stdout.strip() == "[]"


def _write(folder: Path, name: str, rows: dict[str, tuple[str, str, int]], endings: dict[str, int] | None = None, *,
           user_types: bool = False, backwards: bool = False) -> Path:
    """A packed file of postcode → (ward code, district code, position bits)."""
    content = Rows()
    for postcode, ended in (endings or {}).items():
        content.ended(postcode[:-4]).append(INWARDS.index(postcode[-3:]) << 16 | ended)
    for postcode, (ward, district, position) in sorted(rows.items(), reverse=backwards):
        content.bucket(postcode[:-4]).append(INWARDS.index(postcode[-3:]) << 48 | content.ward(ward, district) << 32 | position)
    areas = sorted({postcode[:2] if postcode[1].isalpha() else postcode[0] for postcode in rows})
    about = {"name": name, "source": "Code-Point Open", "day": f"{name[:4]}-09-20", "areas": areas, "attribution": ["Contains."],
             "user_types": user_types}
    path = folder / f"{hashlib.sha256(name.encode()).hexdigest()[:8]}{SUFFIX}"
    write_whole(path, pack(content, about, {"E05001287": "Chelmsley Wood"}))
    return path


_postcodes = st.builds(lambda outcode, inward: f"{outcode} {inward}",
                       st.sampled_from(["B1", "B10", "B37", "CV1", "CV10", "W1A", "EC1A", "ST21"]), st.sampled_from(INWARDS))
_wards = st.sampled_from([("E05001287", "E08000029"), ("E05001219", "E08000026"), ("E05001219", "E08000027"), ("", "E08000025"), ("", "")])
_places = st.tuples(st.integers(0, 655_448), st.integers(0, 1_213_615))


_rows = st.tuples(_wards, _places, st.none() | st.integers(1980 * 12, 2060 * 12), st.booleans())


@given(rows=st.dictionaries(_postcodes, _rows, min_size=1), other=_postcodes)
def test_whatever_is_packed_comes_back(rows: dict[str, tuple[tuple[str, str], tuple[int, int], int | None, bool]], other: str,
                                       tmp_path_factory: pytest.TempPathFactory) -> None:
    bits = {postcode: (*ward, position_of(*place) | (TERMINATED if ended else 0) | (LARGE_USER if large else 0))
            for postcode, (ward, place, ended, large) in rows.items()}
    endings = {postcode: ended for postcode, (_, _, ended, _) in rows.items() if ended}
    folder = tmp_path_factory.mktemp("packed")
    path = _write(folder, "2021.4.0", bits, endings, user_types=True)
    content = path.read_bytes()
    assert _write(folder, "2021.4.0", bits, endings, user_types=True, backwards=True).read_bytes() == content
    edition = Edition(path)
    assert edition.count == len(rows)
    for postcode, (ward, (easting, northing), ended, large) in rows.items():
        located = edition.lookup(postcode)
        assert located is not None
        assert (located.ward_code, located.district_code) == (ward[0] or None, ward[1] or None)
        assert located.large_user is large
        assert located.terminated_on == (f"{ended // 12:04d}-{ended % 12 + 1:02d}" if ended else None)
        if easting or northing:
            assert located.easting is not None
            assert located.northing is not None
            assert abs(located.easting - easting) <= 50
            assert abs(located.northing - northing) <= 50
        else:
            assert (located.easting, located.northing) == (None, None)
    for code in edition.wards():
        assert list(edition.postcodes_in(code)) == sorted(
            (postcode for postcode, (ward, _, ended, _) in rows.items() if ward[0] == code and not ended),
            key=lambda postcode: (postcode[:-4], postcode[-3:]))
    assert (edition.lookup(other) is not None) == (other in rows)
    edition.close()


def test_one_postcode_twice_is_not_packed() -> None:
    rows = Rows()
    rows.ward("E05001287", "E08000029")
    rows.bucket("B37").extend([5 << 48, 5 << 48 | 1])
    with pytest.raises(Duplicate):
        pack(rows, {}, {})


def test_positions_off_the_grid_are_not_taken() -> None:
    for easting, northing in ((-1, 5), (819_100, 5), (5, 1_638_300)):
        with pytest.raises(ValueError, match="grid"):
            position_of(easting, northing)


def test_wards_of_homes_within_a_hundred_metres_are_told(shelf: Shelf) -> None:
    edition = shelf.edition("2021.4.0")
    assert edition is not None
    assert edition.wards_around("B34 6HN") == {"E05011131": "Bromford & Hodge Hill"}
    assert (edition.wards_around("B34 7AA"), edition.wards_around("ZE1 0AA")) == ({}, {})


def test_the_centre_of_a_ward_lies_within_it(shelf: Shelf) -> None:
    edition = shelf.edition("2021.4.0")
    assert edition is not None
    centre = edition.centre_of(["E05001287"])
    assert centre is not None
    assert 416_000 < centre[0] < 420_000
    assert 285_000 < centre[1] < 289_000
    assert edition.centre_of(["E05001216"]) is None
