"""The key header: what opens a store, and what does not."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from pathlib import Path

import pytest

from coachdesk.clock import FixedDay
from coachdesk.errors import Refusal, Trouble
from coachdesk.store import backup, keys, opening
from coachdesk.store.session import Store
from tests.store.conftest import CHEAP, DAY, PASSPHRASE, meet

Template = tuple[Path, bytes, str]


def test_the_passphrase_opens_the_store(path: Path, template: Template) -> None:
    assert keys.unlock(path, PASSPHRASE) == template[1]


def test_a_wrong_passphrase_is_a_plain_sentence_and_says_what_to_do(path: Path) -> None:
    with pytest.raises(Trouble, match="does not open this store") as said:
        keys.unlock(path, "not this one")
    assert "Caps Lock" in said.value.next_step and "recovery code" in said.value.next_step


@pytest.mark.parametrize(
    "typed", [str, str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", ""), lambda code: f"  {code.lower()}\n"]
)
def test_the_recovery_code_opens_it_however_it_is_typed(path: Path, template: Template, typed) -> None:
    assert keys.unlock(path, typed(template[2])) == template[1]


def test_a_recovery_code_of_another_store_does_not_open_it(path: Path, template: Template) -> None:
    other = "".join("B" if sign == "A" else "A" for sign in template[2] if sign != "-")
    with pytest.raises(Trouble):
        keys.unlock(path, other)


def test_a_changed_passphrase_keeps_key_and_recovery_code(path: Path, template: Template) -> None:
    keys.change_passphrase(path, PASSPHRASE, "a brand new phrase", cost=CHEAP)
    assert keys.unlock(path, "a brand new phrase") == keys.unlock(path, template[2]) == template[1]
    with pytest.raises(Trouble):
        keys.unlock(path, PASSPHRASE)


def test_the_recovery_code_sets_a_new_passphrase(path: Path, template: Template) -> None:
    keys.change_passphrase(path, template[2].lower(), "a brand new phrase", cost=CHEAP)
    assert keys.unlock(path, "a brand new phrase") == template[1]


def test_a_wrong_passphrase_changes_nothing(path: Path) -> None:
    before = keys.header_path(path).read_bytes()
    with pytest.raises(Trouble):
        keys.change_passphrase(path, "not this one", "a brand new phrase", cost=CHEAP)
    assert keys.header_path(path).read_bytes() == before


def test_a_short_passphrase_is_refused(path: Path) -> None:
    with pytest.raises(Refusal, match="at least 12 characters"):
        keys.change_passphrase(path, PASSPHRASE, "not so long", cost=CHEAP)


def test_an_accent_typed_in_two_pieces_is_the_same_passphrase(tmp_path: Path) -> None:
    store = tmp_path / "x.coachdesk"
    made = keys.create(store, unicodedata.normalize("NFD", "Siân's café key"), cost=CHEAP)
    assert keys.unlock(store, unicodedata.normalize("NFC", "Siân's café key")) == made.key


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header.pop("slots"),
        lambda header: header.update(slots=[]),
        lambda header: header.update(slots={"a": 1}),
        lambda header: header.update(format=2),
        lambda header: header["slots"][0].update(passes=10**9),
        lambda header: header["slots"][0].update(passes=1.5),
        lambda header: header["slots"][0].update(memory=2**40),
        lambda header: header["slots"][0].update(salt="zz"),
        lambda header: header["slots"][0].update(wrapped="AAAA"),
        lambda header: header["slots"][0].update(wrapped=7),
        lambda header: header.update(slots=header["slots"] * 50),
        lambda header: header["slots"][0].update(kind="back door"),
    ],
)
def test_an_absurd_header_is_damaged_and_nothing_is_computed(path: Path, change) -> None:
    header = keys.read(path)
    change(header)
    with pytest.raises(Trouble, match="key file is damaged"):
        keys.parse(json.dumps(header).encode())


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[]", b"7", b"[" * 60_000, b"{}" + b" " * 70_000])
def test_bytes_that_are_no_header_are_damaged(data: bytes) -> None:
    with pytest.raises(Trouble, match="damaged"):
        keys.parse(data)


def test_a_missing_key_file_is_said_by_name(path: Path) -> None:
    keys.header_path(path).unlink()
    with pytest.raises(Trouble, match=r"desk\.coachdesk\.key is missing"):
        keys.unlock(path, PASSPHRASE)


def test_no_store_at_all_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="There is no store"):
        keys.unlock(tmp_path / "nowhere.coachdesk", PASSPHRASE)


def test_a_key_of_another_store_does_not_open_it(path: Path) -> None:
    with pytest.raises(Trouble, match="key does not fit"):
        opening.open_store(path, b"x" * 32, FixedDay(DAY))


def test_there_is_no_plaintext_mode(path: Path, template: Template, tmp_path: Path) -> None:
    assert not path.read_bytes().startswith(b"SQLite format 3")
    plain = tmp_path / "plain.coachdesk"
    with sqlite3.connect(plain) as connection:
        connection.execute("create table desk (name, value)")
    connection.close()
    with pytest.raises(Trouble, match="not encrypted"):
        opening.open_store(plain, template[1], FixedDay(DAY))


def test_an_emptied_file_is_not_taken_for_a_new_store(path: Path, template: Template) -> None:
    path.write_bytes(b"")
    with pytest.raises(Trouble, match="cut short"):
        opening.open_store(path, template[1], FixedDay(DAY))
    assert path.read_bytes() == b""


def test_what_was_typed_is_found_in_no_file(desk: Store, held, tmp_path: Path) -> None:
    typed = ("Zebedee Quartermaine", "07700 900999", "B34 7QX", "owes his landlord")
    meet(desk, held, typed[0], phone=typed[1], postcode=typed[2], note=typed[3], topics=["benefits advice"])
    backup.write_backup(desk.path, desk.key, tmp_path / "kept.backup")
    files = [file for file in tmp_path.iterdir() if file.is_file()]
    assert {file.name for file in files} >= {"desk.coachdesk", "desk.coachdesk-wal", "desk.coachdesk.key", "kept.backup"}
    desk.close()
    for words in (*typed, "benefits advice", "Shard End"):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert not [file.name for file in tmp_path.iterdir() if words.encode(encoding) in file.read_bytes()], words
