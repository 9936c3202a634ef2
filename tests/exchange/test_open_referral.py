"""A feed of our own in and out again: nothing is lost, a second time doubles nothing, and what a coach changed is what goes out."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from coachdesk.exchange.csv_in import taking_back
from coachdesk.exchange.open_referral import coming_in, feed
from coachdesk.exchange.open_referral.kinds import _WORDS, kind_by_name
from coachdesk.partner import actions, queries, rules
from coachdesk.store.undo import undo_last
from tests.exchange.feeds import bring, by_id, finished, given, lost, one_service, small_feed
from tests.rooms.conftest import RoomDesk

RIGHTS, DEBT = "5f1f7c1a-0a55-4a57-8a6e-111111111111", "5f1f7c1a-0a55-4a57-8a6e-222222222222"


@pytest.fixture
def fed(desk: RoomDesk) -> RoomDesk:
    bring(desk, small_feed(), lots=["Shard End"])
    return desk


def service(desk: RoomDesk, feed_id: str = RIGHTS) -> queries.ServiceRow:
    return next(row for row in desk.see(queries.services) if row.feed_id == feed_id)


def test_what_came_in_stands_in_the_lists_in_plain_words(fed: RoomDesk) -> None:
    row = service(fed)
    assert (row.name, row.partner, row.status) == ("Welfare rights drop-in", "Shard End Advice", "temporarily closed")
    assert row.description == "Bring your letters.\nNo appointment needed."
    assert row.opening == "Mon, Thu 09:30–12:00; Sat 10:00–11:00; second Tue from 14:00"
    assert (row.languages, row.categories, row.costs) == (("English", "Urdu"), ("Benefits advice",), "£0.10 a page (Photocopies)")
    assert (row.assured_on, row.assured_by, row.minimum_age, row.maximum_age) == (date(2020, 2, 3), "checker@example.org", 16, None)
    assert (row.phone, row.eligibility, row.fees) == ("0121 496 0123", "Anyone who lives in Shard End", "Free")
    place, = fed.see(queries.service_places)
    assert (place.name, place.address, place.postcode, place.access) == (
        "Old Mill Hall", "1 Mill Lane, Birmingham", "B34 7AA", "Ramp at the side")
    partner, = fed.see(queries.partners)
    assert (partner.kind, partner.lots, partner.website, partner.services) == (
        "debt or advice service", ("Shard End",), "https://example.org", 2)
    assert [(who.name, who.role, who.phone) for who in fed.see(queries.contacts)] == [
        ("Reception", "Reception", None), ("Siân Pugh", "Adviser", "07700 900123")]


def test_nothing_is_lost_on_the_way_out(fed: RoomDesk) -> None:
    assert lost(small_feed()["contents"], given(fed)["contents"]) == []


def test_nothing_is_lost_among_organisations_with_their_services(fed: RoomDesk) -> None:
    out = given(fed, "organizations")
    organisation, = out["contents"]
    assert lost(small_feed()["contents"][0]["organization"], organisation) == []
    for each in small_feed()["contents"]:
        inside = by_id(organisation["services"])[each["id"]]
        assert lost({key: value for key, value in each.items() if key != "organization"}, inside) == []


@pytest.mark.parametrize("form", ["services", "organizations"])
def test_what_goes_out_comes_in_as_before_and_goes_out_the_same(fed: RoomDesk, form: str) -> None:
    out = given(fed, form)
    told = bring(fed, out)
    assert (told.touched, told.import_id) == (0, None)
    assert given(fed, form) == out
    assert len(fed.see(queries.services)) == 2


def test_a_second_desk_that_takes_what_the_first_gives_gives_the_same(fed: RoomDesk, desk_template: Any, shelf: Any, tmp_path: Any) -> None:
    import shutil

    from coachdesk.clock import FixedDay
    from coachdesk.store import opening
    from tests.rooms.conftest import TODAY

    folder, key, owner = desk_template
    shutil.copytree(folder, tmp_path / "other")
    store = opening.open_store(tmp_path / "other" / "desk.coachdesk", key, FixedDay(TODAY))
    try:
        other = RoomDesk(store, owner, owner, {})
        out = given(fed)
        bring(other, out)
        assert lost(out["contents"], given(other)["contents"]) == lost(given(other)["contents"], out["contents"]) == []
    finally:
        store.close()


@pytest.mark.parametrize("wrapped", [
    lambda doc: doc, lambda doc: [doc], lambda doc: {"contents": [doc]},
    lambda doc: {**doc["organization"], "services": [{key: value for key, value in doc.items() if key != "organization"}]},
    lambda doc: [{**doc["service_at_locations"][0], "service": {key: doc[key] for key in doc if key != "service_at_locations"}}],
], ids=["one service", "a list", "a page", "an organisation", "at a location"])
def test_every_form_that_the_standard_knows_comes_in_alike(desk: RoomDesk, wrapped: Any) -> None:
    doc = one_service()
    told = bring(desk, wrapped(doc))
    assert (told.count("service", "new"), told.count("organisation", "new")) == (1, 1)
    assert lost(doc, given(desk)["contents"][0]) == []


def test_an_organisation_without_services_stands_beside_the_page_and_comes_back(desk: RoomDesk) -> None:
    lonely = {"id": "o1", "name": "Quiet Library", "description": "Books", "logo": "https://example.org/logo.png", "x_extra": [None, 1]}
    bring(desk, {"contents": [lonely]})
    out = given(desk)
    assert (out["contents"], out["organizations"]) == ([], [lonely])
    assert bring(desk, out).touched == 0


def test_terms_that_come_by_themselves_are_kept_and_given_back(desk: RoomDesk) -> None:
    term = {"id": "t1", "name": "Housing", "description": "Housing", "term_uri": "https://example.org/t1", "taxonomy": "local"}
    whole = {"id": "x1", "name": "Local", "description": "Local", "uri": "https://example.org", "version": "1", "taxonomy_terms": [term]}
    bring(desk, [term, whole])
    out = given(desk)
    assert (out["taxonomy_terms"], out["taxonomies"]) == ([term], [whole])
    assert bring(desk, out).touched == 0
    assert bring(desk, {**term, "name": "Homes"}).count("term", "changed") == 1


def test_fields_of_the_page_that_nobody_knows_are_kept_and_given_back(desk: RoomDesk) -> None:
    own = {"x_top": {"by": ["Shard End", None]}, "name": "Our feed", "licence": None}
    page = {"total_items": 900, "page_number": 3, "contents": [one_service()], **own}
    told = bring(desk, page)
    assert told.count("page field", "new") == 3 and "3 page fields (3 new)" in told.sentence(is_trial=False)
    out = given(desk)
    assert {key: out[key] for key in own} == own
    assert (out["total_items"], out["page_number"]) == (1, 1)
    assert bring(desk, out).touched == 0
    assert bring(desk, {**page, "x_top": 2}).count("page field", "changed") == 1
    assert given(desk)["x_top"] == 2


def test_a_service_without_an_organisation_is_kept_and_said(desk: RoomDesk) -> None:
    told = bring(desk, one_service(organization=None))
    assert [note.path for note in told.notes] == ["$"]
    assert "names no organization" in told.notes[0].says
    assert lost(one_service(organization=None), given(desk)["contents"][0]) == []
    bring(desk, one_service())
    assert service(desk).partner == "Shard End Advice"
    assert lost(one_service(), given(desk)["contents"][0]) == []


# --- what a coach does with it ----------------------------------------------------------------------------------------


def test_only_what_a_coach_changed_goes_out_otherwise(fed: RoomDesk) -> None:
    row = service(fed)
    fed.act(lambda s: actions.change_service(
        s, row.id, name="Welfare rights", status="active", languages=["English", "Polish"], phone="0121 496 0999", alert="",
        assured_on=date(2020, 5, 1), minimum_age=18))
    times = next(each for each in fed.see(queries.openings) if each.days == ("MO", "TH"))
    fed.act(lambda s: actions.change_opening(s, times.id, days=["MO", "FR"], closes_at="13:00"))
    out = by_id(given(fed)["contents"])[RIGHTS]
    assert (out["name"], out["status"], out["assured_date"], out["minimum_age"]) == ("Welfare rights", "active", "2020-05-01", 18)
    assert "alert" not in out
    assert [each.get("name") for each in out["languages"]] == ["English", None, "Polish"]
    assert (out["phones"][0]["number"], out["phones"][0]["extension"]) == ("0121 496 0999", 4)
    changed = by_id(out["schedules"])["s1"]
    assert (changed["byday"], changed["opens_at"], changed["closes_at"]) == ("MO,FR", "09:30:00", "13:00")
    untouched = one_service()
    for key in ("name", "status", "assured_date", "minimum_age", "alert", "languages", "phones", "schedules"):
        del untouched[key]
    assert lost(untouched, out) == []
    assert bring(fed, given(fed)).notes == []


def test_a_person_changed_here_goes_out_changed_in_every_service_and_one_taken_off_goes_out_no_more(fed: RoomDesk) -> None:
    people = {who.name: who.id for who in fed.see(queries.contacts)}
    fed.act(lambda s: actions.change_contact(s, people["Siân Pugh"], name="Siân Price"))
    fed.act(lambda s: actions.remove_contact(s, people["Reception"]))
    out = by_id(given(fed)["contents"])
    assert [(who["name"], who["title"]) for who in out[RIGHTS]["contacts"]] == [("Siân Price", "Adviser")]
    assert [(who["name"], who["title"]) for who in out[DEBT]["contacts"]] == [("Siân Price", "Debt adviser")]
    bring(fed, small_feed())
    assert [who.name for who in fed.see(queries.contacts)] == ["Siân Price"], "nobody comes back by themselves"


def test_what_coaches_write_for_themselves_stays_here(fed: RoomDesk) -> None:
    partner, = fed.see(queries.partners)
    fed.act(lambda s: actions.add_contact(s, partner=partner.id, name="Known To Us", phone="0121 496 0000"))
    fed.act(lambda s: actions.change_partner(s, partner.id, note="They are behind with the rent", funding_ends_on=date(2021, 3, 31)))
    fed.act(lambda s: actions.add_agreement(s, partner=partner.id, what="Secret room"))
    fed.act(lambda s: actions.change_service(s, service(fed).id, note="Ask for Jo"))
    words = str(given(fed))
    assert not [each for each in ("Known To Us", "rent", "2021-03-31", "Secret room", "Ask for Jo") if each in words]


def test_what_was_typed_here_goes_out_with_places_and_times_and_comes_back_as_before(desk: RoomDesk) -> None:
    library = desk.act(lambda s: actions.add_partner(s, name="Shard End Library", kind="library", lots=["Shard End"]))
    made = desk.act(lambda s: actions.add_service(s, partner=library, name="English class", languages=["Urdu"], categories=["ESOL"],
                                                  phone="0121 496 0123", minimum_age=19, fees="free", website="example.org"))
    venue = desk.act(lambda s: actions.add_venue(s, name="Reading room", partner=library, postcode="B34 7AA"))
    desk.act(lambda s: actions.add_service_place(s, service=made, venue=venue))
    desk.act(lambda s: actions.add_opening(s, service=made, days=["MO"], opens_at="10:00", closes_at="12:00", freq="week", every=2))
    out = given(desk)
    one, = out["contents"]
    assert (one["id"], one["organization"]["description"], one["url"]) == (str(made), "library", "https://example.org")
    place = one["service_at_locations"][0]["location"]
    assert (place["name"], place["addresses"][0]["postal_code"], place["addresses"][0]["city"]) == ("Reading room", "B34 7AA", "Birmingham")
    assert (one["schedules"][0]["byday"], one["schedules"][0]["freq"], one["schedules"][0]["interval"]) == ("MO", "WEEKLY", 2)
    assert bring(desk, out).touched == 0
    changed = copy.deepcopy(out)
    changed["contents"][0]["description"] = "For beginners"
    changed["contents"][0]["x_new"] = 1
    told = bring(desk, changed)
    assert (told.count("service", "changed"), told.count("service", "new")) == (1, 0)
    assert lost(changed["contents"], given(desk)["contents"]) == []
    assert len(desk.see(queries.services)) == 1


# --- a second time ----------------------------------------------------------------------------------------------------


def test_a_second_time_updates_by_the_feeds_own_ids(fed: RoomDesk) -> None:
    again = small_feed()
    first = again["contents"][0]
    first.update(name="Welfare rights advice", status="active")
    first["schedules"] = [first["schedules"][0], {"id": "s9", "byday": "FR", "opens_at": "08:00"}]
    first["service_at_locations"][0]["schedules"] = []
    told = bring(fed, again)
    assert (told.count("service", "changed"), told.count("service", "as before"), told.count("organisation", "as before")) == (1, 1, 1)
    assert told.gone == 2
    assert service(fed).opening == "Mon, Thu 09:30–12:00; Fri from 08:00"
    assert len(fed.see(queries.services)) == 2
    assert lost(again["contents"], given(fed)["contents"]) == []


def test_what_the_feed_leaves_alone_keeps_a_coachs_words_and_what_it_changes_is_said(fed: RoomDesk) -> None:
    fed.act(lambda s: actions.change_service(s, service(fed).id, status="active", fees="2 pounds"))
    again = small_feed()
    again["contents"][0]["fees"] = "1 pound"
    told = bring(fed, again)
    assert (service(fed).status, service(fed).fees) == ("active", "1 pound")
    note, = told.notes
    assert (note.path, "fees" in note.says) == ("$.contents[0]", True)


def test_a_shorter_page_takes_nothing_away(fed: RoomDesk) -> None:
    short = {key: value for key, value in one_service().items() if key in ("id", "name", "status", "organization")}
    assert bring(fed, {"contents": [short]}).touched == 0
    assert lost(small_feed()["contents"], given(fed)["contents"]) == []


def test_an_organisation_that_somebody_typed_before_is_not_doubled_and_keeps_what_stands_there(desk: RoomDesk) -> None:
    known = desk.act(lambda s: actions.add_partner(s, name="SHARD END advice", kind="other", lots=["Camp Hill"], email="ours@example.org"))
    told = bring(desk, small_feed(), lots=["Shard End"])
    row, = desk.see(queries.partners)
    assert (row.id, row.name, row.kind, row.lots, row.email) == (known, "SHARD END advice", "other", ("Camp Hill",), "ours@example.org")
    assert (row.description, row.services) == ("Advice for everyone", 2)
    assert "stands here already" in told.notes[0].says
    assert bring(desk, small_feed()).touched == 0


def test_a_service_that_changes_hands_moves(fed: RoomDesk) -> None:
    other = {"id": "o2", "name": "Camp Hill Advice", "description": "Advice"}
    told = bring(fed, one_service(organization=other))
    assert service(fed).partner == "Camp Hill Advice"
    assert [thing.says for thing in told.things if thing.what == "service"] == ["now of Camp Hill Advice"]
    assert lost(one_service(organization=other), by_id(given(fed)["contents"])[RIGHTS]) == []


# --- trying, and taking back ------------------------------------------------------------------------------------------


def test_a_dry_run_says_what_would_come_in_and_changes_nothing(desk: RoomDesk) -> None:
    before = desk.store.check().digest
    told = finished(coming_in.trial(desk.store, desk.owner, feed.feed_of(small_feed(), "feed.json")))
    assert told.sentence(is_trial=True) == "feed.json: 1 organisation (1 new); 2 services (2 new) would come in."
    assert desk.see(queries.partners) == [] and desk.store.check().digest == before


def test_a_feed_is_one_act_that_undo_takes_back_whole(fed: RoomDesk) -> None:
    empty = fed.store.check().digest
    again = small_feed()
    again["contents"][0]["schedules"] = []
    again["contents"][0]["name"] = "Other"
    bring(fed, again)
    undo_last(fed.store, fed.owner)
    assert lost(small_feed()["contents"], given(fed)["contents"]) == []
    undo_last(fed.store, fed.owner)
    assert (fed.see(queries.partners), fed.see(queries.services), fed.see(queries.openings), fed.see(queries.contacts)) == ([], [], [], [])
    checked = fed.store.check()
    assert checked.is_sound and checked.digest != empty


def test_an_import_is_taken_back_by_its_id_with_a_receipt(desk: RoomDesk) -> None:
    told = bring(desk, small_feed())
    assert isinstance(told.import_id, UUID)
    work = taking_back.undo_import(desk.store, desk.owner, told.import_id)
    receipt: Any = finished(work)  # type: ignore[arg-type]
    assert {(gone.what, gone.name) for gone in receipt.went} >= {("organisation", "Shard End Advice"), ("service", "Debt clinic")}
    assert desk.see(queries.services) == []
    assert desk.store.check().is_sound


def test_taking_back_the_second_time_names_only_what_goes_and_sets_the_rest_back(fed: RoomDesk) -> None:
    again = small_feed()
    again["contents"][0]["name"] = "Rights"
    again["contents"][1]["organization"] = {"id": "o2", "name": "Other Advice", "description": "Advice"}
    again["contents"].append(one_service(id="third", name="Third", contacts=None))
    told = bring(fed, again)
    assert told.import_id is not None
    receipt: Any = finished(taking_back.undo_import(fed.store, fed.owner, told.import_id))  # type: ignore[arg-type]
    assert sorted((gone.what, gone.name) for gone in receipt.went) == [
        ("contact of an organisation", "Siân Pugh"), ("organisation", "Other Advice"), ("service", "Third")]
    assert receipt.already_gone == 0
    assert {row.name for row in fed.see(queries.services)} == {"Welfare rights drop-in", "Debt clinic"}
    assert lost(small_feed()["contents"], given(fed)["contents"]) == []


def test_closing_a_feed_half_way_leaves_nothing(desk: RoomDesk) -> None:
    work = coming_in.bring_in(desk.store, desk.owner, feed.feed_of(small_feed(), "feed.json"))
    next(work)
    work.close()
    assert desk.see(queries.partners) == []


def test_names_of_people_in_a_feed_are_not_readable_in_the_log(fed: RoomDesk) -> None:
    heads = fed.see(lambda s: [row[0] for row in s.connection().exec_driver_sql("select head from op")])
    assert not any("Pugh" in head or "checker@" in head for head in heads)


@pytest.mark.parametrize(("name", "kind"), [
    ("Shard End Library", "library"), ("Camp Hill Foodbank", "food bank"), ("St Peter's Church", "church or other faith group"),
    ("Birmingham City Council", "council"), ("Acme Widgets", "other"), ("Churchill Insurance", "other")])
def test_a_word_in_its_name_tells_the_kind_of_an_organisation(name: str, kind: str) -> None:
    assert kind_by_name(name) == kind
    assert {kind for kind, _ in _WORDS} <= set(rules.KINDS)
