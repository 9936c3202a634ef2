"""Who is in the team, who may write what, what becomes of a lost laptop, and how a dead lead's laptop is replaced."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coachdesk.errors import Refusal
from coachdesk.participant.record import Participant
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.store.ids import new_id
from coachdesk.sync import joining, shelf, team
from coachdesk.sync.folder import Folder
from coachdesk.sync.turn import DONE, OUT
from tests.sync.conftest import CHEAP, LOT, PASSPHRASE, Laptop, World


def test_members_are_listed_with_their_names_and_when_they_were_seen(world: World) -> None:
    lead = world.founded()
    coach = world.joins("Amina Begum")
    world.settle()
    told = {one.name: one for one in team.members(lead.store)}
    assert set(told) == {"Ola", "Amina Begum"}
    assert told["Ola"].is_self and told["Ola"].role == "lead"
    assert told["Amina Begum"].device == coach.dev and told["Amina Begum"].role == "coach" and told["Amina Begum"].last_seen is not None
    assert {one.name for one in team.members(coach.store)} == {"Ola", "Amina Begum"}


def test_a_coach_who_is_in_the_programme_already_is_not_added_twice(world: World) -> None:
    lead = world.founded()
    with lead.store.change(lead.store.desk.owner, "Added a colleague") as session:
        known = TeamMember(name="Amina Begum", role="coach", lots=["Shard End"], from_day=world.clock.today())
        session.add(known)
    coach = world.joins("amina  begum")
    assert coach.store.desk.owner == known.id


def test_only_a_lead_lets_in_and_reports_lost(world: World) -> None:
    world.founded()
    coach = world.joins("Amina")
    joined = joining.join(Folder(world.shared), world.root / "x.coachdesk", PASSPHRASE, "Bilal", world.clock, cost=CHEAP)
    world.add(joined.store)
    for verb in (lambda: team.admit(coach.store, coach.folder, joined.words, name="Bilal"),
                 lambda: team.lost(coach.store, coach.folder, world.lead.dev), lambda: team.rotate(coach.store, coach.folder),
                 lambda: team.change_role(coach.store, coach.folder, coach.dev, "lead")):
        with pytest.raises(Refusal, match="lead"):
            verb()
    with pytest.raises(Refusal, match="in front of you"):
        team.lost(world.lead.store, world.lead.folder, world.lead.dev)


def test_a_lost_laptop_gets_nothing_more_and_what_it_writes_does_not_count(world: World) -> None:
    lead = world.founded()
    coach, stolen = world.joins("Amina"), world.joins("Bilal")
    held = lead.hold()
    good = stolen.meet(held_by := stolen.hold(), "Good work")
    with lead.store.change(lead.store.desk.owner, "Met somebody") as session:
        person = Participant(name="Qasim Rahman", lot_id=LOT, coach_id=lead.store.desk.owner, seal_id=new_id(), reference="CW-7K3-Q9D",
                             registered_on=world.clock.today())
        session.add(person)
    world.settle()
    told = team.lost(lead.store, lead.folder, stolen.dev)
    assert (told.name, told.people) == ("Bilal", (person.id,))
    evil = stolen.meet(held_by, "Written by the thief")
    stolen.rename(good, "Spoilt by the thief")
    secret = lead.meet(held, "After the loss")
    world.laptops.remove(stolen)
    stolen_key = _epochs(stolen)
    lead.sync()
    lead_key = _epochs(lead)
    assert stolen.sync().state == OUT
    _force_out(stolen, world)                # a thief with the program changed: sends all the same
    world.settle()
    for laptop in (lead, coach):
        assert laptop.name_of(good) == "Good work"
        assert laptop.name_of(evil) is None
    assert coach.name_of(secret) == "After the loss"
    assert len(lead_key) == len(stolen_key) + 1
    [aside] = team.aside(lead.store)
    assert (aside.device, aside.ops) == (stolen.dev, 2)
    assert {one.name: one.is_lost for one in team.members(coach.store)}["Bilal"] is True
    world.agree()
    assert team.accept_late(lead.store, lead.folder, stolen.dev) == 2
    world.settle()
    assert coach.name_of(evil) == "Written by the thief"
    world.agree()
    stolen.store.close()


def _epochs(laptop: Laptop) -> set[bytes]:
    with shelf.reading(laptop.store) as connection:
        return set(shelf.ring(connection).keys)


def _force_out(laptop: Laptop, world: World) -> None:
    """Seals and puts what a laptop has, though its team says that it is out."""
    from coachdesk.sync import publish

    with shelf.reading(laptop.store) as connection:
        ring = shelf.ring(connection)
    old = [epoch for epoch in ring.members.epochs if epoch[1] in ring.keys]
    assert old and ring.newest() == old[-1]
    for _ in publish.close(laptop.store, ring):
        pass
    with shelf.reading(laptop.store) as connection:
        fresh = [row.hash for row in shelf.segments(connection) if row.state == shelf.NEW]
    assert len(list(publish.put(laptop.store, laptop.folder, ring, fresh, set()))) == 1


def test_what_only_a_lead_may_write_counts_nowhere_when_a_coach_writes_it(world: World) -> None:
    lead = world.founded()
    coach = world.joins("Amina")
    world.settle()
    with coach.store.change(coach.store.desk.owner, "Renamed a lot") as session:
        session.get(Lot, LOT).name = "My own lot"
    met = coach.meet(coach.hold())
    coach.sync()
    lead.sync()
    assert _lot_name(lead) == "Shard End"
    assert lead.name_of(met) == "Amina Begum"
    assert [(one.name, one.ops) for one in team.aside(lead.store)] == [("Amina", 1)]
    team.change_role(lead.store, lead.folder, coach.dev, "lead")
    assert _lot_name(lead) == "My own lot"
    world.settle()
    world.agree()


def _lot_name(laptop: Laptop) -> str:
    with laptop.store.read() as session:
        return str(session.get(Lot, LOT).name)


def test_a_dead_leads_laptop_is_replaced_by_the_printed_code_alone(world: World) -> None:
    lead = world.founded()
    coach = world.joins("Amina")
    held = lead.hold()
    met = lead.meet(held, "Qasim Rahman")
    world.settle()
    world.laptops.remove(lead)
    lead.store.close()
    with pytest.raises(Refusal, match="recovery code"):
        joining.recover(Folder(world.shared), world.code[:-1] + "X", world.root / "y.coachdesk", PASSPHRASE, "Ola", world.clock, cost=CHEAP)
    assert not list(world.root.glob("y.coachdesk*"))
    back = joining.recover(Folder(world.shared), world.code, world.root / "new.coachdesk", PASSPHRASE, "Ola", world.clock, cost=CHEAP)
    new = world.add(back.store)
    assert new.name_of(met) == "Qasim Rahman"
    assert new.sync().state == DONE
    assert {one.name for one in team.members(new.store)} == {"Ola", "Amina"}
    team.lost(new.store, new.folder, lead.dev)          # the root added both: peers
    assert coach.sync().state == DONE
    joins = joining.join(Folder(world.shared), world.root / "z.coachdesk", PASSPHRASE, "Bilal", world.clock, cost=CHEAP)
    other = world.add(joins.store)
    team.admit(new.store, new.folder, joins.words, name="Bilal")
    world.settle()
    assert other.name_of(met) == "Qasim Rahman"
    world.agree()


def test_a_junior_lead_needs_the_code_to_turn_a_senior_out(world: World) -> None:
    lead = world.founded()
    second = world.joins("Amina", role="lead")
    world.settle()
    with pytest.raises(Refusal, match="before this one"):
        team.lost(second.store, second.folder, lead.dev)
    with pytest.raises(Refusal, match="not this team's recovery code"):
        team.lost(second.store, second.folder, lead.dev, code="0000-0000-0000-0000-0000-0000-0000")
    team.lost(second.store, second.folder, lead.dev, code=world.code)
    assert lead.sync().state == OUT
    assert second.sync().state == DONE


def test_a_join_that_is_refused_leaves_no_store_behind(world: World) -> None:
    world.founded()
    empty = world.root / "empty"
    empty.mkdir()
    for folder, passphrase in ((empty, PASSPHRASE), (world.shared, "short")):
        with pytest.raises((Refusal, Exception)):
            joining.join(Folder(folder), world.root / "n.coachdesk", passphrase, "Amina", world.clock, cost=CHEAP)
        assert not list(world.root.glob("n.coachdesk*"))


def test_keys_are_renewed_each_quarter_by_a_leads_turn_and_history_stays_readable(world: World) -> None:
    lead = world.founded()
    coach = world.joins("Amina")
    met = lead.meet(lead.hold())
    world.settle()
    world.clock.forward(days=91)
    world.settle()
    assert len(_epochs(lead)) == len(_epochs(coach)) == 2
    later = world.joins("Bilal")
    assert len(_epochs(later)) == 2 and later.name_of(met) == "Amina Begum"
    world.settle()
    world.agree()


def test_a_folder_in_which_only_strangers_write_changes_nothing(world: World, other_template: tuple[Path, bytes]) -> None:
    lead = world.founded()
    before = lead.digest()
    (world.root / "b").mkdir()
    elsewhere = World(world.root / "b", *other_template)
    elsewhere.founded()
    elsewhere.lead.hold()
    elsewhere.lead.sync()
    shutil.copytree(elsewhere.shared / "dev", world.shared / "dev", dirs_exist_ok=True)
    shutil.copytree(elsewhere.shared / "team", world.shared / "team", dirs_exist_ok=True)
    shutil.copytree(elsewhere.shared / "keys", world.shared / "keys", dirs_exist_ok=True)
    report = lead.sync()
    assert report.received == 0 and lead.digest() == before
    assert {one.device for one in team.members(lead.store)} == {lead.dev}
    elsewhere.lead.store.close()
