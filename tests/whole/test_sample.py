"""The sample programme, smaller than it ships: built through the rooms' actions, sound, explained, printed, and the same on its own day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from coachdesk import demo, settings
from coachdesk.app import Parts
from coachdesk.claim import queries as claim_queries
from coachdesk.demo import papers
from coachdesk.demo.plan import shares
from coachdesk.errors import Refusal
from coachdesk.store import keys
from tests.whole.conftest import PASSPHRASE

PEOPLE = 60
LOTS = ("Shard End", "Washwood Heath", "Camp Hill")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Parts, Path]]:
    folder = tmp_path_factory.mktemp("sample")
    parts = Parts(settings.Places(folder / "home", folder / "home" / "editions"), cost=keys.Cost(1, 8192))
    demo.prepare(parts, folder / "sample.coachdesk", PASSPHRASE, people=PEOPLE, seed=3, note=lambda _words: None)
    yield parts, folder / "sample.coachdesk"


@pytest.fixture
def store(sample: tuple[Parts, Path]) -> Iterator[Any]:
    parts, path = sample
    opened = parts.open_store(path, PASSPHRASE)
    yield opened
    opened.close()


@pytest.mark.parametrize("people", [9, 10, 30, 60, 220, 1000])
def test_as_many_people_as_were_asked_for(people: int) -> None:
    assert sum(shares([f"lot {at}" for at in range(7)] + ["Shard End", "Washwood Heath"], people).values()) == people


def test_the_sample_is_sound_and_keeps_its_day(store: Any) -> None:
    assert store.check().is_sound
    assert store.clock.today() == demo.SAMPLE_DAY


def test_at_least_ten_lines_were_paid_in_may_over_three_lots(store: Any) -> None:
    with store.read() as session:
        paid = [row for row in claim_queries.claims(session) if row.month == "2020-05" and row.lot in LOTS]
    assert {row.lot for row in paid} == set(LOTS)
    assert all(row.status == "paid" for row in paid)
    assert sum(row.lines for row in paid) >= 10


def test_partners_offer_something_and_some_ends_come_near(store: Any) -> None:
    from coachdesk.partner import queries as partner_queries

    with store.read() as session:
        services, ends = partner_queries.services(session), partner_queries.ends(session, until=demo.SAMPLE_DAY)
    assert len({row.partner_id for row in services}) == 9 * 4
    assert {row.status for row in services} == {"active", "temporarily closed"}
    assert all(row.opening and row.languages for row in services)
    assert sorted(row.kind for row in ends) == [
        "partner", "partner", "partner.agreement", "partner.capability", "partner.contact", "partner.contact"]


def test_partners_are_tended_some_are_overdue_and_a_cold_one_has_a_warm_path(store: Any) -> None:
    from coachdesk.referral import queries as referral_queries

    with store.read() as session:
        rows, held = referral_queries.upkeep(session), referral_queries.relationships(session)
    late = sum(row.is_overdue for row in rows)
    assert 5 <= late <= len(rows) / 2
    assert {row.trust for row in rows} >= {"does not know us", "too business-like", "sends people to us", "shares the work", ""}
    cold = [row for row in held if row.partner.endswith("Youth Club")]
    assert len(cold) == 9 and all(row.is_cold and row.path for row in cold)
    assert sum("who leaves on" in row.says for row in held) == 2


def test_traffic_turned_one_way_somebody_answered_and_one_is_ready_to_come_home(store: Any) -> None:
    from coachdesk.referral import queries

    with store.read() as session:
        alerts = {row.partner: (row.alert.split(":")[0], bool(row.answer)) for row in queries.reciprocity_rows(session) if row.alert}
        states = {row.state for row in queries.referrals(session)}
        kept = queries.in_house(session)
    assert alerts == {"Shard End Debt Project": ("we only give", False), "Camp Hill Wellbeing Hub": ("we only receive", True)}
    assert "ready to return" in states
    assert len(kept) >= 3 and all(row.reason and row.options for row in kept)


def test_every_lot_sent_a_claim_for_every_base_month_and_the_floor_was_won_by_each_side(store: Any) -> None:
    with store.read() as session:
        rows = claim_queries.claims(session)
    sent = {(row.lot, row.month) for row in rows if row.status in ("sent", "paid")}
    lots = {row.lot for row in rows}
    assert len(lots) == 9
    assert {(lot, month) for lot in lots for month in ("2019-11", "2019-12", "2020-01")} <= sent
    floors = [row.top_up_pence for row in rows if "2020-04" <= row.month <= "2020-06"]
    assert any(pence == 0 for pence in floors), "a month in which the own claim was ahead"
    assert any(pence for pence in floors), "a month in which the floor was"


def test_every_line_of_a_claim_opens_down_to_what_was_done(store: Any) -> None:
    from coachdesk.programme import queries as programme_queries

    with store.read() as session:
        lot = programme_queries.lot_id(session, "shard end")
        shown = claim_queries.show(session, lot, "2020-05")
        assert sum(line["amount_pence"] for line in shown["lines"]) == shown["actual_pence"]
        assert shown["payable_pence"] == shown["actual_pence"] + shown["top_up"]["amount_pence"]
        for line in [*shown["lines"], shown["top_up"]]:
            steps = claim_queries.explain(session, line["id"])["steps"]
            assert steps
            assert all({"what", "source", "rule", "clause", "arithmetic"} <= set(step) for step in steps)


def test_every_claim_that_was_sent_works_out_again_to_the_same_penny(store: Any) -> None:
    with store.read() as session:
        for row in claim_queries.claims(session):
            assert claim_queries.rerun(session, row.id).differences == ()


def test_the_papers_are_written_and_read_back(sample: tuple[Parts, Path], tmp_path: Path) -> None:
    parts, path = sample
    written = papers.write_documents(parts, path, PASSPHRASE, tmp_path)
    assert {each.stem.partition("-")[0] for each in written} == {
        "caseload", "claim", "addresses", "session", "action", "appointment", *(name.partition("-")[0] for name in papers.PLACES)}
    for each in written:
        words = " ".join(page.extract_text() for page in PdfReader(each).pages)
        assert "Printed by Robin Ashdown on 15 July 2020" in words
        assert "Page 1 of" in words


def test_outreach_has_something_in_every_view(store: Any) -> None:
    from coachdesk.casework import closing, dependency, saturation
    from coachdesk.outreach import queries as outreach_queries

    with store.read() as session:
        sessions = outreach_queries.sessions(session)
        assert {row.status for row in sessions} == {"held", "planned", "cancelled"}
        assert any(row.covered_by for row in sessions) and any(row.hosts for row in sessions)
        registers = [paper for row in sessions if (paper := outreach_queries.register(session, row.id)) is not None]
        assert any(paper.still_to_key for paper in registers) and any(paper.blank for paper in registers)
        assert {row.ended_why is None for row in outreach_queries.series(session)} == {True, False}
        assert {row.status for row in outreach_queries.used_venues(session)} == {"open", "closed"}
        assert len(closing.restart_order(session)) >= 9
        assert (outreach_queries.unmet_demand(session).counted or 0) > 20
        assert sum(row.starts for row in dependency.dependency(session) if row.id != dependency.NO_VENUE) > 3
        wards = saturation.saturation(session)
        assert sum(1 for row in wards if row.contacts_rate) >= 8 and any(row.residents is None for row in wards if row.lot)


def test_no_name_stands_in_the_bytes_of_the_store(sample: tuple[Parts, Path], store: Any) -> None:
    from coachdesk.participant import queries as participant_queries

    _, path = sample
    with store.read() as session:
        names = [row.name for row in participant_queries.participants(session)]
    assert len(names) == PEOPLE
    written = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    assert not [name for name in names if name.encode() in written or name.encode("utf-16-le") in written]


def test_a_real_desk_is_never_taken_for_the_sample(sample: tuple[Parts, Path], desk: Callable[..., Any]) -> None:
    parts, _ = sample
    with pytest.raises(Refusal, match="real desk"):
        demo.prepare(copy(parts), desk.store, PASSPHRASE, people=5, seed=1, note=lambda _words: None)  # type: ignore[attr-defined]


def test_the_network_has_gaps_councils_gave_unevenly_and_candidates_came_to_jobs(store: Any) -> None:
    from coachdesk.activity import queries as activity_queries
    from coachdesk.partner import queries as partner_queries

    with store.read() as session:
        maps = {row.lot: row.gaps for row in partner_queries.lot_capability(session)}
        support = {row.lot: row.share for row in partner_queries.council_support(session)}
        candidates, jobs = activity_queries.candidates(session), activity_queries.jobs(session)
    assert all("travel" in gaps for gaps in maps.values())
    assert "vocational training" not in maps["Glascote"] and "vocational training" in maps["Cannock North"]
    assert support["Glascote"] == "never asked" and support["Cannock North"].startswith("too few") and "%" in support["Shard End"]
    hired = [row for row in candidates if row.stage == "hired"]
    assert hired and {row.job_id for row in hired} <= {row.id for row in jobs}
    assert any(row.is_open for row in candidates) and any(row.training_id and row.stage == "finished" for row in candidates)
    assert not any(row.notes for row in candidates)
