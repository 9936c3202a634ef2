"""The shipped programme templates, and what is refused in a template that is not right: file, line, table and field are named."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.programme.rules import Programme, in_force, read_programme, tenures_on

NAME = "connecting-communities.toml"
TEXT = (Path(__file__).resolve().parents[2] / "resources" / "programmes" / NAME).read_text(encoding="utf-8")
DISTRICTS = {
    "Birchills Leamore": "E08000030", "Batchley & Brockhill": "E07000236", "Cannock North": "E07000192", "Washwood Heath": "E08000025",
    "Shard End": "E08000025", "Chelmsley Wood": "E08000029", "Binley & Willenhall": "E08000026", "Camp Hill": "E07000219",
    "Glascote": "E07000199",
}
DELIVERY_DAY = date(2020, 5, 12)


@pytest.fixture(scope="module")
def programme() -> Programme:
    return read_programme(TEXT, NAME)


def test_the_template_has_the_nine_lots_in_their_districts(programme: Programme) -> None:
    assert {lot.name: lot.district_code for lot in programme.lots} == DISTRICTS


def test_on_a_delivery_day_every_lot_reads_the_shipped_edition_and_only_washwood_heath_also_the_old_one(programme: Programme) -> None:
    editions = {lot.name: {pair.edition for pair in in_force(lot.pairs, DELIVERY_DAY)} for lot in programme.lots}
    assert editions.pop("Washwood Heath") == {"2014.3.0", "2021.4.0"}
    assert set(map(frozenset, editions.values())) == {frozenset({"2021.4.0"})}


def test_no_day_since_2014_is_without_a_ward(programme: Programme) -> None:
    for lot in programme.lots:
        for days in range(0, 4500, 7):
            assert in_force(lot.pairs, date(2014, 7, 29) + timedelta(days)), lot.name


def test_washwood_heath_keeps_its_old_ward_and_gains_the_successors_in_may_2018(programme: Programme) -> None:
    lot = next(lot for lot in programme.lots if lot.name == "Washwood Heath")
    assert {pair.ward_code for pair in in_force(lot.pairs, date(2018, 5, 2))} == {"E05001216"}
    assert {pair.ward_code for pair in in_force(lot.pairs, date(2018, 5, 3))} == {"E05001216", "E05011120", "E05011183"}


def test_three_lots_change_their_lead_provider_in_2019_with_a_gap(programme: Programme) -> None:
    changed = [lot for lot in programme.lots if len([each for each in lot.tenures if each.role == "lead provider"]) == 2]
    assert len(changed) == 3
    for lot in changed:
        old, new = (each for each in lot.tenures if each.role == "lead provider")
        assert old.to is not None and old.to.year == new.from_.year == 2019 and new.from_ > old.to
        assert not [each for each in tenures_on(lot, old.to + timedelta(1)) if each.role == "lead provider"]


def test_a_community_partner_recruits_and_supports_where_a_big_provider_leads(programme: Programme) -> None:
    lot = next(lot for lot in programme.lots if lot.name == "Washwood Heath")
    lead, partner = tenures_on(lot, DELIVERY_DAY)
    assert (lead.role, partner.role) == ("lead provider", "delivery partner")
    assert set(partner.duties) == {"recruiting", "support"} and not set(partner.duties) & set(lead.duties)


def test_a_sports_club_leads_a_lot(programme: Programme) -> None:
    kinds = {body.name: body.kind for body in programme.bodies}
    assert "sports club" in {kinds[tenures_on(lot, DELIVERY_DAY)[0].body] for lot in programme.lots}


def test_every_lot_has_one_to_five_coaches_whose_employer_delivers_it(programme: Programme) -> None:
    for lot in programme.lots:
        serving = [member for member in in_force(programme.members, DELIVERY_DAY) if lot.name in member.lots]
        coaches = [member for member in serving if member.role == "coach"]
        assert 1 <= len(coaches) <= 5
        assert {member.employer for member in coaches} <= {tenure.body for tenure in tenures_on(lot, DELIVERY_DAY)}
        assert {"lead", "compliance", "reader"} <= {member.role for member in serving}


def test_the_sample_terms_have_five_milestones_and_the_pandemic_floor(programme: Programme) -> None:
    terms = programme.terms
    assert terms["samples"] is True
    assert {each["kind"] for each in terms["milestones"]} == {"start", "interventions", "job_entry", "sustained", "progression"}
    floor = terms["floors"][0]
    assert (floor["from_month"], floor["to_month"]) == ("2020-04", "2020-07")
    assert (floor["base_from"], floor["base_to"], floor["divisor"]) == ("2019-11", "2020-01", "months in window")
    assert set(floor["base_totals"]) == set(DISTRICTS)


def test_connections_and_a_hand_made_inclusion_are_there(programme: Programme) -> None:
    assert "works in the ward" in programme.connections
    assert any(lot.inclusions and lot.inclusions[0].reason for lot in programme.lots)


WRONG = [
    ("retention_years = 7", "retention_years = true", "retention_years", "whole number"),
    ("from = 2018-10-01", 'from = "2018-10-01"', "from", "a day like 2018-10-01"),
    ("from = 2018-10-01", "from = 2018-10-01T09:00:00", "from", "a day like 2018-10-01"),
    ('kind = "sports club"', 'knd = "sports club"', "knd", "perhaps “kind” is meant"),
    ('district_code = "E08000026"', 'district_code = "Coventry"', "district_code", "a code like"),
    ('edition = "2025.2.0", from = 2024-05-02', 'edition = "spring", from = 2024-05-02', "edition", "an edition like"),
    ('"Alum Rock", edition = "2025.2.0", from = 2024-05-02', '"Alum Rock", edition = "2021.4", from = 2024-05-01',
     "from", "already counts"),
    ('ward = "E05011165"', 'ward = "E0501116"', "ward", "a ward code like"),
    ('postcode = "B34 6HE"', 'postcode = "B34"', "postcode", "not a postcode"),
    ("to = 2019-07-31, duties", "to = 2019-12-31, duties", "from", "Stonecross Training is still the lead provider"),
    ('role = "delivery partner"', 'role = "helper"', "role", "one of these is needed"),
    ('body = "Anker Bank Learning"', 'body = "Anker"', "body", "not among the bodies"),
    ('employer = "Anker Bank Learning"', 'employer = "Anker"', "employer", "not among the bodies"),
    ('lots = ["Glascote"]', 'lots = ["Glasgow"]', "lots", "Did you mean Glascote"),
    ('aliases = ["Binley"]', 'aliases = ["shard-end"]', "aliases", "already means the lot Shard End"),
    ("count = 3", "count = 0", "count", "whole number"),
    ("amount_pence = 25000", "amount_pence = 250.00", "amount_pence", "whole number"),
    ("amount_pence = 25000", "amount_pence = 25000\nbonus = 1", "bonus", "not known"),
    ("to = 2019-09-30\n", "to = 2019-12-31\n", "from", "job version 1 is still in force"),
    ('divisor = "months in window"', 'divisor = "three"', "divisor", "months with a claim"),
    ('base_from = "2019-11"', 'base_from = "November 2019"', "base_from", "a month like"),
    ('"Glascote" = 520000', '"Glascot" = 520000', "Glascot", "no lot of this name"),
    ('"Glascote" = 520000', "", "base_totals", "a figure for the lot Glascote is missing"),
    ('name = "Meridian Pathways"', 'name = "Meridian\\u202e Pathways"', "name", "without control characters"),
    ('name = "Meridian Pathways"', 'name = "\\u200b"', "name", "something to be seen"),
]


@pytest.mark.parametrize(("right", "wrong", "field", "said"), WRONG)
def test_what_is_wrong_in_a_template_is_named(right: str, wrong: str, field: str, said: str) -> None:
    assert right in TEXT
    with pytest.raises(Refusal) as refused:
        read_programme(TEXT.replace(right, wrong, 1), NAME)
    sentence = refused.value.sentence
    assert sentence.startswith(f"{NAME}, line ") and f"“{field}”" in sentence and said in sentence
    assert "Nothing was changed" in refused.value.next_step


@pytest.mark.parametrize(("right", "wrong", "marker"), [
    ('district_code = "E08000026"', 'district_code = "Coventry"', 'district_code = "Coventry"'),
    ('postcode = "B34 6HE"', 'postcode = "B34"', 'postcode = "B34"'),
    ('"Alum Rock", edition = "2025.2.0"', '"Alum Rock", edition = 2025', "edition = 2025,"),
    ('"Glascote" = 520000', '"Glascote" = "much"', '"Glascote" = "much"'),
    ("count = 3", "count = 3.5", "count = 3.5"),
    ("to = 2022-03-31\nconnections", "to = 2022-99-31\nconnections", "2022-99-31"),
])
def test_the_line_that_is_named_is_the_wrong_one(right: str, wrong: str, marker: str) -> None:
    text = TEXT.replace(right, wrong, 1)
    line = text[: text.index(marker)].count("\n") + 1
    with pytest.raises(Refusal, match=f"line {line}:"):
        read_programme(text, NAME)


@pytest.mark.parametrize("text", [
    "", "name = ", "[[terms]]", "a = " + "[" * 5000, "\x00", "lots = 3", 'name = "x"\nname = "y"', "x" * 2_000_000,
])
def test_what_is_no_template_at_all_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(Refusal):
        read_programme(text, "mine.toml")


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 400), st.text(max_size=5))
def test_a_damaged_template_is_read_or_refused_and_never_a_crash(start: int, length: int, instead: str) -> None:
    try:
        read_programme(TEXT[:start] + instead + TEXT[start + length:], NAME)
    except Refusal as refused:
        assert refused.sentence.startswith(NAME) and refused.sentence.endswith(".")


def test_a_kin_programme_for_one_estate_reads_without_wards_connections_or_a_floor() -> None:
    path = Path(__file__).resolve().parents[2] / "resources" / "programmes" / "one-estate.toml"
    estate = read_programme(path.read_text(encoding="utf-8"), path.name)
    assert not estate.lots[0].pairs and not estate.connections and "floors" not in estate.terms
    assert estate.members[1].lots == ("Tower Row",)
