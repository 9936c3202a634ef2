"""Broken, truncated, wrong and hostile files: one sentence that names member and line, and nothing changed on disk."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from coachdesk.errors import Refusal, Trouble
from coachdesk.place.actions import import_postcodes
from tests.rooms.place_zips import CODE_LIST, CV, METADATA, B, finish, members, zipped

Maker = Callable[[Path], Path]


def _with(**changes: bytes | str | None) -> Maker:
    return lambda folder: zipped(folder / "codepo.zip", members(**changes))


def _plus(name: str, content: bytes = b"x") -> Maker:
    return lambda folder: zipped(folder / "codepo.zip", {**members(), name: content})


def _bytes(change: Callable[[bytes], bytes]) -> Maker:
    def make(folder: Path) -> Path:
        path = zipped(folder / "codepo.zip", members())
        path.write_bytes(change(path.read_bytes()))
        return path
    return make


def _stored(change: Callable[[bytes], bytes]) -> Maker:
    """A zip whose members are not compressed, changed as bytes, so that the change hits the table's own text."""
    def make(folder: Path) -> Path:
        path = folder / "codepo.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members().items():
                archive.writestr(name, content)
        path.write_bytes(change(path.read_bytes()))
        return path
    return make


def _plain(name: str, content: bytes) -> Maker:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name
    return make


def _lying(content: bytes) -> bytes:
    """The directory of the zip says that b.csv unpacks to three gigabytes."""
    at = content.rindex(b"PK\1\2", 0, content.rindex(b"Data/CSV/b.csv"))
    return content[:at + 24] + struct.pack("<I", 3 << 30) + content[at + 28:]


def _locked(content: bytes) -> bytes:
    at = content.rindex(b"PK\1\2", 0, content.rindex(b"Data/CSV/b.csv"))
    return content[:at + 8] + b"\1\0" + content[at + 10:]


def _twice(folder: Path) -> Path:
    with pytest.warns(UserWarning), zipfile.ZipFile(folder / "codepo.zip", "w") as archive:
        for name, content in [*members().items(), ("Data/CSV/b.csv", B.encode())]:
            archive.writestr(name, content)
    return folder / "codepo.zip"


