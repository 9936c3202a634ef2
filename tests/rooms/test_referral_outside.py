"""Before somebody is kept in-house: the outside options are found, shown, kept with the referral, and reported with the reason."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from coachdesk.documents import reports
from coachdesk.errors import Refusal
from coachdesk.partner import actions as partners
from coachdesk.partner import queries as partner_queries
from coachdesk.programme import queries as programme
from coachdesk.referral import actions, queries
from tests.documents.paper import printed
from tests.rooms.people import enrol
from tests.rooms.test_referral import agree

DAY = date(2020, 5, 12)


@pytest.fixture
def person(desk: Any) -> UUID:
    made: UUID = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(lambda s: agree(s, made, "given", date(2020, 5, 1)))
    return made


def add(desk: Any, name: str, kind: str = "debt or advice service", lot: str = "Shard End", **more: Any) -> UUID:
    made: UUID = desk.act(lambda s: partners.add_partner(s, name=name, kind=kind, lots=[lot], **more))
    return made


@pytest.fixture
def network(desk: Any) -> dict[str, UUID]:
    """One who gives the help and is open and checked, one who gives it, one of another lot, one who gives something else, and our own."""
    made = {"bus": add(desk, "Advice Bus"), "far": add(desk, "Camp Hill Advice", lot="Camp Hill"),
            "church": add(desk, "St Mary’s", "church or other faith group"), "library": add(desk, "Library", "library"),
            "own": add(desk, "Skills House", "college or training provider", is_own_provision=True)}
    service = desk.act(lambda s: partners.add_service(s, partner=made["church"], name="Debt centre"))
    desk.act(lambda s: partners.check_service(s, service))
    desk.act(lambda s: partners.add_venue(s, name="Church hall", lot=desk.shard_end, partner=made["church"]))
    return made


def names(desk: Any, help_kind: str | None) -> list[str]:
    return [each.name for each in desk.see(lambda s: queries.outside_options(s, desk.shard_end, help_kind, DAY, 9))]


def test_outside_partners_of_the_lot_that_give_that_help_the_likeliest_first(desk: Any, network: dict[str, UUID]) -> None:
    assert names(desk, "money & debt") == ["St Mary’s", "Advice Bus"]
    first, second = desk.see(lambda s: queries.outside_options(s, desk.shard_end, "money & debt", DAY))
    assert first.sentence() == ("St Mary’s: offers Debt centre; nobody sent there yet; should answer within 14 days; open; its entry was "
                                "checked on 12 May 2020; has a place in the lot.")
    assert second.reasons[0] == "is a debt or advice service"
    assert names(desk, None) == ["St Mary’s", "Advice Bus", "Library"]


def test_a_contract_for_that_support_makes_a_partner_fit(desk: Any, network: dict[str, UUID]) -> None:
    desk.act(lambda s: partners.add_capability(s, partner=network["library"], funding="council grant", kinds=["money & debt"],
                                               lots=["Shard End"]))
    found = {each.name: each.reasons[0] for each in desk.see(lambda s: queries.outside_options(s, desk.shard_end, "money & debt", DAY, 9))}
    assert found["Library"] == "holds council grant for it"


def test_what_is_closed_stands_behind_what_is_not_known(desk: Any, network: dict[str, UUID]) -> None:
    (service,) = desk.see(lambda s: partner_queries.services(s, partner=network["church"]))
    desk.act(lambda s: partners.change_service(s, service.id, status="temporarily closed"))
    assert names(desk, "money & debt")[0] == "Advice Bus"


def test_the_refusal_names_them_and_what_was_shown_is_kept_with_the_reason(desk: Any, person: UUID, network: dict[str, UUID]) -> None:
    given: dict[str, Any] = {"participant": person, "partner": network["own"], "need": "debts", "kind_of_help": "money & debt"}
    with pytest.raises(Refusal, match="keeps the person in-house") as said:
        desk.act(lambda s: actions.send_referral(s, **given))
    assert said.value.next_step.startswith("Outside: St Mary’s or Advice Bus. Say why")
    made = desk.act(lambda s: actions.send_referral(s, **given, own_provision_reason="starts on Monday"))
    row = desk.see(lambda s: queries.referral(s, made))
    assert row.outside.startswith("St Mary’s: offers Debt centre") and "Advice Bus" in row.outside
    desk.act(lambda s: partners.change_partner(s, network["bus"], name="Advice Van"))
    (kept,) = desk.see(queries.in_house)
    assert (kept.partner, kept.reason, kept.kind_of_help) == ("Skills House", "starts on Monday", "money & debt")
    assert [each.name for each in kept.options] == ["St Mary’s", "Advice Bus"], "as it was shown then"


def test_the_share_kept_in_house_is_told_by_month(desk: Any, person: UUID, network: dict[str, UUID]) -> None:
    for partner, why in ((network["bus"], None), (network["own"], "starts on Monday"), (network["church"], "not asked for")):
        desk.act(lambda s, partner=partner, why=why: actions.send_referral(s, participant=person, partner=partner, need="debts",
                                                                           own_provision_reason=why))
    (month,) = desk.see(queries.in_house_months)
    assert (month.month, month.given, month.kept_in_house, month.share) == ("2020-05", 3, 1, 33)
    with desk.store.read() as session:
        _, _, pages = printed(lambda out: reports.write(session, "own-provision", out, reports.By("Olive Owner", False)))
    words = " ".join(pages)
    assert "1 of 3 people sent stayed with the provider's own, 33 %." in words
    assert "starts on Monday" in words and "Zoë" not in words, "nobody is named"


def test_a_partner_named_like_the_leading_body_is_our_own(desk: Any, person: UUID) -> None:
    body = desk.see(lambda s: programme.own_bodies(s, desk.shard_end, DAY))[0]
    own = add(desk, body.upper(), "employer")
    assert desk.see(lambda s: queries.is_own(s, own, desk.shard_end, DAY))
    with pytest.raises(Refusal, match="keeps the person in-house"):
        desk.act(lambda s: actions.send_referral(s, participant=person, partner=own, need="a course"))
