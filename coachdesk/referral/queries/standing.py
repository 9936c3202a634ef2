"""Where referrals stand, as the store keeps it beside them: what rules.fold says of each, so that lists and counts need not fold them all.

Derived from the steps (store.derived): kept in the same transaction, never logged. A store that does not have it yet is folded on the spot.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.referral import rules
from coachdesk.referral.record import Referral, Step
from coachdesk.store import derived, tables

_KEPT = tables.referral_standing
_COLUMNS = [column.name for column in _KEPT.c]
_AT_ONCE = 500  # SQLite takes so many values in one statement and no more


def standing(session: Session) -> Any:
    """The standing of every referral, to be joined by Referral.row == .c.key; days are texts, `YYYY-MM-DD`."""
    if derived.is_ready(session, KEEPER):
        return _KEPT
    rows = sa.func.json_each(sa.bindparam(None, json.dumps(_worked_out(session.connection(), None)), unique=True)).table_valued("value")
    return sa.select(*(sa.func.json_extract(rows.c.value, f"$[{at}]").label(name) for at, name in enumerate(_COLUMNS))).subquery("standing")


def waits(kept: Any) -> sa.ColumnElement[bool]:
    """That an answer is awaited."""
    found: sa.ColumnElement[bool] = kept.c.state.in_(rules.WAITING)
    return found


def folded(connection: sa.Connection | Session, ids: Collection[UUID] | None = None) -> dict[UUID, rules.Folded]:
    """Where each referral stands, of those asked for or of all."""
    return {referral: rules.fold(moves) for referral, moves in _moves(connection, ids).items()}


def _moves(connection: sa.Connection | Session, ids: Collection[UUID] | None) -> dict[UUID, list[rules.Move]]:
    found: dict[UUID, list[rules.Move]] = {}
    chosen = sa.select(Step.referral_id, Step.status, Step.on_day, Step.moved_at, Step.id, Step.said_by, Step.was_helped, Step.reason,
                       Step.condition, Step.review_on)
    for some in _portions(ids):
        for referral, status, on, at, id, *said in connection.execute(chosen if some is None else chosen.where(Step.referral_id.in_(some))):
            found.setdefault(referral, []).append(rules.Move(status, on, at, id.hex, *said))
    return found


def _portions(ids: Collection[UUID] | None) -> Sequence[list[UUID] | None]:
    if ids is None:
        return [None]
    every = list(ids)
    return [every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE)]


def _worked_out(connection: sa.Connection, ids: Collection[UUID] | None) -> list[list[Any]]:
    """The rows of the table, of some referrals or of all."""
    moves = _moves(connection, ids)
    chosen = sa.select(Referral.id, Referral.row, Referral.made_on, Referral.reply_due_on)
    found = []
    for some in _portions(ids):
        for id, key, made_on, reply_due_on in connection.execute(chosen if some is None else chosen.where(Referral.id.in_(some))):
            steps = moves.get(id, [])
            now = rules.fold(steps)
            due = rules.due_on(made_on, reply_due_on, now)
            days = [day.isoformat() if day else None for day in (now.asked_on, now.replied_on, due, now.review_on)]
            helped = None if now.was_helped is None else int(now.was_helped)
            sent = now.sent_on.isoformat() if now.sent_on else None
            found.append([key, len(steps), now.state, *days, int(now.was_accepted), helped, sent])
    return found


def _write(connection: sa.Connection, new: Sequence[Step], changed: Sequence[Step], gone: Sequence[UUID]) -> None:
    touched = {step.referral_id for step in (*new, *changed)}
    if gone:                                    # an undo: which referrals they were of is told by their number of steps
        counted = sa.select(sa.func.count()).select_from(Step).where(Step.referral_id == Referral.id).scalar_subquery()
        touched |= set(connection.execute(
            sa.select(Referral.id).join(_KEPT, _KEPT.c.key == Referral.row).where(_KEPT.c.steps != counted)).scalars())
        connection.execute(sa.delete(_KEPT).where(_KEPT.c.key.not_in(sa.select(Referral.row))))
    _put(connection, _worked_out(connection, touched))


def _put(connection: sa.Connection, rows: list[list[Any]]) -> None:
    if rows:
        marks, named = ", ".join("?" * len(_COLUMNS)), ", ".join(_COLUMNS)
        put = f"insert or replace into referral_standing ({named}) values ({marks})"  # noqa: S608  sql: identifiers from the models
        connection.exec_driver_sql(put, [tuple(row) for row in rows])


def _fill(session: Session) -> None:
    connection = session.connection()
    connection.execute(sa.delete(_KEPT))
    _put(connection, _worked_out(connection, None))


KEEPER = derived.Keeper("referral.standing", 2, Step, frozenset({"status", "on_day", "review_on"}), _write, _fill)
derived.register(KEEPER)
