"""Undo sets back exactly what was, or says why it will not."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from coachdesk.errors import Refusal
from coachdesk.outreach.record import Contact, Session
from coachdesk.programme.record import TeamMember
from coachdesk.store import backup
from coachdesk.store.session import Store
from coachdesk.store.undo import undo_last
from tests.store.conftest import DAY, LOT, VENUE, meet


def edit(store: Store, contact, actor=None, **values: object) -> None:
    with store.change(actor or store.desk.owner, "Edited") as session:
        found = session.get(Contact, contact)
        for name, value in values.items():
            setattr(found, name, value)


def values(store: Store, contact) -> dict[str, object] | None:
    with store.read() as session:
        row = session.execute(sa.select(Contact.__table__).where(Contact.id == contact)).mappings().first()
        return None if row is None else {name: value for name, value in row.items() if name != "row"}


def test_an_edit_is_set_back_exactly(desk: Store, held) -> None:
    contact = meet(desk, held, phone="07700 900123", topics=["cv help", "childcare"], follow_up_on=DAY)
    before = values(desk, contact)
    edit(desk, contact, phone=None, name="Amina B", topics=["debt"], follow_up_on=None, note="new")
    assert undo_last(desk, desk.desk.owner)[0] == "Edited"
    assert values(desk, contact) == before and backup.check(desk.engine).is_sound


def test_what_was_made_is_gone_and_what_was_deleted_comes_back(desk: Store, held) -> None:
    contact = meet(desk, held, topics=["cv help"], follow_up_on=DAY)
    before = values(desk, contact)
    with desk.change(desk.desk.owner, "Removed") as session:
        session.delete(session.get(Contact, contact))
    assert values(desk, contact) is None
    undo_last(desk, desk.desk.owner)
    assert values(desk, contact) == before
    undo_last(desk, desk.desk.owner)
    assert values(desk, contact) is None and backup.check(desk.engine).is_sound


def test_undo_goes_back_step_by_step(desk: Store, held) -> None:
    contact = meet(desk, held)
    for phone in ("1", "2", "3"):
        edit(desk, contact, phone=phone)
    seen = []
    for _ in range(3):
        undo_last(desk, desk.desk.owner)
        seen.append(values(desk, contact)["phone"])
    assert seen == ["2", "1", None]
    undo_last(desk, desk.desk.owner)
    assert values(desk, contact) is None


def test_an_action_of_several_flushes_is_taken_back_whole(desk: Store, held) -> None:
    with desk.change(desk.desk.owner, "In steps") as session:
        made = Contact(session_id=held, name="Ann", met_at=desk.clock.now(), topics=["cv help"])
        session.add(made)
        session.flush()
        made.name, made.topics = "Anne", []
        session.flush()
        made.name = "Annie"
    contact = made.id
    edit(desk, contact, name="Anna")
    with desk.change(desk.desk.owner, "Twice over") as session:
        found = session.get(Contact, contact)
        found.phone = "1"
        session.flush()
        found.phone = "2"
    undo_last(desk, desk.desk.owner)
    assert values(desk, contact)["phone"] is None
    undo_last(desk, desk.desk.owner)
    assert values(desk, contact)["name"] == "Annie"
    undo_last(desk, desk.desk.owner)
    assert values(desk, contact) is None and backup.check(desk.engine).is_sound


def test_an_action_that_went_to_and_fro_is_taken_back_as_well(desk: Store, held) -> None:
    contact = meet(desk, held)
    edit(desk, contact, phone="1")
    with desk.change(desk.desk.owner, "To and fro") as session:
        found = session.get(Contact, contact)
        found.phone = "2"
        session.flush()
        found.phone = "1"
    assert undo_last(desk, desk.desk.owner)[0] == "To and fro" and values(desk, contact)["phone"] == "1"
    assert undo_last(desk, desk.desk.owner)[0] == "Edited" and values(desk, contact)["phone"] is None
    assert backup.check(desk.engine).is_sound


def test_a_record_made_and_deleted_in_one_action_can_be_undone(desk: Store, held) -> None:
    with desk.change(desk.desk.owner, "There and gone") as session:
        made = Contact(session_id=held, name="Ann", met_at=desk.clock.now())
        session.add(made)
        session.flush()
        session.delete(made)
    undo_last(desk, desk.desk.owner)
    assert values(desk, made.id) is None and backup.check(desk.engine).is_sound


def test_parent_and_child_of_one_action_go_together(desk: Store) -> None:
    with desk.change(desk.desk.owner, "Both") as session:
        parent = Session(venue_id=VENUE, lot_id=LOT, coach_id=desk.desk.owner, kind="food bank", held_on=DAY)
        child = Contact(session_id=parent.id, name="Ann", met_at=desk.clock.now())
        session.add_all([child, parent])
    undo_last(desk, desk.desk.owner)
    assert values(desk, child.id) is None and backup.check(desk.engine).is_sound


@pytest.fixture
def colleague(desk: Store):
    member = TeamMember(name="Dev", role="coach", lots=[], from_day=DAY)
    with desk.change(desk.desk.owner, "Joined") as session:
        session.add(member)
    return member.id


def test_undo_is_refused_when_a_colleague_edited_since(desk: Store, colleague, held) -> None:
    contact = meet(desk, held)
    edit(desk, contact, phone="1")
    edit(desk, contact, colleague, phone="2")
    with pytest.raises(Refusal, match="edited since"):
        undo_last(desk, desk.desk.owner)
    assert values(desk, contact)["phone"] == "2"


def test_an_undo_of_my_own_does_not_hide_a_colleagues_edit_beneath_it(desk: Store, colleague, held) -> None:
    contact = meet(desk, held)
    edit(desk, contact, phone="mine")
    edit(desk, contact, colleague, phone="theirs")
    edit(desk, contact, phone="mine again")
    undo_last(desk, desk.desk.owner)
    assert values(desk, contact)["phone"] == "theirs"
    with pytest.raises(Refusal, match="edited since"):
        undo_last(desk, desk.desk.owner)
    assert values(desk, contact)["phone"] == "theirs"


def test_a_record_that_a_colleague_added_to_is_not_taken_away(desk: Store, colleague, held) -> None:
    contact = meet(desk, held)
    edit(desk, contact, colleague, phone="theirs")
    with pytest.raises(Refusal, match="edited since"):
        undo_last(desk, desk.desk.owner)
    assert values(desk, contact)["phone"] == "theirs"
    undo_last(desk, colleague)
    undo_last(desk, desk.desk.owner)
    assert values(desk, contact) is None


def test_a_colleagues_edit_that_they_took_back_is_no_hindrance(desk: Store, colleague, held) -> None:
    contact = meet(desk, held)
    edit(desk, contact, phone="mine")
    edit(desk, contact, colleague, phone="theirs")
    undo_last(desk, colleague)
    undo_last(desk, desk.desk.owner)
    assert values(desk, contact)["phone"] is None


def test_a_colleagues_deletion_that_they_took_back_is_no_hindrance(desk: Store, colleague, held) -> None:
    contact = meet(desk, held)
    edit(desk, contact, phone="mine")
    with desk.change(colleague, "Removed") as session:
        session.delete(session.get(Contact, contact))
    with pytest.raises(Refusal, match="gone since"):
        undo_last(desk, desk.desk.owner)
    undo_last(desk, colleague)
    undo_last(desk, desk.desk.owner)
    assert values(desk, contact)["phone"] is None and backup.check(desk.engine).is_sound


def test_undo_is_refused_when_something_was_added_to_it(desk: Store, colleague, held) -> None:
    with desk.change(colleague, "Logged a contact") as session:
        session.add(Contact(session_id=held, name="Ann", met_at=desk.clock.now()))
    with pytest.raises(Refusal, match="something was added to it since"):
        undo_last(desk, desk.desk.owner)  # of the session itself
    assert backup.check(desk.engine).is_sound


def test_what_lasts_cannot_be_undone(desk: Store, held) -> None:
    with desk.change(desk.desk.owner, "Sent the claim", lasting=True) as session:
        session.add(Contact(session_id=held, name="Ann", met_at=desk.clock.now()))
    with pytest.raises(Refusal, match="“Sent the claim” cannot be undone"):
        undo_last(desk, desk.desk.owner)


def test_with_nothing_done_there_is_nothing_to_undo(desk: Store, colleague) -> None:
    with pytest.raises(Refusal, match="nothing to undo"):
        undo_last(desk, colleague)
