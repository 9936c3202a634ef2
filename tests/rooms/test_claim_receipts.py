"""Receipts: each names the one before by its hash; what went out elsewhere is loaded from its file before anything else is sent."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coachdesk.claim import actions, queries
from coachdesk.claim.queries.pack import pack, pack_of
from coachdesk.claim.rules import receipts
from coachdesk.clock import FixedDay, month_from_text
from coachdesk.documents import claim_reports
from coachdesk.errors import Refusal
from coachdesk.store import opening
from tests.rooms.conftest import TODAY, RoomDesk
from tests.rooms.people import enrol
from tests.rooms.test_claim import APRIL, MARCH, MAY, helped, send_month, shown


def file_of(desk: Any, claim: Any) -> bytes:
    return receipts.file_bytes(desk.see(lambda s: queries.receipt(s, claim)))


@pytest.fixture
def other(desk: Any, tmp_path: Path) -> Iterator[RoomDesk]:
    """A second laptop with the same people and activity, before anything was sent."""
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    for day in (3, 10, 17):
        desk.act(helped(person, date(2020, 3, day)))
    desk.store.close()
    shutil.copytree(tmp_path / "desk", tmp_path / "other")
    desk.store = opening.open_store(tmp_path / "desk" / "desk.coachdesk", desk.store.key, FixedDay(TODAY))
    store = opening.open_store(tmp_path / "other" / "desk.coachdesk", desk.store.key, FixedDay(TODAY))
    yield RoomDesk(store, desk.owner, desk.coach, desk.lots)
    store.close()


def test_paper_workbook_and_receipt_name_a_line_by_one_id_which_explain_knows(desk: Any, other: RoomDesk) -> None:
    worked_out = desk.see(lambda s: pack_of(s, desk.shard_end, month_from_text(MARCH)))
    assert all("@2020-03" in line.id for line in worked_out.lines), "nothing is kept yet"
    march = send_month(desk, MARCH)
    ids = [line["id"] for line in desk.see(lambda s: queries.receipt(s, march))["lines"]]
    assert [line.id for line in desk.see(lambda s: pack(s, march)).lines] == ids
    assert [line.id for line in desk.see(lambda s: claim_reports.schedule(s, desk.shard_end, month_from_text(MARCH))).lines] == ids
    told = desk.see(lambda s: queries.explain(s, ids[0]))
    assert told["line"]["milestone"] == "start" and told["status"] == "sent"
    assert told["steps"] == desk.see(lambda s: queries.explain(s, told["line"]["id"]))["steps"]


def test_receipts_are_a_chain_and_hold_no_name(desk: Any, other: RoomDesk) -> None:
    march, april = send_month(desk, MARCH), send_month(desk, APRIL)
    first, second = (desk.see(lambda s, id=id: queries.receipt(s, id)) for id in (march, april))
    assert first["previous"] is None
    assert second["previous"] == {"number": 1, "sha256": first["sha256"]}
    assert sum(line["amount_pence"] for line in first["lines"]) == first["payable_pence"]
    assert "Zoë" not in json.dumps(first, ensure_ascii=False)
    assert receipts.read(file_of(desk, march)) == first
    assert desk.see(lambda s: queries.receipt(s, march)) == first


def test_a_second_laptop_cannot_claim_twice_what_the_first_one_sent(desk: Any, other: RoomDesk) -> None:
    march = send_month(desk, MARCH)
    late = other.act(lambda s: actions.draft(s, lot=other.shard_end, month=APRIL))
    assert shown(other, APRIL)["lines"]
    with pytest.raises(Refusal, match=r"holds our receipt no\. 1, and the last one known here is none"):
        other.act(lambda s: actions.send(s, late, last_receipt=1))
    told = other.act(lambda s: actions.load_receipt(s, file_of(desk, march)))
    assert told.state == "loaded"
    assert shown(other, MARCH)["lines"][0]["amount_pence"] == shown(desk, MARCH)["lines"][0]["amount_pence"]
    with pytest.raises(Refusal, match="this draft does not know of it"):
        other.act(lambda s: actions.send(s, late, last_receipt=1))
    april = other.act(lambda s: actions.draft(s, lot=other.shard_end, month=APRIL))
    assert shown(other, APRIL)["lines"] == []
    other.act(lambda s: actions.send(s, april, last_receipt=1))
    assert other.see(lambda s: queries.receipt(s, april))["previous"]["sha256"] == receipts.read(file_of(desk, march))["sha256"]
    assert other.act(lambda s: actions.load_receipt(s, file_of(desk, march))).state == "agrees"
    with pytest.raises(Refusal, match="only its receipt is here"):
        other.see(lambda s: queries.rerun(s, march))


def test_a_receipt_that_was_changed_skips_one_or_contradicts_is_refused(desk: Any, other: RoomDesk) -> None:
    march, april = send_month(desk, MARCH), send_month(desk, APRIL)
    whole = json.loads(file_of(desk, march))
    whole["lines"][0]["amount_pence"] += 1
    for content, words in (
        (json.dumps(whole).encode(), "was changed after it was written"), (b"{}", "is not a receipt"),
        (b"\xff\xfe\x00", "is not a receipt"),
        (b"[" * 100_000, "is not a receipt"), (b'{"format": "coachdesk receipt", "version": 1.5}', "is not a receipt"),
        (file_of(desk, april), r"follows no\. 1, which is not known here"),
    ):
        with pytest.raises(Refusal, match=words):
            other.act(lambda s, content=content: actions.load_receipt(s, content))
    send_month(other, MARCH)
    with pytest.raises(Refusal, match="another one than the claim that went out from here"):
        other.act(lambda s: actions.load_receipt(s, file_of(desk, march)))
    with pytest.raises(Refusal, match="Only a lead"):
        other.act(lambda s: actions.load_receipt(s, file_of(desk, march)), who=other.coach)


def test_a_commissioner_who_lacks_our_last_receipt_gets_it_again_first(desk: Any, other: RoomDesk) -> None:
    send_month(desk, MARCH)
    april = desk.act(lambda s: actions.draft(s, lot=desk.shard_end, month=APRIL))
    with pytest.raises(Refusal, match=r"no\. 1 went out from here"):
        desk.act(lambda s: actions.send(s, april, last_receipt=0))
    desk.act(lambda s: actions.send(s, april, last_receipt=1))
    assert shown(desk, MAY)["status"] == "draft (not saved)"
