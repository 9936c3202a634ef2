"""The team as verbs: create, move, admit, change a role, report a laptop lost, let late work in; each a few signed words (sync.membership).

Every verb writes its words here first and then puts them into the shared place; where the place says no, the next turn puts them.
Joining and recovering, which begin with a new store, stand in `sync.joining`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal, Spoken
from coachdesk.programme import actions as programme_actions
from coachdesk.programme import queries as programme
from coachdesk.store import travel
from coachdesk.store.session import Store
from coachdesk.sync import envelope, keyring, membership, place, roster, shelf
from coachdesk.sync.carrier import FORMAT, Carrier, NotHereYet
from coachdesk.sync.membership import COACH, LEAD, Cut, Device, Said
from coachdesk.sync.shelf import Ring
from coachdesk.sync.wire import Malformed

ROTATE_AFTER = timedelta(days=90)


@dataclass(frozen=True)
class Member:
    """One laptop of the team, for a list. device: 32 hex digits. last_seen: by its own clock. behind: it has segments that are not here."""

    device: str
    member: UUID
    name: str
    role: str
    is_self: bool
    is_lost: bool
    added_at: datetime
    lost_at: datetime | None
    last_seen: datetime | None
    version: str


@dataclass(frozen=True)
class Asking:
    """A laptop that asks to join. words: six, to be compared by voice with those on its screen."""

    device: str
    words: str
    name: str
    at: str


@dataclass(frozen=True)
class Lost:
    """What became of a lost laptop. people: ids of all participants who were on it. withheld: its operations that are set aside."""

    device: str
    name: str
    people: tuple[UUID, ...]
    withheld: int


@dataclass(frozen=True)
class Aside:
    """Operations that are set aside, by laptop and reason."""

    device: str
    name: str
    why: str
    ops: int


def create(store: Store, carrier: Carrier) -> str:
    """Makes a team in an empty shared place, with this laptop as its first lead; answers the recovery code, shown once and printed.

    Refusal when this desk is in a team already; AnotherPlace (Trouble) when the place is another team's.
    """
    with shelf.reading(store) as connection:
        if shelf.ring(connection).founding:
            raise Refusal("This desk is in a team already.", "To use another folder, move the team there.")
        earlier = [inc.hex() for dev, inc in travel.heads(connection) if dev == store.desk.device and inc != store.desk.incarnation]
    if place.read_format(carrier) is not None:
        raise Refusal("That folder is a team's shared folder already.", "Join that team, or choose an empty folder. Nothing was changed.")
    seed, code = keyring.new_root(store.dice)
    space, at, key = store.desk.space.bytes, shelf.now(store), store.dice(32)
    own, root = envelope.public_key(store.desk.device_seed), envelope.public_key(seed)
    said = [
        membership.state(Said("create", 1, at, key=root), space, seed),
        membership.state(Said("add", 2, at, key=own, role=LEAD, member=store.desk.owner.bytes), space, seed),
        membership.state(Said("epoch", 3, at, epoch=keyring.epoch_id(key), number=1), space, store.desk.device_seed),
    ]
    founding = membership.read(said[0]).hash
    for data in said:
        carrier.put(membership.name(membership.read(data).hash), data)
    for to in (own, root):
        carrier.put(keyring.key_name(keyring.epoch_id(key), envelope.device_of(to)),
                    keyring.hand_over(space, key, 1, to, store.desk.device_seed))
    place.write_format(carrier, space, founding)
    try:
        with shelf.writing(store) as connection:
            shelf.set_fact(connection, "founding", founding.hex())
            shelf.set_fact(connection, "place", carrier.where)
            shelf.set_fact(connection, "homes", earlier)
            shelf.keep_statements(connection, said, at)
            shelf.keep_epoch(connection, keyring.epoch_id(key), 1, key, at)
    except Spoken:
        with contextlib.suppress(Spoken):
            carrier.remove(FORMAT)
        raise
    return code


def move(store: Store, carrier: Carrier) -> None:
    """Makes an empty place the team's; the next turn fills it from what this laptop holds. Refusal when it is another team's."""
    ring = _ring(store)
    told = place.read_format(carrier)
    if told is not None and told != (ring.space, ring.founding):
        raise Refusal("That folder is another team's shared folder.", "Choose an empty one. Nothing was changed.")
    place.write_format(carrier, ring.space, ring.founding)
    with shelf.writing(store) as connection:
        shelf.set_fact(connection, "place", carrier.where)
        shelf.set_fact(connection, "moved", True)
        shelf.set_fact(connection, "quiet", None)


def asking(store: Store, carrier: Carrier) -> list[Asking]:
    """The laptops that ask to join, for a lead. What is not a request to this team is passed over."""
    ring = _ring(store)
    return [Asking(one.dev.hex(), one.words, keyring.owner_in(one, store.desk.device_seed), one.at) for one in _requests(carrier, ring)]


def admit(store: Store, carrier: Carrier, device: str, *, name: str, role: str = COACH) -> Member:
    """Lets a laptop in under the name of a member of the team, who is added to the programme's team when not in it yet.

    device: 32 hex digits, or the six words, which the lead has compared by voice. Refusal when it does not ask, or we are no lead.
    """
    ring = _ring(store)
    _must_lead(store, ring)
    if role not in (LEAD, COACH):
        raise Refusal(f"“{role}” is not a role of a laptop.", "Choose coach or lead.")
    wanted = " ".join(device.lower().split())
    found = next((one for one in _requests(carrier, ring) if wanted in (one.dev.hex(), one.words)), None)
    if found is None:
        raise Refusal("No laptop asks to join with these words.", "Compare them once more; has the shared folder arrived on both laptops?")
    member = store.act(store.desk.owner, "Admitted a laptop to the team", lambda session: seat(session, name, role)).result
    _say(store, [Said("add", ring.next_n(), shelf.now(store), key=found.key, role=role, member=member.bytes)])
    _push(store, carrier)
    return next(one for one in members(store) if one.device == found.dev.hex())


def seat(session: Session, name: str, role: str) -> UUID:
    """The member of the programme's team of that name, who is added where there is none."""
    wanted = " ".join(name.split())
    for id, known in programme.member_names(session).items():
        if known.casefold() == wanted.casefold():
            return id
    return programme_actions.add_member(session, name=wanted, role=role)


