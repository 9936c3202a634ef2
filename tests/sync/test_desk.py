"""The conflict desk: what two laptops wrote side by side, in words that people know, and what becomes of a choice."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from coachdesk.errors import Refusal
from coachdesk.outreach.record import Contact, Session
from coachdesk.store.undo import undo_last
from coachdesk.sync import desk, naming
from tests.sync.conftest import Laptop, World


def choices(laptop: Laptop) -> list[desk.Choice]:
    with laptop.store.read() as session:
        return desk.choices(session)


def act(laptop: Laptop, action: Any) -> None:
    laptop.clock.forward(minutes=1)
    laptop.store.act(laptop.store.desk.owner, "Chose", action)


def torn(world: World) -> tuple[Laptop, Laptop, UUID]:
    """Two laptops on which one name was written differently at the same time."""
    lead = world.founded()
    contact = lead.meet(lead.hold())
    coach = world.joins("Amina")
    lead.rename(contact, "Amina Begum-Ali")
    coach.rename(contact, "Aminah Begum")
    world.settle(2)
    return lead, coach, contact


def test_two_names_are_listed_with_who_said_them_and_which_one_stands(world: World) -> None:
    lead, coach, contact = torn(world)
    for laptop in (lead, coach):
        (one,) = choices(laptop)
        assert (one.what, one.entity, one.id, one.kind, one.label, one.is_private) == (
            desk.VALUES, "outreach_contact", contact, "Who was met", "Full name", True)
        assert {(voice.value, voice.who) for voice in one.voices} == {("Amina Begum-Ali", "Ola"), ("Aminah Begum", "Amina")}
        assert [voice.stands for voice in one.voices] == [True, False] and one.voices[0].value == laptop.name_of(contact)
        assert one.goes_to[0] == ("outreach.contact", contact) and one.goes_to[1][0] == "outreach.session"


def test_a_choice_stands_on_every_laptop_and_can_be_taken_back(world: World) -> None:
    lead, coach, contact = torn(world)
    (one,) = choices(coach)
    loser = one.voices[1]
    act(coach, lambda session: desk.choose(session, one.entity, one.id, one.field, loser.stamp))
    world.settle(2)
    assert lead.name_of(contact) == coach.name_of(contact) == loser.value and not choices(lead) and not choices(coach)
    undo_last(coach.store, coach.store.desk.owner)
    world.settle(2)
    assert lead.name_of(contact) == coach.name_of(contact) == one.voices[0].value
    world.agree()


def test_choosing_what_stands_already_settles_it_too(world: World) -> None:
    lead, coach, contact = torn(world)
    (one,) = choices(lead)
    act(lead, lambda session: desk.choose(session, one.entity, one.id, one.field, one.voices[0].stamp))
    world.settle(2)
    assert not choices(lead) and not choices(coach) and lead.name_of(contact) == one.voices[0].value
    with pytest.raises(Refusal, match="chosen already"):
        act(coach, lambda session: desk.choose(session, one.entity, one.id, one.field, one.voices[1].stamp))


def test_another_value_goes_through_the_rules_of_its_room(world: World) -> None:
    lead, coach, contact = torn(world)
    (one,) = choices(lead)
    assert one.typed == "text"
    with pytest.raises(Refusal):
        act(lead, lambda session: desk.write(session, one.entity, one.id, "phone", "not a telephone"))
    act(lead, lambda session: desk.write(session, one.entity, one.id, "name", "Amina B"))
    world.settle(2)
    assert coach.name_of(contact) == "Amina B" and not choices(coach)


def test_a_record_that_was_deleted_while_somebody_wrote_on_it_stays_until_somebody_says(world: World) -> None:
    for deed, stands in ((desk.keep, True), (desk.delete, False)):
        lead = world.lead if world.code else world.founded()
        contact = lead.meet(lead.hold())
        coach = world.laptops[1] if len(world.laptops) > 1 else world.joins("Amina")
        world.settle(1)
        act(coach, lambda session, gone=contact: session.delete(session.get(Contact, gone)))
        lead.rename(contact, "Amina Begum-Ali")
        world.settle(2)
        (one,) = [each for each in choices(coach) if each.what == desk.KEPT]
        assert one.voices[0].who == "Amina" and coach.name_of(contact) == "Amina Begum-Ali"
        act(coach, lambda session, deed=deed, one=one: deed(session, one.entity, one.id))
        world.settle(2)
        assert (lead.name_of(contact) is not None) is stands and not [each for each in choices(lead) if each.what == desk.KEPT]
    world.agree()


def test_edits_side_by_side_are_a_note_that_can_be_put_away(world: World) -> None:
    lead = world.founded()
    contact = lead.meet(lead.hold())
    coach = world.joins("Amina")

    def phone(session: Any) -> None:
        session.get(Contact, contact).phone = "0121 496 0000"

    lead.rename(contact, "Amina Begum-Ali")
    act(coach, phone)
    world.settle(2)
    (one,) = choices(lead)
    assert one.what == desk.NOTE and sorted(voice.value for voice in one.voices) == ["Full name", "Telephone"]
    with lead.store.read() as session:
        assert desk.count(session) == 0
    act(lead, lambda session: desk.put_away(session, one.id))
    assert not choices(lead)


def test_values_are_said_in_their_units(world: World) -> None:
    with world.lead.store.read() as session:
        def words(entity: str, field: str, value: Any) -> str:
            return naming.value_words(session, entity, field, value)

        assert words("activity_intervention", "minutes", 90) == "90 minutes"
        assert words("activity_job", "pay_pence_an_hour", 1234) == "£12.34"
        assert words("participant", "born_on", "1990-03-05") == "5 March 1990"
        assert words("participant", "is_safe_to_call", False) == "no" and words("participant", "phone", None) == "nothing"
        assert words("activity_earnings", "month", 2020 * 12 + 4) == "May 2020"
        assert words("participant", "coach_id", str(world.lead.store.desk.owner)) == "Ola"
        assert naming.label_of("participant", "born_on") == "Date of birth"


def test_a_record_is_called_by_its_name_or_by_whom_it_concerns(world: World) -> None:
    held = world.lead.hold()
    with world.lead.store.read() as session:
        title, is_private = naming.title_of(session, "outreach_session", held)
        assert (title, is_private) == ("All Saints food bank, 12 May 2020", False)
        assert session.get(Session, held).held_on == date(2020, 5, 12)
