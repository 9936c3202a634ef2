"""What goes out is what the published schemas of Open Referral UK 3.0 ask for, and their own examples lose nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from coachdesk.exchange.open_referral import feed, profile
from coachdesk.exchange.open_referral.profile import Shape
from coachdesk.exchange.open_referral.reading import read_file
from coachdesk.partner import actions
from tests.exchange.feeds import bring, by_id, given, lost, small_feed
from tests.rooms.conftest import RoomDesk

EXAMPLES = ("organization_full", "organization_list", "service_at_location_full", "service_full", "service_list", "taxonomy",
            "taxonomy_term_list")


@pytest.fixture(scope="session")
def published(shared_data: Path) -> Path:
    folder = shared_data / "open-referral-uk"
    if not folder.is_dir():
        pytest.skip("the published schemas do not stand beside the source tree")
    return folder


def schema(published: Path, name: str) -> Any:
    return json.loads((published / "schema" / f"{name}.json").read_text(encoding="utf-8"))


def validated(published: Path, desk: RoomDesk) -> None:
    """Every service and organisation of both forms, by every schema, with formats."""
    page, organisations = as_floats(given(desk)), as_floats(given(desk, "organizations"))
    checks = [("service", page["contents"]), ("service_list", page["contents"]), ("organization", organisations["contents"]),
              ("organization", page.get("organizations", [])), ("service", organisations.get("services", []))]
    for name, documents in checks:
        checker = jsonschema.Draft202012Validator(schema(published, name), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
        for each in documents:
            assert [f"{fault.json_path}: {fault.message}" for fault in checker.iter_errors(each)] == []


def as_floats(document: Any) -> Any:
    """As any other program reads it."""
    from tests.exchange.feeds import written

    return json.loads(written(document))


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_loses_nothing_and_what_goes_out_is_valid(desk: RoomDesk, published: Path, name: str) -> None:
    document = read_file(published / "examples" / f"{name}.json")
    bring(desk, document)
    out, organisations = given(desk), given(desk, "organizations")
    if name in ("service_full", "service_list"):
        docs = document.get("contents", [document])
        assert lost(docs, [by_id(out["contents"])[each["id"]] for each in docs]) == []
    elif name == "service_at_location_full":
        service, = out["contents"]
        assert lost(document["service"], service) == []
        assert lost({key: value for key, value in document.items() if key != "service"}, service["service_at_locations"][0]) == []
    elif name.startswith("organization"):
        docs = document.get("contents", [document])
        assert lost(docs, [by_id(organisations["contents"])[each["id"]] for each in docs]) == []
    else:
        docs = document.get("contents", [document])
        assert lost(docs, out["taxonomies" if name == "taxonomy" else "taxonomy_terms"]) == []
    validated(published, desk)
    assert bring(desk, out).touched == 0


def test_all_examples_together_are_one_organisation_with_one_service(desk: RoomDesk, published: Path) -> None:
    for name in EXAMPLES:
        bring(desk, read_file(published / "examples" / f"{name}.json"))
    out = given(desk)
    assert (len(out["contents"]), "organizations" in out) == (1, False)
    validated(published, desk)


def test_what_was_typed_here_is_valid_too(desk: RoomDesk, published: Path) -> None:
    library = desk.act(lambda s: actions.add_partner(s, name="Shard End Library", kind="library", lots=["Shard End"],
                                                     email="a@example.org"))
    desk.act(lambda s: actions.add_partner(s, name="Quiet one", kind="other", lots=["Shard End"], website="example.org"))
    made = desk.act(lambda s: actions.add_service(
        s, partner=library, name="English class", languages=["Urdu"], categories=["ESOL"], phone="0121 496 0123", minimum_age=19,
        maximum_age=99, fees="free", website="example.org", email="b@example.org", alert="Shut", status="temporarily closed",
        eligibility="Anyone", description="A class"))
    venue = desk.act(lambda s: actions.add_venue(s, name="Reading room", partner=library, postcode="B34 7AA"))
    stall = desk.act(lambda s: actions.add_venue(s, name="Stall", partner=library))
    for where in (venue, stall):
        desk.act(lambda s, where=where: actions.add_service_place(s, service=made, venue=where))
    desk.act(lambda s: actions.add_opening(s, service=made, days=["MO"], opens_at="10:00", closes_at="12:00", freq="week", every=2))
    desk.act(lambda s: actions.check_service(s, made))
    validated(published, desk)


def test_a_feed_of_ours_with_a_coachs_changes_is_valid(desk: RoomDesk, published: Path) -> None:
    from coachdesk.partner import queries

    bring(desk, small_feed())
    for row in desk.see(queries.services):
        desk.act(lambda s, row=row: actions.change_service(s, row.id, languages=["Polish"], categories=[], minimum_age=3, maximum_age=4,
                                                           phone="", website="", description="", alert=""))
    page = as_floats(given(desk))
    plain = jsonschema.Draft202012Validator(schema(published, "service"))
    assert [fault.message for each in page["contents"] for fault in plain.iter_errors(each)] == []


def _as_published(shape: Shape, told: Any, path: str, strays: list[str]) -> None:
    if sorted(told.get("required", [])) != sorted(shape.needs):
        strays.append(f"{path} needs {told.get('required')}")
    if told.get("properties", {}).keys() != shape.fields.keys():
        strays.append(f"{path} has {sorted(told.get('properties', {}).keys() ^ shape.fields.keys())}")
    for key, wanted in shape.fields.items():
        here = told.get("properties", {}).get(key, {})
        if isinstance(wanted, (Shape, list)):
            _as_published(wanted if isinstance(wanted, Shape) else wanted[0], here if isinstance(wanted, Shape) else here.get("items", {}),
                          f"{path}.{key}", strays)
        elif here.get("type") != ("number" if wanted == profile.NUMBER else "string"):
            strays.append(f"{path}.{key} is {here.get('type')}")
        elif not isinstance(wanted, str) and sorted(here.get("enum", [])) != sorted(wanted):
            strays.append(f"{path}.{key} is one of {here.get('enum')}")


def test_our_table_of_the_profile_is_the_published_one(published: Path) -> None:
    strays: list[str] = []
    _as_published(profile.SERVICE, schema(published, "service"), "service", strays)
    whole = schema(published, "organization")
    fields = {key: value for key, value in whole["properties"].items() if key != "services"}
    _as_published(profile.ORGANIZATION, {**whole, "properties": fields}, "organization", strays)
    _as_published(profile.SERVICE, whole["properties"]["services"]["items"], "organization.services", strays)
    assert strays == []


@pytest.mark.parametrize("name", ["service_full", "organization_full"])
def test_every_required_field_that_is_taken_away_is_named_by_its_path(published: Path, name: str) -> None:
    document = read_file(published / "examples" / f"{name}.json")
    checker = jsonschema.Draft202012Validator(schema(published, name.split("_", maxsplit=1)[0]))
    count = 0
    for path, holder, key in _fields(document, "$"):
        kept = holder.pop(key)
        is_valid = checker.is_valid(json.loads(json.dumps(document, default=float)))
        try:
            feed.feed_of(document, "feed.json")
            assert is_valid, path
        except feed.Broken as broken:
            assert not is_valid, path
            assert broken.problems[0].path == path
            count += 1
        holder[key] = kept
    assert count > 10


def _fields(value: Any, path: str) -> Any:
    if isinstance(value, dict):
        for key in [*value]:
            yield f"{path}.{key}", value, key
            yield from _fields(value[key], f"{path}.{key}")
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _fields(each, f"{path}[{at}]")
