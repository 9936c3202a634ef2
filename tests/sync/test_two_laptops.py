"""Two coaches on two laptops with a folder between them: they agree, nothing is lost, and each can say so."""

from __future__ import annotations

import pytest

from coachdesk.errors import Refusal
from coachdesk.outreach.record import Session
from coachdesk.store.undo import undo_last
from coachdesk.sync import joining, standing, team
from coachdesk.sync.carrier import AnotherPlace, Gone
from coachdesk.sync.folder import Folder
from coachdesk.sync.turn import DONE, JOINING, turn
from tests.sync.conftest import CHEAP, PASSPHRASE, World


def test_a_coach_who_joins_has_the_whole_desk_and_both_agree(world: World) -> None:
    lead = world.founded()
    held = lead.hold()
    met = lead.meet(held)
    coach = world.joins("Amina")
    assert coach.name_of(met) == "Amina Begum"
    assert coach.store.desk.owner in {one.member for one in team.members(lead.store)}
    other = coach.meet(held, "Bilal Khan")
    coach.sync()
    assert lead.sync().received > 0
    assert lead.name_of(other) == "Bilal Khan"
    world.agree()


def test_both_work_at_once_and_agree(world: World) -> None:
    lead = world.founded()
    coach = world.joins("Amina")
    held = lead.hold()
    met = lead.meet(held)
    world.settle()
    lead.rename(met, "Amina B")
    coach.rename(met, "A Begum")
    for laptop in (lead, coach):
        laptop.meet(held, f"Met by {laptop.dev[:4]}")
    world.settle()
    assert lead.name_of(met) == coach.name_of(met)
    assert lead.sync().conflicts == coach.sync().conflicts == 1
    world.agree()


def test_a_turn_with_nothing_to_do_sends_nothing_and_writes_nothing(world: World) -> None:
    lead = world.founded()
    world.joins("Amina")
    world.settle()
    before = sorted((path, path.stat().st_mtime_ns) for path in world.shared.rglob("*"))
    report = lead.sync()
    assert (report.state, report.sent, report.received, report.parked, report.warnings) == (DONE, 0, 0, 0, ())
    assert sorted((path, path.stat().st_mtime_ns) for path in world.shared.rglob("*")) == before


def test_whoever_is_not_let_in_yet_gets_nothing(world: World) -> None:
    lead = world.founded()
    lead.hold()
    lead.sync()
    joined = joining.join(Folder(world.shared), world.root / "x.coachdesk", PASSPHRASE, "Amina", world.clock, cost=CHEAP)
    coach = world.add(joined.store)
    report = coach.sync()
    assert (report.state, report.received) == (JOINING, 0)
    assert joining.words(coach.store) == joined.words
    [asking] = team.asking(lead.store, lead.folder)
    assert (asking.words, asking.name, asking.device) == (joined.words, "Amina", coach.dev)
    with pytest.raises(Refusal, match="No laptop asks"):
        team.admit(lead.store, lead.folder, "acorn acorn acorn acorn acorn acorn", name="Amina")
    team.admit(lead.store, lead.folder, coach.dev, name="Amina")
    assert team.asking(lead.store, lead.folder) == []
    assert coach.sync().state == DONE
    assert joining.words(coach.store) == ""
    world.settle()
    world.agree()


def test_nothing_that_names_a_person_stands_readable_in_the_folder(world: World) -> None:
    lead = world.founded()
    world.joins("Zubeda Maqsood")
    held = lead.hold()
    lead.meet(held, "Qasim Rahman")
    world.settle()
    names = " ".join(str(path.relative_to(world.shared)) for path in world.shared.rglob("*"))
    content = b"".join(path.read_bytes() for path in world.shared.rglob("*") if path.is_file())
    for word in ("Qasim", "Rahman", "Zubeda", "Maqsood", "Shard End", "All Saints", "Ola"):
        assert word not in names and word.encode() not in content


def test_a_desk_without_a_team_says_so(world: World) -> None:
    with pytest.raises(Refusal, match="does not share"):
        world.lead.sync()
    assert standing.standing(world.lead.store).in_team is False