def _spreadsheet_with_entities() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(CODE_LIST)) as good, zipfile.ZipFile(content, "w") as bad:
        for info in good.infolist():
            part = good.read(info)
            bad.writestr(info.filename, part.replace(b"<workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook', 1))
    return content.getvalue()


_BOMB = b"\0" * (40 << 20)
CASES: dict[str, tuple[Maker, list[str]]] = {
    "not a zip": (_plain("codepo.zip", b"<html>Not found</html>"), ["codepo.zip, line 1", "neither a zip nor"]),
    "an empty file": (_plain("codepo.zip", b""), ["codepo.zip", "is empty"]),
    "noise": (_plain("codepo.zip", random.Random(1).randbytes(300_000)), ["codepo.zip, line 1"]),
    "one endless line": (_plain("onspd.csv", b"a" * 3_000_000), ["onspd.csv, line 1", "does not end"]),
    "a zip cut short": (_bytes(lambda content: content[:len(content) // 2]), ["codepo.zip", "cut short"]),
    "a zip without tables": (_with(b=None, cv=None), ["codepo.zip", "neither Data/CSV"]),
    "an empty zip": (lambda folder: zipped(folder / "codepo.zip", {}), ["codepo.zip", "neither Data/CSV"]),
    "no metadata": (_with(metadata=None), ["Doc/metadata.txt", "no such member"]),
    "empty metadata": (_with(metadata=""), ["Doc/metadata.txt, line 1", "DATASET VERSION NUMBER"]),
    "a version that is a path": (_with(metadata=METADATA.replace("2021.4.0", "../../evil")), ["Doc/metadata.txt, line 3", "../../evil"]),
    "a day that is none": (_with(metadata=METADATA.replace("20210920", "20210931")), ["Doc/metadata.txt, line 4", "20210931"]),
    "no code list": (_with(codelist=None), ["Doc/Codelist.xlsx", "neither this member nor"]),
    "a code list that is none": (_with(codelist="no spreadsheet"), ["Doc/Codelist.xlsx", "not a spreadsheet"]),
    "a code list cut short": (_with(codelist=CODE_LIST[:-2000]), ["Doc/Codelist.xlsx", "not a spreadsheet"]),
    "a code list with entities": (_with(codelist=_spreadsheet_with_entities()), ["Doc/Codelist.xlsx", "not a spreadsheet"]),
    "an old code list that is none": (
        lambda folder: zipped(folder / "codepo.zip",
                              {**members(codelist=None), "Doc/Codelist.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99}),
        ["Doc/Codelist.xls", "not a spreadsheet"]),
    "a short line": (_with(b=B.replace(',"","E08000025"', "")), ["Data/CSV/b.csv, line 2", "8 columns", "has 10"]),
    "a long line": (_with(b=B.replace('"E08000025"', '"E08000025",1')), ["Data/CSV/b.csv, line 2", "11 columns"]),
    "a line cut in the middle": (_with(cv=CV[:-60]), ["Data/CSV/cv.csv, line 2", "columns", "cut short"]),
    "a blank line": (_with(b=B.replace("\r\n", "\r\n\r\n", 1)), ["Data/CSV/b.csv, line 2", "1 columns"]),
    "a table cut between lines": (_with(b=B[:B.rindex('"B99')]), ["Data/CSV/b.csv, line 2", "2 postcodes", "counts 3"]),
    "an empty table": (_with(cv=""), ["Data/CSV/cv.csv, line 1", "is empty"]),
    "an easting in words": (_with(b=B.replace("406523", "abc")), ["Data/CSV/b.csv, line 2", "easting “abc”"]),
    "a northing below zero": (_with(b=B.replace("286448", "-5")), ["Data/CSV/b.csv, line 2", "northing “-5”"]),
    "an easting off the map": (_with(b=B.replace("406523", "9" * 5000)), ["Data/CSV/b.csv, line 2", "off the national grid"]),
    "no postcode": (_with(cv=CV.replace("CV101AB", "CV10 A1")), ["Data/CSV/cv.csv, line 2", "“CV10 A1” is not a postcode"]),
    "a formula for a postcode": (_with(cv=CV.replace("CV101AB", "=CMD()")), ["Data/CSV/cv.csv, line 2", "“=CMD()” is not a postcode"]),
    "a ward code that is none": (_with(b=B.replace("E05011151", "Ladywood")),
                                 ["Data/CSV/b.csv, line 2", "“Ladywood” is not a ward code"]),
    "a district code that is none": (_with(b=B.replace("E08000025", "E08")), ["Data/CSV/b.csv, line 2", "“E08” is not a district code"]),
    "a postcode twice": (_with(b=B.replace("B99 1AA", "B1  1AY")), ["Data/CSV/b.csv, line 3", "B1 1AY", "second time"]),
    "a postcode in two tables": (_with(cv=CV.replace("CV3 1AA", "B37 5TX")), ["Data/CSV/", "line"]),
    "bytes that are no text": (_with(b=B.encode().replace(b"E18000005", b"\xff\xfe", 1)), ["Data/CSV/b.csv, line 1", "not text"]),
    "nul bytes": (_with(b=B.encode().replace(b"406523", b"\0\0", 1)), ["Data/CSV/b.csv, line 2", "“··”"]),
    "a table without line ends": (_with(b=random.Random(1).randbytes(400_000).replace(b"\n", b"")),
                                  ["Data/CSV/b.csv, line 1", "does not end"]),
    "a rotten byte": (_stored(lambda content: content.replace(b"417899", b"417898")), ["Data/CSV/b.csv, line 1", "damaged"]),
    "a rotten compressed member": (_bytes(lambda content: content[:60] + b"\xff" * 20 + content[80:]), ["Data/CSV/b.csv"]),
    "a size that lies": (_bytes(_lying), ["Data/CSV/b.csv", "far more than any edition"]),
    "a bomb": (_plus("Data/CSV/zz.csv", _BOMB), ["Data/CSV/zz.csv", "41,943,040 bytes"]),
    "a bomb in the papers": (_with(licence=_BOMB), ["Doc/licence.txt", "far more than any edition"]),
    "a member under a password": (_bytes(_locked), ["Data/CSV/b.csv", "password"]),
    "a member that climbs": (_plus("Data/CSV/../../../evil.csv"), ["evil.csv", "such a name"]),
    "a member with an absolute path": (_plus("/etc/evil.csv"), ["/etc/evil.csv", "such a name"]),
    "a member on a drive": (_plus("C:evil.csv"), ["C:evil.csv", "such a name"]),
    "a member with a control character": (_plus("Data/CSV/\x1b[31m.csv"), ["Data/CSV/·[31m.csv", "such a name"]),
    "a member with an endless name": (_plus("Data/CSV/" + "n" * 3000 + ".csv"), ["…", "such a name"]),
    "a member twice": (_twice, ["Data/CSV/b.csv", "twice"]),
    "too many members": (lambda folder: zipped(folder / "codepo.zip", {f"m{number}": b"" for number in range(5001)}),
                         ["codepo.zip", "5,001 members"]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_that_is_not_fit_gives_one_sentence_and_changes_nothing(case: str, tmp_path: Path) -> None:
    make, words = CASES[case]
    source, shelf = tmp_path / "in", tmp_path / "shelf"
    source.mkdir()
    shelf.mkdir()
    (shelf / "there before.cdpe").write_bytes(b"as it was")
    path = make(source)
    before = sorted(source.iterdir())
    with pytest.raises(Refusal) as refused:
        finish(import_postcodes(path, shelf))
    for word in words:
        assert word in refused.value.sentence
    assert refused.value.sentence.endswith("Nothing was changed.")
    assert refused.value.next_step
    assert refused.value.sentence.isprintable()
    assert len(refused.value.sentence) < 400
    assert [path.name for path in shelf.iterdir()] == ["there before.cdpe"]
    assert sorted(source.iterdir()) == before


def test_a_file_that_is_not_there_is_the_worlds_fault(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"gone\.zip could not be read"):
        finish(import_postcodes(tmp_path / "gone.zip", tmp_path / "shelf"))
    assert not (tmp_path / "shelf").exists()


def test_a_folder_that_cannot_be_written_is_the_worlds_fault(tmp_path: Path) -> None:
    (tmp_path / "shelf").write_text("a file stands where the folder should be")
    with pytest.raises(Trouble, match="could not be saved"):
        finish(import_postcodes(zipped(tmp_path / "codepo.zip", members()), tmp_path / "shelf"))
    assert (tmp_path / "shelf").read_text().startswith("a file")


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_an_import_that_is_cancelled_leaves_nothing_behind(steps: int, tmp_path: Path) -> None:
    importing = import_postcodes(zipped(tmp_path / "codepo.zip", members()), tmp_path / "shelf")
    for _ in range(steps):
        next(importing)
    importing.close()
    assert [path.name for path in tmp_path.iterdir()] == ["codepo.zip"]


@pytest.mark.parametrize("stored", [False, True])
def test_a_zip_with_any_bytes_changed_is_taken_whole_or_refused(stored: bool, tmp_path: Path) -> None:
    path = tmp_path / "codepo.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in members().items():
            archive.writestr(name, content)
    good, dice = path.read_bytes(), random.Random(7)
    taken = 0
    for _ in range(120):
        rotten = bytearray(good)
        for _ in range(dice.choice((1, 1, 4, 60))):
            rotten[dice.randrange(len(rotten))] = dice.randrange(256)
        path.write_bytes(rotten)
        try:
            imported, _ = finish(import_postcodes(path, tmp_path / "shelf"))
        except (Refusal, Trouble) as said:
            assert "Nothing was changed." in said.sentence
        else:
            taken += 1
            assert imported.count == 5
    assert taken < 120
