"""Contacts, starts and people turned away by ward over an entered resident count, and those behind each number."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from coachdesk.activity import actions as activity_actions
from coachdesk.casework import saturation
from coachdesk.casework.saturation import CONTACTS, ELSEWHERE, STARTS, TURNED, UNKNOWN, WardRow
from coachdesk.casework.ward_panels import CONTACTS_RATE, ward_panels
from coachdesk.errors import Refusal
from coachdesk.outreach import actions
from coachdesk.participant import actions as participant_actions
from coachdesk.partner import actions as partner_actions
from coachdesk.programme import actions as programme_actions
from coachdesk.programme import queries as programme_queries
from tests.rooms.conftest import CAMP_HILL, NOWHERE, SHARD_END, TODAY, RoomDesk
from tests.rooms.conftest import ELSEWHERE as OTHER

WEEK = timedelta(weeks=1)
SHARD_END_WARD, CAMP_HILL_WARD = "E05011165", "E05007480"


@pytest.fixture
def met(desk: RoomDesk) -> UUID:
    bank = desk.act(lambda s: partner_actions.add_partner(s, name="Food Bank", kind="food bank", lots=["Shard End"]))
    hall = desk.act(lambda s: partner_actions.add_venue(s, name="Hall", partner=bank, postcode=SHARD_END))
    return desk.act(lambda s: actions.open_session(s, venue=hall, kind="food bank", held_on=TODAY - WEEK))


def rows(desk: RoomDesk, lot: UUID | None = None, since: date | None = None, until: date | None = None) -> dict[str, WardRow]:
    found = desk.see(lambda s: saturation.saturation(s, lot=lot, since=since, until=until))
    return {row.id: row for row in found}


def counted(desk: RoomDesk, **asked: UUID | None) -> dict[str, tuple[int, int, int]]:
    return {key: (row.contacts, row.starts, row.turned_away) for key, row in rows(desk, **asked).items()  # type: ignore[arg-type]
            if row.contacts or row.starts or row.turned_away}


def contact(desk: RoomDesk, met: UUID, name: str, postcode: str | None) -> UUID:
    return desk.act(lambda s: actions.log_contact(s, session_id=met, name=name, postcode=postcode))


def helped(desk: RoomDesk, name: str, postcode: str | None, on: date, *, lot: UUID | None = None, is_meaningful: bool = True,
           situation: str = "address") -> UUID:
    person = desk.act(lambda s: participant_actions.register(s, name=name, lot=lot or desk.shard_end, postcode=postcode,
                                                             situation=situation, registered_on=on))
    desk.act(lambda s: activity_actions.log_intervention(s, participant=person, kind="CV & job search", minutes=30, mode="phone",
                                                         is_meaningful=is_meaningful, why="reminder" if not is_meaningful else "plan",
                                                         happened_on=on))
    return person


def test_the_wards_in_force_stand_there_with_nothing_in_them(desk: RoomDesk) -> None:
    found = rows(desk)
    assert list(found) == [CAMP_HILL_WARD, SHARD_END_WARD, ELSEWHERE, UNKNOWN]
    assert (found[SHARD_END_WARD].lot, found[SHARD_END_WARD].since, found[SHARD_END_WARD].residents) == ("Shard End", 2018, None)
    assert found[CAMP_HILL_WARD].since == 2014
    later = rows(desk, since=date(2020, 1, 1), until=date(2025, 1, 1))
    assert {"E05007480", "E05015831"} <= set(later), "both codes of Camp Hill are in force in such a long time"


def test_a_contact_counts_where_the_postcode_lies_and_is_never_guessed(desk: RoomDesk, met: UUID) -> None:
    for name, postcode in (("Ann", SHARD_END), ("Bea", CAMP_HILL), ("Cem", OTHER), ("Dai", NOWHERE), ("Eve", None), ("Fay", SHARD_END)):
        contact(desk, met, name, postcode)
    desk.act(lambda s: actions.tally(s, session_id=met, count=7))
    wrong = desk.act(lambda s: actions.tally(s, session_id=met, count=2))
    desk.act(lambda s: actions.correct_tally(s, wrong))
    desk.act(lambda s: actions.tally(s, session_id=met, what="leaflet", count=50))
    assert counted(desk) == {SHARD_END_WARD: (2, 0, 0), CAMP_HILL_WARD: (1, 0, 0), ELSEWHERE: (1, 0, 0), UNKNOWN: (9, 0, 0)}
    assert counted(desk, lot=desk.camp_hill) == {CAMP_HILL_WARD: (1, 0, 0)}, "whoever met them; but no stranger of another lot's session"
    assert counted(desk, lot=desk.shard_end) == {SHARD_END_WARD: (2, 0, 0), ELSEWHERE: (2, 0, 0), UNKNOWN: (9, 0, 0)}
    assert not any(row.contacts for row in rows(desk, since=TODAY).values())
    names = {ward: [row.name for row in desk.see(lambda s, ward=ward: saturation.behind(s, ward, CONTACTS))]  # type: ignore[misc]
             for ward in (SHARD_END_WARD, ELSEWHERE, UNKNOWN)}
    assert {ward: sorted(each for each in found if each) for ward, found in names.items()} == {
        SHARD_END_WARD: ["Ann", "Fay"], ELSEWHERE: ["Cem"], UNKNOWN: ["Dai", "Eve"]}


@pytest.mark.parametrize("lot", [None, "Shard End", "Camp Hill"])
def test_those_behind_a_number_come_to_the_number(desk: RoomDesk, met: UUID, lot: str | None) -> None:
    for number, postcode in enumerate((SHARD_END, CAMP_HILL, OTHER, NOWHERE, None, SHARD_END)):
        contact(desk, met, f"Person {number}", postcode)
        helped(desk, f"Helped {number}", postcode, TODAY, situation="address" if postcode else "no fixed abode")
        desk.act(lambda s, postcode=postcode: actions.turn_away(s, session_id=met, postcode=postcode, count=2))  # type: ignore[misc]
    desk.act(lambda s: actions.tally(s, session_id=met, count=7))
    of = desk.lots[lot] if lot else None
    for ward, row in rows(desk, lot=of).items():
        for what in (CONTACTS, STARTS, TURNED):
            behind = desk.see(lambda s, ward=ward, what=what: saturation.behind(s, ward, what, lot=of))  # type: ignore[misc]
            assert sum(each.count for each in behind) == getattr(row, what), (ward, what)


def test_a_start_is_the_first_meaningful_help_not_the_registration(desk: RoomDesk, met: UUID) -> None:
    helped(desk, "Ann Bell", SHARD_END, TODAY - WEEK)
    only_reminded = helped(desk, "Bea Cox", SHARD_END, TODAY - WEEK, is_meaningful=False)
    assert counted(desk) == {SHARD_END_WARD: (0, 1, 0)}
    desk.act(lambda s: activity_actions.log_intervention(s, participant=only_reminded, kind="CV & job search", minutes=30, mode="phone",
                                                         is_meaningful=True, why="plan", happened_on=TODAY))
    assert rows(desk)[SHARD_END_WARD].starts == 2
    assert rows(desk, since=TODAY)[SHARD_END_WARD].starts == 1, "the help that came first says when somebody started"


def test_two_records_of_one_person_start_once(desk: RoomDesk) -> None:
    one = helped(desk, "Ann Bell", SHARD_END, TODAY - WEEK)
    other = helped(desk, "Anne Bell", SHARD_END, TODAY)
    assert rows(desk)[SHARD_END_WARD].starts == 2
    desk.act(lambda s: participant_actions.merge(s, one, other=other, reason="the same person"))
    assert rows(desk)[SHARD_END_WARD].starts == 1


def test_rates_are_over_the_count_that_speaks_of_the_day(desk: RoomDesk, met: UUID) -> None:
    for number in range(25):
        contact(desk, met, f"Person {number}", SHARD_END)
    for residents, as_of in ((8_000, date(2019, 6, 30)), (10_000, date(2020, 4, 1)), (4_000, date(2016, 6, 30))):
        desk.act(lambda s, residents=residents, as_of=as_of: programme_actions.add_ward_count(  # type: ignore[misc]
            s, ward_code="shard end", residents=residents, as_of=as_of, source="ONS"))
    row = rows(desk)[SHARD_END_WARD]
    assert (row.residents, row.contacts_rate, saturation.rate_text(row.contacts_rate)) == (10_000, 25, "2.5")
    assert rows(desk, until=date(2020, 3, 1))[SHARD_END_WARD].residents == 8_000
    assert rows(desk, until=date(2015, 3, 1), since=date(2015, 1, 1)).get(SHARD_END_WARD) is None


def test_a_resident_count_is_put_right_taken_away_and_refused(desk: RoomDesk) -> None:
    made = desk.act(lambda s: programme_actions.add_ward_count(s, ward_code="e05011165", residents=8_000, as_of=TODAY, source="ONS"))
    desk.act(lambda s: programme_actions.change_ward_count(s, made, residents=8_100))
    (row,) = desk.see(programme_queries.ward_counts)
    assert (row.ward_code, row.ward_name, row.residents, row.source) == (SHARD_END_WARD, "Shard End", 8_100, "ONS")
    assert desk.see(lambda s: programme_queries.ward_counts(s, lot=desk.camp_hill)) == []
    for wrong, why in (({"residents": 0}, "between 1"), ({"as_of": TODAY + WEEK}, "cannot be the day"), ({}, "already"),
                       ({"ward_code": "Nowhere"}, "neither a ward code"), ({"source": " ", "as_of": TODAY - WEEK}, "source")):
        fields = {"ward_code": SHARD_END_WARD, "residents": 5, "as_of": TODAY, "source": "ONS", **wrong}
        with pytest.raises(Refusal, match=why):
            desk.act(lambda s, fields=fields: programme_actions.add_ward_count(s, **fields))  # type: ignore[misc]
    desk.act(lambda s: programme_actions.remove_ward_count(s, made))
    assert desk.see(programme_queries.ward_counts) == []


def test_on_paper_no_number_under_five_and_no_rate_that_tells_one(desk: RoomDesk, met: UUID) -> None:
    for number in range(4):
        contact(desk, met, f"Person {number}", CAMP_HILL)
    desk.act(lambda s: programme_actions.add_ward_count(s, ward_code=CAMP_HILL_WARD, residents=1_000, as_of=TODAY, source="ONS"))
    found = desk.see(saturation.saturation)
    drawn = ward_panels(found, desk.see(programme_queries.boundaries_of), CONTACTS_RATE, 2020, is_public=True)
    (panel,) = drawn.panels
    assert [(ward.label, ward.step) for ward in panel.wards] == [("under 5 people", None)]
    seen = ward_panels(found, desk.see(programme_queries.boundaries_of), CONTACTS_RATE, 2020)
    assert [(ward.label, ward.step) for ward in seen.panels[0].wards] == [("4.0", 3)]
    assert drawn.undrawn == ("Shard End: no boundary in what was imported for E05011165 (2018); boundaries here are of 2013.",)
    assert drawn.no_count == ("Shard End (E05011165)",)