def members(store: Store) -> list[Member]:
    """Every laptop that is or was in the team, the founding one first; empty where this desk is in no team."""
    with shelf.reading(store) as connection:
        ring = shelf.ring(connection)
        acks = shelf.fact(connection, "acks", {})
        own = shelf.fact(connection, "last_turn")
    with store.read() as session:
        names = programme.member_names(session)
    found = []
    for one in sorted(ring.members.devices.values(), key=lambda one: (one.cut_off, one.level, one.added_at, one.dev)):
        told = acks.get(one.dev.hex(), {})
        is_self = one.dev == store.desk.device
        found.append(Member(
            one.dev.hex(), UUID(bytes=one.member), names.get(UUID(bytes=one.member), "Not on this laptop yet"), one.role, is_self,
            one.cut_off, instant(one.added_at) or store.clock.now(), instant(one.cut_at), instant(own if is_self else told.get("at")),
            told.get("version", "")))
    return found


def instant(text: str | None) -> datetime | None:
    """An instant from its text; None where there is none or it is not one."""
    try:
        told = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return told if told is None or told.tzinfo is not None else None


def lost(store: Store, carrier: Carrier, device: str, *, code: str = "") -> Lost:
    """A laptop is lost or its owner left: it is cut off at what is here of it now, a new key is made that it never gets.

    code: the team's recovery code, where the laptop is senior to this one. Answers who was on it. Refusal when we may not.
    """
    ring = _ring(store)
    target = _target(ring, device)
    if target.dev == store.desk.device:
        raise Refusal("This is the laptop in front of you.", "Report it from another lead's laptop, or by the recovery code on a new one.")
    if target.cut_off:
        raise Refusal("That laptop was reported lost already.", "")
    seed = _signer(store, ring, target, code)
    with shelf.reading(store) as connection:
        ends: dict[bytes, int] = {}
        for row in shelf.segments(connection):
            if row.dev == target.dev:
                ends[row.inc] = max(ends.get(row.inc, 0), row.last)
    counted = ring.members.counted
    stands = tuple(sorted(one.hash for one in ring.statements.values() if one.dev == target.dev and one.hash in counted))
    cuts = tuple(Cut(inc, seq) for inc, seq in sorted(ends.items()))
    revoke = Said("revoke", ring.next_n(), shelf.now(store), dev=target.dev, cuts=cuts, stands=stands)
    _say(store, [revoke, _new_epoch(store, ring, revoke.n + 1)], seed)
    _push(store, carrier)
    name = next((one.name for one in members(store) if one.device == target.dev.hex()), "")
    with shelf.reading(store) as connection:
        people = tuple(UUID(bytes=bytes(row[0])) for row in connection.exec_driver_sql("select id from participant order by row"))
    return Lost(target.dev.hex(), name, people, sum(one.ops for one in aside(store) if one.device == target.dev.hex()))


def accept_late(store: Store, carrier: Carrier, device: str) -> int:
    """Lets in what is here of a lost laptop and was set aside, after somebody looked at it; answers how many operations."""
    ring = _ring(store)
    _must_lead(store, ring)
    target = _target(ring, device)
    before = sum(one.ops for one in aside(store))
    with shelf.reading(store) as connection:
        cuts = tuple(Cut(inc, seq) for (dev, inc), seq in sorted(travel.heads(connection).items()) if dev == target.dev)
    _say(store, [Said("admit", ring.next_n(), shelf.now(store), dev=target.dev, cuts=cuts)])
    _push(store, carrier)
    return before - sum(one.ops for one in aside(store))


