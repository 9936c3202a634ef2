"""`list … --where` on kinds of very many rows: the store is asked for the few, with the same answer as looking through them all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coachdesk.activity import actions as activity
from coachdesk.cli import catalogue
from coachdesk.errors import Refusal
from coachdesk.outreach import actions as outreach
from coachdesk.participant import actions as participant
from coachdesk.participant import queries as people
from coachdesk.partner import actions as partner
from coachdesk.store.narrowing import narrowed
from tests.rooms.conftest import TODAY, RoomDesk

QUESTIONS = (
    ("outreach.contact", "name=zoë  ÜBEL", 2), ("outreach.contact", "phone=", 2), ("outreach.contact", "register_number=", 3),
    ("outreach.contact", f"follow_up_on={TODAY}", 1), ("outreach.contact", "topics=benefits", 1), ("outreach.contact", "name=Zoë", 0),
    ("outreach.contact", "session_id=none", 0), ("activity", "participant=ann lee", 2), ("activity", "mode=Phone", 1),
    ("outreach.session", "venue=hall", 1), ("outreach", "status=held", 1), ("outreach", "lot=Shard End", 1),
    ("outreach", "coach=nobody", 0), ("participant", "name=ANN  lee", 1), ("participant", "lot=shard end", 2),
    ("participant", "reference=nobody", 0), ("participant", "ni_number=AB 12 34 56 C", 1), ("participant", "verdict=check by hand", 2),
    ("participant.spell", "reference=", 0), ("activity.appointment", "participant=Bo Ek", 1),
    ("activity.appointment", "outcome=booked", 2), ("activity.start", "participant=ann lee", 1),
    ("activity.counted", "participant=ann lee", 2), ("activity", f"happened_on={TODAY}", 3), ("activity", "is_meaningful=yes", 1),
    ("activity", "minutes=30", 3), ("activity", "note=", 2),
)


@pytest.fixture
def filled(desk: RoomDesk) -> RoomDesk:
    """Three people met and three times help."""
    church = desk.act(lambda s: partner.add_partner(s, name="Church", kind="church or other faith group", lots=["Shard End"]))
    hall = desk.act(lambda s: partner.add_venue(s, name="Hall", partner=church))
    met = desk.act(lambda s: outreach.open_session(s, venue=hall, kind="food bank"))
    desk.act(lambda s: outreach.log_contact(s, session_id=met, name="Zoë Übel", topics=["benefits"], follow_up_on=TODAY))
    desk.act(lambda s: outreach.log_contact(s, session_id=met, name="Zoë Übel"))
    desk.act(lambda s: outreach.log_contact(s, session_id=met, name="Bo", phone="07400 123456"))
    for name, mode, note in (("Ann Lee", "phone", None), ("Ann Lee", "online", "Rang  twice"), ("Bo Ek", "online", None)):
        known = {row.name: row.id for row in desk.see(people.participants)}
        who = known.get(name) or desk.act(lambda s, name=name: participant.register(s, name=name, lot=desk.shard_end))
        desk.act(lambda s, who=who, mode=mode, note=note: activity.log_intervention(  # type: ignore[misc]
            s, participant=who, kind="CV & job search", minutes=30, mode=mode, note=note, is_meaningful=note is not None, why="plan"))
    ann, bo = (next(row.id for row in desk.see(people.participants) if row.name == name) for name in ("Ann Lee", "Bo Ek"))
    desk.act(lambda s: participant.change_details(s, ann, ni_number="AB123456C"))
    for who in (ann, bo):
        desk.act(lambda s, who=who: activity.book_appointment(s, participant=who, due_on=TODAY))  # type: ignore[misc]
    return desk


@pytest.mark.parametrize(("kind", "question", "count"), QUESTIONS)
def test_the_few_are_the_same_as_those_found_among_all(filled: RoomDesk, kind: str, question: str, count: int) -> None:
    door = catalogue.door(kind)
    few = filled.see(lambda s: catalogue.rows(s, kind, None, [question], None))
    name, _, text = question.partition("=")
    every = filled.see(lambda s: [catalogue.plain(row) for row in door.rows(s)])
    assert few == [row for row in every if catalogue._is(row[name], text)]
    assert len(few) == count


def test_what_is_no_column_or_fits_very_many_is_left_to_the_rows(filled: RoomDesk) -> None:
    door = catalogue.door("outreach.contact")
    assert filled.see(lambda s: narrowed(s, door, {"coach": "Olive Owner", "topics": "benefits"})) is None
    assert filled.see(lambda s: narrowed(s, replace(door, of=None), {"name": "Bo"})) is None
    assert len(filled.see(lambda s: narrowed(s, door, {"name": "Bo", "coach": "nobody"})) or ()) == 1


def test_one_is_named_without_looking_through_all(filled: RoomDesk) -> None:
    bo = filled.see(lambda s: catalogue.resolved(s, "outreach.contact", " bo "))
    assert filled.see(lambda s: catalogue.rows(s, "outreach.contact", None, [f"id={bo}"], None))[0]["name"] == "Bo"
    assert filled.see(lambda s: catalogue.resolved(s, "activity", "Bo Ek"))
    with pytest.raises(Refusal, match="fits 2 of them"):
        filled.see(lambda s: catalogue.resolved(s, "outreach.contact", "Zoë Übel"))
    with pytest.raises(Refusal, match="not known here"):
        filled.see(lambda s: catalogue.resolved(s, "outreach.contact", "Nobody"))
