"""The template's `[terms]` table becomes the ledger's terms, or is refused by field."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coachdesk.claim.rules import Terms, floor_in, terms_from, version_on
from coachdesk.clock import month_from_text
from coachdesk.errors import Refusal

TEMPLATE = Path(__file__).parents[2] / "resources" / "programmes" / "connecting-communities.toml"


def table() -> dict[str, Any]:
    """The sample programme's own table."""
    terms: dict[str, Any] = tomllib.loads(TEMPLATE.read_text("utf-8"))["terms"]
    return terms


def test_the_sample_programme_s_terms_are_read_with_the_pandemic_floor() -> None:
    terms = terms_from("sample", table())
    assert {milestone.kind for milestone in terms.milestones} == {"start", "interventions", "job_entry", "sustained", "progression"}
    floor = floor_in(terms, month_from_text("2020-05"))
    assert floor is not None and len(floor.base_totals) == 9
    assert (floor.base_from, floor.base_to) == (month_from_text("2019-11"), month_from_text("2020-01"))
    assert floor_in(terms, month_from_text("2020-03")) is None is floor_in(terms, month_from_text("2020-08"))
    assert all(version_on([m for m in terms.milestones if m.code == code], date(2020, 5, 12))
               for code in {milestone.code for milestone in terms.milestones})


def test_days_kept_as_text_read_the_same() -> None:
    kept = json.loads(json.dumps(table(), default=lambda day: day.isoformat()))
    assert terms_from("sample", kept) == terms_from("sample", table())


@pytest.mark.parametrize(("kind", "field", "value", "said"), [
    ("milestones", "clause", None, "lacks the field 'clause'"),
    ("milestones", "amount_pence", 12.5, "12.5 is not a whole number"),
    ("milestones", "from", "1 May", "cannot be read"),
    ("floors", "base_from", "2019-13", "2019-13"),
    ("floors", "divisor", "weeks", "divisor “weeks”"),
])
def test_a_field_that_is_missing_or_unreadable_is_named(kind: str, field: str, value: object, said: str) -> None:
    wrong = table()
    if value is None:
        del wrong[kind][0][field]
    else:
        wrong[kind][0][field] = value
    with pytest.raises(Refusal, match=said):
        terms_from("sample", wrong)


def test_a_contract_without_a_floor_is_a_contract() -> None:
    assert terms_from("c", {"milestones": []}) == Terms("c", ())
