"""Vacancies that employers pass on and training with places: what is kept, what is refused, what is still open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework import queries as casework
from coachdesk.errors import Refusal
from coachdesk.participant.rules.history import CONTRACT_KINDS, QUALIFICATIONS
from coachdesk.partner import actions, queries
from coachdesk.partner.rules.vacancies import JOB_CONTRACTS, QUALIFICATION_LEVELS, closes_words, early_words
from tests.rooms.conftest import TODAY, RoomDesk


@pytest.fixture
def warehouse(desk: RoomDesk) -> UUID:
    return desk.act(lambda s: actions.add_partner(s, name="Kingsbury Parcels", kind="employer", lots=["Shard End"]))


def add(desk: RoomDesk, employer: UUID, **given: Any) -> UUID:
    return desk.act(lambda s: actions.add_vacancy(s, **{"partner": employer, "title": "Warehouse operative", **given}))


def test_a_vacancy_stands_with_what_it_asks_for(desk: RoomDesk, warehouse: UUID) -> None:
    add(desk, warehouse, passed_on=date(2020, 5, 4), advertised_on=date(2020, 5, 11), closes_on=date(2020, 5, 15), places=4,
        hours_a_week=30, pay_pence_an_hour=930, contract="perm", postcode="b347aa", lots=["shard end"], qualification="level 1",
        english="everyday", times=["weekends", "early"], needs_transport=False, needs_digital=True)
    (row,) = desk.see(queries.vacancies)
    assert (row.partner, row.contract, row.postcode, row.lots, row.pay) == (
        "Kingsbury Parcels", "permanent", "B34 7AA", ("Shard End",), "£9.30 an hour")
    assert (row.times, row.english) == (("early mornings", "weekends"), "everyday English")
    assert (row.state, row.closes, row.early) == ("open", "closes in 3 days", "7 days before the advertisement")


def test_only_an_employer_has_a_vacancy(desk: RoomDesk) -> None:
    library = desk.act(lambda s: actions.add_partner(s, name="Library", kind="library"))
    with pytest.raises(Refusal, match="not as an employer"):
        add(desk, library)


@pytest.mark.parametrize(("given", "said"), [
    ({"title": ""}, "needs a name"), ({"places": -1}, "from 1 to"), ({"hours_a_week": 99}, "from 1 to 80 hours"),
    ({"pay_pence_an_hour": 900, "pay_pence_a_year": 1_800_000}, "not both"), ({"pay_pence_an_hour": 0}, "does not look right"),
    ({"passed_on": date(2020, 6, 1)}, "still to come"), ({"closes_on": date(2020, 5, 1)}, "before it was passed on"),
    ({"contract": "for ever"}, "not a kind of contract"), ({"times": ["teatime"]}, "not a time of work"),
    ({"qualification": "wizard"}, "not a level"), ({"postcode": "B34"}, "not a postcode"), ({"lots": ["Atlantis"]}, "Atlantis"),
])
def test_what_cannot_be_is_refused_and_nothing_is_kept(desk: RoomDesk, warehouse: UUID, given: dict[str, Any], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        add(desk, warehouse, **given)
    assert desk.see(queries.vacancies) == []


def test_open_ones_come_first_and_a_closed_one_keeps_its_reason(desk: RoomDesk, warehouse: UUID) -> None:
    late = add(desk, warehouse, title="Late", closes_on=TODAY + timedelta(days=20))
    early = add(desk, warehouse, title="Early", closes_on=TODAY)
    over = add(desk, warehouse, title="Over", passed_on=date(2020, 4, 1), closes_on=date(2020, 4, 30))
    filled = add(desk, warehouse, title="Filled")
    desk.act(lambda s: actions.close_vacancy(s, filled, why="filled"))
    rows = desk.see(queries.vacancies)
    assert [row.id for row in rows[:2]] == [early, late]
    assert {row.id: row.closes for row in rows[2:]} == {over: "closed on 30 April 2020", filled: "closed: filled"}
    assert [row.title for row in desk.see(lambda s: queries.vacancies(s, state="open"))] == ["Early", "Late"]
    with pytest.raises(Refusal, match="closed already: filled"):
        desk.act(lambda s: actions.close_vacancy(s, filled, why="again"))
    desk.act(lambda s: actions.reopen_vacancy(s, filled, closes_on=TODAY + timedelta(days=3)))
    assert desk.see(lambda s: queries.vacancies(s, id=filled))[0].state == "open"


def test_pay_told_another_way_takes_the_place_of_the_first(desk: RoomDesk, warehouse: UUID) -> None:
    made = add(desk, warehouse, pay_pence_an_hour=930)
    desk.act(lambda s: actions.change_vacancy(s, made, pay_pence_a_year=1_920_000))
    (row,) = desk.see(queries.vacancies)
    assert (row.pay_pence_an_hour, row.pay) == (None, "£19,200 a year")


def test_a_training_prepares_for_a_vacancy_and_closes(desk: RoomDesk, warehouse: UUID) -> None:
    college = desk.act(lambda s: actions.add_partner(s, name="College", kind="college or training provider"))
    job = add(desk, warehouse)
    made = desk.act(lambda s: actions.add_training(s, partner=college, vacancy=job, title="Fork-lift in a fortnight",
                                                   starts_on=TODAY + timedelta(days=6), ends_on=TODAY + timedelta(days=20), places=8))
    (row,) = desk.see(queries.trainings)
    assert (row.vacancy, row.partner, row.places, row.state) == ("Warehouse operative", "College", 8, "open")
    with pytest.raises(Refusal, match="after its last|before|begin"):
        desk.act(lambda s: actions.change_training(s, made, ends_on=TODAY))
    desk.act(lambda s: actions.close_training(s, made, why="full"))
    assert desk.see(queries.trainings)[0].state == "closed"


def test_the_words_are_those_of_a_baseline_so_that_they_can_be_compared() -> None:
    assert QUALIFICATIONS[: len(QUALIFICATION_LEVELS)] == QUALIFICATION_LEVELS
    assert CONTRACT_KINDS[: len(JOB_CONTRACTS)] == JOB_CONTRACTS
    assert early_words(date(2020, 5, 4), None) == "not advertised"
    assert early_words(date(2020, 5, 4), date(2020, 5, 4)) == "on the day of the advertisement"
    assert closes_words(TODAY, None, None, TODAY) == "closes today"


def test_vacancies_and_training_are_found_by_typing_the_newest_first(desk: RoomDesk, warehouse: UUID) -> None:
    old = add(desk, warehouse, passed_on=date(2020, 3, 2), closes_on=date(2020, 3, 20))
    new = add(desk, warehouse, passed_on=date(2020, 5, 4), closes_on=date(2020, 5, 20))
    course = desk.act(lambda s: actions.add_training(s, partner=warehouse, title="Warehouse basics", starts_on=date(2020, 6, 1)))
    hits = desk.see(lambda s: casework.search(s, "warehouse kingsbury"))
    assert [(hit.kind, hit.id, hit.detail) for hit in hits] == [
        ("partner.vacancy", new, "Kingsbury Parcels, closes on 20 May 2020"),
        ("partner.vacancy", old, "Kingsbury Parcels, closes on 20 March 2020"),
        ("partner.training", course, "Kingsbury Parcels, starts on 1 June 2020")]
    desk.act(lambda s: actions.close_vacancy(s, new, why="filled"))
    desk.act(lambda s: actions.change_partner(s, warehouse, name="Castle Bromwich Parcels"))
    hits = desk.see(lambda s: casework.search(s, "warehouse castle"))
    assert [hit.detail for hit in hits][0] == "Castle Bromwich Parcels, closed on 12 May 2020"


def test_a_closing_day_stands_in_today_of_who_was_told_until_it_is_closed(desk: RoomDesk, warehouse: UUID) -> None:
    def seen(**more: Any) -> list[tuple[UUID, date, str, str]]:
        rows = desk.see(lambda s: casework.due(s, until=TODAY + timedelta(days=7), **more))
        return [(row.id, row.due_on, row.who, row.what) for row in rows if row.kind == "partner.vacancy"]

    soon = add(desk, warehouse, closes_on=TODAY + timedelta(days=5), lots=["Shard End"])
    add(desk, warehouse, title="Driver", closes_on=TODAY + timedelta(days=40))
    add(desk, warehouse, title="Picker")
    row = (soon, TODAY + timedelta(days=5), "Kingsbury Parcels", "Vacancy closes: Warehouse operative")
    assert seen() == seen(coach=desk.owner) == seen(lot=desk.shard_end) == [row]
    assert seen(coach=desk.coach) == seen(lot=desk.camp_hill) == []
    desk.act(lambda s: actions.close_vacancy(s, soon, why="filled"))
    assert seen() == []
