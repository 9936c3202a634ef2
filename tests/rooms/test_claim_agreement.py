"""The agreement desk over months worked by hand: late, corrected, rejected, queried, top-up, another amount."""

from __future__ import annotations

from datetime import date
from typing import Any

from coachdesk.activity import actions as activity
from coachdesk.activity import queries as activity_queries
from coachdesk.claim import actions, queries
from tests.rooms.people import enrol
from tests.rooms.test_claim import APRIL, JOB, MARCH, START, THREE, helped, hired, send_month


def agreed(desk: Any, month: str) -> dict[str, Any]:
    found: dict[str, Any] = desk.see(lambda s: queries.agreement(s, desk.shard_end, month))
    return found


def gaps(found: dict[str, Any], between: str) -> list[tuple[str, int, int]]:
    return sorted((each["cause"], each["count"], each["pence"]) for each in found["differences"] if each["between"] == between)


def test_a_month_that_was_never_sent_differs_by_all_that_it_holds(desk: Any) -> None:
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    desk.act(helped(person, date(2020, 3, 3)))
    found = agreed(desk, MARCH)
    assert found["total"] == {"milestone": "", "title": "All", "desk": {"count": 1, "pence": START}, "sent": {"count": 0, "pence": 0},
                              "paid": {"count": 0, "pence": 0}}
    assert gaps(found, "desk and sent") == [("not sent yet", -1, -START)]


def test_every_difference_has_its_cause(desk: Any) -> None:
    one, two = (desk.act(lambda s, name=name: enrol(s, desk.shard_end, name=name)) for name in ("Zoë Kowalska", "Ali Hussain"))
    for day in (3, 10, 17):
        desk.act(helped(one, date(2020, 3, day)))
    desk.act(hired(one, date(2020, 3, 30)))
    march = send_month(desk, MARCH)
    desk.act(helped(two, date(2020, 3, 31)))
    (job,) = desk.see(activity_queries.jobs)
    desk.act(lambda s: activity.remove_job(s, job.id, why="entered twice"))
    april = send_month(desk, APRIL)
    found = agreed(desk, MARCH)
    assert gaps(found, "desk and sent") == [("corrected after sending", 1, JOB), ("late", -1, -START)]
    assert gaps(found, "sent and paid") == [("not yet answered", -1, -pence) for pence in (JOB, THREE, START)]
    later = agreed(desk, APRIL)
    top_up = next(cell["sent"]["pence"] for cell in later["cells"] if cell["milestone"] == "top_up")
    assert gaps(later, "desk and sent") == [("corrected after sending", -1, -JOB), ("floor top-up", 1, top_up), ("late", 1, START)]

    desk.act(lambda s: actions.reject(s, march, line=2, reason="slip not signed"))
    desk.act(lambda s: actions.query(s, march, line=1, reason="which day?"))
    desk.act(lambda s: actions.answer_paid(s, march, line=3, amount=80_000))
    found = agreed(desk, MARCH)
    assert gaps(found, "sent and paid") == [("paid another amount", 0, 80_000 - JOB), ("queried", -1, -START), ("rejected", -1, -THREE)]
    assert ("rejected", 1, THREE) in gaps(found, "desk and sent")
    assert next(each for each in found["differences"] if each["cause"] == "rejected")["reason"] == "slip not signed"
    desk.act(lambda s: actions.mark_paid(s, april, amount=1))
    later = agreed(desk, APRIL)
    assert later["total"]["paid"]["pence"] == 1
    assert [each for each in gaps(later, "sent and paid") if each[0] == "not told by line"]
    assert "Zoë" not in str(later)
