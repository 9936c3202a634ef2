"""Partners, their places and their people, on a real store."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from coachdesk.errors import Refusal
from coachdesk.partner import actions, queries
from coachdesk.store.doors import fields_of
from tests.rooms.conftest import RoomDesk


def food_bank(desk: RoomDesk, name: str = "St Peter's Food Bank", lots: tuple[str, ...] = ("Shard End",)) -> UUID:
    return desk.act(lambda s: actions.add_partner(s, name=name, kind="food bank", lots=list(lots)))


def test_a_partner_with_its_place_and_person_is_found(desk: RoomDesk) -> None:
    partner = food_bank(desk)
    venue = desk.act(lambda s: actions.add_venue(s, name="Church Hall", partner=partner, postcode="b347aa"))
    desk.act(lambda s: actions.add_contact(s, partner=partner, name="Ṛañjana Müller", phone="+447400123456", email="r@example.org"))
    row, = desk.see(queries.partners)
    assert (row.name, row.kind, row.lots) == ("St Peter's Food Bank", "food bank", ("Shard End",))
    assert (row.venues, row.contacts, row.reply_days) == (1, 1, 14)
    place, = desk.see(queries.venues)
    assert (place.id, place.postcode, place.lot, place.partner) == (venue, "B34 7AA", "Shard End", "St Peter's Food Bank")
    person, = desk.see(lambda s: queries.contacts(s, partner=partner))
    assert person.phone == "07400 123456"
    assert [hit.kind for hit in desk.see(lambda s: queries.named(s, "muller"))] == ["partner.contact"]
    assert [hit.kind for hit in desk.see(lambda s: queries.named(s, "st peters"))] == ["partner"]


def test_the_same_name_in_the_same_lot_is_refused_and_the_first_is_named(desk: RoomDesk) -> None:
    food_bank(desk)
    with pytest.raises(Refusal, match="St Peter's Food Bank .* is already known in Shard End"):
        food_bank(desk, "ST PETER’S food  bank", ("Shard End", "Camp Hill"))
    assert len(desk.see(queries.partners)) == 1


def test_the_same_name_in_another_lot_is_another_organisation(desk: RoomDesk) -> None:
    food_bank(desk)
    food_bank(desk, lots=("camp hill ward",))
    assert [row.lots for row in desk.see(lambda s: queries.partners(s, lot=desk.camp_hill))] == [("Camp Hill",)]


def test_a_partner_cannot_be_moved_onto_its_twin(desk: RoomDesk) -> None:
    food_bank(desk)
    other = food_bank(desk, lots=("Camp Hill",))
    with pytest.raises(Refusal, match="already known"):
        desk.act(lambda s: actions.change_partner(s, other, lots=["Shard End"]))
    desk.act(lambda s: actions.change_partner(s, other, reply_days=5, note="open on Tuesdays"))
    desk.act(lambda s: actions.change_partner(s, other, note=""))
    row, = desk.see(lambda s: queries.partners(s, lot=desk.camp_hill))
    assert (row.reply_days, row.note) == (5, None)


def test_a_place_needs_no_postcode_but_a_wrong_one_is_refused(desk: RoomDesk) -> None:
    partner = food_bank(desk)
    with pytest.raises(Refusal, match="“B3 4” is not a postcode"):
        desk.act(lambda s: actions.add_venue(s, name="Hall", partner=partner, postcode="B3 4"))
    venue = desk.act(lambda s: actions.add_venue(s, name="Market stall", lot=desk.camp_hill))
    desk.act(lambda s: actions.change_venue(s, venue, postcode="cv10 0hj"))
    assert [(row.name, row.postcode) for row in desk.see(queries.venues)] == [("Market stall", "CV10 0HJ")]


def test_a_place_without_a_lot_is_asked_for_one(desk: RoomDesk) -> None:
    partner = food_bank(desk, lots=("Shard End", "Camp Hill"))
    with pytest.raises(Refusal, match="belongs to one lot"):
        desk.act(lambda s: actions.add_venue(s, name="Hall", partner=partner))


@pytest.mark.parametrize("number", ["12345", "07400 12345", "999", "not a number", "07400 123456 ext 5"])
def test_a_number_that_cannot_be_called_is_refused_kindly(number: str) -> None:
    with pytest.raises(Refusal) as refused:
        actions.phone_of(number)
    assert "Nothing was changed" in refused.value.next_step


@pytest.mark.parametrize(("typed", "kept"), [("0044 7400123456", "07400 123456"), ("07700900123", "07700 900123"),
                                             ("01214960123", "0121 496 0123"),
                                             ("+48512345678", "+48 512 345 678"), ("", None)])
def test_a_number_is_kept_in_its_national_form(typed: str, kept: str | None) -> None:
    assert actions.phone_of(typed) == kept


def test_a_contact_can_be_changed_and_removed(desk: RoomDesk) -> None:
    partner = food_bank(desk)
    contact = desk.act(lambda s: actions.add_contact(s, partner=partner, name="Jo", phone="0121 496 0123"))
    desk.act(lambda s: actions.change_contact(s, contact, role="warden", phone=""))
    row, = desk.see(queries.contacts)
    assert (row.role, row.phone) == ("warden", None)
    desk.act(lambda s: actions.remove_contact(s, contact))
    assert desk.see(queries.contacts) == []
    with pytest.raises(Refusal, match="no such contact"):
        desk.act(lambda s: actions.change_contact(s, contact, name="Joe"))


def test_names_of_people_at_partners_are_not_readable_in_the_log(desk: RoomDesk) -> None:
    partner = food_bank(desk)
    desk.act(lambda s: actions.add_contact(s, partner=partner, name="Wilhelmina Quux"))
    heads = desk.see(lambda s: [row[0] for row in s.connection().exec_driver_sql("select head from op")])
    assert not any("Wilhelmina" in head for head in heads)


def test_every_door_describes_its_fields_and_makes_json(desk: RoomDesk) -> None:
    for door in actions.DOORS:
        for action in (action for action in (door.add, *door.verbs.values()) if action):
            assert all(field.says for field in fields_of(action))
        json.dumps([str(row) for row in desk.see(lambda s, door=door: door.rows(s, lot=desk.shard_end, limit=1))])
