"""Fonts are found where they are, and one that cannot be used is passed over."""

from __future__ import annotations

import shutil
from pathlib import Path

import fontpkg_noto_sans_tamil

from coachdesk.documents import faces

TAMIL = Path(str(fontpkg_noto_sans_tamil.ROOT)) / "files" / "NotoSansTamil[wdth,wght].ttf"


def test_a_script_without_a_package_is_drawn_by_a_font_of_the_system(tmp_path: Path) -> None:
    deep = tmp_path / "truetype" / "noto"
    deep.mkdir(parents=True)
    shutil.copy(TAMIL, deep / "NotoSansTamil-Regular.ttf")
    known = faces.Faces(folders=(tmp_path,), packaged=(), name="SystemTest")
    found = known.of("இ")
    assert found is not None and found is not known.page
    assert known.of("a") is known.page
    assert known.of("ক") is None


def test_a_broken_font_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "NotoSansBengali-Regular.ttf").write_bytes(b"OTTO" + bytes(200))
    (tmp_path / "Nirmala.ttf").write_bytes(b"")
    known = faces.Faces(folders=(tmp_path, tmp_path / "not there"), packaged=(), name="BrokenTest")
    assert known.of("ক") is None
    assert known.of("\ue000") is None


def test_the_packages_draw_arabic_with_urdu_and_tamil() -> None:
    known = faces.Faces(folders=(), name="PackagesTest")
    assert all(known.of(char) for char in "محمدٹچپگےہۓیکٔ١۴،؟")
    assert all(known.of(char) for char in "இளையராஜா")
    assert known.of("漢") is None
