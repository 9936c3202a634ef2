"""The month board over several laptops: what of somebody's work has not arrived, and when they were last seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from coachdesk.activity import actions as activity
from coachdesk.clock import month_of
from coachdesk.programme import queries as programme
from coachdesk.sync.folder import Folder
from coachdesk.sync.turn import turn
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.claim.board_view import BoardView
from tests.rooms.conftest import TODAY
from tests.ui.team import NAME, Other


def test_the_board_says_what_has_not_arrived_and_when_the_laptop_was_last_seen(
    desk: Desk, stage: Callable[[Any], Any], qtbot: QtBot, tmp_path: Path
) -> None:
    other = Other(desk, tmp_path)
    try:
        with desk.store.read() as session:
            lot = next(iter(programme.lot_names(session)))
        other.here(lambda session: programme_serves(session, other))
        turn(desk.store, other.folder)
        turn(other.store, other.folder)
        other.act(lambda session: activity.log_intervention(session, participant=other.person, kind="CV & job search", minutes=45,
                                                            mode="face to face", is_meaningful=True, happened_on=TODAY))
        turn(other.store, other.folder)
        for path in other.shared.glob(f"dev/{other.store.desk.device.hex()}/**/*.cdx"):    # its ack came, its work not yet
            path.unlink()
        turn(desk.store, Folder(other.shared))

        view = BoardView(desk, lambda: (lot, month_of(TODAY)), "")
        view.reload = lambda _changes=None: view.read()         # type: ignore[attr-defined]
        told: list[str] = []
        view.told.connect(told.append)
        stage(view)
        qtbot.waitUntil(lambda: bool(told))
        rows = {row.coach: row.words for row in (view.coaches.model.row(at) for at in range(view.coaches.count()))}
        assert rows[NAME].startswith("1 segment not arrived, last seen 12 May ") and "1 person has not arrived whole" in told[-1]
        turn(other.store, other.folder)
        turn(desk.store, other.folder)
        view.read()
        qtbot.waitUntil(lambda: "not arrived" not in told[-1])
    finally:
        other.store.close()


def programme_serves(session: Any, other: Other) -> None:
    """The other laptop's owner is a coach of every lot."""
    from coachdesk.programme.record import TeamMember

    member = session.get(TeamMember, other.store.desk.owner)
    member.lots = list(programme.lot_names(session).values())
