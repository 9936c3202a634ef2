"""The team's own files on their way: statements and epoch keys, both directions, and what of the log counts once the team changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from coachdesk.store import travel
from coachdesk.store.session import Store
from coachdesk.sync import envelope, keyring, membership, shelf
from coachdesk.sync.carrier import Carrier, Entry, NotHereYet
from coachdesk.sync.membership import Members, Statement
from coachdesk.sync.shelf import Ring
from coachdesk.sync.wire import Malformed


def pull(store: Store, carrier: Carrier, ring: Ring, entries: list[Entry]) -> tuple[Ring, travel.Taken | None]:
    """Takes in statements and keys that are new; judges the log again where the team has changed. Answers the team as it is now."""
    names = [entry.name for entry in entries]
    fresh = _statements(carrier, ring, names)
    if fresh:
        with shelf.writing(store) as connection:
            shelf.keep_statements(connection, fresh, shelf.now(store))
    with shelf.reading(store) as connection:
        now = shelf.ring(connection)
    for key, told in _keys(store, carrier, now, names):
        with shelf.writing(store) as connection:
            shelf.keep_epoch(connection, told.epoch, told.number, key, shelf.now(store))
        now.keys[told.epoch], now.made[told.epoch] = key, shelf.now(store)
    judged = judge_again(store, ring.members, now.members)
    if judged is not None or len(now.keys) > len(ring.keys):        # what waited for somebody to be let in, or for a key, is looked at now
        with shelf.writing(store) as connection:
            shelf.set_fact(connection, "quiet", None)
    return now, judged


def judge_again(store: Store, before: Members, after: Members) -> travel.Taken | None:
    """Judges what is in the log once more, of those devices whose standing changed."""
    changed = [dev for dev in before.devices.keys() | after.devices.keys() if before.devices.get(dev) != after.devices.get(dev)]
    return travel.rejudge(store, after.judge, changed) if changed else None


def _statements(carrier: Carrier, ring: Ring, names: Iterable[str]) -> list[bytes]:
    """New statements by signers who are, or were, in the team: whoever else writes into the folder fills no laptop with theirs."""
    known = {membership.name(digest) for digest in ring.statements}
    waiting: dict[bytes, tuple[Statement, bytes]] = {}
    for name in names:
        if not name.lower().endswith(".cdm") or name in known or len(waiting) >= membership.MOST_STATEMENTS:
            continue
        try:
            data = carrier.get(name)
            told = membership.read(data)
        except (Malformed, FileNotFoundError, NotHereYet):
            continue
        if told.space == ring.space and told.hash not in ring.statements:
            waiting[told.hash] = (told, data)
    said, taken = dict(ring.statements), list[bytes]()
    while waiting:
        members = membership.evaluate(said.values(), ring.space, ring.founding)
        heard = {*members.devices, envelope.device_of(members.root)} if members.root else set()
        accepted = [one for one in waiting.values() if one[0].hash == ring.founding or one[0].dev in heard]
        if not accepted:
            break
        for told, data in accepted:
            said[told.hash] = told
            taken.append(data)
            del waiting[told.hash]
    return taken


def _keys(store: Store, carrier: Carrier, ring: Ring, names: Iterable[str]) -> Iterable[tuple[bytes, keyring.EpochKey]]:
    mine = f".{store.desk.device.hex()}"
    for name in names:
        if not name.startswith("keys/") or mine not in name:
            continue
        if name.removeprefix("keys/")[:32] in {epoch.hex() for epoch in ring.keys}:
            continue
        try:
            told = keyring.read_key(carrier.get(name))
            if told.space == ring.space and told.to == store.desk.device:
                yield keyring.open_key(told, store.desk.device_seed), told
        except (Malformed, FileNotFoundError, NotHereYet):
            continue


def push(store: Store, carrier: Carrier, ring: Ring, there: set[str]) -> int:
    """Puts back statements that are missing, and every epoch key for everybody who is in the team; answers how many files it put."""
    put = 0
    missing = [digest for digest in ring.statements if membership.name(digest) not in there]
    if missing:
        with shelf.reading(store) as connection:
            files = shelf.statement_files(connection)
        for digest in missing:
            carrier.put(membership.name(digest), files[digest])
            put += 1
    number_of = {epoch: number for number, epoch in ring.members.epochs}
    targets = [one.key for one in ring.members.active()] + ([ring.members.root] if ring.members.root else [])
    for epoch, key in ring.keys.items():
        for to in targets:
            name = keyring.key_name(epoch, envelope.device_of(to))
            if name not in there and epoch in number_of:
                carrier.put(name, keyring.hand_over(ring.space, key, number_of[epoch], to, store.desk.device_seed))
                put += 1
    return put


def take_seat(store: Store, ring: Ring) -> bool:
    """Once admitted, this desk writes in the name that the lead gave its owner; answers whether that is new."""
    own = ring.members.devices.get(store.desk.device)
    if own is None or own.member == store.desk.owner.bytes:
        return False
    desk = replace(store.desk, owner=UUID(bytes=own.member))
    with shelf.writing(store) as connection:
        desk.save(connection)
    store.desk = desk
    return True
