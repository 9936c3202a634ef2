"""The printed pages of the network: one page a lot on what it can give and lacks, and councils told fairly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from coachdesk.activity import actions as activity
from coachdesk.documents import reports
from coachdesk.participant import actions as people
from coachdesk.partner import actions
from coachdesk.programme import queries as programme
from tests.rooms.conftest import SHARD_END, TODAY, RoomDesk

BY = reports.By("Olive Owner", False)
Printed = Callable[..., tuple[str, int]]


@pytest.fixture
def printed(desk: RoomDesk) -> Printed:
    """The words of a report, and how many pages they are."""

    def write(name: str, lot: UUID | None = None, month: int | None = None) -> tuple[str, int]:
        out = BytesIO()
        desk.see(lambda s: reports.write(s, name, out, BY, lot=lot, month=month))
        pages = PdfReader(out).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split()), len(pages)

    return write


def test_a_lots_page_says_who_can_give_what_what_is_lacking_and_how_many_plans_wait(desk: RoomDesk, printed: Printed) -> None:
    own = desk.see(lambda s: programme.own_bodies(s, desk.shard_end, TODAY))[0]
    person = desk.act(lambda s: people.register(s, name="Ann Near", lot=desk.shard_end, postcode=SHARD_END))
    desk.act(lambda s: activity.add_plan_item(s, participant=person, kind="housing", need="a room of her own"))

    def furnish(s: Any) -> None:
        college = actions.add_partner(s, name="Castle Vale College", kind="college or training provider", lots=["Shard End"])
        actions.add_capability(s, partner=college, funding="Adult Education Budget", kinds=["ESOL"], lots=["Shard End"], places=24,
                               amount_pence=2_500_000, ends_on=date(2020, 7, 31))
        actions.add_capability(s, body=own, funding="Connecting Communities", kinds=["CV"])

    desk.act(furnish)
    words, pages = printed("capability", desk.shard_end)
    assert pages == 1
    for each in ("What the network can give", "Shard End · on 12 May 2020", "Castle Vale College", own, "24 places, £25,000",
                 "housing (1 person’s plan waits)", "31 July 2020", "It holds no participant’s name"):
        assert each in words
    assert "Ann Near" not in words
    everywhere, _ = printed("capability")
    assert "all 2 lots" in everywhere and "In some lots nobody can give" in everywhere


def test_the_sheet_on_councils_tells_no_share_of_too_few_and_nothing_of_a_lot_that_never_asked(desk: RoomDesk, printed: Printed) -> None:
    for _ in range(4):
        made = desk.act(lambda s: actions.ask_council(s, lot=desk.shard_end, kind="venue", what="The hall"))
        desk.act(lambda s, made=made: actions.answer_ask(s, made, answer="given", value_pence=30_000))  # type: ignore[misc]
    desk.act(lambda s: actions.ask_council(s, lot=desk.shard_end, kind="information", what="Tenants", lawful_basis="public task"))
    words, _pages = printed("council-support")
    for each in ("too few to compare (4 answered)", "never asked", "this is no ranking", "Tenants (lawful basis: public task)", "£300"):
        assert each in words
    assert "100 %" not in words
