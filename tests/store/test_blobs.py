"""Kept files: encrypted beside the store, proved when read, whole or not there, and inside every backup."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.errors import Refusal, Trouble
from coachdesk.store import blobs
from coachdesk.store.session import Store
from tests.store.conftest import LOT, VENUE

PAGE = b"%PDF-1.7 a letter about Amina Begum " * 50


def keep(desk: Store, data: bytes, seal: UUID = VENUE) -> blobs.Held:
    """A file under a seal, put away by a change of its own."""
    with desk.change(desk.desk.owner, "Keep a file") as session:
        return blobs.put(session, seal, data)


def look(desk: Store, held: blobs.Held, seal: UUID = VENUE) -> bytes:
    with desk.read() as session:
        return blobs.get(session, seal, held)


def test_what_is_read_is_what_was_put_there_and_the_disk_shows_nothing_of_it(desk: Store) -> None:
    held = keep(desk, PAGE)
    assert look(desk, held) == PAGE
    (file,) = desk.blobs.folder.rglob("*.cdb")
    assert b"Amina" not in file.read_bytes() and held.digest not in file.name
    assert file.stat().st_mode & 0o077 == 0 and file.parent.stat().st_mode & 0o077 == 0


def test_the_same_file_of_one_person_is_kept_once_and_of_two_people_tells_nothing(desk: Store) -> None:
    assert keep(desk, PAGE) == keep(desk, PAGE)
    other = keep(desk, PAGE, LOT)
    assert len(list(desk.blobs.names())) == 2 and look(desk, other, LOT) == PAGE
    with pytest.raises(Trouble, match="damaged|not on this computer"):
        look(desk, other, VENUE)


@settings(max_examples=25, deadline=None)
@given(data=st.binary(min_size=1, max_size=300), at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_turned_bit_is_noticed(desk_for_ever: Store, data: bytes, at: int, bit: int) -> None:
    held = keep(desk_for_ever, data)
    path = desk_for_ever.blobs.path(held.name)
    was = path.read_bytes()
    spoiled = bytearray(was)
    spoiled[at % len(was)] ^= 1 << bit
    path.write_bytes(spoiled)
    assert not blobs.is_whole(bytes(spoiled))
    with pytest.raises(Trouble, match="damaged"):
        look(desk_for_ever, held)
    keep(desk_for_ever, data)                   # to add it again mends it
    assert look(desk_for_ever, held) == data


def test_a_file_that_is_gone_is_said_to_be_gone(desk: Store) -> None:
    held = keep(desk, PAGE)
    desk.blobs.path(held.name).unlink()
    with pytest.raises(Trouble, match="not on this computer"):
        look(desk, held)


def test_a_destroyed_small_key_shreds_the_file(desk: Store) -> None:
    held = keep(desk, PAGE)
    with desk.change(desk.desk.owner, "Shred") as session:
        session.info["door"]["open"] = True
        session.connection().exec_driver_sql("delete from seal where id = ?", (VENUE.bytes,))
        session.info["door"]["open"] = False
    with pytest.raises(Trouble, match="destroyed"):
        look(desk, held)


@pytest.mark.parametrize(("data", "said"), [(b"", "empty"), (b"x" * (blobs.LARGEST + 1), "25 MiB at most")])
def test_an_empty_and_a_too_large_file_are_refused(desk: Store, data: bytes, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        keep(desk, data)
    assert not list(desk.blobs.names())


def test_a_full_disk_leaves_nothing_behind(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Trouble, match="No space left"):
        desk.blobs.write("ab" * 32, b"something")
    assert [path for path in desk.blobs.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "/"])
def test_only_our_own_names_become_paths(desk: Store, name: str) -> None:
    with pytest.raises(ValueError):
        desk.blobs.path(name)


@pytest.fixture(scope="module")
def desk_for_ever(template, tmp_path_factory: pytest.TempPathFactory):
    """One store for all the examples of a property."""
    from coachdesk.clock import FixedDay
    from coachdesk.store import opening
    from tests.store.conftest import DAY, copied

    folder: Path = tmp_path_factory.mktemp("blobs")
    store = opening.open_store(copied(template, folder), template[1], FixedDay(DAY))
    yield store
    store.close()
