"""How a network is tended, as a template says it and as a lead changes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import Refusal
from coachdesk.programme.rules import USUAL_NETWORK, USUAL_TRUST, TrustScale, as_kept, changed, network_from, read_programme

NAME = "one-estate.toml"
TEXT = (Path(__file__).resolve().parents[2] / "resources" / "programmes" / NAME).read_text(encoding="utf-8")
OWN = '\n[network]\ncadence_days = 21\ntrust = ["strangers", "on terms", "friends"]\ncold_to = "strangers"\nwarm_from = "friends"\n'


def test_a_template_that_says_nothing_tends_as_usual() -> None:
    assert read_programme(TEXT, NAME).network == USUAL_NETWORK


def test_a_template_may_say_how_often_and_by_which_steps() -> None:
    read = read_programme(TEXT + OWN, NAME).network
    assert (read.cadence_days, read.trust) == (21, TrustScale(("strangers", "on terms", "friends"), "strangers", "friends"))
    assert read_programme(f"{TEXT}\n[network]\ncadence_days = 14\n", NAME).network.trust == USUAL_TRUST


@pytest.mark.parametrize(("was", "becomes", "says"), [
    ("cadence_days = 21", "cadence_days = 0", "“cadence_days”: a whole number from 1 to 730 is needed"),
    ('["strangers", "on terms", "friends"]', '["strangers"]', "“trust”: a scale of trust has 2 to 12 steps"),
    ('"on terms"', '"Friends"', "“trust”: two steps of trust read the same"),
    ('warm_from = "friends"', 'warm_from = "kin"', "“warm_from”: “kin” is not one of the steps of trust"),
    ('warm_from = "friends"', 'warm_from = "strangers"', "“warm_from”: the step from which an organisation works with us comes after"),
    ("cold_to", "coldto", "“coldto”: this field is not known"),
])
def test_what_is_wrong_names_the_line_and_the_field(was: str, becomes: str, says: str) -> None:
    text = TEXT + OWN.replace(was, becomes)
    with pytest.raises(Refusal) as refused:
        read_programme(text, NAME)
    assert f"{NAME}, line " in refused.value.sentence and says in refused.value.sentence


def test_a_lead_changes_one_thing_and_the_rest_stays() -> None:
    assert changed(USUAL_NETWORK, 30, None, None, None).trust == USUAL_TRUST
    fewer = changed(USUAL_NETWORK, None, ["cold", " warm   enough "], "COLD", "warm enough")
    assert (fewer.cadence_days, fewer.trust) == (42, TrustScale(("cold", "warm enough"), "cold", "warm enough"))
    with pytest.raises(Refusal, match="is not one of the steps of trust"):
        changed(USUAL_NETWORK, None, ["cold", "warm"], None, None)
    with pytest.raises(Refusal, match="every 1 to 730 days"):
        changed(USUAL_NETWORK, 731, None, None, None)


@given(st.lists(st.text(st.characters(categories=["Ll"]), min_size=1, max_size=8), min_size=2, max_size=12), st.data())
def test_any_scale_that_holds_together_is_read_back_as_it_was_kept(steps: list[str], data: st.DataObject) -> None:
    try:
        made = changed(USUAL_NETWORK, 7, steps, data.draw(st.sampled_from(steps)), data.draw(st.sampled_from(steps)))
    except Refusal:
        return
    assert network_from(7, as_kept(made.trust)) == made
    warm, cold = ([test(step) for step in made.trust.steps] for test in (made.trust.is_warm, made.trust.is_cold))
    assert not any(one and other for one, other in zip(warm, cold, strict=True)) and warm == sorted(warm) and cold == sorted(cold)[::-1]


@pytest.mark.parametrize("kept", [None, {}, {"steps": 3}, {"steps": ["a"], "cold_to": "a", "warm_from": "a"}, []])
def test_what_a_store_keeps_otherwise_is_as_usual(kept: object) -> None:
    assert network_from(None, kept) == USUAL_NETWORK
