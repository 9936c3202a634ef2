"""The folder does its worst: emptied, set back, torn, renamed, copied, late; a laptop is copied or restored. Nothing is lost, all agree."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from uuid import UUID

import pytest

from coachdesk.activity.record import Evidence
from coachdesk.errors import Trouble
from coachdesk.participant.record import Participant
from coachdesk.store import blobs, opening
from coachdesk.store.ids import new_id
from coachdesk.sync import standing, team
from coachdesk.sync.folder import Files, Folder
from coachdesk.sync.turn import DONE, turn
from tests.sync.conftest import LOT, Laptop, World


def two(world: World) -> tuple[Laptop, Laptop]:
    """A lead and a coach who have agreed on a few records."""
    lead = world.founded()
    coach = world.joins("Amina")
    held = lead.hold()
    lead.meet(held)
    world.settle()
    return lead, coach


def segments_of(world: World) -> list[Path]:
    return sorted(world.shared.rglob("*.cdx"))


def test_an_emptied_folder_is_filled_again_from_one_laptop(world: World) -> None:
    lead, coach = two(world)
    before = {path.name for path in world.shared.rglob("*.cd?") if "ack" not in path.name}
    for thing in world.shared.iterdir():
        shutil.rmtree(thing) if thing.is_dir() else thing.unlink()
    report = coach.sync()
    assert report.state == DONE and report.healed > 0 and any("emptied" in said for said in report.warnings)
    coach.sync()
    now = {path.name for path in world.shared.rglob("*.cd?") if "ack" not in path.name}
    assert before - now <= {f"{coach.dev}.cdj"}
    world.joins("Bilal")
    world.settle()
    world.agree()


def test_a_folder_that_was_set_back_is_brought_up_to_date_and_said(world: World) -> None:
    lead, coach = two(world)
    old = world.root / "last week"
    shutil.copytree(world.shared, old)
    met = coach.meet(coach.hold())
    world.settle()
    shutil.rmtree(world.shared)
    shutil.copytree(old, world.shared)
    report = lead.sync()
    assert report.healed > 0 and any("put back" in said for said in report.warnings)
    world.joins("Bilal")
    world.settle()
    world.agree()
    assert world.laptops[-1].name_of(met) == "Amina Begum"


def test_a_torn_file_waits_in_the_tray_and_is_healed_by_who_holds_it(world: World) -> None:
    lead, coach = two(world)
    met = coach.meet(coach.hold())
    coach.sync()
    [fresh] = [path for path in segments_of(world) if path.parent.parent.name == coach.dev][-1:]
    fresh.write_bytes(fresh.read_bytes()[:100])
    report = lead.sync()
    assert report.parked == 1
    assert lead.name_of(met) is None
    assert coach.sync().healed == 1
    report = lead.sync()
    assert report.parked == 0
    assert lead.name_of(met) == "Amina Begum"
    world.agree()


def test_a_file_that_rots_at_its_full_size_is_asked_for_and_put_back(world: World) -> None:
    lead, coach = two(world)
    met = coach.meet(coach.hold())
    coach.sync()
    [fresh] = [path for path in segments_of(world) if path.parent.parent.name == coach.dev][-1:]
    rotten = bytearray(fresh.read_bytes())
    rotten[len(rotten) // 2] ^= 1
    fresh.write_bytes(bytes(rotten))
    assert lead.sync().parked == 1
    assert coach.sync().healed == 1
    assert lead.sync().parked == 0
    assert lead.name_of(met) == "Amina Begum"


def test_one_bad_file_never_holds_up_the_rest(world: World) -> None:
    lead, coach = two(world)
    for number in range(4):
        (world.shared / "dev" / f"noise {number}.cdx").write_bytes(random.Random(number).randbytes(2_000))
    (world.shared / "dev" / "empty.cdx").write_bytes(b"")
    met = coach.meet(coach.hold())
    coach.sync()
    report = lead.sync()
    assert report.parked == 5 and report.received > 0
    assert lead.name_of(met) == "Amina Begum"
    for path in [*world.shared.rglob("noise*"), *world.shared.rglob("empty*")]:
        path.unlink()
    assert lead.sync().parked == 0


@pytest.mark.parametrize("name", ["{}-DESKTOP-7.cdx", "{} (1).cdx", "Copy of {}.cdx"])
def test_renamed_and_copied_files_harm_nothing(name: str, world: World) -> None:
    lead, coach = two(world)
    met = coach.meet(coach.hold())
    coach.sync()
    for path in segments_of(world):
        shutil.copy(path, path.with_name(name.format(path.stem)))
        if coach.dev in str(path):
            path.unlink()       # only the renamed one is left
    report = lead.sync()
    assert lead.name_of(met) == "Amina Begum" and report.parked == 0
    world.settle()
    assert lead.sync().received == 0
    world.agree()


def test_small_keys_that_come_late_open_what_waited(world: World) -> None:
    lead, coach = two(world)
    met = coach.meet(coach.hold(), "Bilal Khan")
    coach.sync()
    held_back = world.root / "not yet"
    shutil.move(world.shared / "seal", held_back)
    lead.sync()
    assert lead.name_of(met) in (None, "")
    for path in held_back.iterdir():
        (world.shared / "seal").mkdir(exist_ok=True)
        shutil.copy(path, world.shared / "seal" / path.name)
    lead.sync()
    assert lead.name_of(met) == "Bilal Khan"
    world.settle()
    world.agree()


def test_lost_key_files_are_put_back_by_who_holds_the_keys(world: World) -> None:
    lead, coach = two(world)
    met = coach.meet(coach.hold(), "Bilal Khan")
    coach.sync()
    shutil.rmtree(world.shared / "seal")
    lead.sync()
    coach.sync()
    lead.sync()
    assert lead.name_of(met) == "Bilal Khan"


def test_a_store_set_back_to_an_earlier_day_goes_on_and_nothing_is_lost(world: World) -> None:
    """Restored with its lineage token, as a disk image would: nothing but the shared folder can tell."""
    lead, coach = two(world)
    image = world.root / "image"
    coach.store.close()
    shutil.copytree(coach.store.path.parent, image)
    _open(coach)
    held = coach.hold()
    first = coach.meet(held, "Written before the disk died")
    coach.sync()
    coach.store.close()
    shutil.rmtree(coach.store.path.parent)
    shutil.copytree(image, coach.store.path.parent)
    _open(coach)
    before = coach.store.desk.incarnation
    second = coach.meet(coach.hold(), "Written after the restore")
    report = coach.sync()
    assert any("set back" in said for said in report.warnings)
    assert coach.store.desk.incarnation != before
    world.settle()
    for laptop in (lead, coach):
        assert laptop.name_of(first) == "Written before the disk died"
        assert laptop.name_of(second) == "Written after the restore"
    world.agree()


def test_two_copies_of_one_store_that_both_go_on_agree_in_the_end(world: World) -> None:
    lead, coach = two(world)
    coach.store.close()
    shutil.copytree(coach.store.path.parent, world.root / "clone")
    _open(coach)
    clone = world.add(opening.open_store(world.root / "clone" / "desk.coachdesk", coach.store.key, world.clock))
    one = coach.meet(coach.hold(), "By the first")
    two_ = clone.meet(clone.hold(), "By the second")
    coach.sync()
    clone.sync()
    world.settle()
    for laptop in world.laptops:
        assert laptop.name_of(one) == "By the first" and laptop.name_of(two_) == "By the second"
    world.agree()


def test_unpublished_work_in_a_restored_backup_is_published(world: World) -> None:
    """Restored without its lineage token: the store takes a new incarnation at once, and what it had not sent goes out as well."""
    lead, coach = two(world)
    met = coach.meet(coach.hold(), "Never sent before the backup")
    coach.store.close()
    (coach.store.path.parent / "desk.coachdesk.lineage").unlink()
    _open(coach)
    later = coach.meet(coach.hold(), "After the restore")
    world.settle()
    assert lead.name_of(met) == "Never sent before the backup"
    assert lead.name_of(later) == "After the restore"
    assert standing.standing(coach.store).only_here == 0
    world.agree()


def _open(laptop: Laptop) -> None:
    laptop.store = opening.open_store(laptop.store.path, laptop.store.key, laptop.clock)


def test_a_turn_that_dies_at_any_write_is_finished_by_the_next(world: World) -> None:
    lead, coach = two(world)

    class Dying(Files):
        left = 0

        def write(self, path: str, data: bytes) -> None:
            if self.left == 0:
                with open(path, "wb") as file:
                    file.write(data[: len(data) // 2])
                raise OSError(28, "No space left on device")
            self.left -= 1
            super().write(path, data)

    for left in range(6):
        met = coach.meet(coach.hold(), f"Round {left}")
        files = Dying()
        files.left = left
        try:
            turn(coach.store, Folder(world.shared, files=files))
        except Trouble as said:
            assert "full" in said.sentence
        coach.sync()
        lead.sync()
        assert lead.name_of(met) == f"Round {left}"
    assert not list(world.shared.rglob("*.tmp"))
    world.settle()
    world.agree()


def test_the_team_moves_to_a_new_folder_with_everything(world: World) -> None:
    lead, coach = two(world)
    new = world.root / "new place"
    new.mkdir()
    team.move(lead.store, Folder(new))
    turn(lead.store, Folder(new))
    assert len(list(new.rglob("*.cdx"))) == len(segments_of(world))
    coach.folder = Folder(new)
    met = coach.meet(coach.hold())
    coach.sync()
    turn(lead.store, Folder(new))
    assert lead.name_of(met) == "Amina Begum"


def test_what_rots_in_the_folder_is_found_and_put_back_before_anybody_asks(world: World) -> None:
    two(world)
    for pattern in ("team/*.cdm", "keys/*.cdk", "seal/*.cdk", "dev/*/*/*.cdx"):
        for path in world.shared.glob(pattern):
            rotten = bytearray(path.read_bytes())
            rotten[len(rotten) // 2] ^= 1
            path.write_bytes(bytes(rotten))
    world.clock.forward(hours=2)
    assert any("damaged" in said for said in world.lead.sync().warnings)
    later = world.joins("Bilal")
    assert later.sync().parked == 0
    world.settle()
    world.agree()


def test_evidence_travels_with_the_record_that_names_it(world: World) -> None:
    lead, coach = two(world)
    scan = b"%PDF-1.4 a payslip" + bytes(5_000)
    kept = add_scan(coach, scan)
    assert coach.sync().files_out == 1
    assert b"payslip" not in b"".join(path.read_bytes() for path in world.shared.rglob("*.cdb"))
    assert lead.sync().files_in == 1
    assert scan_on(lead, kept) == scan
    for path in world.shared.rglob("*.cdb"):
        path.unlink()
    lead.sync()
    later = world.joins("Bilal")
    assert scan_on(later, kept) == scan
    assert later.sync().missing_files == 0
    world.settle()
    world.agree()


def add_scan(laptop: Laptop, scan: bytes) -> UUID:
    """A scan of somebody's paper."""
    store, seal_id = laptop.store, new_id()
    with store.change(store.desk.owner, "Registered somebody") as session:
        person = Participant(name="Qasim Rahman", lot_id=LOT, coach_id=store.desk.owner, seal_id=seal_id, reference="CW-7K3-Q9D",
                             registered_on=laptop.clock.today())
        session.add(person)
        put = blobs.put(session, seal_id, scan)
        made = Evidence(participant_id=person.id, coach_id=store.desk.owner, proves="a job", obtained_on=laptop.clock.today(), how="seen",
                        blob=put.name, digest=put.digest, size=put.size)
        session.add(made)
    return made.id


def scan_on(laptop: Laptop, kept: UUID) -> bytes:
    with laptop.store.read() as session:
        piece = session.get(Evidence, kept)
        assert piece is not None and piece.blob and piece.digest and piece.size
        person = session.get(Participant, piece.participant_id)
        assert person is not None
        return blobs.get(session, person.seal_id, blobs.Held(piece.blob, piece.digest, piece.size))