def change_role(store: Store, carrier: Carrier, device: str, role: str, *, code: str = "") -> None:
    """Makes a laptop a lead's or a coach's. Refusal when we may not; code as in `lost`."""
    if role not in (LEAD, COACH):
        raise Refusal(f"“{role}” is not a role of a laptop.", "Choose coach or lead.")
    ring = _ring(store)
    target = _target(ring, device)
    _say(store, [Said("role", ring.next_n(), shelf.now(store), dev=target.dev, role=role)], _signer(store, ring, target, code))
    _push(store, carrier)


def rotate(store: Store, carrier: Carrier | None = None) -> None:
    """Makes a new epoch key, sealed to everybody who is in the team. It protects what is written from now on."""
    ring = _ring(store)
    _must_lead(store, ring)
    _say(store, [_new_epoch(store, ring, ring.next_n())])
    if carrier is not None:
        _push(store, carrier)


def is_key_old(store: Store, ring: Ring) -> bool:
    """Whether the newest epoch key is old enough for a lead's turn to make a new one."""
    epoch = ring.newest()
    made = instant(ring.made.get(epoch[1])) if epoch else None
    return made is not None and ring.members.role_of(store.desk.device) == LEAD and store.clock.now() - made > ROTATE_AFTER


def aside(store: Store) -> list[Aside]:
    """What is set aside in the log, by laptop and reason, for the lead to look at."""
    names = {one.device: one.name for one in members(store)}
    with shelf.reading(store) as connection:
        rows = connection.exec_driver_sql(
            "select txn.dev, withheld.why, count(*) from withheld join op on op.op_id = withheld.op_id join txn on txn.n = op.txn"
            " group by txn.dev, withheld.why order by 3 desc").all()
    return [Aside(bytes(row[0]).hex(), names.get(bytes(row[0]).hex(), "A laptop that is not in the team"), row[1], row[2]) for row in rows]


def _ring(store: Store) -> Ring:
    with shelf.reading(store) as connection:
        ring = shelf.ring(connection)
    if not ring.founding:
        raise Refusal("This desk is in no team yet.", "Create a team in a shared folder, or join one.")
    return ring


def _must_lead(store: Store, ring: Ring) -> None:
    if ring.members.role_of(store.desk.device) != LEAD:
        raise Refusal("Only a lead's laptop may do this.", "Ask the team's lead.")


def _target(ring: Ring, device: str) -> Device:
    found = next((one for one in ring.members.devices.values() if one.dev.hex() == device.strip().lower()), None)
    if found is None:
        raise Refusal("There is no such laptop in the team.", "Choose one from the list of members.")
    return found


def _signer(store: Store, ring: Ring, target: Device, code: str) -> bytes:
    """The seed that may speak about a laptop: our own where we lead and it is not senior to us, else the root's by its code."""
    if code:
        seed = keyring.seed_from(code)
        if seed is None or envelope.public_key(seed) != ring.members.root:
            raise Refusal("That is not this team's recovery code.", "Check it sign by sign; nothing was changed.")
        return seed
    _must_lead(store, ring)
    own = ring.members.devices[store.desk.device]
    if target.level < own.level:
        raise Refusal("That laptop was in the team before this one, so that this one alone cannot change its standing.",
                      "Use the team's recovery code, which was printed when the team was made.")
    return store.desk.device_seed


def _new_epoch(store: Store, ring: Ring, n: int) -> Said:
    key = store.dice(32)
    number = max((number for number, _ in ring.members.epochs), default=0) + 1
    with shelf.writing(store) as connection:
        shelf.keep_epoch(connection, keyring.epoch_id(key), number, key, shelf.now(store))
    return Said("epoch", n, shelf.now(store), epoch=keyring.epoch_id(key), number=number)


def _say(store: Store, said: Iterable[Said], seed: bytes | None = None) -> None:
    """Signs words, keeps them, and judges the log once more by the team as it then is."""
    before = _ring(store)
    files = [membership.state(one, before.space, seed or store.desk.device_seed) for one in said]
    with shelf.writing(store) as connection:
        shelf.keep_statements(connection, files, shelf.now(store))
        shelf.set_fact(connection, "quiet", None)
    roster.judge_again(store, before.members, _ring(store).members)


def _push(store: Store, carrier: Carrier) -> None:
    ring = _ring(store)
    place.must_be(carrier, ring.space, ring.founding, is_usual=True)
    roster.push(store, carrier, ring, {entry.name for entry in carrier.entries()})


def _requests(carrier: Carrier, ring: Ring) -> list[keyring.Request]:
    found = []
    for entry in carrier.entries():
        if not entry.name.lower().endswith(".cdj"):
            continue
        try:
            told = keyring.read_request(carrier.get(entry.name))
        except (Malformed, FileNotFoundError, NotHereYet):
            continue
        if (told.space, told.founding) == (ring.space, ring.founding) and told.dev not in ring.members.devices:
            found.append(told)
    return found
