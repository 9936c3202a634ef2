"""A broken or hostile feed is refused in a sentence that names the path, and nothing is changed."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from coachdesk.errors import Refusal, Trouble
from coachdesk.exchange.open_referral import feed, reading
from coachdesk.exchange.open_referral.reading import Broken, read_bytes, read_file
from tests.exchange.feeds import DATA, bring, given, lost, one_service, small_feed, written
from tests.rooms.conftest import RoomDesk

NESTED = "[" * 200 + "]" * 200
WHOLE = (DATA / "two_services.json").read_bytes()


def changed(path: str, value: Any) -> Any:
    """The small feed with another value at a path like contents.0.status; ... takes it away."""
    document = small_feed()
    at: Any = document
    *way, last = path.split(".")
    for part in way:
        at = at[int(part) if part.isdigit() else part]
    if value is ...:
        del at[last]
    else:
        at[int(last) if last.isdigit() else last] = value
    return document


@pytest.mark.parametrize(("path", "value", "says"), [
    ("contents.0.status", ..., "$.contents[0].status is missing: a service needs it"),
    ("contents.0.status", "sleeping",
     "$.contents[0].status has to be one of active, inactive, defunct, temporarily closed, and is “sleeping”"),
    ("contents.0.name", None, "$.contents[0].name is missing"),
    ("contents.0.name", " \t", "$.contents[0].name is empty"),
    ("contents.1.id", ..., "$.contents[1].id is missing"),
    ("contents.0.id", 17, "$.contents[0].id has to be text, and is a number"),
    ("contents.0.minimum_age", "16", "$.contents[0].minimum_age has to be a number, and is text"),
    ("contents.0.minimum_age", True, "$.contents[0].minimum_age has to be a number, and is yes or no"),
    ("contents.0.schedules", {}, "$.contents[0].schedules has to be a list, and is an object"),
    ("contents.0.schedules.1.freq", "DAILY", "$.contents[0].schedules[1].freq has to be one of WEEKLY, MONTHLY"),
    ("contents.0.schedules.0", "Monday", "$.contents[0].schedules[0] has to be an object (a schedule), and is text"),
    ("contents.0.organization", [], "$.contents[0].organization has to be an object (an organization), and is a list"),
    ("contents.0.organization.description", ..., "$.contents[0].organization.description is missing"),
    ("contents.0.service_at_locations.0.location.addresses.0.city", ...,
     "$.contents[0].service_at_locations[0].location.addresses[0].city is missing: an address needs it"),
    ("contents.0.service_at_locations.0.location.latitude", "north", ".location.latitude has to be a number"),
    ("contents.0.attributes.0.taxonomy_term.name", 3, "$.contents[0].attributes[0].taxonomy_term.name has to be text"),
    ("contents.0.schedules.1.id", "s1", "$.contents[0].schedules[1].id stands twice in this service"),
    ("contents.1.id", "5f1f7c1a-0a55-4a57-8a6e-111111111111", "is not what $.contents[0], which has the same id, says"),
    ("contents", {"id": "x"}, "$.contents has to be a list"),
    ("contents.1", 12, "$.contents[1] is neither a service nor an organization"),
    ("contents.1", {"odd": True}, "$.contents[1] is neither a service nor an organization"),
    ("contents.1", None, "$.contents[1] is neither a service nor an organization"),
])
def test_a_feed_that_is_not_as_the_profile_wants_it_names_the_path_and_changes_nothing(
    desk: RoomDesk, path: str, value: Any, says: str
) -> None:
    before = desk.store.check().ops
    with pytest.raises(Broken) as refused:
        bring(desk, changed(path, value))
    assert says in str(refused.value)
    assert "Nothing was changed" in refused.value.next_step
    assert desk.store.check().ops == before


@pytest.mark.parametrize(("content", "says"), [
    (b'{"contents": [{"name": "A", "minimum_age": NaN}]}', "$.contents[0].minimum_age is NaN"),
    (b'[{"a": {"b": [1, -Infinity]}}]', "$[0].a.b[1] is -Infinity"),
    (b'[{"a": 1e99999999999999999999}]', "$[0].a is 1e99999999999999999999, which is no number"),
    (b'{"contents": [{"id": "1", "id": "2"}]}', "$.contents[0] names one of its fields twice"),
    (b'{"contents": ["\\ud800"]}', "$.contents[0] holds half a letter"),
    (b'{"\\udfff": 1}', "$ has a field whose name holds half a letter"),
    (b'{"contents": [{"name": "A", "schedules": [{"id": "1"}, {"id"', '$.contents[0].schedules[1] is not JSON any more: line 1'),
    (b'{"contents": [{"name": "A"},\n {"name": }]}', "$.contents[1].name is not JSON any more: line 2, column 11"),
    (b"[1, 2,, 3]", "$[2] is not JSON any more: line 1, column 7"),
    (b"hello", "$ is not JSON any more"),
    (b"<html>", "$ is not JSON any more"),
    (f'{{"contents": {NESTED}}}'.encode(), "is nested deeper than 60 levels"),
    (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "is nested deeper than 60 levels"),
    (b"[" * 1_000_000, "is nested deeper than 60 levels"),
    (b'"just words"', "$ is neither an object nor a list"),
    (b"12", "$ is neither an object nor a list"),
    (b"{}", "$ is neither a service nor an organization"),
])
def test_json_that_is_broken_or_hostile_is_refused_with_its_place(content: bytes, says: str) -> None:
    with pytest.raises(Broken) as refused:
        feed.feed_of(read_bytes(content, "feed.json"), "feed.json")
    assert says in str(refused.value)
    assert str(refused.value).startswith("feed.json cannot be taken in: ") and len(str(refused.value)) < 600


@pytest.mark.parametrize(("content", "says"), [
    (b"", "feed.json is empty"), (b" \n\t", "feed.json is empty"), (b"\xef\xbb\xbf", "feed.json is empty"),
    (b'{"name": "caf\xe9"}', "feed.json is not UTF-8: line 1"), (b'{"a":\n"\xff"}', "not UTF-8: line 2"),
    (b"\x00" * 100, "not JSON"), (random.Random(7).randbytes(64) + b"\xff", "not ")])
def test_bytes_that_are_no_text_are_refused(content: bytes, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        read_bytes(content, "feed.json")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_read_over(desk: RoomDesk, encoding: str) -> None:
    document = read_bytes(WHOLE.decode().encode(encoding))
    assert document == small_feed()


def test_a_file_beyond_all_limits_is_refused_without_reading_it_whole(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(Refusal, match="larger than 50 MB"):
        read_file(large)


def test_a_file_of_nothing_but_brackets_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(Refusal, match="more than 1,500,000 objects and lists"):
        read_bytes(b"[" + b"{}," * 1_600_000 + b"{}]", "feed.json")


def test_what_is_no_file_is_trouble(tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "missing.json", Path("/dev/zero"), Path("a\0b")):
        with pytest.raises(Trouble, match="cannot be read|not a file"):
            read_file(file)


def test_every_problem_is_told_and_the_sentence_names_the_first() -> None:
    document = changed("contents.0.status", ...)
    document["contents"][1]["name"] = 12
    with pytest.raises(Broken) as refused:
        feed.feed_of(document, "feed.json")
    assert [str(each).split(" ")[0] for each in refused.value.problems] == ["$.contents[0].status", "$.contents[1].name"]
    assert "1 more like it" in refused.value.next_step


def test_a_thousand_problems_are_not_told_one_by_one() -> None:
    with pytest.raises(Broken) as refused:
        feed.feed_of({"contents": [{"id": str(at), "status": "x", "organization": {}} for at in range(1000)]}, "feed.json")
    assert len(refused.value.problems) == feed.MOST_PROBLEMS


def test_odd_keys_stand_quoted_and_short_in_a_path() -> None:
    document = {"contents": [{"x y": {"<script>" * 100: [float("1")]}, "naïve": 1}]}
    text = json.dumps(document).replace("1.0", "NaN")
    with pytest.raises(Broken) as refused:
        read_bytes(text.encode(), "feed.json")
    assert refused.value.problems[0].path.startswith('$.contents[0]["x y"]["<script><script>')
    assert len(refused.value.problems[0].path) <= reading._LONGEST_PATH + 1


def test_nothing_where_something_may_be_left_out_counts_as_left_out(desk: RoomDesk) -> None:
    doc = one_service(url=None)
    doc["url"] = None
    doc["service_at_locations"][0]["location"]["description"] = None
    doc["x_unknown"] = None
    bring(desk, doc)
    out = given(desk)["contents"][0]
    assert "url" not in out and "description" not in out["service_at_locations"][0]["location"]
    assert out["x_unknown"] is None


def test_words_that_cannot_be_shown_are_kept_in_the_feed_and_left_out_of_the_lists(desk: RoomDesk) -> None:
    from coachdesk.partner import queries

    doc = one_service(name="Evil\u202e \x00name\x07", description="x" * 10_000)
    bring(desk, doc)
    row, = desk.see(queries.services)
    assert (row.name, len(row.description or "")) == ("Evil name", 10_000)
    assert lost(doc, given(desk)["contents"][0]) == []


def test_things_of_a_feed_that_nobody_understands_do_no_harm(desk: RoomDesk) -> None:
    doc = one_service(languages=[{"id": "l", "name": 7, "code": None}], phones="call us", cost_options=[{"id": "c", "amount": 10**30}],
                      eligibility_description=["old"], minimum_age=-5, maximum_age=10**50, assured_date="yesterday",
                      x_list=[[[]], {}, None])
    doc["schedules"][0].update(byday="XX,,MO,9FR", opens_at="noon", interval=-1, valid_from="2020-02-31")
    doc["service_at_locations"][0]["schedules"] = [1, {"id": 5}, {"id": "s", "byday": None}]
    doc["contacts"][0]["phones"] = [None, {"number": 12}]
    bring(desk, doc)
    assert lost(doc, given(desk)["contents"][0]) == []
    assert bring(desk, given(desk)).touched == 0


ODD = {"opens_at": "25:99", "closes_at": "late", "byday": "MO,XX", "valid_from": "2020-02-31"}


def test_times_and_days_that_cannot_be_read_are_text_to_the_standard_so_they_are_kept_and_told_with_their_path(desk: RoomDesk) -> None:
    doc = one_service()
    doc["schedules"][0].update(ODD)
    doc["assured_date"] = "last spring"
    doc["service_at_locations"][0]["schedules"] = [{"id": "p", "opens_at": "24:00"}]
    told = bring(desk, {"contents": [doc]})
    says = {note.path: note.says for note in told.notes}
    assert says["$.contents[0].schedules[0].opens_at"] == (
        "is not a time of day (“25:99”): it is kept as it came, and not shown in the lists.")
    assert says.keys() == {"$.contents[0].assured_date", *(f"$.contents[0].schedules[0].{key}" for key in ODD),
                           "$.contents[0].service_at_locations[0].schedules[0].opens_at"}
    assert lost(doc, given(desk)["contents"][0]) == []
    assert bring(desk, one_service()).notes == []


def test_our_own_opening_time_that_comes_back_with_odd_words_gives_those_words_back(desk: RoomDesk) -> None:
    from coachdesk.partner import actions

    partner = desk.act(lambda s: actions.add_partner(s, name="Quiet Library", kind="library"))
    service = desk.act(lambda s: actions.add_service(s, partner=partner, name="Reading"))
    desk.act(lambda s: actions.add_opening(s, service=service, days=["Monday"], opens_at="10:00", closes_at="12:00"))
    out = given(desk)
    schedule = out["contents"][0]["schedules"][0]
    schedule.update(opens_at="25:99", byday="XX")
    bring(desk, out)
    assert given(desk)["contents"][0]["schedules"] == [schedule]


def test_a_feed_of_many_comes_in_at_once(desk: RoomDesk) -> None:
    from coachdesk.partner import queries

    docs = [{**one_service(), "id": f"service {at}", "name": f"Service {at}"} for at in range(450)]
    told = bring(desk, docs)
    assert told.count("service", "new") == 450
    assert len(desk.see(queries.contacts)) == 2
    assert bring(desk, docs).touched == 0
    assert len(written(given(desk))) > 500_000
