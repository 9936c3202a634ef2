"""Where work stands, honestly: saved here, in the shared place, safe (another laptop holds it). Only the third is called safe.

Also what the month board asks: who was last seen when, and what of their work has not arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from coachdesk.store.session import Store
from coachdesk.sync import acks, shelf, team

HERE, SHARED, SAFE = "saved here", "in the shared place", "safe"
TOO_LONG = timedelta(hours=24)


@dataclass(frozen=True)
class Standing:
    """The whole desk. state: the least of its parts; only_here and not_safe count own operations.

    since: when the oldest that is only here was saved; is_red: more than a day ago. is_alone: nobody else is in the team.
    """

    state: str
    only_here: int
    not_safe: int
    since: datetime | None
    is_red: bool
    is_alone: bool
    in_team: bool
    last_turn: datetime | None


@dataclass(frozen=True)
class Seen:
    """One laptop, for the month board. missing: segments of it that somebody says to hold and that are not here."""

    device: str
    member: UUID
    name: str
    last_seen: datetime | None
    missing: int
    missing_ops: int

    @property
    def sentence(self) -> str:
        """`2 segments not arrived, last seen 31 March 16:10` and its kin."""
        seen = f"last seen {_moment(self.last_seen)}" if self.last_seen else "not seen yet"
        if not self.missing:
            return f"everything arrived, {seen}"
        return f"{self.missing} segment{'s' if self.missing > 1 else ''} not arrived, {seen}"


def _moment(at: datetime) -> str:
    local = at.astimezone()
    return f"{local.day} {local:%B %H:%M}"


def standing(store: Store) -> Standing:
    """How safe this desk's own work is. Cheap: asked after every save."""
    with shelf.reading(store) as connection:
        founded = bool(shelf.fact(connection, "founding"))
        last = team.instant(shelf.fact(connection, "last_turn"))
        ends = _ends(connection, store)
        only_here, first = _beyond(connection, store, {inc: end[0] for inc, end in ends.items()})
        not_safe, _ = _beyond(connection, store, {inc: end[1] for inc, end in ends.items()})
        others = [one for one in shelf.ring(connection).members.active() if one.dev != store.desk.device] if founded else []
    since = team.instant(first)
    state = HERE if only_here or not founded else SHARED if not_safe else SAFE
    red = bool(founded and since is not None and store.clock.now() - since > TOO_LONG)
    return Standing(state, only_here, not_safe, since, red, not others, founded, last)


def of_record(store: Store, id: UUID) -> str:
    """How safe one record is: the least state of the own operations on it; others' work came from the shared place."""
    with shelf.reading(store) as connection:
        if not shelf.fact(connection, "founding"):
            return HERE
        ends = _ends(connection, store)
        rows = connection.exec_driver_sql(
            "select txn.dev, txn.inc, max(op.seq) from op join txn on txn.n = op.txn where op.entity_id = ? group by txn.dev, txn.inc",
            (id.bytes,)).all()
    state = SAFE
    for dev, inc, seq in rows:
        if bytes(dev) != store.desk.device:
            continue
        shared, safe = ends.get(bytes(inc), (0, 0))
        if seq > shared:
            return HERE
        if seq > safe:
            state = SHARED
    return state


def seen(store: Store) -> list[Seen]:
    """Every other laptop of the team: when it was last seen, and what of its work has not arrived here."""
    with shelf.reading(store) as connection:
        rows = shelf.segments(connection)
        said = shelf.witnesses(connection)
    here = acks.coverage((row.dev, row.inc, row.first, row.last, row.hash) for row in rows)
    missing: dict[bytes, int] = {}
    ops: dict[bytes, int] = {}
    for (dev, inc), by in said.items():
        behind = max(by.values()) - here.get((dev, inc), (0, b""))[0]
        if behind > 0:
            sizes = [row.last - row.first + 1 for row in rows if row.dev == dev]
            usual = max(1, round(sum(sizes) / len(sizes))) if sizes else behind
            missing[dev] = missing.get(dev, 0) + max(1, round(behind / usual))
            ops[dev] = ops.get(dev, 0) + behind
    return [Seen(one.device, one.member, one.name, one.last_seen, missing.get(bytes.fromhex(one.device), 0),
                 ops.get(bytes.fromhex(one.device), 0))
            for one in team.members(store) if not one.is_self and not one.is_lost]


def _ends(connection: sa.Connection, store: Store) -> dict[bytes, tuple[int, int]]:
    """By own incarnation: the last number in the shared place, and the last that another laptop says to hold."""
    ends: dict[bytes, tuple[int, int]] = {}
    incs = connection.exec_driver_sql("select distinct inc from segment where dev = ?", (store.desk.device,)).scalars().all()
    held = connection.exec_driver_sql(
        "select inc, max(seq) from witness where dev = ? and by <> ? group by inc", (store.desk.device, store.desk.device)).all()
    safe = {bytes(inc): seq for inc, seq in held}
    for inc in incs:                # the newest few may not be in the shared place yet: from the end of the index backwards
        last = connection.exec_driver_sql(
            "select last from segment where dev = ? and inc = ? and state <> 'new' order by last desc limit 1", (store.desk.device, inc)
        ).scalar() or 0
        ends[bytes(inc)] = (last, min(last, safe.get(bytes(inc), 0)))
    return ends


def _beyond(connection: sa.Connection, store: Store, ends: dict[bytes, int]) -> tuple[int, str | None]:
    """How many own operations lie beyond a number of each incarnation, and when the first of them was saved."""
    count, first = 0, None
    for row in connection.exec_driver_sql("select inc, max(last_seq) from txn where dev = ? group by inc", (store.desk.device,)).all():
        end = ends.get(bytes(row[0]), 0)
        if row[1] <= end:
            continue
        found = connection.exec_driver_sql(
            "select count(*), min(txn.seen_at) from txn join op on op.txn = txn.n where txn.dev = ? and txn.inc = ? and txn.last_seq > ?"
            " and op.seq > ?", (store.desk.device, row[0], end, end)).one()
        count += found[0]
        first = min(filter(None, (first, found[1])), default=None)
    return count, first
