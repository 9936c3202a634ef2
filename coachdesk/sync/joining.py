"""Beginnings with a new store: joining a team that meets in a shared place, and a new lead's laptop by the printed recovery code."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from coachdesk.clock import Clock
from coachdesk.errors import Refusal
from coachdesk.store import keys, opening
from coachdesk.store.ids import Dice
from coachdesk.store.session import Store
from coachdesk.sync import envelope, keyring, membership, place, receive, roster, shelf, team
from coachdesk.sync.carrier import AnotherPlace, Carrier, NotHereYet
from coachdesk.sync.membership import LEAD, Said
from coachdesk.sync.wire import Malformed


@dataclass(frozen=True)
class Joined:
    """A new store for a team. recovery_code: the store's own, to be printed. words: six, to be read to the lead; empty after a recovery."""

    store: Store
    recovery_code: str
    words: str


def join(carrier: Carrier, path: Path, passphrase: str, owner: str, clock: Clock, *, dice: Dice = os.urandom,
         cost: keys.Cost = keys.STRONG) -> Joined:
    """A new, empty store for the team that meets in a shared place, and a request to be let in; the turn after the lead's yes fills it.

    Refusal for a store that is there already or a passphrase that is too short; AnotherPlace when no team meets there. Close the store
    when done.
    """
    space, founding = _format(carrier)
    store, code = _new_store(path, passphrase, owner, clock, space, founding, carrier, dice, cost)
    try:
        return Joined(store, code, ask(store, carrier))
    except BaseException:
        _undo(store, path)
        raise


def ask(store: Store, carrier: Carrier) -> str:
    """Writes (again) the request of a store that is not in its team yet; answers the six words to be read to the lead."""
    with shelf.reading(store) as connection:
        ring = shelf.ring(connection)
    if not ring.founding:
        raise Refusal("This desk was not made to join a team.", "Join with a new store; this one keeps its own work.")
    place.must_be(carrier, ring.space, ring.founding, is_usual=True)
    ring, _ = roster.pull(store, carrier, ring, carrier.entries())
    if not ring.members.root:
        raise AnotherPlace("The team's own files have not arrived in this folder yet.",
                           "Wait until OneDrive has fetched them, then try again.")
    if store.desk.device in ring.members.devices:
        raise Refusal("This laptop is known to the team already.", "Sync now.")
    leads = [one.key for one in ring.members.active() if one.role == LEAD]
    data = keyring.ask(ring.space, ring.founding, store.desk.owner.bytes, shelf.now(store), store.desk.owner_name, leads,
                       store.desk.device_seed)
    carrier.put(keyring.request_name(store.desk.device), data)
    with shelf.writing(store) as connection:
        shelf.set_fact(connection, "words", keyring.read_request(data).words)
    return keyring.read_request(data).words


def words(store: Store) -> str:
    """The six words of a laptop that waits to be let in; empty once it is in, or where it asks nobody."""
    with shelf.reading(store) as connection:
        asked: str = shelf.fact(connection, "words", "")
        return "" if store.desk.device in shelf.ring(connection).members.devices else asked


def recover(carrier: Carrier, code: str, path: Path, passphrase: str, owner: str, clock: Clock, *, dice: Dice = os.urandom,
            cost: keys.Cost = keys.STRONG) -> Joined:
    """A new lead's laptop from nothing but the shared place and the printed code of the team: a new store, filled and in the team at once.

    Refusal when the code is not this team's, or a store is there already. Report the laptop that was lost afterwards.
    """
    space, founding = _format(carrier)
    seed = keyring.seed_from(code)
    if seed is None:
        raise Refusal("That is not a recovery code.", "It has 28 letters and digits; check it sign by sign. Nothing was changed.")
    store, own_code = _new_store(path, passphrase, owner, clock, space, founding, carrier, dice, cost)
    try:
        _let_in(store, carrier, seed)
    except BaseException:
        _undo(store, path)
        raise
    return Joined(store, own_code, "")


def _let_in(store: Store, carrier: Carrier, seed: bytes) -> None:
    entries = carrier.entries()
    with shelf.reading(store) as connection:
        ring = shelf.ring(connection)
    ring, _ = roster.pull(store, carrier, ring, entries)
    if ring.members.root != envelope.public_key(seed):
        raise Refusal("That is not this team's recovery code.", "Check it sign by sign, and that this is the team's folder.")
    for entry in entries:
        if not entry.name.startswith("keys/"):
            continue
        try:
            told = keyring.read_key(carrier.get(entry.name))
            key = keyring.open_key(told, seed) if told.to == envelope.device_of(ring.members.root) else None
        except (Malformed, FileNotFoundError, NotHereYet):
            continue
        if key is not None and told.space == ring.space:
            ring.keys[told.epoch] = key
            with shelf.writing(store) as connection:
                shelf.keep_epoch(connection, told.epoch, told.number, key, shelf.now(store))
    into = receive.Arrivals()
    for _ in receive.take(store, carrier, ring, receive.unread(entries, [], {}), {entry.name for entry in entries}, into):
        pass
    if into.is_unready:
        store.prepare()
    own = envelope.public_key(store.desk.device_seed)
    member = store.act(store.desk.owner, "Took the team over", lambda session: team.seat(session, store.desk.owner_name, LEAD)).result
    data = membership.state(Said("add", ring.next_n(), shelf.now(store), key=own, role=LEAD, member=member.bytes), ring.space, seed)
    with shelf.writing(store) as connection:
        shelf.keep_statements(connection, [data], shelf.now(store))
        shelf.set_fact(connection, "quiet", None)
    with shelf.reading(store) as connection:
        ring = shelf.ring(connection)
    roster.take_seat(store, ring)
    roster.push(store, carrier, ring, {entry.name for entry in entries})


def _format(carrier: Carrier) -> tuple[bytes, bytes]:
    told = place.read_format(carrier)
    if told is None:
        raise AnotherPlace("No team meets in that folder.", "Choose the folder that the team's lead shared with you; has it arrived whole?")
    return told


def _new_store(path: Path, passphrase: str, owner: str, clock: Clock, space: bytes, founding: bytes, carrier: Carrier, dice: Dice,
               cost: keys.Cost) -> tuple[Store, str]:
    def furnish(store: Store) -> None:
        """Nothing of its own: only which team it is for."""
        desk = replace(store.desk, space=UUID(bytes=space))
        with shelf.writing(store) as connection:
            desk.save(connection)
            shelf.set_fact(connection, "founding", founding.hex())
            shelf.set_fact(connection, "place", carrier.where)
        store.desk = desk

    return opening.make_store(path, passphrase, owner, clock, furnish=furnish, dice=dice, cost=cost)


def _undo(store: Store, path: Path) -> None:
    store.close()
    for end in opening.BESIDE:
        path.with_name(path.name + end).unlink(missing_ok=True)