def test_another_teams_folder_is_refused_and_stays_as_it_is(world: World) -> None:
    lead = world.founded()
    other = world.root / "other"
    other.mkdir()
    with pytest.raises(AnotherPlace, match="not the team's"):
        turn(lead.store, Folder(other))
    assert list(other.iterdir()) == []
    (other / "FORMAT.txt").write_text("coachdesk shared folder, format 1\nspace " + "0" * 32 + "\nfounding " + "0" * 64 + "\n")
    with pytest.raises(AnotherPlace, match="another team"):
        turn(lead.store, Folder(other))
    with pytest.raises(Refusal, match="already"):
        team.create(world.lead.store, Folder(other))
    with pytest.raises(Gone):
        turn(lead.store, Folder(world.root / "stick"))


def test_where_work_stands_is_said_honestly(world: World) -> None:
    lead = world.founded()
    coach = world.joins("Amina")
    world.settle()
    assert standing.standing(coach.store).state == standing.SAFE
    held = coach.hold()
    met = coach.meet(held)
    told = standing.standing(coach.store)
    assert (told.state, told.only_here, told.is_red) == (standing.HERE, 2, False)
    assert standing.of_record(coach.store, met) == standing.HERE
    world.clock.forward(hours=25)
    assert standing.standing(coach.store).is_red
    coach.sync()
    assert standing.standing(coach.store).state == standing.of_record(coach.store, met) == standing.SHARED
    lead.sync()
    coach.sync()
    told = standing.standing(coach.store)
    assert (told.state, told.only_here, told.not_safe, told.is_red) == (standing.SAFE, 0, 0, False)
    assert standing.of_record(coach.store, met) == standing.SAFE


def test_the_lead_sees_who_was_last_seen_when_and_what_has_not_arrived(world: World) -> None:
    lead = world.founded()
    coach, other = world.joins("Amina"), world.joins("Bilal")
    world.settle()
    held = coach.hold()
    coach.sync()
    other.sync()
    for path in world.shared.rglob(f"{coach.dev}/*/*.cdx"):
        path.unlink()           # has not arrived at the lead's, though Bilal has it
    lead.sync()
    seen = {one.name: one for one in standing.seen(lead.store)}
    assert seen["Amina"].missing == 1 and "1 segment not arrived, last seen 12 May" in seen["Amina"].sentence
    assert seen["Bilal"].missing == 0
    other.sync()                # heals
    lead.sync()
    assert all(one.missing == 0 for one in standing.seen(lead.store))
    assert lead.has_session(held)


def test_what_a_colleague_wrote_on_keeps_a_removed_record_and_undo_says_so(world: World) -> None:
    lead = world.founded()
    coach = world.joins("Amina")
    held = lead.hold()
    world.settle()
    with lead.store.change(lead.store.desk.owner, "Removed a session") as session:
        session.delete(session.get(Session, held))
    met = coach.meet(held, "Bilal Khan")
    world.settle()
    assert lead.has_session(held) and lead.name_of(met) == "Bilal Khan"
    assert lead.sync().conflicts == 1
    with pytest.raises(Refusal, match="stands again already"):
        undo_last(lead.store, lead.store.desk.owner)
    world.settle()
    world.agree()


def test_a_clock_that_runs_ahead_is_told_of_with_its_owner_and_swallows_no_work(world: World) -> None:
    lead = world.founded()
    coach = world.joins("Amina Begum")
    held = lead.hold()
    met = lead.meet(held, "Bilal")
    world.settle()
    world.clock.forward(days=2)             # only the coach's laptop: set back below, before the lead looks
    coach.rename(met, "Bilal Khan")
    coach.sync()
    world.clock.forward(days=-2)
    told = lead.sync().warnings
    assert any("laptop of Amina Begum has a clock that is" in said and "ahead" in said for said in told), told
    lead.rename(met, "Bilal A Khan")        # who knew of the other edit comes after it, whatever the clocks say
    world.settle()
    assert lead.name_of(met) == coach.name_of(met) == "Bilal A Khan"
    world.agree()
