"""What the views of the network work out, by command: what a lot lacks, councils side by side, funnels, who might fit, settings."""

from __future__ import annotations

from typing import Any

from tests.whole.conftest import Said


def test_a_lots_gaps_and_what_councils_gave_are_listed(desk: Any) -> None:
    desk("add", "partner", "name=Money Advice", "kind=debt or advice service", "lots=Shard End")
    desk("add", "partner.capability", "funding=Money grant", "kinds=money & debt", "partner=Money Advice", "lots=Shard End")
    rows = {row["kind"]: row for row in desk("list", "partner.lot_capability", "--lot", "Shard End")}
    assert (rows["money & debt"]["state"], rows["money & debt"]["partners"]) == ("partner", ["Money Advice"])
    assert rows["travel"]["state"] == "nobody"
    desk("add", "partner.council_support", "lot=Shard End", "kind=venue", "what=The hall")
    here, camp = (desk("list", "partner.lot_support", "--lot", lot)[0] for lot in ("Shard End", "Camp Hill"))
    assert (here["asked"], here["waiting"], camp["share"]) == (1, 1, "never asked")


def test_a_vacancy_goes_from_the_short_list_to_hired_and_its_funnel_counts(desk: Any) -> None:
    desk("add", "partner", "name=Parcels", "kind=employer", "lots=Shard End")
    desk("add", "participant", "name=Ann Lee", "lot=Shard End", "postcode=B34 7AA", "registered_on=2020-01-06")
    vacancy = desk("add", "partner.vacancy", "partner=Parcels", "title=Picker", "closes_on=2020-05-16")["id"]
    desk("add", "activity", "participant=Ann Lee", "happened_on=2020-05-04", "kind=CV", "minutes=40", "mode=phone")
    (fit,) = desk("list", "activity.fit", "--where", "vacancy=Picker")
    assert fit["participant"] == "Ann Lee" and fit["fits"] + fit["against"]
    made = desk("add", "activity.candidate", "participant=Ann Lee", f"vacancy={vacancy}", f"why={fit['fits'] or 'wants it'}")["id"]
    for stage in ("told", "interview", "hired"):
        desk("do", "activity.candidate", "move", made, f"stage={stage}")
    funnels = {row["of"]: row for row in desk("list", "activity.funnel")}
    assert funnels["vacancy"]["counts"]["hired"] == funnels["employer"]["counts"]["hired"] == 1
    assert desk("list", "activity.fit") == []
    assert [hit["kind"] for hit in desk("search", "picker")] == ["partner.vacancy"]


def test_how_partners_are_tended_is_changed_by_command(desk: Any, run: Any) -> None:
    (row,) = desk("list", "programme.network")
    assert (row["cadence_days"], row["trust"][0]) == (42, "does not know us")
    desk("do", "programme.network", "change", row["programme"], "cadence_days=21", "trust=strangers,friends", "cold_to=strangers",
         "warm_from=friends")
    desk("add", "partner", "name=Library", "kind=library", "lots=Shard End")
    desk("do", "partner", "set trust", "Library", "stage=friends")
    (clock,) = desk("list", "partner.upkeep")
    assert (clock["cadence_days"], clock["trust"]) == (21, "friends")
    said: Said = run("--store", desk.store, "do", "programme.network", "change", row["programme"], "warm_from=strangers")
    assert said.code == 1 and "comes after the last cold one" in said.err
