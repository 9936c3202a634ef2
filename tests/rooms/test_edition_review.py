"""A newer edition judges otherwise: listed for the lead, nothing changed until decided. By the editions of 2021 and 2025 that ship."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from coachdesk.errors import Refusal
from coachdesk.participant import actions, queries
from coachdesk.participant.queries import EditionReviewRow
from coachdesk.programme import actions as programme_actions
from coachdesk.programme.rules import BY_CONNECTION, BY_HAND, BY_RESIDENCE, NOT_ELIGIBLE
from coachdesk.store.undo import undo_last
from tests.rooms.conftest import CAMP_HILL, SHARD_END, RoomDesk

MOVED_OUT, MOVED_IN, NEW_SINCE = CAMP_HILL, "CV10 0GN", "CV10 9HE"      # of Camp Hill, by the edition of 2025
GONE, ITS_WARD = "CV1 4QD", "E05001219"                                   # in the edition of 2021 only


def _add(desk: RoomDesk, name: str, postcode: str | None, lot: UUID, **more: object) -> UUID:
    return desk.act(lambda session: actions.register(session, name=name, lot=lot, postcode=postcode, **more))      # type: ignore[arg-type]


def _rows(desk: RoomDesk, edition: str | None = None, decision: str | None = None) -> list[EditionReviewRow]:
    return desk.see(lambda session: queries.edition_reviews(session, edition=edition, decision=decision))


def _verdicts(desk: RoomDesk, person: UUID) -> list[tuple[str, str | None, str]]:
    return [(row.verdict, row.edition, row.method) for row in desk.see(lambda session: queries.verdicts(session, participant=person))]


@pytest.fixture
def people(desk: RoomDesk) -> dict[str, UUID]:
    """Four whom the edition of 2025 judges otherwise, and four whom it does not."""
    camp = desk.camp_hill
    return {
        "out": _add(desk, "Asha Out", MOVED_OUT, camp), "in": _add(desk, "Bert In", MOVED_IN, camp),
        "new": _add(desk, "Cleo New", NEW_SINCE, camp), "same": _add(desk, "Dora Same", SHARD_END, desk.shard_end),
        "far": _add(desk, "Emil Far", "B37 5TX", camp), "none": _add(desk, "Fay None", None, camp, situation="no fixed abode"),
        "tie": _add(desk, "Gil Tie", MOVED_IN, camp, connection="works in the ward"),
    }


def test_everybody_whom_the_newest_edition_judges_otherwise_is_listed_with_both_verdicts(desk: RoomDesk, people: dict[str, UUID]) -> None:
    rows = {row.id: row for row in _rows(desk)}
    assert {rows[people[key]].name: (rows[people[key]].stood, rows[people[key]].would_be) for key in ("out", "in", "new")} == {
        "Asha Out": (BY_RESIDENCE, NOT_ELIGIBLE), "Bert In": (NOT_ELIGIBLE, BY_RESIDENCE), "Cleo New": (BY_HAND, BY_RESIDENCE)}
    assert set(rows) == {people[key] for key in ("out", "in", "new")}
    out = rows[people["out"]]
    assert (out.postcode, out.stood_edition, out.stood_ward, out.edition, out.would_ward) == (
        MOVED_OUT, "2021.4.0", "Camp Hill", "2025.2.0", "St. Mary's")
    assert "which is not part of the Camp Hill lot (Code-Point Open 2025.2.0, 22 April 2025)" in out.sentence
    assert (out.decision, out.reason, out.decided_by) == ("undecided", None, None)


def test_a_connection_no_address_and_what_was_decided_by_hand_rest_on_no_edition(desk: RoomDesk, people: dict[str, UUID]) -> None:
    assert _verdicts(desk, people["tie"])[0][0] == BY_CONNECTION
    desk.act(lambda session: actions.decide_again(session, people["in"], verdict=NOT_ELIGIBLE, reason="seen the tenancy"))
    listed = {row.name for row in _rows(desk)}
    assert listed == {"Asha Out", "Cleo New"}


def test_reading_the_list_changes_nothing(desk: RoomDesk, people: dict[str, UUID]) -> None:
    before = {person: _verdicts(desk, person) for person in people.values()}
    for edition in (None, "2025.2.0", "2021.4.0"):
        _rows(desk, edition)
    assert {person: _verdicts(desk, person) for person in people.values()} == before
    assert _rows(desk, "2021.4.0") == []


def test_a_postcode_that_the_edition_no_longer_holds_is_to_be_checked_by_hand_and_says_so(desk: RoomDesk) -> None:
    desk.act(lambda session: programme_actions.add_ward(session, lot=desk.camp_hill, ward_code=ITS_WARD, edition="2021.4.0",
                                                        from_day=date(2018, 10, 1)))
    person = _add(desk, "Hal Gone", GONE, desk.camp_hill)
    row = next(row for row in _rows(desk) if row.id == person)
    assert (row.stood, row.would_be) == (BY_RESIDENCE, BY_HAND)
    assert f"{GONE} is no longer in Code-Point Open 2025.2.0, 22 April 2025; Code-Point Open 2021.4.0" in row.sentence


def test_the_lead_keeps_a_verdict_with_a_reason(desk: RoomDesk, people: dict[str, UUID]) -> None:
    before = _verdicts(desk, people["out"])
    desk.act(lambda session: actions.keep_verdict(session, people["out"], reason="lived there at the start"))
    assert _verdicts(desk, people["out"]) == before
    assert people["out"] not in {row.id for row in _rows(desk, decision="undecided")}
    kept = next(row for row in _rows(desk, decision="kept"))
    assert (kept.id, kept.reason) == (people["out"], "lived there at the start")
    assert (kept.decided_by, kept.decided_on) == ("Olive Owner", date(2020, 5, 12))
    with pytest.raises(Refusal, match="decided already"):
        desk.act(lambda session: actions.keep_verdict(session, people["out"], reason="again"))


def test_the_lead_decides_again_and_the_old_verdict_stays(desk: RoomDesk, people: dict[str, UUID]) -> None:
    desk.act(lambda session: actions.decide_by_edition(session, people["in"], reason="the ward grew"))
    assert _verdicts(desk, people["in"]) == [(BY_RESIDENCE, "2025.2.0", "ward"), (NOT_ELIGIBLE, "2021.4.0", "ward")]
    changed = next(row for row in _rows(desk, decision="changed"))
    assert (changed.id, changed.stood, changed.would_be, changed.reason) == (people["in"], NOT_ELIGIBLE, BY_RESIDENCE, "the ward grew")
    assert {row.name for row in _rows(desk, decision="undecided")} == {"Asha Out", "Cleo New"}


def test_the_lead_may_decide_by_hand_what_no_edition_can_tell(desk: RoomDesk, people: dict[str, UUID]) -> None:
    desk.act(lambda session: actions.decide_by_edition(session, people["new"], reason="council tax bill seen", verdict="not eligible"))
    assert _verdicts(desk, people["new"])[0] == (NOT_ELIGIBLE, "2025.2.0", "by hand")
    assert len(_verdicts(desk, people["new"])) == 2


def test_one_undo_takes_a_decision_back_whole(desk: RoomDesk, people: dict[str, UUID]) -> None:
    before = _rows(desk)
    desk.act(lambda session: actions.decide_by_edition(session, people["in"], reason="the ward grew"))
    undo_last(desk.store, desk.owner)
    assert _rows(desk) == before
    assert _verdicts(desk, people["in"]) == [(NOT_ELIGIBLE, "2021.4.0", "ward")]


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_decided(desk: RoomDesk, people: dict[str, UUID], reason: str) -> None:
    for deed in (actions.keep_verdict, actions.decide_by_edition):
        with pytest.raises(Refusal, match="needs a reason"):
            desk.act(lambda session, deed=deed: deed(session, people["in"], reason=reason))      # type: ignore[misc]


def test_only_the_lead_decides(desk: RoomDesk, people: dict[str, UUID]) -> None:
    with pytest.raises(Refusal, match="decided by the lead"):
        desk.act(lambda session: actions.keep_verdict(session, people["in"], reason="because"), who=desk.coach)


def test_whoever_is_judged_the_same_or_by_an_edition_that_is_not_here_is_refused(desk: RoomDesk, people: dict[str, UUID]) -> None:
    with pytest.raises(Refusal, match="says nothing else"):
        desk.act(lambda session: actions.keep_verdict(session, people["same"], reason="because"))
    with pytest.raises(Refusal, match="not on this device"):
        desk.act(lambda session: actions.keep_verdict(session, people["in"], reason="because", edition="2030.1.0"))


def test_two_records_of_one_person_are_one_line(desk: RoomDesk, people: dict[str, UUID]) -> None:
    twin = _add(desk, "Asha Outt", MOVED_OUT, desk.camp_hill, is_known_duplicate=True)
    assert len(_rows(desk)) == 4
    desk.act(lambda session: actions.merge(session, people["out"], other=twin, reason="the same person"))
    assert [row.name for row in _rows(desk)] == ["Asha Out", "Bert In", "Cleo New"]
    desk.act(lambda session: actions.keep_verdict(session, twin, reason="asked by the other record"))
    assert [row.name for row in _rows(desk, decision="undecided")] == ["Bert In", "Cleo New"]


def test_the_list_is_read_by_its_keys_and_only_those_looked_at_are_made_into_rows(desk: RoomDesk, people: dict[str, UUID]) -> None:
    desk.act(lambda session: actions.keep_verdict(session, people["out"], reason="lived there at the start"))
    desk.act(lambda session: actions.decide_by_edition(session, people["in"], reason="the ward grew"))
    for decision in (None, "undecided", "kept", "changed"):
        keys = desk.see(lambda session, decision=decision: queries.edition_review_keys(session, decision=decision))     # type: ignore[misc]
        rows = desk.see(lambda session, keys=keys: queries.edition_review_rows(session, keys))                          # type: ignore[misc]
        assert rows == _rows(desk, decision=decision) and len(rows) == len(keys)
    last = desk.see(lambda session: queries.edition_review_rows(session, queries.edition_review_keys(session)[2:]))
    assert [row.name for row in last] == ["Bert In"]
    assert desk.see(lambda session: queries.edition_reviews(session, limit=1)) == _rows(desk)[:1]
    assert desk.see(lambda session: queries.edition_review_rows(session, [10_000, -10_000])) == []
