"""Evidence: kept by what is in the file, with how and when it was obtained; verified by other eyes; never lost, never half there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.activity import actions, queries, rules
from coachdesk.clock import FixedDay
from coachdesk.errors import Refusal, Trouble
from coachdesk.participant import actions as people
from coachdesk.store import backup, opening
from tests.rooms.conftest import SHARD_END, TODAY, RoomDesk

LETTER = b"%PDF-1.4\nWe confirm that she started work\n%%EOF\n"
PHOTO = b"\xff\xd8\xff\xe0 a payslip \xff\xd9"
SCAN = b"\x89PNG\r\n\x1a\n ... IEND\xaeB`\x82"
STARTED = TODAY - timedelta(30)


@pytest.fixture
def zoe(desk: RoomDesk) -> UUID:
    made: UUID = desk.act(lambda s: people.register(s, lot=desk.shard_end, name="Zoë Kowalska", postcode=SHARD_END,
                                                    registered_on=TODAY - timedelta(60)))
    return made


@pytest.fixture
def job(desk: RoomDesk, zoe: UUID) -> UUID:
    made: UUID = desk.act(lambda s: actions.record_job(s, participant=zoe, started_on=STARTED, employer="Corner Bakery", title="Baker",
                                                       hours_a_week=20))
    return made


def keep(desk: RoomDesk, file: bytes | None, *, who: UUID | None = None, **given: Any) -> UUID:
    given = {"proves": "job started", "how": "sent by the employer", **given}
    held = None if file is None else actions.File("letter from bakery.pdf", file)
    made: UUID = desk.act(lambda s: actions.keep_evidence(s, held, **given), who=who)
    return made


def test_a_letter_is_kept_with_how_and_when_it_was_obtained_and_is_read_again(desk: RoomDesk, job: UUID) -> None:
    id = keep(desk, LETTER, job=job, dated=STARTED, wording="We confirm that she started work")
    (row,) = desk.see(lambda s: queries.evidence(s, of=job))
    assert (row.id, row.participant, row.about) == (id, "Zoë Kowalska", "Job: Baker, 20 hours a week, 12 April 2020")
    assert (row.media, row.size, row.state, row.obtained_on, row.coach) == ("PDF", len(LETTER), "not verified yet", TODAY, "Olive Owner")
    kept = desk.see(lambda s: queries.kept_file(s, id))
    assert (kept.data, kept.name) == (LETTER, "letter from bakery.pdf")
    assert desk.store.check().is_sound
    plain = b"".join(path.read_bytes() for path in desk.store.path.parent.rglob("*") if path.is_file())
    assert LETTER not in plain


@pytest.mark.parametrize(("data", "media"), [(LETTER, "PDF"), (PHOTO, "JPEG"), (SCAN, "PNG")])
def test_the_kind_of_a_file_is_told_by_what_is_in_it(data: bytes, media: str) -> None:
    assert rules.kind_of_file(data) == media


@pytest.mark.parametrize("data", [b"MZ\x90 a program", b"PK\x03\x04 a document", b"<html>", b"GIF89a", b"x"])
def test_what_is_neither_pdf_nor_picture_is_refused_and_nothing_is_kept(desk: RoomDesk, job: UUID, data: bytes) -> None:
    with pytest.raises(Refusal, match="neither a PDF nor a JPEG or PNG"):
        keep(desk, data, job=job)
    assert desk.see(queries.evidence) == [] and not list(desk.store.blobs.names())


@given(st.sampled_from([LETTER, PHOTO, SCAN]), st.integers(0, 60))
def test_a_file_that_was_cut_short_is_refused_or_is_still_whole(data: bytes, keeps: int) -> None:
    cut = data[:keeps]
    try:
        rules.kind_of_file(cut)
    except Refusal:
        return
    assert b"%%EOF" in cut or b"\xff\xd9" in cut or b"IEND" in cut


@pytest.mark.parametrize(("given", "said"), [
    ({"dated": TODAY, "obtained_on": STARTED}, "after 12 April 2020 when it was obtained"),
    ({"obtained_on": TODAY + timedelta(1)}, "still to come"),
    ({"proves": "happiness"}, "job started; hours; pay"),
    ({"how": "by magic"}, "original seen, copy kept"),
    ({"proves": "help given"}, "proved of a piece of help"),
])
def test_what_cannot_be_is_refused_in_a_sentence(desk: RoomDesk, job: UUID, given: dict[str, Any], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        keep(desk, LETTER, job=job, **given)
    assert desk.see(queries.evidence) == []


def test_a_day_that_does_not_match_the_job_is_said_at_once(desk: RoomDesk, job: UUID) -> None:
    keep(desk, LETTER, job=job, dated=STARTED + timedelta(2))
    (row,) = desk.see(queries.evidence)
    assert row.warning == "It says 14 April 2020, the job stands here from 12 April 2020: a checker will ask which is right."


def test_what_was_seen_and_not_kept_needs_no_file_and_a_copy_does(desk: RoomDesk, zoe: UUID) -> None:
    keep(desk, None, participant=zoe, proves="identity", how="original seen, no copy")
    with pytest.raises(Refusal, match="needs the file itself"):
        keep(desk, None, participant=zoe, proves="address", how="original seen, copy kept")
    (row,) = desk.see(queries.evidence)
    with pytest.raises(Refusal, match="seen and not kept"):
        desk.see(lambda s: queries.kept_file(s, row.id))


def test_other_eyes_verify_and_any_change_asks_for_them_again(desk: RoomDesk, job: UUID) -> None:
    id = keep(desk, LETTER, job=job, who=desk.coach)
    with pytest.raises(Refusal, match="somebody else has to look at it"):
        desk.act(lambda s: actions.verify_evidence(s, id), who=desk.coach)
    desk.act(lambda s: actions.verify_evidence(s, id))
    (row,) = desk.see(queries.evidence)
    assert (row.state, row.verified_by, row.verified_on) == ("verified", "Olive Owner", TODAY)
    desk.act(lambda s: actions.change_evidence(s, id, dated=STARTED), who=desk.coach)
    assert desk.see(queries.evidence)[0].state == "not verified yet"
    desk.act(lambda s: actions.refuse_evidence(s, id, why="no letterhead"))
    (row,) = desk.see(queries.evidence)
    assert (row.state, row.refused_why, row.verified_by) == ("not good enough", "no letterhead", "")
    desk.act(lambda s: actions.put_file(s, id, actions.File("better.png", SCAN)), who=desk.coach)
    (row,) = desk.see(queries.evidence)
    assert (row.state, row.media, row.refused_why) == ("not verified yet", "PNG", None)


def test_the_same_file_proves_two_things_and_is_kept_once_but_not_twice_the_same(desk: RoomDesk, job: UUID) -> None:
    keep(desk, LETTER, job=job)
    keep(desk, LETTER, job=job, proves="hours")
    assert len(list(desk.store.blobs.names())) == 1
    with pytest.raises(Refusal, match="here already as proof of the same thing"):
        keep(desk, LETTER, job=job)
    assert len(desk.see(queries.evidence)) == 2


def test_a_job_with_proofs_is_not_removed_from_under_them(desk: RoomDesk, job: UUID) -> None:
    id = keep(desk, LETTER, job=job)
    with pytest.raises(Refusal, match="A proof of this is kept here"):
        desk.act(lambda s: actions.remove_job(s, job, why="typed twice"))
    desk.act(lambda s: actions.remove_evidence(s, id, why="wrong person"))
    desk.act(lambda s: actions.remove_job(s, job, why="typed twice"))
    assert desk.see(queries.jobs) == [] and desk.store.check().is_sound


def test_the_proof_of_one_person_is_not_hung_on_another(desk: RoomDesk, job: UUID) -> None:
    other = desk.act(lambda s: people.register(s, lot=desk.shard_end, name="Amina Begum", postcode=SHARD_END))
    with pytest.raises(Refusal, match="belongs to somebody else"):
        keep(desk, LETTER, job=job, participant=other)
    with pytest.raises(Refusal, match="Say what this is a proof of"):
        keep(desk, LETTER, proves="identity")


def test_a_missing_file_is_told_by_check_and_the_record_stands(desk: RoomDesk, job: UUID) -> None:
    id = keep(desk, LETTER, job=job)
    (name,) = desk.store.blobs.names()
    desk.store.blobs.path(name).unlink()
    assert desk.store.check().integrity == "1 kept file is missing"
    with pytest.raises(Trouble, match="not on this computer"):
        desk.see(lambda s: queries.kept_file(s, id))
    assert desk.see(queries.evidence)[0].proves == "job started"


def test_a_backup_carries_the_files_and_a_restored_desk_opens_them(desk: RoomDesk, job: UUID, tmp_path: Any) -> None:
    id = keep(desk, LETTER, job=job)
    desk.store.backup_to(tmp_path / "kept.backup")
    assert LETTER not in (tmp_path / "kept.backup").read_bytes()
    to = tmp_path / "elsewhere" / "new.coachdesk"
    to.parent.mkdir()
    assert backup.restore(tmp_path / "kept.backup", to, "four plain words here", FixedDay(TODAY)).is_sound
    store = opening.open_store(to, desk.store.key, FixedDay(TODAY))
    with store.read() as session:
        assert queries.kept_file(session, id).data == LETTER
    assert store.check().is_sound
    store.close()
