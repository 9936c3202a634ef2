"""Whatever a feed says within the profile: in, out and in again is a fixed point, and nothing is lost on the way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coachdesk.exchange.open_referral import profile
from coachdesk.exchange.open_referral.profile import Shape
from tests.exchange import feeds
from tests.exchange.feeds import bring, by_id, lost
from tests.rooms.conftest import RoomDesk

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
NUMBERS = st.one_of(st.integers(-10**20, 10**20), st.decimals(-10**6, 10**6, places=3), st.just(Decimal("1e400")))
ANYTHING = st.recursive(st.one_of(st.none(), st.booleans(), NUMBERS, WORDS),
                        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)), max_leaves=8)
SPECIAL = {"byday": st.sampled_from(["MO", "TU,TH", "2FR", "-1SU", "", "XX"]), "opens_at": st.sampled_from(["09:00", "9", "23:59:59Z", ""]),
           "assured_date": st.sampled_from(["2020-05-01", "2020-05-01T10:00:00Z", "soon"]), "name": WORDS}
UNKNOWN = st.dictionaries(st.sampled_from(["x_one", "phones", "code", "note", "eligibility_description", "currency"]), ANYTHING, max_size=2)


def of_type(wanted: Any, depth: int) -> st.SearchStrategy[Any]:
    """Any value of a field."""
    if isinstance(wanted, Shape):
        return objects(wanted, depth + 1)
    if isinstance(wanted, list):
        return st.lists(objects(wanted[0], depth + 1), max_size=2, unique_by=lambda each: each["id"])
    return NUMBERS if wanted == profile.NUMBER else WORDS if wanted == profile.TEXT else st.sampled_from(wanted)


@st.composite
def objects(draw: Any, shape: Shape, depth: int = 0) -> dict[str, Any]:
    """Any object of a shape, with what it needs, some of what it may have, and what nobody knows."""
    made = draw(UNKNOWN)
    for key, wanted in shape.fields.items():
        needed = key in shape.needs
        if key in ("id", "organization") or (isinstance(wanted, (list, Shape)) and depth > 3 and not needed):
            continue
        if needed or draw(st.integers(0, 3)) == 0:
            made[key] = draw(SPECIAL[key] if key in SPECIAL else of_type(wanted, depth))
    made["id"] = draw(st.uuids()).hex
    if "name" in shape.needs:
        made["name"] = draw(st.sampled_from(["Zoë's  place ", "Hall", "अ"])) + made["name"]
    return made


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large])
@given(services=st.lists(objects(profile.SERVICE), min_size=1, max_size=2), organization=objects(profile.ORGANIZATION),
       others=st.lists(WORDS, min_size=2, max_size=2))
def test_in_out_and_in_again_is_a_fixed_point_and_nothing_is_lost(
    desk: RoomDesk, services: list[Any], organization: Any, others: list[str]
) -> None:
    own = uuid4().hex       # every example stands beside those before it
    documents = [{**each, "id": f"{own} {at}", "organization": {**organization, "id": own, "description": others[at]}}
                 for at, each in enumerate(services)]
    bring(desk, {"contents": documents})
    out = feeds.given(desk)
    assert lost(documents, [by_id(out["contents"])[each["id"]] for each in documents]) == []
    assert bring(desk, out).touched == 0
    assert feeds.given(desk) == out
