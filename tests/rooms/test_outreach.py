"""Sessions, contacts and tallies, on a real store."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.outreach import actions, queries, rules
from coachdesk.partner import actions as partner_actions
from coachdesk.store.undo import undo_last
from tests.rooms.conftest import TODAY, RoomDesk

LINE = "Zoë Kowalska 07400 123456 b34 7aa cv, benefits f/u 19/5"


def venue(desk: RoomDesk) -> UUID:
    return desk.act(lambda s: partner_actions.add_venue(s, name="Church Hall", lot=desk.shard_end, postcode="B34 7AA"))


@pytest.fixture
def met(desk: RoomDesk) -> UUID:
    """A food bank session of today."""
    place = venue(desk)
    return desk.act(lambda s: actions.open_session(s, venue=place, kind="food bank", starts_at="10", ends_at="12.30"), who=desk.coach)


def test_a_session_takes_day_coach_and_lot_from_where_it_is_opened(desk: RoomDesk, met: UUID) -> None:
    row, = desk.see(queries.sessions)
    assert (row.id, row.held_on, row.coach, row.lot, row.venue) == (met, TODAY, "Carl Coach", "Shard End", "Church Hall")
    assert (row.starts_at, row.ends_at) == ("10:00", "12:30")


def test_contacts_and_tallies_add_up(desk: RoomDesk, met: UUID) -> None:
    desk.act(lambda s: actions.log_line(s, met, line=LINE))
    for _ in range(3):
        desk.act(lambda s: actions.tally(s, session_id=met, topics=["cv"]))
    desk.act(lambda s: actions.tally(s, session_id=met, count=25, what="leaflet"))
    desk.act(lambda s: actions.tally(s, session_id=met, what="turned away", topics=["housing"]))
    row = desk.see(lambda s: queries.session_row(s, met))
    assert row is not None
    assert (row.contacts, row.tallied, row.people, row.leaflets, row.turned_away, row.follow_ups) == (1, 3, 4, 25, 1, 1)
    assert desk.see(lambda s: queries.totals(s, met)).topics == (("CV and job search", 4), ("benefits", 1))
    assert [tally.count for tally in desk.see(lambda s: queries.tallies(s, session_id=met))] == [1, 25, 1, 1, 1]


def test_a_line_becomes_a_contact_with_a_follow_up(desk: RoomDesk, met: UUID) -> None:
    contact = desk.act(lambda s: actions.log_line(s, met, line=LINE))
    row, = desk.see(lambda s: queries.contacts(s, session_id=met))
    assert (row.id, row.name, row.phone, row.postcode) == (contact, "Zoë Kowalska", "07400 123456", "B34 7AA")
    assert (row.topics, row.follow_up_on, row.session) == (("CV and job search", "benefits"), date(2020, 5, 19), "Church Hall, food bank")
    assert desk.see(lambda s: queries.due(s, coach=None, until=date(2020, 5, 18))) == []
    due, = desk.see(lambda s: queries.due(s, coach=desk.coach, until=date(2020, 5, 19)))
    assert (due.id, due.kind, due.who, due.lot, due.coach_id) == (contact, "outreach.contact", "Zoë Kowalska", "Shard End", desk.coach)
    assert desk.see(lambda s: queries.due(s, coach=desk.owner, until=date(2020, 5, 19))) == []


def test_a_follow_up_is_said_once(desk: RoomDesk, met: UUID) -> None:
    contact = desk.act(lambda s: actions.log_line(s, met, line=LINE))
    with pytest.raises(Refusal, match="still to come"):
        desk.act(lambda s: actions.mark_followed_up(s, contact, followed_up_on=date(2020, 5, 13)))
    desk.act(lambda s: actions.mark_followed_up(s, contact))
    assert desk.see(lambda s: queries.contacts(s, is_open=True)) == []
    with pytest.raises(Refusal, match="followed up on 12 May 2020 already"):
        desk.act(lambda s: actions.mark_followed_up(s, contact))
    desk.act(lambda s: actions.change_contact(s, contact, follow_up_on=date(2020, 6, 1)))
    assert len(desk.see(lambda s: queries.contacts(s, is_open=True))) == 1


def test_a_tally_is_corrected_by_a_row_of_its_own(desk: RoomDesk, met: UUID) -> None:
    tally = desk.act(lambda s: actions.tally(s, session_id=met, count=5, topics=["cv"]))
    desk.act(lambda s: actions.correct_tally(s, tally, count=2))
    with pytest.raises(Refusal, match="Only 3 can be taken back"):
        desk.act(lambda s: actions.correct_tally(s, tally, count=4))
    desk.act(lambda s: actions.correct_tally(s, tally, count=3))
    with pytest.raises(Refusal, match="Only 0"):
        desk.act(lambda s: actions.correct_tally(s, tally))
    assert desk.see(lambda s: queries.totals(s, met)) == queries.SessionTotals(0, 0, 0, 0, 0, 0, ())
    assert len(desk.see(queries.tallies)) == 3


@pytest.mark.parametrize(("wrong", "said"), [
    ({"name": " "}, "needs a name"), ({"phone": "123"}, "not a telephone number"), ({"postcode": "B34"}, "not a postcode"),
    ({"topics": ["tarot"]}, "not a topic"), ({"follow_up_on": date(2020, 5, 1)}, "before the session"),
    ({"name": "x" * 300}, "longer than"),
])
def test_a_wrong_contact_is_refused_and_nothing_is_written(desk: RoomDesk, met: UUID, wrong: dict[str, object], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        desk.act(lambda s: actions.log_contact(s, **{"session_id": met, "name": "Bob", **wrong}))
    assert desk.see(queries.contacts) == []


def test_a_session_at_no_place_is_refused_in_words(desk: RoomDesk) -> None:
    with pytest.raises(Refusal, match="There is no such venue"):
        desk.act(lambda s: actions.open_session(s, venue=desk.owner, kind="job club"))


def test_a_session_with_contacts_is_saved_in_one_transaction(desk: RoomDesk) -> None:
    place = venue(desk)

    def whole(session: Session) -> UUID:
        made = actions.open_session(session, venue=place, kind="coffee morning", held_on=date(2020, 5, 11))
        for n in range(30):
            actions.log_contact(session, session_id=made, name=f"Person {n}")
        return made

    met = desk.act(whole)
    assert desk.see(lambda s: queries.session_row(s, met)).contacts == 30
    undo_last(desk.store, desk.owner)
    assert desk.see(queries.sessions) == []


def test_a_session_moves_with_its_venue_and_an_empty_one_can_go(desk: RoomDesk, met: UUID) -> None:
    other = desk.act(lambda s: partner_actions.add_venue(s, name="Library", lot=desk.camp_hill))
    desk.act(lambda s: actions.change_session(s, met, venue=other, kind="job club", ends_at="", headcount=12, note="busy"))
    row, = desk.see(lambda s: queries.sessions(s, lot=desk.camp_hill))
    assert (row.kind, row.ends_at, row.headcount, row.note) == ("job club", None, 12, "busy")
    tally = desk.act(lambda s: actions.tally(s, session_id=met))
    with pytest.raises(Refusal, match="so it stays"):
        desk.act(lambda s: actions.remove_session(s, met))
    assert tally


def test_names_phones_and_notes_are_sealed_in_the_log(desk: RoomDesk, met: UUID) -> None:
    desk.act(lambda s: actions.log_line(s, met, line=f"{LINE}; Quux note"))
    heads = desk.see(lambda s: " ".join(row[0] for row in s.connection().exec_driver_sql("select head from op")))
    assert not any(word in heads for word in ("Kowalska", "07400", "Quux"))
    assert "benefits" in heads


def test_topics_never_hold_what_divides_them() -> None:
    assert not any(sign in topic for topic in rules.TOPICS for sign in ",;")
