"""The timeline of a person: of one kind, of a stretch of time, and on paper as on screen."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from coachdesk.activity import actions as activity
from coachdesk.casework.timeline import KINDS, narrowed, timeline
from coachdesk.documents import reports
from coachdesk.documents.person_reports import Chosen
from coachdesk.errors import Refusal
from coachdesk.participant import actions
from tests.rooms.conftest import SHARD_END, TODAY, RoomDesk


@pytest.fixture
def person(desk: RoomDesk) -> UUID:
    """Somebody with two years of help, once a week."""
    made = desk.act(lambda s: actions.register(s, name="Zoë Kowalska", lot=desk.shard_end, postcode=SHARD_END,
                                               registered_on=TODAY - timedelta(weeks=80)))

    def help_(s: object) -> None:
        for week in range(80):
            activity.log_intervention(s, participant=made, kind="CV & job search", minutes=30, mode="phone", is_meaningful=True,  # type: ignore[arg-type]
                                      happened_on=TODAY - timedelta(weeks=week))

    desk.act(help_)
    desk.act(lambda s: actions.add_follow_up(s, participant=made, due_on=TODAY, what="bus times"))
    return made


def test_every_kind_that_happens_can_be_chosen(desk: RoomDesk, person: UUID) -> None:
    events = desk.see(lambda s: timeline(s, person))
    known = {kind for kinds in KINDS.values() for kind in kinds}
    assert {event.kind for event in events} <= known
    assert sum(len(narrowed(events, kind)) for kind in KINDS if KINDS[kind]) == len(events)


def test_one_kind_and_one_stretch_of_time_with_both_its_days(desk: RoomDesk, person: UUID) -> None:
    events = desk.see(lambda s: timeline(s, person))
    assert [event.detail for event in narrowed(events, "follow-ups")] == ["bus times"]
    some = narrowed(events, "help", TODAY - timedelta(weeks=3), TODAY - timedelta(weeks=1))
    assert [event.on for event in some] == [TODAY - timedelta(weeks=week) for week in (1, 2, 3)]


def printed(desk: RoomDesk, chosen: Chosen) -> tuple[int, list[str]]:
    out = BytesIO()
    paper = desk.see(lambda s: reports.write(s, "timeline", out, reports.By("Olive Owner", False), of_people=chosen))
    return paper.pages, [page.extract_text() for page in PdfReader(out).pages]


def test_paper_has_every_row_of_the_screen_with_pages_day_and_who_printed(desk: RoomDesk, person: UUID) -> None:
    pages, texts = printed(desk, Chosen(person=person))
    assert pages == len(texts) > 1
    assert sum(text.count("CV & job search") for text in texts) == 80
    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {pages}" in text
        assert "Printed by Olive Owner on 12 May 2020" in text


def test_paper_says_what_was_chosen(desk: RoomDesk, person: UUID) -> None:
    _, (text,) = printed(desk, Chosen(person=person, kind="help", since=date(2020, 5, 1)))
    assert "help, from 1 May 2020, 2 lines." in text
    assert "bus times" not in text


def test_a_kind_that_is_none_or_nobody_is_refused(desk: RoomDesk, person: UUID) -> None:
    with pytest.raises(Refusal, match="no kind of the timeline"):
        printed(desk, Chosen(person=person, kind="gossip"))
    with pytest.raises(Refusal, match="of one person"):
        printed(desk, Chosen())
    with pytest.raises(Refusal, match="The last day, 1 May 2020, comes before the first, 2 May 2020"):
        printed(desk, Chosen(person=person, since=date(2020, 5, 2), until=date(2020, 5, 1)))
